package exports

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
)

// The columns of the spending.
const (
	spendArea = 1 + iota
	spendCode
	spendName
	spendDonorPeriod
	spendDonorPrior
	spendDonorAll
	spendFundPeriod
	spendFundPrior
	spendFundAll
	spendShare
	spendEarmarked
)

// activityName is an activity with its number, as charts and tables name it.
func (b *donorBook) activityName(a programme.Activity) string {
	return a.Number + " " + b.r.in(a.Label)
}

// spending writes what the donor's money was spent on beside what the fund spent, by activity and area (R-FUN-6).
func (b *donorBook) spending() error {
	p, err := b.poster(b.r.in(spendingTab), headerRow, 28, 10, 40, 16, 16, 16, 16, 16, 16, 12, 17)
	if err != nil {
		return err
	}
	p.title(b.r.in(spendingTab), b.subtitle())
	p.titles(append([]column{words(workArea), words(code), words(activity)}, spendingTitles()...)...)
	for _, one := range b.s.Spending {
		b.spendingRow(p, []sheet.OutCell{
			cell(b.r.areaName(one.Area), p.wrap), cell(one.Activity.Code, p.text), cell(b.activityName(one.Activity), p.wrap),
		}, one, nil, p.cents, p.percent)
	}
	var sum statement.Spending
	for _, one := range b.s.Spending {
		sum = plus(sum, one)
	}
	if len(b.s.Spending) == 0 {
		p.Skip(1)
	}
	b.spendingRow(p, []sheet.OutCell{cell(b.r.in(total), p.total), cell(nil, p.total), cell(nil, p.total)}, sum, func(col int) string {
		return "SUM(" + span(col, b.activities.first, b.activities.last) + ")"
	}, p.totalCents, p.totalPercent)
	p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: spendEarmarked, LastRow: b.activities.last})
	b.spendingAreas(p)
	b.spendingChart(p)
	return nil
}

// shareTitles are those of the donor's share and of the fund's spending, each in the three columns of a statement.
func shareTitles() []column {
	var titles []column
	for _, whose := range []locale.Text{yourShare, fundSpent} {
		for _, column := range []locale.Text{periodColumn, statement.InPrior.Text(), statement.CumulativeText} {
			titles = append(titles, amounts(filled(whose, column)))
		}
	}
	return titles
}

func spendingTitles() []column {
	return append(shareTitles(), amounts(shareOfFund), amounts(earmarkedByYou))
}

// amountCells makes cells of amounts for a row: as they are, or calculated by a formula for each column where there is one.
func (b *donorBook) amountCells(formula func(col int) string, style sheet.StyleID) func(col int, minor int64) sheet.OutCell {
	return func(col int, minor int64) sheet.OutCell {
		c := cell(b.units(minor), style)
		if formula != nil {
			c.Formula = formula(col)
		}
		return c
	}
}

// spendingRow is a row of amounts: as they are, or calculated by a formula for each column.
func (b *donorBook) spendingRow(
	p *page, label []sheet.OutCell, of statement.Spending, formula func(col int) string, style, percent sheet.StyleID,
) {
	row, amount := p.NextRow(), b.amountCells(formula, style)
	cells := label
	for i, minor := range amountsOf(of.Donor) {
		cells = append(cells, amount(spendDonorPeriod+i, minor))
	}
	for i, minor := range amountsOf(of.Fund) {
		cells = append(cells, amount(spendFundPeriod+i, minor))
	}
	cells = append(cells, computed(partOf(at(spendDonorAll, row), at(spendFundAll, row)),
		proportion(of.Donor.Cumulative, of.Fund.Cumulative), percent), amount(spendEarmarked, of.Earmarked.Cumulative))
	p.Row(cells...)
}

// proportion is part of whole for a cell of per cents, 0 of nothing. It is shown, never calculated on: amounts stay exact.
func proportion(part, whole int64) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// plus adds up the amounts of two activities, or sums.
func plus(a, b statement.Spending) statement.Spending {
	return statement.Spending{Donor: a.Donor.Plus(b.Donor), Fund: a.Fund.Plus(b.Fund), Earmarked: a.Earmarked.Plus(b.Earmarked)}
}

// spentIn is what was spent on the activities of an area.
func (b *donorBook) spentIn(area programme.WorkArea) statement.Spending {
	var sum statement.Spending
	for _, one := range b.s.Spending {
		if one.Area.Number == area.Number {
			sum = plus(sum, one)
		}
	}
	return sum
}

// areasFirst is the row of the first area: below the activities' total, a blank row, the heading and the titles.
func (b *donorBook) areasFirst() int { return b.activities.last + 5 }

// spendingAreas sums the activities by the fund's areas.
func (b *donorBook) spendingAreas(p *page) {
	p.heading(b.r.in(byArea))
	p.wideTitles(workArea, spendingTitles()...)
	for _, area := range b.r.Programme.Fund.Areas {
		row, sum := p.NextRow(), b.spentIn(area)
		p.Merge(sheet.Range{FirstCol: spendArea, FirstRow: row, LastCol: spendName, LastRow: row})
		b.spendingRow(p, []sheet.OutCell{cell(b.r.areaName(area), p.text), cell(nil, p.text), cell(nil, p.text)}, sum, func(col int) string {
			return "SUMIF(" + fixed(spendArea, b.activities.first, b.activities.last) + "," + at(spendArea, row) + "," +
				fixed(col, b.activities.first, b.activities.last) + ")"
		}, p.cents, p.percent)
	}
}

// spendingChart draws the donor's share of each activity for the period beside all before it.
func (b *donorBook) spendingChart(p *page) {
	if len(b.s.Spending) == 0 {
		return
	}
	var names []string
	var now, ever []sheet.Number
	for _, one := range b.s.Spending {
		names = append(names, b.activityName(one.Activity))
		now, ever = append(now, b.units(one.Donor.Period)), append(ever, b.units(one.Donor.Cumulative))
	}
	tab := b.r.in(spendingTab)
	categories := b.activities.column(tab, spendName)
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(currencyTitle(filled(yourShare, moneySpent), b.s.Currency)), Anchor: at(1, p.NextRow()+1), Width: 1440,
		Height: 430, NumFmt: "#,##0", Labels: true, Series: []sheet.ChartSeries{
			{Name: b.r.in(periodColumn), CategoriesRef: categories, Categories: names,
				ValuesRef: b.activities.column(tab, spendDonorPeriod), Values: now, Color: blue},
			{Name: b.r.in(statement.CumulativeText), CategoriesRef: categories, Categories: names,
				ValuesRef: b.activities.column(tab, spendDonorAll), Values: ever, Color: "B8C7DC"},
		},
	})
}

// percentNumber is a share as a chart takes it, to six places.
func percentNumber(part, whole int64) sheet.Number {
	return sheet.Number(strconv.FormatFloat(proportion(part, whole), 'f', 6, 64))
}
