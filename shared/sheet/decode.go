package sheet

import (
	"fmt"
	"reflect"

	"github.com/learning-cities/guildhall/shared/problem"
)

// Decoder reads lines of a table into structs of type T. It remembers texts that it has seen and is used by one goroutine.
type Decoder[T any] struct{ rows *rowDecoder }

// NewDecoder makes a decoder for structs whose exported fields say by tags which column they take and what must hold for them:
//
//	type row struct {
//		City   string     `sheet:"city"`
//		Amount string     `sheet:"amount" validate:"atleast=0"`
//		Since  civil.Date `sheet:"since"`
//	}
//
// Every column but derived ones has one field, of a Go type that fits the column's Type. A field of type map[string]E whose tag
// ends in a star takes all columns that begin so: `sheet:"rating_*"` has the column rating_food under the key "food" where its
// cell is filled. Rules in validate tags are those of
// github.com/go-playground/validator/v10 that a code exists for (required and its kin, min, max, gte, lte, gt, lt, eq, ne, len,
// oneof, email, url), and maxwords, atleast, atmost, above and below for words and exact decimals. A rule other than required
// does not concern blank cells. Anything that disagrees is an error.
func NewDecoder[T any](schema *Schema) (*Decoder[T], error) {
	if err := schema.Check(); err != nil {
		return nil, err
	}
	t := reflect.TypeFor[T]()
	if t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("sheet: %s is not a struct", t)
	}
	rows, err := newRowDecoder(schema, t)
	if err != nil {
		return nil, err
	}
	return &Decoder[T]{rows: rows}, nil
}

// Decode reads one line of data, which it overwrites *into with. It returns the problems of the line's cells and the columns
// (by ID) whose value could not be read or breaks a rule; their fields are zero or hold what was read. A column is in bad
// without a problem of its own where the problem is said once for the whole sheet: a missing or doubled column, an open
// question on a column (see Table.Problems), and "rows.hidden" for a hidden line that nobody answered for.
func (d *Decoder[T]) Decode(t *Table, line *Line, into *T) (problems []problem.Problem, bad map[string]bool) {
	var zero T
	*into = zero
	return d.rows.decode(t, line, reflect.ValueOf(into).Elem(), into)
}

// rowDecoder is a Decoder without its type.
type rowDecoder struct {
	schema *Schema
	plans  []plan // in the order of the schema's columns, derived ones left out
	rules  bool   // there are validate tags
	quick  bool   // and all their rules are quick ones

	table *Table  // that the places below belong to
	cells []place // of the current table, for each of plans
	work  reading // of the current line
}

// place is where a plan's column stands in the current table.
type place struct {
	col    int // of the sheet, or 0
	index  int // of the table's schema
	absent bool
	state  *columnState
	answer columnAnswers
	seen   map[string]meaning // what texts of the column mean
}

// reading is the work on one line.
type reading struct {
	decoder  *rowDecoder
	table    *Table
	line     *Line
	into     reflect.Value
	problems []problem.Problem
	bad      map[string]bool
	shown    []shownCurrency
	filled   uint64 // plans whose cell holds something, by bit; plans beyond 64 count as filled
	field    fieldReading
}

func (d *rowDecoder) decode(t *Table, line *Line, into reflect.Value, pointer any) ([]problem.Problem, map[string]bool) {
	if d.table != t {
		d.bind(t)
	}
	r := &d.work
	*r = reading{decoder: d, table: t, line: line, into: into, shown: r.shown[:0]}
	if line.Open {
		r.spoil(hiddenRowsAnswer)
	}
	for i := range d.plans {
		r.column(&d.plans[i], &d.cells[i], i)
	}
	r.compareCurrencies()
	if d.rules {
		r.validate(pointer)
	}
	return r.problems, r.bad
}

// bind finds the columns in a table. Texts are remembered for a table at most, because the answers go with it.
func (d *rowDecoder) bind(t *Table) {
	d.table, d.cells = t, make([]place, len(d.plans))
	for i := range d.plans {
		p, at := &d.plans[i], &d.cells[i]
		at.index = t.loc.Schema.column(p.column.ID)
		at.state = new(columnState)
		if at.index >= 0 {
			at.col, at.state, at.answer = t.loc.Columns[at.index], &t.states[at.index], t.answers.columns[at.index]
		}
		at.absent = at.col == 0 && (p.column.Required || at.index >= 0 && at.index < len(t.loc.double) && t.loc.double[at.index])
	}
}

// column reads one column of the line.
func (r *reading) column(p *plan, at *place, i int) {
	if at.col == 0 {
		if at.absent {
			r.spoil(p.column.ID) // said of the header
		}
		return
	}
	c := r.line.Row.At(at.col)
	field := &r.field
	*field = fieldReading{reading: r, plan: p, place: at, cell: c}
	if merge, shown, covered := r.table.merges.covers(at.index, r.line.Number); covered {
		field.fail(problem.New("CELL_MERGED").With("range", merge.String()).Suggest(shown))
		return
	}
	if isBlank(c) {
		r.blank(field)
		return
	}
	if i < 64 {
		r.filled |= 1 << i
	}
	if c.Kind == KindError || c.Kind == KindText && isErrorText(c.Text) {
		field.failedCell()
		return
	}
	p.read(field)
	if c.Formula && !r.bad[p.column.ID] {
		field.raise(problem.New("FORMULA_VALUE_USED"))
	}
}

// blank misses what is required, unless a CSV record was too short to have it.
func (r *reading) blank(field *fieldReading) {
	if !field.plan.column.Required {
		return
	}
	if r.table.csv && r.line.Row.Fields > 0 && r.line.Row.Fields < field.place.col {
		r.spoil(field.plan.column.ID)
		return
	}
	field.fail(problem.New("CELL_REQUIRED").WithText("column", field.plan.column.Label))
}

// spoil marks a column of the line as not read.
func (r *reading) spoil(id string) {
	if r.bad == nil {
		r.bad = map[string]bool{}
	}
	r.bad[id] = true
}

// fieldReading is the work on one cell.
type fieldReading struct {
	*reading
	plan  *plan
	place *place
	cell  *Cell
}

// raise adds a problem of the cell.
func (f *fieldReading) raise(p *problem.Problem) {
	p.At(f.table.loc.Sheet, f.line.Number, f.place.col).In(f.plan.column.ID).Valued(f.cell.Value())
	if p.Rule == "" {
		p.Under(f.plan.column.Rule)
	}
	f.problems = append(f.problems, *p)
}

// fail raises a problem because of which the cell has no value.
func (f *fieldReading) fail(p *problem.Problem) {
	f.raise(p)
	f.spoil(f.plan.column.ID)
}

// failedCell says what a cell holds instead of a value.
func (f *fieldReading) failedCell() {
	switch code := problem.Code(f.cell.Text); {
	case f.cell.Kind == KindText, len(code) > 0 && code[0] == '#':
		f.fail(problem.New("CELL_EXCEL_ERROR"))
	case code == "TEXT_TOO_LONG":
		f.fail(tooLong(len([]rune(f.cell.Raw)), MaxCellText, unitChars))
	default:
		f.fail(problem.New(code))
	}
}
