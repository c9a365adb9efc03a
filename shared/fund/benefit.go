package fund

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/reference"
)

// Benefit sums what was spent by the countries that it was for (R-FUN-5), in minor units of the fund's currency.
//
// What was spent for several beneficiaries is shared among them equally; the minor units that do not divide go to the first of them, in
// the order of their identifiers. What names nobody is for the whole network, and for no country.
type Benefit struct {
	All     int64
	Network int64            // of which for the whole network
	By      map[string]int64 // by country, ISO 3166-1 alpha-2
}

// Add takes in what was spent; below zero it takes back what was.
func (b *Benefit) Add(minor int64, beneficiaries []string) {
	b.All += minor
	if len(beneficiaries) == 0 {
		b.Network += minor
		return
	}
	if b.By == nil {
		b.By = map[string]int64{}
	}
	share, rest := minor/int64(len(beneficiaries)), minor%int64(len(beneficiaries))
	for _, beneficiary := range slices.Sorted(slices.Values(beneficiaries)) {
		part := share
		switch {
		case rest > 0:
			part, rest = part+1, rest-1
		case rest < 0:
			part, rest = part-1, rest+1
		}
		b.By[BeneficiaryCountry(beneficiary)] += part
	}
}

// FocusSpending is what was spent for those whom the fund is meant for first, in minor units. Africa is summed in both of its meanings.
type FocusSpending struct {
	Region         int64 // in UNESCO's region Africa
	Continent      int64 // on the continent
	LowIncome      int64 // in countries that the World Bank counts as low-income
	RegionOrLow    int64 // in UNESCO's region or low-income
	ContinentOrLow int64 // on the continent or low-income
}

// Focus sums what was spent by whom it was for first.
func (b *Benefit) Focus(data *reference.Data) FocusSpending {
	var f FocusSpending
	for iso2, minor := range b.By {
		country, ok := data.Country(iso2)
		if !ok {
			continue
		}
		region, continent, low := country.Region == reference.AfricaID, country.Continent == reference.AfricaID, country.LowIncome()
		for _, group := range []struct {
			sum    *int64
			counts bool
		}{
			{&f.Region, region}, {&f.Continent, continent}, {&f.LowIncome, low}, {&f.RegionOrLow, region || low}, {&f.ContinentOrLow, continent || low},
		} {
			if group.counts {
				*group.sum += minor
			}
		}
	}
	return f
}
