package kinds_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

const spentTitles = "Date paid;Activity;Amount;Currency;Expense category;Payee;Payee number;Beneficiary cities;Beneficiary countries;" +
	"Cluster;Budget line;Voucher reference;Exchange rate;Rate date;Rate source\n"

func (o *office) wantSpent(rows string, counts intake.Counts, problems string, answers ...string) {
	o.t.Helper()
	o.want("expenditures", spentTitles+rows, counts, problems, answers...)
}

// spent reads back what the fund spent in a year, by reference.
func (o *office) spent(year string) []fund.Expenditure {
	o.t.Helper()
	var all []fund.Expenditure
	err := o.store.Scan(o.t.Context(), fund.ExpenditureType, year, "", func(r records.Record) error {
		var e fund.Expenditure
		if err := records.Decode(r.Body, &e); err != nil {
			return err
		}
		if r.Ref.ID != e.ID() || r.Ref.Partition != e.Year() {
			o.t.Errorf("%+v is stored as %s", e, r.Ref)
		}
		all = append(all, e)
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b fund.Expenditure) int { return strings.Compare(a.Reference, b.Reference) })
	return all
}

func TestAnExpenditureIsUnderstoodInThreeLanguages(t *testing.T) {
	want := fund.Expenditure{
		Date: day("2025-03-01"), Activity: "fund/1.2", Amount: money.Amount{Minor: 125_050, Currency: "USD"}, Category: "travel",
		Payee: "Hôtel Téranga", PayeeID: "contact#v-77", Beneficiaries: []string{"CO#medellin", "SN#dakar", "CM"}, Cluster: "literacy",
		Line: "cluster/1.2", Reference: "PV-17",
	}
	for name, text := range map[string]string{
		"English": `Payment date;Activity code;Amount spent;Currency;Category;Paid to;Vendor number;Beneficiaries;Beneficiary countries;Cluster;Budget line;Voucher
2025-03-01;fund/1.2;1250.50;USD;Travel;Hôtel Téranga;V-77;Dakar; Medellin;Cameroon;Literacy;1.2;PV-17
`,
		"French": `Payé le;Code d'activité;Montant dépensé;Devise;Catégorie de dépense;Fournisseur;N° fournisseur;Villes bénéficiaires;Pays bénéficiaires;Pôle;Ligne budgétaire;Pièce
2025-03-01;fund/1.2;1250,50;USD;Voyages;Hôtel Téranga;V-77;"Dakar (Sénégal) ; Medellín";Cameroun;Alphabétisation;cluster/1.2;PV-17
`,
		"Spanish": `Fecha de pago;Código de actividad;Importe gastado;Moneda;Categoría de gasto;Proveedor;Código de proveedor;Ciudades beneficiarias;Países beneficiarios;Grupo;Línea presupuestaria;Comprobante
2025-03-01;fund/1.2;1250,50;USD;Gastos de viaje;Hôtel Téranga;V-77;"Dakar, Medellín, Camerún";;Alfabetización;cluster/1.2;PV-17
`,
	} {
		o := surveyOffice(t)
		if name == "English" {
			text = strings.Replace(text, "Dakar; Medellin", `"Dakar; Medellin"`, 1)
		}
		o.want("expenditures", text, intake.Counts{Read: 1, Create: 1}, "")
		if got := o.spent("2025"); len(got) != 1 || fmt.Sprintf("%+v", got[0]) != fmt.Sprintf("%+v", want) {
			t.Errorf("%s: %+v\nwant %+v", name, got, want)
		}
	}
}

func TestR_FUN_5_WhatIsSpentBenefitsMemberCitiesOrCountries(t *testing.T) {
	line := func(cities, countries, reference string) string {
		return fmt.Sprintf("2025-03-01;fund/1.2;10;USD;Travel;Ana;;%s;%s;;;%s;;;\n", cities, countries, reference)
	}
	o := surveyOffice(t)
	o.wantSpent(line("", "", "R1")+line(`"Brest, France; Dakar"`, `"Korea, Republic of, Chad"`, "R2")+line(`"BREST, Senegal|Brest"`, "SN", "R3"),
		intake.Counts{Read: 3, Create: 3}, "")
	var got []string
	for _, e := range o.spent("2025") {
		got = append(got, strings.Join(e.Beneficiaries, " "))
	}
	if want := []string{"", "FR#brest SN#dakar KR TD", "FR#brest SN"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	o.wantSpent(line(`"Dakar; Atlantis"`, "", "R4")+line("Clermont-Ferrand", "", "R5")+line("", "Frnace", "R6"),
		intake.Counts{Read: 3, Fail: 3}, "NOT_A_MEMBER H2, NOT_A_MEMBER H3, COUNTRY_UNKNOWN I4")
}

func TestABeneficiaryWrittenOtherwiseIsAskedOnceAndAnswered(t *testing.T) {
	o := surveyOffice(t)
	rows := "2025-03-01;fund/1.2;10;USD;Travel;Ana;;Brest, City of Dakar;;;;R1;;;\n" +
		"2025-03-02;fund/1.2;10;USD;Travel;Ana;;City of Dakar;;;;R2;;;\n"
	o.wantSpent(rows, intake.Counts{Read: 2, Fail: 2}, "CITY_NEAR_DUPLICATE H2")
	o.wantSpent(rows, intake.Counts{Read: 2, Create: 2}, "", "beneficiaries:City of Dakar=Dakar")
}

func TestR_FUN_7_TheSameLineTwiceIsOneExpenditure(t *testing.T) {
	o := surveyOffice(t)
	line := "2025-03-01;fund/1.2;100;USD;Travel;Ana;;;;;;PV 1;;;\n"
	o.wantSpent(line+line, intake.Counts{Read: 2, Create: 1, Skip: 1}, "")
	o.wantSpent(line, intake.Counts{Read: 1, Unchanged: 1}, "")
	o.wantSpent("2025-03-01;fund/2.1;90;USD;Travel;Ana;;;;;;pv-1;;;\n", intake.Counts{Read: 1, Update: 1}, "")
	o.wantSpent(line+strings.Replace(line, ";100;", ";40;", 1), intake.Counts{Read: 2, Update: 1, Fail: 1}, "ROW_DUPLICATE_IN_FILE 3")
	o.wantSpent(strings.Replace(line, "PV 1", "", 1), intake.Counts{Read: 1, Create: 1}, "")
	o.wantSpent(strings.Replace(line, "PV 1", "", 1), intake.Counts{Read: 1, Unchanged: 1}, "")
	if got := o.spent("2025"); len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestR_FUN_6_MoneyIsSpentOnAnActivityInACategory(t *testing.T) {
	surveyOffice(t).wantSpent(`2025-03-01;;10;USD;Travel;Ana;;;;;;R1;;;
2025-03-01;1.2;10;USD;Travel;Ana;;;;;;R2;;;
2025-03-01;none;10;USD;Travel;Ana;;;;;;R3;;;
2025-03-01;fund/1.2;10;USD;Champagne;Ana;;;;;;R4;;;
2025-03-01;fund/1.2;10;USD;;Ana;;;;;;R5;;;
2025-03-01;fund/1.2;10;USD;Travel;;;;;;;R6;;;
2025-03-01;fund/1.2;10;USD;Travel;Ana;;;;;1.2;R7;;;
;fund/1.2;10;USD;Travel;Ana;;;;;;R8;;;
`, intake.Counts{Read: 8, Fail: 8}, "CELL_REQUIRED B2, ACTIVITY_CODE_UNKNOWN B3, ACTIVITY_CODE_UNKNOWN B4, ENUM_UNKNOWN E5, CELL_REQUIRED E6, "+
		"CELL_REQUIRED F7, CELL_REQUIRED J8, CELL_REQUIRED A9")
}

func TestR_FUN_9_WhatIsPaidInAnotherCurrencyNeedsItsRate(t *testing.T) {
	o := surveyOffice(t)
	o.wantSpent(`2025-03-01;fund/1.2;100;EUR;Travel;Ana;;;;;;R1;;;
2025-03-01;fund/1.2;100;EUR;Travel;Ana;;;;;;R2;1.08;2025-03-01;UN
2025-03-01;fund/1.2;-100;USD;Travel;Ana;;;;;;R3;;;
`, intake.Counts{Read: 3, Create: 1, Fail: 2}, "FX_RATE_MISSING M2, AMOUNT_SCALE C4")
	if got := o.spent("2025"); len(got) != 1 || got[0].Rate.String() != "1.08" || got[0].RateSource != "UN" {
		t.Errorf("%+v", got)
	}
}

// The books are never rewritten, so nothing that names a person may enter them as a number.
func TestAPayeesNumberIsNoNameOrAddress(t *testing.T) {
	o := surveyOffice(t)
	o.wantSpent(`2025-03-01;fund/1.2;10;USD;Travel;Ana Ruiz;Ana Ruiz;;;;;R1;;;
2025-03-01;fund/1.2;10;USD;Travel;Ana Ruiz;12 Calle Mayor;;;;;R2;;;
2025-03-01;fund/1.2;10;USD;Travel;Ana Ruiz;ana1@ruiz.example;;;;;R3;;;
2025-03-01;fund/1.2;10;USD;Travel;Ana Ruiz;00042;;;;;R4;;;
2025-03-01;fund/1.2;10;USD;Travel;Ana Ruiz;;;;;;R5;;;
`, intake.Counts{Read: 5, Create: 2, Fail: 3}, "PAYEE_NUMBER_INVALID G2, PAYEE_NUMBER_INVALID G3, PAYEE_NUMBER_INVALID G4")
	got := o.spent("2025")
	if len(got) != 2 || got[0].PayeeID != "contact#00042" || got[1].PayeeID != fund.PayeeID("", "Ana Ruiz") || got[1].Payee != "Ana Ruiz" {
		t.Errorf("%+v", got)
	}
}

func TestAnExpenditureRestsOnTheCitiesThatItBenefits(t *testing.T) {
	o := surveyOffice(t)
	report, result, err := o.service.Import(t.Context(), upload("City;Country;Member since\nNantes;France;2020-01-01\n"),
		imports.Options{Kind: "members"}, intake.All, "")
	if err != nil || result.Rows.Create != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	o.wantSpent("2025-03-01;fund/1.2;10;USD;Travel;Ana;;Dakar, Nantes;;;;R1;;;\n", intake.Counts{Read: 1, Create: 1}, "")
	_, err = o.service.Undo(t.Context(), imports.UndoOrder{Import: report.Import, Mode: intake.All})
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != "UNDO_REFUSED" {
		t.Errorf("%v", err)
	}
}

func TestRatesThatSpendingWasConvertedAtAreKeptByAnUndo(t *testing.T) {
	o := surveyOffice(t)
	rates, _, err := o.service.Import(t.Context(), upload("Month;Currency;Rate\n2025-03;EUR;0.925\n"), imports.Options{Kind: "rates"}, intake.All, "")
	if err != nil {
		t.Fatal(err)
	}
	o.wantSpent("2025-03-01;fund/1.2;100;EUR;Travel;Ana;;;;;;R1;;;\n", intake.Counts{Read: 1, Create: 1}, "")
	_, err = o.service.Undo(t.Context(), imports.UndoOrder{Import: rates.Import, Mode: intake.All})
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != "UNDO_REFUSED" {
		t.Errorf("%v", err)
	}
}
