package httpapi

import (
	"net/http"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/survey"
)

func surveyRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/surveys", serve: (*api).listSurveys},
		{Method: "GET", Pattern: "/api/surveys/{survey}", serve: (*api).countSurvey},
		{Method: "GET", Pattern: "/api/surveys/{survey}/answers", serve: (*api).listSurveyAnswers},
	}
}

// surveyState is a survey. All keys are always present.
type surveyState struct {
	ID     string     `json:"id"`
	Opens  civil.Date `json:"opens"`
	Closes civil.Date `json:"closes"` // both included
}

func surveyStateOf(s programme.Survey) surveyState {
	return surveyState{ID: s.ID, Opens: s.Opens, Closes: s.Closes}
}

// listSurveys answers the surveys.
func (a *api) listSurveys(q *asking) (*answer, error) {
	all, err := a.Office.Surveys(q.Context())
	if err != nil {
		return nil, err
	}
	states := make([]surveyState, len(all))
	for i, s := range all {
		states[i] = surveyStateOf(s)
	}
	return listed(q, states, func(s surveyState) string { return s.Opens.String() + s.ID })
}

// surveyAnswer is how a survey was answered. All keys are always present.
type surveyAnswer struct {
	Survey      surveyState       `json:"survey"`
	Answers     answersCount      `json:"answers"`
	Cities      int               `json:"cities"` // whose answer counts, as do their countries and regions
	Countries   int               `json:"countries"`
	Regions     int               `json:"regions"`
	Votes       int               `json:"votes"`      // over all topics
	Coordinate  int               `json:"coordinate"` // cities that would coordinate a cluster
	Topics      []topicVotes      `json:"topics"`     // by votes
	Clusters    []clusterVotes    `json:"clusters"`   // by votes
	Response    responseState     `json:"response"`
	Differences []differenceState `json:"differences"` // from what the sources print
}

type answersCount struct {
	Kept       int `json:"kept"`
	Late       int `json:"late"`       // after the closing date
	Superseded int `json:"superseded"` // by a later one of the same city
}

type topicVotes struct {
	label
	Number int `json:"number"`
	Votes  int `json:"votes"`
}

type clusterVotes struct {
	label
	Votes  int `json:"votes"`
	Cities int `json:"cities"` // that name any of its topics
}

// responseState is how many of the members answered.
type responseState struct {
	All       shareState   `json:"all"`
	Regions   []shareGroup `json:"regions"`
	Countries []shareGroup `json:"countries"`
}

type shareState struct {
	Members  int `json:"members"` // on the closing date
	Answered int `json:"answered"`
	PerMille int `json:"perMille"`
}

type shareGroup struct {
	label
	shareState
}

type differenceState struct {
	What     string `json:"what"`
	Computed int    `json:"computed"`
	Printed  int    `json:"printed"`
}

// countSurvey answers how the answers to a survey are counted.
func (a *api) countSurvey(q *asking) (*answer, error) {
	result, err := a.Office.Survey(q.Context(), q.path("survey"))
	if err != nil {
		return nil, err
	}
	t := result.Tally
	got := surveyAnswer{
		Survey: surveyStateOf(t.Survey), Answers: answersCount{Kept: t.Answers, Late: t.Late, Superseded: t.Superseded},
		Cities: t.Cities, Countries: t.Countries, Regions: t.Regions, Votes: t.Votes, Coordinate: t.Coordinate,
		Topics: []topicVotes{}, Clusters: []clusterVotes{}, Differences: []differenceState{},
		Response: responseState{All: shareStateOf(result.Response.All), Regions: []shareGroup{}, Countries: []shareGroup{}},
	}
	for _, v := range t.ByTopic {
		got.Topics = append(got.Topics, topicVotes{labelOf(q, v.Topic.ID, v.Topic.Label), v.Topic.Number, v.Votes})
	}
	for _, v := range t.ByCluster {
		got.Clusters = append(got.Clusters, clusterVotes{labelOf(q, v.Cluster.ID, v.Cluster.Label), v.Votes, v.Cities})
	}
	for _, s := range result.Response.ByRegion {
		got.Response.Regions = append(got.Response.Regions, shareGroup{a.regionNamed(q, s.ID), shareStateOf(s)})
	}
	for _, s := range result.Response.ByCountry {
		got.Response.Countries = append(got.Response.Countries, shareGroup{a.country(q, s.ID), shareStateOf(s)})
	}
	for _, d := range t.Differences() {
		got.Differences = append(got.Differences, differenceState{What: d.What.In(q.lang), Computed: d.Computed, Printed: d.Printed})
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

func shareStateOf(s survey.Share) shareState {
	return shareState{Members: s.Members, Answered: s.Answered, PerMille: s.PerMille()}
}

// answerState is a city's answer to a survey. All keys are always present.
type answerState struct {
	City       cityName   `json:"city"`
	Topics     []label    `json:"topics"`
	Coordinate bool       `json:"coordinate"` // it would coordinate a cluster
	AnsweredOn civil.Date `json:"answeredOn"`
	Counts     bool       `json:"counts"` // it is the city's latest that came in time
}

// listSurveyAnswers answers the answers on record that the reader may see.
func (a *api) listSurveyAnswers(q *asking) (*answer, error) {
	all, err := a.Office.SurveyAnswers(q.Context(), q.path("survey"))
	if err != nil {
		return nil, err
	}
	states := make([]answerState, len(all))
	for i, one := range all {
		states[i] = a.answerStateOf(q, one)
	}
	return listed(q, states, func(s answerState) string { return s.City.ID + "#" + s.AnsweredOn.String() })
}

func (a *api) answerStateOf(q *asking, one office.SurveyAnswer) answerState {
	return answerState{
		City: a.city(q, one.Member, one.City, one.Country), Coordinate: one.Coordinate, AnsweredOn: one.AnsweredOn, Counts: one.Counts,
		Topics: labels(q, one.Topics, func(id string) (string, locale.Text) {
			topic, _ := a.Office.Programme.Topic(id)
			return id, topic.Label
		}),
	}
}
