package sheet

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

func openBytes(t *testing.T, data []byte, name string, opts ...Option) *Book {
	t.Helper()
	book, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), name, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

func TestLayoutTellsWhatStandsBesideTheValues(t *testing.T) {
	xml := xlsxtest.Worksheet(`<row r="1"><c r="A1"><v>1</v></c></row><row r="3" hidden="1"><c r="A3"><v>1</v></c></row>` +
		`<row r="4" hidden="1"><c r="A4"/></row><row r="9000"><c r="A9000"/></row>`)
	xml = strings.Replace(xml, `<sheetData>`, `<cols><col min="1" max="2" hidden="0"/><col min="3" max="5" hidden="1"/><col min="9" max="9" hidden="true"/></cols><sheetData>`, 1)
	xml = strings.Replace(xml, `</sheetData>`, `</sheetData><sheetProtection sheet="1"/><autoFilter ref="A1:C3"><filterColumn colId="0"/></autoFilter>`+
		`<mergeCells count="2"><mergeCell ref="B1:D1"/><mergeCell ref="A5:A9"/></mergeCells>`, 1)
	book := openBytes(t, xlsxtest.NewSheet(xml).Bytes(), "x.xlsx")
	layout, err := book.Layout(context.Background(), "Data")
	if err != nil {
		t.Fatal(err)
	}
	want := Layout{
		Merges: []Range{{2, 1, 4, 1}, {1, 5, 1, 9}}, HiddenColumns: []Span{{3, 5}, {9, 9}}, Filter: Range{1, 1, 3, 3},
		HiddenRows: 1, LastRow: 9000, LastValueRow: 3, Protected: true,
	}
	if fmt.Sprint(layout) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v", layout, want)
	}
	if merge, ok := layout.MergeAt(3, 1); !ok || merge.String() != "B1:D1" {
		t.Errorf("C1 belongs to %v", merge)
	}
	if _, ok := layout.MergeAt(1, 1); ok || layout.ColumnHidden(2) || !layout.ColumnHidden(4) || !layout.Phantom() {
		t.Errorf("got %+v", layout)
	}
}

func TestLayoutIsKnownAfterReadingTheRows(t *testing.T) {
	book := openBytes(t, simple().Replace(xlsxtest.SheetPart, `</sheetData>`, `</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`).Bytes(), "x.xlsx")
	rows, err := book.Rows(context.Background(), "Data")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel() // so that nothing can be read
	if layout, err := book.Layout(ended, "Data"); err != nil || len(layout.Merges) != 1 {
		t.Errorf("got %+v (%v)", layout, err)
	}
}

func TestLayoutOfWrongSheetsIsRefused(t *testing.T) {
	book := openBytes(t, xlsxtest.New(row(`<c r="A2"/>`)).Bytes(), "x.xlsx")
	if _, err := book.Layout(context.Background(), "Data"); err == nil || !strings.HasPrefix(err.Error(), "FILE_CORRUPT") {
		t.Errorf("got %v", err)
	}
	if _, err := book.Layout(context.Background(), "Date"); err == nil || !strings.HasPrefix(err.Error(), "SHEET_MISSING") {
		t.Errorf("got %v", err)
	}
}

func TestAHundredThousandMerges(t *testing.T) {
	var merges strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&merges, `<mergeCell ref="A%d:B%d"/>`, i+1, i+1)
	}
	book := openBytes(t, simple().Replace(xlsxtest.SheetPart, `</sheetData>`, `</sheetData><mergeCells>`+merges.String()+`</mergeCells>`).Bytes(), "x.xlsx")
	if layout, err := book.Layout(context.Background(), "Data"); err != nil || len(layout.Merges) != 100_000 {
		t.Errorf("got %d merges (%v)", len(layout.Merges), err)
	}
}

func TestAMillionBlankFormattedRowsCostNothing(t *testing.T) {
	var rows strings.Builder
	for i := 2; i <= 1<<20; i++ {
		fmt.Fprintf(&rows, `<row r="%d" s="0" customFormat="1" ht="15"/>`, i)
	}
	data := xlsxtest.New(one + rows.String()).Bytes()
	book := openBytes(t, data, "x.xlsx")
	reader, err := book.Rows(context.Background(), "Data")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for reader.Next() {
		count++
	}
	layout, err := book.Layout(context.Background(), "Data")
	if count != 1 || err != nil || !layout.Phantom() || layout.LastRow != 1<<20 {
		t.Errorf("%d rows, %+v (%v)", count, layout, err)
	}
}
