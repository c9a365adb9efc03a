package histories

import (
	"context"
	"math/rand/v2"
	"sync"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// Breakage is a way in which a store does not keep what package table promises.
type Breakage string

// The ways of breaking a store.
const (
	ConditionIgnored   Breakage = "a condition is ignored"
	WriteLost          Breakage = "a write is answered and lost"
	ReadStale          Breakage = "a read shows what was before the latest writes"
	TransactionHalf    Breakage = "a transaction is done by half"
	IndexInsteadOfItem Breakage = "a partition is read from an index, which lags"
	WriteDoubled       Breakage = "a write is done again after later ones"
)

// Breakages are all of them.
var Breakages = []Breakage{ConditionIgnored, WriteLost, ReadStale, TransactionHalf, IndexInsteadOfItem, WriteDoubled}

// byKey is the index in which a broken store finds the items of a partition.
const byKey = "by key"

// broken is a store in memory that breaks one promise now and then.
type broken struct {
	table.Table
	how Breakage

	mu      sync.Mutex
	r       *rand.Rand
	earlier table.Table   // what there was before the latest writes
	pending []table.Write // the latest writes
}

// later is how many writes are the latest.
const later = 3

// Break makes an empty store that is broken in a way; begin it with a sound history, and break it then.
func Break(how Breakage, seed uint64) (over table.Table, now func()) {
	config := table.Config{Indexes: []string{byKey}}
	b := &broken{Table: memory.New(config), r: rand.New(rand.NewPCG(seed, 6)), earlier: memory.New(config)}
	if how == IndexInsteadOfItem {
		b.Table = faulty.NewDelayed(b.Table, config, 2)
	}
	return b, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.how = how
	}
}

// chance is one in n, where the store is broken in this way.
func (b *broken) chance(how Breakage, n int) bool { return b.how == how && b.r.IntN(n) == 0 }

// Get implements table.Table.
func (b *broken) Get(ctx context.Context, key table.Key) (table.Item, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.read().Get(ctx, key)
}

// GetEach implements table.Table.
func (b *broken) GetEach(ctx context.Context, keys []table.Key) ([]table.Item, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.read().GetEach(ctx, keys)
}

// Query implements table.Table.
func (b *broken) Query(ctx context.Context, q table.Query) (table.Page, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.chance(IndexInsteadOfItem, 1) && q.Index == "" {
		q.Index = byKey
	}
	page, err := b.read().Query(ctx, q)
	for i := range page.Items {
		page.Items[i].Index = nil
	}
	return page, err
}

// read is what is read from.
func (b *broken) read() table.Table {
	if b.chance(ReadStale, 4) {
		return b.earlier
	}
	return b.Table
}

// Write implements table.Table.
func (b *broken) Write(ctx context.Context, w table.Write) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.chance(WriteLost, 8) {
		return nil
	}
	if b.chance(ConditionIgnored, 2) {
		w.Condition = nil
	}
	if err := b.Table.Write(ctx, b.indexed(w)); err != nil {
		return err
	}
	return b.wrote(ctx, []table.Write{w})
}

// WriteEach implements table.Table.
func (b *broken) WriteEach(ctx context.Context, ws []table.Write) []error {
	errs := make([]error, len(ws))
	failed := false
	for i, w := range ws {
		errs[i] = b.Write(ctx, w)
		failed = failed || errs[i] != nil
	}
	if !failed {
		return nil
	}
	return errs
}

// Transact implements table.Table.
func (b *broken) Transact(ctx context.Context, ws []table.Write) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.chance(WriteLost, 8) {
		return nil
	}
	ignored, half := b.chance(ConditionIgnored, 2), b.chance(TransactionHalf, 8)
	var all []table.Write
	for _, w := range ws {
		if ignored && w.Check != (table.Key{}) {
			continue
		}
		if ignored {
			w.Condition = nil
		}
		all = append(all, b.indexed(w))
	}
	if half {
		all = all[:(len(all)+1)/2]
	}
	if len(all) > 0 {
		if err := b.Table.Transact(ctx, all); err != nil {
			return err
		}
	}
	return b.wrote(ctx, all)
}

// indexed puts an item into the index in which its partition is read.
func (b *broken) indexed(w table.Write) table.Write {
	if _, has := b.Table.(*faulty.Delayed); has && w.Put != nil {
		item := w.Put.Clone()
		item.Index = map[string]table.Key{byKey: item.Key}
		w.Put = &item
	}
	return w
}

// wrote notes writes that took effect: what comes later than they do is what stale reads don't show, and what a doubled write undoes.
func (b *broken) wrote(ctx context.Context, ws []table.Write) error {
	for _, w := range ws {
		if w.Check == (table.Key{}) {
			w.Condition = nil
			b.pending = append(b.pending, w)
		}
	}
	for len(b.pending) > later {
		old := b.pending[0]
		b.pending = b.pending[1:]
		if err := b.earlier.Write(context.WithoutCancel(ctx), old); err != nil {
			return err
		}
		if b.chance(WriteDoubled, 8) {
			if err := b.Table.Write(context.WithoutCancel(ctx), old); err != nil {
				return err
			}
		}
	}
	return nil
}
