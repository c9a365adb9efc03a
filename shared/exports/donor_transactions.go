package exports

import (
	"cmp"
	"context"
	"iter"

	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
)

// mostTransactions is how many of a donor's own entries a statement lists, and how many of those that all donors share.
const mostTransactions = 20_000

// transactions are the entries of a period that a statement lists, and how many more there are.
type transactions struct {
	shown []statement.Transaction
	left  int
	own   int // more of the donor's own
}

// listTransactions goes over the entries and holds no more of them than are listed.
func listTransactions(entries iter.Seq2[ledger.Entry, error], s *statement.Statement) (transactions, error) {
	var list transactions
	counts := map[bool]int{}
	for t, err := range statement.Transactions(entries, s.Period, s.Donor.ID) {
		if err != nil {
			return transactions{}, err
		}
		if counts[t.Own]++; counts[t.Own] <= mostTransactions {
			list.shown = append(list.shown, t)
			continue
		}
		list.left++
		if t.Own {
			list.own++
		}
	}
	return list, nil
}

// received is what the donor's own listed deposits add up to, in minor units, less those that were taken back.
func (t transactions) received() int64 {
	var sum int64
	for _, one := range t.shown {
		if one.Own && one.Line == statement.Received {
			sum += one.Minor
		}
	}
	return sum
}

// The columns of the transactions.
const (
	entryDate = 1 + iota
	entryValueDate
	entryWhat
	entryWhose
	entryActivity
	entryLine
	entryAmount
	entryPaid
	entryCurrency
	entryRate
	entryID
	entryImport
	entryFile
	entrySheet
	entryCell
	entryValue
)

// transactions lists the entries of the period that the figures rest on, each down to the cell that brought it and what stood in it.
func (b *donorBook) transactions(ctx context.Context) error {
	p, err := b.list(b.r.in(transactionsTab), 12, 12, 19, 12, 11, 23, 16, 16, 10, 13, 25, 22, 15, 15, 9, 17)
	if err != nil {
		return err
	}
	p.title(b.r.in(transactionsTab), b.subtitle())
	p.titles(counts(dateWord), counts(valueDateWord), words(whatWord), words(whoseWord), words(activity), words(lineWord),
		amounts(currencyTitle(inFund, b.s.Currency)), amounts(amountPaid), counts(currencyWord), amounts(rate), words(entryWord), words(importWord),
		words(fileWord), words(sheetWord), counts(cellWord), words(cellValue))
	for i, t := range b.listed.shown {
		if i%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		b.transaction(p, t)
	}
	if len(b.listed.shown) == 0 {
		p.nothing(noneOfThePeriod, entryValue)
	}
	p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: entryValue, LastRow: b.entries.last})
	p.Skip(1)
	p.wideRemark(b.r.in(entriesNote), entryID)
	if b.listed.left > 0 {
		p.wideRemark(b.r.fill(entriesLeftOut, b.listed.left), entryID)
	}
	return nil
}

func (b *donorBook) transaction(p *page, t statement.Transaction) {
	what := b.r.in(t.Event.Kind.Label())
	if t.Entry.Reverses != "" {
		what = b.r.fill(reversed, what)
	}
	whose := sharedWord
	if t.Own {
		whose = ownWord
	}
	paid, currency, rate := cell(nil, p.cents), "", any(nil)
	if o := t.Entry.Original; o != nil {
		paid, currency, rate = cell(exact(o.Amount), p.asPaid(o.Amount)), o.Amount.Currency, rateOf(o.Rate)
	}
	from := t.Entry.Source
	p.Row(cell(t.Entry.Date, p.date), cell(dateOrNone(t.Entry.ValueDate), p.date), cell(what, p.wrap), cell(b.r.in(whose), p.text), cell(t.Event.Activity, p.text),
		cell(b.r.in(t.Line.Text()), p.wrap), cell(b.units(t.Minor), p.cents), paid, cell(currency, p.date), cell(rate, p.rate),
		cell(t.Entry.ID, p.wrap), cell(cmp.Or(from.Import, from.Request), p.wrap), cell(short(from.File), p.text), cell(from.Sheet, p.wrap),
		cell(from.Cell, p.date), cell(from.Value, p.wrap))
}

// rateOf is a rate as a cell shows it: a number, or text where amounts are divided by what was stated.
func rateOf(r money.Rate) any {
	figure, divides := r.Stated()
	if divides {
		return r.String()
	}
	return sheet.Number(figure)
}

// short is the beginning of a file's hash, which tells files apart.
func short(hash string) string { return hash[:min(len(hash), 12)] }

// source says in one cell where an entry comes from: the file, the sheet, the cell and what stood in it, or the request.
func (b *donorBook) source(from ledger.Source) string {
	switch {
	case from.Cell != "":
		return b.r.fill(sourceWords, short(from.File), from.Sheet, from.Cell, from.Value)
	case from.Import != "":
		return b.r.fill(importWords, from.Import)
	}
	return b.r.fill(requestWords, from.Request)
}
