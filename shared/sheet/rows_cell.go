package sheet

import (
	"bytes"
	"strconv"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xstring"
)

// cellType is what the attribute t says.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeInline
	typeFormulaText
	typeBool
	typeError
	typeDate
)

func parseCellType(t []byte) (cellType, bool) {
	switch string(t) {
	case "n":
		return typeNumber, true
	case "s":
		return typeShared, true
	case "inlineStr":
		return typeInline, true
	case "str":
		return typeFormulaText, true
	case "b":
		return typeBool, true
	case "e":
		return typeError, true
	case "d":
		return typeDate, true
	}
	return 0, false
}

// cellParts is a cell as written.
type cellParts struct {
	ref, style  []byte
	kind        cellType
	hasValue    bool // has a v, even an empty one
	hasInline   bool
	formula     bool
	value       []byte // of v, decoded as XML
	inline      []byte // of is, decoded to the end
	valueBuffer []byte
	inlineBuf   []byte
}

// scannedCell reads a cell that the scanner has just started, in whatever way it is written.
func (s *sheetReader) scannedCell(row *Row) error {
	p := &s.parts
	p.ref, p.style, p.kind, p.hasValue, p.hasInline, p.formula = nil, nil, typeNumber, false, false, false
	p.value, p.inline = nil, nil
	for i := range s.xml.Attrs {
		a := &s.xml.Attrs[i]
		if plain, err := s.xml.Plain(a); err != nil {
			return err
		} else if !plain {
			continue
		}
		switch string(a.Name) {
		case "r":
			p.ref = a.Value
			if len(p.ref) == 0 {
				return s.corrupt(fault.BadCell)
			}
		case "s":
			p.style = a.Value
			if len(p.style) == 0 {
				return s.corrupt(fault.BadStyle)
			}
		case "t":
			var ok bool
			if p.kind, ok = parseCellType(a.Value); !ok {
				return s.corrupt(fault.BadCellType)
			}
		case "cm", "vm", "ph":
		default:
			return s.corrupt(fault.BadAttribute)
		}
	}
	col, style, err := s.place(p) // before the scanner moves on and the attributes are gone
	if err != nil {
		return err
	}
	if err := s.cellContent(p); err != nil {
		return err
	}
	return s.keep(row, col, style, p)
}

// cellContent reads the elements of a cell up to its end.
func (s *sheetReader) cellContent(p *cellParts) error {
	outer := s.xml.Depth()
	for {
		kind, err := s.xml.Next()
		if err != nil {
			return err
		}
		if kind == xmlscan.End && s.xml.Depth() < outer {
			return nil
		}
		if kind == xmlscan.Text {
			if err := s.blankText(); err != nil {
				return err
			}
		}
		if kind != xmlscan.Start {
			continue
		}
		if s.xml.Space != xmlscan.Main {
			if err := s.xml.SkipForeign(); err != nil {
				return err
			}
			continue
		}
		if err := s.cellElement(p); err != nil {
			return err
		}
	}
}

func (s *sheetReader) cellElement(p *cellParts) (err error) {
	switch name := string(s.xml.Name); {
	case name == "v" && !p.hasValue:
		p.hasValue = true
		p.valueBuffer, err = s.onlyText(p.valueBuffer[:0])
		p.value = p.valueBuffer
	case name == "is" && !p.hasInline:
		p.hasInline = true
		p.inlineBuf, err = xstring.AppendRich(p.inlineBuf[:0], s.xml)
		p.inline = p.inlineBuf
	case name == "f" && !p.formula:
		p.formula = true
		s.scratch, err = s.onlyText(s.scratch[:0])
	case name == "extLst":
		err = s.xml.Skip()
	default:
		err = s.corrupt(fault.BadStructure)
	}
	return err
}

// onlyText reads the rest of an element that holds nothing but text.
func (s *sheetReader) onlyText(dst []byte) ([]byte, error) {
	for {
		kind, err := s.xml.Next()
		switch {
		case err != nil:
			return dst, err
		case kind == xmlscan.End:
			return dst, nil
		case kind == xmlscan.Start:
			return dst, s.corrupt(fault.BadStructure)
		}
		if err := s.xml.CheckText(len(dst) + len(s.xml.Text)); err != nil {
			return dst, err
		}
		dst = append(dst, s.xml.Text...)
	}
}

// place checks where a cell stands and how it is styled. Cells and rows without a reference follow the one before.
func (s *sheetReader) place(p *cellParts) (col int, style *CellStyle, err error) {
	col = s.col + 1
	if p.ref != nil {
		var ok bool
		if col, ok = s.columnOf(p.ref); !ok {
			return 0, nil, s.corrupt(fault.BadCell)
		}
		if col <= s.col {
			return 0, nil, s.corrupt(fault.CellOrder)
		}
	}
	if most := min(s.limits.Columns, MaxColumns); col > most {
		return 0, nil, fault.TooLarge(fault.Columns, int64(most))
	}
	s.col = col
	if s.count++; s.count > s.limits.Cells {
		return 0, nil, fault.TooLarge(fault.Cells, s.limits.Cells)
	}
	if p.style == nil {
		if len(s.styles) > 0 {
			style = &s.styles[0]
		}
		return col, style, nil
	}
	index, ok := parseIndex(p.style)
	if !ok || index >= len(s.styles) && !s.noStyles {
		return 0, nil, s.corrupt(fault.BadStyle)
	}
	if index < len(s.styles) {
		style = &s.styles[index]
	}
	return col, style, nil
}

// columnOf returns the column of a reference into the current row.
func (s *sheetReader) columnOf(ref []byte) (col int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20 // upper case
		if ref[i] < 'A' || c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	return col, i > 0 && col <= MaxColumns && bytes.Equal(ref[i:], s.rowDigits)
}

// parseIndex reads a plain non-negative number.
func parseIndex(digits []byte) (int, bool) {
	if len(digits) == 0 || len(digits) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

func appendInt(dst []byte, n int) []byte { return strconv.AppendInt(dst, int64(n), 10) }
