package exports_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

var update = flag.Bool("update", false, "write the golden files anew")

// listing is a workbook as people and programs read it: every sheet, and every row as `guildhall read` prints it.
func listing(t *testing.T, workbook []byte) string {
	t.Helper()
	book := open(t, workbook)
	var out strings.Builder
	for _, info := range book.Sheets() {
		hidden := ""
		if info.Visibility != sheet.Visible {
			hidden = " (hidden)"
		}
		fmt.Fprintf(&out, "== %s%s\n", info.Name, hidden)
		rows, err := book.Rows(t.Context(), info.Name)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			line := rows.Row().AppendJSON(nil)
			fmt.Fprintf(&out, "%d %s\n", rows.Row().Number, line)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

func open(t *testing.T, workbook []byte) *sheet.Book {
	t.Helper()
	book, err := sheet.Open(t.Context(), bytes.NewReader(workbook), int64(len(workbook)), "export.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	})
	return book
}

func TestTheWorkbooksReadAsTheyShouldInEveryLanguage(t *testing.T) {
	s := network(t)
	for _, lang := range locale.Langs {
		for _, kind := range request.Kinds() {
			name := string(kind) + "-" + string(lang)
			t.Run(name, func(t *testing.T) {
				got, path := listing(t, written(t, kind, s, lang)), filepath.Join("testdata", name+".golden.txt")
				if *update {
					if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				compare(t, got, string(want))
			})
		}
	}
}

// compare shows the first lines that differ.
func compare(t *testing.T, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "(no line)", "(no line)"
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			t.Fatalf("line %d:\n got %s\nwant %s\n(go test ./shared/exports -update writes the files anew)", i+1, a, b)
		}
	}
}
