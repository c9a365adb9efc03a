package digest

import (
	"cmp"
	"context"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/summary"
)

// instalmentOverdue reminds of an instalment of a pledge whose day has passed (R-FUN-8). What of it is open is what the donor's contributions
// up to the moment don't cover.
func instalmentOverdue(ctx context.Context, from records.Reader, d *draft) error {
	today := civil.Of(d.at, d.Programme.LatestCall().Location())
	in, err := readStatements(ctx, from, d)
	if err != nil {
		return err
	}
	of, err := standingOf(in, d, today)
	if err != nil {
		return err
	}
	d.report.Path = donorPath(d.Subject.Donor)
	i, open := of.Instalment, of.Open()
	agreement := cmp.Or(i.Agreement, d.Subject.Agreement)
	d.report.Title = say(overdueSubject, "donor", d.donorName(in.Donors[d.Subject.Donor], d.Subject.Donor), "number", d.Subject.Number, "agreement", agreement)
	if open.Minor <= 0 { // it came, or was dropped, in the hour of the reminder
		d.report.Lead = overdueNoMore
		return nil
	}
	d.report.Lead = say(overdueLead, "open", summary.Money(open), "number", d.Subject.Number, "agreement", agreement, "due", i.DueOn, "today", today)
	d.report.Figures = []summary.Figure{
		{Key: "due", Label: dueOnWord, Value: summary.Day(i.DueOn)},
		{Key: "days", Label: daysOverdueWord, Value: summary.Number(daysFrom(i.DueOn, today))},
		{Key: "amount", Label: instalmentWord, Value: summary.Money(i.Amount)},
		{Key: "received", Label: coveredWord, Value: summary.Money(of.Covered)},
		{Key: "open", Label: openWord, Value: summary.Money(open)},
	}
	return nil
}

// standingOf is the instalment that is reminded of, and how far the donor's contributions up to a day cover it; of one that is not on record,
// nothing.
func standingOf(in statement.Input, d *draft, today civil.Date) (fund.Standing, error) {
	cover := fund.NewPromises(in.Pledges).Cover(today)
	for entry, err := range in.Entries {
		if err != nil {
			return fund.Standing{}, err
		}
		if gift, ok := statement.GiftOf(entry, d.Programme.Fund.Currency); ok {
			cover.Add(gift)
		}
	}
	for _, one := range cover.Standings() {
		i := one.Instalment
		if i.DonorID() == d.Subject.Donor && i.AgreementKey() == d.Subject.Agreement && i.Number == d.Subject.Number {
			return one, nil
		}
	}
	return fund.Standing{}, nil
}
