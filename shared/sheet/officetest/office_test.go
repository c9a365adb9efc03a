package officetest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/sheet/officetest"
)

func oracle(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func schema() *sheet.Schema {
	return &sheet.Schema{
		Kind: "gifts", Version: 2, Title: locale.Text{EN: "Gifts", FR: "Dons", ES: "Donaciones"},
		Columns: []sheet.Column{
			{ID: "donor", Label: locale.Text{EN: "Donor", FR: "Donateur", ES: "Donante"}, Required: true},
			{ID: "amount", Label: locale.Text{EN: "Amount", FR: "Montant", ES: "Importe"}, Type: sheet.TypeAmount},
			{ID: "date", Label: locale.Text{EN: "Date", FR: "Date", ES: "Fecha"}, Type: sheet.TypeDate},
			{ID: "kind", Label: locale.Text{EN: "Kind", FR: "Type", ES: "Tipo"}, Type: sheet.TypeEnum, Choices: []sheet.Choice{
				{ID: "city", Label: locale.Text{EN: "City", FR: "Ville", ES: "Ciudad"}},
				{ID: "firm", Label: locale.Text{EN: "Firm", FR: "Entreprise", ES: "Empresa"}},
			}},
		},
	}
}

func TestLibreOfficeReadsAndCalculatesOurCells(t *testing.T) {
	var out bytes.Buffer
	w := sheet.NewWriter(&out, sheet.WriterOptions{})
	s, err := w.Sheet(sheet.SheetSpec{Name: "L'été"})
	if err != nil {
		t.Fatal(err)
	}
	money := w.Style(sheet.Style{NumFmt: "#,##0.00"})
	for _, row := range [][]sheet.OutCell{
		{{Value: sheet.Number("160000"), Style: money}, {Value: 7}, {Value: "=1+1"}, {Value: "_x0041_ é\u0001"}},
		{{Value: sheet.Number("190000.25"), Style: money}, {Value: civil.Date{Year: 2025, Month: 6, Day: 15}}, {Value: true}, {Value: "+33 1"}},
		{{Value: "wrong on purpose", Formula: "SUM(A1:A2)", Style: money}, {Value: 0, Formula: sheet.Ref("L'été", "A1") + "*B1"}},
	} {
		if err := s.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got := officetest.CSV(t, out.Bytes())["L'été"]
	want := "160000,7,=1+1,_x0041_ é\u0001\n190000.25,2025-06-15,TRUE,+33 1\n350000.25,1120000,,\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestATemplateKeepsItsListsAndChecks(t *testing.T) {
	var out bytes.Buffer
	if err := sheet.WriteTemplate(&out, schema(), locale.FR, sheet.TemplateOptions{}); err != nil {
		t.Fatal(err)
	}
	f := oracle(t, officetest.Resave(t, out.Bytes(), "modele.xlsx"))
	validations, err := f.GetDataValidations("Dons")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, v := range validations {
		kinds[v.Type] = true
		if v.Type == "list" && !strings.Contains(v.Formula1, "_lists") {
			t.Errorf("the list is taken from %s", v.Formula1)
		}
	}
	comments, _ := f.GetComments("Dons")
	if !kinds["list"] || !kinds["date"] || !kinds["decimal"] || len(comments) != 4 {
		t.Errorf("validations %v, %d notes", kinds, len(comments))
	}
	if visible, _ := f.GetSheetVisible("_guildhall"); visible {
		t.Error("the marker sheet is visible")
	}
}

// TestMarksSurviveLibreOfficeAndComeOff: a sender opens the annotated copy, corrects it, saves it and sends it again.
func TestMarksSurviveLibreOfficeAndComeOff(t *testing.T) {
	var source bytes.Buffer
	w := sheet.NewWriter(&source, sheet.WriterOptions{})
	s, err := w.Sheet(sheet.SheetSpec{Name: "Dons"})
	if err != nil {
		t.Fatal(err)
	}
	green := w.Style(sheet.Style{Fill: "92D050"})
	_ = s.Row(sheet.OutCell{Value: "Donateur"}, sheet.OutCell{Value: "Montant"})
	_ = s.Row(sheet.OutCell{Value: "Brest"}, sheet.OutCell{Value: "abc", Style: green})
	_ = s.Row(sheet.OutCell{Value: "Évreux"}, sheet.OutCell{})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	marks := []sheet.Mark{
		*problem.New("NUMBER_INVALID").At("Dons", 2, 2).Valued("abc"),
		*problem.New("CELL_REQUIRED").At("Dons", 3, 2).With("column", "Montant"),
	}
	annotated := annotate(t, source.Bytes(), marks)
	saved := officetest.Resave(t, annotated, "dons.xlsx")
	f := oracle(t, saved)
	comments, err := f.GetComments("Dons")
	if err != nil || len(comments) != 2 {
		t.Errorf("LibreOffice saw %d notes (%v)", len(comments), err)
	}
	if fill(t, f, "B2") != "F8C0B9" || fill(t, f, "B3") != "F8C0B8" {
		t.Errorf("LibreOffice saw the fills %s and %s", fill(t, f, "B2"), fill(t, f, "B3"))
	}
	if linked, target, _ := f.GetCellHyperLink("Problèmes", "A5"); !linked || !strings.Contains(target, "B2") {
		t.Errorf("the link leads to %q", target)
	}
	clean := oracle(t, annotate(t, saved, nil))
	if got := fill(t, clean, "B2"); got != "92D050" {
		t.Errorf("the sender's own fill came back as %q", got)
	}
	if got := fill(t, clean, "B3"); got != "" {
		t.Errorf("a mark stays: %s", got)
	}
	if comments, _ := clean.GetComments("Dons"); len(comments) != 0 {
		t.Errorf("notes stay: %+v", comments)
	}
}

func annotate(t *testing.T, content []byte, marks []sheet.Mark) []byte {
	t.Helper()
	var out bytes.Buffer
	result, err := sheet.Annotate(context.Background(), &out, bytes.NewReader(content), int64(len(content)), "dons.xlsx", marks, sheet.AnnotateOptions{Lang: locale.FR})
	if err != nil || result.Fresh {
		t.Fatalf("%v, %+v", err, result)
	}
	return out.Bytes()
}

// fill is the colour of a cell's fill, without its opacity.
func fill(t *testing.T, f *excelize.File, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle("Dons", cell)
	if err != nil {
		t.Fatal(err)
	}
	pattern := f.Styles.Fills.Fill[*f.Styles.CellXfs.Xf[id].FillID].PatternFill
	if pattern == nil || pattern.FgColor == nil {
		return ""
	}
	return strings.TrimPrefix(pattern.FgColor.RGB, "FF")
}

// partsOf lists the parts of a workbook.
func partsOf(t *testing.T, content []byte) []string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
	}
	return names
}
