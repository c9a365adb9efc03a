package jobs

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
)

// Planned is what a run would make of an occasion, or made of it.
type Planned struct {
	Occasion schedule.Occasion
	Outcome  outbox.Outcome // of one that isn't due yet, as if nothing changed until then
	People   int            // how many would be written to
	Made     bool           // it is dealt with, and this is what came of it
}

// Preview says what becomes due after a moment and up to another, in its order, what would be made of it and for how many, by what is on
// record now. It writes nothing.
func (s *Summaries) Preview(ctx context.Context, from, to time.Time) ([]Planned, error) {
	now := s.Clock()
	facts, err := s.Agenda.Facts(ctx, now)
	if err != nil {
		return nil, err
	}
	var list []Planned
	for _, o := range schedule.Due(s.Schedules, facts, from, to) {
		planned, err := s.plan(ctx, facts, o, now)
		if err != nil {
			return nil, err
		}
		list = append(list, planned)
	}
	return list, nil
}

func (s *Summaries) plan(ctx context.Context, facts schedule.Facts, o schedule.Occasion, now time.Time) (Planned, error) {
	e, found, err := s.Outbox.Entry(ctx, o.ID())
	if err != nil || found {
		return Planned{Occasion: o, Outcome: e.Outcome, People: e.People, Made: found}, err
	}
	how, _ := schedule.Of(s.Schedules, o)
	switch {
	case now.Sub(o.Due) > schedule.CatchUp:
		return Planned{Occasion: o, Outcome: outbox.PassedOver}, nil
	case over(how, o, now):
		return Planned{Occasion: o, Outcome: outbox.Lapsed}, nil
	case how.Nothing == programme.SkipNothing && !o.Due.After(now): // what isn't due yet may still get news
		report, err := s.report(ctx, facts, o)
		if err != nil || !report.News {
			return Planned{Occasion: o, Outcome: outbox.Nothing}, err
		}
	}
	readers, err := s.Agenda.Readers(ctx, o)
	outcome := outbox.Written
	if len(readers) == 0 {
		outcome = outbox.Nobody
	}
	return Planned{Occasion: o, Outcome: outcome, People: len(readers)}, err
}
