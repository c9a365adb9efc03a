// Package table is the seam to the product's database: items under a partition and a sort key, ordered prefix queries,
// conditional writes and all-or-nothing transactions, shaped like DynamoDB so that an embedded file and the managed service
// can stand behind it. It doesn't know what the items mean, and holds no keys of its own: those are designed in
// package records.
//
// What every engine must refuse alike (sizes, names, cursors) is checked here, once, above the drivers; what an engine must do
// alike is stated by the suite in table/tabletest.
package table

import (
	"context"
	"iter"
	"time"
)

// Key names an item. Partition has 1–2048 bytes, Sort 1–1024 bytes, both valid UTF-8. Within a partition items stand in the
// byte order of Sort.
type Key struct{ Partition, Sort string }

// String prints a key for messages, as partition/sort.
func (k Key) String() string { return k.Partition + "/" + k.Sort }

// Attributes are an item's values by name: string, int64, bool, []any and map[string]any of these, nested at most 31 deep.
// There is no nil and no float. Names have 1–255 bytes; at the top level they don't begin with an underscore, which is the
// drivers'. A table neither keeps what it is given nor gives what it keeps: writing to a map afterwards changes nothing.
type Attributes map[string]any

// Item is what a table stores: at most 400 KB as Size counts.
type Item struct {
	Key        Key
	Attributes Attributes
	// Index has this item's key in secondary indexes, by the index's name. An item without a key isn't in that index.
	// Different items may have the same key there.
	Index map[string]Key
	// Expires is when the item ceases to exist, to the second; zero for never. From that moment no read returns it and
	// every condition takes it for absent; when its space is freed is the engine's affair.
	Expires time.Time
}

// Write is one conditional change. Exactly one of Put (replaces the whole item), Delete (of an absent item: no change) and
// Check (changes nothing; in transactions only) is set.
type Write struct {
	Put    *Item
	Delete Key
	Check  Key
	// Condition is evaluated against the stored item at the moment of the write; nil holds always, but a Check needs one.
	Condition Condition
	// Label names the write in a ConditionError or TransactionError. It isn't stored.
	Label string
}

// Key is the key of the item that w changes or checks.
func (w Write) Key() Key {
	switch {
	case w.Put != nil:
		return w.Put.Key
	case w.Delete != (Key{}):
		return w.Delete
	default:
		return w.Check
	}
}

// Query asks for the items of a partition whose sort key begins with Prefix, in the byte order of the sort key.
type Query struct {
	// Index, when set, names the secondary index to read; Partition and Prefix are then of the items' keys there, and the
	// order among items with the same key is unspecified but stable. An index is eventually consistent: it may lack a
	// recent write, or still show what a recent write replaced.
	Index      string
	Partition  string
	Prefix     string
	After      Cursor // continues after a page of the same query
	Limit      int    // at most so many items; 0 and whatever is above MaxPage mean MaxPage
	Descending bool
}

// Scan asks for all items of a table, in an order of the engine's: items of one partition stand together, and the order stays the
// same from page to page and from scan to scan.
type Scan struct {
	After Cursor // continues after a page of an earlier scan
	Limit int    // at most so many items; 0 and whatever is above MaxPage mean MaxPage
}

// Snapshot is all items of a table as they were together at one moment, without those that had expired by then. What is written
// afterwards doesn't show in it. It stays readable when its table is closed, and is for one goroutine.
type Snapshot interface {
	// Items yields each item once, in the order of a scan, until ctx ends; an error is the last that it yields. It may be asked for
	// again, from the first item on.
	Items(ctx context.Context) iter.Seq2[Item, error]
	// Close frees what the snapshot holds. A second Close does nothing.
	Close() error
}

// Cursor is where the next page begins: a text safe in URLs, meaningful only with the query that yielded it.
type Cursor string

// Page is a part of a query's answer. It may hold fewer items than the limit, even none, although more follow; only an empty
// Cursor says that nothing follows. While items change, a walk over the pages shows every item that was there all the time
// exactly once.
type Page struct {
	Items  []Item
	Cursor Cursor
}

// Table is a store of items. Reads by key and queries without an index are strongly consistent. It is safe for concurrent use.
//
// Beyond the errors named at each method: ErrInvalid and ErrTooLarge for requests that no engine would take, ErrUnavailable
// when the engine could not answer, ErrClosed after Close, the context's error when that ended first. After ErrUnavailable or
// a context's error a write may or may not have taken effect; after any other error it has not.
type Table interface {
	// Get returns one item. ErrNotFound.
	Get(ctx context.Context, key Key) (Item, error)
	// GetEach returns the items that exist, in the order of keys; a key given twice is answered once. Each item is read
	// consistently, but the items together are not one snapshot.
	GetEach(ctx context.Context, keys []Key) ([]Item, error)
	// Query returns a page. ErrCursor when After isn't of this query.
	Query(ctx context.Context, q Query) (Page, error)
	// Scan returns a page of all items, each read consistently; the pages together are not one snapshot. ErrCursor when After isn't
	// of a scan.
	Scan(ctx context.Context, s Scan) (Page, error)
	// Snapshot returns all items as of one moment between its call and its answer. ErrUnsettled when the engine has no snapshots of
	// its own and the items changed whenever they were looked through. Whoever asks for one closes it.
	Snapshot(ctx context.Context) (Snapshot, error)
	// Write does one write. *ConditionError when its condition didn't hold.
	Write(ctx context.Context, w Write) error
	// WriteEach does many writes, independent of one another and in any order, each with its own condition. It returns nil
	// when all succeeded, else one error or nil for each write. A key may be written once.
	WriteEach(ctx context.Context, ws []Write) []error
	// Transact does 1–100 writes of different keys, with their conditions in all at most 4 MB, all or none. *TransactionError names the conditions
	// that didn't hold.
	Transact(ctx context.Context, ws []Write) error
	// Close frees what the table holds. A second Close does nothing.
	Close() error
}
