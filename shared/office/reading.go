package office

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
)

// snapshot reads records of these types in one picture: RECORD_BUSY while an import that changes them goes on. read may be called again.
func (o *Office) snapshot(ctx context.Context, types []string, read func(from records.Reader) error) error {
	err := o.Records.Snapshot(ctx, types, read)
	var held *records.BusyError
	if errors.As(err, &held) {
		return problem.New("RECORD_BUSY").With("import", held.Import)
	}
	return err
}

// scan reads the records of a type and partition whose identifiers begin with a prefix, in the order of their identifiers.
func scan[T any](
	ctx context.Context, from records.Reader, typ, partition, prefix string, fn func(record records.Record, body T),
) error {
	return from.Scan(ctx, typ, partition, prefix, func(record records.Record) error {
		var body T
		if err := records.Decode(record.Body, &body); err != nil {
			return fmt.Errorf("office: %s: %w", record.Ref, err)
		}
		fn(record, body)
		return nil
	})
}

// holds reports whether the part of a list that an actor may have (see reach) has what is of a city.
func holds(part access.Object, country, city string) bool {
	switch {
	case part.City != "":
		return city == part.City
	case part.Country != "":
		return country == part.Country
	}
	return part.Donor == ""
}

// today is the day in the zone in which the network's calls are open.
func (o *Office) today() civil.Date { return civil.Of(o.Clock(), o.Programme.LatestCall().Location()) }

// term is a term by its identifier, for "" the one that runs today or else the latest. TERM_UNKNOWN.
func (o *Office) term(id string) (programme.Term, error) {
	term, ok := o.Programme.Term(id)
	if id == "" {
		if term, ok = o.Programme.TermAt(o.today()); !ok {
			return o.Programme.LatestTerm(), nil
		}
	}
	if !ok {
		return term, unknown("TERM_UNKNOWN", id, o.Programme.Terms, func(t programme.Term) string { return t.ID })
	}
	return term, nil
}

// cluster is a cluster by its identifier. CLUSTER_UNKNOWN.
func (o *Office) cluster(id string) (programme.Cluster, error) {
	cluster, ok := o.Programme.Cluster(id)
	if !ok {
		return cluster, unknown("CLUSTER_UNKNOWN", id, o.Programme.Clusters, func(c programme.Cluster) string { return c.ID })
	}
	return cluster, nil
}

// unknown says that the programme has no such thing, which ones it has, and which one may be meant.
func unknown[T any](code problem.Code, id string, all []T, of func(T) string) *problem.Problem {
	known := make([]string, len(all))
	for i, one := range all {
		known[i] = of(one)
	}
	p := problem.New(code).Valued(id).With("known", strings.Join(known, ", "))
	if near, ok := locale.Nearest(id, known); ok {
		p.Suggest(near)
	}
	return p
}

// region is a country's region (R-REG-1), "" for none.
func (o *Office) region(country string) string {
	found, _ := o.Reference.Country(country)
	return found.Region
}
