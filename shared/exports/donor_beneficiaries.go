package exports

import (
	"cmp"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
)

// The columns of the beneficiaries; the focus has its amounts in the same places.
const (
	reachName = 1 + iota
	reachCities
	reachRegion
	reachContinent
	reachLow
	reachDonorPeriod
	reachDonorPrior
	reachDonorAll
	reachFundPeriod
	reachFundPrior
	reachFundAll
	focusShareColumn
	focusFundColumn
)

// reached stands where a country is one of those that the fund is meant for first; formulas look for it.
const reached = "✓"

// focusFirst is the first row of the focus: below the beneficiaries' total, a blank row, the heading and the titles.
func (b *donorBook) focusFirst() int { return b.reach.last + 5 }

func (b *donorBook) focusRow(m statement.Measure) int {
	return b.focusFirst() + max(slices.IndexFunc(b.s.Focus, func(f statement.Focus) bool { return f.Measure == m }), 0)
}

func (b *donorBook) focusOf(m statement.Measure) statement.Focus {
	for _, f := range b.s.Focus {
		if f.Measure == m {
			return f
		}
	}
	return statement.Focus{}
}

// beneficiaries writes where the money went, and how much of it went where the fund is meant to go first (R-FUN-5).
func (b *donorBook) beneficiaries() error {
	p, err := b.page(b.r.in(beneficiaryTab), headerRow, 28, 30, 11, 12, 11, 16, 16, 16, 16, 16, 16, 14, 13)
	if err != nil {
		return err
	}
	p.title(b.r.in(beneficiaryTab), b.subtitle())
	first := []column{words(countryWord), words(citiesNamed), counts(regionMark), counts(continentMark), counts(lowIncomeMark)}
	p.titles(append(first, shareTitles()...)...)
	var own, all statement.Columns
	for _, one := range b.s.Beneficiaries {
		own, all = own.Plus(one.Donor), all.Plus(one.Fund)
		b.beneficiary(p, one)
	}
	if len(b.s.Beneficiaries) == 0 {
		p.nothing(noSpending, reachFundAll)
	}
	cells := []sheet.OutCell{cell(b.r.in(total), p.total), cell(nil, p.total), cell(nil, p.total), cell(nil, p.total), cell(nil, p.total)}
	for i, minor := range slices.Concat(slices.Collect(each(amountsOf(own))), slices.Collect(each(amountsOf(all)))) {
		cells = append(cells, computed("SUM("+span(reachDonorPeriod+i, b.reach.first, b.reach.last)+")", b.units(minor), p.totalCents))
	}
	p.Row(cells...)
	b.focus(p)
	p.Skip(1)
	p.wideRemark(b.r.in(reachNote), reachFundAll)
	b.reachChart(p, p.NextRow()+1)
	return nil
}

func each(list [3]int64) func(func(int64) bool) { return slices.Values(list[:]) }

func (b *donorBook) beneficiary(p *page, one statement.Beneficiary) {
	marked := func(on bool) sheet.OutCell {
		if on {
			return cell(reached, p.goodCount)
		}
		return cell(nil, p.count)
	}
	names := make([]string, len(one.Cities))
	for i, id := range one.Cities {
		names[i] = cmp.Or(b.cities[id], id)
	}
	style := p.wrap
	if one.Kind != statement.ReachCountry {
		style = p.faint
	}
	cells := []sheet.OutCell{cell(b.r.in(one.Name), style), cell(strings.Join(names, ", "), p.wrap), marked(one.Region), marked(one.Continent), marked(one.LowIncome)}
	for _, columns := range []statement.Columns{one.Donor, one.Fund} {
		for _, minor := range amountsOf(columns) {
			cells = append(cells, cell(b.units(minor), p.cents))
		}
	}
	p.Row(cells...)
}

// focus sums the marked countries, and sets them beside all that names a country.
func (b *donorBook) focus(p *page) {
	p.heading(b.r.in(focusOfFund))
	row := p.NextRow()
	p.Merge(sheet.Range{FirstCol: reachName, FirstRow: row, LastCol: reachLow, LastRow: row})
	first := []column{words(beneficiaryTab), words(none), words(none), words(none), words(none)}
	p.titles(append(append(first, shareTitles()...), amounts(focusOfYours), amounts(focusFundShare))...)
	base := b.focusFirst() + len(b.s.Focus)
	var whole statement.Focus
	for _, f := range b.s.Focus {
		b.focusLine(p, f, base)
		whole = statement.Focus{Donor: f.DonorBase, Fund: f.FundBase}
	}
	countries := 0
	for _, one := range b.s.Beneficiaries {
		if one.Kind == statement.ReachCountry {
			countries++
		}
	}
	b.focusCells(p, b.r.in(namedCountries), p.total, p.totalCents, whole, func(col int) string {
		if countries == 0 {
			return ""
		}
		return "SUM(" + span(col, b.reach.first, b.reach.first+countries-1) + ")"
	})
}

func (b *donorBook) focusLine(p *page, f statement.Focus, base int) {
	row := p.NextRow()
	ratio := func(col int, part, whole int64) sheet.OutCell {
		return computed(partOf(at(col, row), at(col, base)), proportion(part, whole), p.percent)
	}
	b.focusCells(p, b.r.in(f.Name), p.text, p.cents, f, func(col int) string { return b.focusFormula(f.Measure, col) },
		ratio(reachDonorAll, f.Donor.Cumulative, f.DonorBase.Cumulative), ratio(reachFundAll, f.Fund.Cumulative, f.FundBase.Cumulative))
}

// focusFormula sums the countries with a mark; of two marks, those with both are taken off once.
func (b *donorBook) focusFormula(m statement.Measure, col int) string {
	amounts := fixed(col, b.reach.first, b.reach.last)
	marks := func(col int) string { return fixed(col, b.reach.first, b.reach.last) + ",\"" + reached + "\"" }
	one := func(col int) string { return "SUMIFS(" + amounts + "," + marks(col) + ")" }
	either := func(col int) string {
		return one(col) + "+" + one(reachLow) + "-SUMIFS(" + amounts + "," + marks(col) + "," + marks(reachLow) + ")"
	}
	switch m {
	case statement.AfricaRegion:
		return one(reachRegion)
	case statement.AfricaContinent:
		return one(reachContinent)
	case statement.LowIncome:
		return one(reachLow)
	case statement.RegionOrLowIncome:
		return either(reachRegion)
	}
	return either(reachContinent)
}

func (b *donorBook) focusCells(
	p *page, label string, text, amount sheet.StyleID, f statement.Focus, formula func(col int) string, further ...sheet.OutCell,
) {
	row := p.NextRow()
	p.Merge(sheet.Range{FirstCol: reachName, FirstRow: row, LastCol: reachLow, LastRow: row})
	cells := []sheet.OutCell{cell(label, text), cell(nil, text), cell(nil, text), cell(nil, text), cell(nil, text)}
	for i, minor := range slices.Concat(slices.Collect(each(amountsOf(f.Donor))), slices.Collect(each(amountsOf(f.Fund)))) {
		c := cell(b.units(minor), amount)
		c.Formula = formula(reachDonorPeriod + i)
		cells = append(cells, c)
	}
	p.Row(append(cells, further...)...)
}

// reachChart draws the countries, as many as can be read.
func (b *donorBook) reachChart(p *page, row int) {
	const most = 30
	var names []string
	var values []sheet.Number
	for _, one := range b.s.Beneficiaries {
		names, values = append(names, b.r.in(one.Name)), append(values, b.units(one.Donor.Cumulative))
	}
	if len(names) == 0 || len(names) > most {
		return
	}
	tab := b.r.in(beneficiaryTab)
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(currencyTitle(chartReach, b.s.Currency)), Anchor: at(1, row), Width: 1440, Height: 120 + 24*len(names),
		NumFmt: "#,##0", Labels: true, Series: []sheet.ChartSeries{{
			Name: b.r.in(thisDonor), CategoriesRef: b.reach.column(tab, reachName), Categories: names,
			ValuesRef: b.reach.column(tab, reachDonorAll), Values: values, Color: blue,
		}},
	})
}
