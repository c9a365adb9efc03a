package schedule

import (
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

// counted are the periods of a schedule within a span.
type counted struct {
	origin civil.Date // first day of period 0
	months int
	first  civil.Date // no period begins before it; none is no bound
	last   civil.Date // no period begins after it; none is no bound
	cut    bool       // the last one ends with it, and may be shorter
}

func periodsOf(s programme.Schedule, span Span) counted {
	c := counted{origin: span.First, months: s.Months, first: span.First, last: span.Last}
	switch s.Counted {
	case programme.Calendar:
		c.origin = civil.Date{Year: 2000, Month: time.January, Day: 1}
	case programme.OfTerm:
		c.cut = !span.Last.IsZero()
	}
	return c
}

// begins is the first day of a period. It is counted from the origin and not from the period before, so that the day of the month comes
// back after a shorter month: an agreement of 29 February has years that begin on 28 February, and on the 29th again in a leap year.
func (c counted) begins(n int) civil.Date { return c.origin.AddMonths(n * c.months) }

// period is the one of a number, and false where there is none.
func (c counted) period(n int) (Period, bool) {
	p := Period{From: c.begins(n), To: c.begins(n + 1).AddDays(-1)}
	if c.cut && p.To.After(c.last) {
		p.To = c.last
	}
	before := p.From.Year < 1 || !c.first.IsZero() && p.From.Before(c.first)
	beyond := !c.last.IsZero() && p.From.After(c.last)
	return p, !before && !beyond
}

// near is the number of a period that ends on a day or before it, and at most two earlier than the last that does.
func (c counted) near(day civil.Date) int {
	months := (day.Year-c.origin.Year)*12 + int(day.Month-c.origin.Month)
	n := months / c.months
	if months%c.months < 0 {
		n--
	}
	return n - 2
}

// ending calls fn with each period whose last day lies within two days, both included, the earliest first.
func (c counted) ending(from, to civil.Date, fn func(Period)) {
	for n := c.near(from); ; n++ {
		if c.begins(n).After(to) {
			return
		}
		if p, ok := c.period(n); ok && !p.To.Before(from) && !p.To.After(to) {
			fn(p)
		}
	}
}

// before is the last period that ends before a day.
func (c counted) before(day civil.Date) (Period, bool) {
	end := day.AddDays(-1)
	from := end
	if !c.last.IsZero() && c.last.Before(end) {
		from = c.last
	}
	var found Period
	ok := false
	c.ending(c.begins(c.near(from)), end, func(p Period) { found, ok = p, true })
	return found, ok
}
