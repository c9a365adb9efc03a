package sheet_test

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// changed gives a workbook with some parts replaced: old and new text in turn, for each part; an empty map entry drops the part.
func changed(t *testing.T, src []byte, edits map[string][]string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	done := map[string]bool{}
	for _, f := range r.File {
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		edit, found := edits[f.Name]
		done[f.Name] = found
		if found && len(edit) == 0 {
			continue
		}
		for i := 0; i+1 < len(edit); i += 2 {
			if !bytes.Contains(content, []byte(edit[i])) {
				t.Fatalf("%s has no %s: %s", f.Name, edit[i], content)
			}
			content = bytes.Replace(content, []byte(edit[i]), []byte(edit[i+1]), 1)
		}
		part, _ := w.Create(f.Name)
		_, _ = part.Write(content)
	}
	for name, edit := range edits {
		if !done[name] {
			part, _ := w.Create(name)
			_, _ = io.WriteString(part, edit[0])
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhereACopyIsNotSafeANewWorkbookIsMarked(t *testing.T) {
	const sheet1, book, styles = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
	for name, c := range map[string]struct {
		edits map[string][]string
		why   string
	}{
		"no styles":            {map[string][]string{styles: {}, "xl/_rels/workbook.xml.rels": {`relationships/styles"`, `relationships/other"`}}, "no styles"},
		"a protected workbook": {map[string][]string{book: {"<sheets>", `<workbookProtection lockStructure="1"/><sheets>`}}, "protected"},
		"a protected sheet":    {map[string][]string{sheet1: {"</sheetData>", `</sheetData><sheetProtection sheet="1"/>`}}, "protected"},
		"notes without boxes":  {map[string][]string{sheet1: {"<legacyDrawing ", "<legacyDrawingHF ", "</legacyDrawing>", "</legacyDrawingHF>"}}, "comments"},
		"a threaded comment":   {map[string][]string{"xl/comments1.xml": {"Ann", "tc={1-2-3}"}}, "comments"},
		"another namespace": {map[string][]string{book: {"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"}},
			"Strict"},
		"a style that isn't there": {map[string][]string{styles: {`fillId="2"`, `fillId="99"`}}, "no styles"},
	} {
		t.Run(name, func(t *testing.T) {
			src := changed(t, sender(t), c.edits)
			content, result := annotate(t, src, "dons.xlsx", locale.EN, findings())
			if !result.Fresh || !strings.Contains(result.Reason.EN, c.why) {
				t.Fatalf("got %+v", result)
			}
			checkFresh(t, content)
		})
	}
}

func TestANewWorkbookBlanksNoErrorOfTheSenders(t *testing.T) {
	src := xlsxtest.New(`<row r="1"><c r="A1"><f>1+1</f></c><c r="B1" t="e"><v>Err:502</v></c><c r="C1" t="e"><v>#REF!</v></c></row>`).Bytes()
	content, result := annotate(t, src, "dons.xlsx", locale.EN, findings())
	if !result.Fresh {
		t.Fatalf("got %+v", result)
	}
	f := oracle(t, content)
	for cell, want := range map[string]string{"A1": "#N/A", "B1": "#N/A", "C1": "#REF!"} {
		if value, _ := f.GetCellValue(f.GetSheetName(0), cell); value != want {
			t.Errorf("%s holds %q, want %q", cell, value, want)
		}
	}
}

// checkFresh expects the values, marks and notes of sender and findings.
func checkFresh(t *testing.T, content []byte) {
	t.Helper()
	all := parts(t, content)
	got := fills(t, all, "xl/worksheets/sheet1.xml")
	for cell, want := range map[string]string{"C4": "FFF8C0B8", "B5": "FFF8C0B8", "A6": "FFF8E0A0", "C3": "FFB8D8F8", "A20": "FFF8C0B8"} {
		if got[cell] != want {
			t.Errorf("%s is filled %q, want %q", cell, got[cell], want)
		}
	}
	f := oracle(t, content)
	for cell, want := range map[string]string{"A3": "Donor", "B4": "50000.5", "C4": "31/02/2025", "B6": "10"} {
		if value, _ := f.GetCellValue("Dons", cell, excelize.Options{RawCellValue: true}); value != want {
			t.Errorf("%s holds %q, want %q", cell, value, want)
		}
	}
	if value, _ := f.GetCellValue("Other & more", "A1"); value != "untouched" {
		t.Errorf("the other sheet says %q", value)
	}
	if notes := notesOf(t, f, "Dons"); !strings.Contains(notes["C4"], "DATE_INVALID") {
		t.Errorf("notes: %q", notes)
	}
	rows, err := f.GetRows("Problems")
	if err != nil || len(rows) != 13 || !strings.HasPrefix(rows[2][0], "This is a new workbook with the values of yours") {
		t.Errorf("problems: %v, %q", err, rows)
	}
}

func TestACSVBecomesAMarkedWorkbook(t *testing.T) {
	src := []byte("Donor;Amount;Date\nBrest;50000,5;31/02/2025\n=1+1;abc;\n")
	marks := []sheet.Mark{
		*problem.New("DATE_INVALID").At("", 2, 3).Valued("31/02/2025"),
		*problem.New("NUMBER_INVALID").At("", 3, 2).Valued("abc"),
	}
	content, result := annotate(t, src, "dons.csv", locale.FR, marks)
	if !result.Fresh || result.Reason.FR != "un fichier CSV ne peut pas porter de marques" {
		t.Errorf("got %+v", result)
	}
	f := oracle(t, content)
	name := f.GetSheetName(0)
	for cell, want := range map[string]string{"B2": "50000,5", "A3": "=1+1", "C2": "31/02/2025"} {
		if value, _ := f.GetCellValue(name, cell); value != want {
			t.Errorf("%s holds %q, want %q", cell, value, want)
		}
	}
	want := map[string]string{"C2": "FFF8C0B8", "B3": "FFF8C0B8"}
	if got := fills(t, parts(t, content), "xl/worksheets/sheet1.xml"); !maps.Equal(got, want) {
		t.Errorf("fills: got %v, want %v", got, want)
	}
	if linked, target, _ := f.GetCellHyperLink("Problèmes", "A5"); !linked || !strings.HasSuffix(target, "!C2") {
		t.Errorf("the first problem leads to %q", target)
	}
	again, result := annotate(t, content, "dons.xlsx", locale.FR, nil)
	if result.Fresh || len(fills(t, parts(t, again), "xl/worksheets/sheet1.xml")) != 0 {
		t.Errorf("the marks stay: %+v", result)
	}
}

func TestASignatureIsDroppedAndNamed(t *testing.T) {
	src := changed(t, sender(t), map[string][]string{
		"_rels/.rels":                {"</Relationships>", `<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>`},
		"[Content_Types].xml":        {"</Types>", `<Override PartName="/_xmlsignatures/sig1.xml" ContentType="application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"/></Types>`},
		"_xmlsignatures/origin.sigs": {""}, "_xmlsignatures/sig1.xml": {"<Signature/>"},
	})
	content, result := annotate(t, src, "dons.xlsx", locale.EN, findings())
	if result.Fresh || len(result.Signatures) != 1 || result.Signatures[0] != "_xmlsignatures/sig1.xml" {
		t.Errorf("got %+v", result)
	}
	for name, text := range parts(t, content) {
		if strings.Contains(name, "_xmlsignatures") || strings.Contains(text, "_xmlsignatures") {
			t.Errorf("%s still has it", name)
		}
	}
	if rows, _ := oracle(t, content).GetRows("Problems"); !strings.Contains(rows[2][0], "digital signature was removed") {
		t.Errorf("the remark is %q", rows[2])
	}
}

func TestTheOrderOfCalculationNeverNamesAReplacedSheet(t *testing.T) {
	src := changed(t, sender(t), map[string][]string{
		"xl/_rels/workbook.xml.rels": {"</Relationships>", `<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>`},
		"[Content_Types].xml":        {"</Types>", `<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>`},
		"xl/calcChain.xml":           {`<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="B8" i="1"/></calcChain>`},
	})
	first, _ := annotate(t, src, "dons.xlsx", locale.EN, findings())
	if parts(t, first)["xl/calcChain.xml"] == "" {
		t.Error("it is gone although no sheet was replaced")
	}
	second, _ := annotate(t, first, "dons.xlsx", locale.EN, findings())
	for name, text := range parts(t, second) {
		if strings.Contains(name+text, "calcChain") {
			t.Errorf("%s still has it", name)
		}
	}
}

func TestManyMarksGetColoursAndTheWorstGetNotes(t *testing.T) {
	src := written(t, func(_ *sheet.Writer, s *sheet.SheetWriter) {
		for range 6000 {
			_ = s.Row(sheet.OutCell{Value: "x"}, sheet.OutCell{Value: "50 000"})
		}
	})
	var marks []sheet.Mark
	for row := 1; row <= 6000; row++ {
		marks = append(marks, *problem.New("NUMBER_AS_TEXT").At("Data", row, 2).Valued("50 000").With("number", "50000"))
	}
	marks = append(marks, *problem.New("NUMBER_INVALID").At("Data", 5999, 1).Valued("x"))
	content, result := annotate(t, src, "data.xlsx", locale.EN, marks)
	if result.Fresh || result.Marked != 6001 || result.Noted != 1 {
		t.Errorf("got %+v", result)
	}
	if got := notesOf(t, oracle(t, content), "Data"); len(got) != 1 || got["A5999"] == "" {
		t.Errorf("%d notes", len(got))
	}
	rows, _ := oracle(t, content).GetRows("Problems")
	if len(rows) != 6005 || !strings.HasPrefix(rows[2][0], "There are too many cells") {
		t.Errorf("%d rows, %q", len(rows), rows[2])
	}
}
