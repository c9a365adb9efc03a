package registry

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/learning-cities/guildhall/shared/attribution"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

// What donors' figures were when a period was closed is kept, so that who goes on from there reads the entries of the open period only. It
// is never more than a shortcut: what can't be read as it was written is left out, since the entries tell the same, and VerifyFund names it.
const (
	fundCheckpointType = "fund_checkpoint" // by the last day of the period
	fundFiguresType    = "fund_figures"    // the parts of the text, in a partition named by its hash, so that a part is written once
)

// figuresPart is the most bytes of text in one record, well below table.MaxItem.
const figuresPart = 256 << 10

// fundCheckpoint is donors' figures at the end of a closed period, as attribution.Book writes them.
type fundCheckpoint struct {
	Day   civil.Date `json:"day"`
	Text  string     `json:"text"` // SHA-256, hexadecimal
	Parts int        `json:"parts"`
}

type figuresText struct {
	Text string `json:"text"`
}

func checkpointRef(day civil.Date) records.Ref {
	return records.Ref{Type: fundCheckpointType, ID: day.String()}
}

func (c fundCheckpoint) part(n int) records.Ref {
	return records.Ref{Type: fundFiguresType, Partition: c.Text, ID: fmt.Sprintf("%06d", n)}
}

// figures are donors' figures at the end of the last closed period, and that period's last day. Where none was closed, or what was kept
// is not as it was written, they are those of a fund that has nothing, at the end of the zero day.
func (h fundHead) figures(ctx context.Context, from records.Reader) (*attribution.Book, civil.Date, error) {
	if !h.ClosedTo.IsZero() {
		book, err := readFigures(ctx, from, h.ClosedTo)
		if !errors.Is(err, attribution.ErrKept) && !errors.Is(err, records.ErrNotFound) {
			return book, h.ClosedTo, err
		}
	}
	return attribution.New(trust.AreaOf), civil.Date{}, nil
}

// readFigures gives the book that was kept at the closing up to a day. records.ErrNotFound, attribution.ErrKept.
func readFigures(ctx context.Context, from records.Reader, day civil.Date) (*attribution.Book, error) {
	c, err := find[fundCheckpoint](ctx, from, checkpointRef(day))
	if err == nil && c.Day != day {
		err = fmt.Errorf("%w: of %s", attribution.ErrKept, c.Day)
	}
	if err != nil {
		return nil, err
	}
	return c.read(ctx, from)
}

// read gives the book that was kept. attribution.ErrKept when that isn't what was written.
func (c fundCheckpoint) read(ctx context.Context, from records.Reader) (*attribution.Book, error) {
	text := &figuresReader{ctx: ctx, from: from, checkpoint: c, hash: sha256.New()}
	book, err := attribution.Read(text, trust.AreaOf)
	if err == nil {
		_, err = io.Copy(io.Discard, text)
	}
	if err == nil && hex.EncodeToString(text.hash.Sum(nil)) != c.Text {
		err = fmt.Errorf("%w: another text", attribution.ErrKept)
	}
	return book, err
}

// figuresReader reads the parts of a text one after the other.
type figuresReader struct {
	ctx        context.Context
	from       records.Reader
	checkpoint fundCheckpoint
	hash       hash.Hash
	parts      int
	rest       string
}

// Read implements io.Reader.
func (r *figuresReader) Read(p []byte) (int, error) {
	for r.rest == "" {
		if r.parts == r.checkpoint.Parts {
			return 0, io.EOF
		}
		r.parts++
		part, err := find[figuresText](r.ctx, r.from, r.checkpoint.part(r.parts))
		if errors.Is(err, records.ErrNotFound) {
			return 0, fmt.Errorf("%w: part %d is missing", attribution.ErrKept, r.parts)
		}
		if err != nil {
			return 0, err
		}
		r.rest = part.Text
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	r.hash.Write(p[:n])
	return n, nil
}

// checkpoint keeps donors' figures at the end of a day, the parts of the text at once, and gives the writes that make them the fund's. Text
// that no closing came of, since others wrote at the same moment, is in nobody's way.
func (b *books) checkpoint(ctx context.Context, day civil.Date) ([]table.Write, error) {
	book, since, err := b.head.figures(ctx, b.from)
	if err != nil {
		return nil, err
	}
	if err := trust.Follow(book, entriesAfter(ctx, b.from, b.head, since), day, nil); err != nil {
		return nil, err
	}
	c := fundCheckpoint{Day: day}
	if c.Text, err = figuresHash(book); err != nil {
		return nil, err
	}
	parts := &figuresWriter{ctx: ctx, books: b, checkpoint: &c}
	if err := errors.Join(book.Write(parts), parts.flush()); err != nil {
		return nil, err
	}
	return b.put(checkpointRef(day), 0, c)
}

func figuresHash(book *attribution.Book) (string, error) {
	sum := sha256.New()
	if err := book.Write(sum); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// figuresWriter writes a text in parts of whole lines.
type figuresWriter struct {
	ctx        context.Context
	books      *books
	checkpoint *fundCheckpoint
	lines      bytes.Buffer
}

// Write implements io.Writer; line is a whole one.
func (w *figuresWriter) Write(line []byte) (int, error) {
	if w.lines.Len()+len(line) > figuresPart {
		if err := w.flush(); err != nil {
			return 0, err
		}
	}
	return w.lines.Write(line)
}

// flush writes the part at hand, unless it is there already: it is named by what it says.
func (w *figuresWriter) flush() error {
	if w.lines.Len() == 0 {
		return nil
	}
	w.checkpoint.Parts++
	ref, text := w.checkpoint.part(w.checkpoint.Parts), figuresText{w.lines.String()}
	w.lines.Reset()
	var version int64
	switch there, err := w.books.from.Get(w.ctx, ref); {
	case err == nil && there.Body["text"] == text.Text:
		return nil
	case err == nil:
		version = there.Version
	case !errors.Is(err, records.ErrNotFound):
		return err
	}
	writes, err := w.books.put(ref, version, text)
	if err != nil {
		return err
	}
	return w.books.registry.Table.Transact(w.ctx, writes)
}
