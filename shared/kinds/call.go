package kinds

import (
	"context"
	"fmt"
	"strings"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
)

// callRules is what the sheets of a call share: the call, the members, and what is on record of the call.
type callRules struct {
	env     *imports.Env
	call    programme.Call
	members *memberIndex
	record  callRecords
}

// beginCall reads what the rules of a call need. CALL_UNKNOWN.
func beginCall(ctx context.Context, env *imports.Env) (callRules, error) {
	call, err := callOf(env)
	if err != nil {
		return callRules{}, err
	}
	members, err := loadMembers(ctx, env)
	if err != nil {
		return callRules{}, err
	}
	record, err := loadCall(ctx, env)
	return callRules{env: env, call: call, members: members, record: record}, err
}

// callOf is the call that a sheet is about. CALL_UNKNOWN.
func callOf(env *imports.Env) (programme.Call, error) {
	if call, ok := env.Programme.Call(env.Call); ok {
		return call, nil
	}
	known := make([]string, len(env.Programme.Calls))
	for i, call := range env.Programme.Calls {
		known[i] = call.ID
	}
	return programme.Call{}, problem.New("CALL_UNKNOWN").Valued(env.Call).With("known", strings.Join(known, ", "))
}

// callRecords is what is on record of one call, by the city's identifier.
type callRecords struct {
	applications map[string]stored[application.Application]
	endorsements map[string]stored[application.Endorsement]
}

func loadCall(ctx context.Context, env *imports.Env) (c callRecords, err error) {
	c.applications, err = loadEach[application.Application](ctx, env.Records, application.RecordType, env.Call)
	if err != nil {
		return c, fmt.Errorf("kinds: applications of call %s: %w", env.Call, err)
	}
	c.endorsements, err = loadEach[application.Endorsement](ctx, env.Records, application.EndorsementType, env.Call)
	if err != nil {
		return c, fmt.Errorf("kinds: endorsements of call %s: %w", env.Call, err)
	}
	return c, nil
}

// restsOnApplication has a row stored only while the city's application is as it was judged: it can be withdrawn or undone meanwhile.
func (r *callRules) restsOnApplication(id string) imports.Rest {
	return imports.Rest{
		Ref:     records.Ref{Type: application.RecordType, Partition: r.call.ID, ID: id},
		Version: r.record.applications[id].Version,
	}
}

// applicants finds the application to a call that a row speaks of.
type applicants struct {
	env     *imports.Env
	members *memberIndex
	index   *city.Index
}

func newApplicants(call callRules) *applicants {
	x := &applicants{env: call.env, members: call.members, index: city.NewIndex()}
	for id, applied := range call.record.applications {
		c := city.City{ID: id, Name: applied.Body.City, Country: applied.Body.Country}
		know(x.index, c, applied.Body.OtherNames)
		if m, ok := call.members.id(id); ok {
			know(x.index, c, m.OtherNames)
		}
	}
	return x
}

// refer finds the city whose application is meant; see city.Index.Refer. A member city without an application is ALREADY_MEMBER.
func (x *applicants) refer(name, country string) (city.City, *problem.Problem) {
	written := name
	name = withoutCountry(x.env, name, country)
	what := text3("The application of", "La candidature de", "La solicitud de")
	found, p := x.index.Refer(name, country, x.members.answers.about(written, name, country), what)
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
