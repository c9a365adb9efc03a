package registry

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
)

// FundBalances are those of the fund's accounts up to the head.
func (r *Registry) FundBalances(ctx context.Context) (ledger.Balances, error) {
	at, err := r.FundStanding(ctx)
	return at.Balances, err
}

// atHead are the books at their head, for what one record says, or entries up to it: those never change, and what an import is entering
// comes to the head with all of it. So nobody has to wait for the import.
func (r *Registry) atHead(ctx context.Context) (*books, error) {
	return r.books(ctx, r.records, Origin{}, r.Clock())
}

// has reports whether an entry is one up to the head.
func (b *books) has(entry string) bool {
	batch, err := batchOf(entry)
	return err == nil && batch <= b.head.Link.Number
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

// FundBooks are the fund's books as a reader shows them, for workbooks and statements. Entries are those of its head, whatever is appended
// while they are read.
type FundBooks struct {
	from records.Reader
	head fundHead
}

// FundTypes are the types of records that a snapshot for ReadFundBooks is taken of.
func FundTypes() []string { return slices.Clone(fundTypes) }

// ReadFundBooks reads where the books stand; those of a fund without entries are empty.
func ReadFundBooks(ctx context.Context, from records.Reader) (*FundBooks, error) {
	b := &FundBooks{from: from}
	record, err := from.Get(ctx, fundHeadRef)
	if errors.Is(err, records.ErrNotFound) {
		return b, nil
	}
	if err != nil {
		return nil, err
	}
	return b, records.Decode(record.Body, &b.head)
}

// Head is the ledger's, with no link while there is no entry.
func (b *FundBooks) Head() ledger.Head { return b.head.Head }

// ClosedTo is the last day of the last period that was closed; the zero date before the first.
func (b *FundBooks) ClosedTo() civil.Date { return b.head.ClosedTo }

// Entries are those up to the head, in the order of their days; they can be gone through again.
func (b *FundBooks) Entries(ctx context.Context) iter.Seq2[ledger.Entry, error] {
	return entriesUpTo(ctx, b.from, b.head)
}

var errStop = errors.New("registry: no more is wanted")

// entries are those up to a head, in the order of their days. What was appended since is left out.
func (r *Registry) entries(ctx context.Context, from records.Reader, head fundHead) iter.Seq2[ledger.Entry, error] {
	return entriesUpTo(ctx, from, head)
}

func entriesUpTo(ctx context.Context, from records.Reader, head fundHead) iter.Seq2[ledger.Entry, error] {
	return entriesAfter(ctx, from, head, civil.Date{})
}

// entriesAfter are those up to a head of the days behind one, in their order. It reads from the beginning of that day's month on.
func entriesAfter(ctx context.Context, from records.Reader, head fundHead, day civil.Date) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		for _, prefix := range head.prefixes(day) {
			err := scan(ctx, from, fundEntryType, yearOf(prefix), prefix, func(record records.Record, entry ledger.Entry) error {
				if batch, _ := batchOf(record.Ref.ID); batch > head.Link.Number || !entry.Date.After(day) {
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

// prefixes are those of the identifiers of entries from the month of a day on, year by year but for its own, which is read by months.
func (h fundHead) prefixes(day civil.Date) []string {
	var prefixes []string
	for year := max(h.First, day.Year); year != 0 && year <= h.Last; year++ {
		if year != day.Year {
			prefixes = append(prefixes, fmt.Sprintf("%04d-", year))
			continue
		}
		for month := day.Month; month <= 12; month++ {
			prefixes = append(prefixes, fmt.Sprintf("%04d-%02d-", year, month))
		}
	}
	return prefixes
}

// batchOf is the batch that an entry is of by its identifier; an error for what entryID did not make.
func batchOf(id string) (batch int64, err error) {
	var day string
	var place int
	_, err = fmt.Sscanf(id, "%10s#%d#%d", &day, &batch, &place)
	return batch, err
}
