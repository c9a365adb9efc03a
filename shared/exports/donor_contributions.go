package exports

import (
	"context"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
)

// The columns of a donor's contributions.
const (
	ownGiftDate = 1 + iota
	ownGiftAgreement
	ownGiftInstalment
	ownGiftEarmark
	ownGiftPaid
	ownGiftCurrency
	ownGiftRate
	ownGiftMonthRate
	ownGiftRateDate
	ownGiftRateSource
	ownGiftWorth
	ownGiftColumn
	ownGiftEntry
	ownGiftOrigin
)

// The sums below the contributions.
const (
	giftSumPeriod = iota
	giftSumPrior
	giftSumEarlier
	giftSumAll
)

// giftTotals is the row of a sum below the contributions.
func (b *donorBook) giftTotals(sum int) int { return b.gifts.last + 1 + sum }

// giftsSum is what the listed contributions add up to, in minor units. One that was taken back is there with the entry that did so.
func (b *donorBook) giftsSum() int64 {
	return b.giftsIn(statement.InPeriod, statement.InPrior, statement.Earlier)
}

func (b *donorBook) giftsIn(columns ...statement.Column) int64 {
	var sum int64
	for _, c := range b.s.Contributions {
		for _, column := range columns {
			if c.Column == column {
				sum += c.Amount
			}
		}
	}
	return sum
}

// contributions lists the donor's deposits up to the period's end, each as it was paid, at its rate (R-FUN-9), with where it comes from.
func (b *donorBook) contributions(ctx context.Context) error {
	p, err := b.list(b.r.in(ownGiftsTab), 12, 17, 12, 13, 16, 10, 13, 13, 12, 20, 16, 15, 26, 42)
	if err != nil {
		return err
	}
	p.title(b.r.in(ownGiftsTab), b.subtitle())
	p.titles(counts(receivedOn), words(agreementWord), counts(instalmentWord), words(wishedFor), amounts(amountPaid), counts(currencyWord),
		amounts(rate), amounts(unitsForOne(b.s.Currency)), counts(rateDate), words(rateSource), amounts(currencyTitle(inFund, b.s.Currency)), words(countsIn), words(entryWord),
		words(originWord))
	for i, c := range b.s.Contributions {
		if i%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		b.contribution(p, c)
	}
	if len(b.s.Contributions) == 0 {
		p.nothing(noDeposits, ownGiftOrigin)
	}
	p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: ownGiftOrigin, LastRow: b.gifts.last})
	b.giftSums(p)
	if b.s.LeftOut > 0 {
		p.wideRemark(b.r.fill(leftOutNote, b.s.LeftOut), ownGiftOrigin)
	}
	return nil
}

func (b *donorBook) contribution(p *page, c statement.Contribution) {
	rate, monthRate, rateDate, rateSource := any(nil), any(nil), any(nil), ""
	if o := c.Entry.Original; o != nil {
		rate, monthRate = ratesOf(o.Rate)
		rateDate, rateSource = dateOrNone(o.RateDate), b.r.in(fund.SourceText(o.RateSource))
	}
	entry, style := cell(c.Entry.ID, p.wrap), p.cents
	switch {
	case c.TakenBack:
		entry, style = cell(b.r.fill(takenBackWords, c.Entry.ID), p.alert), p.alertCents
	case c.Entry.Reverses != "":
		entry, style = cell(b.r.fill(takesBackWords, c.Entry.ID, c.Entry.Reverses), p.alert), p.alertCents
	}
	earmark := b.r.in(nothingWished)
	if c.Earmark != "" {
		earmark = c.Earmark
	}
	p.Row(cell(c.Entry.Date, p.date), cell(c.Agreement, p.wrap), cell(c.Number, p.date), cell(earmark, p.wrap), cell(exact(c.Paid), p.asPaid(c.Paid)),
		cell(c.Paid.Currency, p.date), cell(rate, p.rate), cell(monthRate, p.rate), cell(rateDate, p.date), cell(rateSource, p.wrap), cell(b.units(c.Amount), style),
		cell(b.r.in(columnText(c.Column)), p.text), entry, cell(b.source(c.Entry.Source), p.wrap))
}

// giftSums adds the contributions up by the column that they count in.
func (b *donorBook) giftSums(p *page) {
	marks, worths := fixed(ownGiftColumn, b.gifts.first, b.gifts.last), fixed(ownGiftWorth, b.gifts.first, b.gifts.last)
	for _, sum := range []struct {
		label  locale.Text
		column statement.Column
	}{{sumOfPeriod, statement.InPeriod}, {sumOfPrior, statement.InPrior}, {sumOfEarlier, statement.Earlier}} {
		b.giftSum(p, sum.label, computed("SUMIF("+marks+",\""+b.r.in(columnText(sum.column))+"\","+worths+")", b.units(b.giftsIn(sum.column)), p.totalCents))
	}
	b.giftSum(p, sumOfAll, computed("SUM("+span(ownGiftWorth, b.giftTotals(giftSumPeriod), b.giftTotals(giftSumEarlier))+")",
		b.units(b.giftsSum()), p.totalCents))
}

func (b *donorBook) giftSum(p *page, label locale.Text, sum sheet.OutCell) {
	row := p.NextRow()
	p.Merge(sheet.Range{FirstCol: 1, FirstRow: row, LastCol: ownGiftWorth - 1, LastRow: row})
	cells := []sheet.OutCell{cell(b.r.in(label), p.total)}
	for range ownGiftWorth - 2 {
		cells = append(cells, cell(nil, p.total))
	}
	p.Row(append(cells, sum)...)
}
