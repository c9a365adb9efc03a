package statement_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/attribution"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/trust"
)

var (
	usd = money.ISO("USD")
	at  = time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
)

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// books are kept as a treasurer would: each entry is judged, and entered when nothing speaks against it.
type books struct {
	t       *testing.T
	period  trust.Period
	entries []ledger.Entry
}

func (b *books) byDay() iter.Seq2[ledger.Entry, error] {
	sorted := slices.SortedStableFunc(slices.Values(b.entries), func(x, y ledger.Entry) int { return x.Date.Compare(y.Date) })
	return func(yield func(ledger.Entry, error) bool) {
		for _, e := range sorted {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func (b *books) enter(e ledger.Entry) bool {
	b.t.Helper()
	e.ID = fmt.Sprintf("e%04d", len(b.entries))
	if b.period.CheckEntry(e, usd) != nil {
		return false
	}
	left, err := trust.Takeable(e, attribution.New(trust.AreaOf), b.byDay())
	if err != nil {
		b.t.Fatal(err)
	}
	if trust.CheckDonor(e, left, usd) != nil {
		return false
	}
	if err := b.period.Add(e); err != nil {
		b.t.Fatal(err)
	}
	b.entries = append(b.entries, e)
	return true
}

func (b *books) do(kind trust.Kind, on string, minor int64, change func(*trust.Event)) bool {
	b.t.Helper()
	e := trust.Event{Kind: kind, Amount: money.Amount{Minor: minor, Currency: "USD"}, Date: day(on)}
	if change != nil {
		change(&e)
	}
	return b.enter(e.Entry(trust.Who{At: at, Source: ledger.Source{Request: "r", Person: "anna"}}))
}

func (b *books) must(done bool) {
	b.t.Helper()
	if !done {
		b.t.Fatal("refused")
	}
}

func (b *books) reverse(of ledger.Entry, on civil.Date) bool {
	back := of.Reversal()
	back.Date, back.At, back.Source, back.Reason = on, of.At, of.Source, "entered by mistake"
	return b.enter(back)
}

// input is for statements on these books.
func (b *books) input() statement.Input {
	return statement.Input{
		Programme: programme.Current(), Reference: reference.Load(), Entries: b.byDay(), Head: ledger.Head{Total: int64(len(b.entries))},
	}
}

func (b *books) compute(p statement.Period, donors ...string) *statement.Fund {
	b.t.Helper()
	f, err := statement.Compute(b.input(), p, donors...)
	if err != nil {
		b.t.Fatal(err)
	}
	return f
}

func of(donor string) func(*trust.Event) { return func(e *trust.Event) { e.Donor = donor } }

func towards(activity string, beneficiaries ...string) func(*trust.Event) {
	return func(e *trust.Event) { e.Activity, e.Beneficiary = activity, beneficiaries }
}

var (
	donors     = []string{"company#aa", "donor_country#KR", "donor_country#NO", "member_city#FR#brest", "member_city#SN#dakar"}
	activities = []string{"fund/1.1", "fund/1.2", "fund/2.1"}
	places     = []string{"SN#dakar", "SN", "EG#cairo", "FR#brest", "TD", "AF"}
)

// byChance is books of two years, 2024 and 2025, with so many attempts at events in the disorder in which papers come.
func byChance(t *testing.T, seed uint64, attempts int) *books {
	r := rand.New(rand.NewPCG(seed, 7))
	b := &books{t: t}
	start := day("2024-01-01")
	for range attempts {
		on := start.AddDays(r.IntN(731)).String()
		minor := 1 + r.Int64N(1<<(1+r.IntN(30)))
		donor, activity := donors[r.IntN(len(donors))], activities[r.IntN(len(activities))]
		var named []string
		for _, i := range r.Perm(len(places))[:r.IntN(4)] {
			named = append(named, places[i])
		}
		switch r.IntN(12) {
		case 0, 1, 2:
			b.do(trust.Deposit, on, minor*4, func(e *trust.Event) {
				e.Donor, e.Earmark = donor, []string{"", "", activity, trust.AreaOf(activity)}[r.IntN(4)]
			})
		case 3, 4:
			b.do(trust.Allocation, on, minor*2, towards(activity))
		case 5, 6:
			b.do(trust.Expenditure, on, minor, towards(activity, named...))
		case 7:
			b.do(trust.Refund, on, minor, of(donor))
		case 8:
			b.do(trust.SupportCost, on, minor, []func(*trust.Event){nil, of(donor)}[r.IntN(2)])
		case 9:
			b.do(trust.Earned, on, minor, nil)
		case 10:
			b.do(trust.ExchangeDiff, on, []int64{minor, -minor}[r.IntN(2)], nil)
		case 11:
			if len(b.entries) == 0 {
				continue
			}
			e := b.entries[r.IntN(len(b.entries))]
			taken := slices.ContainsFunc(b.entries, func(other ledger.Entry) bool { return other.Reverses == e.ID })
			if e.Reverses == "" && !taken {
				b.reverse(e, e.Date.AddDays(r.IntN(200)))
			}
		}
	}
	return b
}
