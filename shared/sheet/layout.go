package sheet

import "context"

// Range is a rectangle of cells, both corners included, counted from 1.
type Range struct{ FirstCol, FirstRow, LastCol, LastRow int }

// Contains reports whether a cell lies in the range.
func (r Range) Contains(col, row int) bool {
	return r.FirstCol <= col && col <= r.LastCol && r.FirstRow <= row && row <= r.LastRow
}

// String returns the range in A1 style: "B2:D5", or "B2" for a single cell.
func (r Range) String() string {
	first := CellName(r.FirstCol, r.FirstRow)
	if r.FirstCol == r.LastCol && r.FirstRow == r.LastRow {
		return first
	}
	return first + ":" + CellName(r.LastCol, r.LastRow)
}

// Span is a run of columns or rows, both ends included, counted from 1.
type Span struct{ First, Last int }

// Layout is what stands beside the values of a sheet.
type Layout struct {
	Merges        []Range // in the order of the file
	HiddenColumns []Span  // ascending
	Filter        Range   // zero when the sheet has no filter
	HiddenRows    int     // rows that are hidden and hold a value
	LastRow       int     // last row that is stored, blank formatted ones counted
	LastValueRow  int     // last row that holds a value; much less than LastRow means a phantom range
	Protected     bool    // cells are locked against editing
}

// Phantom reports whether formatting reaches far beyond the last value: at least 1,000 rows and ten times the rows with values.
func (l *Layout) Phantom() bool {
	return l.LastRow-l.LastValueRow >= 1000 && l.LastRow/10 >= l.LastValueRow
}

// MergeAt returns the merged range that a cell belongs to.
func (l *Layout) MergeAt(col, row int) (Range, bool) {
	for _, m := range l.Merges {
		if m.Contains(col, row) {
			return m, true
		}
	}
	return Range{}, false
}

// ColumnHidden reports whether a column is hidden.
func (l *Layout) ColumnHidden(col int) bool {
	for _, s := range l.HiddenColumns {
		if s.First <= col && col <= s.Last {
			return true
		}
	}
	return false
}

// Layout reads what stands beside the rows of a sheet. It reads the whole sheet once and keeps the answer; after a Rows was
// read to its end it costs nothing. A CSV has an empty one. Errors are those of Rows.
func (b *Book) Layout(ctx context.Context, sheet string) (Layout, error) {
	if layout, known := b.knownLayout(sheet); known {
		return layout, nil
	}
	rows, err := b.Rows(ctx, sheet)
	if err != nil {
		return Layout{}, err
	}
	defer rows.Close()
	for rows.Next() {
	}
	layout, _ := b.knownLayout(sheet)
	return layout, rows.Err()
}

// knownLayout is the layout of a sheet that was read to its end.
func (b *Book) knownLayout(sheet string) (layout Layout, known bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	layout, known = b.layouts[sheet]
	return layout, known
}

func (b *Book) keepLayout(sheet string, layout Layout) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.layouts[sheet] = layout
}
