package registry

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// The proposals that wait to be decided are found by claims, which are given back with the decision: so they are found among themselves, however
// many were decided before. fundOpenRef notes that all have one; in books of before there were any, the next proposal catches up.
const fundOpenClaims = "fund_open"

var fundOpenRef = records.Ref{Type: "fund_open_listed", ID: "all"}

// mostCaughtUp is how many proposals one transaction catches up with, beside its own writes. With more open than that all are read as before.
const mostCaughtUp = 80

func openClaim(id string) records.Claim {
	return records.Claim{Partition: fundOpenClaims, ID: id, Holder: id}
}

// openListed reports whether each proposal that waits has its claim.
func openListed(ctx context.Context, from records.Reader) (bool, error) {
	_, err := from.Get(ctx, fundOpenRef)
	if errors.Is(err, records.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// catchUpOpen gives the writes that give each proposal that waits its claim, where that is still to be done.
func (b *books) catchUpOpen(ctx context.Context) ([]table.Write, error) {
	complete, err := openListed(ctx, b.from)
	if err != nil || complete {
		return nil, err
	}
	writes, err := b.put(fundOpenRef, 0, struct{}{})
	if err != nil {
		return nil, err
	}
	err = eachProposal(ctx, b.from, func(p Proposed) {
		if p.State == ProposalOpen {
			writes = append(writes, records.Take(openClaim(p.ID), b.origin.provenance(b.now)))
		}
	})
	if len(writes) > mostCaughtUp {
		return nil, err
	}
	return writes, err
}

// putProposal writes a proposal, with its claim while it waits.
func (b *books) putProposal(id string, base int64, p Proposal) ([]table.Write, error) {
	put := records.Put{Record: records.Record{Ref: proposalRef(id), Provenance: b.origin.provenance(b.now)}, Base: base}
	if claims := []records.Claim{openClaim(id)}; p.State == ProposalOpen {
		put.Claims = claims
	} else {
		put.Releases = claims
	}
	return written(put, p)
}

// openProposals are those that wait to be decided, in no order.
func openProposals(ctx context.Context, from records.Reader) (found []Proposed, err error) {
	complete, err := openListed(ctx, from)
	if err != nil {
		return nil, err
	}
	take := func(p Proposed) {
		if p.State == ProposalOpen {
			found = append(found, p)
		}
	}
	if !complete {
		return found, eachProposal(ctx, from, take)
	}
	waiting, err := records.Holders(ctx, from, fundOpenClaims)
	if err != nil {
		return nil, err
	}
	refs := make([]records.Ref, len(waiting))
	for i, claim := range waiting {
		refs[i] = proposalRef(claim.ID)
	}
	there, err := from.GetEach(ctx, refs)
	if err != nil {
		return nil, err
	}
	for _, record := range there {
		one := Proposed{ID: record.Ref.ID}
		if err := records.Decode(record.Body, &one.Proposal); err != nil {
			return nil, err
		}
		take(one)
	}
	return found, nil
}

func eachProposal(ctx context.Context, from records.Reader, fn func(Proposed)) error {
	return scan(ctx, from, fundProposalType, "", "", func(record records.Record, p Proposal) error {
		fn(Proposed{record.Ref.ID, p})
		return nil
	})
}
