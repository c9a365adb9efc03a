package imports

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/table"
)

// speller writes the JSON of a plan's rows, the same bytes as encoding/json without its escapes for HTML: attributes in the
// order of their names, empty parts left out. A third of a check's time went into encoding/json and into spelling bodies a
// second time to compare rows; this one knows the fields.
type speller struct {
	line  []byte
	names []string // a stack: each object's lie above those of the object around it
}

// row spells a line, valid until the next call.
func (s *speller) row(row *PlanRow) []byte {
	s.line = strconv.AppendInt(append(s.line[:0], `{"row":`...), int64(row.Row), 10)
	s.text(`,"outcome":`, string(row.Outcome))
	s.textIfAny(`,"label":`, row.Label)
	for i := range row.Writes {
		s.raw(first(i, `,"writes":[`))
		s.write(&row.Writes[i])
	}
	if len(row.Writes) > 0 {
		s.raw("]")
	}
	s.raw("}\n")
	return s.line
}

func (s *speller) write(w *PlanWrite) {
	s.text(`{"op":`, string(w.Op))
	s.text(`,"type":`, w.Type)
	s.textIfAny(`,"partition":`, w.Partition)
	s.text(`,"id":`, w.ID)
	s.integer(`,"base":`, w.Base)
	s.bodyIfAny(`,"before":`, w.Before)
	s.bodyIfAny(`,"after":`, w.After)
	for i, field := range w.Fields {
		s.text(first(i, `,"fields":[`), field)
	}
	if len(w.Fields) > 0 {
		s.raw("]")
	}
	for i, claim := range w.Claims {
		s.raw(first(i, `,"claims":[`))
		s.text(`{"partition":`, claim.Partition)
		s.text(`,"id":`, claim.ID)
		s.text(`,"holder":`, claim.Holder)
		s.raw("}")
	}
	if len(w.Claims) > 0 {
		s.raw("]")
	}
	if w.First != 0 {
		s.integer(`,"first":`, int64(w.First))
	}
	s.raw("}")
}

// first is what stands before an element of a list: its beginning, or a comma.
func first(i int, begin string) string {
	if i == 0 {
		return begin
	}
	return ","
}

func (s *speller) raw(text string) { s.line = append(s.line, text...) }

func (s *speller) text(before, value string) {
	s.line = appendJSONText(append(s.line, before...), value)
}

func (s *speller) textIfAny(before, value string) {
	if value != "" {
		s.text(before, value)
	}
}

func (s *speller) integer(before string, value int64) {
	s.line = strconv.AppendInt(append(s.line, before...), value, 10)
}

func (s *speller) bodyIfAny(before string, body table.Attributes) {
	if len(body) > 0 {
		s.line = s.appendBody(append(s.line, before...), body)
	}
}

// appendBody spells a body so that equal ones, and only they, are spelled alike.
func (s *speller) appendBody(dst []byte, body map[string]any) []byte {
	start := len(s.names)
	for name := range body {
		s.names = append(s.names, name)
	}
	slices.Sort(s.names[start:])
	dst = append(dst, '{')
	for i := start; i < start+len(body); i++ {
		if i > start {
			dst = append(dst, ',')
		}
		name := s.names[i]
		dst = append(appendJSONText(dst, name), ':')
		dst = s.appendValue(dst, body[name])
	}
	s.names = s.names[:start]
	return append(dst, '}')
}

// appendValue spells a string, int64, bool, list or object: attributes have no other values.
func (s *speller) appendValue(dst []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return appendJSONText(dst, v)
	case int64:
		return strconv.AppendInt(dst, v, 10)
	case bool:
		return strconv.AppendBool(dst, v)
	case map[string]any:
		return s.appendBody(dst, v)
	case []any:
		dst = append(dst, '[')
		for i, element := range v {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = s.appendValue(dst, element)
		}
		return append(dst, ']')
	}
	return append(dst, "null"...)
}

const hexDigits = "0123456789abcdef"

// appendJSONText spells a text as encoding/json does: what is no UTF-8 becomes U+FFFD, and the line separators of JavaScript are
// escaped.
func appendJSONText(dst []byte, text string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' && c != 0x7f {
			i++
			continue
		}
		size, escaped := 1, ""
		if c >= utf8.RuneSelf {
			var r rune
			switch r, size = utf8.DecodeRuneInString(text[i:]); {
			case r == utf8.RuneError && size == 1:
				escaped = `\ufffd`
			case r == '\u2028':
				escaped = `\u2028`
			case r == '\u2029':
				escaped = `\u2029`
			}
		} else {
			escaped = asciiEscapes[c]
		}
		if escaped != "" {
			dst = append(append(dst, text[start:i]...), escaped...)
			start = i + size
		}
		i += size
	}
	return append(append(dst, text[start:]...), '"')
}

// asciiEscapes are the escapes of control characters, quotation mark and backslash.
var asciiEscapes = func() (table [utf8.RuneSelf]string) {
	for c := range ' ' {
		table[c] = `\u00` + string([]byte{hexDigits[c>>4], hexDigits[c&15]})
	}
	for c, short := range map[byte]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`} {
		table[c] = short
	}
	return table
}()
