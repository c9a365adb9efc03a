package story

import (
	"context"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
)

// City is a city that was found.
type City struct {
	city.City
	Names []string // other spellings on record
}

// Cities are all cities on record, with every spelling that they have or had.
type Cities struct {
	teller Teller
	byID   map[string]*City
	layers []*city.Index // the first spelling of each city, the second, …
}

// Cities reads the cities that are or were members, or began to apply to a call.
func (t Teller) Cities(ctx context.Context) (*Cities, error) {
	all := &Cities{teller: t, byID: map[string]*City{}}
	members, err := trails[member.Member](ctx, t, member.RecordType, "", "")
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		for _, v := range slices.Backward(m) { // the latest name is the city's
			all.add(v.Ref.ID, v.body.Country, append([]string{v.body.City}, v.body.OtherNames...)...)
		}
	}
	for _, call := range slices.Backward(t.Programme.Calls) {
		applications, err := trails[application.Application](ctx, t, application.RecordType, call.ID, "")
		if err != nil {
			return nil, err
		}
		for _, a := range applications {
			for _, v := range slices.Backward(a) {
				all.add(v.Ref.ID, v.body.Country, append([]string{v.body.City}, v.body.OtherNames...)...)
			}
		}
		entered, err := registry.ApplicationEvents(ctx, t.Records, call.ID, "")
		if err != nil {
			return nil, err
		}
		for _, e := range entered {
			if t.knows(e.By.At) {
				all.add(e.Event.City, e.Event.Country, e.Event.Name)
			}
		}
	}
	return all, nil
}

// None reports whether no city is on record.
func (c *Cities) None() bool { return len(c.byID) == 0 }

// add takes in names of a city, of which the first of all is its own.
func (c *Cities) add(id, country string, names ...string) {
	for _, name := range names {
		known := c.byID[id]
		switch {
		case known == nil:
			c.byID[id] = &City{City: city.City{ID: id, Name: name, Country: country}}
			c.enter(0, id, name, country)
		case name != "" && name != known.Name && !slices.Contains(known.Names, name):
			known.Names = append(known.Names, name)
			c.enter(len(known.Names), id, name, country)
		}
	}
}

func (c *Cities) enter(layer int, id, name, country string) {
	if layer == len(c.layers) {
		c.layers = append(c.layers, city.NewIndex())
	}
	c.layers[layer].Add(city.City{ID: id, Name: name, Country: country})
}

// ByID gives a city by its identifier.
func (c *Cities) ByID(id string) (City, bool) {
	known, ok := c.byID[id]
	if !ok {
		return City{}, false
	}
	return *known, true
}

// Find gives the city that a name means: its identifier, or any spelling on record, with or without accents, article, title or qualifier,
// in another language, with the country behind it; country, by name or ISO code, is "" for any. COUNTRY_UNKNOWN; REF_AMBIGUOUS with the
// candidates; CITY_UNKNOWN with those whose names are near.
func (c *Cities) Find(name, country string) (City, error) {
	if known, ok := c.ByID(name); ok {
		return known, nil
	}
	bare, behind := city.Split(name, func(text string) bool {
		_, ok := c.teller.Reference.Find(text)
		return ok
	})
	if country == "" {
		country = behind
	}
	iso2 := ""
	if country != "" {
		found, ok := c.teller.Reference.Find(country)
		if !ok {
			p := problem.New("COUNTRY_UNKNOWN").Valued(country)
			if near, ok := c.teller.Reference.Suggest(country); ok {
				p.Suggest(near)
			}
			return City{}, p
		}
		iso2 = found.ISO2
	}
	return c.named(name, bare, iso2)
}

// named finds a city by the best of the likenesses that any has.
func (c *Cities) named(asked, bare, country string) (City, error) {
	var same, alike, similar []string
	for _, layer := range c.layers {
		for _, iso2 := range c.countries(country) {
			m := layer.Match(bare, iso2)
			if m.Exact != nil {
				same = append(same, m.Exact.ID)
			}
			same, alike, similar = append(same, ids(m.Folded)...), append(alike, ids(m.Alike)...), append(similar, ids(m.Similar)...)
			if near, ok := layer.Nearest(bare, iso2); ok {
				similar = append(similar, ids(layer.Match(near, iso2).Candidates())...)
			}
		}
	}
	for _, found := range [][]string{same, alike} {
		switch found = unique(found); {
		case len(found) == 1:
			return *c.byID[found[0]], nil
		case len(found) > 1:
			return City{}, problem.New("REF_AMBIGUOUS").In(city.Field).Valued(asked).WithText("candidates", c.list(found))
		}
	}
	p := problem.New("CITY_UNKNOWN").In(city.Field).Valued(asked)
	similar = unique(similar)
	if len(similar) == 0 {
		return City{}, p.WithText("near", noneNear)
	}
	near := c.list(similar)
	return City{}, p.WithText("near", locale.Text{EN: nearWords.EN + near.EN, FR: nearWords.FR + near.FR, ES: nearWords.ES + near.ES})
}

// countries are those to look in: one, or all that have cities.
func (c *Cities) countries(only string) []string {
	if only != "" {
		return []string{only}
	}
	var all []string
	for _, known := range c.byID {
		all = append(all, known.Country)
	}
	return unique(all)
}

func ids(cities []city.City) []string {
	all := make([]string, len(cities))
	for i, one := range cities {
		all[i] = one.ID
	}
	return all
}

func unique(texts []string) []string {
	texts = slices.Clone(texts)
	slices.Sort(texts)
	return slices.Compact(texts)
}

// list names cities with their countries and identifiers: "Brest (France): FR#brest".
func (c *Cities) list(ids []string) locale.Text {
	named := func(lang locale.Lang) string {
		names := make([]string, len(ids))
		for i, id := range ids {
			known := c.byID[id]
			names[i] = known.Name + " (" + c.teller.country(known.Country).In(lang) + "): " + id
		}
		return strings.Join(names, ", ")
	}
	return locale.Text{EN: named(locale.EN), FR: named(locale.FR), ES: named(locale.ES)}
}

var (
	nearWords = locale.Text{EN: "Near it are: ", FR: "Proches : ", ES: "Parecidas: "}
	noneNear  = locale.Text{EN: "No name is near it.", FR: "Aucun nom n’en est proche.", ES: "Ningún nombre se le parece."}
)
