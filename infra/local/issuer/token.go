package issuer

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/go-jose/go-jose/v4"
)

// maxForm is the bytes of a token request.
const maxForm = 16 << 10

// token gives the ID token for a code, once: to the client that asked for it, which shows that it is the same by the verifier of the
// code's challenge.
func (i *Issuer) token(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_request"})
		return
	}
	if !i.knows(r) {
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
		return
	}
	if r.PostForm.Get("grant_type") != "authorization_code" {
		answer(w, http.StatusBadRequest, map[string]any{"error": "unsupported_grant_type"})
		return
	}
	g, ok := i.take(r.PostForm.Get("code"))
	shown := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	if !ok || g.back != r.PostForm.Get("redirect_uri") || !same(g.prover, base64.RawURLEncoding.EncodeToString(shown[:])) {
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
		return
	}
	access, idToken, err := i.tokens(g)
	if err != nil {
		answer(w, http.StatusInternalServerError, map[string]any{"error": "server_error"})
		return
	}
	answer(w, http.StatusOK, map[string]any{
		"access_token": access, "token_type": "Bearer", "expires_in": int(tokenFor.Seconds()), "id_token": idToken,
	})
}

// knows reports whether a token request is the client's.
func (i *Issuer) knows(r *http.Request) bool {
	id, secret := r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	if user, password, ok := r.BasicAuth(); ok { // both form-encoded (RFC 6749, 2.3.1)
		var wrongUser, wrongPassword error
		id, wrongUser = url.QueryUnescape(user)
		secret, wrongPassword = url.QueryUnescape(password)
		if wrongUser != nil || wrongPassword != nil {
			return false
		}
	}
	return id == i.Client.ID && same(secret, i.Client.Secret)
}

// tokens makes an access token, which opens nothing here, and the ID token.
func (i *Issuer) tokens(g grant) (access, idToken string, err error) {
	var bits [32]byte
	if _, err := io.ReadFull(i.Random, bits[:]); err != nil {
		return "", "", fmt.Errorf("issuer: make an access token: %w", err)
	}
	access = base64.RawURLEncoding.EncodeToString(bits[:])
	hashed := sha256.Sum256([]byte(access))
	now := i.Clock()
	claims := map[string]any{
		"iss": i.url, "sub": g.person.subject(), "aud": i.Client.ID, "azp": i.Client.ID,
		"iat": now.Unix(), "exp": now.Add(tokenFor).Unix(), "auth_time": g.authenticated.Unix(),
		"at_hash": base64.RawURLEncoding.EncodeToString(hashed[:len(hashed)/2]),
		"email":   g.person.Email, "email_verified": true, "name": g.person.Name,
	}
	if g.nonce != "" {
		claims["nonce"] = g.nonce
	}
	text, err := json.Marshal(claims)
	if err != nil {
		return "", "", fmt.Errorf("issuer: print claims: %w", err)
	}
	idToken, err = i.sign(text)
	return access, idToken, err
}

func (i *Issuer) sign(text []byte) (string, error) {
	i.mu.Lock()
	key, id := i.key, i.keyID
	i.mu.Unlock()
	signer, err := jose.NewSigner(
		jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: id}}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return "", fmt.Errorf("issuer: sign: %w", err)
	}
	signed, err := signer.Sign(text)
	if err != nil {
		return "", fmt.Errorf("issuer: sign: %w", err)
	}
	return signed.CompactSerialize()
}

// keys publishes the key with which tokens can be verified.
func (i *Issuer) keys(w http.ResponseWriter, _ *http.Request) {
	i.mu.Lock()
	key, id := &i.key.PublicKey, i.keyID
	i.mu.Unlock()
	answer(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key, KeyID: id, Algorithm: "RS256", Use: "sig"}}})
}

// thumbprint names a key by what it is (RFC 7638).
func thumbprint(key *rsa.PublicKey) string {
	sum, err := (&jose.JSONWebKey{Key: key}).Thumbprint(crypto.SHA256)
	if err != nil { // an RSA key has one
		return "key"
	}
	return base64.RawURLEncoding.EncodeToString(sum)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// answer prints a value as JSON.
func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}
