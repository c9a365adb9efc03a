package office

import (
	"context"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/table"
)

// CreateExport asks for a workbook or paper in the actor's name: the zero At is now, another moment what was on record then. A donor asks
// for the statement of itself, also without naming it. One that has the identifier already is given as it stands. ACCESS_DENIED,
// FIELD_INVALID.
func (o *Office) CreateExport(ctx context.Context, identify Identify, wish request.Wish) (*request.Export, error) {
	who := access.ActorOf(ctx)
	wish.Person = who.Person
	if wish.Kind == request.Donor && wish.Donor == "" {
		wish.Donor = who.Own().Donor
	}
	if err := o.leaveToShow(ctx, wish); err != nil {
		return nil, err
	}
	wish.ByID = wish.Kind == request.Donor && access.StatementRead.Grants(who.Role) == access.Own
	if wish.Past = !wish.At.IsZero(); !wish.Past {
		wish.At = o.Clock()
	}
	wish.At = wish.At.UTC()
	if err := checkWish(&wish); err != nil {
		return nil, err
	}
	if wish.Kind == request.Audit { // whoever makes the file only reads the trail
		if err := o.seal(ctx); err != nil {
			return nil, err
		}
	}
	id, err := identify(ctx)
	if err != nil {
		return nil, err
	}
	export, err := o.Config.Exports.Create(ctx, id, wish)
	if err != nil {
		return nil, err
	}
	if export.State == request.Asked {
		err = o.ExportQueue.Send(ctx, task.Export(export.ID), 0)
	}
	return shownExport(ctx, export), err
}

// toShow is the action by which what a wish is about is shown, and to what; the zero action for what can't be wished for.
func toShow(wish request.Wish) (access.Action, access.Object) {
	switch wish.Kind {
	case request.Budget:
		return access.ExportBudget, access.Object{}
	case request.Membership:
		return access.ExportMembership, access.Object{}
	case request.Survey:
		return access.ExportSurvey, access.Object{}
	case request.Audit:
		return access.ExportAudit, access.Object{}
	case request.Donor:
		return access.StatementRead, access.Object{Donor: wish.Donor}
	case request.Fund:
		if wish.Format == request.IATI {
			return access.ExportIATI, access.Object{}
		}
		return access.ExportFund, access.Object{}
	}
	return "", access.Object{}
}

// leaveToShow asks for leave to be shown what a wish is about. FIELD_INVALID of what can't be wished for.
func (o *Office) leaveToShow(ctx context.Context, wish request.Wish) error {
	do, to := toShow(wish)
	if do != "" {
		return o.leave(ctx, do, to)
	}
	if err := o.leave(ctx, access.ExportRead, access.Object{Person: wish.Person}); err != nil {
		return err
	}
	return invalid("kind", listed(request.All()))
}

// What is asked of a wish for a donor's statement, and of no other; and of a moment.
var (
	aDonor = locale.Text{
		EN: "for a statement the donor's identifier or name, and for no other workbook",
		FR: "pour un relevé l'identifiant ou le nom du donateur, et pour aucun autre classeur",
		ES: "para un estado de cuenta el identificador o el nombre del donante, y para ningún otro libro",
	}
	ofStatement = locale.Text{
		EN: "given for a statement or the audit trail only", FR: "donné pour un relevé ou le journal d'audit seulement",
		ES: "solo para un estado de cuenta o el registro de auditoría",
	}
	aTime = locale.Text{
		EN: "a time such as 2026-11-21T09:00:00Z", FR: "une date et heure comme 2026-11-21T09:00:00Z",
		ES: "una fecha y hora como 2026-11-21T09:00:00Z",
	}
)

// checkWish refuses what no workbook is made by. FIELD_INVALID.
func checkWish(wish *request.Wish) error {
	statement := wish.Kind == request.Donor
	spans := statement || wish.Kind == request.Audit
	switch year := wish.At.Year(); {
	case !slices.Contains(wish.Kind.Formats(), wish.Format.OrFirst()):
		return invalid("format", listed(wish.Kind.Formats()))
	case len(wish.Call) > maxText:
		return invalid("call", aText)
	case len(wish.Term) > maxText:
		return invalid("term", aText)
	case len(wish.Donor) > maxText, (wish.Donor == "") == statement:
		return invalid("donor", aDonor)
	case !spans && !wish.From.IsZero():
		return invalid("from", ofStatement)
	case !spans && !wish.To.IsZero():
		return invalid("to", ofStatement)
	case year < 1900 || year > 9999:
		return invalid("at", aTime)
	}
	return nil
}

// listed lists what there is to choose from.
func listed[T ~string](choices []T) locale.Text {
	names := make([]string, len(choices))
	for i, choice := range choices {
		names[i] = string(choice)
	}
	return locale.Same(strings.Join(names, ", "))
}

// Exports are a page of at most limit workbooks that were asked for, the latest first; as for Imports. Who may not see all of them is shown
// those that it asked for itself. What shows more than the actor may see is left out. ACCESS_DENIED; table.ErrCursor.
func (o *Office) Exports(ctx context.Context, after table.Cursor, limit int) ([]request.Export, table.Cursor, error) {
	whose, err := o.reach(ctx, access.ExportRead)
	if err != nil {
		return nil, "", err
	}
	var page []request.Export
	var next table.Cursor
	if whose.Person == "" {
		page, next, err = o.Config.Exports.List(ctx, after, limit)
	} else {
		page, next, err = o.Config.Exports.ListOf(ctx, whose.Person, after, limit)
	}
	if err != nil {
		return nil, "", err
	}
	page = slices.DeleteFunc(page, func(e request.Export) bool {
		do, to := toShow(e.Wish)
		return access.Decide(access.ActorOf(ctx), do, to) != nil
	})
	for i := range page {
		page[i] = *shownExport(ctx, &page[i])
	}
	return page, next, nil
}

// Export is one that was asked for, with the link through which it is fetched once it is ready. ACCESS_DENIED, also where the actor may no
// longer see what it shows; EXPORT_UNKNOWN.
func (o *Office) Export(ctx context.Context, id string) (*request.Export, *blob.Link, error) {
	if access.ActorOf(ctx).Person == "" {
		return nil, nil, o.leave(ctx, access.ExportRead, access.Object{})
	}
	export, err := o.Config.Exports.Find(ctx, id)
	if isCode(err, "EXPORT_UNKNOWN") {
		if denied := o.leave(ctx, access.ExportRead, access.Object{}); denied != nil {
			return nil, nil, denied
		}
	}
	if err != nil {
		return nil, nil, err
	}
	if err := o.leave(ctx, access.ExportRead, access.Object{Person: export.Wish.Person}); err != nil {
		return nil, nil, err
	}
	if err := o.leaveToShow(ctx, export.Wish); err != nil {
		return nil, nil, err
	}
	var link *blob.Link
	if export.State == request.Ready {
		link, err = o.download(ctx, export.Blob(), export.Wish.Format.MediaType(), export.File())
	}
	return shownExport(ctx, export), link, err
}

// shownExport is an export with the identifier of who asked for it only where the actor may see that person.
func shownExport(ctx context.Context, export *request.Export) *request.Export {
	out := *export
	out.Wish.Person = shown(ctx, export.Wish.Person)
	return &out
}
