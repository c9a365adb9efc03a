package survey_test

import (
	"fmt"
	"testing"

	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/survey"
)

// The answers behind the printed result were never published; any that give each topic its printed votes, in 101 cities of 37
// countries with at most three topics each, must tally to all printed figures.
func TestR_SUR_3_ThePrintedResultIsReached(t *testing.T) {
	p := programme.Current()
	asked := p.LatestSurvey()
	tally := survey.Count(p, asked, printedAnswers(t, p, asked), regionOf)

	if got := [3]int{tally.Cities, tally.Countries, tally.Regions}; got != [3]int{101, 37, 5} {
		t.Errorf("cities, countries, regions: %v, printed 101, 37, 5", got)
	}
	if tally.Votes != 292 {
		t.Errorf("%d votes, printed 292", tally.Votes)
	}
	want := []struct {
		cluster string
		votes   int
	}{{"esd", 60}, {"equity", 59}, {"planning", 45}, {"citizenship", 36}, {"entrepreneurship", 34}, {"health", 29}, {"literacy", 29}}
	for i, w := range want {
		if got := tally.ByCluster[i]; got.Cluster.ID != w.cluster || got.Votes != w.votes {
			t.Errorf("place %d: %s with %d, printed %s with %d", i+1, got.Cluster.ID, got.Votes, w.cluster, w.votes)
		}
	}
	equity := map[string]int{}
	for _, v := range tally.ByCluster[1].Topics {
		equity[v.Topic.ID] = v.Votes
	}
	for topic, votes := range map[string]int{"youth": 15, "elderly": 14, "migrants": 10, "ict": 10, "gender-equality": 10} {
		if equity[topic] != votes {
			t.Errorf("%s: %d votes, printed %d", topic, equity[topic], votes)
		}
	}
	if d := tally.Differences(); len(d) != 0 {
		t.Errorf("differs from what is printed: %+v", d)
	}
}

func TestR_SUR_3_ADifferenceFromThePrintedResultIsNamed(t *testing.T) {
	p := programme.Current()
	asked := p.LatestSurvey()
	answers := printedAnswers(t, p, asked)
	answers[0].Topics = nil // takes away votes, and no city
	differences := survey.Count(p, asked, answers, regionOf).Differences()
	if len(differences) == 0 {
		t.Fatal("no difference is named")
	}
	for _, d := range differences {
		if d.Computed >= d.Printed {
			t.Errorf("%+v: fewer votes were cast", d)
		}
	}
}

func regionOf(country string) string {
	c, _ := reference.Load().Country(country)
	return c.Region
}

// printedAnswers deals each topic's votes out to the cities in turn: no topic has as many votes as there are cities, so that no
// city gets one twice.
func printedAnswers(t *testing.T, p *programme.Edition, asked programme.Survey) []survey.Answer {
	t.Helper()
	countries := someCountries(t, asked.Printed.Countries)
	answers := make([]survey.Answer, asked.Printed.Cities)
	for i := range answers {
		country := countries[i%len(countries)]
		answers[i] = survey.Answer{Member: fmt.Sprintf("%s#city-%d", country, i), Country: country, AnsweredOn: asked.Opens.AddDays(i % 60)}
	}
	next := 0
	for _, topic := range p.Topics {
		votes, ok := asked.Printed.Votes(topic.ID)
		if !ok {
			t.Fatalf("no printed votes of %s", topic.ID)
		}
		for range votes {
			city := &answers[next%len(answers)]
			city.Topics = append(city.Topics, topic.ID)
			next++
		}
	}
	for _, a := range answers {
		if survey.TooMany(p, a.Topics) {
			t.Fatalf("%s has %d topics", a.Member, len(a.Topics))
		}
	}
	return answers
}

// someCountries takes countries of all regions in turn.
func someCountries(t *testing.T, n int) []string {
	t.Helper()
	data := reference.Load()
	byRegion := map[string][]string{}
	for _, c := range data.Countries() {
		byRegion[c.Region] = append(byRegion[c.Region], c.ISO2)
	}
	var picked []string
	for i := 0; len(picked) < n; i++ {
		region := byRegion[data.Regions()[i%5].ID]
		picked = append(picked, region[i/5])
	}
	return picked
}
