package survey

import "github.com/learning-cities/guildhall/shared/locale"

// Difference is a counted figure that is not the one a source prints.
type Difference struct {
	What     locale.Text
	Computed int
	Printed  int
}

// Differences compares a tally with what the sources print of the survey (R-SUR-3); a survey of which nothing is printed has
// none. They are shown, never hidden.
func (t Tally) Differences() []Difference {
	printed := t.Survey.Printed
	var found []Difference
	compare := func(what locale.Text, computed, printed int) {
		if computed != printed {
			found = append(found, Difference{what, computed, printed})
		}
	}
	if printed.Cities != 0 {
		compare(locale.Text{EN: "Cities", FR: "Villes", ES: "Ciudades"}, t.Cities, printed.Cities)
		compare(locale.Text{EN: "Countries", FR: "Pays", ES: "Países"}, t.Countries, printed.Countries)
		compare(locale.Text{EN: "Regions", FR: "Régions", ES: "Regiones"}, t.Regions, printed.Regions)
	}
	for _, v := range t.ByTopic {
		if votes, ok := printed.Votes(v.Topic.ID); ok {
			compare(v.Topic.Label, v.Votes, votes)
		}
	}
	for _, v := range t.ByCluster {
		if votes, ok := printed.ClusterVotes(v.Cluster.ID); ok {
			compare(v.Cluster.Label, v.Votes, votes)
		}
	}
	return found
}
