package office

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
)

// prefix is that of the identifiers of the cities of a part of a list; other cities' may begin with it too.
func prefix(part access.Object) string {
	switch {
	case part.City != "":
		return part.City
	case part.Country != "":
		return part.Country + "#"
	}
	return ""
}

// held leaves out of a list what is not of a part of it.
func held[T any](part access.Object, all []registry.OfCity[T]) []registry.OfCity[T] {
	return slices.DeleteFunc(all, func(one registry.OfCity[T]) bool { return !holds(part, countryOf(one.City), one.City) })
}

func countryOf(city string) string {
	country, _, _ := strings.Cut(city, "#")
	return country
}

// isCity reports whether a text is of the form of a city's identifier: nothing else can be on record.
func isCity(id string) bool { return access.Scope(id).Fits(access.City) && utf8.ValidString(id) }

// country refuses what is no country's ISO code: COUNTRY_UNKNOWN.
func (o *Office) country(iso2 string) error {
	if name := o.Registry.Country(iso2); name.EN == "" {
		return problem.New("COUNTRY_UNKNOWN").In("country").Valued(iso2)
	}
	return nil
}

// shown is a person's identifier where the actor may see the person, else "".
func shown(ctx context.Context, person string) string {
	if access.Decide(access.ActorOf(ctx), access.PeopleRead, access.Object{Person: person}) != nil {
		return ""
	}
	return person
}
