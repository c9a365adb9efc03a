package sheet

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// How far titles are looked for, and how many rows are looked at so that the first rows of data are among them.
const (
	headerRows = 50
	scanRows   = 60
	scanCells  = 1024 // filled cells of a row; data below later ones is reported as data without a title
)

// scannedRow is a row at the top of a sheet, kept while the titles are looked for.
type scannedRow struct {
	number int
	cells  []scannedCell
}

type scannedCell struct {
	col  int
	kind Kind
	text string
}

// scanned is the top of one sheet.
type scanned struct {
	rows []scannedRow
	more bool // there are rows below
}

func (s *scanned) blank() bool { return len(s.rows) == 0 }

// scan keeps the first rows of a sheet.
func (b *Book) scan(ctx context.Context, sheet string, most int) (*scanned, error) {
	rows, err := b.Rows(ctx, sheet)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	top := &scanned{}
	for rows.Next() {
		row := rows.Row()
		if row.Number > most {
			top.more = true
			break
		}
		kept := scannedRow{number: row.Number}
		for i := range row.Cells {
			if cell, ok := scanCell(&row.Cells[i]); ok && len(kept.cells) < scanCells {
				kept.cells = append(kept.cells, cell)
			}
		}
		if len(kept.cells) > 0 {
			top.rows = append(top.rows, kept)
		}
	}
	return top, rows.Err()
}

// scanCell keeps of a cell what a title can be.
func scanCell(c *Cell) (scannedCell, bool) {
	text := c.Text
	if c.Kind == KindNumber {
		text = strconv.FormatFloat(c.Number, 'f', -1, 64)
	}
	if c.Kind == KindBool {
		text = strconv.FormatBool(c.Bool)
	}
	text = strings.TrimSpace(text)
	return scannedCell{col: c.Col, kind: c.Kind, text: text}, text != ""
}

// header is a row of titles, or two taken together.
type header struct {
	first, last int          // rows of the sheet; the same unless the titles take two
	next        int          // the first row below, of those that belong to the titles
	lines       []scannedRow // all lines that belong to the titles
	cells       []headerCell // ascending by column
	matched     int          // columns of the schema that are there
	near        int          // columns that are there misspelt
}

// headerCell is one title.
type headerCell struct {
	col, row int
	text     string
	column   int // of the schema, or -1
	langs    languages
}

// findHeader looks for the row that names most columns, or the pair of rows where that names more; of equals the first.
func (t *titles) findHeader(s *scanned) (header, bool) {
	best := header{}
	for i := range s.rows {
		if h := t.single(&s.rows[i]); s.rows[i].number <= headerRows && h.matched > best.matched {
			best = h
		}
	}
	for i := range s.rows[:max(0, len(s.rows)-1)] {
		upper, lower := &s.rows[i], &s.rows[i+1]
		if upper.number > headerRows || lower.number != upper.number+1 {
			continue
		}
		if h := t.double(upper, lower); h.matched > best.matched {
			best = h
		}
	}
	found := best.matched > 0
	if !found || !t.enough(&best) {
		if best, found = t.misspelt(s); !found {
			return header{}, false
		}
	}
	best.next = t.belowHeader(&best, s)
	for i := range s.rows {
		if row := &s.rows[i]; row.number >= best.first && row.number < best.next {
			best.lines = append(best.lines, *row)
		}
	}
	return best, true
}

// enough says whether what was found can be a header: a single title, or two that are misspelt, can be there by chance.
func (t *titles) enough(h *header) bool {
	columns := len(t.schema.Columns)
	return h.matched >= min(2, columns) || h.matched > 0 && h.matched+h.near >= 2 || h.near >= min(3, columns)
}

// misspelt looks for a header among rows where near misses have to be counted.
func (t *titles) misspelt(s *scanned) (header, bool) {
	best, found := header{}, false
	for i := range s.rows {
		if s.rows[i].number > headerRows {
			break
		}
		h := t.single(&s.rows[i])
		t.countNear(&h)
		if t.enough(&h) && h.matched+h.near > best.matched+best.near {
			best, found = h, true
		}
	}
	return best, found
}

func (t *titles) countNear(h *header) {
	if len(h.cells) > mostNear {
		return
	}
	taken := map[int]bool{}
	for _, cell := range h.cells {
		taken[cell.column] = true
	}
	for _, cell := range h.cells {
		if cell.column >= 0 {
			continue
		}
		if column, ok := t.nearest(cell.text, func(c int) bool { return !taken[c] }); ok {
			taken[column] = true
			h.near++
		}
	}
}

func (t *titles) single(row *scannedRow) header {
	h := header{first: row.number, last: row.number}
	for _, cell := range row.cells {
		h.cells = append(h.cells, t.title(cell.col, row.number, cell.text))
	}
	h.count()
	return h
}

// double reads two rows as one header: groups above ("Contact person") with titles below ("Name", "E-mail"), or titles that
// some columns have above and others below. Only texts can be titles, which keeps the first row of data out.
func (t *titles) double(upper, lower *scannedRow) header {
	h := header{first: upper.number, last: lower.number}
	for _, cell := range lower.cells {
		if cell.kind != KindText {
			return h
		}
	}
	group, above := "", upper.cells
	below := map[int]bool{}
	for _, cell := range lower.cells {
		for len(above) > 0 && above[0].col <= cell.col {
			group, above = above[0].text, above[1:]
		}
		below[cell.col] = true
		h.cells = append(h.cells, t.titleUnder(group, cell, lower.number))
	}
	for _, cell := range upper.cells {
		if !below[cell.col] {
			h.cells = append(h.cells, t.title(cell.col, upper.number, cell.text))
		}
	}
	slices.SortFunc(h.cells, func(a, b headerCell) int { return a.col - b.col })
	h.count()
	return h
}

// titleUnder reads a title with the group above it: together first, then alone, then the group's own where the lower says
// nothing known (a unit, an explanation).
func (t *titles) titleUnder(group string, cell scannedCell, row int) headerCell {
	if group != "" {
		for _, text := range []string{group + " " + cell.text, cell.text + " " + group} {
			if title := t.title(cell.col, row, text); title.column >= 0 {
				return title
			}
		}
	}
	title := t.title(cell.col, row, cell.text)
	if title.column < 0 && group != "" {
		if above := t.title(cell.col, row-1, group); above.column >= 0 {
			return above
		}
	}
	return title
}

func (t *titles) title(col, row int, text string) headerCell {
	const longest = 300 // bytes; a longer text is an explanation
	title := headerCell{col: col, row: row, text: text, column: -1}
	if len(text) > longest {
		return title
	}
	if m, ok := t.find(text); ok {
		title.column, title.langs = m.column, m.langs
	}
	return title
}

func (h *header) count() {
	seen := map[int]bool{}
	for _, cell := range h.cells {
		if cell.column >= 0 && !seen[cell.column] {
			seen[cell.column] = true
			h.matched++
		}
	}
}

// belowHeader skips the lines that still belong to the titles: the same titles in another language, units and hints in
// brackets.
func (t *titles) belowHeader(h *header, s *scanned) int {
	next := h.last + 1
	for i := range s.rows {
		row := &s.rows[i]
		if row.number != next {
			continue
		}
		if !t.repeats(h, row) && !onlyHints(row) {
			break
		}
		next++
	}
	return next
}

// repeats reports whether a row names again, at the same places, most of the columns that the header names.
func (t *titles) repeats(h *header, row *scannedRow) bool {
	again := 0
	for _, cell := range row.cells {
		title := t.title(cell.col, row.number, cell.text)
		if title.column >= 0 && h.columnAt(cell.col) == title.column {
			again++
		}
	}
	return again >= 2 && again*2 > h.matched
}

// at gives the title of a column of the sheet, or nil.
func (h *header) at(col int) *headerCell {
	i, found := slices.BinarySearchFunc(h.cells, col, func(c headerCell, col int) int { return c.col - col })
	if !found {
		return nil
	}
	return &h.cells[i]
}

// columnAt gives the column of the schema that stands in a column of the sheet, or -1.
func (h *header) columnAt(col int) int {
	if cell := h.at(col); cell != nil {
		return cell.column
	}
	return -1
}

func onlyHints(row *scannedRow) bool {
	for _, cell := range row.cells {
		bracketed := strings.HasPrefix(cell.text, "(") && strings.HasSuffix(cell.text, ")") ||
			strings.HasPrefix(cell.text, "[") && strings.HasSuffix(cell.text, "]")
		if cell.kind != KindText || !bracketed {
			return false
		}
	}
	return len(row.cells) > 0
}
