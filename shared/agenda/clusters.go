package agenda

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/workplan"
)

var clusterTypes = []string{member.RecordType, coordinator.MandateType, workplan.RecordType, workplan.NewsType}

// clusters tells the terms of the newsletters, and the ends and duties that coordinators and members of clusters have to know of.
func (f *facts) clusters(ctx context.Context) error {
	for _, term := range f.Programme.Terms {
		f.add(programme.NetworkDigest, schedule.Subject{}, term.Start, term.End)
		for _, c := range f.Programme.Clusters {
			f.add(programme.ClusterDigest, schedule.Subject{Cluster: c.ID}, term.Start, term.End)
		}
	}
	before := len(f.found.Marks)
	return f.Records.Snapshot(ctx, clusterTypes, func(from records.Reader) error {
		f.found.Marks = f.found.Marks[:before]
		for _, term := range f.Programme.Terms {
			if term.End.Before(f.since) {
				continue
			}
			mandates, err := f.mandates(ctx, from, term)
			if err != nil {
				return err
			}
			if err := f.duties(ctx, from, term, mandates); err != nil {
				return err
			}
		}
		return scan(ctx, from, member.RecordType, "", f.participations)
	})
}

// mandates marks when coordinators' mandates end (R-CLU-4), also those that are laid down before the term's end.
func (f *facts) mandates(ctx context.Context, from records.Reader, term programme.Term) ([]coordinator.Mandate, error) {
	var mandates []coordinator.Mandate
	err := scan(ctx, from, coordinator.MandateType, term.ID, func(_ string, m coordinator.Mandate) {
		mandates = append(mandates, m)
		if !m.Until.Before(f.since) {
			f.mark(programme.TermEnd, schedule.Subject{Term: term.ID, Cluster: m.Cluster, City: m.Member}, m.Until, nil)
		}
	})
	return mandates, err
}

// reminded are the duties that coordinating cities are reminded of, by what the programme calls them (R-CLU-10).
var reminded = map[string]programme.About{"news": programme.NewsDue, "report": programme.ReportDue}

// duties marks the duties of clusters that are not done, of those with somebody whose duty it is.
func (f *facts) duties(ctx context.Context, from records.Reader, term programme.Term, mandates []coordinator.Mandate) error {
	if len(mandates) == 0 {
		return nil
	}
	var news []workplan.News
	plans := map[string]workplan.Plan{}
	for _, c := range f.Programme.Clusters {
		plans[c.ID] = workplan.Plan{Cluster: c.ID, Term: term.ID}
	}
	err := scan(ctx, from, workplan.NewsType, term.ID, func(_ string, n workplan.News) { news = append(news, n) })
	if err != nil {
		return err
	}
	err = scan(ctx, from, workplan.RecordType, term.ID, func(cluster string, p workplan.Plan) { plans[cluster] = p })
	if err != nil {
		return err
	}
	for _, c := range f.Programme.Clusters {
		for _, turn := range workplan.Turns(f.Programme, term, plans[c.ID], news, f.today) {
			about, ok := reminded[turn.Duty.ID]
			if !ok || !turn.DoneOn.IsZero() || turn.Due.Before(f.since) {
				continue
			}
			if day := f.duringTerm(term, turn.Due); coordinated(mandates, c.ID, day) {
				f.mark(about, schedule.Subject{Term: term.ID, Cluster: c.ID}, turn.Due, nil)
			}
		}
	}
	return nil
}

// duringTerm is today, or the day of a term up to a due day that is nearest to it.
func (f *facts) duringTerm(term programme.Term, due civil.Date) civil.Date {
	switch {
	case f.today.Before(term.Start):
		return term.Start
	case due.Before(f.today):
		return due
	}
	return f.today
}

func coordinated(mandates []coordinator.Mandate, cluster string, day civil.Date) bool {
	return slices.ContainsFunc(mandates, func(m coordinator.Mandate) bool { return m.Cluster == cluster && runs(m, day) })
}

func runs(m coordinator.Mandate, day civil.Date) bool {
	return !day.Before(m.From) && !day.After(m.Until)
}

// participations marks when a city's participations in clusters lapse (R-CLU-2), each by its cluster, where it has neither renewed them nor
// leaves the network before. What it left before its time doesn't lapse; and where all of a period lapses and another one follows at once,
// the city has chosen what it goes on with.
func (f *facts) participations(city string, m member.Member) {
	for i, p := range m.Participations {
		if p.Until.Before(f.since) || !m.LeftOn.IsZero() && !m.LeftOn.After(p.Until) {
			continue
		}
		var lapsing []string
		for _, cluster := range p.Clusters {
			if lapses(m.Participations[:i+1], cluster, f.Programme.Limits.ParticipationYears) {
				lapsing = append(lapsing, cluster)
			}
		}
		later := m.Participations[i+1:]
		if len(lapsing) == len(p.Clusters) && len(later) > 0 && later[0].From == p.Until.AddDays(1) {
			continue
		}
		for _, cluster := range lapsing {
			if !slices.ContainsFunc(later, func(next member.Participation) bool { return slices.Contains(next.Clusters, cluster) }) {
				f.mark(programme.ParticipationEnd, schedule.Subject{Cluster: cluster, City: city}, p.Until, nil)
			}
		}
	}
}

// lapses reports whether the last of some periods ends a cluster's whole years: counted from where the periods with that cluster that follow
// on each other begin, since another cluster's begin or end may have divided them.
func lapses(periods []member.Participation, cluster string, years int) bool {
	last := len(periods) - 1
	from, end := periods[last].From, periods[last].Until
	for i := last - 1; i >= 0 && periods[i].Until.AddDays(1) == from && slices.Contains(periods[i].Clusters, cluster); i-- {
		from = periods[i].From
	}
	until := member.Participate(from, years, nil).Until
	for until.Before(end) {
		until = member.Participate(until.AddDays(1), years, nil).Until
	}
	return until == end
}
