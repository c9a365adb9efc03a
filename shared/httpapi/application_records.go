package httpapi

import (
	"net/http"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/problem"
)

// applicationStatuses are those of what can't be done to an application, or not any more.
var applicationStatuses = map[problem.Code]int{
	"CALL_UNKNOWN":              http.StatusNotFound,
	"COUNTRY_UNKNOWN":           http.StatusNotFound,
	"APPLICATION_NONE":          http.StatusNotFound,
	"APPLICATION_OPEN":          http.StatusConflict,
	"APPLICATION_AT_CITY":       http.StatusConflict,
	"APPLICATION_AT_COMMISSION": http.StatusConflict,
	"APPLICATION_ENDORSED":      http.StatusConflict,
	"APPLICATION_SUBMITTED":     http.StatusConflict,
	"APPLICATION_NOT_SUBMITTED": http.StatusConflict,
	"APPLICATION_DECIDED":       http.StatusConflict,
	"APPLICATION_WITHDRAWN":     http.StatusConflict,
	"APPLICATION_CHANGES_MANY":  http.StatusConflict,
	"ENDORSEMENT_MISSING":       http.StatusConflict,
	"CYCLE_CLOSED_CITY":         http.StatusConflict,
	"CYCLE_CLOSED_NATCOM":       http.StatusConflict,
	"NATCOM_QUOTA_EXCEEDED":     http.StatusConflict,
	"DEADLINE_NOT_EXTENDED":     http.StatusConflict,
	"CITY_NEAR_DUPLICATE":       http.StatusConflict,
	"CITY_NAME_DIFFERS":         http.StatusConflict,
}

// endorsementState is a National Commission's word for an application, as it is answered. All keys are always present.
type endorsementState struct {
	Call       string      `json:"call"`
	City       cityName    `json:"city"`
	EndorsedOn *civil.Date `json:"endorsedOn"`
	EndorsedBy *string     `json:"endorsedBy"`
	Remarks    *string     `json:"remarks"`
}

// listEndorsements answers the endorsements that the reader may see.
func (a *api) listEndorsements(q *asking) (*answer, error) {
	w, err := q.wanted()
	if err != nil {
		return nil, err
	}
	all, err := a.Office.Endorsements(q.Context(), w)
	if err != nil {
		return nil, err
	}
	states := make([]endorsementState, len(all))
	for i, e := range all {
		states[i] = endorsementState{
			Call: e.Call, City: a.city(q, e.City, e.Body.City, e.Body.Country),
			EndorsedOn: orNull(e.Body.EndorsedOn), EndorsedBy: orNull(e.Body.EndorsedBy), Remarks: orNull(e.Body.Remarks),
		}
	}
	return listed(q, states, func(e endorsementState) string { return e.Call + "#" + e.City.ID })
}

// applicationDecision is what the secretariat decided, as it is answered. All keys are always present.
type applicationDecision struct {
	Call      string     `json:"call"`
	City      cityName   `json:"city"`
	Decision  string     `json:"decision"`
	DecidedOn civil.Date `json:"decidedOn"`
	Reason    *string    `json:"reason"`
}

// listDecisions answers the decisions that the reader may see.
func (a *api) listDecisions(q *asking) (*answer, error) {
	w, err := q.wanted(application.Accepted, application.Deferred, application.Declined)
	if err != nil {
		return nil, err
	}
	all, err := a.Office.Decisions(q.Context(), w)
	if err != nil {
		return nil, err
	}
	states := make([]applicationDecision, len(all))
	for i, d := range all {
		states[i] = applicationDecision{
			Call: d.Call, City: a.city(q, d.City, d.Body.City, d.Body.Country),
			Decision: d.Body.Decision, DecidedOn: d.Body.DecidedOn, Reason: orNull(d.Body.Reason),
		}
	}
	return listed(q, states, func(d applicationDecision) string { return d.Call + "#" + d.City.ID })
}
