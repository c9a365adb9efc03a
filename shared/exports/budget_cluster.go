package exports

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/budget"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// The columns of a cluster's sheet.
const (
	clusterArea = 1 + iota
	clusterCode
	clusterActivity
	clusterResponsible
	clusterUnit
	clusterQuantity
	clusterCost
	clusterBrought
	clusterAllocated
	clusterSpent
	clusterOpen
	clusterOffers
	clusterCarriers
)

// clusterPlaces is where the tables of a cluster's sheet stand; every cluster has the same lines.
type clusterPlaces struct {
	firstLine, lastLine int
	firstSum            int // of the first work area; one row each
	unlined             int // what was set aside for the cluster and no line of its budget
	total               int
}

func placeCluster(b budget.Budget) clusterPlaces {
	p := clusterPlaces{firstLine: headerRow + 1, lastLine: headerRow}
	for _, area := range b.Areas {
		p.lastLine += len(area.Lines)
	}
	p.firstSum = p.lastLine + 4 // a blank row, the heading and the titles
	p.unlined = p.firstSum + len(b.Areas)
	p.total = p.unlined + 1
	return p
}

// areaName is a work area as the sheets name it; formulas sum by it.
func (r *request) areaName(a programme.WorkArea) string {
	return strconv.Itoa(a.Number) + ". " + r.in(a.Label)
}

// cluster writes the sheet of one cluster: its lines, their sums, and the offers in the cities' words.
func (b *budgetBook) cluster(i int) error {
	c, match := b.costs.Clusters[i], b.matches[i]
	p, err := b.page(b.clusterTabs[i], headerRow, 30, 13, 48, 30, 17, 13, 17, 17, 17, 17, 17, 10, 46)
	if err != nil {
		return err
	}
	p.title(b.r.in(c.Label), b.r.fill(clusterSubtitle, b.r.termInWords(), b.r.topics(c), len(b.rosters[i].Cities), match.Cities))
	p.titles(words(workArea), words(code), words(activity), words(responsible), amounts(currencyTitle(unitCost, b.costs.Currency)),
		counts(quantity), amounts(currencyTitle(cost, b.costs.Currency)), b.moneyTitle(broughtForward), b.moneyTitle(allocatedTitle),
		b.moneyTitle(spentTitle), b.moneyTitle(openTitle), counts(offersCount), words(offeredBy))
	for _, area := range b.costs.Areas {
		for _, line := range area.Lines {
			b.line(p, c.ID, area, line, lineMatch(match, line.Code))
		}
	}
	p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: clusterCarriers, LastRow: b.lines.lastLine})
	b.areaSums(p, c.ID)
	b.ownWords(p, match)
	return nil
}

// topics names the topics that a cluster is formed of (R-SUR-4).
func (r *request) topics(c programme.Cluster) string { return r.topicNames(c.Topics) }

// topicNames names topics by their identifiers.
func (r *request) topicNames(ids []string) string {
	var labels []string
	for _, id := range ids {
		if topic, ok := r.Programme.Topic(id); ok {
			labels = append(labels, r.in(topic.Label))
		}
	}
	return strings.Join(labels, " · ")
}

func lineMatch(m questionnaire.ClusterMatch, code string) questionnaire.LineMatch {
	for _, line := range m.Lines {
		if line.Line.Code == code {
			return line
		}
	}
	return questionnaire.LineMatch{}
}

func (b *budgetBook) line(p *page, cluster string, area budget.Area, line budget.Line, match questionnaire.LineMatch) {
	row := p.NextRow()
	offers, carriers := cell(nil, p.faint), cell(b.r.in(notAsked), p.faint)
	switch {
	case match.Gap():
		offers, carriers = cell(0, p.alertCount), cell(b.r.in(noOffer), p.alert)
	case match.Item != 0:
		offers, carriers = cell(len(match.Carriers), p.goodCount), cell(b.r.carriers(match.Carriers), p.good)
	}
	cells := []sheet.OutCell{
		cell(b.r.areaName(area.WorkArea), p.wrap), cell(line.Code, p.text), cell(b.r.in(line.Activity), p.wrap),
		cell(b.r.in(line.Responsible), p.wrap), cell(exact(line.UnitCost), p.money), cell(line.Quantity, p.count),
		computed(at(clusterUnit, row)+"*"+at(clusterQuantity, row), exact(line.PerCluster), p.money),
	}
	cells = append(cells, b.movedCells(p, clusterBrought, b.found.sums.lines[clusterLine{cluster, line.Code}])...)
	p.Row(append(cells, offers, carriers)...)
}

// areaSums sums the lines by work area, beside what the sources print (R-BUD-1, R-BUD-3), and with what was set aside for no line of its own.
func (b *budgetBook) areaSums(p *page, cluster string) {
	p.heading(b.r.in(areaSums))
	p.Merge(sheet.Range{FirstCol: clusterArea, FirstRow: p.NextRow(), LastCol: clusterResponsible, LastRow: p.NextRow()})
	p.titles(words(workArea), words(locale.Text{}), words(locale.Text{}), words(locale.Text{}),
		amounts(currencyTitle(printedSum, b.costs.Currency)), amounts(differenceWord), amounts(currencyTitle(computedSum, b.costs.Currency)),
		b.moneyTitle(broughtForward), b.moneyTitle(allocatedTitle), b.moneyTitle(spentTitle), b.moneyTitle(openTitle))
	first, last := b.lines.firstLine, b.lines.lastLine
	all := b.found.sums.lines[clusterLine{cluster, ""}]
	for _, area := range b.costs.Areas {
		row := p.NextRow()
		sum := func(col int) string {
			return "SUMIF(" + fixed(clusterArea, first, last) + "," + at(clusterArea, row) + "," + fixed(col, first, last) + ")"
		}
		var of moved
		for _, line := range area.Lines {
			of = of.plus(b.found.sums.lines[clusterLine{cluster, line.Code}])
		}
		all = all.plus(of)
		b.sum(p, b.r.areaName(area.WorkArea), sum, area.PerCluster, of, p.text, p.money, p.cents)
	}
	row := p.NextRow()
	p.Merge(sheet.Range{FirstCol: clusterArea, FirstRow: row, LastCol: clusterResponsible, LastRow: row})
	p.Row(append([]sheet.OutCell{
		cell(b.r.in(noLine), p.text), cell(nil, p.text), cell(nil, p.text), cell(nil, p.text), cell(nil, p.money), cell(nil, p.money), cell(nil, p.money),
	}, b.movedCells(p, clusterBrought, b.found.sums.lines[clusterLine{cluster, ""}])...)...)
	sum := func(col int) string { return "SUM(" + span(col, b.lines.firstSum, b.lines.total-1) + ")" }
	b.sum(p, b.r.in(total), sum, b.costs.PerCluster, all, p.total, p.totalMoney, p.totalCents)
}

func (b *budgetBook) sum(p *page, label string, formula func(col int) string, t budget.Total, m moved, text, amount, cents sheet.StyleID) {
	row := p.NextRow()
	printed, gap := cell(nil, amount), cell(nil, amount)
	if !t.Printed.IsZero() {
		printed = cell(exact(t.Printed.Amount), amount)
		gap = computed(at(clusterCost, row)+"-"+at(clusterUnit, row), exact(lessPrinted(t)), amount)
		if !t.Agrees() {
			gap.Style = p.alertMoney
		}
		b.sourceNote(p, at(clusterUnit, row), t.Printed)
	}
	sums := []sheet.OutCell{computed(formula(clusterCost), exact(t.Computed), amount)}
	for i, minor := range []int64{m.brought, m.allocated, m.spent, m.open()} {
		sums = append(sums, computed(formula(clusterBrought+i), b.minor(minor), cents))
	}
	p.sumRow(cell(label, text), printed, gap, sums, text)
}

// sumRow spreads a label over the columns up to the unit cost, so that sums stand below what they add up.
func (p *page) sumRow(label, printed, gap sheet.OutCell, sums []sheet.OutCell, blank sheet.StyleID) {
	row := p.NextRow()
	p.Merge(sheet.Range{FirstCol: clusterArea, FirstRow: row, LastCol: clusterResponsible, LastRow: row})
	p.Row(append([]sheet.OutCell{label, cell(nil, blank), cell(nil, blank), cell(nil, blank), printed, gap}, sums...)...)
}

// sourceNote says at a printed amount where it comes from, when that isn't simply a source.
func (b *budgetBook) sourceNote(p *page, at string, printed programme.Printed) {
	switch {
	case printed.Source == programme.Derived:
		p.Note(at, b.r.fill(derivedNote, printed.Rule))
	case printed.Odd:
		p.Note(at, b.r.fill(oddNote, printed.Text))
	}
}

// ownWords lists what the cluster's cities offer under each item (R-QUE-2).
func (b *budgetBook) ownWords(p *page, match questionnaire.ClusterMatch) {
	titled := false
	for _, line := range match.Lines {
		for _, carrier := range line.Carriers {
			if !titled {
				p.heading(b.r.in(ownWords))
				p.titles(words(question), words(code), words(offerText), words(city), words(countryWord))
				titled = true
			}
			p.Row(cell(b.r.item(line.Item), p.wrap), cell(line.Line.Code, p.text), cell(carrier.Text, p.wrap),
				cell(carrier.City, p.wrap), cell(b.r.country(carrier.Country), p.wrap))
		}
	}
}

// item is a question of the questionnaire in short, with its number.
func (r *request) item(number int) string {
	for _, item := range r.Programme.Questionnaire.Items {
		if item.Number == number {
			return strconv.Itoa(number) + ". " + r.in(item.Short)
		}
	}
	return strconv.Itoa(number)
}
