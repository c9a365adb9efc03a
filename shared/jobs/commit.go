package jobs

import (
	"context"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/task"
)

// Committer executes plans; *imports.Service is one.
type Committer interface {
	Commit(ctx context.Context, order imports.Order) (*intake.Result, error)
}

// Commit is the job that a person's confirmation brings.
type Commit struct {
	Committer Committer
	Intake    *intake.Store
}

// Name implements Job.
func (c *Commit) Name() string { return "commit" }

func (c *Commit) read(body []byte) ([]task.Task, error) {
	t, err := task.Read(body)
	if err != nil {
		return nil, err
	}
	if t.Import == "" || t.Plan == "" || t.Export != "" || t.Mode != intake.All && t.Mode != intake.Valid {
		return nil, poison("not a commit")
	}
	return []task.Task{t}, named(t.Import)
}

func (c *Commit) do(ctx context.Context, t task.Task) error {
	_, err := c.Committer.Commit(ctx, imports.Order{Import: t.Import, Plan: t.Plan, Mode: t.Mode})
	switch codeOf(err) {
	case "", "RECORD_BUSY", "IMPORT_UNKNOWN":
		return err
	default:
		return c.giveUp(ctx, t, err)
	}
}

// giveUp keeps why a plan was not committed, unless the import has another plan by now. A commit that holds its lock stays as it is: the
// same message, delivered again, finishes it.
func (c *Commit) giveUp(ctx context.Context, t task.Task, cause error) error {
	_, err := c.Intake.Fail(ctx, t.Import, t.Plan, why(cause, t.Import))
	return err
}
