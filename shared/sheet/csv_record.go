package sheet

import (
	"bytes"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// parse reads one record at the beginning of w into the row and returns its length with its line end (LF, CRLF or CR), or 0
// when it doesn't end within w and more may come. Quotes count only at the beginning of a field; what follows the closing
// one up to the delimiter belongs to the field, as in spreadsheet programs.
func (c *csvReader) parse(row *Row, w []byte) (int, error) {
	for i := 0; ; i++ {
		text, end, err := c.field(w, i)
		if err != nil || end < 0 {
			return 0, err
		}
		row.Fields++
		if row.Fields > c.limits.Columns {
			return 0, fault.TooLarge(fault.Columns, int64(c.limits.Columns))
		}
		if text, guarded := unguarded(text); len(text) > 0 {
			cell := Cell{Col: row.Fields, Kind: KindText, Text: c.texts.add(text)}
			if guarded {
				cell.Style = guardedStyle
			}
			row.Cells = append(row.Cells, cell)
		}
		i = end
		if i < len(w) && w[i] == c.delimiter {
			continue
		}
		if row.Fields == 1 && end == 0 {
			row.Fields = 0 // a blank line
		}
		switch {
		case i == len(w):
			if !c.eof {
				return 0, nil
			}
			return i, nil
		case w[i] == '\n':
			return i + 1, nil
		case i+1 < len(w) && w[i+1] == '\n':
			return i + 2, nil
		case i+1 == len(w) && !c.eof:
			return 0, nil // a line feed may follow the carriage return
		}
		return i + 1, nil
	}
}

// field reads the field that begins at i and returns where it ends; below 0 when it needs more.
func (c *csvReader) field(w []byte, i int) (text []byte, end int, err error) {
	if i == len(w) && !c.eof {
		return nil, -1, nil
	}
	if i == len(w) || w[i] != '"' {
		end = i + c.unquoted(w[i:])
		return w[i:end], end, nil
	}
	c.scratch = c.scratch[:0]
	for i++; ; {
		n := bytes.IndexByte(w[i:], '"')
		if n < 0 {
			if c.eof {
				return nil, 0, fault.Truncated("", fault.OpenQuote)
			}
			return nil, -1, nil
		}
		c.scratch = append(c.scratch, w[i:i+n]...)
		i += n + 1
		if i == len(w) && !c.eof {
			return nil, -1, nil
		}
		if i == len(w) || w[i] != '"' {
			end = i + c.unquoted(w[i:])
			c.scratch = append(c.scratch, w[i:end]...)
			return c.scratch, end, nil
		}
		c.scratch = append(c.scratch, '"')
		i++
	}
}

// unquoted returns the length of what comes before a delimiter or line end.
func (c *csvReader) unquoted(w []byte) int {
	for i, b := range w {
		if b == c.delimiter || b == '\n' || b == '\r' {
			return i
		}
	}
	return len(w)
}

// guardedStyle tells of a text that an apostrophe stood before: nobody means it as a formula.
var guardedStyle = &CellStyle{Format: "General", QuotePrefix: true}

// unguarded takes off the apostrophe that an export puts in front of text that looks like a formula. An export guards
// text that already begins with such apostrophes too, so that taking one off always gives back what was exported.
func unguarded(text []byte) (bare []byte, guarded bool) {
	if len(text) < 2 || text[0] != '\'' {
		return text, false
	}
	if rest := bytes.TrimLeft(text, "'"); len(rest) > 0 && bytes.IndexByte([]byte("=+-@\t\r"), rest[0]) >= 0 {
		return text[1:], true
	}
	return text, false
}
