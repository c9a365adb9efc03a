package exports

import (
	"fmt"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/trust"
)

// days are days of the fund's books, both included. Entries of earlier days are its opening balances.
type days struct{ first, last civil.Date }

// fundSums is what the entries of the books sum to around some days, in minor units of the fund's currency. It grows with accounts, donors,
// countries and lines, not with entries.
type fundSums struct {
	days
	before, within, after ledger.Balances
	debits, credits       map[ledger.Account]int64 // of the days
	donors                map[string]*given
	activities            map[string]moved
	lines                 map[clusterLine]moved
	benefit               fund.Benefit
}

// given is what a donor gave and was given back, before the days and in them.
type given struct {
	contributions            int // in the days
	receivedBefore, received int64
	refundedBefore, refunded int64
}

// moved is what was set aside and spent in the days, and what was left of it before them.
type moved struct{ brought, allocated, spent int64 }

// open is what is set aside and not spent.
func (m moved) open() int64 { return m.brought + m.allocated - m.spent }

func (m moved) plus(n moved) moved {
	return moved{m.brought + n.brought, m.allocated + n.allocated, m.spent + n.spent}
}

// clusterLine is a line of a cluster's budget; the line is "" for what names none.
type clusterLine struct{ cluster, line string }

func newFundSums(of days) *fundSums {
	return &fundSums{
		days: of, before: ledger.Balances{}, within: ledger.Balances{}, after: ledger.Balances{},
		debits: map[ledger.Account]int64{}, credits: map[ledger.Account]int64{},
		donors: map[string]*given{}, activities: map[string]moved{}, lines: map[clusterLine]moved{},
	}
}

// add takes in an entry. ledger.ErrRange.
func (s *fundSums) add(e ledger.Entry) error {
	event := trust.EventOf(e, "")
	minor := event.Amount.Minor
	if e.Reverses != "" {
		minor = -minor
	}
	switch {
	case e.Date.Before(s.first):
		s.giver(event, minor, false)
		s.purpose(event, minor, false)
		return s.before.Add(e)
	case e.Date.After(s.last):
		return s.after.Add(e)
	}
	s.giver(event, minor, true)
	s.purpose(event, minor, true)
	for _, p := range e.Postings {
		side := s.debits
		if p.Minor < 0 {
			side = s.credits
		}
		if side[p.Account] += max(p.Minor, -p.Minor); side[p.Account] > 1<<62 {
			return fmt.Errorf("%w: what moved on account %s", ledger.ErrRange, p.Account)
		}
	}
	return s.within.Add(e)
}

// giver counts what came from a donor and went back to it.
func (s *fundSums) giver(e trust.Event, minor int64, within bool) {
	if e.Kind != trust.Deposit && e.Kind != trust.Refund {
		return
	}
	g := s.donors[e.Donor]
	if g == nil {
		g = &given{}
		s.donors[e.Donor] = g
	}
	switch {
	case e.Kind == trust.Refund && within:
		g.refunded += minor
	case e.Kind == trust.Refund:
		g.refundedBefore += minor
	case within:
		g.received += minor
		g.contributions += sign(minor)
	default:
		g.receivedBefore += minor
	}
}

func sign(minor int64) int {
	if minor < 0 {
		return -1
	}
	return 1
}

// purpose counts what money was set aside and spent for.
func (s *fundSums) purpose(e trust.Event, minor int64, within bool) {
	var move moved
	switch e.Kind {
	case trust.Allocation:
		move.allocated = minor
	case trust.Deallocation:
		move.allocated = -minor
	case trust.Expenditure:
		move.spent = minor
	default:
		return
	}
	switch {
	case !within:
		move = moved{brought: move.open()}
	case e.Kind == trust.Expenditure:
		s.benefit.Add(minor, e.Beneficiary)
	}
	s.activities[e.Activity] = s.activities[e.Activity].plus(move)
	if e.Cluster != "" {
		line := clusterLine{e.Cluster, e.Line}
		s.lines[line] = s.lines[line].plus(move)
	}
}

// opening and closing are an account's balances before the days and at their end, debits above zero.
func (s *fundSums) opening(a ledger.Account) int64 { return s.before.Of(a) }
func (s *fundSums) closing(a ledger.Account) int64 { return s.before.Of(a) + s.within.Of(a) }
