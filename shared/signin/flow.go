package signin

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/learning-cities/guildhall/shared/problem"
)

// begin sends a person to the issuer. ?next= is where to go afterwards, below the base path.
func (s *Service) begin(w http.ResponseWriter, r *http.Request) {
	private(w)
	p, err := s.discovered(r.Context())
	if err != nil {
		s.refuse(w, r, codeUnavailable, err)
		return
	}
	f, err := s.newFlow(local(r.URL.Query().Get("next")))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	sealed, err := s.seal(f)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.set(w, flowCookie, sealed, s.Clock().Add(flowFor))
	see(w, p.oauth.AuthCodeURL(s.made(labelState, f.ID), oidc.Nonce(s.made(labelNonce, f.ID)),
		oauth2.S256ChallengeOption(s.made(labelVerifier, f.ID))))
}

// comeBack takes the issuer's answer, and lets in who is on record.
func (s *Service) comeBack(w http.ResponseWriter, r *http.Request) {
	private(w)
	f, ok := s.open(s.cookie(r, flowCookie))
	s.clear(w, flowCookie) // whatever comes of it, it comes once
	said := r.URL.Query()
	if !ok || !same(one(said, "state"), s.made(labelState, f.ID)) {
		s.refuse(w, r, codeStale, errors.New("the answer belongs to no sign-in of this browser"))
		return
	}
	p, err := s.discovered(r.Context())
	if err != nil {
		s.refuse(w, r, codeUnavailable, err)
		return
	}
	if issuer := one(said, "iss"); issuer != s.Issuer && (p.names || said.Has("iss")) {
		s.refuse(w, r, codeRefused, errors.New("the answer is another issuer's"))
		return
	}
	if said.Has("error") || one(said, "code") == "" {
		s.refuse(w, r, codeRefused, errors.New("the issuer gave no code"))
		return
	}
	who, err := s.prove(r.Context(), p, f, one(said, "code"))
	switch {
	case errors.Is(err, errIssuer):
		s.refuse(w, r, codeUnavailable, err)
		return
	case err != nil:
		s.refuse(w, r, codeRefused, err)
		return
	case who.Email == "" || !who.verified():
		s.refuse(w, r, codeUnverified, errors.New("the issuer vouches for no address"))
		return
	}
	s.letIn(w, r, who, f.Next)
}

// letIn starts the session of a person who is on record, in place of one that the browser may have had.
func (s *Service) letIn(w http.ResponseWriter, r *http.Request, who proven, next string) {
	person, err := s.People.FindByEmail(r.Context(), who.Email)
	if err == nil && person == "" {
		s.refuse(w, r, codeUnknown, errors.New("nobody is on record with the address"))
		return
	}
	if err == nil {
		err = s.People.Bind(r.Context(), person, s.Issuer, who.subject)
	}
	if errors.Is(err, ErrOtherSubject) {
		s.refuse(w, r, codeUnknown, err)
		return
	}
	var started Session
	if err == nil {
		started, err = s.People.StartSession(r.Context(), person)
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if before := s.cookie(r, sessionCookie); before != "" {
		if err := s.People.EndSession(r.Context(), before); err != nil {
			s.Log.WarnContext(r.Context(), "the session before was not ended", "error", err)
		}
	}
	s.set(w, sessionCookie, started.Token, started.Expires)
	s.Log.InfoContext(r.Context(), "signed in", "person", person)
	see(w, s.to(next))
}

// signOut ends the session here, and sends the browser to where it ends at the issuer.
func (s *Service) signOut(w http.ResponseWriter, r *http.Request) {
	private(w)
	if err := s.People.EndSession(r.Context(), s.cookie(r, sessionCookie)); err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.clear(w, sessionCookie)
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	s.Log.InfoContext(r.Context(), "signed out")
	p, err := s.discovered(r.Context())
	if err != nil || p.end == "" {
		see(w, s.to("/"))
		return
	}
	end, err := url.Parse(p.end)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	query := end.Query()
	query.Set("client_id", s.ClientID)
	query.Set("post_logout_redirect_uri", s.Address)
	query.Set("logout_uri", s.Address) // Cognito's name for it
	end.RawQuery = query.Encode()
	see(w, end.String())
}

// refuse answers with a problem; the log has why, without what the person or the issuer said of the person.
func (s *Service) refuse(w http.ResponseWriter, r *http.Request, code problem.Code, why error) {
	s.Log.WarnContext(r.Context(), "not let in", "code", code, "why", why)
	s.Refuse(w, r, problem.New(code))
}

// one gives a parameter that was sent once; "" for none, or several that could be read differently.
func one(query url.Values, name string) string {
	if values := query[name]; len(values) == 1 {
		return values[0]
	}
	return ""
}
