package identity_test

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
)

var noon = time.Date(2025, time.June, 15, 12, 0, 0, 0, time.UTC)

func TestIdentifiersSortByTheTimeOfTheirMaking(t *testing.T) {
	now := noon
	ids := identity.NewIDs(func() time.Time { return now }, nil)
	var made []string
	for range 100 {
		made = append(made, ids(), ids())
		now = now.Add(time.Millisecond)
	}
	if !slices.IsSorted(made) || len(slices.Compact(made)) != 200 {
		t.Fatalf("not ascending: %v", made)
	}
}

func TestIdentifiersAscendWhileTheClockStandsOrGoesBack(t *testing.T) {
	now := noon
	ids := identity.NewIDs(func() time.Time { return now }, nil)
	last := ids()
	for range 100 {
		now = now.Add(-time.Second)
		next := ids()
		if next <= last {
			t.Fatalf("%s after %s", next, last)
		}
		last = next
	}
}

func TestAnIdentifierIs26PlainCharacters(t *testing.T) {
	for _, at := range []time.Time{time.UnixMilli(0), noon, time.UnixMilli(1<<48 - 1)} {
		id := identity.NewIDs(identity.Fixed(at), nil)()
		if !regexp.MustCompile(`^[0-7][0-9a-hjkmnp-tv-z]{25}$`).MatchString(id) {
			t.Errorf("%s: %q", at, id)
		}
	}
}

func TestAnIdentifierIsItsTimeThenTheSourcesBits(t *testing.T) {
	ids := identity.NewIDs(identity.Fixed(time.UnixMilli(1)), bytes.NewReader(bytes.Repeat([]byte{0xff}, 10)))
	if got, want := ids(), "0000000001"+strings.Repeat("z", 16); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := ids(), "0000000002"+strings.Repeat("0", 16); got != want {
		t.Errorf("after the last of its millisecond got %s, want %s", got, want)
	}
}

func TestASourceThatFailsIsReplaced(t *testing.T) {
	failing := brokenSource{}
	one := identity.NewIDs(identity.Fixed(noon), failing)()
	two := identity.NewIDs(identity.Fixed(noon), failing)()
	if one == two {
		t.Fatalf("twice %s", one)
	}
}

type brokenSource struct{}

func (brokenSource) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestIdentifiersMadeAtOnceDiffer(t *testing.T) {
	ids := identity.NewIDs(identity.Fixed(noon), nil)
	made := make([][]string, 8)
	var group sync.WaitGroup
	for n := range made {
		group.Go(func() {
			for range 200 {
				made[n] = append(made[n], ids())
			}
		})
	}
	group.Wait()
	all := slices.Concat(made...)
	slices.Sort(all)
	if len(slices.Compact(all)) != 1600 {
		t.Fatal("an identifier was made twice")
	}
}

func TestTheSystemsClockIsInUTC(t *testing.T) {
	if zone := identity.System()().Location(); zone != time.UTC {
		t.Fatal(zone)
	}
}

func TestEveryIdentifierIsWellFormedAndWhatNeedsCareIsNot(t *testing.T) {
	ids := identity.NewIDs(identity.System(), nil)
	for _, id := range []string{ids(), ids(), "a", "A-1_b", strings.Repeat("x", 64)} {
		if !identity.WellFormed(id) {
			t.Errorf("%q is refused", id)
		}
	}
	for _, id := range []string{"", strings.Repeat("x", 65), "a b", "a/b", "..", "a.b", "é", "\xff", "\x00", "a\n", "a%", "a@b"} {
		if identity.WellFormed(id) {
			t.Errorf("%q is taken for an identifier", id)
		}
	}
}
