package sheet

import (
	"slices"
	"strings"
)

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
		if h := t.single(&s.rows[i]); s.rows[i].number <= s.within && h.matched > best.matched {
			best = h
		}
	}
	for i := range s.rows[:max(0, len(s.rows)-1)] {
		upper, lower := &s.rows[i], &s.rows[i+1]
		if upper.number > s.within || lower.number != upper.number+1 {
			continue
		}
		if s.deep() && t.single(upper).matched+t.single(lower).matched == 0 {
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
	best = t.earlier(best, s)
	if s.deep() && !belowCover(&best, s) {
		return header{}, false
	}
	best.next = t.belowHeader(&best, s)
	for i := range s.rows {
		if row := &s.rows[i]; row.number >= best.first && row.number < best.next {
			best.lines = append(best.lines, *row)
		}
	}
	return best, true
}

// earlier gives the header of the first page where several pages stand below each other and a later one has its titles more
// complete: what stands below the first must not be lost for it.
func (t *titles) earlier(best header, s *scanned) header {
	for i := range s.rows {
		row := &s.rows[i]
		if row.number >= best.first-1 {
			break
		}
		h := t.single(row)
		if h.matched < 2 || 2*h.matched <= best.matched {
			continue
		}
		if i+1 < len(s.rows) && s.rows[i+1].number < best.first && len(s.rows[i+1].cells) > 1 && !t.repeats(&h, &s.rows[i+1]) {
			return h
		}
	}
	return best
}

// belowCover reports whether what stands above a header is a text rather than another table, whose rows would be lost.
func belowCover(h *header, s *scanned) bool {
	const most = 5 // rows as wide as a table's
	wide := 0
	for i := range s.rows {
		if row := &s.rows[i]; row.number < h.first && len(row.cells) >= max(3, len(h.cells)/2) {
			wide++
		}
	}
	return wide <= most
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
		if s.rows[i].number > s.within {
			break
		}
		h := t.single(&s.rows[i])
		if s.deep() && h.matched == 0 {
			continue // too far down to go by near misses alone
		}
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
	if group != "" && len(group)+len(cell.text) < longestTitle {
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

// longestTitle is how many bytes a title can have; a longer text is an explanation.
const longestTitle = 300

func (t *titles) title(col, row int, text string) headerCell {
	title := headerCell{col: col, row: row, text: text, column: -1}
	if len(text) > longestTitle {
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
