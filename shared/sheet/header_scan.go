package sheet

import (
	"context"
	"strconv"
	"strings"
)

// How far titles are looked for, and how many rows are looked at so that the first rows of data are among them.
const (
	headerRows = 50   // at first
	coverRows  = 1000 // where the first ones have none, below a long cover
	belowRows  = 10
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
	rows   []scannedRow
	within int  // rows that titles are looked for in; the others are what may stand below
	more   bool // there are rows below
}

func (s *scanned) blank() bool { return len(s.rows) == 0 }

// deep reports whether the usual rows have been looked through without finding titles.
func (s *scanned) deep() bool { return s.within > headerRows }

// scan keeps the first rows of a sheet.
func (b *Book) scan(ctx context.Context, sheet string, within int) (*scanned, error) {
	rows, err := b.Rows(ctx, sheet)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	top := &scanned{within: within}
	for rows.Next() {
		row := rows.Row()
		if row.Number > within+belowRows {
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
