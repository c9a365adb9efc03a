package fund_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
)

var edition = programme.Current()

func given(donorType, amount, currency, rate, earmark string) fund.Contribution {
	c := fund.Contribution{Donor: "A donor", DonorType: donorType, Earmark: earmark, ReceivedOn: day("2025-03-01")}
	var err error
	if c.Amount, err = money.Parse(amount, money.ISO(currency)); err != nil {
		panic(err)
	}
	if rate != "" {
		if c.Rate, err = money.ParseRate(rate); err != nil {
			panic(err)
		}
	}
	return c
}

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func usd(dollars int64) money.Amount { return money.Amount{Minor: dollars * 100, Currency: "USD"} }

func sum(t *testing.T, contributions ...fund.Contribution) fund.Received {
	t.Helper()
	r, err := fund.Sum(edition, slices.Values(contributions))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestR_FUN_6_MoneyIsReceivedTowardsItsActivityAndArea(t *testing.T) {
	r := sum(t,
		given(fund.Company, "1000", "USD", "", "fund/2.1"),
		given(fund.Foundation, "500", "USD", "", "fund/2.4"),
		given(fund.Foundation, "250", "USD", "", ""),
		given(fund.Company, "40", "USD", "", "fund/3"),
	)
	for _, a := range r.Activities {
		want := map[string]int64{"fund/2.1": 1000, "fund/2.4": 500}[a.Activity.Code]
		if a.Received != usd(want) {
			t.Errorf("%s received %v, want %d", a.Activity.Code, a.Received, want)
		}
	}
	for _, a := range r.Areas {
		want := map[int]int64{2: 1500, 3: 40}[a.Area.Number]
		if a.Received != usd(want) {
			t.Errorf("area %d received %v, want %d", a.Area.Number, a.Received, want)
		}
	}
	if r.Total != usd(1790) || r.Earmarked != usd(1500) || r.Unearmarked != usd(290) || r.Count != 4 {
		t.Errorf("%d contributions: %v, earmarked %v, unearmarked %v", r.Count, r.Total, r.Earmarked, r.Unearmarked)
	}
}

func TestR_FUN_9_OtherCurrenciesAreConvertedAtTheirStatedRate(t *testing.T) {
	r := sum(t,
		given(fund.MemberCity, "10000", "EUR", "1.0825", ""),
		given(fund.MemberCity, "0.05", "EUR", "1.1", ""),       // 0.055 is rounded away from zero
		given(fund.MemberCity, "1000000", "JPY", "0.0067", ""), // a currency without decimals
	)
	if want := (money.Amount{Minor: 1082500 + 6 + 670000, Currency: "USD"}); r.Total != want {
		t.Errorf("total %v, want %v", r.Total, want)
	}
	cities := r.Sources[0]
	original := []money.Amount{{Minor: 1000005, Currency: "EUR"}, {Minor: 1000000, Currency: "JPY"}}
	if cities.Type.ID != fund.MemberCity || !reflect.DeepEqual(cities.Original, original) {
		t.Errorf("as paid: %+v", cities)
	}
}

func TestR_FUN_9_MoneyWithoutARateIsInNoSumAndNotLost(t *testing.T) {
	withoutRate := given(fund.Company, "99", "EUR", "", "fund/1.1")
	r := sum(t, withoutRate, given(fund.Company, "1", "USD", "", ""))
	if r.Total != usd(1) || len(r.Unrated) != 1 || !reflect.DeepEqual(r.Unrated[0], withoutRate) {
		t.Errorf("total %v, without rate %+v", r.Total, r.Unrated)
	}
	if _, err := withoutRate.Worth(money.ISO("USD")); !errors.Is(err, fund.ErrNoRate) {
		t.Errorf("got %v", err)
	}
}

func TestR_FUN_4_EverySourceHasItsLineEvenWhenItGaveNothing(t *testing.T) {
	r := sum(t)
	if len(r.Sources) != 4 || len(r.Activities) != 7 || len(r.Areas) != 3 || !r.Total.IsZero() || r.Total.Currency != "USD" {
		t.Errorf("nothing received: %+v", r)
	}
}

func TestAnEarmarkOrDonorTypeThatIsUnknownIsNotDropped(t *testing.T) {
	for _, c := range []fund.Contribution{
		given(fund.Company, "1", "USD", "", "fund/9.9"), given("church", "1", "USD", "", ""),
	} {
		if _, err := fund.Sum(edition, slices.Values([]fund.Contribution{c})); err == nil {
			t.Errorf("%+v was summed", c)
		}
	}
}

func TestSumsAgreeWhicheverWayTheyAreTaken(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 9))
	types := []string{fund.MemberCity, fund.DonorCountry, fund.Company, fund.Foundation}
	earmarks := []string{"", "fund/1.1", "fund/1.2", "fund/2.1", "fund/3.1"}
	for range 50 {
		var contributions []fund.Contribution
		for range random.IntN(40) {
			c := given(types[random.IntN(4)], "1", "EUR", "1.0825", earmarks[random.IntN(5)])
			c.Amount.Minor = 1 + random.Int64N(1e9)
			contributions = append(contributions, c)
		}
		r := sum(t, contributions...)
		bySource, byActivity, byArea := int64(0), r.Unearmarked.Minor, r.Unearmarked.Minor
		for _, s := range r.Sources {
			bySource += s.Received.Minor
		}
		for _, a := range r.Activities {
			byActivity += a.Received.Minor
		}
		for _, a := range r.Areas {
			byArea += a.Received.Minor
		}
		if bySource != r.Total.Minor || byActivity != r.Total.Minor || byArea != r.Total.Minor {
			t.Fatalf("total %d, by source %d, by activity %d, by area %d", r.Total.Minor, bySource, byActivity, byArea)
		}
	}
}

func TestTheSameBankLineIsTheSameContribution(t *testing.T) {
	base := given(fund.Company, "100", "USD", "", "")
	base.Reference = "TRX 2025/00042"
	spelled := base
	spelled.Reference, spelled.Donor, spelled.Remarks = "trx-2025-00042", "A. Donor Ltd", "second notice"
	if base.ID() != spelled.ID() {
		t.Errorf("%s and %s", base.ID(), spelled.ID())
	}
	other := base
	other.Reference = "TRX 2025/00043"
	if base.ID() == other.ID() {
		t.Error("another reference is the same contribution")
	}
}

func TestWithoutAReferenceDonorDateAmountAndCurrencyTell(t *testing.T) {
	base := given(fund.Company, "100", "USD", "", "")
	same := base
	same.Donor, same.Remarks, same.Earmark = "a DONOR", "again", "fund/1.1"
	if base.ID() != same.ID() {
		t.Error("spelling and remarks make another contribution")
	}
	for what, change := range map[string]func(*fund.Contribution){
		"donor":    func(c *fund.Contribution) { c.Donor = "Another" },
		"date":     func(c *fund.Contribution) { c.ReceivedOn = c.ReceivedOn.AddDays(1) },
		"amount":   func(c *fund.Contribution) { c.Amount.Minor++ },
		"currency": func(c *fund.Contribution) { c.Amount.Currency = "EUR" },
	} {
		changed := base
		change(&changed)
		if changed.ID() == base.ID() {
			t.Errorf("another %s is the same contribution", what)
		}
	}
	if base.Year() != "2025" {
		t.Errorf("year %s", base.Year())
	}
}

func TestR_FUN_5_AfricaIsCountedInBothOfItsMeanings(t *testing.T) {
	// Egypt is on the continent and in UNESCO's Arab States; Senegal is in both Africas; Afghanistan is low-income.
	f := fund.FocusOf([]string{"EG", "SN", "SN", "AF", "FR", "??"}, reference.Load())
	if f.Cities != 6 || f.Region != 2 || f.Continent != 3 || f.LowIncome != 1 || f.UnknownCountry != 1 {
		t.Errorf("%+v", f)
	}
	if f.RegionOrLow != 3 || f.ContinentOrLow != 4 {
		t.Errorf("%+v", f)
	}
}
