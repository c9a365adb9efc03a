package signin

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// Where a request that changes something says its token.
const (
	TokenHeader = "X-CSRF-Token"
	TokenField  = "csrf_token" // of a form that is sent as application/x-www-form-urlencoded
)

// maxForm is the bytes of a form.
const maxForm = 64 << 10

type tokenKey struct{}

// Token is what the pages of a session send with each request that changes something, as TokenHeader or TokenField; "" outside of Require.
// It is another in each session.
func Token(ctx context.Context) string {
	token, _ := ctx.Value(tokenKey{}).(string)
	return token
}

// Require serves requests of people who are signed in, in the context that People gave. Others are sent to sign in, where they read a
// page, and are refused with SIGNIN_NEEDED elsewhere. A request that may change something and doesn't show its session's Token, or
// comes from a page of another origin, is refused with CSRF_TOKEN_INVALID. A form is parsed by then: it stands in PostForm.
func (s *Service) Require(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session := s.cookie(r, sessionCookie)
		ctx, err := r.Context(), ErrNoSession
		if session != "" {
			ctx, err = s.People.ResumeSession(ctx, session)
		}
		if errors.Is(err, ErrNoSession) {
			if session != "" {
				s.clear(w, sessionCookie)
			}
			s.needed(w, r)
			return
		}
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		token := tokenOf(session)
		r = r.WithContext(context.WithValue(ctx, tokenKey{}, token))
		if err := s.forged(w, r, token); err != nil {
			s.refuse(w, r, codeForged, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// needed answers somebody who is not signed in.
func (s *Service) needed(w http.ResponseWriter, r *http.Request) {
	private(w)
	if r.Method != http.MethodGet || !strings.Contains(r.Header.Get("Accept"), "text/html") {
		s.refuse(w, r, codeNeeded, ErrNoSession)
		return
	}
	see(w, s.to("/signin")+"?next="+url.QueryEscape(r.URL.RequestURI()))
}

// tokenOf makes a session's token: who doesn't have the session can't.
func tokenOf(session string) string {
	mac := hmac.New(sha256.New, []byte(session))
	_, _ = io.WriteString(mac, "guildhall csrf token") // never fails
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// forged is why a request may come from a page that isn't ours; nil for those that change nothing.
func (s *Service) forged(w http.ResponseWriter, r *http.Request, token string) error {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return nil
	}
	if err := s.origins.Check(r); err != nil {
		return err
	}
	shown := r.Header.Values(TokenHeader)
	if len(shown) == 0 {
		if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "application/x-www-form-urlencoded" {
			r.Body = http.MaxBytesReader(w, r.Body, maxForm)
			if err := r.ParseForm(); err != nil {
				return errors.New("the form can't be read")
			}
			shown = r.PostForm[TokenField]
		}
	}
	if len(shown) != 1 || !same(shown[0], token) {
		return errors.New("the token is missing or another session's")
	}
	return nil
}
