package application

import (
	"slices"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Extension moves a call's deadline for everybody, for a country or for one city. It is recorded beside the call, which stays as it
// was published, and holds from the moment at which it was granted.
type Extension struct {
	Deadline  Deadline   `json:"deadline"` // CityDeadline or CommissionDeadline
	Country   string     `json:"country"`  // ISO 3166-1 alpha-2; "" with no city is everybody
	City      string     `json:"city"`     // identifier; "" is every city
	Until     civil.Date `json:"until"`    // the new last day, in the call's zone
	GrantedAt time.Time  `json:"grantedAt"`
	Reason    string     `json:"reason"`
	Person    string     `json:"person"` // identifier of who granted it
}

// covers reports whether an extension is about a deadline of a city.
func (e Extension) covers(d Deadline, city, country string) bool {
	return e.Deadline == d && (e.City == "" || e.City == city) && (e.Country == "" || e.Country == country)
}

// LastDay is the last day of a deadline for a city, as it stood at a moment: the call's own, or the latest to which it had been
// extended by then.
func LastDay(call programme.Call, extensions []Extension, d Deadline, city, country string, at time.Time) civil.Date {
	day := call.CityDeadline
	if d == CommissionDeadline {
		day = call.CommissionDeadline
	}
	for _, e := range extensions {
		if e.covers(d, city, country) && !e.GrantedAt.After(at) && e.Until.After(day) {
			day = e.Until
		}
	}
	return day
}

// Extend adds an extension to those of a call. It states its reason (CELL_REQUIRED) and names a later day than the one that holds for
// those whom it is about (DEADLINE_NOT_EXTENDED, R-APP-1 or R-APP-2): a deadline that people rely on is never moved forward.
func Extend(call programme.Call, extensions []Extension, e Extension) ([]Extension, *problem.Problem) {
	rule := "R-APP-1"
	if e.Deadline == CommissionDeadline {
		rule = "R-APP-2"
	}
	if strings.TrimSpace(e.Reason) == "" {
		return extensions, problem.New("CELL_REQUIRED").In("reason").Under(rule).
			WithText("column", locale.Text{EN: "Reason", FR: "Motif", ES: "Motivo"})
	}
	if day := LastDay(call, extensions, e.Deadline, e.City, e.Country, e.GrantedAt); !e.Until.After(day) {
		return extensions, problem.New("DEADLINE_NOT_EXTENDED").In("until").Under(rule).
			Valued(e.Until.String()).WithText("deadline", day.Text())
	}
	return append(slices.Clip(extensions), e), nil
}

// CheckDeadline holds a deadline at a moment, in the call's zone: the last second of the last day is in time, the next is not
// (R-APP-1, R-APP-2): CYCLE_CLOSED_CITY or CYCLE_CLOSED_NATCOM.
func CheckDeadline(call programme.Call, extensions []Extension, d Deadline, city, country string, at time.Time) *problem.Problem {
	if d == NoDeadline {
		return nil
	}
	last, day := LastDay(call, extensions, d, city, country, at), civil.Of(at, call.Location())
	if !day.After(last) {
		return nil
	}
	if d == CityDeadline {
		call.CityDeadline = last
		return CheckReceived(day, call).Valued(day.String())
	}
	call.CommissionDeadline = last
	return CheckEndorsedOn(day, call).Valued(day.String())
}
