package memory

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

// Scan sorts all keys for each page: a table in memory is small.
func (d driver) Scan(_ context.Context, after *table.Key, limit int, now time.Time) ([]table.Item, *table.Key, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var found []table.Item
	var last *table.Key
	for _, key := range d.keys() {
		if after != nil && compareKeys(key, *after) <= 0 {
			continue
		}
		if len(found) == limit {
			return found, last, nil
		}
		last = &key
		if item := d.find(key, now); item != nil {
			found = append(found, item.Clone())
		}
	}
	return found, nil, nil
}

// keys lists the keys of all items, ascending. The caller holds the lock.
func (d driver) keys() []table.Key {
	keys := make([]table.Key, 0, len(d.items))
	for key := range d.items {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, compareKeys)
	return keys
}

func compareKeys(a, b table.Key) int {
	if c := strings.Compare(a.Partition, b.Partition); c != 0 {
		return c
	}
	return strings.Compare(a.Sort, b.Sort)
}

func (d driver) Snapshot(_ context.Context, now time.Time) (table.Snapshot, error) {
	return snapshot{driver{d.Clone()}, now}, nil
}

// snapshot is a copy of a store, which nobody writes to.
type snapshot struct {
	driver
	now time.Time
}

// Items implements table.Snapshot.
func (s snapshot) Items(ctx context.Context) iter.Seq2[table.Item, error] {
	return func(yield func(table.Item, error) bool) {
		for _, key := range s.keys() {
			if err := ctx.Err(); err != nil {
				yield(table.Item{}, err)
				return
			}
			if item := s.find(key, s.now); item != nil && !yield(item.Clone(), nil) {
				return
			}
		}
	}
}
