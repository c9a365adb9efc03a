package files

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/blob"
)

// List implements blob.Store. It reads one folder at a time, and none that can't hold a match.
func (s *Store) List(ctx context.Context, prefix string, fn func(blob.Info) error) error {
	return s.list(ctx, "", prefix, fn)
}

// Ever implements blob.Store: nothing is left of what was deleted.
func (s *Store) Ever(ctx context.Context, prefix string, fn func(name string) error) error {
	return s.List(ctx, prefix, func(info blob.Info) error { return fn(info.Name) })
}

func (s *Store) list(ctx context.Context, folder, prefix string, fn func(blob.Info) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	entries, err := os.ReadDir(s.path(folder))
	if errors.Is(err, fs.ErrNotExist) || isNotFolder(err) {
		return nil // gone since its parent was read
	}
	if err != nil {
		return storeError(folder, err)
	}
	// A folder stands where its contents do: "a/b" comes after "a.b" and before "a0".
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(place(a), place(b)) })
	for _, entry := range entries {
		if err := s.listEntry(ctx, entry, path.Join(folder, entry.Name()), prefix, fn); err != nil {
			return err
		}
	}
	return nil
}

func place(entry fs.DirEntry) string {
	if entry.IsDir() {
		return entry.Name() + "/"
	}
	return entry.Name()
}

func (s *Store) listEntry(ctx context.Context, entry fs.DirEntry, name, prefix string, fn func(blob.Info) error) error {
	if entry.IsDir() {
		inside := name + "/"
		if blob.CheckName(name) != nil || !strings.HasPrefix(inside, prefix) && !strings.HasPrefix(prefix, inside) {
			return nil
		}
		return s.list(ctx, name, prefix, fn)
	}
	if !entry.Type().IsRegular() || !strings.HasPrefix(name, prefix) || blob.CheckName(name) != nil {
		return nil
	}
	stat, err := entry.Info()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return storeError(name, err)
	}
	return fn(blob.Info{Name: name, Size: stat.Size(), Modified: stat.ModTime().UTC()})
}
