package statement_test

import (
	"errors"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/trust"
)

const korea, brest = "donor_country#KR", "member_city#FR#brest"

// story is the fund of two donors in two terms: Korea gave 1,000.00 in won, and 600.00 for activity 1.1; Brest gave 400.00 in the second term.
func story(t *testing.T) *books {
	b := &books{t: t}
	rate, err := money.ParseRate("0.0008")
	if err != nil {
		t.Fatal(err)
	}
	b.must(b.do(trust.Deposit, "2022-03-01", 100_000, func(e *trust.Event) {
		e.Donor, e.Agreement = korea, "kor-1"
		e.Original = &ledger.Original{
			Amount: money.Amount{Minor: 1_250_000, Currency: "KRW"}, Rate: rate, RateDate: day("2022-03-01"), RateSource: "UN",
		}
	}))
	b.must(b.do(trust.Allocation, "2022-05-01", 50_000, towards("fund/2.1")))
	b.must(b.do(trust.Expenditure, "2022-06-01", 30_000, towards("fund/2.1", "SN#dakar", "FR#brest")))
	b.must(b.do(trust.Deposit, "2023-11-02", 60_000, func(e *trust.Event) { e.Donor, e.Earmark = korea, "fund/1.1" }))
	b.must(b.do(trust.Deposit, "2023-11-03", 70_000, of(brest)))
	b.must(b.do(trust.Deposit, "2023-12-01", 40_000, of(brest)))
	b.must(b.do(trust.Allocation, "2024-01-01", 60_000, towards("fund/1.1")))
	b.must(b.do(trust.Expenditure, "2024-02-01", 45_000, func(e *trust.Event) {
		e.Activity, e.Category, e.Beneficiary = "fund/1.1", "travel", []string{"TD", "EG#cairo", "EG#giza"}
	}))
	b.must(b.do(trust.Earned, "2024-03-01", 1_250, nil))
	b.must(b.do(trust.SupportCost, "2024-04-01", 5_000, of(brest)))
	b.must(b.reverse(b.entries[4], day("2024-05-01"))) // the 700.00 had been entered by mistake
	return b
}

func term(t *testing.T, id string) statement.Period {
	t.Helper()
	p, ok := statement.OfTerm(programme.Current(), id)
	if !ok {
		t.Fatal(id)
	}
	return p
}

func TestAStatementSaysWhatBecameOfADonorsMoney(t *testing.T) {
	b := story(t)
	in := b.input()
	in.Head.Link = ledger.Link{Number: 9, Hash: "abc"}
	in.ClosedTo = day("2025-12-31")
	in.Donors = map[string]fund.Donor{korea: {ID: korea, Type: fund.DonorCountry, Name: "Republic of Korea", Country: "KR"}}
	f, err := statement.Compute(in, term(t, "2023-2025"), korea)
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.Statement(statement.Order{Donor: korea})
	if err != nil {
		t.Fatal(err)
	}
	if s.Status != statement.Provisional || s.Version != 1 || !s.Closed || s.Head != (statement.Head{Batch: 9, Hash: "abc", Entries: 11}) ||
		s.Since != day("2022-03-01") || s.Prior != term(t, "2021-2023") || s.Donor.Name != "Republic of Korea" || len(s.Digest) != 64 {
		t.Errorf("%+v", s)
	}
	interest := s.Figures.Of(statement.Interest).Period
	for line, want := range map[statement.Line]statement.Columns{
		statement.Opening:  {Period: 70_000},
		statement.Received: {Period: 60_000, Prior: 100_000, Cumulative: 160_000},
		statement.Spent:    {Period: -45_000, Prior: -30_000, Cumulative: -75_000},
		statement.Support:  {},
		statement.Closing:  {Period: 85_000 + interest, Prior: 70_000, Cumulative: 85_000 + interest},
	} {
		if got := s.Figures.Of(line); got != want {
			t.Errorf("%s: %v, want %v", line, got, want)
		}
	}
	if other := f.Donors[1]; f.Donors[1].Donor != brest || other.Figures.Of(statement.Support).Period != -5_000 ||
		other.Figures.Of(statement.Received).Period != 40_000 || interest <= 0 || interest >= 1_250 {
		t.Errorf("interest %d; %+v", interest, other)
	}
	if row := s.Spending[0]; row.Activity.Code != "fund/1.1" || row.Donor.Period != 45_000 || row.Earmarked.Period != 60_000 || row.Area.Number != 1 {
		t.Errorf("%+v", row)
	}
	if row := s.Budget[0]; row.Term != "2023-2025" || row.Planned != 20_000_000 || row.InTerm != 45_000 || row.Open != 20_000_000-45_000 ||
		row.Allocated.Period != 60_000 || row.Unspent.Period != 15_000 || row.Donor.Period != 45_000 {
		t.Errorf("%+v", row)
	}
	if !slices.Equal(s.Categories, []statement.Category{
		{Code: "", Fund: statement.Columns{Prior: 30_000, Cumulative: 30_000}},
		{Code: "travel", Fund: statement.Columns{Period: 45_000, Cumulative: 45_000}},
	}) {
		t.Errorf("%+v", s.Categories)
	}
}

func TestR_FUN_5_AStatementShowsTheFocusInEachOfItsMeanings(t *testing.T) {
	f := story(t).compute(term(t, "2023-2025"))
	s, err := f.Statement(statement.Order{Donor: korea})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]statement.Columns{}
	for _, row := range s.Beneficiaries {
		got[row.Country] = row.Donor
	}
	if want := map[string]statement.Columns{
		"EG": {Period: 30_000, Cumulative: 30_000}, "TD": {Period: 15_000, Cumulative: 15_000}, "FR": {Prior: 15_000, Cumulative: 15_000},
		"SN": {Prior: 15_000, Cumulative: 15_000},
	}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if cities := s.Beneficiaries[0].Cities; !slices.Equal(cities, []string{"EG#cairo", "EG#giza"}) {
		t.Errorf("Egypt's cities are %v", cities)
	}
	// Egypt is on the continent and among UNESCO's Arab States; Chad is in UNESCO's Africa and of low income.
	for i, want := range []int64{30_000, 60_000, 15_000, 30_000, 60_000} {
		if row := s.Focus[i]; row.Measure != statement.Measures[i] || row.Donor.Cumulative != want || row.DonorBase.Cumulative != 75_000 {
			t.Errorf("%+v, want %d", row, want)
		}
	}
}

func TestContributionsAreListedWithWhatWasPaidAndWhatWasTakenBack(t *testing.T) {
	f := story(t).compute(term(t, "2023-2025"), korea, brest)
	s, err := f.Statement(statement.Order{Donor: brest})
	if err != nil {
		t.Fatal(err)
	}
	if c := s.Contributions; len(c) != 3 || !c[0].TakenBack || c[1].TakenBack || c[2].Amount != -70_000 || c[2].Paid.Minor != -70_000 ||
		c[2].Entry.Reverses != c[0].Entry.ID || c[0].Column != statement.InPeriod {
		t.Errorf("%+v", c)
	}
	s, err = f.Statement(statement.Order{Donor: korea})
	if err != nil {
		t.Fatal(err)
	}
	if c := s.Contributions; len(c) != 2 || c[0].Paid != (money.Amount{Minor: 1_250_000, Currency: "KRW"}) || c[0].Amount != 100_000 ||
		c[0].Column != statement.InPrior || c[0].Agreement != "kor-1" || c[1].Earmark != "fund/1.1" || c[0].Entry.Source.Request != "r" {
		t.Errorf("%+v", c)
	}
}

func TestR_FUN_8_PledgesAreAMemorandumBesideWhatCameForThem(t *testing.T) {
	b := story(t)
	in := b.input()
	won := func(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "KRW"} }
	promise := func(number int, minor int64, due string) fund.Instalment {
		return fund.Instalment{
			Agreement: "KOR 1", Donor: "Korea", DonorType: fund.DonorCountry, Country: "KR", Pledged: won(2_000_000), SignedOn: day("2022-01-15"),
			Number: number, Amount: won(minor), DueOn: day(due),
		}
	}
	norway := promise(1, 500_000, "2030-01-01")
	norway.Agreement, norway.Country, norway.Pledged = "NOR 7", "NO", won(500_000)
	in.Pledges = []fund.Instalment{promise(2, 1_000_000, "2023-01-31"), promise(1, 1_000_000, "2022-02-28"), norway}
	f, err := statement.Compute(in, term(t, "2023-2025"), korea)
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.Statement(statement.Order{Donor: korea})
	if err != nil {
		t.Fatal(err)
	}
	if a := s.Agreements; len(a) != 1 || a[0].Pledged != won(2_000_000) || a[0].Covered != won(1_250_000) || a[0].Open != won(750_000) ||
		a[0].Instalments != 2 {
		t.Errorf("%+v", a)
	}
	if len(s.Instalments) != 2 {
		t.Fatalf("%+v", s.Instalments)
	}
	one, two := s.Instalments[0], s.Instalments[1]
	if one.Number != 1 || one.Open.Minor != 0 || one.Overdue || len(one.Receipts) != 1 || one.Receipts[0].Part != won(1_000_000) ||
		one.Receipts[0].Entry != b.entries[0].ID {
		t.Errorf("%+v", one)
	}
	if two.Covered != won(250_000) || !two.Overdue || len(two.Receipts) != 1 || two.Receipts[0].Part != won(250_000) {
		t.Errorf("%+v", two)
	}
	s, err = f.Statement(statement.Order{Donor: "donor_country#NO"})
	if err != nil || !s.Figures.Of(statement.Closing).IsZero() || s.Agreements[0].Open != won(500_000) || len(s.Figures.ByLine) != len(statement.Lines) {
		t.Errorf("a donor that only pledged: %v %+v", err, s)
	}
	in.Today = day("2023-12-31")
	in.Pledges[0].DueOn = day("2024-06-30")
	if f, err = statement.Compute(in, term(t, "2023-2025")); err != nil {
		t.Fatal(err)
	}
	if s, err = f.Statement(statement.Order{Donor: korea}); err != nil || s.AsOf != in.Today || s.Instalments[1].Overdue {
		t.Errorf("what isn't due yet: %v %+v", err, s.Instalments)
	}
	if _, err := f.Statement(statement.Order{Donor: "company#nobody"}); !errors.Is(err, statement.ErrDonor) {
		t.Errorf("a stranger: %v", err)
	}
}

func TestResultsAreThoseOfThePeriodsTerms(t *testing.T) {
	in := story(t).input()
	in.Results = []statement.Result{
		{Activity: "fund/2.1", Term: "2023-2025", Narrative: locale.Same("handbook")}, {Activity: "fund/1.1", Term: "2021-2023"},
		{Activity: "fund/1.1", Term: "2023-2025"}, {Activity: "fund/1.1", Term: "2025-2027"},
	}
	for period, want := range map[statement.Period][]string{
		term(t, "2023-2025"):                             {"fund/1.1 2023-2025", "fund/2.1 2023-2025"},
		{From: day("2023-01-01"), To: day("2023-12-31")}: {"fund/1.1 2021-2023", "fund/1.1 2023-2025", "fund/2.1 2023-2025"},
		{From: day("2019-10-01"), To: day("2019-12-31")}: nil,
		{From: day("2021-10-01"), To: day("2021-10-31")}: {"fund/1.1 2021-2023"},
	} {
		in.Pledges = []fund.Instalment{{DonorType: fund.DonorCountry, Country: "KR", SignedOn: day("2019-01-01")}}
		f, err := statement.Compute(in, period)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.Statement(statement.Order{Donor: korea})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range s.Results {
			got = append(got, r.Activity+" "+r.Term)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v: %v, want %v", period, got, want)
		}
	}
}

func TestThePriorPeriodIsOfTheSameLength(t *testing.T) {
	for _, c := range []struct{ period, want statement.Period }{
		{term(t, "2023-2025"), term(t, "2021-2023")},
		{term(t, "2019-2021"), statement.Period{From: day("2017-10-01"), To: day("2019-09-30")}},
		{statement.Period{From: day("2024-01-01"), To: day("2024-12-31")}, statement.Period{From: day("2023-01-01"), To: day("2023-12-31")}},
		{statement.Period{From: day("2024-03-01"), To: day("2024-03-31")}, statement.Period{From: day("2024-02-01"), To: day("2024-02-29")}},
		{statement.Period{From: day("2024-03-10"), To: day("2024-03-19")}, statement.Period{From: day("2024-02-29"), To: day("2024-03-09")}},
	} {
		if got := c.period.Before(programme.Current()); got != c.want {
			t.Errorf("before %v is %v, want %v", c.period, got, c.want)
		}
	}
	never := statement.Period{From: day("2024-02-01"), To: day("2024-01-31")}
	if _, err := statement.Compute((&books{t: t}).input(), never); !errors.Is(err, statement.ErrPeriod) {
		t.Error(err)
	}
}

func TestAFundWithoutEntriesHasNoFigures(t *testing.T) {
	f := (&books{t: t}).compute(first)
	if len(f.Donors) != 0 || !f.Since.IsZero() || !f.Total.Of(statement.Closing).IsZero() || len(f.Activities) != 7 || len(f.Focus) != 5 {
		t.Errorf("%+v", f)
	}
}

func TestInterestOnAFundWithoutMoneyIsNobodysAndInTheReconciliation(t *testing.T) {
	b := &books{t: t}
	b.must(b.do(trust.Earned, "2024-01-01", 77, nil))
	b.must(b.do(trust.Deposit, "2024-02-01", 1_000, of(korea)))
	s, err := b.compute(first).Statement(statement.Order{Donor: korea})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range s.Reconciled {
		if row.Line == statement.Interest && (row.Others.Period != 77 || row.Donor.Period != 0) {
			t.Errorf("%+v", row)
		}
	}
}

func TestEveryWordIsThereInThreeLanguages(t *testing.T) {
	texts := map[string]locale.Text{"method": statement.MethodText, "cumulative": statement.CumulativeText, "nobody": statement.NobodyText}
	for _, line := range statement.Lines {
		texts[string(line)] = line.Text()
	}
	for _, measure := range statement.Measures {
		texts[string(measure)] = measure.Text()
	}
	for _, column := range []statement.Column{statement.InPeriod, statement.InPrior, statement.Earlier} {
		texts[string(column)] = column.Text()
	}
	for _, reach := range []statement.Reach{statement.ReachCountry, statement.ReachUnnamed, statement.ReachCorrected} {
		texts[string(reach)] = reach.Text()
	}
	for _, status := range []statement.Status{statement.Provisional, statement.Final} {
		texts[string(status)] = status.Text()
	}
	for _, d := range statement.Definitions() {
		texts[d.Key+" term"], texts[d.Key+" text"] = d.Term, d.Text
	}
	for key, text := range texts {
		if missing := text.Missing(); len(missing) > 0 {
			t.Errorf("%s lacks %v", key, missing)
		}
	}
}

// A donor of very many gifts has them in every sum, and the latest in the list.
func TestOfVeryManyContributionsTheLatestAreListed(t *testing.T) {
	const gifts = 2*statement.MaxContributions + 5_000
	who := trust.Who{At: at, Source: ledger.Source{Request: "r", Person: "anna"}}
	in := (&books{t: t}).input()
	in.Entries = func(yield func(ledger.Entry, error) bool) {
		for i := range gifts {
			who.ID = strconv.Itoa(i)
			e := trust.Event{Kind: trust.Deposit, Date: first.From.AddDays(i / 1000), Amount: money.Amount{Minor: 7, Currency: "USD"}, Donor: korea}
			if !yield(e.Entry(who), nil) {
				return
			}
		}
	}
	f, err := statement.Compute(in, first, korea)
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.Statement(statement.Order{Donor: korea})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Figures.Of(statement.Received).Period; got != 7*gifts {
		t.Error(got)
	}
	if n := len(s.Contributions); n != statement.MaxContributions || s.LeftOut != gifts-n || s.Contributions[n-1].Entry.ID != strconv.Itoa(gifts-1) {
		t.Errorf("%d listed, %d left out", n, s.LeftOut)
	}
}

func TestFaultsOfTheEntriesEndTheComputing(t *testing.T) {
	fault := errors.New("the table is away")
	in := (&books{t: t}).input()
	in.Entries = func(yield func(ledger.Entry, error) bool) { yield(ledger.Entry{}, fault) }
	if _, err := statement.Compute(in, first); !errors.Is(err, fault) {
		t.Error(err)
	}
	b := story(t)
	slices.Reverse(b.entries)
	in.Entries = func(yield func(ledger.Entry, error) bool) {
		for _, e := range b.entries {
			if !yield(e, nil) {
				return
			}
		}
	}
	if _, err := statement.Compute(in, term(t, "2023-2025")); !errors.Is(err, trust.ErrOrder) {
		t.Error(err)
	}
}

func TestBooksThatAreNotInOrderGiveNoStatement(t *testing.T) {
	b := story(t)
	off := b.entries[0]
	off.Postings = slices.Clone(off.Postings)
	for i, p := range off.Postings {
		if p.Account == trust.Contributions || p.Account == trust.Changes {
			off.Postings[i].Minor -= p.Minor / 10
		}
	}
	if err := off.Check(); err != nil {
		t.Fatal(err)
	}
	b.entries[0] = off
	if _, err := statement.Compute(b.input(), term(t, "2023-2025")); !errors.Is(err, statement.ErrReconcile) {
		t.Error(err)
	}
}

// A payment for Senegal is taken back in the next period, in which there was one for France: less than nothing reached Senegal then. Where
// that is most of what was paid, it is in proportion to nothing.
func TestWhatWasTakenBackOfAnEarlierPeriodCountsWhereItWent(t *testing.T) {
	for france, want := range map[int64]map[string][2]statement.Columns{
		700: {
			"countryFR": {{Period: 700, Cumulative: 700}, {Period: 700, Cumulative: 700}},
			"countrySN": {{Period: -300, Prior: 300}, {Period: -300, Prior: 300}},
		},
		400: {
			"countryFR": {{Cumulative: 400}, {Period: 400, Cumulative: 400}},
			"countrySN": {{Prior: 300}, {Period: -300, Prior: 300}},
			"corrected": {{Period: 100}, {}},
		},
	} {
		b := &books{t: t}
		b.must(b.do(trust.Deposit, "2024-01-01", 1_000, of(korea)))
		b.must(b.do(trust.Allocation, "2024-01-02", 1_000, towards("fund/1.1")))
		b.must(b.do(trust.Expenditure, "2024-02-01", 300, towards("fund/1.1", "SN")))
		b.must(b.do(trust.Expenditure, "2024-08-01", france, towards("fund/1.1", "FR")))
		b.must(b.reverse(b.entries[2], day("2024-09-01")))
		s, err := b.compute(second).Statement(statement.Order{Donor: korea})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string][2]statement.Columns{}
		for _, row := range s.Beneficiaries {
			got[string(row.Kind)+row.Country] = [2]statement.Columns{row.Donor, row.Fund}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}
