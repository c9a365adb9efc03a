package intake

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/problem"
)

// causeKey names what a problem has in common with others.
func causeKey(p *problem.Problem) string {
	return string(p.Code) + ":" + p.Field + ":" + string(p.Severity)
}

// gathered is a Cause on its way.
type gathered struct {
	Cause
	row   int            // the last one that was counted
	asked map[string]int // where a question stands
}

// causesOf are the causes of problems, which stand in the order of a report.
func causesOf(problems []problem.Problem) []Cause {
	found := map[string]*gathered{}
	var order []*gathered
	for i := range problems {
		p := &problems[i]
		key := causeKey(p)
		g := found[key]
		if g == nil {
			g = &gathered{Cause: Cause{Key: key, First: *p}, asked: map[string]int{}}
			g.First.Also = nil
			found[key], order = g, append(order, g)
		}
		g.add(p)
	}
	causes := make([]Cause, len(order))
	for i, g := range order {
		causes[i] = g.Cause
	}
	slices.SortStableFunc(causes, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(rank(a.First.Severity), rank(b.First.Severity)), cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Key, b.Key))
	})
	return causes
}

func (g *gathered) add(p *problem.Problem) {
	g.Problems++
	rows := len(p.Also)
	if p.Row != 0 && p.Row != g.row {
		rows++
		g.row = p.Row
	}
	question := Question(p)
	if question != "" && p.About == "" { // one for all that it concerns, of which it says how many they are
		if count, err := strconv.Atoi(p.Params["count"].EN); err == nil {
			rows = count
		}
	}
	g.Rows += rows
	if question == "" {
		return
	}
	at, known := g.asked[question]
	if !known {
		if len(g.Questions) == shownQuestions {
			return
		}
		at = len(g.Questions)
		g.asked[question] = at
		g.Questions = append(g.Questions, Asked{Question: question, Value: p.Value, Suggestion: p.Suggestion, Answers: Answers(p)})
	}
	g.Questions[at].Rows += rows
}

// rank orders severities from the worst.
func rank(s problem.Severity) int {
	return slices.Index([]problem.Severity{problem.Error, problem.Question, problem.Warning, problem.Info}, s)
}
