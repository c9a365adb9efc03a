package intake

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// kept keeps the review of a report whose rows from 2 on each have one of these problems, and a text of that many bytes.
func kept(t *testing.T, s *Store, bytes int, problems ...problem.Problem) *Review {
	t.Helper()
	report := &Report{Import: "1", Check: "c", Sheet: "Gifts", HeaderRow: 1, Plan: "p", Problems: problems}
	w := s.NewReview(t.Context(), report, []ReviewColumn{{Col: 1, Letter: "A", Field: "city"}}, len(problems))
	for i := range problems {
		if !report.OfRow(&problems[i]) {
			continue
		}
		sent := "sent"
		row := ReviewRow{Row: problems[i].Row, Cells: []ReviewCell{{Text: strings.Repeat("x", bytes), Before: &sent}}, Problems: problems[i : i+1]}
		if err := errors.Join(w.Row(&row), w.Change(&ReviewChange{Row: row.Row})); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	review, err := s.ReviewOf(t.Context(), &Import{ID: "1", Check: "c", CheckedAt: at})
	if err != nil {
		t.Fatal(err)
	}
	return review
}

func rowsWith(n int, code problem.Code) []problem.Problem {
	problems := make([]problem.Problem, n)
	for i := range problems {
		problems[i] = *problem.New(code).At("Gifts", i+2, 1)
	}
	return problems
}

func TestACallReadsABoundedPartOfAReview(t *testing.T) {
	s := newStore(t)
	for name, c := range map[string]struct {
		bytes, limit int
		pages        string
	}{
		"short rows, long pages": {10, 900, "[400 400 200]"},
		"short pages":            {10, 300, "[300 300 300 100]"},
		"a chunk a page":         {10, 100, "[100 100 100 100 100 100 100 100 100 100]"},
		"long rows":              {200_000, 900, "[8 8 8 8 8]"},
	} {
		n := 1000
		if c.bytes > 1000 {
			n = 40
		}
		review := kept(t, s, c.bytes, rowsWith(n, "CELL_REQUIRED")...)
		var pages, changes []int
		for after := table.Cursor(""); ; {
			rows, next, err := s.ReviewRows(t.Context(), review, ReviewFilter{}, after, c.limit)
			if err != nil {
				t.Fatal(err)
			}
			pages = append(pages, len(rows))
			if after = next; next == "" {
				break
			}
		}
		for after := table.Cursor(""); ; {
			rows, next, err := s.ReviewChanges(t.Context(), review, after, 900)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				changes = append(changes, row.Row)
			}
			if after = next; next == "" {
				break
			}
		}
		if got := fmt.Sprint(pages); got != c.pages {
			t.Errorf("%s: pages of %s, want %s", name, got, c.pages)
		}
		if len(changes) != n || !slices.IsSorted(changes) {
			t.Errorf("%s: changes of rows %v", name, changes)
		}
	}
}

func TestARareCauseIsFoundWithoutReadingTheOthers(t *testing.T) {
	s := newStore(t)
	problems := rowsWith(2000, "CELL_REQUIRED")
	problems[1990] = *problem.New("DATE_INVALID").At("Gifts", 1992, 1).In("on")
	review := kept(t, s, 10, problems...)
	rows, next, err := s.ReviewRows(t.Context(), review, ReviewFilter{Cause: "DATE_INVALID:on:error"}, "", 50)
	if err != nil || len(rows) != 1 || rows[0].Row != 1992 || next != "" {
		t.Errorf("%+v, %q, %v", rows, next, err)
	}
	if rows, next, err := s.ReviewRows(t.Context(), review, ReviewFilter{Severity: problem.Warning}, "", 50); len(rows) != 0 || next != "" || err != nil {
		t.Errorf("%d warnings, %q, %v", len(rows), next, err)
	}
}

func TestACursorOfNoReviewIsRefused(t *testing.T) {
	s := newStore(t)
	review := kept(t, s, 10, rowsWith(3, "CELL_REQUIRED")...)
	for _, cursor := range []table.Cursor{"x", "0", "-4", "4.5"} {
		if _, _, err := s.ReviewRows(t.Context(), review, ReviewFilter{}, cursor, 1); !errors.Is(err, table.ErrCursor) {
			t.Errorf("%s: %v", cursor, err)
		}
	}
	if rows, next, err := s.ReviewRows(t.Context(), review, ReviewFilter{}, "99", 1); err != nil || len(rows) != 0 || next != "" {
		t.Errorf("behind the end: %v, %q, %v", rows, next, err)
	}
}

func TestAReviewItselfStaysSmall(t *testing.T) {
	s := newStore(t)
	problems := rowsWith(1500, "CELL_EDITED")
	for range 500 {
		problems = append(problems, *problem.New("FILE_EXTERNAL_LINKS"))
	}
	for i := range 200 {
		problems = append(problems, *problem.New("REF_AMBIGUOUS").At("Gifts", 2000+i, 1).In("city").Asking(fmt.Sprint("City ", i)))
	}
	review := kept(t, s, 10, problems...)
	if len(review.Edits) != shownEdits || len(review.Problems) != shownProblems || review.Listed != 1700 || review.Edited != len(problems) {
		t.Errorf("%d edits, %d problems, %d rows", len(review.Edits), len(review.Problems), review.Listed)
	}
	at := slices.IndexFunc(review.Causes, func(c Cause) bool { return c.First.Code == "REF_AMBIGUOUS" })
	if cause := review.Causes[at]; at != 0 || cause.Rows != 200 || len(cause.Questions) != shownQuestions || cause.Questions[7].Question != "city:City 7" {
		t.Errorf("%d: %+v", at, cause)
	}
}

func TestALongTextIsCutBetweenCharacters(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "Brest": 5, strings.Repeat("e", MaxEdit): MaxEdit, strings.Repeat("é", MaxEdit): MaxEdit,
		strings.Repeat("字", MaxEdit) + "x": MaxEdit, strings.Repeat("e", MaxEdit+1): MaxEdit,
	} {
		got, cut := CutText(text)
		if len([]rune(got)) != want || cut != (got != text) || !strings.HasPrefix(text, got) || strings.ContainsRune(got, '\uFFFD') {
			t.Errorf("%d characters become %d (%t)", len([]rune(text)), len([]rune(got)), cut)
		}
	}
}
