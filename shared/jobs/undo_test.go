package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"reflect"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// undoing makes a committed import whose undo was asked for.
func (w *world) undoing() string {
	w.t.Helper()
	id := w.create(intake.Committed, "p")
	if _, err := w.intake.AskUndo(w.t.Context(), id, "bruno", intake.Valid); err != nil {
		w.t.Fatal(err)
	}
	return id
}

func TestAnImportIsCommittedAndUndoneInTheNameOfWhoAskedForIt(t *testing.T) {
	w := newWorld(t)
	id := w.undoing()
	w.commit = func(_ context.Context, order imports.Order) (*intake.Result, error) {
		if !reflect.DeepEqual(order, imports.Order{Import: id, Plan: "p", Mode: intake.All, Person: "anna"}) {
			t.Errorf("committed %+v", order)
		}
		return &intake.Result{}, nil
	}
	var undone []imports.UndoOrder
	w.undo = func(_ context.Context, order imports.UndoOrder) (*intake.UndoReport, error) {
		undone = append(undone, order)
		return &intake.UndoReport{}, nil
	}
	messages := batch(task.Commit(id, "p", intake.All, "anna"), task.Undo(id, intake.Valid, "bruno"))
	if failed := w.commits().Run(t.Context(), messages); len(failed) > 0 {
		t.Errorf("failed %v", failed)
	}
	if want := (imports.UndoOrder{Import: id, Mode: intake.Valid, Person: "bruno"}); len(undone) != 1 || !reflect.DeepEqual(undone[0], want) {
		t.Errorf("undone %+v", undone)
	}
}

func TestAnUndoThatCanNotBeDoneIsNotedWithItsReason(t *testing.T) {
	for code, cause := range map[problem.Code]error{
		"UNDO_NOTHING_STORED": problem.New("UNDO_NOTHING_STORED"), "UNAVAILABLE": table.ErrUnavailable, "INTERNAL": errors.New("broken"),
	} {
		w := newWorld(t)
		id := w.undoing()
		w.undo = func(context.Context, imports.UndoOrder) (*intake.UndoReport, error) { return nil, cause }
		body := task.Undo(id, intake.Valid, "bruno")
		for range 30 { // what is of the moment is tried again, until it is given up
			messages := batch(body)
			messages[0].Attempt = jobs.Attempts
			w.sent = nil
			w.commits().Run(t.Context(), messages)
			if len(w.sent) == 0 {
				break
			}
			body = []byte(w.sent[0].body)
		}
		if imp := w.find(id); imp.State != intake.Committed || imp.Undo.Problem != code || imp.Undo.Waits() {
			t.Errorf("%v: the import is %s, its undo %+v", cause, imp.State, imp.Undo)
		}
	}
}

func TestTheLongReportOfAnUndoIsKeptReadyInEachLanguage(t *testing.T) {
	w := newWorld(t)
	id := w.undoing()
	w.undo = func(ctx context.Context, order imports.UndoOrder) (*intake.UndoReport, error) {
		report := &intake.Report{Import: id, Check: "u"}
		for range 10_000 {
			report.Problems = append(report.Problems, *problem.New("UNDO_KEPT_EDITED").With("record", "Anna").With("by", "import a").At("s", 2, 0))
		}
		if err := w.intake.KeepReport(ctx, report); err != nil {
			return nil, err
		}
		imp := w.find(id)
		next := *imp
		next.Undo.Check = "u"
		next.Undo.EndedAt = at
		next.Become(intake.Step{State: intake.Undone, At: at})
		write, err := next.Write(imp)
		if err == nil {
			err = w.records.Write(ctx, write)
		}
		return &intake.UndoReport{}, err
	}
	for range 2 {
		if failed := w.commits().Run(t.Context(), batch(task.Undo(id, intake.Valid, "bruno"))); len(failed) > 0 {
			t.Fatalf("failed %v: %s", failed, w.log.String())
		}
	}
	report, err := w.intake.UndoReportOf(t.Context(), w.find(id))
	if err != nil {
		t.Fatal(err)
	}
	report.Person = "" // who asked is not for everybody who may read it
	for _, lang := range locale.Langs {
		var want bytes.Buffer
		if err := report.WriteJSON(&want, lang); err != nil {
			t.Fatal(err)
		}
		if got := w.read(intake.PrintedBlob(id, "u", lang)); got != want.String() {
			t.Errorf("%s: %d bytes, want %d", lang, len(got), want.Len())
		}
	}
}

// read is a blob's text.
func (w *world) read(name string) string {
	w.t.Helper()
	src, err := w.blobs.Open(w.t.Context(), name)
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

func TestATemplateIsMadeForWhoeverAsksAndIsTheSameEachTime(t *testing.T) {
	w := newWorld(t)
	wanted := request.Template{Kind: "members", Lang: locale.FR, Day: civil.Date{Year: 2026, Month: 11, Day: 21}}
	job := &jobs.Export{Requests: w.requests, Blobs: w.blobs, Template: func(dst io.Writer, got request.Template) error {
		_, err := io.WriteString(dst, got.File())
		return err
	}}
	for range 3 {
		if failed := w.runner(job).Run(t.Context(), batch(task.Template(wanted))); len(failed) > 0 {
			t.Fatalf("failed %v: %s", failed, w.log.String())
		}
	}
	if text := w.read("exports/templates/2026-11-21/members.fr.xlsx"); text != "members.fr.xlsx" {
		t.Errorf("made: %q", text)
	}
	for i, body := range []string{
		`{"template":{"kind":"","lang":"fr","day":"2026-11-21"}}`, `{"template":{"kind":"../a","lang":"fr","day":"2026-11-21"}}`,
		`{"template":{"kind":"members","lang":"de","day":"2026-11-21"}}`, `{"template":{"kind":"members","lang":"fr"}}`,
		`{"export":"e","template":{"kind":"members","lang":"fr","day":"2026-11-21"}}`,
	} {
		if w.runner(job).Run(t.Context(), batch([]byte(body))); len(w.buried) != i+1 {
			t.Errorf("%s is not put aside", body)
		}
	}
}
