package kinds

import (
	"context"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// EndorsementsKind is the name of the kind of sheet in which National Commissions endorse applications.
const EndorsementsKind = "endorsements"

// Endorsements is the sheet in which a National Commission endorses applications of its country to a call (R-APP-2).
func Endorsements() imports.Kind {
	return imports.Define(imports.Definition[endorsementRow]{
		Name: EndorsementsKind, Touches: []string{application.EndorsementType}, Schema: EndorsementsSchema, Begin: beginEndorsements,
		Dependents: restingOn(application.EndorsementType),
	})
}

// EndorsementsSchema lists the columns of the endorsements sheet.
func EndorsementsSchema(env *imports.Env) sheet.Schema {
	return sheet.Schema{
		Kind: EndorsementsKind, Version: 1, Title: text3("Endorsements", "Avals", "Avales"),
		Columns: []sheet.Column{
			cityColumn(),
			countryColumn(env.Reference),
			under("R-APP-2", required(endorsedOnColumn())),
			under("R-APP-2", required(endorsedByColumn())),
			remarksColumn(),
		},
	}
}

type endorsementRow struct {
	City       string     `sheet:"city" validate:"required"`
	Country    string     `sheet:"country" validate:"required"`
	EndorsedOn civil.Date `sheet:"endorsed_on" validate:"required"`
	EndorsedBy string     `sheet:"endorsed_by" validate:"required"`
	Remarks    string     `sheet:"remarks"`
}

type endorsementRules struct {
	callRules
	applicants *applicants
	quotas     *quotas
}

func beginEndorsements(ctx context.Context, env *imports.Env) (imports.Rules[endorsementRow], error) {
	call, err := beginCall(ctx, env)
	if err != nil {
		return nil, err
	}
	return &endorsementRules{callRules: call, applicants: newApplicants(call), quotas: newQuotas(call)}, nil
}

// Judge holds R-APP-2, R-APP-3 and R-APP-5 for one endorsement.
func (r *endorsementRules) Judge(ctx context.Context, row endorsementRow, at imports.Place) (imports.Judgement, error) {
	if row.City == "" || row.Country == "" {
		return imports.Judgement{}, nil
	}
	var problems findings
	if !at.Bad["endorsed_on"] {
		problems.add(application.CheckEndorsedOn(row.EndorsedOn, r.call))
	}
	found, missing := r.applicants.refer(row.City, row.Country)
	if problems.add(missing) {
		return imports.Judgement{Label: cityLabel(r.env, row.City, row.Country).In(r.env.Lang), Problems: problems}, nil
	}
	if !at.Bad["endorsed_on"] {
		received := r.record.applications[found.ID].Body.ReceivedOn
		problems.warn(tooEarly("endorsed_on", row.EndorsedOn, labelReceivedOn, received))
	}
	named := cityLabel(r.env, found.Name, found.Country)
	_, endorsed := r.record.endorsements[found.ID]
	if known, ok := r.members.id(found.ID); ok && known.Current() && !endorsed {
		problems.add(application.AlreadyMember(named, known.JoinedOn))
	}
	claims, granted, err := r.quotas.take(ctx, found, at.Row, at.Failed || problems.block())
	if err != nil {
		return imports.Judgement{}, err
	}
	judgement := imports.Judgement{
		Key: found.ID, Label: named.In(r.env.Lang), Problems: problems, Rests: []imports.Rest{r.restsOnApplication(found.ID)},
	}
	if granted {
		judgement.Changes = []imports.Change{{
			Ref: records.Ref{Type: application.EndorsementType, Partition: r.call.ID, ID: found.ID},
			Body: application.Endorsement{
				City: found.Name, Country: found.Country, EndorsedOn: row.EndorsedOn, EndorsedBy: row.EndorsedBy,
				Remarks: row.Remarks, Origin: application.OriginEndorsement,
			},
			Claims: claims,
		}}
	}
	return judgement, nil
}

// Finish names the countries that are beyond their quota, with everybody who contends (R-APP-3).
func (r *endorsementRules) Finish(ctx context.Context) ([]problem.Problem, error) {
	return r.quotas.finish(ctx)
}
