package application

import "slices"

// Recorded takes in an event that was judged when it was recorded, whatever the rules would say of it today: a programme that is
// corrected, or a membership that began with it, does not undo what has happened. It leads to Event.To, else to where its action always
// does; Edit leaves the state as it is.
func (r *Round) Recorded(e Event) {
	c := r.cases[e.City]
	if c.State == None {
		c = Case{City: e.City, Name: e.Name, Country: e.Country}
	}
	if e.Form != nil {
		c.Form = *e.Form
	}
	if state, moves := leadsTo[e.Action]; moves {
		c.State = state
	}
	if e.To != None {
		c.State = e.To
	}
	r.keep(c, e)
}

// leadsTo is the state after an action, wherever it is possible.
var leadsTo = map[Action]State{
	Start: Draft, Send: Sent, Withdraw: Withdrawn, Return: Returned, Endorse: Endorsed, Submit: Submitted, Recall: Endorsed,
	Accept: Accepted, Defer: Deferred, Decline: Declined,
}

// keep stores a case after an event that has been done to it.
func (r *Round) keep(c Case, e Event) {
	switch e.Action {
	case Submit:
		c.Counts = true
	case Recall:
		c.Counts = false
	}
	c.History = append(slices.Clip(c.History), e)
	r.cases[e.City] = c
}
