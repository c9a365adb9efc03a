package workplan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Steps below change a copy: the plan itself stays as it is. They hold what a step needs; Setting.Check holds the plan's rules.

// Set plans an activity (R-CLU-8): a new one where it has no identifier, else the one with its identifier (REF_NOT_FOUND). Its status
// stays, and a new one is planned; what is confirmed or held keeps what it needs for that (CELL_REQUIRED).
func (plan Plan) Set(a Activity) (Plan, *problem.Problem) {
	plan.Activities = slices.Clone(plan.Activities)
	if a.ID == "" {
		n := 1
		for taken := true; taken; n++ {
			a.ID = fmt.Sprintf("%s#%d", a.Line, n)
			taken = slices.ContainsFunc(plan.Activities, func(other Activity) bool { return other.ID == a.ID })
		}
		a.Status = Planned
		plan.Activities = append(plan.Activities, a)
		return plan, nil
	}
	i, p := plan.find(a.ID)
	if p != nil {
		return plan, p
	}
	a.Status = plan.Activities[i].Status
	if p := a.complete(a.Status); p != nil {
		return plan, p
	}
	plan.Activities[i] = a
	return plan, nil
}

// Host takes a member city's offer to host an activity: REF_NOT_FOUND, ACTIVITY_STATUS for one that was held or cancelled.
func (plan Plan) Host(activity, city string) (Plan, *problem.Problem) {
	i, p := plan.find(activity)
	if p != nil {
		return plan, p
	}
	a := plan.Activities[i]
	if a.Status == Held || a.Status == Cancelled {
		return plan, problem.New("ACTIVITY_STATUS").In("status").Under("R-CLU-8").
			WithText("from", a.Status.Label()).WithText("to", Planned.Label())
	}
	a.Host = city
	return plan.Set(a)
}

// Become changes the status of an activity, with the day on which it is or was held unless that is none; see Activity.Become. An
// annual meeting of the members is an activity of its budget line that was held (R-CLU-10).
func (plan Plan) Become(activity string, s Status, on civil.Date) (Plan, *problem.Problem) {
	i, p := plan.find(activity)
	if p != nil {
		return plan, p
	}
	a := plan.Activities[i]
	if !on.IsZero() {
		a.On = on
	}
	if a, p = a.Become(s); p != nil {
		return plan, p
	}
	plan.Activities = slices.Clone(plan.Activities)
	plan.Activities[i] = a
	return plan, nil
}

// Partner adds a technical partner (CELL_REQUIRED for one without a name); one that the plan has already changes nothing.
func (plan Plan) Partner(name string) (Plan, *problem.Problem) {
	name = strings.TrimSpace(name)
	if name == "" {
		return plan, required("partners", locale.Text{EN: "Technical partner", FR: "Partenaire technique", ES: "Socio técnico"})
	}
	if !slices.ContainsFunc(plan.Partners, func(p Partner) bool { return locale.Fold(p.Name) == locale.Fold(name) }) {
		plan.Partners = append(slices.Clone(plan.Partners), Partner{Name: name})
	}
	return plan, nil
}

// Outcome notes what has come of an expected outcome (R-CLU-9), which a city and words belong to (CELL_REQUIRED).
func (plan Plan) Outcome(note Note) (Plan, *problem.Problem) {
	switch {
	case note.Member == "":
		return plan, required("member", locale.Text{EN: "City", FR: "Ville", ES: "Ciudad"}).Under("R-CLU-9")
	case strings.TrimSpace(note.Text) == "":
		return plan, required("text", locale.Text{EN: "Outcome", FR: "Résultat", ES: "Resultado"}).Under("R-CLU-9")
	case note.On.IsZero():
		return plan, required("on", locale.Text{EN: "Date", FR: "Date", ES: "Fecha"}).Under("R-CLU-9")
	}
	plan.Notes = append(slices.Clone(plan.Notes), note)
	return plan, nil
}

func (plan Plan) find(activity string) (int, *problem.Problem) {
	i := slices.IndexFunc(plan.Activities, func(a Activity) bool { return a.ID == activity })
	if i < 0 {
		return i, notFound("activity", activity, locale.Text{EN: "The activity", FR: "L’activité", ES: "La actividad"})
	}
	return i, nil
}
