package httpapi

import (
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
)

// day is a day of the query; none where it has none of the name. FIELD_INVALID.
func (q *asking) day(name string) (civil.Date, error) {
	given := q.URL.Query().Get(name)
	if given == "" {
		return civil.Date{}, nil
	}
	on, err := civil.Parse(given)
	if err != nil {
		return civil.Date{}, invalidText(name, aDay).Valued(given)
	}
	return on, nil
}

// choice is a text of the query that is one of some; "" where it has none of the name. FIELD_INVALID.
func (q *asking) choice(name string, of []string) (string, error) {
	given := q.URL.Query().Get(name)
	if given != "" && !slices.Contains(of, given) {
		return "", invalidText(name, locale.Same(strings.Join(of, ", "))).Valued(given)
	}
	return given, nil
}
