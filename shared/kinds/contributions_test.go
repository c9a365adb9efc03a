package kinds_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

const giftTitles = "Donor;Type of donor;City;Country;Amount;Currency;Received on;Bank reference;Earmarked for;Exchange rate;Rate date;Rate source\n"

// contributions reads back what the fund received in a year, by the donor's name.
func (o *office) contributions(year string) []fund.Contribution {
	o.t.Helper()
	var all []fund.Contribution
	err := o.store.Scan(o.t.Context(), fund.RecordType, year, "", func(r records.Record) error {
		var c fund.Contribution
		if err := records.Decode(r.Body, &c); err != nil {
			return err
		}
		if r.Ref.ID != c.ID() || r.Ref.Partition != c.Year() {
			o.t.Errorf("%+v is stored as %s", c, r.Ref)
		}
		all = append(all, c)
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b fund.Contribution) int { return strings.Compare(a.Donor, b.Donor) })
	return all
}

func (o *office) wantGifts(rows string, counts intake.Counts, problems string) {
	o.t.Helper()
	o.want("contributions", giftTitles+rows, counts, problems)
}

func TestR_FUN_4_EverySourceIsRecognisedInThreeLanguages(t *testing.T) {
	o := surveyOffice(t)
	o.wantGifts(`Ville de Brest;Ville membre;Brest;France;1000;EUR;2025-01-10;R1;fund/1.1;1.08;2025-01-10;BCE
Medellín;ciudad miembro;;;2000.50;US dollars;2025-01-11;R2;;;;
Germany;donor country;;;3000;€;2025-01-12;R3;FUND/2.1;1.08;2025-01-12;ECB
Acme Ltd;Company;;GB;4000;USD;2025-01-13;R4;unearmarked;;;
Fondation Savoir;fondation;;Suisse;5000;CHF;2025-01-14;R5;;1.1;2025-01-14;SNB
`, intake.Counts{Read: 5, Create: 5}, "")
	got := o.contributions("2025")
	for i, want := range []fund.Contribution{
		{Donor: "Acme Ltd", DonorType: fund.Company, Country: "GB", Amount: money.Amount{Minor: 400000, Currency: "USD"}},
		{Donor: "Fondation Savoir", DonorType: fund.Foundation, Country: "CH", Amount: money.Amount{Minor: 500000, Currency: "CHF"}},
		{Donor: "Germany", DonorType: fund.DonorCountry, Country: "DE", Amount: money.Amount{Minor: 300000, Currency: "EUR"}, Earmark: "fund/2.1"},
		{Donor: "Medellín", DonorType: fund.MemberCity, Country: "CO", Member: "CO#medellin", City: "Medellín", Amount: money.Amount{Minor: 200050, Currency: "USD"}},
		{Donor: "Ville de Brest", DonorType: fund.MemberCity, Country: "FR", Member: "FR#brest", City: "Brest", Amount: money.Amount{Minor: 100000, Currency: "EUR"}, Earmark: "fund/1.1"},
	} {
		g := got[i]
		if g.Donor != want.Donor || g.DonorType != want.DonorType || g.Country != want.Country || g.Member != want.Member ||
			g.City != want.City || g.Amount != want.Amount || g.Earmark != want.Earmark {
			t.Errorf("got %+v, want %+v", g, want)
		}
	}
}

func TestR_FUN_4_WhoGivesMustBeKnown(t *testing.T) {
	surveyOffice(t).wantGifts(`The Church;Church;;;1000;USD;2025-01-10;R1;;;;
City of Paris;Member city;Paris;France;1000;USD;2025-01-10;R2;;;;
Lausanne;Member city;;;1000;USD;2020-01-10;R3;;;;
Atlantis;Donor country;;Atlantis;1000;USD;2025-01-10;R4;;;;
`, intake.Counts{Read: 4, Fail: 4}, "DONOR_TYPE_UNKNOWN B2, NOT_A_MEMBER C3, NOT_A_MEMBER A4, COUNTRY_UNKNOWN D5")
}

func TestR_FUN_6_AnEarmarkNamesItsBudget(t *testing.T) {
	o := surveyOffice(t)
	o.wantGifts(`A;Company;;;1;USD;2025-01-10;R1;1.1;;;
B;Company;;;1;USD;2025-01-10;R2;cluster/1.1;;;
C;Company;;;1;USD;2025-01-10;R3;fund/9.9;;;
`, intake.Counts{Read: 3, Fail: 3}, "ACTIVITY_CODE_UNKNOWN I2, ACTIVITY_CODE_UNKNOWN I3, ACTIVITY_CODE_UNKNOWN I4")
	o.wantGifts("A;Company;;;1;USD;2025-01-10;R4;fund/2;;;\nB;Company;;;1;USD;2025-01-10;R5;Communication;;;\n", intake.Counts{Read: 2, Create: 2}, "")
	report, err := o.service.Check(t.Context(), upload(giftTitles+"A;Company;;;1;USD;2025-01-10;R1;1.1;;;\n"), imports.Options{Kind: "contributions"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		if p.Code == "ACTIVITY_CODE_UNKNOWN" && p.Suggestion != "fund/1.1" {
			t.Errorf("suggests %q", p.Suggestion)
		}
	}
}

func upload(sheetCSV string) imports.Upload {
	return imports.Upload{Name: "sheet.csv", Source: strings.NewReader(sheetCSV), Size: int64(len(sheetCSV))}
}

func TestR_FUN_8_AnAmountIsOneThatCanBePaid(t *testing.T) {
	surveyOffice(t).wantGifts(`A;Company;;;1000.5555;USD;2025-01-10;R1;;;;
B;Company;;;-100;USD;2025-01-10;R2;;;;
C;Company;;;0;USD;2025-01-10;R3;;;;
D;Company;;;100.5;JPY;2025-01-10;R4;;0.0067;2025-01-10;UN
E;Company;;;100.50;USD;2025-01-10;R5;;;;
`, intake.Counts{Read: 5, Create: 1, Fail: 4}, "AMOUNT_SCALE E2, AMOUNT_SCALE E3, AMOUNT_SCALE E4, AMOUNT_SCALE E5")
}

func TestR_FUN_9_AnotherCurrencyNeedsItsRate(t *testing.T) {
	o := surveyOffice(t)
	o.wantGifts(`A;Company;;;100;EUR;2025-01-10;R1;;;;
B;Company;;;100;;2025-01-10;R2;;;;
C;Company;;;100;Thaler;2025-01-10;R3;;;;
D;Company;;;100;EUR;2025-01-10;R4;;-1;2025-01-10;UN
E;Company;;;100;USD;2025-01-10;R5;;1.08;;
F;Company;;;100;EUR;2025-01-10;R6;;1.08;;
G;Company;;;100;USD;2025-01-10;R7;;1;;
`, intake.Counts{Read: 7, Create: 2, Fail: 5},
		"FX_RATE_MISSING J2, CURRENCY_MISSING F3, CURRENCY_UNKNOWN F4, NUMBER_OUT_OF_RANGE J5, NUMBER_OUT_OF_RANGE J6, CELL_REQUIRED K7, CELL_REQUIRED L7")
	got := o.contributions("2025")
	if len(got) != 2 || got[0].Rate.String() != "1.08" || !got[1].Rate.IsZero() {
		t.Errorf("%+v", got)
	}
}

func TestR_FUN_8_TheSameBankLineTwiceIsOneContribution(t *testing.T) {
	o := surveyOffice(t)
	line := "Acme;Company;;;100;USD;2025-01-10;TRX 001;;;;\n"
	o.wantGifts(line+line, intake.Counts{Read: 2, Create: 1, Skip: 1}, "")
	o.wantGifts(line, intake.Counts{Read: 1, Unchanged: 1}, "")
	o.wantGifts("ACME;company;;;100.00;US$;2025-01-10;trx-001;;;;\n", intake.Counts{Read: 1, Update: 1}, "")
	o.wantGifts(line+"Acme;Company;;;200;USD;2025-01-10;TRX 001;;;;\n", intake.Counts{Read: 2, Update: 1, Fail: 1}, "ROW_DUPLICATE_IN_FILE 3")
	if got := o.contributions("2025"); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestWithoutABankReferenceTwoEqualLinesAreOneContribution(t *testing.T) {
	o := surveyOffice(t)
	o.wantGifts("Acme;Company;;;100;USD;2025-01-10;;;;;\nAcme;Company;;;100;USD;2025-01-11;;;;;\n", intake.Counts{Read: 2, Create: 2}, "")
	o.wantGifts("Acme;Company;;;100;USD;2025-01-10;;;;;\n", intake.Counts{Read: 1, Unchanged: 1}, "")
}

func TestATotalRowIsNoContribution(t *testing.T) {
	surveyOffice(t).wantGifts("Acme;Company;;;100;USD;2025-01-10;R1;;;;\nTotal;;;;100;;;;;;;\n",
		intake.Counts{Read: 2, Create: 1, Skip: 1}, "")
}

// A workbook's number cells: an amount of too many decimals, and an activity's code that the program took for a number.
func TestNumberCellsAreJudgedAsWhatTheyShow(t *testing.T) {
	o := surveyOffice(t)
	var out bytes.Buffer
	w := sheet.NewWriter(&out, sheet.WriterOptions{})
	s, err := w.Sheet(sheet.SheetSpec{Name: "Bank"})
	if err != nil {
		t.Fatal(err)
	}
	euros := w.Style(sheet.Style{NumFmt: `[$€-407] #,##0.00`})
	for _, row := range [][]any{
		{"Donor", "Type of donor", "Amount", "Currency", "Received on", "Earmarked for"},
		{"A", "Company", sheet.Number("100.555"), "USD", civil.Date{Year: 2025, Month: 1, Day: 10}, nil},
		{"B", "Company", 100, "USD", civil.Date{Year: 2025, Month: 1, Day: 10}, sheet.Number("1.1")},
		{"C", "Company", 100, "USD", civil.Date{Year: 2025, Month: 1, Day: 10}, "fund/1.1"},
	} {
		cells := make([]sheet.OutCell, len(row))
		for i, value := range row {
			cells[i].Value = value
		}
		s.Row(cells...)
	}
	s.Row(sheet.OutCell{Value: "D"}, sheet.OutCell{Value: "Company"}, sheet.OutCell{Value: 100, Style: euros}, sheet.OutCell{Value: "USD"},
		sheet.OutCell{Value: civil.Date{Year: 2025, Month: 1, Day: 10}})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	report, err := o.service.Check(t.Context(),
		imports.Upload{Name: "bank.xlsx", Source: bytes.NewReader(out.Bytes()), Size: int64(out.Len())}, imports.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, p := range report.Problems {
		if p.Severity == problem.Error {
			found = append(found, string(p.Code)+" "+sheet.CellName(p.Col, p.Row))
		}
	}
	if got, want := strings.Join(found, ", "), "AMOUNT_SCALE C2, ACTIVITY_CODE_UNKNOWN F3, CURRENCY_MISMATCH C5"; got != want || report.Kind != "contributions" {
		t.Errorf("%s: %s, want %s", report.Kind, got, want)
	}
}
