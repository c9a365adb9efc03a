// Package agenda reads from the records what schedules need to know, and who is to be written to: the deadlines of calls with their
// extensions, coordinators' terms, participations, duties, agreements and instalments, and the people who have to do with each. It decides
// nothing about when, and knows no content.
package agenda

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/schedule"
)

// Source reads from what is on record. It is safe for concurrent use.
type Source struct {
	Records   *records.Store
	Programme *programme.Edition
	People    People
}

// People are those who may use the product, whoever asks: people.Directory.
type People interface {
	Each(ctx context.Context, fn func(people.Person) error) error
}

// Reader is a person who is written to. Whether the person has declined such letters is asked when one is sent.
type Reader struct {
	ID    string // the person's identifier
	Lang  locale.Lang
	Role  access.Role
	Scope access.Scope
}

// Facts are the days that schedules go by, as on record now: of what is open, those to come and those that are over for so short a time
// that a reminder after an outage still has to do with them. An error is a failure of the store, or *records.BusyError while an import is
// at work.
func (s Source) Facts(ctx context.Context, now time.Time) (schedule.Facts, error) {
	f := &facts{Source: s, now: now, today: s.dayOf(now)}
	f.since = f.today.AddDays(-f.reach())
	err := errors.Join(f.calls(ctx), f.clusters(ctx), f.fund(ctx))
	if err != nil {
		return schedule.Facts{}, err
	}
	f.add(programme.FundSummary, schedule.Subject{}, civil.Date{}, civil.Date{})
	f.add(programme.MembershipSummary, schedule.Subject{}, civil.Date{}, civil.Date{})
	return f.found, nil
}

// facts gathers them.
type facts struct {
	Source
	now          time.Time
	today, since civil.Date // of the days that are over, those from since on count
	found        schedule.Facts
}

func (f *facts) add(about programme.About, subject schedule.Subject, first, last civil.Date) {
	f.found.Spans = append(f.found.Spans, schedule.Span{About: about, Subject: subject, First: first, Last: last})
}

func (f *facts) mark(about programme.About, subject schedule.Subject, day civil.Date, zone *time.Location) {
	f.found.Marks = append(f.found.Marks, schedule.Mark{About: about, Subject: subject, Day: day, Zone: zone})
}

// reach is for how many days after its day a reminder can still be due, or be made up for.
func (f *facts) reach() int {
	longest := 0
	for _, s := range f.Programme.Schedules {
		for _, n := range s.After {
			longest = max(longest, n)
		}
	}
	return int(schedule.CatchUp/(24*time.Hour)) + longest + 1
}

// dayOf is the day of a moment, in the network's zone.
func (s Source) dayOf(at time.Time) civil.Date {
	return civil.Of(at, s.Programme.LatestCall().Location())
}

// scan reads the records of a type and partition.
func scan[T any](
	ctx context.Context, from records.Reader, typ, partition string, fn func(id string, body T),
) error {
	return from.Scan(ctx, typ, partition, "", func(record records.Record) error {
		var body T
		if err := records.Decode(record.Body, &body); err != nil {
			return fmt.Errorf("agenda: %s: %w", record.Ref, err)
		}
		fn(record.Ref.ID, body)
		return nil
	})
}
