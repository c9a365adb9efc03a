package registry

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/trust"
)

// FundBalances are those of the fund's accounts up to the head. RECORD_BUSY.
func (r *Registry) FundBalances(ctx context.Context) (ledger.Balances, error) {
	var balances ledger.Balances
	err := r.readBooks(ctx, func(b *books) error {
		balances = b.head.Balances.Clone()
		return nil
	})
	return balances, err
}

// FundEntries calls fn with the entries up to the head, in the order of their days. RECORD_BUSY; fn's own error.
func (r *Registry) FundEntries(ctx context.Context, fn func(ledger.Entry) error) error {
	return r.readBooks(ctx, func(b *books) error {
		for entry, err := range r.entries(ctx, b.from, b.head) {
			if err == nil {
				err = fn(entry)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *Registry) readBooks(ctx context.Context, read func(b *books) error) error {
	return busy(r.records.Snapshot(ctx, fundTypes, func(from records.Reader) error {
		b, err := r.books(ctx, from, Origin{}, r.Clock())
		if err != nil {
			return err
		}
		return read(b)
	}))
}

var errStop = errors.New("registry: no more is wanted")

// entries are those up to a head, in the order of their days. What was appended since is left out.
func (r *Registry) entries(ctx context.Context, from records.Reader, head fundHead) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		for year := head.First; year != 0 && year <= head.Last; year++ {
			err := scan(ctx, from, fundEntryType, fmt.Sprint(year), "", func(record records.Record, entry ledger.Entry) error {
				if batch, _ := batchOf(record.Ref.ID); batch > head.Link.Number {
					return nil
				}
				if !yield(entry, nil) {
					return errStop
				}
				return nil
			})
			if errors.Is(err, errStop) {
				return
			}
			if err != nil {
				yield(ledger.Entry{}, err)
				return
			}
		}
	}
}

func batchOf(id string) (batch int64, err error) {
	var day string
	var place int
	_, err = fmt.Sscanf(id, "%10s#%d#%d", &day, &batch, &place)
	return batch, err
}

// VerifyFund recomputes the books from the first entry: each entry, the chain of batches, the balances and the days' sums. It returns the
// head; *ledger.Fault for the first fault there is, RECORD_BUSY.
func (r *Registry) VerifyFund(ctx context.Context) (ledger.Head, error) {
	var head ledger.Head
	err := r.readBooks(ctx, func(b *books) (err error) {
		head, err = b.verify(ctx)
		return err
	})
	return head, err
}

func (b *books) verify(ctx context.Context) (ledger.Head, error) {
	var v ledger.Verifier // identifiers are keys of the store: none can be there twice
	days := trust.Period{}
	for number := int64(1); number <= b.head.Link.Number; number++ {
		link, err := find[fundLink](ctx, b.from, linkRef(number))
		if errors.Is(err, records.ErrNotFound) {
			return ledger.Head{}, &ledger.Fault{Flaw: ledger.ChainBroken, Link: number, Want: "a link", Got: "none"}
		}
		if err != nil {
			return ledger.Head{}, err
		}
		for _, day := range link.Days {
			err := scan(ctx, b.from, fundEntryType, fmt.Sprint(day.Year), fmt.Sprintf("%s#%012d#", day, number), func(_ records.Record, entry ledger.Entry) error {
				if err := v.Entry(entry); err != nil {
					return err
				}
				return days.Add(entry)
			})
			if err != nil {
				return ledger.Head{}, err
			}
		}
		if err := v.Link(link.Link); err != nil {
			return ledger.Head{}, err
		}
	}
	if err := v.Head(b.head.Head); err != nil {
		return ledger.Head{}, err
	}
	return b.head.Head, b.verifyDays(ctx, days)
}

// verifyDays compares the days' sums, and the balances at the end of the last closed period, with what the entries make them.
func (b *books) verifyDays(ctx context.Context, want trust.Period) error {
	got, _, err := b.period(ctx)
	if err != nil {
		return err
	}
	opening := ledger.Balances{}
	var open []trust.Day
	for _, day := range want.Days {
		if day.Date.After(b.head.ClosedTo) {
			open = append(open, day)
			continue
		}
		for account, minor := range day.Moves {
			opening[account] += minor
		}
	}
	if err := differs(civil.Date{}, opening, got.Opening); err != nil {
		return err
	}
	for _, day := range open {
		if err := differs(day.Date, day.Moves, got.On(day.Date).Moves); err != nil {
			return err
		}
	}
	for _, day := range got.Days {
		if err := differs(day.Date, want.On(day.Date).Moves, day.Moves); err != nil {
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
