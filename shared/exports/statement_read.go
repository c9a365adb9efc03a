package exports

import (
	"context"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/statement"
)

// statementTypes are the types of records that statements are made from.
func statementTypes() []string {
	return append(registry.FundTypes(), fund.RecordType, fund.InstalmentType, fund.ResultType, member.RecordType)
}

// statementRecords is what statements are made from.
type statementRecords struct {
	statement.Input
	cities map[string]string         // names of member cities by identifier
	finals []registry.FinalStatement // of the donor and the period that are asked for, in the order of their versions
}

// ReadStatements reads what statements are computed from, at one moment. The entries can be gone through after it, as often as is wanted:
// they are those up to the head.
func ReadStatements(ctx context.Context, in Input) (statement.Input, error) {
	found, err := readStatements(ctx, in)
	return found.Input, err
}

func readStatements(ctx context.Context, in Input) (statementRecords, error) {
	from := statementRecords{Input: statement.Input{
		Programme: in.Programme, Reference: in.Reference, Today: civil.Of(in.At, in.Programme.LatestCall().Location()),
	}}
	err := in.Records.Snapshot(ctx, statementTypes(), func(reader records.Reader) error {
		books, err := registry.ReadFundBooks(ctx, reader)
		if err != nil {
			return err
		}
		from.Head, from.ClosedTo, from.Entries = books.Head(), books.ClosedTo(), books.Entries(ctx)
		if from.Pledges, err = registry.Pledges(ctx, reader); err != nil {
			return err
		}
		if from.Donors, err = registry.Donors(ctx, reader, in.Programme, in.At.Year(), from.Pledges); err != nil {
			return err
		}
		if from.Results, err = readResults(ctx, reader, in.Programme); err != nil {
			return err
		}
		if from.finals, err = readFinals(ctx, reader, in, from.Donors); err != nil {
			return err
		}
		members, err := scan[member.Member](ctx, reader, member.RecordType, "")
		from.cities = map[string]string{}
		for _, m := range members {
			from.cities[m.id] = m.body.City
		}
		return err
	})
	return from, err
}

// readFinals reads what was made final of the statement that is asked for; nothing where none is, or its donor is not known.
func readFinals(ctx context.Context, from records.Reader, in Input, donors map[string]fund.Donor) ([]registry.FinalStatement, error) {
	donor, err := FindDonor(donors, in.Donor, in.Reference)
	if err != nil {
		return nil, nil
	}
	period, err := StatementPeriod(in)
	if err != nil {
		return nil, err
	}
	return registry.StatementsOf(ctx, from, registry.StatementOf{Donor: donor, From: period.From, To: period.To})
}

// standing is a donor's statement as it stands: final, in its last version and with the head of its approval, as long as its figures are
// those that two persons made final; else a provisional one of the version that would follow.
func standing(all *statement.Fund, donor string, found statementRecords) (*statement.Statement, error) {
	s, err := all.Statement(statement.Order{Donor: donor})
	if err != nil || len(found.finals) == 0 {
		return s, err
	}
	last := found.finals[len(found.finals)-1]
	if last.Digest != s.Digest {
		return all.Statement(statement.Order{Donor: donor, Version: last.Version + 1})
	}
	issued := civil.Of(last.At, found.Programme.LatestCall().Location())
	s, err = all.Statement(statement.Order{Donor: donor, Status: statement.Final, Version: last.Version, IssuedOn: issued})
	if err == nil { // what was appended since its approval changed nothing of it
		s.Head = statement.Head{Batch: last.Batch, Hash: last.Hash, Entries: last.Entries}
	}
	return s, err
}

func readResults(ctx context.Context, from records.Reader, p *programme.Edition) ([]statement.Result, error) {
	labels := map[string]locale.Text{}
	for _, figure := range p.ResultFigures {
		labels[figure.ID] = figure.Label
	}
	var results []statement.Result
	for _, term := range p.Terms {
		all, err := scan[fund.Result](ctx, from, fund.ResultType, term.ID)
		if err != nil {
			return nil, err
		}
		for r := range bodies(all) {
			one := statement.Result{Activity: r.Activity, Term: r.Term, Narrative: r.Text}
			for _, figure := range r.Figures {
				one.Figures = append(one.Figures, statement.Measured{Label: labels[figure.ID], Value: strconv.FormatInt(figure.Count, 10)})
			}
			results = append(results, one)
		}
	}
	return results, nil
}

// StatementPeriod is the period that a statement is asked for of: the days that were named, or the term. TERM_UNKNOWN, DATE_ORDER.
func StatementPeriod(in Input) (statement.Period, error) {
	r, err := in.resolve()
	if err != nil {
		return statement.Period{}, err
	}
	if in.From.IsZero() && in.To.IsZero() {
		period, _ := statement.OfTerm(in.Programme, r.term.ID)
		return period, nil
	}
	if in.From.IsZero() || in.To.Before(in.From) {
		return statement.Period{}, problem.New("DATE_ORDER").In("to").Valued(in.To).WithText("column", fromWord).WithText("date", in.From.Text())
	}
	term, _ := in.Programme.TermOf(in.From, in.To)
	return statement.Period{From: in.From, To: in.To, Term: term.ID}, nil
}
