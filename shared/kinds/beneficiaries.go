package kinds

import (
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/problem"
)

// beneficiaries tells whom the fund's money benefits: member cities, by any spelling (R-FUN-5), and countries.
type beneficiaries struct {
	env     *imports.Env
	members *memberIndex
	found   map[string]beneficiary // by what stands in a cell: the same few cities come again and again
}

// beneficiary is what one piece of a cell means.
type beneficiary struct {
	city    storedMember
	country string // where it is no city
	problem *problem.Problem
}

func newBeneficiaries(env *imports.Env, members *memberIndex) *beneficiaries {
	return &beneficiaries{env: env, members: members, found: map[string]beneficiary{}}
}

// of reads the cells of a row with cities and with countries: identifiers of cities, then codes of countries, each once and sorted, and the
// members that the row rests on. A country among the cities is taken for what it is where no member has that name. NOT_A_MEMBER, also for
// a city that was none on the day, COUNTRY_UNKNOWN, or a question about a name.
func (b *beneficiaries) of(cities, countries string, on civil.Date, problems *findings) (ids []string, rests []imports.Rest) {
	inCities, inCountries := map[string]storedMember{}, map[string]bool{}
	for _, one := range pieces(cities, b.city) {
		p := one.problem
		switch {
		case p != nil:
		case one.country != "":
			inCountries[one.country] = true
		default:
			p = one.city.CheckMember(cityLabel(b.env, one.city.City, one.city.Country), on)
			inCities[one.city.ID] = one.city
		}
		if p != nil {
			copied := *p
			problems.add(copied.In("beneficiaries").Under("R-FUN-5"))
		}
	}
	for _, one := range pieces(countries, b.country) {
		if one.problem != nil {
			problems.add(one.problem)
		} else {
			inCountries[one.country] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(inCities)) {
		ids, rests = append(ids, id), append(rests, inCities[id].rest()...)
	}
	return append(ids, slices.Sorted(maps.Keys(inCountries))...), rests
}

// city finds the member that a piece names, or the country where it names one and no member.
func (b *beneficiaries) city(text string) beneficiary {
	if known, ok := b.found[text]; ok {
		return known
	}
	var found beneficiary
	found.city, found.problem = b.members.referAnywhere(text)
	if found.problem != nil {
		if country, ok := b.env.Reference.Find(text); ok {
			found = beneficiary{country: country.ISO2}
		} else {
			found.problem.Valued(text)
		}
	}
	b.found[text] = found
	return found
}

func (b *beneficiaries) country(text string) beneficiary {
	country, ok := b.env.Reference.Find(text)
	if ok {
		return beneficiary{country: country.ISO2}
	}
	p := problem.New("COUNTRY_UNKNOWN").In("beneficiary_countries").Under("R-FUN-5").Valued(text)
	if suggestion, ok := b.env.Reference.Suggest(text); ok {
		p.Suggest(suggestion)
	}
	return beneficiary{problem: p}
}

// pieces reads a list, between whose entries stand semicolons, line ends, bars, bullets or commas. A comma can also belong to a name
// ("Korea, Republic of"; "Brest, France"): the longest that is known is taken.
func pieces(text string, find func(string) beneficiary) (all []beneficiary) {
	const joined = 3 // pieces at most that make one name
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";\n|•；", r) }) {
		split := strings.FieldsFunc(part, func(r rune) bool { return strings.ContainsRune(",、，", r) })
		for len(split) > 0 {
			taken := min(joined, len(split))
			for ; taken > 0; taken-- {
				name := strings.TrimSpace(strings.Join(split[:taken], ","))
				if name == "" {
					taken = 1
					break
				}
				if one := find(name); one.problem == nil || taken == 1 {
					all = append(all, one)
					break
				}
			}
			split = split[taken:]
		}
	}
	return all
}
