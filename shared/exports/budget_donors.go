package exports

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/questionnaire"
)

// donors writes the sheet of where the fund's money came from, for whom it is meant first, and which cities offer to give.
func (b *budgetBook) donors() error {
	p, err := b.page(b.r.in(sourcesTab), 2, 34, 20, 48, 20, 13)
	if err != nil {
		return err
	}
	p.title(b.r.in(sourcesTab), b.r.termInWords()+" · "+b.r.in(heldInTrust))
	b.fundSources(p)
	b.fundFocus(p)
	b.fundOffers(p)
	return nil
}

// fundSources is who gave (R-FUN-4), and in what currencies.
func (b *budgetBook) fundSources(p *page) {
	p.firstHeading(b.r.in(sourcesHeading))
	p.titles(words(donorType), counts(gifts), words(asPaid), amounts(currencyTitle(receivedTotal, b.plan.Currency)), amounts(shareOfAll))
	types, worths := b.gifts.column(b.contributionsTab, giftType), b.gifts.column(b.contributionsTab, giftWorth)
	first := p.NextRow()
	last := first + len(b.received.Sources) - 1
	for _, s := range b.received.Sources {
		row := p.NextRow()
		by := at(1, row)
		p.Row(cell(b.r.in(s.Type.Label), p.text), computed("COUNTIFS("+types+","+by+","+worths+",\">0\")", s.Count, p.count),
			cell(b.r.amounts(s.Original), p.wrap), computed("SUMIF("+types+","+by+","+worths+")", exact(s.Received), p.cents),
			computed(partOf(at(4, row), at(4, last+1)), ratioOrNone(s.Received, b.received.Total), p.percent))
	}
	p.Row(cell(b.r.in(total), p.total), computed("SUM("+span(2, first, last)+")", b.received.Count, p.totalCount), cell(nil, p.total),
		computed("SUM("+span(4, first, last)+")", exact(b.received.Total), p.totalCents), cell(nil, p.totalPercent))
}

// partOf is the formula of a part of a whole, 0 of nothing.
func partOf(part, whole string) string { return "IF(" + whole + "=0,0," + part + "/" + whole + ")" }

// ratioOrNone is what partOf comes to.
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

// fundFocus counts the members whom the fund is meant for first (R-FUN-5). What was spent for them stands in the
// fund workbook.
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
		const countColumn = fundActivity + 1 // next to the wide label
		counted, all := at(countColumn, p.NextRow()), at(countColumn, first+5)
		p.wideRow(b.r.in(line.label), p.text, cell(line.count, p.money),
			computed(partOf(counted, all), share(line.count, f.Cities), p.percent))
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
