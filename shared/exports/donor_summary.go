package exports

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
)

// The columns of the summary.
const (
	summaryLine = 1 + iota
	summaryPeriod
	summaryPrior
	summaryAll
	summaryFrom
)

// summaryRow is where a line of the summary stands.
func summaryRow(l statement.Line) int { return headerRow + 1 + slices.Index(statement.Lines, l) }

// flowRow is where a row of the table "money in, money out" stands: below the summary's lines, a blank row, its heading and titles.
func flowRow(i int) int { return headerRow + len(statement.Lines) + 4 + i }

// amountsOf are the three amounts of a line.
func amountsOf(c statement.Columns) [3]int64 { return [3]int64{c.Period, c.Prior, c.Cumulative} }

// summary writes every line of the donor's figures for the period, the one before and all time.
func (b *donorBook) summary() error {
	p, err := b.poster(b.r.in(linesTab), headerRow, 44, 20, 20, 20, 46)
	if err != nil {
		return err
	}
	p.title(b.r.in(linesTab), b.subtitle())
	p.titles(words(lineWord), amounts(periodColumn), amounts(statement.InPrior.Text()), amounts(statement.CumulativeText), words(fromWhere))
	for _, line := range statement.Lines {
		b.summaryLine(p, line)
	}
	b.flowTable(p)
	p.Skip(1)
	p.wideRemark(b.r.in(summaryNote), summaryFrom)
	b.compareChart(p, p.NextRow()+1)
	return nil
}

func (b *donorBook) summaryLine(p *page, line statement.Line) {
	text, amount := p.text, p.cents
	if line == statement.Opening || line == statement.Closing {
		text, amount = p.total, p.totalCents
	}
	cells := []sheet.OutCell{cell(b.r.in(line.Text()), text)}
	for i, minor := range amountsOf(b.s.Figures.Of(line)) {
		cells = append(cells, b.summaryCell(line, summaryPeriod+i, minor, amount))
	}
	tab := lineOfBooks
	switch line {
	case statement.Closing:
		tab = lineSum
	case statement.Allocated:
		tab = lineLessOpen
	case statement.Received:
		tab = ownGiftsTab
	case statement.Spent:
		tab = spendingTab
	}
	if line == statement.Received || line == statement.Spent {
		p.Link(at(summaryFrom, p.NextRow()), sheet.Ref(b.r.in(tab), "A1"))
		p.Row(append(cells, cell(b.r.in(tab), p.link))...)
		return
	}
	p.Row(append(cells, cell(b.r.in(tab), p.faint))...)
}

// summaryCell is a figure of the summary: calculated from the sheet that it comes from, where that lists everything.
func (b *donorBook) summaryCell(line statement.Line, col int, minor int64, style sheet.StyleID) sheet.OutCell {
	formula := ""
	switch {
	case line == statement.Closing:
		formula = "SUM(" + span(col, summaryRow(statement.Opening), summaryRow(statement.Closing)-1) + ")"
	case line == statement.Allocated:
		formula = at(col, summaryRow(statement.Closing)) + "-" + at(col, summaryRow(statement.Unallocated))
	case line == statement.Spent:
		formula = "-" + sheet.Ref(b.r.in(spendingTab), at(spendDonorPeriod+col-summaryPeriod, b.activities.last+1))
	case line == statement.Received && b.giftsBeside(col) == minor:
		formula = sheet.Ref(b.r.in(ownGiftsTab), at(ownGiftWorth, b.giftTotals(giftSumOf[col])))
	}
	if formula == "" {
		return cell(b.units(minor), style)
	}
	return computed(formula, b.units(minor), style)
}

// giftSumOf is the sum of contributions that a column of the summary takes.
var giftSumOf = map[int]int{summaryPeriod: giftSumPeriod, summaryPrior: giftSumPrior, summaryAll: giftSumAll}

// giftsBeside is that sum.
func (b *donorBook) giftsBeside(col int) int64 {
	switch col {
	case summaryPeriod:
		return b.giftsIn(statement.InPeriod)
	case summaryPrior:
		return b.giftsIn(statement.InPrior)
	}
	return b.giftsSum()
}

// flow is a bar of what came and what became of it; all above zero but for losses.
type flow struct {
	label   locale.Text
	sign    int64
	of      []statement.Line
	columns statement.Columns
}

func (b *donorBook) flows() []flow {
	list := []flow{
		{label: moneyReceived, sign: 1, of: []statement.Line{statement.Received}},
		{label: moneyEarned, sign: 1, of: []statement.Line{statement.Interest, statement.Exchange}},
		{label: moneySpent, sign: -1, of: []statement.Line{statement.Spent}},
		{label: moneyCharged, sign: -1, of: []statement.Line{statement.Support, statement.Refunded, statement.Adjusted}},
		{label: moneyHeld, sign: 1, of: []statement.Line{statement.Closing}},
	}
	for i := range list {
		for _, line := range list[i].of {
			list[i].columns = list[i].columns.Plus(b.s.Figures.Of(line))
		}
		if list[i].sign < 0 {
			list[i].columns = list[i].columns.Negated()
		}
	}
	return list
}

// flowTable gathers the lines into what the charts draw.
func (b *donorBook) flowTable(p *page) {
	p.heading(b.r.in(flowHeading))
	p.titles(words(lineWord), amounts(periodColumn), amounts(statement.InPrior.Text()), amounts(statement.CumulativeText))
	for _, flow := range b.flows() {
		cells := []sheet.OutCell{cell(b.r.in(flow.label), p.text)}
		for i, minor := range amountsOf(flow.columns) {
			formula := ""
			for _, line := range flow.of {
				switch {
				case flow.sign < 0:
					formula += "-"
				case formula != "":
					formula += "+"
				}
				formula += at(summaryPeriod+i, summaryRow(line))
			}
			cells = append(cells, computed(formula, b.units(minor), p.cents))
		}
		p.Row(cells...)
	}
}

// compareChart draws the period beside the one before.
func (b *donorBook) compareChart(p *page, row int) {
	var names []string
	var now, before []sheet.Number
	for _, flow := range b.flows() {
		names = append(names, b.r.in(flow.label))
		now, before = append(now, b.units(flow.columns.Period)), append(before, b.units(flow.columns.Prior))
	}
	tab, first := b.r.in(linesTab), flowRow(0)
	last := first + len(names) - 1
	categories := sheet.Ref(tab, fixed(summaryLine, first, last))
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartColumn, Title: b.r.in(currencyTitle(chartCompare, b.s.Currency)), Anchor: at(1, row), Width: 1060, Height: 270,
		NumFmt: "#,##0", Series: []sheet.ChartSeries{
			{Name: b.r.in(statement.InPrior.Text()), CategoriesRef: categories, Categories: names,
				ValuesRef: sheet.Ref(tab, fixed(summaryPrior, first, last)), Values: before, Color: "B8C7DC"},
			{Name: b.r.in(periodColumn), CategoriesRef: categories, Categories: names,
				ValuesRef: sheet.Ref(tab, fixed(summaryPeriod, first, last)), Values: now, Color: blue},
		},
	})
}
