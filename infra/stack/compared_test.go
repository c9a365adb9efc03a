package stack

import (
	"bytes"
	"errors"
	"reflect"
	"regexp"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet"
)

// sameCells compares two workbooks, each cell of each sheet.
func sameCells(t *testing.T, name string, want, got []byte) {
	t.Helper()
	expected, actual := cells(t, name, want), cells(t, name, got)
	if len(expected) < 100 {
		t.Errorf("%s: only %d cells to compare", name, len(expected))
	}
	for at, value := range expected {
		if !reflect.DeepEqual(unmarked(value), unmarked(actual[at])) {
			t.Errorf("%s %s: embedded %v, deployed %v", name, at, value, actual[at])
		}
	}
	for at, value := range actual {
		if _, ok := expected[at]; !ok {
			t.Errorf("%s %s: deployed %v, nothing embedded", name, at, value)
		}
	}
}

// ownMarks are what every store has its own of: identifiers of imports, moments of entering with who entered it, and the hash over the entries
// that hold them.
var ownMarks = regexp.MustCompile(`\b([0-9a-z]{26}\b|[0-9a-f]{64}\b|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ · .*$)`)

// unmarked is a cell's value without them.
func unmarked(value any) any {
	if text, ok := value.(string); ok {
		return ownMarks.ReplaceAllString(text, "…")
	}
	return value
}

// cells gives a workbook's cells by sheet and place.
func cells(t *testing.T, name string, content []byte) map[string]any {
	t.Helper()
	book, err := sheet.Open(t.Context(), bytes.NewReader(content), int64(len(content)), name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer book.Close()
	all := map[string]any{}
	for _, about := range book.Sheets() {
		if about.Chart {
			continue
		}
		rows, err := book.Rows(t.Context(), about.Name)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			row := rows.Row()
			for i := range row.Cells {
				all[about.Name+"!"+sheet.CellName(row.Cells[i].Col, row.Number)] = row.Cells[i].Value()
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return all
}
