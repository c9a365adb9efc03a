// Package memory is a table in the process's memory: the plainest thing that passes the conformance suite. Tests use it where a
// thousand stores are needed, and to say what the other engines should do. It isn't durable.
package memory

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

// Store is the data behind a table, which outlives that table's closing.
type Store struct {
	mu    sync.RWMutex
	items map[table.Key]table.Item
	sorts map[string][]string // the sort keys of each partition, ascending
}

// NewStore makes an empty store.
func NewStore() *Store {
	return &Store{items: map[table.Key]table.Item{}, sorts: map[string][]string{}}
}

// New makes a table of an empty store.
func New(c table.Config) table.Table { return NewStore().Table(c) }

// Table opens the store.
func (s *Store) Table(c table.Config) table.Table { return table.New(driver{s}, c) }

// Clone copies the store, so that many histories can begin at one state.
func (s *Store) Clone() *Store {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := NewStore()
	for key, item := range s.items {
		out.items[key] = item // items are replaced, never changed
	}
	for partition, sorts := range s.sorts {
		out.sorts[partition] = slices.Clone(sorts)
	}
	return out
}

// driver implements table.Driver.
type driver struct{ *Store }

func (d driver) Close() error { return nil }

// find returns the stored item itself unless it is missing or expired. The caller holds the lock and clones what it gives away.
func (d driver) find(key table.Key, now time.Time) *table.Item {
	item, ok := d.items[key]
	if !ok || !item.Expires.IsZero() && !now.Before(item.Expires) {
		return nil
	}
	return &item
}

func (d driver) GetEach(_ context.Context, keys []table.Key, now time.Time) ([]table.Item, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var found []table.Item
	for _, key := range keys {
		if item := d.find(key, now); item != nil {
			found = append(found, item.Clone())
		}
	}
	return found, nil
}

func (d driver) Query(_ context.Context, within table.Range, now time.Time) ([]table.Item, *table.Position, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	places := d.places(within)
	if within.Descending {
		slices.Reverse(places)
	}
	var found []table.Item
	var last *table.Position
	for _, place := range places {
		if within.After != nil && !beyond(place, *within.After, within.Descending) {
			continue
		}
		if len(found) == within.Limit {
			return found, last, nil
		}
		last = &place
		if item := d.find(place.Key, now); item != nil {
			found = append(found, item.Clone())
		}
	}
	return found, nil, nil
}

// places lists where the query's items stand, ascending.
func (d driver) places(within table.Range) []table.Position {
	var out []table.Position
	if within.Index == "" {
		sorts := d.sorts[within.Partition]
		first, _ := slices.BinarySearch(sorts, within.Prefix)
		for _, sort := range sorts[first:] {
			if !strings.HasPrefix(sort, within.Prefix) {
				break
			}
			out = append(out, table.Position{Key: table.Key{Partition: within.Partition, Sort: sort}})
		}
		return out
	}
	for key, item := range d.items {
		there, ok := item.Index[within.Index]
		if ok && there.Partition == within.Partition && strings.HasPrefix(there.Sort, within.Prefix) {
			out = append(out, table.Position{Key: key, Index: there})
		}
	}
	slices.SortFunc(out, compare)
	return out
}

func compare(a, b table.Position) int {
	if c := strings.Compare(a.Index.Sort, b.Index.Sort); c != 0 {
		return c
	}
	if c := strings.Compare(a.Key.Partition, b.Key.Partition); c != 0 {
		return c
	}
	return strings.Compare(a.Key.Sort, b.Key.Sort)
}

func beyond(place, after table.Position, descending bool) bool {
	if descending {
		return compare(place, after) < 0
	}
	return compare(place, after) > 0
}

func (d driver) WriteEach(_ context.Context, ws []table.Write, now time.Time) []error {
	d.mu.Lock()
	defer d.mu.Unlock()
	errs := make([]error, len(ws))
	for i, w := range ws {
		if refusal := d.judge(w, now); refusal != nil {
			errs[i] = refusal
		} else {
			d.apply(w)
		}
	}
	return errs
}

func (d driver) Transact(_ context.Context, ws []table.Write, now time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var failed []table.Failure
	for i, w := range ws {
		if refusal := d.judge(w, now); refusal != nil {
			failed = append(failed, table.Failure{Index: i, ConditionError: *refusal})
		}
	}
	if failed != nil {
		return &table.TransactionError{Failed: failed}
	}
	for _, w := range ws {
		d.apply(w)
	}
	return nil
}

// judge evaluates a write's condition; nil when it holds.
func (d driver) judge(w table.Write, now time.Time) *table.ConditionError {
	current := d.find(w.Key(), now)
	if table.Holds(w.Condition, current) {
		return nil
	}
	if current != nil {
		*current = current.Clone()
	}
	return &table.ConditionError{Label: w.Label, Key: w.Key(), Current: current}
}

func (d driver) apply(w table.Write) {
	key := w.Key()
	sorts := d.sorts[key.Partition]
	at, there := slices.BinarySearch(sorts, key.Sort)
	switch {
	case w.Put != nil:
		item := w.Put.Clone()
		if !item.Expires.IsZero() {
			item.Expires = item.Expires.UTC().Truncate(time.Second)
		}
		d.items[key] = item
		if !there {
			d.sorts[key.Partition] = slices.Insert(sorts, at, key.Sort)
		}
	case w.Delete != (table.Key{}) && there:
		delete(d.items, key)
		d.sorts[key.Partition] = slices.Delete(sorts, at, at+1)
	}
}
