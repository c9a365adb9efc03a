package kinds

import (
	"context"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// EndorsementsKind is the name of the kind of sheet in which National Commissions endorse applications.
const EndorsementsKind = "endorsements"

// Endorsements is the sheet in which a National Commission endorses applications of its country to a call (R-APP-2).
func Endorsements() imports.Kind {
	return imports.Define(imports.Definition[endorsementRow]{
		Name: EndorsementsKind, Touches: []string{application.EndorsementType}, Schema: EndorsementsSchema, Begin: beginEndorsements,
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
	env        *imports.Env
	call       programme.Call
	members    *memberIndex
	applicants *applicants
	record     callRecords
	quotas     *quotas
}

func beginEndorsements(ctx context.Context, env *imports.Env) (imports.Rules[endorsementRow], error) {
	call, err := callOf(env)
	if err != nil {
		return nil, err
	}
	members, err := loadMembers(ctx, env)
	if err != nil {
		return nil, err
	}
	record, err := loadCall(ctx, env)
	if err != nil {
		return nil, err
	}
	return &endorsementRules{
		env: env, call: call, members: members, applicants: newApplicants(env, record, members), record: record,
		quotas: newQuotas(env, call, record),
	}, nil
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
	named := cityLabel(r.env, found.Name, found.Country)
	_, endorsed := r.record.endorsements[found.ID]
	if known, ok := r.members.id(found.ID); ok && known.Current() && !endorsed {
		problems.add(application.AlreadyMember(named, known.JoinedOn))
	}
	claims, granted, err := r.quotas.take(ctx, found, at.Row, at.Failed || problems.block())
	if err != nil {
		return imports.Judgement{}, err
	}
	judgement := imports.Judgement{Key: found.ID, Label: named.In(r.env.Lang), Problems: problems}
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

// applicants finds the application to a call that a row speaks of.
type applicants struct {
	env     *imports.Env
	members *memberIndex
	index   *city.Index
}

func newApplicants(env *imports.Env, record callRecords, members *memberIndex) *applicants {
	x := &applicants{env: env, members: members, index: city.NewIndex()}
	for id, applied := range record.applications {
		x.index.Add(city.City{ID: id, Name: applied.Body.City, Country: applied.Body.Country})
	}
	return x
}

// refer finds the city whose application is meant; see city.Index.Refer. A member city without an application is ALREADY_MEMBER.
func (x *applicants) refer(name, country string) (city.City, *problem.Problem) {
	written := name
	name = withoutCountry(x.env, name, country)
	what := text3("The application of", "La candidature de", "La solicitud de")
	found, p := x.index.Refer(name, country, cityAnswer(x.env, written, name), what)
	if p == nil || p.Code != "REF_NOT_FOUND" {
		return found, p
	}
	for _, known := range x.members.named(name, country) {
		if known.Current() {
			return city.City{}, application.AlreadyMember(cityLabel(x.env, known.City, country), known.JoinedOn)
		}
	}
	return city.City{}, p
}
