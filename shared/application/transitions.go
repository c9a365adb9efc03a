package application

import (
	"maps"

	"github.com/learning-cities/guildhall/shared/problem"
)

// Deadline is one of a call's two closing dates.
type Deadline string

// The deadlines; an action without one can be done at any time.
const (
	NoDeadline         Deadline = ""
	CityDeadline       Deadline = "city"       // R-APP-1
	CommissionDeadline Deadline = "commission" // R-APP-2
)

// Outcome is what becomes of an action in a state: either a new state, up to a deadline, or a refusal.
type Outcome struct {
	To      State
	Until   Deadline
	Refused problem.Code // "" where the action is possible
}

func to(s State) Outcome                      { return Outcome{To: s} }
func toUntil(s State, until Deadline) Outcome { return Outcome{To: s, Until: until} }
func no(code problem.Code) Outcome            { return Outcome{Refused: code} }

// otherwise gives every action the same outcome but those that have their own.
func otherwise(o Outcome, own map[Action]Outcome) map[Action]Outcome {
	all := map[Action]Outcome{}
	for _, a := range Actions {
		all[a] = o
	}
	maps.Copy(all, own)
	return all
}

// Transition tells what becomes of an action in a state; every pair of them has an outcome.
func Transition(s State, a Action) Outcome { return transitions[s][a] }

// transitions is the process of an application. A returned application was received in time, so it can be corrected and sent again
// until the National Commission's own deadline (practice).
var transitions = map[State]map[Action]Outcome{
	None: otherwise(no("APPLICATION_NONE"), map[Action]Outcome{
		Start: toUntil(Draft, CityDeadline),
	}),
	Draft: {
		Start:    no("APPLICATION_OPEN"),
		Edit:     toUntil(Draft, CityDeadline),
		Send:     toUntil(Sent, CityDeadline),
		Withdraw: to(Withdrawn),
		Return:   no("APPLICATION_AT_CITY"),
		Endorse:  no("APPLICATION_AT_CITY"),
		Submit:   no("ENDORSEMENT_MISSING"),
		Recall:   no("APPLICATION_NOT_SUBMITTED"),
		Accept:   no("ENDORSEMENT_MISSING"),
		Defer:    no("ENDORSEMENT_MISSING"),
		Decline:  no("ENDORSEMENT_MISSING"),
	},
	Sent: {
		Start:    no("APPLICATION_OPEN"),
		Edit:     no("APPLICATION_AT_COMMISSION"),
		Send:     no("APPLICATION_AT_COMMISSION"),
		Withdraw: to(Withdrawn),
		Return:   toUntil(Returned, CommissionDeadline),
		Endorse:  toUntil(Endorsed, CommissionDeadline),
		Submit:   no("ENDORSEMENT_MISSING"),
		Recall:   no("APPLICATION_NOT_SUBMITTED"),
		Accept:   no("ENDORSEMENT_MISSING"),
		Defer:    no("ENDORSEMENT_MISSING"),
		Decline:  no("ENDORSEMENT_MISSING"),
	},
	Returned: {
		Start:    no("APPLICATION_OPEN"),
		Edit:     toUntil(Returned, CommissionDeadline),
		Send:     toUntil(Sent, CommissionDeadline),
		Withdraw: to(Withdrawn),
		Return:   no("APPLICATION_AT_CITY"),
		Endorse:  no("APPLICATION_AT_CITY"),
		Submit:   no("ENDORSEMENT_MISSING"),
		Recall:   no("APPLICATION_NOT_SUBMITTED"),
		Accept:   no("ENDORSEMENT_MISSING"),
		Defer:    no("ENDORSEMENT_MISSING"),
		Decline:  no("ENDORSEMENT_MISSING"),
	},
	Endorsed: {
		Start:    no("APPLICATION_OPEN"),
		Edit:     no("APPLICATION_AT_COMMISSION"),
		Send:     no("APPLICATION_AT_COMMISSION"),
		Withdraw: to(Withdrawn),
		Return:   toUntil(Returned, CommissionDeadline),
		Endorse:  no("APPLICATION_ENDORSED"),
		Submit:   toUntil(Submitted, CommissionDeadline),
		Recall:   no("APPLICATION_NOT_SUBMITTED"),
		Accept:   no("APPLICATION_NOT_SUBMITTED"),
		Defer:    no("APPLICATION_NOT_SUBMITTED"),
		Decline:  no("APPLICATION_NOT_SUBMITTED"),
	},
	Submitted: {
		Start:    no("APPLICATION_OPEN"),
		Edit:     no("APPLICATION_SUBMITTED"),
		Send:     no("APPLICATION_SUBMITTED"),
		Withdraw: to(Withdrawn),
		Return:   no("APPLICATION_SUBMITTED"),
		Endorse:  no("APPLICATION_SUBMITTED"),
		Submit:   no("APPLICATION_SUBMITTED"),
		Recall:   toUntil(Endorsed, CommissionDeadline),
		Accept:   to(Accepted),
		Defer:    to(Deferred),
		Decline:  to(Declined),
	},
	Deferred: otherwise(no("APPLICATION_DECIDED"), map[Action]Outcome{
		Withdraw: to(Withdrawn),
		Accept:   to(Accepted),
		Decline:  to(Declined),
	}),
	Accepted: otherwise(no("APPLICATION_DECIDED"), nil),
	Declined: otherwise(no("APPLICATION_DECIDED"), nil),
	Withdrawn: otherwise(no("APPLICATION_WITHDRAWN"), map[Action]Outcome{
		Start: toUntil(Draft, CityDeadline),
	}),
}
