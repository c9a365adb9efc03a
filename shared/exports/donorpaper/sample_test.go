package donorpaper_test

import (
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/donorpaper"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/trust"
)

var edition = programme.Current()

func day(t *testing.T, text string) civil.Date {
	t.Helper()
	d, err := civil.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// dangerous is a text that a spreadsheet program would run.
const dangerous = `=HYPERLINK("x";"y")`

// entry is a deposit of the donor in won, from a cell.
func entry(t *testing.T, n int) ledger.Entry {
	t.Helper()
	rate, err := money.ParseRate("1186.68")
	if err != nil {
		t.Fatal(err)
	}
	return ledger.Entry{
		ID: fmt.Sprintf("imp-7#%04d", n), Kind: string(trust.Deposit), Date: day(t, "2020-03-15"),
		Original: &ledger.Original{
			Amount: money.Amount{Minor: 59_334_000, Currency: "KRW"}, Rate: rate.Inverse(), RateDate: day(t, "2020-03-01"),
			RateSource: "UN operational rates",
		},
		Source: ledger.Source{
			Import: "imp-7", File: strings.Repeat("ab", 32), Sheet: "Dépôts", Cell: fmt.Sprintf("D%d", n+5), Value: dangerous, Person: "p-1",
		},
	}
}

// sample is a statement with something in every section; its sums are not those of books.
func sample(t *testing.T) *statement.Statement {
	t.Helper()
	usd := money.ISO("USD")
	won := func(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "KRW"} }
	s := &statement.Statement{
		Status: statement.Final, Version: 2, IssuedOn: day(t, "2022-01-20"),
		Donor:  fund.Donor{ID: "donor_country#KR", Type: fund.DonorCountry, Name: "Ministère de l’éducation – 교육부", Country: "KR"},
		Period: statement.Period{From: day(t, "2019-10-01"), To: day(t, "2021-09-30"), Term: "2019-2021"},
		Prior:  statement.Period{From: day(t, "2017-10-01"), To: day(t, "2019-09-30")},
		Since:  day(t, "2019-01-07"), Closed: true, Currency: usd,
		Head:   statement.Head{Batch: 17, Hash: ledger.Hash(strings.Repeat("3f9a", 16)), Entries: 204},
		Digest: strings.Repeat("77", 32),
		Figures: statement.Figures{ByLine: map[statement.Line]statement.Columns{
			statement.Received: {Period: 5_000_000, Prior: 100, Cumulative: 5_000_100}, statement.Spent: {Period: -1_234_567, Cumulative: -1_234_567},
			statement.Closing: {Period: 3_765_533, Prior: 100, Cumulative: 3_765_533},
		}},
		Agreements: []statement.Agreement{{Key: "kor-1", Number: "KOR/1", SignedOn: day(t, "2020-01-10"), Pledged: won(100_000_000), Instalments: 2,
			Covered: won(59_334_000), Open: won(40_666_000)}},
		Instalments: []statement.Instalment{
			{Instalment: fund.Instalment{Agreement: "KOR/1", Number: 1, Amount: won(50_000_000), DueOn: day(t, "2020-03-31")}, Covered: won(50_000_000), Open: won(0),
				Receipts: []statement.Receipt{{Entry: "imp-7#0001", On: day(t, "2020-03-15"), Part: won(50_000_000)}}},
			{Instalment: fund.Instalment{Agreement: "KOR/1", Number: 2, Amount: won(50_000_000), DueOn: day(t, "2021-03-31")}, Covered: won(9_334_000),
				Open: won(40_666_000), Overdue: true},
		},
		Contributions: []statement.Contribution{{Entry: entry(t, 1), Paid: won(59_334_000), Amount: 5_000_000, Agreement: "kor-1", Number: "1",
			Earmark: "fund/1.1", Column: statement.InPeriod}},
		Beneficiaries: []statement.Beneficiary{
			{Kind: statement.ReachCountry, Country: "SN", Name: locale.Text{EN: "Senegal", FR: "Sénégal", ES: "Senegal"}, Cities: []string{"SN#dakar"},
				Donor: statement.Columns{Period: 1_000_000, Cumulative: 1_000_000}, Region: true, Continent: true},
			{Kind: statement.ReachCountry, Country: "MX", Name: locale.Text{EN: "Mexico", FR: "Mexique", ES: "México"}, Fund: statement.Columns{Period: 5}},
			{Kind: statement.ReachUnnamed, Name: statement.ReachUnnamed.Text(), Donor: statement.Columns{Period: 234_567, Cumulative: 234_567}},
		},
		Categories: []statement.Category{{Code: "", Fund: statement.Columns{Period: 2_000_000}}},
		Results: []statement.Result{{Activity: "fund/1.1", Term: "2019-2021", Narrative: locale.Text{FR: "Douze modules ont été publiés."},
			Figures: []statement.Measured{{Label: locale.Text{EN: "Modules", FR: "Modules", ES: "Módulos"}, Value: "12"}}}},
		Definitions: []statement.Definition{{Key: "opening", Term: statement.Opening.Text(),
			Text: locale.Text{EN: "What was there before.", FR: "Ce qui était là avant.", ES: "Lo que había antes."}}},
	}
	for _, a := range edition.Fund.Activities {
		area := edition.Fund.Areas[a.Area-1]
		spent := statement.Columns{Period: 100_000, Cumulative: 100_000}
		s.Spending = append(s.Spending, statement.Spending{Activity: a, Area: area, Donor: spent, Fund: spent.Plus(spent)})
		s.Budget = append(s.Budget, statement.Budget{Activity: a, Area: area, Term: "2019-2021", Planned: a.Planned.Minor, InTerm: 200_000,
			Open: a.Planned.Minor - 200_000, Allocated: statement.Columns{Cumulative: 300_000}, Spent: spent.Plus(spent), Donor: spent})
	}
	for _, m := range statement.Measures {
		s.Focus = append(s.Focus, statement.Focus{Measure: m, Name: m.Text(), Donor: statement.Columns{Period: 1_000_000, Cumulative: 1_000_000},
			DonorBase: statement.Columns{Period: 3_000_000, Cumulative: 3_000_000}})
	}
	for _, line := range statement.Lines {
		own := s.Figures.Of(line)
		s.Reconciled = append(s.Reconciled, statement.Reconciled{Line: line, Donor: own, Others: own, Fund: own.Plus(own)})
	}
	return s
}

// transactions are so many, each of -1.00 for activity 1.1.
func transactions(t *testing.T, count int) iter.Seq2[statement.Transaction, error] {
	return func(yield func(statement.Transaction, error) bool) {
		for n := range count {
			e := ledger.Entry{ID: fmt.Sprintf("exp-%05d", n), Date: day(t, "2020-06-01"), Source: ledger.Source{Request: "r-1", Person: "p-1"}}
			tx := statement.Transaction{Entry: e, Event: trust.Event{Activity: "fund/1.1"}, Line: statement.Spent, Minor: -100}
			if !yield(tx, nil) {
				return
			}
		}
	}
}

func input(t *testing.T, lang locale.Lang, count int) donorpaper.Input {
	t.Helper()
	return donorpaper.Input{
		Statement: sample(t), Transactions: transactions(t, count), Programme: edition, Reference: reference.Load(), Lang: lang,
		City: func(id string) string { return map[string]string{"SN#dakar": "Dakar"}[id] },
	}
}
