package officetest_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/sheet/officetest"
)

// randomBook is a workbook of all kinds of values and looks, with what each cell holds: a string, a float64 or a bool.
type randomBook struct {
	content []byte
	values  map[string]map[string]any // by sheet and cell
}

var alphabet = []rune("abc XYZ 012 .,;:-_ éßœł Ωя 中文 مدن 🏙️ <>&\"' \t\n\u00a0\u200b")

func randomText(rnd *rand.Rand) string {
	switch rnd.IntN(12) {
	case 0:
		return []string{"=1+1", "+33 1", "-5", "@x", "_x0041_", "00123", "TRUE", "1e5", "2025-04-25", "#N/A", " outer ", "]]>"}[rnd.IntN(12)]
	case 1:
		return string(make([]byte, 1+rnd.IntN(3))) + "control\x1f" // NUL and others
	}
	text := make([]rune, 1+rnd.IntN(40))
	for i := range text {
		text[i] = alphabet[rnd.IntN(len(alphabet))]
	}
	return string(text)
}

// randomCell gives a cell and what it holds.
func randomCell(rnd *rand.Rand, styles []sheet.StyleID) (sheet.OutCell, any) {
	cell := sheet.OutCell{Style: styles[rnd.IntN(len(styles))]}
	switch rnd.IntN(9) {
	case 0:
		return sheet.OutCell{}, nil
	case 1:
		n := rnd.IntN(2_000_000) - 1_000_000
		cell.Value = n
		return cell, float64(n)
	case 2:
		f := math.Ldexp(rnd.Float64()-0.5, rnd.IntN(80)-40)
		cell.Value = f
		return cell, f
	case 3:
		text := fmt.Sprintf("%d.%02d", rnd.IntN(1_000_000), rnd.IntN(100))
		f, _ := strconv.ParseFloat(text, 64)
		cell.Value = sheet.Number(text)
		return cell, f
	case 4:
		cell.Value = rnd.IntN(2) == 0
		return cell, cell.Value
	case 5:
		days := rnd.IntN(60000)
		d := civil.Date{Year: 1900, Month: time.March, Day: 1}.AddDays(days)
		cell.Value = d
		return cell, float64(61 + days)
	case 6:
		n := rnd.IntN(1000)
		cell.Value, cell.Formula = n+1, fmt.Sprintf("%d+1", n)
		return cell, float64(n + 1)
	}
	text := randomText(rnd)
	cell.Value = text
	return cell, text
}

func newRandomBook(t *testing.T, seed uint64) randomBook {
	t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 7))
	var out bytes.Buffer
	w := sheet.NewWriter(&out, sheet.WriterOptions{})
	styles := []sheet.StyleID{0}
	for range 8 {
		styles = append(styles, w.Style(sheet.Style{
			Bold: rnd.IntN(2) == 0, Italic: rnd.IntN(3) == 0, Wrap: rnd.IntN(3) == 0, Border: rnd.IntN(3) == 0, Size: []int{0, 8, 20}[rnd.IntN(3)],
			Fill: []string{"", "FFFF00", "92D050"}[rnd.IntN(3)], Align: []string{"", "left", "right"}[rnd.IntN(3)],
			NumFmt: []string{"", "0.00", "#,##0", "0.000E+00"}[rnd.IntN(4)],
		}))
	}
	book := randomBook{values: map[string]map[string]any{}}
	for n := range 1 + rnd.IntN(3) {
		name := w.SheetName(fmt.Sprintf("%d %s", n, randomText(rnd)))
		s, err := w.Sheet(sheet.SheetSpec{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		values := map[string]any{}
		for range 30 {
			s.Skip(rnd.IntN(3))
			cells := make([]sheet.OutCell, 12)
			for col := range cells {
				var value any
				if cells[col], value = randomCell(rnd, styles); value != nil {
					values[sheet.CellName(col+1, s.NextRow())] = value
				}
			}
			if err := s.Row(cells...); err != nil {
				t.Fatal(err)
			}
		}
		book.values[name] = values
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	book.content = out.Bytes()
	return book
}

// TestWhatIsWrittenIsReadByOthersAlike: the values of random workbooks as excelize reads them and as this toolkit does.
func TestWhatIsWrittenIsReadByOthersAlike(t *testing.T) {
	for seed := range uint64(30) {
		book := newRandomBook(t, seed)
		f := oracle(t, book.content)
		for name, values := range book.values {
			for cell, want := range values {
				raw, err := f.GetCellValue(name, cell, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				if !sameValue(want, raw) {
					t.Errorf("seed %d, %s!%s: excelize reads %q, written was %#v", seed, name, cell, raw, want)
				}
			}
		}
		compareWithReader(t, fmt.Sprint("seed ", seed), &book, book.content)
	}
}

// sameValue compares a value with its stored spelling.
func sameValue(want any, raw string) bool {
	switch want := want.(type) {
	case float64:
		got, err := strconv.ParseFloat(raw, 64)
		return err == nil && got == want
	case bool:
		return raw == map[bool]string{true: "1", false: "0"}[want] || raw == map[bool]string{true: "TRUE", false: "FALSE"}[want]
	}
	return raw == want
}

// compareWithReader reads a book with the toolkit and compares all values.
func compareWithReader(t *testing.T, what string, book *randomBook, content []byte) {
	t.Helper()
	opened, err := sheet.Open(t.Context(), bytes.NewReader(content), int64(len(content)), "book.xlsx")
	if err != nil {
		t.Fatal(what, err)
	}
	defer func() { _ = opened.Close() }()
	for name, values := range book.values {
		rows, err := opened.Rows(t.Context(), name)
		if err != nil {
			t.Fatal(what, err)
		}
		seen := 0
		for rows.Next() {
			row := rows.Row()
			for i := range row.Cells {
				c := &row.Cells[i]
				if c.Kind == sheet.KindEmpty {
					continue
				}
				seen++
				cell := sheet.CellName(c.Col, row.Number)
				got := c.Value()
				if c.Kind == sheet.KindDate {
					got = c.Number
				}
				if want := values[cell]; got != want && !nearly(got, want) {
					t.Errorf("%s, %s!%s: read %#v, written was %#v", what, name, cell, got, want)
				}
			}
		}
		if err := rows.Err(); err != nil || seen != len(values) {
			t.Errorf("%s, %s: %d cells of %d, %v", what, name, seen, len(values), err)
		}
	}
}

// nearly allows for what LibreOffice saves: 15 digits of a number, and a number for a boolean whose cell has a number's format.
func nearly(got, want any) bool {
	x, ok := got.(float64)
	if want == true || want == false {
		return ok && x == map[any]float64{true: 1, false: 0}[want]
	}
	y, also := want.(float64)
	return ok && also && math.Abs(x-y) <= math.Abs(y)*1e-14
}

// TestLibreOfficeSavesWhatWasWritten: random workbooks come back from it with the same values.
func TestLibreOfficeSavesWhatWasWritten(t *testing.T) {
	books, contents := map[string]randomBook{}, map[string][]byte{}
	for seed := range uint64(4) {
		name := fmt.Sprintf("book%d.xlsx", seed)
		books[name] = newRandomBook(t, 100+seed)
		contents[name] = books[name].content
	}
	for name, saved := range officetest.ResaveEach(t, contents) {
		book := books[name]
		compareWithReader(t, name, &book, saved)
	}
}
