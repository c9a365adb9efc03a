package city

import (
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// AnswerNew is the answer that settles CITY_NEAR_DUPLICATE for a city that is not the known one.
const AnswerNew = "new"

// Field is the field that problems of this package are about.
const Field = "city"

// Registered is the city that a name was registered as.
type Registered struct {
	City
	Other    bool   // the name is on record as another name of the city
	Answered bool   // the answer has said that the name means the city, which is on record by other names
	Asked    []City // whom the name may mean, where that is a question: the likeliest first
}

// Register finds or makes the city for a sheet that brings cities, such as members and applications. A name written as a known
// one is that city. A name that only resembles known ones is a question, CITY_NEAR_DUPLICATE, until answer is one of their names
// or AnswerNew: nothing is merged, and nothing is doubled, without a person's word. The city returned beside a question is not
// to be stored.
func (x *Index) Register(name, country, answer string) (Registered, *problem.Problem) {
	m := x.Match(name, country)
	if m.Exact != nil && !(m.Other && x.heard(answer, country)) {
		return Registered{City: *m.Exact, Other: m.Other}, nil
	}
	candidates := m.Candidates()
	fresh := City{ID: x.freeID(name, country), Name: name, Country: country}
	if len(candidates) == 0 || locale.Fold(answer) == AnswerNew {
		return Registered{City: fresh}, nil
	}
	if chosen, ok := x.answered(answer, country); ok {
		return Registered{City: chosen, Answered: true}, nil
	}
	return Registered{City: fresh, Asked: candidates}, question("CITY_NEAR_DUPLICATE", name, country, candidates)
}

// heard reports whether an answer says something: that a city is new, or which known one it is.
func (x *Index) heard(answer, country string) bool {
	_, known := x.answered(answer, country)
	return known || locale.Fold(answer) == AnswerNew
}

// Refer finds the city for a sheet that speaks of cities on record, such as endorsements and survey answers. Accents, hyphens
// and case do not matter. A name that resembles one known city otherwise is CITY_NEAR_DUPLICATE, one that can be several is
// REF_AMBIGUOUS, both questions; answer, one of the candidates' names, settles them. A name without any likeness is REF_NOT_FOUND
// with the nearest one suggested; what names the thing that is missing, such as "The application of".
func (x *Index) Refer(name, country, answer string, what locale.Text) (City, *problem.Problem) {
	m := x.Match(name, country)
	switch {
	case m.Exact != nil && !m.Other:
		return *m.Exact, nil
	case len(m.Folded) == 1:
		return m.Folded[0], nil
	}
	if chosen, ok := x.answered(answer, country); ok {
		return chosen, nil
	}
	if m.Exact != nil {
		return *m.Exact, nil
	}
	likely := m.Folded
	if len(likely) == 0 {
		likely = m.Alike
	}
	switch {
	case len(likely) == 0 || locale.Fold(answer) == AnswerNew:
		return City{}, x.notFound(name, country, what, m.Candidates())
	case len(likely) == 1:
		return City{}, question("CITY_NEAR_DUPLICATE", name, country, likely)
	default:
		return City{}, question("REF_AMBIGUOUS", name, country, likely)
	}
}

// ReferAnywhere finds the city for a reference without a country, such as a donor's: as Refer, over all countries. Two cities of
// one name are REF_AMBIGUOUS, never the first of them; answer is then the identifier or the country of one.
func (x *Index) ReferAnywhere(name, answer string, what locale.Text) (City, *problem.Problem) {
	found := x.Named(name)
	if len(found) == 1 {
		return found[0], nil
	}
	if len(found) == 0 {
		found = x.alikeAnywhere(name)
	}
	if chosen, ok := x.answeredAnywhere(answer, found); ok {
		return chosen, nil
	}
	switch {
	case len(found) == 0 || locale.Fold(answer) == AnswerNew:
		return City{}, problem.New("REF_NOT_FOUND").In(Field).WithText("what", what)
	case len(found) == 1:
		return City{}, question("CITY_NEAR_DUPLICATE", name, "", found)
	}
	ids := make([]string, len(found))
	for i, c := range found {
		ids[i] = c.ID
	}
	return City{}, problem.New("REF_AMBIGUOUS").In(Field).Asking(name).With("candidates", strings.Join(ids, ", "))
}

// alikeAnywhere gives the cities of any country that a name may mean written otherwise, by identifier.
func (x *Index) alikeAnywhere(name string) []City {
	f := finder{index: x}
	f.alike(likenessOf(name))
	return f.cities()
}

// answeredAnywhere finds the known city that an answer names: by identifier, as the one in a country among several, or by a name
// that only one city has.
func (x *Index) answeredAnywhere(answer string, among []City) (City, bool) {
	if answer == "" {
		return City{}, false
	}
	if c, ok := x.byID[answer]; ok {
		return c, true
	}
	for _, c := range among {
		if c.Country == answer {
			return c, true
		}
	}
	if named := x.Named(answer); len(named) == 1 {
		return named[0], true
	}
	return City{}, false
}

// answered finds the known city that an answer names, by name or identifier.
func (x *Index) answered(answer, country string) (City, bool) {
	if answer == "" {
		return City{}, false
	}
	if c, ok := x.byID[answer]; ok && c.Country == country {
		return c, true
	}
	m := x.Match(answer, country)
	switch {
	case m.Exact != nil:
		return *m.Exact, true
	case len(m.Folded) == 1:
		return m.Folded[0], true
	}
	return City{}, false
}

func (x *Index) notFound(name, country string, what locale.Text, candidates []City) *problem.Problem {
	p := problem.New("REF_NOT_FOUND").In(Field).WithText("what", what)
	if len(candidates) > 0 {
		return p.Suggest(candidates[0].Name)
	}
	if nearest, ok := x.Nearest(name, country); ok {
		return p.Suggest(nearest)
	}
	return p
}

// About is how answers name a city that is asked about: with its country, as two countries may have cities of that name; country ""
// is not known.
func About(name, country string) string {
	if country == "" {
		return name
	}
	return name + " (" + country + ")"
}

// shownCandidates bounds how many of the cities that a name may mean a question names.
const shownCandidates = 10

func question(code problem.Code, name, country string, candidates []City) *problem.Problem {
	names := make([]string, len(candidates))
	for i, c := range candidates {
		names[i] = c.Name
	}
	return problem.New(code).In(Field).Asking(About(name, country)).With("candidates", Listed(names)).Suggest(names[0])
}

// Listed joins the names of cities that a name may mean, the first of them when there are many.
func Listed(names []string) string {
	if len(names) > shownCandidates {
		names = append(slices.Clone(names[:shownCandidates]), "…")
	}
	return strings.Join(names, ", ")
}
