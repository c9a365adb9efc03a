package registry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

var (
	fieldDate     = locale.Text{EN: "Date", FR: "Date", ES: "Fecha"}
	fieldReason   = locale.Text{EN: "Reason", FR: "Motif", ES: "Motivo"}
	fieldEntry    = locale.Text{EN: "Entry", FR: "Écriture", ES: "Asiento"}
	fieldProposal = locale.Text{EN: "Proposal", FR: "Proposition", ES: "Propuesta"}
)

// Proposal is an act on the fund that a second person has to approve. One of Event, Reversal, Statement and CloseTo is there.
type Proposal struct {
	Event     *trust.Event       `json:"event,omitempty"`
	Reversal  *Reversal          `json:"reversal,omitempty"`
	Statement *ProposedStatement `json:"statement,omitempty"`
	CloseTo   civil.Date         `json:"closeTo,omitzero"` // the last day of the period to be closed
	Reason    string             `json:"reason"`
	Person    string             `json:"person"` // who proposed it
	At        time.Time          `json:"at,omitzero"`
	State     ProposalState      `json:"state"`
	Approver  string             `json:"approver,omitempty"` // who decided it, either way
	Decided   time.Time          `json:"decided,omitzero"`
	Entry     string             `json:"entry,omitempty"` // the entry that it became
}

// Reversal is the taking back of an entry.
type Reversal struct {
	Entry string     `json:"entry"` // identifier
	On    civil.Date `json:"on"`    // the entry's own day at the earliest
}

// ProposalState is how far a proposal has come.
type ProposalState string

// The states; the last two stay.
const (
	ProposalOpen     ProposalState = "proposed"
	ProposalApproved ProposalState = "approved"
	ProposalRejected ProposalState = "rejected"
)

// ProposeEvent proposes an event that needs a second person, and gives the proposal's identifier. It is judged when it is approved; here
// only by itself. *Refused with TEXT_TOO_LONG and the problems of trust.Event.Check; RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (r *Registry) ProposeEvent(ctx context.Context, o Origin, e trust.Event, reason string) (string, error) {
	if problems := e.Check(r.Programme); len(problems) > 0 {
		return "", refused(problems...)
	}
	return r.propose(ctx, o, Proposal{Event: &e, Reason: reason})
}

// ProposeClosing proposes to close the books up to a day, included. *Refused with CELL_REQUIRED, PERIOD_LOCKED, DATE_AHEAD, TEXT_TOO_LONG;
// RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (r *Registry) ProposeClosing(ctx context.Context, o Origin, to civil.Date, reason string) (string, error) {
	return r.propose(ctx, o, Proposal{CloseTo: to, Reason: reason})
}

// ProposeReversal proposes to take an entry back, as Reverse does with those that need one person only. *Refused with the problems of
// Reverse, which are judged anew when it is approved; RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (r *Registry) ProposeReversal(ctx context.Context, o Origin, entry string, on civil.Date, reason string) (string, error) {
	return r.propose(ctx, o, Proposal{Reversal: &Reversal{entry, on}, Reason: reason})
}

func (r *Registry) propose(ctx context.Context, o Origin, p Proposal) (string, error) {
	if o.Request == "" {
		o.Request = r.IDs()
	}
	return r.keepBooks(ctx, o, []any{"propose", p}, func(ctx context.Context, b *books) ([]table.Write, string, error) {
		p := p
		if err := b.proposable(ctx, &p); err != nil {
			return nil, "", err
		}
		p.State, p.Person, p.At = ProposalOpen, o.Person, b.now
		id := proposalID(o.Request)
		writes, err := b.putProposal(id, 0, p)
		if err != nil {
			return nil, id, err
		}
		open, err := b.catchUpOpen(ctx)
		return append(writes, open...), id, err
	})
}

// proposalID is the request's own identifier, by which who made it knows it; of one that could not stand in an address, a digest of it.
func proposalID(request string) string {
	if identity.WellFormed(request) {
		return request
	}
	digest := sha256.Sum256([]byte(request))
	return hex.EncodeToString(digest[:16])
}

// proposable refuses what could not be approved, as far as the proposal alone says, and fills in what a statement is as of now.
func (b *books) proposable(ctx context.Context, p *Proposal) error {
	switch {
	case p.Statement != nil:
		now, err := b.stated(ctx, p.Statement.StatementOf, p.Reason)
		if err != nil {
			return err
		}
		p.Statement = &now
	case p.Reversal != nil:
		if _, err := b.standing(ctx, p.Reversal.Entry, p.Reversal.On, p.Reason); err != nil {
			return err
		}
	case p.Event == nil:
		if refusal := b.closes(*p); refusal != nil {
			return refused(refusal)
		}
	}
	return bounded("reason", p.Reason, longReason)
}

// closes refuses a period that is closed already, or not over.
func (b *books) closes(p Proposal) *problem.Problem {
	today := b.registry.today(b.now)
	switch {
	case p.CloseTo.After(b.head.ClosedTo) && p.CloseTo.Before(today):
		return nil
	case p.CloseTo.IsZero():
		return problem.New("CELL_REQUIRED").In("date").WithText("column", fieldDate)
	case p.CloseTo.After(b.head.ClosedTo):
		return problem.New("DATE_AHEAD").In("date").Valued(p.CloseTo).WithText("today", today.Text())
	}
	return problem.New("PERIOD_LOCKED").In("date").WithText("date", p.CloseTo.Text()).WithText("closed", b.head.ClosedTo.Text())
}

func proposalRef(id string) records.Ref { return records.Ref{Type: fundProposalType, ID: id} }

// Approve has a proposal take effect, and gives the identifier of its entry, of the final statement that it became, or of the
// proposal where that closes a period.
//
// *Refused with REF_NOT_FOUND, PROPOSAL_DECIDED, SECOND_PERSON_NEEDED for who proposed it, STATEMENT_CHANGED, and what Post would say; RECORD_BUSY,
// IDEMPOTENCY_KEY_REUSED.
func (r *Registry) Approve(ctx context.Context, o Origin, id string) (string, error) {
	return r.decide(ctx, o, id, ProposalApproved, func(b *books, p *Proposal) ([]table.Write, string, error) {
		if p.Person == o.Person {
			return nil, "", refused(problem.New("SECOND_PERSON_NEEDED"))
		}
		switch {
		case p.Statement != nil:
			return b.finish(ctx, *p)
		case p.Event == nil && p.Reversal == nil:
			writes, err := b.close(ctx, *p)
			return writes, id, err
		}
		writes, entry, err := b.proposedEntry(ctx, *p)
		p.Entry = entry
		return writes, entry, err
	})
}

// proposedEntry enters what was proposed.
func (b *books) proposedEntry(ctx context.Context, p Proposal) ([]table.Write, string, error) {
	if p.Reversal != nil {
		return b.reverse(ctx, p.Reversal.Entry, p.Reversal.On, p.Reason)
	}
	return b.post(ctx, *p.Event, p.Reason)
}

// Reject ends a proposal without effect; who proposed it may take it back so. *Refused with REF_NOT_FOUND, PROPOSAL_DECIDED; RECORD_BUSY,
// IDEMPOTENCY_KEY_REUSED.
func (r *Registry) Reject(ctx context.Context, o Origin, id string) error {
	_, err := r.decide(ctx, o, id, ProposalRejected, func(*books, *Proposal) ([]table.Write, string, error) { return nil, id, nil })
	return err
}

func (r *Registry) decide(
	ctx context.Context, o Origin, id string, state ProposalState, effect func(b *books, p *Proposal) ([]table.Write, string, error),
) (string, error) {
	return r.keepBooks(ctx, o, []any{state, id}, func(ctx context.Context, b *books) ([]table.Write, string, error) {
		p, version, err := b.proposal(ctx, id)
		if err != nil {
			return nil, "", err
		}
		if p.State != ProposalOpen {
			return nil, "", refused(problem.New("PROPOSAL_DECIDED").In("proposal").Valued(id))
		}
		writes, answer, err := effect(b, &p)
		if err != nil {
			return nil, "", err
		}
		p.State, p.Approver, p.Decided = state, o.Person, b.now
		decided, err := b.putProposal(id, version, p)
		return append(writes, decided...), answer, err
	})
}

// proposal finds a proposal and the version of its record. *Refused with REF_NOT_FOUND.
func (b *books) proposal(ctx context.Context, id string) (p Proposal, version int64, err error) {
	record, err := b.from.Get(ctx, proposalRef(id))
	if errors.Is(err, records.ErrNotFound) || errors.Is(err, records.ErrInvalid) || errors.Is(err, table.ErrInvalid) {
		return p, 0, refused(problem.New("REF_NOT_FOUND").In("proposal").Valued(id).WithText("what", fieldProposal))
	}
	if err != nil {
		return p, 0, err
	}
	return p, record.Version, records.Decode(record.Body, &p)
}

// close makes the balances and donors' figures at the end of a day those that entries are judged by from then on.
func (b *books) close(ctx context.Context, p Proposal) ([]table.Write, error) {
	if refusal := b.closes(p); refusal != nil {
		return nil, refused(refusal)
	}
	period, _, err := b.period(ctx)
	if err != nil {
		return nil, err
	}
	head := b.head
	head.Opening = head.Opening.Clone()
	for _, day := range period.Days {
		if day.Date.After(p.CloseTo) {
			break
		}
		for account, minor := range day.Moves {
			head.Opening[account] += minor
		}
	}
	head.ClosedTo = p.CloseTo
	kept, err := b.checkpoint(ctx, p.CloseTo)
	if err != nil {
		return nil, err
	}
	moved, err := b.put(fundHeadRef, b.version, head)
	return append(kept, moved...), err
}
