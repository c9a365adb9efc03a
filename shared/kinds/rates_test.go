package kinds_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

func (o *office) rate(year, id string) (rate fund.MonthRate, found bool) {
	o.t.Helper()
	record, err := o.store.Get(o.t.Context(), records.Ref{Type: fund.RateType, Partition: year, ID: id})
	if errors.Is(err, records.ErrNotFound) {
		return rate, false
	}
	if err == nil {
		err = records.Decode(record.Body, &rate)
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return rate, true
}

func TestR_FUN_9_MonthlyRatesAreUnderstoodInThreeLanguages(t *testing.T) {
	for titles, month := range map[string]string{
		"Effective date;Currency code;Rate;Source\n":                     "01 Mar 2025",
		"Month;Abbr.;Exchange rate;Published by\n":                       "March 2025",
		"Mois;Devise;Taux (unités pour 1 USD);Source du taux\n":          "mars 2025",
		"Mes;Moneda;Tipo de cambio (unidades por 1 USD);Publicado por\n": "marzo de 2025",
		"Fecha de vigencia;Divisa;Tipo;Fuente\n":                         "2025-03",
	} {
		o := surveyOffice(t)
		o.want("", titles+month+";KRW;1455.4512345678;\n"+month+";EUR;0.9240;ECB\n"+month+";USD;1;\n", intake.Counts{Read: 3, Create: 3}, "")
		won, _ := o.rate("2025", "KRW#2025-03-01")
		first := civil.Date{Year: 2025, Month: 3, Day: 1}
		if won.Currency != "KRW" || won.From != first || won.Rate.String() != "1455.4512345678" || won.Source != fund.UNRates {
			t.Errorf("%s: %+v", titles, won)
		}
		if euro, _ := o.rate("2025", "EUR#2025-03-01"); euro.Rate.String() != "0.924" || euro.Source != "ECB" {
			t.Errorf("%s: %+v", titles, euro)
		}
	}
}

// The UN's own table: names of currencies, of which some are not known, beside their abbreviations.
func TestR_FUN_9_TheTableOfTheUNIsReadAsItIs(t *testing.T) {
	o := surveyOffice(t)
	o.want("", `UN operational rates of exchange,,,,
Country,Currency,Abbr.,Rate,Effective date
Afghanistan,Afghani of the Republic,AFN,71.1,01 Mar 2025
Ecuador,US Dollar,USD,1,01 Mar 2025
Norway,Norwegian Krone,NOK,11.24,01 Mar 2025
Nowhere,Crown,XXQ,5,01 Mar 2025
Japan,Yen,,149.5,01 Mar 2025
`, intake.Counts{Read: 5, Create: 4, Fail: 1}, "CURRENCY_UNKNOWN C6")
	for _, id := range []string{"AFN#2025-03-01", "NOK#2025-03-01", "USD#2025-03-01", "JPY#2025-03-01"} {
		if _, found := o.rate("2025", id); !found {
			t.Errorf("%s is not on record", id)
		}
	}
}

func TestR_FUN_9_WhatAMonthlyRateCannotBe(t *testing.T) {
	surveyOffice(t).want("rates", `Month;Currency;Rate
2025-03;EUR;0
2025-03;GBP;-0.79
2025-03;JPY;0.00000000001
2025-03;USD;1.01
2025-03;Thaler;5
2025-03;;5
2025-03;CHF;
March;NOK;11.2
2025-03;SEK;10.7
2025-03;SEK;10.8
2025-03;KRW;100000000.5
`, intake.Counts{Read: 11, Create: 1, Fail: 10}, "NUMBER_OUT_OF_RANGE C2, NUMBER_OUT_OF_RANGE C3, NUMBER_OUT_OF_RANGE C4, NUMBER_OUT_OF_RANGE C5, "+
		"CURRENCY_UNKNOWN B6, CELL_REQUIRED B7, CELL_REQUIRED C8, DATE_INVALID A9, ROW_DUPLICATE_IN_FILE 11, NUMBER_OUT_OF_RANGE C12")
}

const marchRates = "Month;Currency;Rate;Source\n2025-03;KRW;1450;\n2025-03;JPY;149.5;\n2025-03;TND;3.1;BCT\n2025-03-15;KRW;1460;\n"

// Units for one dollar: 1,450,000 won are a thousand dollars, exactly, and 100 yen 66.889… cents.
func TestR_FUN_9_MoneyWithoutARateOfItsOwnIsConvertedAtTheMonthsRate(t *testing.T) {
	o := surveyOffice(t)
	o.want("rates", marchRates, intake.Counts{Read: 4, Create: 4}, "")
	o.wantGifts(`A;Company;;;1450000;KRW;2025-03-14;R1;;;;
B;Company;;;1460000;KRW;2025-03-15;R2;;;;
C;Company;;;100;JPY;2025-03-31;R3;;;;
D;Company;;;1000.005;TND;2025-03-01;R4;;;;
E;Company;;;100;KRW;2025-03-31;R5;;0.0007;2025-03-30;Bank
F;Company;;;100;USD;2025-03-31;R6;;;;
`, intake.Counts{Read: 6, Create: 6}, "")
	dollars := money.ISO("USD")
	for i, want := range []struct {
		minor              int64
		rate, date, source string
	}{
		{100_000, "1/1450", "2025-03-01", fund.UNRates},
		{100_000, "1/1460", "2025-03-15", fund.UNRates}, // revised within the month
		{67, "1/149.5", "2025-03-01", fund.UNRates},
		{32_258, "1/3.1", "2025-03-01", "BCT"},
		{7, "0.0007", "2025-03-30", "Bank"}, // its own rate goes first
		{10_000, "", "", ""},
	} {
		got := o.contributions("2025")[i]
		worth, err := got.Worth(dollars)
		rate, date := "", ""
		if !got.Rate.IsZero() {
			rate, date = got.Rate.String(), got.RateDate.String()
		}
		if err != nil || worth.Minor != want.minor || rate != want.rate || date != want.date || got.RateSource != want.source {
			t.Errorf("%s: %v at %s of %s (%s), %v; want %+v", got.Donor, worth, rate, date, got.RateSource, err, want)
		}
	}
}

func TestR_FUN_9_WithoutTheMonthsRateItIsSaidWhichMonthIsMissing(t *testing.T) {
	o := surveyOffice(t)
	o.want("rates", "Month;Currency;Rate\n2025-03;KRW;1450\n2025-04-02;EUR;0.92\n", intake.Counts{Read: 2, Create: 2}, "")
	gifts := `A;Company;;;100;KRW;2025-02-28;R1;;;;
B;Company;;;100;KRW;2025-04-01;R2;;;;
C;Company;;;100;EUR;2025-04-01;R3;;;;
D;Company;;;100;EUR;2025-04-02;R4;;;;
`
	o.wantGifts(gifts, intake.Counts{Read: 4, Create: 1, Fail: 3}, "FX_RATE_MISSING J2, FX_RATE_MISSING J3, FX_RATE_MISSING J4")
	report, err := o.service.Check(t.Context(), upload(giftTitles+gifts), imports.Options{Kind: "contributions"})
	if err != nil {
		t.Fatal(err)
	}
	months := []string{"février 2025", "avril 2025", "avril 2025"}
	for _, p := range report.Problems {
		if p.Code == "FX_RATE_MISSING" && p.Params["month"].FR != months[p.Row-2] {
			t.Errorf("%+v, want %s", p, months[p.Row-2])
		}
	}
	o.want("rates", "Month;Currency;Rate\n2025-02;KRW;1440\n", intake.Counts{Read: 1, Create: 1}, "")
	o.wantGifts(gifts, intake.Counts{Read: 4, Create: 1, Unchanged: 1, Fail: 2}, "FX_RATE_MISSING J3, FX_RATE_MISSING J4")
}

// What was checked at a rate that has changed since isn't stored.
func TestAPlanIsStaleWhenTheMonthsRateHasChangedSinceItsCheck(t *testing.T) {
	o := surveyOffice(t)
	o.want("rates", marchRates, intake.Counts{Read: 4, Create: 4}, "")
	report, err := o.service.Check(t.Context(), upload(giftTitles+"A;Company;;;1450000;KRW;2025-03-14;R1;;;;\n"), imports.Options{Kind: "contributions"})
	if err != nil || report.Rows.Create != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	o.want("rates", strings.Replace(marchRates, "1450", "1451", 1), intake.Counts{Read: 4, Update: 1, Unchanged: 3}, "")
	_, err = o.service.Commit(t.Context(), imports.Order{Import: report.Import, Plan: report.Plan, Mode: intake.All})
	var refusal *problem.Problem
	if !errors.As(err, &refusal) || refusal.Code != "PLAN_STALE" {
		t.Errorf("%v", err)
	}
}

// A gift keeps the rate that it was converted at; sent again, it takes the corrected one.
func TestACorrectedRateIsTakenByRowsThatAreSentAgain(t *testing.T) {
	o := surveyOffice(t)
	o.want("rates", marchRates, intake.Counts{Read: 4, Create: 4}, "")
	gift := "A;Company;;;1450000;KRW;2025-03-14;R1;;;;\n"
	o.wantGifts(gift, intake.Counts{Read: 1, Create: 1}, "")
	o.wantGifts(gift, intake.Counts{Read: 1, Unchanged: 1}, "")
	o.want("rates", "Month;Currency;Rate\n2025-03;KRW;1455\n", intake.Counts{Read: 1, Update: 1}, "")
	if got := o.contributions("2025")[0].Rate.String(); got != "1/1450" {
		t.Errorf("a correction changed what is on record: %s", got)
	}
	o.wantGifts(gift, intake.Counts{Read: 1, Update: 1}, "")
	if got := o.contributions("2025")[0].Rate.String(); got != "1/1455" {
		t.Errorf("sent again: %s", got)
	}
}

func TestRatesThatMoneyWasConvertedAtAreKeptByAnUndo(t *testing.T) {
	o := surveyOffice(t)
	id := func(kind, text string) string {
		t.Helper()
		report, _, err := o.service.Import(t.Context(), upload(text), imports.Options{Kind: kind}, intake.Valid, "")
		if err != nil {
			t.Fatal(err)
		}
		return report.Import
	}
	rates := id("rates", marchRates)
	id("contributions", giftTitles+"A;Company;;;1450000;KRW;2025-03-14;R1;;;;\nB;Company;;;100;JPY;2025-03-14;R2;;0.0067;2025-03-01;Bank\n")
	report := o.undo(rates)
	if report.Rows.Kept != 1 || report.Rows.Stored != 4 || len(report.Problems) != 1 || report.Problems[0].Code != "UNDO_KEPT_NEEDED" || report.Problems[0].Row != 2 {
		t.Fatalf("%+v with %v", report.Rows, report.Problems)
	}
	if _, found := o.rate("2025", "KRW#2025-03-01"); !found {
		t.Error("the rate of a gift was undone")
	}
	if _, found := o.rate("2025", "KRW#2025-03-15"); found {
		t.Error("a rate that nothing was converted at is still there")
	}
	// A correction of a rate in use is kept, too: the gift that was sent again rests on it.
	corrected := id("rates", "Month;Currency;Rate\n2025-03;KRW;1455\n")
	id("contributions", giftTitles+"A;Company;;;1450000;KRW;2025-03-14;R1;;;;\n")
	if report := o.undo(corrected); report.Rows.Kept != 1 {
		t.Errorf("%+v with %v", report.Rows, report.Problems)
	}
}
