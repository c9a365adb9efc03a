package sheet

import (
	"cmp"
	"slices"
)

// mergeCover knows, row by row, which cells of declared columns lie under a merged one.
type mergeCover struct {
	columns []columnMerges // for each column of the schema
}

// columnMerges are the merges that touch one column, gone through from the first row down.
type columnMerges struct {
	col    int
	ranges []Range // by their first row
	next   int     // of ranges, the first that begins below the current row
	anchor *string // what the merge at next-1 holds, in the column's own first cell
}

// mergesOf finds the merges that touch a column from a row on.
func mergesOf(merges []Range, col, from int) columnMerges {
	c := columnMerges{col: col}
	for _, m := range merges {
		if m.FirstCol <= col && col <= m.LastCol && m.LastRow >= from && (m.FirstRow != m.LastRow || m.FirstCol != m.LastCol) {
			c.ranges = append(c.ranges, m)
		}
	}
	slices.SortStableFunc(c.ranges, func(a, b Range) int { return cmp.Compare(a.FirstRow, b.FirstRow) })
	return c
}

// down goes to a row, and reports whether the merge around it is another one than before.
func (c *columnMerges) down(row int) bool {
	before := c.next
	for c.next < len(c.ranges) && c.ranges[c.next].FirstRow <= row {
		c.next++
	}
	return c.next != before
}

// hides gives the merge under which the column's cell in a row lies hidden. The row is the one that down went to.
func (c *columnMerges) hides(row int) (Range, bool) {
	if c.next == 0 {
		return Range{}, false
	}
	m := c.ranges[c.next-1]
	return m, m.Contains(c.col, row) && (m.FirstRow != row || m.FirstCol != c.col)
}

// newMergeCover returns nil when no merge touches the data.
func newMergeCover(loc *Located, merges []Range) *mergeCover {
	cover, any := &mergeCover{columns: make([]columnMerges, len(loc.Columns))}, false
	for i, col := range loc.Columns {
		if col > 0 {
			cover.columns[i] = mergesOf(merges, col, loc.DataRow)
			any = any || len(cover.columns[i].ranges) > 0
		}
	}
	if !any {
		return nil
	}
	return cover
}

// advance goes to a row; rows come in ascending order.
func (m *mergeCover) advance(row *Row) {
	if m == nil {
		return
	}
	for i := range m.columns {
		c := &m.columns[i]
		if c.down(row.Number) {
			c.anchor = nil
		}
		if c.next == 0 || c.ranges[c.next-1].FirstRow != row.Number || c.ranges[c.next-1].FirstCol != c.col {
			continue
		}
		if cell := row.At(c.col); cell != nil && cell.Kind != KindError {
			text := cell.Text
			if cell.Kind == KindNumber {
				text, _ = numberDecimal(cell)
			}
			c.anchor = &text
		}
	}
}

// hidesCell reports whether the cell of a column lies under a merged one in a row, which may be one that is still to come.
func (m *mergeCover) hidesCell(column, row int) bool {
	if m == nil {
		return false
	}
	look := m.columns[column]
	look.down(row)
	_, hidden := look.hides(row)
	return hidden
}

// covers gives the merge that hides the cell of a column in the current row, and what the merge shows there, if it is the column's.
func (m *mergeCover) covers(column, row int) (merge Range, shown string, covered bool) {
	if m == nil {
		return Range{}, "", false
	}
	c := &m.columns[column]
	if merge, covered = c.hides(row); covered && c.anchor != nil {
		shown = *c.anchor
	}
	return merge, shown, covered
}
