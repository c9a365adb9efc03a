package network

import (
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// steps are the steps of a work plan, by name.
var steps = map[string]planStep{
	stepObjectives: {
		title: objectivesTitle, effect: objectivesEffect, done: objectivesDone,
		fields: func(f frame, s stepForm) []page.Input {
			return []page.Input{{
				Name: "objectives", Label: objectivesWord, Hint: objectivesHint, Value: f.value("objectives", s.Plan.Objectives), Lines: 8, Required: true,
			}}
		},
		take: func(f frame, _ stepForm, of registry.PlanOf, _ civil.Date) error {
			of.Seen = f.Version()
			_, err := f.office.PlanObjectives(f.ctx, f.Request(), of, f.Form.Get("objectives"))
			return err
		},
	},
	stepPartners: {
		title: partnersTitle, effect: partnersEffect, done: partnersDone,
		fields: func(f frame, _ stepForm) []page.Input {
			return []page.Input{{Name: "partners", Label: partnerWord, Hint: partnerHint, Value: f.value("partners", ""), Required: true}}
		},
		take: func(f frame, _ stepForm, of registry.PlanOf, _ civil.Date) error {
			_, err := f.office.PlanPartner(f.ctx, f.Request(), of, f.Form.Get("partners"))
			return err
		},
	},
	stepActivities: {
		title: activityTitle, short: activityShort, effect: activityEffect, done: activityDone,
		fields: func(f frame, s stepForm) []page.Input { return f.activityFields(s) },
		take: func(f frame, s stepForm, of registry.PlanOf, on civil.Date) error {
			a := workplan.Activity{Line: f.Form.Get("line"), Title: f.Form.Get("title"), Host: f.Form.Get("host"), By: f.Form.Get("by"), On: on}
			if s.Activity != nil {
				a.ID, of.Seen = s.Activity.ID, f.Version()
			}
			_, err := f.office.PlanActivity(f.ctx, f.Request(), of, a)
			return err
		},
	},
	stepStatus: {
		title: statusTitle, short: statusShort, effect: statusEffect, done: statusDone, ofActivity: true,
		fields: func(f frame, s stepForm) []page.Input {
			status := page.Input{Name: "status", Label: stateWord, Value: f.value("status", ""), Each: true, Required: true}
			for _, next := range f.statusesAfter(*s.Activity) {
				status.Options = append(status.Options, page.Option{
					Value: string(next), Name: f.In(planStatuses[next].word), Note: f.In(statusNotes[next]),
				})
			}
			return []page.Input{status, f.dayField(s)}
		},
		take: func(f frame, s stepForm, of registry.PlanOf, on civil.Date) error {
			_, err := f.office.PlanStatus(f.ctx, f.Request(), of, s.Activity.ID, workplan.Status(f.Form.Get("status")), on)
			return err
		},
	},
	stepHost: {
		title: hostTitle, short: hostShort, effect: hostEffect, done: hostDone, ofActivity: true,
		fields: func(f frame, s stepForm) []page.Input {
			return []page.Input{{Name: "host", Label: hostWord, Value: f.value("host", s.Activity.Host), Options: f.hosts(s.clusterWork), Required: true}}
		},
		take: func(f frame, s stepForm, of registry.PlanOf, _ civil.Date) error {
			_, err := f.office.OfferHost(f.ctx, f.Request(), of, s.Activity.ID, f.Form.Get("host"))
			return err
		},
	},
	stepOutcomes: {
		title: outcomeTitle, effect: outcomeEffect, done: outcomeDone,
		fields: func(f frame, s stepForm) []page.Input {
			outcome := page.Input{Name: "outcome", Label: outcomeWord, Value: f.value("outcome", ""), Each: true, Required: true}
			for _, one := range f.office.Programme.Outcomes {
				outcome.Options = append(outcome.Options, page.Option{Value: one.ID, Name: f.In(one.Label)})
			}
			return []page.Input{
				outcome, {Name: "member", Label: cityTitle, Value: f.value("member", ""), Options: f.cities(s.clusterWork, chooseWord), Required: true},
				{Name: "text", Label: outcomeText, Hint: outcomeHint, Value: f.value("text", ""), Lines: 4, Required: true},
				{Name: "on", Type: "date", Label: dayWord, Value: f.value("on", f.today().String())},
			}
		},
		take: func(f frame, _ stepForm, of registry.PlanOf, on civil.Date) error {
			note := workplan.Note{Outcome: f.Form.Get("outcome"), Member: f.Form.Get("member"), Text: f.Form.Get("text"), On: on}
			_, err := f.office.PlanOutcome(f.ctx, f.Request(), of, note)
			return err
		},
	},
	stepAdoption: {
		title: adoptionTitle, effect: adoptionEffect, done: adoptionDone,
		fields: func(f frame, s stepForm) []page.Input {
			city := page.Input{Name: "city", Label: adoptionCity, Value: f.value("city", ""), Options: []page.Option{{Name: f.In(chooseWord)}}, Required: true}
			for _, seat := range s.Seats {
				city.Options = append(city.Options, page.Option{Value: seat.Mandate.Member, Name: f.placed(seat.Mandate.City, seat.Mandate.Country)})
			}
			return []page.Input{city, {Name: "on", Type: "date", Label: dayWord, Value: f.value("on", f.today().String())}}
		},
		take: func(f frame, _ stepForm, of registry.PlanOf, on civil.Date) error {
			_, err := f.office.PutPlanForward(f.ctx, f.Request(), of, f.Form.Get("city"), on)
			return err
		},
	},
}

// activityFields are those of an activity, new or as it stands.
func (f frame) activityFields(s stepForm) []page.Input {
	stands := workplan.Activity{}
	if s.Activity != nil {
		stands = *s.Activity
	}
	line := page.Input{Name: "line", Label: lineWord, Value: f.value("line", stands.Line), Required: true}
	for _, one := range f.office.Programme.BudgetLines {
		line.Options = append(line.Options, page.Option{Value: one.Code, Name: one.Number + " " + f.In(one.Activity)})
	}
	return []page.Input{
		line,
		{Name: "title", Label: titleWord, Hint: titleHint, Value: f.value("title", stands.Title)},
		{Name: "host", Label: hostWord, Value: f.value("host", stands.Host), Options: f.standing(f.cities(s.clusterWork, noHost), stands.Host)},
		{Name: "by", Label: byWord, Value: f.value("by", stands.By), Options: f.standing(f.cities(s.clusterWork, noResponsible), stands.By)},
		f.dayField(s),
	}
}

// standing adds a city that stands in the plan and takes no part in the cluster any more, so that a form doesn't drop it unasked.
func (f frame) standing(options []page.Option, city string) []page.Option {
	for _, one := range options {
		if one.Value == city {
			return options
		}
	}
	return append(options, page.Option{Value: city, Name: city})
}

// dayField is the day of an activity.
func (f frame) dayField(s stepForm) page.Input {
	first := ""
	if s.Activity != nil && !s.Activity.On.IsZero() {
		first = s.Activity.On.String()
	}
	return page.Input{Name: "on", Type: "date", Label: dayWord, Hint: activityDayHint, Value: f.value("on", first)}
}

// statusNotes say what a status takes.
var statusNotes = map[workplan.Status]locale.Text{
	workplan.Planned: plannedNote, workplan.Confirmed: confirmedNote, workplan.Held: heldNote, workplan.Cancelled: cancelledNote,
}
