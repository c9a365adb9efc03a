package application

import (
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

// EventsOf tells the records that came in sheets as events of one city, so that both give one story: received is begun and sent, an
// endorsement in a sheet is a submission too (StateOf). Each is at the last second of its day in the call's zone, and none before the one
// that it follows. nil is what there is no record of; without an application there is nothing to tell.
func EventsOf(call programme.Call, city string, a *Application, e *Endorsement, d *Decision) []Event {
	if a == nil {
		return nil
	}
	var events []Event
	var last time.Time
	tell := func(on civil.Date, actor Actor, actions ...Action) {
		if at := on.EndOf(call.Location()); at.After(last) {
			last = at
		}
		for _, action := range actions {
			events = append(events, Event{City: city, Name: a.City, Country: a.Country, Action: action, At: last, Actor: actor})
		}
	}
	tell(a.ReceivedOn, Actor{Role: ByCity, City: city}, Start, Send)
	form := *a
	events[0].Form = &form
	if e == nil {
		return events
	}
	tell(e.EndorsedOn, Actor{Role: ByCommission, Country: a.Country}, Endorse, Submit)
	if d == nil {
		return events
	}
	act := map[string]Action{Accepted: Accept, Deferred: Defer, Declined: Decline}[d.Decision]
	tell(d.DecidedOn, Actor{Role: BySecretariat}, act)
	events[len(events)-1].Reason = d.Reason
	return events
}
