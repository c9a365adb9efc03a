package trust

import (
	"iter"

	"github.com/learning-cities/guildhall/shared/attribution"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Takes reports whether an entry takes money from one donor: a refund, a support cost of its agreement, a deposit taken back.
func Takes(e ledger.Entry) bool { return takes(e, EventOf(e, "")) }

func takes(e ledger.Entry, event Event) bool {
	switch event.Kind {
	case Refund, SupportCost:
		return event.Donor != "" && e.Reverses == ""
	case Deposit:
		return e.Reverses != ""
	}
	return false
}

// Takeable is the most minor units that an entry may take from its donor: of a refund and a support cost what is left of the donor's money,
// of the reversal of a deposit what was received of the donor and neither given back nor charged to it alone; each at the end of the
// entry's day and of every later one. money.Bound of an entry that takes none. before are donors' figures at the end of an earlier day, and
// go on by the entries since, which come in the order of their days.
func Takeable(e ledger.Entry, before *attribution.Book, entries iter.Seq2[ledger.Entry, error]) (int64, error) {
	event := EventOf(e, "")
	if !takes(e, event) {
		return money.Bound, nil
	}
	figure := before.Left
	if event.Kind == Deposit {
		figure = before.Kept
	}
	most := figure(event.Donor)
	err := Follow(before, entries, lastDay, func(day civil.Date, _ *attribution.Book) error {
		if now := figure(event.Donor); day.After(e.Date) {
			most = min(most, now)
		} else {
			most = now
		}
		return nil
	})
	return max(most, 0), err
}

// lastDay is behind all that entries can be of.
var lastDay = civil.Date{Year: 9999, Month: 12, Day: 31}

// CheckDonor says why an entry may not take money from a donor (FUND_DONOR_EXCEEDED); nil when it may, or takes none. left is the most
// that it may take (Takeable).
func CheckDonor(e ledger.Entry, left int64, currency money.Currency) *problem.Problem {
	event := EventOf(e, currency.Code)
	if !takes(e, event) || event.Amount.Minor <= left {
		return nil
	}
	return problem.New("FUND_DONOR_EXCEEDED").In("amount").Under("R-FUN-8").
		WithText("amount", shown(event.Amount.Minor, currency)).WithText("left", shown(left, currency))
}
