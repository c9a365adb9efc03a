package registry

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// PlanOf names the work plan of a cluster for a term.
type PlanOf struct {
	Term, Cluster string
	// Seen is the version by which a step is asked for; nil takes any. RECORD_CHANGED where the plan has another one.
	Seen *int64 `json:"-"` // a repetition of a request may know a later one
}

// Plan is a work plan as it stands. Version is 1 for a draft that is not on record, and one more after each step.
type Plan struct {
	workplan.Plan
	Version int64
}

// planEventType is the type of the events of work plans: in the term's partition, by cluster and place.
const planEventType = "work_plan_event"

// planEvent is a step of a work plan, with the plan as it was after it.
type planEvent struct {
	Step string        `json:"step"`
	Plan workplan.Plan `json:"plan"`
}

// planTypes are the records that work plans are judged by, or that their steps change.
var planTypes = []string{member.RecordType, coordinator.MandateType, workplan.RecordType}

// Plan is the work plan of a cluster as it stands, a draft after the budget's lines while there is none on record. TERM_UNKNOWN,
// CLUSTER_UNKNOWN, RECORD_BUSY.
func (r *Registry) Plan(ctx context.Context, of PlanOf) (Plan, error) {
	if _, err := r.planned(of); err != nil {
		return Plan{}, err
	}
	var plan Plan
	err := r.records.Snapshot(ctx, planTypes, func(from records.Reader) (err error) {
		var version int64
		plan.Plan, version, err = r.plan(ctx, from, of)
		plan.Version = version + 1
		return err
	})
	return plan, busy(err)
}

// Each step below gives the plan as it is after it. *Refused with the problems of the step and those of workplan.Setting.Check that it
// brings in, RECORD_CHANGED, TEXT_TOO_LONG; TERM_UNKNOWN, CLUSTER_UNKNOWN, RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.

// PlanObjectives says what the cluster sets out to do (R-CLU-8).
func (r *Registry) PlanObjectives(ctx context.Context, o Origin, of PlanOf, objectives string) (Plan, error) {
	if err := bounded("objectives", objectives, longText); err != nil {
		return Plan{}, err
	}
	return r.step(ctx, o, of, "objectives", objectives, func(_ workplan.Setting, plan workplan.Plan, _ civil.Date) (workplan.Plan, []*problem.Problem) {
		plan.Objectives = objectives
		return plan, nil
	})
}

// PlanActivity plans a line of the plan, a new one where it has no identifier; see workplan.Plan.Set.
func (r *Registry) PlanActivity(ctx context.Context, o Origin, of PlanOf, a workplan.Activity) (Plan, error) {
	if err := bounded("title", a.Title, longLine); err != nil {
		return Plan{}, err
	}
	return r.step(ctx, o, of, "activity", a, one(func(plan workplan.Plan, _ civil.Date) (workplan.Plan, *problem.Problem) {
		return plan.Set(a)
	}))
}

// OfferHost takes a member city's offer to host an activity; see workplan.Plan.Host.
func (r *Registry) OfferHost(ctx context.Context, o Origin, of PlanOf, activity, city string) (Plan, error) {
	asked := []string{activity, city}
	return r.step(ctx, o, of, "host", asked, one(func(plan workplan.Plan, _ civil.Date) (workplan.Plan, *problem.Problem) {
		return plan.Host(activity, city)
	}))
}

// PlanStatus changes how far an activity has come, with its day unless that is none; see workplan.Plan.Become. The cluster's annual
// meeting is held so (R-CLU-10).
func (r *Registry) PlanStatus(
	ctx context.Context, o Origin, of PlanOf, activity string, status workplan.Status, on civil.Date,
) (Plan, error) {
	asked := []any{activity, status, on}
	return r.step(ctx, o, of, "status", asked, one(func(plan workplan.Plan, _ civil.Date) (workplan.Plan, *problem.Problem) {
		return plan.Become(activity, status, on)
	}))
}

// AddPartner adds a technical partner.
func (r *Registry) AddPartner(ctx context.Context, o Origin, of PlanOf, name string) (Plan, error) {
	if err := bounded("partners", name, longLine); err != nil {
		return Plan{}, err
	}
	return r.step(ctx, o, of, "partner", name, one(func(plan workplan.Plan, _ civil.Date) (workplan.Plan, *problem.Problem) {
		return plan.Partner(name)
	}))
}

// NoteOutcome notes what has come of an expected outcome (R-CLU-9), today where the note has no day.
func (r *Registry) NoteOutcome(ctx context.Context, o Origin, of PlanOf, note workplan.Note) (Plan, error) {
	if err := bounded("text", note.Text, longText); err != nil {
		return Plan{}, err
	}
	return r.step(ctx, o, of, "outcome", note, one(func(plan workplan.Plan, today civil.Date) (workplan.Plan, *problem.Problem) {
		if note.On.IsZero() {
			note.On = today
		}
		return plan.Outcome(note)
	}))
}

// PutForward makes the draft the cluster's plan, put forward by a coordinating city on a day, today where it is none; see
// workplan.Setting.Adopt.
func (r *Registry) PutForward(ctx context.Context, o Origin, of PlanOf, city string, on civil.Date) (Plan, error) {
	asked := []any{city, on}
	return r.step(ctx, o, of, "adopted", asked,
		func(s workplan.Setting, plan workplan.Plan, today civil.Date) (workplan.Plan, []*problem.Problem) {
			if on.IsZero() {
				return s.Adopt(plan, city, today)
			}
			return s.Adopt(plan, city, on)
		})
}

// planStep changes a plan.
type planStep func(s workplan.Setting, plan workplan.Plan, today civil.Date) (workplan.Plan, []*problem.Problem)

// one is a step that has one problem at most.
func one(do func(plan workplan.Plan, today civil.Date) (workplan.Plan, *problem.Problem)) planStep {
	return func(_ workplan.Setting, plan workplan.Plan, today civil.Date) (workplan.Plan, []*problem.Problem) {
		plan, p := do(plan, today)
		if p != nil {
			return plan, []*problem.Problem{p}
		}
		return plan, nil
	}
}

// step takes a step of a plan.
func (r *Registry) step(ctx context.Context, o Origin, of PlanOf, name string, asked any, do planStep) (Plan, error) {
	term, err := r.planned(of)
	if err != nil {
		return Plan{}, err
	}
	id, err := r.perform(ctx, o, []any{name, of, asked}, planTypes,
		func(from records.Reader, o Origin, now time.Time) ([]table.Write, string, error) {
			before, version, err := r.plan(ctx, from, of)
			if err != nil {
				return nil, "", err
			}
			if of.Seen != nil && *of.Seen != version+1 {
				return nil, "", refused(problem.New("RECORD_CHANGED"))
			}
			setting, err := r.setting(ctx, from, term)
			if err != nil {
				return nil, "", err
			}
			plan, problems := do(setting.Setting, before, r.today(now))
			if len(problems) == 0 {
				problems = brought(setting.Check(before), setting.Check(plan))
			}
			if len(problems) > 0 {
				return nil, "", refused(problems...)
			}
			writes, id, err := stepped(planEvent{name, plan}, version, o.provenance(now))
			return append(writes, setting.holds(before, plan)...), id, err
		})
	if err != nil {
		return Plan{}, err
	}
	event, err := find[planEvent](ctx, r.records, records.Ref{Type: planEventType, Partition: of.Term, ID: id})
	if err != nil {
		return Plan{}, err
	}
	step, err := strconv.ParseInt(id[strings.LastIndex(id, "#")+1:], 10, 64)
	return Plan{event.Plan, step + 1}, err
}

// stepped gives the writes of a step. Nothing else writes a plan, so the step's place is the version that it makes.
func stepped(event planEvent, version int64, by records.Provenance) ([]table.Write, string, error) {
	plan := event.Plan
	ref := records.Ref{Type: planEventType, Partition: plan.Term, ID: plan.Cluster + "#" + number(int(version)+1)}
	entered, err := written(records.Put{Record: records.Record{Ref: ref, Provenance: by}}, event)
	if err != nil {
		return nil, "", err
	}
	changed, err := written(records.Put{Record: records.Record{Ref: planRef(plan), Provenance: by}, Base: version}, plan)
	return append(entered, changed...), ref.ID, err
}

// brought are the problems of a plan that it did not have before: what became of a city since is no fault of the next step.
func brought(before, after []*problem.Problem) []*problem.Problem {
	same := func(a, b *problem.Problem) bool {
		return a.Code == b.Code && a.Row == b.Row && a.Field == b.Field && a.Message(locale.EN) == b.Message(locale.EN)
	}
	return slices.DeleteFunc(after, func(p *problem.Problem) bool {
		return slices.ContainsFunc(before, func(was *problem.Problem) bool { return same(was, p) })
	})
}

// planned is the term of a plan, whose cluster is one of the programme. TERM_UNKNOWN, CLUSTER_UNKNOWN.
func (r *Registry) planned(of PlanOf) (programme.Term, error) {
	term, err := r.term(of.Term)
	if err != nil {
		return term, err
	}
	if _, known := r.Programme.Cluster(of.Cluster); known {
		return term, nil
	}
	known := make([]string, len(r.Programme.Clusters))
	for i, c := range r.Programme.Clusters {
		known[i] = c.ID
	}
	return term, problem.New("CLUSTER_UNKNOWN").Valued(of.Cluster).With("known", strings.Join(known, ", "))
}

func planRef(plan workplan.Plan) records.Ref {
	return records.Ref{Type: workplan.RecordType, Partition: plan.Term, ID: plan.Cluster}
}

// plan reads a plan with its version, or begins it.
func (r *Registry) plan(ctx context.Context, from records.Reader, of PlanOf) (workplan.Plan, int64, error) {
	record, err := from.Get(ctx, records.Ref{Type: workplan.RecordType, Partition: of.Term, ID: of.Cluster})
	if errors.Is(err, records.ErrNotFound) {
		return workplan.Draft(r.Programme, of.Cluster, of.Term), 0, nil
	}
	if err != nil {
		return workplan.Plan{}, 0, err
	}
	var plan workplan.Plan
	return plan, record.Version, records.Decode(record.Body, &plan)
}

// setting is what plans of a term are judged by, with the versions of its records.
type setting struct {
	workplan.Setting
	versions map[records.Ref]int64
}

func (r *Registry) setting(ctx context.Context, from records.Reader, term programme.Term) (setting, error) {
	s := setting{workplan.Setting{Programme: r.Programme, Term: term, Members: map[string]member.Member{}}, map[records.Ref]int64{}}
	err := scan(ctx, from, member.RecordType, "", "", func(record records.Record, m member.Member) error {
		s.Members[record.Ref.ID], s.versions[record.Ref] = m, record.Version
		return nil
	})
	if err != nil {
		return s, err
	}
	s.Mandates, err = r.mandates(ctx, from, s.versions)
	return s, err
}

// holds gives the conditions that the cities which a step names, and those that coordinate the plan's cluster, are as it was judged by. Cities
// that were named before are left out: they may go on as they like, and a transaction has room for so many only.
func (s setting) holds(before, plan workplan.Plan) []table.Write {
	judged := map[records.Ref]bool{}
	for _, a := range plan.Activities {
		if !slices.Contains(before.Activities, a) {
			judged[memberRef(a.Host)], judged[memberRef(a.By)] = true, true
		}
	}
	for _, note := range plan.Notes[len(before.Notes):] {
		judged[memberRef(note.Member)] = true
	}
	for _, m := range s.Mandates {
		if m.Cluster == plan.Cluster && m.Term == plan.Term {
			judged[seatRef(coordinator.MandateType, m)] = true
		}
	}
	var writes []table.Write
	for ref := range judged {
		if version, known := s.versions[ref]; known {
			writes = append(writes, records.Unchanged(ref, version))
		}
	}
	return writes
}
