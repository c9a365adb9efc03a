// Package charset knows in which encodings the text of a sheet may be written. It reads no sheet.
package charset

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Assumed is the encoding of text that is not UTF-8: what spreadsheet programs on Windows write.
const Assumed = "windows-1252"

// tables are the encodings of single bytes. The first half of each is ASCII.
var tables = map[string]*charmap.Charmap{
	"windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251, Assumed: charmap.Windows1252,
	"windows-1253": charmap.Windows1253, "windows-1254": charmap.Windows1254, "windows-1256": charmap.Windows1256,
	"windows-1257": charmap.Windows1257, "windows-1258": charmap.Windows1258, "iso-8859-1": charmap.ISO8859_1,
	"iso-8859-2": charmap.ISO8859_2, "iso-8859-15": charmap.ISO8859_15, "macintosh": charmap.Macintosh,
	"cp437": charmap.CodePage437, "cp850": charmap.CodePage850, "cp852": charmap.CodePage852,
}

// Table is the encoding of single bytes of that name, in lower case; nil for any other.
func Table(name string) *charmap.Charmap { return tables[name] }

// Tables are the names of all encodings of single bytes.
func Tables() []string { return slices.Sorted(maps.Keys(tables)) }

// LikelyWide tells UTF-16 without a byte order mark by the first bytes of a text: at least half of the characters are of Latin letters,
// so that each second byte of theirs is NUL, most of the bytes beside those are ASCII, and none is NUL. It returns nil for anything else.
func LikelyWide(head []byte) binary.ByteOrder {
	var nul, ascii [2]int
	for i, b := range head {
		switch {
		case b == 0:
			nul[i%2]++
		case b < utf8.RuneSelf && (b >= ' ' || strings.IndexByte("\t\r\n", b) >= 0):
			ascii[i%2]++
		}
	}
	for low, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		high := 1 - low
		if nul[low] == 0 && nul[high]*4 >= len(head) && ascii[low]*4 >= nul[high]*3 && len(head) >= 4 {
			return order
		}
	}
	return nil
}
