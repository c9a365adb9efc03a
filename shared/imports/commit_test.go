package imports

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
)

func order(imp *intake.Import) Order { return Order{Import: imp.ID, Plan: imp.Plan, Mode: intake.All} }

// wantCode fails the test unless err is the problem of that code.
func wantCode(t testing.TB, err error, code problem.Code) {
	t.Helper()
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != code {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func (w *world) wantOnce(t testing.TB, imp *intake.Import, rows []PlanRow) {
	t.Helper()
	wantOnce(t, w.records(), imp, rows)
}

// wantOnce fails the test unless each row of the import is stored exactly once, nothing else is, and no lock is left.
func wantOnce(t testing.TB, store *records.Store, imp *intake.Import, rows []PlanRow) {
	t.Helper()
	stored := storedStones(t, store)
	if len(stored) != len(rows) {
		t.Fatalf("%d stones are stored, want %d", len(stored), len(rows))
	}
	for _, row := range rows {
		r := stored[row.Writes[0].ID]
		if r.Version != row.Writes[0].Base+1 || r.Provenance.Import != imp.ID || r.Provenance.Row != row.Row {
			t.Fatalf("%s is stored as version %d by %+v", row.Label, r.Version, r.Provenance)
		}
	}
	locks, err := store.Locks(t.Context(), imp.Touches)
	if err != nil || len(holdersOf(locks)) > 0 {
		t.Fatalf("locks %+v, %v", locks, err)
	}
}

func TestACommitStoresEachRowOnceWithItsProvenance(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	rows := created("a", 450)
	imp := w.plan(t, s, rows...)
	result, err := s.Commit(t.Context(), order(imp))
	if err != nil {
		t.Fatal(err)
	}
	if result.Rows.Create != 450 || result.Partial() || result.Mode != intake.All || !result.At.Equal(at) {
		t.Errorf("result %+v", result)
	}
	w.wantOnce(t, imp, rows)
	p := w.stones(t)["a-0003"].Provenance
	want := records.Provenance{Import: imp.ID, File: "stones.csv", FileSHA256: imp.File.SHA256, Sheet: "Stones", Row: 4, At: at}
	if p != want {
		t.Errorf("provenance %+v, want %+v", p, want)
	}
}

func TestTheSameCommitAgainGivesTheEarlierResultAndWritesNothing(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	imp := w.plan(t, s, created("a", 5)...)
	first, err := s.Commit(t.Context(), order(imp))
	if err != nil {
		t.Fatal(err)
	}
	counting := faulty.New(w.table(), faulty.Plan{})
	again, err := w.service(t, counting).Commit(t.Context(), order(imp))
	if err != nil || *again != *first {
		t.Errorf("again: %+v, %v; first: %+v", again, err, first)
	}
	if counting.Writes() != 0 {
		t.Errorf("the second commit wrote %d times", counting.Writes())
	}
}

func TestAnUnknownImportIsImportUnknown(t *testing.T) {
	w := newWorld(stones())
	_, err := w.service(t, nil).Commit(t.Context(), Order{Import: "nothing", Plan: "x"})
	wantCode(t, err, "IMPORT_UNKNOWN")
}

func TestAnotherPlanThanTheImportsIsPlanStale(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	imp := w.plan(t, s, created("a", 1)...)
	_, err := s.Commit(t.Context(), Order{Import: imp.ID, Plan: "another"})
	wantCode(t, err, "PLAN_STALE")
}

func TestModeAllRefusesRowsThatFailAndModeValidLeavesThemOut(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	rows := created("a", 3)
	imp := w.plan(t, s, append(rows, PlanRow{Row: 9, Outcome: intake.Fail})...)
	_, err := s.Commit(t.Context(), order(imp))
	wantCode(t, err, "ROWS_REFUSED")
	if n := len(w.stones(t)); n != 0 {
		t.Errorf("%d rows were written by a refused commit", n)
	}
	result, err := s.Commit(t.Context(), Order{Import: imp.ID, Plan: imp.Plan, Mode: intake.Valid})
	if err != nil || !result.Partial() || result.Rows.Fail != 1 {
		t.Fatalf("result %+v, %v", result, err)
	}
	w.wantOnce(t, imp, rows)
}

func TestAPlanIsStaleWhen(t *testing.T) {
	base := created("a", 3)
	update := []PlanRow{{Row: 2, Outcome: intake.Update, Writes: []PlanWrite{
		{Op: intake.Update, Type: stoneType, ID: "a-0001", Base: 1, After: table.Attributes{"name": "new"}},
	}}}
	unchanged := []PlanRow{{Row: 2, Outcome: intake.Unchanged, Writes: []PlanWrite{
		{Op: intake.Unchanged, Type: stoneType, ID: "a-0001", Base: 1},
	}}, created("b", 1)[0]}
	claiming := created("c", 1)
	claiming[0].Writes[0].Claims = []PlanClaim{{Partition: "quota#x", ID: "slot-1", Holder: "c-0001"}}
	taking := created("d", 1)
	taking[0].Writes[0].Claims = []PlanClaim{{Partition: "quota#x", ID: "slot-1", Holder: "d-0001"}}
	for name, c := range map[string]struct{ before, plan, meanwhile []PlanRow }{
		"a row that it creates was created":           {nil, base, created("a", 1)},
		"a record that it changes was changed":        {base, update, update},
		"a record that it finds unchanged, changed":   {base, unchanged, update},
		"a place that it claims was given to another": {nil, claiming, taking},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(stones())
			s := w.service(t, nil)
			if c.before != nil {
				if _, err := s.Commit(t.Context(), order(w.plan(t, s, c.before...))); err != nil {
					t.Fatal(err)
				}
			}
			imp := w.plan(t, s, c.plan...)
			if _, err := s.Commit(t.Context(), order(w.plan(t, s, c.meanwhile...))); err != nil {
				t.Fatal(err)
			}
			before := w.stones(t)
			for range 2 { // once stale, a plan stays so
				_, err := s.Commit(t.Context(), order(imp))
				wantCode(t, err, "PLAN_STALE")
			}
			if after := w.stones(t); fmt.Sprint(after) != fmt.Sprint(before) {
				t.Errorf("a stale plan changed %v into %v", before, after)
			}
			if _, err := s.Commit(t.Context(), order(w.plan(t, s, created("z", 1)...))); err != nil {
				t.Errorf("the next import: %v", err)
			}
		})
	}
}

func TestAChangedPlanIsNotExecuted(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	imp := w.plan(t, s, created("a", 2)...)
	other := w.plan(t, s, created("b", 2)...)
	w.blobs.blobs[imp.PlanBlob()] = w.blobs.blobs[other.PlanBlob()]
	if _, err := s.Commit(t.Context(), order(imp)); !errors.Is(err, errPlan) {
		t.Errorf("got %v", err)
	}
	if n := len(w.stones(t)); n != 0 {
		t.Errorf("%d rows were written", n)
	}
	if _, err := s.Commit(t.Context(), order(other)); err != nil {
		t.Errorf("the lock was not let go: %v", err)
	}
}

func TestACommitGoesOnAfterASingleFailure(t *testing.T) {
	w := newWorld(stones())
	rows := created("a", 30)
	imp := w.plan(t, w.service(t, nil), rows...)
	probe := faulty.New(w.copied().table(), faulty.Plan{})
	if _, err := w.service(t, probe).Commit(t.Context(), order(imp)); err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= probe.Writes(); n++ {
		for _, effect := range []bool{false, true} {
			twin := w.copied()
			flaky := faulty.New(twin.table(), faulty.Plan{Fail: n, Effect: effect})
			if _, err := twin.service(t, flaky).Commit(t.Context(), order(imp)); err != nil {
				t.Fatalf("write %d (effect %t): %v", n, effect, err)
			}
			twin.wantOnce(t, imp, rows)
		}
	}
}

func TestAnotherImportMeanwhileIsRecordBusyAndFindsTheLockFreeAfterRecovery(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	rows := created("a", 20)
	imp, other := w.plan(t, s, rows...), w.plan(t, s, created("b", 1)...)
	dying := faulty.New(w.table(), faulty.Plan{Fail: 9, Halt: true})
	if _, err := w.service(t, dying).Commit(t.Context(), order(imp)); !errors.Is(err, table.ErrUnavailable) {
		t.Fatalf("got %v", err)
	}
	_, err := s.Commit(t.Context(), order(other))
	wantCode(t, err, "RECORD_BUSY")
	var p *problem.Problem
	if errors.As(err, &p); p.Params["import"].EN != imp.ID {
		t.Errorf("RECORD_BUSY names %q, want %s", p.Params["import"].EN, imp.ID)
	}
	finished, err := s.Recover(t.Context())
	if err != nil || len(finished) != 1 || finished[0].Import != imp.ID {
		t.Fatalf("recovered %+v, %v", finished, err)
	}
	w.wantOnce(t, imp, rows)
	if _, err := s.Commit(t.Context(), order(other)); err != nil {
		t.Error(err)
	}
}

func TestAServiceThatOwnsTheStoreFinishesWhatIsInItsWay(t *testing.T) {
	for name, fail := range map[string]int{"before the plan was confirmed": 2, "while writing": 9} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(stones())
			s := w.service(t, nil, func(c *Config) { c.Exclusive = true })
			imp, other := w.plan(t, s, created("a", 20)...), w.plan(t, s, created("b", 1)...)
			dying := faulty.New(w.table(), faulty.Plan{Fail: fail, Halt: true})
			if _, err := w.service(t, dying).Commit(t.Context(), order(imp)); !errors.Is(err, table.ErrUnavailable) {
				t.Fatalf("got %v", err)
			}
			if _, err := s.Commit(t.Context(), order(other)); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Commit(t.Context(), order(imp)); err != nil {
				t.Fatal(err)
			}
			if n := len(w.stones(t)); n != 21 {
				t.Errorf("%d stones, want 21", n)
			}
		})
	}
}

func TestTheSameCommitFromManySidesWritesEachRowOnce(t *testing.T) {
	w := newWorld(stones())
	rows := created("a", 300)
	imp := w.plan(t, w.service(t, nil), rows...)
	var group sync.WaitGroup
	results := make([]*intake.Result, 8)
	errs := make([]error, len(results))
	service := w.service(t, nil)
	for i := range results {
		if i%2 == 0 { // half of them as other processes
			service = w.service(t, nil, func(c *Config) { c.Batch, c.Tries = 7, 100 })
		}
		group.Add(1)
		go func(s *Service) {
			defer group.Done()
			results[i], errs[i] = s.Commit(t.Context(), order(imp))
		}(service)
	}
	group.Wait()
	for i := range results {
		if errs[i] != nil || *results[i] != *results[0] {
			t.Errorf("%d: %+v, %v", i, results[i], errs[i])
		}
	}
	w.wantOnce(t, imp, rows)
}

func TestACommitThatIsCancelledWhileConfirmingLetsGoOfTheLock(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil, func(c *Config) { c.Batch = 1 })
	rows := created("a", 10)
	imp := w.plan(t, s, rows...)
	ctx, cancel := context.WithCancel(t.Context())
	stopped := order(imp)
	stopped.Progress = func(stage Stage, _ int) {
		if stage == Confirming {
			cancel()
		}
	}
	if _, err := s.Commit(ctx, stopped); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if _, err := s.Commit(t.Context(), order(w.plan(t, s, created("b", 1)...))); err != nil {
		t.Fatalf("another import: %v", err)
	}
}

func TestAStragglerDoesNotUndoWhatCameAfterItsImport(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	imp := w.plan(t, s, created("a", 3)...)
	var late *intake.Import
	waiting := faulty.New(w.table(), faulty.Plan{Before: func(n int) {
		if n != 4 || late != nil { // in the middle of its writes, all else happens
			return
		}
		if _, err := s.Recover(t.Context()); err != nil {
			t.Error(err)
		}
		late = w.plan(t, s, PlanRow{Row: 2, Outcome: intake.Update, Writes: []PlanWrite{
			{Op: intake.Update, Type: stoneType, ID: "a-0003", Base: 1, After: table.Attributes{"name": "later"}},
		}})
		if _, err := s.Commit(t.Context(), order(late)); err != nil {
			t.Error(err)
		}
	}})
	result, err := w.service(t, waiting).Commit(t.Context(), order(imp))
	if err != nil || result.Import != imp.ID {
		t.Fatalf("%+v, %v", result, err)
	}
	if r := w.stones(t)["a-0003"]; r.Version != 2 || r.Body["name"] != "later" {
		t.Errorf("the straggler changed %+v", r)
	}
}
