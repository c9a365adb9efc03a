package registry_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The clock of the tests stands at 20 May 2025.
func may(n int) civil.Date { return civil.Date{Year: 2025, Month: 5, Day: n} }

func deposit(donor string, minor int64, on civil.Date) trust.Event {
	return trust.Event{Kind: trust.Deposit, Amount: money.Amount{Minor: minor, Currency: "USD"}, Date: on, Donor: donor}
}

func onActivity(kind trust.Kind, minor int64, on civil.Date) trust.Event {
	return trust.Event{Kind: kind, Amount: money.Amount{Minor: minor, Currency: "USD"}, Date: on, Activity: "fund/1.1"}
}

func (w *world) post(e trust.Event) string {
	w.t.Helper()
	id, err := w.registry.Post(w.t.Context(), registry.Origin{Person: "anna"}, e, "")
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// decided proposes an event as one person and approves it as another.
func (w *world) decided(e trust.Event) error {
	w.t.Helper()
	proposal, err := w.registry.ProposeEvent(w.t.Context(), registry.Origin{Person: "anna"}, e, "as the committee decided")
	if err != nil {
		return err
	}
	_, err = w.registry.Approve(w.t.Context(), registry.Origin{Person: "bruno"}, proposal)
	return err
}

func (w *world) closed(to civil.Date) error {
	w.t.Helper()
	proposal, err := w.registry.ProposeClosing(w.t.Context(), registry.Origin{Person: "anna"}, to, "month's end")
	if err != nil {
		return err
	}
	_, err = w.registry.Approve(w.t.Context(), registry.Origin{Person: "bruno"}, proposal)
	return err
}

func (w *world) fund(account ledger.Account) int64 {
	w.t.Helper()
	balances, err := w.registry.FundBalances(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return trust.Shown(balances, account)
}

func (w *world) verified() ledger.Head {
	w.t.Helper()
	head, err := w.registry.VerifyFund(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return head
}

func TestR_FUN_7_MoneyIsReceivedAllocatedAndSpentAndNoMoreThanThereIs(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		w.post(deposit("d1", 100_000, may(2)))
		if err := w.decided(onActivity(trust.Allocation, 60_000, may(3))); err != nil {
			t.Fatal(err)
		}
		w.post(onActivity(trust.Expenditure, 25_000, may(4)))
		_, err := w.registry.Post(t.Context(), registry.Origin{Person: "anna"}, onActivity(trust.Expenditure, 35_001, may(4)), "")
		wantCode(t, err, "FUND_ALLOCATION_EXCEEDED")
		wantCode(t, w.decided(onActivity(trust.Allocation, 40_001, may(4))), "FUND_UNALLOCATED_EXCEEDED")
		for account, want := range map[ledger.Account]int64{
			trust.Cash: 75_000, trust.Unallocated: 40_000, trust.AllocatedTo("fund/1.1"): 35_000, trust.SpentOn("fund/1.1"): 25_000,
		} {
			if got := w.fund(account); got != want {
				t.Errorf("%s: %d, want %d", account, got, want)
			}
		}
		if head := w.verified(); head.Total != 3 || head.Link.Number != 3 {
			t.Errorf("%+v", head)
		}
	})
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if p := problemOf(err); p == nil || string(p.Code) != code {
		t.Errorf("%v, want %s", err, code)
	}
}

func TestWhatTakesTwoPersonsIsNotDoneByOne(t *testing.T) {
	w := newWorld(t)
	w.post(deposit("d1", 1000, may(2)))
	anna := registry.Origin{Person: "anna"}
	allocation := onActivity(trust.Allocation, 500, may(3))
	_, err := w.registry.Post(t.Context(), anna, allocation, "")
	wantCode(t, err, "SECOND_PERSON_NEEDED")
	proposal, err := w.registry.ProposeEvent(t.Context(), anna, allocation, "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.registry.Approve(t.Context(), anna, proposal)
	wantCode(t, err, "SECOND_PERSON_NEEDED")
	if got := w.fund(trust.Unallocated); got != 1000 {
		t.Errorf("unallocated %d", got)
	}
	if _, err := w.registry.Approve(t.Context(), registry.Origin{Person: "bruno"}, proposal); err != nil {
		t.Fatal(err)
	}
	_, err = w.registry.Approve(t.Context(), registry.Origin{Person: "carla"}, proposal)
	wantCode(t, err, "PROPOSAL_DECIDED")
	wantCode(t, w.registry.Reject(t.Context(), anna, proposal), "PROPOSAL_DECIDED")
	_, err = w.registry.Approve(t.Context(), anna, "nothing")
	wantCode(t, err, "REF_NOT_FOUND")
	second, err := w.registry.ProposeEvent(t.Context(), anna, allocation, "again")
	if err = errors.Join(err, w.registry.Reject(t.Context(), anna, second)); err != nil {
		t.Fatal(err)
	}
	_, err = w.registry.Approve(t.Context(), registry.Origin{Person: "bruno"}, second)
	wantCode(t, err, "PROPOSAL_DECIDED")
	if got := w.fund(trust.Unallocated); got != 500 {
		t.Errorf("unallocated %d", got)
	}
}

func TestAnEntryIsTakenBackByAnotherOnceAndForAReason(t *testing.T) {
	w := newWorld(t)
	anna := registry.Origin{Person: "anna"}
	id := w.post(deposit("d1", 1000, may(5)))
	for _, c := range []struct {
		entry, reason, code string
		on                  civil.Date
	}{
		{id, "", "CELL_REQUIRED", may(6)}, {id, "typo", "DATE_ORDER", may(4)}, {id, "typo", "DATE_AHEAD", may(21)},
		{"2025-05-05#000000000009#0000001", "typo", "REF_NOT_FOUND", may(6)}, {"?", "typo", "REF_NOT_FOUND", may(6)},
	} {
		_, err := w.registry.Reverse(t.Context(), anna, c.entry, c.on, c.reason)
		wantCode(t, err, c.code)
	}
	back, err := w.registry.Reverse(t.Context(), anna, id, may(6), "typo")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range []string{id, back} {
		_, err := w.registry.Reverse(t.Context(), anna, entry, may(6), "again")
		wantCode(t, err, "ENTRY_REVERSED")
	}
	if w.fund(trust.Cash) != 0 || w.verified().Total != 2 {
		t.Errorf("cash %d", w.fund(trust.Cash))
	}
}

func TestR_FUN_8_ADonorIsGivenBackWhatIsLeftOfItsMoney(t *testing.T) {
	w := newWorld(t)
	id := w.post(deposit("d1", 1000, may(1)))
	w.post(deposit("d2", 3000, may(1)))
	for _, e := range []trust.Event{onActivity(trust.Allocation, 2000, may(2))} {
		if err := w.decided(e); err != nil {
			t.Fatal(err)
		}
	}
	w.post(onActivity(trust.Expenditure, 2000, may(3)))
	refund := deposit("d1", 501, may(4))
	refund.Kind = trust.Refund
	wantCode(t, w.decided(refund), "FUND_DONOR_EXCEEDED")
	refund.Amount.Minor = 500
	if err := w.decided(refund); err != nil {
		t.Fatal(err)
	}
	_, err := w.registry.Reverse(t.Context(), registry.Origin{Person: "anna"}, id, may(5), "never came")
	wantCode(t, err, "FUND_DONOR_EXCEEDED")
	w.verified()
}

func TestR_FUN_10_ASupportCostOfADonorIsNoMoreThanItHas(t *testing.T) {
	w := newWorld(t)
	w.post(deposit("d1", 100, may(1)))
	w.post(deposit("d2", 1000, may(1)))
	cost := deposit("d1", 101, may(4))
	cost.Kind = trust.SupportCost
	_, err := w.registry.Post(t.Context(), registry.Origin{Person: "anna"}, cost, "")
	wantCode(t, err, "FUND_DONOR_EXCEEDED")
	cost.Amount.Minor = 100
	w.post(cost)
	w.verified()
}

func TestAClosedPeriodIsCorrectedInTheOpenOne(t *testing.T) {
	w := newWorld(t)
	id := w.post(deposit("d1", 1000, may(2)))
	w.post(deposit("d2", 500, may(12)))
	if err := w.closed(may(10)); err != nil {
		t.Fatal(err)
	}
	_, err := w.registry.Post(t.Context(), registry.Origin{Person: "anna"}, deposit("d1", 1, may(10)), "")
	wantCode(t, err, "PERIOD_LOCKED")
	_, err = w.registry.Reverse(t.Context(), registry.Origin{Person: "anna"}, id, may(9), "typo")
	wantCode(t, err, "PERIOD_LOCKED")
	wantCode(t, w.closed(may(10)), "PERIOD_LOCKED")
	wantCode(t, w.closed(may(20)), "DATE_AHEAD") // today is not over
	if _, err := w.registry.Reverse(t.Context(), registry.Origin{Person: "anna"}, id, may(11), "typo"); err != nil {
		t.Fatal(err)
	}
	if err := w.closed(may(15)); err != nil {
		t.Fatal(err)
	}
	wantCode(t, w.decided(onActivity(trust.Allocation, 501, may(16))), "FUND_UNALLOCATED_EXCEEDED")
	if err := w.decided(onActivity(trust.Allocation, 500, may(16))); err != nil {
		t.Fatal(err)
	}
	w.verified()
}

func TestARequestIsOnePostingHoweverOftenItComes(t *testing.T) {
	w := newWorld(t)
	o := registry.Origin{Person: "anna", Request: "r-1"}
	first, err := w.registry.Post(t.Context(), o, deposit("d1", 1000, may(2)), "")
	again, err2 := w.registry.Post(t.Context(), o, deposit("d1", 1000, may(2)), "")
	if err = errors.Join(err, err2); err != nil || first != again || w.fund(trust.Cash) != 1000 {
		t.Errorf("%v: %s and %s, cash %d", err, first, again, w.fund(trust.Cash))
	}
	_, err = w.registry.Post(t.Context(), o, deposit("d1", 1001, may(2)), "")
	wantCode(t, err, "IDEMPOTENCY_KEY_REUSED")
}

// Two treasurers allocate the last dollar at the same moment.
func TestTheLastDollarIsAllocatedOnce(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		one, other := worldPausing(t, over, nil), worldPausing(t, over, nil)
		one.post(deposit("d1", 142, may(2)))
		var group sync.WaitGroup
		errs := make([]error, 2)
		for i, w := range []*world{one, other} {
			proposal, err := w.registry.ProposeEvent(t.Context(), registry.Origin{Person: "anna"}, onActivity(trust.Allocation, 100, may(3)), "")
			if err != nil {
				t.Fatal(err)
			}
			group.Go(func() {
				_, errs[i] = w.registry.Approve(t.Context(), registry.Origin{Person: fmt.Sprint("treasurer ", i)}, proposal)
			})
		}
		group.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("%v, %v", errs[0], errs[1])
		}
		lost := errors.Join(errs...)
		wantCode(t, lost, "FUND_UNALLOCATED_EXCEEDED")
		if told := problemOf(lost).Message(locale.EN); !strings.Contains(told, "0.42") {
			t.Errorf("what is left is not told: %s", told)
		}
		if got := one.fund(trust.AllocatedTo("fund/1.1")); got != 100 {
			t.Errorf("allocated %d", got)
		}
		other.verified()
	})
}

func TestAProposalThatTwoApproveAtOnceTakesEffectOnce(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		one, other := worldPausing(t, over, nil), worldPausing(t, over, nil)
		one.post(deposit("d1", 1000, may(2)))
		proposal, err := one.registry.ProposeEvent(t.Context(), registry.Origin{Person: "anna"}, onActivity(trust.Allocation, 100, may(3)), "")
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		errs := make([]error, 2)
		for i, w := range []*world{one, other} {
			group.Go(func() {
				_, errs[i] = w.registry.Approve(t.Context(), registry.Origin{Person: fmt.Sprint("treasurer ", i)}, proposal)
			})
		}
		group.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("%v, %v", errs[0], errs[1])
		}
		wantCode(t, errors.Join(errs...), "PROPOSAL_DECIDED")
		if got := one.fund(trust.AllocatedTo("fund/1.1")); got != 100 {
			t.Errorf("allocated %d", got)
		}
	})
}

// A proposal and its approval whose answers are lost are done once each, and given the same answer again.
func TestAnApprovalWhoseAnswerIsLostIsDoneOnce(t *testing.T) {
	for n := 1; n <= 8; n++ {
		for _, effect := range []bool{false, true} {
			w := worldOver(t, faulty.New(memory.New(table.Config{}), faulty.Plan{Fail: n, Effect: effect}))
			w.post(deposit("d1", 1000, may(2)))
			if err := w.decided(onActivity(trust.Allocation, 100, may(3))); err != nil {
				t.Errorf("failure %d (%v): %v", n, effect, err)
			}
			if got, head := w.fund(trust.AllocatedTo("fund/1.1")), w.verified(); got != 100 || head.Total != 2 {
				t.Errorf("failure %d (%v): allocated %d, %d entries", n, effect, got, head.Total)
			}
		}
	}
}

// Of a thousand postings at once, by several processes, none is lost and none is done twice.
func TestPostingsAtOnceAreEachEnteredOnce(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		processes := []*world{worldPausing(t, over, nil), worldPausing(t, over, nil)}
		const postings = 1000
		var group sync.WaitGroup
		for n := range postings {
			group.Go(func() {
				o := registry.Origin{Person: "anna", Request: fmt.Sprint("r-", n)}
				process := processes[min(n%20, 1)^1] // one in twenty comes through the second
				if _, err := process.registry.Post(t.Context(), o, deposit(fmt.Sprint("d", n%10), int64(1+n), may(1+n%19)), ""); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if got := processes[0].fund(trust.Cash); got != postings*(postings+1)/2 {
			t.Errorf("cash %d", got)
		}
		if head := processes[0].verified(); head.Total != postings || head.Link.Number != postings {
			t.Errorf("%d entries, %d batches", head.Total, head.Link.Number)
		}
	})
}

func TestAPostingWhoseAnswerIsLostIsDoneOnce(t *testing.T) {
	for _, effect := range []bool{false, true} {
		for n := 1; n <= 3; n++ {
			sound := memory.New(table.Config{})
			w := worldOver(t, faulty.New(sound, faulty.Plan{Fail: n, Effect: effect}))
			for _, on := range []int{2, 2, 3} {
				w.post(deposit("d1", 10, may(on)))
			}
			if got, head := w.fund(trust.Cash), w.verified(); got != 30 || head.Total != 3 {
				t.Errorf("failure %d (%v): cash %d, %d entries", n, effect, got, head.Total)
			}
		}
	}
}

func TestTheFundsEntriesComeInTheOrderOfTheirDays(t *testing.T) {
	w := newWorld(t)
	for _, on := range []civil.Date{may(9), may(2), {Year: 2024, Month: 12, Day: 31}, may(2)} {
		w.post(deposit("d1", 10, on))
	}
	var days []string
	err := w.registry.FundEntries(t.Context(), func(e ledger.Entry) error {
		days = append(days, e.Date.String())
		return nil
	})
	if want := "[2024-12-31 2025-05-02 2025-05-02 2025-05-09]"; err != nil || fmt.Sprint(days) != want {
		t.Errorf("%v: %v", err, days)
	}
}
