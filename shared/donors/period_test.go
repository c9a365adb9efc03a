package donors_test

import (
	"errors"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

func TestAPeriodHasAnOrderAndYearsThatHaveOneBefore(t *testing.T) {
	today := civil.Date{Year: 2026, Month: 3, Day: 2}
	for _, c := range []struct{ from, to, code, field string }{
		{"2025-01-01", "2025-12-31", "", ""},
		{"2025-12-31", "2025-01-01", "DATE_ORDER", "to"},
		{"1900-01-01", "2999-12-31", "", ""},
		{"0001-01-01", "2026-01-31", "DATE_INVALID", "from"},
		{"1899-12-31", "2026-01-31", "DATE_INVALID", "from"},
		{"2025-01-01", "9999-12-31", "DATE_INVALID", "to"},
	} {
		from, fromErr := civil.Parse(c.from)
		to, toErr := civil.Parse(c.to)
		if err := errors.Join(fromErr, toErr); err != nil {
			t.Fatal(err)
		}
		_, err := donors.Period(programme.Current(), "", from, to, today)
		var p *problem.Problem
		if errors.As(err, &p) != (c.code != "") || p != nil && (string(p.Code) != c.code || p.Field != c.field) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
