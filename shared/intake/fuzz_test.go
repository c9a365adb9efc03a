package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// A stored report is an error, or can be told in each language, as JSON that is one.
func FuzzReports(f *testing.F) {
	var stored bytes.Buffer
	lines := json.NewEncoder(&stored)
	r := sample()
	if err := lines.Encode(storedReport{Format: reportFormat, Import: r.Import, File: r.File, Rows: r.Rows, Problems: len(r.Problems)}); err != nil {
		f.Fatal(err)
	}
	for i := range r.Problems {
		if err := lines.Encode(storedProblem(r.Problems[i])); err != nil {
			f.Fatal(err)
		}
	}
	f.Add(stored.Bytes())
	f.Add([]byte(`{"report":1,"problems":1000000000000}`))
	f.Add([]byte(`{"report":1,"problems":-1}`))
	f.Add([]byte(`{"report":1,"problems":1}{"code":"NO_SUCH","row":-5,"col":99999999}`))
	f.Add([]byte(`{"report":2}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := loadReport(bytes.NewReader(text))
		if err != nil {
			return
		}
		for _, lang := range locale.Langs {
			var out, words bytes.Buffer
			if err := errors.Join(read.WriteJSON(&out, lang), read.WriteText(&words, lang)); err != nil {
				t.Fatal(err)
			}
			if !json.Valid(out.Bytes()) {
				t.Fatalf("%q is told as %q", text, out.Bytes())
			}
		}
	})
}

// Edits that come in are refused with a code, or kept as they are read again: each of a cell that a sheet can have, once, ordered, and within
// the bounds.
func FuzzEdits(f *testing.F) {
	f.Add(1, 1, "a", 2, 2, "b", false)
	f.Add(1, 1, "a", 1, 1, " \u200bb\r\n", false)
	f.Add(1, 1, "a", 1, 1, "", true)
	f.Add(0, 1, "a", 1<<20, 1<<14, "\xff", false)
	f.Add(1, 1<<14+1, strings.Repeat("é", MaxEdit+1), -1, -1, "\x00", false)
	f.Fuzz(func(t *testing.T, row, col int, value string, otherRow, otherCol int, otherValue string, undo bool) {
		clean, err := cleanEdits([]EditChange{{Edit: Edit{row, col, value}}, {Edit: Edit{otherRow, otherCol, otherValue}, Undo: undo}})
		var edits []Edit
		if err == nil {
			edits, err = applied(nil, clean)
		}
		if err != nil {
			var p *problem.Problem
			if !errors.As(err, &p) {
				t.Error(err)
			}
			return
		}
		if !slices.IsSortedFunc(edits, byCell) || len(slices.CompactFunc(slices.Clone(edits), func(a, b Edit) bool { return byCell(a, b) == 0 })) != len(edits) {
			t.Errorf("they are kept as %v", edits)
		}
		for _, e := range edits {
			if e.Row < 1 || e.Row > maxRow || e.Col < 1 || e.Col > maxCol || !utf8.ValidString(e.Value) || utf8.RuneCountInString(e.Value) > MaxEdit {
				t.Errorf("%+v is kept", e)
			}
		}
		text, _, err := spelled(edits)
		if err != nil {
			t.Fatal(err)
		}
		again := make([]Edit, len(edits))
		lines := json.NewDecoder(bytes.NewReader(text))
		for i := range again {
			if err := lines.Decode(&again[i]); err != nil {
				t.Fatal(err)
			}
		}
		if !reflect.DeepEqual(again, edits) {
			t.Errorf("%+v comes back as %+v", edits, again)
		}
	})
}
