// Package budget computes what the programme's activities cost: the clusters'
// budget of one term, by line, work area and cluster, and the plan of the fund.
// Every total is computed from the lines and set beside the printed one; a
// difference is reported, never hidden (R-BUD-3). The package knows no cities, no
// money received, no sheet and no storage.
package budget

import (
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Budget is the clusters' budget of one term, ready to be written line by line.
type Budget struct {
	Currency   money.Currency
	Clusters   []programme.Cluster // in the printed order
	Areas      []Area
	PerCluster Total // R-BUD-2
	All        Total // R-BUD-2
}

// Area is a work area with its lines (R-BUD-1).
type Area struct {
	programme.WorkArea
	Lines      []Line
	PerCluster Total
	All        Total // over all clusters
}

// Line is a budget line with what it costs.
type Line struct {
	programme.BudgetLine
	PerCluster money.Amount // unit cost × quantity
	All        money.Amount // over all clusters
}

// Total is a computed sum beside the printed one.
type Total struct {
	Computed money.Amount
	Printed  programme.Printed // zero where nothing is printed
}

// Agrees reports whether nothing else is printed than what is computed.
func (t Total) Agrees() bool { return t.Printed.IsZero() || t.Printed.Amount == t.Computed }

// Compute works out the budget of all clusters for one term. Its error is one of
// package money, when sums go beyond money.Bound.
func Compute(e *programme.Edition) (Budget, error) {
	s := sums{currency: money.ISO(e.Currency)}
	b := Budget{Currency: s.currency, Clusters: e.Clusters}
	perCluster := money.Zero(s.currency)
	for _, area := range e.WorkAreas {
		a := s.area(area, e.BudgetLines, len(e.Clusters))
		perCluster = s.plus(perCluster, a.PerCluster.Computed)
		b.Areas = append(b.Areas, a)
	}
	b.PerCluster = Total{Computed: perCluster, Printed: e.PrintedTotals.PerCluster}
	b.All = Total{Computed: s.times(perCluster, len(e.Clusters)), Printed: e.PrintedTotals.All}
	return b, s.err
}

func (s *sums) area(area programme.WorkArea, lines []programme.BudgetLine, clusters int) Area {
	a := Area{WorkArea: area}
	sum := money.Zero(s.currency)
	for _, line := range lines {
		if line.Area != area.Number {
			continue
		}
		cost := s.times(line.UnitCost, line.Quantity)
		sum = s.plus(sum, cost)
		a.Lines = append(a.Lines, Line{BudgetLine: line, PerCluster: cost, All: s.times(cost, clusters)})
	}
	a.PerCluster = Total{Computed: sum, Printed: area.PrintedPerCluster}
	a.All = Total{Computed: s.times(sum, clusters), Printed: area.PrintedAll}
	return a
}

// sums keeps the first error of a computation, so that it reads as one.
type sums struct {
	currency money.Currency
	err      error
}

func (s *sums) plus(a, b money.Amount) money.Amount { return s.keep(a.Add(b)) }

func (s *sums) times(a money.Amount, n int) money.Amount { return s.keep(a.Times(n)) }

func (s *sums) keep(a money.Amount, err error) money.Amount {
	if err != nil && s.err == nil {
		s.err = err
	}
	return a
}
