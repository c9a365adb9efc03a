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

// Committer executes plans and takes them back; *imports.Service is one.
type Committer interface {
	Commit(ctx context.Context, order imports.Order) (*intake.Result, error)
	Undo(ctx context.Context, order imports.UndoOrder) (*intake.UndoReport, error)
	LeftBehind(ctx context.Context, before time.Time) ([]*intake.Import, error)
}

// Commit is the job that a person's confirmation brings, or the wish to have an import undone. From time to time it looks after what was
// left behind.
type Commit struct {
	Committer Committer
	Intake    *intake.Store
	Copies    *Copies
	Queue     queue.Sender // to this same job
	Clock     identity.Clock
}

// LeftFor is how long a commit or undo holds its lock before it counts as left behind: longer than its message is delivered again and again.
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
	undo := t.Step == task.Undoing
	if t.Step != "" && !undo || t.Import == "" || undo != (t.Plan == "") || t.Export != "" || t.Template != nil ||
		t.Mode != intake.All && t.Mode != intake.Valid {
		return nil, poison("not a commit")
	}
	return []task.Task{t}, named(t.Import)
}

func (c *Commit) do(ctx context.Context, t task.Task) error {
	if t.Step == task.Recovering {
		return c.recover(ctx)
	}
	if t.Step == task.Undoing {
		return c.undo(ctx, t)
	}
	_, err := c.Committer.Commit(ctx, imports.Order{Import: t.Import, Plan: t.Plan, Mode: t.Mode, Person: t.Person})
	switch codeOf(err) {
	case "", "RECORD_BUSY", "IMPORT_UNKNOWN":
		return err
	default:
		return c.giveUp(ctx, t, err)
	}
}

// undo undoes an import and makes its report ready to be fetched where it is long, also that of one which is refused.
func (c *Commit) undo(ctx context.Context, t task.Task) error {
	_, err := c.Committer.Undo(ctx, imports.UndoOrder{Import: t.Import, Mode: t.Mode, Person: t.Person})
	switch codeOf(err) {
	case "RECORD_BUSY", "IMPORT_UNKNOWN":
		return err
	case "":
		if err != nil {
			return err
		}
	default:
		if err := c.giveUp(ctx, t, err); err != nil {
			return err
		}
	}
	imp, err := c.Intake.Find(ctx, t.Import)
	if err != nil || imp.Undo.Check == "" {
		return err
	}
	report, err := c.Intake.UndoReportOf(ctx, imp)
	if codeOf(err) == "UNDO_NOT_DONE" { // asked for again meanwhile: that undo has its own copies made
		return nil
	}
	if err != nil {
		return err
	}
	report.Person = "" // not all who may read the report may know of who people are
	return c.Copies.print(ctx, imp.ID, imp.Undo.Check, report)
}

// recover sends the messages of what was left behind once more, each of which goes on from where it was. The lock that one holds
// would else keep everybody from its records until somebody looks at the dead letters.
func (c *Commit) recover(ctx context.Context) error {
	left, err := c.Committer.LeftBehind(ctx, c.Clock().Add(-LeftFor))
	for _, imp := range left {
		message := task.Commit(imp.ID, imp.Plan, imp.Mode, imp.Committer)
		if imp.State == intake.Undoing {
			message = task.Undo(imp.ID, imp.Undo.Mode, imp.Undo.Person)
		}
		err = errors.Join(err, c.Queue.Send(ctx, message, 0))
	}
	return err
}

// giveUp keeps why a plan was not committed, unless the import has another plan by now, or why an import was not undone. What holds its
// lock stays as it is: the same message, delivered again, finishes it.
func (c *Commit) giveUp(ctx context.Context, t task.Task, cause error) error {
	switch t.Step {
	case task.Recovering: // the next one comes by itself
		return nil
	case task.Undoing:
		_, err := c.Intake.FailUndo(ctx, t.Import, why(cause, t.Import))
		return err
	}
	_, err := c.Intake.Fail(ctx, t.Import, t.Plan, why(cause, t.Import))
	return err
}
