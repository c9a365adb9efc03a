package door

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"

	"github.com/learning-cities/guildhall/shared/people"
)

// SecretBytes is how many random bytes a host keeps for people and sign-in, as long as it keeps the table: with other ones nobody on record
// is found again.
const SecretBytes = 32

// Keys are what a host's secret is used for, each with a key of its own, so that what is made with one says nothing of the others.
type Keys struct {
	People []byte // people.Config.Key
	SignIn []byte // signin.Config.Key
}

// KeysOf derives the keys from a secret (HKDF with SHA-256, RFC 5869). An error is a secret that is too short.
func KeysOf(secret []byte) (Keys, error) {
	if len(secret) < SecretBytes {
		return Keys{}, fmt.Errorf("door: a secret of %d bytes, want %d", len(secret), SecretBytes)
	}
	derived, err := hkdf.Key(sha256.New, secret, nil, "guildhall people", people.MinKey)
	if err != nil {
		return Keys{}, fmt.Errorf("door: %w", err)
	}
	signing, err := hkdf.Key(sha256.New, secret, nil, "guildhall sign-in", sha256.Size)
	if err != nil {
		return Keys{}, fmt.Errorf("door: %w", err)
	}
	return Keys{People: derived, SignIn: signing}, nil
}
