// Package cluster is the thematic clusters with the cities in them. It knows no sheet and no storage; a city's periods of
// participation are part of its member record, the clusters themselves are programme data.
package cluster

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Participant is a city in a cluster, with the period after which its participation lapses unless renewed (R-CLU-2).
type Participant struct {
	ID          string // the member's identifier, such as "FR#brest"
	City        string
	Country     string // ISO 3166-1 alpha-2
	From, Until civil.Date
}

// Roster is a cluster with its cities, ordered by country and name.
type Roster struct {
	Cluster programme.Cluster
	Cities  []Participant
}

// Rosters gives every cluster, in the programme's order, with the members that take part in it at any time from a first to a
// last day, both included: a term, or one day. A city stands once, with the latest of its periods.
func Rosters(p *programme.Edition, members map[string]member.Member, first, last civil.Date) []Roster {
	rosters := make([]Roster, len(p.Clusters))
	for i, c := range p.Clusters {
		rosters[i].Cluster = c
		for id, m := range members {
			if period, ok := participation(m, c.ID, first, last); ok {
				rosters[i].Cities = append(rosters[i].Cities,
					Participant{ID: id, City: m.City, Country: m.Country, From: period.From, Until: period.Until})
			}
		}
		slices.SortFunc(rosters[i].Cities, func(a, b Participant) int {
			return cmp.Or(cmp.Compare(a.Country, b.Country), cmp.Compare(a.City, b.City), cmp.Compare(a.ID, b.ID))
		})
	}
	return rosters
}

// participation is the latest period of a member in a cluster that touches the days from first to last.
func participation(m member.Member, cluster string, first, last civil.Date) (member.Participation, bool) {
	for _, period := range slices.Backward(m.Participations) {
		touches := !period.From.After(last) && !period.Until.Before(first)
		if touches && slices.Contains(period.Clusters, cluster) {
			return period, true
		}
	}
	return member.Participation{}, false
}

// Of gives the clusters of each member that stands in one of the rosters, in the rosters' order.
func Of(rosters []Roster) map[string][]string {
	clusters := map[string][]string{}
	for _, r := range rosters {
		for _, city := range r.Cities {
			clusters[city.ID] = append(clusters[city.ID], r.Cluster.ID)
		}
	}
	return clusters
}

// Spread counts the cities of a roster by region; region gives a country's region. It shows the regional balance that is
// taken into account when coordinators are selected (R-CLU-6).
func (r Roster) Spread(region func(country string) string) map[string]int {
	spread := map[string]int{}
	for _, city := range r.Cities {
		spread[region(city.Country)]++
	}
	return spread
}
