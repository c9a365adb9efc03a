package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// manyRows is a sheet large enough to be inflated ahead.
func manyRows(n int) string {
	var out strings.Builder
	for r := 1; r <= n; r++ {
		fmt.Fprintf(&out, `<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d" t="inlineStr"><is><t>text %d</t></is></c></row>`, r, r, r, r, r*7919%100_003)
	}
	return out.String()
}

func TestStringsStayValidAfterTheirRow(t *testing.T) {
	book := openBytes(t, xlsxtest.New(manyRows(20_000)).Bytes(), "x.xlsx")
	rows, err := book.Rows(t.Context(), "Data")
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for rows.Next() {
		kept = append(kept, rows.Row().At(2).Text)
	}
	for i, text := range kept {
		if want := fmt.Sprintf("text %d", (i+1)*7919%100_003); text != want {
			t.Fatalf("row %d holds %q, want %q", i+1, text, want)
		}
	}
	if len(kept) != 20_000 || rows.Err() != nil {
		t.Errorf("%d rows (%v)", len(kept), rows.Err())
	}
}

func TestSheetsAreReadSideBySide(t *testing.T) {
	book := openBytes(t, xlsxtest.New(manyRows(20_000)).Strings(`<si><t>x</t></si>`).Bytes(), "x.xlsx")
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			rows, err := book.Rows(t.Context(), "Data")
			if err != nil {
				t.Error(err)
				return
			}
			defer rows.Close()
			count := 0
			for rows.Next() {
				count++
			}
			if count != 20_000 || rows.Err() != nil {
				t.Errorf("%d rows (%v)", count, rows.Err())
			}
		})
	}
	group.Wait()
}

func TestRowsEndWhenTheirBookIsClosedOrTheContextEnds(t *testing.T) {
	data := xlsxtest.New(manyRows(50_000)).Bytes()
	for name, stop := range map[string]func(*Book, context.CancelFunc){
		"closed book":   func(b *Book, _ context.CancelFunc) { b.Close() },
		"ended context": func(_ *Book, cancel context.CancelFunc) { cancel() },
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			book, err := Open(ctx, bytes.NewReader(data), int64(len(data)), "x.xlsx")
			if err != nil {
				t.Fatal(err)
			}
			rows, err := book.Rows(ctx, "Data")
			if err != nil || !rows.Next() {
				t.Fatal(err)
			}
			stop(book, cancel)
			for rows.Next() {
			}
			if rows.Err() == nil {
				t.Error("the rows ended as if they were complete")
			}
		})
	}
	book := openBytes(t, data, "x.xlsx")
	book.Close()
	if _, err := book.Rows(t.Context(), "Data"); !errors.Is(err, errClosed) {
		t.Errorf("a closed book gives rows (%v)", err)
	}
}

func TestNothingRunsOnAfterClose(t *testing.T) {
	data := xlsxtest.New(manyRows(50_000)).Bytes()
	book := openBytes(t, data, "x.xlsx")
	before := runtime.NumGoroutine()
	for range 20 {
		rows, err := book.Rows(t.Context(), "Data")
		if err != nil || !rows.Next() {
			t.Fatal(err)
		}
		rows.Close()
		rows.Close()
		if rows.Next() {
			t.Error("closed rows go on")
		}
	}
	// A goroutine that has said that it is done may still be counted for a moment.
	for range 100_000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d goroutines are left", runtime.NumGoroutine()-before)
}

func TestReadingAllocatesNothingForACell(t *testing.T) {
	data := xlsxtest.New(manyRows(20_000)).Bytes()
	book := openBytes(t, data, "x.xlsx")
	allocations := testing.AllocsPerRun(3, func() {
		rows, err := book.Rows(t.Context(), "Data")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
		}
	})
	if perRow := allocations / 20_000; perRow > 0.05 {
		t.Errorf("%.3f allocations a row", perRow)
	}
}

func TestMemoryDoesNotGrowWithTheRows(t *testing.T) {
	book := openBytes(t, xlsxtest.New(manyRows(100_000)).Bytes(), "x.xlsx")
	rows, err := book.Rows(t.Context(), "Data")
	if err != nil {
		t.Fatal(err)
	}
	most := func(n int) uint64 {
		top := uint64(0)
		for i := 0; i < n && rows.Next(); i++ {
			if i%5000 == 0 {
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				top = max(top, m.HeapAlloc)
			}
		}
		return top
	}
	early, late := most(20_000), most(80_000)
	if late > early+1<<20 {
		t.Errorf("the heap grows from %d to %d KiB", early>>10, late>>10)
	}
}
