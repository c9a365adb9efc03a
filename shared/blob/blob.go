// Package blob is the seam to the product's files: uploaded workbooks, plans, reports and finished exports, kept whole under a
// name. It is shaped like S3 so that a folder and a bucket can stand behind it; it doesn't know what the bytes mean.
package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

var (
	// ErrNotFound: nothing is stored under the name.
	ErrNotFound = errors.New("blob: not found")
	// ErrName: the name isn't one that every engine can keep.
	ErrName = errors.New("blob: invalid name")
	// ErrDone: the writer was committed or aborted before.
	ErrDone = errors.New("blob: writer is done")
	// ErrUnavailable: the engine could not answer; a commit or a deletion may or may not have taken effect.
	ErrUnavailable = errors.New("blob: unavailable")
)

// MaxName is the longest name, in bytes.
const MaxName = 512

// Info describes a stored blob.
type Info struct {
	Name     string
	Size     int64
	SHA256   string // of the bytes, 64 hexadecimal digits, as Commit tells it; Stat and List leave it empty
	Modified time.Time
}

// Store keeps blobs by name (see CheckName). All methods return ErrName for a bad name, ErrUnavailable when the engine could not
// answer, and the context's error when that ended first. It is safe for concurrent use.
type Store interface {
	// Create begins a blob. Nothing is to be seen under the name before Commit; then all of it is, in place of what was
	// there before. When several commit one name, one of them stays.
	Create(ctx context.Context, name string) (Writer, error)
	// Open reads a blob, until ctx ends. ErrNotFound. Replacing or deleting it meanwhile doesn't mix the contents: reads give
	// what was opened, or an error.
	Open(ctx context.Context, name string) (Reader, error)
	// Stat describes a blob without reading it. ErrNotFound.
	Stat(ctx context.Context, name string) (Info, error)
	// Delete removes a blob; that there is none is no error. An engine that keeps versions keeps them.
	Delete(ctx context.Context, name string) error
	// Erase removes a blob with everything that was stored under its name before, so that none of it can be read again; that there is
	// nothing is no error. After an error some of it may be left, and Erase may be repeated.
	Erase(ctx context.Context, name string) error
	// List calls fn for each blob whose name begins with prefix, in byte order of the names, until fn returns an error, which
	// List then returns. An empty prefix lists all. Blobs that come or go meanwhile may be shown or not.
	List(ctx context.Context, prefix string, fn func(Info) error) error
	// Ever is List by names alone, each once, and also of those blobs of which the engine only has versions from before they were deleted:
	// whatever Erase would find something of.
	Ever(ctx context.Context, prefix string, fn func(name string) error) error
}

// Writer takes a blob's bytes in order. It is for one goroutine. Whoever creates one calls Commit or Abort.
type Writer interface {
	io.Writer
	// Commit makes the blob visible and durable, and describes it. ErrDone.
	Commit() (Info, error)
	// Abort drops what was written; after Commit or Abort it does nothing, so that it can be deferred.
	Abort() error
}

// Reader reads a blob at any place. ReadAt may be called from several goroutines at once.
type Reader interface {
	io.ReaderAt
	Size() int64
	io.Closer
}

// CheckName returns ErrName unless name has 1–512 bytes in segments separated by single slashes, each of 1–128 ASCII letters,
// digits, '.', '_' and '-' and not beginning with a dot. So no name leads out of a folder or means something to a shell. No
// name may be another's folder ("a" beside "a/b"): an engine may refuse the second with ErrName.
func CheckName(name string) error {
	if name == "" || len(name) > MaxName {
		return fmt.Errorf("%w: %d bytes", ErrName, len(name))
	}
	for _, segment := range strings.Split(name, "/") {
		if segment == "" || len(segment) > 128 || segment[0] == '.' || strings.ContainsFunc(segment, notPlain) {
			return fmt.Errorf("%w: %q", ErrName, name)
		}
	}
	return nil
}

func notPlain(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '.', r == '_', r == '-':
		return false
	}
	return true
}
