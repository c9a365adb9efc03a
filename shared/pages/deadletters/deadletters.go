// Package deadletters is the page on the product's own tasks that could not be done: why, what each was about, and whether it is sent again or
// discarded. It does no task.
package deadletters

import (
	"context"
	"errors"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// Path is where the page is.
const Path = "dead-letters"

// Shown tells whether somebody may look at the page.
func Shown(who access.Actor) bool {
	return access.Decide(who, access.DeadLetterRead, access.Object{}) == nil
}

// What can be decided about a task.
const (
	again   = "again"
	discard = "discard"
)

var decided = map[string]locale.Text{again: wasSentAgain, discard: wasDiscarded}

// Routes lists the page.
func Routes() []page.Route {
	return []page.Route{
		{Method: "GET", Pattern: "/dead-letters", Serve: list},
		{Method: "POST", Pattern: "/dead-letters", Serve: decide},
	}
}

// row is a task in the list.
type row struct {
	id, work, about, path string // path is that of the page of what it is about; "" of nothing that has one
	code, why, codePath   string
	reference, tried      string
	since, sent           string
	named                 string // the task for those who hear the page: its work and since when
}

func rowOf(f page.Frame, l deadletters.Letter) row {
	r := row{
		id: l.ID, work: f.In(works[l.Work]), code: string(l.Code), why: l.Problem().Message(f.Lang), codePath: "codes/" + string(l.Code),
		reference: l.Reference, since: f.Moment(l.Since), sent: f.Moment(l.Sent),
	}
	if l.Code == task.Refused {
		r.code, r.codePath = string(l.Cause), "codes/"+string(l.Cause)
	}
	if l.Attempts > 0 {
		r.tried = f.Count(l.Attempts, oneTry, moreTries)
	}
	switch {
	case l.Import != "":
		r.about, r.path = l.Import, "imports/"+l.Import
	case l.Export != "":
		r.about, r.path = l.Export, "exports/"+l.Export
	case l.Summary != "":
		r.about, r.path = l.Summary, "summaries/"+l.Summary
	}
	r.named = r.work + ", " + r.since
	return r
}

// list lists the tasks that could not be done.
func list(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	view, err := view(ctx, o, v)
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, view(nil))
}

func view(ctx context.Context, o *office.Office, v page.Visit) (func(page.Refused) templ.Component, error) {
	found, next, err := page.Stored(ctx, v, func(ctx context.Context, after table.Cursor, limit int) ([]deadletters.Letter, table.Cursor, error) {
		return o.DeadLetters(ctx, "", after, limit)
	})
	if err != nil {
		return nil, err
	}
	f := page.Framed(ctx, v, title, decided)
	rows := make([]row, len(found))
	for i, l := range found {
		rows[i] = rowOf(f, l)
	}
	settles := access.Decide(page.Who(ctx), access.DeadLetterSettle, access.Object{}) == nil
	return func(refused page.Refused) templ.Component { return listView(f, rows, next, settles, refused) }, nil
}

// decide sends a task again, or discards it. One that somebody else dealt with first is told above the list as it is then.
func decide(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	act, do := v.Form.Get("act"), o.DiscardTask
	if act != discard {
		act, do = again, o.SendTaskAgain
	}
	_, err := do(ctx, v.Form.Get("letter"))
	if err == nil {
		return v.On(Path, act), nil
	}
	var p *problem.Problem
	if !errors.As(err, &p) {
		return nil, err
	}
	shown, failed := view(ctx, o, v)
	if failed != nil {
		return nil, err
	}
	return v.Again(ctx, err, shown)
}
