package faulty

import (
	"context"
	"sync"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// Delayed is a table whose indexes lag, as DynamoDB's may by any time: a write shows in an index only after Lag further index
// queries. What is read by key, or queried without an index, is as the table below has it. It must wrap the table while that
// is empty, see all writes, and lie below a wrapper that loses answers.
type Delayed struct {
	table.Table
	lag int

	mu      sync.Mutex
	shadow  table.Table // the items as the indexes know them
	queries int
	pending []change
}

// change is a write that took effect when queries index queries had been asked.
type change struct {
	write   table.Write
	queries int
}

// NewDelayed wraps t, whose configuration is c.
func NewDelayed(t table.Table, c table.Config, lag int) *Delayed {
	return &Delayed{Table: t, lag: lag, shadow: memory.New(c)}
}

// Over puts the same lagging indexes above another opening of the same data.
func (d *Delayed) Over(t table.Table) *Delayed {
	d.mu.Lock()
	defer d.mu.Unlock()
	return &Delayed{Table: t, lag: d.lag, shadow: d.shadow, queries: d.queries, pending: d.pending}
}

// Query implements table.Table.
func (d *Delayed) Query(ctx context.Context, q table.Query) (table.Page, error) {
	if q.Index == "" {
		return d.Table.Query(ctx, q)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.queries++
	due := 0
	for due < len(d.pending) && d.pending[due].queries+d.lag < d.queries {
		if err := d.shadow.Write(context.WithoutCancel(ctx), d.pending[due].write); err != nil {
			return table.Page{}, err
		}
		due++
	}
	d.pending = d.pending[due:]
	return d.shadow.Query(ctx, q)
}

// Write implements table.Table.
func (d *Delayed) Write(ctx context.Context, w table.Write) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	err := d.Table.Write(ctx, w)
	d.note([]table.Write{w}, []error{err})
	return err
}

// WriteEach implements table.Table.
func (d *Delayed) WriteEach(ctx context.Context, ws []table.Write) []error {
	d.mu.Lock()
	defer d.mu.Unlock()
	errs := d.Table.WriteEach(ctx, ws)
	d.note(ws, errs)
	return errs
}

// Transact implements table.Table.
func (d *Delayed) Transact(ctx context.Context, ws []table.Write) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	err := d.Table.Transact(ctx, ws)
	if err == nil {
		d.note(ws, nil)
	}
	return err
}

// note keeps a copy of the changes that took effect. The caller holds the lock, so that their order is that of the table below.
func (d *Delayed) note(ws []table.Write, errs []error) {
	for i, w := range ws {
		if errs != nil && errs[i] != nil || w.Check != (table.Key{}) {
			continue
		}
		kept := table.Write{Delete: w.Delete}
		if w.Put != nil {
			item := w.Put.Clone()
			kept.Put = &item
		}
		d.pending = append(d.pending, change{kept, d.queries})
	}
}
