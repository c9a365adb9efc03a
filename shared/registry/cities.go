package registry

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// City finds the city of a country that a name or identifier means, for acts on what is on record: among members and whoever applied to
// a call, drafts included. answer settles a question, see city.Index.Refer: CITY_NEAR_DUPLICATE, REF_AMBIGUOUS; REF_NOT_FOUND.
func (r *Registry) City(ctx context.Context, name, country, answer string) (city.City, error) {
	x, err := r.cities(ctx, r.records, country)
	if err != nil {
		return city.City{}, err
	}
	if known, ok := x.ByID(name); ok {
		return known, nil
	}
	found, p := x.Refer(name, country, answer, locale.Text{EN: "The city", FR: "La ville", ES: "La ciudad"})
	if p != nil {
		return city.City{}, p.Valued(name)
	}
	return found, nil
}

// NewCity finds or makes the city of a country that a name means, for an application to begin. A name that only resembles one of a city
// on record is the question CITY_NEAR_DUPLICATE until answer settles it, see city.Index.Register.
func (r *Registry) NewCity(ctx context.Context, name, country, answer string) (city.City, error) {
	x, err := r.cities(ctx, r.records, country)
	if err != nil {
		return city.City{}, err
	}
	if known, ok := x.ByID(name); ok {
		return known, nil
	}
	found, p := x.Register(name, country, answer)
	if p != nil {
		return city.City{}, p.Valued(name)
	}
	return found.City, nil
}

// CityOnRecord finds the city of an identifier among members and whoever applied to a call, drafts included.
func (r *Registry) CityOnRecord(ctx context.Context, id string) (city.City, bool, error) {
	country, _, _ := strings.Cut(id, "#")
	x, err := r.cities(ctx, r.records, country)
	if err != nil {
		return city.City{}, false, err
	}
	known, ok := x.ByID(id)
	return known, ok, nil
}

// unlike asks about a city that is heard of for the first time and resembles a known one: CITY_NEAR_DUPLICATE. One that is not merged with
// another without a person's word is not doubled either.
func (r *Registry) unlike(ctx context.Context, from records.Reader, act Act) (*problem.Problem, error) {
	x, err := r.cities(ctx, from, act.City.Country)
	if err != nil {
		return nil, err
	}
	if _, known := x.ByID(act.City.ID); known {
		return nil, nil
	}
	answer := ""
	if act.New {
		answer = city.AnswerNew
	}
	found, p := x.Register(act.City.Name, act.City.Country, answer)
	if p == nil && found.ID != act.City.ID {
		return nil, fmt.Errorf("registry: %s is to begin as %s", found.ID, act.City.ID)
	}
	if p != nil {
		p.Valued(act.City.Name).Under("R-APP-5")
	}
	return p, nil
}

// cities are those of a country that the network has heard of.
func (r *Registry) cities(ctx context.Context, from records.Reader, country string) (*city.Index, error) {
	prefix, x := country+"#", city.NewIndex()
	add := func(id, name string, otherNames []string) {
		x.Add(city.City{ID: id, Name: name, Country: country}) // once: a member's own record comes first, then the latest call
		for _, other := range otherNames {
			x.AddName(id, other)
		}
	}
	err := scan(ctx, from, member.RecordType, "", prefix, func(record records.Record, m member.Member) error {
		add(record.Ref.ID, m.City, m.OtherNames)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, call := range slices.Backward(r.Programme.Calls) {
		files, err := loadDossiers(ctx, from, call, prefix, prefix)
		if err != nil {
			return nil, err
		}
		for _, id := range slices.Sorted(maps.Keys(files)) {
			add(id, files[id].name(), files[id].otherNames())
		}
	}
	return x, nil
}

// name is how a city writes itself in its application.
func (d *dossier) name() string {
	if d.application != nil {
		return d.application.City
	}
	for _, e := range slices.Backward(d.recorded) {
		if strings.TrimSpace(e.Name) != "" {
			return e.Name
		}
	}
	return ""
}

// otherNames are those that a person has said to mean the city.
func (d *dossier) otherNames() []string {
	if d.application == nil {
		return nil
	}
	return d.application.OtherNames
}
