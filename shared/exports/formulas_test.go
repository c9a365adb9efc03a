package exports_test

import (
	"bytes"
	"math"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Every formula is worked out again by another program's arithmetic, and must give what is stored beside it: whoever opens the
// workbook sees the same figure before and after recalculating.
func TestEveryFormulaGivesTheResultThatIsStoredWithIt(t *testing.T) {
	s := network(t)
	for _, lang := range locale.Langs {
		for name, workbook := range map[string][]byte{
			"budget": budgetOf(t, s, lang), "membership": membershipOf(t, s, lang),
			"budget of an empty network": budgetOf(t, shelf{}, lang), "membership of an empty network": membershipOf(t, shelf{}, lang),
		} {
			t.Run(name+" "+string(lang), func(t *testing.T) {
				if n := recalculate(t, workbook); n < 50 {
					t.Errorf("only %d formulas", n)
				}
			})
		}
	}
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
				if formula == "" {
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

// sameFigure allows for the last bits of a division.
func sameFigure(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && math.Abs(x-y) <= 1e-9*max(1, math.Abs(y))
}
