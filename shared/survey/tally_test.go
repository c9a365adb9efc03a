package survey_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/survey"
)

// edition has four topics in three clusters, the second cluster of two topics.
func edition() *programme.Edition {
	return &programme.Edition{
		Limits: programme.Limits{TopicsPerAnswer: 3},
		Topics: []programme.Topic{{ID: "esd", Number: 1}, {ID: "health", Number: 2}, {ID: "elderly", Number: 3}, {ID: "literacy", Number: 4}},
		Clusters: []programme.Cluster{
			{ID: "green", Topics: []string{"esd"}}, {ID: "equity", Topics: []string{"elderly", "literacy"}}, {ID: "healthy", Topics: []string{"health"}},
		},
	}
}

var closes = day("2019-03-31")

func asked() programme.Survey {
	return programme.Survey{ID: "2019", Opens: day("2019-01-15"), Closes: closes}
}

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func answer(member, on string, topics ...string) survey.Answer {
	return survey.Answer{Member: member, Country: member[:2], Topics: topics, AnsweredOn: day(on)}
}

func region(country string) string {
	return map[string]string{"FR": "europe", "CH": "europe", "SN": "africa"}[country]
}

func count(answers ...survey.Answer) survey.Tally {
	return survey.Count(edition(), asked(), answers, region)
}

func TestR_SUR_2_TheLatestAnswerBeforeTheClosingDateCounts(t *testing.T) {
	tally := count(
		answer("FR#brest", "2019-02-01", "esd"),
		answer("FR#brest", "2019-03-31", "health", "literacy"), // the closing day itself is in time
		answer("FR#brest", "2019-04-01", "elderly"),
		answer("SN#dakar", "2019-02-01", "esd"),
	)
	if got := votes(tally); !reflect.DeepEqual(got, map[string]int{"esd": 1, "health": 1, "literacy": 1, "elderly": 0}) {
		t.Errorf("votes %v", got)
	}
	if tally.Answers != 4 || tally.Late != 1 || tally.Superseded != 1 || tally.Cities != 2 {
		t.Errorf("answers %d, late %d, superseded %d, cities %d", tally.Answers, tally.Late, tally.Superseded, tally.Cities)
	}
	if tally.Countries != 2 || tally.Regions != 2 {
		t.Errorf("countries %d, regions %d", tally.Countries, tally.Regions)
	}
}

func TestR_SUR_3_AClusterHasTheSumOfItsTopicsAndItsDistinctCities(t *testing.T) {
	tally := count(
		answer("FR#brest", "2019-02-01", "elderly", "literacy"),
		answer("SN#dakar", "2019-02-01", "literacy"),
	)
	equity := tally.ByCluster[0]
	if equity.Cluster.ID != "equity" || equity.Votes != 3 || equity.Cities != 2 {
		t.Errorf("first cluster %s with %d votes of %d cities, want equity with 3 of 2", equity.Cluster.ID, equity.Votes, equity.Cities)
	}
	if equity.Topics[0].Topic.ID != "literacy" || equity.Topics[0].Votes != 2 {
		t.Errorf("its first topic is %+v", equity.Topics[0])
	}
}

func TestR_SUR_5_TiesAreOrderedByTopicNumber(t *testing.T) {
	ordered := func(t *testing.T, tally survey.Tally, topics, clusters []string) {
		t.Helper()
		var order []string
		for _, v := range tally.ByTopic {
			order = append(order, v.Topic.ID)
		}
		if !slices.Equal(order, topics) {
			t.Errorf("topics in the order %v, want %v", order, topics)
		}
		order = nil
		for _, v := range tally.ByCluster {
			order = append(order, v.Cluster.ID)
		}
		if !slices.Equal(order, clusters) {
			t.Errorf("clusters in the order %v, want %v", order, clusters)
		}
	}
	one := answer("FR#brest", "2019-02-01", "literacy", "health")
	t.Run("passes: among equals the lower number comes first", func(t *testing.T) {
		ordered(t, count(one, answer("CH#lausanne", "2019-02-01", "esd")),
			[]string{"esd", "health", "literacy", "elderly"}, []string{"green", "healthy", "equity"})
	})
	t.Run("fails: a lower number does not come before more votes", func(t *testing.T) {
		ordered(t, count(one, answer("CH#lausanne", "2019-02-01", "literacy")),
			[]string{"literacy", "health", "esd", "elderly"}, []string{"equity", "healthy", "green"})
	})
}

func TestR_SUR_3_MoreTopicsThanAllowed(t *testing.T) {
	p := edition()
	four := []string{"esd", "health", "elderly", "literacy"}
	t.Run("passes: three, and any number where there is no limit", func(t *testing.T) {
		if survey.TooMany(p, four[:3]) {
			t.Error("three topics are too many")
		}
		unlimited := edition()
		unlimited.Limits.TopicsPerAnswer = 0
		if survey.TooMany(unlimited, four) {
			t.Error("without a limit, four topics are too many")
		}
	})
	t.Run("fails: four", func(t *testing.T) {
		if !survey.TooMany(p, four) {
			t.Error("four topics are not too many")
		}
	})
}

func TestChooseKeepsEachTopicOnceInTheOrderOfNumbers(t *testing.T) {
	got := survey.Choose(edition(), []string{"literacy", "esd", "literacy", "chess"})
	if want := []string{"esd", "literacy"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestATallyDoesNotDependOnTheOrderOfTheAnswers(t *testing.T) {
	random := rand.New(rand.NewPCG(2019, 101))
	for range 200 {
		answers := randomAnswers(random)
		want := survey.Count(edition(), asked(), answers, region)
		random.Shuffle(len(answers), func(i, j int) { answers[i], answers[j] = answers[j], answers[i] })
		if got := survey.Count(edition(), asked(), answers, region); !reflect.DeepEqual(got, want) {
			t.Fatalf("another order of the same answers gives\n%+v\nwant\n%+v", got, want)
		}
	}
}

func TestEveryVoteIsInExactlyOneTopicAndOneCluster(t *testing.T) {
	random := rand.New(rand.NewPCG(2019, 292))
	for range 200 {
		answers := randomAnswers(random)
		tally := survey.Count(edition(), asked(), answers, region)
		counted, _, _ := survey.Counting(asked(), answers)
		cast, ofTopics, ofClusters := 0, 0, 0
		for _, a := range counted {
			cast += len(a.Topics)
		}
		for _, v := range tally.ByTopic {
			ofTopics += v.Votes
		}
		for _, c := range tally.ByCluster {
			ofClusters += c.Votes
			if c.Cities > c.Votes || c.Cities > tally.Cities {
				t.Fatalf("cluster %s: %d cities, %d votes", c.Cluster.ID, c.Cities, c.Votes)
			}
		}
		if cast != ofTopics || cast != ofClusters || cast != tally.Votes {
			t.Fatalf("cast %d, by topic %d, by cluster %d, in all %d", cast, ofTopics, ofClusters, tally.Votes)
		}
		if tally.Answers != tally.Cities+tally.Late+tally.Superseded {
			t.Fatalf("%d answers are not %d + %d + %d", tally.Answers, tally.Cities, tally.Late, tally.Superseded)
		}
	}
}

func TestAddingALateAnswerChangesNoVote(t *testing.T) {
	random := rand.New(rand.NewPCG(2019, 37))
	for range 100 {
		answers := randomAnswers(random)
		before := votes(count(answers...))
		after := votes(count(append(answers, answer("FR#city0", "2019-04-01", "esd", "health"))...))
		if !reflect.DeepEqual(before, after) {
			t.Fatalf("votes %v became %v", before, after)
		}
	}
}

// randomAnswers are of up to twelve cities, one a city and day, before and after the closing date.
func randomAnswers(random *rand.Rand) []survey.Answer {
	var answers []survey.Answer
	topics := []string{"esd", "health", "elderly", "literacy"}
	for city := range random.IntN(12) {
		member := fmt.Sprintf("%s#city%d", []string{"FR", "CH", "SN", "XX"}[city%4], city)
		for i := range random.IntN(4) {
			on := closes.AddDays(-20 + 9*i)
			picked := slices.Clone(topics)
			random.Shuffle(len(picked), func(i, j int) { picked[i], picked[j] = picked[j], picked[i] })
			answers = append(answers, answer(member, on.String(), picked[:1+random.IntN(3)]...))
		}
	}
	return answers
}

func votes(tally survey.Tally) map[string]int {
	m := map[string]int{}
	for _, v := range tally.ByTopic {
		m[v.Topic.ID] = v.Votes
	}
	return m
}
