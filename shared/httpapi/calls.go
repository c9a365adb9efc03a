package httpapi

import (
	"net/http"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
)

func callRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/calls", serve: (*api).listCalls},
		{Method: "GET", Pattern: "/api/calls/{call}", serve: (*api).findCall},
		{Method: "GET", Pattern: "/api/calls/{call}/extensions", serve: (*api).listExtensions},
		{Method: "POST", Pattern: "/api/calls/{call}/extensions", serve: (*api).extend},
		{Method: "GET", Pattern: "/api/calls/{call}/quotas", serve: (*api).listQuotas},
		{Method: "GET", Pattern: "/api/calls/{call}/quotas/{country}", serve: (*api).findQuota},
	}
}

// callState is a call as it is answered. All keys are always present.
type callState struct {
	ID                 string     `json:"id"`
	Title              string     `json:"title"`
	CityDeadline       civil.Date `json:"cityDeadline"` // as published; extensions stand beside it
	CommissionDeadline civil.Date `json:"commissionDeadline"`
	Zone               string     `json:"zone"`
	CityCloses         time.Time  `json:"cityCloses"` // the last second of the deadline
	CommissionCloses   time.Time  `json:"commissionCloses"`
	Quota              int        `json:"quota"`
}

func callStateOf(c programme.Call, lang locale.Lang) callState {
	return callState{
		ID: c.ID, Title: c.Title.In(lang), CityDeadline: c.CityDeadline, CommissionDeadline: c.CommissionDeadline, Zone: c.Zone,
		CityCloses: c.CityCloses().UTC(), CommissionCloses: c.CommissionCloses().UTC(), Quota: c.Quota,
	}
}

// listCalls answers the calls.
func (a *api) listCalls(q *asking) (*answer, error) {
	all, err := a.Office.Calls(q.Context())
	if err != nil {
		return nil, err
	}
	states := make([]callState, len(all))
	for i, c := range all {
		states[i] = callStateOf(c, q.lang)
	}
	return listed(q, states, func(c callState) string { return c.ID })
}

// findCall answers one call.
func (a *api) findCall(q *asking) (*answer, error) {
	call, err := a.Office.Call(q.Context(), q.path("call"))
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: callStateOf(call, q.lang)}, nil
}

// extensionState is an extension of a call's deadline as it is answered. All keys are always present.
type extensionState struct {
	Deadline  application.Deadline `json:"deadline"`
	Country   *string              `json:"country"` // null: everybody
	City      *string              `json:"city"`    // identifier; null: all of the country
	Until     civil.Date           `json:"until"`
	Reason    string               `json:"reason"`
	GrantedAt time.Time            `json:"grantedAt"`
	GrantedBy *string              `json:"grantedBy"` // a person whom the reader may see
}

func extensionStateOf(e application.Extension) extensionState {
	return extensionState{
		Deadline: e.Deadline, Country: orNull(e.Country), City: orNull(e.City), Until: e.Until, Reason: e.Reason,
		GrantedAt: e.GrantedAt, GrantedBy: orNull(e.Person),
	}
}

// listExtensions answers the extensions of a call, by the time at which they were granted.
func (a *api) listExtensions(q *asking) (*answer, error) {
	all, err := a.Office.Extensions(q.Context(), q.path("call"))
	if err != nil {
		return nil, err
	}
	states := make([]extensionState, len(all))
	for i, e := range all {
		states[i] = extensionStateOf(e)
	}
	return listed(q, states, func(e extensionState) string { // of one moment each has a deadline, a place or a day of its own
		key := e.GrantedAt.UTC().Format("20060102T150405.000000000") + string(e.Deadline) + e.Until.String()
		for _, place := range []*string{e.Country, e.City} {
			if place != nil {
				key += "#" + *place
			}
		}
		return key
	})
}

var notBesideCity = locale.Text{EN: "nothing, beside a city", FR: "rien, à côté d'une ville", ES: "nada, junto a una ciudad"}

// extend grants an extension.
func (a *api) extend(q *asking) (*answer, error) {
	var e application.Extension
	_, err := q.read(
		field{"deadline", &e.Deadline, locale.Same("city, commission"), true},
		field{"country", &e.Country, aText, false},
		field{"city", &e.City, aText, false},
		field{"until", &e.Until, aDay, true},
		field{"reason", &plain{&e.Reason}, aText, true},
	)
	if err != nil {
		return nil, err
	}
	if e.City != "" && e.Country != "" {
		return nil, invalidText("country", notBesideCity)
	}
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	granted, err := a.Office.Extend(q.Context(), key, q.path("call"), e)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusCreated, body: extensionStateOf(granted)}, nil
}

// quotaState is how a country's quota in a call stands. All keys are always present.
type quotaState struct {
	Country   label       `json:"country"`
	Limit     int         `json:"limit"`
	Used      int         `json:"used"`
	Left      int         `json:"left"`
	Submitted []applicant `json:"submitted"` // that count, whatever was decided since
	Endorsed  []applicant `json:"endorsed"`  // and not submitted
	Waiting   []applicant `json:"waiting"`   // to be endorsed or returned
}

// applicant is a city that applies. All keys are always present.
type applicant struct {
	City  cityName          `json:"city"`
	State application.State `json:"state"`
}

func (a *api) applicantsOf(q *asking, cases []application.Case) []applicant {
	all := make([]applicant, len(cases))
	for i, c := range cases {
		all[i] = applicant{a.city(q, c.City, c.Name, c.Country), c.State}
	}
	return all
}

func (a *api) quotaStateOf(q *asking, v application.QuotaView) quotaState {
	return quotaState{
		Country: a.country(q, v.Country), Limit: v.Limit, Used: v.Used, Left: v.Left,
		Submitted: a.applicantsOf(q, v.By), Endorsed: a.applicantsOf(q, v.Choice), Waiting: a.applicantsOf(q, v.Waiting),
	}
}

// listQuotas answers the quotas of the countries with applications to a call.
func (a *api) listQuotas(q *asking) (*answer, error) {
	all, err := a.Office.Quotas(q.Context(), q.path("call"))
	if err != nil {
		return nil, err
	}
	states := make([]quotaState, len(all))
	for i, v := range all {
		states[i] = a.quotaStateOf(q, v)
	}
	return listed(q, states, func(s quotaState) string { return s.Country.ID })
}

// findQuota answers one of them.
func (a *api) findQuota(q *asking) (*answer, error) {
	v, err := a.Office.Quota(q.Context(), q.path("call"), q.path("country"))
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: a.quotaStateOf(q, v)}, nil
}
