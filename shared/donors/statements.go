// Package donors tells who the donors on record are and how the statement of each stands: it finds the one that a person names, reads what
// statements are computed from, and says which of them are final. It knows no sheet, and not who may see what.
package donors

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/statement"
)

// Source is by what statements are read, and as of when.
type Source struct {
	Programme *programme.Edition
	Reference *reference.Data
	At        time.Time
}

// today is the day of the moment, in the network's zone.
func (s Source) today() civil.Date { return civil.Of(s.At, s.Programme.LatestCall().Location()) }

// Types are the types of records that Read reads: a snapshot is taken of them.
func Types() []string {
	return append(registry.FundTypes(), fund.RecordType, fund.InstalmentType, fund.ResultType)
}

// Read reads what statements are computed from, as a reader within a snapshot shows it. The entries can be gone through after it, as often
// as is wanted: they are those up to the head.
func Read(ctx context.Context, from records.Reader, s Source) (statement.Input, error) {
	in := statement.Input{Programme: s.Programme, Reference: s.Reference, Today: s.today()}
	books, err := registry.ReadFundBooks(ctx, from)
	if err != nil {
		return in, err
	}
	in.Head, in.ClosedTo, in.Entries = books.Head(), books.ClosedTo(), books.Entries(ctx)
	if in.Pledges, err = registry.Pledges(ctx, from); err != nil {
		return in, err
	}
	if in.Donors, err = registry.Donors(ctx, from, s.Programme, s.At.Year(), in.Pledges); err != nil {
		return in, err
	}
	in.Results, err = readResults(ctx, from, s.Programme)
	return in, err
}

func readResults(ctx context.Context, from records.Reader, p *programme.Edition) ([]statement.Result, error) {
	labels := map[string]locale.Text{}
	for _, figure := range p.ResultFigures {
		labels[figure.ID] = figure.Label
	}
	var results []statement.Result
	for _, term := range p.Terms {
		err := from.Scan(ctx, fund.ResultType, term.ID, "", func(record records.Record) error {
			var r fund.Result
			if err := records.Decode(record.Body, &r); err != nil {
				return fmt.Errorf("%s: %w", record.Ref, err)
			}
			one := statement.Result{Activity: r.Activity, Term: r.Term, Narrative: r.Text}
			for _, figure := range r.Figures {
				one.Figures = append(one.Figures, statement.Measured{Label: labels[figure.ID], Value: strconv.FormatInt(figure.Count, 10)})
			}
			results = append(results, one)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return results, nil
}

// Period is the one that a statement is asked for of: the days that are named, else the term, else the one of today or, without one, the
// latest. TERM_UNKNOWN, DATE_ORDER, DATE_INVALID for a year that no fund has.
func Period(p *programme.Edition, term string, from, to, today civil.Date) (statement.Period, error) {
	switch {
	case from.IsZero() && to.IsZero():
	case from.IsZero() || to.Before(from):
		return statement.Period{}, problem.New("DATE_ORDER").In("to").Valued(to).WithText("column", fromWord).WithText("date", from.Text())
	case from.Year < firstYear: // the period before it, with which it is compared, has to be one of the calendar
		return statement.Period{}, problem.New("DATE_INVALID").In("from").Valued(from.String())
	case to.Year > lastYear:
		return statement.Period{}, problem.New("DATE_INVALID").In("to").Valued(to.String())
	default:
		named, _ := p.TermOf(from, to)
		return statement.Period{From: from, To: to, Term: named.ID}, nil
	}
	if term == "" {
		current, ok := p.TermAt(today)
		if !ok {
			current = p.LatestTerm()
		}
		term = current.ID
	}
	period, ok := statement.OfTerm(p, term)
	if !ok {
		return period, noTerm(p, term)
	}
	return period, nil
}

// The years of which statements can be.
const firstYear, lastYear = 1900, 2999

var fromWord = locale.Text{EN: "From", FR: "Du", ES: "Desde"}

func noTerm(p *programme.Edition, term string) *problem.Problem {
	var known []string
	for _, one := range p.Terms {
		known = append(known, one.ID)
	}
	missing := problem.New("TERM_UNKNOWN").In("term").Valued(term).With("known", strings.Join(known, ", "))
	if near, ok := locale.Nearest(term, known); ok {
		missing.Suggest(near)
	}
	return missing
}

// Standing is a donor's statement as it stands: final, in its last version and with the head of its approval, as long as its figures are
// those that two persons made final; else a provisional one of the version that would follow. finals are the final versions in their order.
// REF_NOT_FOUND for a donor that is unheard of.
func Standing(all *statement.Fund, donor string, finals []registry.FinalStatement, zone *time.Location) (*statement.Statement, error) {
	s, err := all.Statement(statement.Order{Donor: donor})
	if errors.Is(err, statement.ErrDonor) {
		return nil, noDonor(donor)
	}
	if err != nil || len(finals) == 0 {
		return s, err
	}
	last := finals[len(finals)-1]
	if last.Digest != s.Digest {
		return all.Statement(statement.Order{Donor: donor, Version: last.Version + 1})
	}
	issued := civil.Of(last.At, zone)
	s, err = all.Statement(statement.Order{Donor: donor, Status: statement.Final, Version: last.Version, IssuedOn: issued})
	if err == nil { // what was appended since its approval changed nothing of it
		s.Head = statement.Head{Batch: last.Batch, Hash: last.Hash, Entries: last.Entries}
	}
	return s, err
}

// Figures gives the digests of statements by the same computing that the workbook, the papers and the API show.
func Figures(p *programme.Edition, known *reference.Data) registry.Figures {
	return func(ctx context.Context, from records.Reader, at time.Time, of registry.StatementOf) (string, error) {
		in, err := Read(ctx, from, Source{Programme: p, Reference: known, At: at})
		if err != nil {
			return "", err
		}
		all, err := statement.Compute(in, statement.Period{From: of.From, To: of.To, Term: of.Term})
		if err != nil {
			return "", err
		}
		s, err := all.Statement(statement.Order{Donor: of.Donor})
		if errors.Is(err, statement.ErrDonor) {
			return "", registry.ErrDonor
		}
		if err != nil {
			return "", err
		}
		return s.Digest, nil
	}
}
