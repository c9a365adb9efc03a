package digest

import (
	"time"

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
