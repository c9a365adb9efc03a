package sheet

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Edit is a text to be read in a cell instead of what the file has there: as a cell of a CSV is read. An empty Value empties the cell.
type Edit struct {
	Row, Col int // the sheet's own numbers, from 1
	Value    string
}

// AppliedEdit is an edit of a line, with the text that the file has there (see Cell.Shown).
type AppliedEdit struct {
	Col           int
	Before, After string
}

// tableEdits are the edits of a table, gone through from the first row down.
type tableEdits struct {
	edits     []Edit
	next      int
	misplaced []Edit
	row       Row    // the current one as edited
	cells     []Cell // room for its cells
	applied   []AppliedEdit
}

// edit gives a row as it is edited, valid until the next call. Edits of the rows before it that are left concern no row of the table.
func (t *Table) edit(row *Row) *Row {
	e := t.edits
	if e == nil {
		return row
	}
	e.applied = nil
	e.skipTo(row.Number)
	if e.next == len(e.edits) || e.edits[e.next].Row != row.Number {
		return row
	}
	e.row = *row
	e.row.Cells = append(e.cells[:0], row.Cells...)
	for ; e.next < len(e.edits) && e.edits[e.next].Row == row.Number; e.next++ {
		t.applyEdit(&e.edits[e.next])
	}
	e.cells = e.row.Cells
	return &e.row
}

// skipTo leaves the edits of rows before one behind, as misplaced.
func (e *tableEdits) skipTo(row int) {
	for e.next < len(e.edits) && e.edits[e.next].Row < row {
		e.misplaced = append(e.misplaced, e.edits[e.next])
		e.next++
	}
}

// applyEdit edits a cell of the current row. One that says what stands there anyway leaves it as it was sent.
func (t *Table) applyEdit(edit *Edit) {
	e := t.edits
	if !t.takesEdit(edit) {
		e.misplaced = append(e.misplaced, *edit)
		return
	}
	at, there := slices.BinarySearchFunc(e.row.Cells, edit.Col, func(c Cell, col int) int { return c.Col - col })
	before := ""
	if there {
		before = e.row.Cells[at].Shown()
	}
	if before == edit.Value {
		return
	}
	e.applied = append(e.applied, AppliedEdit{Col: edit.Col, Before: before, After: edit.Value})
	cell := Cell{Col: edit.Col, Kind: KindText, Text: edit.Value, edited: true}
	switch {
	case edit.Value == "":
		e.row.Cells = slices.Delete(e.row.Cells, at, at+1)
	case there:
		e.row.Cells[at] = cell
	default:
		e.row.Cells = slices.Insert(e.row.Cells, at, cell)
		if t.csv { // who fills a cell that a record is too short to have says which one is missing
			e.row.Fields = max(e.row.Fields, edit.Col)
		}
	}
}

// takesEdit reports whether the cell of an edit is one that is read: of a column of the table, and not hidden by a merged cell.
func (t *Table) takesEdit(edit *Edit) bool {
	if edit.Col >= len(t.roles) || t.roles[edit.Col] != roleRead {
		return false
	}
	return !t.merges.hidesCell(slices.Index(t.loc.Columns, edit.Col), edit.Row)
}

// noteEdits says of the edits of the current line what they changed.
func (t *Table) noteEdits() {
	if t.edits == nil || len(t.edits.applied) == 0 {
		return
	}
	t.line.Edits = t.edits.applied
	for _, a := range t.line.Edits {
		p := problem.New("CELL_EDITED").WithText("before", quotedEdit(a.Before)).WithText("after", quotedEdit(a.After))
		p.At(t.loc.Sheet, t.line.Number, a.Col).In(t.loc.Schema.Columns[slices.Index(t.loc.Columns, a.Col)].ID)
		t.raise(p.Valued(t.line.Row.At(a.Col).Value()))
	}
}

var emptyCell = locale.Text{EN: "(empty)", FR: "(vide)", ES: "(vacía)"}

// quotedEdit is a cell's text as a message shows it.
func quotedEdit(text string) locale.Text {
	const most = 80 // characters: a message stays readable in a cell's comment
	if text == "" {
		return emptyCell
	}
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return locale.Same(text)
}

// misplacedEdits says of each edit that concerns no cell of the table that it changes nothing.
func (t *Table) misplacedEdits() []problem.Problem {
	if t.edits == nil {
		return nil
	}
	var problems []problem.Problem
	for _, e := range t.edits.misplaced {
		problems = append(problems, *problem.New("EDIT_MISPLACED").At(t.loc.Sheet, e.Row, e.Col).Valued(e.Value))
	}
	return problems
}
