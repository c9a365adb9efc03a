// Package sharedstrings holds the texts that the cells of a workbook share, in as little memory as their bytes take and a few
// more. It does not know the cells.
package sharedstrings

import (
	"encoding/binary"
	"unsafe"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// Table is a list of texts. Texts are appended by one goroutine, and then read by any number.
//
// The texts stand one behind the other in blocks, each with its length in front: a text costs its bytes and five to eight
// more, and the garbage collector has no pointers to follow.
type Table struct {
	max     int64 // bytes
	used    int64
	blocks  [][]byte
	free    int        // bytes left in the last block
	offsets [][]uint32 // of texts, in pages; a text's block is its offset divided by blockSize
	count   int
}

const (
	blockSize = 256 << 10
	pageSize  = 16 << 10 // offsets
)

// New returns an empty table that takes at most max bytes of texts.
func New(max int64) *Table { return &Table{max: max} }

// Len counts the texts.
func (t *Table) Len() int { return t.count }

// Get returns text i. It stays valid for ever, and keeps the block it stands in.
func (t *Table) Get(i int) (string, bool) {
	if i < 0 || i >= t.count {
		return "", false
	}
	at := int(t.offsets[i/pageSize][i%pageSize])
	block := t.blocks[at/blockSize][at%blockSize:]
	size, n := binary.Uvarint(block)
	if size == 0 {
		return "", true
	}
	return unsafe.String(&block[n], int(size)), true // blocks are never written twice
}

// Add appends a copy of the text. It fails with FILE_TOO_LARGE.
func (t *Table) Add(text []byte) error {
	var head [binary.MaxVarintLen64]byte
	n := binary.PutUvarint(head[:], uint64(len(text)))
	need := n + len(text)
	t.used += int64(need) + 4
	if need > t.free {
		t.used += int64(t.free) // stays unused
	}
	if t.used > t.max {
		return fault.TooLarge(fault.StringBytes, t.max)
	}
	if need > t.free {
		t.grow(need)
	}
	last := t.blocks[len(t.blocks)-1]
	at := len(last)
	last = append(append(last, head[:n]...), text...)
	t.blocks[len(t.blocks)-1] = last
	t.free = cap(last) - len(last)
	if t.count%pageSize == 0 {
		t.offsets = append(t.offsets, make([]uint32, 0, pageSize))
	}
	page := &t.offsets[len(t.offsets)-1]
	*page = append(*page, uint32((len(t.blocks)-1)*blockSize+at))
	t.count++
	return nil
}

// grow appends a block. A text that is larger than a block gets one of its own size; only what begins in a block's first
// blockSize bytes can be found again, so nothing follows it there.
func (t *Table) grow(need int) {
	t.blocks = append(t.blocks, make([]byte, 0, max(need, blockSize)))
	t.free = max(need, blockSize)
}
