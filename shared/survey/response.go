package survey

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Response is how many of the members answered a survey, over all, by region and by country (R-SUR-1).
type Response struct {
	All       Share
	ByRegion  []Share // by UNESCO's regions' identifiers; "" for countries in none
	ByCountry []Share // by ISO 3166-1 alpha-2
}

// Share is a group of members with those of them whose answer counts.
type Share struct {
	ID       string
	Members  int // on the closing date
	Answered int
}

// PerMille is the response rate in thousandths, rounded half up; 0 for no members.
func (s Share) PerMille() int {
	if s.Members == 0 {
		return 0
	}
	return (2000*s.Answered + s.Members) / (2 * s.Members)
}

// Respond counts who answered among the cities that were members on the survey's closing date (R-SUR-2). An answer of a city that
// wasn't, or is unknown, counts in no share; region gives a country's UNESCO region or "".
func Respond(s programme.Survey, answers []Answer, members map[string]member.Member, region func(country string) string) Response {
	counted, _, _ := Counting(s, answers)
	answered := map[string]bool{}
	for _, a := range counted {
		answered[a.Member] = true
	}
	regions, countries := map[string]*Share{}, map[string]*Share{}
	var r Response
	for id, m := range members {
		if !m.On(s.Closes) {
			continue
		}
		for _, share := range []*Share{&r.All, group(regions, region(m.Country)), group(countries, m.Country)} {
			share.Members++
			if answered[id] {
				share.Answered++
			}
		}
	}
	r.ByRegion, r.ByCountry = sorted(regions), sorted(countries)
	return r
}

func group(all map[string]*Share, id string) *Share {
	if all[id] == nil {
		all[id] = &Share{ID: id}
	}
	return all[id]
}

func sorted(all map[string]*Share) []Share {
	var shares []Share
	for _, s := range all {
		shares = append(shares, *s)
	}
	slices.SortFunc(shares, func(a, b Share) int { return cmp.Compare(a.ID, b.ID) })
	return shares
}

// Willing is a cluster with the cities that would coordinate it.
type Willing struct {
	Cluster programme.Cluster
	Answers []Answer // by member's identifier
}

// WouldCoordinate lists, for every cluster in the programme's order, the cities that name one of its topics and would coordinate
// (R-SUR-1): whom the secretariat asks to stand as candidates. Only answers that count are looked at.
func WouldCoordinate(p *programme.Edition, s programme.Survey, answers []Answer) []Willing {
	counted, _, _ := Counting(s, answers)
	willing := make([]Willing, len(p.Clusters))
	for i, c := range p.Clusters {
		willing[i].Cluster = c
		for _, a := range counted {
			if a.Coordinate && slices.ContainsFunc(a.Topics, func(topic string) bool { return slices.Contains(c.Topics, topic) }) {
				willing[i].Answers = append(willing[i].Answers, a)
			}
		}
	}
	return willing
}
