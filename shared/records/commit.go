package records

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/table"
)

// Claim is a slot or key that only one holder can have at a time, such as slot-1 of a quota. It is stored as a record of type
// "claim" (see keys.go), so that a Reader sees it; Holders lists the claims of a limit.
type Claim struct{ Partition, ID, Holder string }

// attrHolder is the attribute of a claim's body.
const attrHolder = "holder"

// Put is one record that a commit writes: the embedded Ref, Body and Provenance; its version becomes Base + 1.
type Put struct {
	Record
	Base   int64   // the version that it replaces, as the plan found it; 0 creates
	Claims []Claim // what the record needs to have: written with it, or nothing is
}

// ConflictError says that a record isn't at the put's base, nor is it this import's. Under the commit lock, after the plan was
// confirmed against the stored versions, nobody else writes: then it means that the put took effect before, the lock was
// released and another changed the record since, so that this try came late and there is nothing left to do.
type ConflictError struct {
	Ref     Ref
	Current *Record // what is stored; nil for nothing
}

// Error implements error.
func (e *ConflictError) Error() string { return "records: changed meanwhile: " + e.Ref.String() }

// ClaimError says that a claim is another's, and that the record which needs it was not written.
type ClaimError struct {
	Claim  Claim
	HeldBy string
}

// Error implements error.
func (e *ClaimError) Error() string {
	return fmt.Sprintf("records: %s %s is held by %s", e.Claim.Partition, e.Claim.ID, e.HeldBy)
}

// PutEach writes the records of an import's plan, each alone: one without claims in a single conditional write, one with claims
// in a transaction, claims in the order of their keys so that importers who contend don't block each other. Every put may be
// repeated at any time, also late: it writes when the record is at its base, or is this import's (then it writes the same
// again), else nothing. It returns nil when all succeeded, or an error or nil for each: *ConflictError, *ClaimError, ErrInvalid
// for a put that isn't one, else the table's, after which a repetition settles what happened.
func (s *Store) PutEach(ctx context.Context, imp string, puts []Put) []error {
	errs := make([]error, len(puts))
	var single []table.Write
	var singles []int
	for i := range puts {
		ws, err := puts[i].Writes(imp)
		switch {
		case err != nil:
			errs[i] = err
		case len(ws) == 1:
			single = append(single, ws[0])
			singles = append(singles, i)
		default:
			errs[i] = putError(&puts[i], s.table.Transact(ctx, ws))
		}
	}
	if len(single) > 0 {
		for n, err := range s.table.WriteEach(ctx, single) {
			errs[singles[n]] = putError(&puts[singles[n]], err)
		}
	}
	if slices.ContainsFunc(errs, func(err error) bool { return err != nil }) {
		return errs
	}
	return nil
}

// Writes are the table writes of a put by an import, for callers who make a transaction of their own: the claims in the order of
// their keys, then the record. An empty import writes only from the base, and can't be repeated.
func (p *Put) Writes(imp string) ([]table.Write, error) {
	if err := p.check(imp); err != nil {
		return nil, err
	}
	claims := slices.Clone(p.Claims)
	slices.SortFunc(claims, func(a, b Claim) int { return compareKeys(claimKey(a), claimKey(b)) })
	ws := make([]table.Write, 0, len(claims)+1)
	for _, claim := range claims {
		ws = append(ws, claim.write(p.Provenance))
	}
	record := p.Record
	record.Version = p.Base + 1
	return append(ws, table.Write{Put: itemOf(record), Condition: p.condition(imp), Label: p.Ref.String()}), nil
}

func (p *Put) condition(imp string) table.Condition {
	condition := table.Absent()
	if p.Base > 0 {
		condition = table.Equal(attrVersion, p.Base)
	}
	if imp == "" {
		return condition
	}
	return table.AnyOf(condition, table.AllOf(table.Equal(attrImport, imp), table.Equal(attrVersion, p.Base+1)))
}

func (p *Put) check(imp string) error {
	if err := checkRef(p.Ref); err != nil {
		return err
	}
	switch {
	case p.Ref.Type == claimType:
		return fmt.Errorf("%w: %s: claims are written with the record that needs them", ErrInvalid, p.Ref)
	case p.Base < 0:
		return fmt.Errorf("%w: %s: base %d", ErrInvalid, p.Ref, p.Base)
	case p.Provenance.Import != imp:
		return fmt.Errorf("%w: %s: provenance of import %q in one of %q", ErrInvalid, p.Ref, p.Provenance.Import, imp)
	}
	for _, claim := range p.Claims {
		if claim.Partition == "" || claim.ID == "" || claim.Holder == "" {
			return fmt.Errorf("%w: %s: incomplete claim %+v", ErrInvalid, p.Ref, claim)
		}
	}
	return nil
}

func (c Claim) write(p Provenance) table.Write {
	record := Record{Ref: claimRef(c), Version: 1, Body: table.Attributes{attrHolder: c.Holder}, Provenance: p}
	item := itemOf(record)
	item.Attributes[attrHolder] = c.Holder // again at the top level, where conditions look
	return table.Write{
		Put:       item,
		Condition: table.AnyOf(table.Absent(), table.Equal(attrHolder, c.Holder)),
		Label:     claimRef(c).String(),
	}
}

// putError says in the terms of records why a put failed. A record that isn't at its base outweighs a claim that is another's: the
// put has then been done before.
func putError(p *Put, err error) error {
	var single *table.ConditionError
	if errors.As(err, &single) {
		return conflict(p, single.Current)
	}
	var refused *table.TransactionError
	if !errors.As(err, &refused) {
		return err
	}
	for _, failure := range refused.Failed {
		if failure.Key == p.Ref.Key() {
			return conflict(p, failure.Current)
		}
	}
	return p.claimError(refused.Failed[0])
}

func conflict(p *Put, current *table.Item) error {
	if current == nil {
		return &ConflictError{Ref: p.Ref}
	}
	record, err := recordOf(*current)
	if err != nil {
		return err
	}
	return &ConflictError{Ref: p.Ref, Current: &record}
}

func (p *Put) claimError(failure table.Failure) error {
	for _, claim := range p.Claims {
		if claimKey(claim) == failure.Key {
			refused := &ClaimError{Claim: claim}
			if failure.Current != nil {
				refused.HeldBy = text(failure.Current.Attributes, attrHolder)
			}
			return refused
		}
	}
	return &failure.ConditionError
}

func compareKeys(a, b table.Key) int {
	return cmp.Or(cmp.Compare(a.Partition, b.Partition), cmp.Compare(a.Sort, b.Sort))
}

// Holders returns the claims of a partition, such as a quota's slots, in the order of their ids.
func Holders(ctx context.Context, r Reader, partition string) ([]Claim, error) {
	var claims []Claim
	err := r.Scan(ctx, claimType, partition, "", func(record Record) error {
		claims = append(claims, Claim{Partition: partition, ID: record.Ref.ID, Holder: text(record.Body, attrHolder)})
		return nil
	})
	return claims, err
}
