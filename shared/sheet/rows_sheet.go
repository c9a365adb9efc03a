package sheet

import (
	"bytes"
	"context"
	"io"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet/a1"
	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
	"github.com/learning-cities/guildhall/shared/sheet/internal/sharedstrings"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
)

// sheetReader reads the rows of a worksheet part.
type sheetReader struct {
	xml      *xmlscan.Scanner
	in       io.Closer
	strings  *sharedstrings.Reader
	styles   []CellStyle
	noStyles bool
	date1904 bool
	slow     bool
	limits   Limits

	stage     stage
	row       int    // number of the current row
	rowDigits []byte // the same as cell references end in
	col       int    // of the last cell in the row
	rowText   int    // bytes of the row's texts
	count     int64  // cells so far
	parts     cellParts
	texts     textArena
	scratch   []byte
	beside    Layout
	merging   bool // inside of mergeCells
}

// stage is how far the reader is in the part.
type stage uint8

const (
	beforeData stage = iota
	inData
	afterData
)

// rows begins to read a sheet that exists.
func (w *workbook) rows(ctx context.Context, name string) (rowSource, error) {
	table, err := w.sharedStrings(ctx)
	if err != nil {
		return nil, err
	}
	xml, in := w.stream(ctx, w.find(name).part)
	s := &sheetReader{
		xml: xml, in: in, styles: w.styles, noStyles: w.noStyles, date1904: w.date1904,
		limits: w.limits, slow: w.scannerOnly,
	}
	s.strings = table.Reader(s.texts.add)
	return s, nil
}

func (s *sheetReader) layout() Layout { return s.beside }

func (s *sheetReader) close() { s.in.Close() }

func (s *sheetReader) corrupt(reason locale.Text) error { return fault.Corrupt(s.xml.Part(), reason) }

func (s *sheetReader) next(row *Row) (bool, error) {
	if s.stage == beforeData {
		if err := s.begin(); err != nil {
			return false, err
		}
		s.stage = inData
	}
	if s.stage == inData {
		got, err := s.nextRow(row)
		if got || err != nil {
			return got, err
		}
		s.stage = afterData
	}
	return false, s.finish()
}

// begin reads up to the start of the sheet's data.
func (s *sheetReader) begin() error {
	kind, err := s.xml.Next()
	if err != nil {
		return err
	}
	if kind != xmlscan.Start || s.xml.Space != xmlscan.Main || string(s.xml.Name) != "worksheet" {
		return s.corrupt(fault.BadStructure)
	}
	for {
		data, err := s.side()
		if err != nil || data {
			return err
		}
		if s.xml.Depth() == 0 {
			return s.corrupt(fault.BadStructure) // ends without data
		}
	}
}

// finish reads what follows the data, to the last byte of the part.
func (s *sheetReader) finish() error {
	for {
		data, err := s.side()
		switch {
		case err != nil:
			return err
		case data:
			return s.corrupt(fault.BadStructure) // twice
		case s.xml.Depth() == 0:
			kind, err := s.xml.Next()
			if err == nil && kind != xmlscan.EOF {
				return s.corrupt(fault.AfterRoot)
			}
			return err
		}
	}
}

// pythonNothing is what PyExcelerate writes in the place of a filter that a sheet doesn't have.
const pythonNothing = "None"

// side reads one token beside the data and keeps what belongs to the layout. It returns true at the start of the data.
func (s *sheetReader) side() (data bool, err error) {
	kind, err := s.xml.Next()
	if err != nil || kind == xmlscan.End || kind == xmlscan.EOF {
		if s.xml.Depth() == 1 {
			s.merging = false
		}
		return false, err
	}
	if kind == xmlscan.Text {
		if s.xml.Depth() == 1 && string(bytes.TrimSpace(s.xml.Text)) == pythonNothing {
			return false, nil
		}
		return false, s.blankText()
	}
	if s.xml.Space != xmlscan.Main {
		return false, s.xml.Skip()
	}
	switch s.xml.Depth() {
	case 2:
		switch string(s.xml.Name) {
		case "sheetData":
			return true, nil
		case "mergeCells":
			s.merging = true
			return false, nil
		case "cols":
			return false, nil
		case "autoFilter":
			s.filter()
		case "sheetProtection":
			value, _ := s.xml.Attr("sheet")
			s.beside.Protected, _ = parseBool(value)
		}
	case 3:
		switch name := string(s.xml.Name); {
		case s.merging && name == "mergeCell":
			err = s.merge()
		case name == "col":
			err = s.column()
		}
	}
	if err != nil {
		return false, err
	}
	return false, s.xml.Skip()
}

func (s *sheetReader) blankText() error {
	if len(bytes.Trim(s.xml.Text, " \t\r\n")) > 0 {
		return s.corrupt(fault.BadStructure)
	}
	return nil
}

// maxMerges bounds what a layout holds in memory.
const maxMerges = 1 << 20

func (s *sheetReader) merge() error {
	value, _ := s.xml.Attr("ref")
	r, ok := parseRange(value)
	if !ok {
		return s.corrupt(fault.BadRange)
	}
	if len(s.beside.Merges) == maxMerges {
		return fault.TooLarge(fault.Merges, maxMerges)
	}
	s.beside.Merges = append(s.beside.Merges, r)
	return nil
}

// filter keeps the range of a filter; one of whole columns is left out, since the rows it hides say so themselves.
func (s *sheetReader) filter() {
	value, _ := s.xml.Attr("ref")
	if r, ok := parseRange(value); ok {
		s.beside.Filter = r
	}
}

func (s *sheetReader) column() error {
	value, _ := s.xml.Attr("hidden")
	if hidden, _ := parseBool(value); !hidden {
		return nil
	}
	first, ok1 := intAttr(s.xml, "min")
	last, ok2 := intAttr(s.xml, "max")
	if !ok1 || !ok2 || first < 1 || last < first || last > MaxColumns || len(s.beside.HiddenColumns) >= MaxColumns {
		return s.corrupt(fault.BadRange)
	}
	s.beside.HiddenColumns = append(s.beside.HiddenColumns, Span{first, last})
	return nil
}

// nextRow reads up to the end of the next row that has a value, or of the data.
func (s *sheetReader) nextRow(row *Row) (bool, error) {
	for {
		kind, err := s.xml.Next()
		switch {
		case err != nil:
			return false, err
		case kind == xmlscan.End:
			return false, nil
		case kind == xmlscan.Text:
			err = s.blankText()
		case s.xml.Space != xmlscan.Main:
			err = s.xml.SkipForeign()
		case string(s.xml.Name) != "row":
			err = s.corrupt(fault.BadStructure)
		default:
			row.Number, row.Hidden, row.Cells = 0, false, row.Cells[:0]
			if err = s.startRow(row); err == nil {
				err = s.cells(row)
			}
			if err == nil && len(row.Cells) > 0 {
				s.beside.LastValueRow = s.row
				if row.Hidden {
					s.beside.HiddenRows++
				}
				return true, nil
			}
		}
		if err != nil {
			return false, err
		}
	}
}

// startRow reads the attributes of a row. Attributes without a prefix that the format doesn't know (ECMA-376 Part 1, CT_Row and
// CT_Cell) are refused, as Excel does: no program in use writes any, and one that is there may be what is left of a number or
// style.
func (s *sheetReader) startRow(row *Row) error {
	number, numbered := s.row+1, false
	for i := range s.xml.Attrs {
		a := &s.xml.Attrs[i]
		if plain, err := s.xml.Plain(a); err != nil {
			return err
		} else if !plain {
			continue
		}
		valid := true
		switch string(a.Name) {
		case "r":
			number, valid = a1.ParseRow(a.Value)
			numbered = true
		case "hidden":
			row.Hidden, valid = parseBool(a.Value)
		case "spans", "s", "customFormat", "ht", "customHeight", "outlineLevel", "collapsed", "thickTop", "thickBot", "ph":
		default:
			return s.corrupt(fault.BadAttribute)
		}
		if !valid {
			return s.corrupt(fault.BadRow)
		}
	}
	switch {
	case number <= s.row:
		return s.corrupt(fault.RowOrder)
	case number > MaxRows && numbered:
		return s.corrupt(fault.BadRow)
	case number > min(s.limits.Rows, MaxRows):
		return fault.TooLarge(fault.Rows, int64(min(s.limits.Rows, MaxRows)))
	}
	s.setRow(number)
	row.Number = number
	return nil
}

func (s *sheetReader) setRow(number int) {
	s.row, s.col, s.rowText, s.beside.LastRow = number, 0, 0, number
	s.rowDigits = appendInt(s.rowDigits[:0], number)
}

// cells reads the cells of a row up to its end.
func (s *sheetReader) cells(row *Row) error {
	plain := !s.slow && s.xml.Default() == xmlscan.Main
	for {
		if plain {
			if err := s.plainCells(row); err != nil {
				return err
			}
		}
		kind, err := s.xml.Next()
		switch {
		case err != nil:
			return err
		case kind == xmlscan.End:
			return nil
		case kind == xmlscan.Text:
			err = s.blankText()
		case s.xml.Space != xmlscan.Main:
			err = s.xml.SkipForeign()
		case string(s.xml.Name) == "c":
			err = s.scannedCell(row)
		case string(s.xml.Name) == "extLst":
			err = s.xml.Skip()
		default:
			err = s.corrupt(fault.BadStructure)
		}
		if err != nil {
			return err
		}
	}
}
