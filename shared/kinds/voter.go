package kinds

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
)

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

// unreadable reports whether one of the fields has an error already: a rule on it would only repeat the sender's mistake.
func unreadable(at imports.Place, fields ...string) bool {
	return slices.ContainsFunc(fields, func(field string) bool { return at.Bad[field] })
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
	found, p := x.cities.ReferAnywhere(name, cityAnswer(x.env, name), text3("The city", "La ville", "La ciudad"))
	switch {
	case p == nil:
		return x.byID[found.ID], nil
	case p.Code == "REF_NOT_FOUND":
		p = member.NotAMember(locale.Same(name)).Suggest(p.Suggestion)
	}
	return storedMember{}, p
}
