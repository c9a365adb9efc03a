package donors

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	cities "github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/reference"
)

// Find is the identifier of the donor that a person named, whatever the accents, case and hyphens: by the identifier or the name on
// record, else a country by its name in any of the three languages or its code, or a member city by its name, in other languages too and
// with its country behind it. REF_AMBIGUOUS where several are meant; DONOR_NEAR where none is, but some come near; REF_NOT_FOUND.
func Find(donors map[string]fund.Donor, named string, known *reference.Data) (string, error) {
	if _, ok := donors[named]; ok {
		return named, nil
	}
	f := finder{donors, slices.Sorted(maps.Keys(donors)), locale.Fold(named), known}
	if f.folded == "" {
		return "", noDonor(named)
	}
	match := f.match(named)
	for _, found := range [][]string{
		f.those(func(d fund.Donor) bool { return locale.Fold(d.ID) == f.folded || locale.Fold(d.Name) == f.folded }),
		f.those(func(d fund.Donor) bool { return f.isCountry(d, named) || locale.Fold(d.City) == f.folded }),
		idsOf(match.Folded), idsOf(match.Alike),
	} {
		switch len(found) {
		case 0:
			continue
		case 1:
			return found[0], nil
		}
		return "", problem.New("REF_AMBIGUOUS").In("donor").Valued(named).With("candidates", f.list(found))
	}
	if near := f.near(named, idsOf(match.Similar)); len(near) > 0 {
		return "", problem.New("DONOR_NEAR").In("donor").Valued(named).With("candidates", f.list(near)).Suggest(donors[near[0]].Name)
	}
	return "", noDonor(named)
}

func noDonor(named string) error {
	return problem.New("REF_NOT_FOUND").In("donor").Valued(named).WithText("what", donorWord)
}

// finder looks among the donors on record for the one that was named.
type finder struct {
	donors map[string]fund.Donor
	ids    []string // in order
	folded string   // what was named
	known  *reference.Data
}

func (f *finder) those(fits func(fund.Donor) bool) []string {
	var found []string
	for _, id := range f.ids {
		if fits(f.donors[id]) {
			found = append(found, id)
		}
	}
	return found
}

func (f *finder) isCountry(d fund.Donor, named string) bool {
	country, ok := f.known.Find(named)
	return ok && d.Type == fund.DonorCountry && d.Country == country.ISO2
}

// match looks among the member cities, each of which stands in the index by its identifier as a donor.
func (f *finder) match(named string) cities.Match {
	x := cities.NewIndex()
	for _, id := range f.ids {
		if d := f.donors[id]; d.Type == fund.MemberCity {
			x.Add(cities.City{ID: id, Name: cmp.Or(d.City, d.Name), Country: d.Country})
		}
	}
	name, country := cities.Split(named, func(text string) bool {
		_, ok := f.known.Find(text)
		return ok
	})
	in, _ := f.known.Find(country)
	m := x.Match(name, in.ISO2)
	if m.Exact != nil {
		m.Folded = append(m.Folded, *m.Exact)
	}
	return m
}

// near are donors to choose from: a name that resembles what was typed, has all its words, or is of the country that stands at its end
// ("Gobierno de Noruega"). Whose money it is, is never guessed from so little.
func (f *finder) near(named string, similar []string) []string {
	names := map[string]string{}
	for _, id := range f.ids {
		names[f.donors[id].Name] = id
	}
	found := similar
	if name, ok := locale.Nearest(named, slices.Sorted(maps.Keys(names))); ok {
		found = append(found, names[name])
	}
	found = append(found, f.those(func(d fund.Donor) bool {
		country, _ := f.known.Country(d.Country)
		return hasWords(d.Name, f.folded) || d.Type == fund.DonorCountry && slices.ContainsFunc(locale.Langs[:], func(l locale.Lang) bool {
			return hasWords(country.Name.In(l), f.folded)
		})
	})...)
	for rest := f.folded; len(found) == 0 && rest != ""; _, rest, _ = strings.Cut(rest, " ") {
		found = append(found, f.those(func(d fund.Donor) bool { return f.isCountry(d, rest) })...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func hasWords(name, wanted string) bool {
	words := strings.Fields(locale.Fold(name))
	for _, word := range strings.Fields(wanted) {
		if !slices.Contains(words, word) {
			return false
		}
	}
	return true
}

func idsOf(found []cities.City) []string {
	var ids []string
	for _, c := range found {
		ids = append(ids, c.ID)
	}
	return ids
}

var donorWord = locale.Text{EN: "Donor", FR: "Donateur", ES: "Donante"}

// list names donors so that each can be told from the others.
func (f *finder) list(ids []string) string {
	var named []string
	for _, id := range ids {
		if name := f.donors[id].Name; name != "" {
			id = name + " (" + id + ")"
		}
		named = append(named, id)
	}
	return strings.Join(named, ", ")
}
