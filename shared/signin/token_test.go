package signin_test

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/learning-cities/guildhall/shared/problem"
)

// An ID token that says what the issuer said is taken also where it is signed by a further key of the issuer's: what refuses the others
// below is what they say.
func TestAnIDTokenIsTakenForWhatItSays(t *testing.T) {
	f := newForger(t)
	const unverified, refused problem.Code = "SIGNIN_EMAIL_UNVERIFIED", "SIGNIN_REFUSED"
	hour := func(n int) int64 { return morning.Add(time.Duration(n) * time.Hour).Unix() }
	for name, c := range map[string]struct {
		change map[string]any // nil takes a claim away
		code   problem.Code   // empty: let in
		why    string
	}{
		"as it was":                            {},
		"a verified address as text":           {change: map[string]any{"email_verified": "true"}},
		"no party":                             {change: map[string]any{"azp": nil}},
		"further audiences, and this party":    {change: map[string]any{"aud": []string{"guildhall", "other"}}},
		"another nonce":                        {map[string]any{"nonce": "another"}, refused, "made for another sign-in"},
		"no nonce":                             {map[string]any{"nonce": nil}, refused, "made for another sign-in"},
		"another audience":                     {map[string]any{"aud": "other"}, refused, "expected audience"},
		"no audience":                          {map[string]any{"aud": nil}, refused, "expected audience"},
		"further audiences, and no party":      {map[string]any{"aud": []string{"guildhall", "other"}, "azp": nil}, refused, "issued to another client"},
		"another party":                        {map[string]any{"azp": "other"}, refused, "issued to another client"},
		"another issuer":                       {map[string]any{"iss": "https://attacker.example"}, refused, "issued by a different provider"},
		"no issuer":                            {map[string]any{"iss": nil}, refused, "issued by a different provider"},
		"expired":                              {map[string]any{"exp": hour(-1)}, refused, "token is expired"},
		"without an end":                       {map[string]any{"exp": nil}, refused, "token is expired"},
		"not valid yet":                        {map[string]any{"nbf": hour(1)}, refused, "before the nbf"},
		"no subject":                           {map[string]any{"sub": nil}, refused, "no subject"},
		"made for another access token":        {map[string]any{"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, refused, "access token hash"},
		"an address that nobody has verified":  {map[string]any{"email_verified": false}, unverified, "vouches for no address"},
		"an address of which nothing is known": {map[string]any{"email_verified": nil}, unverified, "vouches for no address"},
		"no address":                           {map[string]any{"email": nil}, unverified, "vouches for no address"},
		"an address that is no text":           {map[string]any{"email": 7}, refused, "ID token"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			f.publish(w)
			w.replaceToken(func(token string) string {
				claims := claimsOf(t, token)
				for name, value := range c.change {
					if value == nil {
						delete(claims, name)
					} else {
						claims[name] = value
					}
				}
				return f.sign(t, claims)
			})
			b := w.browser()
			if c.code == "" {
				b.signIn()
				return
			}
			w.mustRefuse(t, b.get(b.toIssuer("")), c.code, c.why)
		})
	}
}

func TestAnIDTokenThatTheIssuerHasNotSignedIsRefused(t *testing.T) {
	f := newForger(t)
	encode := base64.RawURLEncoding.EncodeToString
	for name, change := range map[string]func(t *testing.T, w *world, token string) string{
		"a key that it does not publish": func(t *testing.T, _ *world, token string) string { return f.sign(t, claimsOf(t, token)) },
		"claims that were changed": func(t *testing.T, _ *world, token string) string {
			parts := strings.Split(token, ".")
			claims := claimsOf(t, token)
			claims["email"] = "amina.diallo@secretariat.example"
			text, err := json.Marshal(claims)
			if err != nil {
				t.Error(err)
			}
			return parts[0] + "." + encode(text) + "." + parts[2]
		},
		"no signature": func(_ *testing.T, _ *world, token string) string { return token[:strings.LastIndex(token, ".")+1] },
		"the algorithm none": func(_ *testing.T, _ *world, token string) string {
			return encode([]byte(`{"alg":"none"}`)) + "." + strings.Split(token, ".")[1] + "."
		},
		"the published key taken for a shared secret": func(t *testing.T, w *world, token string) string {
			signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.HS256, Key: publishedKey(t, w)}, nil)
			if err != nil {
				t.Error(err)
				return ""
			}
			text, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
			if err != nil {
				t.Error(err)
			}
			signed, err := signer.Sign(text)
			if err != nil {
				t.Error(err)
				return ""
			}
			forged, err := signed.CompactSerialize()
			if err != nil {
				t.Error(err)
			}
			return forged
		},
		"no token":    func(*testing.T, *world, string) string { return "" },
		"not a token": func(*testing.T, *world, string) string { return "a.b.c" },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.replaceToken(func(token string) string { return change(t, w, token) })
			b := w.browser()
			w.mustRefuse(t, b.get(b.toIssuer("")), "SIGNIN_REFUSED", "ID token")
		})
	}
}

func TestWhatWasUsedOnceLetsNobodyInAgain(t *testing.T) {
	t.Run("the answer, in the same browser", func(t *testing.T) {
		w := newWorld(t)
		b := w.browser()
		back := b.toIssuer("")
		b.get(back)
		if got := b.get(back); !strings.HasPrefix(got.text, "SIGNIN_STALE") {
			t.Errorf("answered %d %s", got.StatusCode, got.text)
		}
		onlyOneSession(t, w)
	})
	t.Run("the answer, with a copy of the cookie", func(t *testing.T) {
		w := newWorld(t)
		b := w.browser()
		back := b.toIssuer("")
		copied := b.cookieNamed("__Secure-guildhall_signin")
		b.get(back)
		got := w.browser().get(back, "Cookie", copied.Name+"="+copied.Value)
		if !strings.HasPrefix(got.text, "SIGNIN_REFUSED") || !strings.Contains(w.log.String(), "refuses the code") {
			t.Errorf("answered %d %s", got.StatusCode, got.text)
		}
		onlyOneSession(t, w)
	})
	t.Run("the ID token", func(t *testing.T) {
		w := newWorld(t)
		var mu sync.Mutex
		first := ""
		w.replaceToken(func(token string) string {
			mu.Lock()
			defer mu.Unlock()
			if first == "" {
				first = token
			}
			return first
		})
		w.browser().signIn()
		again := w.browser()
		got := again.get(again.toIssuer(""))
		if !strings.HasPrefix(got.text, "SIGNIN_REFUSED") {
			t.Errorf("answered %d %s", got.StatusCode, got.text)
		}
		onlyOneSession(t, w)
	})
	t.Run("the code of another sign-in", func(t *testing.T) {
		w := newWorld(t)
		theirs := codeOf(t, w.browser().toIssuer(""))
		b := w.browser()
		back := b.toIssuer("")
		got := b.get(strings.Replace(back, codeOf(t, back), theirs, 1))
		w.mustRefuse(t, got, "SIGNIN_REFUSED", "refuses the code")
	})
}

func TestKeysThatTheIssuerChangesAreFollowed(t *testing.T) {
	w := newWorld(t)
	w.browser().signIn()
	if err := w.issuer.Rotate(); err != nil {
		t.Fatal(err)
	}
	w.browser().signIn()
	late := w.browser()
	held := make(chan string, 1)
	w.replaceToken(func(token string) string { held <- token; return "" })
	late.get(late.toIssuer("")) // its token is held back
	old := <-held
	w.replaceToken(func(token string) string { return token })
	if err := w.issuer.Rotate(); err != nil {
		t.Fatal(err)
	}
	w.browser().signIn() // learns the new key, and forgets the old one
	w.log.reset()
	w.replaceToken(func(string) string { return old })
	b := w.browser()
	got := b.get(b.toIssuer(""))
	if !strings.HasPrefix(got.text, "SIGNIN_REFUSED") || !strings.Contains(w.log.String(), "failed to verify id token signature") {
		t.Errorf("answered %d %s; log %s", got.StatusCode, got.text, w.log)
	}
}

func onlyOneSession(t *testing.T, w *world) {
	t.Helper()
	if _, started := w.people.count(); started != 1 {
		t.Errorf("%d sessions were started", started)
	}
}

func codeOf(t *testing.T, back string) string {
	t.Helper()
	u, err := url.Parse(back)
	if err != nil || u.Query().Get("code") == "" {
		t.Fatalf("no code in %q", back)
	}
	return u.Query().Get("code")
}

// publishedKey is the issuer's key as anybody can fetch it, as PEM.
func publishedKey(t *testing.T, w *world) []byte {
	got, err := http.Get(w.issuer.URL() + "/keys")
	if err != nil {
		t.Error(err)
		return nil
	}
	defer got.Body.Close()
	var set jose.JSONWebKeySet
	if err := json.NewDecoder(got.Body).Decode(&set); err != nil || len(set.Keys) != 1 {
		t.Errorf("keys %v (%v)", set, err)
		return nil
	}
	der, err := x509.MarshalPKIXPublicKey(set.Keys[0].Key)
	if err != nil {
		t.Error(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}
