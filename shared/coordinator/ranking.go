package coordinator

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Candidate is a candidacy with its place in the cluster's ranking.
type Candidate struct {
	Candidacy
	Region   string // UNESCO's, of the country on the member's record
	Score    Score
	Rank     int              // from 1 among those who can be appointed; 0 for who can't
	Excluded *problem.Problem // why it can't be appointed
	// Lapses is the last day of its participation in the cluster, where that comes before the end of the term: to coordinate until
	// then, it has to renew (R-CLU-2, R-CLU-7).
	Lapses civil.Date
}

// Ranking is the candidates of a cluster.
type Ranking struct {
	Cluster    programme.Cluster
	Candidates []Candidate // who can be appointed by rank, then who can't, by score
}

// Rankings ranks the candidates of every cluster, in the programme's order, by their score (R-CLU-6). Among equal scores the
// earlier answer comes first, then the identifier. Of two candidacies of a city in one cluster the later one counts.
func (f Field) Rankings() []Ranking {
	latest := map[string]Candidacy{}
	for _, c := range f.Candidacies {
		if before, twice := latest[c.ID()]; !twice || c.AnsweredOn.After(before.AnsweredOn) {
			latest[c.ID()] = c
		}
	}
	rankings := make([]Ranking, len(f.Programme.Clusters))
	for i, cluster := range f.Programme.Clusters {
		rankings[i].Cluster = cluster
		for _, c := range latest {
			if c.Cluster == cluster.ID {
				rankings[i].Candidates = append(rankings[i].Candidates, f.candidate(c))
			}
		}
		rankings[i].order()
	}
	return rankings
}

func (f Field) candidate(c Candidacy) Candidate {
	country := c.Country
	if m, ok := f.Members[c.Member]; ok {
		country = m.Country
	}
	return Candidate{
		Candidacy: c, Region: f.Region(country), Score: ScoreOf(f.Programme.Coordinators, c),
		Excluded: f.CheckCandidacy(c), Lapses: f.lapses(c),
	}
}

// lapses follows a city's periods in a cluster, as far as they join.
func (f Field) lapses(c Candidacy) civil.Date {
	var last civil.Date
	next := f.first()
	for _, p := range f.Members[c.Member].Participations {
		if !p.From.After(next) && !p.Until.Before(next) && slices.Contains(p.Clusters, c.Cluster) {
			last, next = p.Until, p.Until.AddDays(1)
		}
	}
	if last.Before(f.Term.End) {
		return last
	}
	return civil.Date{}
}

func (r Ranking) order() {
	slices.SortFunc(r.Candidates, func(a, b Candidate) int {
		return cmp.Or(last(a.Excluded != nil, b.Excluded != nil), cmp.Compare(b.Score.Points, a.Score.Points),
			a.AnsweredOn.Compare(b.AnsweredOn), cmp.Compare(a.Member, b.Member))
	})
	for i := range r.Candidates {
		if r.Candidates[i].Excluded == nil {
			r.Candidates[i].Rank = i + 1
		}
	}
}

func last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
