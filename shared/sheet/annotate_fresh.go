package sheet

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/sheet/internal/notes"
)

// fresh writes a new workbook with the values of the sender's and the marks.
func (a *annotation) fresh(dst io.Writer) error {
	w := NewWriter(dst, WriterOptions{Creator: noteAuthor, Lang: a.opts.Lang})
	defer w.Discard()
	for _, info := range a.book.Sheets() {
		if info.Chart || info.Name == markerSheet || info.Name == a.old {
			continue
		}
		if err := a.freshSheet(w, info); err != nil {
			return err
		}
	}
	name := freeSheetName(a.text("title"), w.hasSheet)
	s, err := w.Sheet(problemsSpec(name))
	if err != nil {
		return err
	}
	if err := a.writeProblems(w, s); err != nil {
		return err
	}
	m := a.marker
	m.Problems, m.fills = name, nil
	if m.Lang == "" {
		m.Lang = a.opts.Lang
	}
	if err := w.writeMarker(m); err != nil {
		return err
	}
	return w.Close()
}

// freshSheet copies the values of a sheet.
func (a *annotation) freshSheet(w *Writer, info SheetInfo) error {
	widths, err := a.widths(info.Name)
	if err != nil {
		return err
	}
	s, err := w.Sheet(SheetSpec{
		Name: w.SheetName(info.Name), Hidden: info.Visibility == Hidden, VeryHidden: info.Visibility == VeryHidden, Widths: widths,
	})
	if err != nil {
		return err
	}
	rows, err := a.book.Rows(a.ctx, info.Name)
	if err != nil {
		return err
	}
	f := freshRows{annotation: a, w: w, s: s, todo: showAt(a.spots[info.Name], nil)}
	for rows.Next() {
		if err := f.upTo(rows.Row().Number); err != nil {
			_ = rows.Close()
			return err
		}
		if err := f.row(rows.Row()); err != nil {
			_ = rows.Close()
			return err
		}
	}
	if err := cmp.Or(rows.Err(), rows.Close()); err != nil {
		return err
	}
	return f.upTo(MaxRows + 1)
}

// widths fits the columns to the first rows of a sheet.
func (a *annotation) widths(sheet string) ([]float64, error) {
	const sample, widest, narrowest, most = 200, 50, 9, 1000
	rows, err := a.book.Rows(a.ctx, sheet)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var widths []float64
	for n := 0; n < sample && rows.Next(); n++ {
		for i := range rows.Row().Cells {
			c := &rows.Row().Cells[i]
			for len(widths) < min(c.Col, most) {
				widths = append(widths, narrowest)
			}
			if c.Col <= most {
				text := c.Text + c.Raw
				widths[c.Col-1] = min(max(widths[c.Col-1], float64(utf8.RuneCountInString(text)+2)), widest)
			}
		}
	}
	return widths, rows.Err()
}

// freshRows writes rows and marks in step.
type freshRows struct {
	*annotation
	w     *Writer
	s     *SheetWriter
	todo  []*shown
	cells []OutCell
}

// upTo writes the marked rows before one that hold no value.
func (f *freshRows) upTo(row int) error {
	for len(f.todo) > 0 && f.todo[0].row < row {
		if err := f.row(&Row{Number: f.todo[0].row}); err != nil {
			return err
		}
	}
	return nil
}

func (f *freshRows) row(r *Row) error {
	f.cells = f.cells[:0]
	for i := range r.Cells {
		c := &r.Cells[i]
		f.cell(c.Col).Value, f.cell(c.Col).Style = f.value(c)
	}
	for ; len(f.todo) > 0 && f.todo[0].row == r.Number; f.todo = f.todo[1:] {
		if err := f.mark(f.todo[0]); err != nil {
			return err
		}
	}
	f.s.Skip(r.Number - f.s.NextRow())
	return f.s.Row(f.cells...)
}

// cell gives the cell to be written in a column.
func (f *freshRows) cell(col int) *OutCell {
	for len(f.cells) < col {
		f.cells = append(f.cells, OutCell{})
	}
	return &f.cells[col-1]
}

func (f *freshRows) mark(s *shown) error {
	c := f.cell(s.col)
	style := f.w.looks[c.Style].style
	style.Fill = markColor(s.level, 0)
	c.Style = f.w.Style(style)
	text, ok := f.noteAt(s)
	if !ok {
		return nil
	}
	return f.s.Note(CellName(s.col, s.row), notes.Signed(noteAuthor, text))
}

// value gives what a cell holds, in the sender's format where that is of a number or date.
func (f *freshRows) value(c *Cell) (any, StyleID) {
	style, class := Style{}, ClassGeneral
	if c.Style != nil && c.Style.Class != ClassGeneral && len(c.Style.Format) <= 255 {
		style.NumFmt, class = c.Style.Format, c.Style.Class
	}
	dated := class == ClassDate || class == ClassTime || class == ClassDateTime
	switch c.Kind {
	case KindText:
		return shorten(c.Text, MaxCellText), f.w.Style(style)
	case KindBool:
		return c.Bool, f.w.Style(style)
	case KindNumber:
		if dated { // no date in its calendar, and not to become one in another
			style.NumFmt = ""
		}
		if isDecimal(c.Raw) {
			return Number(c.Raw), f.w.Style(style)
		}
		return c.Number, f.w.Style(style)
	case KindDate:
		value, format := f.date(c)
		if !dated {
			style.NumFmt = format
		}
		return value, f.w.Style(style)
	case KindError:
		switch {
		case strings.HasPrefix(c.Text, "#"):
			return errorValue(c.Text), f.w.Style(style)
		case c.Raw == "": // a formula without a value, or an error of another program: blank would hide it when the copy comes back
			return errorValue("#N/A"), f.w.Style(style)
		}
		return shorten(c.Raw, MaxCellText), f.w.Style(style)
	}
	return nil, 0
}

// printed are the forms in which the reader prints dates and times, with formats that show them so.
var printed = []struct{ layout, format string }{
	{"2006-01-02", dateFormat}, {"2006-01-02T15:04:05", clockFormat}, {"2006-01-02T15:04:05.000", clockFormat + ".000"},
	{"15:04:05", "hh:mm:ss"}, {"15:04:05.000", "hh:mm:ss.000"},
}

// date gives the serial number of a printed date or time in the calendar from 1900, and a format for it; text for what that
// calendar lacks.
func (f *freshRows) date(c *Cell) (value any, format string) {
	for _, p := range printed {
		t, err := time.Parse(p.layout, c.Text)
		if err != nil {
			continue
		}
		const day = float64(24 * time.Hour / time.Millisecond)
		if t.Year() == 0 {
			return float64(t.Sub(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)).Milliseconds()) / day, p.format
		}
		serial := float64(t.UnixMilli()-epoch.UnixMilli()) / day
		if serial < leapBug+1 && serial >= 2 { // below the day that never was, numbers are one less
			serial--
		}
		if serial >= 1 {
			return serial, p.format
		}
	}
	return fmt.Sprint(c.Value()), ""
}
