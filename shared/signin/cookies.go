package signin

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// The names of the cookies, before the prefix that binds them to https.
const (
	sessionCookie = "guildhall_session"
	flowCookie    = "guildhall_signin"
)

// flowFor is how long a person may take at the issuer.
const flowFor = 10 * time.Minute

// cookieName has browsers accept the cookie over https only, and at the root of a host from this very host only. Without https, which
// there is on the loopback interface alone, cookies can't be Secure: programs that are no browsers, and some that are, would not send them.
func (s *Service) cookieName(name string) string {
	switch {
	case s.base.Scheme != "https":
		return name
	case s.base.Path == "/":
		return "__Host-" + name
	default:
		return "__Secure-" + name
	}
}

// set gives the browser a cookie until a moment. It is Lax, since the way back from the issuer begins at another site.
func (s *Service) set(w http.ResponseWriter, name, value string, until time.Time) {
	left := int(until.Sub(s.Clock()).Seconds())
	if left <= 0 {
		left = -1 // removes it
	}
	http.SetCookie(w, &http.Cookie{
		Name: s.cookieName(name), Value: value, Path: s.base.EscapedPath(), Expires: until.UTC(), MaxAge: left,
		HttpOnly: true, Secure: s.base.Scheme == "https", SameSite: http.SameSiteLaxMode,
	})
}

func (s *Service) clear(w http.ResponseWriter, name string) { s.set(w, name, "", time.Unix(1, 0)) }

// cookie gives the value of a cookie that the browser has once; "" otherwise. Of two, one was put there by somebody else.
func (s *Service) cookie(r *http.Request, name string) string {
	found := r.CookiesNamed(s.cookieName(name))
	if len(found) != 1 {
		return ""
	}
	return found[0].Value
}

// flow is a sign-in that is under way. What the issuer is told follows from ID and the key, so that the cookie alone gives nothing away.
type flow struct {
	ID    string `json:"id"`
	Until int64  `json:"until"` // seconds since 1970
	Next  string `json:"next"`  // where the person wants to go, below the base path
}

// The labels that keep what is made with the key apart.
const (
	labelCookie   = "cookie"
	labelState    = "state"
	labelNonce    = "nonce"
	labelVerifier = "verifier"
)

// made gives 43 characters that only a holder of the key can make.
func (s *Service) made(label, from string) string {
	mac := hmac.New(sha256.New, s.Key)
	_, _ = io.WriteString(mac, "guildhall signin "+label+"\x00"+from) // never fails
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func (s *Service) newFlow(next string) (flow, error) {
	var bits [16]byte
	if _, err := io.ReadFull(s.Random, bits[:]); err != nil {
		return flow{}, fmt.Errorf("signin: begin: %w", err)
	}
	return flow{ID: base64.RawURLEncoding.EncodeToString(bits[:]), Until: s.Clock().Add(flowFor).Unix(), Next: next}, nil
}

// seal prints a flow for its cookie.
func (s *Service) seal(f flow) (string, error) {
	text, err := json.Marshal(f)
	if err != nil {
		return "", fmt.Errorf("signin: begin: %w", err)
	}
	value := base64.RawURLEncoding.EncodeToString(text)
	return value + "." + s.made(labelCookie, value), nil
}

// open reads what seal printed; false for what somebody else did, and for a flow that took too long.
func (s *Service) open(sealed string) (flow, bool) {
	value, signature, _ := strings.Cut(sealed, ".")
	if !same(signature, s.made(labelCookie, value)) {
		return flow{}, false
	}
	text, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil {
		return flow{}, false
	}
	var f flow
	if err := json.Unmarshal(text, &f); err != nil {
		return flow{}, false
	}
	return f, s.Clock().Before(time.Unix(f.Until, 0))
}

// same compares in a time that doesn't tell how much is alike.
func same(a, b string) bool { return hmac.Equal([]byte(a), []byte(b)) }
