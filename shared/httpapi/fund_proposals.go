package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/registry"
)

// proposalState is what one person proposed and another one decides. One of Event, Reversal, Statement and CloseTo is there; all keys are
// always present.
type proposalState struct {
	ID        string                 `json:"id"`
	State     registry.ProposalState `json:"state"`
	Event     *fundEvent             `json:"event"`
	Reversal  *registry.Reversal     `json:"reversal"`
	Statement *proposedStatement     `json:"statement"`
	CloseTo   *civil.Date            `json:"closeTo"`
	Reason    *string                `json:"reason"`
	Person    string                 `json:"person"` // who proposed it
	At        time.Time              `json:"at"`
	Approver  *string                `json:"approver"` // who decided it, either way
	Decided   *time.Time             `json:"decided"`
	Entry     *string                `json:"entry"` // that it became
}

// proposedStatement is a version of a statement that is to become final.
type proposedStatement struct {
	Donor   string     `json:"donor"`
	From    civil.Date `json:"from"`
	To      civil.Date `json:"to"`
	Term    *string    `json:"term"`
	Version int        `json:"version"`
	Digest  string     `json:"digest"`
}

// proposalAnswer is the answer to whatever asks for, makes or decides a proposal.
type proposalAnswer struct {
	Proposal proposalState `json:"proposal"`
}

func proposalOf(q *asking, p registry.Proposed) proposalState {
	s := proposalState{
		ID: p.ID, State: p.State, Reversal: p.Reversal, CloseTo: orNull(p.CloseTo), Reason: orNull(p.Reason), Person: p.Person, At: p.At.UTC(),
		Approver: orNull(p.Approver), Decided: orNull(p.Decided), Entry: orNull(p.Entry),
	}
	if p.Event != nil {
		event := eventOf(q, *p.Event)
		s.Event = &event
	}
	if of := p.Statement; of != nil {
		s.Statement = &proposedStatement{of.Donor, of.From, of.To, orNull(of.Term), of.Version, of.Digest}
	}
	return s
}

// proposed is the answer with a proposal, or the error instead.
func proposed(q *asking, status int, location string, p registry.Proposed, err error) (*answer, error) {
	if err != nil {
		return nil, err
	}
	if location != "" {
		location += p.ID
	}
	return &answer{status: status, body: proposalAnswer{proposalOf(q, p)}, location: location}, nil
}

// The proposals that are listed.
const (
	stateOpen = "open"
	stateAll  = "all"
)

// fundProposals answers those that wait to be decided, or all.
func (a *api) fundProposals(q *asking) (*answer, error) {
	state, err := q.choice("state", []string{stateOpen, stateAll})
	if err != nil {
		return nil, err
	}
	found, err := a.Office.FundProposals(q.Context(), state == stateAll)
	if err != nil {
		return nil, err
	}
	list := make([]proposalState, len(found))
	for i, p := range found {
		list[i] = proposalOf(q, p)
	}
	body, err := pageOf(q, list, func(p proposalState) string { return p.At.Format(sortable) + p.ID })
	return &answer{status: http.StatusOK, body: body}, err
}

// sortable is how moments in UTC are written so that their texts sort as they do.
const sortable = "2006-01-02T15:04:05.000000000Z"

func (a *api) fundProposal(q *asking) (*answer, error) {
	p, err := a.Office.FundProposal(q.Context(), q.path("proposal"))
	return proposed(q, http.StatusOK, "", p, err)
}

var oneOfThem = locale.Text{
	EN: "one of event, reversal and closeTo, and no other", FR: "un seul parmi event, reversal et closeTo",
	ES: "uno solo de event, reversal y closeTo",
}

// propose proposes an event, the reversal of an entry, or to close the books up to a day.
func (a *api) propose(q *asking) (*answer, error) {
	var event office.FundEvent
	var reversal registry.Reversal
	var closeTo civil.Date
	var reason string
	ofReversal := []field{{"entry", &plain{&reversal.Entry}, aText, true}, {"on", &reversal.On, aDay, true}}
	_, err := q.read(
		field{"event", &object{"event", eventFields(&event)}, anObject, false},
		field{"reversal", &object{"reversal", ofReversal}, anObject, false},
		field{"closeTo", &closeTo, aDay, false},
		field{"reason", &plain{&reason}, aText, false},
	)
	if err != nil {
		return nil, err
	}
	request, err := q.request()
	if err != nil {
		return nil, err
	}
	var p registry.Proposed
	switch isEvent, isReversal, isClosing := event.Kind != "", reversal.Entry != "", !closeTo.IsZero(); {
	case isEvent && !isReversal && !isClosing:
		p, err = a.Office.ProposeEvent(q.Context(), request, event, reason)
	case isReversal && !isEvent && !isClosing:
		p, err = a.Office.ProposeReversal(q.Context(), request, reversal, reason)
	case isClosing && !isEvent && !isReversal:
		p, err = a.Office.ProposeClosing(q.Context(), request, closeTo, reason)
	default:
		err = invalidText("event", oneOfThem)
	}
	return proposed(q, http.StatusCreated, "proposals/", p, err)
}

// approve has a proposal take effect.
func (a *api) approve(q *asking) (*answer, error) { return a.decide(q, a.Office.ApproveProposal) }

// reject ends a proposal without effect.
func (a *api) reject(q *asking) (*answer, error) { return a.decide(q, a.Office.RejectProposal) }

func (a *api) decide(q *asking, as func(ctx context.Context, request, id string) (registry.Proposed, error)) (*answer, error) {
	if _, err := q.read(); err != nil {
		return nil, err
	}
	request, err := q.request()
	if err != nil {
		return nil, err
	}
	p, err := as(q.Context(), request, q.path("proposal"))
	return proposed(q, http.StatusOK, "", p, err)
}
