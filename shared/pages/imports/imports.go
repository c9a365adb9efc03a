// Package imports is the pages on which sheets are sent, looked through, mended, committed and undone. It reads no sheet: what it shows of one
// is what its check has kept.
package imports

import (
	"cmp"
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/kinds/area"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Menu is the area's entry.
var Menu = page.Entry{Path: "imports", Name: wordImports, Shown: page.May(access.ImportRead)}

// Routes lists the area's pages.
func Routes() []page.Route {
	return []page.Route{
		{Method: "GET", Pattern: "/imports", Serve: list},
		{Method: "POST", Pattern: "/imports", Serve: send},
		{Method: "GET", Pattern: "/imports/{id}", Serve: show},
		{Method: "POST", Pattern: "/imports/{id}/check", Serve: check},
		{Method: "POST", Pattern: "/imports/{id}/edits", Serve: edits},
		{Method: "GET", Pattern: "/imports/{id}/rows/{row}", Serve: row},
		{Method: "POST", Pattern: "/imports/{id}/rows/{row}", Serve: editRow},
		{Method: "GET", Pattern: "/imports/{id}/changes", Serve: changes},
		{Method: "POST", Pattern: "/imports/{id}/commit", Serve: commit},
		{Method: "POST", Pattern: "/imports/{id}/undo", Serve: undo},
		{Method: "GET", Pattern: "/imports/{id}/annotated", Serve: annotated},
	}
}

// desk is what a page of the area is put together with.
type desk struct {
	page.Frame
	*office.Office
	ctx  context.Context
	who  access.Actor
	mail map[string]string // addresses by persons' identifiers; of whom the reader may know
}

func deskOf(ctx context.Context, o *office.Office, v page.Visit, title locale.Text) desk {
	return desk{Frame: page.Framed(ctx, v, title, done), Office: o, ctx: ctx, who: access.ActorOf(ctx)}
}

// may reports whether who reads may do something to an import.
func (d desk) may(do access.Action, imp *intake.Import) bool {
	return access.Decide(d.who, do, access.Object{Person: imp.Person}) == nil
}

// stores reports whether who reads may have the import's sheet stored, or taken back, as far as that is of the kind of its records.
func (d desk) stores(imp *intake.Import) bool {
	of, _ := area.Of(imp.Kind)
	return (of == area.Fund || d.may(access.ImportNetwork, imp)) && (of == area.Network || d.may(access.ImportFund, imp))
}

// person is who did something, as far as the reader may know; "" of nobody.
func (d *desk) person(id string) (string, error) {
	switch {
	case id == "":
		return "", nil
	case id == d.who.Person:
		return d.In(wordYou), nil
	case d.mail == nil:
		d.mail = map[string]string{}
		all, err := d.People(d.ctx)
		if err != nil {
			return "", err
		}
		for _, one := range all {
			d.mail[one.ID] = one.Email
		}
	}
	return cmp.Or(d.mail[id], d.In(wordSomebody)), nil
}

// kind is what a kind of sheet is called; "" before it is known.
func (d desk) kind(name string) string {
	if title := area.Title(name); !title.IsZero() {
		return d.In(title)
	}
	return name
}

// why is why an import is refused or failed, nil where it is not; refusal is what its report says of it.
func why(imp *intake.Import, refusal *problem.Problem) *problem.Problem {
	if imp.Problem == "" || refusal != nil && refusal.Code == imp.Problem {
		return refusal
	}
	return problem.New(imp.Problem).Valued(imp.ID).With("import", imp.Blocker).With("reference", imp.ID).WithInt("count", imp.Rows.Fail)
}

// states are the words for the states of an import, and how much they matter.
var states = map[intake.State]struct {
	word locale.Text
	tone page.Tone
}{
	intake.Awaiting:   {stateAwaiting, page.Watch},
	intake.Checking:   {stateChecking, page.Calm},
	intake.Checked:    {stateChecked, page.Watch},
	intake.Refused:    {stateRefused, page.Urgent},
	intake.Committing: {stateCommitting, page.Calm},
	intake.Committed:  {stateCommitted, page.Good},
	intake.Failed:     {stateFailed, page.Urgent},
	intake.Undoing:    {stateUndoing, page.Calm},
	intake.Undone:     {stateUndone, page.Calm},
}
