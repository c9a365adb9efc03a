package files_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/blobtest"
	"github.com/learning-cities/guildhall/shared/blob/files"
)

func open(t *testing.T, root string) blob.Store {
	t.Helper()
	store, err := files.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func TestConformance(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) (blob.Store, func() blob.Store) {
		root := filepath.Join(t.TempDir(), "data", "blobs")
		return open(t, root), func() blob.Store { return open(t, root) }
	})
}

func put(t *testing.T, store blob.Store, name, content string) error {
	t.Helper()
	w, err := store.Create(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	_, err = w.Commit()
	return err
}

// everything lists the files below a folder.
func everything(t *testing.T, root string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all = append(all, path[len(root)+1:])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestABlobIsAPlainFileOfItsName(t *testing.T) {
	root := t.TempDir()
	if err := put(t, open(t, root), "uploads/1/applications.xlsx", "PK"); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(root, "uploads", "1", "applications.xlsx"))
	if err != nil || string(content) != "PK" {
		t.Fatalf("%q, %v", content, err)
	}
}

func TestLeftoversAreRemovedAtOpening(t *testing.T) {
	root := t.TempDir()
	store := open(t, root)
	if _, err := store.Create(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
	if left := everything(t, root); len(left) != 1 {
		t.Fatalf("while writing there are %v", left)
	}
	open(t, root)
	if left := everything(t, root); len(left) != 0 {
		t.Fatalf("left over: %v", left)
	}
}

func TestNothingIsLeftOfAnAbortedOrRefusedBlob(t *testing.T) {
	root := t.TempDir()
	store := open(t, root)
	w, err := store.Create(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Abort(); err != nil {
		t.Fatal(err)
	}
	if err := put(t, store, "a/b", ""); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "a/b/c"} {
		if err := put(t, store, name, ""); !errors.Is(err, blob.ErrName) {
			t.Errorf("%s beside a/b: %v, want ErrName", name, err)
		}
	}
	if left := everything(t, root); len(left) != 1 {
		t.Fatalf("left over: %v", left)
	}
}

func TestEmptyFoldersGoWithTheirLastBlob(t *testing.T) {
	root := t.TempDir()
	store := open(t, root)
	if err := put(t, store, "a/b/c", ""); err != nil {
		t.Fatal(err)
	}
	if err := store.Delete(t.Context(), "a/b/c"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "a")); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("folder a: %v", err)
	}
}

func TestWhatOthersPutIntoTheFolderIsNoBlob(t *testing.T) {
	root := t.TempDir()
	store := open(t, root)
	for _, name := range []string{"desktop file.txt", ".DS_Store", "é"} {
		if err := os.WriteFile(filepath.Join(root, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(root, "link")); err != nil {
		t.Fatal(err)
	}
	err := store.List(t.Context(), "", func(info blob.Info) error {
		t.Errorf("listed %s", info.Name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
