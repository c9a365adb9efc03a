package sheet

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/sheet/internal/notes"
)

// SheetSpec is what must be known of a sheet before its first row. Sheets are printed on A4.
type SheetSpec struct {
	Name               string // at most 31 characters, none of []:*?/\
	Hidden, VeryHidden bool
	Widths             []float64 // of columns from A, in characters; 0 is the usual width
	ColumnStyles       []StyleID // of cells that are not written, by column from A
	FreezeRows         int
	FreezeCols         int
	TitleRows          int // rows from the top that are repeated on every printed page
	Landscape          bool
	FitWidth           bool   // print all columns on one page's width
	OnePage            bool   // print the whole sheet on one page
	Header, Footer     string // printed; {page} and {pages} are numbers, tabs separate left, middle and right
	TabColor           string // RRGGBB
	RightToLeft        bool
	HideGrid           bool
}

// SheetWriter writes the rows of one sheet, and what stands beside them. Everything may be called until the next sheet is
// started or the Writer closed.
type SheetWriter struct {
	w        *Writer
	spec     SheetSpec
	index    int
	part     string
	selected bool // the tab that is shown when the workbook is opened
	out      io.WriteCloser
	next     int // number of the next row
	done     bool

	buf     []byte   // not yet handed to the compressor
	scratch []byte   // the value being written
	digits  []byte   // next, as text
	columns []string // names of columns from A

	merges      []Range
	filter      *Range
	validations []Validation
	links       []link
	notes       []notes.Note
	charts      []ChartSpec
}

type link struct{ cell, target string }

// flushAt is how many bytes are handed to the compressor at once.
const flushAt = 64 << 10

// Name is the name of the tab.
func (s *SheetWriter) Name() string { return s.spec.Name }

// NextRow is the number of the row that the next call of Row writes.
func (s *SheetWriter) NextRow() int { return s.next }

// Row writes the next row, its cells from column A on.
func (s *SheetWriter) Row(cells ...OutCell) error { return s.row(0, cells) }

// TallRow is Row with a height in points.
func (s *SheetWriter) TallRow(height float64, cells ...OutCell) error { return s.row(height, cells) }

// Skip leaves n rows blank.
func (s *SheetWriter) Skip(n int) { s.next += max(n, 0) }

func (s *SheetWriter) row(height float64, cells []OutCell) error {
	if err := s.usable(); err != nil {
		return err
	}
	if s.next > MaxRows || len(cells) > MaxColumns {
		return s.w.fail(fmt.Errorf("sheet %s: row %d with %d cells is beyond what a sheet holds", s.spec.Name, s.next, len(cells)))
	}
	s.digits = strconv.AppendInt(s.digits[:0], int64(s.next), 10)
	s.buf = append(s.buf, `<row r="`...)
	s.buf = append(s.buf, s.digits...)
	s.buf = append(s.buf, '"')
	if custom := height > 0; custom || s.w.tall {
		s.appendHeight(max(height, 0), custom, cells)
	}
	s.buf = append(s.buf, '>')
	for i, c := range cells {
		if err := s.cell(i+1, c); err != nil {
			return s.w.fail(fmt.Errorf("sheet %s, cell %s: %w", s.spec.Name, CellName(i+1, s.next), err))
		}
	}
	s.buf = append(s.buf, "</row>"...)
	s.next++
	if len(s.buf) >= flushAt {
		return s.flush()
	}
	return nil
}

// The height of a row in points: programs fit rows to their text when it is edited, but not all do when a workbook is opened.
const (
	lineHeight = 15 // of the usual size
	mostHeight = 409
)

// appendHeight appends a height that was asked for, or the one that the longest wrapped text and the largest letters need.
func (s *SheetWriter) appendHeight(height float64, custom bool, cells []OutCell) {
	for i := range cells {
		if custom || int(cells[i].Style) >= len(s.w.looks) || cells[i].Style <= 0 {
			continue
		}
		style := &s.w.looks[cells[i].Style].style
		if text, ok := cells[i].Value.(string); ok && (style.Wrap || style.Size > usualSize) {
			height = max(height, s.needs(i, text, style))
		}
	}
	if !custom && height <= lineHeight {
		return
	}
	s.buf = append(s.buf, ` ht="`...)
	s.buf = strconv.AppendFloat(s.buf, min(height, mostHeight), 'f', -1, 64)
	s.buf = append(s.buf, '"')
	if custom {
		s.buf = append(s.buf, ` customHeight="1"`...)
	}
}

// needs estimates the height of a text in the column of index i.
func (s *SheetWriter) needs(i int, text string, style *Style) float64 {
	width, size := usualWidth, usualSize
	if i < len(s.spec.Widths) && s.spec.Widths[i] > 0 {
		width = s.spec.Widths[i]
	}
	if style.Size > 0 {
		size = style.Size
	}
	lines := 1
	if style.Wrap {
		lines = 0
		for line := range strings.SplitSeq(text, "\n") {
			const fuller = 1.05 // lines end at words, not at the edge
			lines += 1 + int(float64(utf8.RuneCountInString(line))*fuller*float64(size)/usualSize/width)
		}
	}
	return float64(lines) * lineHeight * float64(size) / usualSize
}

func (s *SheetWriter) usable() error {
	if s.w.err == nil && s.done {
		return s.w.fail(fmt.Errorf("sheet %s: written to after its end", s.spec.Name))
	}
	return s.w.err
}

func (s *SheetWriter) flush() error {
	_, err := s.out.Write(s.buf)
	s.buf = s.buf[:0]
	return s.w.fail(err)
}

func (s *SheetWriter) column(col int) string {
	for len(s.columns) < col {
		s.columns = append(s.columns, ColumnName(len(s.columns)+1))
	}
	return s.columns[col-1]
}

// Merge makes one cell of a range. Only its upper left cell is shown.
func (s *SheetWriter) Merge(r Range) error {
	for _, m := range s.merges {
		if m.overlaps(r) {
			return s.w.fail(fmt.Errorf("sheet %s: the merged cells %s and %s overlap", s.spec.Name, m, r))
		}
	}
	s.merges = append(s.merges, r)
	return s.usable()
}

func (r Range) overlaps(o Range) bool {
	return r.FirstCol <= o.LastCol && o.FirstCol <= r.LastCol && r.FirstRow <= o.LastRow && o.FirstRow <= r.LastRow
}

// Filter puts filter buttons on the first row of a range.
func (s *SheetWriter) Filter(r Range) error {
	s.filter = &r
	return s.usable()
}

// Note attaches a comment to a cell.
func (s *SheetWriter) Note(cell, text string) error {
	col, row, ok := ParseCell(cell)
	if !ok {
		return s.w.fail(fmt.Errorf("sheet %s: no cell %q for a note", s.spec.Name, cell))
	}
	if units(text) > MaxCellText {
		return s.w.fail(fmt.Errorf("sheet %s, note at %s: %w", s.spec.Name, cell, errTooLong))
	}
	s.notes = append(s.notes, notes.Note{Col: col, Row: row, Text: text})
	return s.usable()
}

// Link makes a cell lead to a place in the same workbook, given as Ref gives it. Links out of the workbook can't be written.
func (s *SheetWriter) Link(cell, target string) error {
	if _, _, ok := ParseCell(cell); !ok {
		return s.w.fail(fmt.Errorf("sheet %s: no cell %q for a link", s.spec.Name, cell))
	}
	s.links = append(s.links, link{cell, target})
	return s.usable()
}
