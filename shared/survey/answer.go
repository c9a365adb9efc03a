// Package survey is what member cities answer when they are asked for their primary concerns among the network's topics, and
// how those answers are counted. It knows no sheet and no storage, and takes topics, clusters and limits from the programme.
package survey

import (
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

// RecordType is the type under which answers are stored; the survey's id is the partition.
const RecordType = "survey_answer"

// Answer is one city's answer to one survey (R-SUR-1). A city may answer several times: all answers are kept, one counts.
type Answer struct {
	Member     string     `json:"member"`  // identifier of the member city, such as "FR#brest"
	City       string     `json:"city"`    // its name, as the member's record has it
	Country    string     `json:"country"` // ISO 3166-1 alpha-2
	Topics     []string   `json:"topics"`  // topic identifiers, distinct, in the order of the topics' numbers
	Coordinate bool       `json:"coordinate"`
	AnsweredOn civil.Date `json:"answeredOn"`
}

// ID identifies an answer within its survey: the city and the day, "FR#brest#2019-03-01".
func (a Answer) ID() string { return a.Member + "#" + a.AnsweredOn.String() }

// Choose brings the topics of an answer into the stored form: each once, ordered by the topics' numbers. Identifiers that
// the programme does not have are left out.
func Choose(p *programme.Edition, ids []string) []string {
	chosen := []string{}
	for _, topic := range p.Topics {
		if slices.Contains(ids, topic.ID) {
			chosen = append(chosen, topic.ID)
		}
	}
	return chosen
}

// TooMany reports whether an answer names more distinct topics than the programme allows; 0 allows any number (R-SUR-3).
func TooMany(p *programme.Edition, topics []string) bool {
	limit := p.Limits.TopicsPerAnswer
	return limit > 0 && len(topics) > limit
}

// Of is the survey that an answer given on a day belongs to: the one that had opened last, or the first of all for an answer
// before its opening. It reports false when the programme has no survey.
func Of(p *programme.Edition, on civil.Date) (programme.Survey, bool) {
	for _, s := range slices.Backward(p.Surveys) {
		if !on.Before(s.Opens) {
			return s, true
		}
	}
	if len(p.Surveys) == 0 {
		return programme.Survey{}, false
	}
	return p.Surveys[0], true
}

// InTime reports whether an answer was given on or before the closing date (R-SUR-2).
func InTime(s programme.Survey, on civil.Date) bool { return !on.After(s.Closes) }

// Counting picks the one answer of each city that counts: its latest on or before the closing date (R-SUR-2). They come in
// the order of the cities' identifiers. Late is the number of answers after the closing date, superseded that of answers
// which the same city replaced in time; both are kept in the records and counted nowhere.
func Counting(s programme.Survey, answers []Answer) (counted []Answer, late, superseded int) {
	latest := map[string]Answer{}
	for _, a := range answers {
		if !InTime(s, a.AnsweredOn) {
			late++
			continue
		}
		earlier, answered := latest[a.Member]
		if answered {
			superseded++
		}
		if !answered || a.AnsweredOn.After(earlier.AnsweredOn) {
			latest[a.Member] = a
		}
	}
	for _, a := range latest {
		counted = append(counted, a)
	}
	slices.SortFunc(counted, func(a, b Answer) int { return strings.Compare(a.Member, b.Member) })
	return counted, late, superseded
}
