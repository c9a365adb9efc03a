package sheet

import (
	"context"
	"fmt"
	"strings"
	"testing"

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
