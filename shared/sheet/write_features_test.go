package sheet_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// showcase uses every feature of the writer.
func showcase(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	w := sheet.NewWriter(&out, sheet.WriterOptions{Title: "Überblick & more", Creator: "Secretariat", Lang: locale.FR})
	header := w.Style(sheet.Style{Bold: true, Fill: "1F4E79", Color: "FFFFFF", Border: true, Wrap: true, Align: "center", VAlign: "center"})
	money := w.Style(sheet.Style{NumFmt: `"$"#,##0.00`, Border: true})
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s, err := w.Sheet(sheet.SheetSpec{
		Name: "L'été", Widths: []float64{24, 0, 18.5}, ColumnStyles: []sheet.StyleID{0, money}, FreezeRows: 2, FreezeCols: 1, TitleRows: 2,
		Landscape: true, FitWidth: true, Header: "R&D\t{page} of {pages}\tright", Footer: "Page {page}", TabColor: "FF0000", HideGrid: true,
	})
	must(err)
	must(s.Row(sheet.OutCell{Value: "Title", Style: w.Style(sheet.Style{Bold: true, Italic: true, Underline: true, Size: 16})}))
	must(s.TallRow(30, sheet.OutCell{Value: "City", Style: header}, sheet.OutCell{Value: "Amount", Style: header}, sheet.OutCell{Value: "On", Style: header}))
	for i, city := range []string{"Brest", "Évreux", "Lausanne"} {
		must(s.Row(sheet.OutCell{Value: city}, sheet.OutCell{Value: sheet.Number(fmt.Sprintf("%d000.50", i+1)), Style: money},
			sheet.OutCell{Value: civil.Date{Year: 2025, Month: 6, Day: 15 + i}}))
	}
	s.Skip(1)
	must(s.Row(sheet.OutCell{Value: "Total"}, sheet.OutCell{Value: sheet.Number("6001.50"), Formula: "SUM(B3:B5)", Style: money}))
	must(s.Merge(sheet.Range{FirstCol: 1, FirstRow: 1, LastCol: 3, LastRow: 1}))
	must(s.Filter(sheet.Range{FirstCol: 1, FirstRow: 2, LastCol: 3, LastRow: 5}))
	must(s.Validate(sheet.Validation{Range: sheet.Range{FirstCol: 1, FirstRow: 3, LastCol: 1, LastRow: 9}, Kind: sheet.ValidList,
		List: []string{"Brest", `say "x"`}, Title: "City", Prompt: "Choose\none", Refusal: "Unknown", Error: "Not in the list"}))
	must(s.Validate(sheet.Validation{Range: sheet.Range{FirstCol: 4, FirstRow: 3, LastCol: 4, LastRow: 9}, Kind: sheet.ValidList,
		ListRef: sheet.Ref("_lists", "$A$1:$A$3"), Lenient: true}))
	must(s.Validate(sheet.Validation{Range: sheet.Range{FirstCol: 3, FirstRow: 3, LastCol: 3, LastRow: 9}, Kind: sheet.ValidDate,
		From: civil.Date{Year: 2025, Month: 1, Day: 1}, Error: strings.Repeat("é", 300)}))
	must(s.Validate(sheet.Validation{Range: sheet.Range{FirstCol: 2, FirstRow: 3, LastCol: 2, LastRow: 9}, Kind: sheet.ValidDecimal, Min: "0"}))
	must(s.Note("B4", "second\nnote <b>"))
	must(s.Note("A3", "first note"))
	must(s.Link("A7", sheet.Ref("L'été", "A1")))
	must(w.Define("amounts", sheet.Ref("L'été", "$B$3:$B$5")))
	for i, kind := range []sheet.ChartType{sheet.ChartColumn, sheet.ChartBar, sheet.ChartLine, sheet.ChartPie} {
		must(s.Chart(sheet.ChartSpec{Type: kind, Title: "Amounts & " + string(kind), Anchor: sheet.CellName(6, 2+17*i), AxisTitle: "US$",
			NumFmt: "#,##0", Labels: true, Series: []sheet.ChartSeries{{
				Name: "Amount <1>", CategoriesRef: sheet.Ref("L'été", "$A$3:$A$5"), ValuesRef: sheet.Ref("L'été", "$B$3:$B$5"),
				Categories: []string{"Brest", "Évreux", "Lausanne"}, Values: []sheet.Number{"1000.50", "2000.50", "3000.50"},
			}}}))
	}
	lists, err := w.Sheet(sheet.SheetSpec{Name: "_lists", VeryHidden: true})
	must(err)
	for _, item := range []string{"a", "b", "c"} {
		must(lists.Row(sheet.OutCell{Value: item}))
	}
	rtl, err := w.Sheet(sheet.SheetSpec{Name: "مدن", RightToLeft: true})
	must(err)
	must(rtl.Row(sheet.OutCell{Value: "مدينة"}))
	must(rtl.Note("A1", "ملاحظة"))
	_, err = w.Sheet(sheet.SheetSpec{Name: "hidden", Hidden: true})
	must(err)
	must(w.Close())
	return out.Bytes()
}

func TestTheSameCallsGiveTheSameBytes(t *testing.T) {
	first, second := showcase(t), showcase(t)
	if !bytes.Equal(first, second) {
		t.Error("they differ")
	}
	for name, content := range parts(t, first) {
		if strings.Contains(content, "dcterms:") {
			t.Errorf("%s names a time", name)
		}
	}
}

func TestAnotherLibraryReadsEveryFeature(t *testing.T) {
	f := oracle(t, showcase(t))
	const name = "L'été"
	check := func(what string, got, want any, err error) {
		t.Helper()
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v (%v), want %v", what, got, err, want)
		}
	}
	check("sheets", f.GetSheetList(), []string{name, "_lists", "مدن", "hidden"}, nil)
	visible, err := f.GetSheetVisible("_lists")
	check("very hidden", visible, false, err)
	width, err := f.GetColWidth(name, "A")
	check("width", width, 24.7109375, err)
	height, err := f.GetRowHeight(name, 2)
	check("height", height, 30.0, err)
	panes, err := f.GetPanes(name)
	check("panes", []any{panes.Freeze, panes.XSplit, panes.YSplit, panes.TopLeftCell, panes.ActivePane}, []any{true, 1, 2, "B3", "bottomRight"}, err)
	merges, err := f.GetMergeCells(name)
	check("merges", []string{merges[0][0], merges[0][1]}, []string{"A1:C1", "Title"}, err)
	layout, err := f.GetPageLayout(name)
	check("layout", []any{*layout.Size, *layout.Orientation, *layout.FitToHeight}, []any{9, "landscape", 0}, err)
	printed, err := f.GetHeaderFooter(name)
	check("header", []any{printed.OddHeader, printed.OddFooter}, []any{"&LR&&D&C&P of &N&Rright", "&CPage &P"}, err)
	properties, err := f.GetSheetProps(name)
	check("tab", []any{*properties.TabColorRGB, *properties.FitToPage}, []any{"FFFF0000", true}, err)
	doc, err := f.GetDocProps()
	check("properties", []any{doc.Title, doc.Creator, doc.Language, doc.Created, doc.Modified}, []any{"Überblick & more", "Secretariat", "fr", "", ""}, err)
	target, formula := "", ""
	linked, formula, err := f.GetCellHyperLink(name, "A7")
	target = formula
	check("link", []any{linked, target}, []any{true, "'L''été'!A1"}, err)
	date, err := f.GetCellValue(name, "C3")
	check("date as shown", date, "2025-06-15", err)
	amount, err := f.GetCellValue(name, "B3")
	check("amount as shown", amount, "$1,000.50", err)

	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name+"@"+n.Scope] = n.RefersTo
	}
	check("names", names, map[string]string{
		"amounts@Workbook": "'L''été'!$B$3:$B$5", "_xlnm._FilterDatabase@" + name: "'L''été'!$A$2:$C$5", "_xlnm.Print_Titles@" + name: "'L''été'!$1:$2",
	}, nil)
	comments, err := f.GetComments(name)
	var texts []string
	for _, c := range comments {
		text := c.Text
		for _, run := range c.Paragraph {
			text += run.Text
		}
		texts = append(texts, c.Cell+" "+c.Author+" "+text)
	}
	check("notes", texts, []string{"A3 Secretariat first note", "B4 Secretariat second\nnote <b>"}, err)
	id, err := f.GetCellStyle(name, "A2")
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	check("style", []any{style.Font.Bold, style.Font.Color, style.Fill.Pattern, style.Alignment.Horizontal, style.Alignment.WrapText, len(style.Border)},
		[]any{true, "FFFFFF", 1, "center", true, 4}, err)
}

func TestValidationsAreRead(t *testing.T) {
	validations, err := oracle(t, showcase(t)).GetDataValidations("L'été")
	if err != nil {
		t.Fatal(err)
	}
	byRange := map[string]*excelize.DataValidation{}
	for _, v := range validations {
		byRange[v.Sqref] = v
	}
	for where, want := range map[string][]string{
		"A3:A9": {"list", `"Brest,say "x""`, ""}, "D3:D9": {"list", "'_lists'!$A$1:$A$3", ""},
		"C3:C9": {"date", "45658", "2958465"}, "B3:B9": {"decimal", "0", "1E+300"},
	} {
		v := byRange[where]
		if v == nil || !slices.Equal([]string{v.Type, v.Formula1, v.Formula2}, want) {
			t.Errorf("%s: got %+v, want %q", where, v, want)
		}
	}
	if v := byRange["A3:A9"]; *v.Prompt != "Choose\none" || *v.PromptTitle != "City" || *v.Error != "Not in the list" || !v.ShowErrorMessage {
		t.Errorf("the texts are %+v", v)
	}
	if byRange["D3:D9"].ShowErrorMessage {
		t.Error("a lenient list refuses")
	}
	if got := *byRange["C3:C9"].Error; len([]rune(got)) != 225 || !strings.HasSuffix(got, "…") {
		t.Errorf("a long text is %d characters", len([]rune(got)))
	}
}

func TestChartsHoldTheirValues(t *testing.T) {
	content := showcase(t)
	all := parts(t, content)
	for n, element := range map[int]string{1: `<c:barDir val="col"/>`, 2: `<c:barDir val="bar"/>`, 3: "<c:lineChart>", 4: "<c:pieChart>"} {
		chart := all[fmt.Sprintf("xl/charts/chart%d.xml", n)]
		for _, want := range []string{element, "<c:v>2000.50</c:v>", "<c:v>Évreux</c:v>", "<c:f>&#39;L"} {
			if !strings.Contains(strings.ReplaceAll(chart, "'", "&#39;"), want) {
				t.Errorf("chart %d has no %s:\n%s", n, want, chart)
			}
		}
	}
	if !strings.Contains(all["xl/worksheets/_rels/sheet1.xml.rels"], "../drawings/drawing1.xml") ||
		!strings.Contains(all["xl/drawings/_rels/drawing1.xml.rels"], "../charts/chart4.xml") {
		t.Error("the charts hang on nothing")
	}
}

func TestASheetIsPrintedOnAsManyPagesAsItAsksFor(t *testing.T) {
	for want, spec := range map[string]sheet.SheetSpec{
		`<pageSetup paperSize="9" fitToHeight="0" orientation="portrait"/>`: {FitWidth: true},
		`<pageSetup paperSize="9" orientation="landscape"/>`:                {OnePage: true, FitWidth: true, Landscape: true},
	} {
		var out bytes.Buffer
		w := sheet.NewWriter(&out, sheet.WriterOptions{})
		spec.Name = "A"
		if _, err := w.Sheet(spec); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got := parts(t, out.Bytes())["xl/worksheets/sheet1.xml"]; !strings.Contains(got, want) || !strings.Contains(got, `fitToPage="1"`) {
			t.Errorf("%s is not in:\n%s", want, got)
		}
	}
}

func TestAnIndentCountsFromASide(t *testing.T) {
	var out bytes.Buffer
	w := sheet.NewWriter(&out, sheet.WriterOptions{})
	left, right := w.Style(sheet.Style{Indent: 1}), w.Style(sheet.Style{Indent: 2, Align: "right"})
	s, err := w.Sheet(sheet.SheetSpec{Name: "A"})
	if err != nil {
		t.Fatal(err)
	}
	s.Row(sheet.OutCell{Value: "Brest", Style: left}, sheet.OutCell{Value: 3, Style: right})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	styles := parts(t, out.Bytes())["xl/styles.xml"]
	for _, want := range []string{`<alignment horizontal="left" indent="1"/>`, `<alignment horizontal="right" indent="2"/>`} {
		if !strings.Contains(styles, want) {
			t.Errorf("%s is not in:\n%s", want, styles)
		}
	}
}

func TestChartsThatCannotBeDrawnAreRefused(t *testing.T) {
	ok := sheet.ChartSeries{Name: "x", CategoriesRef: "A1", ValuesRef: "B1", Categories: []string{"a"}, Values: []sheet.Number{"1"}}
	uneven, wrong, outside := ok, ok, ok
	uneven.Categories = nil
	wrong.Values = []sheet.Number{"one"}
	outside.ValuesRef = "[other.xlsx]Sheet1!A1"
	for name, c := range map[string]sheet.ChartSpec{
		"no type":       {Anchor: "A1", Series: []sheet.ChartSeries{ok}},
		"no place":      {Type: sheet.ChartBar, Series: []sheet.ChartSeries{ok}},
		"no series":     {Type: sheet.ChartBar, Anchor: "A1"},
		"pie of two":    {Type: sheet.ChartPie, Anchor: "A1", Series: []sheet.ChartSeries{ok, ok}},
		"uneven":        {Type: sheet.ChartBar, Anchor: "A1", Series: []sheet.ChartSeries{uneven}},
		"no number":     {Type: sheet.ChartBar, Anchor: "A1", Series: []sheet.ChartSeries{wrong}},
		"other figures": {Type: sheet.ChartBar, Anchor: "A1", Series: []sheet.ChartSeries{outside}},
	} {
		w := sheet.NewWriter(&bytes.Buffer{}, sheet.WriterOptions{})
		s, _ := w.Sheet(sheet.SheetSpec{Name: "x"})
		if err := s.Chart(c); err == nil {
			t.Errorf("%s: it was drawn", name)
		}
		w.Discard()
	}
}

func TestRowsAreTallEnoughForWrappedText(t *testing.T) {
	content := written(t, func(w *sheet.Writer, s *sheet.SheetWriter) {
		wrap, large := w.Style(sheet.Style{Wrap: true}), w.Style(sheet.Style{Size: 22})
		_ = s.Row(sheet.OutCell{Value: "short", Style: wrap})
		_ = s.Row(sheet.OutCell{Value: "two\nlines", Style: wrap})
		_ = s.Row(sheet.OutCell{Value: strings.Repeat("word ", 8)}, sheet.OutCell{Value: strings.Repeat("word ", 8), Style: wrap})
		_ = s.Row(sheet.OutCell{Value: "large", Style: large})
		_ = s.TallRow(12, sheet.OutCell{Value: "two\nlines", Style: wrap})
		_ = s.Row(sheet.OutCell{Value: strings.Repeat("word ", 6000), Style: wrap})
	})
	f := oracle(t, content)
	for row, want := range []float64{15, 30, 75, 30, 12, 409} {
		if got, _ := f.GetRowHeight("Data", row+1); got != want {
			t.Errorf("row %d is %v points high, want %v", row+1, got, want)
		}
	}
	if all := parts(t, content)["xl/worksheets/sheet1.xml"]; strings.Count(all, "customHeight") != 1 {
		t.Error("rows that were fitted don't fit themselves to new text any more")
	}
}

func TestManyNotesHaveShapeNumbersOfTheirOwn(t *testing.T) {
	var out bytes.Buffer
	w := sheet.NewWriter(&out, sheet.WriterOptions{})
	for _, name := range []string{"a", "b"} {
		s, _ := w.Sheet(sheet.SheetSpec{Name: name})
		for row := 1; row <= 1500; row++ {
			_ = s.Note(sheet.CellName(1+row%3, row), "n")
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for name, content := range parts(t, out.Bytes()) {
		if !strings.HasSuffix(name, ".vml") {
			continue
		}
		for _, shape := range strings.Split(content, `<v:shape id="`)[1:] {
			id, _, _ := strings.Cut(shape, `"`)
			if seen[id] {
				t.Fatalf("%s stands twice", id)
			}
			seen[id] = true
		}
	}
	if len(seen) != 3000 {
		t.Errorf("%d shapes", len(seen))
	}
}
