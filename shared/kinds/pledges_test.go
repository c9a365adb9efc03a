package kinds_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/fixtures"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/records"
)

const pledgeHeader = "Donor;Type of donor;City;Country;Agreement reference;Amount pledged;Currency;Date signed;Instalment;Instalment amount;Due date;Earmarked for\n"

// day is a date, or none for no text.
func day(s string) (d civil.Date) {
	if err := d.UnmarshalText([]byte(s)); err != nil {
		panic(err)
	}
	return d
}

func (o *office) wantPledges(rows string, counts intake.Counts, problems string) {
	o.t.Helper()
	o.want("pledges", pledgeHeader+rows, counts, problems)
}

// pledges reads back what was pledged, by identifier.
func (o *office) pledges() []fund.Instalment {
	o.t.Helper()
	var all []fund.Instalment
	err := o.store.Scan(o.t.Context(), fund.InstalmentType, "", "", func(r records.Record) error {
		var i fund.Instalment
		if err := records.Decode(r.Body, &i); err != nil {
			return err
		}
		if r.Ref.ID != i.ID() {
			o.t.Errorf("%+v is stored as %s", i, r.Ref)
		}
		all = append(all, i)
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return all
}

func TestR_FUN_8_PledgesAreUnderstoodInThreeLanguages(t *testing.T) {
	o := surveyOffice(t)
	for lang, s := range map[locale.Lang]string{
		locale.EN: pledgeHeader + "Norway;Donor country;;;NO 1;100;EUR;2025-01-10;1;60;2025-03-31;fund/2\nNorway;Donor country;;;NO 1;100;EUR;2025-01-10;2;40;;fund/2.1\n",
		locale.FR: "Donateur;Type de donateur;Ville;Référence de la convention;Montant promis;Devise;Date de signature;Tranche;Montant de la tranche;Échéance;Affectation\n" +
			"Ville de Brest;Ville membre;Brest;2025-118;1000,5;EUR;2025-02-10;;;;non affecté\n",
		locale.ES: "Donante;Tipo de donante;País;Convenio;Importe prometido;Moneda;Fecha de firma;Cuota;Importe de la cuota;Vencimiento\n" +
			"Empresa Puentes;empresa;México;EP-7;70;USD;2025-03-10;1;70;2025-12-31\n",
	} {
		rows := strings.Count(s, "\n") - 1
		o.want("pledges", s, intake.Counts{Read: rows, Create: rows}, "")
		if o.lang != lang {
			t.Errorf("read as %s, want %s", o.lang, lang)
		}
		o.want("pledges", s, intake.Counts{Read: rows, Unchanged: rows}, "")
	}
	euros := func(cents int64) money.Amount { return money.Amount{Minor: cents, Currency: "EUR"} }
	norway := fund.Instalment{
		Agreement: "NO 1", Donor: "Norway", DonorType: fund.DonorCountry, Country: "NO", Pledged: euros(10000), SignedOn: day("2025-01-10"),
		Number: 1, Amount: euros(6000), DueOn: day("2025-03-31"), Earmark: "fund/2",
	}
	second := norway
	second.Number, second.Amount, second.DueOn, second.Earmark = 2, euros(4000), day(""), "fund/2.1"
	want := []fund.Instalment{
		{Agreement: "2025-118", Donor: "Ville de Brest", DonorType: fund.MemberCity, Member: "FR#brest", City: "Brest", Country: "FR",
			Pledged: euros(100050), SignedOn: day("2025-02-10"), Number: 1, Amount: euros(100050)},
		{Agreement: "EP-7", Donor: "Empresa Puentes", DonorType: fund.Company, Country: "MX", Pledged: money.Amount{Minor: 7000, Currency: "USD"},
			SignedOn: day("2025-03-10"), Number: 1, Amount: money.Amount{Minor: 7000, Currency: "USD"}, DueOn: day("2025-12-31")},
		norway, second,
	}
	if got := o.pledges(); !slices.Equal(got, want) {
		t.Errorf("stored %+v\nwant %+v", got, want)
	}
	if got := o.contributions("2025"); len(got) != 0 {
		t.Errorf("pledges count as received: %+v", got)
	}
}

func TestR_FUN_8_TheInstalmentsOfAnAgreementAreItsPledge(t *testing.T) {
	first, second := "Acme;Company;;;A 1;100;USD;2025-01-10;1;60;2025-03-31;\n", "Acme;Company;;;a/1;100;USD;2025-01-10;2;40;2025-06-30;\n"
	t.Run("passes: in one sheet, and each of them again by itself", func(t *testing.T) {
		o := surveyOffice(t)
		o.wantPledges(second+first, intake.Counts{Read: 2, Create: 2}, "")
		o.wantPledges(first, intake.Counts{Read: 1, Unchanged: 1}, "")
		o.wantPledges(strings.Replace(second, "2025-06-30", "2025-09-30", 1), intake.Counts{Read: 1, Update: 1}, "")
	})
	t.Run("passes: a changed agreement, with an instalment dropped", func(t *testing.T) {
		o := surveyOffice(t)
		o.wantPledges(first+second, intake.Counts{Read: 2, Create: 2}, "")
		o.wantPledges("Acme;Company;;;A 1;60;USD;2025-01-10;1;60;2025-03-31;\nAcme;Company;;;A 1;60;USD;2025-01-10;2;0;;\n",
			intake.Counts{Read: 2, Update: 2}, "")
	})
	t.Run("fails: one is missing, or does not fit those on record", func(t *testing.T) {
		o := surveyOffice(t)
		o.wantPledges(first, intake.Counts{Read: 1, Fail: 1}, "INSTALMENTS_SUM_MISMATCH J2")
		o.wantPledges(first+second, intake.Counts{Read: 2, Create: 2}, "")
		o.wantPledges(strings.Replace(first, "60", "61", 1), intake.Counts{Read: 1, Fail: 1}, "INSTALMENTS_SUM_MISMATCH J2")
		o.wantPledges("Acme;Company;;;A 1;100;USD;2025-01-10;3;1;;\n", intake.Counts{Read: 1, Fail: 1}, "INSTALMENTS_SUM_MISMATCH J2")
		o.wantPledges(first+"Acme;Company;;;A 1;100;USD;2025-01-10;2;forty;;\n", intake.Counts{Read: 2, Unchanged: 1, Fail: 1}, "NUMBER_INVALID J3")
	})
	t.Run("fails: its rows say different things of the agreement", func(t *testing.T) {
		for what, c := range map[string]struct{ row, problems string }{
			"donor":  {strings.Replace(second, "Acme", "Bcme", 1), "PLEDGE_CONTRADICTED A2, PLEDGE_CONTRADICTED A3"},
			"amount": {strings.Replace(second, "100", "110", 1), "PLEDGE_CONTRADICTED F2, PLEDGE_CONTRADICTED F3"},
			"day":    {strings.Replace(second, "2025-01-10", "2025-01-11", 1), "PLEDGE_CONTRADICTED H2, PLEDGE_CONTRADICTED H3"},
		} {
			t.Run(what, func(t *testing.T) {
				surveyOffice(t).wantPledges(first+c.row, intake.Counts{Read: 2, Fail: 2}, c.problems)
			})
		}
	})
	t.Run("fails: the same instalment twice", func(t *testing.T) {
		surveyOffice(t).wantPledges(first+second+strings.Replace(second, "40", "41", 1), intake.Counts{Read: 3, Create: 2, Fail: 1},
			"ROW_DUPLICATE_IN_FILE 4")
	})
}

func TestR_FUN_8_WhatAPledgeCannotBe(t *testing.T) {
	surveyOffice(t).wantPledges(`A;Company;;;1;100.0055;USD;2025-01-10;;;;
B;Company;;;2;0;USD;2025-01-10;;;;
C;Company;;;3;-5;USD;2025-01-10;;;;
D;Company;;;4;100;;2025-01-10;;;;
E;Company;;;5;100;USD;2025-01-10;2;;;
F;Company;;;---;100;USD;2025-01-10;;;;
G;Company;;;7;100;USD;2025-01-10;0;100;;
Royal Ministry;Donor country;;;8;100;USD;2025-01-10;;;;
Paris;Member city;Paris;France;9;100;USD;2025-01-10;;;;
H;Company;;;10;100;USD;2025-01-10;;;;2
I;Company;;;11;100;USD;2025-01-10;;;2025-01-09;
`, intake.Counts{Read: 11, Create: 1, Fail: 10},
		"AMOUNT_SCALE F2, AMOUNT_SCALE F3, AMOUNT_SCALE F4, CURRENCY_MISSING G5, CELL_REQUIRED J6, CELL_REQUIRED E7, NUMBER_OUT_OF_RANGE I8, "+
			"CELL_REQUIRED D9, NOT_A_MEMBER C10, ACTIVITY_CODE_UNKNOWN L11, DATE_ORDER K12")
}

const acme = "Acme;Company;;;A 1;100;USD;2025-02-10;1;60;2025-03-31;\nAcme;Company;;;A 1;100;USD;2025-02-10;2;40;2025-06-30;\n"

func TestR_FUN_8_AGiftWithoutAPledgeIsToldWhereOthersHavePledged(t *testing.T) {
	gifts := `Acme;Company;;;60;USD;2025-03-10;R1;;;;
Bolt;Company;;;10;USD;2025-03-10;R2;;;;
Bolt;Company;;;10;USD;2025-02-09;R3;;;;
Brest;Member city;;;10;USD;2025-03-10;R4;;;;
`
	t.Run("passes: nobody keeps pledges", func(t *testing.T) {
		surveyOffice(t).wantGifts(gifts, intake.Counts{Read: 4, Create: 4}, "")
	})
	t.Run("fails: another of its type had signed one by then", func(t *testing.T) {
		o := surveyOffice(t)
		o.wantPledges(acme, intake.Counts{Read: 2, Create: 2}, "")
		o.wantGifts(gifts, intake.Counts{Read: 4, Create: 4}, "DEPOSIT_WITHOUT_PLEDGE A3")
	})
}

func TestR_FUN_8_AGiftBeyondThePledgeIsTold(t *testing.T) {
	o := surveyOffice(t)
	o.wantPledges(acme, intake.Counts{Read: 2, Create: 2}, "")
	o.wantGifts("Acme;Company;;;500;USD;2025-02-09;R0;;;;\nAcme;Company;;;60;USD;2025-03-10;R1;;;;\n", intake.Counts{Read: 2, Create: 2}, "")
	later := "Acme;Company;;;1;USD;2025-05-10;R3;;;;\nACME;company;;;40;USD;2025-04-10;R2;;;;\nAcme;Company;;;70;EUR;2025-04-10;R4;;1.1;2025-04-01;UN\n"
	o.wantGifts(later, intake.Counts{Read: 3, Create: 3}, "DEPOSIT_EXCEEDS_PLEDGE E2")
	o.wantGifts(later, intake.Counts{Read: 3, Unchanged: 3}, "DEPOSIT_EXCEEDS_PLEDGE E2")
	stranger := "Bolt;Company;;;1;USD;2025-05-10;R5;;;;\n"
	report, err := o.service.Check(t.Context(), upload(giftTitles+later+stranger), imports.Options{Kind: "contributions"})
	if err != nil {
		t.Fatal(err)
	}
	said := map[locale.Lang]string{}
	for _, p := range report.Problems {
		if strings.HasPrefix(string(p.Code), "DEPOSIT_") {
			for _, lang := range locale.Langs {
				said[lang] += p.Message(lang)
			}
		}
	}
	for lang, sum := range map[locale.Lang]string{locale.EN: "US$101.00", locale.FR: "101,00", locale.ES: "101,00"} {
		if text := said[lang]; !strings.Contains(text, sum) || !strings.Contains(text, "Bolt") || strings.ContainsAny(text, "{}") {
			t.Errorf("%s: %s", lang, text)
		}
	}
}

func TestTheSampleContributionsAreAsPledged(t *testing.T) {
	o := newOffice(t)
	for _, name := range []string{"members.en.xlsx", "rates.fr.csv", "pledges.en.xlsx", "pledges.fr.xlsx", "pledges.es.xlsx"} {
		o.sample(name)
	}
	for _, name := range []string{"contributions.en.xlsx", "contributions.es.xlsx", "contributions.fr.csv", "bad/contributions.en.xlsx"} {
		content, err := fixtures.Sheets.ReadFile("sheets/" + name)
		if err != nil {
			t.Fatal(err)
		}
		up := imports.Upload{Name: name, Source: bytes.NewReader(content), Size: int64(len(content))}
		report, err := o.service.Check(t.Context(), up, imports.Options{Term: "2019-2021"})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range report.Problems {
			if strings.HasPrefix(string(p.Code), "DEPOSIT_") {
				t.Errorf("%s: %s", name, p.Message(locale.EN))
			}
		}
	}
}

func TestAMemberWhoseCityHasPledgedIsNotTakenBack(t *testing.T) {
	o := newOffice(t)
	up := imports.Upload{Name: "m.csv", Source: strings.NewReader(membersEnglish), Size: int64(len(membersEnglish))}
	report, _, err := o.service.Import(t.Context(), up, imports.Options{Kind: "members"}, intake.Valid, "")
	if err != nil {
		t.Fatal(err)
	}
	o.wantPledges("Brest;Member city;;;B 1;10;EUR;2025-01-10;;;;\n", intake.Counts{Read: 1, Create: 1}, "")
	undone := o.undo(report.Import)
	if undone.Rows.Kept != 1 || undone.Problems[0].Code != "UNDO_KEPT_NEEDED" || !strings.Contains(undone.Problems[0].Message(locale.ES), "promesa") {
		t.Errorf("%+v with %v", undone.Rows, undone.Problems)
	}
}
