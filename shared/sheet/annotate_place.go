package sheet

import (
	"cmp"
	"slices"
)

// spot is a cell that marks are about.
type spot struct {
	row, col int // col 0 is the row as a whole, until settle finds a cell for it
	level    int
	marks    []*Mark
}

// shown is a cell of the copy that is coloured and carries the text of problems.
type shown struct {
	row, col, level int
	spots           []*spot // its own, and those of cells that are hidden beneath it
}

// place finds the cell of each mark.
func (a *annotation) place() {
	known := map[string]bool{}
	for _, info := range a.book.Sheets() {
		known[info.Name] = !info.Chart
	}
	type cell struct {
		sheet    string
		row, col int
	}
	spots := map[cell]*spot{}
	a.at = make([]*spot, len(a.marks))
	for i := range a.marks {
		m := &a.marks[i]
		c := cell{a.sheetOf(m), m.Row, m.Col}
		if c.row == 0 && c.col > 0 {
			c.row = a.opts.HeaderRow
		}
		if !known[c.sheet] || c.row < 1 || c.row > MaxRows || c.col < 0 || c.col > MaxColumns {
			continue
		}
		s := spots[c]
		if s == nil {
			s = &spot{row: c.row, col: c.col}
			spots[c] = s
			a.spots[c.sheet] = append(a.spots[c.sheet], s)
		}
		s.level = max(s.level, level(m.Severity))
		s.marks = append(s.marks, m)
		a.at[i] = s
	}
	if len(spots) > maxNotes {
		a.skip = 1
	}
	for _, list := range a.spots {
		slices.SortFunc(list, func(x, y *spot) int { return cmp.Or(cmp.Compare(x.row, y.row), cmp.Compare(x.col, y.col)) })
	}
}

// settle reads the sheets that get marks: what the reader refuses is never handed back as if it were whole. The marks of a row
// as a whole go to the first cell that holds something.
func (a *annotation) settle() error {
	for _, info := range a.book.Sheets() {
		spots := a.spots[info.Name]
		if len(spots) == 0 {
			continue
		}
		rows, err := a.book.Rows(a.ctx, info.Name)
		if err != nil {
			return err
		}
		next := 0
		for rows.Next() {
			row := rows.Row()
			for next < len(spots) && spots[next].row < row.Number {
				next++
			}
			if next < len(spots) && spots[next].row == row.Number && spots[next].col == 0 {
				spots[next].col = row.Cells[0].Col
			}
		}
		if err := cmp.Or(rows.Err(), rows.Close()); err != nil {
			return err
		}
		settleBlankRows(spots)
	}
	return nil
}

// settleBlankRows gives the marks of rows that hold nothing a cell: the first that has a mark of its own, or column A.
func settleBlankRows(spots []*spot) {
	for i, s := range spots {
		switch {
		case s.col > 0:
		case i+1 < len(spots) && spots[i+1].row == s.row:
			s.col = spots[i+1].col
		default:
			s.col = 1
		}
	}
}

// showAt gathers spots at the cells where people see them, in ascending order: what is hidden beneath a merged cell is shown
// at that one.
func showAt(spots []*spot, merges []Range) []*shown {
	type cell struct{ row, col int }
	cells, columns := map[cell]*shown{}, map[int]*columnMerges{}
	var list []*shown
	for _, s := range spots {
		at := cell{s.row, s.col}
		if len(merges) > 0 {
			column := columns[s.col]
			if column == nil {
				found := mergesOf(merges, s.col, 1)
				column = &found
				columns[s.col] = column
			}
			column.down(s.row)
			if m, hidden := column.hides(s.row); hidden {
				at = cell{m.FirstRow, m.FirstCol}
			}
		}
		c := cells[at]
		if c == nil {
			c = &shown{row: at.row, col: at.col}
			cells[at] = c
			list = append(list, c)
		}
		c.level = max(c.level, s.level)
		c.spots = append(c.spots, s)
	}
	slices.SortFunc(list, func(x, y *shown) int { return cmp.Or(cmp.Compare(x.row, y.row), cmp.Compare(x.col, y.col)) })
	return list
}
