package registry

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
)

// Standing is where the fund's books stand.
type Standing struct {
	ledger.Head
	ClosedTo civil.Date // the last day of the last closed period; zero when none was closed
}

// FundStanding is where the books stand at their head.
func (r *Registry) FundStanding(ctx context.Context) (Standing, error) {
	b, err := r.atHead(ctx)
	if err != nil {
		return Standing{}, err
	}
	at := Standing{b.head.Head, b.head.ClosedTo}
	at.Balances = at.Balances.Clone()
	return at, nil
}

// Proposed is a proposal with its identifier.
type Proposed struct {
	ID string
	Proposal
}

// FundProposals are the proposals in the order in which they were made, those that wait to be decided, or all.
func (r *Registry) FundProposals(ctx context.Context, all bool) ([]Proposed, error) {
	var found []Proposed
	var err error
	if all {
		err = eachProposal(ctx, r.records, func(p Proposed) { found = append(found, p) })
	} else {
		found, err = openProposals(ctx, r.records)
	}
	slices.SortFunc(found, func(a, b Proposed) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return found, err
}

// FundProposal is a proposal by its identifier. *Refused with REF_NOT_FOUND.
func (r *Registry) FundProposal(ctx context.Context, id string) (Proposed, error) {
	b := &books{registry: r, from: r.records}
	p, _, err := b.proposal(ctx, id)
	return Proposed{ID: id, Proposal: p}, err
}

// FundEntry is an entry by its identifier, and which one took it back, "" where it stands. *Refused with REF_NOT_FOUND.
func (r *Registry) FundEntry(ctx context.Context, id string) (entry ledger.Entry, takenBackBy string, err error) {
	b, err := r.atHead(ctx)
	if err != nil {
		return entry, "", err
	}
	if entry, err = b.entry(ctx, id); err != nil {
		return entry, "", err
	}
	if !b.has(id) {
		return ledger.Entry{}, "", noEntry(id)
	}
	mark, err := find[reversedMark](ctx, b.from, reversedRef(id))
	switch {
	case errors.Is(err, records.ErrNotFound):
		return entry, "", nil
	case err != nil || !b.has(mark.By):
		return entry, "", err
	}
	return entry, mark.By, nil
}
