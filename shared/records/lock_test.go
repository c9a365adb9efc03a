package records_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

var both = []string{"member", "application"}

func locks(t *testing.T, s *records.Store, types ...string) []records.Lock {
	t.Helper()
	got, err := s.Locks(t.Context(), types)
	must(t, err)
	return got
}

func TestALockIsTakenAdvancedAndReleased(t *testing.T) {
	s, _ := newStore()
	ctx := t.Context()
	equal(t, locks(t, s, both...), []records.Lock{{Type: "application"}, {Type: "member"}})
	must(t, s.Acquire(ctx, both, "imp1", "plan1"))
	equal(t, locks(t, s, both...), []records.Lock{
		{Type: "application", Import: "imp1", Plan: "plan1"}, {Type: "member", Import: "imp1", Plan: "plan1"}})
	must(t, s.Advance(ctx, both, "imp1", "writing"))
	equal(t, locks(t, s, "member"), []records.Lock{{Type: "member", Import: "imp1", Plan: "plan1", Phase: "writing"}})
	must(t, s.ReleaseWith(ctx, both, "imp1"))
	equal(t, locks(t, s, both...), []records.Lock{{Type: "application", Version: 1}, {Type: "member", Version: 1}})
	must(t, s.Acquire(ctx, []string{"member"}, "imp2", "plan2"))
	equal(t, locks(t, s, both...), []records.Lock{
		{Type: "application", Version: 1}, {Type: "member", Version: 1, Import: "imp2", Plan: "plan2"}})
}

func TestLocksAreTakenAllOrNone(t *testing.T) {
	s, _ := newStore()
	must(t, s.Acquire(t.Context(), []string{"member"}, "imp1", "plan1"))
	busy := errorAs[*records.BusyError](t, s.Acquire(t.Context(), both, "imp2", "plan2"))
	equal(t, *busy, records.BusyError{Type: "member", Import: "imp1"})
	equal(t, locks(t, s, "application"), []records.Lock{{Type: "application"}})
	must(t, s.Acquire(t.Context(), []string{"application"}, "imp3", "plan3"))
}

func TestAnImportThatComesAgainKeepsItsLocksAndPhase(t *testing.T) {
	s, _ := newStore()
	must(t, s.Acquire(t.Context(), both, "imp1", "plan1"))
	must(t, s.Advance(t.Context(), both, "imp1", "writing"))
	want := locks(t, s, both...)
	must(t, s.Acquire(t.Context(), both, "imp1", "plan1"))
	equal(t, locks(t, s, both...), want)
	isErr(t, s.Acquire(t.Context(), both, "imp1", "another plan"), records.ErrInvalid)
	equal(t, locks(t, s, both...), want)
}

func TestOnlyTheHolderMovesALock(t *testing.T) {
	s, _ := newStore()
	ctx := t.Context()
	for _, held := range []bool{false, true} {
		if held {
			must(t, s.Acquire(ctx, []string{"member"}, "imp1", "plan1"))
		}
		before := locks(t, s, both...)
		for _, imp := range []string{"imp2", ""} {
			errorAs[*records.NotHeldError](t, s.Advance(ctx, both, imp, "writing"))
			errorAs[*records.NotHeldError](t, s.ReleaseWith(ctx, both, imp))
		}
		errorAs[*records.NotHeldError](t, s.ReleaseWith(ctx, both, "imp1")) // not of both
		equal(t, locks(t, s, both...), before)
	}
	must(t, s.ReleaseWith(ctx, []string{"member"}, "imp1"))
	errorAs[*records.NotHeldError](t, s.ReleaseWith(ctx, []string{"member"}, "imp1"))
	equal(t, locks(t, s, "member")[0].Version, int64(1))
}

func TestLocksOfNothingOrForNobodyAreRefused(t *testing.T) {
	s, _ := newStore()
	isErr(t, s.Acquire(t.Context(), nil, "imp1", "plan1"), records.ErrInvalid)
	isErr(t, s.Acquire(t.Context(), []string{"lock"}, "imp1", "plan1"), records.ErrInvalid)
	isErr(t, s.Acquire(t.Context(), both, "", "plan1"), records.ErrInvalid)
}

var stateKey = table.Key{Partition: "import", Sort: "imp1"}

// note writes the import's own state, from one to the next.
func note(from, to string) table.Write {
	condition := table.Absent()
	if from != "" {
		condition = table.Equal("state", from)
	}
	return table.Write{
		Put: &table.Item{Key: stateKey, Attributes: table.Attributes{"state": to}}, Condition: condition, Label: "state"}
}

func TestTheCallersWritesHappenWithTheLocksOrNotAtAll(t *testing.T) {
	s, tbl := newStore()
	ctx := t.Context()
	must(t, s.Acquire(ctx, both, "imp1", "plan1", note("", "committing")))
	refused := errorAs[*table.TransactionError](t, s.ReleaseWith(ctx, both, "imp1", note("unknown", "done")))
	equal(t, refused.Failed[0].Label, "state")
	equal(t, locks(t, s, "member")[0].Import, "imp1")
	must(t, s.Advance(ctx, both, "imp1", "writing", note("committing", "writing")))
	must(t, s.ReleaseWith(ctx, both, "imp1", note("writing", "done")))
	item, err := tbl.Get(ctx, stateKey)
	must(t, err)
	equal(t, item.Attributes["state"], any("done"))
	errorAs[*table.TransactionError](t, s.Acquire(ctx, both, "imp1", "plan1", note("committing", "committing")))
	equal(t, locks(t, s, "member")[0].Import, "")
}

func TestOtherWritersAreKeptOutWhileAnImportHoldsTheLock(t *testing.T) {
	s, tbl := newStore()
	ctx := t.Context()
	write := func(types ...string) error {
		w := table.Write{Put: &table.Item{Key: table.Key{Partition: "p", Sort: "s"}}}
		return records.Busy(tbl.Transact(ctx, append(records.Guard(types...), w)))
	}
	must(t, write("member", "application", "member"))
	must(t, s.Acquire(ctx, []string{"member"}, "imp1", "plan1"))
	equal(t, *errorAs[*records.BusyError](t, write("application", "member")), records.BusyError{Type: "member", Import: "imp1"})
	must(t, write("application"))
	must(t, s.ReleaseWith(ctx, []string{"member"}, "imp1"))
	must(t, write("member"))
}

func TestBusyLeavesOtherErrorsAlone(t *testing.T) {
	other := errors.New("other")
	isErr(t, records.Busy(other), other)
	must(t, records.Busy(nil))
	_, tbl := newStore()
	refused := tbl.Transact(t.Context(), []table.Write{{Check: stateKey, Condition: table.Present()}})
	isErr(t, records.Busy(refused), refused)
}

func TestOfImportsThatTakeOverlappingLocksAtOnceEachGetsAllInTurn(t *testing.T) {
	s, _ := newStore()
	sets := [][]string{{"a", "b"}, {"b", "c"}, {"c", "a"}, {"a"}}
	var group sync.WaitGroup
	var mu sync.Mutex
	holding := map[string]int{}
	errs := make([]error, 20)
	hold := func(types []string, by int) error {
		mu.Lock()
		defer mu.Unlock()
		for _, typ := range types {
			if holding[typ] += by; holding[typ] > 1 {
				return fmt.Errorf("%s is held twice", typ)
			}
		}
		return nil
	}
	for n := range errs {
		group.Go(func() {
			types, imp := sets[n%len(sets)], fmt.Sprint("imp", n)
			for {
				err := s.Acquire(t.Context(), types, imp, "plan")
				if busy := new(records.BusyError); errors.As(err, &busy) {
					continue
				}
				errs[n] = errors.Join(err, hold(types, 1), hold(types, -1), s.ReleaseWith(t.Context(), types, imp))
				return
			}
		})
	}
	group.Wait()
	must(t, errors.Join(errs...))
	var versions []int64
	for _, lock := range locks(t, s, "a", "b", "c") {
		versions = append(versions, lock.Version)
	}
	equal(t, versions, []int64{15, 10, 10})
}

// An answer that is lost leaves a lock taken, moved or released; trying again shows which.
func TestAfterALostAnswerTryingAgainSettlesIt(t *testing.T) {
	for _, effect := range []bool{false, true} {
		store := memory.NewStore()
		lossy := func(step func(*records.Store) error) error {
			faulted := faulty.New(store.Table(table.Config{}), faulty.Plan{Fail: 1, Effect: effect})
			s := records.New(faulted)
			isErr(t, step(s), table.ErrUnavailable)
			return step(s)
		}
		must(t, lossy(func(s *records.Store) error { return s.Acquire(t.Context(), both, "imp1", "plan1") }))
		must(t, lossy(func(s *records.Store) error { return s.Advance(t.Context(), both, "imp1", "writing") }))
		err := lossy(func(s *records.Store) error { return s.ReleaseWith(t.Context(), both, "imp1") })
		if effect {
			errorAs[*records.NotHeldError](t, err)
		} else {
			must(t, err)
		}
		s := records.New(store.Table(table.Config{}))
		equal(t, locks(t, s, both...), []records.Lock{{Type: "application", Version: 1}, {Type: "member", Version: 1}})
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	store := memory.NewStore()
	tbl := store.Table(table.Config{})
	must(t, records.New(tbl).Acquire(t.Context(), both, "imp1", "plan1"))
	ctx, end := context.WithCancel(t.Context())
	s := records.New(tbl, records.WithPause(func(ctx context.Context, _ int) error {
		end()
		return ctx.Err()
	}))
	isErr(t, s.Snapshot(ctx, both, func(records.Reader) error { return nil }), context.Canceled)
}
