package survey_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/survey"
)

func TestR_SUR_1_TheResponseIsCountedByRegionAndCountry(t *testing.T) {
	joined := func(country, on string) member.Member { return member.Member{Country: country, JoinedOn: day(on)} }
	left := joined("FR", "2015-01-01")
	left.LeftOn = day("2019-03-30") // the day before the survey closes
	members := map[string]member.Member{
		"FR#brest": joined("FR", "2015-01-01"), "FR#lyon": joined("FR", "2019-03-31"), "FR#late": joined("FR", "2019-04-01"), "FR#left": left,
		"CH#lausanne": joined("CH", "2015-01-01"), "SN#dakar": joined("SN", "2015-01-01"), "AQ#base": joined("AQ", "2015-01-01"),
	}
	r := survey.Respond(asked(), []survey.Answer{
		answer("FR#brest", "2019-02-01", "esd"), answer("FR#brest", "2019-02-02", "esd"), answer("SN#dakar", "2019-03-31", "esd"),
		answer("CH#lausanne", "2019-04-01", "esd"), answer("FR#left", "2019-02-01", "esd"), answer("XX#unknown", "2019-02-01", "esd"),
	}, members, region)
	shown := func(shares ...survey.Share) string {
		var all []string
		for _, s := range shares {
			all = append(all, fmt.Sprintf("%s %d/%d %d", s.ID, s.Answered, s.Members, s.PerMille()))
		}
		return strings.Join(all, ", ")
	}
	if got := shown(r.All); got != " 2/5 400" {
		t.Errorf("all: %s", got)
	}
	if got := shown(r.ByRegion...); got != " 0/1 0, africa 1/1 1000, europe 1/3 333" {
		t.Errorf("by region: %s", got)
	}
	if got := shown(r.ByCountry...); got != "AQ 0/1 0, CH 0/1 0, FR 1/2 500, SN 1/1 1000" {
		t.Errorf("by country: %s", got)
	}
	if got := (survey.Share{}).PerMille(); got != 0 {
		t.Errorf("nobody asked is %d", got)
	}
	if got := (survey.Share{Members: 3, Answered: 2}).PerMille(); got != 667 {
		t.Errorf("two of three are %d", got)
	}
}

func TestR_SUR_1_WhoWouldCoordinateIsListedByCluster(t *testing.T) {
	would := func(member, on string, topics ...string) survey.Answer {
		a := answer(member, on, topics...)
		a.Coordinate = true
		return a
	}
	var got []string
	for _, w := range survey.WouldCoordinate(edition(), asked(), []survey.Answer{
		would("SN#dakar", "2019-02-01", "literacy", "elderly", "esd"), would("FR#brest", "2019-02-01", "esd"), answer("FR#lyon", "2019-02-01", "esd"),
		would("CH#lausanne", "2019-04-01", "esd"), // too late
	}) {
		line := w.Cluster.ID + ":"
		for _, a := range w.Answers {
			line += " " + a.Member
		}
		got = append(got, line)
	}
	if want := []string{"green: FR#brest SN#dakar", "equity: SN#dakar", "healthy:"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestR_SUR_1_TheVotesOfAllRegionsAddUpToTheTally(t *testing.T) {
	random := rand.New(rand.NewPCG(2019, 5))
	for range 100 {
		answers := randomAnswers(random)
		counted, _, _ := survey.Counting(asked(), answers)
		byRegion := survey.VotesBy(counted, func(a survey.Answer) string { return region(a.Country) })
		sums := map[string]int{"esd": 0, "health": 0, "elderly": 0, "literacy": 0}
		for _, votes := range byRegion {
			for topic, n := range votes {
				sums[topic] += n
			}
		}
		if want := votes(count(answers...)); !reflect.DeepEqual(sums, want) {
			t.Fatalf("the regions have %v, the tally is %v", sums, want)
		}
	}
	got := survey.VotesBy([]survey.Answer{answer("FR#brest", "2019-02-01", "esd", "health"), answer("SN#dakar", "2019-02-01", "esd")},
		func(a survey.Answer) string { return a.Country })
	if want := (map[string]map[string]int{"FR": {"esd": 1, "health": 1}, "SN": {"esd": 1}}); !reflect.DeepEqual(got, want) {
		t.Errorf("by country %v, want %v", got, want)
	}
}
