package xmlscan

import (
	"bytes"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// decode replaces entities and normalises line ends of text between tags. Text that needs neither is returned as it is.
func (s *Scanner) decode(raw []byte) ([]byte, error) {
	special := false
	for i, b := range raw {
		if b == '&' || b == '\r' {
			special = true
		} else if b == '>' && i >= 2 && raw[i-1] == ']' && raw[i-2] == ']' {
			return nil, s.corrupt(fault.NotXML)
		}
	}
	if !special {
		return raw, nil
	}
	out, err := s.expand(s.scratch[:0], raw, false)
	s.scratch = out
	return out, err
}

// decodeAttr decodes an attribute's value: white space becomes spaces. Decoded values share the scratch buffer until the
// next tag.
func (s *Scanner) decodeAttr(raw []byte) ([]byte, error) {
	special := false
	for _, b := range raw {
		switch b {
		case '<':
			return nil, s.corrupt(fault.BadAttribute)
		case '&', '\t', '\r', '\n':
			special = true
		}
	}
	if !special {
		return raw, nil
	}
	start := len(s.scratch)
	out, err := s.expand(s.scratch, raw, true)
	s.scratch = out
	return out[start:len(out):len(out)], err
}

func (s *Scanner) expand(dst, raw []byte, attribute bool) ([]byte, error) {
	for i := 0; i < len(raw); i++ {
		switch b := raw[i]; {
		case b == '&':
			end := bytes.IndexByte(raw[i:], ';')
			if end < 0 {
				return dst, s.corrupt(fault.BadEntity)
			}
			r, ok := entity(raw[i+1 : i+end])
			if !ok {
				return dst, s.corrupt(fault.BadEntity)
			}
			dst = utf8.AppendRune(dst, r)
			i += end
		case b == '\r':
			if i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
			b = '\n'
			fallthrough
		case attribute && (b == '\n' || b == '\t'):
			if attribute {
				b = ' '
			}
			dst = append(dst, b)
		default:
			dst = append(dst, b)
		}
	}
	return dst, nil
}

// lineEnds normalises the line ends of a CDATA section, the only thing to decode in one.
func (s *Scanner) lineEnds(raw []byte) []byte {
	if bytes.IndexByte(raw, '\r') < 0 {
		return raw
	}
	out := s.scratch[:0]
	for i, b := range raw {
		switch {
		case b == '\r' && i+1 < len(raw) && raw[i+1] == '\n':
		case b == '\r':
			out = append(out, '\n')
		default:
			out = append(out, b)
		}
	}
	s.scratch = out
	return out
}

// entity returns the character of an entity's or character reference's name.
func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], rune(10)
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	r := rune(0)
	for _, c := range digits {
		d, ok := digit(c)
		if !ok || d >= base {
			return 0, false
		}
		if r = r*base + d; r > utf8.MaxRune {
			return 0, false
		}
	}
	return r, len(digits) > 0 && charAllowed(r)
}

func digit(c byte) (rune, bool) {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0'), true
	case 'a' <= c && c <= 'f':
		return rune(c-'a') + 10, true
	case 'A' <= c && c <= 'F':
		return rune(c-'A') + 10, true
	}
	return 0, false
}

// charAllowed is the production Char of XML 1.0.
func charAllowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r < 0xD800 || r >= 0xE000 && r < 0xFFFE || r >= 0x10000 && r <= utf8.MaxRune
}

// PlainText returns the length of the text at the beginning of w up to a tag, and that text with the predefined entities in it
// replaced, for which it uses buf; -1 when no tag follows or something in it needs more decoding.
func PlainText(w, buf []byte) (n int, text, used []byte) {
	for i, b := range w {
		if classes[b]&special == 0 {
			continue
		}
		if b == '<' {
			return i, w[:i], buf
		}
		if b == '&' {
			return withEntities(w, i, buf)
		}
		break
	}
	return -1, nil, buf
}

// withEntities goes on with PlainText at the first entity, which stands at i.
func withEntities(w []byte, i int, buf []byte) (n int, text, used []byte) {
	buf = append(buf[:0], w[:i]...)
	for i < len(w) {
		switch b := w[i]; {
		case classes[b]&special == 0:
			buf = append(buf, b)
			i++
		case b == '<':
			return i, buf, buf
		case b == '&':
			char, length := predefined(w[i+1:])
			if length == 0 {
				return -1, nil, buf
			}
			buf = append(buf, char)
			i += 1 + length
		default:
			return -1, nil, buf
		}
	}
	return -1, nil, buf
}

// predefined returns the character of a predefined entity whose name and semicolon w begins with, and their length, or 0.
func predefined(w []byte) (char byte, length int) {
	const longest = len("apos;")
	end := bytes.IndexByte(w[:min(longest, len(w))], ';')
	if end < 0 || w[0] == '#' {
		return 0, 0
	}
	r, ok := entity(w[:end])
	if !ok {
		return 0, 0
	}
	return byte(r), end + 1
}
