package office

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// Imports are a page of at most limit imports, the latest first; after is the cursor of the page before, "" for the first one. A page may
// have fewer, also none, although more follow: only an empty cursor says that nothing does. ACCESS_DENIED; table.ErrCursor.
func (o *Office) Imports(ctx context.Context, after table.Cursor, limit int) ([]intake.Import, table.Cursor, error) {
	if err := o.leave(ctx, access.ImportRead, access.Object{}); err != nil {
		return nil, "", err
	}
	page, next, err := o.Intake.List(ctx, after, limit)
	for i := range page {
		page[i] = *shownImport(ctx, &page[i])
	}
	return page, next, err
}

// Import is one with all that became of it, and why its file was refused, where it was. ACCESS_DENIED, IMPORT_UNKNOWN.
func (o *Office) Import(ctx context.Context, id string) (*intake.Import, *problem.Problem, error) {
	imp, err := o.findImport(ctx, access.ImportRead, id)
	if err != nil {
		return nil, nil, err
	}
	var refusal *problem.Problem
	if imp.State == intake.Refused && imp.Available() != nil { // its report is gone, and its code is on record
		refusal = problem.New(imp.Problem)
	} else if imp.State == intake.Refused {
		report, err := o.Intake.ReportOf(ctx, imp)
		if err != nil {
			return nil, nil, err
		}
		if len(report.Problems) > 0 {
			refusal = &report.Problems[0]
		}
	}
	return shownImport(ctx, imp), refusal, nil
}

// ImportReport is what the last check of an import found; where that is too long to be answered, the link through which it is fetched in a
// language. ACCESS_DENIED, IMPORT_UNKNOWN, IMPORT_NOT_CHECKED, IMPORT_EXPIRED; REPORT_NOT_READY before it can be fetched.
func (o *Office) ImportReport(ctx context.Context, id string, lang locale.Lang) (*intake.Report, *blob.Link, error) {
	imp, err := o.findKept(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if err := imp.Reported(); err != nil {
		return nil, nil, err
	}
	link, err := o.longReport(ctx, imp.ID, imp.Check, lang)
	if link != nil || err != nil {
		return nil, link, err
	}
	report, err := o.Intake.ReportOf(ctx, imp)
	return report, nil, err
}

// Review is what a page shows of an import's last check. ACCESS_DENIED, IMPORT_UNKNOWN, IMPORT_NOT_CHECKED, IMPORT_EXPIRED, REVIEW_MISSING.
func (o *Office) Review(ctx context.Context, id string) (*intake.Review, error) {
	imp, err := o.findImport(ctx, access.ImportRead, id)
	if err != nil {
		return nil, err
	}
	return o.Intake.ReviewOf(ctx, imp)
}

// ReviewRows are at most limit rows of a review that a filter chooses; after is the cursor of the page before, "" for the first one. A page
// may have fewer, also none, although more follow: only an empty cursor says that nothing does. As Review; table.ErrCursor.
func (o *Office) ReviewRows(
	ctx context.Context, id string, filter intake.ReviewFilter, after table.Cursor, limit int,
) ([]intake.ReviewRow, table.Cursor, error) {
	review, err := o.Review(ctx, id)
	if err != nil {
		return nil, "", err
	}
	return o.Intake.ReviewRows(ctx, review, filter, after, limit)
}

// ReviewRow is a row of a review by its number, with that review; nil where nothing was found in it. As Review.
func (o *Office) ReviewRow(ctx context.Context, id string, row int) (*intake.Review, *intake.ReviewRow, error) {
	review, err := o.Review(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	found, err := o.Intake.ReviewRow(ctx, review, row)
	return review, found, err
}

// ReviewChanges are at most limit rows of an import whose commit changes records that are stored; as ReviewRows.
func (o *Office) ReviewChanges(
	ctx context.Context, id string, after table.Cursor, limit int,
) ([]intake.ReviewChange, table.Cursor, error) {
	review, err := o.Review(ctx, id)
	if err != nil {
		return nil, "", err
	}
	return o.Intake.ReviewChanges(ctx, review, after, limit)
}

// UndoReport is what became of the rows of an import that was undone, or why it was not; as for ImportReport. ACCESS_DENIED, IMPORT_UNKNOWN,
// UNDO_UNASKED, UNDO_NOT_DONE, IMPORT_EXPIRED, REPORT_NOT_READY.
func (o *Office) UndoReport(ctx context.Context, id string, lang locale.Lang) (*intake.UndoReport, *blob.Link, error) {
	imp, err := o.findKept(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if imp.Undo.Check != "" && !imp.Undo.Waits() {
		link, err := o.longReport(ctx, imp.ID, imp.Undo.Check, lang)
		if link != nil || err != nil {
			return nil, link, err
		}
	}
	report, err := o.Intake.UndoReportOf(ctx, imp)
	if err != nil {
		return nil, nil, err
	}
	report.Person = shown(ctx, report.Person)
	return report, nil, nil
}

// longReport is the link to the report of a check or undo that is too long to be answered, nil for others.
func (o *Office) longReport(ctx context.Context, id, check string, lang locale.Lang) (*blob.Link, error) {
	stored, err := o.Blobs.Stat(ctx, intake.ReportBlob(id, check))
	if err != nil || stored.Size <= intake.LongReport {
		return nil, err
	}
	name := intake.PrintedBlob(id, check, lang)
	if _, err := o.Blobs.Stat(ctx, name); errors.Is(err, blob.ErrNotFound) {
		return nil, problem.New("REPORT_NOT_READY").Valued(id)
	} else if err != nil {
		return nil, err
	}
	return o.download(ctx, name, jsonType, "report."+string(lang)+".json")
}

// MarkedCopy is the link to the sender's workbook with the problems of the last check marked in it. ACCESS_DENIED, IMPORT_UNKNOWN,
// IMPORT_EXPIRED; ANNOTATED_MISSING where there is none, IMPORT_ERASED where it is no more.
func (o *Office) MarkedCopy(ctx context.Context, id string) (*blob.Link, error) {
	imp, err := o.findKept(ctx, id)
	if err != nil {
		return nil, err
	}
	if imp.Erased() {
		return nil, problem.New("IMPORT_ERASED").Valued(imp.ID)
	}
	name := intake.AnnotatedBlob(imp.ID, imp.Check)
	if _, err := o.Blobs.Stat(ctx, name); errors.Is(err, blob.ErrNotFound) {
		return nil, problem.New("ANNOTATED_MISSING").Valued(imp.ID)
	} else if err != nil {
		return nil, err
	}
	as := strings.TrimSuffix(imp.File.Name, path.Ext(imp.File.Name)) + ".annotated.xlsx"
	return o.download(ctx, name, request.XLSX.MediaType(), as)
}

// findImport is an import that the actor may do something to. ACCESS_DENIED, also of one that there is not, unless the actor may know that.
func (o *Office) findImport(ctx context.Context, do access.Action, id string) (*intake.Import, error) {
	if access.ActorOf(ctx).Person == "" {
		return nil, o.leave(ctx, do, access.Object{})
	}
	imp, err := o.Intake.Find(ctx, id)
	if isCode(err, "IMPORT_UNKNOWN") {
		if denied := o.leave(ctx, do, access.Object{}, id); denied != nil {
			return nil, denied
		}
	}
	if err != nil {
		return nil, err
	}
	return imp, o.leave(ctx, do, ofImport(imp), imp.ID)
}

// findKept is findImport of one whose files are read. IMPORT_EXPIRED.
func (o *Office) findKept(ctx context.Context, id string) (*intake.Import, error) {
	imp, err := o.findImport(ctx, access.ImportRead, id)
	if err != nil {
		return nil, err
	}
	return imp, imp.Available()
}

// ofImport is an import as what an action is about.
func ofImport(imp *intake.Import) access.Object { return access.Object{Person: imp.Person} }

func isCode(err error, code problem.Code) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Code == code
}

// shownImport is an import with the identifiers of those persons only whom the actor may see.
func shownImport(ctx context.Context, imp *intake.Import) *intake.Import {
	out := *imp
	out.Person, out.Committer, out.Undo.Person = shown(ctx, imp.Person), shown(ctx, imp.Committer), shown(ctx, imp.Undo.Person)
	out.History = slices.Clone(imp.History)
	for i := range out.History {
		out.History[i].Person = shown(ctx, out.History[i].Person)
	}
	return &out
}
