package fund_test

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

func spent(reference, payee string, minor int64) fund.Expenditure {
	return fund.Expenditure{
		Date: day("2025-03-01"), Activity: "fund/1.2", Amount: money.Amount{Minor: minor, Currency: "USD"}, Category: "travel",
		Payee: payee, Reference: reference,
	}
}

func TestAnExpenditureIsTheSameByItsReferenceOrElseByWhatItSays(t *testing.T) {
	for what, pair := range map[string][2]fund.Expenditure{
		"one voucher, corrected": {spent("PV 2025/17", "Ana", 100), spent("pv-2025-17", "Ana Ruiz", 250)},
		"one line, sent twice":   {spent("", "Ana Ruiz", 100), spent("", "ANA RUÍZ", 100)},
	} {
		if pair[0].ID() != pair[1].ID() || pair[0].Year() != "2025" {
			t.Errorf("%s: %s and %s", what, pair[0].ID(), pair[1].ID())
		}
	}
	other := spent("", "Ana Ruiz", 100)
	other.Category = "staff"
	for what, pair := range map[string][2]fund.Expenditure{
		"two vouchers":   {spent("PV 17", "Ana", 100), spent("PV 18", "Ana", 100)},
		"two amounts":    {spent("", "Ana", 100), spent("", "Ana", 101)},
		"two categories": {spent("", "Ana Ruiz", 100), other},
	} {
		if pair[0].ID() == pair[1].ID() {
			t.Errorf("%s are one", what)
		}
	}
}

func TestAPayeesIdentifierNamesNobody(t *testing.T) {
	name := fund.PayeeID("", "Ana Ruiz, Calle Mayor 1")
	for _, word := range []string{"ana", "ruiz", "calle", "mayor"} {
		if strings.Contains(strings.ToLower(name), word) {
			t.Errorf("%s tells %q", name, word)
		}
	}
	if again := fund.PayeeID("", "ANA RUIZ, CALLE MAYOR 1"); again != name {
		t.Errorf("%s and %s", name, again)
	}
	if number := fund.PayeeID("V-1042", "Ana Ruiz"); number != "contact#v-1042" {
		t.Errorf("by its number %s", number)
	}
}

func TestR_FUN_9_AnExpenditureIsWorthItsAmountAtItsRate(t *testing.T) {
	e := spent("", "Ana", 10_000)
	own, err := e.Worth(money.ISO("USD"))
	if err != nil || own != usd(100) {
		t.Errorf("in the fund's own currency %+v, %v", own, err)
	}
	e.Amount.Currency = "EUR"
	if _, err := e.Worth(money.ISO("USD")); err == nil {
		t.Error("without a rate it has a worth")
	}
	e.Rate, _ = money.ParseRate("1.1")
	if got, err := e.Worth(money.ISO("USD")); err != nil || got != usd(110) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestABeneficiaryIsInACountry(t *testing.T) {
	for _, beneficiary := range []string{"CM#bafoussam", "CM"} {
		if got := fund.BeneficiaryCountry(beneficiary); got != "CM" {
			t.Errorf("%s is in %s", beneficiary, got)
		}
	}
}

func TestANarrativeIsToldInTheLanguageItWasWrittenIn(t *testing.T) {
	r := fund.Result{Activity: "fund/1.2", Term: "2025-2027", Text: locale.Text{FR: "Deux ateliers", ES: "Dos talleres"}}
	for lang, want := range map[locale.Lang]string{locale.FR: "Deux ateliers", locale.ES: "Dos talleres", locale.EN: "Deux ateliers"} {
		text, written := r.Narrative(lang)
		if text != want || (lang == locale.EN) != (written != lang) {
			t.Errorf("%s: %q in %s", lang, text, written)
		}
	}
	if text, _ := (fund.Result{}).Narrative(locale.EN); text != "" {
		t.Errorf("nothing written, and %q told", text)
	}
}
