// Package exports is the pages on which files are asked for and fetched: workbooks, papers and data made from what is on record, and the
// templates of sheets. It knows no sheet, and not how a file is made.
package exports

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Menu leads to the files that were asked for, whoever may ask for one.
var Menu = page.Entry{Path: "exports", Name: menuExports, Shown: func(who access.Actor) bool { return len(mayAskFor(who)) > 0 }}

// Templates leads everybody else to the templates, which the others find there.
var Templates = page.Entry{Path: "templates", Name: menuTemplates, Shown: func(who access.Actor) bool {
	return page.May(access.TemplateRead)(who) && len(mayAskFor(who)) == 0
}}

// Routes lists the pages.
func Routes() []page.Route {
	return []page.Route{
		{Method: "GET", Pattern: "/exports", Serve: list},
		{Method: "POST", Pattern: "/exports", Serve: ask},
		{Method: "GET", Pattern: "/exports/new", Serve: form},
		{Method: "GET", Pattern: "/exports/{id}", Serve: show},
		{Method: "GET", Pattern: "/exports/{id}/file", Serve: fetch},
		{Method: "GET", Pattern: "/templates", Serve: templates},
		{Method: "GET", Pattern: "/templates/{kind}", Serve: template},
	}
}

// shownBy are the actions by which a file of a kind is shown.
var shownBy = map[request.Kind]access.Action{
	request.Budget: access.ExportBudget, request.Fund: access.ExportFund, request.Membership: access.ExportMembership,
	request.Survey: access.ExportSurvey, request.Donor: access.StatementRead,
	request.Audit: access.ExportAudit,
}

// mayAskFor are the kinds of which somebody may have files made.
func mayAskFor(who access.Actor) []request.Kind {
	return slices.DeleteFunc(request.All(), func(k request.Kind) bool { return !page.May(shownBy[k])(who) })
}

// called is what a kind is to who reads.
func called(who access.Actor, k request.Kind) locale.Text {
	if k == request.Donor && who.Role == access.Donor {
		return ownStatement
	}
	return kinds[k].name
}

// How often a page is asked for again while something is being made, in seconds: that of one file, and the list.
const soon, later = 2, 10

func list(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	all, next, err := page.Stored(ctx, v, o.Exports)
	if err != nil {
		return nil, err
	}
	askers, err := askersOf(ctx, o)
	if err != nil {
		return nil, err
	}
	donors, err := donorsOf(ctx, o, all...)
	if err != nil {
		return nil, err
	}
	f := page.Framed(ctx, v, menuExports, nil)
	rows := make([]row, len(all))
	for i := range all {
		if rows[i] = rowOf(ctx, f, &all[i], askers, donors); rows[i].pending {
			f.Refresh = later
		}
	}
	return v.Written(ctx, listView(f, choices(ctx, f), rows, next, askers != nil))
}

// choice is a kind of file that may be asked for.
type choice struct{ name, about, path string }

func choices(ctx context.Context, f page.Frame) (all []choice) {
	who := page.Who(ctx)
	for _, k := range mayAskFor(who) {
		all = append(all, choice{f.In(called(who, k)), f.In(kinds[k].about), string(k)})
	}
	return all
}

// row is a file that was asked for, in words.
type row struct {
	*request.Export
	name, by, asOf string
	donor          string
	format, lang   string
	state          string
	tone           page.Tone
	pending        bool
}

func rowOf(ctx context.Context, f page.Frame, e *request.Export, askers, donors map[string]string) row {
	r := row{
		Export: e, name: f.In(called(page.Who(ctx), e.Wish.Kind)), asOf: f.Moment(e.Wish.At), format: f.In(formats[e.Wish.Format.OrFirst()].name),
		lang: languages[e.Wish.Lang], state: f.In(states[e.State].name), tone: states[e.State].tone,
		pending: e.State == request.Asked || e.State == request.Building,
	}
	r.donor = cmp.Or(donors[e.Wish.Donor], e.Wish.Donor)
	if r.donor != "" && page.Who(ctx).Role != access.Donor {
		r.name += " – " + r.donor
	}
	if r.by = askers[e.Wish.Person]; r.by == "" {
		r.by = f.In(someone)
	}
	return r
}

// donorsOf are the names of donors by their identifiers, where a file is about one. While an import changes what donors gave nobody waits for
// them.
func donorsOf(ctx context.Context, o *office.Office, files ...request.Export) (map[string]string, error) {
	if !slices.ContainsFunc(files, func(e request.Export) bool { return e.Wish.Donor != "" }) {
		return nil, nil
	}
	var ids []string
	for _, file := range files {
		ids = append(ids, file.Wish.Donor)
	}
	all, err := o.DonorsNamed(ctx, ids)
	var busy *problem.Problem
	if errors.As(err, &busy) && busy.Code == "RECORD_BUSY" {
		return nil, nil
	}
	names := map[string]string{}
	for _, one := range all {
		names[one.ID] = one.Name
	}
	return names, err
}

// askersOf are the people who can have asked, by their addresses; nil where who reads is shown its own only.
func askersOf(ctx context.Context, o *office.Office) (map[string]string, error) {
	if access.Decide(page.Who(ctx), access.PeopleRead, access.Object{}) != nil {
		return nil, nil
	}
	all, err := o.People(ctx)
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	for _, p := range all {
		found[p.ID] = p.Email
	}
	return found, nil
}
