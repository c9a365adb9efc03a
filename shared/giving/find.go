package giving

import (
	"context"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
)

// Contributions are those of a donor, the earliest first.
func Contributions(ctx context.Context, s Source, donor string) ([]fund.Contribution, error) {
	complete, err := listed(ctx, s.From)
	if err != nil {
		return nil, err
	}
	if !complete {
		return s.among(ctx, donor)
	}
	var refs []records.Ref
	err = s.From.Scan(ctx, giftType, donor, "", func(r records.Record) error {
		entry, err := decoded[giftEntry](r)
		refs = append(refs, entry.ref())
		return err
	})
	if err != nil {
		return nil, err
	}
	var gifts []fund.Contribution
	for part := range slices.Chunk(refs, listPart) {
		found, err := s.From.GetEach(ctx, part)
		if err != nil {
			return nil, err
		}
		for _, record := range found {
			c, err := decoded[fund.Contribution](record)
			if err != nil {
				return nil, err
			}
			if c.DonorID() == donor {
				gifts = append(gifts, c)
			}
		}
	}
	byDay(gifts) // a contribution whose day was corrected has an entry of each day
	return gifts, nil
}

// Gifts are the contributions of some donors, as they are put beside pledges.
func Gifts(ctx context.Context, s Source, donors []string) ([]fund.Gift, error) {
	complete, err := listed(ctx, s.From)
	if err != nil || len(donors) == 0 {
		return nil, err
	}
	var gifts []fund.Gift
	if complete {
		for _, donor := range donors {
			of, err := Contributions(ctx, s, donor)
			if err != nil {
				return nil, err
			}
			for _, c := range of {
				gifts = append(gifts, c.Gift())
			}
		}
		return gifts, nil
	}
	for c, err := range registry.Contributions(ctx, s.From, s.Programme, s.Year) {
		if err != nil {
			return nil, err
		}
		if gift := c.Gift(); slices.Contains(donors, gift.Donor) {
			gifts = append(gifts, gift)
		}
	}
	return gifts, nil
}

// among finds a donor's contributions among all.
func (s Source) among(ctx context.Context, donor string) ([]fund.Contribution, error) {
	var gifts []fund.Contribution
	for c, err := range registry.Contributions(ctx, s.From, s.Programme, s.Year) {
		if err != nil {
			return nil, err
		}
		if c.DonorID() == donor {
			gifts = append(gifts, c)
		}
	}
	byDay(gifts)
	return gifts, nil
}

func byDay(gifts []fund.Contribution) {
	slices.SortStableFunc(gifts, func(a, b fund.Contribution) int { return a.ReceivedOn.Compare(b.ReceivedOn) })
}

// Donors are those of some identifiers that are on record, by identifier.
func Donors(ctx context.Context, s Source, ids []string) (map[string]fund.Donor, error) {
	complete, err := listed(ctx, s.From)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	if complete {
		entries, err := entriesOf(ctx, s.From, ids)
		if err != nil {
			return nil, err
		}
		return s.told(ctx, entries)
	}
	all, err := s.all(ctx)
	found := map[string]fund.Donor{}
	for _, id := range ids {
		if donor, ok := all[id]; ok {
			found[id] = donor
		}
	}
	return found, err
}

// all are the donors on record as all contributions name them.
func (s Source) all(ctx context.Context) (map[string]fund.Donor, error) {
	pledges, err := registry.Pledges(ctx, s.From)
	if err != nil {
		return nil, err
	}
	return registry.Donors(ctx, s.From, s.Programme, s.Year, pledges)
}

// Page is a part of the donors on record, by identifier: those behind an identifier, "" for the first, whose identifiers begin with a prefix,
// as those of a kind do; limit 0 is a page of the table's. There may be a few less than limit, also none, although more follow: only next, where the page after it goes on, is "" at
// the end. from shows Types as s.From does.
func Page(ctx context.Context, from *records.Store, s Source, prefix, after string, limit int) (found []fund.Donor, next string, err error) {
	complete, err := listed(ctx, from)
	if err != nil {
		return nil, "", err
	}
	if !complete {
		return s.part(ctx, prefix, after, limit)
	}
	page, more, err := from.Behind(ctx, donorType, "", prefix, after, limit)
	if err != nil {
		return nil, "", err
	}
	if more {
		next = page[len(page)-1].Ref.ID
	}
	entries := map[string]listedDonor{}
	for _, record := range page {
		if entries[record.Ref.ID], err = listedAs(record); err != nil {
			return nil, "", err
		}
	}
	known, err := s.told(ctx, entries)
	for _, record := range page {
		if donor, ok := known[record.Ref.ID]; ok {
			found = append(found, donor)
		}
	}
	return found, next, err
}

// part is Page among all.
func (s Source) part(ctx context.Context, prefix, after string, limit int) (found []fund.Donor, next string, err error) {
	all, err := s.all(ctx)
	for id, donor := range all {
		if strings.HasPrefix(id, prefix) && id > after {
			found = append(found, donor)
		}
	}
	slices.SortFunc(found, func(a, b fund.Donor) int { return strings.Compare(a.ID, b.ID) })
	if limit > 0 && len(found) > limit {
		found = found[:limit]
		next = found[limit-1].ID
	}
	return found, next, err
}

// told are the donors of entries, as far as they are on record: as their entry's record names them, or, where that is gone or the donor is
// spelled in several ways, as fund.Donors decides among all that name them.
func (s Source) told(ctx context.Context, entries map[string]listedDonor) (map[string]fund.Donor, error) {
	leads, err := leadsOf(ctx, s.From, entries)
	if err != nil {
		return nil, err
	}
	var pledges []fund.Instalment
	read := false
	known := map[string]fund.Donor{}
	for id, entry := range entries {
		if lead, ok := leads[entry.ref()]; ok && lead.ID == id && !entry.Several {
			known[id] = lead
			continue
		}
		if !read {
			if pledges, err = registry.Pledges(ctx, s.From); err != nil {
				return nil, err
			}
			read = true
		}
		gifts, err := Contributions(ctx, s, id)
		if err != nil {
			return nil, err
		}
		own := slices.DeleteFunc(slices.Clone(pledges), func(i fund.Instalment) bool { return i.DonorID() != id })
		if donor, ok := fund.Donors(slices.Values(gifts), slices.Values(own))[id]; ok {
			known[id] = donor
		}
	}
	return known, nil
}

// listedDonor is an entry with its version.
type listedDonor struct {
	donorEntry
	version int64
}

func listedAs(r records.Record) (listedDonor, error) {
	entry, err := decoded[donorEntry](r)
	return listedDonor{entry, r.Version}, err
}

// entriesOf are the entries of donors, by identifier.
func entriesOf(ctx context.Context, from records.Reader, ids []string) (map[string]listedDonor, error) {
	refs := make([]records.Ref, len(ids))
	for i, id := range ids {
		refs[i] = donorRef(id)
	}
	found, err := from.GetEach(ctx, refs)
	if err != nil {
		return nil, err
	}
	entries := map[string]listedDonor{}
	for _, record := range found {
		if entries[record.Ref.ID], err = listedAs(record); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// leadsOf is how the records that entries lead to name their donors, of those that are there.
func leadsOf(ctx context.Context, from records.Reader, entries map[string]listedDonor) (map[records.Ref]fund.Donor, error) {
	var refs []records.Ref
	for _, entry := range entries {
		if !entry.Several {
			refs = append(refs, entry.ref())
		}
	}
	found, err := from.GetEach(ctx, refs)
	if err != nil {
		return nil, err
	}
	leads := map[records.Ref]fund.Donor{}
	for _, record := range found {
		if leads[record.Ref], _, err = naming(record); err != nil {
			return nil, err
		}
	}
	return leads, nil
}
