package sheet

import (
	"math/big"
	"testing"
)

func TestDecimalsCompareExactlyHoweverTheyAreWritten(t *testing.T) {
	texts := []string{
		"0", "-0", "0.0", "1", "-1", "1.0", "1.000000001", "1.0000000001", "-1.5", "-1.49", "999999999", "999999999.999999999", "1000000000",
		"-999999999.999999999", "0.000000001", "0.0000000001", "00012.50", "12.5", "1e3", "123456789012345678901234567890.1", "007", "7",
		"", "-", ".", "1.", ".5", "1..2", "--1", "+1", "x", "1,5", "1.5x", "٣",
	}
	for _, a := range texts {
		for _, b := range texts {
			x, okX := new(big.Rat).SetString(a)
			y, okY := new(big.Rat).SetString(b)
			want, wantOK := 0, okX && okY
			if wantOK {
				want = x.Cmp(y)
			}
			if got, ok := compareDecimals(a, b); got != want || ok != wantOK {
				t.Errorf("%q and %q: %d, %t; want %d, %t", a, b, got, ok, want, wantOK)
			}
		}
	}
}
