package trust

import (
	"iter"

	"github.com/learning-cities/guildhall/shared/attribution"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
)

// takes reports whether an entry takes money from one donor: a refund, a support cost of its agreement, a deposit taken back.
func takes(e ledger.Entry, event Event) bool {
	switch event.Kind {
	case Refund, SupportCost:
		return event.Donor != "" && e.Reverses == ""
	case Deposit:
		return e.Reverses != ""
	}
	return false
}

// Takeable is the most minor units that an entry may take from its donor, by the entries before it in the order of their days: of a
// refund and a support cost what is left of the donor's money, of the reversal of a deposit what was received of the donor and neither
// given back nor charged to it alone; each at the end of the entry's day and of every later one. money.Bound of an entry that takes
// none. areaOf is Attribute's.
func Takeable(e ledger.Entry, entries iter.Seq2[ledger.Entry, error], areaOf func(activity string) string) (int64, error) {
	event := EventOf(e, "")
	switch {
	case !takes(e, event):
		return money.Bound, nil
	case event.Kind == Deposit:
		return leastKept(event.Donor, e.Date, entries)
	}
	return leastLeft(event.Donor, e.Date, entries, areaOf)
}

// least is the least of a figure at the end of a day and of all later ones.
type least struct {
	from  civil.Date
	minor int64
}

func (l *least) at(day civil.Date, minor int64) {
	if day.After(l.from) {
		minor = min(minor, l.minor)
	}
	l.minor = minor
}

func leastLeft(donor string, from civil.Date, entries iter.Seq2[ledger.Entry, error], areaOf func(string) string) (int64, error) {
	least := least{from: from}
	_, err := replay(entries, civil.Date{Year: 9999, Month: 12, Day: 31}, areaOf, func(day civil.Date, book *attribution.Book) {
		least.at(day, book.Left(donor))
	})
	return least.minor, err
}

func leastKept(donor string, from civil.Date, entries iter.Seq2[ledger.Entry, error]) (int64, error) {
	least := least{from: from}
	var day civil.Date
	var now int64
	for entry, err := range entries {
		if err != nil {
			return 0, err
		}
		if entry.Date.After(day) {
			least.at(day, now)
			day = entry.Date
		}
		now += kept(entry, donor)
	}
	least.at(day, now)
	return max(least.minor, 0), nil
}

// kept is what an entry adds to what was received of a donor and neither given back nor charged to it alone, of either sign.
func kept(e ledger.Entry, donor string) int64 {
	event := EventOf(e, "")
	minor := event.Amount.Minor
	switch {
	case event.Donor != donor || event.Kind != Deposit && event.Kind != Refund && event.Kind != SupportCost:
		return 0
	case event.Kind != Deposit:
		minor = -minor
	}
	if e.Reverses != "" {
		return -minor
	}
	return minor
}

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
