package histories

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The activity that money is set aside for and spent on, and the day of all entries.
const activity = "fund/1.1"

var entryDay = civil.Date{Year: 2025, Month: 5, Day: 2}

// bookState is where the books stand, in whole minor units.
type bookState struct {
	unallocated, allocated, spent int64
	entries                       int64
	done                          requests
}

func (s bookState) String() string {
	return fmt.Sprintf("%d unallocated, %d allocated, %d spent, %d entries", s.unallocated, s.allocated, s.spent, s.entries)
}

var openingBooks = bookState{unallocated: 500, allocated: 500, entries: 2}

// Books is the history of the fund's books: money comes by acts and by sheets of several contributions, is set aside by two persons and
// spent, never more than there is (R-FUN-7); the sums at the head are read. In the end the chain and all sums are verified.
func Books() Subject {
	return Subject{
		Name: "ledger", begin: beginBooks, draw: drawBooks, ask: askBooks, last: []Asked{{Act: "sums"}}, model: modelled(openingBooks, bookStep),
		sound: func(ctx context.Context, p *process) error {
			_, err := p.registry.VerifyFund(ctx)
			return err
		},
	}
}

func bookStep(now bookState, asked Asked, answered Answered) (bool, bookState) {
	if now.done.has(asked.Request) {
		return answered.done(), now
	}
	after := now
	after.entries++
	switch asked.Act {
	case "sums":
		return answered.Lost || answered.Seen == now.String(), now
	case "receive":
		after.unallocated += asked.Amount
	case "sheet": // of two contributions; the same rows are stored once
		after.unallocated += 2 * asked.Amount
		after.entries++
	case "set aside":
		if asked.Amount > now.unallocated {
			return refusedAs(answered, "FUND_UNALLOCATED_EXCEEDED"), now
		}
		after.unallocated -= asked.Amount
		after.allocated += asked.Amount
	case "spend":
		if asked.Amount > now.allocated {
			return refusedAs(answered, "FUND_ALLOCATION_EXCEEDED"), now
		}
		after.allocated -= asked.Amount
		after.spent += asked.Amount
	}
	after.done = now.done.with(asked.Request)
	return answered.done(), after
}

func drawBooks(r *rand.Rand) Asked {
	asked := Asked{Amount: 100 * (1 + r.Int64N(4)), Request: 1}
	switch n := r.IntN(20); {
	case n < 3:
		asked.Act = "receive"
	case n < 6:
		asked.Act = "sheet"
	case n < 11:
		asked.Act = "set aside"
	case n < 17:
		asked.Act = "spend"
	default:
		asked = Asked{Act: "sums"}
	}
	return asked
}

func event(kind trust.Kind, minor int64) trust.Event {
	e := trust.Event{Kind: kind, Amount: money.Amount{Minor: minor, Currency: "USD"}, Date: entryDay}
	if kind == trust.Deposit {
		e.Donor = "d1"
	} else {
		e.Activity = activity
	}
	return e
}

func beginBooks(ctx context.Context, p *process) error {
	if _, err := p.registry.Post(ctx, registry.Origin{Person: "anna"}, event(trust.Deposit, openingBooks.unallocated+openingBooks.allocated), ""); err != nil {
		return err
	}
	return setAside(ctx, p, Asked{Amount: openingBooks.allocated})
}

// setAside proposes as one person and approves as another. A proposal changes no sums.
func setAside(ctx context.Context, p *process, asked Asked) error {
	proposing := registry.Origin{Person: "anna"}
	if asked.Request != 0 {
		proposing.Request = fmt.Sprintf("proposal-%d", asked.Request)
	}
	id, err := p.registry.ProposeEvent(ctx, proposing, event(trust.Allocation, asked.Amount), "as decided")
	if err != nil {
		return err
	}
	approving := origin(asked)
	approving.Person = "bruno"
	_, err = p.registry.Approve(ctx, approving, id)
	return err
}

func askBooks(ctx context.Context, p *process, asked Asked) (seen string, err error) {
	switch asked.Act {
	case "receive":
		_, err = p.registry.Post(ctx, origin(asked), event(trust.Deposit, asked.Amount), "")
	case "spend":
		_, err = p.registry.Post(ctx, origin(asked), event(trust.Expenditure, asked.Amount), "")
	case "set aside":
		err = setAside(ctx, p, asked)
	case "sheet":
		text := "Donor;Type of donor;Amount;Currency;Received on;Bank reference\n"
		for n := range 2 {
			text += fmt.Sprintf("Atlas;Foundation;%d.00;USD;%s;R-%d-%d\n", asked.Amount/100, entryDay, asked.Request, n)
		}
		err = p.send(ctx, "contributions", text)
	case "sums":
		var at registry.Standing
		at, err = p.registry.FundStanding(ctx)
		seen = bookState{
			unallocated: trust.Shown(at.Balances, trust.Unallocated), allocated: trust.Shown(at.Balances, trust.AllocatedTo(activity)),
			spent: trust.Shown(at.Balances, trust.SpentOn(activity)), entries: at.Total,
		}.String()
	}
	return seen, err
}
