package pages

import (
	"errors"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
)

// giving is what a donor gave, what it promised, and which instalments it still owes.
func (d desk) giving() (card, error) {
	out := card{Title: givingTitle, Empty: noGiving}
	own := d.who.Own().Donor
	donor, err := d.Donor(d.ctx, own)
	var p *problem.Problem
	if errors.As(err, &p) && p.Code == "DONOR_UNKNOWN" { // nothing was entered yet
		return out, nil
	}
	if err != nil {
		return out, err
	}
	pledges, err := d.Pledges(d.ctx, own)
	if err != nil {
		return out, err
	}
	out.Items = append(d.sums(received, donor.Received), d.sums(pledged, donor.Pledged)...)
	for _, one := range pledges {
		open, due := one.Open(), one.Instalment.DueOn
		if open.IsZero() || due.IsZero() {
			continue
		}
		out.Items = append(out.Items, d.instalment(open, due, one.Overdue))
	}
	return out, nil
}

func (d desk) instalment(open money.Amount, due civil.Date, late bool) item {
	when := dueOn
	if late {
		when = overdue
	}
	return item{
		Name: d.pair(owed.In(d.Lang), open.Format(d.Lang)), Note: when.In(d.Lang) + " " + due.Text().In(d.Lang), Urgent: late,
	}
}

// sums are amounts under a name, one a currency.
func (d desk) sums(name locale.Text, amounts []money.Amount) []item {
	var list []item
	for _, amount := range amounts {
		list = append(list, item{Name: name.In(d.Lang), Note: amount.Format(d.Lang)})
	}
	return list
}
