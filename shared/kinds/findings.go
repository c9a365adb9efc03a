package kinds

import (
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// tooEarly is DATE_ORDER for a day that comes before another one of the same story; label names that one's column. A day that is
// not known is in no order.
func tooEarly(field string, on civil.Date, label locale.Text, earliest civil.Date) *problem.Problem {
	if on.IsZero() || earliest.IsZero() || !on.Before(earliest) {
		return nil
	}
	return problem.New("DATE_ORDER").In(field).WithText("column", label).WithText("date", earliest.Text())
}

// warn takes a problem in as a warning where there is one.
func (f *findings) warn(p *problem.Problem) {
	if p != nil {
		f.add(p.As(problem.Warning))
	}
}
