package exports

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
)

// coverCharts is the column of the charts: facts stand at their left, and the gap between them is a narrow column.
const coverCharts = 6

// tileColumns are the first columns of the four tiles above, which are two columns wide.
var tileColumns = []int{1, 3, 6, 8}

// cover writes the first sheet: the figures that matter as large as they matter, what the statement is, and what follows.
func (b *donorBook) cover() error {
	p, err := b.poster(b.r.in(coverTab), 0, 27, 18, 20, 20, 2, 20, 20, 20, 20)
	if err != nil {
		return err
	}
	p.title(b.r.fill(statementTitle, nameOf(b.s)), b.r.in(fundHeading)+" · "+b.span(b.s.Period)+" · "+b.s.Currency.Code)
	b.tiles(p)
	p.Skip(1)
	charts := p.NextRow()
	b.facts(p)
	b.contents(p)
	b.flowChart(p, charts)
	b.spentChart(p, charts+11)
	b.focusChart(p, charts+19)
	return nil
}

// tiles are the four figures that are asked for first; all of them are the summary's.
func (b *donorBook) tiles(p *page) {
	focus := b.focusOf(statement.RegionOrLowIncome)
	lines, reach := b.r.in(linesTab), b.r.in(beneficiaryTab)
	line := func(l statement.Line, column int) string { return sheet.Ref(lines, at(column, summaryRow(l))) }
	figure := func(l statement.Line) statement.Columns { return b.s.Figures.Of(l) }
	shareRow := b.focusRow(statement.RegionOrLowIncome)
	var labels, numbers, remarks []sheet.OutCell
	tile := func(label locale.Text, number, remark sheet.OutCell) {
		if len(labels) == coverCharts-2 { // the gap
			labels, numbers, remarks = append(labels, cell(nil, b.d.tileLabel)), append(numbers, cell(nil, b.d.tileLabel)), append(remarks, cell(nil, b.d.tileLabel))
		}
		labels = append(labels, cell(b.r.in(label), b.d.tileLabel), cell(nil, b.d.tileLabel))
		numbers = append(numbers, number, cell(nil, number.Style))
		remarks = append(remarks, remark, cell(nil, remark.Style))
	}
	tile(tileReceived, computed(line(statement.Received, summaryPeriod), b.units(figure(statement.Received).Period), b.d.tileMoney),
		computed(line(statement.Received, summaryAll), b.units(figure(statement.Received).Cumulative), b.d.tileRemark))
	tile(tileSpent, computed("-"+line(statement.Spent, summaryPeriod), b.units(-figure(statement.Spent).Period), b.d.tileMoney),
		computed("-"+line(statement.Spent, summaryAll), b.units(-figure(statement.Spent).Cumulative), b.d.tileRemark))
	tile(tileHeld, computed(line(statement.Closing, summaryPeriod), b.units(figure(statement.Closing).Period), b.d.tileMoney),
		computed(line(statement.Allocated, summaryPeriod), b.units(figure(statement.Allocated).Period), b.d.tileHeld))
	tile(tileFocus, computed(sheet.Ref(reach, at(focusShareColumn, shareRow)), proportion(focus.Donor.Cumulative, focus.DonorBase.Cumulative), b.d.tilePercent),
		computed(sheet.Ref(reach, at(reachDonorAll, shareRow)), b.units(focus.Donor.Cumulative), b.d.tileRemark))
	for i, row := range [][]sheet.OutCell{labels, numbers, remarks} {
		for _, col := range tileColumns {
			p.Merge(sheet.Range{FirstCol: col, FirstRow: p.NextRow(), LastCol: col + 1, LastRow: p.NextRow()})
		}
		p.TallRow([]float64{20, 34, 18}[i], row...)
	}
}

// facts say what kind of statement this is.
func (b *donorBook) facts(p *page) {
	p.firstHeading(b.r.in(factsHeading))
	badge := b.d.badgeProvisional
	if b.s.Status == statement.Final {
		badge = b.d.badgeFinal
	}
	b.fact(p, statusWord, cell(strings.ToUpper(b.r.in(b.s.Status.Text())), badge))
	version := any(b.s.Version)
	if !b.s.IssuedOn.IsZero() {
		version = b.r.fill(versionWords, b.s.Version, b.r.in(b.s.IssuedOn.Text()))
	}
	b.fact(p, versionWord, cell(version, p.countLeft))
	b.fact(p, periodWord, cell(b.span(b.s.Period), p.wrap))
	b.fact(p, comparedWord, cell(b.span(b.s.Prior), p.wrap))
	b.fact(p, donorTypeWord, cell(b.donorInWords(), p.wrap))
	b.fact(p, identifierWord, cell(b.s.Donor.ID, b.d.mono))
	b.fact(p, agreementsWord, cell(b.agreementNumbers(), p.wrap))
	b.fact(p, currencyWord, cell(b.s.Currency.Code, p.wrap))
	b.fact(p, methodWord, cell(b.r.in(statement.MethodText), p.wrap))
	books := booksOpen
	if b.s.Closed {
		books = booksClosed
	}
	b.fact(p, booksWord, cell(b.r.in(books), p.wrap))
	b.fact(p, ledgerWord, cell(b.r.fill(ledgerWords, b.s.Head.Batch, b.s.Head.Entries, b.s.Head.Hash), b.d.mono))
	b.fact(p, digestWord, cell(b.s.Digest, b.d.mono))
}

// fact is a row of the table of facts, whose second cell is three columns wide.
func (b *donorBook) fact(p *page, label locale.Text, value sheet.OutCell) {
	row := p.NextRow()
	p.Merge(sheet.Range{FirstCol: 2, FirstRow: row, LastCol: 4, LastRow: row})
	height := heightOf(1)
	if text, ok := value.Value.(string); ok {
		height = heightOf(lines(text, int((p.widths[1]+p.widths[2]+p.widths[3]-textSpace)*perWidthUnit)))
	}
	p.TallRow(height, cell(b.r.in(label), p.total), value, cell(nil, value.Style), cell(nil, value.Style))
}

func (b *donorBook) donorInWords() string {
	text := nameOf(b.s)
	for _, choice := range b.r.Programme.DonorTypes {
		if choice.ID == b.s.Donor.Type {
			text += " · " + b.r.in(choice.Label)
		}
	}
	if country := b.r.country(b.s.Donor.Country); country != "" && country != nameOf(b.s) {
		text += " · " + country
	}
	return text
}

func (b *donorBook) agreementNumbers() string {
	if len(b.s.Agreements) == 0 {
		return b.r.in(noAgreements)
	}
	numbers := make([]string, len(b.s.Agreements))
	for i, a := range b.s.Agreements {
		numbers[i] = a.Number + " (" + a.Pledged.Format(b.r.Lang) + ")"
	}
	return strings.Join(numbers, ", ")
}

// contents names the sheets that follow, each with a way to it.
func (b *donorBook) contents(p *page) {
	p.heading(b.r.in(contentsHeading))
	for _, one := range []struct{ tab, about locale.Text }{
		{linesTab, linesAbout}, {instalmentsTab, instalmentsAbout}, {ownGiftsTab, ownGiftsAbout}, {spendingTab, spendingAbout},
		{actualTab, actualAbout}, {beneficiaryTab, beneficiaryAbout}, {resultsTab, resultsAbout}, {transactionsTab, transactionsAbout},
		{donorProofTab, proofAbout}, {definitionsTab, definitionsAbout},
	} {
		row := p.NextRow()
		p.Merge(sheet.Range{FirstCol: 2, FirstRow: row, LastCol: 4, LastRow: row})
		p.Link(at(1, row), sheet.Ref(b.r.in(one.tab), "A1"))
		p.TallRow(heightOf(1), cell(b.r.in(one.tab), p.link), cell(b.r.in(one.about), p.text), cell(nil, p.text), cell(nil, p.text))
	}
}

// flowChart draws what came and what became of it: the table "money in, money out" of the summary.
func (b *donorBook) flowChart(p *page, row int) {
	tab := b.r.in(linesTab)
	var names []string
	var values []sheet.Number
	for _, flow := range b.flows() {
		names, values = append(names, b.r.in(flow.label)), append(values, b.units(flow.columns.Cumulative))
	}
	first := flowRow(0)
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(currencyTitle(chartFlow, b.s.Currency)), Anchor: at(coverCharts, row), Width: 600, Height: 245,
		NumFmt: "#,##0", Labels: true, Series: []sheet.ChartSeries{{
			Name: b.r.in(flowHeading), CategoriesRef: sheet.Ref(tab, fixed(1, first, first+len(names)-1)), Categories: names,
			ValuesRef: sheet.Ref(tab, fixed(summaryAll, first, first+len(names)-1)), Values: values, Color: blue,
		}},
	})
}

// spentChart draws the donor's share of the spending in each area.
func (b *donorBook) spentChart(p *page, row int) {
	var names []string
	var values []sheet.Number
	for _, area := range b.r.Programme.Fund.Areas {
		names, values = append(names, b.r.areaName(area)), append(values, b.units(b.spentIn(area).Donor.Cumulative))
	}
	tab, first := b.r.in(spendingTab), b.areasFirst()
	column := func(col int) string { return sheet.Ref(tab, fixed(col, first, first+len(names)-1)) }
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(currencyTitle(chartSpent, b.s.Currency)), Anchor: at(coverCharts, row), Width: 600, Height: 170,
		NumFmt: "#,##0", Labels: true, Series: []sheet.ChartSeries{{
			Name: b.r.in(moneySpent), CategoriesRef: column(spendArea), Categories: names, ValuesRef: column(spendDonorAll), Values: values, Color: orange,
		}},
	})
}

// focusChart draws the donor's shares beside the fund's.
func (b *donorBook) focusChart(p *page, row int) {
	if len(b.s.Focus) == 0 {
		return
	}
	var names []string
	var own, funds []sheet.Number
	for _, f := range b.s.Focus {
		names = append(names, b.r.in(f.Name))
		own = append(own, percentNumber(f.Donor.Cumulative, f.DonorBase.Cumulative))
		funds = append(funds, percentNumber(f.Fund.Cumulative, f.FundBase.Cumulative))
	}
	tab, first := b.r.in(beneficiaryTab), b.focusFirst()
	last := first + len(names) - 1
	categories := sheet.Ref(tab, fixed(1, first, last))
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(chartFocus), Anchor: at(coverCharts, row), Width: 600, Height: 230, NumFmt: "0%", Labels: true,
		Series: []sheet.ChartSeries{
			{Name: b.r.in(thisDonor), CategoriesRef: categories, Categories: names,
				ValuesRef: sheet.Ref(tab, fixed(focusShareColumn, first, last)), Values: own, Color: blue},
			{Name: b.r.in(fundTab), CategoriesRef: categories, Categories: names,
				ValuesRef: sheet.Ref(tab, fixed(focusFundColumn, first, last)), Values: funds, Color: "B8C7DC"},
		},
	})
}
