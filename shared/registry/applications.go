package registry

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// Act is what somebody does to a city's application.
type Act struct {
	Call   string
	City   city.City // as City or NewCity give it; the name is needed to begin with (CELL_REQUIRED)
	New    bool      // of Start: it is a city of its own, though its name resembles that of a known one
	Action application.Action
	Actor  application.Actor
	Form   *application.Application // of Start, Edit and Send; nil leaves it as it is
	Reason string                   // of Return, Withdraw, Recall and decisions
	Signed string                   // of Submit: who signs for the National Commission; "" is the person who asks
	Seen   int64                    // the version (application.Case.Version) that it is about; 0 is whichever is on record
}

// applicationTypes are the records that an application's events change; an import of any of them is waited for.
var applicationTypes = []string{application.RecordType, application.EndorsementType, application.DecisionType, member.RecordType}

// Do does something to an application, now, and gives it as it is then. What follows for the records that sheets and workbooks share is
// written with the event: the application when it is sent, the endorsement with its slot of the country's quota when it is submitted
// (R-APP-3), the decision, and the member that an acceptance makes (R-APP-9); a recall gives the slot back. *Refused with the
// problems of application.Round.Apply, TEXT_TOO_LONG, APPLICATION_CHANGES_MANY, or CITY_NEAR_DUPLICATE of one that begins; CALL_UNKNOWN,
// RECORD_CHANGED where another version was seen, RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (r *Registry) Do(ctx context.Context, o Origin, act Act) (application.Case, error) {
	if err := errors.Join(
		bounded("name", act.City.Name, longLine), bounded("reason", act.Reason, longReason), bounded("signed", act.Signed, longLine),
	); err != nil {
		return application.Case{}, err
	}
	call, err := r.call(act.Call)
	if err != nil {
		return application.Case{}, err
	}
	answer, err := r.perform(ctx, o, act, applicationTypes, func(
		from records.Reader, o Origin, now time.Time,
	) ([]table.Write, string, error) {
		return r.act(ctx, from, o, now, call, act)
	})
	if err != nil {
		return application.Case{}, err
	}
	return r.recordedCase(ctx, call, act.City, answer)
}

func (r *Registry) call(id string) (programme.Call, error) {
	call, ok := r.Programme.Call(id)
	if ok {
		return call, nil
	}
	known := make([]string, len(r.Programme.Calls))
	for i, call := range r.Programme.Calls {
		known[i] = call.ID
	}
	return call, problem.New("CALL_UNKNOWN").Valued(id).With("known", strings.Join(known, ", "))
}

// recordedCase is an application as it was after an event of its stream.
func (r *Registry) recordedCase(ctx context.Context, call programme.Call, c city.City, answer string) (application.Case, error) {
	last, err := strconv.Atoi(answer)
	if err != nil {
		return application.Case{}, fmt.Errorf("registry: event %q: %w", answer, err)
	}
	files, err := loadDossiers(ctx, r.records, call, c.ID+"#", c.ID)
	if err != nil {
		return application.Case{}, err
	}
	round := application.NewRound(application.Terms{Call: call})
	for _, e := range files[c.ID].recorded[:last] {
		round.Recorded(e)
	}
	return round.Case(c.ID), nil
}

// act judges an act, and gives its writes with the place of its event in the application's stream.
func (r *Registry) act(
	ctx context.Context, from records.Reader, o Origin, now time.Time, call programme.Call, act Act,
) ([]table.Write, string, error) {
	country := act.City.Country
	files, err := loadDossiers(ctx, from, call, country+"#", country+"#")
	if err != nil {
		return nil, "", err
	}
	round, err := r.round(ctx, from, call, files, time.Time{})
	if err != nil {
		return nil, "", err
	}
	known, err := loadMember(ctx, from, act.City.ID)
	if err != nil {
		return nil, "", err
	}
	round.Member = func(_ string, on civil.Date) (civil.Date, bool) {
		return known.body.JoinedOn, known.version > 0 && (known.body.Current() || known.body.On(on))
	}
	file := files[act.City.ID]
	if file == nil {
		file = &dossier{}
	}
	before := round.Case(act.City.ID)
	if act.Seen != 0 && act.Seen != before.Version() {
		return nil, "", problem.New("RECORD_CHANGED")
	}
	event, err := eventOf(o, now, call, act, before, file)
	if err != nil {
		return nil, "", err
	}
	if act.Form != nil && act.Action != application.Send && file.long() {
		return nil, "", refused(problem.New("APPLICATION_CHANGES_MANY").WithText("city", locale.Same(before.Name)))
	}
	if act.Action == application.Start {
		p, err := r.unlike(ctx, from, act)
		if err != nil {
			return nil, "", err
		}
		if p != nil {
			return nil, "", refused(p)
		}
	}
	problems := round.Apply(event)
	if act.Action == application.Accept && file.endorsement == nil && problems == nil { // a sheet deferred it without one
		problems = append(problems, application.EndorsementMissing(locale.Same(event.Name), "state"))
	}
	if len(problems) > 0 {
		return nil, "", refused(problems...)
	}
	e := effect{registry: r, origin: o, now: now, call: call, act: act, file: file, known: known, after: round.Case(act.City.ID)}
	return e.writes(ctx, from, event, round)
}

func eventOf(
	o Origin, now time.Time, call programme.Call, act Act, before application.Case, file *dossier,
) (application.Event, error) {
	e := application.Event{
		City: act.City.ID, Name: act.City.Name, Country: act.City.Country, Action: act.Action, At: now, Actor: act.Actor,
		Form: act.Form, Reason: act.Reason, Source: o.Request, Person: o.Person,
	}
	if before.State != application.None {
		e.Name = before.Name
	}
	if n := len(before.History); n > 0 && before.History[n-1].At.After(now) { // by another's clock, or done while this one waited
		e.At = before.History[n-1].At
	}
	if strings.TrimSpace(e.Name) == "" {
		return e, refused(problem.New("CELL_REQUIRED").In("city").WithText("column", locale.Text{EN: "City", FR: "Ville", ES: "Ciudad"}))
	}
	if act.Action == application.Send {
		form := before.Form
		if act.Form != nil {
			form = *act.Form
		}
		form.City, form.Country, form.ReceivedOn = e.Name, e.Country, civil.Of(now, call.Location())
		form.OtherNames = file.otherNames()
		if before.State == application.Returned && file.application != nil { // it was received in time, and is corrected
			form.ReceivedOn = file.application.ReceivedOn
		}
		e.Form = &form
	}
	return e, nil
}
