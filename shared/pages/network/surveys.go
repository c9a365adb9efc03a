package network

import (
	"context"
	"net/url"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/survey"
)

// surveys lists the surveys, the latest first.
func surveys(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f := framed(ctx, o, v, surveysTitle, nil)
	all, err := o.Surveys(ctx)
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, surveysView(f, all))
}

// surveyState is whether a survey can be answered today.
func (f frame) surveyOpen(s programme.Survey) bool {
	return !f.today().Before(s.Opens) && !f.today().After(s.Closes)
}

// surveyName is what a survey is called.
func (f frame) surveyName(id string) string { return f.told(surveyOf, "{survey}", id) }

// oneSurvey shows how the answers to a survey are counted, as charts and tables.
func oneSurvey(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f := framed(ctx, o, v, surveysTitle, nil)
	result, err := o.Survey(ctx, v.Values["survey"])
	if err != nil {
		return nil, err
	}
	slices.SortFunc(result.Response.ByCountry, func(a, b survey.Share) int { return f.byCountry(a.ID, b.ID) })
	f.Name, f.Within = f.surveyName(result.Tally.Survey.ID), []page.Step{{Path: "surveys", Name: f.In(surveysTitle)}}
	return v.Written(ctx, surveyView(f, result))
}

// surveyFigures are the survey's numbers that matter.
func (f frame) surveyFigures(r office.SurveyResult) []page.Figure {
	t, all := r.Tally, r.Response.All
	return []page.Figure{
		{Name: f.In(countedAnswers), Value: f.Number(t.Cities), Note: f.told(keptNote, "{n}", f.Number(t.Answers))},
		{
			Name: f.In(responseRate), Value: f.perMille(all.PerMille()),
			Note: f.told(responseNote, "{n}", f.Number(all.Answered), "{of}", f.Number(all.Members)),
		},
		{Name: f.In(countriesWord), Value: f.Number(t.Countries), Note: f.Count(t.Regions, regionCountWord, regionsCountWord)},
		{Name: f.In(wouldCoordinate), Value: f.Number(t.Coordinate), Note: f.In(wouldNote)},
	}
}

// topicBars are the votes for each topic.
func (f frame) topicBars(t survey.Tally) page.Bars {
	bars := page.Bars{Title: f.In(topicVotes), Name: f.In(topicWord), Value: f.In(votesWord)}
	for _, one := range t.ByTopic {
		bars.Bars = append(bars.Bars, page.Bar{Name: f.In(one.Topic.Label), Value: int64(one.Votes), Text: f.Number(one.Votes)})
	}
	return bars
}

// clusterBars are the votes for each cluster's topics, with the cities behind them.
func (f frame) clusterBars(t survey.Tally) page.Bars {
	bars := page.Bars{Title: f.In(clusterVotes), Name: f.In(clusterWord), Value: f.In(votesWord), Part: f.In(citiesTitle)}
	for _, one := range t.ByCluster {
		bars.Bars = append(bars.Bars, page.Bar{
			Name: f.In(one.Cluster.Label), Value: int64(one.Votes), Text: f.Number(one.Votes), Part: int64(one.Cities), Note: f.Number(one.Cities),
		})
	}
	return bars
}

// responseBars are the members of each group that were asked, with those who answered.
func (f frame) responseBars(title string, name string, shares []survey.Share, called func(string) string) page.Bars {
	bars := page.Bars{Title: title, Name: name, Value: f.In(membersAsked), Part: f.In(membersAnswered)}
	for _, one := range shares {
		bars.Bars = append(bars.Bars, page.Bar{
			Name: called(one.ID), Value: int64(one.Members), Text: f.Number(one.Members), Part: int64(one.Answered),
			Note: f.Number(one.Answered) + " (" + f.perMille(one.PerMille()) + ")",
		})
	}
	return bars
}

// answerList is a part of the answers to a survey.
type answerList struct {
	Survey string
	Part   []office.SurveyAnswer
	Next   string
}

// surveyAnswers lists the answers to a survey that who reads may see.
func surveyAnswers(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f := framed(ctx, o, v, answersWord, nil)
	list := answerList{Survey: v.Values["survey"]}
	all, err := o.SurveyAnswers(ctx, list.Survey)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b office.SurveyAnswer) int { return f.byCountry(a.Country, b.Country) })
	f.Within = []page.Step{{Path: "surveys", Name: f.In(surveysTitle)}, {Path: surveyPath(list.Survey), Name: f.surveyName(list.Survey)}}
	list.Part, list.Next = page.Part(v, all, func(a office.SurveyAnswer) string { return a.ID() })
	return v.Written(ctx, answersView(f, list))
}

// readsAnswers tells whether who reads may see any answers.
func (f frame) readsAnswers() bool { return page.May(access.SurveyReadAnswers)(page.Who(f.ctx)) }

func surveyPath(id string) string { return "surveys/" + url.PathEscape(id) }
