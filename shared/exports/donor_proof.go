package exports

import (
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
)

// The columns of the proof.
const (
	proofLine = 1 + iota
	proofDonor
	proofOthers
	proofTogether
	proofFund
	proofDifference
)

// proof shows line by line that this donor and all others are the fund, and that the statement's sheets agree with one another.
func (b *donorBook) proof() error {
	p, err := b.page(b.r.in(donorProofTab), 2, 62, 22, 22, 22, 24, 16)
	if err != nil {
		return err
	}
	p.title(b.r.in(donorProofTab), b.subtitle())
	p.wideRemark(b.r.in(proofNote), proofDifference)
	for i, title := range []locale.Text{periodColumn, statement.InPrior.Text(), statement.CumulativeText} {
		b.proofOf(p, i, title)
	}
	b.checks(p)
	return nil
}

// proofOf proves one column.
func (b *donorBook) proofOf(p *page, column int, title locale.Text) {
	p.heading(b.r.in(currencyTitle(title, b.s.Currency)))
	p.titles(words(lineWord), amounts(thisDonor), amounts(allOthers), amounts(together), amounts(theFund), amounts(differenceWord))
	first := p.NextRow()
	for _, one := range b.s.Reconciled {
		row := p.NextRow()
		own, others, whole := amountsOf(one.Donor)[column], amountsOf(one.Others)[column], amountsOf(one.Fund)[column]
		difference := b.d.goodCents
		if own+others != whole {
			difference = p.alertCents
		}
		text, amount := p.wrap, p.cents
		if one.Line == statement.Opening || one.Line == statement.Closing {
			text, amount = p.total, p.totalCents
		}
		label, formula := b.provenFrom(one, column)
		p.Row(cell(label, text), computed(formula, b.units(own), amount), cell(b.units(others), amount),
			computed(at(proofDonor, row)+"+"+at(proofOthers, row), b.units(own+others), amount), cell(b.units(whole), amount),
			computed(b.gap(at(proofTogether, row), at(proofFund, row)), b.units(own+others-whole), difference))
	}
	b.allGaps(p, first, column)
}

// provenFrom names a line and the cell of another sheet that the donor's figure stands in.
func (b *donorBook) provenFrom(one statement.Reconciled, column int) (label, formula string) {
	i := slices.IndexFunc(b.s.Spending, func(s statement.Spending) bool { return s.Activity.Code == one.Activity })
	if one.Activity == "" || i < 0 {
		return b.r.in(one.Line.Text()), sheet.Ref(b.r.in(linesTab), at(summaryPeriod+column, summaryRow(one.Line)))
	}
	return "    " + b.activityName(b.s.Spending[i].Activity), "-" + sheet.Ref(b.r.in(spendingTab), at(spendDonorPeriod+column, b.activities.first+i))
}

// gap is the formula of a difference, rounded to the currency's minor unit: programs calculate with binary fractions.
func (b *donorBook) gap(one, other string) string {
	return "ROUND(" + one + "-" + other + "," + strconv.Itoa(b.s.Currency.Digits) + ")"
}

// allGaps ends a column's proof: what its differences sum to, whatever their signs.
func (b *donorBook) allGaps(p *page, first, column int) {
	if len(b.s.Reconciled) == 0 {
		return
	}
	var sum int64
	for _, one := range b.s.Reconciled {
		gap := amountsOf(one.Donor)[column] + amountsOf(one.Others)[column] - amountsOf(one.Fund)[column]
		sum += max(gap, -gap)
	}
	style := b.d.totalGood
	if sum != 0 {
		style = p.alertCents
	}
	gaps := fixed(proofDifference, first, p.NextRow()-1)
	p.Row(cell(b.r.in(allDifferences), p.total), cell(nil, p.total), cell(nil, p.total), cell(nil, p.total), cell(nil, p.total),
		computed("SUMIF("+gaps+",\">0\")-SUMIF("+gaps+",\"<0\")", b.units(sum), style))
}

// check is two figures of the statement that have to be the same.
type check struct {
	label      locale.Text
	one, other string // formulas
	a, b       int64
}

// checks sets figures side by side that the statement gives twice.
func (b *donorBook) checks(p *page) {
	p.heading(b.r.in(checksHeading))
	p.titles(words(checkWord), amounts(oneSide), amounts(otherSide), words(none), words(none), amounts(differenceWord))
	for _, c := range b.allChecks() {
		row := p.NextRow()
		style := b.d.goodCents
		if c.a != c.b {
			style = p.alertCents
		}
		p.Row(cell(b.r.in(c.label), p.wrap), computed(c.one, b.units(c.a), p.cents), computed(c.other, b.units(c.b), p.cents), cell(nil, p.cents),
			cell(nil, p.cents), computed(b.gap(at(proofDonor, row), at(proofOthers, row)), b.units(c.a-c.b), style))
	}
}

func (b *donorBook) allChecks() []check {
	lines, of := b.r.in(linesTab), b.s.Figures.Of
	line := func(l statement.Line, col int) string { return sheet.Ref(lines, at(col, summaryRow(l))) }
	moves := sheet.Ref(lines, fixed(summaryAll, summaryRow(statement.Opening), summaryRow(statement.Closing)-1))
	var moved, reached int64
	for _, l := range statement.Lines[:slices.Index(statement.Lines, statement.Closing)] {
		moved += of(l).Cumulative
	}
	for _, one := range b.s.Beneficiaries {
		reached += one.Donor.Cumulative
	}
	list := []check{
		{checkCarried, line(statement.Closing, summaryPrior), line(statement.Opening, summaryPeriod), of(statement.Closing).Prior, of(statement.Opening).Period},
		{checkEver, line(statement.Closing, summaryPeriod), "SUM(" + moves + ")", of(statement.Closing).Period, moved},
		{checkReach, "-" + line(statement.Spent, summaryAll), sheet.Ref(b.r.in(beneficiaryTab), at(reachDonorAll, b.reach.last+1)),
			-of(statement.Spent).Cumulative, reached},
	}
	if b.s.LeftOut == 0 {
		list = append(list, check{checkGifts, line(statement.Received, summaryAll), sheet.Ref(b.r.in(ownGiftsTab), at(ownGiftWorth, b.giftTotals(giftSumAll))),
			of(statement.Received).Cumulative, b.giftsSum()})
	}
	if b.listed.own == 0 {
		tab := b.r.in(transactionsTab)
		list = append(list, check{checkBooked, line(statement.Received, summaryPeriod), "SUMIFS(" + b.entries.column(tab, entryAmount) + "," +
			b.entries.column(tab, entryWhose) + ",\"" + b.r.in(ownWord) + "\"," + b.entries.column(tab, entryLine) + ",\"" +
			b.r.in(statement.Received.Text()) + "\")", of(statement.Received).Period, b.listed.received()})
	}
	return list
}
