package intake

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

func TestAnImportRemembersWhatBecameOfItAndThroughWhom(t *testing.T) {
	s := newStore(t)
	if _, err := s.CreateAs(t.Context(), "i", Request{Name: "a.csv", Bytes: 1, Person: "anna"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Begin(t.Context(), "i"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Fail(t.Context(), "i", "", problem.New("UNAVAILABLE")); err != nil {
		t.Fatal(err)
	}
	imp, err := s.Again(t.Context(), "i", "bruno", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []Step{
		{State: Awaiting, At: imp.AskedAt, Person: "anna"}, {State: Checking, At: imp.AskedAt},
		{State: Failed, At: imp.AskedAt, Problem: "UNAVAILABLE"}, {State: Checking, At: imp.AskedAt, Person: "bruno"},
	}
	if found, err := s.Find(t.Context(), "i"); err != nil || !reflect.DeepEqual(found.History, want) {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestOfALongHistoryTheBeginningAndTheEndAreKept(t *testing.T) {
	imp := &Import{}
	imp.Become(Step{State: Awaiting})
	for i := range 3 * mostSteps {
		before := *imp
		remembered := fmt.Sprint(before.History)
		imp.Become(Step{State: Checking, At: at.Add(time.Duration(i) * time.Hour)})
		if fmt.Sprint(before.History) != remembered {
			t.Fatal("the import as it was has another history now")
		}
	}
	last := imp.History[len(imp.History)-1]
	if len(imp.History) != mostSteps || imp.History[0].State != Awaiting || !last.At.Equal(at.Add((3*mostSteps-1)*time.Hour)) {
		t.Errorf("%d steps, from %+v to %+v", len(imp.History), imp.History[0], last)
	}
}

func TestImportsAreListedFromTheLatestOnPageByPage(t *testing.T) {
	s := newStore(t)
	for _, id := range []string{"a", "c", "e", "b", "d"} {
		if _, err := s.CreateAs(t.Context(), id, Request{Name: id}); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	var after table.Cursor
	for pages := 0; pages < 9; pages++ {
		page, next, err := s.List(t.Context(), after, 2)
		if err != nil || len(page) > 2 {
			t.Fatalf("%d imports, %v", len(page), err)
		}
		for _, imp := range page {
			got = append(got, imp.File.Name)
		}
		if after = next; next == "" {
			break
		}
	}
	if strings.Join(got, "") != "edcba" {
		t.Errorf("listed %v", got)
	}
	if _, _, err := s.List(t.Context(), "nonsense", 2); !errors.Is(err, table.ErrCursor) {
		t.Errorf("a cursor that was never given: %v", err)
	}
}

// What becomes of a wish for an undo, state by step: "noted", "-" where nothing changes, or the code of the refusal. Committed ones stand
// three times: as they are, with a wish that waits, and after one that was refused.
const undoWishes = `
                   ask                  ask-otherwise        fail
awaiting           UNDO_NOTHING_STORED  UNDO_NOTHING_STORED  -
checking           UNDO_NOTHING_STORED  UNDO_NOTHING_STORED  -
checked            UNDO_NOTHING_STORED  UNDO_NOTHING_STORED  -
refused            UNDO_NOTHING_STORED  UNDO_NOTHING_STORED  -
committing         RECORD_BUSY          RECORD_BUSY          -
committed          noted                noted                -
committed:waiting  -                    noted                noted
committed:refused  noted                noted                -
failed             UNDO_NOTHING_STORED  UNDO_NOTHING_STORED  -
undoing            -                    -                    -
undone             -                    -                    -
`

func TestAWishForAnUndoHasItsOutcomeInEveryState(t *testing.T) {
	steps := map[string]func(s *Store) (*Import, error){
		"ask":           func(s *Store) (*Import, error) { return s.AskUndo(t.Context(), "1", "anna", All) },
		"ask-otherwise": func(s *Store) (*Import, error) { return s.AskUndo(t.Context(), "1", "anna", Valid) },
		"fail":          func(s *Store) (*Import, error) { return s.FailUndo(t.Context(), "1", problem.New("UNAVAILABLE")) },
	}
	lines := strings.Split(strings.TrimSpace(undoWishes), "\n")
	names := strings.Fields(lines[0])
	seen := map[State]bool{}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		state, how, _ := strings.Cut(cells[0], ":")
		seen[State(state)] = true
		for i, name := range names {
			s := newStore(t)
			before := &Import{ID: "1", State: State(state), Attempt: 1}
			switch how {
			case "waiting":
				before.Undo = Undo{Mode: All, AskedAt: at}
			case "refused":
				before.Undo = Undo{Mode: All, AskedAt: at, EndedAt: at, Problem: "UNDO_REFUSED"}
			}
			put(t, s, before)
			after, err := steps[name](s)
			got := "-"
			var refusal *problem.Problem
			switch {
			case errors.As(err, &refusal):
				got = string(refusal.Code)
			case err != nil:
				t.Fatal(err)
			case !reflect.DeepEqual(after.Undo, before.Undo):
				got = "noted"
			}
			if got != cells[i+1] {
				t.Errorf("%s of one that is %s: %s, want %s", name, cells[0], got, cells[i+1])
			}
			if err == nil && after.State != before.State {
				t.Errorf("%s of one that is %s makes it %s", name, cells[0], after.State)
			}
		}
	}
	for _, state := range States {
		if !seen[state] {
			t.Errorf("the table has no %s", state)
		}
	}
}

func TestTheReportOfAnUndoIsThereWhenItHasEnded(t *testing.T) {
	s := newStore(t)
	reportOf := func(state State, u Undo) (*UndoReport, problem.Code) {
		report, err := s.UndoReportOf(t.Context(), &Import{ID: "1", State: state, Undo: u})
		var refusal *problem.Problem
		if err != nil && !errors.As(err, &refusal) {
			t.Fatal(err)
		}
		if refusal != nil {
			return nil, refusal.Code
		}
		return report, ""
	}
	for code, one := range map[problem.Code]Import{
		"UNDO_UNASKED": {State: Committed}, "UNDO_NOT_DONE": {State: Undoing, Undo: Undo{Mode: All, Check: "c"}},
	} {
		if _, got := reportOf(one.State, one.Undo); got != code {
			t.Errorf("%+v: %q", one, got)
		}
	}
	if _, got := reportOf(Committed, Undo{Mode: All, AskedAt: at}); got != "UNDO_NOT_DONE" {
		t.Errorf("of one that waits: %q", got)
	}
	report, got := reportOf(Committed, Undo{Mode: All, AskedAt: at, EndedAt: at, Problem: "RECORD_BUSY", Blocker: "other"})
	if got != "" || report.Undone() || len(report.Problems) != 1 || report.Problems[0].Code != "RECORD_BUSY" ||
		!strings.Contains(report.Problems[0].Message("en"), "other") {
		t.Errorf("of one that was given up: %+v, %q", report, got)
	}
}
