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

// Put is one record that a commit writes: the embedded Ref, Body and Provenance; its version becomes Base + 1. With Gone the record
// is taken away instead.
type Put struct {
	Record
	Base   int64   // the version that it replaces, as the plan found it, also of a record that was removed; 0 creates
	Claims []Claim // what the record needs to have: written with it, or nothing is
	// Releases are claims that are given back with it; one that is free already stays free.
	Releases []Claim
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

// PutEach writes the records of an import's plan, or of its undoing (Provenance.Undo), each alone: one without claims in a single
// conditional write, one with claims in a transaction, claims in the order of their keys so that importers who contend don't block each
// other. The version that a put replaces is kept before (EarlierOf). Every put may be repeated at any time, also late: it writes when the
// record is at its base, or is this import's (then it writes the same again), else nothing. It returns nil when all succeeded, or an
// error or nil for each: *ConflictError, *ClaimError, ErrInvalid for a put that isn't one, else the table's, after which a repetition
// settles what happened.
func (s *Store) PutEach(ctx context.Context, imp string, puts []Put) []error {
	b := batch{puts: puts, errs: make([]error, len(puts))}
	for i := range puts {
		ws, err := puts[i].Writes(imp)
		if err != nil {
			b.errs[i] = err
			continue
		}
		b.writes = append(b.writes, ws)
		b.of = append(b.of, i)
	}
	b.write(ctx, s)
	if slices.ContainsFunc(b.errs, func(err error) bool { return err != nil }) {
		return b.errs
	}
	return nil
}

// batch is puts on their way into the table.
type batch struct {
	puts   []Put
	errs   []error         // for each put
	writes [][]table.Write // of the puts that are sound
	of     []int           // whose they are
}

// write keeps what the puts replace, then does the puts. A commit needs no transaction for these two: nobody else changes the
// record meanwhile, and a version that is kept although it is still stored says nothing wrong (see AsOf).
func (b *batch) write(ctx context.Context, s *Store) {
	kept, err := s.keeping(ctx, Provenance{}, slices.Concat(b.writes...))
	if err != nil {
		for _, i := range b.of {
			b.errs[i] = err
		}
		return
	}
	var keeps, single []table.Write
	var keepsOf, singleOf []int
	for n, i := range b.of {
		if keep, needed := kept[b.puts[i].Ref.Key()]; needed {
			keeps, keepsOf = append(keeps, keep), append(keepsOf, n)
		}
	}
	for k, err := range writeEach(ctx, s.table, keeps) {
		b.errs[b.of[keepsOf[k]]] = err
	}
	for n, i := range b.of {
		switch ws := b.writes[n]; {
		case b.errs[i] != nil:
		case len(ws) == 1:
			single, singleOf = append(single, ws[0]), append(singleOf, i)
		default:
			b.errs[i] = putError(&b.puts[i], s.table.Transact(ctx, ws))
		}
	}
	for k, err := range writeEach(ctx, s.table, single) {
		b.errs[singleOf[k]] = putError(&b.puts[singleOf[k]], err)
	}
}

func writeEach(ctx context.Context, t table.Table, ws []table.Write) []error {
	if len(ws) == 0 {
		return nil
	}
	return t.WriteEach(ctx, ws)
}

// Writes are the table writes of a put by an import, for callers who make a transaction of their own: the claims in the order of
// their keys, then the record. An empty import writes only from the base, and can't be repeated.
func (p *Put) Writes(imp string) ([]table.Write, error) {
	if err := p.check(imp); err != nil {
		return nil, err
	}
	claims := slices.Clone(p.Claims)
	slices.SortFunc(claims, func(a, b Claim) int { return compareKeys(claimKey(a), claimKey(b)) })
	ws := make([]table.Write, 0, len(claims)+len(p.Releases)+1)
	for _, claim := range claims {
		ws = append(ws, claim.write(p.Provenance))
	}
	for _, claim := range p.Releases {
		ws = append(ws, claim.release())
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
	own := table.Equal(attrImport, imp)
	if p.Provenance.Undo != "" {
		own = table.Equal(attrUndo, imp)
	}
	return table.AnyOf(condition, table.AllOf(own, table.Equal(attrVersion, p.Base+1)))
}

func (p *Put) check(imp string) error {
	if err := checkRef(p.Ref); err != nil {
		return err
	}
	switch {
	case p.Ref.Type == claimType:
		return fmt.Errorf("%w: %s: claims are written with the record that needs them", ErrInvalid, p.Ref)
	case p.Ref.Type == pastType:
		return fmt.Errorf("%w: %s: earlier versions are kept when they are replaced", ErrInvalid, p.Ref)
	case p.Base < 0:
		return fmt.Errorf("%w: %s: base %d", ErrInvalid, p.Ref, p.Base)
	case p.Provenance.Undo != "" && p.Provenance.Undo != imp:
		return fmt.Errorf("%w: %s: undoing of %q in one of %q", ErrInvalid, p.Ref, p.Provenance.Undo, imp)
	case p.Provenance.Undo == "" && p.Provenance.Import != imp:
		return fmt.Errorf("%w: %s: provenance of import %q in one of %q", ErrInvalid, p.Ref, p.Provenance.Import, imp)
	}
	for _, claim := range slices.Concat(p.Claims, p.Releases) {
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

// release frees a claim that is its holder's, and leaves a free one.
func (c Claim) release() table.Write {
	return table.Write{
		Delete: claimKey(c), Condition: table.AnyOf(table.Absent(), table.Equal(attrHolder, c.Holder)), Label: claimRef(c).String(),
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
	for _, claim := range slices.Concat(p.Claims, p.Releases) {
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
