package term

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/agenda"
	"github.com/learning-cities/guildhall/shared/digest"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/table"
)

// process is the product as it runs until it is ended: what makes reports, and what sends letters.
type process struct {
	*play
	life      *life
	summaries *jobs.Summaries
	deliver   *jobs.Runner
}

// graveyard takes no dead letter: no letter of the term is one.
type graveyard struct{ *play }

// Bury implements queue.DeadLetters.
func (g graveyard) Bury(_ context.Context, body []byte, reason string) error {
	g.Errorf("%s: %s is put aside: %s", g.world.now.Format(time.DateTime), body, reason)
	return nil
}

// start starts a process whose life is given.
func (p *play) start(l *life) *process {
	clock := func() time.Time { return p.world.now }
	ids := identity.NewIDs(clock, nil)
	over := mortal{p.store.Table(table.Config{Clock: clock}), l}
	kept := records.New(over, records.WithPause(func(ctx context.Context, _ int) error { return ctx.Err() }))
	directory, edition, log := people.NewDirectory(over, clock, ids), p.parts.Edition(), slog.New(slog.DiscardHandler)
	store, q := outbox.New(over, clock, ids), line{p.queue, l}
	return &process{
		play: p, life: l,
		summaries: &jobs.Summaries{
			Schedules: edition.Schedules, Outbox: store, Queue: q, Clock: clock, IDs: ids, Log: log, Measure: metric.Discard,
			Agenda: agenda.Source{Records: kept, Programme: edition, People: directory},
			Digest: digest.Source{Records: kept, Programme: edition, Reference: reference.Load()},
		},
		deliver: jobs.New(&jobs.Deliver{
			Schedules: edition.Schedules, Outbox: store, People: directory, Sender: counter{p.post, l, clock}, Queue: q, Clock: clock, Log: log,
			Measure: metric.Discard, From: "Learning Cities <no-reply@cities.example>", Address: "https://cities.example/",
		}, jobs.Host{Queue: q, Dead: graveyard{p}, Clock: clock, IDs: ids, Log: log, Measure: metric.Discard}),
	}
}

// woken has the process do what is due, and then what its queue brings. What it was at when it was ended comes again.
func (p *process) woken() (jobs.Tally, error) {
	tally, err := p.summaries.Run(p.Context(), p.world.now)
	if err == nil && tally.Failed > 0 {
		err = fmt.Errorf("%d were not made", tally.Failed)
	}
	if err == nil {
		err = p.work()
	}
	if p.life.ended() {
		return tally, nil
	}
	return tally, err
}

// work does what the queue brings until it brings nothing or the process is ended.
func (p *process) work() error {
	for range 100 {
		batch := p.queue.take()
		if len(batch) == 0 {
			return nil
		}
		for i, body := range batch {
			failed := p.deliver.Run(p.Context(), []queue.Delivery{{ID: fmt.Sprint("m", i), Body: body, Attempt: 1}})
			if p.life.ended() {
				for _, again := range batch[i:] {
					p.queue.add(again)
				}
				return nil
			}
			if len(failed) > 0 {
				return fmt.Errorf("%s failed", body)
			}
		}
	}
	return errors.New("there is no end to the queue")
}

// hourly plays on to a moment: every hour what happens, and then the product, woken at these minutes of the hour, so many times at once.
func (p *play) hourly(to time.Time, wakes func(hour time.Time) []wake, next func() *life) {
	p.Helper()
	running := p.start(next())
	for hour := p.world.now.Truncate(time.Hour); !hour.After(to); hour = hour.Add(time.Hour) {
		for _, w := range wakes(hour) {
			p.until(hour.Add(w.after))
			for again := true; again; { // who is ended is started again, as whatever woke it tries again
				var all sync.WaitGroup
				for range w.times - 1 {
					all.Go(func() { p.one(p.start(&life{})) })
				}
				p.one(running)
				all.Wait()
				if again = running.life.ended(); again {
					running = p.start(next())
				}
			}
		}
	}
	p.until(to)
}

func (p *play) one(running *process) {
	if _, err := running.woken(); err != nil {
		p.Errorf("%s: %v", p.world.now.Format(time.DateTime), err)
	}
}

// wake is one time that the product is woken in an hour.
type wake struct {
	after time.Duration // from the hour's beginning
	times int           // by as many processes at once
}

// daily wakes the product in the hours at which letters are due in summer and in winter, and in one more: that it is woken in
// the others too changes nothing, as is shown of some days.
func daily(hour time.Time) []wake {
	switch hour.Hour() {
	case 6, 7, 12:
		return []wake{{times: 1}}
	}
	return nil
}

// immortal is the life of a process that nothing ends.
func immortal() *life { return &life{} }

// corrected has the report of a schedule's period, by its last day, corrected by what is on record now.
func (p *play) corrected(who, schedule, to string) {
	p.Helper()
	day := p.day(to)
	entries, _, err := p.outbox().Entries(p.Context(), outbox.Filter{
		Keep: func(e outbox.Entry) bool { return e.Occasion.Schedule == schedule && e.Occasion.Period.To == day },
	}, "", 1)
	p.must(err)
	if len(entries) != 1 {
		p.Fatalf("there is no %s to %s", schedule, to)
	}
	_, err = p.office.CorrectSummary(p.as(who), entries[0].ID, 1)
	p.must(err)
}

// cameBack has the last letter of a schedule to somebody come back, as a function is told by whoever delivers e-mails.
func (p *play) cameBack(who, schedule string) {
	p.Helper()
	clock, over := p.parts.Clock, p.store.Table(table.Config{Clock: p.parts.Clock})
	for _, s := range slices.Backward(p.post.left) {
		name, _ := outbox.ParseLetter(s.ID)
		if name.Person != p.id(who) || !strings.Contains(name.Summary, schedule) {
			continue
		}
		p.must(outbox.New(over, clock, p.parts.IDs).CameBack(p.Context(), name, s.ID))
		p.must(people.NewDirectory(over, clock, p.parts.IDs).Failing(p.Context(), name.Person, outbox.Bounce, s.at))
		return
	}
	p.Errorf("%s got no letter of %s", who, schedule)
}
