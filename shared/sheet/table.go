package sheet

import (
	"context"

	"github.com/learning-cities/guildhall/shared/problem"
)

// LineClass says what a row of a table is.
type LineClass uint8

// The classes of lines.
const (
	LineData LineClass = iota
	LineBlank
	LineTotal
	LineHiddenSkipped // hidden, and the sender answered rows.hidden=skip
)

// Line is one row below the titles.
type Line struct {
	Row      *Row // valid until Next
	Number   int
	Class    LineClass
	Problems []problem.Problem
}

// Table streams the lines of a located table.
type Table struct {
	line Line
	err  error
}

// Table opens the located table.
func (b *Book) Table(ctx context.Context, loc *Located, opts TableOptions) (*Table, error) {
	return nil, ctx.Err()
}

// Next goes to the next line.
func (t *Table) Next() bool { return false }

// Line returns the current line, valid until Next.
func (t *Table) Line() *Line { return &t.line }

// Err returns why the table ended early.
func (t *Table) Err() error { return t.err }

// Close stops reading.
func (t *Table) Close() error { return nil }

// Problems returns what concerns the sheet or a column rather than one row. It is complete after the last Next.
func (t *Table) Problems() []problem.Problem { return nil }
