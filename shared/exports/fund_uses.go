package exports

import (
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The columns of sources and uses.
const (
	usesLabel = 1 + iota
	usesPeriod
	usesPrior
	usesCumulative
)

// usesPlaces is where its lines stand.
type usesPlaces struct {
	received, interest, exchange, sources int
	spent, support, refunds, uses         int
	held                                  int
	unallocated, allocated, cash          int
}

func placeUses() usesPlaces {
	p := usesPlaces{received: headerRow + 2} // the titles and the heading of the sources
	p.interest, p.exchange, p.sources = p.received+1, p.received+2, p.received+3
	p.spent = p.sources + 2
	p.support, p.refunds, p.uses = p.spent+1, p.spent+2, p.spent+3
	p.held = p.uses + 1
	p.unallocated = p.held + 2
	p.allocated, p.cash = p.unallocated+1, p.unallocated+2
	return p
}

// usesSheet writes where the fund's money came from, what it was used for, and what is left: in the term, before it, and together.
func (b *fundBook) usesSheet() error {
	p, err := b.poster(b.tabs.uses, headerRow, 58, 22, 22, 22)
	if err != nil {
		return err
	}
	p.title(b.r.in(usesTab), b.subtitle())
	p.titles(words(item), b.amountsOf(inTerm), b.amountsOf(beforeTerm), b.amountsOf(cumulative))
	u := b.rows.uses
	b.usesHeading(p, sourcesOfFunds)
	b.fromAccount(p, fundReceivedLine, trust.Contributions, -1)
	b.fromAccount(p, interestLine, trust.Interest, -1)
	b.fromAccount(p, exchangeLine, trust.Exchange, -1)
	b.usesSum(p, totalSources, u.received, u.exchange, b.sourcesTotal())
	b.usesHeading(p, usesOfFunds)
	b.fromActivities(p, spentLine, trust.SpentOn, 1)
	b.fromAccount(p, supportLine, trust.Support, 1)
	b.fromAccount(p, refundsLine, trust.Refunds, 1)
	b.usesSum(p, totalUses, u.spent, u.refunds, b.usesTotal())
	b.heldRow(p)
	b.usesHeading(p, ofWhich)
	b.fromAccount(p, unallocatedLine, trust.Unallocated, -1)
	b.fromActivities(p, allocatedLine, trust.AllocatedTo, -1)
	b.fromAccount(p, cashLine, trust.Cash, 1)
	p.Skip(1)
	p.wideRemark(b.r.in(usesRemark), usesCumulative)
	b.usesChart(p)
	return nil
}

// beforeAndAll is a figure of the time before the days, and of all time up to their end.
type beforeAndAll struct{ before, all int64 }

func (f beforeAndAll) plus(g beforeAndAll) beforeAndAll {
	return beforeAndAll{f.before + g.before, f.all + g.all}
}

func (f beforeAndAll) times(n int64) beforeAndAll { return beforeAndAll{f.before * n, f.all * n} }

func (b *fundBook) ofAccount(a ledger.Account) beforeAndAll {
	return beforeAndAll{b.sums.opening(a), b.sums.closing(a)}
}

func (b *fundBook) ofActivities(account func(string) ledger.Account) beforeAndAll {
	return beforeAndAll{b.overActivities(account, b.sums.opening), b.overActivities(account, b.sums.closing)}
}

func (b *fundBook) sourcesTotal() beforeAndAll {
	return b.ofAccount(trust.Contributions).plus(b.ofAccount(trust.Interest)).plus(b.ofAccount(trust.Exchange)).times(-1)
}

func (b *fundBook) usesTotal() beforeAndAll {
	return b.ofActivities(trust.SpentOn).plus(b.ofAccount(trust.Support)).plus(b.ofAccount(trust.Refunds))
}

func (b *fundBook) usesHeading(p *page, label locale.Text) {
	p.Row(cell(b.r.in(label), p.total), cell(nil, p.total), cell(nil, p.total), cell(nil, p.total))
}

// fromAccount is a line of one account, its sign turned where more of it is a credit.
func (b *fundBook) fromAccount(p *page, label locale.Text, a ledger.Account, turned int64) {
	b.usesLine(p, label, signed(turned, b.trialCell(a, trialOpening)), signed(turned, b.trialCell(a, trialClosing)), b.ofAccount(a).times(turned))
}

func (b *fundBook) fromActivities(p *page, label locale.Text, account func(string) ledger.Account, turned int64) {
	sum := func(col int) string { return signed(turned, "SUM("+b.activityCells(account, col)+")") }
	b.usesLine(p, label, sum(trialOpening), sum(trialClosing), b.ofActivities(account).times(turned))
}

func signed(turned int64, formula string) string {
	if turned < 0 {
		return "-" + formula
	}
	return formula
}

// usesLine is one line: what is of the days is the difference of what is of all time and what was before them.
func (b *fundBook) usesLine(p *page, label locale.Text, before, all string, f beforeAndAll) {
	row := p.NextRow()
	p.Row(cell(b.r.in(label), p.text), computed(rounded(at(usesCumulative, row)+"-"+at(usesPrior, row)), b.amount(f.all-f.before), p.cents),
		computed(before, b.amount(f.before), p.cents), computed(all, b.amount(f.all), p.cents))
}

func (b *fundBook) usesSum(p *page, label locale.Text, first, last int, f beforeAndAll) {
	b.usesTotals(p, label, f, func(col int) string { return "SUM(" + span(col, first, last) + ")" })
}

// heldRow is what is left: sources less uses, which is held in trust (R-FUN-2).
func (b *fundBook) heldRow(p *page) {
	u := b.rows.uses
	b.usesTotals(p, heldLine, b.sourcesTotal().plus(b.usesTotal().times(-1)), func(col int) string {
		return rounded(at(col, u.sources) + "-" + at(col, u.uses))
	})
}

func (b *fundBook) usesTotals(p *page, label locale.Text, f beforeAndAll, formula func(col int) string) {
	p.Row(cell(b.r.in(label), p.total), computed(formula(usesPeriod), b.amount(f.all-f.before), p.totalCents),
		computed(formula(usesPrior), b.amount(f.before), p.totalCents), computed(formula(usesCumulative), b.amount(f.all), p.totalCents))
}

// usesChart draws the term's sources and uses beside one another.
func (b *fundBook) usesChart(p *page) {
	u := b.rows.uses
	series := func(name locale.Text, first, last int, color string, labels []locale.Text, values []int64) sheet.ChartSeries {
		s := sheet.ChartSeries{
			Name: b.r.in(name), CategoriesRef: sheet.Ref(b.tabs.uses, fixed(usesLabel, first, last)),
			ValuesRef: sheet.Ref(b.tabs.uses, fixed(usesPeriod, first, last)), Color: color,
		}
		for i, label := range labels {
			s.Categories, s.Values = append(s.Categories, b.r.in(label)), append(s.Values, b.amount(values[i]))
		}
		return s
	}
	term := func(f beforeAndAll) int64 { return f.all - f.before }
	row := p.NextRow() + 1
	for i, chart := range []struct {
		title  locale.Text
		series sheet.ChartSeries
	}{
		{chartSources, series(inTerm, u.received, u.exchange, blue, []locale.Text{fundReceivedLine, interestLine, exchangeLine},
			[]int64{-term(b.ofAccount(trust.Contributions)), -term(b.ofAccount(trust.Interest)), -term(b.ofAccount(trust.Exchange))})},
		{chartUses, series(inTerm, u.spent, u.refunds, orange, []locale.Text{spentLine, supportLine, refundsLine},
			[]int64{term(b.ofActivities(trust.SpentOn)), term(b.ofAccount(trust.Support)), term(b.ofAccount(trust.Refunds))})},
	} {
		p.Chart(sheet.ChartSpec{
			Type: sheet.ChartBar, Title: b.r.in(currencyTitle(chart.title, b.plan.Currency)), Anchor: at(1+2*i, row), Width: 540 - 60*i, Height: 230,
			NumFmt: "#,##0", Labels: true, Series: []sheet.ChartSeries{chart.series},
		})
	}
}
