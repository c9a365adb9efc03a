// Package files keeps blobs as files in a folder: the blob "plans/2025/x.json" is the file of that path below the folder, with
// nothing around its bytes. A blob being written is a file in the folder's .tmp, which becomes the blob by renaming once it is on
// disk; a process killed at any moment leaves the old blob or the new one. It knows nothing of what is stored.
package files

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/learning-cities/guildhall/shared/blob"
)

// tmp is where blobs are written. No blob's name begins with a dot.
const tmp = ".tmp"

// Store is a blob.Store in a folder.
type Store struct {
	root string
	// folders is held for reading while a file is put into a folder, and for writing while empty folders are removed.
	folders sync.RWMutex
}

var _ blob.Store = (*Store)(nil)

// Open opens the store in a folder, making it when missing, and removes what unfinished writers left. One process at a time may use
// the folder; whoever keeps a table beside it opens that first, which sees to it.
func Open(root string) (*Store, error) {
	s := &Store{root: root}
	if err := os.RemoveAll(s.temporary()); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(s.temporary(), 0o700); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Store) temporary() string { return filepath.Join(s.root, tmp) }

func (s *Store) path(name string) string { return filepath.Join(s.root, filepath.FromSlash(name)) }

func ready(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return blob.CheckName(name)
}

// storeError puts what a file system answers in the seam's terms.
func storeError(name string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, errFolder):
		return fmt.Errorf("%w: %s", blob.ErrNotFound, name)
	}
	return fmt.Errorf("%w: %w", blob.ErrUnavailable, err)
}

// errFolder: a name is but the folder of other blobs.
var errFolder = errors.New("files: a folder, not a blob")

// open opens a blob's file and describes it.
func (s *Store) open(name string) (*os.File, blob.Info, error) {
	file, err := os.Open(s.path(name))
	if err != nil {
		if isNotFolder(err) {
			err = errFolder
		}
		return nil, blob.Info{}, storeError(name, err)
	}
	stat, err := file.Stat()
	if err == nil && stat.IsDir() {
		err = errFolder
	}
	if err != nil {
		return nil, blob.Info{}, errors.Join(storeError(name, err), file.Close())
	}
	return file, blob.Info{Name: name, Size: stat.Size(), Modified: stat.ModTime().UTC()}, nil
}

// Open implements blob.Store.
func (s *Store) Open(ctx context.Context, name string) (blob.Reader, error) {
	if err := ready(ctx, name); err != nil {
		return nil, err
	}
	file, info, err := s.open(name)
	if err != nil {
		return nil, err
	}
	return &reader{ctx: ctx, file: file, size: info.Size}, nil
}

// Stat implements blob.Store.
func (s *Store) Stat(ctx context.Context, name string) (blob.Info, error) {
	if err := ready(ctx, name); err != nil {
		return blob.Info{}, err
	}
	file, info, err := s.open(name)
	if err != nil {
		return blob.Info{}, err
	}
	return info, storeError(name, file.Close())
}

// Delete implements blob.Store.
func (s *Store) Delete(ctx context.Context, name string) error {
	if err := ready(ctx, name); err != nil {
		return err
	}
	s.folders.Lock()
	defer s.folders.Unlock()
	if stat, err := os.Lstat(s.path(name)); err != nil || stat.IsDir() {
		if err == nil || isNotFolder(err) || errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return storeError(name, err)
	}
	if err := os.Remove(s.path(name)); err != nil {
		return storeError(name, err)
	}
	s.prune(filepath.Dir(s.path(name)))
	return storeError(name, syncFolder(filepath.Dir(s.path(name))))
}

// Erase implements blob.Store: a folder keeps no versions.
func (s *Store) Erase(ctx context.Context, name string) error { return s.Delete(ctx, name) }

// prune removes folders that became empty. The caller holds the lock.
func (s *Store) prune(folder string) {
	for folder != filepath.Clean(s.root) && os.Remove(folder) == nil {
		folder = filepath.Dir(folder)
	}
}

// syncFolder makes a change of a folder's names durable. A folder that was removed has its parent's.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	for errors.Is(err, fs.ErrNotExist) {
		path = filepath.Dir(path)
		folder, err = os.Open(path)
	}
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// reader implements blob.Reader.
type reader struct {
	ctx  context.Context
	file *os.File
	size int64
}

// ReadAt implements io.ReaderAt.
func (r *reader) ReadAt(p []byte, off int64) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.file.ReadAt(p, off)
}

// Size implements blob.Reader.
func (r *reader) Size() int64 { return r.size }

// Close implements io.Closer.
func (r *reader) Close() error { return r.file.Close() }
