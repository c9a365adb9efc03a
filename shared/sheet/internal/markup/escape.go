// Package markup writes and rewrites XML as bytes: it escapes text, takes documents apart into tags without changing a byte,
// and knows nothing of what the elements mean.
package markup

import (
	"unicode/utf8"
)

// AppendText appends s as the content of a spreadsheet string element. What XML can't hold becomes _xHHHH_, and text that
// would be taken for such an escape is escaped itself. Bytes that are not UTF-8 become U+FFFD.
func AppendText(dst []byte, s string) []byte { return appendEscaped(dst, s, true, false) }

// AppendAttr appends s as a double-quoted attribute value of a spreadsheet part, without the quotes.
func AppendAttr(dst []byte, s string) []byte { return appendEscaped(dst, s, true, true) }

// AppendPlain appends s as the content or attribute of parts that know no _xHHHH_ (drawings, charts, properties). What XML
// can't hold becomes U+FFFD.
func AppendPlain(dst []byte, s string) []byte { return appendEscaped(dst, s, false, true) }

// special marks the bytes that may not stand as they are in one of the forms; bytes from 0x80 are looked at one by one.
var special = func() (t [256]bool) {
	for b := range t {
		t[b] = b < 0x20 || b >= 0x80
	}
	for _, b := range []byte(`&<>"_`) {
		t[b] = true
	}
	return t
}()

func appendEscaped(dst []byte, s string, spreadsheet, attr bool) []byte {
	from := 0
	for i := 0; i < len(s); {
		b := s[i]
		if !special[b] {
			i++
			continue
		}
		size, replacement := 1, ""
		switch {
		case b >= utf8.RuneSelf:
			size, replacement = wide(s[i:], spreadsheet)
		case b == '_':
			if spreadsheet && looksEscaped(s[i:]) {
				replacement = "_x005F_"
			}
		case b < 0x20:
			replacement = control(b, spreadsheet, attr)
		default:
			replacement = entity(b, attr)
		}
		if replacement != "" {
			dst = append(append(dst, s[from:i]...), replacement...)
			from = i + size
		}
		i += size
	}
	return append(dst, s[from:]...)
}

func wide(s string, spreadsheet bool) (size int, replacement string) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && size == 1:
		return size, "\uFFFD"
	case r == 0xFFFE || r == 0xFFFF:
		if !spreadsheet {
			return size, "\uFFFD"
		}
		return size, escaped(uint16(r))
	}
	return size, ""
}

func control(b byte, spreadsheet, attr bool) string {
	switch {
	case (b == '\t' || b == '\n') && !attr:
		return ""
	case b == '\t':
		return "&#9;"
	case b == '\n':
		return "&#10;"
	case spreadsheet:
		return escaped(uint16(b))
	case b == '\r':
		return "&#13;"
	default:
		return "\uFFFD"
	}
}

func entity(b byte, attr bool) string {
	switch b {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '"':
		if attr {
			return "&quot;"
		}
	}
	return ""
}

func escaped(unit uint16) string {
	const hex = "0123456789ABCDEF"
	return string([]byte{'_', 'x', hex[unit>>12], hex[unit>>8&15], hex[unit>>4&15], hex[unit&15], '_'})
}

// looksEscaped reports whether s begins with _xHHHH_.
func looksEscaped(s string) bool {
	if len(s) < 7 || s[1] != 'x' && s[1] != 'X' || s[6] != '_' {
		return false
	}
	for _, b := range []byte(s[2:6]) {
		if (b < '0' || b > '9') && (b < 'a' || b > 'f') && (b < 'A' || b > 'F') {
			return false
		}
	}
	return true
}

// KeepsSpace reports whether an element needs xml:space="preserve" for its text to survive.
func KeepsSpace(s string) bool {
	if s == "" {
		return false
	}
	first, last := s[0], s[len(s)-1]
	if first <= ' ' || last <= ' ' {
		return true
	}
	for i := 1; i < len(s); i++ {
		if s[i] <= ' ' && (s[i] != ' ' || s[i-1] == ' ') {
			return true
		}
	}
	return false
}
