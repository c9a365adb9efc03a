package trust

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/attribution"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
)

// ErrOrder is returned for entries that don't come in the order of their days.
var ErrOrder = errors.New("trust: entries out of the order of their days")

// The lines of a donor's share beside those of spending on activities (attribution.Spending).
const (
	LineInterest = "interest"
	LineExchange = "exchange"
	LineSupport  = "support"
)

// Attribute tells whose money paid for what, by entries in the order of their days (of one day in any order), up to and including a last
// day. Within a day money that comes goes before money that is set aside, and that before money that goes, so that the order in which a
// day's papers were entered is of no matter. areaOf is the area of an activity, as deposits are earmarked for it.
//
// The memory it takes grows with donors and activities, and with what differs within one day, not with entries.
func Attribute(
	entries iter.Seq2[ledger.Entry, error], last civil.Date, areaOf func(activity string) string,
) (*attribution.Book, error) {
	book := attribution.New(areaOf)
	return book, Follow(book, entries, last, nil)
}

// Follow goes on with a book, as Attribute does, by the entries of days after those that it has. look, if there is one, is called at the end
// of each day that has entries; it leaves the book as it is, and an error of it ends the following. A book that was kept
// (attribution.Book.Write) goes on as one that followed all entries.
func Follow(
	book *attribution.Book, entries iter.Seq2[ledger.Entry, error], last civil.Date, look func(civil.Date, *attribution.Book) error,
) error {
	var day civil.Date
	sums := sums{}
	end := func() error {
		if day.IsZero() {
			return nil
		}
		err := sums.enter(book, day)
		if err == nil && look != nil {
			err = look(day, book)
		}
		return err
	}
	for entry, err := range entries {
		if err != nil {
			return err
		}
		if entry.Date.Before(day) {
			return fmt.Errorf("%w: %s of %s behind %s", ErrOrder, entry.ID, entry.Date, day)
		}
		if entry.Date.After(last) {
			break
		}
		if entry.Date.After(day) {
			if err := end(); err != nil {
				return err
			}
			day = entry.Date
		}
		sums.add(entry)
	}
	return end()
}

// about is what the entries of a day are summed by.
type about struct {
	kind           Kind
	donor, purpose string
}

// sums are the sums of one day, in minor units. De-allocations are below-zero allocations, and reversals of any kind count below zero.
type sums map[about]int64

func (s sums) add(entry ledger.Entry) {
	e := EventOf(entry, "")
	key, minor := about{kind: e.Kind, donor: e.Donor}, e.Amount.Minor
	switch e.Kind {
	case Deposit:
		key.purpose = e.Earmark
	case Allocation, Expenditure:
		key.purpose = e.Activity
	case Deallocation:
		key.kind, key.purpose, minor = Allocation, e.Activity, -minor
	}
	if entry.Reverses != "" {
		minor = -minor
	}
	s[key] += minor
}

// step is one kind of move, upwards (above zero) or downwards.
type step struct {
	kind Kind
	up   bool
	do   func(b *attribution.Book, a about, minor int64) error // minor is above zero
}

// The steps of a day, in their order. Entries were judged by what there is at the end of days (Period.CheckEntry), so that in this order
// each finds what it takes.
var steps = []step{
	{Deposit, true, func(b *attribution.Book, a about, minor int64) error { return b.Deposit(a.donor, a.purpose, minor) }},
	{Earned, true, func(b *attribution.Book, _ about, minor int64) error { return b.Spread(LineInterest, minor) }},
	{ExchangeDiff, true, func(b *attribution.Book, _ about, minor int64) error { return b.Spread(LineExchange, minor) }},
	{SupportCost, false, func(b *attribution.Book, a about, minor int64) error { return support(b, a.donor, -minor) }},
	{Refund, false, func(b *attribution.Book, a about, minor int64) error { return b.Refund(a.donor, -minor) }},
	{Expenditure, false, func(b *attribution.Book, a about, minor int64) error { return b.Unspend(a.purpose, minor) }},
	{Allocation, false, func(b *attribution.Book, a about, minor int64) error { return b.Deallocate(a.purpose, minor) }},
	{Allocation, true, func(b *attribution.Book, a about, minor int64) error {
		_, err := b.Allocate(a.purpose, minor)
		return err
	}},
	{Expenditure, true, func(b *attribution.Book, a about, minor int64) error { return b.Spend(a.purpose, minor) }},
	{SupportCost, true, func(b *attribution.Book, a about, minor int64) error { return support(b, a.donor, minor) }},
	{Earned, false, func(b *attribution.Book, _ about, minor int64) error { return b.Spread(LineInterest, -minor) }},
	{ExchangeDiff, false, func(b *attribution.Book, _ about, minor int64) error { return b.Spread(LineExchange, -minor) }},
	{Refund, true, func(b *attribution.Book, a about, minor int64) error { return b.Refund(a.donor, minor) }},
	{Deposit, false, func(b *attribution.Book, a about, minor int64) error { return b.Withdraw(a.donor, a.purpose, minor) }},
}

// support books a support cost: its donor's alone, or everybody's.
func support(b *attribution.Book, donor string, minor int64) error {
	if donor == "" {
		return b.Spread(LineSupport, -minor)
	}
	return b.ChargeDonor(LineSupport, donor, minor)
}

// enter books the day and begins the next.
func (s sums) enter(book *attribution.Book, day civil.Date) error {
	keys := slices.SortedFunc(maps.Keys(s), func(a, b about) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.purpose, b.purpose), cmp.Compare(a.donor, b.donor))
	})
	for _, key := range keys {
		if key.kind == Deposit { // also one that comes to nothing: what follows may go to its donor
			book.Meet(key.donor)
		}
	}
	for _, step := range steps {
		for _, key := range keys {
			minor := s[key]
			if key.kind != step.kind || minor == 0 || minor > 0 != step.up {
				continue
			}
			if err := step.do(book, key, max(minor, -minor)); err != nil {
				return fmt.Errorf("trust: %s of %s: %w", key.kind, day, err)
			}
		}
	}
	clear(s)
	return nil
}
