package signin_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/signin"
)

// certified is an issuer that others wrote: oidc-provider, in a process of its own.
type certified struct {
	setups io.Writer
	says   *bufio.Reader
}

// setup is how it is to be.
type setup struct {
	Returns   []string `json:"returns"`
	Ends      []string `json:"ends"`
	Profile   bool     `json:"profile"` // the address stands in the profile only
	Algorithm string   `json:"algorithm"`
	Rotate    bool     `json:"rotate"` // it signs with a new key, and publishes no other
}

// nobody is somebody whose address the issuer has not verified.
const nobody = "unverified@commission.example"

func startCertified(t *testing.T) *certified {
	t.Helper()
	command := exec.CommandContext(t.Context(), "node", "../../infra/oidc-provider/issuer.js")
	command.Stderr = os.Stderr
	setups, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	says, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatalf("%v (infra/oidc-provider/install installs what it needs)", err)
	}
	t.Cleanup(func() {
		setups.Close() // ends it
		_ = command.Wait()
	})
	return &certified{setups, bufio.NewReader(says)}
}

// set has the issuer be as it is to be, and gives its address.
func (c *certified) set(t *testing.T, s setup) string {
	t.Helper()
	if err := json.NewEncoder(c.setups).Encode(s); err != nil {
		t.Fatal(err)
	}
	line, err := c.says.ReadString('\n')
	if err != nil {
		t.Fatalf("the issuer doesn't start: %v (infra/oidc-provider/install installs what it needs)", err)
	}
	return strings.TrimSpace(line)
}

// world is the product beside the issuer: its clock goes as the issuer's does, or so much before it.
func (c *certified) world(t *testing.T, s setup, ahead time.Duration) *world {
	t.Helper()
	clock := func() time.Time { return time.Now().Add(ahead) }
	w := newWorld(t, func(config *signin.Config) {
		s.Returns, s.Ends = []string{config.Address + "signin/return"}, []string{config.Address}
		config.Issuer, config.ClientSecret, config.Clock = c.set(t, s), "guildhall-secret-of-the-test", clock
	})
	w.people.until = clock().Add(time.Hour)
	return w
}

// through begins a sign-in, changes what is asked of the issuer, and gives the address at which its answer is taken.
func (b *browser) through(who string, change func(asked url.Values)) *url.URL {
	b.w.t.Helper()
	got := b.get(b.w.address + "signin")
	at, err := url.Parse(got.Header.Get("Location"))
	if err != nil {
		b.w.t.Fatal(err)
	}
	asked := at.Query()
	asked.Set("login_hint", who)
	if change != nil {
		change(asked)
	}
	at.RawQuery = asked.Encode()
	for range 6 { // to its page, and from there back
		got = b.get(at.String())
		next, err := got.Location()
		if err != nil {
			b.w.t.Fatalf("the issuer answered %d %.2000s at %s", got.StatusCode, got.text, at.Path)
		}
		if strings.HasPrefix(next.String(), b.w.address) {
			return next
		}
		at = next
	}
	b.w.t.Fatal("the issuer sends the browser round and round")
	return nil
}

func TestPeopleSignInAtAnIssuerThatOthersWrote(t *testing.T) {
	issuer := startCertified(t)
	for name, s := range map[string]setup{
		"the address in the profile":  {Profile: true, Algorithm: "RS256"},
		"the address in the ID token": {Algorithm: "RS256"},
		"signed on a curve":           {Algorithm: "ES256"},
		"signed as RSA-PSS":           {Algorithm: "PS256"},
	} {
		t.Run(name, func(t *testing.T) {
			w := issuer.world(t, s, 0)
			b := w.browser()
			if got := b.get(b.through(claire, nil).String()); got.Header.Get("Location") != "/Prod/" {
				t.Fatalf("answered %d %s; log %s", got.StatusCode, got.text, w.log)
			}
			said := b.get(w.address).said(t)
			if said["person"] != "p1" {
				t.Fatalf("served %v", said)
			}
			got := b.send("POST", w.address+"signout", "", signin.TokenHeader, said["token"])
			end := got.Header.Get("Location")
			if open, _ := w.people.count(); open != 0 || !strings.HasPrefix(end, w.service.Issuer+"/session/end?") {
				t.Fatalf("%d sessions, sent to %q", open, end)
			}
			if got := b.get(end); got.StatusCode != http.StatusOK { // it asks whether to sign out there too
				t.Errorf("the issuer answers the sign-out with %d %s", got.StatusCode, got.text)
			}
		})
	}
}

// What a real issuer makes for another sign-in, another client or another time lets nobody in, although its signature is right.
func TestWhatAnIssuerThatOthersWroteMadeForSomethingElseIsRefused(t *testing.T) {
	issuer := startCertified(t)
	change := func(name, value string) func(url.Values) {
		return func(asked url.Values) { asked.Set(name, value) }
	}
	swapped := func(r *http.Request) { r.SetBasicAuth("other", "other-secret-of-the-test") }
	for name, c := range map[string]struct {
		who   string
		asked func(url.Values)
		back  func(url.Values)
		token func(*http.Request) // changes the request for tokens on its way
		ahead time.Duration
		code  string
		why   string
	}{
		"another nonce":     {asked: change("nonce", "of-another-sign-in"), code: "SIGNIN_REFUSED", why: "made for another sign-in"},
		"another challenge": {asked: change("code_challenge", strings.Repeat("c", 43)), code: "SIGNIN_REFUSED", why: "refuses the code"},
		"another state":     {asked: change("state", "of-another-sign-in"), code: "SIGNIN_STALE", why: "belongs to no sign-in"},
		"another issuer": {
			back: change("iss", "https://attacker.example"), code: "SIGNIN_REFUSED", why: "another issuer's",
		},
		"the code of another client": {asked: change("client_id", "other"), code: "SIGNIN_REFUSED", why: "refuses the code"},
		"the token of another client": {
			asked: change("client_id", "other"), token: swapped, code: "SIGNIN_REFUSED", why: "expected audience",
		},
		"a token of yesterday":                {ahead: 24 * time.Hour, code: "SIGNIN_REFUSED", why: "token is expired"},
		"an address that it has not verified": {who: nobody, code: "SIGNIN_EMAIL_UNVERIFIED", why: "vouches for no address"},
		"somebody who is not invited":         {who: "other@city.example", code: "SIGNIN_UNKNOWN", why: "nobody is on record"},
	} {
		t.Run(name, func(t *testing.T) {
			w := issuer.world(t, setup{Algorithm: "RS256"}, c.ahead)
			w.people.byEmail[nobody] = "p2"
			w.wire.asked("/token", c.token)
			if c.who == "" {
				c.who = claire
			}
			b := w.browser()
			back := b.through(c.who, c.asked)
			if c.back != nil {
				said := back.Query()
				c.back(said)
				back.RawQuery = said.Encode()
			}
			got := b.get(back.String())
			if !strings.HasPrefix(got.text, c.code+" ") || !strings.Contains(w.log.String(), c.why) {
				t.Errorf("answered %d %s; log %s", got.StatusCode, got.text, w.log)
			}
			if _, started := w.people.count(); started != 0 {
				t.Errorf("%d sessions", started)
			}
			if strings.Contains(w.log.String(), c.who) {
				t.Errorf("the log names the person: %s", w.log)
			}
		})
	}
}

func TestACodeOfAnIssuerThatOthersWroteIsUsedOnce(t *testing.T) {
	w := startCertified(t).world(t, setup{Algorithm: "RS256"}, 0)
	b := w.browser()
	back := b.through(claire, nil).String()
	copied := b.cookieNamed("__Secure-guildhall_signin")
	b.get(back)
	got := w.browser().get(back, "Cookie", copied.Name+"="+copied.Value)
	if !strings.HasPrefix(got.text, "SIGNIN_REFUSED ") || !strings.Contains(w.log.String(), "refuses the code") {
		t.Errorf("answered %d %s", got.StatusCode, got.text)
	}
	onlyOneSession(t, w)
}

func TestNewKeysOfAnIssuerThatOthersWroteAreFollowed(t *testing.T) {
	issuer := startCertified(t)
	w := issuer.world(t, setup{Algorithm: "RS256"}, 0)
	signIn := func() string {
		b := w.browser()
		return b.get(b.through(claire, nil).String()).Header.Get("Location")
	}
	first := ""
	w.replaceToken(func(token string) string { first = token; return token })
	if to := signIn(); to != "/Prod/" {
		t.Fatalf("the first key: %s", w.log)
	}
	w.replaceToken(func(token string) string { return token })
	issuer.set(t, setup{Returns: []string{w.address + "signin/return"}, Ends: []string{w.address}, Algorithm: "RS256", Rotate: true})
	if to := signIn(); to != "/Prod/" {
		t.Fatalf("the second key: %s", w.log)
	}
	w.replaceToken(func(string) string { return first })
	if to := signIn(); to != "" || !strings.Contains(w.log.String(), "failed to verify") {
		t.Errorf("a token of a key that is gone leads to %q; log %s", to, w.log)
	}
}
