package registry_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/trust"
)

// hanging is a table that hangs before one of the steps that it is asked for, reads and writes, until something else was done.
type hanging struct {
	table.Table
	at, steps int
	meanwhile func()
}

func (h *hanging) step() table.Table {
	if h.steps++; h.steps == h.at {
		h.meanwhile()
	}
	return h.Table
}

func (h *hanging) Get(ctx context.Context, key table.Key) (table.Item, error) {
	return h.step().Get(ctx, key)
}

func (h *hanging) GetEach(ctx context.Context, keys []table.Key) ([]table.Item, error) {
	return h.step().GetEach(ctx, keys)
}

func (h *hanging) Query(ctx context.Context, q table.Query) (table.Page, error) {
	return h.step().Query(ctx, q)
}

func (h *hanging) Write(ctx context.Context, w table.Write) error { return h.step().Write(ctx, w) }

func (h *hanging) WriteEach(ctx context.Context, ws []table.Write) []error {
	errs := make([]error, len(ws))
	for i := range ws {
		errs[i] = h.Write(ctx, ws[i])
	}
	return errs
}

func (h *hanging) Transact(ctx context.Context, ws []table.Write) error {
	return h.step().Transact(ctx, ws)
}

// A process that hangs before any of its writes, of a commit or an undo, while another finishes its import and the books go on, changes
// nothing any more when it wakes up.
func TestAStragglerChangesNothingInBooksThatWentOn(t *testing.T) {
	// One runs a commit or an undo that hangs before its nth write; meanwhile another process finishes it, and then the books go on.
	one := func(n int, undo bool, since func(w *world, service *imports.Service, id string)) (w *world, steps int) {
		w = worldOver(t, memory.New(table.Config{}))
		folder := t.TempDir()
		sound := w.importsOver(w.table, folder)
		w.imported(sound, given("Atlas", "200", "2025-05-02", "A-1"), given("Cora", "80", "2025-05-02", "A-9"))
		sheet := contributionsHeader + given("Atlas", "900", "2025-05-02", "A-1") + given("Atlas", "300", "2025-05-03", "A-2") +
			strings.Replace(given("Cora", "80", "2025-05-02", "A-9"), ";\n", ";by mail\n", 1)
		up := imports.Upload{Name: "c.csv", Source: strings.NewReader(sheet), Size: int64(len(sheet))}
		report, err := sound.Check(t.Context(), up, imports.Options{Kind: "contributions", Person: "clara"})
		if err != nil {
			t.Fatal(err)
		}
		commit := func(s *imports.Service) error {
			_, err := s.Commit(t.Context(), imports.Order{Import: report.Import, Plan: report.Plan})
			return err
		}
		act := commit
		if undo {
			if err := commit(sound); err != nil {
				t.Fatal(err)
			}
			act = func(s *imports.Service) error {
				_, err := s.Undo(t.Context(), imports.UndoOrder{Import: report.Import, Person: "dora"})
				return err
			}
		}
		over := &hanging{Table: w.table, at: n, meanwhile: func() {
			if err := act(sound); err != nil {
				t.Fatalf("undo %v, step %d: the other process: %v", undo, n, err)
			}
			since(w, sound, report.Import)
		}}
		if err := act(w.importsOver(over, folder)); err != nil {
			t.Errorf("undo %v, step %d: the straggler is told %v", undo, n, err)
		}
		return w, over.steps
	}
	for name, since := range map[string]func(w *world, service *imports.Service, id string){
		"acts by hand": func(w *world, _ *imports.Service, _ string) {
			w.post(deposit("d1", 10, may(2)))
			for _, e := range w.entries() {
				_, err := w.registry.Reverse(t.Context(), officer, e.ID, may(9), "typo")
				if p := problemOf(err); err != nil && (p == nil || p.Code != "ENTRY_REVERSED") {
					t.Fatal(err)
				}
			}
		},
		"another sheet, undone": func(w *world, service *imports.Service, _ string) {
			id := w.imported(service, given("Atlas", "700", "2025-05-02", "A-1"), given("Atlas", "310", "2025-05-04", "A-2"),
				given("Cora", "85", "2025-05-02", "A-9"))
			if _, err := service.Undo(t.Context(), imports.UndoOrder{Import: id, Person: "dora"}); err != nil {
				t.Fatal(err)
			}
		},
	} {
		for _, undo := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, undo %v", name, undo), func(t *testing.T) {
				undisturbed, _ := one(1, undo, since)
				want, balances := told(undisturbed.entries()), undisturbed.verified().Balances
				n := 1
				for ; ; n++ {
					w, steps := one(n, undo, since)
					if steps < n || t.Failed() {
						break
					}
					if got := told(w.entries()); got != want {
						t.Errorf("step %d: %s\nwant %s", n, got, want)
					}
					if _, err := w.registry.VerifyFund(t.Context()); err != nil {
						t.Errorf("step %d: %v", n, err)
					} else if got := w.verified().Balances; !maps.Equal(got, balances) {
						t.Errorf("step %d: %v, want %v", n, got, balances)
					}
				}
				if n < 30 {
					t.Errorf("%d steps", n)
				}
			})
		}
	}
}

// A sheet that is checked while another one is entered, in part or whole, is stored as it was checked, or its plan is stale once.
func TestASheetThatIsCheckedWhileAnotherIsEnteredIsStoredOnce(t *testing.T) {
	for halted := range 2 {
		for n := 1; ; n++ {
			w := worldOver(t, memory.New(table.Config{}))
			folder := t.TempDir()
			sound := w.importsOver(w.table, folder)
			w.imported(sound, given("Atlas", "200", "2025-05-02", "A-1"), given("Cora", "80", "2025-05-02", "A-9"))
			sheet := contributionsHeader + given("Atlas", "900", "2025-05-02", "A-1") + given("Atlas", "300", "2025-05-03", "A-2")
			upload := func() imports.Upload {
				return imports.Upload{Name: "c.csv", Source: strings.NewReader(sheet), Size: int64(len(sheet))}
			}
			plan := faulty.Plan{}
			if halted == 1 {
				plan = faulty.Plan{Fail: 11 + n%8, Halt: true}
			}
			other := w.importsOver(faulty.New(w.table, plan), folder)
			over := &hanging{Table: w.table, at: n, meanwhile: func() {
				_, err := w.importing(other, given("Atlas", "700", "2025-05-02", "A-1"), given("Borea", "5", "2025-05-04", "B-1"),
					given("Cora", "81", "2025-05-02", "A-9"))
				if plan.Halt != (err != nil) {
					t.Fatalf("step %d: %v", n, err)
				}
			}}
			options := imports.Options{Kind: "contributions", Person: "clara"}
			report, err := w.importsOver(over, folder).Check(t.Context(), upload(), options)
			if err != nil {
				t.Fatalf("step %d: %v", n, err)
			}
			if over.steps < n {
				if n < 10 {
					t.Errorf("%d steps", n)
				}
				break
			}
			if _, err := sound.Recover(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, err = sound.Commit(t.Context(), imports.Order{Import: report.Import, Plan: report.Plan})
			if err != nil {
				wantCode(t, err, "PLAN_STALE")
				_, _, err = sound.Import(t.Context(), upload(), options, "", "")
			}
			if err != nil {
				t.Fatalf("step %d: %v", n, err)
			}
			if got := w.fund(trust.Contributions); got != 90_000+30_000+500+8_100 {
				t.Errorf("step %d: %d: %s", n, got, told(w.entries()))
			}
			w.verified()
		}
	}
}

// Processes that do one import, or undo it, at the same time enter its batch once.
func TestProcessesThatDoOneImportTogetherEnterItsBatchOnce(t *testing.T) {
	for range 5 {
		w := worldOver(t, memory.New(table.Config{}))
		folder := t.TempDir()
		sound := w.importsOver(w.table, folder)
		others := []*imports.Service{w.importsOver(w.table, folder), w.importsOver(w.table, folder), w.importsOver(w.table, folder)}
		w.imported(sound, given("Atlas", "200", "2025-05-02", "A-1"))
		sheet := contributionsHeader + given("Atlas", "900", "2025-05-02", "A-1") + given("Borea", "300", "2025-05-03", "B-1") +
			given("Borea", "400", "2025-05-02", "B-2")
		up := imports.Upload{Name: "c.csv", Source: strings.NewReader(sheet), Size: int64(len(sheet))}
		report, err := sound.Check(t.Context(), up, imports.Options{Kind: "contributions", Person: "clara"})
		if err != nil {
			t.Fatal(err)
		}
		together := func(act func(*imports.Service) error) {
			t.Helper()
			var group sync.WaitGroup
			errs := make([]error, len(others))
			for i, service := range others {
				group.Go(func() { errs[i] = act(service) })
			}
			group.Wait()
			for _, err := range errs {
				if p := problemOf(err); err != nil && (p == nil || p.Code != "RECORD_BUSY") {
					t.Error(err)
				}
			}
			if err := act(sound); err != nil {
				t.Error(err)
			}
		}
		together(func(s *imports.Service) error {
			_, err := s.Commit(t.Context(), imports.Order{Import: report.Import, Plan: report.Plan})
			return err
		})
		w.wantEntries("deposit 2.5 20000, deposit 2.5 90000, R deposit 2.5 20000, deposit 2.5 40000, deposit 3.5 30000")
		together(func(s *imports.Service) error {
			_, err := s.Undo(t.Context(), imports.UndoOrder{Import: report.Import, Person: "dora"})
			return err
		})
		w.wantEntries("deposit 2.5 20000, deposit 2.5 90000, R deposit 2.5 20000, deposit 2.5 40000, " +
			"deposit 2.5 20000, R deposit 2.5 90000, R deposit 2.5 40000, deposit 3.5 30000, R deposit 3.5 30000")
	}
}
