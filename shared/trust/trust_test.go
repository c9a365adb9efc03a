package trust_test

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/attribution"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/trust"
)

var (
	usd = money.ISO("USD")
	at  = time.Date(2025, 6, 1, 9, 0, 0, 0, time.UTC)
)

func day(n int) civil.Date { return civil.Date{Year: 2025, Month: 1, Day: 1}.AddDays(n) }

func areaOf(activity string) string { return activity[:len("fund/1")] }

// books are kept as a treasurer would: each entry is judged, and entered when nothing speaks against it.
type books struct {
	t       *testing.T
	period  trust.Period
	entries []ledger.Entry
	head    ledger.Balances
}

func newBooks(t *testing.T) *books { return &books{t: t, head: ledger.Balances{}} }

func (b *books) enter(e ledger.Entry) (code string) {
	b.t.Helper()
	if p := b.period.CheckEntry(e, usd); p != nil {
		return string(p.Code)
	}
	left, err := trust.Takeable(e, attribution.New(areaOf), b.byDay())
	if err != nil {
		b.t.Fatal(err)
	}
	if p := trust.CheckDonor(e, left, usd); p != nil {
		return string(p.Code)
	}
	return b.append(e)
}

// append enters an entry that was judged.
func (b *books) append(e ledger.Entry) string {
	b.t.Helper()
	e.ID = fmt.Sprintf("e%04d", len(b.entries))
	if err := errors.Join(e.Check(), b.period.Add(e), b.head.Add(e)); err != nil {
		b.t.Fatal(err)
	}
	b.entries = append(b.entries, e)
	return ""
}

func (b *books) do(kind trust.Kind, on, minor int, change func(*trust.Event)) string {
	b.t.Helper()
	e := trust.Event{Kind: kind, Amount: money.Amount{Minor: int64(minor), Currency: "USD"}, Date: day(on)}
	if change != nil {
		change(&e)
	}
	return b.enter(e.Entry(trust.Who{At: at, Source: ledger.Source{Request: "r", Person: "anna"}}))
}

func (b *books) must(code string) {
	b.t.Helper()
	if code != "" {
		b.t.Fatal(code)
	}
}

func (b *books) reverse(of ledger.Entry, on int) string {
	back := of.Reversal()
	back.Date, back.At, back.Source, back.Reason = day(on), of.At, of.Source, "entered by mistake"
	return b.enter(back)
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

func (b *books) attribute(last int) *attribution.Book {
	b.t.Helper()
	book, err := trust.Attribute(b.byDay(), day(last), areaOf)
	if err != nil {
		b.t.Fatal(err)
	}
	return book
}

func (b *books) shown(a ledger.Account) int64 { return trust.Shown(b.head, a) }

func of(donor string) func(*trust.Event) { return func(e *trust.Event) { e.Donor = donor } }
func towards(activity string) func(*trust.Event) {
	return func(e *trust.Event) { e.Activity = activity }
}

func TestR_FUN_2_MoneyIsHeldInTrustUntilItIsSpent(t *testing.T) {
	b := newBooks(t)
	b.must(b.do(trust.Deposit, 0, 1000, of("d1")))
	b.must(b.do(trust.Allocation, 1, 600, towards("fund/1.1")))
	b.must(b.do(trust.Expenditure, 2, 250, towards("fund/1.1")))
	for account, want := range map[ledger.Account]int64{
		trust.Cash: 750, trust.Unallocated: 400, trust.AllocatedTo("fund/1.1"): 350, trust.SpentOn("fund/1.1"): 250, trust.Contributions: 1000,
		trust.Changes: 750,
	} {
		if got := b.shown(account); got != want {
			t.Errorf("%s: %d, want %d", account, got, want)
		}
	}
}

func TestR_FUN_7_NothingIsAllocatedOrSpentBeyondWhatThereIs(t *testing.T) {
	b := newBooks(t)
	b.must(b.do(trust.Deposit, 5, 1000, of("d1")))
	for name, c := range map[string]struct{ got, want string }{
		"passes: all that is unallocated": {b.do(trust.Allocation, 5, 1000, towards("fund/1.1")), ""},
		"fails: a cent more":              {b.do(trust.Allocation, 5, 1, towards("fund/1.2")), "FUND_UNALLOCATED_EXCEEDED"},
		"fails: a refund of it":           {b.do(trust.Refund, 5, 1, of("d1")), "FUND_UNALLOCATED_EXCEEDED"},
		"fails: a support cost":           {b.do(trust.SupportCost, 5, 1, nil), "FUND_UNALLOCATED_EXCEEDED"},
		"fails: spending beyond it":       {b.do(trust.Expenditure, 5, 1001, towards("fund/1.1")), "FUND_ALLOCATION_EXCEEDED"},
		"fails: another activity's money": {b.do(trust.Expenditure, 5, 1, towards("fund/1.2")), "FUND_ALLOCATION_EXCEEDED"},
		"fails: freeing more":             {b.do(trust.Deallocation, 5, 1001, towards("fund/1.1")), "FUND_ALLOCATION_EXCEEDED"},
		"fails: before it arrived":        {b.do(trust.Expenditure, 4, 1, towards("fund/1.1")), "FUND_ALLOCATION_EXCEEDED"},
		"fails: taking the deposit back":  {b.reverse(b.entries[0], 6), "FUND_UNALLOCATED_EXCEEDED"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("%q, want %q", c.got, c.want)
			}
		})
	}
}

// What is there today may be promised for tomorrow already.
func TestWhatALaterDayNeedsIsNotThereToday(t *testing.T) {
	b := newBooks(t)
	b.must(b.do(trust.Deposit, 0, 1000, of("d1")))
	b.must(b.do(trust.Allocation, 9, 900, towards("fund/1.1")))
	if code := b.do(trust.Allocation, 3, 101, towards("fund/1.2")); code != "FUND_UNALLOCATED_EXCEEDED" {
		t.Errorf("%q", code)
	}
	b.must(b.do(trust.Allocation, 3, 100, towards("fund/1.2")))
}

func TestAClosedPeriodTakesNoEntry(t *testing.T) {
	b := newBooks(t)
	b.must(b.do(trust.Deposit, 0, 1000, of("d1")))
	b.period = trust.Period{ClosedTo: day(30), Opening: b.head.Clone()}
	if code := b.do(trust.Deposit, 30, 1, of("d1")); code != "PERIOD_LOCKED" {
		t.Errorf("the last day: %q", code)
	}
	b.must(b.do(trust.Allocation, 31, 1000, towards("fund/1.1")))
	if code := b.reverse(b.entries[0], 29); code != "PERIOD_LOCKED" {
		t.Errorf("a reversal: %q", code)
	}
}

func TestR_FUN_8_MoneyIsTakenFromADonorOnlyAsFarAsItIsThere(t *testing.T) {
	event := trust.Event{Kind: trust.Deposit, Amount: money.Amount{Minor: 100, Currency: "USD"}, Date: day(0), Donor: "d1"}
	deposit := event.Entry(trust.Who{ID: "e"})
	event.Kind = trust.Refund
	refund := event.Entry(trust.Who{ID: "f"})
	for name, c := range map[string]struct {
		entry  ledger.Entry
		left   int64
		passes bool
	}{
		"passes: a deposit":                  {deposit, 0, true},
		"passes: a refund of all":            {refund, 100, true},
		"passes: a refund taken back":        {refund.Reversal(), 0, true},
		"passes: a whole deposit taken back": {deposit.Reversal(), 100, true},
		"fails: a refund of more":            {refund, 99, false},
		"fails: a deposit that was refunded": {deposit.Reversal(), 99, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := trust.CheckDonor(c.entry, c.left, usd)
			if (p == nil) != c.passes || p != nil && p.Code != "FUND_DONOR_EXCEEDED" {
				t.Errorf("%v", p)
			}
		})
	}
}

// What one entry takes from a donor was there on its day and is on every later one, so that entries that were let in can be replayed.
func TestR_FUN_8_NothingIsTakenFromADonorThatALaterDayNeeds(t *testing.T) {
	for name, enter := range map[string]func(b *books) string{
		"a support cost beyond the donor's money": func(b *books) string { return b.do(trust.SupportCost, 2, 101, of("d1")) },
		"a support cost of a stranger":            func(b *books) string { return b.do(trust.SupportCost, 2, 1, of("d9")) },
		"a refund of what was refunded on a later day": func(b *books) string {
			b.must(b.do(trust.Refund, 9, 60, of("d1")))
			return b.do(trust.Refund, 5, 41, of("d1"))
		},
		"a deposit taken back while it was refunded": func(b *books) string {
			b.must(b.do(trust.Refund, 5, 100, of("d1")))
			b.must(b.do(trust.Deposit, 9, 100, of("d1")))
			return b.reverse(b.entries[0], 7)
		},
		"a deposit taken back that a support cost was charged to": func(b *books) string {
			b.must(b.do(trust.SupportCost, 5, 1, of("d1")))
			return b.reverse(b.entries[0], 0)
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBooks(t)
			b.must(b.do(trust.Deposit, 0, 100, of("d1")))
			b.must(b.do(trust.Deposit, 0, 1000, of("d2")))
			if code := enter(b); code != "FUND_DONOR_EXCEEDED" {
				t.Errorf("%q", code)
			}
			b.attribute(20)
		})
	}
}

func TestABankLineThatComesLateIsEnteredThoughARefundGaveItsInterestBack(t *testing.T) {
	b := newBooks(t)
	b.must(b.do(trust.Deposit, 0, 100, of("d1")))
	b.must(b.do(trust.Earned, 5, 10, nil))
	b.must(b.do(trust.Refund, 9, 110, of("d1")))
	b.must(b.do(trust.Deposit, 3, 100, of("d2")))
	if shares := b.attribute(20).Shares(); shares[0].Closing() != 0 || shares[1].Closing() != 100 {
		t.Errorf("%+v", shares)
	}
}

// The undo of a sheet dates what it takes back as if it had never been, whatever was given back to the donor since.
func TestADonorWhoseDepositWasTakenBackAsIfItHadNeverBeenKeepsItsRefundAtTheOthersCost(t *testing.T) {
	b := newBooks(t)
	b.must(b.do(trust.Deposit, 0, 100, of("d1")))
	b.must(b.do(trust.Deposit, 0, 1000, of("d2")))
	b.must(b.do(trust.Refund, 3, 40, of("d1")))
	b.must(b.do(trust.SupportCost, 4, 7, of("d1")))
	back := b.entries[0].Reversal()
	back.Date, back.At, back.Source, back.Reason = day(0), b.entries[0].At, b.entries[0].Source, "undone"
	b.must(b.append(back))
	shares := b.attribute(9).Shares()
	if len(shares) != 2 || shares[0].Closing() != 0 || shares[1].Closing() != 953 || shares[1].Lines[attribution.Adjusted] != -47 {
		t.Errorf("%+v", shares)
	}
}

func TestAnEntryIsReadBackAsItsEvent(t *testing.T) {
	for _, kind := range []trust.Kind{
		trust.Deposit, trust.Refund, trust.Earned, trust.ExchangeDiff, trust.SupportCost, trust.Allocation, trust.Deallocation, trust.Expenditure,
	} {
		e := trust.Event{Kind: kind, Amount: money.Amount{Minor: 12345, Currency: "USD"}, Date: day(3), ValueDate: day(2), Donor: "d1", Agreement: "a1",
			Instalment: "2", Earmark: "fund/1", Activity: "fund/1.1", Cluster: "esd", Line: "cluster/1.2", Category: "travel", Payee: "c9", Beneficiary: []string{"FR-brest", "SN"}}
		entry := e.Entry(trust.Who{ID: "e1", At: at, Source: ledger.Source{Request: "r", Person: "p"}})
		if err := entry.Check(); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if got := trust.EventOf(entry, "USD"); !reflect.DeepEqual(got, e) {
			t.Errorf("%s: %+v", kind, got)
		}
		back := entry.Reversal()
		back.Date = e.Date
		if got := trust.EventOf(back, "USD"); !reflect.DeepEqual(got, e) {
			t.Errorf("%s, reversed: %+v", kind, got)
		}
	}
}

func TestR_BUD_1_MoneyServesAClusterAndALineOfItsBudgetThatThereAre(t *testing.T) {
	for _, c := range []struct{ cluster, line, field string }{
		{"", "", ""}, {"esd", "", ""}, {"health", "cluster/2.1", ""},
		{"", "cluster/2.1", "cluster"}, {"sport", "", "cluster"}, {"esd", "fund/1.1", "line"}, {"esd", "cluster/9.9", "line"},
	} {
		for _, kind := range []trust.Kind{trust.Allocation, trust.Deallocation, trust.Expenditure} {
			e := trust.Event{Kind: kind, Amount: money.Amount{Minor: 1, Currency: "USD"}, Date: day(3), Activity: "fund/1.1", Cluster: c.cluster, Line: c.line}
			field := ""
			for _, p := range e.Check(programme.Current()) {
				field += p.Field
			}
			if field != c.field {
				t.Errorf("%s for %q, %q: refused for %q, want %q", kind, c.cluster, c.line, field, c.field)
			}
		}
	}
}

func TestEntriesOutOfTheOrderOfTheirDaysAreRefused(t *testing.T) {
	b := newBooks(t)
	b.must(b.do(trust.Deposit, 5, 10, of("d1")))
	b.must(b.do(trust.Deposit, 3, 10, of("d1")))
	_, err := trust.Attribute(func(yield func(ledger.Entry, error) bool) {
		for _, e := range b.entries {
			if !yield(e, nil) {
				return
			}
		}
	}, day(9), areaOf)
	if !errors.Is(err, trust.ErrOrder) {
		t.Errorf("%v", err)
	}
}

func TestTheOrderInWhichADaysPapersAreEnteredIsOfNoMatter(t *testing.T) {
	b := newBooks(t)
	b.must(b.do(trust.Deposit, 0, 1000, of("d1")))
	b.must(b.do(trust.Allocation, 1, 700, towards("fund/1.1")))
	b.must(b.do(trust.Deposit, 1, 500, of("d2")))
	b.must(b.do(trust.Deallocation, 1, 100, towards("fund/1.1")))
	b.must(b.do(trust.Expenditure, 1, 300, towards("fund/1.1")))
	want := b.attribute(1).Shares()
	r := rand.New(rand.NewPCG(1, 1))
	for range 20 {
		r.Shuffle(len(b.entries)-1, func(i, j int) { b.entries[i+1], b.entries[j+1] = b.entries[j+1], b.entries[i+1] })
		if got := b.attribute(1).Shares(); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\n%+v", got, want)
		}
	}
}

// year is a year of a fund by chance: entries of any day in any order, some taken back later.
func year(t *testing.T, seed uint64) *books {
	r := rand.New(rand.NewPCG(seed, 21))
	b := newBooks(t)
	var standing []ledger.Entry
	activities := []string{"fund/1.1", "fund/1.2", "fund/2.1"}
	for range 250 {
		on, minor := r.IntN(365), 1+r.IntN(1<<(1+r.IntN(20)))
		donor, activity := fmt.Sprint("d", r.IntN(7)), activities[r.IntN(3)]
		var kind trust.Kind
		n := r.IntN(20)
		switch {
		case n < 6:
			kind = trust.Deposit
		case n < 10:
			kind = trust.Allocation
		case n < 14:
			kind = trust.Expenditure
		case n == 14:
			kind = trust.Deallocation
		case n == 15:
			kind = trust.SupportCost
		case n == 16:
			kind, minor = trust.Earned, 1+minor%500
		case n == 17:
			kind, minor = trust.ExchangeDiff, minor%500-250
			if minor == 0 {
				continue
			}
		case n == 18:
			if left := b.attribute(on).Left(donor); left > 0 {
				kind, minor = []trust.Kind{trust.Refund, trust.SupportCost}[r.IntN(2)], 1+int(r.Int64N(left))
				if r.IntN(2) == 0 {
					minor = int(left)
				}
			}
		}
		if kind == "" && len(standing) > 0 {
			i := r.IntN(len(standing))
			e := standing[i]
			for from := 0; from < 365; from++ {
				if day(from) == e.Date && b.reverse(e, from+r.IntN(365-from)) == "" {
					standing = slices.Delete(standing, i, i+1)
				}
			}
			continue
		}
		if kind == "" || b.do(kind, on, minor, func(e *trust.Event) {
			switch kind {
			case trust.Deposit:
				e.Donor, e.Earmark = donor, []string{"", "", "fund/1", "fund/2", activity}[r.IntN(5)]
			case trust.Refund:
				e.Donor = donor
			case trust.SupportCost:
				if n == 18 {
					e.Donor = donor
				}
			case trust.Allocation, trust.Deallocation, trust.Expenditure:
				e.Activity = activity
			}
		}) != "" {
			continue
		}
		standing = append(standing, b.entries[len(b.entries)-1])
	}
	return b
}

// balancesTo are the books at the end of a day.
func (b *books) balancesTo(last int) ledger.Balances {
	balances := ledger.Balances{}
	for _, e := range b.entries {
		if !e.Date.After(day(last)) {
			if err := balances.Add(e); err != nil {
				b.t.Fatal(err)
			}
		}
	}
	return balances
}

func TestAtTheEndOfEveryDayTheBooksBalanceAndTheDonorsFiguresAddUpToTheFunds(t *testing.T) {
	for seed := range uint64(25) {
		b := year(t, seed)
		for _, last := range []int{0, 30, 31, 180, 300, 363, 364} {
			at := b.balancesTo(last)
			var held, spent int64
			for _, account := range at.Accounts() {
				minor := trust.Shown(at, account)
				if activity, ok := trust.ActivityOf(account); ok {
					if account == trust.AllocatedTo(activity) {
						held += minor
					} else {
						spent += minor
					}
				}
				if minor < 0 && account != trust.Exchange {
					t.Errorf("seed %d, day %d: %s is %d", seed, last, account, minor)
				}
			}
			of := func(a ledger.Account) int64 { return trust.Shown(at, a) }
			uses := of(trust.Unallocated) + held + spent + of(trust.Support)
			sources := of(trust.Contributions) + of(trust.Interest) + of(trust.Exchange) - of(trust.Refunds)
			if at.Sum() != 0 || uses != sources || of(trust.Cash) != of(trust.Unallocated)+held || of(trust.Changes) != of(trust.Cash) {
				t.Fatalf("seed %d, day %d: uses %d, sources %d, %v", seed, last, uses, sources, at)
			}
			var received, refunded, closing, spending int64
			for _, share := range b.attribute(last).Shares() {
				received, refunded, closing = received+share.Received, refunded+share.Refunded, closing+share.Closing()
				if share.Closing() < -int64(len(share.Lines)) {
					t.Errorf("seed %d, day %d: %+v closes at %d", seed, last, share, share.Closing())
				}
				for _, activity := range []string{"fund/1.1", "fund/1.2", "fund/2.1"} {
					spending -= share.Lines[attribution.Spending(activity)]
				}
			}
			if received != of(trust.Contributions) || refunded != of(trust.Refunds) || spending != spent || closing != of(trust.Cash) {
				t.Fatalf("seed %d, day %d: donors received %d, refunded %d, spent %d, left %d; the fund %v",
					seed, last, received, refunded, spending, closing, at)
			}
		}
	}
}

func TestReplayingTheEntriesGivesTheSameBooks(t *testing.T) {
	b := year(t, 77)
	again := newBooks(t)
	for _, e := range slices.SortedStableFunc(slices.Values(b.entries), func(x, y ledger.Entry) int { return cmp.Compare(x.ID, y.ID) }) {
		again.must(again.enter(e))
	}
	if !reflect.DeepEqual(b.head, again.head) || !reflect.DeepEqual(b.period, again.period) {
		t.Errorf("%v\n%v", b.head, again.head)
	}
}

func TestEveryKindAndAccountIsNamedInTheThreeLanguages(t *testing.T) {
	for _, kind := range []trust.Kind{
		trust.Deposit, trust.Refund, trust.Earned, trust.ExchangeDiff, trust.SupportCost, trust.Allocation, trust.Deallocation, trust.Expenditure,
	} {
		if missing := kind.Label().Missing(); len(missing) > 0 {
			t.Errorf("%s: %v", kind, missing)
		}
	}
	labels := map[string]ledger.Account{}
	for _, account := range []ledger.Account{
		trust.Cash, trust.Unallocated, trust.Contributions, trust.Refunds, trust.Interest, trust.Exchange, trust.Support, trust.Changes,
		trust.AllocatedTo("fund/1.1"), trust.SpentOn("fund/1.1"),
	} {
		label := trust.AccountLabel(account)
		if missing := label.Missing(); len(missing) > 0 || labels[label.EN] != "" {
			t.Errorf("%s: %v", account, label)
		}
		labels[label.EN] = account
	}
}
