package fund

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/trust"
)

// balances shows where the books stand, account by account.
func (d desk) balances() (*page.Answer, error) {
	at, err := d.FundStanding(d.ctx)
	if err != nil {
		return nil, err
	}
	var rows []line
	for _, account := range at.Balances.Accounts() {
		rows = append(rows, line{
			Name: d.account(account), Amounts: []string{string(account), d.units(trust.Shown(at.Balances, account))},
		})
	}
	return d.Written(d.ctx, balancesPage(d.framed(balancesTitle, d.aboveFund()), d.head(at.Head, at.ClosedTo), rows, d.places()))
}

// account is what an account is called, with the activity that it is of.
func (d desk) account(a ledger.Account) string {
	name := upper(trust.AccountLabel(a).In(d.Lang))
	if activity, ok := trust.ActivityOf(a); ok {
		return name + d.in(colon) + d.activity(activity)
	}
	return name
}

// head says up to where the books go.
func (d desk) head(h ledger.Head, closedTo civil.Date) []page.Fact {
	return []page.Fact{
		{Name: d.in(entriesWord), Value: locale.FormatInt(d.Lang, h.Total)},
		{Name: d.in(batchWord), Value: strconv.FormatInt(h.Link.Number, 10)},
		{Name: d.in(hashWord), Value: string(h.Link.Hash)},
		{Name: d.in(closedWord), Value: closedTo.Text().In(d.Lang)},
	}
}

// closedTo says which days of the books can't change any more.
func (d desk) closedTo(day civil.Date) string {
	if day.IsZero() {
		return d.in(noneClosed)
	}
	return d.named(closedNote, day.Text().In(d.Lang))
}

// verifiedView is what came of recomputing the books.
type verifiedView struct {
	Sound bool
	Facts []page.Fact
}

// verification recomputes the books from the first entry.
func (d desk) verification() (*page.Answer, error) {
	v, err := d.VerifyFund(d.ctx)
	if err != nil {
		return nil, err
	}
	view := verifiedView{Sound: v.Fault == nil}
	if f := v.Fault; f != nil {
		view.Facts = d.fault(f)
	} else {
		view.Facts = d.head(v.Head, civil.Date{})
	}
	return d.Written(d.ctx, verificationPage(d.framed(verificationTitle, d.aboveFund()), view, d.Now))
}

func (d desk) fault(f *ledger.Fault) []page.Fact {
	return []page.Fact{
		{Name: d.in(flawWord), Value: string(f.Flaw)}, {Name: d.in(batchWord), Value: strconv.FormatInt(f.Link, 10)},
		{Name: d.in(entryWord), Value: f.Entry}, {Name: d.in(accountLabel), Value: string(f.Account)},
		{Name: d.in(wantWord), Value: f.Want}, {Name: d.in(gotWord), Value: f.Got},
	}
}

// rates shows the monthly rates of a year.
func (d desk) rates() (*page.Answer, error) {
	year, currency := d.Now.UTC().Year(), d.Query.Get("currency")
	if given, err := strconv.Atoi(d.Query.Get("year")); err == nil && 1000 <= given && given <= 9999 {
		year = given
	}
	found, err := d.Rates(d.ctx, year, currency)
	if err != nil {
		return nil, err
	}
	var rows []line
	for _, one := range found {
		decimal, _ := one.Rate.Stated()
		rows = append(rows, line{Name: one.Currency, Amounts: []string{
			one.From.Text().In(d.Lang), locale.FormatDecimal(d.Lang, decimal), d.source(one.Source),
		}})
	}
	fields := []page.Input{
		{Name: "year", Value: strconv.Itoa(year), Label: yearLabel, Type: "number"},
		{Name: "currency", Value: currency, Label: currencyLabel, Hint: anyCurrency},
	}
	imports := d.may(access.ImportCreate, access.Object{})
	return d.Written(d.ctx, ratesPage(d.framed(ratesTitle, d.aboveFund()), fields, rows, d.named(ratesLead, d.currency().Code), imports))
}
