// Package signin lets people in whom an OpenID Connect issuer has recognised, by the authorization code flow with PKCE, and knows them
// again by a session cookie until they sign out. It is handed who is on record and where sessions are kept, and doesn't know what a person
// may do.
package signin

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
)

// People are those on record, and their sessions.
type People interface {
	// FindByEmail gives the identifier of the person with an address, which the issuer has verified; "" where nobody has it.
	FindByEmail(ctx context.Context, email string) (person string, err error)
	// Bind remembers, the first time, that a person is this subject of the issuer. From then on another subject is ErrOtherSubject: an
	// address that was given to somebody else lets nobody into the sessions of its first holder.
	Bind(ctx context.Context, person, issuer, subject string) error
	// StartSession begins a session of a person.
	StartSession(ctx context.Context, person string) (Session, error)
	// ResumeSession gives the context in which the person of a session acts; ErrNoSession where there is none, or no more.
	ResumeSession(ctx context.Context, token string) (context.Context, error)
	// EndSession ends a session; one that has ended stays so.
	EndSession(ctx context.Context, token string) error
}

// What People answer when somebody isn't to be let in.
var (
	ErrOtherSubject = errors.New("signin: the person is another subject of the issuer")
	ErrNoSession    = errors.New("signin: no such session")
)

// Session is what a person's browser keeps.
type Session struct {
	Token   string    // letters, digits, ".", "-" and "_"; whoever has it is the person, so it has at least 128 random bits
	Expires time.Time // at the latest
}

// Config is what sign-in is made of.
type Config struct {
	// Issuer names the issuer as its tokens do, such as https://cognito-idp.eu-west-3.amazonaws.com/eu-west-3_AbCdEf. Like the addresses that
	// it publishes it is https, or plain http on the loopback interface.
	Issuer, ClientID string
	ClientSecret     string // empty: the client proves itself by PKCE alone
	// Address is that of the product's root, with its base path: https://example.org/ or https://….amazonaws.com/Prod/. Requests come with
	// paths below the base path ("/signin"); addresses that are answered have it. The issuer must know Address + "signin/return" as an
	// address to return to, and Address as one that a sign-out may lead to.
	Address string
	// Key signs the cookie of a sign-in that is under way: at least 32 random bytes, the same in all processes that serve the address.
	Key    []byte
	People People
	Clock  identity.Clock
	Random io.Reader    // nil: crypto/rand
	Client *http.Client // asks the issuer; nil: one that waits ten seconds
	Log    *slog.Logger
	// Refuse answers a request that isn't served: with a *problem.Problem, whose status Status tells, or an internal error.
	Refuse func(w http.ResponseWriter, r *http.Request, err error)
}

// Service signs people in and out. It is safe for concurrent use.
type Service struct {
	Config
	base    *url.URL // Address
	origins *http.CrossOriginProtection

	mu       sync.Mutex
	provider *provider // nil until the issuer was asked
}

// minKey is the bytes of a signing key.
const minKey = 32

// New makes the service. It doesn't ask the issuer yet, which may start later than the product.
func New(c Config) (*Service, error) {
	base, err := url.Parse(c.Address)
	switch {
	case err != nil:
		return nil, fmt.Errorf("signin: address: %w", err)
	case !trustworthy(c.Address) || !strings.HasSuffix(base.Path, "/") || base.RawQuery != "" || base.Fragment != "" || base.User != nil:
		return nil, fmt.Errorf("signin: address %q: want https, or http on the loopback interface, and a path that ends in a slash", c.Address)
	case !trustworthy(c.Issuer):
		return nil, fmt.Errorf("signin: issuer %q: want https, or http on the loopback interface", c.Issuer)
	case c.ClientID == "":
		return nil, errors.New("signin: no client identifier")
	case len(c.Key) < minKey:
		return nil, fmt.Errorf("signin: the key has %d bytes, want at least %d", len(c.Key), minKey)
	}
	if c.Random == nil {
		c.Random = rand.Reader
	}
	if c.Client == nil {
		c.Client = &http.Client{Timeout: 10 * time.Second}
	}
	c.Client = careful(c.Client)
	origins := http.NewCrossOriginProtection()
	if err := origins.AddTrustedOrigin(base.Scheme + "://" + base.Host); err != nil {
		return nil, fmt.Errorf("signin: address: %w", err)
	}
	return &Service{Config: c, base: base, origins: origins}, nil
}

// Route is an address that sign-in answers, below the base path.
type Route struct {
	Method, Pattern string
	Handler         http.Handler
}

// Routes lists them. Whoever serves them puts nothing before the first two that asks for a session.
func (s *Service) Routes() []Route {
	return []Route{
		{"GET", "/signin", http.HandlerFunc(s.begin)},
		{"GET", "/signin/return", http.HandlerFunc(s.comeBack)},
		{"POST", "/signout", s.Require(http.HandlerFunc(s.signOut))},
	}
}

// Handler serves the routes.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, route := range s.Routes() {
		mux.Handle(route.Method+" "+route.Pattern, route.Handler)
	}
	return mux
}

// to is the path of an address below the base path.
func (s *Service) to(below string) string {
	return strings.TrimSuffix(s.base.EscapedPath(), "/") + below
}

// see sends the browser on.
func see(w http.ResponseWriter, to string) {
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}

// private keeps an answer out of caches, and its address out of what other pages are told.
func private(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
}
