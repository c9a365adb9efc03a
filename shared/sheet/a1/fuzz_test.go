package a1

import (
	"strings"
	"testing"
)

// Whatever is taken for a cell's name is a cell of the largest sheet, and is its name but for the case of its letters.
func FuzzNamesOfCells(f *testing.F) {
	for _, name := range []string{"A1", "xfd1048576", "XFE1", "A0", "A01", "$A$1", "AAAA1", "R1C1", "É1", "A99999999"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		col, row, ok := ParseCell([]byte(name))
		if !ok {
			return
		}
		if col < 1 || col > MaxColumn || row < 1 || row > MaxRow || Cell(col, row) != strings.ToUpper(name) {
			t.Errorf("%q is taken for column %d, row %d", name, col, row)
		}
	})
}
