package pages

import (
	"errors"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// giving is what a donor gave, what it promised, and which instalments it still owes.
func (d desk) giving() (card, error) {
	own := d.who.Own().Donor
	out := card{Title: givingTitle, Empty: noGiving, Acts: []act{{page.DonorPath(own), givingAct}}}
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

// statements are those of the donor that two persons have made final, the latest first.
func (d desk) statements() (card, error) {
	out := card{Title: statementsTitle, Empty: noStatements}
	final, err := d.FinalStatements(d.ctx, d.who.Own().Donor)
	var p *problem.Problem
	if errors.As(err, &p) && p.Code == "DONOR_UNKNOWN" {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	for _, one := range slices.Backward(final) {
		out.Items = append(out.Items, item{
			Name: one.From.Text().In(d.Lang) + " – " + one.To.Text().In(d.Lang), Path: page.DonorPath(one.Donor) + "/statements",
			Note: finalWord.In(d.Lang) + " " + civil.Of(one.At, time.UTC).Text().In(d.Lang),
		})
	}
	return out, nil
}

// sums are amounts under a name, one a currency.
func (d desk) sums(name locale.Text, amounts []money.Amount) []item {
	var list []item
	for _, amount := range amounts {
		list = append(list, item{Name: name.In(d.Lang), Note: amount.Format(d.Lang)})
	}
	return list
}
