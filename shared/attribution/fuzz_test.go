package attribution_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/learning-cities/guildhall/shared/attribution"
)

// What was kept of a book is refused, or is a book that is kept as it was read.
func FuzzKeptBooks(f *testing.F) {
	b := newBook()
	var kept bytes.Buffer
	err := errors.Join(
		b.Deposit("a", "", 1000), b.Deposit("b", "", 333), allocate(b, "1.1", 700), b.Spend("1.1", 501), b.Deposit("a", "", 77), b.Write(&kept),
	)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(kept.Bytes())
	f.Add(kept.Bytes()[:kept.Len()/2])
	for _, text := range []string{`{}`, `{"donors":-1}`, `{"donors":1}{"donor":"a","holdings":{"x":{"units":"1"}}}`, `{"pools":{"":{"units":"-"}}}`, `{"pools":{"":null}}`, `null`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := attribution.Read(bytes.NewReader(text), areaOf)
		if err != nil {
			if !errors.Is(err, attribution.ErrKept) {
				t.Errorf("it is answered %v", err)
			}
			return
		}
		var first, second bytes.Buffer
		if err := b.Write(&first); err != nil {
			t.Fatal(err)
		}
		again, err := attribution.Read(bytes.NewReader(first.Bytes()), areaOf)
		if err != nil {
			t.Fatalf("%s is kept, and answered %v", first.Bytes(), err)
		}
		if err := again.Write(&second); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s is kept as %s, then as %s (%v)", text, first.Bytes(), second.Bytes(), err)
		}
	})
}
