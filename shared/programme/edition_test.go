package programme_test

import (
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

var edition = programme.Current()

func day(t *testing.T, s string) civil.Date {
	t.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheCallOf2025(t *testing.T) {
	call := edition.LatestCall()
	if call.ID != "2025" || call.Quota != 3 {
		t.Errorf("R-APP-3: call %s has a quota of %d", call.ID, call.Quota)
	}
	if got := call.CityCloses().UTC().Format(time.RFC3339); got != "2025-06-15T21:59:59Z" {
		t.Errorf("R-APP-1: cities may apply until %s", got)
	}
	if got := call.CommissionCloses().UTC().Format(time.RFC3339); got != "2025-07-15T21:59:59Z" {
		t.Errorf("R-APP-2: National Commissions may submit until %s", got)
	}
	if _, ok := edition.Call("1999"); ok {
		t.Error("there was no call in 1999")
	}
}

func TestTermsFollowOneAnotherFromMedellin(t *testing.T) {
	first := edition.Terms[0]
	if first.ID != "2019-2021" || first.Start != day(t, "2019-10-01") || first.End != day(t, "2021-09-30") || first.Source != "003" {
		t.Errorf("R-CLU-2: the first term is %+v", first)
	}
	for i, term := range edition.Terms[1:] {
		if term.Start != edition.Terms[i].End.AddDays(1) || term.Source != programme.Practice {
			t.Errorf("%s starts on %v from %q", term.ID, term.Start, term.Source)
		}
	}
	for date, want := range map[string]string{
		"2019-09-30": "", "2019-10-01": "2019-2021", "2021-09-30": "2019-2021", "2021-10-01": "2021-2023", "2025-11-21": "2025-2027", "2027-10-01": "",
	} {
		if got, ok := edition.TermAt(day(t, date)); got.ID != want || ok != (want != "") {
			t.Errorf("%s is in term %q, want %q", date, got.ID, want)
		}
	}
	if got := edition.LatestTerm().ID; got != "2025-2027" {
		t.Errorf("latest term %s", got)
	}
}

func TestLimits(t *testing.T) {
	want := programme.Limits{
		ClustersPerCity: 3, CoordinatorsPerCluster: 2, ParticipationYears: 2, TopicsPerAnswer: 3,
		MotivationWords: 200, PlanWords: 200, RatingLowest: 1, RatingHighest: 5,
	}
	if edition.Limits != want {
		t.Errorf("%+v", edition.Limits)
	}
	if n := len(edition.LimitOrigins); n != 8 {
		t.Errorf("%d limits name their origin", n)
	}
}

func TestR_TOP_1_TwelveTopicsInFourGroups(t *testing.T) {
	if len(edition.Topics) != 12 || len(edition.TopicGroups) != 4 {
		t.Fatalf("%d topics, %d groups", len(edition.Topics), len(edition.TopicGroups))
	}
	groups := []int{1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4}
	for i, topic := range edition.Topics {
		group, _ := edition.TopicGroup(topic.Group)
		if topic.Number != i+1 || group.Number != groups[i] {
			t.Errorf("%s is topic %d of group %d", topic.ID, topic.Number, group.Number)
		}
	}
}

func TestR_SUR_4_EveryTopicBelongsToExactlyOneCluster(t *testing.T) {
	t.Run("passes: the seven clusters in the printed order", sevenClusters)
	t.Run("fails: a topic in two clusters, and one in none", func(t *testing.T) {
		for _, text := range []string{spoilt(t, "topics: [literacy]", "topics: [literacy, health]"),
			spoilt(t, "topics: [planning, monitoring]", "topics: [planning]")} {
			if all := faults(t, text); all[0].Code != "PROGRAMME_INVALID" {
				t.Errorf("%v", all)
			}
		}
	})
}

func sevenClusters(t *testing.T) {
	for _, topic := range edition.Topics {
		if _, ok := edition.ClusterOf(topic.ID); !ok {
			t.Errorf("%s is in no cluster", topic.ID)
		}
	}
	want := []struct {
		id     string
		topics []int
	}{
		{"esd", []int{1}}, {"equity", []int{10, 4, 5, 9, 3}}, {"planning", []int{11, 12}}, {"citizenship", []int{7}},
		{"entrepreneurship", []int{8}}, {"health", []int{2}}, {"literacy", []int{6}},
	}
	if len(edition.Clusters) != len(want) {
		t.Fatalf("%d clusters", len(edition.Clusters))
	}
	for i, w := range want {
		cluster := edition.Clusters[i]
		if cluster.ID != w.id || cluster.Number != i+1 || len(cluster.Topics) != len(w.topics) {
			t.Errorf("cluster %d is %+v", i+1, cluster)
			continue
		}
		for j, id := range cluster.Topics {
			if topic, _ := edition.Topic(id); topic.Number != w.topics[j] {
				t.Errorf("%s has topic %d at place %d, want %d", cluster.ID, topic.Number, j, w.topics[j])
			}
		}
	}
}

// R-SUR-3: the printed result, 292 votes of at most 3 × 101.
func TestTheSurveyOf2019AsPrinted(t *testing.T) {
	printed := edition.LatestSurvey().Printed
	if printed.Cities != 101 || printed.Countries != 37 || printed.Regions != 5 {
		t.Errorf("%d cities, %d countries, %d regions", printed.Cities, printed.Countries, printed.Regions)
	}
	total := 0
	for id, want := range map[string]int{
		"esd": 60, "equity": 59, "planning": 45, "citizenship": 36, "entrepreneurship": 34, "health": 29, "literacy": 29,
	} {
		got, ok := printed.ClusterVotes(id)
		if !ok || got != want {
			t.Errorf("%s has %d votes, want %d", id, got, want)
		}
		total += got
	}
	if total != 292 {
		t.Errorf("%d votes", total)
	}
	for id, want := range map[string]int{"youth": 15, "elderly": 14, "migrants": 10, "ict": 10, "gender-equality": 10, "planning": 29, "monitoring": 16} {
		if got, ok := printed.Votes(id); !ok || got != want {
			t.Errorf("topic %s has %d votes, want %d", id, got, want)
		}
	}
}

// R-QUE-2: items 1 to 4 carry budget lines, 5 the fund, 6 nothing.
func TestQuestionnaireItemsCarryBudgetLines(t *testing.T) {
	want := []string{"cluster/1.2", "cluster/1.3", "cluster/2.1", "cluster/3.1", programme.CarriesFund, ""}
	if len(edition.Questionnaire.Items) != len(want) {
		t.Fatalf("%d items", len(edition.Questionnaire.Items))
	}
	for i, item := range edition.Questionnaire.Items {
		if item.Number != i+1 || item.Carries != want[i] {
			t.Errorf("item %d carries %q, want %q", item.Number, item.Carries, want[i])
		}
	}
}

func TestFixedListsHaveTheirSizes(t *testing.T) {
	for name, c := range map[string]struct {
		list []programme.Choice
		size int
	}{
		"features (R-APP-6)":           {edition.Features, 6},
		"benefits (R-APP-6)":           {edition.Benefits, 3},
		"building blocks (R-APP-6)":    {edition.BuildingBlocks, 6},
		"conditions (R-APP-6)":         {edition.Conditions, 3},
		"challenges (R-APP-10)":        {edition.Challenges, 10},
		"donor types (R-FUN-4)":        {edition.DonorTypes, 4},
		"expense categories (R-FUN-3)": {edition.ExpenseCategories, 7},
		"figures of results (R-FUN-3)": {edition.ResultFigures, 5},
	} {
		if len(c.list) != c.size {
			t.Errorf("%s: %d, want %d", name, len(c.list), c.size)
		}
	}
	for _, id := range []string{"member_city", "donor_country", "company", "foundation"} {
		if _, ok := edition.DonorType(id); !ok {
			t.Errorf("R-FUN-4: no donor type %s", id)
		}
	}
}

func TestEveryFigureComesFromAKnownSource(t *testing.T) {
	known := map[string]bool{programme.Derived: true, programme.Practice: true}
	for _, s := range edition.Sources {
		known[s.ID] = true
	}
	if len(known) != 7 {
		t.Errorf("five documents, derived and practice: %v", known)
	}
	for _, line := range edition.BudgetLines {
		if !known[line.Source] || line.Rule != "R-BUD-1" {
			t.Errorf("%s rests on %v", line.Code, line.Origin)
		}
	}
	for _, activity := range edition.Fund.Activities {
		if !known[activity.Source] || activity.Rule != "R-FUN-6" {
			t.Errorf("%s rests on %v", activity.Code, activity.Origin)
		}
	}
}

// R-CLU-6: five items that weigh a hundred, all of them practice; no region needs more than three of fourteen seats.
func TestR_CLU_6_TheCoordinatorsQuestionnaire(t *testing.T) {
	c := edition.Coordinators
	sum := 0
	for i, item := range c.Items {
		sum += item.Weight
		if item.Number != i+1 || item.Source != programme.Practice {
			t.Errorf("item %d is %s, number %d, from %q", i+1, item.ID, item.Number, item.Source)
		}
	}
	if len(c.Items) != 5 || sum != programme.FullWeight || c.RatingLowest != 0 || c.RatingHighest != 5 || c.SeatsPerRegion != 3 {
		t.Errorf("%+v weighs %d", c, sum)
	}
	if item, ok := c.Item("staff"); !ok || item.Number != 3 {
		t.Errorf("staff is %+v", item)
	}
	if _, ok := c.Item("charm"); ok {
		t.Error("there is an item that nobody asks")
	}
}

// R-CLU-9 and R-CLU-10: three outcomes are expected of every cluster; news every six months, a meeting every year, a report a term.
func TestR_CLU_10_TheDutiesOfClusters(t *testing.T) {
	for id, want := range map[string]struct {
		months int
		line   string
	}{"news": {6, "cluster/4.1"}, "meeting": {12, "cluster/1.4"}, "report": {0, "cluster/3.2"}} {
		if got, ok := edition.Duty(id); !ok || got.Months != want.months || got.Line != want.line || got.Source != "003" {
			t.Errorf("%s is %+v", id, got)
		}
	}
	for _, id := range []string{"policies", "initiatives", "monitoring"} {
		if _, ok := edition.Outcome(id); !ok {
			t.Errorf("the outcome %s is missing", id)
		}
	}
	if len(edition.Duties) != 3 || len(edition.Outcomes) != 3 {
		t.Errorf("%d duties, %d outcomes", len(edition.Duties), len(edition.Outcomes))
	}
}

func TestR_MEM_3_WhatMembersCanUse(t *testing.T) {
	t.Run("passes: the Award and seven services", func(t *testing.T) {
		if len(edition.Services) != 8 || edition.Services[0].ID != "award" {
			t.Errorf("%+v", edition.Services)
		}
	})
	t.Run("fails: a service without its Spanish name is no edition", func(t *testing.T) {
		all := faults(t, spoilt(t, `es: "Investigación"`, `es: ""`))
		if all[0].Code != invalid || all[0].Field != "services[1].label.es" {
			t.Errorf("%v", all)
		}
	})
}
