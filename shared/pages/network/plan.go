package network

import (
	"net/url"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// noRegion stands for countries in none.
var noRegion = reference.Region{}

// planStatuses are how far an activity has come, in words.
var planStatuses = map[workplan.Status]struct {
	word locale.Text
	tone page.Tone
}{
	workplan.Planned:   {plannedWord, page.Calm},
	workplan.Confirmed: {confirmedWord, page.Watch},
	workplan.Held:      {heldState, page.Good},
	workplan.Cancelled: {cancelledWord, page.Urgent},
}

// topics are the names of several.
func (f frame) topics(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = f.topic(id)
	}
	return locale.List(f.Lang, names)
}

func (f frame) partners(all []workplan.Partner) string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	return locale.List(f.Lang, names)
}

// activity is what an activity is called: its title, or what the budget calls its line.
func (f frame) activity(a workplan.Activity) string {
	if a.Title != "" {
		return a.Title
	}
	line, _ := f.office.Programme.BudgetLine(a.Line)
	return f.In(line.Activity)
}

// lineNumber is the number of a budget line as it is printed.
func (f frame) lineNumber(code string) string {
	line, _ := f.office.Programme.BudgetLine(code)
	return line.Number
}

// called is a city of the cluster by its name; one that takes no part any more is called by its identifier.
func (f frame) called(w clusterWork, city string) string {
	for _, one := range w.Cities {
		if one.ID == city {
			return one.City
		}
	}
	for _, one := range w.Seats {
		if one.Mandate.Member == city {
			return one.Mandate.City
		}
	}
	return city
}

// stepPath is the path of a step's form.
func stepPath(w clusterWork, step string) string {
	return clusterPath(w.Cluster.ID) + "/plans/" + url.PathEscape(w.TermID) + "/" + step
}

// planSteps are the steps of the whole plan, in the order in which plans are made.
func (f frame) planSteps(w clusterWork) []string {
	all := []string{stepObjectives, stepPartners, stepActivities, stepOutcomes}
	if w.Plan.AdoptedOn.IsZero() {
		all = append(all, stepAdoption)
	}
	return all
}

// activitySteps are the steps of one activity that who reads may take.
func (f frame) activitySteps(w clusterWork, a workplan.Activity) (all []string) {
	changes := f.may(access.PlanChange, access.Object{})
	if changes {
		all = append(all, stepActivities)
		if len(f.statusesAfter(a)) > 0 {
			all = append(all, stepStatus)
		}
	}
	open := a.Status != workplan.Held && a.Status != workplan.Cancelled
	if open && (changes || a.Host == "" && len(f.hosts(w)) > 0) {
		all = append(all, stepHost)
	}
	return all
}

// changesPlan tells whether there is any activity that who reads may change.
func (f frame) changesPlan(w clusterWork) bool {
	return slices.ContainsFunc(w.Plan.Activities, func(a workplan.Activity) bool { return len(f.activitySteps(w, a)) > 0 })
}

// statusesAfter are those that an activity can have next, even where it lacks something for it yet.
func (f frame) statusesAfter(a workplan.Activity) []workplan.Status {
	return slices.DeleteFunc(slices.Clone(workplan.Statuses), func(s workplan.Status) bool {
		_, p := a.Become(s)
		return p != nil && p.Code == problem.Code("ACTIVITY_STATUS")
	})
}

// hosts are the cities of the cluster that who reads may offer as a host.
func (f frame) hosts(w clusterWork) (options []page.Option) {
	for _, one := range w.Cities {
		if f.may(access.PlanOfferHost, access.Object{City: one.ID}) {
			options = append(options, page.Option{Value: one.ID, Name: f.placed(one.City, one.Country)})
		}
	}
	return options
}

// cities are all cities of the cluster to choose from, after a first choice of none.
func (f frame) cities(w clusterWork, none locale.Text) []page.Option {
	options := []page.Option{{Name: f.In(none)}}
	for _, one := range w.Cities {
		options = append(options, page.Option{Value: one.ID, Name: f.placed(one.City, one.Country)})
	}
	return options
}
