package exports_test

import (
	"bytes"
	"math"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/sheet/officetest"
)

// Every formula is worked out again by another program's arithmetic, and must give what is stored beside it: whoever opens the
// workbook sees the same figure before and after recalculating.
func TestEveryFormulaGivesTheResultThatIsStoredWithIt(t *testing.T) {
	s := network(t)
	for _, lang := range locale.Langs {
		for _, kind := range request.Kinds() {
			for of, records := range map[string]shelf{"the network": s, "an empty network": {}} {
				t.Run(string(kind)+" of "+of+" "+string(lang), func(t *testing.T) {
					if n := recalculate(t, written(t, kind, records, lang)); n < 50 {
						t.Errorf("only %d formulas", n)
					}
				})
			}
		}
	}
}

// A real spreadsheet program calculates every formula anew and comes to the same figures.
func TestLibreOfficeComesToTheSameFigures(t *testing.T) {
	s := network(t)
	for kind, lang := range map[request.Kind]locale.Lang{
		request.Budget: locale.FR, request.Fund: locale.ES, request.Membership: locale.ES, request.Survey: locale.FR,
	} {
		name, workbook := string(kind), written(t, kind, s, lang)
		ours, theirs := formulaResults(t, workbook), formulaResults(t, officetest.Resave(t, workbook, name+".xlsx"))
		if len(ours) < 100 || len(theirs) != len(ours) {
			t.Errorf("%s: %d formulas, saved again %d", name, len(ours), len(theirs))
		}
		for cell, want := range ours {
			if got, ok := theirs[cell]; !ok || math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
				t.Errorf("%s, %s: %v, stored is %v", name, cell, got, want)
			}
		}
	}
}

// formulaResults are the results stored with formulas, by sheet and cell.
func formulaResults(t *testing.T, workbook []byte) map[string]float64 {
	t.Helper()
	book, results := open(t, workbook), map[string]float64{}
	for _, info := range book.Sheets() {
		rows, err := book.Rows(t.Context(), info.Name)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			for _, c := range rows.Row().Cells {
				if c.Formula {
					results[sheet.Ref(info.Name, sheet.CellName(c.Col, rows.Row().Number))] = c.Number
				}
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
	}
	return results
}

// recalculate compares all formulas' results and counts the formulas.
func recalculate(t *testing.T, workbook []byte) int {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	formulas := 0
	for _, tab := range f.GetSheetList() {
		rows, err := f.GetRows(tab, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		beneath := coveredCells(t, f, tab)
		for r, row := range rows {
			for c, stored := range row {
				name, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				formula, err := f.GetCellFormula(tab, name)
				if err != nil {
					t.Fatal(err)
				}
				if formula == "" || beneath[name] {
					continue
				}
				formulas++
				got, err := f.CalcCellValue(tab, name, excelize.Options{RawCellValue: true})
				if err != nil || !sameFigure(got, stored) {
					t.Errorf("%s!%s: %s gives %s (%v), stored is %s", tab, name, formula, got, err, stored)
				}
			}
		}
	}
	return formulas
}

// coveredCells are those beneath merged ones, which excelize takes for the one above.
func coveredCells(t *testing.T, f *excelize.File, tab string) map[string]bool {
	t.Helper()
	merged, err := f.GetMergeCells(tab, true)
	if err != nil {
		t.Fatal(err)
	}
	covered := map[string]bool{}
	for _, m := range merged {
		col, row, _ := sheet.ParseCell(m.GetStartAxis())
		lastCol, lastRow, _ := sheet.ParseCell(m.GetEndAxis())
		for c := col; c <= lastCol; c++ {
			for r := row; r <= lastRow; r++ {
				covered[sheet.CellName(c, r)] = c != col || r != row
			}
		}
	}
	return covered
}

// sameFigure allows for the last bits of a division.
func sameFigure(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && math.Abs(x-y) <= 1e-9*max(1, math.Abs(y))
}
