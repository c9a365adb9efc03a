package giving

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
)

// listTries is how often a list is begun anew that others write at the same moment.
const listTries = 8

// listPart is how many records are listed at once while catching up.
const listPart = 200

// List enters the contributions and instalments that an import is about to write. It is called before they are written, under their lock, by a
// commit and an undo, and may be repeated. In a table without lists it first enters all that is stored.
func List(ctx context.Context, to *records.Store, s Source, imp string, puts []records.Put) error {
	l := lister{ctx: ctx, to: to, by: records.Provenance{Import: imp}}
	if len(puts) > 0 {
		l.by.At = puts[0].Provenance.At
	}
	complete, err := listed(ctx, to)
	if err == nil && !complete {
		err = l.catchUp(s)
	}
	if err != nil {
		return err
	}
	var all []records.Record
	for i := range puts {
		if record := puts[i].Record; !record.Gone {
			record.Version = puts[i].Base + 1
			all = append(all, record)
		}
	}
	return l.enter(all)
}

// lister enters records into the lists.
type lister struct {
	ctx context.Context
	to  *records.Store
	by  records.Provenance
}

// catchUp enters all that is stored, and notes that it did.
func (l lister) catchUp(s Source) error {
	s.From = l.to
	var part []records.Record
	flush := func() error {
		err := l.enter(part)
		part = part[:0]
		return err
	}
	take := func(r records.Record) error {
		if part = append(part, r); len(part) < listPart {
			return nil
		}
		return flush()
	}
	for year := range registry.FundYears(s.Programme, s.Year) {
		if err := l.to.Scan(l.ctx, fund.RecordType, year, "", take); err != nil {
			return err
		}
	}
	if err := l.to.Scan(l.ctx, fund.InstalmentType, "", "", take); err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	return l.put([]records.Put{l.entry(listedRef, 0, table.Attributes{})})
}

// enter writes what is missing of the entries of records.
func (l lister) enter(all []records.Record) error {
	var gifts []records.Put
	var before []records.Ref // those that a record of this identifier may have had before
	donors := map[string][]named{}
	for _, record := range all {
		donor, ok, err := naming(record)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		donors[donor.ID] = append(donors[donor.ID], named{donor, record.Ref})
		if record.Ref.Type != fund.RecordType {
			continue
		}
		c, err := decoded[fund.Contribution](record)
		if err != nil {
			return err
		}
		body, err := records.Encode(giftEntry{Year: record.Ref.Partition, ID: record.Ref.ID})
		if err != nil {
			return err
		}
		gifts = append(gifts, l.entry(giftRef(c), 0, body))
		if record.Version > 1 {
			before = append(before, giftRef(c))
		}
	}
	there, err := l.to.GetEach(l.ctx, before) // which costs less than a write that is refused
	if err != nil {
		return err
	}
	gifts = slices.DeleteFunc(gifts, func(gift records.Put) bool {
		return slices.ContainsFunc(there, func(r records.Record) bool { return r.Ref == gift.Ref })
	})
	if err := l.put(gifts); err != nil {
		return err
	}
	for try := 1; ; try++ {
		err := l.name(donors)
		var moved *records.ConflictError
		if !errors.As(err, &moved) || try == listTries {
			return err
		}
	}
}

// named is a donor as a record names it.
type named struct {
	fund.Donor
	in records.Ref
}

// name enters donors, and notes of those that are there that they are spelled in several ways. *records.ConflictError where another process
// writes the same entry.
func (l lister) name(donors map[string][]named) error {
	ids := slices.Sorted(maps.Keys(donors))
	there, err := entriesOf(l.ctx, l.to, ids)
	if err != nil {
		return err
	}
	leads, err := leadsOf(l.ctx, l.to, there)
	if err != nil {
		return err
	}
	var puts []records.Put
	for _, id := range ids {
		spelled := donors[id]
		first, entry, base := spelled[0].Donor, leadTo(spelled[0].in), int64(0)
		if before, exists := there[id]; exists {
			if before.Several {
				continue
			}
			entry, base = before.donorEntry, before.version
			lead, stands := leads[entry.ref()]
			for _, one := range spelled { // it may be about to be written, and was listed by an earlier try
				if !stands && one.in == entry.ref() {
					lead, stands = one.Donor, true
				}
			}
			// Where it is gone, nothing tells how the others are spelled.
			first, entry.Several = lead, !stands
		}
		entry.Several = entry.Several || slices.ContainsFunc(spelled, func(n named) bool { return n.Donor != first })
		if base > 0 && !entry.Several {
			continue
		}
		body, err := records.Encode(entry)
		if err != nil {
			return err
		}
		puts = append(puts, l.entry(donorRef(id), base, body))
	}
	return cmp.Or(l.to.PutEach(l.ctx, l.by.Import, puts)...)
}

// put writes entries that nobody changes. Those that are there stay.
func (l lister) put(puts []records.Put) error {
	var moved *records.ConflictError
	for _, err := range l.to.PutEach(l.ctx, l.by.Import, puts) {
		if err != nil && !errors.As(err, &moved) {
			return err
		}
	}
	return nil
}

func (l lister) entry(ref records.Ref, base int64, body table.Attributes) records.Put {
	return records.Put{Record: records.Record{Ref: ref, Body: body, Provenance: l.by}, Base: base}
}
