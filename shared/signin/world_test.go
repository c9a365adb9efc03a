package signin_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/signin"
)

// claire is the sample person who signs in.
const claire = "claire.morel@commission.example"

// people are a register of one person, claire, unless a test changes it.
type people struct {
	mu       sync.Mutex
	byEmail  map[string]string
	subjects map[string]string // by person
	sessions map[string]string // person by token
	started  int
	until    time.Time // when sessions end
	fails    error
}

type personKey struct{}

func (p *people) FindByEmail(_ context.Context, email string) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.byEmail[email], p.fails
}

func (p *people) Bind(_ context.Context, person, issuer, subject string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known, ok := p.subjects[person]; ok && known != issuer+" "+subject {
		return signin.ErrOtherSubject
	}
	p.subjects[person] = issuer + " " + subject
	return p.fails
}

func (p *people) StartSession(_ context.Context, person string) (signin.Session, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.started++
	token := fmt.Sprintf("session-%d-of-%s", p.started, person)
	p.sessions[token] = person
	return signin.Session{Token: token, Expires: p.until}, p.fails
}

func (p *people) ResumeSession(ctx context.Context, token string) (context.Context, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	person, ok := p.sessions[token]
	if !ok {
		return nil, signin.ErrNoSession
	}
	return context.WithValue(ctx, personKey{}, person), p.fails
}

func (p *people) EndSession(_ context.Context, token string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.sessions, token)
	return p.fails
}

func (p *people) count() (open, started int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.sessions), p.started
}

func (p *people) failing(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fails = err
}

// wire is the way from the product to the issuer, on which a test may change what the issuer answers.
type wire struct {
	mu     sync.Mutex
	change map[string]func(status int, body []byte) (int, []byte) // by path
	cut    bool
	whole  map[string]func(*http.Response) // by path, where more than status and body changes
	ask    map[string]func(*http.Request)  // by path, what is asked
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	change, cut, whole, ask := w.change[r.URL.Path], w.cut, w.whole[r.URL.Path], w.ask[r.URL.Path]
	w.mu.Unlock()
	if ask != nil {
		r = r.Clone(r.Context())
		ask(r)
	}
	if cut {
		return nil, errors.New("the wire is cut")
	}
	got, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && whole != nil {
		whole(got)
	}
	if err != nil || change == nil {
		return got, err
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		return nil, err
	}
	got.StatusCode, body = change(got.StatusCode, body)
	got.Body, got.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return got, nil
}

func (w *wire) at(path string, change func(int, []byte) (int, []byte)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.change[path] = change
}

func (w *wire) answer(path string, change func(*http.Response)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.whole = map[string]func(*http.Response){path: change}
}

func (w *wire) asked(path string, change func(*http.Request)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ask = map[string]func(*http.Request){path: change}
}

func (w *wire) setCut(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
}

// lines is a log that a test reads.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *lines) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Reset()
}

// morning is when every test begins.
var morning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// world is the product behind https at /Prod/, and the built-in issuer, both on the loopback interface.
type world struct {
	t       *testing.T
	address string
	issuer  *issuer.Issuer
	people  *people
	wire    *wire
	log     *lines
	service *signin.Service
	server  *httptest.Server

	mu  sync.Mutex
	now time.Time
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) later(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func newWorld(t *testing.T, changes ...func(*signin.Config)) *world {
	t.Helper()
	w := &world{t: t, now: morning, log: &lines{}, wire: &wire{change: map[string]func(int, []byte) (int, []byte){}}}
	w.people = &people{byEmail: map[string]string{claire: "p1"}, subjects: map[string]string{}, sessions: map[string]string{}}
	w.people.until = morning.Add(12 * time.Hour)
	w.server = httptest.NewUnstartedServer(nil)
	w.address = "https://" + w.server.Listener.Addr().String() + "/Prod/"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.issuer, err = issuer.Start(listener, issuer.Config{
		Client: issuer.Client{ID: "guildhall", Returns: []string{w.address + "signin/return"}, Ends: []string{w.address}}, Clock: w.clock,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.issuer.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	config := signin.Config{
		Issuer: w.issuer.URL(), ClientID: "guildhall", Address: w.address, Key: bytes.Repeat([]byte("k"), 32), People: w.people, Clock: w.clock,
		Client: &http.Client{Transport: w.wire}, Log: slog.New(slog.NewTextHandler(w.log, nil)), Refuse: refuse,
	}
	for _, change := range changes {
		change(&config)
	}
	if w.service, err = signin.New(config); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for _, route := range w.service.Routes() {
		mux.Handle(route.Method+" "+route.Pattern, route.Handler)
	}
	mux.Handle("/", w.service.Require(http.HandlerFunc(serve)))
	w.server.Config.Handler = http.StripPrefix("/Prod", mux)
	w.server.StartTLS()
	t.Cleanup(w.server.Close)
	return w
}

// serve is what is to be had: who asks, the token of the session, and the form.
func serve(w http.ResponseWriter, r *http.Request) {
	person, _ := r.Context().Value(personKey{}).(string)
	_ = json.NewEncoder(w).Encode(map[string]string{
		"person": person, "token": signin.Token(r.Context()), "asked": r.URL.RequestURI(), "amount": r.PostForm.Get("amount"),
	})
}

func refuse(w http.ResponseWriter, _ *http.Request, err error) {
	var p *problem.Problem
	if !errors.As(err, &p) {
		http.Error(w, "INTERNAL", http.StatusInternalServerError)
		return
	}
	http.Error(w, string(p.Code)+" "+p.Message(locale.EN), signin.Status(p.Code))
}

// browser keeps cookies, and doesn't follow by itself.
type browser struct {
	w *world
	*http.Client
}

func (w *world) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	client := *w.server.Client()
	client.Jar = jar
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{w, &client}
}

// answer is what a request was answered, with its body.
type answer struct {
	*http.Response
	text string
}

func (b *browser) send(method, address string, body string, header ...string) answer {
	b.w.t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		b.w.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	got, err := b.Do(r)
	if err != nil {
		b.w.t.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		b.w.t.Fatal(err)
	}
	return answer{got, string(text)}
}

func (b *browser) get(address string, header ...string) answer {
	b.w.t.Helper()
	return b.send("GET", address, "", header...)
}

// toIssuer begins a sign-in, has the sample person chosen, and gives the address at which the issuer's answer is taken.
func (b *browser) toIssuer(next string) string {
	b.w.t.Helper()
	got := b.get(b.w.address + "signin" + next)
	if got.StatusCode != http.StatusSeeOther {
		b.w.t.Fatalf("begin answered %d %s", got.StatusCode, got.text)
	}
	got = b.get(got.Header.Get("Location") + "&person=" + url.QueryEscape(claire))
	if got.StatusCode != http.StatusSeeOther {
		b.w.t.Fatalf("the issuer answered %d %s", got.StatusCode, got.text)
	}
	return got.Header.Get("Location")
}

// signIn goes all the way.
func (b *browser) signIn() {
	b.w.t.Helper()
	if got := b.get(b.toIssuer("")); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/Prod/" {
		b.w.t.Fatalf("answered %d to %q: %s", got.StatusCode, got.Header.Get("Location"), got.text)
	}
}

// said is what serve answered.
func (a answer) said(t *testing.T) map[string]string {
	t.Helper()
	var said map[string]string
	if err := json.Unmarshal([]byte(a.text), &said); err != nil || a.StatusCode != http.StatusOK {
		t.Fatalf("answered %d %s", a.StatusCode, a.text)
	}
	return said
}

// mustRefuse demands a refusal with a code and its status, that no session began, and that the sign-in is over for this browser.
func (w *world) mustRefuse(t *testing.T, got answer, code problem.Code, why string) {
	t.Helper()
	if got.StatusCode != signin.Status(code) || !strings.HasPrefix(got.text, string(code)+" ") {
		t.Errorf("answered %d %s, want %s", got.StatusCode, got.text, code)
	}
	if !strings.Contains(w.log.String(), why) {
		t.Errorf("the log doesn't say %q: %s", why, w.log)
	}
	for _, cookie := range got.Cookies() {
		if cookie.MaxAge >= 0 || cookie.Value != "" {
			t.Errorf("the answer sets %s", cookie)
		}
	}
	if len(got.Cookies()) != 1 {
		t.Errorf("the cookie of the sign-in is not removed: %v", got.Cookies())
	}
	if open, _ := w.people.count(); open != 0 {
		t.Errorf("%d sessions", open)
	}
}
