package xmlscan

import "unicode/utf8"

// Classes of bytes.
const (
	nameStart = 1 << iota
	nameByte
	space
	special // in text: < & ] and carriage return
)

var classes = func() (table [256]uint8) {
	for c := range table {
		switch b := byte(c); {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', b == '_', b >= 0x80:
			table[c] = nameStart | nameByte
		case '0' <= b && b <= '9', b == '-', b == '.', b == ':':
			table[c] = nameByte
		case b == ' ', b == '\t', b == '\r', b == '\n':
			table[c] = space
		}
		switch c {
		case '<', '&', ']', '\r':
			table[c] |= special
		}
	}
	return table
}()

func isSpace(b byte) bool    { return classes[b]&space != 0 }
func isNameByte(b byte) bool { return classes[b]&nameByte != 0 }

// validName checks a name with characters beyond ASCII against the productions of XML 1.0, fifth edition. local is where the
// part behind the prefix begins.
func validName(name []byte, local int) bool {
	for i := 0; i < len(name); {
		r, size := utf8.DecodeRune(name[i:])
		if r >= utf8.RuneSelf && !nameStartRune(r) && (i == 0 || i == local || !nameOnlyRune(r)) {
			return false
		}
		i += size
	}
	return true
}

func nameStartRune(r rune) bool {
	switch {
	case 0xC0 <= r && r <= 0x2FF:
		return r != 0xD7 && r != 0xF7
	case 0x370 <= r && r <= 0x1FFF:
		return r != 0x37E
	case 0x200C <= r && r <= 0x200D, 0x2070 <= r && r <= 0x218F, 0x2C00 <= r && r <= 0x2FEF, 0x3001 <= r && r <= 0xD7FF,
		0xF900 <= r && r <= 0xFDCF, 0xFDF0 <= r && r <= 0xFFFD, 0x10000 <= r && r <= 0xEFFFF:
		return true
	}
	return false
}

func nameOnlyRune(r rune) bool {
	return r == 0xB7 || 0x300 <= r && r <= 0x36F || 0x203F <= r && r <= 0x2040
}
