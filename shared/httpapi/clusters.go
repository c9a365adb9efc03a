package httpapi

import (
	"fmt"
	"net/http"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/cluster"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/questionnaire"
)

func clusterRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/clusters", serve: (*api).listClusters},
		{Method: "GET", Pattern: "/api/clusters/{cluster}", serve: (*api).findCluster},
		{Method: "GET", Pattern: "/api/offers", serve: (*api).listOffers},
	}
}

// clusterState is a thematic cluster. All keys are always present.
type clusterState struct {
	label
	Number int     `json:"number"`
	Topics []label `json:"topics"`
	Cities int     `json:"cities"` // that take part in it on the day
}

func (a *api) clusterStateOf(q *asking, r cluster.Roster) clusterState {
	return clusterState{
		label: labelOf(q, r.Cluster.ID, r.Cluster.Label), Number: r.Cluster.Number, Cities: len(r.Cities),
		Topics: labels(q, r.Cluster.Topics, func(id string) (string, locale.Text) {
			topic, _ := a.Office.Programme.Topic(id)
			return id, topic.Label
		}),
	}
}

// listClusters answers the clusters.
func (a *api) listClusters(q *asking) (*answer, error) {
	on, err := q.day("on")
	if err != nil {
		return nil, err
	}
	all, err := a.Office.Clusters(q.Context(), on)
	if err != nil {
		return nil, err
	}
	states := make([]clusterState, len(all))
	for i, r := range all {
		states[i] = a.clusterStateOf(q, r)
	}
	return listed(q, states, func(c clusterState) string { return fmt.Sprintf("%03d", c.Number) })
}

// clusterAnswer is a cluster with its cities. All keys are always present.
type clusterAnswer struct {
	Cluster clusterState       `json:"cluster"`
	Cities  []participantState `json:"cities"`  // by country and name
	Regions []regionCount      `json:"regions"` // how its cities lie over the regions, by identifier
}

type participantState struct {
	City  cityName   `json:"city"`
	From  civil.Date `json:"from"`
	Until civil.Date `json:"until"` // its participation lapses then unless it is renewed
}

// regionCount is a region with a number of cities or seats.
type regionCount struct {
	label
	Count int `json:"count"`
}

// findCluster answers a cluster with the cities that take part in it on a day.
func (a *api) findCluster(q *asking) (*answer, error) {
	on, err := q.day("on")
	if err != nil {
		return nil, err
	}
	roster, err := a.Office.Cluster(q.Context(), q.path("cluster"), on)
	if err != nil {
		return nil, err
	}
	got := clusterAnswer{Cluster: a.clusterStateOf(q, roster), Cities: []participantState{}}
	for _, c := range roster.Cities {
		got.Cities = append(got.Cities, participantState{a.city(q, c.ID, c.City, c.Country), c.From, c.Until})
	}
	got.Regions = a.regionCounts(q, roster.Spread(func(country string) string {
		of, _ := a.Office.Reference.Country(country)
		return of.Region
	}))
	return &answer{status: http.StatusOK, body: got}, nil
}

// regionCounts lists counts by region; "" is that of countries in none.
func (a *api) regionCounts(q *asking, counts map[string]int) []regionCount {
	list := []regionCount{}
	for _, region := range a.Office.Reference.Regions() {
		if n := counts[region.ID]; n > 0 {
			list = append(list, regionCount{labelOf(q, region.ID, region.Name), n})
		}
	}
	if n := counts[""]; n > 0 {
		list = append(list, regionCount{label{}, n})
	}
	return list
}

// offerState is what a city offers in a term. All keys are always present.
type offerState struct {
	City       cityName    `json:"city"`
	AnsweredOn civil.Date  `json:"answeredOn"`
	Items      []offerItem `json:"items"`
}

// offerItem is one item of the questionnaire.
type offerItem struct {
	Number  int     `json:"number"`
	Item    string  `json:"item"`
	Text    *string `json:"text"`
	Offers  bool    `json:"offers"`  // whether the text offers anything
	Carries *string `json:"carries"` // the budget line that the offer can carry, or the fund
}

// listOffers answers what cities offer in a term.
func (a *api) listOffers(q *asking) (*answer, error) {
	all, err := a.Office.Offers(q.Context(), q.URL.Query().Get("term"))
	if err != nil {
		return nil, err
	}
	states := make([]offerState, len(all))
	for i, o := range all {
		states[i] = a.offerStateOf(q, o)
	}
	return listed(q, states, func(o offerState) string { return o.City.ID })
}

func (a *api) offerStateOf(q *asking, o questionnaire.Offer) offerState {
	s := offerState{City: a.city(q, o.Member, o.City, o.Country), AnsweredOn: o.AnsweredOn, Items: []offerItem{}}
	for _, item := range a.Office.Programme.Questionnaire.Items {
		s.Items = append(s.Items, offerItem{
			Number: item.Number, Item: item.Short.In(q.lang), Text: orNull(o.Item(item.Number)), Offers: o.Offers(item.Number),
			Carries: orNull(item.Carries),
		})
	}
	return s
}
