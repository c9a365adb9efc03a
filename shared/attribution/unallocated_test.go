package attribution_test

import (
	"maps"
	"testing"
)

func TestADonorsUnallocatedPartIsByWhatItHas(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("d1", "", 300))
	must(t, b.Deposit("d2", "", 100))
	must(t, b.Deposit("d2", "1.1", 50))
	_, err := b.Allocate("1.1", 90) // the 50 that were given for it, and 40 of the 400
	must(t, err)
	if got := b.Unallocated(); !maps.Equal(got, map[string]int64{"d1": 270, "d2": 90}) {
		t.Error(got)
	}
}

func TestTheDonorsUnallocatedPartsAddUpAfterAnySequenceOfEvents(t *testing.T) {
	for seed := range uint64(40) {
		l := newLife(seed)
		for n := range 150 {
			l.step(t)
			if n%10 != 9 {
				continue
			}
			var sum int64
			for donor, minor := range l.Unallocated() {
				if sum += minor; minor < 0 {
					t.Fatalf("seed %d, event %d: %s has %d", seed, n, donor, minor)
				}
			}
			if sum != l.unallocated {
				t.Fatalf("seed %d, event %d: %d of %d", seed, n, sum, l.unallocated)
			}
		}
	}
}
