package exports

import (
	"context"
	"fmt"
	"strconv"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/survey"
)

// stored is a record with its body decoded.
type stored[T any] struct {
	Body T
	records.Record
}

// scan reads the records of a type and partition in the order of their identifiers.
func scan[T any](ctx context.Context, from records.Reader, typ, partition string) ([]stored[T], error) {
	var all []stored[T]
	err := from.Scan(ctx, typ, partition, "", func(r records.Record) error {
		one := stored[T]{Record: r}
		if err := records.Decode(r.Body, &one.Body); err != nil {
			return fmt.Errorf("%s: %w", r.Ref, err)
		}
		one.Record.Body = nil // decoded: a hundred thousand contributions need not be held twice
		all = append(all, one)
		return nil
	})
	return all, err
}

// byID keeps the bodies of records by their identifiers.
func byID[T any](all []stored[T]) map[string]T {
	bodies := make(map[string]T, len(all))
	for _, one := range all {
		bodies[one.Ref.ID] = one.Body
	}
	return bodies
}

// money is what the budget workbook shows of the records.
type moneyRecords struct {
	members       []stored[member.Member]
	offers        []stored[questionnaire.Offer]
	contributions []stored[fund.Contribution] // of the term
}

func (r *request) readMoney(ctx context.Context) (moneyRecords, error) {
	var m moneyRecords
	types := []string{member.RecordType, questionnaire.RecordType, fund.RecordType}
	err := r.Records.Snapshot(ctx, types, func(from records.Reader) (err error) {
		m = moneyRecords{} // the snapshot may be taken again
		if m.members, err = scan[member.Member](ctx, from, member.RecordType, ""); err != nil {
			return err
		}
		if m.offers, err = scan[questionnaire.Offer](ctx, from, questionnaire.RecordType, r.term.ID); err != nil {
			return err
		}
		m.contributions, err = contributionsOf(ctx, from, r.term)
		return err
	})
	return m, err
}

// contributionsOf reads the years that a term touches, and keeps what was received in the term.
func contributionsOf(ctx context.Context, from records.Reader, term programme.Term) ([]stored[fund.Contribution], error) {
	var within []stored[fund.Contribution]
	for year := term.Start.Year; year <= term.End.Year; year++ {
		all, err := scan[fund.Contribution](ctx, from, fund.RecordType, strconv.Itoa(year))
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			if term.Contains(c.Body.ReceivedOn) {
				within = append(within, c)
			}
		}
	}
	return within, nil
}

// memberRecords is what the membership workbook shows of the records.
type memberRecords struct {
	members      []stored[member.Member]
	applications []stored[application.Application]
	endorsements map[string]application.Endorsement
	decisions    map[string]application.Decision
	answers      []survey.Answer
}

func (r *request) readMembership(ctx context.Context) (memberRecords, error) {
	var m memberRecords
	types := []string{
		member.RecordType, application.RecordType, application.EndorsementType, application.DecisionType, survey.RecordType,
	}
	err := r.Records.Snapshot(ctx, types, func(from records.Reader) (err error) {
		m = memberRecords{}
		if m.members, err = scan[member.Member](ctx, from, member.RecordType, ""); err != nil {
			return err
		}
		if m.applications, err = scan[application.Application](ctx, from, application.RecordType, r.call.ID); err != nil {
			return err
		}
		endorsements, err := scan[application.Endorsement](ctx, from, application.EndorsementType, r.call.ID)
		if err != nil {
			return err
		}
		decisions, err := scan[application.Decision](ctx, from, application.DecisionType, r.call.ID)
		if err != nil {
			return err
		}
		answers, err := scan[survey.Answer](ctx, from, survey.RecordType, r.Programme.LatestSurvey().ID)
		if err != nil {
			return err
		}
		m.endorsements, m.decisions = byID(endorsements), byID(decisions)
		for _, a := range answers {
			m.answers = append(m.answers, a.Body)
		}
		return nil
	})
	return m, err
}

// storedMember is a member as it stands on record.
type storedMember = stored[member.Member]
