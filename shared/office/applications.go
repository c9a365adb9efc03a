package office

import (
	"context"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/registry"
)

// Application is a city's application to a call. Its events have the identifiers of those persons only whom the actor may see, and no
// identifiers of imports and requests.
type Application struct {
	Call programme.Call
	application.Case
	Version int64 // of what is on record, which an act can name as the one that was seen; 0 in lists
}

// Wanted says which applications, endorsements or decisions a list is to have; what is "" is not asked about.
type Wanted struct {
	Call    string // identifier
	Country string // ISO 3166-1 alpha-2
	State   application.State
}

// Applications are those to all calls, by call, country and city; a National Commission is shown those of its country, a city its own. CALL_UNKNOWN, COUNTRY_UNKNOWN, RECORD_BUSY.
func (o *Office) Applications(ctx context.Context, w Wanted) ([]Application, error) {
	of, calls, err := o.wanted(ctx, w)
	if err != nil {
		return nil, err
	}
	var all []Application
	for _, call := range calls {
		cases, err := o.cases(ctx, call.ID, of)
		if err != nil {
			return nil, err
		}
		for _, c := range cases {
			if w.State == application.None || c.State == w.State {
				all = append(all, o.shownCase(ctx, call, c))
			}
		}
	}
	return all, nil
}

// wanted asks for a list of a call's things, and gives whose and of which calls it shows.
func (o *Office) wanted(ctx context.Context, w Wanted) (of access.Object, calls []programme.Call, err error) {
	of, err = o.reach(ctx, access.ApplicationRead)
	if err != nil {
		return of, nil, err
	}
	if w.Country != "" {
		if of.Country != "" && of.Country != w.Country {
			return of, nil, o.leave(ctx, access.ApplicationRead, access.Object{Country: w.Country})
		}
		if err := o.country(w.Country); err != nil {
			return of, nil, err
		}
		of.Country = w.Country
	}
	if w.Call != "" {
		call, err := o.call(w.Call)
		return of, []programme.Call{call}, err
	}
	return of, o.Programme.Calls, nil
}

// cases are the applications to a call by the cities of an object.
func (o *Office) cases(ctx context.Context, call string, of access.Object) ([]application.Case, error) {
	if of.City != "" {
		c, err := o.Registry.Application(ctx, call, of.City)
		if err != nil || c.State == application.None {
			return nil, err
		}
		return []application.Case{c}, nil
	}
	round, err := o.round(ctx, call, of)
	if err != nil {
		return nil, err
	}
	return round.Cases(), nil
}

func (o *Office) round(ctx context.Context, call string, of access.Object) (*application.Round, error) {
	if of.Country != "" {
		return o.Registry.RoundOf(ctx, call, of.Country)
	}
	return o.Registry.Round(ctx, call, time.Time{})
}

func (o *Office) shownCase(ctx context.Context, call programme.Call, c application.Case) Application {
	a := Application{Call: call, Case: c}
	for i := range a.History {
		a.History[i].Person, a.History[i].Source = shown(ctx, a.History[i].Person), ""
	}
	return a
}

// Application is the application of a city, by its identifier, to a call. CALL_UNKNOWN, APPLICATION_NONE, RECORD_BUSY.
func (o *Office) Application(ctx context.Context, call, city string) (Application, error) {
	if err := o.leave(ctx, access.ApplicationRead, access.Object{City: city}, call, city); err != nil {
		return Application{}, err
	}
	return o.application(ctx, call, city)
}

func (o *Office) application(ctx context.Context, id, city string) (Application, error) {
	call, err := o.call(id)
	if err != nil {
		return Application{}, err
	}
	var c application.Case
	if isCity(city) {
		if c, err = o.Registry.Application(ctx, id, city); err != nil {
			return Application{}, err
		}
	}
	if c.State == application.None {
		_, name, _ := strings.Cut(city, "#")
		return Application{}, problem.New("APPLICATION_NONE").In("city").WithText("city", locale.Same(name))
	}
	return o.versioned(ctx, call, c), nil
}

func (o *Office) versioned(ctx context.Context, call programme.Call, c application.Case) Application {
	version := c.Version()
	a := o.shownCase(ctx, call, c)
	a.Version = version
	return a
}

// Endorsement is a National Commission's word for a city's application to a call.
type Endorsement struct {
	Call string
	registry.OfCity[application.Endorsement]
}

// Endorsements are those on record, ordered and shown as Applications; State is not asked about. CALL_UNKNOWN, COUNTRY_UNKNOWN,
// RECORD_BUSY.
func (o *Office) Endorsements(ctx context.Context, w Wanted) ([]Endorsement, error) {
	of, calls, err := o.wanted(ctx, w)
	if err != nil {
		return nil, err
	}
	var all []Endorsement
	for _, call := range calls {
		found, err := o.Registry.Endorsements(ctx, call.ID, prefix(of))
		if err != nil {
			return nil, err
		}
		for _, one := range held(of, found) {
			all = append(all, Endorsement{call.ID, one})
		}
	}
	return all, nil
}

// Decision is what the secretariat decided about a city's application to a call.
type Decision struct {
	Call string
	registry.OfCity[application.Decision]
}

// Decisions are those on record, ordered and shown as Applications; State is the decision. CALL_UNKNOWN, COUNTRY_UNKNOWN, RECORD_BUSY.
func (o *Office) Decisions(ctx context.Context, w Wanted) ([]Decision, error) {
	of, calls, err := o.wanted(ctx, w)
	if err != nil {
		return nil, err
	}
	var all []Decision
	for _, call := range calls {
		found, err := o.Registry.Decisions(ctx, call.ID, prefix(of))
		if err != nil {
			return nil, err
		}
		for _, one := range held(of, found) {
			if w.State == application.None || string(w.State) == one.Body.Decision {
				all = append(all, Decision{call.ID, one})
			}
		}
	}
	return all, nil
}
