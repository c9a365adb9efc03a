package sheet

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// generate has excelize write a workbook with values of every kind, and returns what each cell must read as.
func generate(t *testing.T, seed uint64) (data []byte, want map[string]string) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 9))
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	dateStyle, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	must(err)
	custom := `dd/mm/yyyy hh:mm;@`
	timeStyle, err := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
	must(err)
	texts := []string{"", "Łódź", "a & b < c", " white  space ", "line\nbreak", "my_x_file", "=1+1", "e\u0301", "مدينة", "😀", "001"}
	want = map[string]string{}
	for range 300 {
		name := CellName(1+random.IntN(40), 1+random.IntN(200))
		delete(want, name)
		must(f.SetCellStyle("Sheet1", name, name, 0))
		switch random.IntN(8) {
		case 0, 1:
			text := texts[random.IntN(len(texts))]
			must(f.SetCellStr("Sheet1", name, text))
			if text != "" {
				want[name] = strconv.Quote(text)
			}
		case 2:
			n := random.IntN(2_000_000) - 1_000_000
			must(f.SetCellInt("Sheet1", name, int64(n)))
			want[name] = strconv.Itoa(n)
		case 3:
			x := random.NormFloat64() * 1e6
			must(f.SetCellFloat("Sheet1", name, x, -1, 64))
			want[name] = fmt.Sprint(x)
		case 4:
			on := random.IntN(2) == 0
			must(f.SetCellBool("Sheet1", name, on))
			want[name] = strconv.FormatBool(on)
		case 5:
			day := time.Date(1900+random.IntN(200), time.Month(1+random.IntN(12)), 1+random.IntN(28), 0, 0, 0, 0, time.UTC)
			must(f.SetCellValue("Sheet1", name, day))
			must(f.SetCellStyle("Sheet1", name, name, dateStyle))
			want[name] = strconv.Quote(day.Format(time.DateOnly))
		case 6:
			at := time.Date(1950+random.IntN(100), 6, 15, random.IntN(24), random.IntN(60), 1+random.IntN(59), 0, time.UTC)
			must(f.SetCellValue("Sheet1", name, at))
			must(f.SetCellStyle("Sheet1", name, name, timeStyle))
			want[name] = strconv.Quote(at.Format("2006-01-02T15:04:05"))
		case 7:
			must(f.SetCellRichText("Sheet1", name, []excelize.RichTextRun{{Text: "ric", Font: &excelize.Font{Bold: true}}, {Text: "h"}}))
			want[name] = `"rich"`
		}
	}
	must(f.MergeCell("Sheet1", "AY1", "AZ2"))
	var out bytes.Buffer
	must(f.Write(&out))
	return out.Bytes(), want
}

func TestWhatExcelizeWritesIsReadBack(t *testing.T) {
	for seed := range uint64(8) {
		data, want := generate(t, seed)
		book := openBytes(t, data, "x.xlsx")
		rows, err := book.Rows(t.Context(), "Sheet1")
		if err != nil {
			t.Fatal(err)
		}
		read := 0
		for rows.Next() {
			for i := range rows.Row().Cells {
				cell := &rows.Row().Cells[i]
				read++
				name := CellName(cell.Col, rows.Row().Number)
				got := fmt.Sprint(cell.Value())
				if text, ok := cell.Value().(string); ok {
					got = strconv.Quote(text)
				}
				if got != want[name] {
					t.Errorf("seed %d, %s: got %s, want %s", seed, name, got, want[name])
				}
			}
		}
		if read != len(want) || rows.Err() != nil {
			t.Errorf("seed %d: %d cells of %d (%v)", seed, read, len(want), rows.Err())
		}
		if layout, err := book.Layout(t.Context(), "Sheet1"); err != nil || len(layout.Merges) != 1 {
			t.Errorf("seed %d: merges %v (%v)", seed, layout.Merges, err)
		}
	}
}

func TestRawValuesAgreeWithExcelize(t *testing.T) {
	for seed := range uint64(4) {
		data, _ := generate(t, 100+seed)
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		theirs, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := openBytes(t, data, "x.xlsx").Rows(t.Context(), "Sheet1")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			row := rows.Row()
			for col, text := range theirs[row.Number-1] {
				cell := row.At(col + 1)
				got := ""
				switch {
				case cell == nil:
				case cell.Kind == KindText:
					got = cell.Text
				case cell.Kind == KindBool:
					got = map[bool]string{true: "1", false: "0"}[cell.Bool]
				default:
					got = cell.Raw
				}
				if got != text && !(cell != nil && cell.Kind == KindBool) {
					t.Errorf("seed %d, %s: we read %q, excelize %q", seed, CellName(col+1, row.Number), got, text)
				}
			}
		}
		if rows.Err() != nil {
			t.Error(rows.Err())
		}
	}
}
