package exports

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// fundSources is who gave (R-FUN-4), and in what currencies.
func (b *budgetBook) fundSources(p *page) {
	p.heading(b.r.in(sourcesHeading))
	p.titles(words(donorType), counts(gifts), words(asPaid), amounts(currencyTitle(receivedTotal, b.plan.Currency)), amounts(shareOfAll))
	types, worths := b.gifts.column(b.contributionsTab, giftType), b.gifts.column(b.contributionsTab, giftWorth)
	first := p.NextRow()
	last := first + len(b.received.Sources) - 1
	for _, s := range b.received.Sources {
		row := p.NextRow()
		by := at(1, row)
		p.Row(cell(b.r.in(s.Type.Label), p.text), computed("COUNTIFS("+types+","+by+","+worths+",\">0\")", s.Count, p.count),
			cell(b.r.amounts(s.Original), p.wrap), computed("SUMIF("+types+","+by+","+worths+")", exact(s.Received), p.cents),
			computed("IF("+at(4, last+1)+"=0,0,"+at(4, row)+"/"+at(4, last+1)+")", ratioOrNone(s.Received, b.received.Total), p.percent))
	}
	p.Row(cell(b.r.in(total), p.total), computed("SUM("+span(2, first, last)+")", b.received.Count, p.totalCount), cell(nil, p.total),
		computed("SUM("+span(4, first, last)+")", exact(b.received.Total), p.totalCents), cell(nil, p.totalPercent))
}

func ratioOrNone(part, whole money.Amount) any {
	if whole.Minor == 0 {
		return 0
	}
	return ratio(part, whole)
}

// amounts lists sums as they were paid, each with its currency.
func (r *request) amounts(list []money.Amount) string {
	written := make([]string, len(list))
	for i, a := range list {
		written[i] = a.Format(r.Lang)
	}
	return strings.Join(written, "; ")
}

// fundFocus counts the members whom the fund is meant for first (R-FUN-5). Which of them money was spent on is not recorded yet.
func (b *budgetBook) fundFocus(p *page) {
	var countries []string
	for _, m := range b.found.members {
		if isMember(m.body, b.r) {
			countries = append(countries, m.body.Country)
		}
	}
	f := fund.FocusOf(countries, b.r.Reference)
	p.heading(b.r.in(focusHeading))
	p.wideTitles(group, amounts(citiesCount), amounts(shareOfCities))
	first := p.NextRow()
	for _, line := range []struct {
		label locale.Text
		count int
	}{
		{focusRegion, f.Region}, {focusContinent, f.Continent}, {focusLow, f.LowIncome}, {focusEither, f.RegionOrLow},
		{focusEitherContinent, f.ContinentOrLow}, {focusAll, f.Cities},
	} {
		row, share := p.NextRow(), any(0)
		if f.Cities > 0 {
			share = float64(line.count) / float64(f.Cities)
		}
		all := at(fundPlanned, first+5)
		p.wideRow(b.r.in(line.label), p.text, cell(line.count, p.money),
			computed("IF("+all+"=0,0,"+at(fundPlanned, row)+"/"+all+")", share, p.percent))
	}
}

// isMember reports whether a city belongs to the network on the workbook's day.
func isMember(m member.Member, r *request) bool {
	return !r.day.Before(m.JoinedOn) && (m.LeftOn.IsZero() || !r.day.After(m.LeftOn))
}

// fundOffers lists the cities that offer a contribution (item 5, R-QUE-2).
func (b *budgetBook) fundOffers(p *page) {
	offered := questionnaire.ToFund(b.r.Programme, b.offers)
	if len(offered) == 0 {
		return
	}
	p.heading(b.r.in(fundOffersHeading))
	p.titles(words(city), words(countryWord), words(offerText))
	for _, c := range offered {
		p.Row(cell(c.City, p.wrap), cell(b.r.country(c.Country), p.wrap), cell(c.Text, p.wrap))
	}
}

// fundChartRows is how many rows the fund's chart covers, of 20 pixels each.
const fundChartRows = 16

// fundChart draws what is planned for each activity beside what was received towards it.
func (b *budgetBook) fundChart(p *page, row int) {
	var codes []string
	var plans, gifts []sheet.Number
	for _, area := range b.plan.Areas {
		for _, a := range area.Activities {
			codes = append(codes, a.Code)
			plans, gifts = append(plans, exact(a.Planned)), append(gifts, exact(b.towards(a.Code).Received))
		}
	}
	rows := b.fundRows
	categories := sheet.Ref(b.fundTab, fixed(fundCode, rows.first, rows.last))
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartColumn, Title: b.r.in(chartFund), Anchor: at(1, row), Width: 1000, Height: 18 * fundChartRows,
		AxisTitle: b.plan.Currency.Code, NumFmt: "#,##0", Series: []sheet.ChartSeries{
			{Name: b.r.in(planned), CategoriesRef: categories, Categories: codes,
				ValuesRef: sheet.Ref(b.fundTab, fixed(fundPlanned, rows.first, rows.last)), Values: plans, Color: "B8C7DC"},
			{Name: b.r.in(receivedTowards), CategoriesRef: categories, Categories: codes,
				ValuesRef: sheet.Ref(b.fundTab, fixed(fundReceived, rows.first, rows.last)), Values: gifts, Color: blue},
		},
	})
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
	} {
		p.Row(cell(b.r.in(line.label), p.text), computed(sheet.Ref(b.fundTab, at(line.col, line.row)), exact(line.amount), p.cents))
	}
}
