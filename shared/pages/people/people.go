// Package people is the pages on who may use the product: people, how they are invited, changed and removed, and the sessions in which they
// are signed in. It doesn't know how anybody signs in.
package people

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/people"
)

// Menu leads to the people whoever may see all of them.
var Menu = page.Entry{Path: "people", Name: menuPeople, Shown: func(who access.Actor) bool {
	return access.Decide(who, access.PeopleRead, access.Object{}) == nil
}}

// Account leads people to what is on record of themselves, and to their own sessions.
var Account = page.Entry{Path: "account", Name: menuAccount}

// Routes lists the pages.
func Routes() []page.Route {
	return []page.Route{
		{Method: "GET", Pattern: "/account", Serve: account},
		{Method: "POST", Pattern: "/account", Serve: endOwn},
		{Method: "GET", Pattern: "/people", Serve: list},
		{Method: "POST", Pattern: "/people", Serve: invite},
		{Method: "GET", Pattern: "/people/new", Serve: inviting},
		{Method: "GET", Pattern: "/people/{person}", Serve: show},
		{Method: "POST", Pattern: "/people/{person}", Serve: change},
		{Method: "GET", Pattern: "/people/{person}/remove", Serve: removing},
		{Method: "POST", Pattern: "/people/{person}/remove", Serve: remove},
		{Method: "GET", Pattern: "/people/{person}/sessions", Serve: sessions},
		{Method: "POST", Pattern: "/people/{person}/sessions", Serve: end},
		{Method: "GET", Pattern: "/people/{person}/unbind", Serve: unbinding},
		{Method: "POST", Pattern: "/people/{person}/unbind", Serve: unbind},
	}
}

// done is what can have been done before a page.
var done = map[string]locale.Text{
	"invited": wasAsked, "changed": wasMoved, "unbound": wasFreed, "removed": wasGone, "ended": wasEnded, "all-ended": wereEnded,
}

// may tells whether who asks may do something about a person, "" for all.
func may(ctx context.Context, do access.Action, person string) bool {
	return access.Decide(page.Who(ctx), do, access.Object{Person: person}) == nil
}

// row is a person in words.
type row struct {
	people.Person
	role, scope, lang string
	self              bool
}

func list(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	all, err := o.People(ctx)
	if err != nil {
		return nil, err
	}
	part, next := page.Part(v, all, func(p people.Person) string { return p.ID })
	f := page.Framed(ctx, v, menuPeople, done)
	rows := make([]row, len(part))
	for i, p := range part {
		rows[i] = rowOf(ctx, o, f, p)
	}
	return v.Written(ctx, listView(f, rows, next, may(ctx, access.PeopleInvite, "")))
}

func rowOf(ctx context.Context, o *office.Office, f page.Frame, p people.Person) row {
	return row{p, f.In(p.Role.Label()), whose(ctx, o, f, p.Role, p.Scope), languages[p.Lang], p.ID == page.Who(ctx).Person}
}

// whose is a scope in words: as it is written where nothing of that name is on record.
func whose(ctx context.Context, o *office.Office, f page.Frame, role access.Role, scope access.Scope) string {
	switch role {
	case access.Commission:
		if country, ok := o.Reference.Country(string(scope)); ok {
			return f.In(country.Name)
		}
	case access.City:
		if city, _, err := o.Member(ctx, string(scope)); err == nil {
			return city.City
		}
	case access.Donor:
		if donor, err := o.Donor(ctx, string(scope)); err == nil {
			return donor.Name
		}
	}
	return string(scope)
}

// factsOf are those of a person, the address first, which is also what its page is called.
func factsOf(f page.Frame, r row) []page.Fact {
	state := notYet
	if r.Bound() {
		state = signedIn
	}
	return []page.Fact{
		{Name: f.In(colEmail), Value: r.Email}, {Name: f.In(colRole), Value: r.role}, {Name: f.In(colScope), Value: r.scope},
		{Name: f.In(colLang), Value: r.lang}, {Name: f.In(colInvited), Value: f.Moment(r.InvitedAt)}, {Name: f.In(colSignIn), Value: f.In(state)},
	}
}
