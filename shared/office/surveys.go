package office

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/survey"
)

// SurveyResult is how the answers to a survey are counted, and how many of the members answered.
type SurveyResult struct {
	Tally    survey.Tally
	Response survey.Response
}

// SurveyAnswer is an answer on record.
type SurveyAnswer struct {
	survey.Answer
	Counts bool // it came in time, and is the city's latest that did (R-SUR-2)
}

// Surveys lists the surveys, by their opening.
func (o *Office) Surveys(ctx context.Context) ([]programme.Survey, error) {
	return o.Programme.Surveys, o.leave(ctx, access.SurveyRead, access.Object{})
}

// Survey counts the answers to a survey. SURVEY_UNKNOWN, RECORD_BUSY.
func (o *Office) Survey(ctx context.Context, id string) (SurveyResult, error) {
	if err := o.leave(ctx, access.SurveyRead, access.Object{}); err != nil {
		return SurveyResult{}, err
	}
	asked, err := o.survey(id)
	if err != nil {
		return SurveyResult{}, err
	}
	var answers []survey.Answer
	members := map[string]member.Member{}
	err = o.snapshot(ctx, []string{member.RecordType, survey.RecordType}, func(from records.Reader) error {
		all, err := membersOf(ctx, from)
		if err != nil {
			return err
		}
		for _, m := range all {
			members[m.ID] = m.Member
		}
		answers, err = answersTo(ctx, from, asked)
		return err
	})
	return SurveyResult{
		Tally:    survey.Count(o.Programme, asked, answers, o.region),
		Response: survey.Respond(asked, answers, members, o.region),
	}, err
}

// SurveyAnswers lists the answers on record, those that count and those that don't, by city and day. SURVEY_UNKNOWN, RECORD_BUSY.
func (o *Office) SurveyAnswers(ctx context.Context, id string) ([]SurveyAnswer, error) {
	part, err := o.reach(ctx, access.SurveyReadAnswers)
	if err != nil {
		return nil, err
	}
	asked, err := o.survey(id)
	if err != nil {
		return nil, err
	}
	var answers []survey.Answer
	err = o.snapshot(ctx, []string{survey.RecordType}, func(from records.Reader) (err error) {
		answers, err = answersTo(ctx, from, asked)
		return err
	})
	counts := map[string]bool{}
	counted, _, _ := survey.Counting(asked, answers)
	for _, a := range counted {
		counts[a.ID()] = true
	}
	var found []SurveyAnswer
	for _, a := range answers {
		if holds(part, a.Country, a.Member) {
			found = append(found, SurveyAnswer{a, counts[a.ID()]})
		}
	}
	return found, err
}

func (o *Office) survey(id string) (programme.Survey, error) {
	asked, ok := o.Programme.Survey(id)
	if !ok {
		return asked, unknown("SURVEY_UNKNOWN", id, o.Programme.Surveys, func(s programme.Survey) string { return s.ID })
	}
	return asked, nil
}

func answersTo(ctx context.Context, from records.Reader, asked programme.Survey) (all []survey.Answer, err error) {
	err = scan(ctx, from, survey.RecordType, asked.ID, "", func(_ records.Record, a survey.Answer) { all = append(all, a) })
	return all, err
}
