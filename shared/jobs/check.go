package jobs

import (
	"context"
	"strings"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/queue"
)

// Checker checks uploads; *imports.Service is one.
type Checker interface {
	CheckIncoming(ctx context.Context, id string) (*intake.Report, error)
}

// Check is the job that an upload brings: the check of its file, then what people look at afterwards: a marked copy of their
// workbook, and the report ready to be fetched where it is long.
type Check struct {
	Checker Checker
	Intake  *intake.Store
	Copies  *Copies
	Queue   queue.Sender // to this same job
	Hurry   func(context.Context) bool
}

// Name implements Job.
func (c *Check) Name() string { return "check" }

// read takes a message of ours or an event of the store.
func (c *Check) read(body []byte) ([]task.Task, error) {
	names, event, err := task.Stored(body)
	if err != nil {
		return nil, poison("not a check: %w", err)
	}
	if !event {
		t, err := task.Read(body)
		if err == nil && (t.Import == "" || t.Export != "" || t.Step != "" && t.Step != task.Annotating) {
			err = poison("not a check")
		}
		if err == nil {
			err = named(t.Import)
		}
		return []task.Task{t}, err
	}
	var tasks []task.Task
	for _, name := range names {
		id, ok := strings.CutPrefix(name, intake.Incoming(""))
		if !ok || named(id) != nil {
			return nil, poison("an event of %.200q, which is no upload", name)
		}
		tasks = append(tasks, task.Task{Import: id})
	}
	return tasks, nil
}

func (c *Check) do(ctx context.Context, t task.Task) error {
	if t.Step == task.Annotating {
		return c.annotate(ctx, t)
	}
	report, err := c.Checker.CheckIncoming(ctx, t.Import)
	if codeOf(err) == "IMPORT_FILE_AWAITED" { // it is gone: when it comes once more, so does an event
		return c.giveUp(ctx, t, err)
	}
	if err != nil {
		return err
	}
	if !c.Copies.wanted(report) {
		return nil
	}
	if c.Hurry != nil && c.Hurry(ctx) || c.Copies.long(report) {
		return c.Queue.Send(ctx, task.Task{Import: t.Import, Step: task.Annotating}.Body(), 0)
	}
	return c.Copies.make(ctx, report)
}

func (c *Check) annotate(ctx context.Context, t task.Task) error {
	report, err := c.Intake.Report(ctx, t.Import)
	if codeOf(err) == "IMPORT_NOT_CHECKED" { // checked again meanwhile: that check has its own copies made
		return nil
	}
	if err != nil {
		return err
	}
	return c.Copies.make(ctx, report)
}

func (c *Check) giveUp(ctx context.Context, t task.Task, cause error) error {
	if t.Step != "" {
		return nil // the check itself is done
	}
	_, err := c.Intake.Fail(ctx, t.Import, "", why(cause, t.Import))
	return err
}
