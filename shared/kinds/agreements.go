package kinds

import (
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// agreements are those on record, by their donors: the one that a contribution is given under says what the agent may keep for its support
// (R-FUN-10).
type agreements map[string][]agreement

// agreement is as much of one as a contribution takes from it; the zero agreement is none.
type agreement struct {
	Key         string // as instalments are identified by it
	Number      string // as it is spelled
	SignedOn    civil.Date
	SupportRate money.Percent
	Rests       []imports.Rest // one of its instalments: all say the same of it
}

// agreementsOf gathers the agreements of instalments, which are given by identifier.
func agreementsOf(onRecord map[string]stored[fund.Instalment]) agreements {
	all := agreements{}
	for _, id := range slices.Sorted(maps.Keys(onRecord)) {
		i := onRecord[id].Body
		donor, key := i.DonorID(), i.AgreementKey()
		if slices.ContainsFunc(all[donor], func(a agreement) bool { return a.Key == key }) {
			continue
		}
		ref := records.Ref{Type: fund.InstalmentType, ID: id}
		all[donor] = append(all[donor], agreement{
			Key: key, Number: i.Agreement, SignedOn: i.SignedOn, SupportRate: i.SupportRate,
			Rests: []imports.Rest{{Ref: ref, Version: onRecord[id].Version}},
		})
	}
	return all
}

// of is the agreement that a contribution is given under: the one that its row names, AGREEMENT_UNKNOWN where its donor has none of that
// number. Where the row names none it is the only one that the donor had signed by then; of several none is guessed.
func (x agreements) of(c fund.Contribution, named string) (agreement, *problem.Problem) {
	of := x[c.DonorID()]
	if named == "" {
		signed := slices.DeleteFunc(slices.Clone(of), func(a agreement) bool { return a.SignedOn.After(c.ReceivedOn) })
		if len(signed) != 1 {
			return agreement{}, nil
		}
		return signed[0], nil
	}
	key := fund.AgreementKey(named)
	if at := slices.IndexFunc(of, func(a agreement) bool { return a.Key == key }); at >= 0 {
		return of[at], nil
	}
	p := problem.New("AGREEMENT_UNKNOWN").In("agreement").Under("R-FUN-8").With("donor", c.Donor)
	if len(of) == 0 {
		return agreement{}, p.WithText("known", text3("none", "aucun", "ninguno"))
	}
	numbers := make([]string, len(of))
	for i, a := range of {
		numbers[i] = a.Number
	}
	if near, ok := locale.Nearest(named, numbers); ok {
		p.Suggest(near)
	}
	return agreement{}, p.With("known", strings.Join(numbers, ", "))
}
