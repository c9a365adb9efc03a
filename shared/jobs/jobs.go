// Package jobs does the work that queues bring: the check of an upload, the commit or undo of an import, the making of a workbook, the sending
// of a letter; and what a clock brings: the summaries that are due. Messages come at least once, in any order and in batches; each is answered
// for itself. It doesn't know what delivers them.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/queue"
)

// Job is one kind of work.
type Job interface {
	// Name is the job's in the log and the figures.
	Name() string
	// read says what a message asks for; nothing when it needs no work. What it can't read is poison.
	read(body []byte) ([]task.Task, error)
	// do does it, as often as it is asked to with the same outcome. A task that can never be done is noted in its record and
	// is no error.
	do(ctx context.Context, t task.Task) error
	// giveUp notes in the task's record that it was tried too often.
	giveUp(ctx context.Context, t task.Task, cause error) error
}

// Host is what jobs need of whatever they run on.
type Host struct {
	Queue   queue.Sender      // brings messages to this same job: what is to be done later, or further
	Dead    queue.DeadLetters // takes what can't be done
	Clock   identity.Clock
	IDs     identity.IDs // for references to errors
	Log     *slog.Logger
	Measure metric.Sink
	// Hurry says that no further message is to be begun; nil: never.
	Hurry func(context.Context) bool
}

// Attempts is how often a message is worked on before it becomes a dead letter. Queues deliver it once more (Deliveries, which infra/stack
// compares): what comes then is one whose function was ended each time, by its memory or its time, so that nobody could note it.
const (
	Attempts   = 5
	Deliveries = Attempts + 1
)

// Runner runs a job. It is safe for concurrent use.
type Runner struct {
	job  Job
	host Host
}

// New makes a runner.
func New(job Job, host Host) *Runner {
	if host.Hurry == nil {
		host.Hurry = func(context.Context) bool { return false }
	}
	return &Runner{job: job, host: host}
}

// Run does the work of a batch and names the messages that failed: they are to be delivered again. The others are done, also those
// whose work goes on in a message that was sent instead, and those that were put aside: at once what no delivery would make
// readable, at its last delivery what failed each time. A message that fails, or panics, is no other's loss.
func (r *Runner) Run(ctx context.Context, batch []queue.Delivery) (failed []string) {
	for i, message := range batch {
		began := r.host.Clock()
		outcome := r.message(ctx, message, i > 0)
		r.host.Measure(map[string]string{"Job": r.job.Name(), "Outcome": string(outcome)},
			metric.One("Messages"), metric.Milli("Duration", r.host.Clock().Sub(began)))
		if outcome == failure {
			failed = append(failed, message.ID)
		}
	}
	return failed
}

// outcome is what became of a message.
type outcome string

const (
	done    outcome = "done"
	further outcome = "continued" // its work goes on in another message
	later   outcome = "later"     // it could not be done at the moment
	failure outcome = "failed"
	buried  outcome = "buried" // put aside with its reason
)

func (r *Runner) message(ctx context.Context, message queue.Delivery, begun bool) outcome {
	log := r.host.Log.With("job", r.job.Name(), "message", message.ID, "attempt", message.Attempt)
	if begun && r.host.Hurry(ctx) { // at least the first one is worked on, so that there is no end to it
		if err := r.host.Queue.Send(ctx, message.Body, 0); err != nil {
			log.ErrorContext(ctx, "message not handed on", "error", err)
			return failure
		}
		log.InfoContext(ctx, "handed on for want of time")
		return further
	}
	tasks, err := r.job.read(message.Body)
	if err != nil {
		log.ErrorContext(ctx, "message refused", "reason", err)
		return r.bury(ctx, log, message, task.Failure{Code: task.Unreadable})
	}
	if message.Attempt > Attempts {
		for _, t := range tasks {
			r.giveUp(ctx, log.With(t.Attrs()...), t, errEnded)
		}
		log.ErrorContext(ctx, "given up", "reason", errEnded)
		return r.bury(ctx, log, message, task.Failure{Code: task.Unanswered})
	}
	worst := done
	var cause error
	for _, t := range tasks {
		got, err := r.task(ctx, log.With(t.Attrs()...), t)
		if got == failure {
			worst, cause = failure, err
			if message.Attempt == Attempts {
				r.giveUp(ctx, log.With(t.Attrs()...), t, err)
			}
		} else if worst == done {
			worst = got
		}
	}
	if worst == failure && message.Attempt == Attempts {
		return r.bury(ctx, log, message, failureOf(cause))
	}
	return worst
}

// errEnded: a message was delivered to the end and never answered.
var errEnded = errors.New("jobs: no answer to any delivery: the function was ended each time, or the message could not be put aside")

// giveUp has a task's record say that it is given up. Where it can't, the dead letter is all that says so.
func (r *Runner) giveUp(ctx context.Context, log *slog.Logger, t task.Task, cause error) {
	if err := r.job.giveUp(ctx, t, cause); err != nil {
		log.ErrorContext(ctx, "not noted as given up", "error", err)
	}
}

// bury puts a message aside with the reason. Where that fails too, the queue does it in the end, without the reason.
func (r *Runner) bury(ctx context.Context, log *slog.Logger, message queue.Delivery, f task.Failure) outcome {
	f.Reference, f.Attempts, f.Sent, f.At = message.ID, message.Attempt, message.Sent, r.host.Clock().UTC()
	if err := r.host.Dead.Bury(ctx, message.Body, f.Reason()); err != nil {
		log.ErrorContext(ctx, "not put aside", "error", err)
		return failure
	}
	return buried
}

func (r *Runner) task(ctx context.Context, log *slog.Logger, t task.Task) (outcome, error) {
	err := r.guarded(ctx, log, t)
	var unfinished *imports.Unfinished
	switch {
	case err == nil:
		log.InfoContext(ctx, "done")
		return done, nil
	case errors.As(err, &unfinished):
		t.Tries = 0
		return r.send(ctx, log.With("rows", unfinished.Rows), t, 0, further)
	case ctx.Err() == nil && passes(err):
		return r.postpone(ctx, log, t, err)
	default:
		log.ErrorContext(ctx, "failed", "error", err)
		return failure, err
	}
}

// errPanicked stands for a panic, whose text went to the log.
var errPanicked = errors.New("jobs: panic")

// guarded does a task; a panic is an error of this task only.
func (r *Runner) guarded(ctx context.Context, log *slog.Logger, t task.Task) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			reference := r.host.IDs()
			log.ErrorContext(ctx, "panic", "reference", reference, "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			err = fmt.Errorf("%w: reference %s", errPanicked, reference)
		}
	}()
	return r.job.do(ctx, t)
}

// The waiting for what passes: five seconds at first, twice as long each time up to what a queue allows, in all some four hours.
const (
	firstWait = 5 * time.Second
	longWait  = queue.MaxDelay
	mostTries = 24
)

// postpone has a task done later by a message of its own: deliveries of this one are counted, and the dead letters are for what
// can't be done rather than for what has to wait.
func (r *Runner) postpone(ctx context.Context, log *slog.Logger, t task.Task, cause error) (outcome, error) {
	log = log.With("cause", cause)
	if t.Tries >= mostTries {
		err := r.job.giveUp(ctx, t, cause)
		log.ErrorContext(ctx, "given up", "tries", t.Tries, "error", err)
		return failure, errors.Join(cause, err)
	}
	wait := min(firstWait<<min(t.Tries, 16), longWait)
	t.Tries++
	return r.send(ctx, log.With("after", wait.String()), t, wait, later)
}

func (r *Runner) send(ctx context.Context, log *slog.Logger, t task.Task, after time.Duration, what outcome) (outcome, error) {
	if err := r.host.Queue.Send(ctx, t.Body(), after); err != nil {
		log.ErrorContext(ctx, "not sent on", "error", err)
		return failure, err
	}
	log.InfoContext(ctx, string(what), "tries", t.Tries)
	return what, nil
}
