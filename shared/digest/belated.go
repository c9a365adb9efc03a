package digest

import (
	"context"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// belated lists the news, activities and outcomes of some clusters of the time before the period that were recorded after the newsletter
// before this one was due: it can't have told them, and no later one would, since each tells of its own period. Where nothing was on record
// of the clusters then, there was no newsletter that lacked them.
func (d *draft) belated(ctx context.Context, from records.Reader, clusters ...programme.Cluster) error {
	early := *d
	early.Period = schedule.Period{From: civil.Date{Year: 1, Month: 1, Day: 1}, To: d.Period.From.AddDays(-1)}
	term, ok := d.Programme.TermAt(early.Period.To)
	if !ok {
		return nil
	}
	now, err := early.readWork(ctx, from, term)
	if err != nil {
		return err
	}
	var then *work
	past := d.Records.AsOf(d.dueBefore())
	err = past.Snapshot(ctx, workTypes(), func(from records.Reader) error {
		then, err = early.readWork(ctx, from, term)
		return err
	})
	if err != nil || past.Blank() {
		return err
	}
	var entries []summary.Entry
	for _, cluster := range clusters {
		was := early.did(then, cluster.ID)
		for _, e := range early.did(now, cluster.ID) {
			if slices.ContainsFunc(was, func(w summary.Entry) bool { return w.Key == e.Key }) {
				continue
			}
			if len(clusters) > 1 {
				e.Name = say(ofCluster, "cluster", cluster.Label, "name", e.Name)
			}
			entries = append(entries, e)
		}
	}
	d.list(summary.List{Key: "belated", Title: belatedWord, Entries: entries, Fresh: true})
	return nil
}

// did is what a cluster told and did in the period.
func (d *draft) did(w *work, cluster string) []summary.Entry {
	held, _ := d.held(w, cluster)
	return slices.Concat(d.told(w, cluster), held, d.outcomes(w, cluster))
}

// dueBefore is when the report on the period before was due: as many days after its last day, at the same hour.
func (d *draft) dueBefore() time.Time {
	zone := d.Programme.LatestCall().Location()
	day := d.Period.From.AddDays(daysFrom(d.Period.To, d.day()) - 1)
	due := d.Due.In(zone)
	return time.Date(day.Year, day.Month, day.Day, due.Hour(), due.Minute(), due.Second(), 0, zone)
}

var belatedWord = locale.Text{
	EN: "From before, recorded since the last newsletter",
	FR: "D’avant, enregistré depuis le dernier bulletin",
	ES: "De antes, registrado desde el último boletín",
}
