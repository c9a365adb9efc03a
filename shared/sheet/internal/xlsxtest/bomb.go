package xlsxtest

import (
	"bytes"
	"compress/flate"
	"hash/crc32"
	"strings"
)

// bomb is compressed data that was never held inflated.
type bomb struct {
	deflated []byte
	size     uint64
	crc      uint32
}

// crcUpTo bounds what a checksum is computed of: beyond, nobody reads to the end.
const crcUpTo = 2 << 30

// Bomb returns an entry that inflates to head, n bytes or a little more of the unit again and again, and tail. Making it takes
// as little as its compressed bytes.
func Bomb(name, head, unit string, n int64, tail string) Entry {
	const period = 256 << 10 // more than the window, so that each repetition is compressed to the same bytes
	block := strings.Repeat(unit, max(1, (period+len(unit)-1)/len(unit)))
	repeats := int((n + int64(len(block)) - 1) / int64(len(block)))
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.BestCompression) // the level is a valid one
	add := func(text string) []byte {
		from := out.Len()
		w.Write([]byte(text)) // a bytes.Buffer takes everything
		w.Flush()
		return out.Bytes()[from:]
	}
	add(head)
	add(block)
	again := bytes.Clone(add(block))
	for range repeats - 2 {
		out.Write(again)
	}
	add(tail)
	w.Close()
	b := &bomb{deflated: out.Bytes(), size: uint64(len(head)) + uint64(len(block))*uint64(max(repeats, 2)) + uint64(len(tail))}
	if b.size <= crcUpTo {
		b.crc = crc32.ChecksumIEEE([]byte(head))
		for range max(repeats, 2) {
			b.crc = crc32.Update(b.crc, crc32.IEEETable, []byte(block))
		}
		b.crc = crc32.Update(b.crc, crc32.IEEETable, []byte(tail))
	}
	return Entry{Name: name, bomb: b}
}
