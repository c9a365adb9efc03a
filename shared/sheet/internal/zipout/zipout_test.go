package zipout

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"runtime"
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

// TestBlocksDoNotShowInTheBytes: however an entry is written, piece by piece or at once, it comes out the same.
func TestBlocksDoNotShowInTheBytes(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789 spreadsheet "), 40_000)
	var want []byte
	for _, piece := range []int{len(content), 1 << 10, blockSize, blockSize + 1, 777} {
		var out bytes.Buffer
		a := New(&out)
		e, err := a.Create("sheet")
		if err != nil {
			t.Fatal(err)
		}
		for rest := content; len(rest) > 0; {
			n := min(piece, len(rest))
			if written, err := e.Write(rest[:n]); err != nil || written != n {
				t.Fatal(written, err)
			}
			rest = rest[n:]
		}
		if err := errors.Join(e.Close(), a.Close()); err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = out.Bytes()
		}
		if !bytes.Equal(out.Bytes(), want) {
			t.Errorf("pieces of %d bytes give another archive", piece)
		}
		if got := read(t, open(t, out.Bytes()).File[0]); got != string(content) {
			t.Errorf("pieces of %d bytes come out changed", piece)
		}
	}
}

func TestAFullDiskIsReportedAndADiscardedEntryEnds(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()+"/missing")
	noise := make([]byte, 3*inMemory)
	if _, err := rand.Read(noise); err != nil {
		t.Fatal(err)
	}
	a := New(io.Discard)
	e, err := a.Create("sheet")
	if err != nil {
		t.Fatal(err)
	}
	_, writing := e.Write(noise)
	if _, again := e.Write(noise); again == nil || writing != nil && again.Error() != writing.Error() {
		t.Errorf("got %v, then %v", writing, again)
	}
	if closing := errors.Join(e.Close(), a.Close()); !errors.Is(closing, os.ErrNotExist) {
		t.Errorf("Close gave %v", closing)
	}
	before := runtime.NumGoroutine()
	b := New(io.Discard)
	if e, err = b.Create("sheet"); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Write(make([]byte, 10*blockSize)); err != nil {
		t.Fatal(err)
	}
	b.Discard()
	for range 100_000 { // it has said that it ends, and needs a moment to
		if runtime.NumGoroutine() > before {
			runtime.Gosched()
		}
	}
	if _, err := e.Write(noise); err == nil || runtime.NumGoroutine() > before {
		t.Errorf("%v, %d goroutines more", err, runtime.NumGoroutine()-before)
	}
}
