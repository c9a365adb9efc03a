package signin

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
)

// Where a request that changes something says its token.
const (
	TokenHeader = "X-CSRF-Token"
	TokenField  = "csrf_token" // of a form; where files are sent with it (multipart/form-data), its first part
)

// maxForm is the bytes of a form.
const maxForm = 64 << 10

type tokenKey struct{}

// Token is what the pages of a session send with each request that changes something, as TokenHeader or TokenField; "" outside of Require.
// It is another in each session, and masked anew each time: an answer that is compressed has it beside what others chose, and by the answers'
// lengths it could be guessed a letter at a time if it stood there twice (BREACH).
func Token(ctx context.Context) string {
	token, signedIn := ctx.Value(tokenKey{}).([]byte)
	if !signedIn {
		return ""
	}
	masked := make([]byte, 2*len(token))
	_, _ = rand.Read(masked[:len(token)]) // never fails
	subtle.XORBytes(masked[len(token):], masked[:len(token)], token)
	return base64.RawURLEncoding.EncodeToString(masked)
}

// unmasked is the token that a text which Token made has; nil of another.
func unmasked(text string) []byte {
	masked, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(masked) != 2*sha256.Size || strings.ContainsAny(text, "\r\n") { // which decoding passes over
		return nil
	}
	token := make([]byte, sha256.Size)
	subtle.XORBytes(token, masked[:sha256.Size], masked[sha256.Size:])
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
func tokenOf(session string) []byte {
	mac := hmac.New(sha256.New, []byte(session))
	_, _ = io.WriteString(mac, "guildhall csrf token") // never fails
	return mac.Sum(nil)
}

// forged is why a request may come from a page that isn't ours; nil for those that change nothing.
func (s *Service) forged(w http.ResponseWriter, r *http.Request, token []byte) error {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return nil
	}
	if err := s.origins.Check(r); err != nil {
		return err
	}
	shown := r.Header.Values(TokenHeader)
	if len(shown) == 0 {
		switch kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind {
		case "application/x-www-form-urlencoded":
			r.Body = http.MaxBytesReader(w, r.Body, maxForm)
			if err := r.ParseForm(); err != nil {
				return errors.New("the form can't be read")
			}
			shown = r.PostForm[TokenField]
		case "multipart/form-data":
			shown = firstPart(r, params["boundary"])
		}
	}
	if len(shown) != 1 || subtle.ConstantTimeCompare(unmasked(shown[0]), token) == 0 {
		return errors.New("the token is missing or another session's")
	}
	return nil
}

// firstPart is what the first part of a form with files says, where it is the token's: what follows is for who is let in. The body is as it was
// then.
func firstPart(r *http.Request, boundary string) []string {
	const most = 1 << 10 // bytes of the part with its boundary and headers
	start, err := io.ReadAll(io.LimitReader(r.Body, most))
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(start), r.Body), r.Body}
	if err != nil || boundary == "" {
		return nil
	}
	part, err := multipart.NewReader(bytes.NewReader(start), boundary).NextPart()
	if err != nil || part.FormName() != TokenField {
		return nil
	}
	text, err := io.ReadAll(part)
	if err != nil {
		return nil
	}
	return []string{string(text)}
}
