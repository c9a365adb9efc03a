package imports

import (
	"context"
	"errors"
	"strconv"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/table"
)

// changed is a row whose commit changes what is stored.
type changed struct {
	Row, Label string
	Fields     []intake.ChangedField
}

// changes shows what a commit changes in what is stored, or has changed: before and after.
func changes(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d := deskOf(ctx, o, v, seeChanges)
	imp, _, err := o.Import(ctx, v.Values["id"])
	if err != nil {
		return nil, err
	}
	d.Within = []page.Step{{Path: "imports", Name: d.In(wordImports)}, {Path: "imports/" + imp.ID, Name: imp.File.Name}}
	rows, next, err := o.ReviewChanges(ctx, imp.ID, table.Cursor(v.Query.Get(page.AfterParameter)), gridRows)
	if errors.Is(err, table.ErrCursor) {
		rows, next, err = o.ReviewChanges(ctx, imp.ID, "", gridRows)
	}
	if err != nil {
		return nil, err
	}
	all := make([]changed, len(rows))
	for i := range rows {
		all[i] = changed{Row: d.In(wordRowAt) + " " + strconv.Itoa(rows[i].Row), Label: rows[i].Label, Fields: rows[i].Fields}
	}
	return v.Written(ctx, changesView(d.Frame, all, string(next)))
}
