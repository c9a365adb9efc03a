package exports

import (
	"github.com/learning-cities/guildhall/shared/budget"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// The columns of the fund's first table.
const (
	fundArea = 1 + iota
	fundCode
	fundActivity
	fundPlanned
	fundBroughtIn
	fundAllocatedIn
	fundSpentIn
	fundOpenIn
	fundReceived
	fundShare
	fundCount
)

// fundPlaces is where the fund's first table stands.
type fundPlaces struct {
	first, last                             int // activities
	sum, unearmarked, received, target, gap int
}

func placeFund(plan budget.Plan) fundPlaces {
	p := fundPlaces{first: headerRow + 1, last: headerRow}
	for _, area := range plan.Areas {
		p.last += len(area.Activities)
	}
	p.sum = p.last + 1
	p.unearmarked, p.received, p.target, p.gap = p.sum+1, p.sum+2, p.sum+3, p.sum+4
	return p
}

// fund writes the fund's sheet: its activities and areas with what was received towards them.
func (b *budgetBook) fund() error {
	p, err := b.poster(b.fundTab, headerRow, 34, 14, 46, 17, 17, 17, 17, 17, 18, 15, 16)
	if err != nil {
		return err
	}
	p.title(b.r.in(fundHeading), b.r.termInWords()+" · "+b.plan.Currency.Code+" · "+b.r.in(heldInTrust))
	p.titles(words(workArea), words(code), words(activity), b.moneyTitle(planned), b.moneyTitle(broughtForward), b.moneyTitle(allocatedTitle),
		b.moneyTitle(spentTitle), b.moneyTitle(openTitle), amounts(currencyTitle(receivedTowards, b.plan.Currency)), amounts(shareOfPlan), counts(gifts))
	b.fundActivities(p)
	b.fundSums(p)
	b.fundAreas(p)
	b.fundChart(p)
	return nil
}

// fundActivities is what was given towards each activity (R-FUN-6), summed out of the sheet of contributions.
func (b *budgetBook) fundActivities(p *page) {
	earmarks, worths := b.gifts.column(b.contributionsTab, giftEarmark), b.gifts.column(b.contributionsTab, giftWorth)
	for _, area := range b.plan.Areas {
		for _, a := range area.Activities {
			row, got := p.NextRow(), b.towards(a.Code)
			by := at(fundCode, row)
			cells := []sheet.OutCell{
				cell(b.r.areaName(area.WorkArea), p.wrap), cell(a.Code, p.text), cell(b.r.in(a.Label), p.wrap), cell(exact(a.Planned), p.cents),
			}
			cells = append(cells, b.movedCells(p, fundBroughtIn, b.found.sums.activities[a.Code])...)
			p.Row(append(cells,
				computed("SUMIF("+earmarks+","+by+","+worths+")", exact(got.Received), p.cents),
				computed(at(fundReceived, row)+"/"+at(fundPlanned, row), ratio(got.Received, a.Planned), p.percent),
				computed("COUNTIFS("+earmarks+","+by+","+worths+",\">0\")", got.Count, p.count))...)
		}
	}
	p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: fundCount, LastRow: b.fundRows.last})
}

func (b *budgetBook) towards(code string) fund.ActivityReceived {
	for _, a := range b.received.Activities {
		if a.Activity.Code == code {
			return a
		}
	}
	return fund.ActivityReceived{Received: money.Zero(b.plan.Currency)}
}

// fundSums ends the first table: earmarked and unearmarked money, the target, and what is still to be raised (R-FUN-1).
func (b *budgetBook) fundSums(p *page) {
	rows, worths := b.fundRows, b.gifts.column(b.contributionsTab, giftWorth)
	earmarked := 0
	for _, a := range b.received.Activities {
		earmarked += a.Count
	}
	sum := func(col int) string { return "SUM(" + span(col, rows.first, rows.last) + ")" }
	share := func(row int) string { return at(fundReceived, row) + "/" + at(fundPlanned, rows.sum) }
	whole := b.plan.Activities.Computed
	activities := []sheet.OutCell{computed(sum(fundPlanned), exact(whole), p.totalCents)}
	m := b.allMoved()
	for i, minor := range []int64{m.brought, m.allocated, m.spent, m.open()} {
		activities = append(activities, computed(sum(fundBroughtIn+i), b.minor(minor), p.totalCents))
	}
	p.fundRow(b.r.in(earmarkedSum), append(activities, computed(sum(fundReceived), exact(b.received.Earmarked), p.totalCents),
		computed(share(rows.sum), ratio(b.received.Earmarked, whole), p.totalPercent),
		computed(sum(fundCount), earmarked, p.totalCount))...)
	blank := cell(nil, p.totalCents)
	p.fundRow(b.r.in(forNoActivity), blank, blank, blank, blank, blank,
		computed(at(fundReceived, rows.received)+"-"+at(fundReceived, rows.sum), exact(b.received.Unearmarked), p.totalCents),
		computed(share(rows.unearmarked), ratio(b.received.Unearmarked, whole), p.totalPercent),
		computed(at(fundCount, rows.received)+"-"+at(fundCount, rows.sum), b.received.Count-earmarked, p.totalCount))
	p.fundRow(b.r.in(receivedInTerm), blank, blank, blank, blank, blank, computed("SUM("+worths+")", exact(b.received.Total), p.totalCents),
		computed(share(rows.received), ratio(b.received.Total, whole), p.totalPercent),
		computed("COUNT("+worths+")", b.received.Count, p.totalCount))
	target := b.plan.Target.Computed
	open := money.Amount{Minor: target.Minor - b.received.Total.Minor, Currency: target.Currency}
	p.fundRow(b.r.in(targetOfTerm), cell(exact(target), p.totalCents), blank, blank, blank, blank, blank, cell(nil, p.totalPercent), cell(nil, p.totalCount))
	p.fundRow(b.r.in(stillToRaise), blank, blank, blank, blank, blank,
		computed(at(fundPlanned, rows.target)+"-"+at(fundReceived, rows.received), exact(open), p.totalCents),
		cell(nil, p.totalPercent), cell(nil, p.totalCount))
	b.sourceNote(p, at(fundPlanned, rows.sum), b.plan.Activities.Printed)
	b.sourceNote(p, at(fundPlanned, rows.target), b.plan.Target.Printed)
	if len(b.received.Unrated) > 0 {
		p.Row(cell(b.r.fill(unratedNote, len(b.received.Unrated)), p.alert))
	}
}

func (p *page) fundRow(label string, cells ...sheet.OutCell) { p.wideRow(label, p.total, cells...) }

// ratio is part of whole for a cell of per cents. It is shown, never calculated on: amounts stay exact.
func ratio(part, whole money.Amount) any {
	if whole.Minor == 0 {
		return nil
	}
	return float64(part.Minor) / float64(whole.Minor)
}

// fundAreas sums planned and received by the fund's own areas (R-FUN-6), with what was given for an area as a whole.
func (b *budgetBook) fundAreas(p *page) {
	p.heading(b.r.in(areaSums))
	p.wideTitles(workArea, b.moneyTitle(planned), b.moneyTitle(broughtForward), b.moneyTitle(allocatedTitle), b.moneyTitle(spentTitle),
		b.moneyTitle(openTitle), amounts(currencyTitle(receivedTowards, b.plan.Currency)), amounts(shareOfPlan))
	rows := b.fundRows
	earmarks, worths := b.gifts.column(b.contributionsTab, giftEarmark), b.gifts.column(b.contributionsTab, giftWorth)
	for i, area := range b.plan.Areas {
		row, got := p.NextRow(), b.received.Areas[i].Received
		sum := func(col int) string {
			return "SUMIF(" + fixed(fundArea, rows.first, rows.last) + "," + at(fundArea, row) + "," + fixed(col, rows.first, rows.last) + ")"
		}
		m := b.movedOf(area)
		cells := []sheet.OutCell{computed(sum(fundPlanned), exact(area.Planned.Computed), p.cents)}
		for j, minor := range []int64{m.brought, m.allocated, m.spent, m.open()} {
			cells = append(cells, computed(sum(fundBroughtIn+j), b.minor(minor), p.cents))
		}
		p.wideRow(b.r.areaName(area.WorkArea), p.text, append(cells,
			computed(sum(fundReceived)+"+SUMIF("+earmarks+",\""+fund.AreaCode(area.WorkArea)+"\","+worths+")", exact(got), p.cents),
			computed(at(fundReceived, row)+"/"+at(fundPlanned, row), ratio(got, area.Planned.Computed), p.percent))...)
	}
}

// movedOf is what was set aside and spent for an area's activities.
func (b *budgetBook) movedOf(area budget.PlanArea) (sum moved) {
	for _, a := range area.Activities {
		sum = sum.plus(b.found.sums.activities[a.Code])
	}
	return sum
}

// allMoved is what was set aside and spent for all activities of the programme.
func (b *budgetBook) allMoved() (sum moved) {
	for _, area := range b.plan.Areas {
		sum = sum.plus(b.movedOf(area))
	}
	return sum
}

func (b *budgetBook) amountOf(minor int64) money.Amount {
	return money.Amount{Minor: minor, Currency: b.plan.Currency.Code}
}

// fundChart draws what is planned for each activity beside what was received towards it.
func (b *budgetBook) fundChart(p *page) {
	var codes []string
	var plans, allocated, spent, gifts []sheet.Number
	for _, area := range b.plan.Areas {
		for _, a := range area.Activities {
			codes = append(codes, a.Code)
			m := b.found.sums.activities[a.Code]
			plans, gifts = append(plans, exact(a.Planned)), append(gifts, exact(b.towards(a.Code).Received))
			allocated, spent = append(allocated, b.minor(m.allocated)), append(spent, b.minor(m.spent))
		}
	}
	rows := b.fundRows
	categories := sheet.Ref(b.fundTab, fixed(fundCode, rows.first, rows.last))
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartColumn, Title: b.r.in(chartFund), Anchor: at(1, p.NextRow()+1), Width: 1000, Height: 290,
		AxisTitle: b.plan.Currency.Code, NumFmt: "#,##0", Series: []sheet.ChartSeries{
			{Name: b.r.in(planned), CategoriesRef: categories, Categories: codes,
				ValuesRef: sheet.Ref(b.fundTab, fixed(fundPlanned, rows.first, rows.last)), Values: plans, Color: "B8C7DC"},
			{Name: b.r.in(allocatedTitle), CategoriesRef: categories, Categories: codes,
				ValuesRef: sheet.Ref(b.fundTab, fixed(fundAllocatedIn, rows.first, rows.last)), Values: allocated, Color: "6FA36F"},
			{Name: b.r.in(spentTitle), CategoriesRef: categories, Categories: codes,
				ValuesRef: sheet.Ref(b.fundTab, fixed(fundSpentIn, rows.first, rows.last)), Values: spent, Color: orange},
			{Name: b.r.in(receivedTowards), CategoriesRef: categories, Categories: codes,
				ValuesRef: sheet.Ref(b.fundTab, fixed(fundReceived, rows.first, rows.last)), Values: gifts, Color: blue},
		},
	})
}

// wideRow spreads a label over the three columns before the amounts, so that all tables have them in the same place.
func (p *page) wideRow(label string, style sheet.StyleID, cells ...sheet.OutCell) {
	row := p.NextRow()
	p.Merge(sheet.Range{FirstCol: fundArea, FirstRow: row, LastCol: fundActivity, LastRow: row})
	p.Row(append([]sheet.OutCell{cell(label, style), cell(nil, style), cell(nil, style)}, cells...)...)
}

func (p *page) wideTitles(first locale.Text, columns ...column) {
	row := p.NextRow()
	p.Merge(sheet.Range{FirstCol: fundArea, FirstRow: row, LastCol: fundActivity, LastRow: row})
	p.titles(append([]column{words(first), words(locale.Text{}), words(locale.Text{})}, columns...)...)
}
