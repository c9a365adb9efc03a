package registry

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
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

// batchOf is the batch that an entry is of by its identifier; an error for what entryID did not make.
func batchOf(id string) (batch int64, err error) {
	var day string
	var place int
	_, err = fmt.Sscanf(id, "%10s#%d#%d", &day, &batch, &place)
	return batch, err
}
