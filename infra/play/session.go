package play

import "net/http"

// comeAndGo shows that a session is what lets somebody in: without one, without its token, after its end by the person and by others.
func (c cast) comeAndGo() {
	s := c.secretariat.stage
	s.Helper()
	stranger := &visitor{stage: s, name: "stranger", client: &http.Client{Transport: s.Transport}}
	stranger.ask("GET /api/me", call{want: http.StatusUnauthorized})
	stranger.ask("POST /api/imports", call{body: object{"name": "a.csv", "bytes": 1}, want: http.StatusUnauthorized})

	forged := *c.treasurer
	forged.name, forged.token = "another site, in the treasurer's browser", c.auditor.token
	refused := forged.ask("POST /api/imports", call{body: object{"name": "a.csv", "bytes": 1}, want: http.StatusForbidden})
	if code := refused.text("code"); code != "CSRF_TOKEN_INVALID" {
		s.Errorf("without the session's token a change is refused with %s", code)
	}

	c.auditor.ask("GET /api/people", call{})
	c.auditor.ask("POST /signout", call{want: http.StatusSeeOther})
	c.auditor.ask("GET /api/me", call{want: http.StatusUnauthorized})

	donor := call{path: map[string]string{"person": c.donor.person}}
	c.city.ask("DELETE /api/people/{person}/sessions", call{path: donor.path, want: http.StatusForbidden})
	c.secretariat.ask("DELETE /api/people/{person}/sessions", call{path: donor.path, want: http.StatusNoContent})
	c.donor.ask("GET /api/me", call{want: http.StatusUnauthorized})
}
