// Package faulty wraps tables for tests: Table makes a chosen write fail, as engines and networks do, and Delayed shows index
// results late. Neither knows the engine below.
package faulty

import (
	"context"
	"sync"

	"github.com/learning-cities/guildhall/shared/table"
)

// Plan says which write fails and how. Writes are counted from 1 in the order in which they are asked for: a Write is one, a
// Transact is one, a WriteEach one for each of its writes, of which the earlier ones then have taken effect.
type Plan struct {
	Fail   int         // the number of the write that fails; 0 for none
	Effect bool        // it takes effect and only the answer is lost; otherwise it fails before
	Halt   bool        // from then on nothing works, reads included, as if the process had died
	Err    error       // what the caller is told; nil is table.ErrUnavailable
	Before func(n int) // when set, is called before each write with its number; it may kill the process
}

// Table is a table that fails as planned. It is safe for concurrent use; writes go to the table below one call at a time, so
// that their numbers are those of one order.
type Table struct {
	below table.Table

	mu     sync.Mutex
	plan   Plan
	count  int
	halted bool
}

var _ table.Table = (*Table)(nil)

// New wraps t.
func New(t table.Table, plan Plan) *Table {
	if plan.Err == nil {
		plan.Err = table.ErrUnavailable
	}
	return &Table{below: t, plan: plan}
}

// Writes is how many writes were asked for, including the one that failed.
func (t *Table) Writes() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.count
}

// fault is what happens to one write.
type fault int

const (
	works fault = iota
	failsBefore
	failsAfter
)

// next counts a write. The caller holds the lock.
func (t *Table) next() fault {
	if t.halted {
		return failsBefore
	}
	t.count++
	if t.plan.Before != nil {
		t.plan.Before(t.count)
	}
	if t.count != t.plan.Fail {
		return works
	}
	t.halted = t.plan.Halt
	if t.plan.Effect {
		return failsAfter
	}
	return failsBefore
}

// Write implements table.Table.
func (t *Table) Write(ctx context.Context, w table.Write) error {
	return t.one(func() error { return t.below.Write(ctx, w) })
}

// Transact implements table.Table.
func (t *Table) Transact(ctx context.Context, ws []table.Write) error {
	return t.one(func() error { return t.below.Transact(ctx, ws) })
}

func (t *Table) one(write func() error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch t.next() {
	case failsBefore:
		return t.plan.Err
	case failsAfter:
		write()
		return t.plan.Err
	}
	return write()
}

// WriteEach implements table.Table. What lies before and after the failing write goes down in one piece, which is the same as
// one by one, since the writes are independent, and as fast as without a wrapper.
func (t *Table) WriteEach(ctx context.Context, ws []table.Write) []error {
	if t.plan.Before != nil {
		return t.oneByOne(ctx, ws)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	faults := make([]fault, len(ws))
	var through []table.Write
	for i := range ws {
		if faults[i] = t.next(); faults[i] != failsBefore {
			through = append(through, ws[i])
		}
	}
	answers := t.below.WriteEach(ctx, through)
	return t.answer(faults, answers)
}

func (t *Table) oneByOne(ctx context.Context, ws []table.Write) []error {
	errs := make([]error, len(ws))
	failed := false
	for i, w := range ws {
		errs[i] = t.one(func() error { return t.below.Write(ctx, w) })
		failed = failed || errs[i] != nil
	}
	if !failed {
		return nil
	}
	return errs
}

func (t *Table) answer(faults []fault, answers []error) []error {
	errs := make([]error, len(faults))
	failed := false
	next := 0
	for i, f := range faults {
		if f != failsBefore {
			if answers != nil {
				errs[i] = answers[next]
			}
			next++
		}
		if f != works {
			errs[i] = t.plan.Err
		}
		failed = failed || errs[i] != nil
	}
	if !failed {
		return nil
	}
	return errs
}

func (t *Table) alive() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.halted {
		return t.plan.Err
	}
	return nil
}

// Get implements table.Table.
func (t *Table) Get(ctx context.Context, key table.Key) (table.Item, error) {
	if err := t.alive(); err != nil {
		return table.Item{}, err
	}
	return t.below.Get(ctx, key)
}

// GetEach implements table.Table.
func (t *Table) GetEach(ctx context.Context, keys []table.Key) ([]table.Item, error) {
	if err := t.alive(); err != nil {
		return nil, err
	}
	return t.below.GetEach(ctx, keys)
}

// Query implements table.Table.
func (t *Table) Query(ctx context.Context, q table.Query) (table.Page, error) {
	if err := t.alive(); err != nil {
		return table.Page{}, err
	}
	return t.below.Query(ctx, q)
}

// Scan implements table.Table.
func (t *Table) Scan(ctx context.Context, s table.Scan) (table.Page, error) {
	if err := t.alive(); err != nil {
		return table.Page{}, err
	}
	return t.below.Scan(ctx, s)
}

// Snapshot implements table.Table.
func (t *Table) Snapshot(ctx context.Context) (table.Snapshot, error) {
	if err := t.alive(); err != nil {
		return nil, err
	}
	return t.below.Snapshot(ctx)
}

// Close implements table.Table; it works after a halt too.
func (t *Table) Close() error { return t.below.Close() }
