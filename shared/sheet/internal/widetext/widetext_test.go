package widetext

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

func wide(s string, order binary.AppendByteOrder) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

func TestTranscoding(t *testing.T) {
	for _, text := range []string{"", "a", "é😀", strings.Repeat("日本語 😀 text\n", 5000)} {
		for name, in := range map[string]io.Reader{
			"little endian": NewReader(bytes.NewReader(wide(text, binary.LittleEndian)), binary.LittleEndian, ""),
			"big endian":    NewReader(bytes.NewReader(wide(text, binary.BigEndian)), binary.BigEndian, ""),
			"small buffers": iotest.OneByteReader(NewReader(bytes.NewReader(wide(text, binary.LittleEndian)), binary.LittleEndian, "")),
			"byte by byte":  NewReader(iotest.OneByteReader(bytes.NewReader(wide(text, binary.BigEndian))), binary.BigEndian, ""),
		} {
			if got, err := io.ReadAll(in); string(got) != text || err != nil {
				t.Errorf("%s: %.20q becomes %.20q (%v)", name, text, got, err)
			}
		}
	}
}

func TestHalfCharactersAreRefused(t *testing.T) {
	for name, raw := range map[string]string{
		"half a unit":     "a\x00b",
		"first half only": "\x3d\xd8",
		"second first":    "\x00\xdea\x00",
		"two first":       "\x3d\xd8\x3d\xd8",
	} {
		_, err := io.ReadAll(NewReader(strings.NewReader(raw), binary.LittleEndian, "part"))
		if err == nil || !strings.HasPrefix(err.Error(), "FILE_CORRUPT") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
