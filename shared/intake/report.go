package intake

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Report is what a check found. Of a file that was refused it holds the File and the refusal as its only problem.
type Report struct {
	Import    string // the import's identifier; empty when a file at hand was refused
	Check     string // which of its checks this is (see PlanBlob)
	File      File
	Kind      string
	Sheet     string
	HeaderRow int         // the sheet's own number
	Lang      locale.Lang // the language of the header
	Call      string      // the call and term that the rules were applied for
	Term      string
	Answers   map[string]string // with which the file was read: the sender's, and those remembered of earlier imports
	Rows      Counts
	// Problems stand in the order file, sheet, row, column, code.
	Problems []problem.Problem
	Plan     string // SHA-256 of the plan; empty when the file was refused
	Person   string // who had it checked
}

// Refused reports whether the file could not be checked at all.
func (r *Report) Refused() bool { return r.Plan == "" }

// Clean reports whether no problem is an error or an open question.
func (r *Report) Clean() bool {
	return !slices.ContainsFunc(r.Problems, func(p problem.Problem) bool { return p.Severity.Blocks() })
}

// Refuse makes r the report of a file that can't be checked.
func (r *Report) Refuse(refusal *problem.Problem) {
	*r = Report{Import: r.Import, Check: r.Check, File: r.File, Problems: []problem.Problem{*refusal}, Person: r.Person}
}

// Sort puts the problems into the order that the command promises: tabs are the workbook's sheets from left to right.
func (r *Report) Sort(tabs []string) {
	slices.SortStableFunc(r.Problems, func(a, b problem.Problem) int {
		return cmp.Or(
			cmp.Compare(placeOf(tabs, a.Sheet), placeOf(tabs, b.Sheet)),
			cmp.Compare(a.Row, b.Row),
			cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Code, b.Code),
		)
	})
}

// placeOf is where a sheet stands: the file itself first, then the tabs from left to right.
func placeOf(tabs []string, name string) int {
	if name == "" {
		return -1
	}
	if at := slices.Index(tabs, name); at >= 0 {
		return at
	}
	return len(tabs)
}

// PlanBlob names the blob of the plan that the report is of.
func (r *Report) PlanBlob() string { return PlanBlob(r.Import, r.Check) }
