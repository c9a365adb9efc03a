package application

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Terms is what the events of one call are judged by.
type Terms struct {
	Programme  *programme.Edition
	Call       programme.Call
	Extensions []Extension
	Country    func(iso2 string) locale.Text                                // a country's name, for messages
	Member     func(city string, on civil.Date) (since civil.Date, ok bool) // whether a city is a member on a day
}

// Round is all applications to one call, as events have made them. The zero Round of a call has none.
type Round struct {
	Terms
	cases map[string]Case
}

// NewRound begins a call.
func NewRound(terms Terms) *Round { return &Round{Terms: terms, cases: map[string]Case{}} }

// Play gives the round as it was at a moment: it applies the events up to it in the order of their times, those of one time in the
// order given. Events that are refused are left out and returned with their problems, in that order.
func Play(terms Terms, events []Event, at time.Time) (*Round, []Refusal) {
	events = slices.Clone(events)
	slices.SortStableFunc(events, func(a, b Event) int { return a.At.Compare(b.At) })
	r := NewRound(terms)
	var refused []Refusal
	for _, e := range events {
		if e.At.After(at) {
			break
		}
		if problems := r.Apply(e); len(problems) > 0 {
			refused = append(refused, Refusal{e, problems})
		}
	}
	return r, refused
}

// Refusal is an event that could not be, with why.
type Refusal struct {
	Event    Event
	Problems []*problem.Problem
}

// Case is the application of a city; one that has not begun is in the state None.
func (r *Round) Case(city string) Case {
	c := r.cases[city]
	c.History = slices.Clone(c.History)
	return c
}

// Cases lists all applications by country and identifier.
func (r *Round) Cases() []Case {
	return slices.SortedFunc(maps.Values(r.cases), func(a, b Case) int {
		return cmp.Or(cmp.Compare(a.Country, b.Country), cmp.Compare(a.City, b.City))
	})
}

// Apply does what an event says, or gives the problems for which it can't be done and changes nothing. In this order it holds:
// whose action it is (APPLICATION_ACTOR); the order of events (DATE_ORDER); the state (the codes of the table of transitions);
// the deadline (R-APP-1, R-APP-2); that a member does not apply (R-APP-5); the form, when it is sent (R-APP-10); the country's
// quota, when it is submitted (R-APP-3).
func (r *Round) Apply(e Event) []*problem.Problem {
	c := r.cases[e.City]
	if c.State == None {
		c = Case{City: e.City, Name: e.Name, Country: e.Country}
	}
	if e.Form != nil {
		c.Form = *e.Form
	}
	outcome := Transition(c.State, e.Action)
	if problems := r.check(c, e, outcome); len(problems) > 0 {
		return problems
	}
	c.State = outcome.To
	r.keep(c, e)
	return nil
}

func (r *Round) check(c Case, e Event, outcome Outcome) []*problem.Problem {
	one := func(p *problem.Problem) []*problem.Problem { return []*problem.Problem{p} }
	name := locale.Same(c.Name)
	if !e.Actor.may(e.Action, c.City, c.Country) {
		return one(problem.New("APPLICATION_ACTOR").WithText("action", e.Action.Label()).WithText("actor", e.Action.By().Label()))
	}
	if before := c.last().At; e.At.Before(before) {
		return one(problem.New("DATE_ORDER").In("at").Valued(e.At.In(r.Call.Location()).Format(time.DateTime)).
			WithText("column", c.State.Label()).With("date", before.In(r.Call.Location()).Format(time.DateTime)))
	}
	if outcome.Refused != "" {
		return one(refusal(outcome.Refused, name, c.State))
	}
	if p := CheckDeadline(r.Call, r.Extensions, outcome.Until, c.City, c.Country, e.At); p != nil {
		return one(p)
	}
	switch e.Action {
	case Start, Send, Accept:
		if since, ok := r.Member(c.City, civil.Of(e.At, r.Call.Location())); ok {
			return one(AlreadyMember(name, since))
		}
		if e.Action == Send {
			return CheckForm(name, c.Form, r.Programme)
		}
	case Submit:
		if view := r.Quota(c.Country); !c.Counts && view.Left == 0 {
			return one(view.exceeded(r.Country(c.Country), c.Name))
		}
	}
	return nil
}

// refusal words a refusal of the table.
func refusal(code problem.Code, city locale.Text, s State) *problem.Problem {
	rule := ""
	switch code {
	case "ENDORSEMENT_MISSING":
		return EndorsementMissing(city, "state")
	case "APPLICATION_OPEN":
		rule = "R-APP-5"
	case "APPLICATION_NOT_SUBMITTED":
		rule = "R-APP-4"
	}
	return problem.New(code).In("state").Under(rule).WithText("city", city).WithText("state", s.Label())
}
