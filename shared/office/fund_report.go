package office

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/statement"
)

// FundReport is what the fund's money of a period did, beside the period before and all time, without whose money it was. Amounts are minor
// units of the fund's currency.
type FundReport struct {
	Period        statement.Period
	Prior         statement.Period
	AsOf          civil.Date // the period's end, or today while the period isn't over
	Closed        bool       // nothing in the period can change any more
	Total         statement.Figures
	Activities    []statement.Budget // every one of the fund, in the programme's order; Donor is 0
	Beneficiaries []statement.Beneficiary
	Focus         []statement.Focus // each of the five measures of R-FUN-5
	Categories    []statement.Category
}

// FundReport goes over the fund's entries when they have changed since it was asked for last. ACCESS_DENIED, TERM_UNKNOWN, DATE_ORDER, DATE_INVALID; RECORD_BUSY while an import of the fund's
// entries goes on.
func (o *Office) FundReport(ctx context.Context, of Span) (FundReport, error) {
	if err := o.leave(ctx, access.FundReadTotals, access.Object{}); err != nil {
		return FundReport{}, err
	}
	period, err := donors.Period(o.Programme, of.Term, of.From, of.To, o.today())
	if err != nil {
		return FundReport{}, err
	}
	all, err := o.fundFigures(ctx, period, false, func(records.Reader) error { return nil })
	if err != nil {
		return FundReport{}, err
	}
	return FundReport{
		Period: all.Period, Prior: all.Prior, AsOf: all.AsOf, Closed: all.Closed, Total: all.Total, Activities: all.Activities,
		Beneficiaries: all.Beneficiaries, Focus: all.Focus, Categories: all.Categories,
	}, nil
}
