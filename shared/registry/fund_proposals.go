package registry

import (
	"cmp"
	"context"
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

// FundStanding is where the books stand at their head. RECORD_BUSY.
func (r *Registry) FundStanding(ctx context.Context) (Standing, error) {
	var at Standing
	err := r.readBooks(ctx, func(b *books) error {
		at = Standing{b.head.Head, b.head.ClosedTo}
		at.Balances = at.Balances.Clone()
		return nil
	})
	return at, err
}

// Proposed is a proposal with its identifier.
type Proposed struct {
	ID string
	Proposal
}

// FundProposals are the proposals in the order in which they were made, those that wait to be decided, or all. RECORD_BUSY.
func (r *Registry) FundProposals(ctx context.Context, all bool) ([]Proposed, error) {
	var found []Proposed
	err := r.readBooks(ctx, func(b *books) error {
		found = nil
		return scan(ctx, b.from, fundProposalType, "", "", func(record records.Record, p Proposal) error {
			if all || p.State == ProposalOpen {
				found = append(found, Proposed{record.Ref.ID, p})
			}
			return nil
		})
	})
	slices.SortFunc(found, func(a, b Proposed) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return found, err
}

// FundProposal is a proposal by its identifier. *Refused with REF_NOT_FOUND; RECORD_BUSY.
func (r *Registry) FundProposal(ctx context.Context, id string) (Proposed, error) {
	found := Proposed{ID: id}
	err := r.readBooks(ctx, func(b *books) (err error) {
		found.Proposal, _, err = b.proposal(ctx, id)
		return err
	})
	return found, err
}

// FundEntry is an entry by its identifier. *Refused with REF_NOT_FOUND; RECORD_BUSY.
func (r *Registry) FundEntry(ctx context.Context, id string) (ledger.Entry, error) {
	var entry ledger.Entry
	err := r.readBooks(ctx, func(b *books) (err error) {
		entry, err = b.entry(ctx, id)
		return err
	})
	return entry, err
}
