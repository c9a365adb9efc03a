package kinds

import (
	"errors"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
)

// payments reads the money of rows, received or spent in any currency, and the rate at which the fund's books have it (R-FUN-9).
type payments struct{ env *imports.Env }

// paid is what a row says of its money; columns of these identifiers have it.
type paid struct {
	Amount, Currency string
	Rate             string
	RateDate         civil.Date
	RateSource       string
}

// amount is the money in the currency that was paid: CURRENCY_MISSING, and AMOUNT_SCALE for what no payment can be. negative is why one
// is not below zero.
func (x payments) amount(p paid, at imports.Place, negative locale.Text, problems *findings) money.Amount {
	if p.Currency == "" && !unreadable(at, "currency") {
		problems.add(problem.New("CURRENCY_MISSING").In("currency").Under("R-FUN-9"))
	}
	currency, known := x.env.Reference.Currency(p.Currency)
	if !known || p.Amount == "" || unreadable(at, "amount") {
		return money.Amount{}
	}
	amount, err := money.Parse(p.Amount, currency)
	if reason := unpayable(amount, err, currency, negative); reason != (locale.Text{}) {
		problems.add(problem.New("AMOUNT_SCALE").In("amount").Under("R-FUN-8").WithText("reason", reason))
	}
	return amount
}

// unpayable is why an amount can't have been paid; no text when it can.
func unpayable(amount money.Amount, err error, c money.Currency, negative locale.Text) locale.Text {
	switch {
	case err != nil:
		return noAmount(err, c)
	case amount.Sign() < 0:
		return negative
	case amount.Sign() == 0:
		return text3("it is zero", "il est nul", "es cero")
	}
	return locale.Text{}
}

// noAmount is why a decimal is no amount of a currency; err is what money.Parse said.
func noAmount(err error, c money.Currency) locale.Text {
	if errors.Is(err, money.ErrScale) {
		return decimalsOf(c)
	}
	return text3("it is too large", "il est trop grand", "es demasiado grande")
}

func decimalsOf(c money.Currency) locale.Text {
	if c.Digits == 0 {
		return text3(c.Code+" has no decimals", c.Code+" n'a pas de décimales", c.Code+" no tiene decimales")
	}
	n := strconv.Itoa(c.Digits)
	return text3(c.Code+" has at most "+n+" decimals", c.Code+" a au plus "+n+" décimales", c.Code+" tiene como máximo "+n+" decimales")
}

// rate is the one that money in another currency is converted at, with its date and source (R-FUN-9). The fund's own currency
// needs none.
func (x payments) rate(p paid, at imports.Place, problems *findings) (rate money.Rate, on civil.Date, source string) {
	own := x.env.Programme.Fund.Currency
	if p.Currency == "" || unreadable(at, "currency", "rate") {
		return money.Rate{}, civil.Date{}, ""
	}
	if p.Rate == "" {
		if p.Currency != own {
			problems.add(problem.New("FX_RATE_MISSING").In("rate").Under("R-FUN-9").With("currency", p.Currency).With("fund", own))
		}
		return money.Rate{}, civil.Date{}, ""
	}
	stated, err := money.ParseRate(p.Rate)
	switch {
	case err != nil:
		problems.add(rateOutOfRange(text3("above 0, at most ten decimals", "supérieur à 0, dix décimales au plus",
			"mayor que 0, con diez decimales como máximo")))
	case p.Currency != own:
		rateOrigin(p, at, problems)
		return stated, p.RateDate, p.RateSource
	case stated.String() != "1":
		problems.add(rateOutOfRange(text3("1 or blank for "+own, "1 ou vide pour "+own, "1 o en blanco para "+own)))
	}
	return money.Rate{}, civil.Date{}, ""
}

func rateOutOfRange(expected locale.Text) *problem.Problem {
	return problem.New("NUMBER_OUT_OF_RANGE").In("rate").Under("R-FUN-9").WithText("column", rateLabel).WithText("range", expected)
}

// rateOrigin asks where the rate comes from. Without it the row is imported all the same, and the gap shown: the bank's line may not say.
func rateOrigin(p paid, at imports.Place, problems *findings) {
	if p.RateDate.IsZero() && !unreadable(at, "rate_date") {
		problems.add(missing("rate_date", rateDateLabel, "R-FUN-9").Rated(problem.Warning))
	}
	if p.RateSource == "" && !unreadable(at, "rate_source") {
		problems.add(missing("rate_source", rateSourceLabel, "R-FUN-9").Rated(problem.Warning))
	}
}
