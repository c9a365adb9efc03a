package httpapi

import (
	"net/http"
	"time"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/personal"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/problem"
)

// A person is named in the body, and never in an address, which logs and histories keep.
func privacyRoutes() []Route {
	return []Route{
		{Method: "POST", Pattern: "/api/privacy/find", serve: (*api).findPersonal},
		{Method: "POST", Pattern: "/api/privacy/copies", serve: (*api).copyPersonal},
		{Method: "GET", Pattern: "/api/privacy/erasures", serve: (*api).listErasures},
		{Method: "POST", Pattern: "/api/privacy/erasures", serve: (*api).erasePersonal},
	}
}

// privacyStatuses are those of the codes of a person's data.
var privacyStatuses = map[problem.Code]int{
	"ERASURE_NOTHING":   http.StatusConflict,
	"FINDINGS_TOO_MANY": http.StatusConflict,
	"IMPORT_ERASED":     http.StatusGone,
	"PRIVACY_ELSEWHERE": http.StatusNotImplemented,
}

// holdingsState is what is held about a person. All keys are always present.
type holdingsState struct {
	Counts   map[privacy.Kind]int `json:"counts"`
	Findings []holdingState       `json:"findings"`
	Also     []string             `json:"also"`
}

// holdingState is one place at which something is held.
type holdingState struct {
	Kind    privacy.Kind   `json:"kind"`
	Type    *string        `json:"type"`
	Of      string         `json:"of"`
	Version *int64         `json:"version"`
	At      *string        `json:"at"`
	Sort    *personal.Sort `json:"sort"`
	Text    *string        `json:"text"`
	Kept    *string        `json:"kept"` // why an erasure leaves it
}

func holdingsStateOf(found *privacy.Found, lang locale.Lang) holdingsState {
	state := holdingsState{Counts: found.Counts, Findings: make([]holdingState, len(found.Findings)), Also: found.Also}
	for i, one := range found.Findings {
		state.Findings[i] = holdingState{
			Kind: one.Kind, Type: orNull(one.Type), Of: one.Of, Version: orNull(one.Version), At: orNull(one.At), Sort: orNull(one.Sort),
			Text: orNull(one.Text), Kept: orNull(one.Kept.In(lang)),
		}
	}
	return state
}

// erasureState is an erasure as it is answered: nothing that could be held against a name. All keys are always present.
type erasureState struct {
	ID      string               `json:"id"`
	State   privacy.State        `json:"state"`
	At      time.Time            `json:"at"`
	By      *string              `json:"by"`      // who asked for it, where whoever reads may know that
	Account *string              `json:"account"` // the person's own, which is no more
	Taken   map[privacy.Kind]int `json:"taken"`
	DoneAt  *time.Time           `json:"doneAt"`
}

func erasureStateOf(e privacy.Erasure) erasureState {
	taken := e.Taken
	if taken == nil {
		taken = map[privacy.Kind]int{}
	}
	return erasureState{
		ID: e.ID, State: e.State, At: e.At, By: orNull(e.By), Account: orNull(e.Account), Taken: taken, DoneAt: orNull(e.DoneAt),
	}
}

// who reads of whom it is.
func (q *asking) who() (who privacy.Who, err error) {
	_, err = q.read(
		field{"names", &plains{&who.Names}, someNamings, false},
		field{"emails", &plains{&who.Emails}, someNamings, false},
		field{"account", &who.Account, aText, false},
	)
	return who, err
}

var someNamings = locale.Text{EN: "a list of texts", FR: "une liste de textes", ES: "una lista de textos"}

// findPersonal answers everything that is held about a person.
func (a *api) findPersonal(q *asking) (*answer, error) {
	who, err := q.who()
	if err != nil {
		return nil, err
	}
	found, err := a.Office.FindPersonal(q.Context(), who)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: holdingsStateOf(found, q.lang)}, nil
}

// copyPersonal makes what a person is given, and answers the link through which it is fetched.
func (a *api) copyPersonal(q *asking) (*answer, error) {
	who, err := q.who()
	if err != nil {
		return nil, err
	}
	download, err := a.Office.CopyPersonal(q.Context(), a.IDs(), who, q.lang)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: map[string]any{"download": linkOf(*download)}}, nil
}

// listErasures answers the register.
func (a *api) listErasures(q *asking) (*answer, error) {
	all, err := a.Office.Erasures(q.Context())
	if err != nil {
		return nil, err
	}
	states := make([]erasureState, len(all))
	for i, e := range all {
		states[i] = erasureStateOf(e)
	}
	got, err := pageOf(q, states, func(e erasureState) string { return e.ID })
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// erasePersonal takes a person out of everything.
func (a *api) erasePersonal(q *asking) (*answer, error) {
	who, err := q.who()
	if err != nil {
		return nil, err
	}
	e, err := a.Office.ErasePersonal(q.Context(), who)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusCreated, body: erasureStateOf(*e)}, nil
}
