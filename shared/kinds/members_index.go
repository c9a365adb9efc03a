package kinds

import (
	"context"

	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// storedMember is a member as it stands on record.
type storedMember struct {
	member.Member
	ID      string // the city's identifier
	Version int64
}

// rest has a row stored only while the member is as it was judged: it can leave or be taken off the record meanwhile.
func (m storedMember) rest() []imports.Rest {
	return []imports.Rest{{Ref: records.Ref{Type: member.RecordType, ID: m.ID}, Version: m.Version}}
}

// memberIndex holds the members on record during one check: a few hundred, read once.
type memberIndex struct {
	env     *imports.Env
	answers cityAnswers
	cities  *city.Index
	byID    map[string]storedMember
}

func loadMembers(ctx context.Context, env *imports.Env) (*memberIndex, error) {
	x := &memberIndex{env: env, answers: newCityAnswers(env), cities: city.NewIndex(), byID: map[string]storedMember{}}
	err := env.Records.Scan(ctx, member.RecordType, "", "", func(r records.Record) error {
		m := storedMember{ID: r.Ref.ID, Version: r.Version}
		if err := records.Decode(r.Body, &m.Member); err != nil {
			return err
		}
		x.byID[m.ID] = m
		know(x.cities, city.City{ID: m.ID, Name: m.City, Country: m.Country}, m.OtherNames)
		return nil
	})
	return x, err
}

// id gives the member of a city's identifier, whether or not it has left.
func (x *memberIndex) id(id string) (storedMember, bool) {
	m, ok := x.byID[id]
	return m, ok
}

// all gives every member by its identifier.
func (x *memberIndex) all() map[string]member.Member {
	all := make(map[string]member.Member, len(x.byID))
	for id, m := range x.byID {
		all[id] = m.Member
	}
	return all
}

// named gives the members whose name is the same but for accents, hyphens and case; country "" is any.
func (x *memberIndex) named(name, country string) []storedMember {
	var found []storedMember
	for _, c := range x.cities.Named(name) {
		if country == "" || c.Country == country {
			found = append(found, x.byID[c.ID])
		}
	}
	return found
}

// refer finds the member that a sheet speaks of. A city that is none is NOT_A_MEMBER, with the nearest one suggested; a name that
// resembles a member's is a question (see city.Index.Refer). A country written behind the name is taken off.
func (x *memberIndex) refer(name, country string) (storedMember, *problem.Problem) {
	written := name
	name = withoutCountry(x.env, name, country)
	found, p := x.cities.Refer(name, country, x.answers.about(written, name, country), text3("The city", "La ville", "La ciudad"))
	if p == nil {
		return x.byID[found.ID], nil
	}
	if p.Code == "REF_NOT_FOUND" {
		p = member.NotAMember(cityLabel(x.env, name, country)).Suggest(p.Suggestion)
	}
	return storedMember{}, p
}

// voter finds the member that answers a survey or questionnaire, or gives to the fund as a member city: one that belonged to the
// network on that day, or, where the day is not known, one that has not left. NOT_A_MEMBER under the rule that asks for it, or a
// question about the name.
func (x *memberIndex) voter(name, country string, on civil.Date, rule string) (storedMember, *problem.Problem) {
	m, p := x.refer(name, country)
	if p != nil {
		return storedMember{}, p.Under(rule)
	}
	if p := m.CheckMember(cityLabel(x.env, m.City, m.Country), on); p != nil {
		return storedMember{}, p.Under(rule)
	}
	return m, nil
}

// referAnywhere finds the member that a sheet speaks of without saying its country; a country behind the name is heeded.
// NOT_A_MEMBER, or REF_AMBIGUOUS for a name that several countries have.
func (x *memberIndex) referAnywhere(name string) (storedMember, *problem.Problem) {
	_, country := city.Split(name, func(text string) bool {
		_, ok := x.env.Reference.Find(text)
		return ok
	})
	if found, ok := x.env.Reference.Find(country); ok && country != "" {
		return x.refer(name, found.ISO2)
	}
	found, p := x.cities.ReferAnywhere(name, x.answers.about(name, name, ""), text3("The city", "La ville", "La ciudad"))
	switch {
	case p == nil:
		return x.byID[found.ID], nil
	case p.Code == "REF_NOT_FOUND":
		p = member.NotAMember(locale.Same(name)).Suggest(p.Suggestion)
	}
	return storedMember{}, p
}

// withoutCountry takes the country off a city's name that carries the very country of the row: "Brest (France)" in France.
func withoutCountry(env *imports.Env, name, country string) string {
	bare, _ := city.Split(name, func(text string) bool {
		found, ok := env.Reference.Find(text)
		return ok && found.ISO2 == country
	})
	return bare
}

// cityLabel names a city with its country, such as "Brest (France)".
func cityLabel(env *imports.Env, name, country string) locale.Text {
	in := countryName(env, country)
	return locale.Text{EN: name + " (" + in.EN + ")", FR: name + " (" + in.FR + ")", ES: name + " (" + in.ES + ")"}
}

// countryName is a country's name, or its code where there is no such country.
func countryName(env *imports.Env, iso2 string) locale.Text {
	if country, ok := env.Reference.Country(iso2); ok {
		return country.Name
	}
	return locale.Same(iso2)
}
