package agenda

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/giving"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/schedule"
)

// fund tells from when until when there are statements about donors' agreements, and which instalments are not covered.
func (f *facts) fund(ctx context.Context) error {
	var pledges []fund.Instalment
	var open []fund.Standing
	err := f.Records.Snapshot(ctx, []string{fund.InstalmentType, fund.RecordType}, func(from records.Reader) (err error) {
		open = nil
		if pledges, err = registry.Pledges(ctx, from); err != nil {
			return err
		}
		dated := func(i fund.Instalment) bool { return !i.DueOn.IsZero() && !i.DueOn.Before(f.since) }
		if !slices.ContainsFunc(pledges, dated) {
			return nil // what came need not be read
		}
		var donors []string
		for _, i := range pledges {
			donors = append(donors, i.DonorID())
		}
		slices.Sort(donors)
		source := giving.Source{From: from, Programme: f.Programme, Year: f.today.Year}
		gifts, err := giving.Gifts(ctx, source, slices.Compact(donors))
		if err != nil {
			return err
		}
		cover := fund.NewPromises(pledges).Cover(f.today)
		for _, gift := range gifts {
			cover.Add(gift)
		}
		for _, s := range cover.Standings() {
			if dated(s.Instalment) && s.Open().Minor > 0 {
				open = append(open, s)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	f.agreements(pledges)
	for _, s := range open {
		i := s.Instalment
		subject := schedule.Subject{Donor: i.DonorID(), Agreement: i.AgreementKey(), Number: i.Number}
		f.mark(programme.InstalmentOverdue, subject, i.DueOn, nil)
	}
	return nil
}

// agreements tells the time of each agreement under which anything is promised: from the day on which it was signed to the end of the term
// in which its last instalment falls due, since the fund raises and spends its money by terms (R-FUN-1); where no day was agreed or
// no term has it, to that day, or the day of signing. The years of the agreement that begin by then have their statements (R-FUN-3).
func (f *facts) agreements(pledges []fund.Instalment) {
	type agreement struct{ first, last civil.Date }
	found := map[schedule.Subject]agreement{}
	var order []schedule.Subject
	for _, i := range pledges {
		if i.Amount.Minor == 0 || i.SignedOn.IsZero() {
			continue
		}
		subject := schedule.Subject{Donor: i.DonorID(), Agreement: i.AgreementKey()}
		a, known := found[subject]
		if !known {
			a = agreement{i.SignedOn, i.SignedOn}
			order = append(order, subject)
		}
		if i.SignedOn.Before(a.first) {
			a.first = i.SignedOn
		}
		if i.DueOn.After(a.last) {
			a.last = i.DueOn
		}
		found[subject] = a
	}
	for _, subject := range order {
		a := found[subject]
		if term, ok := f.Programme.TermAt(a.last); ok {
			a.last = term.End
		}
		f.add(programme.DonorStatement, subject, a.first, a.last)
	}
}
