package outbox_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/outbox"
)

// What is taken for a letter's name is the one that the letter has, of identifiers that are some.
func FuzzLetters(f *testing.F) {
	for _, name := range []string{"20260930-fund-month-4f1c2a9be07d.1.anna", "a.1.b", "a.01.b", "a.0.b", "a.-1.b", "a.1.b.c", "..", "a.99999999999999999999.b", "a.+1.b", "a.1.", "é.1.b"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		l, ok := outbox.ParseLetter(name)
		if ok && (l.String() != name || l.Revision < 1 || !identity.WellFormed(l.Summary) || !identity.WellFormed(l.Person)) {
			t.Errorf("%q is taken for %+v", name, l)
		}
	})
}
