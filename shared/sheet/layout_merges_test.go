package sheet

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// TestMergesAreKnownBeforeTheRows: the quick look for them never says that there are none where the whole sheet has some.
func TestMergesAreKnownBeforeTheRows(t *testing.T) {
	rows := `<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>`
	merged := strings.Replace(xlsxtest.Worksheet(rows), `</sheetData>`, `</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`, 1)
	long := strings.Repeat("<!-- "+strings.Repeat("x", 1000)+" -->", 70)
	head, tail, _ := strings.Cut(merged, `<mergeCells>`)
	for name, xml := range map[string]string{
		"none":                       xlsxtest.Worksheet(rows),
		"one":                        merged,
		"the word in a text":         strings.Replace(xlsxtest.Worksheet(rows), ">a<", ">mergeCell<", 1),
		"behind a mark":              "\xef\xbb\xbf" + merged,
		"with a prefix":              strings.NewReplacer("</", "</x:", "<?", "<?", "<", "<x:", "xmlns=", "xmlns:x=").Replace(merged),
		"in UTF-16":                  wideXML(strings.Replace(merged, "UTF-8", "UTF-16", 1)),
		"across the end of a block":  head + strings.Repeat(" ", 64<<10-len(head)-len("<mergeCells><mer")) + `<mergeCells>` + tail,
		"far behind":                 head + long + `<mergeCells>` + tail,
		"across the end of the next": head + strings.Repeat(" ", 128<<10-len(head)-len("<mergeCells><merge")-len("mergeCell")) + `<mergeCells>` + tail,
	} {
		t.Run(name, func(t *testing.T) {
			data := xlsxtest.NewSheet(xml).Bytes()
			quick, err := openBytes(t, data, "x.xlsx").merges(context.Background(), "Data")
			if err != nil {
				t.Fatal(err)
			}
			whole, err := openBytes(t, data, "x.xlsx").Layout(context.Background(), "Data")
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(quick) != fmt.Sprint(whole.Merges) {
				t.Errorf("got %v, want %v", quick, whole.Merges)
			}
		})
	}
	if _, err := openBytes(t, xlsxtest.NewSheet(merged[:len(merged)-20]).Bytes(), "x.xlsx").merges(context.Background(), "Data"); err == nil {
		t.Error("a sheet that is cut off has merges")
	}
}

// A book that assumes that there are none finds out when a sheet was read to its end, and minds them from then on.
func TestAnAssumptionOfNoMergesIsCheckedAtTheEnd(t *testing.T) {
	schema := Schema{Kind: "cities", Version: 1, Columns: []Column{{ID: "city", Label: locale.Same("City"), Type: TypeText}}}
	const short, long = 10, 3 * coverRows // locating the titles reads a short sheet to its end
	for _, c := range []struct {
		rows   int
		merges string
		missed bool
	}{
		{long, "", false}, {long, "A1:B1", false}, {long, "A1:B2", false}, {long, "A2:A3", true}, {long, "A3:B3", true},
		{long, "A4:A5", true}, {long, "D9:D10", true}, {short, "A2:A3", false}, {short, "A4:A5", false},
	} {
		rows := []byte(`<row r="1"><c r="A1" t="inlineStr"><is><t>cover</t></is></c></row>` +
			`<row r="3"><c r="A3" t="inlineStr"><is><t>City</t></is></c></row>`)
		for n := range c.rows {
			rows = fmt.Appendf(rows, `<row r="%d"><c r="A%[1]d" t="inlineStr"><is><t>Brest %[1]d</t></is></c></row>`, n+4)
		}
		xml := xlsxtest.Worksheet(string(rows))
		if c.merges != "" {
			xml = strings.Replace(xml, `</sheetData>`, `</sheetData><mergeCells><mergeCell ref="`+c.merges+`"/></mergeCells>`, 1)
		}
		book := openBytes(t, xlsxtest.NewSheet(xml).Bytes(), "x.xlsx", AssumeUnmerged())
		if _, missed := passOver(t, book, &schema); missed != c.missed {
			t.Errorf("%s in %d rows: missed %v", c.merges, c.rows, missed)
		}
		if again, missed := passOver(t, book, &schema); missed || again.assumed {
			t.Errorf("%s in %d rows: missed again", c.merges, c.rows)
		}
	}
}

// passOver locates and reads a table, and reports whether merged cells were missed.
func passOver(t *testing.T, book *Book, schema *Schema) (*Located, bool) {
	t.Helper()
	located, _, err := book.Locate(t.Context(), []Schema{*schema}, TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	table, err := book.Table(t.Context(), located, TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	if book.MergesMissed(located) {
		t.Error("missed before the sheet was read")
	}
	for table.Next() {
	}
	if table.Err() != nil {
		t.Fatal(table.Err())
	}
	return located, book.MergesMissed(located)
}
