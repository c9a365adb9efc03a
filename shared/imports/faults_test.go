package imports

import (
	"errors"
	"fmt"
	"runtime"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
)

// A commit of 1,000 rows is stopped at every one of its writes before it takes effect (which leaves the same behind as stopping
// after the write before it), and at the last one also after. Whoever asks for the whole picture then sees none or all of the
// rows, and the commit can be brought to its end in either way: each row is stored exactly once. So it is when any one write
// takes effect and only its answer is lost: the commit then goes on by itself.
func TestACommitStoppedAtAnyWriteEndsWithEveryRowOnce(t *testing.T) {
	const size = 1000
	w := newWorld(stones())
	rows := created("a", size)
	imp := w.plan(t, w.service(t, nil), rows...)
	probe := faulty.New(w.copied().table(), faulty.Plan{})
	if _, err := w.service(t, probe).Commit(t.Context(), order(imp)); err != nil {
		t.Fatal(err)
	}
	writes := probe.Writes()
	if writes != size+3 { // take the lock, confirm, each row, release: one write a row
		t.Fatalf("a commit of %d rows takes %d writes", size, writes)
	}
	shards := runtime.GOMAXPROCS(0)
	for shard := range shards {
		t.Run(fmt.Sprintf("shard %d", shard), func(t *testing.T) {
			t.Parallel()
			for n := 1 + shard*everyWrite; n <= writes; n += shards * everyWrite {
				stopAt(t, w.copied(), imp, rows, faulty.Plan{Fail: n, Halt: true})
				loseAnswer(t, w.copied(), imp, rows, n)
			}
		})
	}
	stopAt(t, w.copied(), imp, rows, faulty.Plan{Fail: writes, Effect: true, Halt: true})
}

// loseAnswer lets a commit lose the answer to one write.
func loseAnswer(t *testing.T, w *world, imp *intake.Import, rows []PlanRow, n int) {
	t.Helper()
	losing := faulty.New(w.table(), faulty.Plan{Fail: n, Effect: true})
	if _, err := w.service(t, losing).Commit(t.Context(), order(imp)); err != nil {
		t.Fatalf("the answer to write %d was lost: %v", n, err)
	}
	w.wantOnce(t, imp, rows)
}

// stopAt lets a commit die at one write and brings it to its end.
func stopAt(t *testing.T, w *world, imp *intake.Import, rows []PlanRow, plan faulty.Plan) {
	t.Helper()
	dying := faulty.New(w.table(), plan)
	if _, err := w.service(t, dying).Commit(t.Context(), order(imp)); !errors.Is(err, table.ErrUnavailable) {
		t.Fatalf("stopped at %d: %v", plan.Fail, err)
	}
	wantNoneOrAll(t, w.records(), len(rows))
	s := w.service(t, nil)
	if plan.Fail%2 == 0 {
		if _, err := s.Recover(t.Context()); err != nil {
			t.Fatalf("stopped at %d: recover: %v", plan.Fail, err)
		}
		wantNoneOrAll(t, w.records(), len(rows))
	}
	if _, err := s.Commit(t.Context(), order(imp)); err != nil {
		t.Fatalf("stopped at %d: again: %v", plan.Fail, err)
	}
	w.wantOnce(t, imp, rows)
}

// wantNoneOrAll fails the test unless a reader of the whole picture is told to wait, or sees none or all of the rows.
func wantNoneOrAll(t *testing.T, store *records.Store, all int) {
	t.Helper()
	seen := 0
	err := store.Snapshot(t.Context(), []string{stoneType}, func(r records.Reader) error {
		seen = 0
		return r.Scan(t.Context(), stoneType, "", "", func(records.Record) error {
			seen++
			return nil
		})
	})
	var busy *records.BusyError
	switch {
	case errors.As(err, &busy):
	case err != nil:
		t.Fatal(err)
	case seen != 0 && seen != all:
		t.Fatalf("a snapshot shows %d of %d rows", seen, all)
	}
}
