package sheet

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
)

// Number is an exact decimal written as a number cell without passing through a float: "-1234.50".
type Number string

// OutCell is one cell to write. Value is nil, string, bool, int, int64, float64, Number, civil.Date or time.Time (its wall
// clock). With a Formula, Value is its cached result. Dates get the format yyyy-mm-dd unless the style has one.
type OutCell struct {
	Value   any
	Style   StyleID
	Formula string // without the equals sign
}

// errorValue is an error cell such as #N/A, which only copies of other workbooks contain.
type errorValue string

const (
	// MaxCellText is how many characters (UTF-16 units) a cell holds.
	MaxCellText = 32767
	maxFormula  = 8192
)

// The formats of dates and times whose style has none: the same everywhere and never ambiguous.
const (
	dateFormat  = "yyyy-mm-dd"
	clockFormat = "yyyy-mm-dd hh:mm:ss"
)

var (
	errTooLong   = fmt.Errorf("text of more than %d characters", MaxCellText)
	errNotNumber = errors.New("not a finite decimal number")
	errFormula   = errors.New("a formula may not refer to other workbooks or programs")
)

// cell appends one cell in column col of row s.next.
func (s *SheetWriter) cell(col int, c OutCell) error {
	if c.Value == nil && c.Style == 0 && c.Formula == "" {
		return nil
	}
	if c.Style < 0 || int(c.Style) >= len(s.w.looks) {
		return fmt.Errorf("no style %d", c.Style)
	}
	if c.Formula != "" {
		return s.formulaCell(col, c)
	}
	switch v := c.Value.(type) {
	case nil:
		s.open(col, s.w.plain(c.Style), "")
		s.buf = append(s.buf, "/>"...)
		return nil
	case string:
		return s.textCell(col, c.Style, v)
	default:
		xf, kind, text, err := s.scalar(c.Style, v)
		if err != nil {
			return err
		}
		if kind == "inlineStr" {
			return s.textCell(col, c.Style, string(text))
		}
		s.open(col, xf, kind)
		s.buf = append(s.buf, "><v>"...)
		s.buf = append(s.buf, text...)
		s.buf = append(s.buf, "</v></c>"...)
		return nil
	}
}

// open appends a cell's start tag without its end.
func (s *SheetWriter) open(col, xf int, kind string) {
	s.buf = append(s.buf, `<c r="`...)
	s.buf = append(s.buf, s.column(col)...)
	s.buf = append(s.buf, s.digits...)
	s.buf = append(s.buf, '"')
	if xf != 0 {
		s.buf = append(s.buf, ` s="`...)
		s.buf = strconv.AppendInt(s.buf, int64(xf), 10)
		s.buf = append(s.buf, '"')
	}
	if kind != "" {
		s.buf = append(s.buf, ` t="`...)
		s.buf = append(s.buf, kind...)
		s.buf = append(s.buf, '"')
	}
}

// textCell writes a string in the cell itself, so that no table of strings grows with the rows. Text that looks like a formula
// is marked as text: programs neither calculate it nor do it when somebody edits the cell.
func (s *SheetWriter) textCell(col int, id StyleID, text string) error {
	if len(text) > MaxCellText && units(text) > MaxCellText {
		return errTooLong
	}
	xf := s.w.plain(id)
	if looksLikeFormula(text) {
		xf = s.w.quoted(id)
	}
	if text == "" {
		s.open(col, xf, "")
		s.buf = append(s.buf, "/>"...)
		return nil
	}
	s.open(col, xf, "inlineStr")
	s.buf = append(s.buf, "><is><t"...)
	if markup.KeepsSpace(text) {
		s.buf = append(s.buf, ` xml:space="preserve"`...)
	}
	s.buf = append(s.buf, '>')
	s.buf = markup.AppendText(s.buf, text)
	s.buf = append(s.buf, "</t></is></c>"...)
	return nil
}

func looksLikeFormula(text string) bool {
	if text == "" {
		return false
	}
	switch text[0] {
	case '=', '+', '-', '@', '\t', '\r':
		return true
	}
	return false
}

func (s *SheetWriter) formulaCell(col int, c OutCell) error {
	if err := checkFormula(c.Formula); err != nil {
		return err
	}
	xf, kind, text := s.w.plain(c.Style), "", []byte(nil)
	switch v := c.Value.(type) {
	case nil:
	case string:
		if units(v) > MaxCellText {
			return errTooLong
		}
		kind, text = "str", markup.AppendText(nil, v)
	default:
		var err error
		if xf, kind, text, err = s.scalar(c.Style, v); err != nil {
			return err
		}
		if kind == "inlineStr" {
			kind = "str"
		}
	}
	s.open(col, xf, kind)
	s.buf = append(s.buf, "><f>"...)
	s.buf = markup.AppendText(s.buf, strings.TrimPrefix(c.Formula, "="))
	s.buf = append(s.buf, "</f>"...)
	if text != nil {
		s.buf = append(s.buf, "<v>"...)
		s.buf = append(s.buf, text...)
		s.buf = append(s.buf, "</v>"...)
	}
	s.buf = append(s.buf, "</c>"...)
	return nil
}

// scalar gives the cell format, type and stored text of a value that isn't a string. The text is valid until the next call.
func (s *SheetWriter) scalar(id StyleID, value any) (xf int, kind string, text []byte, err error) {
	xf, b := s.w.plain(id), s.scratch[:0]
	switch v := value.(type) {
	case bool:
		kind, b = "b", append(b, '0')
		if v {
			b[0] = '1'
		}
	case int:
		b = strconv.AppendInt(b, int64(v), 10)
	case int64:
		b = strconv.AppendInt(b, v, 10)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return 0, "", nil, errNotNumber
		}
		b = strconv.AppendFloat(b, v, 'G', -1, 64)
	case Number:
		if !isDecimal(string(v)) {
			return 0, "", nil, fmt.Errorf("%q: %w", string(v), errNotNumber)
		}
		b = append(b, v...)
	case errorValue:
		kind, b = "e", markup.AppendText(b, string(v))
	case civil.Date:
		xf, kind, b = s.date(id, v, b)
	case time.Time:
		b, xf = appendClock(b, v), s.w.clock(id)
	default:
		return 0, "", nil, fmt.Errorf("a cell can't hold a %T", value)
	}
	s.scratch = b
	return xf, kind, b, nil
}

// date gives a serial number, or text for a day that the calendar of workbooks doesn't have (before March 1900, when it counts
// a leap day that never was).
func (s *SheetWriter) date(id StyleID, d civil.Date, b []byte) (xf int, kind string, text []byte) {
	if serial := serialOf(d); !d.IsZero() && serial > leapBug && d.Year <= 9999 {
		return s.w.date(id), "", strconv.AppendInt(b, serial, 10)
	}
	return s.w.plain(id), "inlineStr", append(b, d.String()...)
}

// epoch is the day 0 that is right for all serial numbers above leapBug.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

const leapBug = 60

// serialOf counts the days from epoch.
func serialOf(d civil.Date) int64 {
	day := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	return (day.Unix() - epoch.Unix()) / (24 * 60 * 60)
}

// appendClock appends the serial number of the clock's reading, to the millisecond.
func appendClock(b []byte, t time.Time) []byte {
	wall := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	const day = 24 * 60 * 60 * 1000
	ms := wall.UnixMilli() - epoch.UnixMilli()
	return strconv.AppendFloat(b, float64(ms)/day, 'f', -1, 64)
}

// isDecimal reports whether s is an optional minus, digits, an optional fraction and an optional exponent.
func isDecimal(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole := leadingDigits(s)
	s = s[whole:]
	if whole == 0 {
		return false
	}
	if strings.HasPrefix(s, ".") {
		n := leadingDigits(s[1:])
		if s = s[1+n:]; n == 0 {
			return false
		}
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		s = s[1:]
		if s != "" && (s[0] == '-' || s[0] == '+') {
			s = s[1:]
		}
		return s != "" && len(s) <= 3 && leadingDigits(s) == len(s)
	}
	return s == ""
}

func leadingDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// checkFormula keeps out what reaches beyond the workbook: [Book]Sheet!A1 and program|topic!item.
func checkFormula(formula string) error {
	if len(formula) > maxFormula || !utf8.ValidString(formula) {
		return errors.New("a formula of more than 8192 characters or not of UTF-8")
	}
	quote := byte(0) // the quotation mark of the text or sheet name that we are in
	for _, b := range []byte(formula) {
		switch {
		case b < ' ' && b != '\n' && b != '\t', b == '[' && quote != '"', b == '|' && quote == 0:
			return errFormula
		case quote == 0 && (b == '"' || b == '\''):
			quote = b
		case b == quote:
			quote = 0
		}
	}
	return nil
}

func (w *Writer) plain(id StyleID) int { return w.looks[id].plain }

func (w *Writer) quoted(id StyleID) int {
	l := &w.looks[id]
	if l.quoted < 0 {
		quoted := l.style
		quoted.QuotePrefix = true
		l.quoted = w.styles.intern(quoted)
	}
	return l.quoted
}

func (w *Writer) date(id StyleID) int {
	l := &w.looks[id]
	if l.date < 0 {
		l.date = w.styles.intern(l.style.withFormat(dateFormat))
	}
	return l.date
}

func (w *Writer) clock(id StyleID) int {
	l := &w.looks[id]
	if l.clock < 0 {
		l.clock = w.styles.intern(l.style.withFormat(clockFormat))
	}
	return l.clock
}

func (s Style) withFormat(code string) Style {
	if s.NumFmt == "" {
		s.NumFmt = code
	}
	return s
}
