package a1

import "testing"

func TestNamesOfCells(t *testing.T) {
	for name, place := range map[string][2]int{"A1": {1, 1}, "Z9": {26, 9}, "AA10": {27, 10}, "ZZ1": {702, 1}, "AAA1": {703, 1}, "XFD1048576": {16384, 1048576}} {
		if got := Cell(place[0], place[1]); got != name {
			t.Errorf("%v is named %s, want %s", place, got, name)
		}
		if col, row, ok := ParseCell([]byte(name)); !ok || [2]int{col, row} != place {
			t.Errorf("%s: %d %d %v", name, col, row, ok)
		}
	}
	if col, row, ok := ParseCell([]byte("xfD12")); !ok || col != 16384 || row != 12 {
		t.Errorf("small letters: %d %d %v", col, row, ok)
	}
	for _, name := range []string{"", "A", "1", "A0", "A01", "A1048577", "XFE1", "AAAA1", "$A$1", "A1B", "A-1", "@1", "[1", "é1", "A1 ", "A99999999999999999999"} {
		if col, row, ok := ParseCell([]byte(name)); ok {
			t.Errorf("%q is taken for %d %d", name, col, row)
		}
	}
	for _, col := range []int{0, -1} {
		if got := Column(col); got != "" {
			t.Errorf("column %d is named %q", col, got)
		}
	}
}
