package door_test

import (
	"bytes"
	"testing"

	"github.com/learning-cities/guildhall/shared/door"
)

func TestASecretGivesTheSameKeysAlwaysAndEachItsOwn(t *testing.T) {
	secret := bytes.Repeat([]byte{7}, door.SecretBytes)
	keys, err := door.KeysOf(secret)
	if err != nil {
		t.Fatal(err)
	}
	again, err := door.KeysOf(bytes.Clone(secret))
	if err != nil || !bytes.Equal(keys.People, again.People) || !bytes.Equal(keys.SignIn, again.SignIn) {
		t.Errorf("the same secret gives other keys: %v", err)
	}
	secret[0]++
	other, err := door.KeysOf(secret)
	if err != nil {
		t.Fatal(err)
	}
	all := [][]byte{keys.People, keys.SignIn, other.People, other.SignIn}
	for i, a := range all {
		if len(a) != 32 {
			t.Errorf("a key of %d bytes", len(a))
		}
		for _, b := range all[:i] {
			if bytes.Equal(a, b) {
				t.Errorf("two uses have the same key %x", a)
			}
		}
	}
}

func TestAShortSecretIsRefused(t *testing.T) {
	if _, err := door.KeysOf(make([]byte, door.SecretBytes-1)); err == nil {
		t.Error("taken")
	}
}
