package signin_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

// forger signs tokens with a key that the issuer seems to publish.
type forger struct{ key *rsa.PrivateKey }

func newForger(t *testing.T) forger {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return forger{key}
}

func (f forger) sign(t *testing.T, claims map[string]any) string {
	text, err := json.Marshal(claims)
	if err != nil {
		t.Error(err)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: f.key, KeyID: "forged"}}, nil)
	if err != nil {
		t.Error(err)
		return ""
	}
	signed, err := signer.Sign(text)
	if err != nil {
		t.Error(err)
		return ""
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		t.Error(err)
	}
	return token
}

// publish has the product believe that the key is one of the issuer's.
func (f forger) publish(w *world) {
	w.wire.at("/keys", func(status int, body []byte) (int, []byte) {
		var set jose.JSONWebKeySet
		if err := json.Unmarshal(body, &set); err != nil {
			w.t.Error(err)
		}
		set.Keys = append(set.Keys, jose.JSONWebKey{Key: &f.key.PublicKey, KeyID: "forged", Algorithm: "RS256", Use: "sig"})
		text, err := json.Marshal(set)
		if err != nil {
			w.t.Error(err)
		}
		return status, text
	})
}

// replaceToken changes the ID token on its way.
func (w *world) replaceToken(change func(token string) string) {
	w.wire.at("/token", func(status int, body []byte) (int, []byte) {
		var tokens map[string]any
		if err := json.Unmarshal(body, &tokens); err != nil {
			w.t.Error(err)
		}
		token, _ := tokens["id_token"].(string)
		tokens["id_token"] = change(token)
		text, err := json.Marshal(tokens)
		if err != nil {
			w.t.Error(err)
		}
		return status, text
	})
}

// claimsOf reads an ID token without a look at its signature.
func claimsOf(t *testing.T, token string) map[string]any {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Errorf("%q is no token", token)
		return nil
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Error(err)
	}
	var claims map[string]any
	if err := json.Unmarshal(text, &claims); err != nil {
		t.Error(err)
	}
	return claims
}
