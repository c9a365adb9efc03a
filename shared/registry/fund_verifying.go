package registry

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

// VerifyFund recomputes the books from the first entry: each entry, what it was converted from, and where it is kept, the chain of batches, what was taken back, the
// balances, the days' sums and the closings with what they kept, also while entries are appended. It returns the head; *ledger.Fault for the
// first fault there is, RECORD_BUSY. Books that were rewritten from some entry on, with all that follows from it, show by the head's hash
// alone: compare it with one that was kept elsewhere.
func (r *Registry) VerifyFund(ctx context.Context) (ledger.Head, error) {
	var head ledger.Head
	err := r.readBooks(ctx, func(b *books) error {
		days, closings, err := b.still(ctx)
		if err != nil {
			return err
		}
		head = b.head.Head
		chain := ledger.Verifier{Currency: r.currency()} // identifiers are keys of the store: none can be there twice
		return (&verifying{books: b, chain: chain, entered: trust.Period{}}).all(ctx, days, closings)
	})
	return head, err
}

// still reads the days' sums, and up to when approved proposals closed the books, each time, as they are at one head: it moves when entries
// are appended.
func (b *books) still(ctx context.Context) (days trust.Period, closings []civil.Date, err error) {
	for try := 1; try <= tries; try++ {
		if days, _, err = b.period(ctx); err != nil {
			return days, closings, err
		}
		closings = nil
		err = scan(ctx, b.from, fundProposalType, "", "", func(_ records.Record, p Proposal) error {
			if p.State == ProposalApproved && !p.CloseTo.IsZero() {
				closings = append(closings, p.CloseTo)
			}
			return nil
		})
		if err != nil {
			return days, closings, err
		}
		slices.SortFunc(closings, civil.Date.Compare)
		now, err := b.registry.books(ctx, b.from, b.origin, b.now)
		if err != nil || now.version == b.version {
			return days, closings, err
		}
		*b = *now
		if err := b.registry.Pause(ctx, try); err != nil {
			return days, closings, err
		}
	}
	return days, closings, fmt.Errorf("%w: the fund's books never stood still", table.ErrUnavailable)
}

// verifying is one verification of the books.
type verifying struct {
	*books
	chain       ledger.Verifier
	entered     trust.Period // the days as the entries make them
	first, last int          // years
	reversals   int
}

func (v *verifying) all(ctx context.Context, days trust.Period, closings []civil.Date) error {
	for number := int64(1); number <= v.head.Link.Number; number++ {
		if err := v.batch(ctx, number); err != nil {
			return err
		}
	}
	if err := v.chain.Head(v.head.Head); err != nil {
		return err
	}
	years := func(first, last int, closed civil.Date) string {
		return fmt.Sprintf("%d to %d, closed to %q", first, last, closed)
	}
	var closed civil.Date
	if len(closings) > 0 {
		closed = closings[len(closings)-1]
	}
	if want, got := years(v.first, v.last, closed), years(v.head.First, v.head.Last, v.head.ClosedTo); want != got {
		return &ledger.Fault{Flaw: ledger.HeadOff, Link: v.head.Link.Number, Want: want, Got: got}
	}
	if err := v.nothingElse(ctx); err != nil {
		return err
	}
	if err := v.days(days); err != nil {
		return err
	}
	if err := v.checkpoints(ctx, closings); err != nil {
		return err
	}
	return v.statements(ctx)
}

// batch takes in a link with its entries.
func (v *verifying) batch(ctx context.Context, number int64) error {
	link, err := find[fundLink](ctx, v.from, linkRef(number))
	if errors.Is(err, records.ErrNotFound) {
		return &ledger.Fault{Flaw: ledger.ChainBroken, Link: number, Want: "a link", Got: "none"}
	}
	if err != nil {
		return err
	}
	for _, day := range link.Days {
		prefix := fmt.Sprintf("%s#%012d#", day, number)
		err := scan(ctx, v.from, fundEntryType, fmt.Sprint(day.Year), prefix, func(record records.Record, entry ledger.Entry) error {
			if entry.ID != record.Ref.ID || entry.Date != day {
				return &ledger.Fault{Flaw: ledger.NotAnEntry, Link: number, Entry: entry.ID, Want: "kept by its identifier and day", Got: record.Ref.ID}
			}
			if v.first == 0 || day.Year < v.first {
				v.first = day.Year
			}
			v.last = max(v.last, day.Year)
			if err := v.chain.Entry(entry); err != nil {
				return err
			}
			if err := v.entered.Add(entry); err != nil {
				return err
			}
			return v.reversal(ctx, number, entry)
		})
		if err != nil {
			return err
		}
	}
	return v.chain.Link(link.Link)
}

// reversal finds the entry that one takes back, and the mark that it was taken back by this one, which keeps others from doing so.
func (v *verifying) reversal(ctx context.Context, number int64, back ledger.Entry) error {
	if back.Reverses == "" {
		return nil
	}
	v.reversals++
	fault := &ledger.Fault{Flaw: ledger.ReversedAgain, Link: number, Entry: back.ID, Want: "an entry that stands", Got: back.Reverses}
	entry, err := v.entry(ctx, back.Reverses)
	var no *Refused
	if errors.As(err, &no) {
		return fault
	}
	if err != nil {
		return err
	}
	if batch, err := batchOf(entry.ID); err != nil || batch > number || !slices.Equal(entry.Reversal().Postings, back.Postings) {
		return fault
	}
	mark, err := find[reversedMark](ctx, v.from, reversedRef(entry.ID))
	if err != nil && !errors.Is(err, records.ErrNotFound) {
		return err
	}
	if mark.By != back.ID {
		fault.Want, fault.Got = back.ID, mark.By
		return fault
	}
	return nil
}

// nothingElse finds entries that no link names, and marks of reversals that are none. What was appended since the head was read is left
// out.
func (v *verifying) nothingElse(ctx context.Context) error {
	entries, marks, ahead := int64(0), 0, ""
	for year := v.head.First; year != 0 && year <= v.head.Last; year++ {
		err := v.from.Scan(ctx, fundEntryType, fmt.Sprint(year), "", func(record records.Record) error {
			if v.since(record.Ref.ID) {
				ahead = record.Ref.ID
			} else {
				entries++
			}
			return nil
		})
		if err != nil {
			return err
		}
		err = scan(ctx, v.from, fundReversedType, fmt.Sprint(year), "", func(_ records.Record, mark reversedMark) error {
			if !v.since(mark.By) {
				marks++
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	number := v.head.Link.Number
	switch {
	case entries != v.head.Total:
		return v.stray(ctx)
	case marks != v.reversals:
		return &ledger.Fault{
			Flaw: ledger.ReversedAgain, Link: number, Want: fmt.Sprint(v.reversals, " entries taken back"), Got: fmt.Sprint(marks, " are marked so"),
		}
	case ahead != "":
		return v.ahead(ctx, ahead)
	}
	return nil
}

// since tells what was appended behind the head.
func (v *verifying) since(entry string) bool {
	batch, err := batchOf(entry)
	return err == nil && batch > v.head.Link.Number
}

// stray names an entry that no link has: those that links have are all there.
func (v *verifying) stray(ctx context.Context) error {
	for year := v.head.First; year <= v.head.Last; year++ {
		err := scan(ctx, v.from, fundEntryType, fmt.Sprint(year), "", func(record records.Record, entry ledger.Entry) error {
			id := record.Ref.ID
			if v.since(id) {
				return nil
			}
			batch, err := batchOf(id)
			var link fundLink
			if err == nil && batch > 0 {
				if link, err = find[fundLink](ctx, v.from, linkRef(batch)); err != nil {
					return err
				}
			}
			if slices.Contains(link.Days, entry.Date) && entry.ID == id {
				return nil
			}
			return &ledger.Fault{Flaw: ledger.BatchChanged, Link: batch, Entry: id, Want: "no such entry", Got: id}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ahead refuses an entry beyond the head, unless the head has moved since: both are written together.
func (v *verifying) ahead(ctx context.Context, entry string) error {
	now, err := v.registry.books(ctx, v.from, v.origin, v.now)
	if err != nil || now.version != v.version {
		return err
	}
	return &ledger.Fault{Flaw: ledger.HeadOff, Link: v.head.Link.Number, Entry: entry, Want: "no entry beyond the head", Got: entry}
}

// days compares the days' sums, and the balances at the end of the last closed period, with what the entries make them.
func (v *verifying) days(got trust.Period) error {
	opening := ledger.Balances{}
	for _, day := range v.entered.Days {
		if day.Date.After(v.head.ClosedTo) {
			if err := differs(day.Date, day.Moves, got.On(day.Date).Moves); err != nil {
				return err
			}
			continue
		}
		for account, minor := range day.Moves {
			opening[account] += minor
		}
	}
	if err := differs(civil.Date{}, opening, got.Opening); err != nil {
		return err
	}
	for _, day := range got.Days {
		if err := differs(day.Date, v.entered.On(day.Date).Moves, day.Moves); err != nil {
			return err
		}
	}
	return nil
}

func differs(day civil.Date, want, got ledger.Balances) error {
	for _, both := range []ledger.Balances{want, got} {
		for _, account := range both.Accounts() {
			if w, g := want.Of(account), got.Of(account); w != g {
				return &ledger.Fault{Flaw: ledger.DayOff, Entry: day.String(), Account: account, Want: fmt.Sprint(w), Got: fmt.Sprint(g)}
			}
		}
	}
	return nil
}
