package office

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/fund"
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

// giving are the types of records that name donors.
var giving = []string{fund.RecordType, fund.InstalmentType}

// donors are all on record, by identifier.
func (o *Office) donors(ctx context.Context) (known map[string]fund.Donor, err error) {
	err = o.snapshot(ctx, giving, func(from records.Reader) error {
		pledges, err := registry.Pledges(ctx, from)
		if err != nil {
			return err
		}
		known, err = registry.Donors(ctx, from, o.Programme, o.Clock().Year(), pledges)
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
	err := o.snapshot(ctx, giving, func(from records.Reader) error {
		pledges, err := registry.Pledges(ctx, from)
		if err != nil {
			return err
		}
		of = given{pledges: slices.DeleteFunc(pledges, func(i fund.Instalment) bool { return i.DonorID() != donor })}
		for c, err := range registry.Contributions(ctx, from, o.Programme, o.Clock().Year()) {
			if err != nil {
				return err
			}
			if c.DonorID() == donor {
				of.contributions = append(of.contributions, c)
			}
		}
		return nil
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
	slices.SortStableFunc(of.contributions, func(a, b fund.Contribution) int { return a.ReceivedOn.Compare(b.ReceivedOn) })
	return of.contributions, err
}
