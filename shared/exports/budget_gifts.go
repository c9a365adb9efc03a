package exports

import (
	"context"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// The columns of the sheet of contributions.
const (
	giftDate = 1 + iota
	giftDonor
	giftType
	giftCountry
	giftAmount
	giftCurrency
	giftRate
	giftMonthRate
	giftRateDate
	giftRateSource
	giftWorth
	giftEarmark
	giftReference
	giftOrigin
)

// giftPlaces is where the contributions stand.
type giftPlaces struct{ first, last int }

// placeGifts leaves one blank row where there are no contributions, so that formulas have cells to refer to.
func placeGifts(count int) giftPlaces {
	return giftPlaces{first: headerRow + 1, last: headerRow + max(count, 1)}
}

// column names the cells of a column of the contributions for a formula.
func (g giftPlaces) column(tab string, col int) string {
	return sheet.Ref(tab, fixed(col, g.first, g.last))
}

// contributions lists all that was received in the term, with the rate that each was converted at (R-FUN-9) and the row that it
// came from: the fund's sheet sums these cells.
func (b *budgetBook) contributions(ctx context.Context) error {
	p, err := b.list(b.contributionsTab, 12, 30, 16, 17, 16, 11, 13, 15, 13, 20, 18, 16, 18, 46)
	if err != nil {
		return err
	}
	p.title(b.r.in(contributionsTab), b.r.termInWords()+" · "+b.r.in(heldInTrust))
	p.titles(words(receivedOn), words(donor), words(donorType), words(countryWord), amounts(amountPaid), words(currencyWord),
		amounts(rate), amounts(unitsForOne(b.plan.Currency)), words(rateDate), words(rateSource), amounts(currencyTitle(worth, b.plan.Currency)), words(earmark),
		words(bankReference), words(originWord))
	types := map[string]string{}
	for _, choice := range b.r.Programme.DonorTypes {
		types[choice.ID] = b.r.in(choice.Label)
	}
	for i, c := range b.found.contributions {
		if i%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		b.gift(p, c, types)
	}
	if len(b.found.contributions) == 0 {
		p.nothing(noContributions, giftOrigin)
	}
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: giftOrigin, LastRow: b.gifts.last})
}

func (b *budgetBook) gift(p *page, c stored[fund.Contribution], types map[string]string) {
	converted, worthStyle := any(nil), p.alertCents
	if worth, err := c.body.Worth(b.plan.Currency); err == nil {
		converted, worthStyle = exact(worth), p.cents
	}
	rate, monthRate := ratesOf(c.body.Rate)
	p.Row(
		cell(c.body.ReceivedOn, p.date), cell(c.body.Donor, p.wrap), cell(types[c.body.DonorType], p.wrap),
		cell(b.r.country(c.body.Country), p.wrap), cell(exact(c.body.Amount), p.asPaid(c.body.Amount)), cell(c.body.Amount.Currency, p.text),
		cell(rate, p.rate), cell(monthRate, p.rate), cell(dateOrNone(c.body.RateDate), p.date),
		cell(b.r.in(fund.SourceText(c.body.RateSource)), p.wrap), cell(converted, worthStyle),
		cell(b.earmarkOf(c.body), p.text), cell(c.body.Reference, p.wrap),
		cell(b.r.origin(c.from), p.wrap),
	)
}

// unitsForOne is the title of rates as the UN prints them. Such a rate is no decimal the other way about, and has a column of its own.
func unitsForOne(c money.Currency) locale.Text {
	return say("Units for 1 "+c.Code, "Unités pour 1 "+c.Code, "Unidades por 1 "+c.Code)
}

// ratesOf is a rate in the one of the two columns that it was stated for: worth of one unit, or units for one.
func ratesOf(r money.Rate) (rate, monthRate any) {
	figure, divides := r.Stated()
	switch {
	case r.IsZero():
		return nil, nil
	case divides:
		return nil, sheet.Number(figure)
	}
	return sheet.Number(figure), nil
}

// asPaid shows an amount with all the decimals that its currency has.
func (p *page) asPaid(a money.Amount) sheet.StyleID {
	switch money.ISO(a.Currency).Digits {
	case 0:
		return p.money
	case 2:
		return p.cents
	default:
		return p.mills
	}
}

func (b *budgetBook) earmarkOf(c fund.Contribution) string {
	if c.Earmark == "" {
		return b.r.in(unearmarked)
	}
	return c.Earmark
}

// origin names the very row that a record came from; the beginning of the file's hash tells versions of a file apart.
func (r *request) origin(o origin) string {
	if o.file == "" {
		return ""
	}
	return r.fill(originWords, o.file, o.sheet, o.row, o.hash[:min(len(o.hash), 12)])
}
