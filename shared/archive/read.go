package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/jsonl"
)

// Archive is an archive whose bytes are all as they were written.
type Archive struct {
	About  About
	Counts Counts
	// SHA256 is the sum of the archive, 64 hexadecimal digits: archives of the same sum are the same.
	SHA256 string
	name   string
	file   io.ReaderAt
	size   int64 // without the frame at the end
}

// Open reads an archive through, from its first byte to its last, and holds it against its sums. ARCHIVE_DAMAGED for one that isn't whole, or
// is none; ARCHIVE_NEWER for one of a later layout. name is what messages call it.
func Open(ctx context.Context, name string, file io.ReaderAt, size int64) (*Archive, error) {
	a := &Archive{name: name, file: file, size: size - int64(endBytes)}
	if a.size < 0 {
		return nil, a.damaged()
	}
	end := make([]byte, endBytes)
	if _, err := file.ReadAt(end, a.size); err != nil {
		return nil, err
	}
	sum := sha256.New()
	if err := copied(ctx, sum, io.NewSectionReader(file, 0, a.size)); err != nil {
		return nil, err
	}
	if !bytes.Equal(end, sealed(sum.Sum(nil))) {
		return nil, a.damaged()
	}
	a.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return a, a.read(ctx, nothing{})
}

func (a *Archive) damaged() *problem.Problem {
	return problem.New("ARCHIVE_DAMAGED").With("file", a.name)
}

// copied copies until ctx ends.
func copied(ctx context.Context, to io.Writer, from io.Reader) error {
	buffer := make([]byte, 256<<10)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := from.Read(buffer)
		if _, failed := to.Write(buffer[:n]); failed != nil {
			return failed
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// taker takes what an archive holds, in its order.
type taker interface {
	items(ctx context.Context, items []table.Item) error
	// blob begins a file; nil where nobody wants it.
	blob(ctx context.Context, name string) (blob.Writer, error)
}

// nothing takes nothing: who reads with it only wants to know that all can be read.
type nothing struct{}

func (nothing) items(context.Context, []table.Item) error         { return nil }
func (nothing) blob(context.Context, string) (blob.Writer, error) { return nil, nil }

// read gives what the archive holds to a taker, and refuses whatever isn't as it was written. What stands in an archive was read
// whole before, so a refusal then means that the disk gives other bytes than it did.
func (a *Archive) read(ctx context.Context, to taker) error {
	unpacked, err := zstd.NewReader(io.NewSectionReader(a.file, 0, a.size), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return err
	}
	defer unpacked.Close()
	r := &reader{tar: tar.NewReader(unpacked), to: to}
	err = r.all(ctx, a)
	var told *problem.Problem
	if ctx.Err() == nil && !errors.As(err, &told) && r.fault(err) {
		return errors.Join(a.damaged(), err)
	}
	return err
}

// maxPart is more than an entry of items has: it ends with the line that makes it partBytes or more. So what is held in memory at once is bounded,
// whatever an archive that somebody made holds.
const maxPart = partBytes + jsonl.MaxLine

// maxWindow bounds the memory that reading takes; writing uses 8 MB.
const maxWindow = 32 << 20

// errShape: an archive doesn't hold what one holds, or not in its order.
var errShape = errors.New("archive: not in the shape of an archive")

// reader is an archive being read.
type reader struct {
	tar    *tar.Reader
	to     taker
	counts Counts
	parts  int
	sums   strings.Builder
	taken  error // what the taker answered
}

// fault is whether an error is the archive's, and not the taker's.
func (r *reader) fault(err error) bool { return err != nil && r.taken == nil }

func (r *reader) all(ctx context.Context, a *Archive) error {
	header, err := r.tar.Next()
	if err != nil {
		return err
	}
	if header.Name != nameAbout {
		return errShape
	}
	if err := r.json(header, &a.About); err != nil {
		return err
	}
	if a.About.Format != Format {
		return problem.New("ARCHIVE_NEWER").With("file", a.name).With("format", strconv.Itoa(a.About.Format)).With("known", strconv.Itoa(Format))
	}
	for {
		header, err := r.tar.Next()
		if err != nil {
			return err
		}
		if header.Name == nameSums {
			return r.end(header, a)
		}
		if err := r.entry(ctx, header); err != nil {
			return err
		}
	}
}

// entry reads one entry of items, or a file. Items come before files.
func (r *reader) entry(ctx context.Context, header *tar.Header) error {
	if name, ok := strings.CutPrefix(header.Name, dirBlobs); ok {
		return r.blob(ctx, header, name)
	}
	r.parts++
	if header.Name != fmt.Sprintf(dirItems+"%08d.jsonl", r.parts) || r.counts.Blobs > 0 || header.Size > maxPart {
		return errShape
	}
	sum := sha256.New()
	lines := bufio.NewReaderSize(io.TeeReader(r.tar, sum), 256<<10)
	var items []table.Item
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			break
		}
		if err != nil {
			return err
		}
		if len(line) > jsonl.MaxLine {
			return errShape
		}
		item, err := jsonl.Parse(line)
		if err != nil {
			return err
		}
		r.counts.Items++
		if items = append(items, item); len(items) == table.MaxPage {
			if r.taken = r.to.items(ctx, items); r.taken != nil {
				return r.taken
			}
			items = items[:0]
		}
	}
	r.sums.WriteString(sumLine(sum, header.Name))
	if len(items) > 0 {
		r.taken = r.to.items(ctx, items)
	}
	return r.taken
}

func (r *reader) blob(ctx context.Context, header *tar.Header, name string) error {
	if err := blob.CheckName(name); err != nil {
		return err
	}
	var to blob.Writer
	if to, r.taken = r.to.blob(ctx, name); r.taken != nil {
		return r.taken
	}
	sum := sha256.New()
	if err := r.content(ctx, to, sum); err != nil {
		return err
	}
	r.sums.WriteString(sumLine(sum, header.Name))
	r.counts.Blobs++
	r.counts.Bytes += header.Size
	return nil
}

// content copies a file's bytes to its sum and, where somebody takes them, to its writer.
func (r *reader) content(ctx context.Context, to blob.Writer, sum hash.Hash) error {
	if to == nil {
		return copied(ctx, sum, r.tar)
	}
	defer func() { _ = to.Abort() }()
	if err := copied(ctx, io.MultiWriter(sum, noting{to, r}), r.tar); err != nil {
		return err
	}
	_, r.taken = to.Commit()
	return r.taken
}

// noting tells what a taker's file answers from what the archive does.
type noting struct {
	io.Writer
	r *reader
}

func (n noting) Write(p []byte) (int, error) {
	written, err := n.Writer.Write(p)
	n.r.taken = err
	return written, err
}

// end holds the sums and counts against what was read.
func (r *reader) end(header *tar.Header, a *Archive) error {
	want := r.sums.String()
	if header.Size != int64(len(want)) {
		return errShape
	}
	text, err := io.ReadAll(r.tar)
	if err != nil {
		return err
	}
	if string(text) != want {
		return errShape
	}
	if header, err = r.tar.Next(); err != nil {
		return err
	}
	if header.Name != nameEnd {
		return errShape
	}
	if err := r.json(header, &a.Counts); err != nil {
		return err
	}
	if a.Counts != r.counts {
		return errShape
	}
	if _, err := r.tar.Next(); !errors.Is(err, io.EOF) {
		return errors.Join(errShape, err)
	}
	return nil
}

// json reads a small entry.
func (r *reader) json(header *tar.Header, into any) error {
	const most = 64 << 10 // bytes
	if header.Size > most {
		return errShape
	}
	sum := sha256.New()
	text, err := io.ReadAll(io.TeeReader(r.tar, sum))
	if err != nil {
		return err
	}
	r.sums.WriteString(sumLine(sum, header.Name))
	return json.Unmarshal(text, into)
}
