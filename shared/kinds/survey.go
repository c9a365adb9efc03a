package kinds

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/survey"
)

// Survey is the kind of sheets with member cities' answers to the survey of their primary concerns (R-SUR-1). Which survey a row
// answers follows from its date.
func Survey() imports.Kind {
	return imports.Define(imports.Definition[surveyRow]{
		Name:    "survey",
		Touches: []string{survey.RecordType},
		Schema:  surveySchema,
		Begin: func(ctx context.Context, env *imports.Env) (imports.Rules[surveyRow], error) {
			members, err := loadMembers(ctx, env)
			return &surveyRules{env: env, members: members}, err
		},
	})
}

type surveyRow struct {
	City       string            `sheet:"city"`
	Country    string            `sheet:"country"`
	Topics     []string          `sheet:"topics"`
	Single     map[string]string `sheet:"topic_*"` // by the column's number
	Coordinate bool              `sheet:"coordinate"`
	AnsweredOn civil.Date        `sheet:"answered_on"`
}

// chosen are the topics of the row, whichever way they are laid out.
func (r surveyRow) chosen() []string {
	return slices.AppendSeq(slices.Clone(r.Topics), maps.Values(r.Single))
}

type surveyRules struct {
	env     *imports.Env
	members *memberIndex
}

// Judge holds R-SUR-1 to R-SUR-3.
func (r *surveyRules) Judge(_ context.Context, row surveyRow, at imports.Place) (imports.Judgement, error) {
	j := imports.Judgement{Label: cityLabel(r.env, row.City, row.Country).In(r.env.Lang)}
	topics, p := r.topics(row, at)
	var problems findings
	problems.add(p)
	asked, ok := survey.Of(r.env.Programme, row.AnsweredOn)
	if !ok || unreadable(at, "city", "country", "answered_on") {
		j.Problems = problems
		return j, nil
	}
	if !survey.InTime(asked, row.AnsweredOn) {
		problems.add(late(asked))
	}
	m, p := r.members.voter(row.City, row.Country, row.AnsweredOn, "R-SUR-2")
	if !problems.add(p) {
		answer := survey.Answer{
			Member: m.ID, City: m.City, Country: m.Country,
			Topics: topics, Coordinate: row.Coordinate, AnsweredOn: row.AnsweredOn,
		}
		j.Key = answer.ID()
		ref := records.Ref{Type: survey.RecordType, Partition: asked.ID, ID: answer.ID()}
		j.Changes, j.Rests = []imports.Change{{Ref: ref, Body: answer}}, m.rest()
	}
	j.Problems = problems
	return j, nil
}

// topics are the distinct ones of a row: at least one (R-SUR-1), and no more than the programme allows (R-SUR-3).
func (r *surveyRules) topics(row surveyRow, at imports.Place) ([]string, *problem.Problem) {
	topics := survey.Choose(r.env.Programme, row.chosen())
	switch {
	case survey.TooMany(r.env.Programme, topics):
		return topics, problem.New("SURVEY_TOO_MANY_TOPICS").In(r.topicsField(row)).Under("R-SUR-3").
			WithInt("count", len(topics)).WithInt("limit", r.env.Programme.Limits.TopicsPerAnswer)
	case len(topics) == 0 && !unreadable(at, append(topicColumns(r.env.Programme), "topics")...):
		return nil, missing("topics", topicsLabel, "R-SUR-1")
	}
	return topics, nil
}

// topicsField is the column at which too many topics are shown: the list, or the last of the single ones that is filled in.
func (r *surveyRules) topicsField(row surveyRow) string {
	field := "topics"
	if len(row.Topics) > 0 {
		return field
	}
	for i, column := range topicColumns(r.env.Programme) {
		if row.Single[strconv.Itoa(i+1)] != "" {
			field = column
		}
	}
	return field
}

// late says that an answer came after the closing date: it is kept, and not counted (R-SUR-2).
func late(asked programme.Survey) *problem.Problem {
	return problem.New("CYCLE_CLOSED_CITY").Rated(problem.Warning).In("answered_on").Under("R-SUR-2").
		WithText("deadline", asked.Closes.Text()).
		WithText("call", text3("survey of "+asked.ID, "enquête de "+asked.ID, "encuesta de "+asked.ID))
}

// Finish implements imports.Rules: nothing about answers shows only in the whole sheet.
func (r *surveyRules) Finish(context.Context) ([]problem.Problem, error) { return nil, nil }
