package network

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/programme"
)

// choosesSeats tells whether who reads may know who stands for coordinator.
func (f frame) choosesSeats() bool { return f.may(access.CoordinatorReadCandidates, access.Object{}) }

// seatsOfTerm are the seats of a term.
type seatsOfTerm struct {
	Term   programme.Term
	Choose page.Input
	Seats  []office.Coordinator
	Vacant int // seats that nobody has
}

// coordinators shows who coordinates in a term, by cluster in the programme's order.
func coordinators(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f := framed(ctx, o, v, coordinatorsTitle, nil)
	f.Area, f.Within = "clusters", []page.Step{{Path: "clusters", Name: f.In(clustersTitle)}}
	term := f.termAsked()
	all, err := o.Coordinators(ctx, term.ID)
	if err != nil {
		return nil, err
	}
	list := seatsOfTerm{Term: term, Choose: f.terms(term)}
	for _, one := range o.Programme.Clusters {
		list.Seats = append(list.Seats, f.seatsIn(all, one.ID)...)
		list.Vacant += max(0, o.Programme.Limits.CoordinatorsPerCluster-len(f.seatsOf(all, one.ID)))
	}
	return v.Written(ctx, coordinatorsView(f, list))
}

// ranked is a candidate of a cluster with what choosing it would lead to.
type ranked struct {
	coordinator.Option
	Proposed *coordinator.Chosen // nil where it isn't
	Seated   bool                // it coordinates the cluster already
}

// clusterChoice is a cluster with those who stand in it.
type clusterChoice struct {
	Cluster    programme.Cluster
	Candidates []ranked
	Vacant     int // seats that nobody can take
}

// choice is whom the coordinators of a term are chosen from, and what is proposed.
type choice struct {
	Field    coordinator.Field
	Proposal coordinator.Proposal
	Clusters []clusterChoice
}

// selection shows who stands in a term, by rank, with what is proposed and the regional spread that each choice leads to.
func selection(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f := framed(ctx, o, v, selectionTitle, seatDone)
	found, err := f.choiceOf(v.Values["term"])
	if err != nil {
		return nil, err
	}
	f.Area, f.Within = "clusters", f.withinSeats(found.Field.Term.ID)
	return v.Written(ctx, selectionView(f, found))
}

func (f frame) withinSeats(term string) []page.Step {
	return []page.Step{{Path: "clusters", Name: f.In(clustersTitle)}, {Path: "coordinators", Name: f.In(coordinatorsTitle) + " " + term}}
}

// choiceOf reads who stands in a term for an appointment of today. ACCESS_DENIED, TERM_UNKNOWN, RECORD_BUSY.
func (f frame) choiceOf(term string) (choice, error) {
	field, err := f.office.Candidates(f.ctx, term, f.today())
	if err != nil {
		return choice{}, err
	}
	found := choice{Field: field, Proposal: field.Propose()}
	for _, ranking := range field.Rankings() {
		found.Clusters = append(found.Clusters, found.cluster(ranking))
	}
	return found, nil
}

// cluster sets each candidate of a cluster beside what is proposed for all other clusters.
func (c choice) cluster(ranking coordinator.Ranking) clusterChoice {
	of := clusterChoice{Cluster: ranking.Cluster}
	for _, option := range c.Field.Options(c.elsewhere(ranking.Cluster.ID), ranking.Cluster.ID) {
		one := ranked{Option: option}
		for i, seat := range c.Proposal.Seats {
			if seat.Cluster.ID == ranking.Cluster.ID && seat.Candidate.Member == option.Candidate.Member {
				one.Proposed = &c.Proposal.Seats[i]
			}
		}
		one.Seated = c.mandate(coordinator.Seat{Cluster: ranking.Cluster.ID, Member: option.Candidate.Member}) != nil
		of.Candidates = append(of.Candidates, one)
	}
	for _, vacancy := range c.Proposal.Vacant {
		if vacancy.Cluster.ID == ranking.Cluster.ID {
			of.Vacant = vacancy.Seats
		}
	}
	return of
}

// elsewhere are the seats that are proposed in other clusters than one.
func (c choice) elsewhere(but string) (seats []coordinator.Seat) {
	for _, seat := range c.Proposal.Members() {
		if seat.Cluster != but {
			seats = append(seats, seat)
		}
	}
	return seats
}

// mandate is the seat's mandate in the term; nil for none.
func (c choice) mandate(seat coordinator.Seat) *coordinator.Mandate {
	for i, m := range c.Field.Mandates {
		if m.Term == c.Field.Term.ID && m.Cluster == seat.Cluster && m.Member == seat.Member {
			return &c.Field.Mandates[i]
		}
	}
	return nil
}

// state is what a candidate is, in a word.
func (f frame) stateOf(c ranked) (locale.Text, page.Tone) {
	switch {
	case c.Seated:
		return coordinatesWord, page.Good
	case c.Proposed != nil:
		return proposedWord, page.Watch
	case c.Candidate.Rank == 0:
		return excludedWord, page.Calm
	case c.Refused != nil:
		return refusedWord, page.Calm
	}
	return standsWord, page.Calm
}

// why is the reason for what a candidate is.
func (f frame) why(c choice, one ranked) string {
	switch {
	case one.Seated:
		return ""
	case one.Proposed != nil:
		return f.In(c.Proposal.Explanation(*one.Proposed, f.clusterText, f.regionText))
	case one.Candidate.Excluded != nil:
		return one.Candidate.Excluded.Message(f.Lang)
	case one.Refused != nil:
		return one.Refused.Message(f.Lang)
	}
	return ""
}

// regions are the identifiers of the regions that any spread has seats of, in their order.
func (f frame) regions(spreads ...coordinator.Spread) (ids []string) {
	for _, region := range append(f.office.Reference.Regions(), noRegion) {
		seats := 0
		for _, one := range spreads {
			seats += one.ByRegion[region.ID]
		}
		if seats > 0 || region.ID != "" {
			ids = append(ids, region.ID)
		}
	}
	return ids
}

// spreadBars are the seats of the proposal by region, with those that run already.
func (f frame) spreadBars(c choice) page.Bars {
	running, _ := c.Field.Weigh(nil)
	share := f.office.Programme.Coordinators.SeatsPerRegion
	bars := page.Bars{
		Title: f.told(spreadTitle, "{n}", f.Number(share)), Name: f.In(regionWord), Value: f.In(asProposed), Part: f.In(runningWord),
	}
	for _, id := range f.regions(c.Proposal.Spread) {
		n, runs := c.Proposal.Spread.ByRegion[id], running.ByRegion[id]
		bars.Bars = append(bars.Bars, page.Bar{Name: f.region(id), Value: int64(n), Text: f.Number(n), Part: int64(runs), Note: f.Number(runs)})
	}
	return bars
}
