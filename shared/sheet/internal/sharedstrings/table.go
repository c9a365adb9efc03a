// Package sharedstrings holds the texts that the cells of a workbook share, in as little memory as their bytes take and a few
// more, and in a temporary file when they are many. It does not know the cells.
package sharedstrings

import (
	"encoding/binary"
	"unsafe"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// Limits bound a table.
type Limits struct {
	Held  int64 // bytes held in memory; when there are more, all of them go to a temporary file
	Total int64 // bytes altogether, FILE_TOO_LARGE beyond
}

// Table is a list of texts. Texts are appended by one goroutine, and then read by any number, each with its own Reader.
//
// In memory the texts stand one behind the other in blocks, each with its length in front: a text costs its bytes and five to
// eight more, and the garbage collector has no pointers to follow.
type Table struct {
	limits Limits
	total  int64 // bytes of all texts
	count  int
	disk   *disk // nil as long as everything is in memory
	head   []byte

	held    int64 // bytes in memory
	blocks  [][]byte
	free    int        // bytes left in the last block
	offsets [][]uint32 // of texts, in pages; a text's block is its offset divided by blockSize
}

const (
	blockSize = 256 << 10
	pageSize  = 16 << 10 // offsets
	maxTexts  = 1 << 24
)

// New returns an empty table.
func New(limits Limits) *Table { return &Table{limits: limits} }

// Len counts the texts.
func (t *Table) Len() int { return t.count }

// get returns text i of those in memory. It stays valid for ever, and keeps the block it stands in.
func (t *Table) get(i int) string {
	at := int(t.offsets[i/pageSize][i%pageSize])
	block := t.blocks[at/blockSize][at%blockSize:]
	size, n := binary.Uvarint(block)
	if size == 0 {
		return ""
	}
	return unsafe.String(&block[n], int(size)) // blocks are never written twice
}

// Add appends a copy of the text. It fails with FILE_TOO_LARGE, or with an error of the temporary file.
func (t *Table) Add(text []byte) error {
	if t.total += int64(len(text)); t.total > t.limits.Total {
		return fault.TooLarge(fault.StringBytes, t.limits.Total)
	}
	if t.count == maxTexts {
		return fault.TooLarge(fault.Texts, maxTexts)
	}
	t.head = binary.AppendUvarint(t.head[:0], uint64(len(text)))
	need := len(t.head) + len(text)
	if t.disk == nil && t.held+int64(need) > t.limits.Held {
		if err := t.spill(); err != nil {
			return err
		}
	}
	if t.disk != nil {
		t.count++
		return t.disk.add(t.head, text)
	}
	t.keep(t.head, text)
	return nil
}

// keep appends a text to those in memory.
func (t *Table) keep(head, text []byte) {
	if need := len(head) + len(text); need > t.free {
		t.grow(need)
	}
	last := t.blocks[len(t.blocks)-1]
	at := len(last)
	last = append(append(last, head...), text...)
	t.blocks[len(t.blocks)-1] = last
	t.free = cap(last) - len(last)
	if t.count%pageSize == 0 {
		t.offsets = append(t.offsets, make([]uint32, 0, pageSize))
		t.held += 4 * pageSize
	}
	page := &t.offsets[len(t.offsets)-1]
	*page = append(*page, uint32((len(t.blocks)-1)*blockSize+at))
	t.count++
}

// grow appends a block. A text that is larger than a block gets one of its own size; only what begins in a block's first
// blockSize bytes can be found again, so nothing follows it there.
func (t *Table) grow(need int) {
	size := max(need, blockSize)
	t.blocks = append(t.blocks, make([]byte, 0, size))
	t.free = size
	t.held += int64(size)
}

// spill moves the texts from memory to a temporary file.
func (t *Table) spill() error {
	disk, err := newDisk()
	if err != nil {
		return err
	}
	t.disk = disk // from here on Close removes it
	for i := range t.count {
		at := int(t.offsets[i/pageSize][i%pageSize])
		block := t.blocks[at/blockSize][at%blockSize:]
		size, n := binary.Uvarint(block)
		if err := disk.add(block[:n], block[n:n+int(size)]); err != nil {
			return err
		}
	}
	t.blocks, t.offsets, t.free, t.held = nil, nil, 0, 0
	return nil
}

// Close removes the temporary file, if there is one. Readers fail from then on.
func (t *Table) Close() error {
	if t.disk == nil {
		return nil
	}
	return t.disk.close()
}
