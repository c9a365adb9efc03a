package exports

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// The columns of the list of donors.
const (
	donorName = 1 + iota
	donorID
	donorKind
	donorCountry
	donorRegion
	donorGifts
	donorReceived
	donorRefunded
	donorAllReceived
	donorAllRefunded
)

// The columns of sources by type and region.
const (
	sourceName = 1 + iota
	sourceDonors
	sourceGifts
	sourceReceived
	sourceShare
	sourceRefunded
	sourceAll
)

// source is one type or region with what came from it.
type source struct {
	label  string
	donors int // who gave in the days
	given
}

// sourcePlaces is where the tables of types and regions stand.
type sourcePlaces struct {
	types, regions         []source
	firstType, firstRegion int
}

func (s sourcePlaces) typeTotal() int   { return s.firstType + len(s.types) }
func (s sourcePlaces) regionTotal() int { return s.firstRegion + len(s.regions) }

func (b *fundBook) placeSources() sourcePlaces {
	p := sourcePlaces{types: b.sourcesBy(b.typeLabels(), b.typeLabel), regions: b.sourcesBy(b.regionLabels(), b.regionLabel), firstType: headerRow + 2}
	p.firstRegion = p.typeTotal() + 4 // the total, a blank row, the heading and the titles
	return p
}

func (b *fundBook) typeLabels() []string {
	var labels []string
	for _, choice := range b.r.Programme.DonorTypes {
		labels = append(labels, b.r.in(choice.Label))
	}
	return labels
}

func (b *fundBook) typeLabel(d fundDonor) string {
	for _, choice := range b.r.Programme.DonorTypes {
		if choice.ID == d.Type {
			return b.r.in(choice.Label)
		}
	}
	return cmp.Or(d.Type, b.r.in(notStated))
}

func (b *fundBook) regionLabels() []string {
	var labels []string
	for _, region := range b.r.Reference.Regions() {
		labels = append(labels, b.r.in(region.Name))
	}
	return labels
}

func (b *fundBook) regionLabel(d fundDonor) string {
	for _, region := range b.r.Reference.Regions() {
		if region.ID == b.r.region(d.Country) {
			return b.r.in(region.Name)
		}
	}
	return b.r.in(notStated)
}

// sourcesBy sums donors by a label, those that are known first; every known one has its line, also where nothing came from it.
func (b *fundBook) sourcesBy(labels []string, label func(fundDonor) string) []source {
	all := make([]source, len(labels))
	for i := range labels {
		all[i].label = labels[i]
	}
	for _, d := range b.donors {
		name := label(d)
		i := slices.IndexFunc(all, func(s source) bool { return s.label == name })
		if i < 0 {
			i, all = len(all), append(all, source{label: name})
		}
		all[i].add(d.given)
		if d.contributions > 0 {
			all[i].donors++
		}
	}
	return all
}

func (g *given) add(h given) {
	g.contributions += h.contributions
	g.received += h.received
	g.refunded += h.refunded
	g.receivedBefore += h.receivedBefore
	g.refundedBefore += h.refundedBefore
}

// sourcesSheet writes where the money came from, by type of donor (R-FUN-4) and by region, summed out of the list of donors.
func (b *fundBook) sourcesSheet() error {
	p, err := b.page(b.tabs.sources, 2, 40, 12, 15, 22, 12, 22, 24)
	if err != nil {
		return err
	}
	s := b.rows.sources
	p.title(b.r.in(fundSourcesTab), b.subtitle())
	p.firstHeading(b.r.in(receivedByType))
	b.sourceTable(p, donorType, donorKind, s.types, s.firstType)
	p.heading(b.r.in(receivedByRegion))
	b.sourceTable(p, unescoRegion, donorRegion, s.regions, s.firstRegion)
	p.Skip(1)
	p.wideRemark(b.r.in(sourcesRemark), sourceAll)
	p.Chart(b.sourceChart(receivedByType, s.types, s.firstType, at(1, s.regionTotal()+4)))
	p.Chart(b.sourceChart(receivedByRegion, s.regions, s.firstRegion, at(4, s.regionTotal()+4)))
	return nil
}

func (b *fundBook) sourceTable(p *page, title locale.Text, by int, list []source, first int) {
	p.titles(words(title), counts(donorsTitle), counts(gifts), b.amountsOf(receivedInTerm), amounts(shareOfAll), b.amountsOf(refundedTitle),
		b.amountsOf(allReceived))
	column := func(col int) string { return b.rows.donors.column(b.tabs.donors, col) }
	last := first + len(list) - 1
	var sum source
	for _, s := range list {
		row := p.NextRow()
		where := column(by) + "," + at(sourceName, row)
		sumOf := func(col int) string { return "SUMIFS(" + column(col) + "," + where + ")" }
		p.Row(cell(s.label, p.wrap), computed("COUNTIFS("+where+","+column(donorGifts)+",\">0\")", s.donors, p.count),
			computed(sumOf(donorGifts), s.contributions, p.count), computed(sumOf(donorReceived), b.amount(s.received), p.cents),
			computed(partOf(at(sourceReceived, row), at(sourceReceived, last+1)),
				ratioOrNone(b.of(s.received), b.of(b.receivedInTerm())), p.percent),
			computed(sumOf(donorRefunded), b.amount(s.refunded), p.cents),
			computed(sumOf(donorAllReceived), b.amount(s.receivedBefore+s.received), p.cents))
		sum.add(s.given)
		sum.donors += s.donors
	}
	down := func(col int) string { return "SUM(" + span(col, first, last) + ")" }
	p.Row(cell(b.r.in(total), p.total), computed(down(sourceDonors), sum.donors, p.totalCount),
		computed(down(sourceGifts), sum.contributions, p.totalCount), computed(down(sourceReceived), b.amount(sum.received), p.totalCents),
		cell(nil, p.totalPercent), computed(down(sourceRefunded), b.amount(sum.refunded), p.totalCents),
		computed(down(sourceAll), b.amount(sum.receivedBefore+sum.received), p.totalCents))
}

// receivedInTerm is what all donors gave in the days.
func (b *fundBook) receivedInTerm() int64 {
	var sum int64
	for _, d := range b.donors {
		sum += d.received
	}
	return sum
}

func (b *fundBook) sourceChart(title locale.Text, list []source, first int, anchor string) sheet.ChartSpec {
	series := sheet.ChartSeries{
		Name: b.r.in(receivedInTerm), CategoriesRef: sheet.Ref(b.tabs.sources, fixed(sourceName, first, first+len(list)-1)),
		ValuesRef: sheet.Ref(b.tabs.sources, fixed(sourceReceived, first, first+len(list)-1)), Color: blue,
	}
	for _, s := range list {
		series.Categories, series.Values = append(series.Categories, s.label), append(series.Values, b.amount(s.received))
	}
	return sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(currencyTitle(title, b.plan.Currency)), Anchor: anchor, Width: 500, Height: 250, NumFmt: "#,##0", Labels: true,
		Series: []sheet.ChartSeries{series},
	}
}

// donorsSheet lists who gave, with the names that contributions and pledges give: the books hold identifiers only.
func (b *fundBook) donorsSheet() error {
	p, err := b.list(b.tabs.donors, 38, 34, 20, 24, 30, 14, 20, 20, 20, 20)
	if err != nil {
		return err
	}
	p.title(b.r.in(donorsTab), b.subtitle())
	p.titles(words(donor), words(donorIDTitle), words(donorType), words(countryWord), words(unescoRegion), counts(gifts), b.amountsOf(receivedInTerm),
		b.amountsOf(refundedTitle), b.amountsOf(allReceived), b.amountsOf(allRefunded))
	for _, d := range b.donors {
		p.Row(cell(d.Name, p.wrap), cell(d.ID, p.text), cell(b.typeLabel(d), p.wrap), cell(b.r.country(d.Country), p.wrap),
			cell(b.regionLabel(d), p.wrap), cell(d.contributions, p.count), cell(b.amount(d.received), p.cents), cell(b.amount(d.refunded), p.cents),
			cell(b.amount(d.receivedBefore+d.received), p.cents), cell(b.amount(d.refundedBefore+d.refunded), p.cents))
	}
	if len(b.donors) == 0 {
		p.nothing(noDonors, donorAllRefunded)
	}
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: donorAllRefunded, LastRow: b.rows.donors.last})
}
