// Package widetext turns UTF-16 into UTF-8 and refuses what is not whole. It does not tell the byte order.
package widetext

import (
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// Reader gives UTF-8. Half a surrogate pair or half a code unit is FILE_CORRUPT, never a replacement character.
type Reader struct {
	in      io.Reader
	order   binary.ByteOrder
	part    string
	raw     [4 << 10]byte
	pos     int // of what was read and not transcoded yet
	end     int
	rest    []byte // of a character that the last buffer had no room for
	held    [utf8.UTFMax]byte
	lastErr error
}

// NewReader transcodes what in gives, without a byte order mark; part names it in refusals.
func NewReader(in io.Reader, order binary.ByteOrder, part string) *Reader {
	return &Reader{in: in, order: order, part: part}
}

// Read fills p; where its end cuts a character in two, the next Read goes on within it.
func (t *Reader) Read(p []byte) (int, error) {
	n := copy(p, t.rest)
	t.rest = t.rest[n:]
	for n < len(p) {
		r, size, err := t.next()
		if err != nil {
			if n > 0 && err == io.EOF {
				return n, nil
			}
			return n, err
		}
		t.pos += size
		if n+utf8.UTFMax <= len(p) {
			n += utf8.EncodeRune(p[n:], r)
		} else {
			t.rest = utf8.AppendRune(t.held[:0], r)
			cut := copy(p[n:], t.rest)
			n, t.rest = n+cut, t.rest[cut:]
		}
		if t.end-t.pos < 4 && n > 0 && t.lastErr == nil {
			break // give what is there before waiting for more
		}
	}
	return n, nil
}

// next returns the character at pos and the bytes it takes.
func (t *Reader) next() (rune, int, error) {
	for t.end-t.pos < 4 && t.lastErr == nil {
		t.end = copy(t.raw[:], t.raw[t.pos:t.end])
		t.pos = 0
		var n int
		n, t.lastErr = t.in.Read(t.raw[t.end:])
		t.end += n
	}
	left := t.raw[t.pos:t.end]
	switch {
	case len(left) == 0 || (t.lastErr != io.EOF && t.lastErr != nil && len(left) < 4):
		return 0, 0, t.lastErr
	case len(left) < 2:
		return 0, 0, fault.Corrupt(t.part, fault.BadCharacters)
	}
	r := rune(t.order.Uint16(left))
	if !utf16.IsSurrogate(r) {
		return r, 2, nil
	}
	if len(left) >= 4 {
		if r = utf16.DecodeRune(r, rune(t.order.Uint16(left[2:]))); r != utf8.RuneError {
			return r, 4, nil
		}
	}
	return 0, 0, fault.Corrupt(t.part, fault.BadCharacters)
}
