// Package mark tells of a store that it is being filled from an archive and isn't whole yet, by an item that stands in the store until then.
// It knows no archive, so that what only takes requests in can ask without carrying what reads one.
package mark

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// Key is where the mark stands. It is in no archive.
var Key = table.Key{Partition: "archive", Sort: "mark"}

// Unfinished tells whether a store was begun to be filled from an archive and isn't whole: RESTORE_UNFINISHED. name is what messages call it.
func Unfinished(ctx context.Context, name string, in table.Table) error {
	switch _, err := in.Get(ctx, Key); {
	case errors.Is(err, table.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return problem.New("RESTORE_UNFINISHED").With("store", name)
}

// again is how long a store that was found whole is taken for whole, and patience how long reading the mark may take.
const (
	again    = time.Minute
	patience = 3 * time.Second
)

// Watch asks for the mark for a process that works with a store and isn't told when a restore begins, such as a function. It is safe for
// concurrent use.
type Watch struct {
	name  string
	in    table.Table
	clock identity.Clock

	mu         sync.Mutex
	whole      time.Time // when the store was last found whole
	unfinished error     // nil unless the mark was there when it was last read
}

// NewWatch makes a watch over a store. name is what messages call it.
func NewWatch(name string, in table.Table, clock identity.Clock) *Watch {
	return &Watch{name: name, in: in, clock: clock}
}

// Unfinished is RESTORE_UNFINISHED while the mark is there. It reads the mark when it is first asked, then once a minute at most, and, where
// the mark was there, each time until it is gone. A mark that can't be read changes nothing of the answer: what needs the same table fails by
// itself then.
func (w *Watch) Unfinished(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.clock()
	if w.unfinished == nil && !w.whole.IsZero() && now.Sub(w.whole) < again {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := Unfinished(ctx, w.name, w.in)
	var found *problem.Problem
	switch {
	case err == nil:
		w.whole, w.unfinished = now, nil
	case errors.As(err, &found):
		w.unfinished = err
	}
	return w.unfinished
}
