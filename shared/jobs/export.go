package jobs

import (
	"context"
	"errors"
	"io"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Export is the job that makes a workbook which was asked for: of what is stored, or an empty one to be filled in.
type Export struct {
	Requests *request.Store
	Blobs    blob.Store
	// Build writes the workbook.
	Build func(ctx context.Context, dst io.Writer, wish request.Wish) error
	// Template writes the empty workbook of a kind of sheet.
	Template func(dst io.Writer, wanted request.Template) error
}

// Name implements Job.
func (e *Export) Name() string { return "export" }

func (e *Export) read(body []byte) ([]task.Task, error) {
	t, err := task.Read(body)
	if err != nil {
		return nil, err
	}
	if t.Template != nil && t.Export == "" && t.Import == "" {
		if !t.Template.Valid() {
			return nil, poison("not a template")
		}
		return []task.Task{t}, nil
	}
	if t.Export == "" || t.Import != "" || t.Template != nil {
		return nil, poison("not an export")
	}
	return []task.Task{t}, named(t.Export)
}

func (e *Export) do(ctx context.Context, t task.Task) error {
	if t.Template != nil {
		return e.template(ctx, *t.Template)
	}
	export, err := e.Requests.Begin(ctx, t.Export)
	if err != nil || export.State != request.Building {
		return err
	}
	bytes, err := e.build(ctx, export)
	var refusal *problem.Problem
	if errors.As(err, &refusal) && !passes(err) {
		_, err := e.Requests.Fail(ctx, t.Export, refusal)
		return err
	}
	if err != nil {
		return err
	}
	_, err = e.Requests.Finish(ctx, t.Export, bytes)
	return err
}

// build keeps the workbook. The same wish gives the same bytes as long as the records are the same.
func (e *Export) build(ctx context.Context, export *request.Export) (bytes int64, err error) {
	return e.keep(ctx, export.Blob(), func(dst io.Writer) error { return e.Build(ctx, dst, export.Wish) })
}

func (e *Export) keep(ctx context.Context, name string, write func(io.Writer) error) (bytes int64, err error) {
	w, err := e.Blobs.Create(ctx, name)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, w.Abort()) }()
	if err := write(w); err != nil {
		return 0, err
	}
	info, err := w.Commit()
	return info.Size, err
}

// template keeps an empty workbook, whose bytes are the same each time.
func (e *Export) template(ctx context.Context, wanted request.Template) error {
	_, err := e.keep(ctx, wanted.Blob(), func(dst io.Writer) error { return e.Template(dst, wanted) })
	return err
}

func (e *Export) giveUp(ctx context.Context, t task.Task, cause error) error {
	if t.Template != nil {
		return nil // who wants it asks again
	}
	_, err := e.Requests.Fail(ctx, t.Export, why(cause, t.Export))
	return err
}
