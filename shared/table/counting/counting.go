// Package counting wraps a table for tests and measurements: it counts what is asked of the table and how many items come back. It knows
// neither the engine below nor what the items mean.
package counting

import (
	"context"
	"fmt"
	"sync"

	"github.com/learning-cities/guildhall/shared/table"
)

// Counts are what was asked of a table.
type Counts struct {
	Reads int // calls of Get, GetEach, Query, Scan and Snapshot
	Items int // that these gave
	Keys  int // that Get and GetEach asked for
	// Writes are those of Write, WriteEach and Transact, each by itself; Transactions the calls of Transact.
	Writes, Transactions int
}

// String prints the counts for messages.
func (c Counts) String() string {
	return fmt.Sprintf("%d reads of %d items by %d keys, %d writes, %d transactions", c.Reads, c.Items, c.Keys, c.Writes, c.Transactions)
}

// Table counts what it hands on. It is safe for concurrent use.
type Table struct {
	below table.Table

	mu     sync.Mutex
	counts Counts
}

var _ table.Table = (*Table)(nil)

// New wraps t.
func New(t table.Table) *Table { return &Table{below: t} }

// Take gives the counts since the last Take.
func (t *Table) Take() Counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	taken := t.counts
	t.counts = Counts{}
	return taken
}

func (t *Table) add(c Counts) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts.Reads += c.Reads
	t.counts.Items += c.Items
	t.counts.Keys += c.Keys
	t.counts.Writes += c.Writes
	t.counts.Transactions += c.Transactions
}

// Get implements table.Table.
func (t *Table) Get(ctx context.Context, key table.Key) (table.Item, error) {
	item, err := t.below.Get(ctx, key)
	found := 0
	if err == nil {
		found = 1
	}
	t.add(Counts{Reads: 1, Keys: 1, Items: found})
	return item, err
}

// GetEach implements table.Table.
func (t *Table) GetEach(ctx context.Context, keys []table.Key) ([]table.Item, error) {
	items, err := t.below.GetEach(ctx, keys)
	t.add(Counts{Reads: 1, Keys: len(keys), Items: len(items)})
	return items, err
}

// Query implements table.Table.
func (t *Table) Query(ctx context.Context, q table.Query) (table.Page, error) {
	page, err := t.below.Query(ctx, q)
	t.add(Counts{Reads: 1, Items: len(page.Items)})
	return page, err
}

// Scan implements table.Table.
func (t *Table) Scan(ctx context.Context, s table.Scan) (table.Page, error) {
	page, err := t.below.Scan(ctx, s)
	t.add(Counts{Reads: 1, Items: len(page.Items)})
	return page, err
}

// Snapshot implements table.Table. What is read of a snapshot is not counted.
func (t *Table) Snapshot(ctx context.Context) (table.Snapshot, error) {
	t.add(Counts{Reads: 1})
	return t.below.Snapshot(ctx)
}

// Write implements table.Table.
func (t *Table) Write(ctx context.Context, w table.Write) error {
	t.add(Counts{Writes: 1})
	return t.below.Write(ctx, w)
}

// WriteEach implements table.Table.
func (t *Table) WriteEach(ctx context.Context, ws []table.Write) []error {
	t.add(Counts{Writes: len(ws)})
	return t.below.WriteEach(ctx, ws)
}

// Transact implements table.Table.
func (t *Table) Transact(ctx context.Context, ws []table.Write) error {
	t.add(Counts{Writes: len(ws), Transactions: 1})
	return t.below.Transact(ctx, ws)
}

// Close implements table.Table.
func (t *Table) Close() error { return t.below.Close() }
