package intake

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/problem"
)

// change is an edit of a cell; "-" takes it back.
func change(row, col int, value string) EditChange {
	return EditChange{Edit: Edit{Row: row, Col: col, Value: value}, Undo: value == "-"}
}

// rested is a store with an import that can be checked again.
func rested(t *testing.T) *Store {
	t.Helper()
	s := newStore(t)
	put(t, s, &Import{ID: "1", State: Checked, Plan: "p", CheckedAt: at})
	return s
}

// again asks for a further check with changes, and ends it.
func again(t *testing.T, s *Store, changes ...EditChange) (*Import, error) {
	t.Helper()
	imp, err := s.Again(t.Context(), "1", "", nil, changes)
	if err != nil {
		return nil, err
	}
	done := *imp
	done.State, done.CheckedAt = Checked, at
	put(t, s, &done)
	return imp, nil
}

func editsOf(t *testing.T, s *Store) []Edit {
	t.Helper()
	imp, err := s.Find(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	edits, err := s.Edits(t.Context(), imp)
	if err != nil || len(edits) != imp.Request.Edited {
		t.Fatalf("%d edits, the import says %d: %v", len(edits), imp.Request.Edited, err)
	}
	return edits
}

func TestEditsAreWhatTheChangesOfAllChecksLeave(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	s := rested(t)
	want := map[[2]int]string{}
	sums := map[string]string{}
	for range 60 {
		var changes []EditChange
		for range random.IntN(5) {
			value := []string{"-", "", "Brest", "a\nb", "é"}[random.IntN(5)]
			c := change(1+random.IntN(4), 1+random.IntN(3), value)
			changes = append(changes, c)
			if want[[2]int{c.Row, c.Col}] = value; c.Undo {
				delete(want, [2]int{c.Row, c.Col})
			}
		}
		imp, err := again(t, s, changes...)
		if err != nil {
			t.Fatal(err)
		}
		edits := editsOf(t, s)
		if !slices.IsSortedFunc(edits, byCell) || len(edits) != len(want) || len(edits) == 0 != (imp.Request.Edits == "") {
			t.Fatalf("%v, want %v", edits, want)
		}
		for _, e := range edits {
			if value, ok := want[[2]int{e.Row, e.Col}]; !ok || value != e.Value {
				t.Fatalf("%v, want %v", edits, want)
			}
		}
		said := fmt.Sprint(edits)
		if sum, seen := sums[said]; seen && sum != imp.Request.Edits {
			t.Errorf("%s has two hashes", said)
		}
		sums[said] = imp.Request.Edits
	}
	seen := map[string]bool{}
	for said, sum := range sums {
		if seen[sum] {
			t.Errorf("%s has the hash of others", said)
		}
		seen[sum] = true
	}
}

func TestEditsAreKeptAsTextsAre(t *testing.T) {
	s := rested(t)
	if _, err := again(t, s, change(2, 1, "  Bre\u200bst\u00a0 "), change(3, 1, "a\r\nb\xff")); err != nil {
		t.Fatal(err)
	}
	if got, want := editsOf(t, s), []Edit{{2, 1, "Brest"}, {3, 1, "a\nb\uFFFD"}}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", fmt.Sprint(got), fmt.Sprint(want))
	}
}

func TestEditsHaveBounds(t *testing.T) {
	full := make([]EditChange, MaxEdits)
	for i := range full {
		full[i] = change(2+i, 1, "x")
	}
	long := make([]EditChange, maxEditsSize/(3*MaxEdit)+1)
	for i := range long {
		long[i] = change(2+i, 1, strings.Repeat("字", MaxEdit))
	}
	for name, c := range map[string]struct {
		first, changes []EditChange
		code           problem.Code
	}{
		"as many as may be":        {full, []EditChange{change(2, 1, "y"), change(3, 1, "-"), change(1, 1, "z")}, ""},
		"one more":                 {full, []EditChange{change(1, 1, "y")}, "EDITS_TOO_MANY"},
		"more bytes":               {nil, long, "EDITS_TOO_MANY"},
		"the longest text":         {nil, []EditChange{change(2, 1, strings.Repeat("é", MaxEdit)+"  ")}, ""},
		"a longer text":            {nil, []EditChange{change(2, 1, strings.Repeat("e", MaxEdit+1))}, "TEXT_TOO_LONG"},
		"no row":                   {nil, []EditChange{change(0, 1, "x")}, "FIELD_INVALID"},
		"no column":                {nil, []EditChange{change(1, 0, "x")}, "FIELD_INVALID"},
		"a row that no sheet has":  {nil, []EditChange{change(1<<20+1, 1, "-")}, "FIELD_INVALID"},
		"a column that none has":   {nil, []EditChange{change(1, 1<<14+1, "x")}, "FIELD_INVALID"},
		"the last cell of a sheet": {nil, []EditChange{change(1<<20, 1<<14, "x")}, ""},
	} {
		s := rested(t)
		if _, err := again(t, s, c.first...); err != nil {
			t.Fatal(err)
		}
		before := editsOf(t, s)
		_, err := again(t, s, c.changes...)
		if c.code == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		wantCode(t, err, c.code)
		if !slices.Equal(editsOf(t, s), before) {
			t.Errorf("%s: the edits are others", name)
		}
	}
}

func TestACheckThatWasBegunIsKnownByItsAnswersAndEdits(t *testing.T) {
	s := rested(t)
	if _, err := again(t, s, change(2, 1, "a"), change(3, 1, "b")); err != nil {
		t.Fatal(err)
	}
	changes := []EditChange{change(2, 1, " c "), change(3, 1, "-")}
	imp, err := s.Again(t.Context(), "1", "", map[string]string{"q": "dmy", "r": ""}, changes)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		answers map[string]string
		changes []EditChange
		want    bool
	}{
		"the same":         {map[string]string{"q": "dmy", "r": ""}, changes, true},
		"nothing":          {nil, nil, true},
		"another answer":   {map[string]string{"q": "mdy"}, nil, false},
		"another edit":     {nil, []EditChange{change(2, 1, "d")}, false},
		"one edit more":    {nil, append(slices.Clone(changes), change(9, 1, "x")), false},
		"an edit it undid": {nil, []EditChange{change(3, 1, "b")}, false},
	} {
		if got, err := s.Begun(t.Context(), imp, c.answers, c.changes); err != nil || got != c.want {
			t.Errorf("%s: %t, %v", name, got, err)
		}
	}
}

func TestWhatCountsOrMayStillDoIsNotSweptAway(t *testing.T) {
	imp := &Import{ID: "1", Check: "c2", Attempt: 3, Request: Request{Edits: "abc", Edited: 1, EditedIn: 2}, Undo: Undo{Check: "u1"}}
	for name, want := range map[string]bool{
		EditsBlob("1", 2, "abc"):   true,
		EditsBlob("1", 3, "abc"):   false, // of the attempt at hand, which has others
		EditsBlob("1", 2, "def"):   false,
		EditsBlob("1", 4, "def"):   true, // of a check that is being asked for
		EditsBlob("2", 4, "def"):   false,
		PlanBlob("1", "c2"):        true,
		ReviewRowsBlob("1", "c2"):  true,
		ReviewBlob("1", "c1"):      false,
		ReportBlob("1", "u1"):      true,
		PlanBlob("1", "u2"):        false,
		PartBlob("1"):              false,
		"imports/1/edits/x":        false,
		"imports/1/edits/9x-abc.j": false,
	} {
		if got := imp.HasBlob(name); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
