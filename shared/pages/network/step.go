package network

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// The steps of a work plan, as their paths name them.
const (
	stepObjectives = "objectives"
	stepPartners   = "partners"
	stepActivities = "activities"
	stepStatus     = "status"
	stepHost       = "host"
	stepOutcomes   = "outcomes"
	stepAdoption   = "adoption"
)

// stepForm is the form of a step of a work plan.
type stepForm struct {
	clusterWork
	Name     string
	Activity *workplan.Activity // nil where the step is of the whole plan, or plans a new one
	Fields   []page.Input
}

// planStep is what there is to a step.
type planStep struct {
	title, short, effect, done locale.Text
	ofActivity                 bool // it is of one activity
	fields                     func(f frame, s stepForm) []page.Input
	take                       func(f frame, s stepForm, of registry.PlanOf, on civil.Date) error
}

// askStep shows the form of a step.
func askStep(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f, form, err := stepFrame(ctx, o, v)
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, stepView(f, form, nil))
}

// stepFrame is the frame of a step's form, for who may take the step. ROUTE_UNKNOWN, ACCESS_DENIED, REF_NOT_FOUND.
func stepFrame(ctx context.Context, o *office.Office, v page.Visit) (frame, stepForm, error) {
	name := v.Values["step"]
	step, known := steps[name]
	if !known {
		return frame{}, stepForm{}, problem.New("ROUTE_UNKNOWN").Valued("/" + v.Path)
	}
	f := framed(ctx, o, v, step.title, nil)
	leave, object := access.PlanChange, access.Object{}
	if name == stepHost {
		leave, object = access.PlanOfferHost, access.Object{City: page.Who(ctx).Own().City}
	}
	if p := access.Decide(page.Who(ctx), leave, object); p != nil {
		return f, stepForm{}, p
	}
	form := stepForm{Name: name}
	var err error
	if form.Roster, err = o.Cluster(ctx, v.Values["cluster"], f.today()); err != nil {
		return f, form, err
	}
	form.TermID = v.Values["term"]
	seats, err := o.Coordinators(ctx, form.TermID)
	if err != nil {
		return f, form, err
	}
	form.Seats = f.seatsOf(seats, form.Cluster.ID)
	plan, err := o.Plan(ctx, registry.PlanOf{Term: form.TermID, Cluster: form.Cluster.ID})
	if err != nil {
		return f, form, err
	}
	form.Plan = &plan
	if err := form.findActivity(f, step); err != nil {
		return f, form, err
	}
	form.Fields = step.fields(f, form)
	f.Within = []page.Step{{Path: "clusters", Name: f.In(clustersTitle)}, {Path: clusterPath(form.Cluster.ID), Name: f.In(form.Cluster.Label)}}
	return f, form, nil
}

// findActivity finds the activity that a step is of (?activity=, or the hidden field). REF_NOT_FOUND.
func (s *stepForm) findActivity(f frame, step planStep) error {
	id := f.value("activity", f.Query.Get("activity"))
	at := slices.IndexFunc(s.Plan.Activities, func(a workplan.Activity) bool { return a.ID == id })
	if at >= 0 {
		s.Activity = &s.Plan.Activities[at]
	} else if step.ofActivity || id != "" {
		return problem.New("REF_NOT_FOUND").In("activity").Valued(id).WithText("what", theActivity)
	}
	return nil
}

// effect says what the step will do.
func (s stepForm) effect(f frame) string {
	activity := ""
	if s.Activity != nil {
		activity = f.activity(*s.Activity)
	}
	return f.told(steps[s.Name].effect, "{cluster}", f.In(s.Cluster.Label), "{term}", s.TermID, "{activity}", activity,
		"{activities}", f.Count(len(s.Plan.Activities), activityCountWord, activitiesCountWord),
		"{partners}", f.Count(len(s.Plan.Partners), partnerCountWord, partnersCountWord))
}

// takeStep takes a step as its form says.
func takeStep(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f, form, err := stepFrame(ctx, o, v)
	if err != nil {
		return nil, err
	}
	on, err := v.Day("on", dayWord)
	if err == nil {
		of := registry.PlanOf{Term: form.TermID, Cluster: form.Cluster.ID}
		err = steps[form.Name].take(f, form, of, on)
	}
	if err == nil {
		return v.On(clusterPath(form.Cluster.ID), form.Name), nil
	}
	return v.Again(ctx, atFields(err, form.Fields), func(refused page.Refused) templ.Component { return stepView(f, form, refused) })
}

// planDone says what a step did.
var planDone = func() map[string]locale.Text {
	done := map[string]locale.Text{}
	for name, step := range steps {
		done[name] = step.done
	}
	return done
}()
