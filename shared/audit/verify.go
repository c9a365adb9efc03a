package audit

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// Flaw is what can be wrong with a trail.
type Flaw string

// The flaws.
const (
	Changed   Flaw = "changed"   // an entry isn't what its hash is of
	Broken    Flaw = "broken"    // an entry doesn't follow the one before it
	Missing   Flaw = "missing"   // there is no entry of a number
	Foreign   Flaw = "foreign"   // something stands there that isn't an entry, or not at its place
	Beyond    Flaw = "beyond"    // there is an entry behind the head
	HeadOff   Flaw = "head"      // the head isn't the last entry's
	DayOff    Flaw = "day"       // the entries of a day aren't where the trail says
	Rewritten Flaw = "rewritten" // an entry isn't the one that was noted elsewhere
	Shortened Flaw = "shortened" // the trail ends before the entry that was noted elsewhere
)

// Fault is the first place at which a trail isn't what it says.
type Fault struct {
	Flaw   Flaw
	Number int64  // of the entry; 0 for a day
	Want   string // what follows from the entries before it, or was noted elsewhere
	Got    string
}

// Error implements error.
func (f *Fault) Error() string {
	return fmt.Sprintf("audit: %s at entry %d: want %s, got %s", f.Flaw, f.Number, f.Want, f.Got)
}

// Verification is what Verify went through.
type Verification struct {
	Head Head
	Open int // events that have no place in the chain yet, which nothing vouches for
}

// Verify goes through the whole trail from its first entry and recomputes it. known are heads that were noted elsewhere, if any: the trail
// has to have come by them. *Fault for the first thing that is wrong. It reads everything once and holds what it knows of a day.
func (t *Trail) Verify(ctx context.Context, known ...Head) (Verification, error) {
	v := verifier{known: map[int64]Hash{}, days: map[civil.Date]span{}}
	for _, head := range known {
		if was, twice := v.known[head.Number]; twice && was != head.Hash {
			return Verification{}, &Fault{Flaw: Rewritten, Number: head.Number, Want: string(was), Got: string(head.Hash)}
		}
		v.known[head.Number] = head.Hash
	}
	head, err := t.Head(ctx)
	if err != nil {
		return Verification{}, err
	}
	v.until = head.Number
	for at := int64(0); at <= head.Number+1; at += block { // also where the one behind the head would stand
		if err := t.each(ctx, blockOf(at), "", false, v.add); err != nil {
			return Verification{}, err
		}
	}
	if err := v.end(head); err != nil {
		return Verification{}, err
	}
	now, err := t.Head(ctx)
	if err != nil {
		return Verification{}, err
	}
	if v.last > now.Number {
		return Verification{}, &Fault{Flaw: Beyond, Number: now.Number + 1, Want: "nothing", Got: "an entry"}
	}
	if err := v.reaches(head); err != nil {
		return Verification{}, err
	}
	if err := t.checkDays(ctx, v, now.Number); err != nil {
		return Verification{}, err
	}
	checked := Verification{Head: head}
	err = t.each(ctx, openPartition, "", false, func(table.Item) error {
		checked.Open++
		return nil
	})
	return checked, err
}

// verifier goes along the chain.
type verifier struct {
	head  Head  // of what was gone through
	until int64 // the number at which the trail stood when the verification began
	last  int64 // the highest number that was seen behind that
	known map[int64]Hash
	days  map[civil.Date]span
}

// add takes in the next item of the chain's partitions. What was sealed since the verification began is passed over.
func (v *verifier) add(stored table.Item) error {
	number := v.head.Number + 1
	at, err := strconv.ParseInt(stored.Key.Sort, 10, 64)
	switch {
	case err != nil || stored.Key != entryKey(at):
		return &Fault{Flaw: Foreign, Number: number, Want: entryKey(number).String(), Got: stored.Key.String()}
	case at > v.until:
		v.last = at
		return nil
	case at != number:
		return &Fault{Flaw: Missing, Number: number, Want: spelled(number), Got: spelled(at)}
	}
	var entry Entry
	if err := decode(stored, &entry); err != nil || entry.Number != number {
		return &Fault{Flaw: Foreign, Number: number, Want: "an entry", Got: "something else"}
	}
	sum, err := entry.sum()
	if err != nil {
		return err
	}
	same, err := item(stored.Key, entry)
	switch {
	case err != nil:
		return err
	case sum != entry.Hash || !records.Same(same.Attributes, stored.Attributes):
		return &Fault{Flaw: Changed, Number: number, Want: string(sum), Got: string(entry.Hash)}
	case entry.Previous != v.head.Hash:
		return &Fault{Flaw: Broken, Number: number, Want: string(v.head.Hash), Got: string(entry.Previous)}
	}
	if want, noted := v.known[number]; noted && want != entry.Hash {
		return &Fault{Flaw: Rewritten, Number: number, Want: string(want), Got: string(entry.Hash)}
	}
	v.head = entry.head()
	v.days[entry.day()] = v.days[entry.day()].with(number)
	return nil
}

// end holds what was gone through to the head.
func (v *verifier) end(head Head) error {
	switch {
	case v.head.Number < head.Number:
		return &Fault{Flaw: Missing, Number: v.head.Number + 1, Want: spelled(v.head.Number + 1), Got: "nothing"}
	case v.head != head:
		return &Fault{Flaw: HeadOff, Number: head.Number, Want: string(v.head.Hash), Got: string(head.Hash)}
	}
	return nil
}

// reaches holds the head to what was noted elsewhere.
func (v *verifier) reaches(head Head) error {
	for _, number := range slices.Sorted(maps.Keys(v.known)) {
		if number > head.Number {
			return &Fault{Flaw: Shortened, Number: number, Want: string(v.known[number]), Got: "an end at " + spelled(head.Number)}
		}
	}
	return nil
}

// checkDays holds where the trail says that the entries of days are to where they are, as far as the entries of a verification go; last is
// where the trail stands by now.
func (t *Trail) checkDays(ctx context.Context, v verifier, last int64) error {
	found := map[string]bool{}
	err := t.each(ctx, dayPartition, "", false, func(stored table.Item) error {
		var stands span
		day, err := civil.Parse(stored.Key.Sort)
		if err == nil {
			err = decode(stored, &stands)
		}
		if err != nil {
			return &Fault{Flaw: DayOff, Want: "a day", Got: stored.Key.Sort}
		}
		want := v.days[day]
		if stands.First > v.until && want == (span{}) { // sealed since the verification began
			want.First = stands.First
		}
		if stands.Last > v.until && stands.Last <= last {
			want.Last = stands.Last
		}
		if stands != want {
			return &Fault{Flaw: DayOff, Number: stands.First, Want: want.in(day), Got: stands.in(day)}
		}
		found[stored.Key.Sort] = true
		return nil
	})
	for day, want := range v.days {
		if err == nil && !found[day.String()] {
			err = &Fault{Flaw: DayOff, Number: want.First, Want: want.in(day), Got: "nothing"}
		}
	}
	return err
}

// in is a span in words, for a Fault.
func (s span) in(day civil.Date) string { return fmt.Sprintf("%s: %d–%d", day, s.First, s.Last) }
