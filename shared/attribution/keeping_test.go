package attribution_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/attribution"
)

func written(t *testing.T, b *attribution.Book) []byte {
	t.Helper()
	var out bytes.Buffer
	must(t, b.Write(&out))
	return out.Bytes()
}

// keptAndRead is a book that somebody kept and goes on with.
func keptAndRead(t *testing.T, b *attribution.Book) *attribution.Book {
	t.Helper()
	again, err := attribution.Read(bytes.NewReader(written(t, b)), areaOf)
	must(t, err)
	return again
}

func TestABookThatIsKeptGoesOnAsOneThatNeverWas(t *testing.T) {
	for seed := range uint64(40) {
		never, now := newLife(seed), newLife(seed)
		for n := range 150 {
			never.step(t)
			now.step(t)
			if (n+int(seed))%13 == 0 {
				now.Book = keptAndRead(t, now.Book)
			}
		}
		now.check(t, fmt.Sprint("seed ", seed))
		if want, got := written(t, never.Book), written(t, now.Book); !bytes.Equal(want, got) {
			t.Fatalf("seed %d:\n%s\n%s", seed, want, got)
		}
		for _, donor := range now.donors {
			if never.Left(donor) != now.Left(donor) || never.Kept(donor) != now.Kept(donor) {
				t.Errorf("seed %d: %s has %d left and %d", seed, donor, never.Left(donor), now.Left(donor))
			}
		}
		if want, got := never.Shares(), now.Shares(); !reflect.DeepEqual(want, got) {
			t.Errorf("seed %d:\n%+v\n%+v", seed, want, got)
		}
	}
}

func TestLookingAtABookChangesNothingOfWhatIsKept(t *testing.T) {
	l := newLife(3)
	for range 100 {
		l.step(t)
	}
	before := written(t, l.Book)
	l.Shares()
	l.Left("d1")
	l.Left("a stranger")
	if after := written(t, l.Book); !bytes.Equal(before, after) {
		t.Errorf("%s\n%s", before, after)
	}
}

// What is kept is by donors, purposes and lines, whatever the number of events.
func TestWhatIsKeptDoesNotGrowWithEvents(t *testing.T) {
	size := func(turns int) int {
		b := newBook()
		must(t, b.Deposit("a", "", 1000), b.Deposit("b", "", 1000))
		for range turns {
			must(t, allocate(b, "1.1", 700), b.Spend("1.1", 700), b.Deposit("a", "", 300), b.Deposit("b", "", 400))
			if turns%3 == 0 {
				must(t, allocate(b, "1.1", 2000), b.Spend("1.1", 2000), b.Deposit("a", "", 2000)) // the pool is used up
			}
		}
		return len(written(t, b))
	}
	if few, many := size(30), size(3000); many > few*11/10 {
		t.Errorf("%d bytes after 30 turns, %d after 3,000", few, many)
	}
}

func TestWhatWasNotKeptIsRefused(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "1.1", 100), b.Deposit("b", "", 100))
	whole := string(written(t, b))
	for name, text := range map[string]string{
		"nothing": "", "no JSON": "x", "a line is missing": whole[:strings.LastIndex(whole[:len(whole)-1], "\n")+1], "half a line": whole[:len(whole)-9],
		"a pool that isn't there": strings.Replace(whole, `"pools":{"1.1":{"units"`, `"pools":{"1.2":{"units"`, 1),
		"units that are none":     strings.Replace(whole, `{"units":"`, `{"units":"!`, 1),
		"another type":            strings.Replace(whole, `"received":100`, `"received":"100"`, 1),
	} {
		if text == whole {
			t.Errorf("%s: nothing was changed in %s", name, whole)
		}
		if _, err := attribution.Read(strings.NewReader(text), areaOf); !errors.Is(err, attribution.ErrKept) {
			t.Errorf("%s: %v", name, err)
		}
	}
	gone := errors.New("gone")
	if _, err := attribution.Read(broken{gone}, areaOf); !errors.Is(err, gone) {
		t.Errorf("a reader that fails: %v", err)
	}
}

type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

func TestWhatCanBeTakenBackOfADonorsDepositsIsWhatWasNeitherGivenBackNorCharged(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "", 100), b.Deposit("b", "", 100), allocate(b, "1.1", 20), b.Spend("1.1", 20), b.Refund("a", 30),
		b.ChargeDonor("support", "a", 7), b.Withdraw("a", "", 1))
	if got := b.Kept("a"); got != 62 {
		t.Errorf("%d", got)
	}
	must(t, b.Refund("a", -30), b.ChargeDonor("support", "a", -7))
	if got := b.Kept("a"); got != 99 || b.Kept("a stranger") != 0 {
		t.Errorf("%d", got)
	}
}
