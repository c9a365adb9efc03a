package registry_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// act is something that treasurers did, in requests with identifiers of their own.
type act struct {
	at string // the moment
	do func(w *world) (answer string, err error)
}

// treasurers do by chance what can be done to the fund, in several months with their closings, and remember what took effect.
type treasurers struct {
	*world
	r        *rand.Rand
	done     []act
	answers  []string
	entries  []string
	closings int
}

func (f *treasurers) try(do func(w *world) (string, error)) (string, bool) {
	f.t.Helper()
	answer, err := do(f.world)
	if err != nil {
		if problemOf(err) == nil {
			f.t.Fatal(err)
		}
		return "", false
	}
	f.done, f.answers = append(f.done, act{f.now.Format("2006-01-02 15:04:05"), do}), append(f.answers, answer)
	return answer, true
}

func from(person string, n int) registry.Origin {
	return registry.Origin{Person: person, Request: fmt.Sprintf("r-%s-%d", person, n)}
}

// post enters an event, by two persons where it takes two.
func (f *treasurers) post(ctx context.Context, n int, e trust.Event) {
	f.t.Helper()
	if !e.Kind.NeedsSecond() {
		if id, ok := f.try(func(w *world) (string, error) { return w.registry.Post(ctx, from("anna", n), e, "") }); ok {
			f.entries = append(f.entries, id)
		}
		return
	}
	proposal, ok := f.try(func(w *world) (string, error) { return w.registry.ProposeEvent(ctx, from("anna", n), e, "as decided") })
	if !ok {
		return
	}
	if id, ok := f.try(func(w *world) (string, error) { return w.registry.Approve(ctx, from("bruno", n), proposal) }); ok {
		f.entries = append(f.entries, id)
	}
}

func (f *treasurers) close(ctx context.Context, n int, to civil.Date) {
	f.t.Helper()
	proposal, ok := f.try(func(w *world) (string, error) {
		return w.registry.ProposeClosing(ctx, from("anna", n), to, "month's end")
	})
	if !ok {
		return
	}
	if _, ok = f.try(func(w *world) (string, error) { return w.registry.Approve(ctx, from("bruno", n), proposal) }); ok {
		f.closings++
	}
}

func (f *treasurers) act(ctx context.Context, n int, today civil.Date) {
	f.t.Helper()
	activity := []string{"fund/1.1", "fund/1.2", "fund/2.1"}[f.r.IntN(3)]
	some := func(most int64) int64 { return 1 + f.r.Int64N(max(most, 1)) }
	e := trust.Event{Date: today.AddDays(-f.r.IntN(45)), Amount: money.Amount{Currency: "USD"}}
	donor := fmt.Sprint("d", f.r.IntN(5))
	switch kind := f.r.IntN(16); {
	case kind < 5:
		e.Kind, e.Donor, e.Earmark = trust.Deposit, donor, []string{"", "", "fund/1", activity}[f.r.IntN(4)]
		e.Amount.Minor = some(1 << (1 + f.r.IntN(30)))
	case kind < 7:
		e.Kind, e.Activity, e.Amount.Minor = trust.Allocation, activity, some(f.fund(trust.Unallocated))
	case kind < 10:
		e.Kind, e.Activity, e.Amount.Minor = trust.Expenditure, activity, some(f.fund(trust.AllocatedTo(activity)))
	case kind == 10:
		e.Kind, e.Activity, e.Amount.Minor = trust.Deallocation, activity, some(f.fund(trust.AllocatedTo(activity)))
	case kind == 11:
		e.Kind, e.Amount.Minor = trust.Earned, some(900)
	case kind == 12:
		e.Kind, e.Amount.Minor = trust.ExchangeDiff, some(900)-1000
	case kind == 13:
		e.Kind, e.Donor, e.Amount.Minor = trust.Refund, donor, some(f.fund(trust.Unallocated)/4)
	case kind == 14:
		e.Kind, e.Donor, e.Amount.Minor = trust.SupportCost, []string{"", donor}[f.r.IntN(2)], some(f.fund(trust.Unallocated)/20)
	default:
		if len(f.entries) > 0 {
			entry := f.entries[f.r.IntN(len(f.entries))]
			f.try(func(w *world) (string, error) { return w.registry.Reverse(ctx, from("anna", n), entry, e.Date, "typo") })
		}
		return
	}
	f.post(ctx, n, e)
}

// verifiedSums verifies the books and compares the donors' figures with the fund's, at its head.
func (w *world) verifiedSums() ledger.Head {
	w.t.Helper()
	head := w.verified()
	of := func(a ledger.Account) int64 { return trust.Shown(head.Balances, a) }
	var held, spent int64
	for _, account := range head.Balances.Accounts() {
		minor := of(account)
		if activity, ok := trust.ActivityOf(account); ok {
			if account == trust.AllocatedTo(activity) {
				held += minor
			} else {
				spent += minor
			}
		}
		if minor < 0 && account != trust.Exchange {
			w.t.Errorf("%s is %d", account, minor)
		}
	}
	uses := of(trust.Unallocated) + held + spent + of(trust.Support)
	sources := of(trust.Contributions) + of(trust.Interest) + of(trust.Exchange) - of(trust.Refunds)
	if head.Balances.Sum() != 0 || uses != sources || of(trust.Cash) != of(trust.Unallocated)+held {
		w.t.Errorf("uses %d, sources %d: %v", uses, sources, head.Balances)
	}
	fund, err := registry.ReadFundBooks(w.t.Context(), w.reader)
	if err != nil {
		w.t.Fatal(err)
	}
	book, err := trust.Attribute(fund.Entries(w.t.Context()), civil.Of(w.now, w.now.Location()), trust.AreaOf)
	if err != nil {
		w.t.Fatal(err)
	}
	var received, refunded, closing int64
	for _, share := range book.Shares() {
		received, refunded, closing = received+share.Received, refunded+share.Refunded, closing+share.Closing()
	}
	if received != of(trust.Contributions) || refunded != of(trust.Refunds) || closing != of(trust.Cash) {
		w.t.Errorf("donors received %d, refunded %d, left %d: %v", received, refunded, closing, head.Balances)
	}
	return head
}

// Whatever treasurers do, and however late papers come, the books verify, the sums hold and the donors' figures are the fund's; and the same
// acts over an empty table give the same books, to the last link's hash.
func TestAnyYearOfTheFundVerifiesAndDoneAgainGivesTheSameBooks(t *testing.T) {
	for seed := range uint64(5) {
		f := &treasurers{world: newWorld(t), r: rand.New(rand.NewPCG(seed, 31))}
		today := civil.Date{Year: 2024, Month: 10, Day: 20}
		n := 0
		for range 8 {
			f.at(today.String() + " 12:00:00")
			for range 20 {
				n++
				f.act(t.Context(), n, today)
			}
			n++
			f.close(t.Context(), n, today.AddDays(-20-f.r.IntN(10)))
			f.verifiedSums()
			today = today.AddMonths(1)
		}
		head := f.verifiedSums()
		if head.Total < 60 || f.closings < 5 {
			t.Errorf("seed %d: %d entries, %d closings", seed, head.Total, f.closings)
		}
		again := newWorld(t)
		for i, done := range f.done {
			again.at(done.at)
			if answer, err := done.do(again); err != nil || answer != f.answers[i] {
				t.Fatalf("seed %d, act %d: %v: %s, not %s", seed, i, err, answer, f.answers[i])
			}
		}
		if got := again.verifiedSums(); got.Link != head.Link || got.Total != head.Total {
			t.Errorf("seed %d: %+v\n%+v", seed, got, head)
		}
	}
}
