package kinds

import (
	"context"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/imports"
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
	env   *imports.Env
	index *city.Index
}

func loadCities(ctx context.Context, env *imports.Env, members *memberIndex) (*cityRegister, error) {
	x := &cityRegister{env: env, index: city.NewIndex()}
	for id, m := range members.byID {
		x.index.Add(city.City{ID: id, Name: m.City, Country: m.Country})
	}
	for _, call := range env.Programme.Calls {
		applied, err := loadEach[application.Application](ctx, env.Records, application.RecordType, call.ID)
		if err != nil {
			return nil, err
		}
		for id, a := range applied {
			x.index.Add(city.City{ID: id, Name: a.Body.City, Country: a.Body.Country})
		}
	}
	return x, nil
}

// register finds or makes the city of a row; see city.Index.Register. A country written behind the name is taken off.
func (x *cityRegister) register(name, country string) (city.City, *problem.Problem) {
	written := name
	name = withoutCountry(x.env, name, country)
	found, question := x.index.Register(name, country, cityAnswer(x.env, written, name))
	if question == nil {
		x.index.Add(found)
	}
	return found, question
}
