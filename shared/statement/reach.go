package statement

import (
	"maps"
	"math/bits"
	"slices"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/reference"
)

// unnamed and corrected stand where a country's code does, and sort behind all.
const (
	unnamed   = "~"
	corrected = "~~"
)

// beneficiaries are those of the fund, with the part of the donor at that place in Donors; of none below 0.
func (f *Fund) beneficiaries(donor int) []Beneficiary {
	rows := map[string]*Beneficiary{}
	add := func(to string, column int, donor, all int64) {
		if rows[to] == nil {
			rows[to] = f.beneficiary(to)
		}
		*rows[to].Donor.at(column) += donor
		*rows[to].Fund.at(column) += all
	}
	for column, s := range f.pass.spells {
		for _, activity := range f.activities {
			names, spent := places(s.reached[activity])
			for i, name := range names {
				add(name, column, 0, spent[i])
			}
			if donor >= 0 {
				parts, rest := f.reached(activity, column, donor, spent)
				for i, part := range parts {
					add(names[i], column, part, 0)
				}
				if rest != 0 {
					add(corrected, column, rest, 0)
				}
			}
		}
	}
	var all []Beneficiary
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		all = append(all, *rows[name])
	}
	return all
}

// places are where an activity's spending went, in their order, and how much.
func places(b *fund.Benefit) (names []string, spent []int64) {
	if b == nil {
		return nil, nil
	}
	for _, country := range slices.Sorted(maps.Keys(b.By)) {
		names, spent = append(names, country), append(spent, b.By[country])
	}
	if b.Network != 0 {
		names, spent = append(names, unnamed), append(spent, b.Network)
	}
	return names, spent
}

// turn is where in the minor units of an activity's spending a donor's begin, and how many they are.
type turn struct{ from, own int64 }

// taken has the donors take turns: each has the minor units behind those of the donors before it, so that all together have all. What came
// back to a donor (as figures are rounded by their cumulative amounts) is taken from the end.
func (f *Fund) taken() map[string][3][]turn {
	turns := make(map[string][3][]turn, len(f.activities))
	for _, activity := range f.activities {
		var columns [3][]turn
		for column := range columns {
			taken := make([]turn, len(f.Donors))
			var from int64
			for _, up := range []bool{true, false} {
				for i, donor := range f.Donors {
					spent := donor.Figures.SpentOn(activity).Negated()
					if own := *spent.at(column); own > 0 == up {
						taken[i] = turn{from, own}
						from += own
					}
				}
			}
			columns[column] = taken
		}
		turns[activity] = columns
	}
	return turns
}

// reached divides a donor's spending on an activity among the places where all of it went. rest is what can't be divided.
func (f *Fund) reached(activity string, column, donor int, spent []int64) (parts []int64, rest int64) {
	t := f.turns[activity][column][donor]
	out, back := make([]int64, len(spent)), make([]int64, len(spent))
	var whole, paid int64
	for i, minor := range spent {
		out[i], back[i] = max(minor, 0), max(-minor, 0)
		whole, paid = whole+minor, paid+out[i]
	}
	if t.own == 0 || whole <= 0 || paid > 2*whole {
		return nil, t.own
	}
	upTo := func(units int64) []int64 {
		going := scaled(units, paid, whole)
		parts := apportion(going, out)
		if paid > whole {
			for i, minor := range apportion(going-units, back) {
				parts[i] -= minor
			}
		}
		return parts
	}
	less, more := upTo(t.from), upTo(t.from+t.own)
	for i := range more {
		more[i] -= less[i]
	}
	return more, 0
}

// scaled is a×b/c, cut to a whole number.
func scaled(a, b, c int64) int64 {
	high, low := bits.Mul64(uint64(a), uint64(b))
	whole, _ := bits.Div64(high, low, uint64(c))
	return int64(whole)
}

// at is one of the columns.
func (c *Columns) at(column int) *int64 {
	return [...]*int64{ofPeriod: &c.Period, ofPrior: &c.Prior, ofAll: &c.Cumulative}[column]
}

func (f *Fund) beneficiary(at string) *Beneficiary {
	switch at {
	case unnamed:
		return &Beneficiary{Kind: ReachUnnamed, Name: ReachUnnamed.Text()}
	case corrected:
		return &Beneficiary{Kind: ReachCorrected, Name: ReachCorrected.Text()}
	}
	b := &Beneficiary{Kind: ReachCountry, Country: at, Cities: slices.Sorted(maps.Keys(f.pass.cities[at]))}
	b.Name.EN, b.Name.FR, b.Name.ES = at, at, at
	if country, ok := f.in.Reference.Country(at); ok {
		b.Name = country.Name
		b.Region, b.Continent, b.LowIncome = country.Region == reference.AfricaID, country.Continent == reference.AfricaID, country.LowIncome()
	}
	return b
}

// focus sums beneficiaries by each measure.
func focus(beneficiaries []Beneficiary) []Focus {
	var rows []Focus
	for _, measure := range Measures {
		row := Focus{Measure: measure, Name: measure.Text()}
		for _, b := range beneficiaries {
			if b.Kind != ReachCountry {
				continue
			}
			row.DonorBase, row.FundBase = row.DonorBase.Plus(b.Donor), row.FundBase.Plus(b.Fund)
			if measure.counts(b) {
				row.Donor, row.Fund = row.Donor.Plus(b.Donor), row.Fund.Plus(b.Fund)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func (m Measure) counts(b Beneficiary) bool {
	switch m {
	case AfricaRegion:
		return b.Region
	case AfricaContinent:
		return b.Continent
	case LowIncome:
		return b.LowIncome
	case RegionOrLowIncome:
		return b.Region || b.LowIncome
	}
	return b.Continent || b.LowIncome
}
