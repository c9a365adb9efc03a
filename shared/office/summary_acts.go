package office

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/agenda"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// correctable reports whether a summary is one that can be corrected: a reminder is of its day, and what has no report says nothing.
func correctable(e outbox.Entry) bool { return e.Revision > 0 && !e.Occasion.About.Reminds() }

// CorrectSummary puts a report together again by what is on record now, and where it says otherwise than the revision that the actor has
// seen, base, keeps it as a further one and writes to those who got an earlier one, as far as they may still read it, and those who would
// get it today. ACCESS_DENIED, SUMMARY_UNKNOWN, RECORD_CHANGED, SUMMARY_UNCHANGED, RECORD_BUSY; SUMMARY_NO_REPORT of a reminder and of what has
// no report.
func (o *Office) CorrectSummary(ctx context.Context, id string, base int) (SummaryStory, error) {
	entry, err := o.findSummary(ctx, id)
	if err != nil {
		return SummaryStory{}, err
	}
	if err := o.leave(ctx, toCorrect(entry.Occasion.About), access.Object{}, entry.ID); err != nil {
		return SummaryStory{}, err
	}
	if !correctable(entry) {
		return SummaryStory{}, problem.New("SUMMARY_NO_REPORT").Valued(id)
	}
	by := access.ActorOf(ctx).Person
	repeated := entry.Revision == base+1 && entry.By == by
	if entry.Revision != base && !repeated {
		return SummaryStory{}, problem.New("RECORD_CHANGED")
	}
	latest, err := o.Outbox.Kept(ctx, id, entry.Revision)
	if err != nil {
		return SummaryStory{}, err
	}
	report, changes, err := o.reportAnew(ctx, latest.Report)
	switch {
	case err != nil:
		return SummaryStory{}, err
	case len(changes) == 0 && repeated: // the request was sent again
		return o.storyOf(ctx, entry)
	case len(changes) == 0:
		return SummaryStory{}, problem.New("SUMMARY_UNCHANGED").Valued(id)
	case repeated:
		return SummaryStory{}, problem.New("RECORD_CHANGED")
	}
	to, err := o.readersAnew(ctx, entry)
	if err != nil {
		return SummaryStory{}, err
	}
	if entry, err = o.Outbox.Revise(ctx, id, base, by, report, changes, to); err != nil {
		return SummaryStory{}, err
	}
	if err := o.deliver(ctx, entry.ID, entry.Revision); err != nil {
		return SummaryStory{}, err
	}
	return o.storyOf(ctx, entry)
}

// reportAnew is a report by what is on record now, and what it says otherwise. It is compared with the same report before it.
func (o *Office) reportAnew(ctx context.Context, was summary.Report) (summary.Report, []summary.Change, error) {
	report, err := o.Digest.Report(ctx, was.Occasion, o.Clock().UTC())
	if err != nil {
		return summary.Report{}, nil, busyAs(err)
	}
	before, err := o.Outbox.ReportAsOf(ctx, was.Since, report.AsOf)
	if err != nil {
		return summary.Report{}, nil, err
	}
	report = summary.Since(report, before).Bounded()
	return report, summary.Corrections(was, report), nil
}

// busyAs says RECORD_BUSY of an import that changes what is read.
func busyAs(err error) error {
	var held *records.BusyError
	if errors.As(err, &held) {
		return problem.New("RECORD_BUSY").With("import", held.Import)
	}
	return err
}

// readersAnew are those to whom a correction goes, by identifier.
func (o *Office) readersAnew(ctx context.Context, e outbox.Entry) ([]string, error) {
	readers, err := o.Agenda.Readers(ctx, e.Occasion)
	if err != nil {
		return nil, busyAs(err)
	}
	var to []string
	for _, r := range readers {
		to = append(to, r.ID)
	}
	earlier, err := o.Outbox.People(ctx, e.ID, e.Revision) // each revision's has those of the ones before it
	if err != nil {
		return nil, err
	}
	for _, id := range earlier {
		if slices.Contains(to, id) {
			continue
		}
		person, err := o.Directory.Person(ctx, id)
		if isCode(err, "PERSON_UNKNOWN") {
			continue
		}
		if err != nil {
			return nil, err
		}
		if MayRead(person.Actor(), e.Occasion) {
			to = append(to, id)
		}
	}
	return to, nil
}

// deliver has the letters of a revision sent. What it doesn't come to, the next hour's run does.
func (o *Office) deliver(ctx context.Context, id string, revision int) error {
	mails, err := o.Outbox.MailsOf(ctx, id, revision)
	if err != nil {
		return err
	}
	return o.send(ctx, mails...)
}

// send has those of some letters sent that wait; where nothing is sent, they go on waiting.
func (o *Office) send(ctx context.Context, mails ...outbox.Mail) error {
	if o.DeliverQueue == nil {
		return nil
	}
	return task.DeliverWaiting(ctx, o.DeliverQueue, mails)
}

// Planned is an occasion to come, as far as today's records tell.
type Planned struct {
	Occasion schedule.Occasion
	Label    locale.Text // its schedule's
	People   int         // to whom letters would go today
}

// LongestPreview is how far a preview reaches.
const LongestPreview = 31 * 24 * time.Hour

// PreviewSummaries are the occasions that become due after one moment, until another, in their order: at most LongestPreview. What is dealt
// with already is left out. Nothing is made. ACCESS_DENIED, FIELD_INVALID, RECORD_BUSY.
func (o *Office) PreviewSummaries(ctx context.Context, after, until time.Time) ([]Planned, error) {
	if err := o.leave(ctx, access.MailRead, access.Object{}); err != nil {
		return nil, err
	}
	if until.Before(after) || until.Sub(after) > LongestPreview {
		return nil, invalid("until", aMonthAhead)
	}
	facts, err := o.Agenda.Facts(ctx, o.Clock())
	if err != nil {
		return nil, busyAs(err)
	}
	to := o.Agenda // hundreds of occasions are of one day: people are read once for all of them
	if to.People, err = assembled(ctx, to.People); err != nil {
		return nil, err
	}
	var all []Planned
	for _, occasion := range schedule.Due(o.Programme.Schedules, facts, after, until) {
		if _, done, err := o.Outbox.Entry(ctx, occasion.ID()); err != nil || done {
			if err != nil {
				return nil, err
			}
			continue
		}
		readers, err := to.Readers(ctx, occasion)
		if err != nil {
			return nil, busyAs(err)
		}
		all = append(all, Planned{occasion, o.scheduleLabel(occasion.Schedule), len(readers)})
	}
	return all, nil
}

// crowd are people who were read already.
type crowd []people.Person

// assembled are all of some people.
func assembled(ctx context.Context, of agenda.People) (all crowd, err error) {
	err = of.Each(ctx, func(p people.Person) error {
		all = append(all, p)
		return nil
	})
	return all, err
}

// Each implements agenda.People.
func (c crowd) Each(_ context.Context, fn func(people.Person) error) error {
	for _, p := range c {
		if err := fn(p); err != nil {
			return err
		}
	}
	return nil
}

var aMonthAhead = locale.Text{
	EN: "a moment after the first one, at most 31 days later", FR: "un moment postérieur au premier, de 31 jours au plus",
	ES: "un momento posterior al primero, como máximo 31 días después",
}
