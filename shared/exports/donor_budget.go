package exports

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// The columns of the budget against actual.
const (
	actualArea = 1 + iota
	actualCode
	actualName
	actualPlanned
	actualInTerm
	actualOpen
	actualDone
	actualAllocated
	actualUnspent
	actualYours
)

// filled puts a text into another at its %s, language by language: a title within a sentence begins with a small letter.
func filled(text, with locale.Text) locale.Text {
	put := func(text, with string) string {
		first, size := utf8.DecodeRuneInString(with)
		return strings.ReplaceAll(text, "%s", string(unicode.ToLower(first))+with[size:])
	}
	return say(put(text.EN, with.EN), put(text.FR, with.FR), put(text.ES, with.ES))
}

// budget writes each activity's plan beside what the fund did with it, and the donor's part of that.
func (b *donorBook) budget() error {
	p, err := b.poster(b.r.in(actualTab), headerRow, 28, 10, 40, 17, 17, 17, 12, 17, 17, 17)
	if err != nil {
		return err
	}
	term := ""
	if len(b.s.Budget) > 0 {
		term = strings.ReplaceAll(b.s.Budget[0].Term, "-", "–")
	}
	p.title(b.r.in(actualTab), b.subtitle())
	p.titles(words(workArea), words(code), words(activity), amounts(filled(plannedOfTerm, locale.Same(term))), amounts(spentByFund),
		amounts(openOfPlan), amounts(doneOfPlan), amounts(allocatedWord), amounts(unspentWord), amounts(yoursOfIt))
	var sums [5]int64
	for _, one := range b.s.Budget {
		values := [5]int64{one.Planned, one.InTerm, one.Allocated.Cumulative, one.Unspent.Cumulative, one.Donor.Cumulative}
		for i := range sums {
			sums[i] += values[i]
		}
		b.actual(p, []sheet.OutCell{cell(b.r.areaName(one.Area), p.wrap), cell(one.Activity.Code, p.text), cell(b.activityName(one.Activity), p.wrap)},
			values, nil, p.cents, p.percent)
	}
	if len(b.s.Budget) > 0 {
		first, last := headerRow+1, headerRow+len(b.s.Budget)
		p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: actualYours, LastRow: last})
		b.actual(p, []sheet.OutCell{cell(b.r.in(total), p.total), cell(nil, p.total), cell(nil, p.total)}, sums, func(col int) string {
			return "SUM(" + span(col, first, last) + ")"
		}, p.totalCents, p.totalPercent)
		b.actualChart(p, first, last)
	}
	return nil
}

func (b *donorBook) actual(
	p *page, label []sheet.OutCell, values [5]int64, formula func(col int) string, style, percent sheet.StyleID,
) {
	row, amount := p.NextRow(), b.amountCells(formula, style)
	p.Row(append(label, amount(actualPlanned, values[0]), amount(actualInTerm, values[1]),
		computed(at(actualPlanned, row)+"-"+at(actualInTerm, row), b.units(values[0]-values[1]), style),
		computed(partOf(at(actualInTerm, row), at(actualPlanned, row)), proportion(values[1], values[0]), percent),
		amount(actualAllocated, values[2]), amount(actualUnspent, values[3]), amount(actualYours, values[4]))...)
}

// actualChart draws plan, allocation and spending of each activity.
func (b *donorBook) actualChart(p *page, first, last int) {
	var names []string
	var plans, spent, unspent []sheet.Number
	for _, one := range b.s.Budget {
		names = append(names, one.Activity.Code)
		plans, spent = append(plans, b.units(one.Planned)), append(spent, b.units(one.InTerm))
		unspent = append(unspent, b.units(one.Unspent.Cumulative))
	}
	tab := b.r.in(actualTab)
	categories := sheet.Ref(tab, fixed(actualCode, first, last))
	column := func(col int) string { return sheet.Ref(tab, fixed(col, first, last)) }
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartColumn, Title: b.r.in(currencyTitle(chartBudget, b.s.Currency)), Anchor: at(1, p.NextRow()+1), Width: 1350, Height: 400,
		NumFmt: "#,##0", Series: []sheet.ChartSeries{
			{Name: b.r.in(planned), CategoriesRef: categories, Categories: names, ValuesRef: column(actualPlanned), Values: plans, Color: "B8C7DC"},
			{Name: b.r.in(spentByFund), CategoriesRef: categories, Categories: names, ValuesRef: column(actualInTerm), Values: spent, Color: blue},
			{Name: b.r.in(unspentWord), CategoriesRef: categories, Categories: names, ValuesRef: column(actualUnspent), Values: unspent, Color: orange},
		},
	})
}
