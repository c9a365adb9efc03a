package zipout

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"io"
	"os"
	"slices"
	"testing"
)

func TestEntriesAreSortedAndStampedAlike(t *testing.T) {
	write := func(names ...string) []byte {
		var out bytes.Buffer
		a := New(&out)
		for _, name := range names {
			if err := a.Put(name, []byte("content of "+name)); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	first, second := write("b", "a", "[x]", "é"), write("é", "[x]", "b", "a")
	if !bytes.Equal(first, second) {
		t.Error("the order of the calls shows in the bytes")
	}
	r := open(t, first)
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
		if f.Flags&0x8 != 0 {
			t.Errorf("%s has its sizes behind its content", f.Name)
		}
		if got := read(t, f); got != "content of "+f.Name {
			t.Errorf("%s holds %q", f.Name, got)
		}
	}
	if !slices.Equal(names, []string{"[x]", "a", "b", "é"}) {
		t.Errorf("got %q", names)
	}
}

func TestLargeContentGoesThroughAFileAndLeavesNone(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	content := make([]byte, 3*inMemory) // random, so that it does not shrink
	if _, err := rand.Read(content); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	a := New(&out)
	for _, name := range []string{"z", "a"} {
		if err := a.Put(name, content); err != nil {
			t.Fatal(err)
		}
	}
	if cap(a.spool.buf) > inMemory {
		t.Errorf("%d bytes held in memory", cap(a.spool.buf))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	for _, f := range open(t, out.Bytes()).File {
		if read(t, f) != string(content) {
			t.Errorf("%s came out changed", f.Name)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAnEntryIsCopiedWithoutInflatingIt(t *testing.T) {
	var source, out bytes.Buffer
	w := zip.NewWriter(&source)
	part, _ := w.CreateHeader(&zip.FileHeader{Name: "part", Method: zip.Deflate})
	_, _ = io.WriteString(part, "as it was")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	original := open(t, source.Bytes()).File[0]
	a := New(&out)
	if err := a.Copy(original); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	copied := open(t, out.Bytes()).File[0]
	if !bytes.Equal(raw(t, original), raw(t, copied)) || read(t, copied) != "as it was" {
		t.Error("the compressed bytes changed")
	}
}

func TestMisuseIsAnErrorAndNothingIsWritten(t *testing.T) {
	for name, misuse := range map[string]func(*Archive){
		"a name twice":     func(a *Archive) { _ = a.Put("a", nil); _ = a.Put("a", nil) },
		"two open entries": func(a *Archive) { _, _ = a.Create("a"); _, _ = a.Create("b") },
		"an open entry":    func(a *Archive) { _, _ = a.Create("a") },
		"discarded":        func(a *Archive) { _ = a.Put("a", nil); a.Discard() },
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			a := New(&out)
			misuse(a)
			if err := a.Close(); err == nil || out.Len() > 0 {
				t.Errorf("error %v, %d bytes written", err, out.Len())
			}
		})
	}
}

func open(t *testing.T, content []byte) *zip.Reader {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func read(t *testing.T, f *zip.File) string {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func raw(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.OpenRaw()
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
