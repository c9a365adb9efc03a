package table

import (
	"context"
	"time"
)

// Driver is what an engine implements; New puts the rules that all engines share above it. Requests come checked, keys of one
// call differ from one another, contexts have not ended. now is the moment as of which items are expired. A driver keeps
// nothing that it is given and gives nothing that it keeps.
type Driver interface {
	// GetEach returns the items that exist, in the order of keys.
	GetEach(ctx context.Context, keys []Key, now time.Time) ([]Item, error)
	// Query returns at most r.Limit items and where it stopped, nil when nothing follows.
	Query(ctx context.Context, r Range, now time.Time) ([]Item, *Position, error)
	// Scan returns at most limit of all items, those after a key or from the first on, and where it stopped, nil when nothing follows.
	Scan(ctx context.Context, after *Key, limit int, now time.Time) ([]Item, *Key, error)
	// Snapshot returns the items that exist as of now.
	Snapshot(ctx context.Context, now time.Time) (Snapshot, error)
	// WriteEach does independent writes and answers for each.
	WriteEach(ctx context.Context, ws []Write, now time.Time) []error
	// Transact does all writes or none.
	Transact(ctx context.Context, ws []Write, now time.Time) error
	Close() error
}

// Range is a checked query.
type Range struct {
	Index      string
	Partition  string
	Prefix     string
	After      *Position
	Limit      int // 1–MaxPage
	Descending bool
}

// Position is a place in the order of a query: the item's key and, when an index is read, its key there. It stays meaningful when
// the item is deleted.
type Position struct{ Key, Index Key }

// Config is what a table needs besides its engine.
type Config struct {
	Clock   func() time.Time // decides what has expired; nil is the machine's
	Indexes []string         // the secondary indexes that items may have keys in
}

// New makes a table of an engine.
func New(d Driver, c Config) Table {
	if c.Clock == nil {
		c.Clock = time.Now
	}
	t := &checked{driver: d, clock: c.Clock, indexes: map[string]bool{}}
	for _, name := range c.Indexes {
		t.indexes[name] = true
	}
	return t
}
