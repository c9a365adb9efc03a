package kinds

import (
	"context"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// ApplicationsKind is the name of the kind of sheet that holds cities' applications to a call.
const ApplicationsKind = "applications"

// Applications is the sheet of cities' applications to a call, a row for each form (R-APP-10).
func Applications() imports.Kind {
	return imports.Define(imports.Definition[applicationRow]{
		Name:    ApplicationsKind,
		Touches: []string{application.RecordType, application.EndorsementType},
		Schema:  ApplicationsSchema,
		Begin:   beginApplications,

		Dependents: restingOn(application.RecordType, application.EndorsementType),
	})
}

type applicationRules struct {
	callRules
	cities *cityRegister
	quotas *quotas
}

func beginApplications(ctx context.Context, env *imports.Env) (imports.Rules[applicationRow], error) {
	call, err := beginCall(ctx, env)
	if err != nil {
		return nil, err
	}
	cities, err := loadCities(ctx, env, call.members)
	if err != nil {
		return nil, err
	}
	return &applicationRules{callRules: call, cities: cities, quotas: newQuotas(call)}, nil
}

// Judge holds R-APP-1 to R-APP-5 and R-APP-10 for one application.
func (r *applicationRules) Judge(ctx context.Context, row applicationRow, at imports.Place) (imports.Judgement, error) {
	if row.City == "" || row.Country == "" {
		return imports.Judgement{}, nil
	}
	found, question := r.cities.register(row.City, row.Country, at.Row)
	named := cityLabel(r.env, found.Name, found.Country)
	var problems findings
	problems.add(question)
	r.admission(found.City, named, row, at, &problems)
	formRules(r.env.Programme, named, row, at, &problems)
	judgement := imports.Judgement{Key: found.ID, Label: named.In(r.env.Lang)}
	applied := row.application(r.env.Programme, found.City)
	applied.OtherNames = withName(r.record.applications[found.ID].Body.OtherNames, found.otherName)
	judgement.Changes = []imports.Change{{
		Ref:  records.Ref{Type: application.RecordType, Partition: r.call.ID, ID: found.ID},
		Body: applied,
	}}
	failed := at.Failed || problems.block()
	granted := true
	switch {
	case row.endorsed() && !at.Bad["endorsed"]:
		endorsement, ok, err := r.endorse(ctx, found.City, row, at.Row, failed)
		if err != nil {
			return imports.Judgement{}, err
		}
		granted = ok
		judgement.Changes = append(judgement.Changes, endorsement)
	case !at.Bad["endorsed"]:
		r.wait(found.City, named, row, at, failed, &problems)
	}
	if !granted { // Finish says so, when all contenders are known
		judgement.Changes = nil
	}
	judgement.Problems = problems
	return judgement, nil
}

// Finish names the countries that are beyond their quota, with everybody who contends (R-APP-3).
func (r *applicationRules) Finish(ctx context.Context) ([]problem.Problem, error) {
	return r.quotas.finish(ctx)
}

// admission holds what decides whether the city may apply at all: R-APP-5, R-APP-1 and R-APP-2. An application on record that is
// sent again is no second one, also when it has made the city a member since.
func (r *applicationRules) admission(c city.City, named locale.Text, row applicationRow, at imports.Place, problems *findings) {
	earlier, applied := r.record.applications[c.ID]
	if known, ok := r.members.id(c.ID); ok && known.Current() && !applied {
		problems.add(application.AlreadyMember(named, known.JoinedOn))
	}
	if !at.Bad["received_on"] && !row.ReceivedOn.IsZero() {
		if applied {
			problems.add(application.AlreadyApplied(named, earlier.Body, row.ReceivedOn, r.call))
		}
		problems.add(application.CheckReceived(row.ReceivedOn, r.call))
	}
	if !row.endorsed() || at.Bad["endorsed"] || at.Bad["endorsed_on"] {
		return
	}
	if row.EndorsedOn.IsZero() {
		problems.add(missing("endorsed_on", labelEndorsedOn, "R-APP-2"))
		return
	}
	problems.add(application.CheckEndorsedOn(row.EndorsedOn, r.call))
	if !at.Bad["received_on"] {
		problems.warn(tooEarly("endorsed_on", row.EndorsedOn, labelReceivedOn, row.ReceivedOn))
	}
}

// endorse is the endorsement that a row brings, with the country's slot that it takes (R-APP-3); not ok when there is none left.
// What the National Commission itself has sent stays as it is.
func (r *applicationRules) endorse(
	ctx context.Context, c city.City, row applicationRow, line int, failed bool,
) (change imports.Change, ok bool, err error) {
	claims, ok, err := r.quotas.take(ctx, c, line, failed)
	earlier, endorsed := r.record.endorsements[c.ID]
	body := application.Endorsement{
		City: c.Name, Country: c.Country, EndorsedOn: row.EndorsedOn, EndorsedBy: row.EndorsedBy,
		Origin: application.OriginApplication,
	}
	return imports.Change{
		Ref:          records.Ref{Type: application.EndorsementType, Partition: r.call.ID, ID: c.ID},
		Body:         body,
		Claims:       claims,
		KeepExisting: endorsed && earlier.Body.Origin == application.OriginEndorsement,
	}, ok, err
}

// wait takes in an application without an endorsement: it is stored, but can't be submitted (R-APP-4).
func (r *applicationRules) wait(
	c city.City, named locale.Text, row applicationRow, at imports.Place, failed bool, problems *findings,
) {
	if _, endorsed := r.record.endorsements[c.ID]; endorsed {
		return
	}
	problems.add(application.EndorsementMissing(named, "endorsed").Rated(problem.Warning))
	if !failed {
		r.quotas.wait(c, row.ReceivedOn, at.Row)
	}
}
