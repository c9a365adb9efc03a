package survey

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/programme"
)

// Tally is the counted result of a survey.
type Tally struct {
	Survey     programme.Survey
	Answers    int // kept in the records, whether they count or not
	Late       int // after the closing date
	Superseded int // replaced by a later answer of the same city
	Cities     int // answers that count: one a city
	Countries  int
	Regions    int            // UNESCO regions (R-REG-1)
	Votes      int            // over all topics
	Coordinate int            // cities that would coordinate a cluster
	ByTopic    []TopicVotes   // every topic of the programme, by votes, then number (R-SUR-5)
	ByCluster  []ClusterVotes // every cluster, by votes, then the lowest number among its topics
}

// TopicVotes is how many cities name a topic.
type TopicVotes struct {
	Topic programme.Topic
	Votes int
}

// ClusterVotes is a cluster's result: the sum of its topics' votes and the distinct cities behind them (R-SUR-3).
type ClusterVotes struct {
	Cluster programme.Cluster
	Votes   int
	Cities  int
	Topics  []TopicVotes // the cluster's own, by votes, then number
}

// Count tallies the answers to a survey; region gives a country's UNESCO region or "" when it has none. The order of the
// answers makes no difference.
func Count(p *programme.Edition, s programme.Survey, answers []Answer, region func(country string) string) Tally {
	counted, late, superseded := Counting(s, answers)
	t := Tally{Survey: s, Answers: len(answers), Late: late, Superseded: superseded, Cities: len(counted)}
	countries, regions := map[string]bool{}, map[string]bool{}
	votes := map[string]int{}
	for _, a := range counted {
		countries[a.Country] = true
		if r := region(a.Country); r != "" {
			regions[r] = true
		}
		if a.Coordinate {
			t.Coordinate++
		}
		for _, topic := range a.Topics {
			votes[topic]++
		}
	}
	t.Countries, t.Regions = len(countries), len(regions)
	for _, topic := range p.Topics {
		t.ByTopic = append(t.ByTopic, TopicVotes{topic, votes[topic.ID]})
		t.Votes += votes[topic.ID]
	}
	slices.SortFunc(t.ByTopic, byVotes)
	t.ByCluster = byCluster(p, counted, t.ByTopic)
	return t
}

// byVotes is R-SUR-5: most votes first, the lower topic number first among equals.
func byVotes(a, b TopicVotes) int {
	return cmp.Or(cmp.Compare(b.Votes, a.Votes), cmp.Compare(a.Topic.Number, b.Topic.Number))
}

func byCluster(p *programme.Edition, counted []Answer, byTopic []TopicVotes) []ClusterVotes {
	var out []ClusterVotes
	for _, c := range p.Clusters {
		result := ClusterVotes{Cluster: c}
		for _, t := range byTopic {
			if slices.Contains(c.Topics, t.Topic.ID) {
				result.Topics = append(result.Topics, t)
				result.Votes += t.Votes
			}
		}
		for _, a := range counted {
			if slices.ContainsFunc(a.Topics, func(topic string) bool { return slices.Contains(c.Topics, topic) }) {
				result.Cities++
			}
		}
		out = append(out, result)
	}
	slices.SortFunc(out, func(a, b ClusterVotes) int {
		return cmp.Or(cmp.Compare(b.Votes, a.Votes), cmp.Compare(lowestNumber(a), lowestNumber(b)))
	})
	return out
}

func lowestNumber(c ClusterVotes) int {
	lowest := 0
	for _, t := range c.Topics {
		if lowest == 0 || t.Topic.Number < lowest {
			lowest = t.Topic.Number
		}
	}
	return lowest
}
