package sheet_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// sender is a workbook as people send it, written by another program: formulas, styles, a note, a chart, a second sheet.
func sender(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "Dons"))
	yellow, err := f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFFF00"}}, NumFmt: 4, Font: &excelize.Font{Bold: true}})
	must(err)
	for i, row := range [][]any{{"Donor", "Amount", "Date"}, {"Brest", 50000.5, "31/02/2025"}, {"Évreux", "abc", "2025-06-15"}, {"Lausanne", 10, nil}} {
		must(f.SetSheetRow("Dons", fmt.Sprintf("A%d", i+3), &row))
	}
	must(f.SetCellStyle("Dons", "B4", "B5", yellow))
	must(f.SetCellFormula("Dons", "B8", "SUM(B4:B6)"))
	must(f.MergeCell("Dons", "A10", "B11"))
	must(f.AddComment("Dons", excelize.Comment{Cell: "B5", Author: "Ann", Paragraph: []excelize.RichTextRun{{Text: "please check"}}}))
	_, err = f.NewSheet("Other & more")
	must(err)
	must(f.SetCellValue("Other & more", "A1", "untouched"))
	must(f.AddChart("Other & more", "C3", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Dons!$B$4:$B$6"}}}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "local", RefersTo: "Dons!$A$1", Scope: "Other & more"}))
	var out bytes.Buffer
	must(f.Write(&out))
	return out.Bytes()
}

// findings are problems of every severity and place.
func findings() []sheet.Mark {
	at := func(code problem.Code, row, col int, value any) *problem.Problem {
		return problem.New(code).At("Dons", row, col).Valued(value)
	}
	return []sheet.Mark{
		*problem.New("SHEET_EXTRA_IGNORED").With("sheet", "Other & more").At("Other & more", 0, 0),
		*at("DATE_INVALID", 4, 3, "31/02/2025").Suggest("2025-02-28"),
		*at("NUMBER_AS_TEXT", 5, 2, "abc").Rated(problem.Info),
		*at("NUMBER_INVALID", 5, 2, "abc").Under("R-FUND-1"),
		*at("CELL_REQUIRED", 6, 3, nil).With("column", "Date"),
		*at("ROW_DUPLICATE_IN_FILE", 6, 0, nil).With("other", "4").Rated(problem.Warning),
		*at("DATE_AMBIGUOUS", 0, 3, "03/04/2025").With("count", "2").With("first", "3 April").With("second", "4 March"),
		*at("CELL_MERGED", 11, 2, nil).With("range", "A10:B11"),
		*at("CELL_REQUIRED", 20, 1, nil).With("column", "Donor"),
	}
}

func annotate(t *testing.T, src []byte, name string, lang locale.Lang, marks []sheet.Mark) ([]byte, sheet.Annotated) {
	t.Helper()
	var out bytes.Buffer
	result, err := sheet.Annotate(context.Background(), &out, bytes.NewReader(src), int64(len(src)), name, marks,
		sheet.AnnotateOptions{Lang: lang, HeaderRow: 3})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), result
}

// notesOf gives the notes of a sheet by cell, as "author: text".
func notesOf(t *testing.T, f *excelize.File, name string) map[string]string {
	t.Helper()
	comments, err := f.GetComments(name)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, c := range comments {
		text := c.Text
		for _, run := range c.Paragraph {
			text += run.Text
		}
		if out[c.Cell] != "" {
			t.Errorf("%s has two notes", c.Cell)
		}
		out[c.Cell] = c.Author + ": " + text
	}
	return out
}

var cellStyle = regexp.MustCompile(`<c r="([A-Z]+\d+)"[^>]*? s="(\d+)"`)

// fills gives the fill colours of the cells of a sheet that have one.
func fills(t *testing.T, all map[string]string, part string) map[string]string {
	t.Helper()
	styles := all["xl/styles.xml"]
	list := regexp.MustCompile(`(?s)<fill>.*?</fill>`).FindAllString(styles, -1)
	formats := regexp.MustCompile(`(?s)<xf [^>]*?(/>|>.*?</xf>)`).FindAllString(styles[strings.Index(styles, "<cellXfs"):strings.Index(styles, "</cellXfs>")], -1)
	out := map[string]string{}
	for _, m := range cellStyle.FindAllStringSubmatch(all[part], -1) {
		var style, fill int
		_, _ = fmt.Sscan(m[2], &style)
		if id := regexp.MustCompile(`fillId="(\d+)"`).FindStringSubmatch(formats[style]); id != nil {
			_, _ = fmt.Sscan(id[1], &fill)
		}
		if rgb := regexp.MustCompile(`fgColor rgb="([0-9A-F]+)"`).FindStringSubmatch(list[fill]); rgb != nil {
			out[m[1]] = rgb[1]
		}
	}
	return out
}

func TestMarksStandAtTheirCells(t *testing.T) {
	content, result := annotate(t, sender(t), "dons.xlsx", locale.EN, findings())
	if result.Fresh {
		t.Fatalf("a new workbook was made: %s", result.Reason.EN)
	}
	all := parts(t, content)
	want := map[string]string{
		"C4": "FFF8C0B8", "B4": "FFFFFF00", "B5": "FFF8C0B9", "C6": "FFF8C0B8", "A6": "FFF8E0A0", "C3": "FFB8D8F8", "A10": "FFF8C0B8", "A20": "FFF8C0B8",
	}
	if got := fills(t, all, "xl/worksheets/sheet1.xml"); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	f := oracle(t, content)
	got := notesOf(t, f, "Dons")
	for cell, want := range map[string]string{
		"C4":  "Guildhall check: [Guildhall check]\nError: \"31/02/2025\" is not a date. Write it as day, month and year, for example 2025-06-15.\nDid you mean: 2025-02-28\n(DATE_INVALID)",
		"A6":  "Guildhall check: [Guildhall check]\nWarning: The row says the same as row 4, or contradicts it. Keep one of them.\n(ROW_DUPLICATE_IN_FILE)",
		"A10": "Guildhall check: [Guildhall check]\nB11 – Error: This cell is hidden under the merged cells A10:B11. Unmerge them and write the value into each row.\n(CELL_MERGED)",
	} {
		if got[cell] != want {
			t.Errorf("%s: got %q, want %q", cell, got[cell], want)
		}
	}
	if b5 := got["B5"]; !strings.HasPrefix(b5, "Ann: please check\n\n[Guildhall check]\nNote: ") || !strings.Contains(b5, "NUMBER_INVALID") {
		t.Errorf("the sender's note became %q", b5)
	}
	if len(got) != 7 || result.Marked != 7 || result.Noted != 7 {
		t.Errorf("%d notes, result %+v", len(got), result)
	}
}

// TestWhatAMergedCellHidesIsMarkedWhereItIsSeen: one colour and one note at the merged cell, the true cells in the list.
func TestWhatAMergedCellHidesIsMarkedWhereItIsSeen(t *testing.T) {
	src := written(t, func(_ *sheet.Writer, s *sheet.SheetWriter) {
		_ = s.Row(sheet.OutCell{Value: "City"}, sheet.OutCell{Value: "Given on"})
		_ = s.Row(sheet.OutCell{Value: "Brest"}, sheet.OutCell{Value: "Évry"})
		s.Skip(2)
		_ = s.Row(sheet.OutCell{}, sheet.OutCell{Value: "Köln"})
		_ = s.Merge(sheet.Range{FirstCol: 1, FirstRow: 2, LastCol: 1, LastRow: 4})
	})
	at := func(row, col int, severity problem.Severity) sheet.Mark {
		return *problem.New("CELL_MERGED").At("Data", row, col).With("range", "A2:A4").Rated(severity)
	}
	content, result := annotate(t, src, "data.xlsx", locale.EN, []sheet.Mark{
		at(3, 1, problem.Warning), at(2, 1, problem.Info), at(4, 1, problem.Error), at(2, 0, problem.Info), at(5, 0, problem.Info),
	})
	if result.Fresh || result.Marked != 2 {
		t.Errorf("got %+v", result)
	}
	want := map[string]string{"A2": "FFF8C0B8", "B5": "FFD8E8E0"}
	if got := fills(t, parts(t, content), "xl/worksheets/sheet1.xml"); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	f := oracle(t, content)
	note := notesOf(t, f, "Data")["A2"]
	if strings.Count(note, "CELL_MERGED") != 4 || !strings.Contains(note, "A3 – Warning") || !strings.Contains(note, "A4 – Error") {
		t.Errorf("the note says %q", note)
	}
	for row, target := range map[int]string{5: "'Data'!A3", 7: "'Data'!A4", 9: "'Data'!B5"} {
		if _, got, err := f.GetCellHyperLink("Problems", fmt.Sprintf("A%d", row)); err != nil || got != target {
			t.Errorf("row %d leads to %q (%v), want %q", row, got, err, target)
		}
	}
}

func TestEverythingElseStaysAsItWas(t *testing.T) {
	src := sender(t)
	content, _ := annotate(t, src, "dons.xlsx", locale.FR, findings())
	before, after := parts(t, src), parts(t, content)
	for name, was := range before {
		is, there := after[name]
		switch {
		case !there:
			t.Errorf("%s is gone", name)
		case name == "xl/worksheets/sheet1.xml":
			marked := regexp.MustCompile(`<row r="[12]0">.*?</row>|<c r="C6"[^>]*/>`).ReplaceAllString(is, "")
			unstyled := func(s string) string {
				return regexp.MustCompile(` (s|spans)="[\d:]+"`).ReplaceAllString(s, "")
			}
			if unstyled(marked) != unstyled(was) {
				t.Errorf("the sheet became\n%s\nfrom\n%s", is, was)
			}
		case slices.Contains([]string{"[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}, name):
		case is != was:
			t.Errorf("%s changed", name)
		}
	}
	f := oracle(t, content)
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Dons", "Other & more", "Problèmes", "_guildhall"}) {
		t.Errorf("sheets: %q", got)
	}
	if formula, _ := f.GetCellFormula("Dons", "B8"); formula != "SUM(B4:B6)" {
		t.Errorf("the formula became %q", formula)
	}
	style, _ := f.GetCellStyle("Dons", "B5")
	if s, err := f.GetStyle(style); err != nil || s.NumFmt != 4 || !s.Font.Bold {
		t.Errorf("the marked cell lost its own style: %+v", s)
	}
}

func TestTheSheetOfProblemsLeadsToTheCells(t *testing.T) {
	for lang, want := range map[locale.Lang]struct{ name, summary, title, severity string }{
		locale.EN: {"Problems", "5 errors, 1 question, 1 warning and 2 notes. Correct", "What is wrong and what to do", "Error"},
		locale.FR: {"Problèmes", "5 erreurs, 1 question, 1 avertissement et 2 remarques. Corrigez", "Ce qui ne va pas et que faire", "Erreur"},
		locale.ES: {"Problemas", "5 errores, 1 pregunta, 1 advertencia y 2 notas. Corrija", "Qué está mal y qué hacer", "Error"},
	} {
		content, _ := annotate(t, sender(t), "dons.xlsx", lang, findings())
		f := oracle(t, content)
		rows, err := f.GetRows(want.name)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != 4+9 || !strings.HasPrefix(rows[1][0], want.summary) || rows[3][2] != want.title {
			t.Errorf("%s: %d rows, %q", lang, len(rows), rows[:4])
		}
		if got := rows[5]; got[0] != "Dons · C4" || got[1] != "31/02/2025" || got[3] != "2025-02-28" || got[4] != want.severity || got[5] != "DATE_INVALID" {
			t.Errorf("%s: %q", lang, got)
		}
		for row, target := range map[int]string{6: "'Dons'!C4", 9: "'Dons'!C6", 10: "'Dons'!A6", 11: "'Dons'!C3", 5: ""} {
			linked, got, err := f.GetCellHyperLink(want.name, fmt.Sprintf("A%d", row))
			if err != nil || linked != (target != "") || got != target {
				t.Errorf("%s: row %d leads to %q (%v), want %q", lang, row, got, err, target)
			}
		}
		panes, _ := f.GetPanes(want.name)
		names := fmt.Sprint(f.GetDefinedName())
		if panes.YSplit != 4 || !strings.Contains(names, "'"+want.name+"'!$A$4:$G$13") || !strings.Contains(names, "'"+want.name+"'!$1:$4") || !strings.Contains(names, "Dons!$A$1") {
			t.Errorf("%s: panes %+v, names %s", lang, panes, names)
		}
	}
}

func TestTheNextAnnotationReplacesTheOneBefore(t *testing.T) {
	src := sender(t)
	first, _ := annotate(t, src, "dons.xlsx", locale.EN, findings())
	again, _ := annotate(t, first, "dons.xlsx", locale.EN, findings())
	if one, two := parts(t, first), parts(t, again); !maps.Equal(one, two) {
		for name := range two {
			if one[name] != two[name] {
				t.Errorf("%s differs:\n%s\n%s", name, one[name], two[name])
			}
		}
	}
	second, result := annotate(t, first, "dons.xlsx", locale.ES, findings()[1:2])
	if result.Fresh || result.Noted != 1 {
		t.Errorf("got %+v", result)
	}
	f := oracle(t, second)
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Dons", "Other & more", "Problemas", "_guildhall"}) {
		t.Errorf("sheets: %q", got)
	}
	if got := notesOf(t, f, "Dons"); len(got) != 2 || got["B5"] != "Ann: please check" || !strings.Contains(got["C4"], "DATE_INVALID") {
		t.Errorf("notes: %q", got)
	}
	if got, want := fills(t, parts(t, second), "xl/worksheets/sheet1.xml"), (map[string]string{"C4": "FFF8C0B8", "B4": "FFFFFF00", "B5": "FFFFFF00"}); !maps.Equal(got, want) {
		t.Errorf("fills: got %v, want %v", got, want)
	}
	clean, _ := annotate(t, second, "dons.xlsx", locale.EN, nil)
	if got, want := fills(t, parts(t, clean), "xl/worksheets/sheet1.xml"), (map[string]string{"B4": "FFFFFF00", "B5": "FFFFFF00"}); !maps.Equal(got, want) {
		t.Errorf("fills: got %v, want %v", got, want)
	}
	if rows, _ := oracle(t, clean).GetRows("Problems"); rows[1][0] != "Nothing is wrong with this workbook." {
		t.Errorf("got %q", rows)
	}
}

// TestMarksComeOffAfterAnotherProgramSavedTheCopy: styles get new numbers then, and only the colours are left to know marks by.
func TestMarksComeOffAfterAnotherProgramSavedTheCopy(t *testing.T) {
	first, _ := annotate(t, sender(t), "dons.xlsx", locale.EN, findings())
	f := oracle(t, first)
	if err := f.SetCellValue("Dons", "C4", "2025-02-28"); err != nil {
		t.Fatal(err)
	}
	if err := f.RemoveRow("Dons", 1); err != nil { // the marked cells move, too
		t.Fatal(err)
	}
	saved, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	content, result := annotate(t, saved.Bytes(), "dons.xlsx", locale.EN, nil)
	if result.Fresh {
		t.Fatalf("a new workbook was made: %s", result.Reason.EN)
	}
	if got, want := fills(t, parts(t, content), "xl/worksheets/sheet1.xml"), (map[string]string{"B3": "FFFFFF00", "B4": "FFFFFF00"}); !maps.Equal(got, want) {
		t.Errorf("fills: got %v, want %v", got, want)
	}
	if got := notesOf(t, oracle(t, content), "Dons"); len(got) != 1 {
		t.Errorf("notes: %q", got)
	}
}

func TestATemplateStaysRecognisable(t *testing.T) {
	content, result := annotate(t, template(t, locale.FR), "dons.xlsx", locale.FR, []sheet.Mark{*problem.New("CELL_REQUIRED").At("Dons", 5, 2).With("column", "Donateur")})
	if result.Fresh {
		t.Fatal(result.Reason.EN)
	}
	rows, err := oracle(t, content).GetRows("_guildhall")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"schema donations", "version 3", "lang fr", "problems Problèmes", "reference donor kind amount"} {
		if got := strings.Join(rows[i], " "); !strings.HasPrefix(got, want) {
			t.Errorf("row %d: got %q, want %q", i+1, got, want)
		}
	}
	if got := notesOf(t, oracle(t, content), "Dons"); len(got) != 13 {
		t.Errorf("%d notes, want the template's 12 and one", len(got))
	}
}

func TestAnAnnotatedCopyIsTheSameEachTime(t *testing.T) {
	src := sender(t)
	first, _ := annotate(t, src, "dons.xlsx", locale.EN, findings())
	second, _ := annotate(t, src, "dons.xlsx", locale.EN, findings())
	if !bytes.Equal(first, second) {
		t.Error("the bytes differ")
	}
}

func TestTheSendersOwnSheetOfProblemsIsKept(t *testing.T) {
	f := oracle(t, sender(t))
	_, _ = f.NewSheet("problems")
	_ = f.SetCellValue("problems", "A1", "mine")
	saved, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	content, _ := annotate(t, saved.Bytes(), "dons.xlsx", locale.EN, findings())
	content, _ = annotate(t, content, "dons.xlsx", locale.EN, findings())
	f = oracle(t, content)
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Dons", "Other & more", "problems", "Problems (2)", "_guildhall"}) {
		t.Errorf("sheets: %q", got)
	}
	if got, _ := f.GetCellValue("problems", "A1"); got != "mine" {
		t.Errorf("the sender's sheet says %q", got)
	}
}

func TestARefusedFileGetsNoCopy(t *testing.T) {
	for name, content := range map[string][]byte{"empty.xlsx": {}, "picture.xlsx": []byte("\x89PNG\r\n\x1a\nxxxx"), "cut.xlsx": sender(t)[:3000]} {
		var out bytes.Buffer
		_, err := sheet.Annotate(context.Background(), &out, bytes.NewReader(content), int64(len(content)), name, findings(), sheet.AnnotateOptions{})
		var refusal *problem.Problem
		if !errors.As(err, &refusal) || out.Len() > 0 {
			t.Errorf("%s: got %v and %d bytes", name, err, out.Len())
		}
	}
}

// TestTheCorrectedCopyIsReadWithoutItsMarks: what Annotate added is no part of the table when the copy comes back.
func TestTheCorrectedCopyIsReadWithoutItsMarks(t *testing.T) {
	ctx := context.Background()
	schema := gifts()
	var filled bytes.Buffer
	w := sheet.NewWriter(&filled, sheet.WriterOptions{})
	s, err := w.Sheet(sheet.SheetSpec{Name: "Gifts"})
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Row(sheet.OutCell{Value: "City"}, sheet.OutCell{Value: "Amount"}, sheet.OutCell{Value: "Given on"})
	_ = s.Row(sheet.OutCell{Value: "Brest"}, sheet.OutCell{Value: "abc"})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for lang, name := range map[locale.Lang]string{locale.EN: "Problems", locale.FR: "Problèmes"} {
		content, _ := annotate(t, filled.Bytes(), "gifts.xlsx", lang, []sheet.Mark{*problem.New("NUMBER_INVALID").At("Gifts", 2, 2).Valued("abc")})
		book, err := sheet.Open(ctx, bytes.NewReader(content), int64(len(content)), "gifts.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		loc, problems, err := book.Locate(ctx, []sheet.Schema{schema}, sheet.TableOptions{})
		if err != nil || loc.Sheet != "Gifts" || loc.HeaderRow != 1 || len(problems) > 0 {
			t.Errorf("%s: %+v, %v, %v", name, loc, problems, err)
		}
		_ = book.Close()
	}
}
