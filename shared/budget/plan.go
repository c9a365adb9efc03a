package budget

import (
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Plan is what the fund means to spend in one term (R-FUN-6).
type Plan struct {
	Currency     money.Currency
	Target       Total // R-FUN-1
	Areas        []PlanArea
	Activities   Total        // the sum of all activities
	SupportCosts money.Amount // SupportPercent of the activities (R-FUN-10)
	Percent      string       // decimal text, "0" until the secretariat sets one
}

// PlanArea is one of the fund's own work areas with its activities.
type PlanArea struct {
	programme.WorkArea
	Activities []programme.Activity
	Planned    Total
}

// Needed is what the activities and the support costs take together.
func (p Plan) Needed() (money.Amount, error) { return p.Activities.Computed.Add(p.SupportCosts) }

// PlanOf works out the fund's plan for one term. Its error is one of package
// money: sums beyond money.Bound, or a support cost that is not a decimal.
func PlanOf(f programme.Fund) (Plan, error) {
	s := sums{currency: money.ISO(f.Currency)}
	p := Plan{Currency: s.currency, Percent: f.SupportCostPercent, Target: Total{Computed: f.Target, Printed: f.PrintedTarget}}
	total := money.Zero(s.currency)
	for _, area := range f.Areas {
		a := PlanArea{WorkArea: area}
		sum := money.Zero(s.currency)
		for _, activity := range f.Activities {
			if activity.Area == area.Number {
				a.Activities = append(a.Activities, activity)
				sum = s.plus(sum, activity.Planned)
			}
		}
		a.Planned = Total{Computed: sum, Printed: area.PrintedAll}
		total = s.plus(total, sum)
		p.Areas = append(p.Areas, a)
	}
	p.Activities = Total{Computed: total, Printed: f.PrintedTotal}
	p.SupportCosts = s.keep(percentage(total, f.SupportCostPercent, s.currency))
	return p, s.err
}

// percentage is exact to the minor unit, halves rounded away from zero.
func percentage(a money.Amount, percent string, c money.Currency) (money.Amount, error) {
	part, err := money.ParsePercent(percent)
	if err != nil {
		return money.Zero(c), err
	}
	return part.Of(a), nil
}
