package httpapi

import (
	"net/http"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/workplan"
)

func workplanRoutes() []Route {
	const plan = "/api/clusters/{cluster}/plans/{term}"
	const activity = plan + "/activities/{budget}/{line}/{number}"
	return []Route{
		{Method: "GET", Pattern: plan, serve: (*api).findPlan},
		{Method: "GET", Pattern: plan + "/duties", serve: (*api).listDuties},
		{Method: "PUT", Pattern: plan + "/objectives", serve: (*api).planObjectives},
		{Method: "POST", Pattern: plan + "/activities", serve: (*api).planActivity},
		{Method: "PUT", Pattern: activity, serve: (*api).changeActivity},
		{Method: "POST", Pattern: activity + "/status", serve: (*api).changeStatus},
		{Method: "POST", Pattern: activity + "/host", serve: (*api).offerHost},
		{Method: "POST", Pattern: plan + "/partners", serve: (*api).addPartner},
		{Method: "POST", Pattern: plan + "/outcomes", serve: (*api).noteOutcome},
		{Method: "POST", Pattern: plan + "/adoption", serve: (*api).adoptPlan},
	}
}

// planState is the work plan of a cluster for a term, as its version tells it: cities are named by their identifiers. All keys are always
// present.
type planState struct {
	Cluster    label           `json:"cluster"`
	Term       string          `json:"term"`
	Version    int64           `json:"version"`
	Objectives *string         `json:"objectives"`
	Partners   []string        `json:"partners"`
	Activities []activityState `json:"activities"`
	Uncovered  []label         `json:"uncovered"` // budget lines for which more is budgeted than planned
	Outcomes   []outcomeState  `json:"outcomes"`  // what is expected of every cluster
	AdoptedOn  *civil.Date     `json:"adoptedOn"` // null while it is a draft
	AdoptedBy  *string         `json:"adoptedBy"`
}

type activityState struct {
	ID     string          `json:"id"` // such as "cluster/1.4#1", whose path is cluster/1.4/1
	Line   label           `json:"line"`
	Title  *string         `json:"title"`
	Host   *string         `json:"host"`
	By     *string         `json:"by"` // the city that is responsible
	On     *civil.Date     `json:"on"`
	Status workplan.Status `json:"status"`
}

type outcomeState struct {
	label
	Notes []noteState `json:"notes"`
}

type noteState struct {
	City string     `json:"city"`
	Text string     `json:"text"`
	On   civil.Date `json:"on"`
}

type planAnswer struct {
	Plan planState `json:"plan"`
}

func (q *asking) planOf() registry.PlanOf {
	return registry.PlanOf{Term: q.path("term"), Cluster: q.path("cluster")}
}

// activityAt is the identifier of the activity in a path.
func (q *asking) activityAt() string {
	return q.path("budget") + "/" + q.path("line") + "#" + q.path("number")
}

func (a *api) answerPlan(q *asking, plan registry.Plan, err error) (*answer, error) {
	if err != nil {
		return nil, err
	}
	edition := a.Office.Programme
	s := planState{
		Cluster: a.cluster(q, plan.Cluster), Term: plan.Term, Version: plan.Version, Objectives: orNull(plan.Objectives), Partners: []string{},
		Activities: []activityState{}, Uncovered: []label{}, Outcomes: []outcomeState{}, AdoptedOn: orNull(plan.AdoptedOn),
		AdoptedBy: orNull(plan.AdoptedBy),
	}
	for _, p := range plan.Partners {
		s.Partners = append(s.Partners, p.Name)
	}
	for _, one := range plan.Activities {
		line, _ := edition.BudgetLine(one.Line)
		s.Activities = append(s.Activities, activityState{
			ID: one.ID, Line: labelOf(q, one.Line, line.Activity), Title: orNull(one.Title), Host: orNull(one.Host), By: orNull(one.By),
			On: orNull(one.On), Status: one.Status,
		})
	}
	for _, line := range plan.Uncovered(edition) {
		s.Uncovered = append(s.Uncovered, labelOf(q, line.Code, line.Activity))
	}
	for _, o := range plan.Outcomes(edition) {
		outcome := outcomeState{labelOf(q, o.Outcome.ID, o.Outcome.Label), []noteState{}}
		for _, n := range o.Notes {
			outcome.Notes = append(outcome.Notes, noteState{City: n.Member, Text: n.Text, On: n.On})
		}
		s.Outcomes = append(s.Outcomes, outcome)
	}
	return &answer{status: http.StatusOK, body: planAnswer{s}, version: plan.Version}, nil
}

// findPlan answers a work plan.
func (a *api) findPlan(q *asking) (*answer, error) {
	plan, err := a.Office.Plan(q.Context(), q.planOf())
	return a.answerPlan(q, plan, err)
}

// dutyState is one time that a duty comes round. All keys are always present.
type dutyState struct {
	Duty    label       `json:"duty"`
	From    civil.Date  `json:"from"`
	Due     civil.Date  `json:"due"` // both included
	DoneOn  *civil.Date `json:"doneOn"`
	Overdue bool        `json:"overdue"`
}

// listDuties answers when the cluster's duties come round in the term, and which of them are done.
func (a *api) listDuties(q *asking) (*answer, error) {
	turns, err := a.Office.PlanDuties(q.Context(), q.planOf())
	if err != nil {
		return nil, err
	}
	states := make([]dutyState, len(turns))
	for i, turn := range turns {
		states[i] = dutyState{
			Duty: labelOf(q, turn.Duty.ID, turn.Duty.Label), From: turn.From, Due: turn.Due, DoneOn: orNull(turn.DoneOn), Overdue: turn.Overdue,
		}
	}
	return listed(q, states, func(d dutyState) string { return d.Due.String() + d.From.String() + d.Duty.ID })
}

// planObjectives says what the cluster sets out to do, by the plan that was read.
func (a *api) planObjectives(q *asking) (*answer, error) {
	var objectives string
	if _, err := q.read(field{"objectives", &objectives, aText, true}); err != nil {
		return nil, err
	}
	key, of, err := q.planChange()
	if err != nil {
		return nil, err
	}
	plan, err := a.Office.PlanObjectives(q.Context(), key, of, objectives)
	return a.answerPlan(q, plan, err)
}

// planChange is the key under which a change is asked for, and the plan as whoever asks has seen it.
func (q *asking) planChange() (string, registry.PlanOf, error) {
	of := q.planOf()
	key, err := q.request()
	if err != nil {
		return "", of, err
	}
	seen, err := q.version()
	of.Seen = &seen
	return key, of, err
}

// readActivity reads what is said of an activity.
func (q *asking) readActivity() (workplan.Activity, error) {
	var one workplan.Activity
	_, err := q.read(
		field{"line", &one.Line, aText, true},
		field{"title", &one.Title, aText, false},
		field{"host", &one.Host, aText, false},
		field{"by", &one.By, aText, false},
		field{"on", &one.On, aDay, false},
	)
	return one, err
}

// planActivity plans a new activity.
func (a *api) planActivity(q *asking) (*answer, error) {
	one, err := q.readActivity()
	if err != nil {
		return nil, err
	}
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	plan, err := a.Office.PlanActivity(q.Context(), key, q.planOf(), one)
	got, err := a.answerPlan(q, plan, err)
	if err == nil {
		got.status = http.StatusCreated
	}
	return got, err
}

// changeActivity makes an activity what the body says, by the plan that was read.
func (a *api) changeActivity(q *asking) (*answer, error) {
	one, err := q.readActivity()
	if err != nil {
		return nil, err
	}
	one.ID = q.activityAt()
	key, of, err := q.planChange()
	if err != nil {
		return nil, err
	}
	plan, err := a.Office.PlanActivity(q.Context(), key, of, one)
	return a.answerPlan(q, plan, err)
}

// planStep takes a step of a plan that names no version: what it needs, its own rules hold.
func (a *api) planStep(q *asking, do func(key string, of registry.PlanOf) (registry.Plan, error), fields ...field) (*answer, error) {
	if _, err := q.read(fields...); err != nil {
		return nil, err
	}
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	plan, err := do(key, q.planOf())
	return a.answerPlan(q, plan, err)
}

// statusNames are those of the statuses.
var statusNames = func() locale.Text {
	names := make([]string, len(workplan.Statuses))
	for i, s := range workplan.Statuses {
		names[i] = string(s)
	}
	return locale.Same(strings.Join(names, ", "))
}()

// changeStatus changes how far an activity has come.
func (a *api) changeStatus(q *asking) (*answer, error) {
	var status string
	var on civil.Date
	return a.planStep(q, func(key string, of registry.PlanOf) (registry.Plan, error) {
		if workplan.Status(status).Label() == (locale.Text{}) {
			return registry.Plan{}, invalidText("status", statusNames).Valued(status)
		}
		return a.Office.PlanStatus(q.Context(), key, of, q.activityAt(), workplan.Status(status), on)
	}, field{"status", &status, statusNames, true}, field{"on", &on, aDay, false})
}

// offerHost takes a city's offer to host an activity.
func (a *api) offerHost(q *asking) (*answer, error) {
	var city string
	return a.planStep(q, func(key string, of registry.PlanOf) (registry.Plan, error) {
		return a.Office.OfferHost(q.Context(), key, of, q.activityAt(), city)
	}, field{"city", &city, aText, true})
}

// addPartner adds a technical partner.
func (a *api) addPartner(q *asking) (*answer, error) {
	var name string
	return a.planStep(q, func(key string, of registry.PlanOf) (registry.Plan, error) {
		return a.Office.PlanPartner(q.Context(), key, of, name)
	}, field{"name", &name, aText, true})
}

// noteOutcome notes what has come of an expected outcome.
func (a *api) noteOutcome(q *asking) (*answer, error) {
	var note workplan.Note
	return a.planStep(q, func(key string, of registry.PlanOf) (registry.Plan, error) {
		return a.Office.PlanOutcome(q.Context(), key, of, note)
	},
		field{"outcome", &note.Outcome, aText, true}, field{"city", &note.Member, aText, true}, field{"text", &note.Text, aText, true},
		field{"on", &note.On, aDay, false},
	)
}

// adoptPlan makes the draft the cluster's plan.
func (a *api) adoptPlan(q *asking) (*answer, error) {
	var city string
	var on civil.Date
	return a.planStep(q, func(key string, of registry.PlanOf) (registry.Plan, error) {
		return a.Office.PutPlanForward(q.Context(), key, of, city, on)
	}, field{"city", &city, aText, true}, field{"on", &on, aDay, false})
}
