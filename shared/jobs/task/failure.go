package task

import (
	"encoding/json"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/problem"
)

// The codes of why a message became a dead letter.
const (
	Unreadable problem.Code = "MESSAGE_UNREADABLE" // no delivery would make it readable
	Unanswered problem.Code = "MESSAGE_UNANSWERED" // whoever received it was ended each time
	Waited     problem.Code = "MESSAGE_WAITED"     // what it needs was away too long
	Refused    problem.Code = "MESSAGE_REFUSED"    // each time with the code of Cause
	Failed     problem.Code = "MESSAGE_FAILED"     // by an error of ours
)

// Failure is why a message became a dead letter, as it travels with it: codes and references only, no text of an error and nothing of people.
type Failure struct {
	Code  problem.Code `json:"code"`
	Cause problem.Code `json:"cause,omitempty"` // of Refused
	// Reference is the identifier of the message that failed, by which the log has what happened.
	Reference string    `json:"reference,omitempty"`
	Attempts  int       `json:"attempts,omitempty"` // how often it was delivered
	Sent      time.Time `json:"sent,omitzero"`      // when it was sent first
	At        time.Time `json:"at,omitzero"`        // when it failed last
}

// Reason is the failure as a dead letter carries it: some hundred bytes of JSON.
func (f Failure) Reason() string {
	text, err := json.Marshal(f)
	if err != nil { // texts, a number and times of four-digit years always have a JSON
		panic(err)
	}
	return string(text)
}

// ReadFailure reads what a dead letter carries. One without a reason was put aside by its queue, after the last delivery that nobody answered; one
// whose reason isn't a Failure failed.
func ReadFailure(reason string) Failure {
	if reason == "" {
		return Failure{Code: Unanswered}
	}
	var f Failure
	if err := json.Unmarshal([]byte(reason), &f); err != nil {
		return Failure{Code: Failed}
	}
	switch f.Code {
	case Unreadable, Unanswered, Waited, Failed:
		f.Cause = ""
	case Refused:
		if _, known := problem.Lookup(f.Cause); !known {
			f.Code, f.Cause = Failed, ""
		}
	default:
		f.Code, f.Cause = Failed, ""
	}
	if !identity.WellFormed(f.Reference) {
		f.Reference = ""
	}
	f.Attempts = max(f.Attempts, 0)
	return f
}

// Problem says it in words.
func (f Failure) Problem() *problem.Problem {
	p := problem.New(f.Code)
	if f.Code == Refused {
		p = p.With("cause", string(f.Cause))
	}
	return p
}
