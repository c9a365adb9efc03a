package network

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/cluster"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// clusterCard is a cluster at a glance.
type clusterCard struct {
	cluster.Roster
	Coordinators []office.Coordinator
}

// clusters shows all clusters, with who coordinates them in the term of today.
func clusters(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f := framed(ctx, o, v, clustersTitle, nil)
	rosters, err := o.Clusters(ctx, f.today())
	if err != nil {
		return nil, err
	}
	seats, err := o.Coordinators(ctx, "")
	if err != nil {
		return nil, err
	}
	cards := make([]clusterCard, len(rosters))
	for i, r := range rosters {
		cards[i] = clusterCard{r, f.seatsOf(seats, r.Cluster.ID)}
	}
	return v.Written(ctx, clustersView(f, cards))
}

// seatsOf are the seats of a cluster that nobody has laid down before today.
func (f frame) seatsOf(all []office.Coordinator, cluster string) []office.Coordinator {
	return slices.DeleteFunc(f.seatsIn(all, cluster), f.laidDown)
}

// laidDown tells whether a mandate was ended before its term, and is over.
func (f frame) laidDown(c office.Coordinator) bool {
	term, _ := f.office.Programme.Term(c.Mandate.Term)
	return c.Mandate.Until.Before(term.End) && c.Mandate.Until.Before(f.today())
}

// clusterWork is a cluster with what it works on in a term, as far as who reads may know it.
type clusterWork struct {
	cluster.Roster
	Term   page.Input // to choose another one
	TermID string
	Seats  []office.Coordinator
	Plan   *registry.Plan // nil for who may not read it
	Duties []workplan.Turn
	Match  *questionnaire.ClusterMatch // offers and gaps; nil for who may not read all offers
	Spread page.Bars
}

// oneCluster shows a cluster: who coordinates it and takes part, its work plan of a term, and what its cities offer to carry.
func oneCluster(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f := framed(ctx, o, v, clustersTitle, planDone)
	roster, err := o.Cluster(ctx, v.Values["cluster"], f.today())
	if err != nil {
		return nil, err
	}
	f.Name, f.Within = f.In(roster.Cluster.Label), []page.Step{{Path: "clusters", Name: f.In(clustersTitle)}}
	term := f.termAsked()
	slices.SortStableFunc(roster.Cities, func(a, b cluster.Participant) int { return f.byCountry(a.Country, b.Country) })
	work := clusterWork{Roster: roster, Term: f.terms(term), TermID: term.ID, Spread: f.spread(roster)}
	seats, err := o.Coordinators(ctx, term.ID)
	if err != nil {
		return nil, err
	}
	work.Seats = f.seatsIn(seats, roster.Cluster.ID)
	if err := f.planOf(&work); err != nil {
		return nil, err
	}
	if f.may(access.OfferRead, access.Object{}) {
		if work.Match, err = f.matchOf(roster, term.ID); err != nil {
			return nil, err
		}
	}
	return v.Written(ctx, clusterView(f, work))
}

// seatsIn are all seats of a cluster, those that were laid down too.
func (f frame) seatsIn(all []office.Coordinator, cluster string) (seats []office.Coordinator) {
	for _, one := range all {
		if one.Mandate.Cluster == cluster {
			seats = append(seats, one)
		}
	}
	return seats
}

// planOf adds the work plan and its duties, where who reads may know them.
func (f frame) planOf(work *clusterWork) error {
	if !f.may(access.PlanRead, access.Object{}) {
		return nil
	}
	of := registry.PlanOf{Term: work.TermID, Cluster: work.Cluster.ID}
	plan, err := f.office.Plan(f.ctx, of)
	if err != nil {
		return err
	}
	work.Plan = &plan
	work.Duties, err = f.office.PlanDuties(f.ctx, of)
	return err
}

// matchOf sets the offers of a cluster's cities against its budget lines (R-QUE-2).
func (f frame) matchOf(roster cluster.Roster, term string) (*questionnaire.ClusterMatch, error) {
	offers, err := f.office.Offers(f.ctx, term)
	if err != nil {
		return nil, err
	}
	clustersOf := cluster.Of([]cluster.Roster{roster})
	for _, match := range questionnaire.Match(f.office.Programme, offers, func(city string) []string { return clustersOf[city] }) {
		if match.Cluster.ID == roster.Cluster.ID {
			return &match, nil
		}
	}
	return nil, nil
}

// spread is how the cluster's cities lie over the regions.
func (f frame) spread(roster cluster.Roster) page.Bars {
	counts := roster.Spread(f.regionOf)
	bars := page.Bars{Title: f.In(citiesByRegion), Name: f.In(regionWord), Value: f.In(citiesTitle)}
	for _, region := range append(f.office.Reference.Regions(), noRegion) {
		if n := counts[region.ID]; n > 0 || region.ID != "" {
			bars.Bars = append(bars.Bars, page.Bar{Name: f.region(region.ID), Value: int64(n), Text: f.Number(n)})
		}
	}
	return bars
}

// figures are the cluster's numbers that matter.
func (w clusterWork) figures(f frame) []page.Figure {
	seats := 0
	for _, one := range w.Seats {
		if !f.laidDown(one) {
			seats++
		}
	}
	of := f.office.Programme.Limits.CoordinatorsPerCluster
	figures := []page.Figure{
		{Name: f.In(citiesTitle), Value: f.Number(len(w.Cities))},
		{Name: f.In(coordinatorsTitle), Value: f.Number(seats), Note: f.told(seatsNote, "{n}", f.Number(of)), Tone: tone(seats < of, page.Watch)},
	}
	if w.Plan != nil {
		held, late := 0, 0
		for _, a := range w.Plan.Activities {
			if a.Status == workplan.Held {
				held++
			}
		}
		for _, d := range w.Duties {
			if d.Overdue {
				late++
			}
		}
		figures = append(figures,
			page.Figure{Name: f.In(heldWord), Value: f.Number(held), Note: f.told(activitiesNote, "{n}", f.Number(len(w.Plan.Activities)))},
			page.Figure{Name: f.In(overdueWord), Value: f.Number(late), Note: f.In(overdueNote), Tone: tone(late > 0, page.Urgent)},
		)
	}
	if w.Match != nil {
		gaps := w.Match.Gaps()
		figures = append(figures, page.Figure{Name: f.In(gapsWord), Value: f.Number(gaps), Note: f.In(gapsNote), Tone: tone(gaps > 0, page.Watch)})
	}
	return figures
}

// tone is that of a figure which is to be looked at, or not.
func tone(look bool, as page.Tone) page.Tone {
	if look {
		return as
	}
	return page.Calm
}
