package stack

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/shared/identity"
)

// client is the product at the issuer that the tests run.
const client = "guildhall"

// recogniser is an issuer that is asked only once the stack stands, whose parameters name it.
type recogniser struct {
	listener net.Listener
	secret   string
}

func newRecogniser(t *testing.T) recogniser {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return recogniser{listener, rand.Text()}
}

// parameters are those of the template.
func (r recogniser) parameters() []string {
	return []string{
		"Issuer=http://" + r.listener.Addr().String(), "IssuerClient=" + client, "IssuerClientSecret=" + r.secret,
		"FirstPerson=" + first(), "FirstLanguage=en",
	}
}

// emailOf is the address of the sample person of a role.
func emailOf(role string) string {
	samples := issuer.Samples()
	return samples[slices.IndexFunc(samples, func(p issuer.Person) bool { return p.Role == role })].Email
}

// first is the address of the first person: the sample one of the secretariat.
func first() string { return emailOf("secretariat") }

// start has the issuer answer for a product at an address, until the test ends.
func (r recogniser) start(t *testing.T, address string) {
	t.Helper()
	running, err := issuer.Start(r.listener, issuer.Config{
		Client: issuer.Client{ID: client, Secret: r.secret, Returns: []string{address + "signin/return"}, Ends: []string{address}},
		Clock:  identity.System(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close(t.Context()) })
}

// atStage sends what is for the address of the API's stage to the emulator, which serves each API under a name of this machine. All else goes
// where it is addressed to.
type atStage struct {
	stage, emulator *url.URL
	next            http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (a atStage) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != a.stage.Host {
		return a.next.RoundTrip(r)
	}
	there := r.Clone(r.Context())
	id, _, _ := strings.Cut(a.stage.Host, ".")
	there.Host = id + ".execute-api.localhost:" + a.emulator.Port()
	there.URL.Scheme, there.URL.Host = a.emulator.Scheme, a.emulator.Host
	answer, err := a.next.RoundTrip(there)
	if err == nil {
		answer.Request = r
	}
	return answer, err
}

// transport is by which programs find the deployed product at its own address.
func (d *deployment) transport(t *testing.T) http.RoundTripper {
	t.Helper()
	stage, err := url.Parse(d.output(t, "StageAddress"))
	if err != nil {
		t.Fatal(err)
	}
	emulator, err := url.Parse(d.server.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	return atStage{stage, emulator, d.client.Transport}
}

// session is somebody who is signed in.
type session struct {
	*http.Client
	token string // that a request shows which changes something
}

// signIn signs a person of the issuer's in, as a browser is led.
func (d *deployment) signIn(t *testing.T, email string) session {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := session{Client: &http.Client{
		Transport: d.transport(t), Jar: jar, Timeout: d.client.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	led := func(address string) string {
		t.Helper()
		answer, err := s.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, _ := io.ReadAll(answer.Body)
		to, err := answer.Location()
		if err != nil {
			t.Fatalf("%s: %d %s", address, answer.StatusCode, text)
		}
		return to.String()
	}
	address := d.output(t, "ProductAddress")
	asked := led(address + "signin?next=/api/me")
	if got := led(led(asked + "&person=" + url.QueryEscape(email))); got != address+"api/me" {
		t.Fatalf("signed in, one is led to %s", got)
	}
	var me struct {
		Token string `json:"csrfToken"`
	}
	if status := s.ask(t, address, http.MethodGet, "/me", nil, &me); status != http.StatusOK || me.Token == "" {
		t.Fatalf("%s is answered %d", email, status)
	}
	s.token = me.Token
	return s
}

// ask asks the API below an address, reads the answer into into, and gives its status.
func (s session) ask(t *testing.T, address, method, path string, body, into any) int {
	t.Helper()
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
	}
	request, err := http.NewRequestWithContext(t.Context(), method, address+"api"+path, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "application/json")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if method != http.MethodGet {
		request.Header.Set("X-CSRF-Token", s.token)
	}
	answer, err := s.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if into != nil {
		if err := json.Unmarshal(said, into); err != nil {
			t.Fatalf("%s %s: %d %s", method, path, answer.StatusCode, said)
		}
	}
	return answer.StatusCode
}

// ask asks the API as the one who is at it: the first person of the secretariat, until somebody else takes over.
func (d *deployment) ask(t *testing.T, method, path string, body, into any) int {
	t.Helper()
	if d.who.Client == nil {
		d.who = d.signIn(t, first())
	}
	return d.who.ask(t, d.output(t, "ProductAddress"), method, path, body, into)
}

// invite has the first person put the issuer's other people on record, with the roles that they are samples of.
func (d *deployment) invite(t *testing.T) {
	t.Helper()
	for _, person := range issuer.Samples() {
		if person.Email == first() {
			continue
		}
		standing := map[string]string{"email": person.Email, "role": person.Role, "lang": "en"}
		if person.Scope != "" {
			standing["scope"] = person.Scope
		}
		if status := d.ask(t, http.MethodPost, "/people", standing, nil); status != http.StatusCreated {
			t.Fatalf("the invitation of %s is answered %d", person.Email, status)
		}
	}
}

// browsed reads the page on the API as a browser does, which asks for it compressed.
func (d *deployment) browsed(t *testing.T, by session) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.output(t, "ProductAddress")+"api/", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "text/html,*/*;q=0.8")
	request.Header.Set("Accept-Encoding", "gzip")
	answer, err := by.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	unpacked, err := gzip.NewReader(answer.Body)
	if err != nil {
		t.Fatalf("%d %v: %v", answer.StatusCode, answer.Header, err)
	}
	page, err := io.ReadAll(unpacked)
	header := answer.Header
	if err != nil || answer.StatusCode != http.StatusOK || !bytes.Contains(page, []byte("</html>")) || header.Get("Content-Encoding") != "gzip" ||
		header.Get("Strict-Transport-Security") == "" || header.Get("Content-Security-Policy") == "" {
		t.Errorf("%d %v, %d bytes, %v", answer.StatusCode, header, len(page), err)
	}
}
