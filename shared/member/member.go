// Package member is what the network keeps of its member cities: since when a city belongs to it, what it has told of itself,
// and the periods in which it takes part in clusters. It knows no sheet and no storage.
package member

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
)

// RecordType is the type under which members are stored, by the city's identifier, in no partition.
const RecordType = "member"

// Member is a city that belongs to the network, or did.
type Member struct {
	City     string     `json:"city"`     // as the city writes its name
	Country  string     `json:"country"`  // ISO 3166-1 alpha-2
	JoinedOn civil.Date `json:"joinedOn"` // of an accepted application: the day of the decision (R-APP-9)
	LeftOn   civil.Date `json:"leftOn"`   // the last day; none while the city is a member
	Website  string     `json:"website"`
	// OtherNames are spellings of sheets, perhaps in other languages, that a person has said to mean this city.
	OtherNames []string `json:"otherNames,omitempty"`
	Population int64    `json:"population"` // 0 is not known
	// Participations are the city's periods in clusters, the earliest first; no two overlap.
	Participations []Participation `json:"participations"`
	// Earlier are the times that the city was a member before it left and joined again, the earliest first.
	Earlier []Membership `json:"earlier"`
}

// Membership is a time during which a city was a member, both days included.
type Membership struct {
	JoinedOn civil.Date `json:"joinedOn"`
	LeftOn   civil.Date `json:"leftOn"`
}

// On reports whether the city is a member on a day.
func (m Member) On(day civil.Date) bool {
	if within(day, m.JoinedOn, m.LeftOn) {
		return true
	}
	return slices.ContainsFunc(m.Earlier, func(e Membership) bool { return within(day, e.JoinedOn, e.LeftOn) })
}

// Current reports whether the city has not left.
func (m Member) Current() bool { return m.LeftOn.IsZero() }

// PeriodAt is the period in clusters that runs on a day, or else the most recent one; false when there is none.
func (m Member) PeriodAt(day civil.Date) (Participation, bool) {
	for _, p := range m.Participations {
		if within(day, p.From, p.Until) {
			return p, true
		}
	}
	if len(m.Participations) == 0 {
		return Participation{}, false
	}
	return m.Participations[len(m.Participations)-1], true
}

// ClustersOn lists the clusters in which the city takes part on a day. Participation lapses by itself (R-CLU-2).
func (m Member) ClustersOn(day civil.Date) []string {
	for _, p := range m.Participations {
		if within(day, p.From, p.Until) {
			return slices.Clone(p.Clusters)
		}
	}
	return nil
}

// Join makes the city a member from a day (R-APP-9). One that left before that day keeps the earlier time on record.
func (m Member) Join(on civil.Date) Member {
	if !m.JoinedOn.IsZero() && !m.Current() {
		m.Earlier = append(slices.Clone(m.Earlier), Membership{JoinedOn: m.JoinedOn, LeftOn: m.LeftOn})
	}
	m.JoinedOn, m.LeftOn = on, civil.Date{}
	return m
}

// within reports whether day lies from first to last, both included; a zero last is an open end.
func within(day, first, last civil.Date) bool {
	return !day.Before(first) && (last.IsZero() || !day.After(last))
}
