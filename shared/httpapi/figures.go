package httpapi

import (
	"net/http"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
)

func figureRoutes() []Route {
	return []Route{{Method: "GET", Pattern: "/api/figures", serve: (*api).figures}}
}

// figuresAnswer is the figures of a period. All keys are always present.
type figuresAnswer struct {
	From     civil.Date     `json:"from"`
	To       civil.Date     `json:"to"`
	Country  *string        `json:"country"` // whose cities are counted; null where all are
	City     *string        `json:"city"`    // which is counted alone
	Members  memberCounts   `json:"members"`
	Clusters []clusterCount `json:"clusters"`
	Calls    []callCount    `json:"calls"` // with a deadline in the period; null for who may read no applications
	Fund     fundAnswer     `json:"fund"`  // as it stands now, without whose money it is
}

type memberCounts struct {
	Members   int `json:"members"` // on the last day, with their countries and regions
	Countries int `json:"countries"`
	Regions   int `json:"regions"`
	Joined    int `json:"joined"` // within the period
	Left      int `json:"left"`
}

type clusterCount struct {
	label
	Cities int `json:"cities"`
}

type callCount struct {
	Call   string       `json:"call"`
	Title  string       `json:"title"`
	States []stateCount `json:"states"` // those that any application is in
}

type stateCount struct {
	State application.State `json:"state"`
	Label string            `json:"label"`
	Count int               `json:"count"`
}

// figures answers the figures of a period.
func (a *api) figures(q *asking) (*answer, error) {
	from, err := q.day("from")
	if err != nil {
		return nil, err
	}
	to, err := q.day("to")
	if err != nil {
		return nil, err
	}
	s, err := a.Office.Figures(q.Context(), from, to)
	if err != nil {
		return nil, err
	}
	if s.To.Before(s.From) {
		return nil, invalidText("to", notBefore).Valued(s.To.String())
	}
	fund, err := a.Office.FundTotals(q.Context())
	if err != nil {
		return nil, err
	}
	got := figuresAnswer{
		From: s.From, To: s.To, Country: orNull(s.Of.Country), City: orNull(s.Of.City), Members: memberCounts(s.Members),
		Clusters: []clusterCount{}, Fund: a.fundAnswerOf(q, fund),
	}
	for _, c := range s.Clusters {
		got.Clusters = append(got.Clusters, clusterCount{labelOf(q, c.Cluster.ID, c.Cluster.Label), c.Cities})
	}
	for _, c := range s.Calls {
		got.Calls = append(got.Calls, callCountOf(q, c))
	}
	if s.Calls != nil && got.Calls == nil {
		got.Calls = []callCount{}
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

func callCountOf(q *asking, c office.CallCount) callCount {
	one := callCount{Call: c.Call.ID, Title: c.Call.Title.In(q.lang), States: []stateCount{}}
	for _, state := range application.States {
		if n := c.ByState[state]; n > 0 {
			one.States = append(one.States, stateCount{State: state, Label: state.Label().In(q.lang), Count: n})
		}
	}
	return one
}

// notBefore is what the last day of a period has to be.
var notBefore = locale.Text{
	EN: "a day that is not before the first one", FR: "un jour qui n'est pas antérieur au premier", ES: "un día no anterior al primero",
}
