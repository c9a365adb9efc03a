package office

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Calls are the calls of the programme, by the cities' deadline. SIGNIN_NEEDED, ACCESS_DENIED, as everything that is asked of an Office.
func (o *Office) Calls(ctx context.Context) ([]programme.Call, error) {
	if err := o.leave(ctx, access.CallRead, access.Object{}); err != nil {
		return nil, err
	}
	return slices.Clone(o.Programme.Calls), nil
}

// Call is one call with its deadlines as published. CALL_UNKNOWN.
func (o *Office) Call(ctx context.Context, id string) (programme.Call, error) {
	if err := o.leave(ctx, access.CallRead, access.Object{}); err != nil {
		return programme.Call{}, err
	}
	return o.call(id)
}

// call is a call by its identifier. CALL_UNKNOWN.
func (o *Office) call(id string) (programme.Call, error) {
	call, ok := o.Programme.Call(id)
	if !ok {
		return call, unknown("CALL_UNKNOWN", id, o.Programme.Calls, func(c programme.Call) string { return c.ID })
	}
	return call, nil
}

// Extensions are those of a call's deadlines, in the order in which they were granted. That of one city is shown to whoever may read the
// city's applications, and who granted it to whoever may see the person. CALL_UNKNOWN.
func (o *Office) Extensions(ctx context.Context, call string) ([]application.Extension, error) {
	if err := o.leave(ctx, access.CallRead, access.Object{}); err != nil {
		return nil, err
	}
	all, err := o.Registry.Extensions(ctx, call)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(e application.Extension) bool {
		return e.City != "" && access.Decide(access.ActorOf(ctx), access.ApplicationRead, access.Object{City: e.City}) != nil
	})
	for i := range all {
		all[i].Person = shown(ctx, all[i].Person)
	}
	return all, nil
}

// Extend grants an extension of a call's deadline from now on: for everybody, a country, or a city of it. COUNTRY_UNKNOWN,
// FIELD_INVALID of what is no deadline or no city of the country; *registry.Refused with CELL_REQUIRED or DEADLINE_NOT_EXTENDED; CALL_UNKNOWN,
// RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (o *Office) Extend(ctx context.Context, request, call string, e application.Extension) (application.Extension, error) {
	if err := o.leave(ctx, access.CallExtend, access.Object{}, call); err != nil {
		return e, err
	}
	if e.Deadline != application.CityDeadline && e.Deadline != application.CommissionDeadline {
		return e, problem.New("FIELD_INVALID").In("deadline").With("field", "deadline").With("expected", "city, commission")
	}
	if e.City != "" && e.Country == "" {
		e.Country = countryOf(e.City)
	}
	if e.City != "" && (!isCity(e.City) || countryOf(e.City) != e.Country) {
		return e, problem.New("FIELD_INVALID").In("city").Valued(e.City).With("field", "city").WithText("expected", aCity)
	}
	if e.Country != "" {
		if err := o.country(e.Country); err != nil {
			return e, err
		}
	}
	return o.Registry.Extend(ctx, origin(ctx, request), call, applicant(access.ActorOf(ctx)), e)
}

var aCity = locale.Text{EN: "a city of the country", FR: "une ville du pays", ES: "una ciudad del país"}

// Quotas are the quotas of the countries that have applications to a call, by country; a National Commission is shown its own.
// CALL_UNKNOWN, RECORD_BUSY.
func (o *Office) Quotas(ctx context.Context, call string) ([]application.QuotaView, error) {
	of, err := o.reach(ctx, access.QuotaRead)
	if err != nil {
		return nil, err
	}
	round, err := o.round(ctx, call, of)
	if err != nil {
		return nil, err
	}
	var countries []string
	for _, c := range round.Cases() {
		countries = append(countries, c.Country)
	}
	if of.Country != "" {
		countries = []string{of.Country}
	}
	var all []application.QuotaView
	for _, country := range slices.Compact(countries) { // cases stand by country
		all = append(all, round.Quota(country))
	}
	return all, nil
}

// Quota is how a country's quota in a call stands. CALL_UNKNOWN, COUNTRY_UNKNOWN, RECORD_BUSY.
func (o *Office) Quota(ctx context.Context, call, country string) (application.QuotaView, error) {
	if err := o.leave(ctx, access.QuotaRead, access.Object{Country: country}); err != nil {
		return application.QuotaView{}, err
	}
	if err := o.country(country); err != nil {
		return application.QuotaView{}, err
	}
	return o.Registry.Quota(ctx, call, country)
}
