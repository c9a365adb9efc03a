package imports

import (
	"errors"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// gridRows is how many rows a part of the grid has.
const gridRows = 50

// reviewed is what a check has found, in words of the reader.
type reviewed struct {
	Answers   bool // who reads may answer and edit
	Notes     []note
	Questions []page.Input
	Asks      []string // the names of the questions, in the order of Questions
	Given     []given
	Causes    []cause
	Chosen    string // the cause or severity that the grid is narrowed to; "" for none
	Grid      grid
	Edits     []edit
	EditsMore int // how many edits are not among Edits
}

// note is a problem that is of no row.
type note struct {
	Severity string
	Tone     page.Tone
	Message  string
	Code     string
}

// given is an answer that was given, or remembered.
type given struct{ Question, Asked, Answer string }

// cause is what several problems have in common.
type cause struct {
	note
	Key, Column string
	Rows        string // how many, in words; "" where it is of no row
	Rule        string
	Chosen      bool
}

// edit is a text over the one that was sent.
type edit struct {
	Place, Column, Before, After string
	Name                         string // of the field that takes it back
}

// tones are those of problems.
var tones = map[problem.Severity]page.Tone{problem.Error: page.Urgent, problem.Question: page.Watch, problem.Warning: page.Watch, problem.Info: page.Calm}

func (d desk) note(p *problem.Problem) note {
	return note{Severity: d.In(severities[p.Severity]), Tone: tones[p.Severity], Message: d.message(p), Code: string(p.Code)}
}

// reviewed is what the last check of an import found; nil where that kept no review.
func (d desk) reviewed(imp *intake.Import) (*reviewed, error) {
	review, err := d.Review(d.ctx, imp.ID)
	if isCode(err, "REVIEW_MISSING") {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	resting := imp.State == intake.Checked || imp.State == intake.Failed
	out := &reviewed{Answers: resting && d.may(access.ImportAnswer, imp)}
	for i := range review.Problems {
		if p := &review.Problems[i]; intake.Question(p) == "" || !p.Severity.Blocks() {
			out.Notes = append(out.Notes, d.note(p))
		}
	}
	filter := intake.ReviewFilter{Cause: d.Query.Get("cause"), Severity: problem.Severity(d.Query.Get("severity"))}
	d.causes(review, filter, out)
	for _, question := range sortedKeys(review.Answers) {
		asked, answer := d.answered(review, question)
		out.Given = append(out.Given, given{Question: question, Asked: asked, Answer: answer})
	}
	for _, e := range review.Edits {
		column := columnOf(review, e.Col)
		out.Edits = append(out.Edits, edit{
			Place: d.cell(column, e.Row), Column: d.column(column), Before: e.Before, After: e.After, Name: "undo." + cellName(e.Row, e.Col),
		})
	}
	out.EditsMore = review.Edited - len(review.Edits)
	rows, next, err := d.ReviewRows(d.ctx, imp.ID, filter, table.Cursor(d.Query.Get(page.AfterParameter)), gridRows)
	if errors.Is(err, table.ErrCursor) {
		rows, next, err = d.ReviewRows(d.ctx, imp.ID, filter, "", gridRows)
	}
	if err != nil {
		return nil, err
	}
	out.Grid = d.grid(review, rows)
	out.Grid.Next = string(next)
	return out, nil
}

// causes are those of a review, and the questions that they ask.
func (d desk) causes(review *intake.Review, filter intake.ReviewFilter, out *reviewed) {
	for i := range review.Causes {
		c := &review.Causes[i]
		shown := cause{note: d.note(&c.First), Key: c.Key, Rule: c.First.Rule, Chosen: c.Key == filter.Cause}
		if at := slices.IndexFunc(review.Columns, func(one intake.ReviewColumn) bool { return one.Field == c.First.Field }); at >= 0 {
			shown.Column = d.column(&review.Columns[at])
		}
		if c.Rows > 0 {
			shown.Rows = d.Count(c.Rows, wordRow, wordRows)
		}
		if shown.Chosen {
			out.Chosen = shown.Message
		}
		out.Causes = append(out.Causes, shown)
		for k := range c.Questions {
			if c.First.Severity != problem.Question { // it is told, and need not be answered
				break
			}
			in := d.question(len(out.Questions), c, &c.Questions[k], shown.Column)
			if n := strconv.Itoa(len(out.Questions)); d.Form.Get("question-"+n) == c.Questions[k].Question { // what was sent, and refused
				in.Value = d.Form.Get("answer-" + n)
			}
			out.Questions = append(out.Questions, in)
			out.Asks = append(out.Asks, c.Questions[k].Question)
		}
	}
	if filter.Severity != "" {
		out.Chosen = d.In(severities[filter.Severity])
	}
}

// columnOf is a column by its number, nil where it was not read.
func columnOf(review *intake.Review, col int) *intake.ReviewColumn {
	at := slices.IndexFunc(review.Columns, func(one intake.ReviewColumn) bool { return one.Col == col })
	if at < 0 {
		return nil
	}
	return &review.Columns[at]
}

// column is what a column is called: as its sender wrote it.
func (d desk) column(c *intake.ReviewColumn) string {
	switch {
	case c == nil:
		return ""
	case c.Title != "":
		return c.Title
	}
	return d.In(c.Label)
}

// cell names a cell as spreadsheets do.
func (d desk) cell(c *intake.ReviewColumn, row int) string {
	if c == nil {
		return d.In(wordRow) + " " + strconv.Itoa(row)
	}
	return c.Letter + strconv.Itoa(row)
}

// at is where a problem is, with what stands between that and its message; "" where it is of the whole.
func (d desk) at(p *problem.Problem) string {
	if p.Row == 0 {
		return ""
	}
	return d.cell(nil, p.Row) + d.In(colon)
}

// cellName is how the fields of a form name a cell.
func cellName(row, col int) string { return strconv.Itoa(row) + "." + strconv.Itoa(col) }

func sortedKeys(of map[string]string) []string {
	var keys []string
	for key := range of {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
