package sheet

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// typedRows are rows of 14 typed columns such as contributions have: five texts, two dates, a boolean, six numbers.
func typedRows(rows int, shared bool) *xlsxtest.Book {
	var xml, items strings.Builder
	count := 0
	text := func(name, value string) {
		if !shared {
			fmt.Fprintf(&xml, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, name, value)
			return
		}
		fmt.Fprintf(&xml, `<c r="%s" t="s"><v>%d</v></c>`, name, count)
		fmt.Fprintf(&items, `<si><t>%s</t></si>`, value)
		count++
	}
	for r := 1; r <= rows; r++ {
		fmt.Fprintf(&xml, `<row r="%d">`, r)
		for c := 1; c <= 14; c++ {
			name, n := CellName(c, r), (r*31+c*17)*7919%100_003
			switch {
			case c <= 4 || c == 11:
				text(name, fmt.Sprintf("City %d of %d", n, c))
			case c <= 6:
				fmt.Fprintf(&xml, `<c r="%s" s="1"><v>%d</v></c>`, name, 40_000+n%6000)
			case c == 7:
				fmt.Fprintf(&xml, `<c r="%s" t="b"><v>%d</v></c>`, name, n%2)
			case c <= 9:
				fmt.Fprintf(&xml, `<c r="%s" s="2"><v>%d.%02d</v></c>`, name, n, n%100)
			default:
				fmt.Fprintf(&xml, `<c r="%s"><v>%d</v></c>`, name, n)
			}
		}
		xml.WriteString(`</row>`)
	}
	b := xlsxtest.New(xml.String()).Styles(0, 14, 4)
	if shared {
		b.Strings(items.String())
	}
	return b
}

func BenchmarkRead(b *testing.B) {
	for _, c := range []struct {
		rows   int
		shared bool
	}{{356, false}, {10_000, false}, {100_000, false}, {100_000, true}} {
		data := typedRows(c.rows, c.shared).Bytes()
		b.Run(fmt.Sprintf("rows=%d/shared=%v", c.rows, c.shared), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if n := countCells(b, data); n != c.rows*14 {
					b.Fatalf("%d cells", n)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(c.rows*14), "ns/cell")
		})
	}
}

// BenchmarkInflate is the least that reading can take on one core.
func BenchmarkInflate(b *testing.B) {
	data := typedRows(100_000, false).Bytes()
	book, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), "x.xlsx")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		in := book.workbook.sheets[0].part.Open()
		if _, err := io.Copy(io.Discard, in); err != nil {
			b.Fatal(err)
		}
		in.Close()
	}
}

func countCells(b *testing.B, data []byte) int {
	book, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), "x.xlsx")
	if err != nil {
		b.Fatal(err)
	}
	defer book.Close()
	rows, err := book.Rows(context.Background(), "Data")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		n += len(rows.Row().Cells)
	}
	if rows.Err() != nil {
		b.Fatal(rows.Err())
	}
	return n
}
