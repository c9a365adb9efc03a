package sheet

import (
	"bytes"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xstring"
)

// Most cells are written the same way by all programs: attributes r, s and t in double quotes with a space before each, then
// v or a single t of inline text, nothing that needs decoding. plainCells reads those directly from the scanner's window,
// which spares six tokens a cell. It accepts nothing else: what looks different in any way is left to scannedCell, which
// says the same of a plain cell (a test compares them).

// plainCells reads the plain cells that are next in the window.
func (s *sheetReader) plainCells(row *Row) error {
	window := s.xml.Window()
	done := 0
	for {
		n := s.plainCell(window[done:])
		if n == 0 {
			s.xml.Advance(done)
			return nil
		}
		done += n
		col, style, err := s.place(&s.parts)
		if err == nil {
			err = s.keep(row, col, style, &s.parts)
		}
		if err != nil {
			return err
		}
	}
}

// plainCell reads one plain cell into s.parts and returns its length, or 0 when there is none.
func (s *sheetReader) plainCell(w []byte) int {
	if len(w) < 4 || w[0] != '<' || w[1] != 'c' {
		return 0
	}
	p := &s.parts
	p.ref, p.style, p.kind, p.hasValue, p.hasInline, p.formula = nil, nil, typeNumber, false, false, false
	i := p.plainAttributes(w, 2)
	if i == 0 || i+1 >= len(w) {
		return 0
	}
	if w[i] == '/' && w[i+1] == '>' {
		return i + 2
	}
	if w[i] != '>' {
		return 0
	}
	i++
	if bytes.HasPrefix(w[i:], []byte("<f>")) {
		n, _ := plainText(w[i+len("<f>"):], "</f>", &s.scratch)
		if n == 0 {
			return 0
		}
		p.formula = true
		i += len("<f>") + n
	}
	switch rest := w[i:]; {
	case bytes.HasPrefix(rest, []byte("<v>")):
		n, text := plainText(rest[len("<v>"):], "</v>", &p.valueBuffer)
		if n == 0 {
			return 0
		}
		p.hasValue, p.value = true, text
		i += len("<v>") + n
	case bytes.HasPrefix(rest, []byte("<is><t>")):
		n, text := plainText(rest[len("<is><t>"):], "</t></is>", &p.inlineBuf)
		if n == 0 || xstring.Escaped(text) {
			return 0
		}
		p.hasInline, p.inline = true, text
		i += len("<is><t>") + n
	}
	if !bytes.HasPrefix(w[i:], []byte("</c>")) {
		return 0
	}
	return i + len("</c>")
}

// plainText returns the length of a text of which nothing but predefined entities needs decoding, up to behind the tags that end
// it, and the text; or 0.
func plainText(w []byte, end string, buffer *[]byte) (length int, text []byte) {
	n, text, used := xmlscan.PlainText(w, *buffer)
	*buffer = used
	if n < 0 || !bytes.HasPrefix(w[n:], []byte(end)) {
		return 0, nil
	}
	return n + len(end), text
}

// plainAttributes reads attributes r, s and t at i, each at most once, and returns where they end, or 0.
func (p *cellParts) plainAttributes(w []byte, i int) int {
	typed := false
	for i+4 < len(w) && w[i] == ' ' {
		if w[i+2] != '=' || w[i+3] != '"' {
			return 0
		}
		end := i + 4
		for end < len(w) && w[end] > ' ' && w[end] != '"' && w[end] != '&' && w[end] != '<' {
			end++
		}
		if end == len(w) || w[end] != '"' || end == i+4 {
			return 0
		}
		value := w[i+4 : end]
		switch w[i+1] {
		case 'r':
			if p.ref != nil {
				return 0
			}
			p.ref = value
		case 's':
			if p.style != nil {
				return 0
			}
			p.style = value
		case 't':
			var ok bool
			if p.kind, ok = parseCellType(value); !ok || typed {
				return 0
			}
			typed = true
		default:
			return 0
		}
		i = end + 1
	}
	return i
}
