package httpapi

import (
	"net/http"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/registry"
)

func coordinatorRoutes() []Route {
	const seat = "/api/coordinators/{term}/{cluster}/{country}/{city}"
	return []Route{
		{Method: "GET", Pattern: "/api/coordinators", serve: (*api).listCoordinators},
		{Method: "POST", Pattern: "/api/coordinators/{term}", serve: (*api).appoint},
		{Method: "POST", Pattern: seat + "/announcement", serve: (*api).announceCoordinator},
		{Method: "POST", Pattern: seat + "/end", serve: (*api).layDownMandate},
		{Method: "GET", Pattern: "/api/candidates/{term}", serve: (*api).listCandidates},
	}
}

// coordinatorState is a city's seat as coordinator of a cluster. All keys are always present.
type coordinatorState struct {
	Term        string         `json:"term"`
	Cluster     label          `json:"cluster"`
	City        cityName       `json:"city"`
	From        civil.Date     `json:"from"`
	Until       civil.Date     `json:"until"`
	AnnouncedOn *civil.Date    `json:"announcedOn"`
	Decision    *decisionState `json:"decision"` // null for whoever may not know
}

// decisionState is the decision about a seat.
type decisionState struct {
	Proposed  []seatName `json:"proposed"` // none where a sheet brought the decision
	Reason    *string    `json:"reason"`
	DecidedOn civil.Date `json:"decidedOn"`
	DecidedBy *string    `json:"decidedBy"` // identifier
}

// seatName is a seat by the identifiers of its cluster and city.
type seatName struct {
	Cluster string `json:"cluster"`
	City    string `json:"city"`
}

func (a *api) coordinatorStateOf(q *asking, c office.Coordinator) coordinatorState {
	m, d := c.Mandate, c.Decision
	s := coordinatorState{
		Term: m.Term, Cluster: a.cluster(q, m.Cluster), City: a.city(q, m.Member, m.City, m.Country), From: m.From, Until: m.Until,
		AnnouncedOn: orNull(d.AnnouncedOn),
	}
	if d.DecidedOn.IsZero() {
		return s
	}
	s.Decision = &decisionState{Proposed: []seatName{}, Reason: orNull(d.Reason), DecidedOn: d.DecidedOn, DecidedBy: orNull(d.DecidedBy)}
	for _, seat := range d.Proposed {
		s.Decision.Proposed = append(s.Decision.Proposed, seatName{Cluster: seat.Cluster, City: seat.Member})
	}
	return s
}

// listCoordinators answers who coordinates in a term.
func (a *api) listCoordinators(q *asking) (*answer, error) {
	query := q.URL.Query()
	all, err := a.Office.Coordinators(q.Context(), query.Get("term"))
	if err != nil {
		return nil, err
	}
	states := []coordinatorState{}
	for _, c := range all {
		if of := query.Get("cluster"); of == "" || of == c.Mandate.Cluster {
			states = append(states, a.coordinatorStateOf(q, c))
		}
	}
	return listed(q, states, func(s coordinatorState) string { return s.Cluster.ID + "#" + s.City.ID })
}

type coordinatorAnswer struct {
	Coordinator coordinatorState `json:"coordinator"`
}

func (a *api) answerSeat(q *asking, status int, e registry.SeatEvent, err error) (*answer, error) {
	if err != nil {
		return nil, err
	}
	got := coordinatorAnswer{a.coordinatorStateOf(q, office.Coordinator{Mandate: e.Mandate, Decision: e.Decision})}
	return &answer{status: status, body: got}, nil
}

// appoint decides for a candidate.
func (a *api) appoint(q *asking) (*answer, error) {
	choice := registry.Choice{Term: q.path("term")}
	if _, err := q.read(
		field{"cluster", &choice.Seat.Cluster, aText, true},
		field{"city", &choice.Seat.Member, aText, true},
		field{"reason", &choice.Reason, aText, false},
		field{"on", &choice.On, aDay, false},
	); err != nil {
		return nil, err
	}
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	event, err := a.Office.Appoint(q.Context(), key, choice)
	return a.answerSeat(q, http.StatusCreated, event, err)
}

// seatAt is the seat in a path.
func (q *asking) seatAt() coordinator.Seat {
	return coordinator.Seat{Cluster: q.path("cluster"), Member: q.cityAt()}
}

// announceCoordinator notes the day on which a decision is made public.
func (a *api) announceCoordinator(q *asking) (*answer, error) {
	var on civil.Date
	if _, err := q.read(field{"on", &on, aDay, false}); err != nil {
		return nil, err
	}
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	event, err := a.Office.AnnounceCoordinator(q.Context(), key, q.path("term"), q.seatAt(), on)
	return a.answerSeat(q, http.StatusOK, event, err)
}

// layDownMandate ends a mandate before its time.
func (a *api) layDownMandate(q *asking) (*answer, error) {
	var until civil.Date
	if _, err := q.read(field{"until", &until, aDay, false}); err != nil {
		return nil, err
	}
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	event, err := a.Office.LayDownMandate(q.Context(), key, q.path("term"), q.seatAt(), until)
	return a.answerSeat(q, http.StatusOK, event, err)
}

// candidatesAnswer is who stands in a term, with what is proposed. All keys are always present.
type candidatesAnswer struct {
	Term     string              `json:"term"`
	From     civil.Date          `json:"from"`     // the day of appointment
	Clusters []clusterCandidates `json:"clusters"` // in the programme's order
	Regions  []regionCount       `json:"regions"`  // seats with those that are proposed and those that run
}

type clusterCandidates struct {
	Cluster    label            `json:"cluster"`
	Candidates []candidateState `json:"candidates"` // who can be appointed by rank, then who can't
	Proposed   []proposedSeat   `json:"proposed"`
	Vacant     int              `json:"vacant"` // seats that nobody can take
}

type candidateState struct {
	City       cityName      `json:"city"`
	Region     *label        `json:"region"`
	Score      scoreState    `json:"score"`
	Rank       *int          `json:"rank"` // null for who can't be appointed
	Excluded   *why          `json:"excluded"`
	Lapses     *civil.Date   `json:"lapses"` // the last day of its participation, where that is within the term
	AnsweredOn civil.Date    `json:"answeredOn"`
	Answers    []ratedAnswer `json:"answers"`
}

type scoreState struct {
	Points int    `json:"points"`
	Of     int    `json:"of"`
	Text   string `json:"text"` // of 100
}

type ratedAnswer struct {
	Item   label  `json:"item"`
	Text   string `json:"text"`
	Rating int    `json:"rating"`
}

type proposedSeat struct {
	City string `json:"city"` // identifier
	Why  string `json:"why"`
}

// listCandidates answers who stands in a term, and what is proposed.
func (a *api) listCandidates(q *asking) (*answer, error) {
	on, err := q.day("on")
	if err != nil {
		return nil, err
	}
	f, err := a.Office.Candidates(q.Context(), q.path("term"), on)
	if err != nil {
		return nil, err
	}
	proposal := f.Propose()
	got := candidatesAnswer{
		Term: f.Term.ID, From: f.From, Clusters: []clusterCandidates{}, Regions: a.regionCounts(q, proposal.Spread.ByRegion),
	}
	for _, r := range f.Rankings() {
		one := clusterCandidates{
			Cluster: labelOf(q, r.Cluster.ID, r.Cluster.Label), Candidates: []candidateState{}, Proposed: []proposedSeat{},
		}
		for _, c := range r.Candidates {
			one.Candidates = append(one.Candidates, a.candidateStateOf(q, f, c))
		}
		for _, seat := range proposal.Seats {
			if seat.Cluster.ID == r.Cluster.ID {
				one.Proposed = append(one.Proposed, proposedSeat{seat.Candidate.Member, a.explanation(q, proposal, seat)})
			}
		}
		for _, v := range proposal.Vacant {
			if v.Cluster.ID == r.Cluster.ID {
				one.Vacant = v.Seats
			}
		}
		got.Clusters = append(got.Clusters, one)
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// explanation says why a seat is proposed.
func (a *api) explanation(q *asking, p coordinator.Proposal, seat coordinator.Chosen) string {
	return p.Explanation(seat, a.clusterText, a.regionText).In(q.lang)
}

func (a *api) candidateStateOf(q *asking, f coordinator.Field, c coordinator.Candidate) candidateState {
	s := candidateState{
		City: a.city(q, c.Member, c.City, c.Country), Rank: orNull(c.Rank), Lapses: orNull(c.Lapses), AnsweredOn: c.AnsweredOn,
		Score: scoreState{Points: c.Score.Points, Of: c.Score.Of, Text: c.Score.Text().In(q.lang)}, Answers: []ratedAnswer{},
	}
	if c.Region != "" {
		region := a.regionNamed(q, c.Region)
		s.Region = &region
	}
	if c.Excluded != nil {
		s.Excluded = &why{Code: c.Excluded.Code, Message: c.Excluded.Message(q.lang)}
	}
	for _, given := range c.Answers {
		item, _ := f.Programme.Coordinators.Item(given.Item)
		s.Answers = append(s.Answers, ratedAnswer{Item: labelOf(q, given.Item, item.Short), Text: given.Text, Rating: given.Rating})
	}
	return s
}
