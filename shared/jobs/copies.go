package jobs

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Copies makes what people look at after a check. What is made once is not made again.
type Copies struct {
	Blobs blob.Store
	// Annotate writes the sender's workbook with a report's problems marked at their cells.
	Annotate func(ctx context.Context, report *intake.Report, dst io.Writer, lang locale.Lang) error
	Log      *slog.Logger
	Limits   CopyLimits // the zero value is DefaultCopyLimits
}

// CopyLimits bound what making copies may cost.
type CopyLimits struct {
	Marks int           // cells that are marked, for the first problems of the report
	Bytes int64         // of the sender's file; a larger one has no marked copy
	Long  int           // rows from which copies are made in an invocation of their own
	Kept  time.Duration // left of the invocation when marking is broken off
}

// DefaultCopyLimits fit a function of 512 MiB and 60 s.
func DefaultCopyLimits() CopyLimits {
	return CopyLimits{Marks: 5000, Bytes: 16 << 20, Long: 5000, Kept: 3 * time.Second}
}

func (c *Copies) limits() CopyLimits {
	if c.Limits == (CopyLimits{}) {
		return DefaultCopyLimits()
	}
	return c.Limits
}

// wanted reports whether a report has anything to be marked or is long to fetch.
func (c *Copies) wanted(report *intake.Report) bool {
	return len(report.Problems) > 0 && !report.Refused()
}

// long reports whether making copies takes long.
func (c *Copies) long(report *intake.Report) bool {
	return report.Rows.Read > c.limits().Long || len(report.Problems) > c.limits().Long
}

// make makes the copies of a checked sheet.
func (c *Copies) make(ctx context.Context, report *intake.Report) error {
	if !c.wanted(report) {
		return nil
	}
	if err := c.print(ctx, report.Import, report.Check, report); err != nil {
		return err
	}
	return c.annotate(ctx, report)
}

// printable is the report of a check or an undo.
type printable interface {
	WriteJSON(dst io.Writer, lang locale.Lang) error
}

// print keeps the report of an import's check or undo that is too long for an answer as its readers get it, in each language.
func (c *Copies) print(ctx context.Context, id, check string, report printable) error {
	stored, err := c.Blobs.Stat(ctx, intake.ReportBlob(id, check))
	if err != nil || stored.Size <= intake.LongReport {
		return err
	}
	for _, lang := range locale.Langs {
		err := c.once(ctx, intake.PrintedBlob(id, check, lang), func(dst io.Writer) error {
			return report.WriteJSON(dst, lang)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// annotate keeps the marked copy. A file that is too large, or takes too long, has none.
func (c *Copies) annotate(ctx context.Context, report *intake.Report) error {
	limits := c.limits()
	if report.File.Bytes > limits.Bytes {
		c.Log.InfoContext(ctx, "no marked copy of so large a file", "import", report.Import, "bytes", report.File.Bytes)
		return nil
	}
	within := ctx
	if deadline, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		within, cancel = context.WithDeadline(ctx, deadline.Add(-limits.Kept))
		defer cancel()
	}
	err := c.once(within, intake.AnnotatedBlob(report.Import, report.Check), func(dst io.Writer) error {
		return c.Annotate(within, bounded(report, limits.Marks), dst, report.Lang)
	})
	if err != nil && ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		c.Log.WarnContext(ctx, "no marked copy: it took too long", "import", report.Import, "rows", report.Rows.Read)
		return nil
	}
	return err
}

// bounded is a report with its first marks, and a problem that says that there are more. A problem marks its own cell, and one in each
// further row that waits for the same answer.
func bounded(report *intake.Report, most int) *intake.Report {
	all := 0
	for i := range report.Problems {
		all += 1 + len(report.Problems[i].Also)
	}
	if all <= most {
		return report
	}
	short := *report
	short.Problems = []problem.Problem{*problem.New("MARKS_BOUNDED").WithInt("marked", most).WithInt("count", all)}
	for left := most; left > 0; {
		p := report.Problems[len(short.Problems)-1]
		p.Also = p.Also[:min(len(p.Also), left-1)]
		left -= 1 + len(p.Also)
		short.Problems = append(short.Problems, p)
	}
	return &short
}

// once writes a blob unless it is there.
func (c *Copies) once(ctx context.Context, name string, write func(io.Writer) error) (err error) {
	if _, err := c.Blobs.Stat(ctx, name); !errors.Is(err, blob.ErrNotFound) {
		return err
	}
	w, err := c.Blobs.Create(ctx, name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Abort()) }()
	if err := write(w); err != nil {
		return err
	}
	_, err = w.Commit()
	return err
}
