package kinds

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// stored is a record's body with its version.
type stored[T any] struct {
	Body    T
	Version int64
}

// loadEach reads the records of a type and partition, by identifier.
func loadEach[T any](ctx context.Context, r records.Reader, typ, partition string) (map[string]stored[T], error) {
	all := map[string]stored[T]{}
	err := r.Scan(ctx, typ, partition, "", func(record records.Record) error {
		one := stored[T]{Version: record.Version}
		if err := records.Decode(record.Body, &one.Body); err != nil {
			return err
		}
		all[record.Ref.ID] = one
		return nil
	})
	return all, err
}

// cityRegister holds every city that the network has heard of, members and applicants of any call, for the kinds of sheet that
// bring new ones. Cities that the sheet itself brings are added as its rows go by.
type cityRegister struct {
	env     *imports.Env
	answers cityAnswers
	index   *city.Index
	rows    map[string]int // of this sheet, that brought a city, by its identifier
}

func loadCities(ctx context.Context, env *imports.Env, members *memberIndex) (*cityRegister, error) {
	x := &cityRegister{env: env, answers: members.answers, index: city.NewIndex(), rows: map[string]int{}}
	for _, id := range slices.Sorted(maps.Keys(members.byID)) {
		m := members.byID[id]
		know(x.index, city.City{ID: id, Name: m.City, Country: m.Country}, m.OtherNames)
	}
	for _, call := range env.Programme.Calls {
		applied, err := loadEach[application.Application](ctx, env.Records, application.RecordType, call.ID)
		if err != nil {
			return nil, err
		}
		for _, id := range slices.Sorted(maps.Keys(applied)) {
			a := applied[id].Body
			know(x.index, city.City{ID: id, Name: a.City, Country: a.Country}, a.OtherNames)
		}
	}
	return x, nil
}

// know makes a city known under all its names.
func know(index *city.Index, c city.City, otherNames []string) {
	index.Add(c)
	for _, name := range otherNames {
		index.AddName(c.ID, name)
	}
}

// registered is the city of a row, and the name by which the row calls it where a person has just said that it means that city.
type registered struct {
	city.City
	otherName string
}

// register finds or makes the city of a row; see city.Index.Register. A country written behind the name is taken off. The problem
// may be one that does not block: CITY_OTHER_NAME.
func (x *cityRegister) register(written, country string, row int) (registered, *problem.Problem) {
	name := withoutCountry(x.env, written, country)
	got, p := x.index.Register(name, country, x.answers.about(written, name, country))
	found := registered{City: got.City}
	switch {
	case p != nil:
		return found, p.WithText("candidates", x.whom(got.Asked))
	case got.Answered:
		found.otherName = name
		x.index.AddName(found.ID, name)
	case got.Other:
		p = problem.New("CITY_OTHER_NAME").In(city.Field).Asking(city.About(name, country)).With("city", found.Name)
	default:
		if _, known := x.index.ByID(found.ID); !known {
			x.index.Add(found.City)
			x.rows[found.ID] = row
		}
	}
	return found, p
}

// whom names the cities that a name may mean, with their rows where this sheet brings them.
func (x *cityRegister) whom(asked []city.City) locale.Text {
	name := func(row string) string {
		names := make([]string, len(asked))
		for i, c := range asked {
			if names[i] = c.Name; x.rows[c.ID] != 0 {
				names[i] += fmt.Sprintf(row, x.rows[c.ID])
			}
		}
		return city.Listed(names)
	}
	return text3(name(" (row %d)"), name(" (ligne %d)"), name(" (fila %d)"))
}

// withName adds another name to those on record of a city; "" adds none.
func withName(names []string, name string) []string {
	if name == "" || slices.ContainsFunc(names, func(known string) bool { return city.SameSpelling(known, name) }) {
		return names
	}
	return append(slices.Clone(names), name)
}

// cityAnswers are what the sender answered about cities, with `--answer "city:NAME=…"`, or about donors that are one. Accents and
// case of a question do not matter, as in those of other columns; a country behind the name is how the question tells cities of two
// countries apart.
type cityAnswers struct {
	exact, folded map[string]string // by the text that the question is about
}

// cityColumns are those in which a sheet names cities on record.
var cityColumns = []string{city.Field, "donor", "beneficiaries"}

func newCityAnswers(env *imports.Env) cityAnswers {
	a := cityAnswers{exact: map[string]string{}, folded: map[string]string{}}
	// Of a contribution's columns city comes last: an answer about it goes before one about a donor of that name.
	for _, question := range slices.Backward(slices.Sorted(maps.Keys(env.Answers))) {
		column, asked, ok := strings.Cut(question, ":")
		if !ok || !slices.Contains(cityColumns, column) {
			continue
		}
		a.exact[asked], a.folded[locale.Fold(asked)] = env.Answers[question], env.Answers[question]
		name, country := city.Split(asked, func(text string) bool {
			_, ok := env.Reference.Find(text)
			return ok
		})
		if found, ok := env.Reference.Find(country); ok {
			a.folded[locale.Fold(city.About(name, found.ISO2))] = env.Answers[question]
		}
	}
	return a
}

// about is what was answered about a city as it is written, or by its name without the country; "" where nothing was.
func (a cityAnswers) about(written, name, country string) string {
	if len(a.exact) == 0 {
		return ""
	}
	texts := [...]string{city.About(name, country), written, name}
	for _, text := range texts {
		if answer, ok := a.exact[text]; ok {
			return answer
		}
	}
	for _, text := range texts {
		if answer, ok := a.folded[locale.Fold(text)]; ok {
			return answer
		}
	}
	return ""
}
