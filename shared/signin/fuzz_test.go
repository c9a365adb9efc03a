package signin

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// A sign-in that is under way is taken up from the very text that we sealed, as long as it goes on, and from no other.
func FuzzFlowCookies(f *testing.F) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	s := &Service{Config: Config{Key: []byte("a key that is only for these tests"), Clock: func() time.Time { return now }, Random: bytes.NewReader(make([]byte, 64))}}
	sealed := map[string]flow{}
	for _, next := range []string{"/", "/imports?lang=fr"} {
		made, err := s.newFlow(next)
		if err != nil {
			f.Fatal(err)
		}
		text, err := s.seal(made)
		if err != nil {
			f.Fatal(err)
		}
		sealed[text] = made
		value, signature, _ := strings.Cut(text, ".")
		for _, forged := range []string{text, value, value + ".", "." + signature, signature + "." + value, text + "=", strings.ToUpper(text), text + "." + signature} {
			f.Add(forged)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := s.open(text)
		if want, ours := sealed[text]; ok != ours || ok && got != want {
			t.Errorf("%q is opened as %+v (%t), want %+v (%t)", text, got, ok, want, ours)
		}
	})
}

// Whatever a form says, in whatever form, it changes something only with the token of its session.
func FuzzSessionTokensOfForms(f *testing.F) {
	const session, boundary = "session-1-of-claire", "b"
	token := tokenOf(session)
	own := base64.RawURLEncoding.EncodeToString(append(make([]byte, len(token)), token...))
	other := base64.RawURLEncoding.EncodeToString(append(make([]byte, len(token)), tokenOf("session-2")...))
	s := &Service{origins: http.NewCrossOriginProtection()}
	const form, parts = "application/x-www-form-urlencoded", "multipart/form-data; boundary=" + boundary
	part := func(name, text string) string {
		return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + text + "\r\n--" + boundary + "--\r\n"
	}
	for _, text := range []string{own, other, "", own + "=", own[:10], strings.ToLower(own)} {
		f.Add(form, TokenField+"="+text, "")
		f.Add(form, "x=1&"+TokenField+"="+text+"&"+TokenField+"="+own, "")
		f.Add(parts, part(TokenField, text), "")
		f.Add(parts, part("file", "x")+part(TokenField, own), "")
		f.Add("text/plain", TokenField+"="+text, text)
	}
	f.Fuzz(func(t *testing.T, kind, body, header string) {
		r := httptest.NewRequest(http.MethodPost, "/imports", strings.NewReader(body))
		r.Header["Content-Type"] = []string{kind}
		if header != "" {
			r.Header[http.CanonicalHeaderKey(TokenHeader)] = []string{header}
		}
		if err := s.forged(httptest.NewRecorder(), r, token); err != nil {
			return
		}
		// What was let in showed the session's token: masked in whatever way, it stands in the header or the body.
		for _, text := range tokensIn(header, body) {
			if bytes.Equal(unmasked(text), token) {
				return
			}
		}
		t.Errorf("%q, %q and %q is taken for a form of the session", kind, body, header)
	})
}

// tokensIn are the texts in a request that could be tokens: every run of the letters that tokens are of, as it stands and as forms send it.
func tokensIn(texts ...string) []string {
	var found []string
	for _, text := range texts {
		unescaped, _ := url.QueryUnescape(text)
		printable, _ := io.ReadAll(quotedprintable.NewReader(strings.NewReader(text))) // up to what is none
		for _, one := range []string{text, unescaped, string(printable)} {
			found = append(found, strings.FieldsFunc(one, func(r rune) bool {
				return !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", r)
			})...)
		}
	}
	return found
}
