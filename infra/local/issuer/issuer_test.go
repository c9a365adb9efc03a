package issuer_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/shared/locale"
)

const (
	back     = "http://127.0.0.1:9/signin/return"
	home     = "http://127.0.0.1:9/"
	verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWOEjXk0abc"
)

// start runs an issuer until the test ends; later moves its clock on.
func start(t *testing.T, secret string) (at string, later func(time.Duration)) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var moved atomic.Int64
	i, err := issuer.Start(listener, issuer.Config{
		Client: issuer.Client{ID: "guildhall", Secret: secret, Returns: []string{back}, Ends: []string{home}},
		Clock:  func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).Add(time.Duration(moved.Load())) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := i.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return i.URL(), func(d time.Duration) { moved.Add(int64(d)) }
}

// asking is a right request for a code.
func asking() url.Values {
	return url.Values{
		"client_id": {"guildhall"}, "redirect_uri": {back}, "response_type": {"code"}, "scope": {"openid email"}, "state": {"s1"},
		"nonce": {"n1"}, "code_challenge": {oauth2.S256ChallengeFromVerifier(verifier)}, "code_challenge_method": {"S256"},
		"person": {"claire.morel@commission.example"},
	}
}

func redeeming(code string) url.Values {
	return url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {back}, "client_id": {"guildhall"}, "code_verifier": {verifier},
	}
}

var browser = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// do sends a request and gives the answer with its body read.
func do(t *testing.T, r *http.Request) (*http.Response, string) {
	t.Helper()
	got, err := browser.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return got, string(text)
}

func get(t *testing.T, address string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest("GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return do(t, r)
}

func post(t *testing.T, address string, form url.Values, user ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest("POST", address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if len(user) == 2 {
		r.SetBasicAuth(user[0], user[1])
	}
	return do(t, r)
}

// sentBack gives the parameters with which an answer leads to the client.
func sentBack(t *testing.T, got *http.Response) url.Values {
	t.Helper()
	to, err := url.Parse(got.Header.Get("Location"))
	if err != nil || got.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to.String(), back+"?") {
		t.Fatalf("answered %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
	return to.Query()
}

func code(t *testing.T, at string) string {
	t.Helper()
	got, _ := get(t, at+"/authorize?"+asking().Encode())
	return sentBack(t, got).Get("code")
}

// elsewhere is a listener that others could reach, or so it says.
type elsewhere struct {
	net.Listener
	addr net.Addr
}

func (e elsewhere) Addr() net.Addr { return e.addr }

func TestItStartsOnTheLoopbackInterfaceOnly(t *testing.T) {
	for _, addr := range []net.Addr{
		&net.TCPAddr{IP: net.IPv4zero, Port: 80}, &net.TCPAddr{IP: net.IPv6unspecified, Port: 80}, &net.TCPAddr{Port: 80},
		&net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 80}, &net.UnixAddr{Name: "socket", Net: "unix"},
	} {
		if _, err := issuer.Start(elsewhere{addr: addr}, issuer.Config{Clock: time.Now}); !errors.Is(err, issuer.ErrNotLoopback) {
			t.Errorf("%v: %v", addr, err)
		}
	}
}

func TestANameThatPointsAtThisMachineIsNoWayIn(t *testing.T) {
	at, _ := start(t, "")
	r, err := http.NewRequest("GET", at+"/authorize?"+asking().Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "attacker.example"
	if got, _ := do(t, r); got.StatusCode != http.StatusMisdirectedRequest || got.Header.Get("Location") != "" {
		t.Errorf("answered %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
}

func TestACodeIsRedeemedOnceByWhoAskedForItInTime(t *testing.T) {
	at, later := start(t, "")
	first := code(t, at)
	got, text := post(t, at+"/token", redeeming(first))
	var tokens struct {
		ID   string `json:"id_token"`
		Type string `json:"token_type"`
	}
	if err := json.Unmarshal([]byte(text), &tokens); err != nil || got.StatusCode != http.StatusOK || tokens.Type != "Bearer" ||
		strings.Count(tokens.ID, ".") != 2 || got.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("answered %d %s (%v)", got.StatusCode, text, err)
	}
	for name, c := range map[string]struct {
		code   string
		change func(url.Values)
		wait   time.Duration
		want   string
	}{
		"a second time":       {code: first, want: "invalid_grant"},
		"too late":            {wait: time.Minute, want: "invalid_grant"},
		"another verifier":    {change: func(v url.Values) { v.Set("code_verifier", verifier+"x") }, want: "invalid_grant"},
		"no verifier":         {change: func(v url.Values) { v.Del("code_verifier") }, want: "invalid_grant"},
		"another address":     {change: func(v url.Values) { v.Set("redirect_uri", home) }, want: "invalid_grant"},
		"another client":      {change: func(v url.Values) { v.Set("client_id", "other") }, want: "invalid_client"},
		"a secret it has not": {change: func(v url.Values) { v.Set("client_secret", "x") }, want: "invalid_client"},
		"another grant":       {change: func(v url.Values) { v.Set("grant_type", "password") }, want: "unsupported_grant_type"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.code == "" {
				c.code = code(t, at)
			}
			form := redeeming(c.code)
			if c.change != nil {
				c.change(form)
			}
			later(c.wait)
			if got, text := post(t, at+"/token", form); got.StatusCode/100 != 4 || !strings.Contains(text, `"`+c.want+`"`) {
				t.Errorf("answered %d %s", got.StatusCode, text)
			}
		})
	}
}

func TestAClientWithASecretShowsItInEitherWay(t *testing.T) {
	at, _ := start(t, "s3:cret")
	form := redeeming(code(t, at))
	form.Set("client_secret", "s3:cret")
	if got, text := post(t, at+"/token", form); got.StatusCode != http.StatusOK {
		t.Errorf("in the form: %d %s", got.StatusCode, text)
	}
	form = redeeming(code(t, at))
	if got, text := post(t, at+"/token", form, "guildhall", url.QueryEscape("s3:cret")); got.StatusCode != http.StatusOK {
		t.Errorf("in the header: %d %s", got.StatusCode, text)
	}
	if got, _ := post(t, at+"/token", redeeming(code(t, at))); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("without: %d", got.StatusCode)
	}
	if got, _ := post(t, at+"/token", redeeming(code(t, at)), "guildhall", "wrong"); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("a wrong one: %d", got.StatusCode)
	}
}

func TestAClientIsToldWhatIsWrongWithItsRequest(t *testing.T) {
	at, _ := start(t, "")
	for name, c := range map[string]struct{ param, value, want string }{
		"implicit flow":     {"response_type", "id_token", "unsupported_response_type"},
		"no openid":         {"scope", "email", "invalid_scope"},
		"no challenge":      {"code_challenge", "", "invalid_request"},
		"a plain challenge": {"code_challenge_method", "plain", "invalid_request"},
		"asks nobody":       {"prompt", "none", "login_required"},
	} {
		t.Run(name, func(t *testing.T) {
			asked := asking()
			asked.Set(c.param, c.value)
			got, _ := get(t, at+"/authorize?"+asked.Encode())
			said := sentBack(t, got)
			if said.Get("error") != c.want || said.Get("code") != "" || said.Get("state") != "s1" || said.Get("iss") != at {
				t.Errorf("answered %v", said)
			}
		})
	}
}

func TestNobodyIsSentToAnAddressThatIsNotTheClients(t *testing.T) {
	at, _ := start(t, "")
	for name, query := range map[string]string{
		"another client":  strings.Replace(asking().Encode(), "guildhall", "other", 1),
		"another address": asking().Encode() + "&redirect_uri=" + url.QueryEscape("https://attacker.example/"),
		"a longer one":    strings.Replace(asking().Encode(), url.QueryEscape(back), url.QueryEscape(back+"/x"), 1),
	} {
		t.Run(name, func(t *testing.T) {
			if got, _ := get(t, at+"/authorize?"+query); got.StatusCode != http.StatusBadRequest || got.Header.Get("Location") != "" {
				t.Errorf("answered %d to %q", got.StatusCode, got.Header.Get("Location"))
			}
		})
	}
	if got, _ := get(t, at+"/end?post_logout_redirect_uri="+url.QueryEscape(home)); got.Header.Get("Location") != home {
		t.Errorf("a sign-out leads to %q", got.Header.Get("Location"))
	}
	if got, _ := get(t, at+"/end?post_logout_redirect_uri=https://attacker.example/"); got.StatusCode != http.StatusOK || got.Header.Get("Location") != "" {
		t.Errorf("a sign-out leads to %q", got.Header.Get("Location"))
	}
}

var linked = regexp.MustCompile(`href="(/authorize[^"]*)"`)

func TestThePageOffersOnePersonOfEachRoleInThreeLanguages(t *testing.T) {
	at, _ := start(t, "")
	asked := asking()
	asked.Del("person")
	for lang, title := range map[locale.Lang]string{
		locale.EN: "Who do you want to be?", locale.FR: "Qui voulez-vous être ?", locale.ES: "¿Quién quiere ser?",
	} {
		got, text := get(t, at+"/authorize?"+asked.Encode(), "Accept-Language", "de, "+string(lang)+"-CA;q=0.8, en;q=0.1")
		if !strings.Contains(text, title) || got.Header.Get("Content-Language") != string(lang) {
			t.Errorf("%s: %s", lang, text)
		}
		if policy := got.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(text, "<script") {
			t.Errorf("%s: policy %q", lang, policy)
		}
		links := linked.FindAllStringSubmatch(text, -1)
		if len(links) != len(issuer.Samples()) {
			t.Fatalf("%s: %d links", lang, len(links))
		}
		for i, link := range links {
			chosen, _ := get(t, at+strings.ReplaceAll(link[1], "&amp;", "&"))
			if sentBack(t, chosen).Get("code") == "" || !strings.Contains(text, issuer.Samples()[i].Title.In(lang)) {
				t.Errorf("%s: %s leads nowhere", lang, link[1])
			}
		}
	}
	roles := map[string]bool{}
	for _, p := range issuer.Samples() {
		roles[p.Role] = true
		if len(p.Title.Missing()) > 0 || !strings.HasSuffix(p.Email, ".example") {
			t.Errorf("%+v", p)
		}
	}
	if len(roles) != 6 {
		t.Errorf("roles %v", roles)
	}
}
