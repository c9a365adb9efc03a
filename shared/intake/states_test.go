package intake

import (
	"errors"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/problem"
)

// The life of an import, state by step: the state that it comes to, "-" where the step changes nothing, or the code of the refusal. A
// failed import stands four times, by what failed. The steps: its file has come (Begin), it is to be checked again (Again), its check
// or the commit of its plan is given up (Fail), the commit is ordered again (TakeUp), and its plan, in which a row fails, is committed in
// either mode, which package imports does when Committable has nothing against it.
const life = `
                  begin     again               fail-check  fail-commit  take-up  commit-all          commit-valid
awaiting          checking  IMPORT_NOT_CHECKED  failed      -            -        IMPORT_NOT_CHECKED  IMPORT_NOT_CHECKED
checking          -         IMPORT_NOT_CHECKED  failed      -            -        IMPORT_NOT_CHECKED  IMPORT_NOT_CHECKED
checked           -         checking            -           failed       -        ROWS_REFUSED        committing
refused           -         checking            -           -            -        PLAN_STALE          PLAN_STALE
refused:size      -         FILE_SIZE_DIFFERS   -           -            -        PLAN_STALE          PLAN_STALE
committing        -         RECORD_BUSY         -           -            -        ROWS_REFUSED        committing
committed         -         IMPORT_DONE         -           -            -        PLAN_STALE          PLAN_STALE
failed:check      checking  checking            -           -            -        PLAN_STALE          PLAN_STALE
failed:stale      -         checking            -           -            -        PLAN_STALE          PLAN_STALE
failed:rows       -         checking            -           -            checked  ROWS_REFUSED        committing
failed:elsewhere  -         checking            -           -            checked  ROWS_REFUSED        committing
undoing           -         RECORD_BUSY         -           -            -        RECORD_BUSY         RECORD_BUSY
undone            -         IMPORT_UNDONE       -           -            -        IMPORT_UNDONE       IMPORT_UNDONE
`

// inState is an import as it stands in a state of the table.
func inState(name string) *Import {
	state, why, _ := strings.Cut(name, ":")
	imp := &Import{ID: "1", State: State(state), Attempt: 1}
	if state != "awaiting" && state != "checking" && state != "refused" && why != "check" {
		imp.Plan, imp.CheckedAt, imp.Rows = "plan", at, Counts{Read: 2, Create: 1, Fail: 1}
	}
	if state == "refused" {
		imp.CheckedAt = at
	}
	imp.Problem = map[string]problem.Code{"size": "FILE_SIZE_DIFFERS", "check": "UNAVAILABLE", "stale": "PLAN_STALE", "rows": "ROWS_REFUSED",
		"elsewhere": "UNAVAILABLE"}[why]
	return imp
}

func TestEveryStepInEveryStateOfAnImportHasItsOutcome(t *testing.T) {
	steps := map[string]func(s *Store) (*Import, error){
		"begin":       func(s *Store) (*Import, error) { return s.Begin(t.Context(), "1") },
		"again":       func(s *Store) (*Import, error) { return s.Again(t.Context(), "1", "", nil, nil) },
		"fail-check":  func(s *Store) (*Import, error) { return s.Fail(t.Context(), "1", "", problem.New("UNAVAILABLE")) },
		"fail-commit": func(s *Store) (*Import, error) { return s.Fail(t.Context(), "1", "plan", problem.New("UNAVAILABLE")) },
		"take-up":     func(s *Store) (*Import, error) { return s.TakeUp(t.Context(), "1", "plan") },
	}
	for mode, name := range map[Mode]string{All: "commit-all", Valid: "commit-valid"} {
		steps[name] = func(s *Store) (*Import, error) {
			imp, err := s.Find(t.Context(), "1")
			if err == nil {
				err = imp.Committable("plan", mode)
			}
			if err == nil {
				imp.State = Committing
			}
			return imp, err
		}
	}
	lines := strings.Split(strings.TrimSpace(life), "\n")
	names := strings.Fields(lines[0])
	if len(names) != len(steps) {
		t.Fatalf("the table has %d steps, of %d", len(names), len(steps))
	}
	seen := map[State]bool{}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		for i, name := range names {
			s := newStore(t)
			before := inState(cells[0])
			put(t, s, before)
			seen[before.State] = true
			after, err := steps[name](s)
			got := "-"
			var refusal *problem.Problem
			switch {
			case errors.As(err, &refusal):
				got = string(refusal.Code)
			case err != nil:
				t.Fatal(err)
			case after.State != before.State || strings.HasPrefix(name, "commit-"):
				got = string(after.State)
			}
			if got != cells[i+1] {
				t.Errorf("%s of one that is %s: %s, want %s", name, cells[0], got, cells[i+1])
			}
			if stored, err := s.Find(t.Context(), "1"); err != nil || (got == "-" || refusal != nil) &&
				(stored.State != before.State || stored.Problem != before.Problem || stored.Attempt != before.Attempt) {
				t.Errorf("%s of one that is %s left %+v, %v", name, cells[0], stored, err)
			}
		}
	}
	for _, state := range States {
		if !seen[state] {
			t.Errorf("the table has no %s", state)
		}
	}
}
