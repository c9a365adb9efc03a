package kinds

import (
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/problem"
)

// giver is who gives to the fund, or pledges to: as a row says it, and then as it is on record.
type giver struct {
	Donor, Type, City, Country string
	Member                     string         // identifier of a member city
	Rests                      []imports.Rest // its record
}

// givers tells who gave: a member city by its record (R-FUN-4), on which the row then rests, a donor country by its name where no country is stated.
type givers struct {
	env     *imports.Env
	members *memberIndex
}

// find gives who a row speaks of; a member city is one that belonged to the network on that day.
func (x givers) find(g giver, on civil.Date) (giver, *problem.Problem) {
	switch g.Type {
	case fund.MemberCity:
		m, p := x.memberCity(g, on)
		if p != nil {
			return g, p
		}
		g.Member, g.City, g.Country, g.Rests = m.ID, m.City, m.Country, m.rest()
	case fund.DonorCountry:
		if g.Country == "" {
			if country, ok := x.env.Reference.Find(g.Donor); ok {
				g.Country = country.ISO2
			}
		}
	}
	return g, nil
}

// memberCity finds the member by the city column, or by the donor's name where that one is blank.
func (x givers) memberCity(g giver, on civil.Date) (storedMember, *problem.Problem) {
	name, field := g.City, "city"
	if name == "" {
		name, field = g.Donor, "donor"
	}
	if g.Country != "" {
		m, p := x.members.voter(name, g.Country, on, "R-FUN-4")
		return m, inField(p, field)
	}
	m, p := x.members.referAnywhere(name)
	if p == nil {
		p = m.CheckMember(cityLabel(x.env, m.City, m.Country), on)
	}
	return m, inField(p, field)
}

func inField(p *problem.Problem, field string) *problem.Problem {
	if p == nil {
		return nil
	}
	return p.In(field).Under("R-FUN-4")
}
