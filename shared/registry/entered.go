package registry

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/records"
)

// Entered is an event with the act that entered it.
type Entered[E any] struct {
	Event E
	By    records.Provenance
}

// ApplicationEvents gives what acts did to a city's application to a call, or, for "", to those of all cities, by city and in order. What sheets did is not among it, although acts
// enter that too, since the records say where it came from.
func ApplicationEvents(ctx context.Context, from records.Reader, call, city string) ([]Entered[application.Event], error) {
	prefix := city
	if city != "" {
		prefix += "#"
	}
	all, err := entered[application.Event](ctx, from, applicationEventType, call, prefix)
	return slices.DeleteFunc(all, func(e Entered[application.Event]) bool { return e.Event.Source != e.By.Request }), err
}

// MembershipEvents gives what acts did to the membership of all cities, by city and in order.
func MembershipEvents(ctx context.Context, from records.Reader) ([]Entered[network.Event], error) {
	return entered[network.Event](ctx, from, network.RecordType, "", "")
}

func entered[E any](ctx context.Context, from records.Reader, typ, partition, prefix string) ([]Entered[E], error) {
	var all []Entered[E]
	err := scan(ctx, from, typ, partition, prefix, func(record records.Record, body struct {
		Event E `json:"event"`
	}) error {
		all = append(all, Entered[E]{body.Event, record.Provenance})
		return nil
	})
	return all, err
}
