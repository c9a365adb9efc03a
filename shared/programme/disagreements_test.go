package programme_test

import (
	"os"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
)

const decisions = "../../docs/decisions/0002-source-disagreements.md"

// Each place where the sources disagree, with what the edition makes of it. A
// disagreement without a check here, or without a line in the decision's page,
// fails the test after this one.
var decided = map[string]func(t *testing.T){
	"fund-total": func(t *testing.T) {
		printed := edition.Fund.PrintedTotal
		million := money.Amount{Minor: 100_000_000, Currency: "USD"}
		if printed.Text != "$1,000,00" || !printed.Odd || printed.Amount != million || edition.Fund.Target != million {
			t.Errorf("%+v", printed)
		}
	},
	"clusters-per-city": func(t *testing.T) {
		if n := edition.Limits.ClustersPerCity; n != 3 {
			t.Errorf("a city joins up to %d clusters", n)
		}
	},
	"line-3-1-twice": func(t *testing.T) {
		first, _ := edition.BudgetLine("cluster/3.1")
		second, ok := edition.BudgetLine("cluster/3.2")
		if !ok || first.UnitCost.Minor != 5_000_000 || second.UnitCost.Minor != 2_000_000 {
			t.Errorf("3.1 costs %v, 3.2 %v", first.UnitCost, second.UnitCost)
		}
	},
	"spanish-topics-in-french": func(t *testing.T) {
		for _, topic := range edition.Topics {
			if topic.Label.ES == topic.Label.FR {
				t.Errorf("topic %d reads %q in Spanish and in French", topic.Number, topic.Label.ES)
			}
		}
	},
	"seven-of-twelve-topics": func(t *testing.T) {
		belonging := 0
		for _, cluster := range edition.Clusters {
			belonging += len(cluster.Topics)
		}
		if belonging != len(edition.Topics) || belonging != 12 {
			t.Errorf("the clusters hold %d topics", belonging)
		}
	},
	"yearly-seminar": func(t *testing.T) {
		line, ok := edition.BudgetLine(edition.Questionnaire.Items[2].Carries)
		if !ok || line.Code != "cluster/2.1" || line.Quantity != 2 {
			t.Errorf("question 3 carries %s × %d", line.Code, line.Quantity)
		}
	},
	"donor-cities": func(t *testing.T) {
		donor, ok := edition.DonorType("member_city")
		if !ok || donor.Label.ES != "Ciudad miembro" || strings.Contains(donor.Label.ES, "UNESCO") {
			t.Errorf("%+v", donor)
		}
	},
	"area-codes": func(t *testing.T) {
		line, isLine := edition.BudgetLine("cluster/1.1")
		activity, isActivity := edition.Activity("fund/1.1")
		if !isLine || !isActivity || line.Number != activity.Number || line.Code == activity.Code {
			t.Errorf("line %q, activity %q", line.Code, activity.Code)
		}
		if _, bare := edition.BudgetLine("1.1"); bare {
			t.Error("a bare 1.1 was found")
		}
	},
	"fund-below-clusters": func(t *testing.T) {
		if edition.Fund.Target.Minor >= edition.PrintedTotals.All.Amount.Minor {
			t.Error("the fund's target is no longer below the clusters' budget")
		}
		if edition.Fund.SupportCostPercent != "0" {
			t.Errorf("support costs of %s %% stand in the edition", edition.Fund.SupportCostPercent)
		}
	},
	"coordinators-chosen": func(t *testing.T) {
		if n := edition.Limits.CoordinatorsPerCluster; n != 2 {
			t.Errorf("%d coordinators are selected for a cluster", n)
		}
	},
	"annual-meeting-once": func(t *testing.T) {
		meeting, _ := edition.BudgetLine("cluster/1.4")
		if meeting.Quantity != 1 || meeting.UnitCost.Minor != 1_000_000 {
			t.Errorf("1.4: %d × %v", meeting.Quantity, meeting.UnitCost)
		}
	},
	"network-size": func(t *testing.T) {
		want := []programme.NetworkSize{
			{Cities: 170, Countries: 53}, {Cities: 200, AtLeast: true}, {Cities: 292, Countries: 76}, {Cities: 356},
		}
		if len(edition.NetworkSizes) != len(want) {
			t.Fatalf("%d sizes", len(edition.NetworkSizes))
		}
		for i, got := range edition.NetworkSizes {
			if got.Cities != want[i].Cities || got.Countries != want[i].Countries || got.AtLeast != want[i].AtLeast {
				t.Errorf("size %d is %+v", i, got)
			}
			if i > 0 && !edition.NetworkSizes[i-1].Date.Before(got.Date) {
				t.Errorf("%v does not follow %v", got.Date, edition.NetworkSizes[i-1].Date)
			}
		}
	},
}

func TestWhereTheSourcesDisagreeTheDecisionHolds(t *testing.T) {
	for id, check := range decided {
		t.Run(id, check)
	}
}

func TestEveryDisagreementIsRecordedCheckedAndExplained(t *testing.T) {
	page, err := os.ReadFile(decisions)
	if err != nil {
		t.Fatal(err)
	}
	if len(edition.Disagreements) != len(decided) {
		t.Errorf("%d disagreements, %d checks", len(edition.Disagreements), len(decided))
	}
	for _, d := range edition.Disagreements {
		if decided[d.ID] == nil {
			t.Errorf("%s has no check", d.ID)
		}
		if !strings.Contains(string(page), "`"+d.ID+"`") {
			t.Errorf("%s is not explained in %s", d.ID, decisions)
		}
	}
}
