package schedule

import (
	"cmp"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

// CatchUp is how long after it was due something is still made. What is older is passed over, and noted so.
const CatchUp = 62 * 24 * time.Hour

// Due gives the occasions that become due after a moment, up to another one and then included, in the order of Due and then of ID, each
// once. A report is due at the schedule's hour in its zone, so many days after its period's last day; a reminder at that hour, so many days
// before or after its day, in the zone of its deadline where that has one. An hour that comes twice is its first; one that doesn't exist
// is the first instant after it. Windows that touch have everything between them once, as long as the facts stay as they are.
func Due(schedules []programme.Schedule, facts Facts, after, until time.Time) []Occasion {
	w := window{after: after, until: until}
	for _, s := range schedules {
		if s.About.Reminds() {
			w.remind(s, facts.Marks)
		} else {
			w.report(s, facts.Spans)
		}
	}
	byID := map[string]Occasion{}
	for _, o := range w.due {
		id := o.ID()
		if first, twice := byID[id]; !twice || o.Due.Before(first.Due) {
			byID[id] = o
		}
	}
	ids := make([]string, 0, len(byID))
	for id := range byID {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(byID[a].Due.Compare(byID[b].Due), cmp.Compare(a, b)) })
	due := make([]Occasion, len(ids))
	for i, id := range ids {
		due[i] = byID[id]
	}
	return due
}

// Previous is the report that came before a report: of the same schedule and subject, for the last period that ended before its own began.
// A term's first report follows the last one of the term before. False: there is none, or it is a reminder.
func Previous(schedules []programme.Schedule, facts Facts, o Occasion) (Occasion, bool) {
	s, known := Of(schedules, o)
	if !known || o.About.Reminds() {
		return Occasion{}, false
	}
	var latest Period
	for _, span := range facts.Spans {
		if span.About != o.About || span.Subject != o.Subject {
			continue
		}
		if p, ok := periodsOf(s, span).before(o.Period.From); ok && p.To.After(latest.To) {
			latest = p
		}
	}
	if latest == (Period{}) {
		return Occasion{}, false
	}
	return reportOf(s, o.Subject, latest, s.Location()), true
}

// Of is the schedule of an occasion; false, and one that says nothing, where there is none such any more.
func Of(schedules []programme.Schedule, o Occasion) (programme.Schedule, bool) {
	i := slices.IndexFunc(schedules, func(s programme.Schedule) bool { return s.ID == o.Schedule })
	if i < 0 {
		return programme.Schedule{}, false
	}
	return schedules[i], true
}

// window gathers what becomes due after a moment and up to another.
type window struct {
	after, until time.Time
	due          []Occasion
}

func (w *window) add(o Occasion) {
	if o.Due.After(w.after) && !o.Due.After(w.until) {
		w.due = append(w.due, o)
	}
}

// days are the first and last on which anything in the window can fall, wherever on Earth: a day more on either side.
func (w *window) days() (first, last civil.Date) {
	return civil.Of(w.after, time.UTC).AddDays(-2), civil.Of(w.until, time.UTC).AddDays(2)
}

func (w *window) report(s programme.Schedule, spans []Span) {
	first, last := w.days()
	zone := s.Location()
	for _, span := range spans {
		if span.About != s.About {
			continue
		}
		periodsOf(s, span).ending(first.AddDays(-s.After[0]), last.AddDays(-s.After[0]), func(p Period) {
			w.add(reportOf(s, span.Subject, p, zone))
		})
	}
}

func reportOf(s programme.Schedule, subject Subject, p Period, zone *time.Location) Occasion {
	return Occasion{
		Schedule: s.ID, About: s.About, Subject: subject, Period: p, Due: at(p.To.AddDays(s.After[0]), s.Hour, zone),
	}
}

func (w *window) remind(s programme.Schedule, marks []Mark) {
	first, last := w.days()
	own := s.Location()
	ahead := slices.Clone(s.Before)
	for _, n := range s.After {
		ahead = append(ahead, -n)
	}
	for _, m := range marks {
		if m.About != s.About {
			continue
		}
		for _, n := range ahead {
			on := m.Day.AddDays(-n)
			if on.Before(first) || on.After(last) {
				continue
			}
			o := Occasion{Schedule: s.ID, About: s.About, Subject: m.Subject, Day: m.Day, Ahead: n, Due: at(on, s.Hour, own)}
			if m.Zone != nil {
				o.Due, o.Closes = at(on, s.Hour, m.Zone), lastSecond(m.Day, m.Zone)
			}
			w.add(o)
		}
	}
}
