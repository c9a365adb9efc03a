package office

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/giving"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
)

// Donors are those on record, by identifier, as far as the actor may know of them: all, or the one that it is. RECORD_BUSY.
func (o *Office) Donors(ctx context.Context) ([]fund.Donor, error) {
	part, err := o.reach(ctx, access.DonorRead)
	if err != nil {
		return nil, err
	}
	known, err := o.donors(ctx)
	if err != nil {
		return nil, err
	}
	var all []fund.Donor
	for _, id := range slices.Sorted(maps.Keys(known)) {
		if part.Donor == "" || id == part.Donor {
			all = append(all, known[id])
		}
	}
	return all, nil
}

// donors are all on record, by identifier.
func (o *Office) donors(ctx context.Context) (known map[string]fund.Donor, err error) {
	err = o.snapshot(ctx, giving.Types(), func(from records.Reader) error {
		known = map[string]fund.Donor{}
		for after := ""; ; {
			part, next, err := giving.Page(ctx, o.Records, o.givenIn(from), "", after, 0)
			if err != nil {
				return err
			}
			for _, one := range part {
				known[one.ID] = one
			}
			if after = next; after == "" {
				return nil
			}
		}
	})
	return known, err
}

// givenIn is where a snapshot shows what donors gave.
func (o *Office) givenIn(from records.Reader) giving.Source {
	return giving.Source{From: from, Programme: o.Programme, Year: o.Clock().Year()}
}

// SuggestedDonors is how many donors are suggested where one is to be named.
const SuggestedDonors = 100

// DonorFilter chooses donors; what is zero asks for nothing.
type DonorFilter struct {
	Kind string // as programme.DonorType has it
	Name string // a part of the name, however it is written
}

// DonorPage is a part of Donors: those behind an identifier, "" for the first, limit at most, and the identifier behind which the next part
// goes on, "" at the end. A part may be shorter, even empty, although more follow. table.ErrCursor for what is no such place; RECORD_BUSY.
func (o *Office) DonorPage(ctx context.Context, filter DonorFilter, after string, limit int) (found []fund.Donor, next string, err error) {
	part, err := o.reach(ctx, access.DonorRead)
	if err != nil {
		return nil, "", err
	}
	prefix := ""
	if filter.Kind != "" {
		prefix = filter.Kind + "#"
	}
	if part.Donor != "" {
		one, err := o.DonorsNamed(ctx, []string{part.Donor})
		for id, donor := range one {
			if strings.HasPrefix(id, prefix) && id > after && called(donor, filter.Name) {
				found = append(found, donor)
			}
		}
		return found, "", err
	}
	if !strings.HasPrefix(after, prefix) {
		after = ""
	}
	err = o.snapshot(ctx, giving.Types(), func(from records.Reader) error {
		found, next = nil, after
		for {
			page, more, err := giving.Page(ctx, o.Records, o.givenIn(from), prefix, next, limit-len(found))
			if err != nil {
				return err
			}
			for _, one := range page {
				if called(one, filter.Name) {
					found = append(found, one)
				}
			}
			if next = more; next == "" || len(found) == limit {
				return nil
			}
		}
	})
	return found, next, err
}

// called reports whether a text is a part of a donor's name.
func called(donor fund.Donor, text string) bool {
	return strings.Contains(locale.Fold(donor.Name), locale.Fold(text))
}

// DonorsNamed are those of some identifiers that are on record, as far as the actor may know of them. RECORD_BUSY.
func (o *Office) DonorsNamed(ctx context.Context, ids []string) (known map[string]fund.Donor, err error) {
	part, err := o.reach(ctx, access.DonorRead)
	if err != nil {
		return nil, err
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == "" || part.Donor != "" && id != part.Donor })
	err = o.snapshot(ctx, giving.Types(), func(from records.Reader) (err error) {
		known, err = giving.Donors(ctx, o.givenIn(from), ids)
		return err
	})
	return known, err
}

// donorNamed is the identifier of the donor that a person named; see donors.Find.
func (o *Office) donorNamed(ctx context.Context, named string) (string, error) {
	known, err := o.donors(ctx)
	if err != nil {
		return "", err
	}
	return donors.Find(known, named, o.Reference)
}

// Donor is who gave or pledged, with the sums of both as they were paid and promised: one a currency, ordered by code. A pledge is no money
// (R-FUN-8).
type Donor struct {
	fund.Donor
	Contributions int
	Received      []money.Amount
	Pledged       []money.Amount
}

// Donor is one on record. ACCESS_DENIED, DONOR_UNKNOWN, RECORD_BUSY.
func (o *Office) Donor(ctx context.Context, id string) (Donor, error) {
	if err := o.leave(ctx, access.DonorRead, access.Object{Donor: id}); err != nil {
		return Donor{}, err
	}
	of, err := o.gave(ctx, id)
	if err != nil {
		return Donor{}, err
	}
	known := fund.Donors(slices.Values(of.contributions), slices.Values(of.pledges))
	one := Donor{Donor: known[id], Contributions: len(of.contributions)}
	for _, c := range of.contributions {
		one.Received = summed(one.Received, c.Amount)
	}
	for _, i := range of.pledges {
		one.Pledged = summed(one.Pledged, i.Amount)
	}
	return one, nil
}

// summed adds an amount to the sum of its currency. A sum beyond what an amount can be stays as it is.
func summed(sums []money.Amount, amount money.Amount) []money.Amount {
	i, found := slices.BinarySearchFunc(sums, amount.Currency, func(sum money.Amount, code string) int {
		return strings.Compare(sum.Currency, code)
	})
	if !found {
		return slices.Insert(sums, i, amount)
	}
	if sum, err := sums[i].Add(amount); err == nil {
		sums[i] = sum
	}
	return sums
}

// given is what is on record of one donor.
type given struct {
	contributions []fund.Contribution
	pledges       []fund.Instalment
}

// gave reads what is on record of a donor. DONOR_UNKNOWN where nothing is.
func (o *Office) gave(ctx context.Context, donor string) (given, error) {
	var of given
	err := o.snapshot(ctx, giving.Types(), func(from records.Reader) error {
		pledges, err := registry.Pledges(ctx, from)
		if err != nil {
			return err
		}
		of = given{pledges: slices.DeleteFunc(pledges, func(i fund.Instalment) bool { return i.DonorID() != donor })}
		of.contributions, err = giving.Contributions(ctx, o.givenIn(from), donor)
		return err
	})
	if err == nil && len(of.contributions)+len(of.pledges) == 0 {
		err = noDonor(donor)
	}
	return of, err
}

func noDonor(id string) error { return problem.New("DONOR_UNKNOWN").Valued(id) }

// Pledge is an instalment of what a donor pledged, with how far what the donor gave by today covers it.
type Pledge struct {
	fund.Standing
	Overdue bool // it was due before today, and is not covered
}

// Pledges are the instalments of a donor, in the order in which they are due. ACCESS_DENIED, DONOR_UNKNOWN, RECORD_BUSY.
func (o *Office) Pledges(ctx context.Context, donor string) ([]Pledge, error) {
	if err := o.leave(ctx, access.PledgeRead, access.Object{Donor: donor}); err != nil {
		return nil, err
	}
	of, err := o.gave(ctx, donor)
	if err != nil {
		return nil, err
	}
	cover := fund.NewPromises(of.pledges).Cover(o.today())
	for _, c := range of.contributions {
		cover.Add(c.Gift())
	}
	var all []Pledge
	for _, one := range cover.Standings() {
		all = append(all, Pledge{one, one.OverdueOn(o.today())})
	}
	return all, nil
}

// Contributions are those of a donor, the earliest first. ACCESS_DENIED, DONOR_UNKNOWN, RECORD_BUSY.
func (o *Office) Contributions(ctx context.Context, donor string) ([]fund.Contribution, error) {
	if err := o.leave(ctx, access.ContributionRead, access.Object{Donor: donor}); err != nil {
		return nil, err
	}
	of, err := o.gave(ctx, donor)
	return of.contributions, err
}
