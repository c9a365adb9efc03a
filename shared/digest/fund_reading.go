package digest

import (
	"cmp"
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/trust"
)

// fundRecords is what the records tell of the fund: the figures are those of statements, workbooks and pages.
type fundRecords struct {
	statement.Input
	of       *statement.Fund // of the period
	term     *statement.Fund // of the period's term, up to the period's last day; nil where the programme has no such term
	bookings []booking       // contributions and expenditures of the period, in the order of their days
}

// booking is an entry of the books with the event that it tells of.
type booking struct {
	entry ledger.Entry
	event trust.Event
}

// minor is what came or went, in minor units of the fund's currency; below zero where the entry takes another back.
func (m booking) minor() int64 {
	if m.entry.Reverses != "" {
		return -m.event.Amount.Minor
	}
	return m.event.Amount.Minor
}

// readFund reads the fund's figures of a report's period.
func readFund(ctx context.Context, from records.Reader, d *draft) (fundRecords, error) {
	in, err := readStatements(ctx, from, d)
	if err != nil {
		return fundRecords{}, err
	}
	period := d.stated(d.Period)
	found := fundRecords{Input: in}
	if found.of, err = statement.Compute(in, period); err != nil {
		return found, err
	}
	if term, ok := d.Programme.TermAt(period.To); ok {
		if found.term, err = statement.Compute(in, d.stated(schedule.Period{From: term.Start, To: period.To})); err != nil {
			return found, err
		}
	}
	found.bookings, err = bookingsIn(in, period, d.Programme.Fund.Currency)
	return found, err
}

// readStatements reads what statements are computed from.
func readStatements(ctx context.Context, from records.Reader, d *draft) (statement.Input, error) {
	return donors.Read(ctx, from, donors.Source{Programme: d.Programme, Reference: d.Reference, At: d.at})
}

// stated is a period as statements have it.
func (s Source) stated(p schedule.Period) statement.Period {
	term, _ := s.Programme.TermOf(p.From, p.To)
	return statement.Period{From: p.From, To: p.To, Term: term.ID}
}

func bookingsIn(in statement.Input, period statement.Period, currency string) (all []booking, err error) {
	for entry, err := range in.Entries {
		switch event := trust.EventOf(entry, currency); {
		case err != nil:
			return nil, err
		case entry.Date.After(period.To):
			return all, nil
		case period.Contains(entry.Date) && (event.Kind == trust.Deposit || event.Kind == trust.Expenditure):
			all = append(all, booking{entry, event})
		}
	}
	return all, nil
}

// donorName is what a donor is called: a country as it is called in each language, everybody else as on record; its identifier where nothing on
// record names it.
func (s Source) donorName(donor fund.Donor, id string) locale.Text {
	if donor.Type == fund.DonorCountry {
		if country, known := s.Reference.Country(donor.Country); known {
			return country.Name
		}
	}
	return locale.Same(cmp.Or(donor.Name, id))
}

// daysFrom counts the days from one to a later one.
func daysFrom(from, to civil.Date) int {
	return int(to.StartOf(time.UTC).Sub(from.StartOf(time.UTC)) / (24 * time.Hour))
}
