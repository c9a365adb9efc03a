package office

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
)

// ApplicationAct is what somebody does to a city's application to a call.
type ApplicationAct struct {
	Call   string
	City   string // identifier
	Action application.Action
	Seen   int64                    // the version of the application that it is about; 0 is whichever is on record
	Name   string                   // of Start: the city's as it writes it; a city on record keeps its own
	New    bool                     // of Start: it is a city of its own, though its name resembles that of a known one
	Form   *application.Application // of Start, Edit and Send; nil leaves it as it is
	Reason string                   // of Return, Withdraw, Recall and decisions
	Signed string                   // of Submit: who signs for the National Commission
}

// Do does something to an application, now, for whom the actor's role speaks, and gives the application as it is then; request is the
// idempotency key. *registry.Refused with the problems of registry.Registry.Do; APPLICATION_NONE, CITY_NAME_DIFFERS where the name of
// one that starts is another city's, CALL_UNKNOWN, RECORD_CHANGED, RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (o *Office) Do(ctx context.Context, request string, act ApplicationAct) (Application, error) {
	if err := o.leave(ctx, access.Action("application."+act.Action), access.Object{City: act.City}, act.Call, act.City); err != nil {
		return Application{}, err
	}
	call, err := o.call(act.Call)
	if err != nil {
		return Application{}, err
	}
	about := city.City{ID: act.City, Country: countryOf(act.City)}
	if act.Action == application.Start {
		about, err = o.starting(ctx, act)
	} else {
		_, err = o.application(ctx, act.Call, act.City)
	}
	if err != nil {
		return Application{}, err
	}
	c, err := o.Registry.Do(ctx, origin(ctx, request), registry.Act{
		Call: act.Call, City: about, New: act.New, Action: act.Action, Actor: applicant(access.ActorOf(ctx)),
		Form: act.Form, Reason: act.Reason, Signed: act.Signed, Seen: act.Seen,
	})
	if err != nil {
		return Application{}, err
	}
	return o.versioned(ctx, call, c), nil
}

// Chosen is which of the endorsed applications of its country a National Commission submits.
type Chosen struct {
	Call    string
	Country string   // ISO 3166-1 alpha-2
	Cities  []string // identifiers
	Signed  string   // who signs for the National Commission
}

// SubmitChosen submits applications, all of them or none where they are more than the country's slots that are left: NATCOM_QUOTA_EXCEEDED. What is found only
// while they are submitted, one after the other, keeps those that were, of which it gives the number. The problems are those of Do, and
// COUNTRY_UNKNOWN.
func (o *Office) SubmitChosen(ctx context.Context, request string, c Chosen) (submitted int, err error) {
	for _, city := range append([]string{""}, c.Cities...) {
		if err := o.leave(ctx, access.ApplicationSubmit, access.Object{Country: c.Country, City: city}, c.Call, cmp.Or(city, c.Country)); err != nil {
			return 0, err
		}
	}
	if err := o.country(c.Country); err != nil {
		return 0, err
	}
	quota, err := o.Registry.Quota(ctx, c.Call, c.Country)
	if err != nil {
		return 0, err
	}
	if p := quota.CheckChosen(o.Registry.Country(c.Country), c.Cities); p != nil {
		return 0, p
	}
	for i, city := range c.Cities {
		own := request
		if own != "" {
			own += "/" + strconv.Itoa(i)
		}
		act := ApplicationAct{Call: c.Call, City: city, Action: application.Submit, Signed: c.Signed}
		if _, err := o.Do(ctx, own, act); err != nil {
			return i, err
		}
	}
	return len(c.Cities), nil
}

// starting is the city that is to apply: as it is on record, or as its name makes it.
func (o *Office) starting(ctx context.Context, act ApplicationAct) (city.City, error) {
	country := countryOf(act.City)
	if err := o.country(country); err != nil {
		return city.City{}, err
	}
	known, ok, err := o.Registry.CityOnRecord(ctx, act.City)
	if ok || err != nil {
		return known, err
	}
	if locale.Fold(act.Name) == "" {
		return city.City{}, problem.New("CELL_REQUIRED").In("name").WithText("column", locale.Text{EN: "City", FR: "Ville", ES: "Ciudad"})
	}
	// A name that can't be this city's is compared with none on record: nobody learns so which others apply.
	differs := problem.New("CITY_NAME_DIFFERS").In("name").Valued(act.Name).With("city", act.City)
	if own := city.ID(act.Name, country); own != act.City && !strings.HasPrefix(act.City, own+"-") {
		return city.City{}, differs
	}
	answer := ""
	if act.New {
		answer = city.AnswerNew
	}
	named, err := o.Registry.NewCity(ctx, act.Name, country, answer)
	if err == nil && named.ID != act.City {
		err = differs
	}
	return named, err
}

// applicant is for whom a person's role speaks in the process of an application; nobody of the roles that have no part in it.
func applicant(who access.Actor) application.Actor {
	own := who.Own()
	switch who.Role {
	case access.City:
		return application.Actor{Role: application.ByCity, City: own.City}
	case access.Commission:
		return application.Actor{Role: application.ByCommission, Country: own.Country}
	case access.Secretariat:
		return application.Actor{Role: application.BySecretariat}
	}
	return application.Actor{}
}
