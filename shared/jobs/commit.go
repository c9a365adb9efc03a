package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/queue"
)

// Committer executes plans; *imports.Service is one.
type Committer interface {
	Commit(ctx context.Context, order imports.Order) (*intake.Result, error)
	LeftBehind(ctx context.Context, before time.Time) ([]imports.Order, error)
}

// Commit is the job that a person's confirmation brings. From time to time it looks after commits that were left behind.
type Commit struct {
	Committer Committer
	Intake    *intake.Store
	Queue     queue.Sender // to this same job
	Clock     identity.Clock
}

// LeftFor is how long a commit holds its lock before it counts as left behind: longer than its message is delivered again and again.
const LeftFor = time.Hour

// Name implements Job.
func (c *Commit) Name() string { return "commit" }

func (c *Commit) read(body []byte) ([]task.Task, error) {
	t, err := task.Read(body)
	if err != nil {
		return nil, err
	}
	if t == (task.Task{Step: task.Recovering, Tries: t.Tries}) {
		return []task.Task{t}, nil
	}
	if t.Step != "" || t.Import == "" || t.Plan == "" || t.Export != "" || t.Mode != intake.All && t.Mode != intake.Valid {
		return nil, poison("not a commit")
	}
	return []task.Task{t}, named(t.Import)
}

func (c *Commit) do(ctx context.Context, t task.Task) error {
	if t.Step == task.Recovering {
		return c.recover(ctx)
	}
	_, err := c.Committer.Commit(ctx, imports.Order{Import: t.Import, Plan: t.Plan, Mode: t.Mode})
	switch codeOf(err) {
	case "", "RECORD_BUSY", "IMPORT_UNKNOWN":
		return err
	default:
		return c.giveUp(ctx, t, err)
	}
}

// recover sends the messages of commits that were left behind once more, each of which goes on from where it was. The lock that one holds
// would else keep everybody from its records until somebody looks at the dead letters.
func (c *Commit) recover(ctx context.Context) error {
	orders, err := c.Committer.LeftBehind(ctx, c.Clock().Add(-LeftFor))
	for _, order := range orders {
		err = errors.Join(err, c.Queue.Send(ctx, task.Commit(order.Import, order.Plan, order.Mode), 0))
	}
	return err
}

// giveUp keeps why a plan was not committed, unless the import has another plan by now. A commit that holds its lock stays as it is: the
// same message, delivered again, finishes it.
func (c *Commit) giveUp(ctx context.Context, t task.Task, cause error) error {
	if t.Step == task.Recovering { // the next one comes by itself
		return nil
	}
	_, err := c.Intake.Fail(ctx, t.Import, t.Plan, why(cause, t.Import))
	return err
}
