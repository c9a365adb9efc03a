package server_test

import (
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/problem"
)

// email is the address of the sample person of a role.
func email(t *testing.T, role string) string {
	t.Helper()
	samples := issuer.Samples()
	at := slices.IndexFunc(samples, func(p issuer.Person) bool { return p.Role == role })
	if at < 0 {
		t.Fatalf("nobody is of the role %s", role)
	}
	return samples[at].Email
}

// visitor is a browser that follows nothing by itself.
func visitor(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// led gets an address and gives where it leads.
func led(t *testing.T, client *http.Client, address string) string {
	t.Helper()
	answer, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	to, err := answer.Location()
	if err != nil || answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s: %d, %v", address, answer.StatusCode, err)
	}
	return to.String()
}

// signIn signs in as the sample person of a role; w asks as that person from then on.
func (w *world) signIn(role string) {
	w.Helper()
	w.client = visitor(w.T)
	w.client.Transport = w.transport
	w.token = ""
	atIssuer := led(w.T, w.client, w.address+"/signin?next=/api/me")
	back := led(w.T, w.client, atIssuer+"&person="+url.QueryEscape(email(w.T, role)))
	if to := led(w.T, w.client, back); to != w.address+"/api/me" {
		w.Fatalf("signed in, one is led to %s", to)
	}
	w.token, _ = w.ask(http.StatusOK, "GET", "/api/me", nil)["csrfToken"].(string)
}

func TestEverybodySignsInAndIsWhoIsOnRecord(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	for _, sample := range issuer.Samples() {
		w.signIn(sample.Role)
		me := w.ask(http.StatusOK, "GET", "/api/me", nil)
		scope, _ := me["scope"].(string)
		if me["role"] != sample.Role || scope != sample.Scope || w.token == "" {
			t.Errorf("%s is %v", sample.Role, me)
		}
	}
}

func TestNobodyGetsAnythingWithoutASession(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	w.client = visitor(t)
	for _, path := range []string{"/api/me", "/api/people", "/api/imports/x"} {
		answer, text := w.send("GET", w.address+path, nil)
		refused(t, answer, text, http.StatusUnauthorized, "SIGNIN_NEEDED")
	}
	answer, _ := w.send("GET", w.address+"/api/me", nil, "Accept", "text/html")
	if to := answer.Header.Get("Location"); answer.StatusCode != http.StatusSeeOther || to != "/signin?next=%2Fapi%2Fme" {
		t.Errorf("who reads a page is led to %q, %d", to, answer.StatusCode)
	}
	w.ask(http.StatusOK, "GET", "/api/openapi.json", nil)
}

func TestAChangeShowsTheTokenOfItsSession(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	first := w.token
	w.signIn("treasurer")
	for _, token := range []string{"", first} {
		w.token = token
		answer, text := w.send("POST", w.address+"/api/exports", strings.NewReader(`{"kind":"budget"}`), "Content-Type", "application/json")
		refused(t, answer, text, http.StatusForbidden, "CSRF_TOKEN_INVALID")
	}
}

func TestWhoSignsOutIsOut(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	cookies := w.client.Jar.Cookies(mustParse(t, w.address))
	answer, text := w.send("POST", w.address+"/signout", nil)
	if to := answer.Header.Get("Location"); answer.StatusCode != http.StatusSeeOther || !strings.Contains(to, "/end?") {
		t.Fatalf("%d %q %s", answer.StatusCode, to, text)
	}
	w.client.Jar.SetCookies(mustParse(t, w.address), cookies) // whoever kept a copy
	answer, text = w.send("GET", w.address+"/api/me", nil)
	refused(t, answer, text, http.StatusUnauthorized, "SIGNIN_NEEDED")
}

func mustParse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestASignInThatIsBegunAtAnotherNameOfThisMachineIsLedToTheOneThatIsReturnedTo(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	_, port, err := net.SplitHostPort(strings.TrimPrefix(w.address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	if got := led(t, visitor(t), "http://localhost:"+port+"/signin?next=/api/me"); got != w.address+"/signin?next=/api/me" {
		t.Errorf("led to %s", got)
	}
}

func TestSessionsGoOnAfterTheNextStart(t *testing.T) {
	folder := t.TempDir()
	w := start(t, folder, nil)
	session := w.client.Jar.Cookies(mustParse(t, w.address))
	w.stop()
	again := start(t, folder, nil)
	again.client = visitor(t)
	again.client.Jar.SetCookies(mustParse(t, again.address), session)
	if me := again.ask(http.StatusOK, "GET", "/api/me", nil); me["role"] != "secretariat" {
		t.Errorf("%v", me)
	}
}

func TestEveryAnswerTellsBrowsersToBeStrict(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	for _, path := range []string{"/health", "/api/me", "/nothing", "/files/x", "/signin", "/signin/return", "/api/openapi.json"} {
		answer, _ := w.send("GET", w.address+path, nil)
		policy := answer.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") ||
			answer.Header.Get("X-Content-Type-Options") != "nosniff" || answer.Header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", path, answer.Header)
		}
	}
}

func TestEverythingWorksBelowABasePath(t *testing.T) {
	w := startBelow(t, t.TempDir(), "/Prod/", nil)
	if !strings.HasSuffix(w.address, "/Prod") {
		t.Fatalf("it is at %s", w.address)
	}
	w.ask(http.StatusOK, "GET", "/health", nil)
	for _, cookie := range w.client.Jar.Cookies(mustParse(t, w.address+"/")) {
		if cookie.Value == "" {
			t.Errorf("%v", cookie)
		}
	}
	if got := w.client.Jar.Cookies(mustParse(t, strings.TrimSuffix(w.address, "Prod"))); len(got) != 0 {
		t.Errorf("cookies go beyond the base path: %v", got)
	}
	id := w.upload(object{"name": "members.csv"}, members(3))
	w.commit(id, "all")
	w.state(id, "committed")
	export := w.ask(http.StatusAccepted, "POST", "/api/exports", object{"kind": "membership"})["export"].(object)["id"].(string)
	made := w.until("/api/exports/"+export, func(got object) bool { return got["download"] != nil })
	if answer, content := w.follow(made["download"], nil); answer.StatusCode != http.StatusOK || !strings.HasPrefix(string(content), "PK") {
		t.Errorf("download: %d %.20q", answer.StatusCode, content)
	}
	outside := strings.TrimSuffix(w.address, "/Prod")
	answer, home := w.send("GET", w.address+"/", nil, "Accept", "text/html")
	style := regexp.MustCompile(`href="(/Prod/assets/[^"]+)"`).FindSubmatch(home)
	if answer.StatusCode != http.StatusOK || style == nil || !strings.Contains(string(home), `action="/Prod/signout"`) {
		t.Fatalf("home: %d %s", answer.StatusCode, home)
	}
	if answer, text := w.send("GET", outside+string(style[1]), nil); answer.StatusCode != http.StatusOK {
		t.Errorf("its stylesheet: %d %s", answer.StatusCode, text)
	}
	for _, path := range []string{"/health", "/api/me", "/Prodigy/health", "/"} {
		answer, text := w.send("GET", outside+path, nil)
		refused(t, answer, text, http.StatusNotFound, "ROUTE_UNKNOWN")
	}
	w.send("POST", w.address+"/signout", nil)
	answer, text := w.send("GET", w.address+"/api/me", nil)
	refused(t, answer, text, http.StatusUnauthorized, "SIGNIN_NEEDED")
}

func TestOthersReachItOverHTTPSOnly(t *testing.T) {
	a, err := app.OpenEmbedded(t.Context(), t.TempDir(), app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	const proxied, issuer = "https://guildhall.example.org/", "https://issuer.example"
	for name, c := range map[string]struct{ listen, address, issuer, want string }{
		"a proxy and a real issuer":           {"0.0.0.0:0", proxied, issuer, ""},
		"of this machine only":                {"127.0.0.1:0", "", "http://127.0.0.1:1", ""},
		"a real issuer, of this machine only": {"127.0.0.1:0", "", issuer, ""},
		"the built-in issuer":                 {"0.0.0.0:0", proxied, "http://127.0.0.1:1", "ADDRESS_OPEN"},
		"no https":                            {"0.0.0.0:0", "http://127.0.0.1:8080/", issuer, "ADDRESS_OPEN"},
		"no address":                          {"0.0.0.0:0", "", issuer, "ADDRESS_OPEN"},
		"http elsewhere":                      {"127.0.0.1:0", "http://guildhall.example.org/", issuer, "settings"},
		"an issuer over http":                 {"127.0.0.1:0", "", "http://issuer.example", "settings"},
		"an address without its slash":        {"127.0.0.1:0", "https://guildhall.example.org", issuer, "settings"},
	} {
		listener, err := server.ListenOpen(c.listen)
		if err != nil {
			t.Fatal(err)
		}
		_, err = server.New(t.Context(), server.Config{
			App: a, Listener: listener, Address: c.address, Issuer: c.issuer, Client: "guildhall", IDs: identity.NewIDs(identity.System(), nil),
			Log: slog.New(slog.DiscardHandler),
		})
		if got := why(err); got != c.want {
			t.Errorf("%s: %q, want %q (%v)", name, got, c.want, err)
		}
		listener.Close()
	}
}

func TestBehindAProxyItAnswersToItsAddressAndOverHTTPSOnly(t *testing.T) {
	a, err := app.OpenEmbedded(t.Context(), t.TempDir(), app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := serve(t, a, func(c *server.Config) {
		c.Address, c.Issuer, c.Client = "https://guildhall.example.org/", "https://issuer.example", "guildhall"
	})
	answer, _ := w.send("GET", w.address+"/health", nil, "Host", "guildhall.example.org")
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%d %v", answer.StatusCode, answer.Header)
	}
	answer, text := w.send("GET", w.address+"/health", nil, "Host", "evil.example")
	refused(t, answer, text, http.StatusMisdirectedRequest, "HOST_FOREIGN")
	answer, text = w.send("POST", w.address+"/api/exports", nil, "Host", "guildhall.example.org", "Origin", "https://evil.example")
	refused(t, answer, text, http.StatusForbidden, "ORIGIN_FOREIGN")
	answer, text = w.send("POST", w.address+"/api/exports", nil, "Host", "guildhall.example.org", "Origin", "https://guildhall.example.org")
	refused(t, answer, text, http.StatusUnauthorized, "SIGNIN_NEEDED")
}

// why is the code of an error, or "settings".
func why(err error) string {
	var p *problem.Problem
	switch {
	case err == nil:
		return ""
	case errors.As(err, &p):
		return string(p.Code)
	case errors.Is(err, server.ErrSettings):
		return "settings"
	}
	return err.Error()
}
