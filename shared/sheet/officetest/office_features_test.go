package officetest_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/sheet/officetest"
)

// everything is a workbook with every feature that the writer has.
func everything(t *testing.T) []byte {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	w := sheet.NewWriter(&out, sheet.WriterOptions{Title: "Every feature", Creator: "Secretariat"})
	look := func(s sheet.Style) sheet.StyleID { return w.Style(s) }
	title := look(sheet.Style{Bold: true, Fill: "1F4E79", Color: "FFFFFF", Border: true, Align: "center", VAlign: "center", Wrap: true, Size: 14})
	money, percent, plain := look(sheet.Style{NumFmt: "#,##0.00"}), look(sheet.Style{NumFmt: "0.0%"}), look(sheet.Style{Italic: true, Underline: true, Indent: 2})
	must(w.Define("amounts", sheet.Ref("L'été", "$B$3:$B$5")))
	s, err := w.Sheet(sheet.SheetSpec{
		Name: "L'été", Widths: []float64{24, 12, 0, 40}, ColumnStyles: []sheet.StyleID{0, 0, 0, money}, FreezeRows: 2, FreezeCols: 1,
		TitleRows: 2, Landscape: true, FitWidth: true, Header: "left\t{page}", Footer: "{page} / {pages}", TabColor: "C00000", HideGrid: true,
	})
	must(err)
	must(s.TallRow(30, sheet.OutCell{Value: "Gifts", Style: title}))
	must(s.Row(sheet.OutCell{Value: "City", Style: title}, sheet.OutCell{Value: "Amount", Style: title}, sheet.OutCell{Value: "Date", Style: title}))
	for i, city := range []string{"Brest", "Évreux", "Köln"} {
		must(s.Row(sheet.OutCell{Value: city, Style: plain}, sheet.OutCell{Value: sheet.Number(fmt.Sprintf("%d000.5", i+1)), Style: money},
			sheet.OutCell{Value: civil.Date{Year: 2025, Month: time.Month(i + 1), Day: 15}}, sheet.OutCell{Value: i%2 == 0},
			sheet.OutCell{Value: 0.125, Style: percent}))
	}
	must(s.Row(sheet.OutCell{Value: "Total"}, sheet.OutCell{Value: 6001.5, Formula: "SUM(amounts)", Style: money},
		sheet.OutCell{Value: "=not+a formula"}, sheet.OutCell{Value: "first\nsecond"}, sheet.OutCell{Value: "  spaces  "}))
	must(s.Merge(sheet.Range{FirstCol: 1, FirstRow: 1, LastCol: 3, LastRow: 1}))
	must(s.Filter(sheet.Range{FirstCol: 1, FirstRow: 2, LastCol: 3, LastRow: 5}))
	must(s.Note("A3", "A note about Brest\n<&>"))
	must(s.Note("B6", "The sum"))
	must(s.Link("A6", sheet.Ref("L'été", "A1")))
	rows := func(col int) sheet.Range { return sheet.Range{FirstCol: col, FirstRow: 3, LastCol: col, LastRow: 5} }
	for _, v := range []sheet.Validation{
		{Range: rows(1), Kind: sheet.ValidList, ListRef: sheet.Ref("_lists", "$A$1:$A$3"), Title: "City", Prompt: "Choose one", Refusal: "No", Error: "Not in the list"},
		{Range: rows(2), Kind: sheet.ValidDecimal, Min: "0"}, {Range: rows(3), Kind: sheet.ValidDate, From: civil.Date{Year: 2025, Month: 1, Day: 1}},
		{Range: rows(5), Kind: sheet.ValidWhole, Min: "1", Max: "9"}, {Range: rows(6), Kind: sheet.ValidLength, Max: "20"},
		{Range: rows(7), Kind: sheet.ValidList, List: []string{"yes", "no"}, Lenient: true},
	} {
		must(s.Validate(v))
	}
	for i, kind := range []sheet.ChartType{sheet.ChartColumn, sheet.ChartBar, sheet.ChartLine, sheet.ChartPie} {
		must(s.Chart(sheet.ChartSpec{
			Type: kind, Title: "Chart " + string(kind), Anchor: sheet.CellName(1, 10+i*20), Labels: true, AxisTitle: "USD",
			Series: []sheet.ChartSeries{{
				Name: "Gifts", CategoriesRef: sheet.Ref("L'été", "$A$3:$A$5"), ValuesRef: sheet.Ref("L'été", "$B$3:$B$5"),
				Categories: []string{"Brest", "Évreux", "Köln"}, Values: []sheet.Number{"1000.5", "2000.5", "3000.5"},
			}},
		}))
	}
	lists, err := w.Sheet(sheet.SheetSpec{Name: "_lists", VeryHidden: true})
	must(err)
	for _, item := range []string{"Brest", "Évreux", "Köln"} {
		must(lists.Row(sheet.OutCell{Value: item}))
	}
	rtl, err := w.Sheet(sheet.SheetSpec{Name: "مدن", RightToLeft: true})
	must(err)
	must(rtl.Row(sheet.OutCell{Value: "مدينة"}))
	must(w.Close())
	return out.Bytes()
}

// TestLibreOfficeKeepsEveryFeature: what it has understood of a workbook it writes again when it saves it. Without a window it
// keeps no views (frozen rows, hidden grids) of anybody's workbooks.
func TestLibreOfficeKeepsEveryFeature(t *testing.T) {
	ours := everything(t)
	saved := officetest.Resave(t, ours, "everything.xlsx")
	before, after := oracle(t, ours), oracle(t, saved)
	const name = "L'été"
	for what, told := range map[string]func(f *excelize.File) (any, error){
		"sheets": func(f *excelize.File) (any, error) { return f.GetSheetList(), nil },
		"values": func(f *excelize.File) (any, error) { return f.GetRows(name, excelize.Options{RawCellValue: true}) },
		"texts of the other sheets": func(f *excelize.File) (any, error) {
			lists, _ := f.GetRows("_lists")
			cities, err := f.GetRows("مدن")
			return append(lists, cities...), err
		},
		"a formula": func(f *excelize.File) (any, error) { return f.GetCellFormula(name, "B6") },
		"merges": func(f *excelize.File) (any, error) {
			merges, err := f.GetMergeCells(name)
			return merges[0][0], err
		},
		"notes": func(f *excelize.File) (any, error) { return notesOf(f, name) },
		"links": func(f *excelize.File) (any, error) { return linkOf(f, name, "A6") },
		"page": func(f *excelize.File) (any, error) {
			layout, err := f.GetPageLayout(name)
			return []any{*layout.Size, *layout.Orientation, *layout.FitToHeight}, err
		},
		"hidden": func(f *excelize.File) (any, error) { return f.GetSheetVisible("_lists") },
		"from right to left": func(f *excelize.File) (any, error) {
			view, err := f.GetSheetView("مدن", 0)
			return *view.RightToLeft, err
		},
		"shown amount":  func(f *excelize.File) (any, error) { return f.GetCellValue(name, "B3") },
		"shown date":    func(f *excelize.File) (any, error) { return f.GetCellValue(name, "C4") },
		"shown share":   func(f *excelize.File) (any, error) { return f.GetCellValue(name, "E3") },
		"looks":         func(f *excelize.File) (any, error) { return looks(f, name, "A2", "A3") },
		"checks":        func(f *excelize.File) (any, error) { return checks(f, name) },
		"height of row": func(f *excelize.File) (any, error) { return f.GetRowHeight(name, 1) },
		"names": func(f *excelize.File) (any, error) {
			var names []string
			for _, n := range f.GetDefinedName() {
				names = append(names, n.Name+"@"+n.Scope+" "+strings.ReplaceAll(n.RefersTo, "'L''été'", name))
			}
			slices.Sort(names)
			return names, nil
		},
	} {
		want, err := told(before)
		if err != nil {
			t.Fatal(what, err)
		}
		if got, err := told(after); err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v (%v), want %v", what, got, err, want)
		}
	}
	charts := 0
	for _, part := range partsOf(t, saved) {
		if strings.HasPrefix(part, "xl/charts/chart") {
			charts++
		}
	}
	if charts != 4 {
		t.Errorf("%d charts are left", charts)
	}
}

func notesOf(f *excelize.File, name string) ([]string, error) {
	comments, err := f.GetComments(name)
	var notes []string
	for _, c := range comments {
		text := c.Text
		for _, run := range c.Paragraph {
			text += run.Text
		}
		notes = append(notes, c.Cell+" "+text)
	}
	slices.Sort(notes)
	return notes, err
}

func linkOf(f *excelize.File, name, cell string) (string, error) {
	_, target, err := f.GetCellHyperLink(name, cell)
	return strings.NewReplacer("'", "", "#", "", "!", ".").Replace(target), err
}

func looks(f *excelize.File, name string, cells ...string) ([]string, error) {
	var all []string
	for _, cell := range cells {
		id, err := f.GetCellStyle(name, cell)
		if err != nil {
			return nil, err
		}
		s, err := f.GetStyle(id)
		if err != nil {
			return nil, err
		}
		all = append(all, fmt.Sprint(cell, s.Font.Bold, s.Font.Italic, s.Font.Underline, s.Font.Size, s.Fill.Color, len(s.Border), s.Alignment.Horizontal,
			s.Alignment.Indent, s.Alignment.WrapText))
	}
	return all, nil
}

func checks(f *excelize.File, name string) ([]string, error) {
	validations, err := f.GetDataValidations(name)
	var all []string
	for _, v := range validations {
		prompt := ""
		if v.Prompt != nil {
			prompt = *v.Prompt
		}
		all = append(all, fmt.Sprint(v.Sqref, " ", v.Type, " ", strings.NewReplacer("'", "", "&quot;", `"`).Replace(v.Formula1), " ", v.ShowErrorMessage, prompt))
	}
	slices.Sort(all)
	return all, err
}
