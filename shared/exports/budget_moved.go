package exports

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// moneyTitle is a column of amounts of the fund's currency, in which its books are kept.
func (b *budgetBook) moneyTitle(title locale.Text) column {
	return amounts(currencyTitle(title, b.plan.Currency))
}

// minor is minor units of the fund's currency as an exact number.
func (b *budgetBook) minor(minor int64) sheet.Number {
	return exact(b.amountOf(minor))
}

// movedCells are what was left before the term, what was set aside and spent in it, and what is open at its end, in four columns from one on.
func (b *budgetBook) movedCells(p *page, first int, m moved) []sheet.OutCell {
	row, amount := p.NextRow(), p.cents
	open := amount
	if m.open() < 0 { // more was spent for it than was set aside for it by name
		open = p.alertCents
	}
	return []sheet.OutCell{
		cell(b.minor(m.brought), amount), cell(b.minor(m.allocated), amount), cell(b.minor(m.spent), amount),
		computed(rounded(at(first, row)+"+"+at(first+1, row)+"-"+at(first+2, row)), b.minor(m.open()), open),
	}
}

// movedOfCluster is what was set aside and spent for a cluster, whichever line it was for.
func (b *budgetBook) movedOfCluster(cluster string) (sum moved) {
	for line, m := range b.found.sums.lines {
		if line.cluster == cluster {
			sum = sum.plus(m)
		}
	}
	return sum
}

// clusterMoney sets beside what is planned for each cluster what the fund allocated and spent for it, out of the clusters' own sheets.
func (b *budgetBook) clusterMoney(p *page, places overviewPlaces) {
	p.heading(b.r.in(clusterMoneyHeading))
	p.titles(words(clusterTitle), amounts(currencyTitle(planned, b.costs.Currency)), b.moneyTitle(broughtForward), b.moneyTitle(allocatedTitle),
		b.moneyTitle(spentTitle), b.moneyTitle(openTitle))
	var all moved
	for i, c := range b.costs.Clusters {
		m := b.movedOfCluster(c.ID)
		all = all.plus(m)
		from := func(col int) string { return sheet.Ref(b.clusterTabs[i], at(col, b.lines.total)) }
		cells := []sheet.OutCell{
			cell(strconv.Itoa(c.Number)+". "+b.r.in(c.Label), p.link), computed(from(clusterCost), exact(b.costs.PerCluster.Computed), p.money),
		}
		for j, minor := range []int64{m.brought, m.allocated, m.spent, m.open()} {
			cells = append(cells, computed(from(clusterBrought+j), b.minor(minor), p.cents))
		}
		p.Link(at(1, p.NextRow()), sheet.Ref(b.clusterTabs[i], "A1"))
		p.Row(cells...)
	}
	sum := func(col int) string {
		return "SUM(" + span(col, places.firstMoney, places.firstMoney+len(b.costs.Clusters)-1) + ")"
	}
	cells := []sheet.OutCell{cell(b.r.in(total), p.total), computed(sum(2), exact(b.costs.All.Computed), p.totalMoney)}
	for j, minor := range []int64{all.brought, all.allocated, all.spent, all.open()} {
		cells = append(cells, computed(sum(3+j), b.minor(minor), p.totalCents))
	}
	p.Row(cells...)
}
