package exports

import (
	"context"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/trust"
)

// entryColumns is how many columns the list of entries has.
const entryColumns = 20

// entriesSheets lists the entries of the days, one in a row, with where each came from: the cell of an uploaded sheet and the value in it, or
// the request; and the amount as it was paid, with its rate (R-FUN-9). Long texts go on
// in further lines, so that a row is on one sheet of paper.
func (b *fundBook) entriesSheets(ctx context.Context) error {
	var p *page
	n, left := 0, 0
	start := func(rows int) (err error) {
		if p, err = b.entriesSheet(n, min(rows, journalRows)); err != nil {
			return err
		}
		n, left = n+1, journalRows
		return nil
	}
	rest := b.entries
	if err := start(rest); err != nil {
		return err
	}
	for entry, err := range b.journalEntries(ctx) {
		if err != nil {
			return err
		}
		if left == 0 {
			if err := start(rest); err != nil {
				return err
			}
		}
		b.entryRow(p, entry)
		left, rest = left-1, rest-1
	}
	if b.entries == 0 {
		p.nothing(noEntries, 8)
	}
	return nil
}

func (b *fundBook) entriesSheet(n, rows int) (*page, error) {
	tab := b.r.in(entriesTab)
	if n > 0 {
		tab += " " + strconv.Itoa(n+1)
	}
	p, err := b.wideList(tab, 12, 36, 16, 16, 30, 15, 15, 13, 18, 12, 16, 9, 12, 12, 12, 16, 42, 15, 26, 26)
	if err != nil {
		return nil, err
	}
	p.title(tab, b.subtitle())
	p.titles(words(dateTitle), words(entryTitle), words(kindTitle), b.amountsOf(amountTitle), words(donorIDTitle), words(purposeTitle),
		words(agreementTitle), words(categoryTitle), words(servedTitle), words(valueDateTitle), amounts(amountPaid), words(currencyWord), amounts(rate),
		amounts(unitsForOne(b.plan.Currency)), words(rateDate), words(rateSource), words(originWord), words(statedTitle), words(enteredAt),
		words(reasonTitle))
	return p, p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: entryColumns, LastRow: placeList(rows).last})
}

func (b *fundBook) entryRow(p *page, e ledger.Entry) {
	event := trust.EventOf(e, b.plan.Currency.Code)
	minor, agreement, reason := event.Amount.Minor, event.Agreement, b.r.in(registry.ReasonText(e.Reason))
	if event.Instalment != "" {
		agreement += " #" + event.Instalment
	}
	if e.Reverses != "" {
		minor, reason = -minor, strings.TrimSpace(b.r.fill(reversesEntry, e.Reverses)+" "+reason)
	}
	cells := []sheet.OutCell{
		cell(e.Date, p.date), cell(e.ID, p.text), cell(b.kindOf(e), p.wrap), cell(b.amount(minor), p.cents), cell(event.Donor, p.wrap),
		cell(purposeOf(event), p.wrap), cell(agreement, p.wrap), cell(b.categoryOf(event), p.wrap), cell(strings.Join(event.Beneficiary, ", "), p.wrap),
		cell(dateOrNone(e.ValueDate), p.date),
	}
	cells = append(cells, b.paid(p, e.Original)...)
	p.Row(append(cells, cell(b.entrySource(e.Source), p.wrap), cell(e.Source.Value, p.wrap), cell(e.At+" · "+e.Source.Person, p.wrap),
		cell(reason, p.wrap))...)
}

// paid is an amount as it was paid, with the rate as it was stated, one way or the other.
func (b *fundBook) paid(p *page, o *ledger.Original) []sheet.OutCell {
	if o == nil {
		return []sheet.OutCell{cell(nil, p.cents), cell(nil, p.text), cell(nil, p.rate), cell(nil, p.rate), cell(nil, p.date), cell(nil, p.text)}
	}
	rate, monthRate := ratesOf(o.Rate)
	return []sheet.OutCell{
		cell(exact(o.Amount), p.asPaid(o.Amount)), cell(o.Amount.Currency, p.text), cell(rate, p.rate), cell(monthRate, p.rate),
		cell(dateOrNone(o.RateDate), p.date), cell(b.r.in(fund.SourceText(o.RateSource)), p.wrap),
	}
}

// categoryOf is an expenditure's category in the reader's language.
func (b *fundBook) categoryOf(e trust.Event) string {
	if known, ok := b.r.Programme.ExpenseCategory(e.Category); ok {
		return b.r.in(known.Label)
	}
	return e.Category
}

// entrySource names the very cell, or the request, that an entry came from; the reversals of an import come from no cell.
func (b *fundBook) entrySource(s ledger.Source) string {
	switch {
	case s.Import == "":
		return b.r.fill(fromRequest, s.Request)
	case s.Cell == "":
		return b.r.fill(fromImport, s.Import, s.File[:min(len(s.File), 12)])
	}
	return b.r.fill(fromCell, s.Import, s.Sheet, s.Cell, short(s.File))
}

func dateOrNone(d civil.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}
