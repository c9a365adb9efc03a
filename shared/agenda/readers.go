package agenda

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/schedule"
)

// Readers are the people whom an occasion's letters go to, as on record now: each once, in the order of their identifiers; nobody for a
// schedule that the programme doesn't have. Who takes part in a cluster, coordinates it or is a member is told by the last day that the
// letter is about, or the day on which it is due where that comes first. An error is a failure of the store, or *records.BusyError.
func (s Source) Readers(ctx context.Context, o schedule.Occasion) ([]Reader, error) {
	of, ok := s.Programme.Schedule(o.Schedule)
	if !ok {
		return nil, nil
	}
	c, err := s.circle(ctx, of, o)
	if err != nil {
		return nil, err
	}
	var readers []Reader
	err = s.People.Each(ctx, func(p people.Person) error {
		if slices.ContainsFunc(of.To, func(to programme.Audience) bool { return c.has(to, p) }) {
			readers = append(readers, Reader{ID: p.ID, Lang: p.Lang, Role: p.Role, Scope: p.Scope})
		}
		return nil
	})
	slices.SortFunc(readers, func(a, b Reader) int { return cmp.Compare(a.ID, b.ID) })
	return readers, err
}

// circle is who has to do with what is written about.
type circle struct {
	schedule.Subject
	cities       map[string]bool // those that take part; of a letter about the whole network, its members
	coordinators map[string]bool // cities that coordinate the cluster
	countries    map[string]bool // of the cities
}

func (c *circle) has(to programme.Audience, p people.Person) bool {
	own := p.Actor().Own()
	switch to {
	case programme.ToSecretariat:
		return p.Role == access.Secretariat
	case programme.ToTreasurers:
		return p.Role == access.Treasurer
	case programme.ToAuditors:
		return p.Role == access.Auditor
	case programme.ToCommissions:
		return p.Role == access.Commission && (c.Subject == schedule.Subject{} || c.countries[own.Country])
	case programme.ToCities:
		return p.Role == access.City && c.cities[own.City]
	case programme.ToCoordinators:
		return p.Role == access.City && c.coordinators[own.City]
	case programme.ToDonors:
		return p.Role == access.Donor && c.Donor != "" && own.Donor == c.Donor
	}
	return false
}

// circle reads no more than the schedule's audiences ask for.
func (s Source) circle(ctx context.Context, of programme.Schedule, o schedule.Occasion) (*circle, error) {
	c := &circle{Subject: o.Subject, cities: map[string]bool{}, coordinators: map[string]bool{}, countries: map[string]bool{}}
	day := s.dayTold(o)
	if o.Subject.City != "" {
		c.cities[o.Subject.City] = true
	} else if o.Subject.Country == "" && o.Subject.Donor == "" &&
		(slices.Contains(of.To, programme.ToCities) || slices.Contains(of.To, programme.ToCommissions)) {
		if err := s.members(ctx, c, day); err != nil {
			return nil, err
		}
	}
	for city := range c.cities {
		country, _, _ := strings.Cut(city, "#")
		c.countries[country] = true
	}
	if o.Subject.Country != "" {
		c.countries[o.Subject.Country] = true
	}
	if !slices.Contains(of.To, programme.ToCoordinators) {
		return c, nil
	}
	return c, s.seats(ctx, c, day)
}

// dayTold is the last day that a letter is about, or that on which it is due where that comes first.
func (s Source) dayTold(o schedule.Occasion) civil.Date {
	told, due := o.On(), s.dayOf(o.Due)
	if due.Before(told) {
		return due
	}
	return told
}

func (s Source) members(ctx context.Context, c *circle, day civil.Date) error {
	return s.Records.Snapshot(ctx, []string{member.RecordType}, func(from records.Reader) error {
		clear(c.cities)
		return scan(ctx, from, member.RecordType, "", func(id string, m member.Member) {
			if m.On(day) && (c.Cluster == "" || slices.Contains(m.ClustersOn(day), c.Cluster)) {
				c.cities[id] = true
			}
		})
	})
}

func (s Source) seats(ctx context.Context, c *circle, day civil.Date) error {
	term := c.Term
	if term == "" {
		at, ok := s.Programme.TermAt(day)
		if !ok {
			return nil
		}
		term = at.ID
	}
	return s.Records.Snapshot(ctx, []string{coordinator.MandateType}, func(from records.Reader) error {
		clear(c.coordinators)
		return scan(ctx, from, coordinator.MandateType, term, func(_ string, m coordinator.Mandate) {
			if m.Cluster == c.Cluster && runs(m, day) {
				c.coordinators[m.Member] = true
			}
		})
	})
}
