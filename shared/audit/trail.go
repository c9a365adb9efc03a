package audit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/ratelimit"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// Config is what a Trail works with.
type Config struct {
	Table table.Table
	Clock identity.Clock
	IDs   identity.IDs
	// Pause waits between tries while others seal at the same moment; try counts from 1. An error ends the trying. nil waits 10 ms, twice
	// as long each time, and at most half a second.
	Pause func(ctx context.Context, try int) error
}

// Trail is safe for concurrent use, also by several processes over one table.
type Trail struct {
	Config
	denials *ratelimit.Limiter
}

// denialRate is how often one person's denials are noted by one process: who keeps trying writes no more than that. All of them are logged.
var denialRate = ratelimit.Rate{Burst: 30, Every: time.Minute}

// deniedPersons is how many of those who were denied something a process remembers at least.
const deniedPersons = 1000

// New makes a trail.
func New(c Config) *Trail {
	if c.Pause == nil {
		c.Pause = records.BackOff(10*time.Millisecond, 500*time.Millisecond)
	}
	return &Trail{c, ratelimit.New(denialRate, deniedPersons, c.Clock)}
}

// Note writes an event down, of which the caller gives Person, Role, Action, Object and Outcome; identifiers that can be none are left out.
// Whoever does what it says does it afterwards, and only where there was no error: one is always table.ErrUnavailable, or the end of the
// context. Within a call the same is noted once; of denials a person's first thirty are noted, and then one a minute.
func (t *Trail) Note(ctx context.Context, e Event) error {
	if e.Outcome == Denied && t.denials.Take(e.Person) > 0 {
		return nil
	}
	e.Person, e.Object, e.Kind = Identifier(e.Person), Identifier(e.Object), KindOf(e.Action)
	in, _ := ctx.Value(callKey{}).(*call)
	if in == nil {
		return t.write(ctx, e)
	}
	e.Request, e.Door = Identifier(in.request), in.door
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.noted[e] {
		return nil
	}
	if err := t.write(ctx, e); err != nil {
		return err
	}
	in.noted[e] = true
	return nil
}

// write is not tried again: an event of which nobody knows whether it is there may be sealed by now, and would be there twice. That
// something was noted which then was not done is no harm.
func (t *Trail) write(ctx context.Context, e Event) error {
	e.ID, e.At = t.IDs(), t.Clock().UTC().Truncate(time.Millisecond)
	stored, err := item(openKey(e.ID), e)
	if err == nil {
		err = t.Table.Write(ctx, table.Write{Put: stored, Condition: table.Absent()})
	}
	if err == nil || ctx.Err() != nil {
		return err
	}
	return fmt.Errorf("audit: %s was not noted: %w: %v", e.Action, table.ErrUnavailable, err)
}

// The bounds of one transaction that seals: two writes for each event, one for each day, and the head's are at most table.MaxTransaction.
const (
	sealedAtOnce = 40
	daysAtOnce   = table.MaxTransaction - 2*sealedAtOnce - 1
)

// tries is how often a seal is tried that others overtake each time.
const tries = 40

// Seal gives events that have none yet their places in the chain, in the order of their identifiers, until there are none, and tells where
// the trail then stands. Others may do so at the same moment: each event gets one place. table.ErrUnavailable; *Fault where an entry
// stands at a place that was never given: somebody else wrote into the trail, and what is noted waits until that is looked into.
func (t *Trail) Seal(ctx context.Context) (Head, error) {
	overtaken := 0
	for {
		head, left, err := t.seal(ctx)
		var lost *table.TransactionError
		switch {
		case errors.As(err, &lost):
			if err := t.intruder(ctx); err != nil {
				return head, err
			}
			if overtaken++; overtaken == tries {
				return head, fmt.Errorf("audit: others seal all the time: %w", table.ErrUnavailable)
			}
			if err := t.Pause(ctx, overtaken); err != nil {
				return head, err
			}
		case err != nil, !left:
			return head, err
		default:
			overtaken = 0
		}
	}
}

// intruder is a *Fault where one of the places behind the head is taken, of those that are given out at once.
func (t *Trail) intruder(ctx context.Context) error {
	head, err := t.Head(ctx)
	if err != nil {
		return err
	}
	for number := head.Number + 1; number <= head.Number+sealedAtOnce; number++ {
		_, err = t.Table.Get(ctx, entryKey(number))
		if errors.Is(err, table.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		again, err := t.Head(ctx) // which another one may have moved meanwhile
		if err != nil || again != head {
			return err
		}
		return &Fault{Flaw: Beyond, Number: number, Want: "nothing", Got: "an entry"}
	}
	return nil
}

// seal seals as much as goes into one transaction, and tells whether there may be more.
func (t *Trail) seal(ctx context.Context) (head Head, left bool, err error) {
	page, err := t.Table.Query(ctx, table.Query{Partition: openPartition, Limit: sealedAtOnce})
	if err != nil {
		return head, false, err
	}
	if head, err = t.Head(ctx); err != nil || len(page.Items) == 0 {
		return head, false, err
	}
	before := head
	days := map[civil.Date]span{}
	var writes []table.Write
	for _, open := range page.Items {
		var event Event
		if err := records.Known(open, format); err != nil {
			return before, false, err
		}
		if decode(open, &event) != nil {
			return before, false, &Fault{Flaw: Foreign, Number: head.Number + 1, Want: "an event", Got: open.Key.String()}
		}
		day := event.day()
		if _, known := days[day]; !known {
			if len(days) == daysAtOnce {
				break
			}
			var stands span
			if err := t.find(ctx, dayKey(day), &stands); err != nil {
				return before, false, err
			}
			days[day] = stands
		}
		entry, err := head.next(event)
		if err != nil {
			return before, false, err
		}
		stored, err := item(entryKey(entry.Number), entry)
		if err != nil {
			return before, false, err
		}
		writes = append(writes,
			table.Write{Put: stored, Condition: table.Absent(), Label: "entry"},
			table.Write{Delete: open.Key, Condition: table.Present(), Label: "open"})
		head, days[day] = entry.head(), days[day].with(entry.Number)
	}
	for day, stands := range days {
		stored, err := item(dayKey(day), stands)
		if err != nil {
			return before, false, err
		}
		writes = append(writes, table.Write{Put: stored})
	}
	stored, err := item(headKey(), head)
	if err != nil {
		return before, false, err
	}
	unmoved := table.Absent()
	if before != (Head{}) {
		unmoved = table.AllOf(table.Equal("number", before.Number), table.Equal("hash", string(before.Hash)))
	}
	writes = append(writes, table.Write{Put: stored, Condition: unmoved, Label: "head"})
	if err := t.Table.Transact(ctx, writes); err != nil {
		return before, false, err
	}
	return head, true, nil
}

// Head is where the trail stands. What has no place yet is behind it.
func (t *Trail) Head(ctx context.Context) (Head, error) {
	var head Head
	err := t.find(ctx, headKey(), &head)
	return head, err
}
