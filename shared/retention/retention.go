// Package retention ends what the programme keeps for a time only: the files of imports and exports, to whom letters went, failed tasks, and who
// spoke for a city that is no member. What the network's records say besides, and where they came from, stays. It knows no engine, and not what wakes it.
package retention

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/table"
)

// Sweep ends what is due. It is safe for several processes at once: what one ended the other finds ended.
type Sweep struct {
	Programme *programme.Edition
	Table     table.Table // remembers how far the sweep has come
	Blobs     blob.Store
	Intake    *intake.Store
	Exports   *request.Store
	Outbox    *outbox.Store
	// DeadLetters are those that nothing else ends; nil where the platform does.
	DeadLetters *deadletters.Service
	Log         *slog.Logger
	Every       time.Duration              // how often imports and exports are walked through at most; 0: by each run
	Most        int                        // things of each kind that a run ends; 0 is 200
	Hurry       func(context.Context) bool // says that nothing further is to be begun; nil: never
}

// usualMost is how many things of each kind a run ends: what is left the next one does.
const usualMost = 200

// Tally is what a run ended, or would end.
type Tally struct {
	Imports     int  `json:"imports"`   // whose files were erased
	Originals   int  `json:"originals"` // senders' files among them, which no other import needs
	Exports     int  `json:"exports"`
	Persons     int  `json:"persons"` // applications whose persons were blanked
	Letters     int  `json:"letters"`
	DeadLetters int  `json:"deadLetters"`
	Left        bool `json:"left"` // there is more for the next run
}

// Sum is how many things those are.
func (t Tally) Sum() int { return t.Imports + t.Exports + t.Persons + t.Letters + t.DeadLetters }

// Run ends what has been kept for long enough at a moment. What was begun and interrupted is ended by the next run: first it is noted that a thing
// is gone, so that nobody asks for a part of it, and then its files are erased with all their versions. An error of one kind keeps no other from
// its end.
func (s *Sweep) Run(ctx context.Context, now time.Time) (Tally, error) {
	t, err := s.sweep(ctx, now.UTC(), false)
	if t.Sum() > 0 || t.Left || err != nil {
		s.Log.InfoContext(ctx, "retention", "imports", t.Imports, "originals", t.Originals, "exports", t.Exports, "persons", t.Persons, "letters", t.Letters,
			"deadLetters", t.DeadLetters, "left", t.Left)
	}
	return t, err
}

// Preview is what Run would end at a moment. It changes nothing.
func (s *Sweep) Preview(ctx context.Context, now time.Time) (Tally, error) {
	return s.sweep(ctx, now.UTC(), true)
}

// round is one run.
type round struct {
	*Sweep
	Tally
	now  time.Time
	try  bool // nothing is ended
	most int
}

func (s *Sweep) sweep(ctx context.Context, now time.Time, try bool) (Tally, error) {
	r := &round{Sweep: s, now: now, try: try, most: s.Most}
	if r.most == 0 {
		r.most = usualMost
	}
	err := errors.Join(r.imports(ctx), r.exports(ctx), r.letters(ctx), r.deadLetters(ctx), r.persons(ctx))
	return r.Tally, err
}

// due reports whether what ended at a moment has been kept for long enough: whole days of 24 hours.
func (r *round) due(of programme.Kept, ended time.Time) bool {
	return !r.now.Before(ended.Add(r.Programme.Keep(of)))
}

// full reports that no further thing is to be ended after so many of its kind, and notes that more is left.
func (r *round) full(ctx context.Context, ended int) bool {
	if ended >= r.most || r.Hurry != nil && r.Hurry(ctx) {
		r.Left = true
		return true
	}
	return false
}

func (r *round) letters(ctx context.Context) (err error) {
	var more bool
	r.Letters, more, err = r.Outbox.Forget(ctx, r.now.Add(-r.Programme.Keep(programme.Letters)).Add(1), r.most, r.try)
	r.Left = r.Left || more
	return err
}

func (r *round) deadLetters(ctx context.Context) (err error) {
	if r.Sweep.DeadLetters == nil {
		return nil
	}
	var more bool
	r.Tally.DeadLetters, more, err = r.Sweep.DeadLetters.Expire(ctx, r.now.Add(-r.Programme.Keep(programme.DeadLetters)).Add(1), r.most, r.try)
	r.Left = r.Left || more
	return err
}
