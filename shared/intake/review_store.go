package intake

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// reviewFormat is the number of the layout of stored reviews.
const reviewFormat = 1

// storedReview is a Review as it is kept.
type storedReview struct {
	Format    int               `json:"review"`
	File      File              `json:"file"`
	Kind      string            `json:"kind"`
	Sheet     string            `json:"sheet"`
	HeaderRow int               `json:"headerRow"`
	Lang      locale.Lang       `json:"lang"`
	Call      string            `json:"call"`
	Term      string            `json:"term"`
	Answers   map[string]string `json:"answers,omitempty"`
	Counts    Counts            `json:"counts"`
	Plan      string            `json:"plan"`
	Columns   []ReviewColumn    `json:"columns"`
	Problems  []storedProblem   `json:"problems"`
	Causes    []storedCause     `json:"causes"`
	Edited    int               `json:"edited"`
	Edits     []Edited          `json:"edits"`
	Listed    int               `json:"listed"`
	Changed   int               `json:"changed"`
	Rows      []reviewChunk     `json:"rows"`
	Changes   []reviewChunk     `json:"changes"`
}

// storedCause is a Cause as it is kept.
type storedCause struct {
	Key       string        `json:"key"`
	Problems  int           `json:"problems"`
	Rows      int           `json:"rows"`
	First     storedProblem `json:"first"`
	Questions []Asked       `json:"questions,omitempty"`
}

// storedRow is a ReviewRow as it is kept.
type storedRow struct {
	Row      int             `json:"row"`
	Outcome  Outcome         `json:"outcome"`
	Label    string          `json:"label"`
	Cells    []ReviewCell    `json:"cells,omitempty"`
	Problems []storedProblem `json:"problems"`
}

func storedReviewOf(r *Review) storedReview {
	s := storedReview{
		Format: reviewFormat, File: r.File, Kind: r.Kind, Sheet: r.Sheet, HeaderRow: r.HeaderRow, Lang: r.Lang, Call: r.Call, Term: r.Term,
		Answers: r.Answers, Counts: r.Rows, Plan: r.Plan, Columns: r.Columns, Edited: r.Edited, Edits: r.Edits, Listed: r.Listed,
		Changed: r.Changed, Rows: r.rows, Changes: r.changes,
	}
	for i := range r.Problems {
		s.Problems = append(s.Problems, storedProblem(r.Problems[i]))
	}
	for _, c := range r.Causes {
		s.Causes = append(s.Causes, storedCause{Key: c.Key, Problems: c.Problems, Rows: c.Rows, First: storedProblem(c.First), Questions: c.Questions})
	}
	return s
}

func (s *storedReview) review() *Review {
	r := &Review{
		File: s.File, Kind: s.Kind, Sheet: s.Sheet, HeaderRow: s.HeaderRow, Lang: s.Lang, Call: s.Call, Term: s.Term, Answers: s.Answers,
		Rows: s.Counts, Plan: s.Plan, Columns: s.Columns, Problems: problemsOf(s.Problems), Edited: s.Edited, Edits: s.Edits,
		Listed: s.Listed, Changed: s.Changed, rows: s.Rows, changes: s.Changes,
	}
	for _, c := range s.Causes {
		r.Causes = append(r.Causes, Cause{Key: c.Key, Problems: c.Problems, Rows: c.Rows, First: problem.Problem(c.First), Questions: c.Questions})
	}
	return r
}

func (s *storedRow) row() ReviewRow {
	return ReviewRow{Row: s.Row, Outcome: s.Outcome, Label: s.Label, Cells: s.Cells, Problems: problemsOf(s.Problems)}
}

func problemsOf(stored []storedProblem) []problem.Problem {
	problems := make([]problem.Problem, len(stored))
	for i := range stored {
		problems[i] = problem.Problem(stored[i])
	}
	return problems
}
