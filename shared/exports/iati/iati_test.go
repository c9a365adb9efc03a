package iati_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	standard "github.com/learning-cities/guildhall/infra/iati"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/iati"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/trust"
)

func day(t *testing.T, text string) civil.Date {
	t.Helper()
	d, err := civil.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func usd(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "USD"} }

// books are entries of every kind, in the order of their days.
func books(t *testing.T) []ledger.Entry {
	t.Helper()
	rate, err := money.ParseRate("1186.68")
	if err != nil {
		t.Fatal(err)
	}
	var entries []ledger.Entry
	add := func(id, on string, event trust.Event) {
		event.Date = day(t, on)
		entries = append(entries, event.Entry(trust.Who{ID: id, At: time.Now(), Source: ledger.Source{Request: id, Person: "p"}}))
	}
	add("d1", "2020-03-15", trust.Event{Kind: trust.Deposit, Amount: usd(5_000_000), Donor: "donor_country#KR", ValueDate: day(t, "2020-03-14"),
		Original: &ledger.Original{Amount: money.Amount{Minor: 59_334_000, Currency: "KRW"}, Rate: rate.Inverse(), RateDate: day(t, "2020-03-01"),
			RateSource: "UN <operational> rates"}})
	add("d2", "2020-03-16", trust.Event{Kind: trust.Deposit, Amount: usd(100_000), Donor: "member_city#FR#brest", ValueDate: day(t, "2030-01-01")})
	add("i1", "2020-03-31", trust.Event{Kind: trust.Earned, Amount: usd(1_234)})
	add("x1", "2020-03-31", trust.Event{Kind: trust.ExchangeDiff, Amount: usd(-200)})
	add("s1", "2020-04-01", trust.Event{Kind: trust.SupportCost, Amount: usd(7_000), Donor: "donor_country#KR"})
	add("a1", "2020-04-02", trust.Event{Kind: trust.Allocation, Amount: usd(1_000_000), Activity: "fund/1.1"})
	add("a2", "2020-04-03", trust.Event{Kind: trust.Deallocation, Amount: usd(300), Activity: "fund/1.1"})
	add("e1", "2020-05-01", trust.Event{Kind: trust.Expenditure, Amount: usd(100_001), Activity: "fund/1.1", Payee: "contact-secret",
		Category: "travel", Beneficiary: []string{"SN#dakar", "SN#thies", "ML"}})
	add("e2", "2020-05-02", trust.Event{Kind: trust.Expenditure, Amount: usd(50), Activity: "fund/1.1"})
	back := entries[len(entries)-1]
	back.ID, back.Reverses, back.Date = "e3", "e2", day(t, "2020-05-03")
	back.Postings = nil
	for _, p := range entries[len(entries)-1].Postings {
		back.Postings = append(back.Postings, ledger.Posting{Account: p.Account, Minor: -p.Minor})
	}
	entries = append(entries, back)
	add("r1", "2020-06-01", trust.Event{Kind: trust.Refund, Amount: usd(400), Donor: "member_city#FR#brest"})
	add("late", "2031-01-01", trust.Event{Kind: trust.Earned, Amount: usd(1)})
	return entries
}

func each(entries []ledger.Entry) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func input(t *testing.T) iati.Input {
	t.Helper()
	return iati.Input{
		Programme: programme.Current(), Reference: reference.Load(), Entries: each(books(t)),
		Donors: map[string]fund.Donor{
			"donor_country#KR":     {ID: "donor_country#KR", Type: fund.DonorCountry, Name: "Republic of Korea & friends", Country: "KR"},
			"member_city#FR#brest": {ID: "member_city#FR#brest", Type: fund.MemberCity, Name: "Ville de Brest", Country: "FR"},
		},
		Pledges: []fund.Instalment{
			{Agreement: "KOR/1", Number: 1, DonorType: fund.DonorCountry, Country: "KR", SignedOn: day(t, "2020-01-10"),
				Pledged: money.Amount{Minor: 100_000_000, Currency: "KRW"}, Amount: money.Amount{Minor: 60_000_000, Currency: "KRW"}},
			{Agreement: "KOR/1", Number: 2, DonorType: fund.DonorCountry, Country: "KR", SignedOn: day(t, "2020-01-10"),
				Pledged: money.Amount{Minor: 100_000_000, Currency: "KRW"}, Amount: money.Amount{Minor: 40_000_000, Currency: "KRW"}},
		},
		Results: []statement.Result{
			{Activity: "fund/1.1", Term: programme.Current().Terms[0].ID, Narrative: locale.Text{FR: "Douze modules\nont été publiés."},
				Figures: []statement.Measured{{Label: locale.Text{EN: "Modules", FR: "Modules", ES: "Módulos"}, Value: "12"}}},
			{Activity: "fund/1.2", Term: programme.Current().Terms[0].ID, Narrative: locale.Text{EN: "Two workshops."}},
		},
		At: time.Date(2025, 10, 20, 9, 0, 0, 0, time.UTC), Today: day(t, "2025-10-20"),
	}
}

func written(t *testing.T, in iati.Input) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := iati.Write(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheFileIsRightByTheStandard(t *testing.T) {
	in := input(t)
	empty := in
	empty.Entries, empty.Pledges, empty.Results, empty.Donors = each(nil), nil, nil, nil
	for name, file := range map[string][]byte{"of the fund": written(t, in), "of a fund without entries": written(t, empty)} {
		for _, fault := range standard.Faults(t, file, in.Today) {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

// read is as much of an activity file as these tests look at.
type read struct {
	Activities []struct {
		ID           string `xml:"iati-identifier"`
		Transactions []struct {
			Ref  string `xml:"ref,attr"`
			Type struct {
				Code string `xml:"code,attr"`
			} `xml:"transaction-type"`
			Value struct {
				Currency string `xml:"currency,attr"`
				Date     string `xml:"value-date,attr"`
				Amount   string `xml:",chardata"`
			} `xml:"value"`
			Provider struct {
				Type      string `xml:"type,attr"`
				Narrative string `xml:"narrative"`
			} `xml:"provider-org"`
			Country struct {
				Code string `xml:"code,attr"`
			} `xml:"recipient-country"`
		} `xml:"transaction"`
		Budgets []struct {
			Value string `xml:"value"`
		} `xml:"budget"`
	} `xml:"iati-activity"`
}

func parsed(t *testing.T, file []byte) read {
	t.Helper()
	var out read
	if err := xml.Unmarshal(file, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func minor(t *testing.T, amount string) int64 {
	t.Helper()
	a, err := money.Parse(amount, money.ISO("USD"))
	if err != nil {
		t.Fatal(err)
	}
	return a.Minor
}

func TestTransactionsAddUpToTheBooks(t *testing.T) {
	sums := map[string]int64{} // by activity and type
	for _, a := range parsed(t, written(t, input(t))).Activities {
		for _, tx := range a.Transactions {
			if tx.Value.Currency == "USD" {
				sums[strings.TrimPrefix(a.ID, iati.FundID)+" "+tx.Type.Code] += minor(t, tx.Value.Amount)
			}
		}
	}
	for of, want := range map[string]int64{
		" 1":     5_000_000 + 100_000 + 1_234 - 200 - 400, // what came, was earned, lost and given back
		" 4":     7_000,
		"-1.1 2": 1_000_000 - 300,
		"-1.1 4": 100_001,
	} {
		if sums[of] != want {
			t.Errorf("%q is %d, want %d", of, sums[of], want)
		}
	}
}

func TestAnExpenditureIsDividedByCountries(t *testing.T) {
	got := map[string]int64{}
	for _, tx := range parsed(t, written(t, input(t))).Activities[1].Transactions {
		if strings.HasPrefix(tx.Ref, "e1") {
			got[tx.Country.Code] += minor(t, tx.Value.Amount)
		}
	}
	if len(got) != 2 || got["ML"]+got["SN"] != 100_001 || got["ML"] != 33_333 {
		t.Errorf("the parts are %v", got)
	}
}

func TestDonorsAreNamedWithTheirType(t *testing.T) {
	found := map[string]string{}
	for _, tx := range parsed(t, written(t, input(t))).Activities[0].Transactions {
		found[tx.Provider.Narrative] = tx.Provider.Type
	}
	if found["Ville de Brest"] != "11" || found["Republic of Korea & friends"] != "10" {
		t.Errorf("the donors are %v", found)
	}
}

func TestWhatIsPledgedIsACommitmentInItsOwnCurrency(t *testing.T) {
	var seen int
	for _, tx := range parsed(t, written(t, input(t))).Activities[0].Transactions {
		if tx.Type.Code == "11" {
			seen++
			if tx.Value.Amount != "100000000" || tx.Value.Currency != "KRW" || tx.Value.Date != "2020-01-10" {
				t.Errorf("the commitment is %+v", tx.Value)
			}
		}
	}
	if seen != 1 {
		t.Errorf("%d commitments for one agreement", seen)
	}
}

func TestTheYearsOfABudgetAreThePlanOfTheTerm(t *testing.T) {
	file := parsed(t, written(t, input(t)))
	for i, a := range programme.Current().Fund.Activities {
		var sum int64
		for _, b := range file.Activities[i+1].Budgets {
			sum += minor(t, b.Value)
		}
		if sum != a.Planned.Minor || len(file.Activities[i+1].Budgets) < 2 {
			t.Errorf("%s has budgets of %d, planned are %d", a.Code, sum, a.Planned.Minor)
		}
	}
}

func TestNoPersonAndNothingOfTheFutureComesIntoTheFile(t *testing.T) {
	for _, word := range []string{"contact-secret", `ref="late"`, "2030-01-01"} {
		if bytes.Contains(written(t, input(t)), []byte(word)) {
			t.Errorf("%s is in the file", word)
		}
	}
}

func TestTheSameBooksGiveTheSameFile(t *testing.T) {
	if !bytes.Equal(written(t, input(t)), written(t, input(t))) {
		t.Error("the bytes differ")
	}
}

func TestEntriesThatCannotBeReadFailTheFile(t *testing.T) {
	broken := errors.New("the table is away")
	in := input(t)
	in.Entries = func(yield func(ledger.Entry, error) bool) { yield(ledger.Entry{}, broken) }
	if err := iati.Write(&bytes.Buffer{}, in); !errors.Is(err, broken) {
		t.Errorf("it fails with %v", err)
	}
}

func TestTheStandardFindsWhatIsWrong(t *testing.T) {
	right := string(written(t, input(t)))
	for what, change := range map[string][2]string{
		"schema: ":   {"<activity-scope code", "<activity-scope kode"},
		"codelist: ": {`<transaction-type code="11">`, `<transaction-type code="77">`},
		"rule: ":     {`<transaction-date iso-date="2020-05-03">`, `<transaction-date iso-date="2026-05-03">`},
	} {
		wrong := strings.Replace(right, change[0], change[1], 1)
		if wrong == right {
			t.Fatalf("%s is not in the file", change[0])
		}
		faults := strings.Join(standard.Faults(t, []byte(wrong), input(t).Today), "\n")
		if !strings.Contains(faults, what) {
			t.Errorf("%s is not found: %s", change[1], faults)
		}
	}
}
