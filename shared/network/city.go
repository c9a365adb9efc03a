package network

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/member"
)

// City is a city that is or was a member, with its dated past. The zero City never was one.
type City struct {
	ID       string
	Country  string // ISO 3166-1 alpha-2
	Names    []Name // the earliest first
	Times    []member.Membership
	Stays    []Stay       // in clusters, by their beginning
	Into     string       // identifier of the city that it has merged into
	Reports  []civil.Date // days on which it reported its progress
	clusters []string     // all of the programme, for their order
	years    int          // that a participation lasts, and each renewal
}

// Name is how a city is called from a day on.
type Name struct {
	From civil.Date
	Name string
}

// Stay is a city's participation in a cluster with its renewals, both days included (R-CLU-2).
type Stay struct {
	Cluster     string
	From, Until civil.Date
	Renewals    int
	Ended       bool // before its time, by leaving the cluster or the network
}

func (s Stay) on(day civil.Date) bool { return !day.Before(s.From) && !day.After(s.Until) }

// On reports whether the city is a member on a day.
func (c City) On(day civil.Date) bool {
	return slices.ContainsFunc(c.Times, func(t member.Membership) bool {
		return !day.Before(t.JoinedOn) && (t.LeftOn.IsZero() || !day.After(t.LeftOn))
	})
}

// NameOn is what the city is called on a day; its first name before that.
func (c City) NameOn(day civil.Date) string {
	name := ""
	for _, n := range c.Names {
		if name == "" || !n.From.After(day) {
			name = n.Name
		}
	}
	return name
}

// ClustersOn lists the clusters in which the city takes part on a day, in the programme's order. Participation lapses by itself.
func (c City) ClustersOn(day civil.Date) []string {
	var in []string
	for _, id := range c.clusters {
		if slices.ContainsFunc(c.Stays, func(s Stay) bool { return s.Cluster == id && s.on(day) }) {
			in = append(in, id)
		}
	}
	return in
}

// Record is the city as other packages know a member: with its latest name, and its participation cut into periods that do not
// overlap, wherever a cluster is joined, renewed, lapses or is left. A participation that isn't crossed by another cluster's is so told
// in the periods of the programme's years in which sheets tell it.
func (c City) Record() member.Member {
	m := c.standing()
	var cuts []civil.Date
	for _, s := range c.Stays {
		cuts = append(cuts, s.From, s.Until.AddDays(1))
		for n := 1; n <= s.Renewals; n++ {
			if cut := member.Participate(s.From, n*c.years, nil).Until.AddDays(1); !cut.After(s.Until) {
				cuts = append(cuts, cut)
			}
		}
	}
	slices.SortFunc(cuts, civil.Date.Compare)
	cuts = slices.Compact(cuts)
	for i := range len(cuts) - 1 {
		if in := c.ClustersOn(cuts[i]); len(in) > 0 {
			m.Participations = append(m.Participations, member.Participation{From: cuts[i], Until: cuts[i+1].AddDays(-1), Clusters: in})
		}
	}
	return m
}

// standing is the city's record without its participation.
func (c City) standing() member.Member {
	m := member.Member{Country: c.Country}
	if last := len(c.Names) - 1; last >= 0 {
		m.City = c.Names[last].Name
	}
	if last := len(c.Times) - 1; last >= 0 {
		m.JoinedOn, m.LeftOn = c.Times[last].JoinedOn, c.Times[last].LeftOn
		m.Earlier = slices.Clone(c.Times[:last])
	}
	return m
}

// stay is the participation in a cluster that runs on a day; nil when there is none.
func (c *City) stay(cluster string, day civil.Date) *Stay {
	for i := range c.Stays {
		if c.Stays[i].Cluster == cluster && c.Stays[i].on(day) {
			return &c.Stays[i]
		}
	}
	return nil
}

// leave ends the membership and every participation with a last day.
func (c *City) leave(last civil.Date) {
	c.Times[len(c.Times)-1].LeftOn = last
	for i := range c.Stays {
		if s := &c.Stays[i]; s.Until.After(last) {
			s.Until, s.Ended = last, true
		}
	}
	// A participation that began after the last day, as it can when a merger is dated, has never been.
	c.Stays = slices.DeleteFunc(c.Stays, func(s Stay) bool { return s.From.After(s.Until) })
}
