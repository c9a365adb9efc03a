package fault

import (
	"context"
	"iter"

	"github.com/learning-cities/guildhall/shared/table"
)

// faultyTable is a table as a process sees it.
type faultyTable struct {
	below   table.Table
	process *Process
}

// Table is a table as the process sees it: each write of a WriteEach is an operation, and any other call is one. Closing it is none.
func (p *Process) Table(below table.Table) table.Table { return faultyTable{below, p} }

// Get implements table.Table.
func (t faultyTable) Get(ctx context.Context, key table.Key) (table.Item, error) {
	return ask(t.process, "table.Get", key.String(), reading, table.ErrUnavailable, func() (table.Item, error) { return t.below.Get(ctx, key) })
}

// GetEach implements table.Table.
func (t faultyTable) GetEach(ctx context.Context, keys []table.Key) ([]table.Item, error) {
	about := ""
	if len(keys) > 0 {
		about = keys[0].String()
	}
	return ask(t.process, "table.GetEach", about, reading, table.ErrUnavailable, func() ([]table.Item, error) { return t.below.GetEach(ctx, keys) })
}

// Query implements table.Table.
func (t faultyTable) Query(ctx context.Context, q table.Query) (table.Page, error) {
	about := table.Key{Partition: q.Partition, Sort: q.Prefix}.String()
	return ask(t.process, "table.Query", about, reading, table.ErrUnavailable, func() (table.Page, error) { return t.below.Query(ctx, q) })
}

// Scan implements table.Table.
func (t faultyTable) Scan(ctx context.Context, s table.Scan) (table.Page, error) {
	return ask(t.process, "table.Scan", "", reading, table.ErrUnavailable, func() (table.Page, error) { return t.below.Scan(ctx, s) })
}

// Snapshot implements table.Table.
func (t faultyTable) Snapshot(ctx context.Context) (table.Snapshot, error) {
	s, err := ask(t.process, "table.Snapshot", "", reading, table.ErrUnavailable, func() (table.Snapshot, error) { return t.below.Snapshot(ctx) })
	if err != nil {
		return nil, err
	}
	return snapshot{s, t.process}, nil
}

// snapshot is one as a process reads it: going through it is an operation.
type snapshot struct {
	table.Snapshot
	process *Process
}

// Items implements table.Snapshot.
func (s snapshot) Items(ctx context.Context) iter.Seq2[table.Item, error] {
	return func(yield func(table.Item, error) bool) {
		err := s.process.do("table.Items", "", reading, table.ErrUnavailable, func() error { return nil })
		if err != nil {
			yield(table.Item{}, err)
			return
		}
		for item, err := range s.Snapshot.Items(ctx) {
			if s.process.Over() {
				yield(table.Item{}, ErrKilled)
				return
			}
			if !yield(item, err) {
				return
			}
		}
	}
}

// Write implements table.Table.
func (t faultyTable) Write(ctx context.Context, w table.Write) error {
	return t.process.do("table.Write", w.Key().String(), writing, table.ErrUnavailable, func() error { return t.below.Write(ctx, w) })
}

// Transact implements table.Table.
func (t faultyTable) Transact(ctx context.Context, ws []table.Write) error {
	about := ""
	if len(ws) > 0 {
		about = ws[0].Key().String()
	}
	return t.process.do("table.Transact", about, writing, table.ErrUnavailable, func() error { return t.below.Transact(ctx, ws) })
}

// WriteEach implements table.Table. The writes that take effect go down in one piece, which is the same as one by one, since they are
// independent of one another, and as fast as without faults.
func (t faultyTable) WriteEach(ctx context.Context, ws []table.Write) []error {
	errs := make([]error, len(ws))
	var through []table.Write
	var places []int // of those that went through
	ends := false
	for i, w := range ws {
		kind := Killed
		if !ends {
			kind = t.process.next("table.WriteEach", w.Key().String(), writing)
		}
		switch kind {
		case Refused, Lost:
			errs[i] = table.ErrUnavailable
		case Killed, Ended:
			errs[i] = ErrKilled
		}
		ends = ends || kind == Ended
		if kind != Refused && kind != Killed {
			through, places = append(through, w), append(places, i)
		}
	}
	if len(through) > 0 {
		for n, err := range t.below.WriteEach(ctx, through) {
			if i := places[n]; errs[i] == nil {
				errs[i] = err
			}
		}
	}
	if ends {
		t.process.cancel()
	}
	for _, err := range errs {
		if err != nil {
			return errs
		}
	}
	return nil
}

// Close implements table.Table; it works in a killed process too.
func (t faultyTable) Close() error { return t.below.Close() }
