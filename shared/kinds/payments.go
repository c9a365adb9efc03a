package kinds

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// payments reads the money of rows, received or spent in any currency, and the rate at which the fund's books have it (R-FUN-9).
type payments struct {
	env    *imports.Env
	months map[string][]stored[fund.MonthRate] // by fund.RatesOfMonth
}

func newPayments(env *imports.Env) payments {
	return payments{env: env, months: map[string][]stored[fund.MonthRate]{}}
}

// paid is what a row says of its money; columns of these identifiers have it.
type paid struct {
	Amount, Currency string
	On               civil.Date // the value date; none where it can't be read
	Rate             string
	RateDate         civil.Date
	RateSource       string
}

// conversion is how the fund's books have money that was paid in another currency; nothing for money in the fund's own.
type conversion struct {
	Rate   money.Rate
	Date   civil.Date
	Source string
	Rests  []imports.Rest // the month's rate, where it is that
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

// rate is the one that money in another currency is converted at, with its date and source: the one that the row states, else the month's
// on record (R-FUN-9). The fund's own currency needs none.
func (x payments) rate(ctx context.Context, p paid, at imports.Place, problems *findings) (conversion, error) {
	own := x.env.Programme.Fund.Currency
	switch {
	case p.Currency == "" || unreadable(at, "currency", "rate"):
		return conversion{}, nil
	case p.Rate != "":
		return x.stated(p, at, problems), nil
	case p.Currency == own || p.On.IsZero():
		return conversion{}, nil
	}
	found, ok, err := x.monthly(ctx, p.Currency, p.On)
	if err != nil {
		return conversion{}, err
	}
	if !ok {
		problems.add(problem.New("FX_RATE_MISSING").In("rate").Under("R-FUN-9").
			With("currency", p.Currency).With("fund", own).WithText("month", p.On.MonthText()))
		return conversion{}, nil
	}
	month := found.Body
	ref := records.Ref{Type: fund.RateType, Partition: month.Year(), ID: month.ID()}
	return conversion{month.Rate.Inverse(), month.From, month.Source, []imports.Rest{{Ref: ref, Version: found.Version}}}, nil
}

// stated is the rate that a row states itself.
func (x payments) stated(p paid, at imports.Place, problems *findings) conversion {
	own := x.env.Programme.Fund.Currency
	rate, err := money.ParseRate(p.Rate)
	switch {
	case err != nil:
		problems.add(notARate("rate", rateLabel))
	case p.Currency != own:
		rateOrigin(p, at, problems)
		return conversion{Rate: rate, Date: p.RateDate, Source: p.RateSource}
	case rate.String() != "1":
		problems.add(rateOutOfRange("rate", rateLabel, text3("1 or blank for "+own, "1 ou vide pour "+own, "1 o en blanco para "+own)))
	}
	return conversion{}
}

// monthly is the rate on record for a day: the last one of its month that held by then. Those of a month are read when first asked for.
func (x payments) monthly(ctx context.Context, currency string, on civil.Date) (stored[fund.MonthRate], bool, error) {
	year, month := fund.RatesOfMonth(currency, on)
	rates, known := x.months[month]
	if !known {
		err := x.env.Records.Scan(ctx, fund.RateType, year, month, func(r records.Record) error {
			rates = append(rates, stored[fund.MonthRate]{Version: r.Version})
			return records.Decode(r.Body, &rates[len(rates)-1].Body)
		})
		if err != nil {
			return stored[fund.MonthRate]{}, false, fmt.Errorf("kinds: rates of %s: %w", month, err)
		}
		x.months[month] = rates
	}
	for _, rate := range slices.Backward(rates) {
		if !rate.Body.From.After(on) {
			return rate, true, nil
		}
	}
	return stored[fund.MonthRate]{}, false, nil
}

// notARate is what a cell gets that is a number and can be no rate.
func notARate(field string, label locale.Text) *problem.Problem {
	return rateOutOfRange(field, label, text3("above 0, at most 100,000,000, with ten decimals at most",
		"supérieur à 0, 100 000 000 au plus, dix décimales au plus", "mayor que 0, hasta 100 000 000, con diez decimales como máximo"))
}

func rateOutOfRange(field string, label, expected locale.Text) *problem.Problem {
	return problem.New("NUMBER_OUT_OF_RANGE").In(field).Under("R-FUN-9").WithText("column", label).WithText("range", expected)
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
