package schemathesis

import (
	"errors"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// states are those of imports, each of which has one that is named like it.
var states = []intake.State{
	intake.Awaiting, intake.Checking, intake.Checked, intake.Refused, intake.Committing, intake.Committed, intake.Failed, intake.Undoing,
	intake.Undone,
}

// made are the states of exports.
var made = []request.State{request.Asked, request.Ready, request.Failed}

// bring has the import of a state in it, whatever was asked of it before, and gives its identifier.
func (w *world) bring(state intake.State) (id string) {
	ctx := w.t.Context()
	id = string(state)
	before, err := w.app.Intake.Find(ctx, id)
	if err != nil {
		if before, err = w.app.Intake.CreateAs(ctx, id, intake.Request{Name: "gifts.csv", Bytes: 12}); err != nil {
			w.t.Error(err)
			return id
		}
	}
	imp := *before
	imp.State = state
	if state != intake.Awaiting && state != intake.Checking {
		imp.Check, imp.Plan, imp.CheckedAt, imp.Kind = "c1", "plan", time.Now().UTC(), "contributions"
	}
	switch state {
	case intake.Failed:
		imp.Problem, imp.Blocker = "RECORD_BUSY", "another"
	case intake.Refused:
		imp.Problem, imp.Plan = "FILE_EMPTY", ""
	case intake.Committed, intake.Undone:
		imp.CommittedAt, imp.Mode = time.Now().UTC(), intake.All
	}
	write, err := imp.Write(before)
	if err := errors.Join(err, w.app.Table.Write(ctx, write)); err != nil {
		w.t.Error(err)
	}
	return id
}

// reports keeps a report of the import of that name, and a marked copy for some.
func (w *world) reports(id string) {
	w.t.Helper()
	report := &intake.Report{
		Import: id, Check: "c1", Kind: "contributions", Sheet: "gifts", HeaderRow: 1, Plan: "plan", Rows: intake.Counts{Read: 3, Create: 2, Fail: 1}, Lang: locale.EN,
		File:     intake.File{Name: "gifts.csv", SHA256: strings.Repeat("0", 64), Format: "csv", Bytes: 12},
		Problems: []problem.Problem{*problem.New("CELL_REQUIRED").At("gifts", 2, 1).In("amount")},
	}
	if id == string(intake.Refused) {
		report.Refuse(problem.New("FILE_EMPTY"))
	}
	if err := w.app.Intake.KeepReport(w.t.Context(), report); err != nil {
		w.t.Fatal(err)
	}
	w.review(report)
	if id != string(intake.Checked) {
		return
	}
	copied, err := w.app.Blobs.Create(w.t.Context(), intake.AnnotatedBlob(id, "c1"))
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := copied.Commit(); err != nil {
		w.t.Fatal(err)
	}
}

// review keeps the review of a report, with a row for each problem of one, and a change.
func (w *world) review(report *intake.Report) {
	w.t.Helper()
	out := w.app.Intake.NewReview(w.t.Context(), report, []intake.ReviewColumn{{Col: 1, Letter: "A", Field: "amount", Title: "Amount"}}, 0)
	var err error
	for i := range report.Problems {
		if p := report.Problems[i : i+1]; report.OfRow(&p[0]) {
			cells := []intake.ReviewCell{{Text: "", Before: &report.Kind}}
			err = errors.Join(err, out.Row(&intake.ReviewRow{Row: p[0].Row, Outcome: intake.Fail, Cells: cells, Problems: p}))
		}
	}
	change := intake.ReviewChange{Row: 3, Label: "A gift", Fields: []intake.ChangedField{{Record: "contribution", Name: "amount", After: "1.00 USD"}}}
	if err := errors.Join(err, out.Change(&change), out.Commit()); err != nil {
		w.t.Fatal(err)
	}
}

// export has the export of a state in it, and gives its identifier.
func (w *world) export(state request.State) (id string) {
	ctx := w.t.Context()
	id = string(state)
	_, err := w.app.Parts.Exports().Create(ctx, id, request.Wish{Kind: request.Budget, Lang: locale.FR, At: time.Now().UTC()})
	switch state {
	case request.Ready:
		_, failed := w.app.Parts.Exports().Finish(ctx, id, 5000)
		err = errors.Join(err, failed)
	case request.Failed:
		_, failed := w.app.Parts.Exports().Fail(ctx, id, problem.New("CALL_UNKNOWN").Valued("1999").With("known", "2025"))
		err = errors.Join(err, failed)
	}
	if err != nil {
		w.t.Error(err)
	}
	return id
}
