package statement

import (
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Period is a span of days.
type Period struct {
	From civil.Date `json:"from"` // included
	To   civil.Date `json:"to"`   // included
	Term string     `json:"term"` // the programme's term that it is, "" for other spans
}

// Contains reports whether a day lies in the period.
func (p Period) Contains(d civil.Date) bool { return !d.Before(p.From) && !d.After(p.To) }

// OfTerm is the period of a term, and whether the programme has it.
func OfTerm(p *programme.Edition, id string) (Period, bool) {
	term, ok := p.Term(id)
	return Period{From: term.Start, To: term.End, Term: term.ID}, ok
}

// Before is the period that ends on the day before another and is compared with it: the term before a term; otherwise as many whole months
// where the other is of whole months, or else as many days.
func (p Period) Before(e *programme.Edition) Period {
	to := p.From.AddDays(-1)
	if p.Term != "" {
		if term, ok := e.TermAt(to); ok && term.End == to {
			return Period{From: term.Start, To: to, Term: term.ID}
		}
	}
	if months := p.months(); months > 0 {
		return Period{From: p.From.AddMonths(-months), To: to}
	}
	days := 0
	for day := p.From; !day.After(p.To); day = day.AddDays(1) {
		days++
	}
	return Period{From: p.From.AddDays(-days), To: to}
}

// months is how many whole months the period is, 0 when it isn't.
func (p Period) months() int {
	end := p.To.AddDays(1)
	if p.From.Day != 1 || end.Day != 1 {
		return 0
	}
	return (end.Year-p.From.Year)*12 + int(end.Month) - int(p.From.Month)
}
