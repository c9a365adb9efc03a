package imports

import (
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
)

// states are what an import came to, each with who asked for it.
func states(imp *intake.Import) []string {
	var list []string
	for _, step := range imp.History {
		one := string(step.State)
		for _, more := range []string{step.Person, string(step.Mode), string(step.Problem)} {
			if more != "" {
				one += " " + more
			}
		}
		list = append(list, one)
	}
	return list
}

func TestWhatIsCommittedIsStoredInTheNameOfWhoHadItCommitted(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	report := mustCheck(t, s, csv("a1,Anna,3,North,"), Options{Kind: stoneKind, Person: "anna"})
	order := Order{Import: report.Import, Plan: report.Plan, Person: "bruno"}
	for range 2 {
		if _, err := s.Commit(t.Context(), order); err != nil {
			t.Fatal(err)
		}
		order.Person = "claire" // asks for what is done already
	}
	if stone := w.stones(t)["a1"]; stone.Provenance.Person != "bruno" {
		t.Errorf("stored by %+v", stone.Provenance)
	}
	if _, err := s.Undo(t.Context(), UndoOrder{Import: report.Import, Person: "diego"}); err != nil {
		t.Fatal(err)
	}
	want := []string{"checked anna", "committing bruno all", "committed", "undoing diego all", "undone"}
	if got := states(find(t, s, report.Import)); !slices.Equal(got, want) {
		t.Errorf("its history is %q", got)
	}
}

func TestWhereNobodyIsNamedTheSenderHasItCommitted(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	commitAll(t, s, mustCheck(t, s, csv("a1,Anna,3,North,"), Options{Kind: stoneKind, Person: "anna"}))
	stone := w.stones(t)["a1"]
	if stone.Provenance.Person != "anna" {
		t.Errorf("stored by %+v", stone.Provenance)
	}
	want := []string{"checked anna", "committing anna valid", "committed"}
	if got := states(find(t, s, stone.Provenance.Import)); !slices.Equal(got, want) {
		t.Errorf("its history is %q", got)
	}
}

func TestARefusedUndoIsPartOfTheHistory(t *testing.T) {
	w := newWorld(lasting())
	s := w.service(t, nil)
	id := stored(t, s, "a1,Anna,3,North,")
	stored(t, s, "a3,Abel,,North,")
	_, err := s.Undo(t.Context(), UndoOrder{Import: id, Person: "diego"})
	wantCode(t, err, "UNDO_REFUSED")
	got := states(find(t, s, id))
	if want := []string{"undoing diego all", "committed all UNDO_REFUSED"}; !slices.Equal(got[len(got)-2:], want) {
		t.Errorf("its history is %q", got)
	}
}
