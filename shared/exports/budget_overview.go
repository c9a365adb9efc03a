package exports

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/budget"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// lessPrinted is what is computed less what is printed; both are of one currency, as loading the programme has checked.
func lessPrinted(t budget.Total) money.Amount {
	d, err := t.Computed.Sub(t.Printed.Amount)
	if err != nil {
		return money.Amount{Currency: t.Computed.Currency}
	}
	return d
}

// overviewPlaces is where the tables of the overview stand.
type overviewPlaces struct {
	firstArea, total  int
	firstPrinted      int
	firstMoney        int
	firstMatch        int
	areaChart         int
	offerChart        int
	allColumn, widest int
}

func (b *budgetBook) placeOverview() overviewPlaces {
	areas, clusters := len(b.costs.Areas), len(b.costs.Clusters)
	p := overviewPlaces{firstArea: headerRow + 2, allColumn: clusters + 2}
	p.total = p.firstArea + areas
	p.firstPrinted = p.total + 4
	p.firstMoney = p.firstPrinted + areas + 1 + 3
	p.firstMatch = p.firstMoney + clusters + 1 + 3
	p.widest = max(p.allColumn, 7)
	return p
}

// overview writes the first sheet: the clusters' costs by area, printed sums, offers and the fund at a glance.
func (b *budgetBook) overview() error {
	places := b.placeOverview()
	widths := []float64{50}
	for len(widths) < places.widest {
		widths = append(widths, 18)
	}
	p, err := b.poster(b.overviewTab, 2, widths...)
	if err != nil {
		return err
	}
	p.title(b.r.fill(budgetTitle, b.r.termName()), b.r.termInWords()+" · "+b.costs.Currency.Code+" · "+b.r.in(asOf(b.r)))
	b.areaTable(p, places)
	b.printedTable(p, places)
	b.clusterMoney(p, places)
	places.offerChart = p.NextRow() + 1
	b.offerTable(p, places)
	places.areaChart = p.NextRow() + 1
	b.fundTable(p)
	b.overviewCharts(p, places)
	return nil
}

// areaTable is what every cluster costs by work area, out of the clusters' own sheets (R-BUD-1, R-BUD-2).
func (b *budgetBook) areaTable(p *page, places overviewPlaces) {
	p.firstHeading(b.r.in(currencyTitle(overviewHeading, b.costs.Currency)))
	titles := []column{words(workArea)}
	for _, c := range b.costs.Clusters {
		titles = append(titles, amounts(c.Label))
	}
	p.titles(append(titles, amounts(allClusters))...)
	for i, area := range b.costs.Areas {
		row := p.NextRow()
		cells := []sheet.OutCell{cell(b.r.areaName(area.WorkArea), p.wrap)}
		for _, tab := range b.clusterTabs {
			cells = append(cells, computed(sheet.Ref(tab, at(clusterCost, b.lines.firstSum+i)), exact(area.PerCluster.Computed), p.money))
		}
		p.Row(append(cells, computed(sumOfRow(row, places), exact(area.All.Computed), p.totalMoney))...)
	}
	cells := []sheet.OutCell{cell(b.r.in(total), p.total)}
	for i := range b.clusterTabs {
		cells = append(cells, computed("SUM("+span(2+i, places.firstArea, places.total-1)+")", exact(b.costs.PerCluster.Computed), p.totalMoney))
	}
	p.Row(append(cells, computed(sumOfRow(places.total, places), exact(b.costs.All.Computed), p.totalMoney))...)
}

func sumOfRow(row int, places overviewPlaces) string {
	return "SUM(" + at(2, row) + ":" + at(places.allColumn-1, row) + ")"
}

// printedTable sets every computed total beside what the sources print (R-BUD-3).
func (b *budgetBook) printedTable(p *page, places overviewPlaces) {
	p.heading(b.r.in(printedHeading))
	p.titles(words(workArea), amounts(oneComputed), amounts(onePrinted), amounts(differenceWord),
		amounts(allComputed), amounts(allPrinted), amounts(differenceWord))
	for i, area := range b.costs.Areas {
		b.printedRow(p, b.r.areaName(area.WorkArea), places.firstArea+i, places, area.PerCluster, area.All, p.wrap, p.money)
	}
	b.printedRow(p, b.r.in(total), places.total, places, b.costs.PerCluster, b.costs.All, p.total, p.totalMoney)
}

func (b *budgetBook) printedRow(
	p *page, label string, from int, places overviewPlaces, one, all budget.Total, text, amount sheet.StyleID,
) {
	row := p.NextRow()
	cells := []sheet.OutCell{cell(label, text)}
	for i, t := range []budget.Total{one, all} {
		source, first := at(2, from), 2+3*i
		if i == 1 {
			source = at(places.allColumn, from)
		}
		cells = append(cells, computed(source, exact(t.Computed), amount))
		if t.Printed.IsZero() {
			cells = append(cells, cell(nil, amount), cell(nil, amount))
			continue
		}
		gap := amount
		if !t.Agrees() {
			gap = p.alertMoney
		}
		cells = append(cells, cell(exact(t.Printed.Amount), amount),
			computed(at(first, row)+"-"+at(first+1, row), exact(lessPrinted(t)), gap))
		b.sourceNote(p, at(first+1, row), t.Printed)
	}
	p.Row(cells...)
}

// offerTable is how far each cluster's activities have cities that offer to carry them (R-QUE-2).
func (b *budgetBook) offerTable(p *page, places overviewPlaces) {
	p.heading(b.r.in(offersHeading))
	p.titles(words(clusterTitle), counts(citiesIn), counts(citiesAnswer), counts(linesAsked), counts(linesOffered), counts(linesOpen))
	for i, m := range b.matches {
		row := p.NextRow()
		asked := 0
		for _, line := range m.Lines {
			if line.Item != 0 {
				asked++
			}
		}
		offers := sheet.Ref(b.clusterTabs[i], fixed(clusterOffers, b.lines.firstLine, b.lines.lastLine))
		open := p.goodCount
		if m.Gaps() > 0 {
			open = p.alertCount
		}
		p.Link(at(1, row), sheet.Ref(b.clusterTabs[i], "A1"))
		p.Row(cell(strconv.Itoa(m.Cluster.Number)+". "+b.r.in(m.Cluster.Label), p.link), cell(len(b.rosters[i].Cities), p.count),
			cell(m.Cities, p.count), computed("COUNT("+offers+")", asked, p.count),
			computed("COUNTIF("+offers+",\">0\")", asked-m.Gaps(), p.count),
			computed(at(4, row)+"-"+at(5, row), m.Gaps(), open))
	}
	if len(b.unassigned) > 0 {
		p.wideRemark(b.r.fill(unassignedNote, strings.Join(b.unassigned, ", ")), 6)
	}
}

// fundTable is the fund at a glance on the overview, out of its own sheet.
func (b *budgetBook) fundTable(p *page) {
	p.heading(b.r.in(fundHeading))
	p.titles(words(item), amounts(locale.Same(b.plan.Currency.Code)))
	rows, total := b.fundRows, b.received.Total
	for _, line := range []struct {
		label    locale.Text
		col, row int
		amount   money.Amount
	}{
		{target, fundPlanned, rows.target, b.plan.Target.Computed},
		{plannedSum, fundPlanned, rows.sum, b.plan.Activities.Computed},
		{receivedInTerm, fundReceived, rows.received, total},
		{earmarkedRow, fundReceived, rows.sum, b.received.Earmarked},
		{unearmarkRow, fundReceived, rows.unearmarked, b.received.Unearmarked},
		{stillToRaise, fundReceived, rows.gap, money.Amount{Minor: b.plan.Target.Computed.Minor - total.Minor, Currency: total.Currency}},
		{allocatedTitle, fundAllocatedIn, rows.sum, b.amountOf(b.allMoved().allocated)},
		{spentTitle, fundSpentIn, rows.sum, b.amountOf(b.allMoved().spent)},
		{openTitle, fundOpenIn, rows.sum, b.amountOf(b.allMoved().open())},
	} {
		p.Row(cell(b.r.in(line.label), p.text), computed(sheet.Ref(b.fundTab, at(line.col, line.row)), exact(line.amount), p.cents))
	}
}

// overviewCharts draws what people look at rather than read: where the money goes, and where offers are missing.
func (b *budgetBook) overviewCharts(p *page, places overviewPlaces) {
	var areas, clusters []string
	var costs, with, without []sheet.Number
	for _, area := range b.costs.Areas {
		areas, costs = append(areas, b.r.areaName(area.WorkArea)), append(costs, exact(area.All.Computed))
	}
	for _, m := range b.matches {
		clusters = append(clusters, strconv.Itoa(m.Cluster.Number)+". "+b.r.in(m.Cluster.Label))
		asked := 0
		for _, line := range m.Lines {
			if line.Item != 0 {
				asked++
			}
		}
		with = append(with, sheet.Number(strconv.Itoa(asked-m.Gaps())))
		without = append(without, sheet.Number(strconv.Itoa(m.Gaps())))
	}
	tab, lastArea, lastMatch := b.overviewTab, places.total-1, places.firstMatch+len(b.matches)-1
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(currencyTitle(chartAreas, b.costs.Currency)), Anchor: at(3, places.areaChart), Width: 600, Height: 225,
		NumFmt: "#,##0", Labels: true,
		Series: []sheet.ChartSeries{{
			Name: b.r.in(allClusters), CategoriesRef: sheet.Ref(tab, fixed(1, places.firstArea, lastArea)), Categories: areas,
			ValuesRef: sheet.Ref(tab, fixed(places.allColumn, places.firstArea, lastArea)), Values: costs, Color: blue,
		}},
	})
	categories := sheet.Ref(tab, fixed(1, places.firstMatch, lastMatch))
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(chartOffers), Anchor: at(7, places.offerChart), Width: 500, Height: 330, Stacked: true,
		NumFmt: "0", Series: []sheet.ChartSeries{
			{Name: b.r.in(linesOffered), CategoriesRef: categories, Categories: clusters,
				ValuesRef: sheet.Ref(tab, fixed(5, places.firstMatch, lastMatch)), Values: with, Color: blue},
			{Name: b.r.in(linesOpen), CategoriesRef: categories, Categories: clusters,
				ValuesRef: sheet.Ref(tab, fixed(6, places.firstMatch, lastMatch)), Values: without, Color: orange},
		},
	})
}
