package exports

import (
	"context"

	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/statement"
)

// statementRecords is what statements are made from.
type statementRecords struct {
	statement.Input
	cities map[string]string         // names of member cities by identifier
	finals []registry.FinalStatement // of the donor and the period that are asked for, in the order of their versions
}

func readStatements(ctx context.Context, in Input) (statementRecords, error) {
	var from statementRecords
	err := in.Records.Snapshot(ctx, append(donors.Types(), member.RecordType), func(reader records.Reader) (err error) {
		from = statementRecords{cities: map[string]string{}}
		source := donors.Source{Programme: in.Programme, Reference: in.Reference, At: in.At}
		if from.Input, err = donors.Read(ctx, reader, source); err != nil {
			return err
		}
		if from.finals, err = readFinals(ctx, reader, in, from.Donors); err != nil {
			return err
		}
		members, err := scan[member.Member](ctx, reader, member.RecordType, "")
		for _, m := range members {
			from.cities[m.id] = m.body.City
		}
		return err
	})
	return from, err
}

// readFinals reads what was made final of the statement that is asked for; nothing where none is, or its donor is not known.
func readFinals(ctx context.Context, from records.Reader, in Input, known map[string]fund.Donor) ([]registry.FinalStatement, error) {
	donor, err := donors.Find(known, in.Donor, in.Reference)
	if err != nil {
		return nil, nil
	}
	period, err := statementPeriod(in)
	if err != nil {
		return nil, err
	}
	return registry.StatementsOf(ctx, from, registry.StatementOf{Donor: donor, From: period.From, To: period.To})
}

// statementPeriod is the period that a statement is asked for of: the days that were named, or the term. TERM_UNKNOWN, DATE_ORDER.
func statementPeriod(in Input) (statement.Period, error) {
	r, err := in.resolve()
	if err != nil {
		return statement.Period{}, err
	}
	return donors.Period(in.Programme, r.term.ID, in.From, in.To, r.day)
}
