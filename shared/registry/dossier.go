package registry

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
)

// applicationEventType is the type of the events of applications: in a call's partition, by city and place in the city's stream.
const applicationEventType = "application_event"

// applicationEvent is one event of a stream, with the versions of the records that sheets share, as it left them. Where these have
// others since, a sheet has changed them.
type applicationEvent struct {
	Event application.Event `json:"event"`
	Seen  versions          `json:"seen"`
	Past  versions          `json:"past"` // the highest that each had before it was removed
}

// versions are those of a city's records of a call; 0 is that there is none.
type versions struct {
	Application int64 `json:"application"`
	Endorsement int64 `json:"endorsement"`
	Decision    int64 `json:"decision"`
}

// dossier is all that is on record of a city's application to a call.
type dossier struct {
	recorded    []application.Event
	told        []application.Event // by sheets since the last event; entered with the next one
	seen, past  versions            // after the last event
	now         versions
	application *application.Application
	endorsement *application.Endorsement
	decision    *application.Decision
	brought     [3]records.Provenance // of application, endorsement and decision
}

// loadDossiers reads the dossiers of the cities whose identifiers begin with a prefix; events have the place behind it.
func loadDossiers(
	ctx context.Context, from records.Reader, call programme.Call, eventPrefix, prefix string,
) (map[string]*dossier, error) {
	files := map[string]*dossier{}
	of := func(id string) *dossier {
		if files[id] == nil {
			files[id] = &dossier{}
		}
		return files[id]
	}
	err := errors.Join(
		scan(ctx, from, applicationEventType, call.ID, eventPrefix, func(record records.Record, e applicationEvent) error {
			id := record.Ref.ID[:strings.LastIndex(record.Ref.ID, "#")]
			file := of(id)
			file.recorded, file.seen, file.past = append(file.recorded, e.Event), e.Seen, e.Past
			return nil
		}),
		scan(ctx, from, application.RecordType, call.ID, prefix, func(record records.Record, a application.Application) error {
			file := of(record.Ref.ID)
			file.application, file.now.Application, file.brought[0] = &a, record.Version, record.Provenance
			return nil
		}),
		scan(ctx, from, application.EndorsementType, call.ID, prefix, func(record records.Record, e application.Endorsement) error {
			file := of(record.Ref.ID)
			file.endorsement, file.now.Endorsement, file.brought[1] = &e, record.Version, record.Provenance
			return nil
		}),
		scan(ctx, from, application.DecisionType, call.ID, prefix, func(record records.Record, d application.Decision) error {
			file := of(record.Ref.ID)
			file.decision, file.now.Decision, file.brought[2] = &d, record.Version, record.Provenance
			return nil
		}),
	)
	for id, file := range files {
		file.tell(call, id)
	}
	return files, err
}

// teller tells what sheets have changed as events that follow those on record.
type teller struct {
	call  programme.Call
	city  string
	file  *dossier
	state application.State
	last  time.Time
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
	t := teller{call: call, city: id, file: d, state: before.State}
	if n := len(d.recorded); n > 0 {
		t.last = d.recorded[n-1].At
	}
	if d.application == nil { // the import that brought it was undone
		if before.Counts && d.endorsement == nil && d.seen.Endorsement != 0 {
			t.add(civil.Date{}, records.Provenance{}, application.Endorsed, application.Recall)
		}
		if d.seen.Application != 0 {
			t.add(civil.Date{}, records.Provenance{}, application.Withdrawn, application.Withdraw)
		}
		return
	}
	t.application()
	t.endorsement(before.Counts)
	t.decision()
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

func (t *teller) endorsement(counts bool) {
	d := t.file
	switch {
	case d.now.Endorsement == d.seen.Endorsement:
	case d.endorsement == nil && t.state == application.Submitted: // the import that brought it was undone
		t.add(civil.Date{}, records.Provenance{}, application.Endorsed, application.Recall)
	case d.endorsement == nil, t.state == application.Submitted, counts && t.state != application.Sent && t.state != application.Returned:
	case t.state == application.Endorsed:
		t.add(d.endorsement.EndorsedOn, d.brought[1], application.Submitted, application.Submit)
	default:
		t.add(d.endorsement.EndorsedOn, d.brought[1], application.Submitted, application.Endorse, application.Submit)
	}
}

func (t *teller) decision() {
	d := t.file
	switch {
	case d.now.Decision == d.seen.Decision:
	case d.decision == nil && d.endorsement != nil: // the import that brought it was undone
		t.add(civil.Date{}, records.Provenance{}, application.Submitted, application.Submit)
	case d.decision != nil && t.state != application.State(d.decision.Decision):
		act := map[string]application.Action{
			application.Accepted: application.Accept, application.Deferred: application.Defer, application.Declined: application.Decline,
		}[d.decision.Decision]
		t.add(d.decision.DecidedOn, d.brought[2], application.State(d.decision.Decision), act)
		d.told[len(d.told)-1].Reason = d.decision.Reason
	}
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
	t.state = after
}

// storedMember is a member's record with its version; 0 is that there is none.
type storedMember struct {
	body    member.Member
	version int64
}

func loadMember(ctx context.Context, from records.Reader, id string) (storedMember, error) {
	var m storedMember
	record, err := from.Get(ctx, records.Ref{Type: member.RecordType, ID: id})
	if errors.Is(err, records.ErrNotFound) {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	m.version = record.Version
	return m, records.Decode(record.Body, &m.body)
}
