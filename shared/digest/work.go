package digest

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// work is what the clusters set out to do in a term, who coordinates them, and what they told.
type work struct {
	term     programme.Term
	all      cities
	plans    map[string]workplan.Plan // by cluster
	news     []workplan.News          // by cluster and day
	mandates []coordinator.Mandate
}

func workTypes() []string {
	return []string{member.RecordType, coordinator.MandateType, workplan.RecordType, workplan.NewsType}
}

// readWork reads what is on record of a term, one that the programme has.
func (d *draft) readWork(ctx context.Context, from records.Reader, term programme.Term) (*work, error) {
	if term.ID == "" {
		return nil, fmt.Errorf("no term of %s to %s", d.Period.From, d.Period.To)
	}
	w := &work{term: term, plans: map[string]workplan.Plan{}}
	var err error
	if w.all, err = d.readCities(ctx, from); err != nil {
		return nil, err
	}
	err = cmp.Or(
		scan(ctx, from, workplan.RecordType, term.ID, "", func(id string, p workplan.Plan) { w.plans[id] = p }),
		scan(ctx, from, workplan.NewsType, term.ID, "", func(_ string, n workplan.News) { w.news = append(w.news, n) }),
		scan(ctx, from, coordinator.MandateType, term.ID, "", func(_ string, m coordinator.Mandate) { w.mandates = append(w.mandates, m) }),
	)
	return w, err
}

// plan is the work plan of a cluster; one of nothing where there is none.
func (w *work) plan(cluster string) workplan.Plan {
	if plan, ok := w.plans[cluster]; ok {
		return plan
	}
	return workplan.Plan{Cluster: cluster, Term: w.term.ID}
}

// coordinators are the cities that coordinate a cluster on a day, one after the other, or that there is none.
func (d *draft) coordinators(w *work, m func(coordinator.Mandate) bool) locale.Text {
	var names []locale.Text
	for _, one := range w.mandates {
		if m(one) {
			names = append(names, d.name(w.all, one.Member))
		}
	}
	if len(names) == 0 {
		return noCoordinator
	}
	return each(func(l locale.Lang) string {
		in := make([]string, len(names))
		for i, name := range names {
			in[i] = name.In(l)
		}
		return locale.List(l, in)
	})
}

// late lists the duties of a cluster that were due by the period's end and not done in time, with who coordinated the cluster then
// (R-CLU-10). A cluster in which nobody takes part has none.
func (d *draft) late(w *work, cluster string) (late []summary.Entry) {
	for _, turn := range workplan.Turns(d.Programme, w.term, w.plan(cluster), w.news, d.day()) {
		if !turn.Overdue || turn.Due.After(d.Period.To) {
			continue
		}
		coordinates := func(m coordinator.Mandate) bool {
			return m.Cluster == cluster && !m.From.After(turn.Due) && !m.Until.Before(turn.Due)
		}
		if len(w.all.in(cluster, turn.Due)) == 0 && !slices.ContainsFunc(w.mandates, coordinates) {
			continue // nobody was in the cluster, and so nobody is late
		}
		late = append(late, summary.Entry{
			Key: cluster + "#" + turn.Duty.ID + "#" + turn.Due.String(), Name: turn.Duty.Label, On: turn.Due, Late: true,
			Note: d.coordinators(w, coordinates), Path: clusterPath(cluster),
		})
	}
	return late
}

// told lists the news of a cluster of the period, the earliest first (R-CLU-10).
func (d *draft) told(w *work, cluster string) (told []summary.Entry) {
	for _, n := range w.news {
		if n.Cluster == cluster && d.within(n.On) {
			told = append(told, summary.Entry{
				Key: n.ID(), Name: d.name(w.all, n.Member), Note: clipped(n.Text, mostOfNews), On: n.On, Path: clusterPath(cluster),
			})
		}
	}
	return told
}

// mostOfNews is how many characters of a city's news a report quotes; the cluster's page has all of it.
const mostOfNews = 600

// held lists the activities of a cluster that were held in the period, and those that are still to be held, by their days: one whose day is
// over is late.
func (d *draft) held(w *work, cluster string) (held, coming []summary.Entry) {
	activities := slices.Clone(w.plan(cluster).Activities)
	slices.SortStableFunc(activities, func(a, b workplan.Activity) int { return a.On.Compare(b.On) })
	for _, a := range activities {
		entry := summary.Entry{Key: cluster + "#" + a.ID, Name: d.activity(a), On: a.On, Path: clusterPath(cluster)}
		if a.Host != "" {
			entry.Note = say(hostNote, "city", d.name(w.all, a.Host))
		}
		switch {
		case a.Status == workplan.Held && d.within(a.On):
			held = append(held, entry)
		case (a.Status == workplan.Planned || a.Status == workplan.Confirmed) && !a.On.IsZero():
			entry.Late = a.On.Before(d.day())
			if entry.Note.IsZero() {
				entry.Note = noHost
			}
			coming = append(coming, entry)
		}
	}
	return held, coming
}

// activity is what an activity is called: by its title, or else as its line of the budget.
func (d *draft) activity(a workplan.Activity) locale.Text {
	if a.Title != "" {
		return clipped(a.Title, mostOfNews)
	}
	if line, ok := d.Programme.BudgetLine(a.Line); ok {
		return line.Activity
	}
	return locale.Same(a.Line)
}

// outcomes lists what was noted in the period of the outcomes that are expected of a cluster (R-CLU-9).
func (d *draft) outcomes(w *work, cluster string) (noted []summary.Entry) {
	for i, note := range w.plan(cluster).Notes {
		if !d.within(note.On) {
			continue
		}
		name := locale.Same(note.Outcome)
		if outcome, ok := d.Programme.Outcome(note.Outcome); ok {
			name = outcome.Label
		}
		noted = append(noted, summary.Entry{
			Key: fmt.Sprintf("%s#%s#%d", cluster, note.Outcome, i+1), Name: name, On: note.On, Path: clusterPath(cluster),
			Note: say(ofCity, "city", d.name(w.all, note.Member), "text", clipped(note.Text, mostOfNews)),
		})
	}
	return noted
}

func clusterPath(cluster string) string { return "clusters/" + steps(cluster) }

var (
	noCoordinator = locale.Text{EN: "no coordinating city", FR: "aucune ville coordinatrice", ES: "ninguna ciudad coordinadora"}
	ofCity        = locale.Text{EN: "{city}: {text}", FR: "{city}\u00a0: {text}", ES: "{city}: {text}"}
	hostNote      = locale.Text{EN: "host: {city}", FR: "ville hôte\u00a0: {city}", ES: "anfitriona: {city}"}
	noHost        = locale.Text{EN: "no host yet", FR: "pas encore de ville hôte", ES: "aún sin anfitriona"}
)
