package pack

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// Sizes and signatures of zip records (APPNOTE.TXT 6.3.10, section 4.3).
const (
	localSignature      = 0x04034b50
	centralSignature    = 0x02014b50
	endSignature        = 0x06054b50
	end64Signature      = 0x06064b50
	locatorSignature    = 0x07064b50
	descriptorSignature = 0x08074b50

	localSize   = 30
	centralSize = 46
	endSize     = 22
	end64Size   = 56
	locatorSize = 20

	zip64Extra = 1
	max16      = 0xffff
	max32      = 0xffffffff
)

var le = binary.LittleEndian

// directory is where the central directory stands and how many entries it has.
type directory struct {
	entries      uint64
	offset, size int64
}

// findDirectory reads the end records. The directory must end where they begin, and nothing behind them may look like
// another end record: so every program finds the same directory. Padding behind them is left alone, as programs and mail
// gateways add it.
func findDirectory(src io.ReaderAt, size int64) (directory, error) {
	tail := make([]byte, min(size, endSize+max16))
	if err := readAt(src, tail, size-int64(len(tail))); err != nil {
		return directory{}, err
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < endSize {
		return directory{}, fault.Truncated("", fault.NoDirectory)
	}
	end := tail[at:]
	if len(end) < endSize+int(le.Uint16(end[20:])) {
		return directory{}, fault.Truncated("", fault.NoDirectory) // in its comment
	}
	d := directory{
		entries: uint64(le.Uint16(end[10:])),
		size:    int64(le.Uint32(end[12:])),
		offset:  int64(le.Uint32(end[16:])),
	}
	position := size - int64(len(tail)) + int64(at)
	disk, startDisk := le.Uint16(end[4:]), le.Uint16(end[6:])
	if d.entries == max16 || d.size == max32 || d.offset == max32 {
		var err error
		if d, position, err = findDirectory64(src, position, d); err != nil {
			return directory{}, err
		}
	} else if disk != 0 || startDisk != 0 || le.Uint16(end[8:]) != le.Uint16(end[10:]) {
		return directory{}, fault.Corrupt("", fault.BadDirectory)
	}
	if d.offset < 0 || d.size < 0 || d.offset+d.size != position {
		return directory{}, fault.Corrupt("", fault.BadDirectory)
	}
	return d, nil
}

// findDirectory64 reads the zip64 end record in front of the usual one at position, where there is one: 65,535 entries are
// possible without.
func findDirectory64(src io.ReaderAt, position int64, d directory) (directory, int64, error) {
	if position < locatorSize+end64Size {
		return d, position, nil
	}
	locator := make([]byte, locatorSize)
	if err := readAt(src, locator, position-locatorSize); err != nil {
		return d, 0, err
	}
	if le.Uint32(locator) != locatorSignature {
		return d, position, nil
	}
	at := le.Uint64(locator[8:])
	record := make([]byte, end64Size)
	const disks = 1 // an archive in several pieces, as it would be on as many disks, is none for most programs
	if at > uint64(position-locatorSize-end64Size) || le.Uint32(locator[4:]) != 0 || le.Uint32(locator[16:]) != disks {
		return d, 0, fault.Corrupt("", fault.BadDirectory)
	}
	if err := readAt(src, record, int64(at)); err != nil {
		return d, 0, err
	}
	d = directory{entries: le.Uint64(record[32:]), size: int64(le.Uint64(record[40:])), offset: int64(le.Uint64(record[48:]))}
	whole := le.Uint32(record[16:]) == 0 && le.Uint32(record[20:]) == 0 && le.Uint64(record[24:]) == d.entries
	if le.Uint32(record) != end64Signature || !whole || d.size > position || d.offset > position {
		return d, 0, fault.Corrupt("", fault.BadDirectory)
	}
	return d, int64(at), nil
}

// readAt fills p or says that the file is shorter than its announced size.
func readAt(src io.ReaderAt, p []byte, off int64) error {
	n, err := src.ReadAt(p, off)
	if n == len(p) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		return fault.Truncated("", fault.ShortSource)
	}
	return err
}

// readZip64 replaces those of the values that are at their maximum by the ones of the zip64 extra field, in its fixed order.
func readZip64(extra []byte, values ...*int64) bool {
	for len(extra) >= 4 {
		id, size := le.Uint16(extra), int(le.Uint16(extra[2:]))
		extra = extra[4:]
		if size > len(extra) {
			return false
		}
		if id != zip64Extra {
			extra = extra[size:]
			continue
		}
		field := extra[:size]
		for _, v := range values {
			if *v != max32 {
				continue
			}
			if len(field) < 8 || field[7] > 0x7f {
				return false
			}
			*v = int64(le.Uint64(field))
			field = field[8:]
		}
		return true
	}
	return true
}
