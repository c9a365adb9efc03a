package imports

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
)

// picture is everything that is known of stones: bodies and where they came from, claims and their holders. Versions are left out, which
// only grow, and that an undo brought something back.
func picture(t testing.TB, store *records.Store) map[string]string {
	t.Helper()
	seen := map[string]string{}
	for _, partition := range []records.Ref{
		{Type: stoneType}, {Type: quarryType}, {Type: "claim", Partition: quota("North")}, {Type: "claim", Partition: quota("South")},
	} {
		err := store.Scan(t.Context(), partition.Type, partition.Partition, "", func(r records.Record) error {
			r.Provenance.Undo = ""
			seen[r.Ref.String()] = fmt.Sprintf("%v %+v", r.Body, r.Provenance)
			if partition.Type == "claim" {
				seen[r.Ref.String()] = fmt.Sprint(r.Body)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return seen
}

func wantPicture(t testing.TB, store *records.Store, want map[string]string) {
	t.Helper()
	if got := picture(t, store); !reflect.DeepEqual(got, want) {
		t.Fatalf("stored is\n%s\nwant\n%s", lines(got), lines(want))
	}
}

func lines(m map[string]string) string { return strings.ReplaceAll(fmt.Sprint(m), " stone", "\nstone") }

// stored imports a sheet and gives its import.
func stored(t testing.TB, s *Service, rows ...string) string {
	t.Helper()
	report := check(t, s, csv(rows...))
	commitAll(t, s, report)
	return report.Import
}

func undo(t testing.TB, s *Service, id string) *intake.UndoReport {
	t.Helper()
	report, err := s.Undo(t.Context(), UndoOrder{Import: id, Person: "anna"})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// keptRows lists the rows that an undo kept as CODE@row: by whom they were changed, or what rests on them.
func keptRows(r *intake.UndoReport) []string {
	all := []string{}
	for i := range r.Problems {
		p := &r.Problems[i]
		all = append(all, fmt.Sprintf("%s %s@%d: %s %s", p.Severity, p.Code, p.Row, p.Params["record"].EN, p.Params["by"].EN))
	}
	return all
}

func TestAnUndoneImportLeavesWhatIsStoredAsItWas(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	stored(t, s, "a1,Anna,3,North,", "a2,Ada,,,")
	before := picture(t, w.records())
	id := stored(t, s, "a1,Anne,4,North,", "a2,Ada,,South,", "a3,Abel,,North,", "a2,Ada,,South,")
	report := undo(t, s, id)
	wantPicture(t, w.records(), before)
	if report.Rows != (intake.UndoCounts{Stored: 3, Reverted: 3}) || len(report.Problems) != 0 || !report.Undone() || report.Person != "anna" {
		t.Errorf("report %+v", report)
	}
	if imp := find(t, s, id); imp.State != intake.Undone || imp.Undo.Rows != report.Rows {
		t.Errorf("import %+v", imp)
	}
}

func TestImportsUndoneInReverseOrderLeaveNothing(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	var ids []string
	var pictures []map[string]string
	for i := range 4 {
		pictures = append(pictures, picture(t, w.records()))
		ids = append(ids, stored(t, s, fmt.Sprintf("a1,Anna,%d,North,", i), fmt.Sprintf("b%d,Ben,,,", i)))
	}
	for i := 3; i >= 0; i-- {
		if report := undo(t, s, ids[i]); report.Rows.Kept != 0 {
			t.Errorf("%d: %v", i, keptRows(report))
		}
		wantPicture(t, w.records(), pictures[i])
	}
}

// The file counts as not imported, what comes of it is stored under versions that were never there before, and can be undone again.
func TestTheFileOfAnUndoneImportIsImportedAnew(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	rows := []string{"a1,Anna,3,North,", "a2,Ada,,,"}
	first := stored(t, s, rows...)
	after := picture(t, w.records())
	undo(t, s, first)
	wantPicture(t, w.records(), map[string]string{})
	report := check(t, s, csv(rows...))
	if report.Rows.Create != 2 || len(report.Problems) != 0 {
		t.Errorf("%+v with %v", report.Rows, codes(report))
	}
	commitAll(t, s, report)
	for id, record := range w.stones(t) {
		if record.Version != 3 {
			t.Errorf("%s has version %d", id, record.Version)
		}
	}
	if len(picture(t, w.records())) != len(after) {
		t.Errorf("%v", picture(t, w.records()))
	}
	undo(t, s, report.Import)
	wantPicture(t, w.records(), map[string]string{})
}

func TestAPlanMadeBeforeAnUndoIsStaleAfterIt(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	id := stored(t, s, "a1,Anna,3,,")
	planned := check(t, s, csv("a1,Anne,3,,"))
	undo(t, s, id)
	stored(t, s, "a1,Anna,3,,") // the same version again would fit the plan
	_, err := s.Commit(t.Context(), Order{Import: planned.Import, Plan: planned.Plan})
	wantCode(t, err, "PLAN_STALE")
}

func TestARowThatWasChangedSinceIsKeptAndSaysByWhom(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	stored(t, s, "a2,Ada,,,")
	id := stored(t, s, "a1,Anna,3,North,", "a2,Ida,,,", "a3,Abel,,,", "a4,Adam,,,")
	later := stored(t, s, "a1,Anne,4,North,")
	page := records.Put{
		Record: records.Record{Ref: records.Ref{Type: stoneType, ID: "a3"}, Body: table.Attributes{"name": "Abe"},
			Provenance: records.Provenance{Person: "ben", Request: "r1"}}, Base: 1,
	}
	writes, err := page.Writes("")
	if err == nil {
		err = w.table().Transact(t.Context(), append(writes, records.Guard(stoneType)...))
	}
	if err != nil {
		t.Fatal(err)
	}
	report := undo(t, s, id)
	wantList(t, "kept", keptRows(report),
		"warning UNDO_KEPT_EDITED@2: Anna import "+later+" (stones.csv)", "warning UNDO_KEPT_EDITED@4: Abel request r1 (ben)")
	if report.Rows != (intake.UndoCounts{Stored: 4, Reverted: 2, Kept: 2}) {
		t.Errorf("%+v", report.Rows)
	}
	stones := w.stones(t)
	if stones["a1"].Body["name"] != "Anne" || stones["a2"].Body["name"] != "Ada" || stones["a3"].Body["name"] != "Abe" || len(stones) != 3 {
		t.Errorf("stored %+v", stones)
	}
	if holders, _ := records.Holders(t.Context(), w.records(), quota("North")); len(holders) != 1 {
		t.Errorf("the place of a kept row is given back: %v", holders)
	}
	if quarries := picture(t, w.records())["quarry/North"]; quarries == "" {
		t.Error("a kept row was undone in part")
	}
}

// What a kept row of the sheet shares with an earlier one stays too.
func TestARowThatWroteARecordForAKeptOneIsKept(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	id := stored(t, s, "a1,Anna,3,North,", "a2,Ada,,North,")
	stored(t, s, "a2,Ida,,North,")
	report, err := s.Undo(t.Context(), UndoOrder{Import: id, Mode: intake.Valid})
	if err != nil {
		t.Fatal(err)
	}
	if kept := keptRows(report); len(kept) != 2 || !strings.Contains(kept[0], "UNDO_KEPT_NEEDED@2: Anna row 3") {
		t.Errorf("%v", kept)
	}
}

func TestAnUndoGivesBackTheClaimsThatTheImportTookAndNoOthers(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	stored(t, s, "a1,Anna,3,North,", "a2,Ada,,,")
	id := stored(t, s, "a1,Anne,3,North,", "a2,Ada,,North,") // one keeps its place, one takes the last
	wantCode(t, importErr(t, s, "a3,Abel,,North,"), "ROWS_REFUSED")
	undo(t, s, id)
	holders, err := records.Holders(t.Context(), w.records(), quota("North"))
	if err != nil || len(holders) != 1 || holders[0].Holder != "a1" {
		t.Fatalf("%v, %v", holders, err)
	}
	stored(t, s, "a3,Abel,,North,")
}

func importErr(t testing.TB, s *Service, rows ...string) error {
	t.Helper()
	_, _, err := s.Import(t.Context(), csv(rows...), Options{Kind: stoneKind}, intake.All, "")
	return err
}

// lasting is stones whose quarries are needed by the stones of other imports.
func lasting() Kind {
	kind := stones().(definedKind[stone])
	kind.definition.Dependents = Dependents{
		Types: []string{stoneType},
		Load: func(ctx context.Context, env *Env) (func(records.Ref) []Dependent, error) {
			by := map[string][]Dependent{}
			err := env.Records.Scan(ctx, stoneType, "", "", func(r records.Record) error {
				quarry, _ := r.Body["quarry"].(string)
				by[quarry] = append(by[quarry], Dependent{Ref: r.Ref, Name: locale.Same("stone " + r.Ref.ID)})
				return nil
			})
			return func(ref records.Ref) []Dependent {
				if ref.Type != quarryType {
					return nil
				}
				return by[ref.ID]
			}, err
		},
	}
	return kind
}

func TestARowOnWhichOthersRestIsNotTakenFromUnderThem(t *testing.T) {
	w := newWorld(lasting())
	s := w.service(t, nil)
	id := stored(t, s, "a1,Anna,3,North,", "a2,Ada,,,")
	later := stored(t, s, "a3,Abel,,North,")
	before := picture(t, w.records())

	report, err := s.Undo(t.Context(), UndoOrder{Import: id})
	wantCode(t, err, "UNDO_REFUSED")
	wantList(t, "needed", keptRows(report), "error UNDO_KEPT_NEEDED@2: Anna stone a3")
	wantPicture(t, w.records(), before)
	if imp := find(t, s, id); report.Undone() || imp.State != intake.Committed {
		t.Errorf("%+v", imp)
	}
	refused := find(t, s, id)
	for name := range w.blobs.blobs {
		if strings.Contains(name, id+"/") && strings.Count(name, "/") > 2 && name != intake.ReportBlob(id, refused.Undo.Check) {
			t.Errorf("%s is left", name)
		}
	}
	if kept, err := s.intake.UndoReportOf(t.Context(), refused); err != nil || !reflect.DeepEqual(kept, report) {
		t.Errorf("kept is %+v, %v, want %+v", kept, err, report)
	}
	if p := refused.UndoProblem(); p == nil || p.Code != "UNDO_REFUSED" || p.Params["count"].EN != "1" {
		t.Errorf("refused for %v", p)
	}
	twin := w.copied()
	report, err = twin.service(t, nil).Undo(t.Context(), UndoOrder{Import: id, Mode: intake.Valid})
	if err != nil {
		t.Fatal(err)
	}
	wantList(t, "kept", keptRows(report), "warning UNDO_KEPT_NEEDED@2: Anna stone a3")
	if len(twin.stones(t)) != 2 {
		t.Errorf("%v", twin.stones(t))
	}

	undo(t, s, later)
	if report := undo(t, s, id); report.Rows.Kept != 0 {
		t.Errorf("%v", keptRows(report))
	}
	wantPicture(t, w.records(), map[string]string{})
}

func TestWhatMayRestOnAnImportIsLockedWhileItIsUndone(t *testing.T) {
	w := newWorld(lasting())
	s := w.service(t, nil)
	id := stored(t, s, "a1,Anna,3,North,")
	imp := w.plan(t, s, created("b", 5)...)
	h := &hurried{hurry: at1(1), batch: 1}
	var unfinished *Unfinished
	if _, err := w.service(t, nil, h.config).Commit(t.Context(), order(imp)); !errors.As(err, &unfinished) {
		t.Fatal(err)
	}
	_, err := s.Undo(t.Context(), UndoOrder{Import: id})
	wantCode(t, err, "RECORD_BUSY")
	if find(t, s, id).State != intake.Committed {
		t.Error("it is being undone all the same")
	}
}

func TestOnlyWhatIsStoredCanBeUndone(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	_, err := s.Undo(t.Context(), UndoOrder{Import: "nothing"})
	wantCode(t, err, "IMPORT_UNKNOWN")
	checked := check(t, s, csv("a1,Anna,3,,"))
	_, err = s.Undo(t.Context(), UndoOrder{Import: checked.Import})
	wantCode(t, err, "UNDO_NOTHING_STORED")
	imp := w.plan(t, s, created("b", 3)...)
	h := &hurried{hurry: at1(1), batch: 1}
	var unfinished *Unfinished
	if _, err := w.service(t, nil, h.config).Commit(t.Context(), order(imp)); !errors.As(err, &unfinished) {
		t.Fatal(err)
	}
	_, err = s.Undo(t.Context(), UndoOrder{Import: imp.ID})
	wantCode(t, err, "RECORD_BUSY")
}

func TestAnUndoneImportIsNeitherCommittedNorCheckedAgain(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	report := check(t, s, csv("a1,Anna,3,,"))
	commitAll(t, s, report)
	undo(t, s, report.Import)
	_, err := s.Commit(t.Context(), Order{Import: report.Import, Plan: report.Plan}) // a message that is delivered again
	wantCode(t, err, "IMPORT_UNDONE")
	_, err = s.Recheck(t.Context(), report.Import, nil)
	wantCode(t, err, "IMPORT_UNDONE")
	if len(w.stones(t)) != 0 {
		t.Error("it is stored again")
	}
}

func TestTheSameUndoAgainGivesTheEarlierReportAndWritesNothing(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	id := stored(t, s, "a1,Anna,3,North,", "a2,Ada,,,")
	stored(t, s, "a2,Ida,,,")
	first := undo(t, s, id)
	counting := faulty.New(w.table(), faulty.Plan{})
	again, err := w.service(t, counting).Undo(t.Context(), UndoOrder{Import: id, Person: "ben"})
	if err != nil || !reflect.DeepEqual(again, first) || counting.Writes() != 0 {
		t.Errorf("again, with %d writes: %+v, %v; first: %+v", counting.Writes(), again, err, first)
	}
}

// The message of the check comes once more when all is over, or while an undo is being weighed: it tidies up, and leaves the undo's own alone.
func TestACheckThatComesLateLeavesWhatAnUndoKeeps(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	imp := ask(t, s, csvText("a1,Anna,3,,"))
	report, err := s.CheckIncoming(t.Context(), imp.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Commit(t.Context(), Order{Import: imp.ID, Plan: report.Plan}); err != nil {
		t.Fatal(err)
	}
	late := 0
	under := w.service(t, nil, func(c *Config) {
		c.Blobs = &blobsThat{w.blobs, func(name string) {
			if strings.HasSuffix(name, "/report.jsonl") { // the undo's plan is kept
				late++
				if _, err := s.CheckIncoming(t.Context(), imp.ID); err != nil {
					t.Error(err)
				}
			}
		}}
	})
	want := undo(t, under, imp.ID)
	if _, err := s.CheckIncoming(t.Context(), imp.ID); err != nil || late != 1 {
		t.Fatal(err, late)
	}
	if got := undo(t, s, imp.ID); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, was %+v", got, want)
	}
	undone := find(t, s, imp.ID).Undo.Check
	wantBlobs(t, s, intake.PlanBlob(imp.ID, undone), 1)
	wantBlobs(t, s, intake.ReportBlob(imp.ID, undone), 1)
}

// A process ends while it weighs an undo, another one does it: nothing is left of the first.
func TestAnUndoThatEndedBeforeItCountedLeavesNothing(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	id := stored(t, s, "a1,Anna,3,,")
	dying := w.service(t, faulty.New(w.table(), faulty.Plan{Fail: 2, Halt: true})) // the step behind the plan and the report
	if _, err := dying.Undo(t.Context(), UndoOrder{Import: id, Person: "anna"}); err == nil {
		t.Fatal("it did not die")
	}
	const ofCheck, ofUndo = 2, 2
	wantBlobs(t, s, intake.CheckBlobs(id), ofCheck+ofUndo)
	undo(t, s, id)
	wantBlobs(t, s, intake.CheckBlobs(id), ofCheck+ofUndo)
}

func TestOfTwoUndosAtOnceOneIsDoneAndTheOtherToldToWait(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	id := stored(t, s, "a1,Anna,3,,")
	told := 0
	order := UndoOrder{Import: id}
	order.Progress = func(Stage, int) {
		told++
		_, err := s.Undo(t.Context(), UndoOrder{Import: id})
		wantCode(t, err, "RECORD_BUSY")
	}
	if _, err := s.Undo(t.Context(), order); err != nil || told == 0 {
		t.Fatalf("told %d times: %v", told, err)
	}
}

// A process that was stopped within a commit, which another finished and somebody undid, brings no row back when it goes on.
func TestAStragglersCommitDoesNotBringBackWhatWasUndone(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	imp := w.plan(t, s, created("a", 6)...)
	stopped := false
	straggler := w.service(t, nil, func(c *Config) {
		c.Batch = 2
		c.Hurry = func(context.Context) bool {
			now := find(t, s, imp.ID)
			if stopped || !now.Confirmed {
				return false
			}
			stopped = true
			if _, err := s.Commit(t.Context(), order(imp)); err != nil {
				t.Error(err)
			}
			undo(t, s, imp.ID)
			return false
		}
	})
	_, err := straggler.Commit(t.Context(), order(imp))
	wantCode(t, err, "IMPORT_UNDONE")
	if !stopped || len(w.stones(t)) != 0 {
		t.Errorf("%d stones are stored", len(w.stones(t)))
	}
}

// undoable is a world with an import that created, changed and claimed, of which one row was changed since; and how many rows it has.
func undoable(t testing.TB) (w *world, id string) {
	t.Helper()
	w = newWorld(stones())
	s := w.service(t, nil)
	stored(t, s, "a1,Anna,3,North,", "a2,Ada,,,", "a3,Abel,,,")
	var rows []string
	for n := range 30 {
		rows = append(rows, fmt.Sprintf("b%02d,Ben,%d,,", n, n))
	}
	id = stored(t, s, append(rows, "a1,Anne,3,North,", "a2,Ida,,,", "a3,Abel,,South,", "c1,Carl,,North,")...)
	stored(t, s, "b07,Benno,,,")
	return w, id
}

// An undo is stopped at every one of its writes, before or after it takes effect, or only loses its answer. Recovered, or run again, it
// ends as an undisturbed one does.
func TestAnUndoStoppedAtAnyWriteEndsTheSame(t *testing.T) {
	w, id := undoable(t)
	undisturbed := w.copied()
	want := undo(t, undisturbed.service(t, nil), id)
	after := picture(t, undisturbed.records())
	probe := faulty.New(w.copied().table(), faulty.Plan{})
	undo(t, w.service(t, probe), id)
	if probe.Writes() < 30 {
		t.Fatalf("an undo takes %d writes", probe.Writes())
	}
	for n := 1; n <= probe.Writes(); n++ {
		for _, plan := range []faulty.Plan{{Fail: n, Halt: true}, {Fail: n, Effect: true, Halt: true}, {Fail: n, Effect: true}, {Fail: n}} {
			twin := w.copied()
			_, err := twin.service(t, faulty.New(twin.table(), plan)).Undo(t.Context(), UndoOrder{Import: id, Person: "anna"})
			if plan.Halt != (err != nil) {
				t.Fatalf("%+v: %v", plan, err)
			}
			s := twin.service(t, nil)
			if n%2 == 0 {
				if _, err := s.Recover(t.Context()); err != nil {
					t.Fatalf("%+v: recover: %v", plan, err)
				}
			}
			if got := undo(t, s, id); !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v: %+v, want %+v", plan, got, want)
			}
			wantPicture(t, twin.records(), after)
			wantFree(t, twin.records())
		}
	}
}

// wantFree fails the test when a lock is left.
func wantFree(t testing.TB, store *records.Store) {
	t.Helper()
	locks, err := store.Locks(t.Context(), []string{stoneType, quarryType})
	if err != nil || len(holdersOf(locks)) > 0 {
		t.Fatalf("locks %+v, %v", locks, err)
	}
}

func TestAnUndoThatWasInterruptedIsToldByRecover(t *testing.T) {
	w, id := undoable(t)
	dying := faulty.New(w.table(), faulty.Plan{Fail: 10, Halt: true})
	if _, err := w.service(t, dying).Undo(t.Context(), UndoOrder{Import: id}); !errors.Is(err, table.ErrUnavailable) {
		t.Fatal(err)
	}
	err := w.records().Snapshot(t.Context(), []string{stoneType}, func(records.Reader) error { return nil })
	var held *records.BusyError
	if !errors.As(err, &held) || held.Import != id {
		t.Errorf("a reader of the whole picture sees half an undo: %v", err)
	}
	results, err := w.service(t, nil).Recover(t.Context())
	if err != nil || len(results) != 1 || results[0].Import != id || !results[0].Undone {
		t.Errorf("%+v, %v", results, err)
	}
}

// Processes that undo one import at once, dying and stopping at random, end as an undisturbed undo does, each seed in its own way.
func TestManyUndosAtOnceInPiecesEndTheSame(t *testing.T) {
	w, id := undoable(t)
	undisturbed := w.copied()
	undo(t, undisturbed.service(t, nil), id)
	after := picture(t, undisturbed.records())
	for seed := range uint64(20) {
		twin := w.fresh()
		done := make(chan error, 3)
		for worker := range uint64(3) {
			go func() {
				seeded := rand.New(rand.NewPCG(seed, worker))
				for range 300 {
					plan := faulty.Plan{Fail: 1 + seeded.IntN(50), Effect: seeded.IntN(2) == 0, Halt: seeded.IntN(2) == 0}
					s := twin.service(t, faulty.New(twin.table(), plan), func(c *Config) {
						c.Batch, c.Keep = 1+seeded.IntN(5), 1+seeded.IntN(9)
						c.Hurry = func(context.Context) bool { return seeded.IntN(6) == 0 }
					})
					_, err := s.Undo(t.Context(), UndoOrder{Import: id, Person: "anna"})
					var unfinished *Unfinished
					switch {
					case err == nil:
						done <- nil
						return
					case errors.As(err, &unfinished), errors.Is(err, table.ErrUnavailable), codeOf(err) == "RECORD_BUSY":
					default:
						done <- err
						return
					}
				}
				done <- errors.New("it never ends")
			}()
		}
		for range 3 {
			if err := <-done; err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
		wantPicture(t, twin.records(), after)
		wantFree(t, twin.records())
	}
}

func TestWhatAnUndoSaysOfKeptRowsIsSaidInThreeLanguages(t *testing.T) {
	by := editor(records.Record{Provenance: records.Provenance{Import: "i", File: "f.csv"}})
	p := problem.New("UNDO_KEPT_EDITED").With("record", "Brest").WithText("by", by)
	for lang, want := range map[locale.Lang]string{
		locale.EN: "import i (f.csv)", locale.FR: "l'import i (f.csv)", locale.ES: "la importación i (f.csv)",
	} {
		if message := p.Message(lang); !strings.Contains(message, want) || !strings.Contains(message, "Brest") {
			t.Errorf("%s", message)
		}
	}
}

// What was stored before an import, with it, after its undoing and after it was imported anew can still be read as of each moment.
func TestThePastShowsAnImportUntilItWasUndone(t *testing.T) {
	w := newWorld(stones())
	day := 0
	acting := func() *Service { // each on a day of its own
		day++
		return w.service(t, nil, func(c *Config) { c.Clock = identity.Fixed(at.AddDate(0, 0, day)) })
	}
	names := func(day int) (seen []string) {
		past := w.records().AsOf(at.AddDate(0, 0, day).Add(time.Hour))
		err := past.Snapshot(t.Context(), []string{stoneType}, func(from records.Reader) error {
			seen = nil
			return from.Scan(t.Context(), stoneType, "", "", func(r records.Record) error {
				seen = append(seen, r.Body["name"].(string))
				return nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		return seen
	}
	first := stored(t, acting(), "a1,Anna,3,,")
	second := stored(t, acting(), "a1,Anne,3,,", "a2,Ada,,,")
	undo(t, acting(), second)
	undo(t, acting(), first)
	stored(t, acting(), "a1,Anouk,3,,", "a2,Ada,,,")
	for i, want := range []string{"[]", "[Anna]", "[Anne Ada]", "[Anna]", "[]", "[Anouk Ada]"} {
		if got := fmt.Sprint(names(i)); got != want {
			t.Errorf("day %d: %s, want %s", i, got, want)
		}
	}
	earlier, err := records.EarlierOf(t.Context(), w.records(), records.Ref{Type: stoneType, ID: "a1"})
	if err != nil || len(earlier) != 3 || earlier[2].Removed == nil || earlier[2].Removed.Undo != first || earlier[2].Removed.Person != "anna" {
		t.Errorf("%+v, %v", earlier, err)
	}
}
