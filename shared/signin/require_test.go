package signin_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/signin"
)

const form = "application/x-www-form-urlencoded"

func TestWhoReadsAPageIsSentToSignInAndProgramsAreTold(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	got := b.get(w.address+"fund?term=2024-2026", "Accept", "text/html,application/xhtml+xml;q=0.9")
	if want := "/Prod/signin?next=%2Ffund%3Fterm%3D2024-2026"; got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != want {
		t.Errorf("answered %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
	for name, got := range map[string]answer{
		"a program that reads":    b.get(w.address+"fund", "Accept", "application/json"),
		"a page that changes":     b.send("POST", w.address+"fund", "", "Accept", "text/html"),
		"a sign-out of nobody":    b.send("POST", w.address+"signout", ""),
		"a token that is guessed": b.get(w.address+"fund", "Cookie", "__Secure-guildhall_session=session-1-of-p1"),
	} {
		if got.StatusCode != http.StatusUnauthorized || !strings.HasPrefix(got.text, "SIGNIN_NEEDED ") || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: answered %d %s", name, got.StatusCode, got.text)
		}
	}
}

func TestASessionThatHasEndedIsForgotten(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn()
	if err := w.people.EndSession(t.Context(), b.cookieNamed("__Secure-guildhall_session").Value); err != nil {
		t.Fatal(err)
	}
	if got := b.get(w.address + "fund"); got.StatusCode != http.StatusUnauthorized || b.cookieNamed("__Secure-guildhall_session") != nil {
		t.Errorf("answered %d %s", got.StatusCode, got.text)
	}
}

// Of two cookies of a name, a page of a neighbouring host may have put one there.
func TestTwoSessionsAtOnceAreNone(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn()
	session := b.cookieNamed("__Secure-guildhall_session")
	for _, cookies := range []string{session.String() + "; __Secure-guildhall_session=other", "__Secure-guildhall_session=other; " + session.String()} {
		if got := w.browser().get(w.address+"fund", "Cookie", cookies); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("answered %d %s", got.StatusCode, got.text)
		}
	}
	w.browser().get(w.address+"fund", "Cookie", "theme=dark; "+session.String()+"; lang=fr").said(t)
}

const formWithFile = "multipart/form-data; boundary=edge"

// withFile is a form of parts, names and values by turns.
func withFile(parts ...string) string {
	var text strings.Builder
	for i := 0; i < len(parts); i += 2 {
		text.WriteString("--edge\r\nContent-Disposition: form-data; name=\"" + parts[i] + "\"\r\n\r\n" + parts[i+1] + "\r\n")
	}
	return text.String() + "--edge--\r\n"
}

func TestNoTwoAnswersShowASessionsTokenAlike(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn()
	if first, second := b.get(w.address + "fund").said(t)["token"], b.get(w.address + "fund").said(t)["token"]; first == second {
		t.Errorf("both show %q", first)
	}
}

func TestAChangeShowsTheTokenOfItsSession(t *testing.T) {
	w := newWorld(t)
	b, other := w.browser(), w.browser()
	b.signIn()
	other.signIn()
	token, another := b.get(w.address + "fund").said(t)["token"], other.get(w.address + "fund").said(t)["token"]
	if token == another || strings.Contains(b.cookieNamed("__Secure-guildhall_session").Value, token) {
		t.Fatalf("tokens %q and %q", token, another)
	}
	origin := strings.TrimSuffix(w.address, "/Prod/")
	for name, c := range map[string]struct {
		method, body string
		header       []string
		ok           bool
	}{
		"in the header":              {"POST", `{}`, []string{"X-CSRF-Token", token, "Content-Type", "application/json"}, true},
		"in a form":                  {"POST", "amount=5&csrf_token=" + token, []string{"Content-Type", form + "; charset=utf-8"}, true},
		"from a page of ours":        {"POST", "", []string{"X-CSRF-Token", token, "Origin", origin, "Sec-Fetch-Site", "same-origin"}, true},
		"as an older browser has it": {"PUT", "", []string{"X-CSRF-Token", token, "Origin", origin}, true},
		"as one of its answers":      {"POST", "", []string{"X-CSRF-Token", b.get(w.address + "fund").said(t)["token"]}, true},
		"before a file":              {"POST", withFile("csrf_token", token), []string{"Content-Type", formWithFile}, true},
		"after a file":               {"POST", withFile("file", "1", "csrf_token", token), []string{"Content-Type", formWithFile}, false},
		"far into a form":            {"POST", withFile("csrf_token", strings.Repeat(" ", 1<<10)+token), []string{"Content-Type", formWithFile}, false},
		"cut off":                    {"POST", "", []string{"X-CSRF-Token", token[:43]}, false},
		"reading needs none":         {"GET", "", []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://attacker.example"}, true},
		"none":                       {"POST", "", nil, false},
		"none, with DELETE":          {"DELETE", "", nil, false},
		"none, with a new method":    {"PURGE", "", nil, false},
		"an empty one":               {"PATCH", "", []string{"X-CSRF-Token", ""}, false},
		"another session's":          {"POST", "", []string{"X-CSRF-Token", another}, false},
		"two":                        {"POST", "", []string{"X-CSRF-Token", token, "X-CSRF-Token", token}, false},
		"two in a form":              {"POST", "csrf_token=" + another + "&csrf_token=" + token, []string{"Content-Type", form}, false},
		"in the address":             {"POST", "", []string{"Content-Type", form, "X-Query", "csrf_token=" + token}, false},
		"in a form of another type":  {"POST", "csrf_token=" + token, []string{"Content-Type", "text/plain"}, false},
		"a form that is too long":    {"POST", "csrf_token=" + token + "&x=" + strings.Repeat("x", 64<<10), []string{"Content-Type", form}, false},
		"from a page of others":      {"POST", "", []string{"X-CSRF-Token", token, "Origin", "https://attacker.example", "Sec-Fetch-Site", "cross-site"}, false},
		"from a neighbouring host":   {"POST", "", []string{"X-CSRF-Token", token, "Origin", "https://127.0.0.1", "Sec-Fetch-Site", "same-site"}, false},
		"from another port, older":   {"POST", "", []string{"X-CSRF-Token", token, "Origin", "https://127.0.0.1:1"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			address := w.address + "fund"
			if name == "in the address" {
				address += "?" + c.header[3]
			}
			got := b.send(c.method, address, c.body, c.header...)
			if !c.ok {
				if got.StatusCode != http.StatusForbidden || !strings.HasPrefix(got.text, "CSRF_TOKEN_INVALID ") {
					t.Errorf("answered %d %s", got.StatusCode, got.text)
				}
				return
			}
			said := got.said(t)
			if said["person"] != "p1" || (said["amount"] != "") != strings.Contains(c.body, "amount") {
				t.Errorf("served %v", said)
			}
		})
	}
}

func TestASignOutEndsTheSessionHereAndLeadsToItsEndAtTheIssuer(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn()
	session := b.cookieNamed("__Secure-guildhall_session")
	if got := b.get(w.address + "signout"); got.StatusCode == http.StatusSeeOther {
		t.Errorf("a link signs out: %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
	if got := b.send("POST", w.address+"signout", ""); got.StatusCode != http.StatusForbidden {
		t.Errorf("a page of others signs out: %d", got.StatusCode)
	}
	token := b.get(w.address + "fund").said(t)["token"]
	got := b.send("POST", w.address+"signout", "csrf_token="+token, "Content-Type", form)
	if open, _ := w.people.count(); open != 0 || b.cookieNamed("__Secure-guildhall_session") != nil || got.Header.Get("Clear-Site-Data") == "" {
		t.Errorf("%d sessions; headers %v", open, got.Header)
	}
	if got := w.browser().get(w.address+"fund", "Cookie", session.String()); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("the cookie still opens: %d", got.StatusCode)
	}
	end, err := url.Parse(got.Header.Get("Location"))
	if err != nil || got.StatusCode != http.StatusSeeOther || !strings.HasPrefix(end.String(), w.issuer.URL()+"/end?") ||
		end.Query().Get("client_id") != "guildhall" || end.Query().Get("logout_uri") != w.address {
		t.Fatalf("answered %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
	if got := b.get(end.String()); got.Header.Get("Location") != w.address {
		t.Errorf("the issuer leads to %q", got.Header.Get("Location"))
	}
}

func TestASignOutWorksWithoutTheIssuer(t *testing.T) {
	for name, metadata := range map[string]string{"it has no end": `"other":`, "its end is no place to go": `"end_session_endpoint":"javascript:x","other":`} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.wire.at("/.well-known/openid-configuration", func(status int, body []byte) (int, []byte) {
				return status, []byte(strings.Replace(string(body), `"end_session_endpoint":`, metadata, 1))
			})
			b := w.browser()
			b.signIn()
			token := b.get(w.address + "fund").said(t)["token"]
			got := b.send("POST", w.address+"signout", "", "X-CSRF-Token", token)
			if open, _ := w.people.count(); open != 0 || got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/Prod/" {
				t.Errorf("answered %d to %q, %d sessions", got.StatusCode, got.Header.Get("Location"), open)
			}
		})
	}
}

func TestCookiesAreBoundToTheAddressAndOutOfReachOfScripts(t *testing.T) {
	for address, want := range map[string]struct {
		name, path string
		secure     bool
	}{
		"https://guildhall.example/":      {"__Host-guildhall_signin", "/", true},
		"https://guildhall.example/Prod/": {"__Secure-guildhall_signin", "/Prod/", true},
		"http://127.0.0.1:8080/":          {"guildhall_signin", "/", false},
		"http://localhost:8080/Prod/":     {"guildhall_signin", "/Prod/", false},
	} {
		t.Run(address, func(t *testing.T) {
			w := newWorld(t, func(c *signin.Config) { c.Address = address })
			answered := httptest.NewRecorder()
			w.service.Routes()[0].Handler.ServeHTTP(answered, httptest.NewRequest("GET", "/signin", nil))
			cookies := answered.Result().Cookies()
			if len(cookies) != 1 {
				t.Fatalf("cookies %v", cookies)
			}
			c := cookies[0]
			if c.Name != want.name || c.Path != want.path || c.Secure != want.secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode ||
				c.Domain != "" || c.MaxAge != 600 {
				t.Errorf("cookie %s", c)
			}
			to, err := url.Parse(answered.Header().Get("Location"))
			if err != nil {
				t.Fatal(err)
			}
			asked := to.Query()
			if asked.Get("redirect_uri") != address+"signin/return" || asked.Get("code_challenge_method") != "S256" {
				t.Errorf("asked for %v", asked)
			}
			for _, param := range []string{"state", "nonce", "code_challenge"} {
				if len(asked.Get(param)) != 43 || strings.Contains(c.Value, asked.Get(param)) {
					t.Errorf("%s is %q", param, asked.Get(param))
				}
			}
		})
	}
}

func TestAnAddressOrKeyThatIsNotSafeIsRefusedAtTheStart(t *testing.T) {
	for name, change := range map[string]func(*signin.Config){
		"an address over http":          func(c *signin.Config) { c.Address = "http://guildhall.example/" },
		"an address that only begins":   func(c *signin.Config) { c.Address = "http://localhost.guildhall.example/" },
		"an address without a slash":    func(c *signin.Config) { c.Address = "https://guildhall.example/Prod" },
		"an address with a query":       func(c *signin.Config) { c.Address = "https://guildhall.example/?x" },
		"an address without a host":     func(c *signin.Config) { c.Address = "/Prod/" },
		"an address that is no address": func(c *signin.Config) { c.Address = "https://%zz/" },
		"an issuer over http":           func(c *signin.Config) { c.Issuer = "http://issuer.example" },
		"no client":                     func(c *signin.Config) { c.ClientID = "" },
		"a short key":                   func(c *signin.Config) { c.Key = c.Key[:31] },
	} {
		t.Run(name, func(t *testing.T) {
			c := signin.Config{Issuer: "https://issuer.example", ClientID: "guildhall", Address: "https://guildhall.example/", Key: make([]byte, 32)}
			if _, err := signin.New(c); err != nil {
				t.Fatal(err)
			}
			change(&c)
			if _, err := signin.New(c); err == nil {
				t.Error("accepted")
			}
		})
	}
}
