package outbox

import (
	"context"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/table"
)

// Entry is the one of an occasion's identifier; false where it was not dealt with.
func (s *Store) Entry(ctx context.Context, id string) (Entry, bool, error) {
	var e Entry
	if !identity.WellFormed(id) {
		return e, false, nil
	}
	found, err := s.find(ctx, entryKey(id), &e)
	return e, found, err
}

// Filter is which entries are asked for; what is "" is any.
type Filter struct {
	About   programme.About
	Outcome Outcome
	Keep    func(Entry) bool // further; nil keeps all
}

func (f Filter) takes(e Entry) bool {
	return (f.About == "" || e.Occasion.About == f.About) && (f.Outcome == "" || e.Outcome == f.Outcome) && (f.Keep == nil || f.Keep(e))
}

// read is how many items are looked through at most for a page, and at how many a time.
const (
	mostRead = 2000
	readAt   = 100
)

// Entries is a page of the entries that a filter takes, the latest day first, at most limit (1 to 100), and where the next one begins; only
// "" says that nothing follows: a page may be short. Where a page ends is told by what the filter takes, as far as reading on for that is not
// too much: whoever may not read an entry learns nothing of it from a cursor. table.ErrCursor.
func (s *Store) Entries(ctx context.Context, f Filter, after table.Cursor, limit int) ([]Entry, table.Cursor, error) {
	var entries []Entry
	next, err := s.page(ctx, table.Query{Partition: entryPartition, Descending: true, After: after}, limit, func(stored table.Item) (bool, error) {
		var e Entry
		if err := decode(stored, &e); err != nil || !f.takes(e) {
			return false, err
		}
		entries = append(entries, e)
		return true, nil
	})
	return entries, next, err
}

// page calls take for items until it took about limit of them or very many were read, and gives where to go on. Only what can be taken is
// read, so that the place where reading ends is the page's; a page is short rather than filled up in small readings.
func (s *Store) page(
	ctx context.Context, q table.Query, limit int, take func(table.Item) (bool, error),
) (table.Cursor, error) {
	limit = max(1, min(limit, readAt))
	for taken, seen, ends := 0, 0, false; ; {
		q.Limit = limit - taken
		part, err := s.table.Query(ctx, q)
		if err != nil {
			return "", err
		}
		for _, stored := range part.Items {
			took, err := take(stored)
			if err != nil {
				return "", err
			}
			if ends = took; took {
				taken++
			}
		}
		seen += len(part.Items)
		q.After = part.Cursor
		if part.Cursor == "" || ends && 2*taken >= limit || seen >= mostRead {
			return part.Cursor, nil
		}
	}
}

// each calls fn for every item of a query.
func (s *Store) each(ctx context.Context, q table.Query, fn func(table.Item) error) error {
	for {
		part, err := s.table.Query(ctx, q)
		if err != nil {
			return err
		}
		for _, stored := range part.Items {
			if err := fn(stored); err != nil {
				return err
			}
		}
		if part.Cursor == "" {
			return nil
		}
		q.After = part.Cursor
	}
}
