package budget_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/budget"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

var edition = programme.Current()

func compute(t *testing.T, e *programme.Edition) budget.Budget {
	t.Helper()
	b, err := budget.Compute(e)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func planOf(t *testing.T, f programme.Fund) budget.Plan {
	t.Helper()
	p, err := budget.PlanOf(f)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func wantTotal(t *testing.T, what string, got budget.Total, dollars int64) {
	t.Helper()
	if got.Computed != usd(dollars) {
		t.Errorf("%s computes to %s, want %s", what, got.Computed.Format(locale.EN), usd(dollars).Format(locale.EN))
	}
	if got.Printed.Amount != usd(dollars) || !got.Agrees() {
		t.Errorf("%s is printed %q", what, got.Printed.Text)
	}
}

func usd(dollars int64) money.Amount { return money.Amount{Minor: dollars * 100, Currency: "USD"} }

// R-BUD-1 and R-BUD-2, to the dollar.
func TestTheClustersBudgetIsWhatTheStrategyPrints(t *testing.T) {
	b := compute(t, edition)
	perCluster := []int64{160_000, 100_000, 70_000, 20_000}
	all := []int64{1_120_000, 700_000, 490_000, 140_000}
	if len(b.Areas) != 4 || len(b.Clusters) != 7 {
		t.Fatalf("%d areas, %d clusters", len(b.Areas), len(b.Clusters))
	}
	for i, area := range b.Areas {
		wantTotal(t, "area "+area.Label.EN, area.PerCluster, perCluster[i])
		wantTotal(t, "area "+area.Label.EN+", seven clusters", area.All, all[i])
	}
	wantTotal(t, "a cluster", b.PerCluster, 350_000)
	wantTotal(t, "seven clusters", b.All, 2_450_000)
	if d := b.Differences(); len(d) != 0 {
		t.Errorf("differences: %v", d)
	}
}

func TestEveryLineStandsInItsAreaInThePrintedOrder(t *testing.T) {
	var codes []string
	costs := map[string]int64{}
	for _, area := range compute(t, edition).Areas {
		for _, line := range area.Lines {
			codes = append(codes, line.Code)
			costs[line.Number] = line.PerCluster.Minor / 100
			if line.Area != area.Number || line.All != usd(7*costs[line.Number]) {
				t.Errorf("%s in area %d: %s over all clusters", line.Code, area.Number, line.All.Format(locale.EN))
			}
		}
	}
	want := "cluster/1.1 cluster/1.2 cluster/1.3 cluster/1.4 cluster/2.1 cluster/3.1 cluster/3.2 cluster/4.1"
	if got := strings.Join(codes, " "); got != want {
		t.Errorf("lines %s", got)
	}
	for number, dollars := range map[string]int64{
		"1.1": 50_000, "1.2": 50_000, "1.3": 50_000, "1.4": 10_000, "2.1": 100_000, "3.1": 50_000, "3.2": 20_000, "4.1": 20_000,
	} {
		if costs[number] != dollars {
			t.Errorf("line %s costs %d, want %d", number, costs[number], dollars)
		}
	}
}

// R-FUN-1 and R-FUN-6.
func TestTheFundsPlanIsWhatTheStrategyPrints(t *testing.T) {
	p := planOf(t, edition.Fund)
	for i, dollars := range []int64{400_000, 500_000, 100_000} {
		wantTotal(t, p.Areas[i].Label.EN, p.Areas[i].Planned, dollars)
	}
	wantTotal(t, "the activities", p.Activities, 1_000_000)
	wantTotal(t, "the target", p.Target, 1_000_000)
	if !p.SupportCosts.IsZero() || p.Percent != "0" {
		t.Errorf("R-FUN-10: support costs of %s %%", p.Percent)
	}
	if d := p.Differences(); len(d) != 0 {
		t.Errorf("differences: %v", d)
	}
}

// A figure that somebody changed after loading is reported with both amounts.
func TestADifferenceIsReportedNeverHidden(t *testing.T) {
	changed := *edition
	changed.BudgetLines = slices.Clone(edition.BudgetLines)
	changed.BudgetLines[3].UnitCost = usd(20_000)
	found := compute(t, &changed).Differences()
	var said []string
	for _, d := range found {
		if d.Code != "BUDGET_SUM_MISMATCH" || d.Severity != problem.Error || d.Rule == "" {
			t.Errorf("%+v", d)
		}
		said = append(said, d.Params["what"].EN+": "+d.Params["computed"].EN+" / "+d.Params["printed"].EN)
	}
	want := []string{
		"Area 1 of a cluster: US$170,000.00 / US$160,000.00",
		"Area 1 of all clusters: US$1,190,000.00 / US$1,120,000.00",
		"A cluster: US$360,000.00 / US$350,000.00",
		"All clusters: US$2,520,000.00 / US$2,450,000.00",
	}
	if !slices.Equal(said, want) {
		t.Errorf("said:\n%s", strings.Join(said, "\n"))
	}

	fund := edition.Fund
	fund.Activities = slices.Clone(fund.Activities)
	fund.Activities[6].Planned = usd(90_000)
	if found := planOf(t, fund).Differences(); len(found) != 2 || found[1].Params["computed"].EN != "US$990,000.00" {
		t.Errorf("fund: %v", found)
	}
}

func TestATermWithOneClusterLessCostsAClusterLess(t *testing.T) {
	fewer := *edition
	fewer.Clusters = edition.Clusters[:6]
	b := compute(t, &fewer)
	if b.All.Computed != usd(2_100_000) || b.All.Agrees() {
		t.Errorf("six clusters cost %s", b.All.Computed.Format(locale.EN))
	}
}

// R-FUN-10: the lines leave nothing for support costs, so setting some warns.
func TestSupportCostsBeyondTheTargetAreAWarning(t *testing.T) {
	fund := edition.Fund
	fund.SupportCostPercent = "7.5"
	p := planOf(t, fund)
	if p.SupportCosts != usd(75_000) {
		t.Errorf("7.5 %% of the activities is %s", p.SupportCosts.Format(locale.EN))
	}
	found := p.Differences()
	if len(found) != 1 || found[0].Severity != problem.Warning || found[0].Rule != "R-FUN-10" || found[0].Params["computed"].EN != "US$1,075,000.00" {
		t.Fatalf("%+v", found)
	}
	for lang, want := range map[locale.Lang]string{locale.EN: "7.5%", locale.FR: "7,5\u00a0%", locale.ES: "7,5\u00a0%"} {
		if message := found[0].Message(lang); !strings.Contains(message, want) {
			t.Errorf("%s: %s", lang, message)
		}
	}
	fund.Target = usd(2_000_000)
	fund.PrintedTarget = programme.Printed{}
	if found := planOf(t, fund).Differences(); len(found) != 0 {
		t.Errorf("with room in the target: %v", found)
	}
}

func TestSupportCostsRoundToTheCent(t *testing.T) {
	fund := edition.Fund
	fund.Activities = []programme.Activity{{Code: "fund/1.1", Area: 1, Planned: money.Amount{Minor: 1050, Currency: "USD"}}}
	for percent, cents := range map[string]int64{"0": 0, "0.0000": 0, "1": 11, "0.0001": 0, "100": 1050, "33.3333": 350} {
		fund.SupportCostPercent = percent
		if got := planOf(t, fund).SupportCosts.Minor; got != cents {
			t.Errorf("%s %% of 10.50 is %d cents, want %d", percent, got, cents)
		}
	}
	fund.SupportCostPercent = "some"
	if _, err := budget.PlanOf(fund); !errors.Is(err, money.ErrSyntax) {
		t.Errorf("%v", err)
	}
}

func TestSumsBeyondTheBoundAreAnError(t *testing.T) {
	huge := *edition
	huge.BudgetLines = slices.Clone(edition.BudgetLines)
	huge.BudgetLines[0].UnitCost = money.Amount{Minor: money.Bound, Currency: "USD"}
	if _, err := budget.Compute(&huge); !errors.Is(err, money.ErrRange) {
		t.Errorf("%v", err)
	}
	mixed := *edition
	mixed.BudgetLines = slices.Clone(edition.BudgetLines)
	mixed.BudgetLines[0].UnitCost.Currency = "EUR"
	if _, err := budget.Compute(&mixed); !errors.Is(err, money.ErrCurrency) {
		t.Errorf("%v", err)
	}
}
