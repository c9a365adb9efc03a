package sheet

import (
	"bytes"
	"unsafe"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
	"github.com/learning-cities/guildhall/shared/sheet/internal/numfmt"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xstring"
)

// Codes that an error cell holds where its stored value can't be represented.
const (
	codeNoCachedValue = "FORMULA_NO_CACHED_VALUE"
	codeNumberInvalid = "NUMBER_INVALID"
	codeBoolInvalid   = "BOOLEAN_INVALID"
	codeDateInvalid   = "DATE_INVALID"
)

// keep appends a cell to the row, unless it is blank.
func (s *sheetReader) keep(row *Row, col int, style *CellStyle, p *cellParts) error {
	if !p.hasValue && !p.hasInline && !p.formula {
		return nil
	}
	row.Cells = append(row.Cells, Cell{Col: col, Style: style, Formula: p.formula})
	cell := &row.Cells[len(row.Cells)-1]
	if err := s.fill(cell, p); err != nil {
		return err
	}
	if s.rowText += len(cell.Text); s.rowText > s.limits.Token {
		return fault.TooLarge(fault.RowBytes, int64(s.limits.Token))
	}
	if cell.Kind == KindEmpty && !cell.Formula {
		row.Cells = row.Cells[:len(row.Cells)-1]
	}
	return nil
}

// fill gives a cell its value, which stays KindEmpty where there is none.
func (s *sheetReader) fill(cell *Cell, p *cellParts) error {
	if p.hasInline && (p.kind == typeInline || !p.hasValue) {
		setText(cell, s.texts.add(p.inline))
		return nil
	}
	value := p.value
	if p.kind != typeFormulaText && p.kind != typeInline {
		value = collapsed(value)
	}
	if p.formula && (!p.hasValue || len(value) == 0 && p.kind != typeFormulaText) {
		cell.Kind, cell.Text = KindError, codeNoCachedValue
		return nil
	}
	if len(value) == 0 && p.kind != typeShared {
		return nil
	}
	switch p.kind {
	case typeNumber:
		s.number(cell, value)
	case typeShared:
		return s.shared(cell, value)
	case typeInline, typeFormulaText:
		if xstring.Escaped(value) {
			s.scratch = xstring.Append(s.scratch[:0], value)
			value = s.scratch
		}
		setText(cell, s.texts.add(value))
	case typeBool:
		on, valid := parseBool(value)
		if !valid {
			s.invalid(cell, codeBoolInvalid, value)
			return nil
		}
		cell.Kind, cell.Bool = KindBool, on
	case typeError:
		cell.Kind, cell.Text = KindError, s.texts.add(value)
	case typeDate:
		class := numfmt.General
		if cell.Style != nil {
			class = numfmt.Class(cell.Style.Class)
		}
		printed, ok := numfmt.AppendISO(s.scratch[:0], string(value), class, s.date1904)
		if !ok {
			s.invalid(cell, codeDateInvalid, value)
			return nil
		}
		cell.Kind, cell.Text, cell.Raw = KindDate, s.texts.add(printed), s.texts.add(value)
		s.scratch = printed
	}
	return nil
}

// collapsed is a value without white space around it, as XML Schema reads all types but texts.
func collapsed(value []byte) []byte {
	if n := len(value); n > 0 && value[0] > ' ' && value[n-1] > ' ' {
		return value
	}
	return bytes.Trim(value, " \t\r\n")
}

func setText(cell *Cell, text string) {
	if text != "" {
		cell.Kind, cell.Text = KindText, text
	}
}

func (s *sheetReader) invalid(cell *Cell, code string, raw []byte) {
	cell.Kind, cell.Text, cell.Raw = KindError, code, s.texts.add(raw)
}

// number reads a number, which is a date where its style shows it as one.
func (s *sheetReader) number(cell *Cell, value []byte) {
	number, ok := parseDouble(value)
	if !ok {
		s.invalid(cell, codeNumberInvalid, value)
		return
	}
	cell.Kind, cell.Number, cell.Raw = KindNumber, number, s.texts.add(value)
	if cell.Style == nil || cell.Style.Class < ClassDate {
		return
	}
	if printed, ok := numfmt.AppendSerial(s.scratch[:0], number, numfmt.Class(cell.Style.Class), s.date1904); ok {
		cell.Kind, cell.Text = KindDate, s.texts.add(printed)
		s.scratch = printed
	}
}

func (s *sheetReader) shared(cell *Cell, value []byte) error {
	index, ok := parseIndex(value)
	if !ok {
		return s.corrupt(fault.BadString)
	}
	text, ok, err := s.strings.Get(index)
	if err != nil {
		return err
	}
	if !ok {
		return s.corrupt(fault.BadString)
	}
	setText(cell, text)
	return nil
}

// textArena makes strings without an allocation for each: they stand in blocks that are filled once and never changed, so
// that a string stays valid for as long as somebody keeps it.
type textArena struct{ block []byte }

const arenaBlock = 16 << 10

func (a *textArena) add(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	if len(text) > cap(a.block)-len(a.block) {
		if len(text) > arenaBlock/4 {
			return string(text)
		}
		a.block = make([]byte, 0, arenaBlock)
	}
	start := len(a.block)
	a.block = append(a.block, text...)
	return unsafe.String(&a.block[start], len(text))
}
