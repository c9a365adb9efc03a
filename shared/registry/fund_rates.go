package registry

import (
	"cmp"
	"context"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/trust"
)

// MonthRate is the rate of a currency that is on record for a day: the last one of its month that held by then (R-FUN-9). FX_RATE_MISSING.
func (r *Registry) MonthRate(ctx context.Context, currency string, on civil.Date) (fund.MonthRate, error) {
	var found fund.MonthRate
	year, prefix := fund.RatesOfMonth(currency, on)
	err := scan(ctx, r.records, fund.RateType, year, prefix, func(_ records.Record, rate fund.MonthRate) error {
		if !rate.From.After(on) {
			found = rate
		}
		return nil
	})
	if err == nil && found.Rate.IsZero() {
		err = problem.New("FX_RATE_MISSING").In("rate").Under("R-FUN-9").
			With("currency", currency).With("fund", r.currency().Code).WithText("month", on.MonthText())
	}
	return found, err
}

// Payment is money as it was paid, in any currency, and the rate that is stated with it.
type Payment struct {
	Amount     money.Amount
	Rate       money.Rate // units of the fund's currency for one unit paid; zero for the month's rate on record
	RateDate   civil.Date // of a stated rate; zero for the event's day
	RateSource string     // of a stated rate
}

// Paid is the event with its amount as it was paid, in the fund's currency: converted, where another one was paid, at the rate that is stated
// or else the rate on record for the bank's day (R-FUN-9). FX_RATE_MISSING; NUMBER_OUT_OF_RANGE for more than an entry can hold.
func (r *Registry) Paid(ctx context.Context, e trust.Event, p Payment) (trust.Event, error) {
	own, paid := r.currency(), money.ISO(p.Amount.Currency)
	if paid.Code == own.Code {
		e.Amount = p.Amount
		return e, nil
	}
	original := ledger.Original{Amount: p.Amount, Rate: p.Rate, RateDate: cmp.Or(p.RateDate, e.Date), RateSource: p.RateSource}
	if p.Rate.IsZero() {
		month, err := r.MonthRate(ctx, paid.Code, cmp.Or(e.ValueDate, e.Date))
		if err != nil {
			return e, err
		}
		original.Rate, original.RateDate, original.RateSource = month.Rate.Inverse(), month.From, month.Source
	}
	var err error
	if e.Amount, err = original.Worth(own); err != nil {
		return e, trust.OutOfRange(p.Amount, paid)
	}
	e.Original = &original
	return e, nil
}

// Rates are the monthly rates of a year on record, by currency and day. currency is an ISO 4217 code, "" for all.
func (r *Registry) Rates(ctx context.Context, year int, currency string) ([]fund.MonthRate, error) {
	var rates []fund.MonthRate
	prefix := ""
	if currency != "" {
		prefix = currency + "#"
	}
	err := scan(ctx, r.records, fund.RateType, strconv.Itoa(year), prefix, func(_ records.Record, rate fund.MonthRate) error {
		rates = append(rates, rate)
		return nil
	})
	return rates, err
}
