package sheet

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// explained are the cells that we mean to read otherwise than excelize does, and why.
var explained = map[string]string{
	"formula without a value": "excelize gives an empty text; we say that the program which wrote the file has computed nothing, since the cell isn't empty",
	"number that is none":     "excelize gives what is written; we say that it is no number",
	"white space of a value":  "excelize keeps white space around a number or error; XML Schema has it collapsed",
	"escapes of a formula":    "excelize leaves _x000D_ in a formula's text as it is; ECMA-376 has it decoded (ST_Xstring)",
}

// writtenCell is one cell of a generated workbook.
type writtenCell struct {
	xml    string
	differ string // key of explained, "" where both have to agree
}

// generator writes workbooks of every kind of cell.
type generator struct {
	*rand.Rand
	shared []string // si elements
}

// formats are those of the generated cell formats; index 0 is General.
var formats = []any{0, 1, 2, 4, 9, 10, 14, 22, 49, "dd/mm/yyyy", "#,##0.00 [$€-407]", `"x"0`, "yyyy-mm-dd hh:mm", "0.00E+00", "[h]:mm"}

const (
	firstSerial = 62
	lastSerial  = 2_958_465
)

func (g *generator) text() string {
	pieces := []string{"a", "Zürich", " ", "\n", "&", "<", ">", "\"", "'", "=", "0", "7", "e\u0301", "مدينة", "😀", "_x_", "_x0041_", "_x000D_", "\u00a0", "]]>", "\t"}
	var text strings.Builder
	for range g.IntN(6) {
		text.WriteString(pieces[g.IntN(len(pieces))])
	}
	return text.String()
}

func (g *generator) element(text string) string {
	return `<t xml:space="preserve">` + strings.ReplaceAll(escaped(text), ">", "&gt;") + `</t>`
}

// item is the content of a shared or inline text.
func (g *generator) item() string {
	plain := func() string { return g.element(g.text()) }
	switch g.IntN(4) {
	case 0:
		return `<r><rPr><b/></rPr>` + plain() + `</r><r>` + plain() + `</r>`
	case 1:
		return plain() + `<rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr fontId="1"/>`
	default:
		return plain()
	}
}

func (g *generator) number() string {
	switch g.IntN(5) {
	case 0:
		return strconv.Itoa(g.IntN(2_000_000) - 1_000_000)
	case 1:
		return strconv.FormatFloat(g.NormFloat64()*1e6, 'f', -1, 64)
	case 2:
		return strconv.FormatFloat(g.NormFloat64()*1e-9, 'E', -1, 64)
	case 3:
		return fmt.Sprintf("%d.%02d", g.IntN(1_000_000), g.IntN(100))
	default:
		return "0"
	}
}

// cell is a random one at a place.
func (g *generator) cell(name string) writtenCell {
	style := g.IntN(len(formats) - 1)
	code := fmt.Sprint(formats[style])
	date := code == "14" || code == "22" || strings.HasPrefix(code, "dd") || strings.HasPrefix(code, "yyyy")
	head := fmt.Sprintf(`<c r="%s" s="%d"`, name, style)
	formula := ""
	if g.IntN(5) == 0 {
		formula = `<f>SUM(A1:A2)*2</f>`
	}
	switch g.IntN(14) {
	case 0, 1:
		if len(g.shared) == 0 || g.IntN(3) > 0 {
			g.shared = append(g.shared, `<si>`+g.item()+`</si>`)
		}
		return writtenCell{xml: fmt.Sprintf(`%s t="s"><v>%d</v></c>`, head, g.IntN(len(g.shared)))}
	case 2:
		return writtenCell{xml: head + ` t="inlineStr"><is>` + g.item() + `</is></c>`}
	case 3:
		text := g.text()
		cell := writtenCell{xml: head + ` t="str"><f>A1&amp;"b"</f><v xml:space="preserve">` + strings.ReplaceAll(escaped(text), ">", "&gt;") + `</v></c>`}
		if strings.Contains(text, "_x") {
			cell.differ = "escapes of a formula"
		}
		return cell
	case 4:
		return writtenCell{xml: fmt.Sprintf(`%s t="b">%s<v>%d</v></c>`, head, formula, g.IntN(2))}
	case 5:
		return writtenCell{xml: head + ` t="e">` + formula + `<v>` + []string{"#N/A", "#DIV/0!", "#REF!", "#VALUE!"}[g.IntN(4)] + `</v></c>`}
	case 6:
		return writtenCell{xml: head + `/>`} // formatted and blank
	case 7:
		return writtenCell{xml: head + `><f>A1+1</f></c>`, differ: "formula without a value"}
	case 8:
		if g.IntN(4) > 0 {
			return writtenCell{xml: head + `/>`}
		}
		return writtenCell{xml: head + `><v>` + []string{"NaN", "INF", "1,5", "0x10"}[g.IntN(4)] + `</v></c>`, differ: "number that is none"}
	case 9:
		return writtenCell{xml: fmt.Sprintf(`<c r="%s"><v> %d
</v></c>`, name, g.IntN(100)), differ: "white space of a value"}
	case 10:
		return writtenCell{xml: fmt.Sprintf(`<c r="%s" s="%d"><v>%d.5</v></c>`, name, len(formats)-1, g.IntN(100))} // a duration is its number of days
	default:
		number := g.number()
		if date {
			number = strconv.Itoa(firstSerial + g.IntN(lastSerial-firstSerial))
			if g.IntN(2) == 0 {
				number += "." + strconv.Itoa(g.IntN(100_000))
			}
			if g.IntN(10) == 0 {
				number = []string{"0", "-1", "60", "60.5", "2958466", "1e300"}[g.IntN(6)] // no day: it is read as a number
			}
		}
		return writtenCell{xml: head + `>` + formula + `<v>` + number + `</v></c>`}
	}
}

// generatedBook is a workbook of random cells, with the cells by their names, its hidden rows and its merged ranges.
func generatedBook(seed uint64) (data []byte, cells map[string]writtenCell, hidden map[int]bool, merged []string) {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 29))}
	cells, hidden = map[string]writtenCell{}, map[int]bool{}
	var rows strings.Builder
	for row := 1 + g.IntN(3); row < 60; row += 1 + g.IntN(1+g.IntN(5)) {
		attributes := ""
		if g.IntN(6) == 0 {
			attributes, hidden[row] = ` hidden="1"`, true
		}
		if g.IntN(3) == 0 {
			attributes += ` spans="1:9" ht="15" customHeight="1"`
		}
		fmt.Fprintf(&rows, `<row r="%d"%s>`, row, attributes)
		for col := 1 + g.IntN(3); col < 12; col += 1 + g.IntN(3) {
			name := CellName(col, row)
			cells[name] = g.cell(name)
			rows.WriteString(cells[name].xml)
		}
		rows.WriteString(`</row>`)
	}
	b := xlsxtest.New(rows.String()).Styles(formats...)
	if len(g.shared) > 0 {
		b.Strings(strings.Join(g.shared, ""))
	}
	var ranges strings.Builder
	for i := range g.IntN(4) {
		// Beyond the cells, so that excelize, which gives each cell of a range the first one's value, reads what is written.
		merged = append(merged, Range{FirstCol: 20 + 3*i, FirstRow: 1 + g.IntN(9), LastCol: 21 + 3*i, LastRow: 10 + g.IntN(9)}.String())
		fmt.Fprintf(&ranges, `<mergeCell ref="%s"/>`, merged[i])
	}
	if len(merged) > 0 {
		b.Replace(xlsxtest.SheetPart, `</sheetData>`, fmt.Sprintf(`</sheetData><mergeCells count="%d">%s</mergeCells>`, len(merged), ranges.String()))
	}
	return each(b, func(e *xlsxtest.Entry) { e.Store = true }).Bytes(), cells, hidden, merged
}

// asExcelize says what a cell is as excelize gives it raw.
func asExcelize(cell *Cell) string {
	switch {
	case cell == nil:
		return ""
	case cell.Kind == KindBool:
		return map[bool]string{true: "1", false: "0"}[cell.Bool]
	case cell.Kind == KindNumber:
		return cell.Raw
	case cell.Kind == KindDate:
		return cell.Raw
	}
	return cell.Text
}

// compared holds what we read of a generated workbook against excelize, and counts the differences that are explained.
func compared(t *testing.T, seed uint64, differences map[string]int) {
	t.Helper()
	data, cells, hidden, merged := generatedBook(seed)
	theirs, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	defer theirs.Close()
	book, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), "x.xlsx")
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	defer book.Close()
	rows, err := book.Rows(context.Background(), "Data")
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	defer rows.Close()
	ours := map[string]Cell{}
	for rows.Next() {
		row := rows.Row()
		if visible, err := theirs.GetRowVisible("Data", row.Number); err != nil || visible == row.Hidden || row.Hidden != hidden[row.Number] {
			t.Errorf("seed %d, row %d: hidden %t, excelize says visible %t (%v)", seed, row.Number, row.Hidden, visible, err)
		}
		for _, cell := range row.Cells {
			ours[CellName(cell.Col, row.Number)] = cell
		}
	}
	if rows.Err() != nil {
		t.Fatalf("seed %d: %v", seed, rows.Err())
	}
	for name := range ours {
		if _, written := cells[name]; !written {
			t.Errorf("seed %d: there is no cell %s", seed, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(cells)) {
		var cell *Cell
		if found, ok := ours[name]; ok {
			cell = &found
		}
		want, err := theirs.GetCellValue("Data", name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatalf("seed %d, %s: %v", seed, name, err)
		}
		if cell != nil && cell.Kind == KindDate {
			sameMoment(t, seed, name, cell, want)
		}
		formula, err := theirs.GetCellFormula("Data", name)
		if err != nil {
			t.Fatalf("seed %d, %s: %v", seed, name, err)
		}
		got, why := asExcelize(cell), cells[name].differ
		if agree := got == want && (cell == nil || cell.Formula == (formula != "")); why != "" && !agree {
			differences[why]++
		} else if !agree {
			t.Errorf("seed %d, %s: we read %q (formula %t), excelize %q (formula %q) of %s", seed, name, got, cell != nil && cell.Formula, want, formula, cells[name].xml)
		}
	}
	layout, err := book.Layout(context.Background(), "Data")
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	others, err := theirs.GetMergeCells("Data")
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	var mine, known []string
	for _, m := range layout.Merges {
		mine = append(mine, m.String())
	}
	for _, m := range others {
		known = append(known, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	if !slices.Equal(mine, known) || !slices.Equal(mine, merged) {
		t.Errorf("seed %d: merged are %v, excelize says %v", seed, mine, known)
	}
}

// sameMoment checks that a date is the day and time that excelize makes of what stands in its cell, to a second: excelize cuts them off or
// rounds them.
func sameMoment(t *testing.T, seed uint64, name string, cell *Cell, raw string) {
	t.Helper()
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		t.Fatalf("seed %d, %s: %v", seed, name, err)
	}
	theirs, err := excelize.ExcelDateToTime(serial, false)
	if err != nil {
		t.Fatalf("seed %d, %s: %v", seed, name, err)
	}
	layout := "2006-01-02T15:04:05.999"
	if !strings.Contains(cell.Text, "T") {
		layout = time.DateOnly
	}
	ours, err := time.Parse(layout, cell.Text)
	if off := ours.Sub(theirs).Abs(); err != nil || off > time.Second {
		t.Errorf("seed %d, %s: %s is %s, excelize says %s (%v)", seed, name, raw, cell.Text, theirs, err)
	}
}

func TestGeneratedWorkbooksAreReadAsExcelizeReadsThem(t *testing.T) {
	differences := map[string]int{}
	for seed := range uint64(40 / shareOfRuns) {
		compared(t, seed, differences)
	}
	for _, why := range slices.Sorted(maps.Keys(explained)) {
		if differences[why] == 0 {
			t.Errorf("%s: nothing differs, although it is explained", why)
		}
		t.Logf("%4d cells differ: %s: %s", differences[why], why, explained[why])
	}
}

// FuzzAgainstExcelize has more workbooks generated than the test does.
func FuzzAgainstExcelize(f *testing.F) {
	f.Add(uint64(1000))
	f.Fuzz(func(t *testing.T, seed uint64) { compared(t, seed, map[string]int{}) })
}
