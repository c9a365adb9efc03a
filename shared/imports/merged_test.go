package imports

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet"
)

// mergedStones is a workbook with a cover, the titles in row 3, two stones and some more, and these merged cells.
func mergedStones(t *testing.T, more int, merges ...sheet.Range) Upload {
	t.Helper()
	var out bytes.Buffer
	w := sheet.NewWriter(&out, sheet.WriterOptions{Title: "Stones"})
	s, err := w.Sheet(sheet.SheetSpec{Name: "Stones"})
	if err != nil {
		t.Fatal(err)
	}
	for _, merge := range merges {
		if err := s.Merge(merge); err != nil {
			t.Fatal(err)
		}
	}
	rows := [][]string{{"All our stones"}, {}, {"Code", "Name", "Quarry"}, {"a1", "Anna", "East"}, {"b2", "", "East"}}
	for n := range more {
		rows = append(rows, []string{fmt.Sprintf("m%d", n), "more"})
	}
	for _, texts := range rows {
		cells := make([]sheet.OutCell, len(texts))
		for i, text := range texts {
			cells[i].Value = text
		}
		if err := s.Row(cells...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return Upload{Name: "stones.xlsx", Source: bytes.NewReader(out.Bytes()), Size: int64(out.Len())}
}

// Merged cells stand behind the rows: they are minded all the same.
func TestMergedCellsAreMindedWhereTheyTouchTheTable(t *testing.T) {
	cover := sheet.Range{FirstCol: 1, FirstRow: 1, LastCol: 3, LastRow: 1}
	names := sheet.Range{FirstCol: 2, FirstRow: 4, LastCol: 2, LastRow: 5}
	title := sheet.Range{FirstCol: 3, FirstRow: 3, LastCol: 4, LastRow: 3}
	for name, c := range map[string]struct {
		merges []sheet.Range
		codes  []string
		passes int
	}{
		"none":          {nil, []string{"error CELL_REQUIRED@B5"}, 1},
		"in the cover":  {[]sheet.Range{cover}, []string{"error CELL_REQUIRED@B5"}, 1},
		"in the rows":   {[]sheet.Range{cover, names}, []string{"error CELL_MERGED@B5"}, 2},
		"in the titles": {[]sheet.Range{title}, []string{"warning HEADER_MERGED@C3", "error CELL_REQUIRED@B5"}, 2},
	} {
		const more = 3000 // a short sheet is read to its end to find its titles: its merged cells are known then
		first := 0
		kind := moodyKind{stones(), atRow(4, func() error { first++; return nil })}
		s := newWorld(kind).service(t, nil)
		report := check(t, s, mergedStones(t, more, c.merges...))
		wantList(t, name, codes(report), c.codes...)
		wantList(t, name, outcomes(t, s, report)[:2], "4:create", "5:fail")
		if first != c.passes {
			t.Errorf("%s: the rows were judged in %d passes, want %d", name, first, c.passes)
		}
	}
}
