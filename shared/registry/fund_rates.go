package registry

import (
	"context"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
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
