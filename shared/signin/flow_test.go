package signin_test

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/signin"
)

func TestAPersonOnRecordSignsInAndIsKnownAgain(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	got := b.get(b.toIssuer("?next=" + url.QueryEscape("/imports/1?lang=fr")))
	if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/Prod/imports/1?lang=fr" {
		t.Fatalf("answered %d to %q: %s", got.StatusCode, got.Header.Get("Location"), got.text)
	}
	if got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("headers %v", got.Header)
	}
	said := b.get(w.address + "imports/1?lang=fr").said(t)
	if said["person"] != "p1" || said["asked"] != "/imports/1?lang=fr" || len(said["token"]) != 86 {
		t.Errorf("served %v", said)
	}
	if strings.Contains(w.log.String(), claire) || !strings.Contains(w.log.String(), "person=p1") {
		t.Errorf("log: %s", w.log)
	}
}

func TestAnAnswerThatBelongsToNoSignInOfThisBrowserIsRefused(t *testing.T) {
	for name, break_ := range map[string]func(w *world, b *browser, back *url.URL) *browser{
		"another state":  func(_ *world, b *browser, back *url.URL) *browser { return with(b, back, "state", "another") },
		"no state":       func(_ *world, b *browser, back *url.URL) *browser { return with(b, back, "state") },
		"an empty state": func(_ *world, b *browser, back *url.URL) *browser { return with(b, back, "state", "") },
		"two states": func(_ *world, b *browser, back *url.URL) *browser {
			return with(b, back, "state", back.Query().Get("state"), "another")
		},
		"the state of the sign-in before": func(_ *world, b *browser, _ *url.URL) *browser {
			b.toIssuer("") // in another window, whose answer comes second
			return b
		},
		"another browser": func(w *world, _ *browser, _ *url.URL) *browser { return w.browser() },
		"too late":        func(w *world, b *browser, _ *url.URL) *browser { w.later(10 * time.Minute); return b },
		"a cookie that was changed": func(w *world, b *browser, _ *url.URL) *browser {
			return b.reseal(func(sealed string) string {
				value, signature, _ := strings.Cut(sealed, ".")
				text, err := base64.RawURLEncoding.DecodeString(value)
				if err != nil {
					w.t.Fatal(err)
				}
				moved := strings.Replace(string(text), `"next":"/"`, `"next":"/fund"`, 1)
				return base64.RawURLEncoding.EncodeToString([]byte(moved)) + "." + signature
			})
		},
		"a cookie without a signature": func(_ *world, b *browser, _ *url.URL) *browser {
			return b.reseal(func(sealed string) string { value, _, _ := strings.Cut(sealed, "."); return value + "." })
		},
		"a cookie that somebody else signed": func(_ *world, b *browser, _ *url.URL) *browser {
			other := newWorld(t, func(c *signin.Config) { c.Key = []byte(strings.Repeat("o", 32)) })
			theirs := other.browser()
			theirs.toIssuer("")
			return b.reseal(func(string) string { return theirs.cookieNamed("__Secure-guildhall_signin").Value })
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			b := w.browser()
			back, err := url.Parse(b.toIssuer(""))
			if err != nil {
				t.Fatal(err)
			}
			b = break_(w, b, back)
			w.mustRefuse(t, b.get(back.String()), "SIGNIN_STALE", "belongs to no sign-in")
		})
	}
}

func TestWhatTheIssuerRefusesOrAnotherIssuerAnswersIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		param  string
		values []string
		why    string
	}{
		"the person says no":        {"error", []string{"access_denied"}, "gave no code"},
		"no code":                   {"code", nil, "gave no code"},
		"two codes":                 {"code", []string{"a", "b"}, "gave no code"},
		"a code that is not one":    {"code", []string{"a"}, "refuses the code, status 400"},
		"another issuer":            {"iss", []string{"https://attacker.example"}, "another issuer's"},
		"an issuer without a name":  {"iss", nil, "another issuer's"},
		"an issuer with two names":  {"iss", []string{"https://attacker.example", "http://127.0.0.1"}, "another issuer's"},
		"an issuer of a like name ": {"iss", []string{"http://127.0.0.1"}, "another issuer's"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			b := w.browser()
			back, err := url.Parse(b.toIssuer(""))
			if err != nil {
				t.Fatal(err)
			}
			with(b, back, c.param, c.values...)
			w.mustRefuse(t, b.get(back.String()), "SIGNIN_REFUSED", c.why)
		})
	}
}

func TestOnlyAPersonOnRecordIsLetIn(t *testing.T) {
	for name, change := range map[string]func(*world){
		"nobody has the address":                      func(w *world) { w.people.byEmail = nil },
		"the address was given to another subject":    func(w *world) { w.people.subjects["p1"] = w.issuer.URL() + " another" },
		"the subject is one of another issuer's only": func(w *world) { w.people.subjects["p1"] = "https://before.example sub" },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			change(w)
			b := w.browser()
			got := b.get(b.toIssuer(""))
			w.mustRefuse(t, got, "SIGNIN_UNKNOWN", "not let in")
			if strings.Contains(w.log.String()+got.text, claire) {
				t.Errorf("the address is repeated: %s %s", w.log, got.text)
			}
		})
	}
}

func TestAnIssuerThatDoesNotAnswerIsAskedAgainTheNextTime(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	w.wire.setCut(true)
	if got := b.get(w.address + "signin"); got.StatusCode != http.StatusServiceUnavailable || !strings.HasPrefix(got.text, "SIGNIN_UNAVAILABLE") {
		t.Errorf("answered %d %s", got.StatusCode, got.text)
	}
	w.wire.setCut(false)
	back := b.toIssuer("")
	w.wire.setCut(true)
	w.mustRefuse(t, b.get(back), "SIGNIN_UNAVAILABLE", "the wire is cut")
	w.wire.setCut(false)
	back = b.toIssuer("")
	w.wire.at("/token", func(int, []byte) (int, []byte) {
		return http.StatusBadGateway, []byte("<p>" + claire + " can't be asked for</p>")
	})
	w.mustRefuse(t, b.get(back), "SIGNIN_UNAVAILABLE", "with status 502")
	if strings.Contains(w.log.String(), claire) {
		t.Errorf("the log repeats the issuer: %s", w.log)
	}
	w.wire.at("/token", nil)
	b.signIn()
}

func TestAnIssuerThatCanNotBeTrustedIsNotUsed(t *testing.T) {
	for name, c := range map[string]struct{ old, changed string }{
		"another name":              {`"issuer":"http://127.0.0.1`, `"issuer":"http://127.0.0.2`},
		"it asks people over http":  {`"authorization_endpoint":"http://127.0.0.1`, `"authorization_endpoint":"http://issuer.example`},
		"it takes codes over http":  {`"token_endpoint":"http://127.0.0.1`, `"token_endpoint":"http://issuer.example`},
		"it gives keys over http":   {`"jwks_uri":"http://127.0.0.1`, `"jwks_uri":"http://issuer.example`},
		"it gives no keys":          {`"jwks_uri":`, `"other":`},
		"its keys are in a program": {`"jwks_uri":"http:`, `"jwks_uri":"javascript:`},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.wire.at("/.well-known/openid-configuration", func(status int, body []byte) (int, []byte) {
				changed := strings.Replace(string(body), c.old, c.changed, 1)
				if changed == string(body) {
					t.Errorf("nothing is changed in %s", body)
				}
				return status, []byte(changed)
			})
			got := w.browser().get(w.address + "signin")
			if got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Location") != "" {
				t.Errorf("answered %d to %q", got.StatusCode, got.Header.Get("Location"))
			}
		})
	}
}

func TestAnErrorOfTheRegisterLetsNobodyInAndIsNoProblemOfThePerson(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	back := b.toIssuer("")
	w.people.failing(errors.New("the table is away"))
	if got := b.get(back); got.StatusCode != http.StatusInternalServerError || b.cookieNamed("__Secure-guildhall_session") != nil {
		t.Errorf("answered %d %s", got.StatusCode, got.text)
	}
	w.people.failing(nil)
	b.signIn()
	w.people.failing(errors.New("the table is away"))
	if got := b.get(w.address + "fund"); got.StatusCode != http.StatusInternalServerError || len(got.Cookies()) != 0 {
		t.Errorf("answered %d %s, cookies %v", got.StatusCode, got.text, got.Cookies())
	}
	w.people.failing(nil)
	b.get(w.address + "fund").said(t)
}

func TestASecondSignInEndsTheSessionBefore(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn()
	first := b.cookieNamed("__Secure-guildhall_session").Value
	b.signIn()
	if open, started := w.people.count(); open != 1 || started != 2 || b.cookieNamed("__Secure-guildhall_session").Value == first {
		t.Errorf("%d open of %d", open, started)
	}
}

func TestEveryCodeHasAStatus(t *testing.T) {
	for _, entry := range problem.Catalogue() {
		if own := entry.Group == "sign-in"; own != (signin.Status(entry.Code) != 0) {
			t.Errorf("%s: status %d", entry.Code, signin.Status(entry.Code))
		}
	}
}

// with changes a parameter of an address.
func with(b *browser, back *url.URL, param string, values ...string) *browser {
	query := back.Query()
	query[param] = values
	back.RawQuery = query.Encode()
	return b
}

// cookieNamed is what the browser would send; nil for none.
func (b *browser) cookieNamed(name string) *http.Cookie {
	at, err := url.Parse(b.w.address)
	if err != nil {
		b.w.t.Fatal(err)
	}
	for _, cookie := range b.Jar.Cookies(at) {
		if cookie.Name == name {
			return cookie
		}
	}
	return nil
}

// reseal changes the cookie of the sign-in.
func (b *browser) reseal(change func(string) string) *browser {
	at, err := url.Parse(b.w.address)
	if err != nil {
		b.w.t.Fatal(err)
	}
	sealed := b.cookieNamed("__Secure-guildhall_signin")
	if sealed == nil {
		b.w.t.Fatal("no cookie")
	}
	changed := change(sealed.Value)
	if changed == sealed.Value {
		b.w.t.Fatal("the cookie is not changed")
	}
	b.Jar.SetCookies(at, []*http.Cookie{{Name: sealed.Name, Value: changed, Path: "/Prod/", Secure: true}})
	return b
}
