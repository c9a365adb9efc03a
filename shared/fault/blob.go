package fault

import (
	"context"
	"errors"
	"io"

	"github.com/learning-cities/guildhall/shared/blob"
)

// faultyBlobs are files as a process sees them.
type faultyBlobs struct {
	below   blob.Store
	process *Process
}

// Blobs are files as the process sees them: each call is an operation, with those of writers and readers, but for Abort and Close.
func (p *Process) Blobs(below blob.Store) blob.Store { return faultyBlobs{below, p} }

// Create implements blob.Store.
func (b faultyBlobs) Create(ctx context.Context, name string) (blob.Writer, error) {
	w, err := ask(b.process, "blob.Create", name, reading, blob.ErrUnavailable, func() (blob.Writer, error) { return b.below.Create(ctx, name) })
	if err != nil {
		return nil, err
	}
	return &writer{below: w, process: b.process, name: name}, nil
}

// Open implements blob.Store.
func (b faultyBlobs) Open(ctx context.Context, name string) (blob.Reader, error) {
	r, err := ask(b.process, "blob.Open", name, reading, blob.ErrUnavailable, func() (blob.Reader, error) { return b.below.Open(ctx, name) })
	if err != nil {
		return nil, err
	}
	return reader{r, b.process, name}, nil
}

// Stat implements blob.Store.
func (b faultyBlobs) Stat(ctx context.Context, name string) (blob.Info, error) {
	return ask(b.process, "blob.Stat", name, reading, blob.ErrUnavailable, func() (blob.Info, error) { return b.below.Stat(ctx, name) })
}

// Delete implements blob.Store.
func (b faultyBlobs) Delete(ctx context.Context, name string) error {
	return b.process.do("blob.Delete", name, writing, blob.ErrUnavailable, func() error { return b.below.Delete(ctx, name) })
}

// Erase implements blob.Store.
func (b faultyBlobs) Erase(ctx context.Context, name string) error {
	return b.process.do("blob.Erase", name, writing, blob.ErrUnavailable, func() error { return b.below.Erase(ctx, name) })
}

// List implements blob.Store.
func (b faultyBlobs) List(ctx context.Context, prefix string, fn func(blob.Info) error) error {
	return b.process.do("blob.List", prefix, reading, blob.ErrUnavailable, func() error { return b.below.List(ctx, prefix, fn) })
}

// Ever implements blob.Store.
func (b faultyBlobs) Ever(ctx context.Context, prefix string, fn func(name string) error) error {
	return b.process.do("blob.Ever", prefix, reading, blob.ErrUnavailable, func() error { return b.below.Ever(ctx, prefix, fn) })
}

// writer is a blob as a process writes it. What met a fault is not to be committed: its bytes are not all there.
type writer struct {
	below   blob.Writer
	process *Process
	name    string
	broken  bool
}

// Write implements io.Writer.
func (w *writer) Write(p []byte) (n int, err error) {
	asked := false
	n, err = ask(w.process, "blob.Write", w.name, reading, blob.ErrUnavailable, func() (int, error) {
		asked = true
		return w.below.Write(p)
	})
	w.broken = w.broken || !asked
	return n, err
}

// Commit implements blob.Writer.
func (w *writer) Commit() (blob.Info, error) {
	if w.broken && !w.process.Over() {
		return blob.Info{}, errors.Join(blob.ErrUnavailable, w.below.Abort())
	}
	info, err := ask(w.process, "blob.Commit", w.name, writing, blob.ErrUnavailable, w.below.Commit)
	if err != nil {
		_ = w.below.Abort() // frees what was written, where it was not committed; nobody sees it
	}
	return info, err
}

// Abort implements blob.Writer; it works in a killed process too, whose files would be dropped when another one starts.
func (w *writer) Abort() error { return w.below.Abort() }

// reader is a blob as a process reads it.
type reader struct {
	blob.Reader
	process *Process
	name    string
}

var _ io.ReaderAt = reader{}

// ReadAt implements io.ReaderAt.
func (r reader) ReadAt(p []byte, at int64) (n int, err error) {
	var end error
	err = r.process.do("blob.ReadAt", r.name, reading, blob.ErrUnavailable, func() error {
		if n, err = r.Reader.ReadAt(p, at); errors.Is(err, io.EOF) {
			end = err // is an answer
			return nil
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return n, end
}
