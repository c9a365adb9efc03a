package sheet

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

// manyGifts is a workbook of n good rows of all columns.
func manyGifts(n int) []byte {
	var rows strings.Builder
	rows.WriteString(xmlRow(1, giftTitles(locale.EN)...))
	cells := goodGift()
	for i := range n {
		cells["city"], cells["amount"] = fmt.Sprintf("Évry %d", i), 1000+i
		rows.WriteString(xmlRow(i+2, giftCells(cells)...))
	}
	return styledBook(rows.String()).Bytes()
}

// BenchmarkDecode reads, decodes and validates a sheet of 17 columns.
func BenchmarkDecode(b *testing.B) {
	const rows = 20000
	data := manyGifts(rows)
	ctx := context.Background()
	b.ReportAllocs()
	for b.Loop() {
		book, err := Open(ctx, bytes.NewReader(data), int64(len(data)), "gifts.xlsx")
		if err != nil {
			b.Fatal(err)
		}
		schema := giftSchema()
		loc, _, err := book.Locate(ctx, []Schema{schema}, TableOptions{})
		if err != nil {
			b.Fatal(err)
		}
		decoder, err := NewDecoder[gift](loc.Schema)
		if err != nil {
			b.Fatal(err)
		}
		table, err := book.Table(ctx, loc, TableOptions{})
		if err != nil {
			b.Fatal(err)
		}
		read := 0
		for table.Next() {
			var row gift
			if problems, _ := decoder.Decode(table, table.Line(), &row); len(problems) > 0 {
				b.Fatalf("%+v", problems)
			}
			read++
		}
		if read != rows || table.Err() != nil {
			b.Fatal(read, table.Err())
		}
		table.Close()
		book.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}
