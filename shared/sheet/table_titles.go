package sheet

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
)

// titleWatch finds the titles again among the lines: people paste pages together that each have their own.
type titleWatch struct {
	titles  *titles
	columns []int      // by the sheet's column the schema's, or -1
	known   int        // columns of the schema that the header names
	lines   [][]string // of the header by the sheet's column what stands there, folded; of each of its lines
	firsts  [0x80]bool // letters that a title may begin with; other alphabets are always looked at
	other   int        // the row of titles below which the columns are other ones, or 0
}

func newTitleWatch(loc *Located, width int) *titleWatch {
	w := &titleWatch{titles: loc.titles, columns: make([]int, width)}
	for i := range w.columns {
		w.columns[i] = -1
	}
	for i, col := range loc.Columns {
		if col > 0 {
			w.columns[col] = i
			w.known++
		}
	}
	for _, row := range loc.header {
		line := make([]string, width)
		for _, c := range row.cells {
			if c.col < width {
				line[c.col] = locale.Fold(c.text)
				w.mayBegin(line[c.col])
			}
		}
		w.lines = append(w.lines, line)
	}
	for name := range loc.titles.names {
		w.mayBegin(name)
	}
	return w
}

// mayBegin notes the first letter of a folded title, and what people put before a title.
func (w *titleWatch) mayBegin(title string) {
	if title != "" && title[0] < 0x80 {
		w.firsts[title[0]] = true
	}
	for _, c := range []byte(" *([\"'") {
		w.firsts[c] = true
	}
}

// again reports what a row with something in it is: the titles in their places, or most of them in others.
func (w *titleWatch) again(row *Row) (repeated, moved bool) {
	first := w.firstText(row)
	if first < 0 || !w.isTitle(&row.Cells[first]) {
		return false, false
	}
	if slices.ContainsFunc(w.lines, func(line []string) bool { return sameLine(line, row) }) {
		return true, false
	}
	inPlace, elsewhere := 0, 0
	for i := range row.Cells[first:] {
		c := &row.Cells[first+i]
		switch column := w.titleOf(c); {
		case column < 0:
		case c.Col < len(w.columns) && w.columns[c.Col] == column:
			inPlace++
		default:
			elsewhere++
		}
	}
	most := func(n int) bool { return n >= 2 && 2*n > w.known }
	return most(inPlace) && elsewhere == 0, most(inPlace + elsewhere)
}

// firstText finds the first cell in a column that is read, if the row may consist of titles: nearly all cells are texts then.
func (w *titleWatch) firstText(row *Row) int {
	first, others := -1, 0
	for i := range row.Cells {
		c := &row.Cells[i]
		switch {
		case c.Kind == KindEmpty:
		case c.Kind != KindText:
			if others++; 4*others > w.known {
				return -1
			}
		case first < 0 && c.Col < len(w.columns) && w.columns[c.Col] >= 0 && !isBlank(c):
			first = i
		}
	}
	return first
}

// sameLine reports whether a row says mostly what a line of the header says at the same places.
func sameLine(line []string, row *Row) bool {
	same, filled := 0, 0
	for i := range row.Cells {
		if c := &row.Cells[i]; c.Col < len(line) && line[c.Col] != "" && c.Kind == KindText && locale.Fold(c.Text) == line[c.Col] {
			same++
		}
	}
	for _, title := range line {
		if title != "" {
			filled++
		}
	}
	return same >= 2 && 2*same > filled
}

// isTitle is a quick look at the first cell of a row, which in nearly all of them is none.
func (w *titleWatch) isTitle(c *Cell) bool {
	const longest = 300
	if len(c.Text) > longest {
		return false
	}
	if letter, ok := firstLetter(c.Text); ok && !w.firsts[letter] {
		return false
	}
	key := locale.Fold(c.Text)
	return slices.ContainsFunc(w.lines, func(line []string) bool { return line[c.Col] == key }) || w.titleOf(c) >= 0
}

// titleOf gives the column of the schema, among those that the header names, whose title a cell holds; -1 for none.
func (w *titleWatch) titleOf(c *Cell) int {
	if c.Kind != KindText {
		return -1
	}
	m := w.titles.title(c.Col, 0, c.Text)
	if m.column < 0 || !slices.Contains(w.columns, m.column) {
		return -1
	}
	return m.column
}
