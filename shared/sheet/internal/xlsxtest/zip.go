// Package xlsxtest builds small workbooks from raw XML, right ones and wrong ones, for tests. It knows as little as it can, so
// that it can write what no workbook library would.
package xlsxtest

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
)

// Entry is one entry of a zip archive with everything that can be wrong about it.
type Entry struct {
	Name string
	Data []byte

	Store      bool   // not compressed
	Descriptor bool   // streamed: sizes and checksum follow the data
	Zip64      bool   // sizes in the zip64 extra field
	Mode       uint32 // of Unix, such as 0o120777 for a symbolic link
	Encrypted  bool   // only says so
	Method     uint16 // instead of the right one, when not 0

	LocalName string                   // in the local header, when not empty
	Packed    func(data []byte) []byte // changes the compressed bytes
	CRC       func(right uint32) uint32
	Size      func(right uint32) uint32 // as announced
	LocalSize func(right uint32) uint32 // in the local header only
	SameAs    int                       // 1-based: takes the place of an earlier entry's data instead of having its own

	bomb *bomb // in place of Data
}

type placed struct {
	Entry
	offset        int
	crc           uint32
	packed        uint32
	size          uint64
	method, flags uint16
	name          string
}

// Zip writes an archive.
func Zip(entries ...Entry) []byte {
	out, start := body(entries)
	end := endRecord(len(entries), out.Len()-start, start)
	return append(out.Bytes(), end...)
}

// Zip64 writes an archive whose directory is only found by the zip64 end record.
func Zip64(entries ...Entry) []byte {
	out, start := body(entries)
	size, at := out.Len()-start, out.Len()
	le := binary.LittleEndian
	record := make([]byte, 56+20)
	le.PutUint32(record, 0x06064b50)
	le.PutUint64(record[4:], 44)
	le.PutUint64(record[24:], uint64(len(entries)))
	le.PutUint64(record[32:], uint64(len(entries)))
	le.PutUint64(record[40:], uint64(size))
	le.PutUint64(record[48:], uint64(start))
	le.PutUint32(record[56:], 0x07064b50)
	le.PutUint64(record[64:], uint64(at))
	le.PutUint32(record[72:], 1)
	out.Write(record)
	return append(out.Bytes(), endRecord(0xffff, 0xffffffff, 0xffffffff)...)
}

func endRecord(entries, size, offset int) []byte {
	le := binary.LittleEndian
	end := make([]byte, 22)
	le.PutUint32(end, 0x06054b50)
	le.PutUint16(end[8:], uint16(entries))
	le.PutUint16(end[10:], uint16(entries))
	le.PutUint32(end[12:], uint32(size))
	le.PutUint32(end[16:], uint32(offset))
	return end
}

// body writes entries and directory and returns where the directory starts.
func body(entries []Entry) (*bytes.Buffer, int) {
	var out bytes.Buffer
	all := make([]placed, 0, len(entries))
	for _, e := range entries {
		p := place(e)
		if e.SameAs > 0 {
			first := all[e.SameAs-1]
			p.offset, p.crc, p.packed, p.size, p.method = first.offset, first.crc, first.packed, first.size, first.method
			all = append(all, p)
			continue
		}
		p.offset = out.Len()
		p.local(&out)
		all = append(all, p)
	}
	start := out.Len()
	for _, p := range all {
		p.central(&out)
	}
	return &out, start
}

func place(e Entry) placed {
	p := placed{Entry: e, crc: crc32.ChecksumIEEE(e.Data), size: uint64(len(e.Data)), name: e.Name, method: 8}
	switch {
	case e.bomb != nil:
		p.Data, p.crc, p.size = e.bomb.deflated, e.bomb.crc, e.bomb.size
		p.Zip64 = p.Zip64 || p.size > 0xffffffff
	case e.Store:
		p.method = 0
	default:
		p.Data = deflate(e.Data)
	}
	if e.Packed != nil {
		p.Data = e.Packed(p.Data)
	}
	p.packed = uint32(len(p.Data))
	if e.Method != 0 {
		p.method = e.Method
	}
	if e.Descriptor {
		p.flags |= 8
	}
	if e.Encrypted {
		p.flags |= 1
	}
	if e.CRC != nil {
		p.crc = e.CRC(p.crc)
	}
	if e.Size != nil {
		p.size = uint64(e.Size(uint32(p.size)))
		p.Zip64 = e.Zip64
	}
	return p
}

func (p *placed) local(out *bytes.Buffer) {
	le := binary.LittleEndian
	name, size := p.name, uint32(p.size)
	if p.LocalName != "" {
		name = p.LocalName
	}
	if p.LocalSize != nil {
		size = p.LocalSize(size)
	}
	head := make([]byte, 30)
	le.PutUint32(head, 0x04034b50)
	le.PutUint16(head[4:], 20)
	le.PutUint16(head[6:], p.flags)
	le.PutUint16(head[8:], p.method)
	extra := []byte(nil)
	if !p.Descriptor {
		le.PutUint32(head[14:], p.crc)
		le.PutUint32(head[18:], p.packed)
		le.PutUint32(head[22:], size)
	}
	if p.Zip64 {
		extra = p.extra()
		le.PutUint32(head[18:], 0xffffffff)
		le.PutUint32(head[22:], 0xffffffff)
	}
	le.PutUint16(head[26:], uint16(len(name)))
	le.PutUint16(head[28:], uint16(len(extra)))
	out.Write(head)
	out.WriteString(name)
	out.Write(extra)
	out.Write(p.Data)
	if p.Descriptor {
		tail := make([]byte, 16)
		le.PutUint32(tail, 0x08074b50)
		le.PutUint32(tail[4:], p.crc)
		le.PutUint32(tail[8:], p.packed)
		le.PutUint32(tail[12:], uint32(p.size))
		out.Write(tail)
	}
}

func (p *placed) extra() []byte {
	le := binary.LittleEndian
	extra := make([]byte, 20)
	le.PutUint16(extra, 1)
	le.PutUint16(extra[2:], 16)
	le.PutUint64(extra[4:], p.size)
	le.PutUint64(extra[12:], uint64(p.packed))
	return extra
}

func (p *placed) central(out *bytes.Buffer) {
	le := binary.LittleEndian
	head := make([]byte, 46)
	le.PutUint32(head, 0x02014b50)
	le.PutUint16(head[4:], 20)
	if p.Mode != 0 {
		le.PutUint16(head[4:], 3<<8|20)
		le.PutUint32(head[38:], p.Mode<<16)
	}
	le.PutUint16(head[6:], 20)
	le.PutUint16(head[8:], p.flags)
	le.PutUint16(head[10:], p.method)
	le.PutUint32(head[16:], p.crc)
	le.PutUint32(head[20:], p.packed)
	le.PutUint32(head[24:], uint32(p.size))
	extra := []byte(nil)
	if p.Zip64 {
		extra = p.extra()
		le.PutUint32(head[20:], 0xffffffff)
		le.PutUint32(head[24:], 0xffffffff)
	}
	le.PutUint16(head[28:], uint16(len(p.name)))
	le.PutUint16(head[30:], uint16(len(extra)))
	le.PutUint32(head[42:], uint32(p.offset))
	out.Write(head)
	out.WriteString(p.name)
	out.Write(extra)
}

func deflate(data []byte) []byte {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.DefaultCompression) // the level is a valid one
	w.Write(data)                                           // a bytes.Buffer takes everything
	w.Close()
	return out.Bytes()
}
