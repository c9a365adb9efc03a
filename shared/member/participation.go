package member

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Participation is a period during which a city takes part in clusters, both days included (R-CLU-2).
type Participation struct {
	From     civil.Date `json:"from"`
	Until    civil.Date `json:"until"`
	Clusters []string   `json:"clusters"` // identifiers, in the programme's order
}

// Participate is a period that begins on a day and lapses after a number of years: two years from 1 January 2024 end on
// 31 December 2025 (R-CLU-2).
func Participate(from civil.Date, years int, clusters []string) Participation {
	return Participation{From: from, Until: from.AddYears(years).AddDays(-1), Clusters: clusters}
}

// CheckClusters holds the limit of clusters per city (R-CLU-1): CLUSTER_LIMIT_EXCEEDED. city is the city's name for the message;
// a limit of 0 allows any number.
func CheckClusters(city locale.Text, clusters []string, limit int) *problem.Problem {
	if limit == 0 || len(clusters) <= limit {
		return nil
	}
	return problem.New("CLUSTER_LIMIT_EXCEEDED").In("clusters").Under("R-CLU-1").
		WithText("city", city).WithInt("limit", limit).WithInt("count", len(clusters))
}

// Began reports whether one of the city's periods begins on a day.
func (m Member) Began(on civil.Date) bool {
	return slices.ContainsFunc(m.Participations, func(p Participation) bool { return p.From == on })
}

// With adds a period, or replaces the clusters of the one that begins on the same day and lasts as long. A period that overlaps
// another one is TERM_OVERLAP (R-CLU-2): a renewal begins when the period before has lapsed. One on record with the same clusters stays
// as it is, whatever its end: it is cut where another cluster was joined or left. The member itself is not changed.
func (m Member) With(p Participation) (Member, *problem.Problem) {
	periods := slices.Clone(m.Participations)
	for i, existing := range periods {
		switch {
		case existing.From == p.From && slices.Equal(existing.Clusters, p.Clusters):
			return m, nil
		case existing.From == p.From && existing.Until != p.Until:
			return m, overlapProblem(existing)
		case existing.From == p.From:
			periods[i] = p
			m.Participations = periods
			return m, nil
		case overlap(existing, p):
			return m, overlapProblem(existing)
		}
	}
	m.Participations = append(periods, p)
	slices.SortFunc(m.Participations, func(a, b Participation) int { return a.From.Compare(b.From) })
	return m, nil
}

func overlap(a, b Participation) bool { return !a.From.After(b.Until) && !b.From.After(a.Until) }

func overlapProblem(existing Participation) *problem.Problem {
	return problem.New("TERM_OVERLAP").In("cluster_from").Under("R-CLU-2").WithText("other", existing.period())
}

// period is how messages name it: from the first day to the last.
func (p Participation) period() locale.Text {
	from, until := p.From.Text(), p.Until.Text()
	return locale.Text{
		EN: "the one from " + from.EN + " to " + until.EN,
		FR: "celle du " + from.FR + " au " + until.FR,
		ES: "el del " + from.ES + " al " + until.ES,
	}
}
