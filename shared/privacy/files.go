package privacy

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/intake"
)

// The bounds of a file that somebody sent, those of what reads sheets (a test compares): what goes beyond was refused when it came.
const (
	mostInflated  = 1 << 30 // bytes of all parts of a package together
	mostParts     = 2000
	mostRatio     = 100 // inflated to packed, for parts above ratioFrom bytes
	ratioFrom     = 16 << 20
	mostDirectory = 1 << 10 // bytes that the directory of a package has for each part, at most
)

// errUnsearchable is a file that costs too much to be looked through, as a bomb does.
var errUnsearchable = errors.New("privacy: the file is beyond what can have been accepted")

// inFile reports whether a file names one of the persons, wherever it does: in a cell, also of a hidden row or sheet, a note, a property,
// a link. It goes by content: workbooks and other packages are looked through part by part, packed files unpacked, lines of JSON read
// as such, and everything else as text in every encoding that a sheet may have. Of no text more is held than a window, whatever its size.
// blob.ErrNotFound; errUnsearchable of what somebody sent.
func (m *Marks) inFile(ctx context.Context, from blob.Store, name string) (bool, error) {
	src, err := from.Open(ctx, name)
	if err != nil {
		return false, err
	}
	defer src.Close()
	heard := &attentive{ctx: ctx, from: src}
	found, err := m.inReader(heard, src.Size(), name)
	if !found && heard.failed != nil {
		return false, heard.failed
	}
	return found, err
}

// attentive remembers that its file could not be read: whoever takes a file for text because it is no package must not mistake that for it.
type attentive struct {
	ctx    context.Context
	from   io.ReaderAt
	failed error
}

// ReadAt implements io.ReaderAt.
func (a *attentive) ReadAt(p []byte, at int64) (int, error) {
	if err := a.ctx.Err(); err != nil {
		a.failed = err
		return 0, err
	}
	n, err := a.from.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		a.failed = err
	}
	return n, err
}

// sent reports whether a file is as somebody sent it. The product made every other itself, from what it had accepted.
func sent(name string) bool {
	return strings.HasPrefix(name, intake.UploadBlob("")) || strings.HasPrefix(name, intake.Incoming(""))
}

func (m *Marks) inReader(src io.ReaderAt, size int64, name string) (bool, error) {
	all := io.NewSectionReader(src, 0, size)
	head := make([]byte, 4)
	n, err := src.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	switch head = head[:n]; {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		packed, err := openPackage(src, size, sent(name))
		if errors.Is(err, errUnsearchable) {
			return false, err
		}
		if err == nil {
			return m.inPackage(packed)
		}
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		if packed, err := gzip.NewReader(bufio.NewReader(all)); err == nil {
			return m.inPacked(packed, name)
		}
		if _, err := all.Seek(0, io.SeekStart); err != nil {
			return false, err
		}
	}
	return m.inText(all, name)
}

// openPackage opens a zip archive; a bounded one within the bounds of what somebody sent.
func openPackage(src io.ReaderAt, size int64, bounded bool) (*zip.Reader, error) {
	if !bounded {
		return zip.NewReader(src, size)
	}
	const ends = 256 << 10 // bytes that may be read to find the directory
	within := &metered{from: src, left: mostParts*mostDirectory + ends}
	packed, err := zip.NewReader(within, size)
	if err != nil {
		return nil, err
	}
	within.open = true
	if len(packed.File) > mostParts {
		return nil, errUnsearchable
	}
	total := uint64(0)
	for _, part := range packed.File { // no part gives more than it announces
		if part.UncompressedSize64 > mostInflated-total {
			return nil, errUnsearchable
		}
		total += part.UncompressedSize64
		if part.UncompressedSize64 > ratioFrom && part.UncompressedSize64/max(part.CompressedSize64, 1) > mostRatio {
			return nil, errUnsearchable
		}
	}
	return packed, nil
}

// metered gives so many bytes, and all once it is open: what lists the parts of a package is held in memory many times over.
type metered struct {
	from io.ReaderAt
	left int64
	open bool
}

// ReadAt implements io.ReaderAt.
func (r *metered) ReadAt(p []byte, at int64) (int, error) {
	if r.open {
		return r.from.ReadAt(p, at)
	}
	if r.left -= int64(len(p)); r.left < 0 {
		return 0, errUnsearchable
	}
	return r.from.ReadAt(p, at)
}

// inPackage looks through the parts of a workbook. A part that can't be unpacked names nobody: nothing reads it.
func (m *Marks) inPackage(packed *zip.Reader) (bool, error) {
	for _, part := range packed.File {
		if m.inLines([]byte(part.Name)) || m.inLines([]byte(part.Comment)) {
			return true, nil
		}
		src, err := part.Open()
		if err != nil {
			continue
		}
		found, _ := m.inPart(src, part.Name)
		src.Close()
		if found {
			return true, nil
		}
	}
	return m.inLines([]byte(packed.Comment)), nil
}

// inPacked looks through a packed file. The lines that the product packed itself may be many.
func (m *Marks) inPacked(packed *gzip.Reader, name string) (bool, error) {
	if m.Named(packed.Name) || m.Named(packed.Comment) {
		return true, nil
	}
	var src io.Reader = packed
	if sent(name) {
		src = &bounded{from: packed, left: mostInflated}
	}
	return m.inText(src, strings.TrimSuffix(name, ".gz"))
}

// bounded gives so many bytes; what has more is errUnsearchable.
type bounded struct {
	from io.Reader
	left int64
}

// Read implements io.Reader.
func (r *bounded) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if r.left -= int64(n); r.left < 0 {
		return 0, errUnsearchable
	}
	return n, err
}

// sniffed is how many of the first bytes of a text say how it is to be read.
const sniffed = 4 << 10

// inPart looks through a part of a package, by its name or its first bytes as XML.
func (m *Marks) inPart(src io.Reader, name string) (bool, error) {
	in := bufio.NewReaderSize(src, 1<<16)
	head, _ := in.Peek(sniffed)
	name = strings.ToLower(name)
	for _, end := range []string{".xml", ".rels", ".vml"} {
		if strings.HasSuffix(name, end) {
			return m.inXML(in, head)
		}
	}
	if looksLikeXML(head) {
		return m.inXML(in, head)
	}
	return m.inText(in, name)
}

// inText looks through a text, as its name and its first bytes have it.
func (m *Marks) inText(src io.Reader, name string) (bool, error) {
	in := bufio.NewReaderSize(src, 1<<16)
	if strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".jsonl") {
		return m.inLinesOfJSON(in)
	}
	head, _ := in.Peek(sniffed)
	return look(in, m.views(head))
}
