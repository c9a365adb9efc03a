package records_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

func TestASnapshotReadsOnceWhenNobodyCommits(t *testing.T) {
	s, _ := newStore()
	putAll(t, s, "imp1", put("imp1", member("FR#brest"), 0, "text"))
	reads := 0
	must(t, s.Snapshot(t.Context(), both, func(r records.Reader) error {
		reads++
		_, err := r.Get(t.Context(), member("FR#brest"))
		return err
	}))
	equal(t, reads, 1)
}

func TestASnapshotReadsAgainWhenACommitCameBetween(t *testing.T) {
	s, _ := newStore()
	reads := 0
	must(t, s.Snapshot(t.Context(), both, func(records.Reader) error {
		if reads++; reads == 1 {
			must(t, s.Acquire(t.Context(), []string{"member"}, "imp1", "plan1"))
			must(t, s.ReleaseWith(t.Context(), []string{"member"}, "imp1"))
			return errors.New("what was seen made no sense")
		}
		return nil
	}))
	equal(t, reads, 2)
}

func TestASnapshotDoesNotReadWhileALockIsHeldAndNamesItsImportInTheEnd(t *testing.T) {
	s, _ := newStore()
	must(t, s.Acquire(t.Context(), []string{"member"}, "imp1", "plan1"))
	busy := errorAs[*records.BusyError](t, s.Snapshot(t.Context(), both, func(records.Reader) error {
		t.Error("read")
		return nil
	}))
	equal(t, *busy, records.BusyError{Type: "member", Import: "imp1"})
}

func TestASnapshotGivesUpWhenLocksNeverRest(t *testing.T) {
	s, _ := newStore()
	reads := 0
	busy := errorAs[*records.BusyError](t, s.Snapshot(t.Context(), both, func(records.Reader) error {
		reads++
		must(t, s.Acquire(t.Context(), []string{"member"}, "imp1", "plan1"))
		return s.ReleaseWith(t.Context(), []string{"member"}, "imp1")
	}))
	equal(t, *busy, records.BusyError{Type: "member"})
	if reads < 2 {
		t.Fatalf("gave up after %d reads", reads)
	}
}

func TestAnErrorOfTheReaderIsReturned(t *testing.T) {
	s, _ := newStore()
	failed := errors.New("failed")
	isErr(t, s.Snapshot(t.Context(), both, func(records.Reader) error { return failed }), failed)
}

func TestOtherTypesCommitsDoNotDisturb(t *testing.T) {
	s, _ := newStore()
	must(t, s.Acquire(t.Context(), []string{"contribution"}, "imp1", "plan1"))
	must(t, s.Snapshot(t.Context(), both, func(records.Reader) error { return nil }))
}

// commits does one commit after another, each call of step one write of it: the locks, row after row, the release.
type commits struct {
	t    *testing.T
	s    *records.Store
	rows int
	n    int64 // commits done
	at   int   // steps done of this one
}

func (c *commits) step() {
	ctx, imp := c.t.Context(), fmt.Sprint("imp", c.n)
	switch c.at {
	case 0:
		must(c.t, c.s.Acquire(ctx, both, imp, "plan"))
	case c.rows + 1:
		must(c.t, c.s.ReleaseWith(ctx, both, imp))
		c.n, c.at = c.n+1, -1
	default:
		must(c.t, putOne(c.s, imp, put(imp, member(fmt.Sprint(c.at)), c.n, "")))
	}
	c.at++
}

// While commits go on between any two reads, every snapshot shows all rows of one commit, or none.
func TestSnapshotsDuringCommitsAreNeverTorn(t *testing.T) {
	const seed = 20250615
	random := rand.New(rand.NewPCG(seed, seed))
	tbl := memory.New(table.Config{})
	writer := &commits{t: t, s: records.New(tbl), rows: 10}
	reader := records.New(tbl, records.WithPause(func(context.Context, int) error {
		for range random.IntN(12) {
			writer.step()
		}
		return nil
	}))
	whole, busy := 0, 0
	for range 500 {
		seen := map[int64]int{}
		err := reader.Snapshot(t.Context(), both, func(r records.Reader) error {
			clear(seen)
			for row := 1; row <= writer.rows; row++ {
				record, err := r.Get(t.Context(), member(fmt.Sprint(row)))
				if err != nil && !errors.Is(err, records.ErrNotFound) {
					return err
				}
				seen[record.Version]++
				if random.IntN(8) == 0 {
					for range random.IntN(16) {
						writer.step()
					}
				}
			}
			return nil
		})
		if refused := new(records.BusyError); errors.As(err, &refused) {
			busy++
			continue
		}
		must(t, err)
		whole++
		if len(seen) != 1 {
			t.Fatalf("seed %d: rows by version %v", seed, seen)
		}
	}
	if whole < 50 || writer.n < 50 {
		t.Fatalf("%d snapshots, %d busy, %d commits: not much was tried", whole, busy, writer.n)
	}
}
