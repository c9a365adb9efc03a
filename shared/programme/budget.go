package programme

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

// Codes are namespaced, because the clusters' budget and the fund both have a
// "1.1" and mean two things by it.
const (
	ClusterNamespace = "cluster/"
	FundNamespace    = "fund/"
)

// WorkArea groups budget lines or fund activities.
type WorkArea struct {
	Number            int
	Label             locale.Text
	PrintedPerCluster Printed // R-BUD-1; not printed for the fund
	PrintedAll        Printed // all clusters together
}

// BudgetTotals are the sums over all work areas (R-BUD-2: derived, not printed).
type BudgetTotals struct{ PerCluster, All Printed }

// BudgetLine is what one activity costs one cluster in one term.
type BudgetLine struct {
	Code        string // "cluster/1.1"
	Number      string // "1.1"
	Area        int    // WorkArea.Number
	Activity    locale.Text
	Responsible locale.Text
	UnitCost    money.Amount
	Quantity    int    // 2 in "$50,000 x 2"
	Printed     string // the cost as printed
	Origin
}

// Fund is the multi-donor funding modality (R-FUN-1).
type Fund struct {
	Currency           string
	Target             money.Amount // per two-year term
	PrintedTarget      Printed
	PrintedTotal       Printed
	Areas              []WorkArea
	Activities         []Activity
	SupportCostPercent string // decimal text, "0" until the secretariat sets one (R-FUN-10)
	Origin
}

// Activity is what the fund pays for (R-FUN-6).
type Activity struct {
	Code    string // "fund/1.1"
	Number  string // "1.1"
	Area    int    // WorkArea.Number of the fund's own areas
	Label   locale.Text
	Planned money.Amount
	Origin
}
