package issuer

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// maxGrants is how many codes may wait to be used.
const maxGrants = 1000

// authorize asks who wants to sign in, and answers the client with a code for that person. The parameter "person" (an address of
// Config.People) is what the page's links add; a program may send it at once.
func (i *Issuer) authorize(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	for _, values := range asked {
		if len(values) != 1 {
			i.page(w, r, http.StatusBadRequest, "client", nil)
			return
		}
	}
	back := asked.Get("redirect_uri")
	// Without a known client and address nobody is to be sent anywhere.
	if asked.Get("client_id") != i.Client.ID || !slices.Contains(i.Client.Returns, back) {
		i.page(w, r, http.StatusBadRequest, "client", nil)
		return
	}
	answered := func(with url.Values) {
		with.Set("state", asked.Get("state"))
		with.Set("iss", i.url)
		redirect(w, back, with)
	}
	if wrong := wrongIn(asked); wrong != "" {
		answered(url.Values{"error": {wrong}})
		return
	}
	chosen := slices.IndexFunc(i.People, func(p Person) bool { return p.Email == asked.Get("person") })
	if chosen < 0 {
		i.page(w, r, http.StatusOK, "choose", asked)
		return
	}
	code, err := i.grant(i.People[chosen], asked)
	if err != nil {
		answered(url.Values{"error": {"temporarily_unavailable"}})
		return
	}
	answered(url.Values{"code": {code}})
}

// wrongIn is the error code (RFC 6749, OpenID Connect) for a request that can't be granted; "" for one that can.
func wrongIn(asked url.Values) string {
	challenge, err := base64.RawURLEncoding.DecodeString(asked.Get("code_challenge"))
	switch {
	case asked.Get("response_type") != "code":
		return "unsupported_response_type"
	case !slices.Contains(strings.Fields(asked.Get("scope")), "openid"):
		return "invalid_scope"
	case asked.Get("code_challenge_method") != "S256" || err != nil || len(challenge) != sha256.Size:
		return "invalid_request"
	case asked.Get("prompt") == "none":
		return "login_required"
	}
	return ""
}

// grant remembers who was chosen, under a new code.
func (i *Issuer) grant(person Person, asked url.Values) (string, error) {
	var bits [32]byte
	if _, err := io.ReadFull(i.Random, bits[:]); err != nil {
		return "", fmt.Errorf("issuer: make a code: %w", err)
	}
	code := base64.RawURLEncoding.EncodeToString(bits[:])
	now := i.Clock()
	i.mu.Lock()
	defer i.mu.Unlock()
	for old, g := range i.granted {
		if !now.Before(g.until) {
			delete(i.granted, old)
		}
	}
	if len(i.granted) >= maxGrants {
		return "", fmt.Errorf("issuer: %d codes are waiting", len(i.granted))
	}
	i.granted[code] = grant{
		person: person, back: asked.Get("redirect_uri"), nonce: asked.Get("nonce"), prover: asked.Get("code_challenge"),
		authenticated: now, until: now.Add(codeFor),
	}
	return code, nil
}

// take gives what a code stands for, once.
func (i *Issuer) take(code string) (grant, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	g, ok := i.granted[code]
	delete(i.granted, code)
	return g, ok && i.Clock().Before(g.until)
}
