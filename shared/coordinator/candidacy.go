// Package coordinator is how the thematic clusters get their coordinating cities: candidates with the score of their answers, the
// rules of a mandate, a proposal for all seats of a term at once that weighs scores against regional balance, and the
// secretariat's decision. It knows no sheet and no storage; items, weights and shares are programme data.
package coordinator

import (
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// RecordType is the type under which candidacies are stored; the term's id is the partition.
const RecordType = "candidacy"

// Candidacy is a member city's answer to the coordinators' questionnaire for one cluster and term (R-CLU-6). A city may stand in
// several of its clusters; it is appointed in one at most (R-CLU-5).
type Candidacy struct {
	Member     string     `json:"member"`  // identifier of the member city, such as "FR#brest"
	City       string     `json:"city"`    // its name, as the member's record has it
	Country    string     `json:"country"` // ISO 3166-1 alpha-2
	Cluster    string     `json:"cluster"`
	Answers    []Answer   `json:"answers"` // at most one for an item
	AnsweredOn civil.Date `json:"answeredOn"`
}

// Answer is what a city says under one item, and how the secretariat rates it.
type Answer struct {
	Item   string `json:"item"`
	Text   string `json:"text"`
	Rating int    `json:"rating"` // within the programme's range
}

// ID identifies a candidacy within its term: the city and the cluster, "FR#brest#health".
func (c Candidacy) ID() string { return c.Member + "#" + c.Cluster }

// Score is what the ratings of a candidacy are worth: Points out of Of, exact, and comparable within one questionnaire.
type Score struct{ Points, Of int }

// ScoreOf weighs the ratings of a candidacy (R-CLU-6). An item without an answer has the lowest rating, and so has one whose
// rating is below the range; one above it has the highest.
func ScoreOf(q programme.Coordinators, c Candidacy) Score {
	span := q.RatingHighest - q.RatingLowest
	var s Score
	for _, item := range q.Items {
		s.Of += item.Weight * span
		if i := slices.IndexFunc(c.Answers, func(a Answer) bool { return a.Item == item.ID }); i >= 0 {
			s.Points += item.Weight * min(max(c.Answers[i].Rating-q.RatingLowest, 0), span)
		}
	}
	return s
}

// Hundredths is the score on a scale from 0 to 100.00, in hundredths of a point, rounded half up.
func (s Score) Hundredths() int {
	if s.Of == 0 {
		return 0
	}
	return (s.Points*20000 + s.Of) / (2 * s.Of)
}

// Text is the score on a scale from 0 to 100 with one decimal where there is one, as each language writes it.
func (s Score) Text() locale.Text {
	h := s.Hundredths()
	whole, tenth := (h+5)/100, (h+5)/10%10
	if tenth == 0 {
		return locale.Same(strconv.Itoa(whole))
	}
	comma := strconv.Itoa(whole) + "," + strconv.Itoa(tenth)
	return locale.Text{EN: strconv.Itoa(whole) + "." + strconv.Itoa(tenth), FR: comma, ES: comma}
}

// CheckAnswers holds ratings within the programme's range (R-CLU-6): NUMBER_OUT_OF_RANGE about the item, and REF_NOT_FOUND for an
// item that the questionnaire does not have.
func CheckAnswers(q programme.Coordinators, c Candidacy) []*problem.Problem {
	var problems []*problem.Problem
	for _, a := range c.Answers {
		item, known := q.Item(a.Item)
		switch {
		case !known:
			problems = append(problems, problem.New("REF_NOT_FOUND").In(a.Item).Under("R-CLU-6").Valued(a.Item).
				WithText("what", locale.Text{EN: "The item", FR: "La question", ES: "La pregunta"}))
		case a.Rating < q.RatingLowest || a.Rating > q.RatingHighest:
			problems = append(problems, problem.New("NUMBER_OUT_OF_RANGE").In(a.Item).Under("R-CLU-6").Valued(float64(a.Rating)).
				WithText("column", item.Short).With("range", strconv.Itoa(q.RatingLowest)+"–"+strconv.Itoa(q.RatingHighest)))
		}
	}
	return problems
}
