package sheet

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// manyShared is a sheet of shared texts in an order of their own, every tenth of them asked for by the row before too.
func manyShared(n int) (*xlsxtest.Book, []string) {
	var rows, items strings.Builder
	var want []string
	for i := range n {
		text := fmt.Sprintf("text %d %s", i, strings.Repeat("é", i%90))
		fmt.Fprintf(&items, `<si><t>%s</t></si>`, text)
		other := i * 7919 % n
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%[1]d" t="s"><v>%d</v></c><c r="B%[1]d" t="s"><v>%[3]d</v></c></row>`, i+1, i, other)
		want = append(want, fmt.Sprintf("[%q,%q]", text, fmt.Sprintf("text %d %s", other, strings.Repeat("é", other%90))))
	}
	return xlsxtest.New(rows.String()).Strings(items.String()), want
}

// held limits the shared texts in memory.
func held(bytes int64) Option {
	limits := DefaultLimits()
	limits.Held = bytes
	return WithLimits(limits)
}

func TestSharedTextsReadTheSameFromDisk(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	book, want := manyShared(20_000)
	data := book.Bytes()
	for _, bytes := range []int64{0, 1 << 20, 1 << 30} {
		if got := readAll(t, data, "x.xlsx", "", held(bytes)); got != strings.Join(want, "\n") {
			t.Errorf("with %d bytes held the texts differ", bytes)
		}
	}
}

func TestSharedTextsFromDiskStayValidAfterTheirRow(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	data, want := manyShared(20_000)
	book := openBytes(t, data.Bytes(), "x.xlsx", held(0))
	var group sync.WaitGroup
	for range 2 { // side by side, each with its own view of the file
		group.Go(func() {
			rows, err := book.Rows(t.Context(), "Data")
			if err != nil {
				t.Error(err)
				return
			}
			var kept []Cell
			for rows.Next() {
				kept = append(kept, rows.Row().Cells...)
			}
			for i := range want {
				if got := fmt.Sprintf("[%q,%q]", kept[2*i].Text, kept[2*i+1].Text); got != want[i] {
					t.Errorf("row %d holds %s, want %s", i+1, got, want[i])
					return
				}
			}
		})
	}
	group.Wait()
}

func TestClosingABookTakesItsTemporaryFileAway(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	data, _ := manyShared(5000)
	open := openFiles()
	for name, c := range map[string]struct {
		book *xlsxtest.Book
		rows int // read before the book is closed
	}{
		"read to the end":      {data, 5000},
		"closed between":       {data, 10},
		"refused in the rows":  {xlsxtest.NewSheet(strings.Replace(string(data.Part(xlsxtest.SheetPart)), `</sheetData>`, `<x`, 1)).Strings(`<si><t>a</t></si>`), 0},
		"refused in the texts": {simple().Strings(strings.Repeat(`<si><t>a</t></si>`, 100) + `<x`), 0},
	} {
		book := openBytes(t, c.book.Bytes(), "x.xlsx", held(0))
		rows, err := book.Rows(context.Background(), "Data")
		for n := 0; err == nil && n < c.rows && rows.Next(); n++ {
		}
		if err := book.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			for rows.Next() {
			}
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s leaves %v (%v)", name, left, err)
		}
	}
	if now := openFiles(); now > open {
		t.Errorf("%d files are left open", now-open)
	}
}

// openFiles counts the files that the process holds open, where the system tells.
func openFiles() int {
	files, _ := os.ReadDir("/proc/self/fd")
	return len(files)
}

func TestABookWithoutRoomForItsTextsSaysSo(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()+"/missing")
	data, _ := manyShared(10)
	book := openBytes(t, data.Bytes(), "x.xlsx", held(0))
	if _, err := book.Rows(t.Context(), "Data"); err == nil || isRefusal(err) {
		t.Errorf("got %v", err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	if _, err := book.Rows(t.Context(), "Data"); err != nil {
		t.Errorf("once there is room: %v", err)
	}
}
