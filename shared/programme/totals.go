package programme

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

// checkBudget compares every printed total with the sum of its lines (R-BUD-1 to 3).
func (l *loader) checkBudget(e *Edition) {
	currency := money.ISO(e.Currency)
	total := money.Zero(currency)
	for i, area := range e.WorkAreas {
		sum := money.Zero(currency)
		for _, line := range e.BudgetLines {
			if line.Area == area.Number {
				sum = l.plus(sum, l.times(line.UnitCost, line.Quantity))
			}
		}
		total = l.plus(total, sum)
		path := at("budget.areas", i, "")
		name := reason("Area %d of a cluster", "Le champ %d d’un pôle", "El área %d de un grupo", area.Number)
		l.compare(path+".printedPerCluster", name, sum, area.PrintedPerCluster)
		name = reason("Area %d of all clusters", "Le champ %d de tous les pôles", "El área %d de todos los grupos", area.Number)
		l.compare(path+".printedAll", name, l.times(sum, len(e.Clusters)), area.PrintedAll)
	}
	l.compare("budget.totals.perCluster", reason("A cluster", "Un pôle", "Un grupo"), total, e.PrintedTotals.PerCluster)
	l.compare("budget.totals.all", reason("All clusters", "Tous les pôles", "Todos los grupos"), l.times(total, len(e.Clusters)), e.PrintedTotals.All)
}

// checkFund compares the fund's printed sums and target with its activities (R-FUN-6).
func (l *loader) checkFund(f Fund) {
	currency := money.ISO(f.Currency)
	total := money.Zero(currency)
	for i, area := range f.Areas {
		sum := money.Zero(currency)
		for _, activity := range f.Activities {
			if activity.Area == area.Number {
				sum = l.plus(sum, activity.Planned)
			}
		}
		total = l.plus(total, sum)
		name := reason("Area %d of the fund", "Le champ %d du fonds", "El área %d del fondo", area.Number)
		l.compare(at("fund.areas", i, "printedAll"), name, sum, area.PrintedAll)
	}
	l.compare("fund.printedTotal", reason("The fund", "Le fonds", "El fondo"), total, f.PrintedTotal)
	l.compare("fund.printedTarget", reason("The fund’s target", "L’objectif du fonds", "El objetivo del fondo"), f.Target, f.PrintedTarget)
}

func (l *loader) compare(path string, what locale.Text, computed money.Amount, printed Printed) {
	if printed.IsZero() || printed.Amount == computed {
		return
	}
	l.mismatch(path, what, computed.Format(locale.EN), printed.Amount.Format(locale.EN), printed.Rule)
}

// plus and times note sums beyond money.Bound as faults of the whole file.
func (l *loader) plus(a, b money.Amount) money.Amount {
	sum, err := a.Add(b)
	if err != nil {
		l.fault("id", reasonNotAmount(a.Format(locale.EN)+" + "+b.Format(locale.EN)))
	}
	return sum
}

func (l *loader) times(a money.Amount, n int) money.Amount {
	product, err := a.Times(n)
	if err != nil {
		l.fault("id", reasonNotAmount(a.Format(locale.EN)+" x "+strconv.Itoa(n)))
	}
	return product
}
