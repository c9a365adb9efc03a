package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

func peopleRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/people", serve: (*api).listPeople},
		{Method: "POST", Pattern: "/api/people", serve: (*api).invite},
		{Method: "GET", Pattern: "/api/people/events", serve: (*api).listPeopleEvents},
		{Method: "GET", Pattern: "/api/people/{person}", serve: (*api).findPerson},
		{Method: "PUT", Pattern: "/api/people/{person}", serve: (*api).changePerson},
		{Method: "DELETE", Pattern: "/api/people/{person}", serve: (*api).removePerson},
		{Method: "POST", Pattern: "/api/people/{person}/unbind", serve: (*api).unbindPerson},
		{Method: "GET", Pattern: "/api/people/{person}/sessions", serve: (*api).listSessions},
		{Method: "DELETE", Pattern: "/api/people/{person}/sessions", serve: (*api).endSessions},
		{Method: "DELETE", Pattern: "/api/people/{person}/sessions/{session}", serve: (*api).endSession},
	}
}

// peopleStatuses are those of the codes of people.
var peopleStatuses = map[problem.Code]int{
	"PERSON_UNKNOWN":   http.StatusNotFound,
	"EMAIL_TAKEN":      http.StatusConflict,
	"LAST_SECRETARIAT": http.StatusConflict,
}

// personState is a person as it is answered. All keys are always present.
type personState struct {
	ID        string        `json:"id"`
	Email     string        `json:"email"`
	Role      access.Role   `json:"role"`
	Scope     *access.Scope `json:"scope"`
	Lang      locale.Lang   `json:"lang"`
	InvitedAt time.Time     `json:"invitedAt"`
	Bound     bool          `json:"bound"` // to the account of the issuer with which the person signed in first
}

func personStateOf(p people.Person) personState {
	return personState{
		ID: p.ID, Email: p.Email, Role: p.Role, Scope: orNull(p.Scope), Lang: p.Lang, InvitedAt: p.InvitedAt, Bound: p.Bound(),
	}
}

// personOf answers one person, at its version.
func personOf(status int, p people.Person, location string) *answer {
	return &answer{status: status, body: personStateOf(p), version: p.Version, location: location}
}

// listPeople answers who is on record, in the order of their invitations.
func (a *api) listPeople(q *asking) (*answer, error) {
	all, err := a.Office.People(q.Context())
	if err != nil {
		return nil, err
	}
	states := make([]personState, len(all))
	for i, p := range all {
		states[i] = personStateOf(p)
	}
	got, err := pageOf(q, states, func(p personState) string { return p.ID })
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// standing reads what a person is to be; its language is that of the request where none is named.
func (q *asking) standing() (people.Standing, error) {
	s := people.Standing{Lang: q.lang}
	_, err := q.read(
		field{"email", &s.Email, aText, true},
		field{"role", &s.Role, aText, true},
		field{"scope", &s.Scope, aText, false},
		field{"lang", &s.Lang, aText, false},
	)
	return s, err
}

// invite puts a person on record.
func (a *api) invite(q *asking) (*answer, error) {
	standing, err := q.standing()
	if err != nil {
		return nil, err
	}
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	p, err := a.Office.Invite(q.Context(), key, standing)
	if err != nil {
		return nil, err
	}
	return personOf(http.StatusCreated, p, "people/"+p.ID), nil
}

// findPerson answers one person.
func (a *api) findPerson(q *asking) (*answer, error) {
	p, err := a.Office.Person(q.Context(), q.path("person"))
	if err != nil {
		return nil, err
	}
	return personOf(http.StatusOK, p, ""), nil
}

// changePerson makes a person what the body says.
func (a *api) changePerson(q *asking) (*answer, error) {
	standing, err := q.standing()
	if err != nil {
		return nil, err
	}
	key, base, err := q.change()
	if err != nil {
		return nil, err
	}
	p, err := a.Office.ChangePerson(q.Context(), key, q.path("person"), base, standing)
	if err != nil {
		return nil, err
	}
	return personOf(http.StatusOK, p, ""), nil
}

// change is the key under which a change is asked for, and the version that whoever asks has seen.
func (q *asking) change() (key string, base int64, err error) {
	if key, err = q.request(); err != nil {
		return "", 0, err
	}
	base, err = q.version()
	return key, base, err
}

// removePerson takes a person off the record.
func (a *api) removePerson(q *asking) (*answer, error) {
	key, base, err := q.change()
	if err != nil {
		return nil, err
	}
	return nothing(a.Office.RemovePerson(q.Context(), key, q.path("person"), base))
}

// nothing answers that something was done of which there is nothing to tell.
func nothing(err error) (*answer, error) {
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusNoContent}, nil
}

// unbindPerson lets a person sign in with another account.
func (a *api) unbindPerson(q *asking) (*answer, error) {
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	return nothing(a.Office.Unbind(q.Context(), key, q.path("person")))
}

// sessionState is a session as it is answered.
type sessionState struct {
	ID      string    `json:"id"`
	Started time.Time `json:"started"`
	Seen    time.Time `json:"seen"`
	Until   time.Time `json:"until"`
}

// listSessions answers where a person is signed in.
func (a *api) listSessions(q *asking) (*answer, error) {
	all, err := a.Office.Sessions(q.Context(), q.path("person"))
	if err != nil {
		return nil, err
	}
	states := make([]sessionState, len(all))
	for i, s := range all {
		states[i] = sessionState{ID: s.ID, Started: s.Started, Seen: s.Seen, Until: s.Until}
	}
	got, err := pageOf(q, states, func(s sessionState) string { return s.ID })
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

func (a *api) endSessions(q *asking) (*answer, error) {
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	return nothing(a.Office.EndSessions(q.Context(), key, q.path("person")))
}

func (a *api) endSession(q *asking) (*answer, error) {
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	return nothing(a.Office.EndSession(q.Context(), key, q.path("person"), q.path("session")))
}

// placeState is a role with its scope.
type placeState struct {
	Role  access.Role   `json:"role"`
	Scope *access.Scope `json:"scope"`
}

func placeStateOf(p people.Place) *placeState {
	if p == (people.Place{}) {
		return nil
	}
	return &placeState{Role: p.Role, Scope: orNull(p.Scope)}
}

// peopleEventState is what was done about a person, as it is answered. All keys are always present.
type peopleEventState struct {
	ID           string        `json:"id"`
	At           time.Time     `json:"at"`
	By           *string       `json:"by"` // identifier; null for the product itself
	Action       access.Action `json:"action"`
	Person       string        `json:"person"`
	Session      *string       `json:"session"` // null where it is about all or none
	Before       *placeState   `json:"before"`
	After        *placeState   `json:"after"`
	EmailChanged bool          `json:"emailChanged"`
}

// listPeopleEvents answers what was done about people and sessions in a year, this one where none is named.
func (a *api) listPeopleEvents(q *asking) (*answer, error) {
	year := a.Clock().UTC().Year()
	if given := q.URL.Query().Get("year"); given != "" {
		var err error
		if year, err = strconv.Atoi(given); err != nil || len(given) != 4 || year < 1000 {
			return nil, invalid("year", "2026").Valued(given)
		}
	}
	got, err := storedPage(q, func(ctx context.Context, after table.Cursor, limit int) ([]people.Event, table.Cursor, error) {
		return a.Office.PeopleEvents(ctx, year, after, limit)
	}, peopleEventStateOf)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

func peopleEventStateOf(e *people.Event) peopleEventState {
	return peopleEventState{
		ID: e.ID, At: e.At, By: orNull(e.By), Action: e.Action, Person: e.Person, Session: orNull(e.Session),
		Before: placeStateOf(e.Before), After: placeStateOf(e.After), EmailChanged: e.Address,
	}
}
