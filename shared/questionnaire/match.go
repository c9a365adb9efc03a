package questionnaire

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/programme"
)

// Carrier is a city that offers to carry an activity, with its own words.
type Carrier struct {
	Member  string
	City    string
	Country string
	Text    string
}

// LineMatch is a budget line with the cities of the cluster that offer to carry it (R-QUE-2).
type LineMatch struct {
	Line     programme.BudgetLine
	Item     int // the questionnaire's item that asks for it; 0: no item does, the line is not the cities' to offer
	Carriers []Carrier
}

// Gap reports whether the questionnaire asks for this line and no city of the cluster offers it.
func (m LineMatch) Gap() bool { return m.Item != 0 && len(m.Carriers) == 0 }

// ClusterMatch is the whole budget of one cluster, line by line, with its offers.
type ClusterMatch struct {
	Cluster programme.Cluster
	Cities  int // cities of the cluster that answered the questionnaire
	Lines   []LineMatch
}

// Gaps counts the lines that nobody offers to carry.
func (m ClusterMatch) Gaps() int {
	n := 0
	for _, line := range m.Lines {
		if line.Gap() {
			n++
		}
	}
	return n
}

// Match sets the offers against the budget lines, cluster by cluster in the programme's order (R-QUE-2). A city's offer
// counts in every cluster that clustersOf names for the city's identifier. Carriers are ordered by country and city.
func Match(p *programme.Edition, offers []Offer, clustersOf func(member string) []string) []ClusterMatch {
	var out []ClusterMatch
	for _, cluster := range p.Clusters {
		var within []Offer
		for _, o := range offers {
			if slices.Contains(clustersOf(o.Member), cluster.ID) {
				within = append(within, o)
			}
		}
		m := ClusterMatch{Cluster: cluster, Cities: len(within)}
		for _, line := range p.BudgetLines {
			item := itemFor(p, line.Code)
			m.Lines = append(m.Lines, LineMatch{Line: line, Item: item, Carriers: carriers(within, item)})
		}
		out = append(out, m)
	}
	return out
}

// ToFund gives the cities that offer a contribution to the fund (item 5, R-QUE-2).
func ToFund(p *programme.Edition, offers []Offer) []Carrier {
	return carriers(offers, itemFor(p, programme.CarriesFund))
}

// Unassigned gives the offers of cities that are in no cluster: they carry nothing until the city joins one.
func Unassigned(offers []Offer, clustersOf func(member string) []string) []Offer {
	var out []Offer
	for _, o := range offers {
		if len(clustersOf(o.Member)) == 0 {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b Offer) int { return cmp.Compare(a.Member, b.Member) })
	return out
}

// itemFor is the number of the item whose offers carry a budget line ("cluster/1.2") or the fund (programme.CarriesFund); 0 when none does.
func itemFor(p *programme.Edition, carries string) int {
	for _, item := range p.Questionnaire.Items {
		if item.Carries == carries {
			return item.Number
		}
	}
	return 0
}

func carriers(offers []Offer, item int) []Carrier {
	var out []Carrier
	for _, o := range offers {
		if o.Offers(item) {
			out = append(out, Carrier{Member: o.Member, City: o.City, Country: o.Country, Text: o.Item(item)})
		}
	}
	slices.SortFunc(out, func(a, b Carrier) int {
		return cmp.Or(cmp.Compare(a.Country, b.Country), cmp.Compare(a.City, b.City), cmp.Compare(a.Member, b.Member))
	})
	return out
}
