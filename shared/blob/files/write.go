package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"syscall"

	"github.com/learning-cities/guildhall/shared/blob"
)

// writer implements blob.Writer.
type writer struct {
	store  *Store
	ctx    context.Context
	name   string
	file   *os.File // nil when done
	digest hash.Hash
	size   int64
}

// Create implements blob.Store.
func (s *Store) Create(ctx context.Context, name string) (blob.Writer, error) {
	if err := ready(ctx, name); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(s.temporary(), "*")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", blob.ErrUnavailable, err)
	}
	return &writer{store: s, ctx: ctx, name: name, file: file, digest: sha256.New()}, nil
}

// Write implements io.Writer.
func (w *writer) Write(p []byte) (int, error) {
	if w.file == nil {
		return 0, blob.ErrDone
	}
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.file.Write(p)
	w.digest.Write(p[:n])
	w.size += int64(n)
	return n, storeError(w.name, err)
}

// Commit implements blob.Writer.
func (w *writer) Commit() (blob.Info, error) {
	if w.file == nil {
		return blob.Info{}, blob.ErrDone
	}
	if err := w.ctx.Err(); err != nil {
		return blob.Info{}, errors.Join(err, w.Abort())
	}
	stat, err := w.file.Stat()
	if err == nil {
		err = w.file.Sync()
	}
	if err != nil {
		return blob.Info{}, errors.Join(storeError(w.name, err), w.Abort())
	}
	if err := errors.Join(w.file.Close(), w.store.place(w.file.Name(), w.name)); err != nil {
		os.Remove(w.file.Name())
		w.file = nil
		return blob.Info{}, err
	}
	w.file = nil
	return blob.Info{
		Name: w.name, Size: w.size, SHA256: hex.EncodeToString(w.digest.Sum(nil)), Modified: stat.ModTime().UTC(),
	}, nil
}

// place renames a finished file to a blob's, and makes that durable with the folders on the way.
func (s *Store) place(from, name string) error {
	s.folders.RLock()
	defer s.folders.RUnlock()
	target := s.path(name)
	made, err := s.makeFolders(filepath.Dir(target))
	if err == nil {
		err = os.Rename(from, target)
	}
	if isNotFolder(err) || isFolder(target) {
		return fmt.Errorf("%w: %s: another blob's folder, or below another blob", blob.ErrName, name)
	}
	for _, folder := range made {
		if err == nil {
			err = syncFolder(folder)
		}
	}
	return storeError(name, err)
}

// makeFolders makes a folder with its parents and returns the folders whose entries will change by a file put there.
func (s *Store) makeFolders(folder string) (changed []string, err error) {
	changed = []string{folder}
	for parent := folder; !isFolder(parent) && parent != filepath.Dir(parent); parent = filepath.Dir(parent) {
		changed = append(changed, filepath.Dir(parent))
	}
	return changed, os.MkdirAll(folder, 0o700)
}

func isFolder(path string) bool {
	stat, err := os.Stat(path)
	return err == nil && stat.IsDir()
}

// isNotFolder: a part of the path that should be a folder is a file.
func isNotFolder(err error) bool { return errors.Is(err, syscall.ENOTDIR) }

// Abort implements blob.Writer.
func (w *writer) Abort() error {
	if w.file == nil {
		return nil
	}
	err := errors.Join(w.file.Close(), os.Remove(w.file.Name()))
	w.file = nil
	return storeError(w.name, err)
}
