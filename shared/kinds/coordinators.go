package kinds

import (
	"context"
	"errors"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
)

// CoordinatorsKind is the name of the kind of sheet with the cities that would coordinate a cluster.
const CoordinatorsKind = "coordinators"

// Coordinators is the sheet of the separate questionnaire for cities that would coordinate a cluster in a term (R-CLU-6): their
// answers, how the secretariat rates them, and whom it appoints.
func Coordinators() imports.Kind {
	return imports.Define(imports.Definition[coordinatorRow]{
		Name:    CoordinatorsKind,
		Touches: []string{coordinator.RecordType, coordinator.MandateType, coordinator.DecisionType},
		Schema:  coordinatorsSchema,
		Begin:   beginCoordinators,

		Dependents: restingOn(coordinator.RecordType, coordinator.MandateType),
	})
}

type coordinatorRow struct {
	City        string            `sheet:"city"`
	Country     string            `sheet:"country"`
	Cluster     string            `sheet:"cluster"`
	AnsweredOn  civil.Date        `sheet:"answered_on"`
	Answers     map[string]string `sheet:"item_*"`   // by the item's identifier
	Ratings     map[string]int64  `sheet:"rating_*"` // by the item's identifier
	AppointedOn civil.Date        `sheet:"appointed_on"`
	Reason      string            `sheet:"reason"`
}

// given reports whether a row says anything under an item.
func (r coordinatorRow) given(item string) (text string, rating int, ok bool) {
	value, rated := r.Ratings[item]
	return r.Answers[item], int(value), rated || r.Answers[item] != ""
}

type coordinatorRules struct {
	env         *imports.Env
	members     *memberIndex
	term        programme.Term
	candidacies map[string]stored[coordinator.Candidacy] // on record, by identifier
	inSheet     map[string]coordinator.Candidacy         // of rows that stand
	seating     *seating
}

func beginCoordinators(ctx context.Context, env *imports.Env) (imports.Rules[coordinatorRow], error) {
	members, err := loadMembers(ctx, env)
	if err != nil {
		return nil, err
	}
	term, err := termOf(env)
	if err != nil {
		return nil, err
	}
	candidacies, err := loadEach[coordinator.Candidacy](ctx, env.Records, coordinator.RecordType, term.ID)
	if err != nil {
		return nil, err
	}
	seating, err := loadSeating(ctx, env, members, term)
	return &coordinatorRules{
		env: env, members: members, term: term, candidacies: candidacies, inSheet: map[string]coordinator.Candidacy{}, seating: seating,
	}, err
}

// termOf is the term that a sheet is about.
func termOf(env *imports.Env) (programme.Term, error) {
	term, ok := env.Programme.Term(env.Term)
	if !ok {
		return term, errors.New("kinds: no term " + env.Term)
	}
	return term, nil
}

// Judge holds R-CLU-3 to R-CLU-7 for one candidate.
func (r *coordinatorRules) Judge(ctx context.Context, row coordinatorRow, at imports.Place) (imports.Judgement, error) {
	j := imports.Judgement{Label: cityLabel(r.env, row.City, row.Country).In(r.env.Lang)}
	if unreadable(at, "city", "country", "cluster", "answered_on") {
		return j, nil
	}
	var problems findings
	m, p := r.members.voter(row.City, row.Country, row.AnsweredOn, "R-CLU-7")
	if problems.add(p) {
		j.Problems = problems
		return j, nil
	}
	candidacy := r.candidacy(m, row)
	for _, p := range coordinator.CheckAnswers(r.env.Programme.Coordinators, candidacy) {
		problems.add(p.In("rating_" + p.Field))
	}
	j.Key, j.Rests = candidacy.ID(), m.rest()
	j.Changes = []imports.Change{{
		Ref: records.Ref{Type: coordinator.RecordType, Partition: r.term.ID, ID: candidacy.ID()}, Body: candidacy,
	}}
	if !unreadable(at, "appointed_on") {
		more, err := r.appointment(ctx, candidacy, row, at, &problems)
		if err != nil {
			return j, err
		}
		j.Changes = append(j.Changes, more...)
		if len(more) > 0 && !r.seating.has(candidacy) {
			j.Rests = append(j.Rests, r.seating.freed)
		}
	}
	if !at.Failed && !problems.block() {
		r.inSheet[candidacy.ID()] = candidacy
	}
	j.Problems = problems
	return j, nil
}

// candidacy is the one on record with what the row says of it. Cities send answers, and the secretariat its ratings in a list of its
// own, so blanks leave what is stored; but a rating is one of an answer, and a new answer has none.
func (r *coordinatorRules) candidacy(m storedMember, row coordinatorRow) coordinator.Candidacy {
	c := coordinator.Candidacy{
		Member: m.ID, City: m.City, Country: m.Country, Cluster: row.Cluster, AnsweredOn: row.AnsweredOn,
	}
	before := r.candidacies[c.ID()].Body
	for _, item := range r.env.Programme.Coordinators.Items {
		text, rating, given := row.given(item.ID)
		answer := coordinator.Answer{Item: item.ID, Text: text, Rating: rating}
		i := slices.IndexFunc(before.Answers, func(a coordinator.Answer) bool { return a.Item == item.ID })
		if i < 0 && !given {
			continue
		}
		if i >= 0 {
			known := before.Answers[i]
			if text == "" {
				answer.Text = known.Text
			}
			if _, rated := row.Ratings[item.ID]; !rated && answer.Text == known.Text {
				answer.Rating = known.Rating
			}
		}
		c.Answers = append(c.Answers, answer)
	}
	return c
}

// appointment gives a candidate its seat where the row says so. Who can't have one is told as a warning where it only stands.
func (r *coordinatorRules) appointment(
	ctx context.Context, c coordinator.Candidacy, row coordinatorRow, at imports.Place, problems *findings,
) ([]imports.Change, error) {
	switch {
	case r.seating.has(c):
		return r.seating.again(c, row), nil
	case row.AppointedOn.IsZero():
		problems.warn(r.seating.field(row.AnsweredOn).CheckCandidacy(c))
		return nil, nil
	case problems.add(r.seating.field(row.AppointedOn).CheckDay(row.AppointedOn)):
		return nil, nil
	}
	problems.add(tooEarly("appointed_on", row.AppointedOn, labelAnsweredOn, row.AnsweredOn))
	return r.seating.take(ctx, c, row, at, problems)
}

// Finish gives COORDINATOR_REASON_MISSING for every seat that departs, without a reason, from what would be proposed of all who stand.
func (r *coordinatorRules) Finish(context.Context) ([]problem.Problem, error) {
	standing := map[string]coordinator.Candidacy{}
	for id, c := range r.candidacies {
		standing[id] = c.Body
	}
	for id, c := range r.inSheet {
		standing[id] = c
	}
	return r.seating.unexplained(standing), nil
}
