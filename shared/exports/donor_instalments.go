package exports

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
)

// The columns of the instalments; agreements have theirs in the same places.
const (
	instalmentAgreement = 1 + iota
	instalmentNumber
	instalmentDue
	instalmentCurrency
	instalmentAmount
	instalmentCovered
	instalmentOpen
	instalmentState
	instalmentReceipts
)

// instalments writes what was pledged, as a memorandum, with the money that came for it.
func (b *donorBook) instalments() error {
	p, err := b.page(b.r.in(instalmentsTab), 2, 30, 14, 16, 12, 19, 19, 19, 16, 52)
	if err != nil {
		return err
	}
	p.title(b.r.in(instalmentsTab), b.subtitle())
	p.wideRemark(b.r.in(pledgeNote), instalmentReceipts)
	if len(b.s.Agreements) == 0 && len(b.s.Instalments) == 0 {
		p.heading(b.r.in(agreementsWord))
		p.nothing(nothingPledged, instalmentReceipts)
		return nil
	}
	first := p.NextRow() + 3 + len(b.s.Agreements) + 3 // below the agreements with their heading and titles, and its own
	b.agreements(p, first, first+max(len(b.s.Instalments), 1)-1)
	p.heading(b.r.in(instalmentsWord))
	p.titles(words(agreementWord), counts(instalmentWord), counts(instalmentDueOn), counts(currencyWord), amounts(pledgedWord), amounts(coveredWord),
		amounts(openWord), words(stateOf), words(receiptsWord))
	for _, i := range b.s.Instalments {
		b.instalment(p, i)
	}
	b.pledgeChart(p, first)
	return nil
}

// agreements sums the instalments that stand from first to last.
func (b *donorBook) agreements(p *page, first, last int) {
	p.heading(b.r.in(agreementsWord))
	p.titles(words(agreementWord), counts(instalmentsWord), counts(agreementSigned), counts(currencyWord), amounts(pledgedWord), amounts(coveredWord),
		amounts(openWord))
	for _, a := range b.s.Agreements {
		row := p.NextRow()
		covered := cell(exact(a.Covered), p.asPaid(a.Covered))
		if b.coveredOf(a) == a.Covered.Minor && plainCriterion(a.Number) {
			covered.Formula = "SUMIF(" + fixed(instalmentAgreement, first, last) + "," + at(instalmentAgreement, row) + "," +
				fixed(instalmentCovered, first, last) + ")"
		}
		p.Row(cell(a.Number, p.wrap), cell(a.Instalments, p.count), cell(a.SignedOn, p.date), cell(a.Pledged.Currency, p.date),
			cell(exact(a.Pledged), p.asPaid(a.Pledged)), covered,
			computed(at(instalmentAmount, row)+"-"+at(instalmentCovered, row), exact(a.Open), p.asPaid(a.Open)))
	}
}

// plainCriterion reports whether a formula finds just the cells with that text: programs take "*" and ">7" for patterns, and "007" for 7.
func plainCriterion(text string) bool {
	return strings.ContainsFunc(text, unicode.IsLetter) && !strings.ContainsAny(text, "*?~<>=")
}

// coveredOf sums what covers the instalments that name an agreement as it names itself.
func (b *donorBook) coveredOf(a statement.Agreement) int64 {
	var sum int64
	for _, i := range b.s.Instalments {
		if strings.EqualFold(i.Agreement, a.Number) {
			sum += i.Covered.Minor
		}
	}
	return sum
}

func (b *donorBook) instalment(p *page, i statement.Instalment) {
	row := p.NextRow()
	due := cell(b.r.in(noDay), p.faint)
	if !i.DueOn.IsZero() {
		due = cell(i.DueOn, p.date)
	}
	state, style := dueLater, p.text
	switch {
	case i.Overdue:
		state, style = overdueWord, p.alert
	case i.Open.IsZero():
		state, style = paidWord, p.good
	}
	p.Row(cell(i.Agreement, p.wrap), cell(i.Number, p.count), due, cell(i.Amount.Currency, p.date), cell(exact(i.Amount), p.asPaid(i.Amount)),
		cell(exact(i.Covered), p.asPaid(i.Covered)),
		computed(at(instalmentAmount, row)+"-"+at(instalmentCovered, row), exact(i.Open), p.asPaid(i.Open)), cell(b.r.in(state), style),
		cell(b.receipts(i.Receipts), p.wrap))
}

// receipts names the deposits that cover an instalment, each by its amount and day and, in the next line, its entry: as many as a row can be
// high.
func (b *donorBook) receipts(all []statement.Receipt) string {
	const most = 12
	var lines []string
	for _, r := range all[:min(len(all), most)] {
		lines = append(lines, r.Part.Format(b.r.Lang)+" · "+b.r.in(r.On.Text()), r.Entry)
	}
	if more := len(all) - most; more > 0 {
		lines = append(lines, b.r.fill(moreReceipts, more))
	}
	return strings.Join(lines, "\n")
}

// pledgeChart draws what came and what is open of each instalment, where all are of one currency: amounts of several are not comparable.
func (b *donorBook) pledgeChart(p *page, first int) {
	const most = 24 // bars that can still be read
	list := b.s.Instalments
	if len(list) == 0 || len(list) > most {
		return
	}
	var names []string
	var covered, open []sheet.Number
	for _, i := range list {
		if i.Amount.Currency != list[0].Amount.Currency {
			return
		}
		names = append(names, fmt.Sprint(i.Number))
		covered, open = append(covered, exact(i.Covered)), append(open, exact(i.Open))
	}
	tab, last := b.r.in(instalmentsTab), first+len(list)-1
	categories := sheet.Ref(tab, fixed(instalmentNumber, first, last))
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartColumn, Title: b.r.in(currencyTitle(chartPledged, money.ISO(list[0].Amount.Currency))), Anchor: at(1, last+2), Width: 700,
		Height: 260, Stacked: true, NumFmt: "#,##0", Series: []sheet.ChartSeries{
			{Name: b.r.in(coveredWord), CategoriesRef: categories, Categories: names,
				ValuesRef: sheet.Ref(tab, fixed(instalmentCovered, first, last)), Values: covered, Color: blue},
			{Name: b.r.in(openWord), CategoriesRef: categories, Categories: names,
				ValuesRef: sheet.Ref(tab, fixed(instalmentOpen, first, last)), Values: open, Color: orange},
		},
	})
}

// columnText is the heading of the column that something counts in.
func columnText(c statement.Column) locale.Text {
	switch c {
	case statement.InPeriod:
		return periodColumn
	case statement.InPrior:
		return statement.InPrior.Text()
	}
	return statement.Earlier.Text()
}
