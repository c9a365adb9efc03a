package histories

import (
	"context"
	"math/rand/v2"
	"sync"

	"github.com/learning-cities/guildhall/shared/table"
)

// view is the store as one process has it: each call waits for its turn, and some fail, before they took effect or after.
type view struct {
	table.Table
	turns   *turns
	process int
	faults  int // of 1,000 calls

	mu sync.Mutex
	r  *rand.Rand
}

// fate is what becomes of a call: whether it takes effect, and the error that the process is told instead of an answer.
type fate struct {
	effect bool
	err    error
}

func (v *view) fate() fate {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.r.IntN(1000) >= v.faults {
		return fate{effect: true}
	}
	f := fate{effect: v.r.IntN(3) == 0, err: table.ErrUnavailable}
	if v.r.IntN(2) == 0 {
		f.err = context.DeadlineExceeded
	}
	return f
}

// call makes one call to the store.
func (v *view) call(do func() error) error {
	defer v.turns.take(v.process)()
	f := v.fate()
	var err error
	if f.effect {
		err = do()
	}
	if f.err != nil {
		return f.err
	}
	return err
}

// Get implements table.Table.
func (v *view) Get(ctx context.Context, key table.Key) (item table.Item, err error) {
	err = v.call(func() (err error) {
		item, err = v.Table.Get(ctx, key)
		return err
	})
	return item, err
}

// GetEach implements table.Table.
func (v *view) GetEach(ctx context.Context, keys []table.Key) (items []table.Item, err error) {
	err = v.call(func() (err error) {
		items, err = v.Table.GetEach(ctx, keys)
		return err
	})
	return items, err
}

// Query implements table.Table.
func (v *view) Query(ctx context.Context, q table.Query) (page table.Page, err error) {
	err = v.call(func() (err error) {
		page, err = v.Table.Query(ctx, q)
		return err
	})
	return page, err
}

// Write implements table.Table.
func (v *view) Write(ctx context.Context, w table.Write) error {
	return v.call(func() error { return v.Table.Write(ctx, w) })
}

// WriteEach implements table.Table: the writes are calls of their own, between which others have their turn.
func (v *view) WriteEach(ctx context.Context, ws []table.Write) []error {
	errs := make([]error, len(ws))
	failed := false
	for i, w := range ws {
		errs[i] = v.Write(ctx, w)
		failed = failed || errs[i] != nil
	}
	if !failed {
		return nil
	}
	return errs
}

// Transact implements table.Table.
func (v *view) Transact(ctx context.Context, ws []table.Write) error {
	return v.call(func() error { return v.Table.Transact(ctx, ws) })
}
