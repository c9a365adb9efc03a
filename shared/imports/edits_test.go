package imports

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
)

// edit is an edit of a cell.
func edit(row, col int, value string) intake.EditChange {
	return intake.EditChange{Edit: intake.Edit{Row: row, Col: col, Value: value}}
}

// unedit takes the edit of a cell back.
func unedit(row, col int) intake.EditChange {
	return intake.EditChange{Edit: intake.Edit{Row: row, Col: col}, Undo: true}
}

// recheck has an import checked again with changes of its edits.
func recheck(t testing.TB, s *Service, id string, changes ...intake.EditChange) *intake.Report {
	t.Helper()
	if _, err := s.intake.Again(t.Context(), id, "", nil, changes); err != nil {
		t.Fatal(err)
	}
	report, err := s.CheckIncoming(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// firstCheck asks for an import of stones and has it checked.
func firstCheck(t testing.TB, s *Service, rows ...string) *intake.Report {
	t.Helper()
	report, err := s.CheckIncoming(t.Context(), ask(t, s, csvText(rows...)).ID)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestAnEditIsCheckedAndStoredInPlaceOfWhatWasSent(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	report := firstCheck(t, s, "a1,,3,,", "b2,Bert,5,,")
	wantList(t, "as sent", outcomes(t, s, report), "2:fail", "3:create")
	again := recheck(t, s, report.Import, edit(2, 2, "  Anna "), edit(3, 3, "7"))
	wantList(t, "as edited", outcomes(t, s, again), "2:create", "3:create")
	wantList(t, "problems", codes(again), "info CELL_EDITED@B2", "info CELL_EDITED@C3")
	if again.Problems[1].Value != "7" || again.Problems[1].Params["before"].EN != "5" || again.Problems[1].Params["after"].FR != "7" {
		t.Errorf("%+v", again.Problems[1])
	}
	if _, err := s.Commit(t.Context(), Order{Import: report.Import, Plan: report.Plan}); !isProblem(err, "PLAN_STALE") {
		t.Errorf("the plan of what was sent: %v", err)
	}
	if _, err := s.Commit(t.Context(), Order{Import: report.Import, Plan: again.Plan}); err != nil {
		t.Fatal(err)
	}
	stored := w.stones(t)
	if stored["a1"].Body["name"] != "Anna" || stored["b2"].Body["weight"] != int64(7) {
		t.Errorf("%+v", stored)
	}
	if from := stored["b2"].Provenance; from.Import != report.Import || from.Row != 3 || from.FileSHA256 != report.File.SHA256 {
		t.Errorf("%+v", from)
	}
}

func isProblem(err error, code problem.Code) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Code == code
}

func TestAPlanDependsOnTheEditsAndOnNothingElseOfThem(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	sent := firstCheck(t, s, "a1,Anna,3,,", "b2,Bert,5,,")
	id := sent.Import
	edited := recheck(t, s, id, edit(2, 2, "Otto"))
	if edited.Plan == sent.Plan {
		t.Error("an edit leaves the plan's hash as it was")
	}
	if other := recheck(t, s, id, edit(2, 2, "Ottilie")); other.Plan == edited.Plan {
		t.Error("another edit of the same cell gives the same plan")
	}
	if same := recheck(t, s, id, edit(2, 2, "Otto")); same.Plan != edited.Plan {
		t.Error("the same edits give another plan")
	}
	if kept := recheck(t, s, id, edit(3, 3, "6"), edit(3, 3, "8"), unedit(3, 3)); kept.Plan != edited.Plan {
		t.Error("an edit that is taken back at once leaves traces")
	}
	if back := recheck(t, s, id, unedit(2, 2), unedit(7, 7)); back.Plan != sent.Plan || len(back.Problems) != len(sent.Problems) {
		t.Errorf("undone edits: %+v", back.Problems)
	}
	if imp := find(t, s, id); imp.Request.Edits != "" || imp.Request.Edited != 0 {
		t.Errorf("%+v", imp.Request)
	}
	wantBlobs(t, s, "imports/"+id+"/edits/", 0)
}

func TestEditsThatNoCellTakesAreSaidAndChangeNothing(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	sent := firstCheck(t, s, "a1,Anna,3,,", "b2,Bert,5,,")
	again := recheck(t, s, sent.Import, edit(1, 1, "Title"), edit(2, 40, "x"), edit(9, 1, "c3"), edit(3, 2, "Bert"))
	wantList(t, "problems", codes(again), "warning EDIT_MISPLACED@A1", "warning EDIT_MISPLACED@AN2", "warning EDIT_MISPLACED@A9")
	wantList(t, "rows", outcomes(t, s, again), outcomes(t, s, sent)...)
}

func TestOnlyTheEditsThatCountAreKept(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	id := firstCheck(t, s, "a1,Anna,3,,").Import
	for i := range 3 {
		recheck(t, s, id, edit(2, 2, fmt.Sprint("Anna ", i)))
		wantBlobs(t, s, "imports/"+id+"/edits/", 1)
	}
	recheck(t, s, id) // without further edits
	wantBlobs(t, s, "imports/"+id+"/edits/", 1)
	// A delivery that comes late sweeps while somebody asks for the next check, whose edits are kept before its record says so.
	imp := find(t, s, id)
	next := intake.EditsBlob(id, imp.Attempt+1, "abc")
	keepBlob(t, s, next)
	if _, err := s.CheckIncoming(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	wantBlobs(t, s, next, 1)
}

func keepBlob(t *testing.T, s *Service, name string) {
	t.Helper()
	w, err := s.blobs.Create(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(); err != nil {
		t.Fatal(err)
	}
}

func TestACheckOfEditsStoppedAtAnyWriteIsDoneByTheNextDelivery(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	sent := firstCheck(t, s, "a1,,3,,", "b2,Bert,5,,")
	want := recheck(t, w.fresh().service(t, nil), sent.Import, edit(2, 2, "Anna"))
	if _, err := s.intake.Again(t.Context(), sent.Import, "", nil, []intake.EditChange{edit(2, 2, "Anna")}); err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 3; n++ {
		for _, effect := range []bool{false, true} {
			twin := w.fresh()
			dying := faulty.New(twin.table(), faulty.Plan{Fail: n, Effect: effect, Halt: true})
			if _, err := twin.service(t, dying).CheckIncoming(t.Context(), sent.Import); err != nil && !errors.Is(err, table.ErrUnavailable) {
				t.Fatal(err)
			}
			over := twin.service(t, nil)
			report, err := over.CheckIncoming(t.Context(), sent.Import)
			if err != nil || report.Plan != want.Plan {
				t.Fatalf("write %d: %+v, %v", n, report, err)
			}
			wantBlobs(t, over, "imports/"+sent.Import+"/edits/", 1)
		}
	}
}

func TestAnUnfinishedCheckGoesOnWithItsEdits(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	imp := ask(t, s, mixedStones(t, w))
	if _, err := s.CheckIncoming(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	changes := []intake.EditChange{edit(6, 3, "6"), edit(9, 2, "even"), edit(10, 2, "soon"), edit(17, 2, "")}
	if _, err := s.intake.Again(t.Context(), imp.ID, "", nil, changes); err != nil {
		t.Fatal(err)
	}
	want, err := w.fresh().service(t, nil).CheckIncoming(t.Context(), imp.ID)
	if err != nil {
		t.Fatal(err)
	}
	twin := w.fresh()
	h := &hurried{hurry: always, batch: 2}
	got, calls := checkInPieces(t, imp.ID, func() *Service { return twin.service(t, nil, h.config) })
	if calls < 4 || got.Plan != want.Plan {
		t.Errorf("%d calls: %+v, want %+v", calls, got.Rows, want.Rows)
	}
	wantList(t, "problems", codes(got), codes(want)...)
	rows := reviewRows(t, twin.service(t, nil), reviewOf(t, twin.service(t, nil), imp.ID), intake.ReviewFilter{}, 50)
	wantList(t, "review", marksOfRows(rows), wantedMarks(want, needsAttention)...)
}

func TestAnEditIsWhatARuleOnTheWholeSheetSays(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	id := firstCheck(t, s, "a1,Anna,3,,", "b2,Bert,5,,").Import
	again := recheck(t, s, id, edit(3, 2, "late"))
	at := slices.IndexFunc(again.Problems, func(p problem.Problem) bool { return p.Row == 3 && p.Code != "CELL_EDITED" })
	if at < 0 || again.Problems[at].Col != 2 || again.Problems[at].Value != "late" {
		t.Errorf("%+v", again.Problems)
	}
	wantList(t, "rows", outcomes(t, s, again), "2:create", "3:fail")
}

func TestEditsOfAWorkbookAreMarkedInItsCopy(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	up := mergedStones(t, 0)
	content, err := io.ReadAll(io.NewSectionReader(up.Source, 0, up.Size))
	if err != nil {
		t.Fatal(err)
	}
	imp := ask(t, s, string(content), func(r *intake.Request) { r.Name = up.Name })
	if _, err := s.CheckIncoming(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	report := recheck(t, s, imp.ID, edit(5, 2, "Bert"))
	wantList(t, "problems", codes(report), "info CELL_EDITED@B5")
	var copied bytes.Buffer
	if _, err := s.Annotated(t.Context(), report, &copied, locale.FR); err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Open(t.Context(), bytes.NewReader(copied.Bytes()), int64(copied.Len()), up.Name)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var texts []string
	for _, tab := range book.Sheets() {
		rows, err := book.Rows(t.Context(), tab.Name)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			for _, cell := range rows.Row().Cells {
				texts = append(texts, cell.Text)
			}
		}
	}
	if all := strings.Join(texts, "\n"); !strings.Contains(all, "CELL_EDITED") || !strings.Contains(all, "« Bert » est lu") {
		t.Errorf("the copy says %s", all)
	}
}
