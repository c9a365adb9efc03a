package sheet

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind says what a cell holds.
type Kind uint8

// The kinds of cell values.
const (
	KindEmpty  Kind = iota // a formula whose cached value is an empty text; other empty cells are not stored at all
	KindText               // Text
	KindNumber             // Number, with the stored spelling in Raw
	KindBool               // Bool
	KindDate               // Text is the printed form; Number and Raw hold the serial, Number is 0 for a cell stored as ISO 8601
	KindError              // Text is "#N/A" and the like, or a code such as NUMBER_INVALID with what is stored in Raw
)

// Cell is one stored cell. Its strings stay valid after the row is gone; Style is shared by all cells of that format and must
// not be changed. A nil Style is the General format.
type Cell struct {
	Col     int // from 1 (A)
	Kind    Kind
	Bool    bool
	Formula bool // the value is the cached result of a formula
	edited  bool // the value is that of an Edit
	Number  float64
	Text    string
	Raw     string // a number's or date's stored spelling; what an error cell held instead of a value
	Style   *CellStyle
}

// Row is one row of a sheet with its stored cells in ascending order of their columns. Blank cells, formatted or not, are
// not stored.
type Row struct {
	Number int // the sheet's own number, from 1; for CSV the record's, blank lines counted
	Hidden bool
	Fields int // CSV: fields in the record, blank ones counted (0 for a blank line); 0 for workbooks
	Cells  []Cell
}

// At returns the cell in a column, or nil when none is stored there.
func (r *Row) At(col int) *Cell {
	lo, hi := 0, len(r.Cells)
	for lo < hi {
		if mid := (lo + hi) / 2; r.Cells[mid].Col < col {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(r.Cells) && r.Cells[lo].Col == col {
		return &r.Cells[lo]
	}
	return nil
}

// Value returns the cell as `guildhall read` prints it: string, float64, bool, nil, or {"error": …} with "raw" where what is
// stored can't be represented. A nil cell is nil.
func (c *Cell) Value() any {
	if c == nil {
		return nil
	}
	switch c.Kind {
	case KindText, KindDate:
		return c.Text
	case KindNumber:
		return c.Number
	case KindBool:
		return c.Bool
	case KindError:
		object := map[string]any{"error": c.Text}
		if c.Raw != "" {
			object["raw"] = c.Raw
		}
		return object
	default:
		return nil
	}
}

// Shown is the cell as its sender sees it, as near as a text comes to that: numbers with a point before decimals, days as 2025-06-15. A nil
// cell is "".
func (c *Cell) Shown() string {
	if c == nil {
		return ""
	}
	switch c.Kind {
	case KindNumber:
		decimal, _ := numberDecimal(c)
		shown, _ := shownNumber(c, decimal)
		return shown
	case KindBool:
		if c.Bool {
			return "TRUE"
		}
		return "FALSE"
	case KindError:
		if c.Raw != "" {
			return c.Raw
		}
	}
	return c.Text
}

// AppendJSON appends the cell's Value as JSON. A nil cell is null.
func (c *Cell) AppendJSON(dst []byte) []byte {
	if c == nil {
		return append(dst, "null"...)
	}
	switch c.Kind {
	case KindText, KindDate:
		return appendString(dst, c.Text)
	case KindNumber:
		return appendNumber(dst, c.Number)
	case KindBool:
		return strconv.AppendBool(dst, c.Bool)
	case KindError:
		dst = appendString(append(dst, `{"error":`...), c.Text)
		if c.Raw != "" {
			dst = appendString(append(dst, `,"raw":`...), c.Raw)
		}
		return append(dst, '}')
	default:
		return append(dst, "null"...)
	}
}

// AppendJSON appends the row as one line of `guildhall read --format jsonl`, without the line end: element i is column i from
// A, trailing nulls are cut, a blank row is [].
func (r *Row) AppendJSON(dst []byte) []byte {
	dst = append(dst, '[')
	next, last := 1, 0
	for i := range r.Cells {
		if r.Cells[i].Kind != KindEmpty {
			last = i + 1
		}
	}
	for i := range r.Cells[:last] {
		cell := &r.Cells[i]
		for ; next < cell.Col; next++ {
			dst = append(dst, "null,"...)
		}
		dst = append(cell.AppendJSON(dst), ',')
		next = cell.Col + 1
	}
	if last > 0 {
		dst = dst[:len(dst)-1]
	}
	return append(dst, ']')
}

// appendNumber spells a finite double the way JavaScript and encoding/json do.
func appendNumber(dst []byte, f float64) []byte {
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(dst, f, format, -1, 64)
}

// lineSeparator returns the character at the beginning of s if some programs take it for the end of a line, or 0.
func lineSeparator(s string) rune {
	switch {
	case strings.HasPrefix(s, "\u0085"):
		return '\u0085'
	case strings.HasPrefix(s, "\u2028"):
		return '\u2028'
	case strings.HasPrefix(s, "\u2029"):
		return '\u2029'
	}
	return 0
}

const hexDigits = "0123456789abcdef"

// appendString quotes valid UTF-8 as JSON; nothing is escaped for HTML, so that the line reads as the sheet does. What some
// programs take for the end of a line (U+0085, U+2028 and U+2029) is escaped, so that a row is one line to all of them.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			if c < utf8.RuneSelf {
				continue
			}
			if line := lineSeparator(s[i:]); line != 0 {
				dst = append(append(dst, s[start:i]...), `\u`...)
				dst = append(dst, hexDigits[line>>12], hexDigits[line>>8&15], hexDigits[line>>4&15], hexDigits[line&15])
				i += utf8.RuneLen(line) - 1
				start = i + 1
			}
			continue
		}
		dst = append(dst, s[start:i]...)
		start = i + 1
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, `\n`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '\t':
			dst = append(dst, `\t`...)
		default:
			dst = append(dst, `\u00`...)
			dst = append(dst, hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return append(append(dst, s[start:]...), '"')
}
