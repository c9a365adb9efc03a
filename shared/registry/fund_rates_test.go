package registry_test

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/money"
)

// rated imports a sheet of the rates of May 2025.
func (w *world) rated(service *imports.Service, lines ...string) {
	w.t.Helper()
	sheet := "Month;Currency;Rate\n"
	for _, line := range lines {
		sheet += "2025-05;" + line + "\n"
	}
	up := imports.Upload{Name: "rates.csv", Source: strings.NewReader(sheet), Size: int64(len(sheet))}
	report, _, err := service.Import(w.t.Context(), up, imports.Options{Kind: "rates", Person: "clara"}, intake.All, "")
	if err != nil {
		w.t.Fatalf("%v: %+v", err, report)
	}
}

func paidIn(amount, currency, rate string) string {
	return "Atlas;Foundation;;;" + amount + ";" + currency + ";2025-05-06;A-1;;" + rate + ";;;\n"
}

// From the cell to the books and back: currencies with no, two and three decimals, 10^15 minor units, rates of ten digits, each rounded once,
// halves away from zero.
func TestR_FUN_9_MoneyIsInTheBooksExactlyAsItsRateMakesIt(t *testing.T) {
	for _, c := range []struct {
		amount, currency string
		month, own       string // the month's rate, units for one dollar; and the row's own, dollars for one unit
		minor, want      int64
	}{
		{"10000000000000.00", "USD", "", "", money.Bound, money.Bound},
		{"1000000000000000", "JPY", "149.2537313433", "", money.Bound, 669_999_999_999_926}, // …926.300
		{"9999999999999.99", "EUR", "1.0000000001", "", money.Bound - 1, 999_999_999_899_999},
		{"1000000000000.000", "TND", "3.0999999999", "", money.Bound, 32_258_064_517_170}, // …169.615
		{"10000000000000.00", "EUR", "0.5", "0.9999999999", money.Bound, 999_999_999_900_000},
		{"8", "KRW", "1450", "", 8, 1},                                // 0.552 cents
		{"0.005", "TND", "1", "", 5, 1},                               // half a cent
		{"0.675", "KWD", "1", "", 675, 68},                            // sixty-seven and a half
		{"12345.67", "CHF", "0.8888888889", "", 1_234_567, 1_388_888}, // …887.874
		{"33.33", "EUR", "", "1.0000000001", 3333, 3333},
	} {
		w := newWorld(t)
		service := w.imports()
		if c.month != "" {
			w.rated(service, c.currency+";"+c.month)
		}
		w.imported(service, paidIn(c.amount, c.currency, c.own))
		entries := w.entries()
		w.verified()
		if got := entries[0].Postings[0].Minor; len(entries) != 1 || got != c.want {
			t.Errorf("%s %s at %q or %q is %d cents, want %d", c.amount, c.currency, c.own, c.month, got, c.want)
		}
		original := entries[0].Original
		switch {
		case c.currency == "USD":
			if original != nil {
				t.Errorf("dollars were converted: %+v", original)
			}
		case original.Amount != (money.Amount{Minor: c.minor, Currency: c.currency}):
			t.Errorf("%s %s is kept as %v", c.amount, c.currency, original.Amount)
		case c.own == "" && (original.Rate.String() != "1/"+c.month || original.RateDate != civil.Date{Year: 2025, Month: 5, Day: 1}):
			t.Errorf("the month's rate is kept as %+v", original)
		case c.own != "" && original.Rate.String() != c.own:
			t.Errorf("its own rate is kept as %+v", original)
		}
	}
}

func TestR_FUN_9_WhatTheBooksCannotHoldIsRefusedAtItsCell(t *testing.T) {
	for name, line := range map[string]string{
		"more than the largest amount": paidIn("10000000000000.00", "EUR", ""),
		"less than half a cent":        paidIn("7", "KRW", ""),
	} {
		w := newWorld(t)
		service := w.imports()
		w.rated(service, "EUR;0.9999999999", "KRW;1450")
		report, err := w.importing(service, line)
		wantCode(t, err, "ROWS_REFUSED")
		if p := report.Problems[0]; p.Code != "NUMBER_OUT_OF_RANGE" || p.Row != 2 || p.Col != 5 {
			t.Errorf("%s: %+v", name, report.Problems)
		}
		w.wantEntries("")
	}
}

// A corrected rate changes no entry; the row that is sent again is taken back and entered at the corrected one.
func TestR_FUN_9_ARowThatIsSentAgainIsEnteredAnewAtTheCorrectedRate(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	w.rated(service, "KRW;1450")
	w.imported(service, paidIn("1450000", "KRW", ""))
	w.rated(service, "KRW;1250")
	w.wantEntries("deposit 6.5 100000")
	w.imported(service, paidIn("1450000", "KRW", ""))
	w.wantEntries("deposit 6.5 100000, deposit 6.5 116000, R deposit 6.5 100000")
	var rates []string
	for _, e := range w.entries() {
		rates = append(rates, e.Original.Rate.String())
	}
	if got := strings.Join(rates, " "); got != "1/1450 1/1250 1/1450" {
		t.Errorf("the rates are %s", got)
	}
}
