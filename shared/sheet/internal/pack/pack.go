// Package pack reads zip archives that nobody vouches for: it refuses whatever two programs could read differently and
// whatever costs more than it may, before and while inflating. It does not know what the parts of the archive hold.
package pack

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// Limits bound an archive.
type Limits struct {
	Parts     int   // entries
	Inflated  int64 // bytes of all entries together
	Ratio     int64 // inflated to packed size of an entry above RatioFrom bytes
	RatioFrom int64
}

// Archive is an open archive.
type Archive struct {
	src   io.ReaderAt
	size  int64
	parts []*Part
	byKey map[string]*Part
}

// Part is one entry. Its data is inflated only on demand.
type Part struct {
	Name   string // as stored
	Key    string // for look-ups: lower case, forward slashes, no leading slash
	Method uint16 // Store or Deflate
	CRC32  uint32
	Packed int64 // bytes in the archive
	Size   int64 // bytes inflated, as announced; reading holds it to that
	Dir    bool

	src        io.ReaderAt
	header     int64 // offset of the local header
	data       int64 // offset of the data
	descriptor bool  // sizes and checksum follow the data
}

// The methods of compression that are read.
const (
	Store   = 0
	Deflate = 8
)

const (
	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3
)

// Open reads and checks the directory and every entry's local header: bounded number and sizes, unique names without regard
// to case, no overlap, no encryption, no links, no way out of the archive.
func Open(src io.ReaderAt, size int64, lim Limits) (*Archive, error) {
	dir, err := findDirectory(src, size)
	if err != nil {
		return nil, err
	}
	const perEntry = 1 << 10 // bytes of directory: names and extra fields are short in practice
	if dir.entries > uint64(lim.Parts) || dir.size > int64(lim.Parts)*perEntry {
		return nil, fault.TooLarge(fault.Parts, int64(lim.Parts))
	}
	raw := make([]byte, dir.size)
	if err := readAt(src, raw, dir.offset); err != nil {
		return nil, err
	}
	a := &Archive{src: src, size: size, byKey: make(map[string]*Part, dir.entries)}
	for range dir.entries {
		part, rest, err := readCentral(raw, src)
		if err != nil {
			return nil, err
		}
		raw = rest
		if err := a.add(part); err != nil {
			return nil, err
		}
	}
	if len(raw) > 0 {
		return nil, fault.Corrupt("", fault.BadDirectory)
	}
	if err := a.checkSizes(lim); err != nil {
		return nil, err
	}
	return a, a.checkPlaces(dir.offset)
}

// Parts returns the entries in the order of the directory.
func (a *Archive) Parts() []*Part { return a.parts }

// Find returns the part of that name without regard to case, kind of slash and a leading slash, or nil.
func (a *Archive) Find(name string) *Part {
	part := a.byKey[Key(name)]
	if part == nil || part.Dir {
		return nil
	}
	return part
}

// Key is the form of a part's name that look-ups compare.
func Key(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// readCentral takes one entry of the central directory off raw.
func readCentral(raw []byte, src io.ReaderAt) (*Part, []byte, error) {
	if len(raw) < centralSize || le.Uint32(raw) != centralSignature {
		return nil, nil, fault.Corrupt("", fault.BadDirectory)
	}
	nameLen, extraLen := int(le.Uint16(raw[28:])), int(le.Uint16(raw[30:]))
	total := centralSize + nameLen + extraLen + int(le.Uint16(raw[32:]))
	if total > len(raw) {
		return nil, nil, fault.Corrupt("", fault.BadDirectory)
	}
	name := string(raw[centralSize : centralSize+nameLen])
	flags := le.Uint16(raw[8:])
	p := &Part{
		Name: name, Key: Key(name), Method: le.Uint16(raw[10:]), CRC32: le.Uint32(raw[16:]),
		Packed: int64(le.Uint32(raw[20:])), Size: int64(le.Uint32(raw[24:])), header: int64(le.Uint32(raw[42:])),
		src: src, descriptor: flags&flagDescriptor != 0,
	}
	p.Dir = strings.HasSuffix(p.Key, "/")
	if !readZip64(raw[centralSize+nameLen:centralSize+nameLen+extraLen], &p.Size, &p.Packed, &p.header) {
		return nil, nil, fault.Corrupt(name, fault.BadDirectory)
	}
	const unix, formatMask, link = 3, 0o170000, 0o120000
	switch mode := le.Uint32(raw[38:]) >> 16; {
	case flags&flagEncrypted != 0:
		return nil, nil, fault.Encrypted()
	case !nameAllowed(p.Key):
		return nil, nil, fault.Corrupt(printable(name), fault.BadName)
	case le.Uint16(raw[4:])>>8 == unix && mode&formatMask == link:
		return nil, nil, fault.Corrupt(name, fault.Symlink)
	case p.Method != Store && p.Method != Deflate, p.Method == Store && p.Packed != p.Size:
		return nil, nil, fault.Corrupt(name, fault.BadCompression)
	}
	return p, raw[total:], nil
}

// nameAllowed refuses names that could lead out of the archive or mean different parts to different programs.
func nameAllowed(key string) bool {
	if key == "" || strings.ContainsAny(key, "\x00:") {
		return false
	}
	for segment := range strings.SplitSeq(strings.TrimSuffix(key, "/"), "/") {
		if segment == "" || segment == "." || segment == ".." {
			return false
		}
	}
	return true
}

// printable keeps control characters of hostile names out of messages.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\uFFFD' {
			return '?'
		}
		return r
	}, name)
}

func (a *Archive) add(p *Part) error {
	key := strings.TrimSuffix(p.Key, "/") // a folder and a part can't share a name either
	if a.byKey[key] != nil {
		return fault.Corrupt(printable(p.Name), fault.TwiceEntry)
	}
	a.byKey[key] = p
	a.parts = append(a.parts, p)
	return nil
}

// checkSizes adds up what the entries announce. An entry that lies about its size is caught while it inflates.
func (a *Archive) checkSizes(lim Limits) error {
	total := int64(0)
	for _, p := range a.parts {
		if p.Packed > a.size || p.Packed < 0 || p.Size < 0 {
			return fault.Corrupt(printable(p.Name), fault.BadSize)
		}
		if p.Size > lim.Inflated-total {
			return fault.TooLarge(fault.InflatedBytes, lim.Inflated)
		}
		total += p.Size
		if p.Size > lim.RatioFrom && p.Size/max(p.Packed, 1) > lim.Ratio {
			return fault.TooLarge(fault.Ratio, lim.Ratio)
		}
	}
	return nil
}

// checkPlaces reads the local headers and makes sure that no byte of the file belongs to two entries.
func (a *Archive) checkPlaces(directory int64) error {
	ordered := slices.Clone(a.parts)
	slices.SortFunc(ordered, func(x, y *Part) int { return cmp.Compare(x.header, y.header) })
	free := int64(0)
	for _, p := range ordered {
		if p.header < free {
			return fault.Corrupt(printable(p.Name), fault.Overlap)
		}
		if p.header > directory-localSize {
			return fault.Corrupt(printable(p.Name), fault.BadDirectory)
		}
		if err := p.readLocal(directory); err != nil {
			return err
		}
		if err := p.checkAnnounced(); err != nil {
			return err
		}
		free = p.data + p.Packed
	}
	return nil
}

// readLocal finds the data and compares the local header with the directory's.
func (p *Part) readLocal(directory int64) error {
	var head [localSize]byte
	if err := readAt(p.src, head[:], p.header); err != nil {
		return err
	}
	nameLen, extraLen := int(le.Uint16(head[26:])), int(le.Uint16(head[28:]))
	p.data = p.header + localSize + int64(nameLen) + int64(extraLen)
	if le.Uint32(head[:]) != localSignature || nameLen != len(p.Name) || le.Uint16(head[8:]) != p.Method {
		return fault.Corrupt(printable(p.Name), fault.BadEntry)
	}
	if p.data > directory || p.Packed > directory-p.data {
		return fault.Corrupt(printable(p.Name), fault.Overlap)
	}
	rest := make([]byte, nameLen+extraLen)
	if err := readAt(p.src, rest, p.header+localSize); err != nil {
		return err
	}
	if string(rest[:nameLen]) != p.Name || !p.sameSizes(head[:], rest[nameLen:]) {
		return fault.Corrupt(printable(p.Name), fault.BadEntry)
	}
	return nil
}

// checkAnnounced inflates an entry that announces much less than its packed bytes can hold, so that media nobody reads can't
// hide a bomb either.
func (p *Part) checkAnnounced() error {
	const slack = 1 << 10
	if p.Packed <= 2*p.Size+slack {
		return nil
	}
	in := p.Open()
	defer in.Close()
	_, err := io.Copy(io.Discard, in)
	return err
}

// sameSizes compares what the local header says of sizes and checksum; streamed entries say it after the data instead.
func (p *Part) sameSizes(head, extra []byte) bool {
	if le.Uint16(head[6:])&flagDescriptor != 0 {
		return p.descriptor
	}
	crc, packed, size := le.Uint32(head[14:]), int64(le.Uint32(head[18:])), int64(le.Uint32(head[22:]))
	if crc == 0 && packed == 0 && size == 0 {
		return true
	}
	return readZip64(extra, &size, &packed) && crc == p.CRC32 && packed == p.Packed && size == p.Size
}
