package sheet

import (
	"cmp"
	"slices"
)

// mergeCover knows, row by row, which cells of declared columns lie under a merged one.
type mergeCover struct {
	columns []columnMerges // for each column of the schema
}

// columnMerges are the merges that touch one column.
type columnMerges struct {
	col    int
	ranges []Range // by their first row
	next   int     // of ranges, the first that begins below the current row
	anchor *string // what the merge at next-1 holds, in the column's own first cell
}

// newMergeCover returns nil when no merge touches the data.
func newMergeCover(loc *Located, merges []Range) *mergeCover {
	cover, any := &mergeCover{columns: make([]columnMerges, len(loc.Columns))}, false
	for i, col := range loc.Columns {
		cover.columns[i].col = col
		if col == 0 {
			continue
		}
		for _, m := range merges {
			if m.FirstCol <= col && col <= m.LastCol && m.LastRow >= loc.DataRow && (m.FirstRow != m.LastRow || m.FirstCol != m.LastCol) {
				cover.columns[i].ranges, any = append(cover.columns[i].ranges, m), true
			}
		}
		slices.SortStableFunc(cover.columns[i].ranges, func(a, b Range) int { return cmp.Compare(a.FirstRow, b.FirstRow) })
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
		for c.next < len(c.ranges) && c.ranges[c.next].FirstRow <= row.Number {
			c.anchor = nil
			c.next++
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

// covers gives the merge that hides the cell of a column in the current row, and what the merge shows there, if it is the column's.
func (m *mergeCover) covers(column, row int) (merge Range, shown string, covered bool) {
	if m == nil {
		return Range{}, "", false
	}
	c := &m.columns[column]
	if c.next == 0 {
		return Range{}, "", false
	}
	merge = c.ranges[c.next-1]
	if !merge.Contains(c.col, row) || merge.FirstRow == row && merge.FirstCol == c.col {
		return Range{}, "", false
	}
	if c.anchor != nil {
		shown = *c.anchor
	}
	return merge, shown, true
}
