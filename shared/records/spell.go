package records

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/table"
)

// Speller writes attributes as JSON: equal ones, and only they, are spelled alike. The bytes are those of encoding/json without its
// escapes for HTML, names in ascending order. The zero Speller is ready; it is used by one goroutine.
type Speller struct {
	names []string // a stack: each object's lie above those of the object around it
	text  []byte
}

// Attributes appends a body.
func (s *Speller) Attributes(dst []byte, body table.Attributes) []byte {
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
		dst = append(AppendText(dst, name), ':')
		dst = s.value(dst, body[name])
	}
	s.names = s.names[:start]
	return append(dst, '}')
}

// value spells a string, int64, bool, list or object: attributes have no other values.
func (s *Speller) value(dst []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return AppendText(dst, v)
	case int64:
		return strconv.AppendInt(dst, v, 10)
	case bool:
		return strconv.AppendBool(dst, v)
	case map[string]any:
		return s.Attributes(dst, v)
	case []any:
		dst = append(dst, '[')
		for i, element := range v {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = s.value(dst, element)
		}
		return append(dst, ']')
	}
	return append(dst, "null"...)
}

const hexDigits = "0123456789abcdef"

// AppendText spells a text as encoding/json does: what is no UTF-8 becomes U+FFFD, and the line separators of JavaScript are
// escaped.
func AppendText(dst []byte, text string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(text); {
		if i+8 <= len(text) && plainEight(text[i:i+8]) {
			i += 8
			continue
		}
		c := text[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' {
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

// plainEight reports whether eight bytes certainly are printable ASCII without a quotation mark and a backslash: all at once, since
// most of a plan's bytes pass by here.
func plainEight(s string) bool {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	_ = s[7]
	x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	quote, backslash := x^ones*'"', x^ones*'\\'
	return (x|(x-ones*' ')|(quote-ones)&^quote|(backslash-ones)&^backslash)&highs == 0
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
