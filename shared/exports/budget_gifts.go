package exports

import (
	"context"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/records"
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
	p, err := b.list(b.contributionsTab, 12, 30, 16, 17, 16, 9, 11, 12, 20, 16, 14, 18, 44)
	if err != nil {
		return err
	}
	p.title(b.r.in(contributionsTab), b.r.termInWords()+" · "+b.r.in(heldInTrust))
	p.titles(words(receivedOn), words(donor), words(donorType), words(countryWord), amounts(amountPaid), words(currencyWord),
		amounts(rate), words(rateDate), words(rateSource), amounts(currencyTitle(worth, b.plan.Currency)), words(earmark),
		words(bankReference), words(origin))
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
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: giftOrigin, LastRow: b.gifts.last})
}

func (b *budgetBook) gift(p *page, c stored[fund.Contribution], types map[string]string) {
	converted, worthStyle := any(nil), p.alertCents
	if worth, err := c.Body.Worth(b.plan.Currency); err == nil {
		converted, worthStyle = exact(worth), p.cents
	}
	rate, rateDate := any(nil), any(nil)
	if !c.Body.Rate.IsZero() {
		rate = sheet.Number(c.Body.Rate.String())
	}
	if !c.Body.RateDate.IsZero() {
		rateDate = c.Body.RateDate
	}
	p.Row(
		cell(c.Body.ReceivedOn, p.date), cell(c.Body.Donor, p.wrap), cell(types[c.Body.DonorType], p.wrap),
		cell(b.r.country(c.Body.Country), p.wrap), cell(exact(c.Body.Amount), p.cents), cell(c.Body.Amount.Currency, p.text),
		cell(rate, p.text), cell(rateDate, p.date), cell(c.Body.RateSource, p.wrap), cell(converted, worthStyle),
		cell(b.earmarkOf(c.Body), p.text), cell(c.Body.Reference, p.wrap),
		cell(b.r.origin(c.Provenance), p.wrap),
	)
}

func (b *budgetBook) earmarkOf(c fund.Contribution) string {
	if c.Earmark == "" {
		return b.r.in(unearmarked)
	}
	return c.Earmark
}

// origin names the very row that a record came from; the beginning of the file's hash tells versions of a file apart.
func (r *request) origin(p records.Provenance) string {
	if p.File == "" {
		return ""
	}
	return r.fill(originWords, p.File, p.Sheet, p.Row, p.FileSHA256[:min(len(p.FileSHA256), 12)])
}
