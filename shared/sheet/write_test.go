package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// written runs a function on a new workbook with one sheet and gives the bytes.
func written(t *testing.T, fill func(w *sheet.Writer, s *sheet.SheetWriter)) []byte {
	t.Helper()
	var out bytes.Buffer
	w := sheet.NewWriter(&out, sheet.WriterOptions{Title: "Test", Creator: "Secretariat", Lang: locale.FR})
	s, err := w.Sheet(sheet.SheetSpec{Name: "Data"})
	if err != nil {
		t.Fatal(err)
	}
	fill(w, s)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// oracle opens a workbook with another library.
func oracle(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// parts gives the inflated parts of a workbook after checking that each one that is XML is well-formed.
func parts(t *testing.T, content []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range r.File {
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		out[f.Name] = string(text)
		for d := xml.NewDecoder(bytes.NewReader(text)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s is not well-formed: %v\n%s", f.Name, err, text)
			}
		}
	}
	return out
}

func stored(t *testing.T, f *excelize.File, name string) string {
	t.Helper()
	v, err := f.GetCellValue("Data", name, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestValuesComeBackExactly(t *testing.T) {
	for name, c := range map[string]struct {
		value any
		want  string
		kind  excelize.CellType
	}{
		"text":                      {"Évora", "Évora", excelize.CellTypeInlineString},
		"text with markup":          {`<b>&"`, `<b>&"`, excelize.CellTypeInlineString},
		"text with space":           {"  a\n b ", "  a\n b ", excelize.CellTypeInlineString},
		"text with a control":       {"a\x01b\rc", "a\x01b\rc", excelize.CellTypeInlineString},
		"text that looks escaped":   {"_x0041_", "_x0041_", excelize.CellTypeInlineString},
		"text with leading zeros":   {"00123", "00123", excelize.CellTypeInlineString},
		"emoji":                     {"🏙️", "🏙️", excelize.CellTypeInlineString},
		"right to left":             {"مدينة", "مدينة", excelize.CellTypeInlineString},
		"whole number":              {42, "42", excelize.CellTypeUnset},
		"large whole number":        {int64(math.MaxInt64), "9223372036854775807", excelize.CellTypeUnset},
		"fraction":                  {0.1, "0.1", excelize.CellTypeUnset},
		"exact decimal":             {sheet.Number("-50000.456789012345678"), "-50000.456789012345678", excelize.CellTypeUnset},
		"decimal with an exponent":  {sheet.Number("1.5E+20"), "1.5E+20", excelize.CellTypeUnset},
		"true":                      {true, "1", excelize.CellTypeBool},
		"false":                     {false, "0", excelize.CellTypeBool},
		"date":                      {civil.Date{Year: 2025, Month: 6, Day: 15}, "45823", excelize.CellTypeUnset},
		"first date of March 1900":  {civil.Date{Year: 1900, Month: 3, Day: 1}, "61", excelize.CellTypeUnset},
		"date without a serial":     {civil.Date{Year: 1899, Month: 12, Day: 31}, "1899-12-31", excelize.CellTypeInlineString},
		"last date":                 {civil.Date{Year: 9999, Month: 12, Day: 31}, "2958465", excelize.CellTypeUnset},
		"no date":                   {civil.Date{}, "", excelize.CellTypeUnset},
		"instant by its wall clock": {time.Date(2025, 6, 15, 18, 0, 0, 0, time.FixedZone("", 7200)), "45823.75", excelize.CellTypeUnset},
		"nothing":                   {nil, "", excelize.CellTypeUnset},
		"empty text":                {"", "", excelize.CellTypeUnset},
		"longest text":              {strings.Repeat("é", sheet.MaxCellText), strings.Repeat("é", sheet.MaxCellText), excelize.CellTypeInlineString},
	} {
		t.Run(name, func(t *testing.T) {
			content := written(t, func(_ *sheet.Writer, s *sheet.SheetWriter) {
				_ = s.Row(sheet.OutCell{}, sheet.OutCell{Value: c.value})
			})
			parts(t, content)
			f := oracle(t, content)
			if got := stored(t, f, "B1"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if kind, _ := f.GetCellType("Data", "B1"); kind != c.kind {
				t.Errorf("got cell type %v, want %v", kind, c.kind)
			}
		})
	}
}

func TestTextThatLooksLikeAFormulaIsWrittenAsText(t *testing.T) {
	for _, text := range []string{"=1+1", "+33 1 23", "-5", "@sum", "\tx", "\rx", `=cmd|'/c calc'!A0`} {
		content := written(t, func(_ *sheet.Writer, s *sheet.SheetWriter) { _ = s.Row(sheet.OutCell{Value: text}) })
		f := oracle(t, content)
		if got := stored(t, f, "A1"); got != text {
			t.Errorf("%q came back as %q", text, got)
		}
		if formula, _ := f.GetCellFormula("Data", "A1"); formula != "" {
			t.Errorf("%q became the formula %q", text, formula)
		}
		if styles := parts(t, content)["xl/styles.xml"]; !strings.Contains(styles, `quotePrefix="1"`) {
			t.Errorf("%q has no style that keeps it text", text)
		}
	}
	plain := written(t, func(_ *sheet.Writer, s *sheet.SheetWriter) { _ = s.Row(sheet.OutCell{Value: "a=b"}) })
	if styles := parts(t, plain)["xl/styles.xml"]; strings.Contains(styles, "quotePrefix") {
		t.Error("ordinary text is marked, too")
	}
}

func TestFormulasHaveTheirCachedValues(t *testing.T) {
	content := written(t, func(w *sheet.Writer, s *sheet.SheetWriter) {
		_ = s.Row(
			sheet.OutCell{Value: sheet.Number("350000.00"), Formula: "SUM(160000,190000)"},
			sheet.OutCell{Value: "a & b", Formula: `=IF(1<2,"a & b","")`},
			sheet.OutCell{Value: true, Formula: "1<2"},
			sheet.OutCell{Value: civil.Date{Year: 2025, Month: 1, Day: 1}, Formula: "DATE(2025,1,1)"},
			sheet.OutCell{Formula: "1+1"},
		)
	})
	f := oracle(t, content)
	for name, want := range map[string][2]string{
		"A1": {"350000.00", "SUM(160000,190000)"}, "B1": {"a & b", `IF(1<2,"a & b","")`}, "C1": {"1", "1<2"},
		"D1": {"45658", "DATE(2025,1,1)"}, "E1": {"", "1+1"},
	} {
		formula, _ := f.GetCellFormula("Data", name)
		if got := [2]string{stored(t, f, name), formula}; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if book := parts(t, content)["xl/workbook.xml"]; !strings.Contains(book, `fullCalcOnLoad="1"`) {
		t.Error("programs aren't asked to calculate")
	}
}

func TestWhatASheetCannotHoldIsRefused(t *testing.T) {
	for name, c := range map[string]sheet.OutCell{
		"too long":                 {Value: strings.Repeat("x", sheet.MaxCellText+1)},
		"too long beyond the BMP":  {Value: strings.Repeat("🏙", sheet.MaxCellText/2+1)},
		"too long cached":          {Value: strings.Repeat("x", sheet.MaxCellText+1), Formula: "A1"},
		"not a number":             {Value: math.NaN()},
		"infinite":                 {Value: math.Inf(1)},
		"no decimal":               {Value: sheet.Number("1,5")},
		"half a decimal":           {Value: sheet.Number("1.")},
		"empty decimal":            {Value: sheet.Number("")},
		"a type without a cell":    {Value: struct{}{}},
		"another workbook":         {Formula: "[Book.xlsx]Sheet1!A1"},
		"another workbook, quoted": {Formula: "'[Book.xlsx]Sheet 1'!A1"},
		"another program":          {Formula: "cmd|'/c calc'!A0"},
		"a style of nobody":        {Value: 1, Style: 99},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			w := sheet.NewWriter(&out, sheet.WriterOptions{})
			s, _ := w.Sheet(sheet.SheetSpec{Name: "Data"})
			err := s.Row(sheet.OutCell{}, c)
			if err == nil || !strings.Contains(err.Error(), "Data, cell B1") {
				t.Errorf("got %v", err)
			}
			if closing := w.Close(); !errors.Is(closing, err) || out.Len() > 0 {
				t.Errorf("Close gave %v and %d bytes", closing, out.Len())
			}
		})
	}
}

func TestFormulasMayQuoteWhatTheyMayNotCall(t *testing.T) {
	content := written(t, func(_ *sheet.Writer, s *sheet.SheetWriter) {
		_ = s.Row(sheet.OutCell{Formula: `"[x]|y"&'a|"b'!A1`, Value: "[x]|y"})
	})
	if got, _ := oracle(t, content).GetCellFormula("Data", "A1"); got != `"[x]|y"&'a|"b'!A1` {
		t.Errorf("got %q", got)
	}
}

func TestSheetNames(t *testing.T) {
	for _, name := range []string{"", " ", "a/b", "a[b", "a:b", "'a", "a'", strings.Repeat("x", 32), "data"} {
		w := sheet.NewWriter(io.Discard, sheet.WriterOptions{})
		_, _ = w.Sheet(sheet.SheetSpec{Name: "Data"})
		if _, err := w.Sheet(sheet.SheetSpec{Name: name}); err == nil {
			t.Errorf("%q was accepted", name)
		}
		w.Discard()
	}
	w := sheet.NewWriter(io.Discard, sheet.WriterOptions{})
	defer w.Discard()
	var got []string
	for _, text := range []string{"Education / health: [1]", "'", "Data", "data", strings.Repeat("long ", 10), strings.Repeat("long ", 10)} {
		name := w.SheetName(text)
		if _, err := w.Sheet(sheet.SheetSpec{Name: name}); err != nil {
			t.Error(err)
		}
		got = append(got, name)
	}
	want := []string{"Education health 1", "Sheet", "Data", "data (2)", "long long long long long long l", "long long long long long lo (2)"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAWorkbookNeedsAVisibleSheet(t *testing.T) {
	w := sheet.NewWriter(io.Discard, sheet.WriterOptions{})
	_, _ = w.Sheet(sheet.SheetSpec{Name: "x", Hidden: true})
	if err := w.Close(); err == nil {
		t.Error("it was written")
	}
}

func TestASheetThatIsFinishedTakesNoMoreRows(t *testing.T) {
	w := sheet.NewWriter(io.Discard, sheet.WriterOptions{})
	first, _ := w.Sheet(sheet.SheetSpec{Name: "first"})
	_, _ = w.Sheet(sheet.SheetSpec{Name: "second"})
	if err := first.Row(sheet.OutCell{Value: 1}); err == nil {
		t.Error("it took one")
	}
	w.Discard()
}
