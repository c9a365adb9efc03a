package workplan

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Status is how far an activity has come.
type Status string

// The statuses.
const (
	Planned   Status = "planned"
	Confirmed Status = "confirmed" // with host and date
	Held      Status = "held"
	Cancelled Status = "cancelled"
)

// Statuses lists all statuses.
var Statuses = []Status{Planned, Confirmed, Held, Cancelled}

// follows lists what can come after each status. What was held stays held; what was cancelled can be planned anew, and a confirmed
// activity that is put off is planned again.
var follows = map[Status][]Status{
	Planned:   {Confirmed, Held, Cancelled},
	Confirmed: {Planned, Held, Cancelled},
	Held:      {},
	Cancelled: {Planned},
}

// Become changes an activity's status: ACTIVITY_STATUS where the one can't follow the other, CELL_REQUIRED where what is confirmed
// or held lacks a date, or what is confirmed lacks a host. The activity itself is not changed.
func (a Activity) Become(s Status) (Activity, *problem.Problem) {
	if !slices.Contains(follows[a.Status], s) {
		return a, problem.New("ACTIVITY_STATUS").In("status").Under("R-CLU-8").
			WithText("from", a.Status.Label()).WithText("to", s.Label())
	}
	if p := a.complete(s); p != nil {
		return a, p
	}
	a.Status = s
	return a, nil
}

// complete asks for what an activity needs in a status.
func (a Activity) complete(s Status) *problem.Problem {
	if a.On.IsZero() && (s == Confirmed || s == Held) {
		return required("on", locale.Text{EN: "Date", FR: "Date", ES: "Fecha"})
	}
	if a.Host == "" && s == Confirmed {
		return required("host", locale.Text{EN: "Host city", FR: "Ville hôte", ES: "Ciudad anfitriona"})
	}
	return nil
}

func required(field string, label locale.Text) *problem.Problem {
	return problem.New("CELL_REQUIRED").In(field).Under("R-CLU-8").WithText("column", label)
}

// Label is how messages name a status.
func (s Status) Label() locale.Text { return statusLabels[s] }

var statusLabels = map[Status]locale.Text{
	Planned:   {EN: "planned", FR: "prévue", ES: "prevista"},
	Confirmed: {EN: "confirmed", FR: "confirmée", ES: "confirmada"},
	Held:      {EN: "held", FR: "tenue", ES: "celebrada"},
	Cancelled: {EN: "cancelled", FR: "annulée", ES: "cancelada"},
}
