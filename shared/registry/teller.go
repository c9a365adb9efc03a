package registry

import (
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
)

// teller tells as events what sheets, or the undoing of their import, have changed since the last event on record.
type teller struct {
	call   programme.Call
	city   string
	file   *dossier
	state  application.State
	counts bool // towards the quota
	last   time.Time
}

// tell finds the events that sheets have brought since the last one on record: the records as they stand are what holds.
func (d *dossier) tell(call programme.Call, id string) {
	if d.now == d.seen {
		return
	}
	round := application.NewRound(application.Terms{Call: call})
	for _, e := range d.recorded {
		round.Recorded(e)
	}
	before := round.Case(id)
	t := teller{call: call, city: id, file: d, state: before.State, counts: before.Counts}
	if n := len(d.recorded); n > 0 {
		t.last = d.recorded[n-1].At
	}
	t.undone()
	if d.application != nil {
		t.application()
		t.endorsement()
		t.decision()
	}
}

// undone tells what was taken away together with the import that brought it.
func (t *teller) undone() {
	d := t.file
	endorsement := d.endorsement == nil && d.seen.Endorsement != 0
	decision := d.decision == nil && d.seen.Decision != 0
	switch {
	case endorsement && t.counts:
		t.add(civil.Date{}, records.Provenance{}, application.Sent, application.Recall)
	case decision && d.endorsement != nil:
		t.add(civil.Date{}, records.Provenance{}, application.Submitted, application.Submit)
	case decision:
		t.add(civil.Date{}, records.Provenance{}, application.Sent, application.Send)
	}
	if d.application == nil && d.seen.Application != 0 {
		t.add(civil.Date{}, records.Provenance{}, application.Withdrawn, application.Withdraw)
	}
}

func (t *teller) application() {
	d := t.file
	if d.now.Application == d.seen.Application {
		return
	}
	first := len(d.told)
	switch t.state {
	case application.None, application.Withdrawn:
		t.add(d.application.ReceivedOn, d.brought[0], application.Sent, application.Start, application.Send)
	case application.Draft, application.Returned:
		t.add(d.application.ReceivedOn, d.brought[0], application.Sent, application.Send)
	default:
		t.add(d.application.ReceivedOn, d.brought[0], t.state, application.Edit)
	}
	form := *d.application
	d.told[first].Form = &form
}

// endorsement tells a submission, as an endorsement in a sheet is one; the endorsement of what is submitted already is corrected.
func (t *teller) endorsement() {
	d := t.file
	switch {
	case d.endorsement == nil || d.now.Endorsement == d.seen.Endorsement:
	case t.counts && (t.state == application.Submitted || t.state.Decided()):
	case t.state == application.Endorsed:
		t.add(d.endorsement.EndorsedOn, d.brought[1], application.Submitted, application.Submit)
	default:
		t.add(d.endorsement.EndorsedOn, d.brought[1], application.Submitted, application.Endorse, application.Submit)
	}
}

// decision tells the decision on record again where something else was told after it.
func (t *teller) decision() {
	d := t.file
	if d.decision == nil || t.state == application.State(d.decision.Decision) {
		return
	}
	act := map[string]application.Action{
		application.Accepted: application.Accept, application.Deferred: application.Defer, application.Declined: application.Decline,
	}[d.decision.Decision]
	t.add(d.decision.DecidedOn, d.brought[2], application.State(d.decision.Decision), act)
	d.told[len(d.told)-1].Reason = d.decision.Reason
}

// add tells actions of a day: at its last second, but not after the moment at which the sheet was committed, nor before the event that
// they follow.
func (t *teller) add(on civil.Date, brought records.Provenance, after application.State, actions ...application.Action) {
	if !on.IsZero() {
		at := on.EndOf(t.call.Location())
		if !brought.At.IsZero() && brought.At.Before(at) {
			at = brought.At
		}
		if at.After(t.last) {
			t.last = at
		}
	}
	name, country := "", t.city[:strings.Index(t.city, "#")]
	if t.file.application != nil {
		name = t.file.application.City
	}
	for _, act := range actions {
		actor := application.Actor{Role: act.By()}
		switch actor.Role {
		case application.ByCity:
			actor.City = t.city
		case application.ByCommission:
			actor.Country = country
		}
		t.file.told = append(t.file.told, application.Event{
			City: t.city, Name: name, Country: country, Action: act, At: t.last, Actor: actor, Source: brought.Import, Person: brought.Person,
		})
	}
	t.file.told[len(t.file.told)-1].To = after
	t.state = after
	t.counts = after == application.Submitted || t.counts && actions[0] != application.Recall
}
