package trust

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// The fields of an event, as messages name them.
var (
	fieldAmount   = locale.Text{EN: "Amount", FR: "Montant", ES: "Importe"}
	fieldDate     = locale.Text{EN: "Date", FR: "Date", ES: "Fecha"}
	fieldDonor    = locale.Text{EN: "Donor", FR: "Donateur", ES: "Donante"}
	fieldActivity = locale.Text{EN: "Activity", FR: "Activité", ES: "Actividad"}
)

// Check says what an event lacks, whatever the books say.
//
// Problems: CELL_REQUIRED, NUMBER_OUT_OF_RANGE, CURRENCY_MISMATCH, ACTIVITY_CODE_UNKNOWN.
func (e Event) Check(p *programme.Edition) []*problem.Problem {
	var found []*problem.Problem
	required := func(field string, column locale.Text, missing bool) {
		if missing {
			found = append(found, problem.New("CELL_REQUIRED").In(field).WithText("column", column))
		}
	}
	currency := money.ISO(p.Fund.Currency)
	minor := e.Amount.Minor
	if e.Kind == ExchangeDiff {
		minor = max(minor, -minor)
	}
	if e.Amount.Currency != currency.Code {
		found = append(found, problem.New("CURRENCY_MISMATCH").In("currency").Valued(e.Amount.Currency).
			With("shown", e.Amount.Currency).With("stated", currency.Code))
	}
	if minor <= 0 || minor > money.Bound {
		found = append(found, problem.New("NUMBER_OUT_OF_RANGE").In("amount").Valued(e.Amount.Decimal(currency)).
			WithText("column", fieldAmount).With("range", "0 < … ≤ "+money.Amount{Minor: money.Bound, Currency: currency.Code}.Decimal(currency)))
	}
	required("date", fieldDate, e.Date.IsZero())
	required("donor", fieldDonor, (e.Kind == Deposit || e.Kind == Refund) && e.Donor == "")
	switch e.Kind {
	case Allocation, Deallocation, Expenditure:
		required("activity", fieldActivity, e.Activity == "")
		found = append(found, unknown("activity", e.Activity, p, false)...)
	case Deposit:
		found = append(found, unknown("earmark", e.Earmark, p, true)...)
	}
	return found
}

// AreaOf is the area of an activity, as deposits are earmarked for it: "fund/1" of "fund/1.1".
func AreaOf(activity string) string {
	area, _, _ := strings.Cut(activity, ".")
	return area
}

// unknown refuses a code that the fund does not have (R-FUN-6); "" is none.
func unknown(field, code string, p *programme.Edition, areas bool) []*problem.Problem {
	if code == "" {
		return nil
	}
	var codes []string
	for _, activity := range p.Fund.Activities {
		if code == activity.Code || areas && code == AreaOf(activity.Code) {
			return nil
		}
		codes = append(codes, activity.Code)
	}
	return []*problem.Problem{
		problem.New("ACTIVITY_CODE_UNKNOWN").In(field).Valued(code).Under("R-FUN-6").With("codes", strings.Join(codes, ", ")),
	}
}
