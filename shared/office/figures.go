package office

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/cluster"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Figures are those of a period: of the whole network, or of the cities that an actor's own are. A donor's own are none: it is told what
// everybody may know of the whole.
type Figures struct {
	From, To civil.Date    // both included
	Of       access.Object // whose cities they are; the zero object is the whole network
	Members  MemberCounts
	Clusters []ClusterCount // in the programme's order
	Calls    []CallCount    // those with a deadline in the period; nil for who may read no applications
}

// MemberCounts counts cities.
type MemberCounts struct {
	Members, Countries, Regions int // on the last day
	Joined, Left                int // within the period, whoever left again or came back
}

// ClusterCount is a cluster with the number of cities that take part in it on the last day.
type ClusterCount struct {
	Cluster programme.Cluster
	Cities  int
}

// CallCount is how many applications to a call were in each state at the end of the last day, or now where that is yet to come.
type CallCount struct {
	Call    programme.Call
	ByState map[application.State]int // the states that any is in
}

// Figures tells those of a period; where it has no first day it begins with the year of the last, which is today where there is
// none. RECORD_BUSY.
func (o *Office) Figures(ctx context.Context, from, to civil.Date) (Figures, error) {
	part, err := o.reach(ctx, access.SummaryRead)
	if err != nil {
		return Figures{}, err
	}
	if to.IsZero() {
		to = o.today()
	}
	if from.IsZero() {
		from = civil.Date{Year: to.Year, Month: 1, Day: 1}
	}
	s := Figures{From: from, To: to, Of: access.Object{Country: part.Country, City: part.City}}
	members, err := o.members(ctx)
	if err != nil {
		return Figures{}, err
	}
	members = slices.DeleteFunc(members, func(m Member) bool { return !holds(s.Of, m.Country, m.ID) })
	s.Members = o.countMembers(members, from, to)
	for _, roster := range cluster.Rosters(o.Programme, within(members, to), to, to) {
		s.Clusters = append(s.Clusters, ClusterCount{roster.Cluster, len(roster.Cities)})
	}
	if access.Decide(access.ActorOf(ctx), access.ApplicationRead, s.Of) == nil {
		s.Calls, err = o.countCalls(ctx, s)
	}
	return s, err
}

func (o *Office) countMembers(members []Member, from, to civil.Date) MemberCounts {
	var c MemberCounts
	countries, regions := map[string]bool{}, map[string]bool{}
	in := func(day civil.Date) int {
		if day.IsZero() || day.Before(from) || day.After(to) {
			return 0
		}
		return 1
	}
	for _, m := range members {
		c.Joined += in(m.JoinedOn)
		c.Left += in(m.LeftOn)
		for _, earlier := range m.Earlier {
			c.Joined += in(earlier.JoinedOn)
			c.Left += in(earlier.LeftOn)
		}
		if !m.On(to) {
			continue
		}
		c.Members++
		countries[m.Country] = true
		if region := o.region(m.Country); region != "" {
			regions[region] = true
		}
	}
	c.Countries, c.Regions = len(countries), len(regions)
	return c
}

func (o *Office) countCalls(ctx context.Context, s Figures) ([]CallCount, error) {
	all := []CallCount{}
	for _, call := range o.Programme.Calls {
		in := func(day civil.Date) bool { return !day.Before(s.From) && !day.After(s.To) }
		if !in(call.CityDeadline) && !in(call.CommissionDeadline) {
			continue
		}
		at := s.To.EndOf(call.Location())
		if now := o.Clock(); now.Before(at) {
			at = now
		}
		round, err := o.Registry.Round(ctx, call.ID, at)
		if err != nil {
			return nil, err
		}
		one := CallCount{call, map[application.State]int{}}
		for _, c := range round.Cases() {
			if holds(s.Of, c.Country, c.City) {
				one.ByState[c.State]++
			}
		}
		all = append(all, one)
	}
	return all, nil
}
