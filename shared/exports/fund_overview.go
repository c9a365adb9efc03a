package exports

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/trust"
)

// overview writes the first sheet: how much of the target was reached, what is held and was spent, and where the books stand.
func (b *fundBook) overview() error {
	p, err := b.poster(b.tabs.overview, 2, 48, 24, 4, 30, 34, 30)
	if err != nil {
		return err
	}
	p.title(b.r.fill(fundBookTitle, b.r.termName()), b.subtitle())
	p.firstHeading(b.r.in(atAGlance))
	p.titles(words(item), b.amountsOf(amountTitle))
	first := p.NextRow()
	b.glance(p)
	b.booksTable(p)
	b.overviewCharts(p, first)
	return nil
}

// glance is the figures that people ask for first, out of the other sheets (R-FUN-1).
func (b *fundBook) glance(p *page) {
	u, first := b.rows.uses, p.NextRow()
	use := func(row, col int) string { return sheet.Ref(b.tabs.uses, at(col, row)) }
	received, goal := -b.ofAccount(trust.Contributions).all+b.ofAccount(trust.Contributions).before, b.plan.Target.Computed.Minor
	p.Row(cell(b.r.in(target), p.text), cell(b.amount(goal), p.cents))
	p.Row(cell(b.r.in(receivedInTerm), p.text), computed(use(u.received, usesPeriod), b.amount(received), p.cents))
	p.Row(cell(b.r.in(targetReached), p.text), computed(partOf(at(2, first+1), at(2, first)), ratioOrNone(b.of(received), b.of(goal)), p.percent))
	p.Row(cell(b.r.in(stillToRaise), p.text), computed("MAX("+at(2, first)+"-"+at(2, first+1)+",0)", b.amount(max(goal-received, 0)), p.cents))
	spent := b.ofActivities(trust.SpentOn)
	held := b.sourcesTotal().plus(b.usesTotal().times(-1))
	for _, line := range []struct {
		label    locale.Text
		row, col int
		minor    int64
	}{
		{spentInTerm, u.spent, usesPeriod, spent.all - spent.before}, {heldLine, u.held, usesCumulative, held.all},
		{unallocatedLine, u.unallocated, usesCumulative, -b.sums.closing(trust.Unallocated)},
		{allocatedLine, u.allocated, usesCumulative, -b.ofActivities(trust.AllocatedTo).all},
	} {
		p.Row(cell(b.r.in(line.label), p.text), computed(use(line.row, line.col), b.amount(line.minor), p.cents))
	}
	benefit, f := b.sums.benefit, b.rows.focus
	named := b.of(benefit.All - benefit.Network)
	for i, group := range focusGroups[:3] {
		p.Row(cell(b.r.fill(shareSpent, b.r.in(group.label)), p.wrap), computed(sheet.Ref(b.tabs.focus, at(focusShare, f.firstGroup+i)),
			ratioOrNone(b.of(group.of(benefit.Focus(b.r.Reference))), named), p.percent))
	}
	overdue := 0
	for _, s := range b.standings {
		if s.OverdueOn(b.sums.last) {
			overdue++
		}
	}
	count := p.count
	if overdue > 0 {
		count = p.alertCount
	}
	p.Row(cell(b.r.in(overdueCount), p.text),
		computed("COUNTIF("+b.rows.pledges.column(b.tabs.pledges, pledgeDays)+",\">0\")", overdue, count))
}

// booksTable says where the books stand: their hash is kept elsewhere too, so that nobody rewrites them unseen.
func (b *fundBook) booksTable(p *page) {
	head := b.books.Head()
	p.heading(b.r.in(booksHeading))
	p.Row(cell(b.r.in(booksState), p.text), cell(b.r.in(b.state()), p.wrap))
	p.Row(cell(b.r.in(closedTo), p.text), cell(dateOrNone(b.books.ClosedTo()), p.dateLeft))
	p.Row(cell(b.r.in(entriesInAll), p.text), cell(head.Total, p.countLeft))
	p.Row(cell(b.r.in(batchesInAll), p.text), cell(head.Link.Number, p.countLeft))
	p.Row(cell(b.r.in(headHash), p.wrap), cell(string(head.Link.Hash), p.wrap))
}

// state is whether what the workbook shows can still change.
func (b *fundBook) state() locale.Text {
	if b.books.ClosedTo().Before(b.r.term.End) {
		return provisionalState
	}
	return finalState
}

func (b *fundBook) overviewCharts(p *page, first int) {
	received := -b.ofAccount(trust.Contributions).all + b.ofAccount(trust.Contributions).before
	goal := b.plan.Target.Computed.Minor
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(currencyTitle(chartTarget, b.plan.Currency)), Anchor: at(4, 4), Width: 640, Height: 170, NumFmt: "#,##0", Labels: true,
		Series: []sheet.ChartSeries{{
			Name: b.r.in(amountTitle), CategoriesRef: sheet.Ref(b.tabs.overview, fixed(1, first, first+1)),
			Categories: []string{b.r.in(target), b.r.in(receivedInTerm)}, ValuesRef: sheet.Ref(b.tabs.overview, fixed(2, first, first+1)),
			Values: []sheet.Number{b.amount(goal), b.amount(received)}, Color: blue,
		}},
	})
	sources := b.sourceChart(receivedByType, b.rows.sources.types, b.rows.sources.firstType, at(4, 13))
	sources.Width, sources.Height = 640, 230
	p.Chart(sources)
	p.Chart(b.activityChartAt(at(1, p.NextRow()+1), 1150))
}
