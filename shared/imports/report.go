package imports

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// File is the sender's file.
type File struct {
	Name   string       `json:"name"`
	SHA256 string       `json:"sha256"` // 64 hexadecimal digits
	Format sheet.Format `json:"format"` // as told by its content
	Bytes  int64        `json:"bytes"`
}

// Report is what a check found. Of a file that was refused it holds the File and the refusal as its only problem.
type Report struct {
	Import    string // the import's identifier; empty when the file was refused
	File      File
	Kind      string
	Sheet     string
	HeaderRow int         // the sheet's own number
	Lang      locale.Lang // the language of the header
	Call      string      // the call and term that the rules were applied for
	Term      string
	Answers   sheet.Answers // with which the file was read: the sender's, and those remembered of earlier imports
	Rows      Counts
	// Problems stand in the order file, sheet, row, column, code.
	Problems []problem.Problem
	Plan     string // SHA-256 of the plan; empty when the file was refused
	Person   string // who had it checked

	// tabs is the workbook's order of sheets, in which problems are sorted.
	tabs []string
}

// describe takes in what was found before the rows are read.
func (r *Report) describe(found *finding, env *Env) {
	r.Kind, r.Sheet, r.HeaderRow = found.kind.Name(), found.located.Sheet, found.located.HeaderRow
	r.Lang, r.Call, r.Term = found.located.Lang, env.Call, env.Term
	for _, tab := range found.book.Sheets() {
		r.tabs = append(r.tabs, tab.Name)
	}
}

// Refused reports whether the file could not be checked at all.
func (r *Report) Refused() bool { return r.Plan == "" }

// Clean reports whether no problem is an error or an open question.
func (r *Report) Clean() bool { return !anyBlocks(r.Problems) }

// refuse makes r the report of a file that can't be checked.
func (r *Report) refuse(refusal *problem.Problem) {
	*r = Report{File: r.File, Problems: []problem.Problem{*refusal}, Person: r.Person}
}

// sort puts the problems into the order that the command promises.
func (r *Report) sort() {
	slices.SortStableFunc(r.Problems, func(a, b problem.Problem) int {
		return cmp.Or(
			cmp.Compare(r.tab(a.Sheet), r.tab(b.Sheet)),
			cmp.Compare(a.Row, b.Row),
			cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Code, b.Code),
		)
	})
}

// tab is where a sheet stands: the file itself first, then the tabs from left to right.
func (r *Report) tab(name string) int {
	if name == "" {
		return -1
	}
	if at := slices.Index(r.tabs, name); at >= 0 {
		return at
	}
	return len(r.tabs)
}
