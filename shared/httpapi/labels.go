package httpapi

import (
	"github.com/learning-cities/guildhall/shared/locale"
)

// label is a thing of the programme or of the world, with its name in the language of the answer.
type label struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// cityName is a city with its country.
type cityName struct {
	ID      string `json:"id"` // such as "FR#brest", whose path is FR/brest
	Name    string `json:"name"`
	Country label  `json:"country"`
}

func labelOf(q *asking, id string, name locale.Text) label {
	return label{ID: id, Name: name.In(q.lang)}
}

func (a *api) country(q *asking, iso2 string) label {
	if known, ok := a.Office.Reference.Country(iso2); ok {
		return labelOf(q, iso2, known.Name)
	}
	return label{ID: iso2, Name: iso2}
}

// region is that of a country (R-REG-1); nil for none.
func (a *api) region(q *asking, iso2 string) *label {
	country, _ := a.Office.Reference.Country(iso2)
	region, ok := a.Office.Reference.Region(country.Region)
	if !ok {
		return nil
	}
	of := labelOf(q, region.ID, region.Name)
	return &of
}

// regionNamed is a region by its identifier; "" is that of countries in none.
func (a *api) regionNamed(q *asking, id string) label { return labelOf(q, id, a.regionText(id)) }

func (a *api) regionText(id string) locale.Text {
	region, _ := a.Office.Reference.Region(id)
	return region.Name
}

func (a *api) cluster(q *asking, id string) label { return labelOf(q, id, a.clusterText(id)) }

func (a *api) clusterText(id string) locale.Text {
	if known, ok := a.Office.Programme.Cluster(id); ok {
		return known.Label
	}
	return locale.Same(id)
}

func (a *api) city(q *asking, id, name, country string) cityName {
	return cityName{ID: id, Name: name, Country: a.country(q, country)}
}

// cityAt is the identifier of the city in a path: {country} and {city}.
func (q *asking) cityAt() string { return q.path("country") + "#" + q.path("city") }

func labels[T any](q *asking, all []T, of func(T) (string, locale.Text)) []label {
	list := make([]label, len(all))
	for i, one := range all {
		id, name := of(one)
		list[i] = labelOf(q, id, name)
	}
	return list
}
