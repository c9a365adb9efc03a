package trust

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Period is the time that is open for entries, as far as entries are judged by it.
type Period struct {
	ClosedTo civil.Date      // the last day of the last closed period; zero when none was closed
	Opening  ledger.Balances // at the end of that day
	Days     []Day           // those with entries since, in their order
}

// Day is what the entries of one day sum to.
type Day struct {
	Date  civil.Date      `json:"date"`
	Moves ledger.Balances `json:"moves"`
}

// least is the least of an account, as shown, at the end of a day and of all later ones, and the day on which it is so.
func (p Period) least(a ledger.Account, from civil.Date) (minor int64, on civil.Date) {
	at, on := Shown(p.Opening, a), from
	rest := p.Days
	for len(rest) > 0 && !rest[0].Date.After(from) {
		at += Shown(rest[0].Moves, a)
		rest = rest[1:]
	}
	minor = at
	for _, day := range rest {
		if at += Shown(day.Moves, a); at < minor {
			minor, on = at, day.Date
		}
	}
	return minor, on
}

// On is what the entries of a day sum to, nothing where it has none.
func (p Period) On(date civil.Date) Day {
	at, found := p.at(date)
	if !found {
		return Day{Date: date}
	}
	return p.Days[at]
}

func (p Period) at(date civil.Date) (int, bool) {
	return slices.BinarySearchFunc(p.Days, date, func(d Day, date civil.Date) int { return d.Date.Compare(date) })
}

// Add enters an entry that was judged.
func (p *Period) Add(e ledger.Entry) error {
	at, found := p.at(e.Date)
	if !found {
		p.Days = slices.Insert(p.Days, at, Day{Date: e.Date, Moves: ledger.Balances{}})
	}
	return p.Days[at].Moves.Add(e)
}

// CheckEntry says why an entry, also one that reverses another, may not be entered; nil when it may. Nothing is allocated beyond what is
// unallocated, and nothing spent beyond what is allocated, on the entry's day and on any later one (R-FUN-7).
//
// Problems: PERIOD_LOCKED, FUND_UNALLOCATED_EXCEEDED, FUND_ALLOCATION_EXCEEDED.
func (p Period) CheckEntry(e ledger.Entry, currency money.Currency) *problem.Problem {
	if !p.ClosedTo.IsZero() && !e.Date.After(p.ClosedTo) {
		return problem.New("PERIOD_LOCKED").In("date").WithText("date", e.Date.Text()).WithText("closed", p.ClosedTo.Text())
	}
	for _, posting := range e.Postings {
		change := posting.Minor
		if credit(posting.Account) {
			change = -change
		}
		if change > 0 || !bounded(posting.Account) {
			continue
		}
		left, on := p.least(posting.Account, e.Date)
		if left+change >= 0 {
			continue
		}
		refusal := problem.New("FUND_UNALLOCATED_EXCEEDED")
		if activity, ok := ActivityOf(posting.Account); ok {
			refusal = problem.New("FUND_ALLOCATION_EXCEEDED").With("activity", activity)
		}
		return refusal.In("amount").Under("R-FUN-7").WithText("amount", shown(-change, currency)).
			WithText("left", shown(left, currency)).WithText("date", on.Text())
	}
	return nil
}

func shown(minor int64, currency money.Currency) locale.Text {
	amount := money.Amount{Minor: minor, Currency: currency.Code}
	return locale.Text{EN: amount.Format(locale.EN), FR: amount.Format(locale.FR), ES: amount.Format(locale.ES)}
}
