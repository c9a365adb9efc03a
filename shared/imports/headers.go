package imports

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// HeaderJudge is a Kind that can tell more of a column's title than that it is unknown.
type HeaderJudge interface {
	// HeaderUnknown gives the problem to report in place of HEADER_UNKNOWN, or nil to leave it at that.
	HeaderUnknown(header string) *problem.Problem
}

// judgeHeaders lets the kind replace problems of unknown titles by its own, at the same cell.
func judgeHeaders(kind Kind, problems []problem.Problem) []problem.Problem {
	judge, ok := kind.(HeaderJudge)
	if !ok {
		return problems
	}
	for i, p := range problems {
		if p.Code != "HEADER_UNKNOWN" {
			continue
		}
		if better := judge.HeaderUnknown(p.Params["header"].In(locale.EN)); better != nil {
			problems[i] = *better.At(p.Sheet, p.Row, p.Col).Valued(p.Value)
		}
	}
	return problems
}
