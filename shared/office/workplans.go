package office

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// Plan is a cluster's work plan of a term, a draft after the budget's lines while there is none on record. TERM_UNKNOWN, CLUSTER_UNKNOWN,
// RECORD_BUSY.
func (o *Office) Plan(ctx context.Context, of registry.PlanOf) (registry.Plan, error) {
	if err := o.leave(ctx, access.PlanRead, access.Object{}); err != nil {
		return registry.Plan{}, err
	}
	return o.Registry.Plan(ctx, of)
}

// PlanDuties lists when a cluster's duties come round in a term (R-CLU-10), and which of them are done today. TERM_UNKNOWN, CLUSTER_UNKNOWN,
// RECORD_BUSY.
func (o *Office) PlanDuties(ctx context.Context, of registry.PlanOf) ([]workplan.Turn, error) {
	plan, err := o.Plan(ctx, of)
	if err != nil {
		return nil, err
	}
	term, err := o.term(plan.Term)
	if err != nil {
		return nil, err
	}
	var news []workplan.News
	err = o.snapshot(ctx, []string{workplan.NewsType}, func(from records.Reader) error {
		news = nil
		return scan(ctx, from, workplan.NewsType, term.ID, plan.Cluster+"#", func(_ records.Record, n workplan.News) {
			news = append(news, n)
		})
	})
	return workplan.Turns(o.Programme, term, plan.Plan, news, o.today()), err
}

// planning takes a step of a plan with the leave to change it.
func (o *Office) planning(
	ctx context.Context, request string, of registry.PlanOf, step func(registry.Origin) (registry.Plan, error),
) (registry.Plan, error) {
	if err := o.leave(ctx, access.PlanChange, access.Object{}, of.Term, of.Cluster); err != nil {
		return registry.Plan{}, err
	}
	return step(origin(ctx, request))
}

// PlanObjectives says what the cluster sets out to do, see registry.PlanObjectives.
func (o *Office) PlanObjectives(ctx context.Context, request string, of registry.PlanOf, objectives string) (registry.Plan, error) {
	return o.planning(ctx, request, of, func(by registry.Origin) (registry.Plan, error) {
		return o.Registry.PlanObjectives(ctx, by, of, objectives)
	})
}

// PlanActivity plans an activity, see registry.PlanActivity.
func (o *Office) PlanActivity(ctx context.Context, request string, of registry.PlanOf, a workplan.Activity) (registry.Plan, error) {
	return o.planning(ctx, request, of, func(by registry.Origin) (registry.Plan, error) { return o.Registry.PlanActivity(ctx, by, of, a) })
}

// PlanStatus changes how far an activity has come, see registry.PlanStatus.
func (o *Office) PlanStatus(
	ctx context.Context, request string, of registry.PlanOf, activity string, status workplan.Status, on civil.Date,
) (registry.Plan, error) {
	return o.planning(ctx, request, of, func(by registry.Origin) (registry.Plan, error) {
		return o.Registry.PlanStatus(ctx, by, of, activity, status, on)
	})
}

// PlanPartner adds a technical partner, see registry.AddPartner.
func (o *Office) PlanPartner(ctx context.Context, request string, of registry.PlanOf, name string) (registry.Plan, error) {
	return o.planning(ctx, request, of, func(by registry.Origin) (registry.Plan, error) { return o.Registry.AddPartner(ctx, by, of, name) })
}

// PlanOutcome notes what has come of an expected outcome, see registry.NoteOutcome.
func (o *Office) PlanOutcome(ctx context.Context, request string, of registry.PlanOf, note workplan.Note) (registry.Plan, error) {
	return o.planning(ctx, request, of, func(by registry.Origin) (registry.Plan, error) { return o.Registry.NoteOutcome(ctx, by, of, note) })
}

// PutPlanForward makes the draft the cluster's plan, see registry.PutForward.
func (o *Office) PutPlanForward(ctx context.Context, request string, of registry.PlanOf, city string, on civil.Date) (registry.Plan, error) {
	return o.planning(ctx, request, of, func(by registry.Origin) (registry.Plan, error) { return o.Registry.PutForward(ctx, by, of, city, on) })
}

// OfferHost takes a city's offer to host an activity, see registry.OfferHost. To take the place of another city is to change the plan, which
// takes that leave. RECORD_CHANGED where the plan changes meanwhile.
func (o *Office) OfferHost(ctx context.Context, request string, of registry.PlanOf, activity, city string) (registry.Plan, error) {
	if err := o.leave(ctx, access.PlanOfferHost, access.Object{City: city}, of.Term, of.Cluster); err != nil {
		return registry.Plan{}, err
	}
	plan, err := o.Registry.Plan(ctx, of)
	if err != nil {
		return plan, err
	}
	for _, a := range plan.Activities {
		if a.ID == activity && a.Host != "" && a.Host != city {
			if err := o.leave(ctx, access.PlanChange, access.Object{}, of.Term, of.Cluster); err != nil {
				return registry.Plan{}, err
			}
		}
	}
	of.Seen = &plan.Version
	return o.Registry.OfferHost(ctx, origin(ctx, request), of, activity, city)
}
