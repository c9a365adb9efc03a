package archive

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/learning-cities/guildhall/shared/archive/mark"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/jsonl"
)

// Options are what an archive is made with.
type Options struct {
	At      time.Time            // the moment that it tells
	Product string               // the version of the program
	Leave   func(table.Key) bool // the items that stay out; nil: none
}

// Write writes a store's archive. Its items are those of one moment. Its files are read afterwards: a file is stored before an item names it, so
// each that the items name is there, unless it was deleted meanwhile. BACKUP_UNSETTLED when the items can't be had as of one moment. After any
// error what was written is no archive.
func Write(ctx context.Context, w io.Writer, from Store, o Options) (Counts, error) {
	items, err := from.Table.Snapshot(ctx)
	if errors.Is(err, table.ErrUnsettled) {
		return Counts{}, problem.New("BACKUP_UNSETTLED")
	}
	if err != nil {
		return Counts{}, err
	}
	defer items.Close()
	whole := sha256.New()
	packed, err := zstd.NewWriter(io.MultiWriter(w, whole), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return Counts{}, err
	}
	defer packed.Close()
	out := &writer{tar: tar.NewWriter(packed), at: o.At.UTC().Truncate(time.Second)}
	if err := out.all(ctx, items, from.Blobs, o); err != nil {
		return Counts{}, err
	}
	if err := errors.Join(out.tar.Close(), packed.Close()); err != nil {
		return Counts{}, err
	}
	_, err = w.Write(sealed(whole.Sum(nil)))
	return out.counts, err
}

// writer is an archive under way.
type writer struct {
	tar    *tar.Writer
	at     time.Time
	sums   bytes.Buffer
	counts Counts
	parts  int // entries of items
}

func (w *writer) all(ctx context.Context, items table.Snapshot, blobs blob.Store, o Options) error {
	if err := w.json(nameAbout, About{Format: Format, At: o.At.UTC(), Product: o.Product}); err != nil {
		return err
	}
	if err := w.items(ctx, items, o.Leave); err != nil {
		return err
	}
	if err := blobs.List(ctx, "", func(info blob.Info) error { return w.blob(ctx, blobs, info.Name) }); err != nil {
		return err
	}
	if err := w.entry(nameSums, bytes.Clone(w.sums.Bytes())); err != nil {
		return err
	}
	return w.json(nameEnd, w.counts)
}

// partBytes is about how large an entry of items becomes.
const partBytes = 1 << 20

func (w *writer) items(ctx context.Context, items table.Snapshot, leave func(table.Key) bool) error {
	var part bytes.Buffer
	lines := jsonl.NewWriter(&part)
	for item, err := range items.Items(ctx) {
		if err != nil {
			return err
		}
		if item.Key == mark.Key || leave != nil && leave(item.Key) {
			continue
		}
		if err := lines.Write(&item); err != nil {
			return err
		}
		w.counts.Items++
		if part.Len() >= partBytes {
			if err := w.part(&part); err != nil {
				return err
			}
		}
	}
	if part.Len() == 0 {
		return nil
	}
	return w.part(&part)
}

func (w *writer) part(part *bytes.Buffer) error {
	w.parts++
	defer part.Reset()
	return w.entry(fmt.Sprintf(dirItems+"%08d.jsonl", w.parts), part.Bytes())
}

func (w *writer) json(name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return w.entry(name, append(text, '\n'))
}

func (w *writer) entry(name string, content []byte) error {
	return w.stream(name, int64(len(content)), bytes.NewReader(content))
}

// blob writes a file. One that was deleted since it was listed is none.
func (w *writer) blob(ctx context.Context, blobs blob.Store, name string) error {
	file, err := blobs.Open(ctx, name)
	if errors.Is(err, blob.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	if err := w.stream(dirBlobs+name, file.Size(), io.NewSectionReader(file, 0, file.Size())); err != nil {
		return err
	}
	w.counts.Blobs++
	w.counts.Bytes += file.Size()
	return nil
}

func (w *writer) stream(name string, size int64, content io.Reader) error {
	err := w.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: w.at})
	if err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.CopyBuffer(io.MultiWriter(w.tar, sum), onlyReader{content}, make([]byte, 256<<10)); err != nil {
		return err
	}
	w.sums.WriteString(sumLine(sum, name))
	return nil
}

// onlyReader keeps a copy from being done in pieces of the reader's own choice.
type onlyReader struct{ io.Reader }

// sumLine is the line of SHA256SUMS for an entry.
func sumLine(sum hash.Hash, name string) string {
	return hex.EncodeToString(sum.Sum(nil)) + "  " + name + "\n"
}
