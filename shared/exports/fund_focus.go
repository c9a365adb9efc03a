package exports

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// The columns of the table of groups, and those of the table of countries.
const (
	focusGroup = 1 + iota
	focusSpent
	focusShare
	focusShareOfAll
)

const (
	servedCountry = 1 + iota
	servedSpent
	servedShare
	servedRegion
	servedInRegion
	servedOnContinent
	servedLowIncome
)

// served is a country with what was spent for it.
type served struct {
	reference.Country
	name  string
	minor int64
}

func (s served) marks() (region, continent, low bool) {
	return s.Region == reference.AfricaID, s.Continent == reference.AfricaID, s.LowIncome()
}

// focusPlaces is where the tables stand.
type focusPlaces struct {
	countries             []served
	firstGroup            int
	named, network, whole int // the sums below the groups
	listPlaces                // the countries
}

func (b *fundBook) placeFocus() focusPlaces {
	p := focusPlaces{firstGroup: headerRow + 2}
	for iso2, minor := range b.sums.benefit.By {
		country, _ := b.r.Reference.Country(iso2)
		p.countries = append(p.countries, served{Country: country, name: b.r.country(iso2), minor: minor})
	}
	slices.SortFunc(p.countries, func(x, y served) int { return cmp.Or(cmp.Compare(y.minor, x.minor), cmp.Compare(x.name, y.name)) })
	p.named = p.firstGroup + len(focusGroups)
	p.network, p.whole = p.named+1, p.named+2
	p.first = p.whole + 4 // a blank row, the heading and the titles
	p.last = p.first + max(len(p.countries), 1) - 1
	return p
}

// focusGroups are those whom the fund is meant for first (R-FUN-5): the columns of marks that count, each or both.
var focusGroups = []struct {
	label locale.Text
	marks []int
	of    func(fund.FocusSpending) int64
}{
	{focusRegion, []int{servedInRegion}, func(f fund.FocusSpending) int64 { return f.Region }},
	{focusContinent, []int{servedOnContinent}, func(f fund.FocusSpending) int64 { return f.Continent }},
	{focusLow, []int{servedLowIncome}, func(f fund.FocusSpending) int64 { return f.LowIncome }},
	{focusEither, []int{servedInRegion, servedLowIncome}, func(f fund.FocusSpending) int64 { return f.RegionOrLow }},
	{focusEitherContinent, []int{servedOnContinent, servedLowIncome}, func(f fund.FocusSpending) int64 { return f.ContinentOrLow }},
}

// focusSheet writes whom the money served: the share of those whom the fund is meant for first, and every country.
func (b *fundBook) focusSheet() error {
	p, err := b.page(b.tabs.focus, 2, 52, 21, 18, 30, 16, 16, 16)
	if err != nil {
		return err
	}
	p.title(b.r.in(focusTab), b.subtitle())
	p.firstHeading(b.r.in(focusSpendingHeading))
	p.titles(words(spentFor), b.amountsOf(spentTitle), amounts(shareOfNamed), amounts(shareOfSpent))
	focus := b.sums.benefit.Focus(b.r.Reference)
	for _, group := range focusGroups {
		b.focusRow(p, group.label, b.marked(group.marks), group.of(focus), false)
	}
	f, benefit := b.rows.focus, b.sums.benefit
	named := benefit.All - benefit.Network
	b.focusRow(p, spentNamed, "SUM("+fixed(servedSpent, f.first, f.last)+")", named, true)
	b.focusRow(p, spentNetwork, rounded(at(focusSpent, f.whole)+"-"+at(focusSpent, f.named)), benefit.Network, true)
	b.focusRow(p, spentAll, sheet.Ref(b.tabs.uses, at(usesPeriod, b.rows.uses.spent)), benefit.All, true)
	b.focusCountries(p)
	p.Skip(1)
	p.wideRemark(b.r.in(focusRemark), servedLowIncome)
	return nil
}

// marked sums what was spent for the countries that have one of the marks.
func (b *fundBook) marked(marks []int) string {
	f, yes := b.rows.focus, `"`+b.r.in(yesWord)+`"`
	sum := func(marks ...int) string {
		formula := "SUMIFS(" + fixed(servedSpent, f.first, f.last)
		for _, mark := range marks {
			formula += "," + fixed(mark, f.first, f.last) + "," + yes
		}
		return formula + ")"
	}
	if len(marks) == 1 {
		return sum(marks[0])
	}
	return rounded(sum(marks[0]) + "+" + sum(marks[1]) + "-" + sum(marks...))
}

func (b *fundBook) focusRow(p *page, label locale.Text, formula string, minor int64, isSum bool) {
	row, f, benefit := p.NextRow(), b.rows.focus, b.sums.benefit
	text, amount, percent := p.wrap, p.cents, p.percent
	if isSum {
		text, amount, percent = p.total, p.totalCents, p.totalPercent
	}
	ofNamed := cell(nil, percent)
	if row <= f.named {
		ofNamed = computed(partOf(at(focusSpent, row), at(focusSpent, f.named)), ratioOrNone(b.of(minor), b.of(benefit.All-benefit.Network)), percent)
	}
	p.Row(cell(b.r.in(label), text), computed(formula, b.amount(minor), amount), ofNamed,
		computed(partOf(at(focusSpent, row), at(focusSpent, f.whole)), ratioOrNone(b.of(minor), b.of(benefit.All)), percent))
}

// focusCountries lists the countries that money was spent for, the most first.
func (b *fundBook) focusCountries(p *page) {
	f := b.rows.focus
	p.heading(b.r.in(countriesServed))
	p.titles(words(countryWord), b.amountsOf(spentTitle), amounts(shareOfNamed), words(unescoRegion), counts(markRegion), counts(markContinent), counts(markLow))
	mark := func(yes bool) sheet.OutCell {
		if yes {
			return cell(b.r.in(yesWord), p.goodCount)
		}
		return cell(nil, p.count)
	}
	named := b.of(b.sums.benefit.All - b.sums.benefit.Network)
	for _, c := range f.countries {
		row := p.NextRow()
		region, continent, low := c.marks()
		p.Row(cell(c.name, p.wrap), cell(b.amount(c.minor), p.cents),
			computed(partOf(at(servedSpent, row), at(focusSpent, f.named)), ratioOrNone(b.of(c.minor), named), p.percent),
			cell(b.regionLabel(fundDonor{Donor: fund.Donor{Country: c.ISO2}}), p.wrap), mark(region), mark(continent), mark(low))
	}
	if len(f.countries) == 0 {
		p.nothing(noneServed, servedLowIncome)
	}
}
