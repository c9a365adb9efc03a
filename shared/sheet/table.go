package sheet

import (
	"context"

	"github.com/learning-cities/guildhall/shared/problem"
)

// LineClass says what a row of a table is.
type LineClass uint8

// The classes of lines.
const (
	LineData          LineClass = iota
	LineBlank                   // nothing in any declared column; only rows with a stored cell are lines at all
	LineTotal                   // a sum of other rows (ROW_TOTAL_DETECTED)
	LineHiddenSkipped           // hidden, and the sender answered rows.hidden=skip
	LineTitles                  // the titles once more (HEADER_REPEATED)
	LineOther                   // other titles, or below them: it can't be imported (HEADER_CHANGED)
)

// Line is one row below the titles.
type Line struct {
	Row    *Row // valid until Next
	Number int
	Class  LineClass
	// Open tells that the row is hidden and nobody said yet whether it is meant: it can't be imported. Decode says so too.
	Open bool
	// Edits are those that were applied to the row, in the order of their columns.
	Edits []AppliedEdit
	// Problems of the row as a whole: ROW_TOTAL_DETECTED, HEADER_REPEATED, HEADER_CHANGED, ROW_RAGGED; CELL_EDITED of each
	// of Edits; and ROW_BLANK_SKIPPED of the blank rows before it, which
	// carry their own Row.
	Problems []problem.Problem
}

// Table streams the lines of a located table. It is used by one goroutine.
type Table struct {
	loc     *Located
	book    *Book
	answers tableAnswers
	csv     bool
	date    bool // the workbook counts dates from 1904
	maxRows int

	rows *Rows
	line Line
	err  error
	done bool

	roles    []columnRole  // by the sheet's column
	required []int         // columns of the schema that tell one row from another: required, and no numbers
	width    int           // CSV: fields of the header's record
	states   []columnState // questions, for each column of the schema
	merges   *mergeCover   // nil when no merge touches the data
	edits    *tableEdits   // nil when there are none
	words    totalWords
	titles   *titleWatch
	untitled map[int]bool // columns with data and without a title
	data     int          // lines of data so far
	hidden   int          // lines hidden, while that is a question
	previous int          // the last row that was not blank
}

// columnRole says what a column of the sheet is to the table.
type columnRole uint8

const (
	roleNone    columnRole = iota // no title
	roleIgnored                   // a title that is not known, or a derived column
	roleRead
)

// Table opens the located table. Answers that fit no question are refused with ANSWER_INVALID.
func (b *Book) Table(ctx context.Context, loc *Located, opts TableOptions) (*Table, error) {
	answers, err := parseAnswers(opts.Answers, loc.Schema)
	if err != nil {
		return nil, err
	}
	merges, err := b.merges(ctx, loc.Sheet)
	if err != nil {
		return nil, err
	}
	rows, err := b.rows(ctx, loc.Sheet, true)
	if err != nil {
		return nil, err
	}
	t := &Table{
		book: b, loc: loc, answers: answers, csv: b.Format() == CSV, date: b.Date1904(), maxRows: opts.MaxRows,
		rows: rows, states: make([]columnState, len(loc.Columns)), words: newTotalWords(loc.Schema), previous: loc.DataRow - 1,
		untitled: map[int]bool{},
	}
	if t.maxRows <= 0 {
		t.maxRows = MaxRows
	}
	t.assignRoles()
	t.titles = newTitleWatch(loc, len(t.roles))
	t.merges = newMergeCover(loc, merges)
	if len(opts.Edits) > 0 {
		t.edits = &tableEdits{edits: opts.Edits}
	}
	return t, nil
}

// assignRoles notes what each column of the sheet is.
func (t *Table) assignRoles() {
	last := 0
	for _, col := range t.loc.Columns {
		last = max(last, col)
	}
	if n := len(t.loc.titled); n > 0 {
		last = max(last, t.loc.titled[n-1].Last)
	}
	t.roles = make([]columnRole, last+1)
	for _, span := range t.loc.titled {
		for col := span.First; col <= span.Last; col++ {
			t.roles[col] = roleIgnored
		}
	}
	for i, col := range t.loc.Columns {
		column := &t.loc.Schema.Columns[i]
		if col > 0 && !column.Derived {
			t.roles[col] = roleRead
		}
		if col > 0 && column.Required && !column.numeric() {
			t.required = append(t.required, i)
		}
	}
}

// Next goes to the next line. It returns false at the end of the table and after an error.
func (t *Table) Next() bool {
	if t.done {
		return false
	}
	for t.rows.Next() {
		row := t.rows.Row()
		if row.Number < t.loc.DataRow {
			if row.Number == t.loc.HeaderRow {
				t.width = row.Fields
			}
			continue
		}
		row = t.edit(row)
		t.merges.advance(row)
		t.classify(row)
		t.noteEdits()
		if t.line.Class == LineData {
			if t.data++; t.data > t.maxRows {
				t.err, t.done = problem.New("ROWS_LIMIT").At(t.loc.Sheet, 0, 0).WithInt("limit", t.maxRows), true
				return false
			}
		}
		return true
	}
	if t.err, t.done = t.rows.Err(), true; t.err == nil && t.edits != nil {
		t.edits.skipTo(MaxRows + 1)
	}
	return false
}

// Line returns the current line, valid until Next.
func (t *Table) Line() *Line { return &t.line }

// Err returns why the table ended early: a *problem.Problem (a FILE_ code, ROWS_LIMIT), or an error of the source or context.
// What was read is void then.
func (t *Table) Err() error { return t.err }

// Close stops reading. It may be called at any time and more than once.
func (t *Table) Close() error { return t.rows.Close() }

// numeric reports whether a column holds numbers, which sums of other rows have too.
func (c *Column) numeric() bool {
	return c.Type == TypeInteger || c.Type == TypeDecimal || c.Type == TypeAmount
}
