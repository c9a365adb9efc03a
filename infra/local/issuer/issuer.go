// Package issuer is a small OpenID Connect issuer with sample people, so that the product can be tried where no real one is at hand: it
// lets whoever asks be anyone, and so runs on the loopback interface only. It doesn't know what a role may do.
package issuer

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
)

// How long things live that the issuer gives out.
const (
	codeFor  = time.Minute
	tokenFor = 5 * time.Minute
)

// ErrNotLoopback is Start's, for a listener that others than this machine could reach.
var ErrNotLoopback = errors.New("issuer: it lets anyone in, so it listens on the loopback interface only")

// Client is the one product that people sign in to.
type Client struct {
	ID     string
	Secret string // empty: the client proves itself by PKCE alone
	// Returns are the addresses that an answer may go to; Ends those to which a sign-out may lead. They are compared as they are written.
	Returns, Ends []string
}

// Config is what an issuer is made of.
type Config struct {
	Client Client
	People []Person // empty: Samples
	Clock  identity.Clock
	Random io.Reader // for codes; nil: crypto/rand
}

// Issuer is an issuer that runs. It is safe for concurrent use.
type Issuer struct {
	Config
	url    string
	server *http.Server

	mu      sync.Mutex
	key     *rsa.PrivateKey
	keyID   string
	granted map[string]grant // by code
}

// grant is what a code stands for until it is used.
type grant struct {
	person               Person
	back, nonce, prover  string
	authenticated, until time.Time
}

// Start serves an issuer on a listener until it is closed; the listener is closed with it. It fails with ErrNotLoopback unless the
// listener is bound to a loopback address: "0.0.0.0" and "[::]" are not.
func Start(listener net.Listener, c Config) (*Issuer, error) {
	at, ok := listener.Addr().(*net.TCPAddr)
	if !ok || !at.IP.IsLoopback() {
		return nil, ErrNotLoopback
	}
	if c.People == nil {
		c.People = Samples()
	}
	if c.Random == nil {
		c.Random = rand.Reader
	}
	i := &Issuer{Config: c, url: "http://" + at.String(), granted: map[string]grant{}}
	if err := i.Rotate(); err != nil {
		return nil, err
	}
	i.server = &http.Server{
		Handler: i.handler(), ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 32 << 10,
	}
	go func() { _ = i.server.Serve(listener) }() // ends with Close
	return i, nil
}

// URL names the issuer, as its tokens do: http://127.0.0.1:PORT.
func (i *Issuer) URL() string { return i.url }

// Close ends the issuer once the requests in hand are answered, or when the context is done.
func (i *Issuer) Close(ctx context.Context) error {
	if err := i.server.Shutdown(ctx); err != nil {
		return errors.Join(err, i.server.Close())
	}
	return nil
}

// Rotate signs with a new key from now on; the one before is published no more.
func (i *Issuer) Rotate() error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return fmt.Errorf("issuer: make a key: %w", err)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.key, i.keyID = key, thumbprint(&key.PublicKey)
	return nil
}

func (i *Issuer) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", i.discovery)
	mux.HandleFunc("GET /keys", i.keys)
	mux.HandleFunc("GET /authorize", i.authorize)
	mux.HandleFunc("GET /style.css", style)
	mux.HandleFunc("POST /token", i.token)
	mux.HandleFunc("GET /end", i.end)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Cache-Control", "no-store")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		// A name that somebody points at 127.0.0.1 is no way in from a page elsewhere.
		if "http://"+r.Host != i.url {
			http.Error(w, "This issuer answers at "+i.url+" only.", http.StatusMisdirectedRequest)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func (i *Issuer) discovery(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{
		"issuer":                                         i.url,
		"authorization_endpoint":                         i.url + "/authorize",
		"token_endpoint":                                 i.url + "/token",
		"jwks_uri":                                       i.url + "/keys",
		"end_session_endpoint":                           i.url + "/end",
		"response_types_supported":                       []string{"code"},
		"response_modes_supported":                       []string{"query"},
		"grant_types_supported":                          []string{"authorization_code"},
		"subject_types_supported":                        []string{"public"},
		"id_token_signing_alg_values_supported":          []string{"RS256"},
		"scopes_supported":                               []string{"openid", "email", "profile"},
		"claims_supported":                               []string{"sub", "email", "email_verified", "name"},
		"token_endpoint_auth_methods_supported":          []string{"none", "client_secret_basic", "client_secret_post"},
		"code_challenge_methods_supported":               []string{"S256"},
		"authorization_response_iss_parameter_supported": true,
	})
}

// end is where a sign-out leads: there is no session here that would have to be ended.
func (i *Issuer) end(w http.ResponseWriter, r *http.Request) {
	back := r.URL.Query().Get("post_logout_redirect_uri")
	for _, known := range i.Client.Ends {
		if back == known {
			redirect(w, back, url.Values{"state": r.URL.Query()["state"]})
			return
		}
	}
	i.page(w, r, http.StatusOK, "ended", nil)
}

// redirect sends the browser on, with parameters beside those that the address has already.
func redirect(w http.ResponseWriter, to string, with url.Values) {
	u, err := url.Parse(to)
	if err != nil { // it is one of the client's
		http.Error(w, "The client's address can't be read.", http.StatusInternalServerError)
		return
	}
	query := u.Query()
	for name, values := range with {
		if len(values) > 0 && values[0] != "" {
			query.Set(name, values[0])
		}
	}
	u.RawQuery = query.Encode()
	w.Header().Set("Location", u.String())
	w.WriteHeader(http.StatusSeeOther)
}
