package digest

import (
	"context"
	"fmt"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// draft is a report while it is written.
type draft struct {
	Source
	schedule.Occasion
	at     time.Time
	report summary.Report
}

func newDraft(s Source, o schedule.Occasion, at time.Time) *draft {
	return &draft{Source: s, Occasion: o, at: at, report: summary.Report{Occasion: o, AsOf: at.UTC()}}
}

// done is the report that was written. A list of nothing is left out where nothing is said of that.
func (d *draft) done() summary.Report {
	r := d.report
	r.Lists = nil
	for _, l := range d.report.Lists {
		if len(l.Entries) > 0 || !l.Empty.IsZero() {
			r.Lists = append(r.Lists, l)
		}
	}
	return summary.Since(r, nil).Bounded()
}

// figure adds a figure; in is the group that it stands in, none for the report's own.
func (d *draft) figure(key string, in, label locale.Text, v summary.Value) {
	d.report.Figures = append(d.report.Figures, summary.Figure{Key: key, Group: in, Label: label, Value: v})
}

// list adds a list.
func (d *draft) list(l summary.List) { d.report.Lists = append(d.report.Lists, l) }

// within reports whether a day lies in the occasion's period.
func (d *draft) within(day civil.Date) bool {
	return !day.IsZero() && !day.Before(d.Period.From) && !day.After(d.Period.To)
}

// day is the day on which the occasion is due, where the network's calls are open: what is late is late on that day, also in a correction.
func (d *draft) day() civil.Date { return civil.Of(d.Due, d.Programme.LatestCall().Location()) }

// country is a country by its ISO 3166-1 alpha-2 code, with the code as its name where it is none.
func (d *draft) country(iso2 string) reference.Country {
	if c, ok := d.Reference.Country(iso2); ok {
		return c
	}
	return reference.Country{ISO2: iso2, Name: locale.Same(iso2)}
}

// cityOf is how a city is called in a list: "Brest (France)".
func (d *draft) cityOf(name, country string) locale.Text {
	return say(locale.Same("{city} ({country})"), "city", name, "country", d.country(country).Name)
}

// clusterName is how a cluster is called.
func (d *draft) clusterName(id string) locale.Text {
	if c, ok := d.Programme.Cluster(id); ok {
		return c.Label
	}
	return locale.Same(id)
}

// scan reads the records of a type and partition whose identifiers begin with a prefix, in their order.
func scan[T any](ctx context.Context, from records.Reader, typ, partition, prefix string, fn func(id string, body T)) error {
	return from.Scan(ctx, typ, partition, prefix, func(r records.Record) error {
		var body T
		if err := records.Decode(r.Body, &body); err != nil {
			return fmt.Errorf("%s: %w", r.Ref, err)
		}
		fn(r.Ref.ID, body)
		return nil
	})
}
