package httpapi

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/office"
)

// applicationPattern is the path of one application.
const applicationPattern = "/api/applications/{call}/{country}/{city}"

func applicationRoutes() []Route {
	routes := []Route{
		{Method: "GET", Pattern: "/api/applications", serve: (*api).listApplications},
		{Method: "POST", Pattern: "/api/applications", serve: (*api).startApplication},
		{Method: "GET", Pattern: applicationPattern, serve: (*api).findApplication},
		{Method: "PUT", Pattern: applicationPattern, serve: (*api).editApplication},
		{Method: "GET", Pattern: "/api/endorsements", serve: (*api).listEndorsements},
		{Method: "GET", Pattern: "/api/decisions", serve: (*api).listDecisions},
	}
	for _, action := range application.Actions {
		if action != application.Start && action != application.Edit {
			routes = append(routes, Route{
				Method: "POST", Pattern: applicationPattern + "/" + string(action),
				serve: func(a *api, q *asking) (*answer, error) { return a.act(q, action) },
			})
		}
	}
	return routes
}

// applicationLine is an application in a list. All keys are always present.
type applicationLine struct {
	Call       string            `json:"call"`
	City       cityName          `json:"city"`
	State      application.State `json:"state"`
	Counts     bool              `json:"counts"`     // towards its country's quota
	ReceivedOn *civil.Date       `json:"receivedOn"` // by the National Commission
	MemberFrom *civil.Date       `json:"memberFrom"` // of an accepted one
	ChangedAt  time.Time         `json:"changedAt"`
}

func (a *api) applicationLineOf(q *asking, of office.Application) applicationLine {
	line := applicationLine{
		Call: of.Call.ID, City: a.city(q, of.City, of.Name, of.Country), State: of.State, Counts: of.Counts,
		ReceivedOn: orNull(of.Form.ReceivedOn),
	}
	if from, ok := of.MemberFrom(of.Call); ok {
		line.MemberFrom = &from
	}
	if n := len(of.History); n > 0 {
		line.ChangedAt = of.History[n-1].At
	}
	return line
}

// applicationState is an application as it is answered. All keys are always present.
type applicationState struct {
	applicationLine
	Form   formState          `json:"form"`
	Events []applicationEvent `json:"events"` // in their order
}

// applicationEvent is something that was done to an application. All keys are always present.
type applicationEvent struct {
	Action application.Action `json:"action"`
	By     application.Role   `json:"by"`
	At     time.Time          `json:"at"`
	Person *string            `json:"person"` // who wrote it down, where the reader may see that person
	Reason *string            `json:"reason"`
}

// applicationOf answers one application at its version.
func (a *api) applicationOf(q *asking, status int, of office.Application, location string) *answer {
	state := applicationState{applicationLine: a.applicationLineOf(q, of), Form: formStateOf(of.Form), Events: []applicationEvent{}}
	for _, e := range of.History {
		state.Events = append(state.Events, applicationEvent{
			Action: e.Action, By: e.Action.By(), At: e.At, Person: orNull(e.Person), Reason: orNull(e.Reason),
		})
	}
	return &answer{status: status, body: state, version: of.Version, location: location}
}

// wanted is what the query asks of a list; states are those that it may name. FIELD_INVALID.
func (q *asking) wanted(states ...application.State) (office.Wanted, error) {
	query := q.URL.Query()
	w := office.Wanted{Call: query.Get("call"), Country: query.Get("country")}
	if given := query.Get("state"); given != "" && len(states) > 0 {
		w.State = application.State(given)
		if !slices.Contains(states, w.State) {
			return w, invalid("state", strings.Trim(fmt.Sprint(states), "[]")).Valued(given)
		}
	}
	return w, nil
}

// listApplications answers the applications that the reader may see.
func (a *api) listApplications(q *asking) (*answer, error) {
	w, err := q.wanted(application.States[1:]...)
	if err != nil {
		return nil, err
	}
	all, err := a.Office.Applications(q.Context(), w)
	if err != nil {
		return nil, err
	}
	lines := make([]applicationLine, len(all))
	for i, one := range all {
		lines[i] = a.applicationLineOf(q, one)
	}
	return listed(q, lines, func(l applicationLine) string { return l.Call + "#" + l.City.ID })
}

// findApplication answers one application.
func (a *api) findApplication(q *asking) (*answer, error) {
	got, err := a.Office.Application(q.Context(), q.path("call"), q.cityAt())
	if err != nil {
		return nil, err
	}
	return a.applicationOf(q, http.StatusOK, got, ""), nil
}

// startApplication begins an application of a city to a call.
func (a *api) startApplication(q *asking) (*answer, error) {
	act := office.ApplicationAct{Action: application.Start}
	var form formInput
	_, err := q.read(
		field{"call", &act.Call, aText, true},
		field{"city", &act.City, aText, true},
		field{"name", &plain{&act.Name}, aText, false},
		field{"new", &act.New, yesOrNo, false},
		field{"form", &form, aForm, false},
	)
	if err != nil {
		return nil, err
	}
	act.Form = form.given
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	got, err := a.Office.Do(q.Context(), key, act)
	if err != nil {
		return nil, err
	}
	country, name, _ := strings.Cut(act.City, "#")
	location := "applications/" + act.Call + "/" + country + "/" + url.PathEscape(name)
	return a.applicationOf(q, http.StatusCreated, got, location), nil
}

// editApplication replaces the answers of an application that is with its city.
func (a *api) editApplication(q *asking) (*answer, error) {
	act := office.ApplicationAct{Call: q.path("call"), City: q.cityAt(), Action: application.Edit}
	var form formInput
	if _, err := q.read(field{"form", &form, aForm, true}); err != nil {
		return nil, err
	}
	act.Form = form.given
	seen, err := q.version()
	if err != nil {
		return nil, err
	}
	act.Seen = seen
	return a.done(q, act)
}

// act does what has a path of its own to an application: at the version that was seen, where the request names one.
func (a *api) act(q *asking, action application.Action) (*answer, error) {
	act := office.ApplicationAct{Call: q.path("call"), City: q.cityAt(), Action: action}
	var fields []field
	switch action {
	case application.Send, application.Endorse:
	case application.Submit:
		fields = []field{{"signed", &plain{&act.Signed}, aText, false}}
	default:
		fields = []field{{"reason", &plain{&act.Reason}, aText, false}}
	}
	if _, err := q.read(fields...); err != nil {
		return nil, err
	}
	if len(q.tags("If-Match")) > 0 {
		seen, err := q.version()
		if err != nil {
			return nil, err
		}
		act.Seen = seen
	}
	return a.done(q, act)
}

func (a *api) done(q *asking, act office.ApplicationAct) (*answer, error) {
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	got, err := a.Office.Do(q.Context(), key, act)
	if err != nil {
		return nil, err
	}
	return a.applicationOf(q, http.StatusOK, got, ""), nil
}
