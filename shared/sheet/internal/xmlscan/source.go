package xmlscan

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
	"github.com/learning-cities/guildhall/shared/sheet/internal/widetext"
)

// Source gives the bytes of one XML part as valid UTF-8 without a byte order mark and without the characters that XML does
// not allow; UTF-16 is transcoded. It is the part of the scan that can run beside the scanner on another core.
type Source struct {
	in      io.Reader
	part    string
	started bool
	head    []byte // bytes looked at for the encoding, still to be given
	utf16   *widetext.Reader
	tail    []byte // start of a character that the last read cut in two
	tailBuf [utf8.UTFMax]byte
	err     error
}

// NewSource checks what in gives; part names it in refusals.
func NewSource(in io.Reader, part string) *Source { return &Source{in: in, part: part} }

// UTF16 reports, once something was read, whether the part was UTF-16.
func (s *Source) UTF16() bool { return s.utf16 != nil }

// Read gives at least one whole character at a time; p must hold at least utf8.UTFMax bytes.
func (s *Source) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	if !s.started {
		if s.err = s.start(); s.err != nil {
			return 0, s.err
		}
	}
	carried := copy(p, s.tail)
	n, err := s.fill(p[carried:])
	n += carried
	whole := n - incomplete(p[:n])
	if err != nil {
		whole = n // no more will come: an incomplete character is an error
	}
	if !allowed(p[:whole]) {
		s.err = s.refuse(fault.BadCharacters)
		return 0, s.err
	}
	s.tail = s.tailBuf[:copy(s.tailBuf[:], p[whole:n])]
	s.err = err
	return whole, err
}

func (s *Source) refuse(reason locale.Text) error { return fault.Corrupt(s.part, reason) }

func (s *Source) fill(p []byte) (int, error) {
	if s.utf16 != nil {
		return s.utf16.Read(p)
	}
	if len(s.head) > 0 {
		n := copy(p, s.head)
		s.head = s.head[n:]
		return n, nil
	}
	return s.in.Read(p)
}

// start tells the encoding by the first bytes (XML 1.0, appendix F).
func (s *Source) start() error {
	s.started = true
	head := make([]byte, 4)
	n, err := io.ReadFull(s.in, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return err
	}
	head = head[:n]
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		s.head = head[3:]
		return nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("<\x00?\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00<\x00?")):
		order = binary.BigEndian
	default:
		s.head = head
		return nil
	}
	if order.Uint16(head) == 0xfeff {
		head = head[2:]
	}
	s.utf16 = widetext.NewReader(io.MultiReader(bytes.NewReader(head), s.in), order, s.part)
	return nil
}

// incomplete counts the bytes at the end of p that begin a character and don't finish it.
func incomplete(p []byte) int {
	for i := 1; i <= min(utf8.UTFMax-1, len(p)); i++ {
		if b := p[len(p)-i]; utf8.RuneStart(b) {
			if b >= utf8.RuneSelf && !utf8.FullRune(p[len(p)-i:]) {
				return i
			}
			return 0
		}
	}
	return 0
}

// allowed reports whether p is valid UTF-8 of characters that XML 1.0 allows: tab, line ends and everything from the space
// on but U+FFFE and U+FFFF. Eight bytes at a time are looked at.
func allowed(p []byte) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	beyondASCII, i := uint64(0), 0
	for ; i+8 <= len(p); i += 8 {
		w := binary.LittleEndian.Uint64(p[i:])
		beyondASCII |= w
		if (w-ones*' ')&^w&high != 0 && !controlsAllowed(p[i:i+8]) {
			return false
		}
	}
	for _, b := range p[i:] {
		beyondASCII |= uint64(b)
	}
	if !controlsAllowed(p[i:]) {
		return false
	}
	if beyondASCII&high == 0 {
		return true
	}
	return utf8.Valid(p) && !bytes.Contains(p, []byte("\xef\xbf\xbe")) && !bytes.Contains(p, []byte("\xef\xbf\xbf"))
}

func controlsAllowed(p []byte) bool {
	for _, b := range p {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' {
			return false
		}
	}
	return true
}
