package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/learning-cities/guildhall/shared/agenda"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// Agenda says which days there are and who is written to: agenda.Source.
type Agenda interface {
	Facts(ctx context.Context, now time.Time) (schedule.Facts, error)
	Readers(ctx context.Context, o schedule.Occasion) ([]agenda.Reader, error)
}

// Digest says what a report says: digest.Source.
type Digest interface {
	Report(ctx context.Context, o schedule.Occasion, at time.Time) (summary.Report, error)
}

// Summaries makes the reports and reminders that are due, each once, and has their letters sent. It is woken every hour, or whenever
// something wakes it: what it does follows from the mark up to which everything is dealt with. It is safe for concurrent use, also by
// several processes at once.
type Summaries struct {
	Schedules []programme.Schedule
	Agenda    Agenda
	Digest    Digest
	Outbox    *outbox.Store
	Queue     queue.Sender // brings tasks to Deliver; nil: nothing is sent, and letters wait
	Clock     identity.Clock
	IDs       identity.IDs // for references to errors
	Log       *slog.Logger
	Measure   metric.Sink
	Most      int                        // occasions dealt with in a run; 0 is 500
	Hurry     func(context.Context) bool // says that no further occasion is to be begun; nil: never
}

// defaultMost is how many occasions a run deals with, such as the reminders of all members at once: what is left the next one deals with.
const defaultMost = 500

// Tally is what a run came to, in occasions but for the last three.
type Tally struct {
	Made       int `json:"made"`       // with letters
	Nothing    int `json:"nothing"`    // kept, since nothing was new
	Nobody     int `json:"nobody"`     // kept, and nobody to write to
	Lapsed     int `json:"lapsed"`     // reminders whose day was over
	PassedOver int `json:"passedOver"` // longer ago than schedule.CatchUp
	Failed     int `json:"failed"`     // could not be made: the log says why; they are tried again
	Left       int `json:"left"`       // for the next run
	// Late is how long the oldest occasion that is still to be dealt with has been due.
	Late      time.Duration `json:"late"`
	Waiting   int           `json:"waiting"`   // letters that wait or are being sent
	Uncertain int           `json:"uncertain"` // letters of which nobody knows whether they left
	Refused   int           `json:"refused"`   // letters that failed
}

// Run deals with what is due by now, as far as Most and Hurry allow, and looks after letters that were left behind. The first run of all
// only sets the mark: nothing earlier is due. What can't be made keeps the others from nothing, and the mark from passing it. An error is
// of the moment: the next run goes on where this one stopped.
func (s *Summaries) Run(ctx context.Context, now time.Time) (Tally, error) {
	r := &round{Summaries: s, now: now.UTC()}
	err := errors.Join(r.summaries(ctx), r.sweep(ctx))
	s.Measure(nil,
		metric.Value{Name: "SummariesMade", Unit: metric.Count, Figure: float64(r.Made)},
		metric.Value{Name: "SummariesPassedOver", Unit: metric.Count, Figure: float64(r.PassedOver)},
		metric.Value{Name: "SummariesLate", Unit: metric.Seconds, Figure: r.Late.Seconds()},
		metric.Value{Name: "MailsUncertain", Unit: metric.Count, Figure: float64(r.Uncertain)},
		metric.Value{Name: "MailsFailed", Unit: metric.Count, Figure: float64(r.Refused)},
	)
	s.Log.InfoContext(ctx, "summaries", "made", r.Made, "nothing", r.Nothing, "nobody", r.Nobody, "lapsed", r.Lapsed,
		"passedOver", r.PassedOver, "failed", r.Failed, "left", r.Left, "late", r.Late.String(), "waiting", r.Waiting,
		"uncertain", r.Uncertain, "refused", r.Refused)
	return r.Tally, err
}

// round is one run.
type round struct {
	*Summaries
	Tally
	now   time.Time
	facts schedule.Facts
}

func (r *round) hurried(ctx context.Context) bool { return r.Hurry != nil && r.Hurry(ctx) }

func (r *round) summaries(ctx context.Context) error {
	mark, err := r.Outbox.Mark(ctx)
	if err != nil {
		return err
	}
	if mark.IsZero() {
		_, err := r.Outbox.Advance(ctx, r.now)
		return err
	}
	r.Late = max(0, r.now.Sub(mark)) // as long as nobody knows whether anything was due
	if r.facts, err = r.Agenda.Facts(ctx, r.now); err != nil {
		return err
	}
	if floor := r.now.Add(-schedule.CatchUp); mark.Before(floor) {
		if mark, err = r.passOver(ctx, mark, floor); err != nil {
			return err
		}
	}
	due := schedule.Due(r.Schedules, r.facts, mark, r.now)
	r.Late = 0
	if len(due) > 0 {
		r.Late = r.now.Sub(due[0].Due)
	}
	return r.all(ctx, due)
}

// passOver notes what was due longer ago than anything is made up for.
func (r *round) passOver(ctx context.Context, mark, floor time.Time) (time.Time, error) {
	for _, o := range schedule.Due(r.Schedules, r.facts, mark, floor) {
		_, noted, err := r.Outbox.Pass(ctx, o, outbox.PassedOver)
		if err != nil {
			return mark, err
		}
		if noted {
			r.PassedOver++
			r.Log.WarnContext(ctx, "passed over", "summary", o.ID(), "due", o.Due)
		}
	}
	return r.Outbox.Advance(ctx, floor)
}

// all deals with occasions in their order. The mark follows as far as every one is dealt with: of several that are due at the same moment,
// once the last one is.
func (r *round) all(ctx context.Context, due []schedule.Occasion) error {
	most := r.Most
	if most == 0 {
		most = defaultMost
	}
	dealt := 0
	var oldest time.Time // of those that failed
	for i, o := range due {
		if oldest.IsZero() && i > 0 && o.Due.After(due[i-1].Due) {
			if _, err := r.Outbox.Advance(ctx, due[i-1].Due); err != nil {
				return err
			}
		}
		if oldest.IsZero() {
			r.Left, r.Late = len(due)-i, r.now.Sub(o.Due)
		}
		if dealt >= most || r.hurried(ctx) {
			return nil
		}
		fresh, err := r.guarded(ctx, o)
		if err != nil && (ctx.Err() != nil || passes(err)) {
			return err
		}
		if err != nil {
			r.Log.ErrorContext(ctx, "summary not made", "summary", o.ID(), "about", o.About, "error", err)
			r.Failed++
			if oldest.IsZero() {
				oldest = o.Due
			}
			continue
		}
		if fresh {
			dealt++
		}
	}
	if !oldest.IsZero() {
		r.Left = r.Failed
		return nil
	}
	r.Left, r.Late = 0, 0
	_, err := r.Outbox.Advance(ctx, r.now)
	return err
}

// guarded deals with an occasion; a panic is an error of this one only.
func (r *round) guarded(ctx context.Context, o schedule.Occasion) (fresh bool, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			reference := r.IDs()
			r.Log.ErrorContext(ctx, "panic", "reference", reference, "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			err = fmt.Errorf("%w: reference %s", errPanicked, reference)
		}
	}()
	return r.deal(ctx, o)
}

// deal deals with an occasion, and says whether nobody did before.
func (r *round) deal(ctx context.Context, o schedule.Occasion) (fresh bool, err error) {
	e, found, err := r.Outbox.Entry(ctx, o.ID())
	if err != nil {
		return false, err
	}
	if found { // by one that was ended before the mark passed it, or is at it
		if e, err = r.Outbox.Post(ctx, e); err != nil {
			return false, err
		}
		return false, r.send(ctx, e)
	}
	e, made, err := r.make(ctx, o)
	if err != nil {
		return false, err
	}
	if made {
		r.count(e.Outcome)
	}
	return true, r.send(ctx, e)
}

func (r *round) make(ctx context.Context, o schedule.Occasion) (outbox.Entry, bool, error) {
	how, _ := schedule.Of(r.Schedules, o)
	if over(how, o, r.now) {
		return r.Outbox.Pass(ctx, o, outbox.Lapsed)
	}
	report, err := r.report(ctx, r.facts, o)
	if err != nil {
		return outbox.Entry{}, false, err
	}
	if !report.News && how.Nothing == programme.SkipNothing {
		return r.Outbox.Skip(ctx, report)
	}
	readers, err := r.Agenda.Readers(ctx, o)
	if err != nil {
		return outbox.Entry{}, false, err
	}
	people := make([]string, len(readers))
	for i, reader := range readers {
		people[i] = reader.ID
	}
	return r.Outbox.Make(ctx, report, people)
}

// report is what an occasion's report says, by what was on record when it was due, with what is new since the one before.
func (s *Summaries) report(ctx context.Context, facts schedule.Facts, o schedule.Occasion) (summary.Report, error) {
	report, err := s.Digest.Report(ctx, o, o.Due)
	if err != nil {
		return report, err
	}
	var before *summary.Report
	if previous, ok := schedule.Previous(s.Schedules, facts, o); ok {
		if before, err = s.Outbox.ReportAsOf(ctx, previous.ID(), o.Due); err != nil {
			return report, err
		}
	}
	return summary.Since(report, before), nil
}

func (r *round) count(outcome outbox.Outcome) {
	switch outcome {
	case outbox.Written:
		r.Made++
	case outbox.Nothing:
		r.Nothing++
	case outbox.Nobody:
		r.Nobody++
	case outbox.Lapsed:
		r.Lapsed++
	case outbox.PassedOver:
		r.PassedOver++
	}
}

// send has the letters of an entry sent that wait.
func (r *round) send(ctx context.Context, e outbox.Entry) error {
	if r.Queue == nil || e.Posted == 0 {
		return nil
	}
	mails, err := r.Outbox.MailsOf(ctx, e.ID, e.Revision)
	if err != nil {
		return err
	}
	return task.DeliverWaiting(ctx, r.Queue, mails)
}
