package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// put stores an import as jobs find it.
func (w *world) put(imp *intake.Import, state intake.State, plan string) string {
	w.t.Helper()
	w.change(imp.ID, func(imp *intake.Import) {
		imp.State, imp.Plan, imp.Check = state, plan, "c1"
		if state != intake.Awaiting && state != intake.Checking {
			imp.CheckedAt = at
		}
	})
	return imp.ID
}

func (w *world) change(id string, change func(*intake.Import)) {
	w.t.Helper()
	before := w.find(id)
	after := *before
	change(&after)
	write, err := after.Write(before)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.records.Write(w.t.Context(), write); err != nil {
		w.t.Fatal(err)
	}
}

// report keeps the report of an import's check and gives it.
func (w *world) report(rows, problems int) *intake.Report {
	w.t.Helper()
	id := w.create(intake.Checked, "p")
	report := &intake.Report{
		Import: id, Check: "c1", Plan: "p", Lang: locale.FR, Rows: intake.Counts{Read: rows},
		File: intake.File{Name: "a.csv", SHA256: "abc", Bytes: 100},
	}
	for n := range problems {
		report.Problems = append(report.Problems, *problem.New("CELL_REQUIRED").At("a", n+2, 1).In("amount"))
	}
	if err := w.intake.KeepReport(w.t.Context(), report); err != nil {
		w.t.Fatal(err)
	}
	w.check = func(context.Context, string) (*intake.Report, error) { return report, nil }
	return report
}

// annotating is a check job whose copies are written by a function.
func (w *world) annotating(limits jobs.CopyLimits, annotate func(context.Context, *intake.Report, io.Writer) error) *jobs.Runner {
	return w.runner(&jobs.Check{
		Checker: w, Intake: w.intake, Queue: w, Hurry: func(context.Context) bool { return w.hurry },
		Copies: &jobs.Copies{
			Blobs: w.blobs, Log: w.logger(), Limits: limits,
			Annotate: func(ctx context.Context, report *intake.Report, dst io.Writer, lang locale.Lang) error {
				if lang != locale.FR {
					w.t.Errorf("annotated in %s", lang)
				}
				return annotate(ctx, report, dst)
			},
		},
	})
}

func (w *world) stored(name string) string {
	w.t.Helper()
	src, err := w.blobs.Open(w.t.Context(), name)
	if errors.Is(err, blob.ErrNotFound) {
		return ""
	}
	if err != nil {
		w.t.Fatal(err)
	}
	defer src.Close()
	text, err := io.ReadAll(io.NewSectionReader(src, 0, src.Size()))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// listed writes the codes of a report's problems as a copy.
func listed(_ context.Context, report *intake.Report, dst io.Writer) error {
	for _, p := range report.Problems {
		if _, err := fmt.Fprintln(dst, p.Code, p.Message(locale.EN)); err != nil {
			return err
		}
	}
	return nil
}

func TestASheetWithProblemsGetsAMarkedCopyOnce(t *testing.T) {
	w := newWorld(t)
	report := w.report(3, 2)
	times := 0
	runner := w.annotating(jobs.CopyLimits{}, func(ctx context.Context, r *intake.Report, dst io.Writer) error {
		times++
		return listed(ctx, r, dst)
	})
	for range 3 {
		if failed := runner.Run(t.Context(), batch(task.Check(report.Import))); len(failed) > 0 {
			t.Fatal(w.log.String())
		}
	}
	if copied := w.stored(intake.AnnotatedBlob(report.Import, "c1")); times != 1 || strings.Count(copied, "CELL_REQUIRED") != 2 {
		t.Errorf("made %d times: %q", times, copied)
	}
}

func TestASheetWithoutProblemsGetsNone(t *testing.T) {
	w := newWorld(t)
	report := w.report(3, 0)
	w.annotating(jobs.CopyLimits{}, listed).Run(t.Context(), batch(task.Check(report.Import)))
	if _, err := w.blobs.Stat(t.Context(), intake.AnnotatedBlob(report.Import, "c1")); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestTheMarksOfACopyAreBoundedAndItSaysSo(t *testing.T) {
	w := newWorld(t)
	report := w.report(3, 7)
	limits := jobs.DefaultCopyLimits()
	limits.Marks = 5
	w.annotating(limits, listed).Run(t.Context(), batch(task.Check(report.Import)))
	copied := w.stored(intake.AnnotatedBlob(report.Import, "c1"))
	if strings.Count(copied, "CELL_REQUIRED") != 5 || !strings.HasPrefix(copied, "MARKS_BOUNDED") || !strings.Contains(copied, "first 5 of 7") {
		t.Errorf("got %s", copied)
	}
	if len(report.Problems) != 7 {
		t.Error("the report itself was cut")
	}
}

// One question may be about as many rows as a sheet has, each of which is marked.
func TestTheRowsThatWaitForTheSameAnswerCountAsMarks(t *testing.T) {
	w := newWorld(t)
	report := w.report(3, 3)
	report.Problems[1].Also = []int{11, 12, 13, 14}
	limits := jobs.DefaultCopyLimits()
	limits.Marks = 4
	w.annotating(limits, func(ctx context.Context, r *intake.Report, dst io.Writer) error {
		marks := 0
		for _, p := range r.Problems {
			if p.Code != "MARKS_BOUNDED" {
				marks += 1 + len(p.Also)
			}
		}
		if marks != 4 {
			t.Errorf("%d marks", marks)
		}
		return listed(ctx, r, dst)
	}).Run(t.Context(), batch(task.Check(report.Import)))
	if copied := w.stored(intake.AnnotatedBlob(report.Import, "c1")); !strings.Contains(copied, "first 4 of 7") {
		t.Errorf("got %s", copied)
	}
	if len(report.Problems[1].Also) != 4 {
		t.Error("the report itself was cut")
	}
}

func TestTooLargeAFileAndTooSlowACopyAreDoneWithout(t *testing.T) {
	w := newWorld(t)
	report := w.report(3, 1)
	limits := jobs.DefaultCopyLimits()
	limits.Bytes = 99
	never := func(context.Context, *intake.Report, io.Writer) error { t.Error("copied"); return nil }
	if failed := w.annotating(limits, never).Run(t.Context(), batch(task.Check(report.Import))); len(failed) > 0 {
		t.Errorf("failed: %s", w.log.String())
	}
	limits = jobs.DefaultCopyLimits()
	limits.Kept = time.Hour // so that the copy's time is over when it begins
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	slow := func(ctx context.Context, _ *intake.Report, _ io.Writer) error { return ctx.Err() }
	if failed := w.annotating(limits, slow).Run(ctx, batch(task.Check(report.Import))); len(failed) > 0 {
		t.Errorf("failed: %s", w.log.String())
	}
	if copied := w.stored(intake.AnnotatedBlob(report.Import, "c1")); copied != "" || !strings.Contains(w.log.String(), "took too long") {
		t.Errorf("%q, %s", copied, w.log.String())
	}
}

func TestCopiesOfALargeSheetAreMadeInAnInvocationOfTheirOwn(t *testing.T) {
	for name, prepare := range map[string]func(w *world, limits *jobs.CopyLimits){
		"rows": func(_ *world, limits *jobs.CopyLimits) { limits.Long = 2 },
		"time": func(w *world, _ *jobs.CopyLimits) { w.hurry = true },
	} {
		w, limits := newWorld(t), jobs.DefaultCopyLimits()
		report := w.report(3, 1)
		prepare(w, &limits)
		runner := w.annotating(limits, listed)
		failed := runner.Run(t.Context(), batch(task.Check(report.Import)))
		if want := []sent{{`{"import":"` + report.Import + `","step":"annotate"}`, 0}}; len(failed) > 0 || !reflect.DeepEqual(w.sent, want) {
			t.Fatalf("%s: failed %v, sent %v", name, failed, w.sent)
		}
		if failed := runner.Run(t.Context(), batch([]byte(w.sent[0].body))); len(failed) > 0 ||
			w.stored(intake.AnnotatedBlob(report.Import, "c1")) == "" {
			t.Errorf("%s: failed %v: %s", name, failed, w.log.String())
		}
		if _, err := w.intake.Again(t.Context(), report.Import, "", nil, nil); err != nil {
			t.Fatal(err)
		}
		if failed := runner.Run(t.Context(), batch([]byte(w.sent[0].body))); len(failed) > 0 {
			t.Errorf("%s: the copy of a sheet that is checked again: %s", name, w.log.String())
		}
	}
}

func TestALongReportIsMadeReadyInEachLanguage(t *testing.T) {
	w := newWorld(t)
	report := w.report(14_000, 14_000)
	limits := jobs.DefaultCopyLimits()
	limits.Long = 1 << 20
	if failed := w.annotating(limits, listed).Run(t.Context(), batch(task.Check(report.Import))); len(failed) > 0 {
		t.Fatal(w.log.String())
	}
	for _, lang := range locale.Langs {
		var want strings.Builder
		if err := report.WriteJSON(&want, lang); err != nil {
			t.Fatal(err)
		}
		if got := w.stored(intake.PrintedBlob(report.Import, "c1", lang)); got != want.String() {
			t.Errorf("%s: %d bytes, want %d", lang, len(got), want.Len())
		}
	}
}

// exporting is an export job whose workbooks are written by a function, with a wish for one.
func (w *world) exporting(build func(context.Context, io.Writer, request.Wish) error) (*jobs.Runner, string) {
	w.t.Helper()
	wish := request.Wish{Kind: request.Budget, Lang: locale.FR, At: at}
	if _, err := w.requests.Create(w.t.Context(), "e1", wish); err != nil {
		w.t.Fatal(err)
	}
	return w.runner(&jobs.Export{Requests: w.requests, Blobs: w.blobs, Build: build}), "e1"
}

func (w *world) export(id string) *request.Export {
	w.t.Helper()
	export, err := w.requests.Find(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return export
}

func TestAWorkbookIsBuiltOnceHoweverOftenItsMessageComes(t *testing.T) {
	w := newWorld(t)
	times := 0
	runner, id := w.exporting(func(_ context.Context, dst io.Writer, wish request.Wish) error {
		times++
		_, err := fmt.Fprint(dst, wish.Kind, wish.Lang)
		return err
	})
	for range 3 {
		if failed := runner.Run(t.Context(), batch(task.Export(id))); len(failed) > 0 {
			t.Fatal(w.log.String())
		}
	}
	export := w.export(id)
	if times != 1 || export.State != request.Ready || export.Bytes != 8 || w.stored("exports/e1/budget.fr.xlsx") != "budgetfr" {
		t.Errorf("built %d times: %+v", times, export)
	}
}

func TestAWorkbookThatIsNoneIsNotedAsFailed(t *testing.T) {
	w := newWorld(t)
	runner, id := w.exporting(func(context.Context, io.Writer, request.Wish) error {
		return problem.New("TERM_UNKNOWN").Valued("1999").With("known", "2019-2021")
	})
	failed := runner.Run(t.Context(), batch(task.Export(id)))
	export := w.export(id)
	if len(failed) > 0 || export.State != request.Failed || !strings.Contains(export.Problem.Message(locale.EN), "1999") {
		t.Errorf("failed %v, %+v", failed, export)
	}
	if w.stored(export.Blob()) != "" {
		t.Error("half a workbook was kept")
	}
}

func TestAWorkbookWaitsForACommit(t *testing.T) {
	w := newWorld(t)
	runner, id := w.exporting(func(context.Context, io.Writer, request.Wish) error {
		return &records.BusyError{Type: "member", Import: "i"}
	})
	if failed := runner.Run(t.Context(), batch(task.Export(id))); len(failed) > 0 || len(w.sent) != 1 ||
		w.sent[0] != (sent{`{"export":"e1","tries":1}`, 5 * time.Second}) {
		t.Errorf("failed %v, sent %v", failed, w.sent)
	}
	last := task.Task{Export: id, Tries: 24}
	if failed := runner.Run(t.Context(), batch(last.Body())); len(failed) != 1 || w.export(id).Problem.Code != "RECORD_BUSY" {
		t.Errorf("%+v", w.export(id))
	}
}

func TestAnErrorOfTheMomentLeavesTheWishAsItIs(t *testing.T) {
	w := newWorld(t)
	runner, id := w.exporting(func(context.Context, io.Writer, request.Wish) error { return errors.New("no such luck") })
	if failed := runner.Run(t.Context(), batch(task.Export(id))); len(failed) != 1 || w.export(id).State != request.Building {
		t.Errorf("failed %v, %+v", failed, w.export(id))
	}
}

func newTable() table.Table { return memory.NewStore().Table(table.Config{Clock: identity.Fixed(at)}) }
