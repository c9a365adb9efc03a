package sheet

import (
	"context"
	"sync"
)

// aheadRows reads the rows of a source on another goroutine, a few batches ahead of who uses them, so that scanning and what
// is done with the rows share two cores.
type aheadRows struct {
	ctx    context.Context
	source rowSource
	full   chan *rowBatch
	free   chan *rowBatch
	stop   context.CancelFunc
	done   sync.WaitGroup
	batch  *rowBatch // being used
	at     int       // of its rows, the next one
}

// rowBatch is a run of rows whose cells lie in one block.
type rowBatch struct {
	rows  []Row
	cells []Cell
	last  bool  // nothing follows
	err   error // why, when it isn't the end of the sheet
}

const (
	aheadBatches = 3
	batchRows    = 256
	batchCells   = 2048 // room for cells, unless rows are wider
)

func newAheadRows(ctx context.Context, source rowSource) *aheadRows {
	ctx, stop := context.WithCancel(ctx)
	a := &aheadRows{ctx: ctx, source: source, full: make(chan *rowBatch, aheadBatches), free: make(chan *rowBatch, aheadBatches), stop: stop}
	for range aheadBatches {
		a.free <- &rowBatch{rows: make([]Row, batchRows), cells: make([]Cell, batchCells)}
	}
	a.done.Go(a.run)
	return a
}

func (a *aheadRows) run() {
	defer close(a.full)
	widest := 0
	for last := false; !last; {
		var batch *rowBatch
		select {
		case batch = <-a.free:
		case <-a.ctx.Done():
			return
		}
		widest = batch.fill(a.source, widest)
		last = batch.last
		select {
		case a.full <- batch:
		case <-a.ctx.Done():
			return
		}
	}
}

// fill reads rows until the batch has no more room. It returns how many cells the widest row so far has.
func (b *rowBatch) fill(source rowSource, widest int) int {
	if len(b.cells) < 2*widest {
		b.cells = make([]Cell, 2*widest)
	}
	n, used := 0, 0
	for ; n < batchRows && (n == 0 || used+widest <= len(b.cells)); n++ {
		row := &b.rows[:batchRows][n]
		row.Cells = b.cells[used:used:len(b.cells)]
		got, err := source.next(row)
		if !got {
			b.last, b.err = true, err
			break
		}
		used = min(used+len(row.Cells), len(b.cells)) // a row that doesn't fit lies elsewhere
		widest = max(widest, len(row.Cells))
	}
	b.rows = b.rows[:n]
	return widest
}

// next gives the next row; its cells stay valid until the call after.
func (a *aheadRows) next(row *Row) (bool, error) {
	for a.batch == nil || a.at == len(a.batch.rows) {
		if a.batch != nil {
			if a.batch.last {
				return false, a.batch.err
			}
			a.free <- a.batch
		}
		if a.batch, a.at = <-a.full, 0; a.batch == nil {
			return false, a.ctx.Err()
		}
	}
	*row = a.batch.rows[a.at]
	a.at++
	return true, nil
}

func (a *aheadRows) layout() Layout { return a.source.layout() }

// close ends the goroutine and waits for it, so that nothing touches the source afterwards.
func (a *aheadRows) close() {
	a.stop()
	a.done.Wait()
	a.source.close()
}
