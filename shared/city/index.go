package city

import (
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Index finds cities among those that are known. It belongs to one check and is not safe for concurrent use.
type Index struct {
	byID      map[string]City
	byCountry map[string][]entry
	byName    map[string][]string // folded name → identifiers, whatever the country
}

type entry struct {
	city   City
	folded string
}

// NewIndex makes an index of the cities given.
func NewIndex(known ...City) *Index {
	x := &Index{byID: map[string]City{}, byCountry: map[string][]entry{}, byName: map[string][]string{}}
	for _, c := range known {
		x.Add(c)
	}
	return x
}

// Add makes a city known. One that is known already under its identifier keeps its first spelling.
func (x *Index) Add(c City) {
	if _, known := x.byID[c.ID]; known {
		return
	}
	folded := locale.Fold(c.Name)
	x.byID[c.ID] = c
	x.byCountry[c.Country] = append(x.byCountry[c.Country], entry{c, folded})
	x.byName[folded] = append(x.byName[folded], c.ID)
}

// ByID gives the city with an identifier.
func (x *Index) ByID(id string) (City, bool) {
	c, ok := x.byID[id]
	return c, ok
}

// Named gives the cities of any country whose name is the same but for accents, hyphens and case, by identifier.
func (x *Index) Named(name string) []City {
	var found []City
	for _, id := range x.byName[locale.Fold(name)] {
		found = append(found, x.byID[id])
	}
	slices.SortFunc(found, byID)
	return found
}

// Match is what the index has for a name: the city written just so, or else those it may be, each list by identifier and none
// repeating another.
type Match struct {
	Exact   *City
	Folded  []City // the same but for accents, hyphens and punctuation
	Alike   []City // the same but for article, title, qualifier or language
	Similar []City // near enough for a slip of the pen
}

// Candidates lists every city that the name may mean, the likeliest first.
func (m Match) Candidates() []City {
	if m.Exact != nil {
		return []City{*m.Exact}
	}
	return slices.Concat(m.Folded, m.Alike, m.Similar)
}

// Match looks a name up among the cities of one country.
func (x *Index) Match(name, country string) Match {
	folded := locale.Fold(name)
	for _, id := range x.byName[folded] {
		if c := x.byID[id]; c.Country == country && SameSpelling(c.Name, name) {
			return Match{Exact: &c}
		}
	}
	var m Match
	for _, known := range x.byCountry[country] {
		switch {
		case known.folded == folded:
			m.Folded = append(m.Folded, known.city)
		case alike(country, known.folded, folded):
			m.Alike = append(m.Alike, known.city)
		case similar(known.folded, folded):
			m.Similar = append(m.Similar, known.city)
		}
	}
	for _, found := range [][]City{m.Folded, m.Alike, m.Similar} {
		slices.SortFunc(found, byID)
	}
	return m
}

// Nearest gives the known name of a country that a mistyped one most likely meant.
func (x *Index) Nearest(name, country string) (string, bool) {
	names := make([]string, 0, len(x.byCountry[country]))
	for _, known := range x.byCountry[country] {
		names = append(names, known.city.Name)
	}
	slices.Sort(names)
	return locale.Nearest(name, names)
}

// freeID is the identifier for a city that is said to be new although its name folds to one that is known: the next free number
// is put behind it.
func (x *Index) freeID(name, country string) string {
	id := ID(name, country)
	for n := 2; ; n++ {
		if _, taken := x.byID[id]; !taken {
			return id
		}
		id = ID(name, country) + "-" + strconv.Itoa(n)
	}
}

func byID(a, b City) int { return strings.Compare(a.ID, b.ID) }
