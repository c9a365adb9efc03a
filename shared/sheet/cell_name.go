package sheet

import (
	"bytes"

	"github.com/learning-cities/guildhall/shared/sheet/a1"
)

// The largest sheet there is: XFD1048576.
const (
	MaxRows    = a1.MaxRow
	MaxColumns = a1.MaxColumn
)

// ColumnName returns the letters of a column: 1 is A, 16384 is XFD. Below 1 it is empty.
func ColumnName(col int) string { return a1.Column(col) }

// CellName returns a cell's name in A1 style.
func CellName(col, row int) string { return a1.Cell(col, row) }

// ParseCell reads a name such as "A1" or "xfd1048576"; ok is false for anything outside a sheet, and for $A$1.
func ParseCell(s string) (col, row int, ok bool) { return a1.ParseCell([]byte(s)) }

// parseRange reads "B2:D5" or "B2".
func parseRange(s []byte) (Range, bool) {
	first, last, _ := bytes.Cut(s, []byte(":"))
	if len(first) == len(s) {
		last = first
	}
	col1, row1, ok1 := a1.ParseCell(first)
	col2, row2, ok2 := a1.ParseCell(last)
	return Range{min(col1, col2), min(row1, row2), max(col1, col2), max(row1, row2)}, ok1 && ok2
}
