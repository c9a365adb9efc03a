package signin_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/problem"
)

// As OpenID Connect has it by default: the ID token names a subject, and the profile says more of it.
func TestAnAddressThatTheIDTokenLeavesOutIsReadFromTheProfile(t *testing.T) {
	f := newForger(t)
	for name, c := range map[string]struct {
		change map[string]any
		status int
		code   problem.Code // empty: let in
		why    string
	}{
		"the same subject's":             {},
		"verified as text":               {change: map[string]any{"email_verified": "true"}},
		"another subject's":              {map[string]any{"sub": "another"}, 200, "SIGNIN_REFUSED", "another subject's"},
		"nobody's":                       {map[string]any{"sub": ""}, 200, "SIGNIN_REFUSED", "another subject's"},
		"with an address not verified":   {map[string]any{"email_verified": false}, 200, "SIGNIN_EMAIL_UNVERIFIED", "vouches for no address"},
		"without an address":             {map[string]any{"email": ""}, 200, "SIGNIN_EMAIL_UNVERIFIED", "vouches for no address"},
		"of somebody who is not invited": {map[string]any{"email": "other@city.example"}, 200, "SIGNIN_UNKNOWN", "nobody is on record"},
		"not given":                      {nil, http.StatusForbidden, "SIGNIN_UNAVAILABLE", "it gives no profile"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			f.publish(w)
			w.wire.at("/.well-known/openid-configuration", func(status int, body []byte) (int, []byte) {
				return status, []byte(strings.Replace(string(body), "{", `{"userinfo_endpoint":"`+w.issuer.URL()+`/profile",`, 1))
			})
			profile := make(chan map[string]any, 1)
			w.replaceToken(func(token string) string {
				claims := claimsOf(t, token)
				profile <- map[string]any{"sub": claims["sub"], "email": claims["email"], "email_verified": true}
				delete(claims, "email")
				delete(claims, "email_verified")
				return f.sign(t, claims)
			})
			w.wire.at("/profile", func(int, []byte) (int, []byte) {
				told := <-profile
				for name, value := range c.change {
					told[name] = value
				}
				text, err := json.Marshal(told)
				if err != nil {
					t.Error(err)
				}
				return max(c.status, 200), text
			})
			b := w.browser()
			if c.code == "" {
				b.signIn()
				return
			}
			w.mustRefuse(t, b.get(b.toIssuer("")), c.code, c.why)
			if strings.Contains(w.log.String(), claire) {
				t.Errorf("the log repeats the profile: %s", w.log)
			}
		})
	}
}
