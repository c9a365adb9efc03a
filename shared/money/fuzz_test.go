package money_test

import (
	"math/big"
	"testing"

	"github.com/learning-cities/guildhall/shared/money"
)

var decimals = []string{"0", "-0", "1.50", "0.005", "-999999999999.99", "1e3", ".5", "5.", "+1", "9223372036854775807", "00", "1,5", "0.0000000000001"}

// An amount's text is refused, or is the amount exactly, and what is written of it is read as the same.
func FuzzAmounts(f *testing.F) {
	for _, decimal := range decimals {
		for _, code := range []string{"USD", "JPY", "TND", "???"} {
			f.Add(decimal, code)
		}
	}
	f.Fuzz(func(t *testing.T, decimal, code string) {
		currency := money.ISO(code)
		amount, err := money.Parse(decimal, currency)
		if err != nil {
			return
		}
		exactly(t, decimal, amount.Decimal(currency))
		if again, err := money.Parse(amount.Decimal(currency), currency); err != nil || again != amount {
			t.Errorf("%q is %q, which is %v (%v)", decimal, amount.Decimal(currency), again, err)
		}
	})
}

// A rate's or percentage's text is refused, or is it exactly, and what is written of it is read as the same.
func FuzzRates(f *testing.F) {
	for _, decimal := range append(decimals, "1186.68", "0.00000001", "100", "7") {
		f.Add(decimal)
	}
	f.Fuzz(func(t *testing.T, decimal string) {
		if rate, err := money.ParseRate(decimal); err == nil {
			stated, _ := rate.Stated()
			exactly(t, decimal, stated)
			text, err := rate.Inverse().MarshalText()
			if err != nil {
				t.Fatal(err)
			}
			var again money.Rate
			if err := again.UnmarshalText(text); err != nil || again != rate.Inverse() {
				t.Errorf("%q, turned round, is %q, which is %v (%v)", decimal, text, again, err)
			}
		}
		if percent, err := money.ParsePercent(decimal); err == nil {
			exactly(t, decimal, percent.String())
			if again, err := money.ParsePercent(percent.String()); err != nil || again != percent {
				t.Errorf("%q is %q, which is %v (%v)", decimal, percent, again, err)
			}
		}
	})
}

// exactly checks that two texts are one number.
func exactly(t *testing.T, given, got string) {
	t.Helper()
	want, ok := new(big.Rat).SetString(given)
	is, okay := new(big.Rat).SetString(got)
	if !ok || !okay || want.Cmp(is) != 0 {
		t.Errorf("%q is read as %q", given, got)
	}
}
