package httpapi

import (
	"net/http"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/history"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/office"
)

// networkStatuses are those of the codes with which the rules of membership, clusters and coordinators refuse what another state of the network
// would allow.
var networkStatuses = conflicts(
	"ALREADY_MEMBER", "NOT_A_MEMBER", "CITY_MERGED", "MERGED_WITH_ITSELF", "EVENT_CONFLICT", "CLUSTER_ALREADY_JOINED", "CLUSTER_LIMIT_EXCEEDED",
	"CLUSTER_NOT_JOINED", "CLUSTER_RENEWED", "NOT_IN_CLUSTER", "NOT_A_COORDINATOR", "COORDINATOR_ELSEWHERE", "COORDINATOR_NOT_A_CANDIDATE",
	"COORDINATOR_NOT_IN_CLUSTER", "COORDINATOR_SEATS_TAKEN", "COORDINATOR_SECOND_TERM", "PARTNER_MISSING", "ACTIVITY_STATUS",
)

func memberRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/members", serve: (*api).listMembers},
		{Method: "GET", Pattern: "/api/members/{country}/{city}", serve: (*api).findMember},
		{Method: "POST", Pattern: "/api/members/{country}/{city}/events", serve: (*api).enterEvent},
		{Method: "GET", Pattern: "/api/members/{country}/{city}/history", serve: (*api).tellHistory},
	}
}

// memberState is a city that is or was a member. All keys are always present.
type memberState struct {
	City           cityName             `json:"city"`
	Region         *label               `json:"region"`
	State          office.MemberState   `json:"state"` // on the day that is asked for
	JoinedOn       civil.Date           `json:"joinedOn"`
	LeftOn         *civil.Date          `json:"leftOn"`
	Earlier        []membershipState    `json:"earlier"` // times before it left and joined again
	Website        *string              `json:"website"`
	Population     *int64               `json:"population"`
	OtherNames     []string             `json:"otherNames"`
	Participations []participationState `json:"participations"`
}

type membershipState struct {
	JoinedOn civil.Date `json:"joinedOn"`
	LeftOn   civil.Date `json:"leftOn"`
}

type participationState struct {
	From     civil.Date `json:"from"`
	Until    civil.Date `json:"until"`
	Clusters []label    `json:"clusters"`
}

func (a *api) memberStateOf(q *asking, m office.Member, on civil.Date) memberState {
	s := memberState{
		City: a.city(q, m.ID, m.City, m.Country), Region: a.region(q, m.Country), State: m.StateOn(on), JoinedOn: m.JoinedOn,
		LeftOn: orNull(m.LeftOn), Website: orNull(m.Website), Population: orNull(m.Population),
		Earlier: []membershipState{}, OtherNames: append([]string{}, m.OtherNames...), Participations: []participationState{},
	}
	for _, e := range m.Earlier {
		s.Earlier = append(s.Earlier, membershipState{JoinedOn: e.JoinedOn, LeftOn: e.LeftOn})
	}
	for _, p := range m.Participations {
		period := participationState{From: p.From, Until: p.Until, Clusters: []label{}}
		for _, id := range p.Clusters {
			period.Clusters = append(period.Clusters, a.cluster(q, id))
		}
		s.Participations = append(s.Participations, period)
	}
	return s
}

// listMembers answers the cities on record that a filter chooses.
func (a *api) listMembers(q *asking) (*answer, error) {
	on, err := q.day("on")
	if err != nil {
		return nil, err
	}
	state, err := q.choice("state", stateNames)
	if err != nil {
		return nil, err
	}
	query := q.URL.Query()
	members, on, err := a.Office.Members(q.Context(), office.MemberFilter{
		Country: query.Get("country"), Region: query.Get("region"), Cluster: query.Get("cluster"), State: office.MemberState(state), On: on,
	})
	if err != nil {
		return nil, err
	}
	states := make([]memberState, len(members))
	for i, m := range members {
		states[i] = a.memberStateOf(q, m, on)
	}
	return listed(q, states, func(m memberState) string { return m.City.ID })
}

var stateNames = func() []string {
	names := make([]string, len(office.MemberStates))
	for i, state := range office.MemberStates {
		names[i] = string(state)
	}
	return names
}()

// listed answers a page of a list.
func listed[T any](q *asking, items []T, key func(T) string) (*answer, error) {
	got, err := pageOf(q, items, key)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// memberAnswer is one member.
type memberAnswer struct {
	Member memberState `json:"member"`
}

// findMember answers one city on record, as it is today.
func (a *api) findMember(q *asking) (*answer, error) {
	m, on, err := a.Office.Member(q.Context(), q.cityAt())
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: memberAnswer{a.memberStateOf(q, m, on)}}, nil
}

// eventState is what happened to a member. All keys are always present.
type eventState struct {
	Kind    network.Kind `json:"kind"`
	Label   string       `json:"label"`
	City    string       `json:"city"` // identifier
	On      civil.Date   `json:"on"`
	Name    *string      `json:"name"`
	Into    *string      `json:"into"`
	Cluster *string      `json:"cluster"`
	Reason  *string      `json:"reason"`
}

type eventAnswer struct {
	Event eventState `json:"event"`
}

// enterEvent enters what happened to a member.
func (a *api) enterEvent(q *asking) (*answer, error) {
	e := network.Event{City: q.cityAt()}
	var kind string
	if _, err := q.read(
		field{"kind", &kind, kindNames, true},
		field{"on", &e.On, aDay, false},
		field{"name", &e.Name, aText, false},
		field{"into", &e.Into, aText, false},
		field{"cluster", &e.Cluster, aText, false},
		field{"reason", &e.Reason, aText, false},
	); err != nil {
		return nil, err
	}
	e.Kind = network.Kind(kind)
	if e.Kind.Label() == (locale.Text{}) {
		return nil, invalidText("kind", kindNames).Valued(kind)
	}
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	if e, err = a.Office.EnterEvent(q.Context(), key, e); err != nil {
		return nil, err
	}
	return &answer{status: http.StatusCreated, body: eventAnswer{eventState{
		Kind: e.Kind, Label: e.Kind.Label().In(q.lang), City: e.City, On: e.On, Name: orNull(e.Name), Into: orNull(e.Into),
		Cluster: orNull(e.Cluster), Reason: orNull(e.Reason),
	}}}, nil
}

// kindNames are those of the kinds of events.
var kindNames = func() locale.Text {
	names := ""
	for i, kind := range network.Kinds {
		if i > 0 {
			names += ", "
		}
		names += string(kind)
	}
	return locale.Same(names)
}()

// historyState is a city's story. All keys are always present.
type historyState struct {
	City       string        `json:"city"` // identifier
	Name       string        `json:"name"`
	Country    string        `json:"country"`
	OtherNames []string      `json:"otherNames"`
	On         civil.Date    `json:"on"`       // the day of standing
	Standing   []string      `json:"standing"` // what the city is and takes part in
	Lines      []historyLine `json:"lines"`    // in the order of their days
}

type historyLine struct {
	On     civil.Date   `json:"on"`
	Text   string       `json:"text"`
	Reason *string      `json:"reason"`
	Origin originState  `json:"origin"`
	Ended  *originState `json:"ended"` // what took it off the record again; null while it stands
}

// originState is where something on record came from, as far as the reader may know.
type originState struct {
	File   *string     `json:"file"`
	Sheet  *string     `json:"sheet"`
	Row    *int        `json:"row"`
	Source *string     `json:"source"` // the import's or request's identifier
	Person *string     `json:"person"` // identifier
	On     *civil.Date `json:"on"`     // the day on which it was recorded
	Undone bool        `json:"undone"` // by the undoing of the import that is its source
}

type historyAnswer struct {
	History historyState `json:"history"`
}

// tellHistory answers a city's whole story.
func (a *api) tellHistory(q *asking) (*answer, error) {
	page, err := a.Office.History(q.Context(), q.cityAt())
	if err != nil {
		return nil, err
	}
	s := historyState{
		City: page.ID, Name: page.Name, Country: page.Country.In(q.lang), OtherNames: append([]string{}, page.Names...), On: page.On,
		Standing: []string{}, Lines: []historyLine{},
	}
	for _, text := range page.Standing {
		s.Standing = append(s.Standing, text.In(q.lang))
	}
	for _, line := range page.Lines {
		one := historyLine{On: line.On, Text: line.Text.In(q.lang), Reason: orNull(line.Reason), Origin: originStateOf(line.Origin)}
		if line.Ended != nil {
			ended := originStateOf(*line.Ended)
			one.Ended = &ended
		}
		s.Lines = append(s.Lines, one)
	}
	return &answer{status: http.StatusOK, body: historyAnswer{s}}, nil
}

func originStateOf(o history.Origin) originState {
	return originState{
		File: orNull(o.File), Sheet: orNull(o.Sheet), Row: orNull(o.Row), Source: orNull(o.Source), Person: orNull(o.Person),
		On: orNull(o.On), Undone: o.Undone,
	}
}
