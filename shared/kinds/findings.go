package kinds

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// findings collects the problems of a row.
type findings []problem.Problem

// add takes a problem in where there is one, and reports whether there was.
func (f *findings) add(p *problem.Problem) bool {
	if p == nil {
		return false
	}
	*f = append(*f, *p)
	return true
}

// warn takes a problem in as a warning where there is one.
func (f *findings) warn(p *problem.Problem) {
	if p != nil {
		f.add(p.Rated(problem.Warning))
	}
}

// block reports whether any of the problems keeps the row from being imported.
func (f findings) block() bool {
	for i := range f {
		if f[i].Severity.Blocks() {
			return true
		}
	}
	return false
}

// missing is CELL_REQUIRED for a column that another one of the row makes necessary.
func missing(field string, label locale.Text, rule string) *problem.Problem {
	return problem.New("CELL_REQUIRED").In(field).WithText("column", label).Under(rule)
}

// tooEarly is DATE_ORDER for a day that comes before another one of the same story; label names that one's column. A day that is
// not known is in no order.
func tooEarly(field string, on civil.Date, label locale.Text, earliest civil.Date) *problem.Problem {
	if on.IsZero() || earliest.IsZero() || !on.Before(earliest) {
		return nil
	}
	return problem.New("DATE_ORDER").In(field).WithText("column", label).WithText("date", earliest.Text())
}

// unreadable reports whether one of the fields has an error already: a rule on it would only repeat the sender's mistake.
func unreadable(at imports.Place, fields ...string) bool {
	return slices.ContainsFunc(fields, func(field string) bool { return at.Bad[field] })
}
