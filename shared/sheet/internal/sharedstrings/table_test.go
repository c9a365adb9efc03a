package sharedstrings

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
)

// manyTexts are texts of all lengths, among them some that are larger than any block or page.
func manyTexts() []string {
	var texts []string
	for i := range 60_000 {
		texts = append(texts, strings.Repeat(fmt.Sprint(i), i%7))
	}
	texts[1000] = strings.Repeat("long", blockSize)
	texts[1001] = strings.Repeat("x", blockSize)
	texts[1002] = strings.Repeat("p", pageBytes)
	texts[len(texts)-1] = strings.Repeat("the end", 5000)
	return append(texts, "", "")
}

func load(t *testing.T, texts []string, limits Limits) *Table {
	t.Helper()
	table := New(limits)
	t.Cleanup(func() { table.Close() })
	for _, text := range texts {
		if err := table.Add([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if table.disk != nil {
		if err := table.disk.finish(); err != nil {
			t.Fatal(err)
		}
	}
	return table
}

func clone(text []byte) string { return string(text) }

func TestTextsComeBackByTheirPlace(t *testing.T) {
	want := manyTexts()
	random := rand.New(rand.NewPCG(7, 7))
	for name, held := range map[string]int64{"in memory": 1 << 30, "on disk": 0, "moved to disk": 1 << 20} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			table := load(t, want, Limits{Held: held, Total: 1 << 30})
			if onDisk := table.disk != nil; onDisk != (held < 1<<30) {
				t.Errorf("on disk: %v", onDisk)
			}
			reader := table.Reader(clone)
			check := func(i int) {
				if got, ok, err := reader.Get(i); got != want[i] || !ok || err != nil {
					t.Fatalf("text %d: got %.50q (%v), want %.50q", i, got, err, want[i])
				}
			}
			for i := range want {
				check(i)
			}
			for range 20_000 {
				check(random.IntN(len(want)))
			}
			for _, i := range []int{-1, len(want)} {
				if got, ok, err := reader.Get(i); ok || err != nil {
					t.Errorf("text %d: got %.50q (%v), want none", i, got, err)
				}
			}
		})
	}
}

func TestReadersOfOneTableDoNotDisturbEachOther(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	want := manyTexts()
	table := load(t, want, Limits{Total: 1 << 30})
	var group sync.WaitGroup
	for r := range 4 {
		group.Go(func() {
			reader := table.Reader(clone)
			for i := r; i < len(want); i += 3 {
				if got, _, err := reader.Get(i); got != want[i] || err != nil {
					t.Errorf("text %d: got %.50q (%v)", i, got, err)
					return
				}
			}
		})
	}
	group.Wait()
}

func TestATableHasABound(t *testing.T) {
	for _, held := range []int64{0, 1 << 20} {
		table := New(Limits{Held: held, Total: 1000})
		n, err := 0, error(nil)
		for ; err == nil && n < 1000; n++ {
			err = table.Add([]byte("some texts"))
		}
		if n != 101 || err == nil || !strings.HasPrefix(err.Error(), "FILE_TOO_LARGE") {
			t.Errorf("%d held: %d texts, then %v", held, n, err)
		}
		if err := table.Close(); err != nil {
			t.Error(err)
		}
	}
	table := New(Limits{Held: 1 << 20, Total: 1000})
	table.count = maxTexts
	if err := table.Add(nil); err == nil || !strings.HasPrefix(err.Error(), "FILE_TOO_LARGE") {
		t.Errorf("too many empty texts: got %v", err)
	}
}

func TestMemoryIsBoundedWhateverTheTextsTake(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	const texts = 1_000_000
	table := New(Limits{Held: 1 << 20, Total: 1 << 30})
	defer table.Close()
	text := []byte(strings.Repeat("forty bytes of text ", 2))
	for range texts {
		if err := table.Add(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.disk.finish(); err != nil {
		t.Fatal(err)
	}
	reader := table.Reader(clone)
	for i := 0; i < texts; i += 37 {
		if _, ok, err := reader.Get(i); !ok || err != nil {
			t.Fatal(err)
		}
	}
	if grown := int64(heap()) - int64(before); grown > 6<<20 {
		t.Errorf("%d KiB for %d MiB of texts", grown>>10, texts*len(text)>>20)
	}
	runtime.KeepAlive(reader)
}

func TestAddingAllocatesNothingForAText(t *testing.T) {
	table := New(Limits{Held: 1 << 30, Total: 1 << 30})
	text := []byte("some text")
	if allocations := testing.AllocsPerRun(10, func() {
		for range 10_000 {
			if err := table.Add(text); err != nil {
				t.Fatal(err)
			}
		}
	}); allocations > 100 {
		t.Errorf("%.0f allocations for 10,000 texts", allocations)
	}
}

func TestNoFileIsLeftBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	const head = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
	texts := strings.Repeat(`<si><t>0123456789</t></si>`, 50)
	for name, xml := range map[string]string{
		"a complete part":       head + texts + `</sst>`,
		"a part that ends":      head + texts,
		"a part that is broken": head + texts + `</x>`,
		"a part too large":      head + strings.Repeat(texts, 5) + `</sst>`,
	} {
		table, err := Load(scan(xml), Limits{Held: 100, Total: 2000})
		if err == nil {
			err = table.Close()
		}
		if (err == nil) != (name == "a complete part") {
			t.Errorf("%s: %v", name, err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s leaves %v (%v)", name, left, err)
		}
	}
}

func TestErrorsOfTheTemporaryFileComeBack(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "missing"))
	if err := New(Limits{Total: 100}).Add([]byte("text")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder for it: %v", err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	table := load(t, []string{"a", "b"}, Limits{Total: 100})
	reader := table.Reader(clone)
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := reader.Get(1); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a closed table: %v", err)
	}
}

func scan(xml string) *xmlscan.Scanner {
	return xmlscan.New(context.Background(), strings.NewReader(xml), "p", xmlscan.Limits{Depth: 9, Token: 1 << 20, Work: 1 << 20})
}

func TestLoading(t *testing.T) {
	const head, end = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="77">`, `</sst>`
	for xml, want := range map[string]string{
		head + end: "",
		head + `<si><t>a</t></si><si><t xml:space="preserve"> b </t></si>` + end:                           "a| b |",
		head + `<si><t>a&amp;b</t></si> <si><t>_x0041_</t></si><si/>` + end:                                "a&b|A||",
		head + `<si><r><t>a</t></r><r><t>b</t></r></si><si><t>c</t></si>` + end:                            "ab|c|",
		head + `<si><t>1</t></si><extLst><si/></extLst><si><t>2</t></si>` + end:                            "1|2|",
		`<x:sst xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:si><x:t>a</x:t></x:si></x:sst>`: "a|",
		head + `<si><t>a</t></si>`:         "FILE_TRUNCATED",
		head + `<si><t>a</t></si></ss>`:    "FILE_CORRUPT",
		head + `<si><t>]]></t></si>` + end: "FILE_CORRUPT",
		head + `text` + end:                "FILE_CORRUPT",
		`<sst/>`:                           "FILE_CORRUPT",
		``:                                 "FILE_TRUNCATED",
		head + strings.Repeat(`<si><t>0123456789</t></si>`, 100) + end: "FILE_TOO_LARGE",
	} {
		got := ""
		table, err := Load(scan(xml), Limits{Held: 1 << 20, Total: 999})
		if err != nil {
			got, _, _ = strings.Cut(err.Error(), " ")
		} else {
			reader := table.Reader(clone)
			for i := range table.Len() {
				text, _, _ := reader.Get(i)
				got += text + "|"
			}
		}
		if got != want {
			t.Errorf("%.200s: got %q, want %q", xml, got, want)
		}
	}
}
