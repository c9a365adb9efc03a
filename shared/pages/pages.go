// Package pages is what people see in a browser: pages of HTML in their language, written on the server, which need no script. It puts the
// areas' pages together, and knows no session and no HTTP but the paths of its own routes.
package pages

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/applications"
	"github.com/learning-cities/guildhall/shared/pages/audit"
	"github.com/learning-cities/guildhall/shared/pages/codes"
	"github.com/learning-cities/guildhall/shared/pages/deadletters"
	"github.com/learning-cities/guildhall/shared/pages/exports"
	"github.com/learning-cities/guildhall/shared/pages/fund"
	"github.com/learning-cities/guildhall/shared/pages/imports"
	"github.com/learning-cities/guildhall/shared/pages/network"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/pages/people"
	"github.com/learning-cities/guildhall/shared/pages/privacy"
	"github.com/learning-cities/guildhall/shared/pages/summaries"
	"github.com/learning-cities/guildhall/shared/problem"
)

// menu is what stands at the top of each page, as far as who reads may go there.
var menu = []page.Entry{
	{Path: "", Name: homeEntry},
	imports.Menu,
	applications.Menu,
	applications.Calls,
	network.Members,
	network.Clusters,
	network.Surveys,
	fund.Menu,
	fund.Donors,
	fund.Own,
	summaries.Menu,
	summaries.Mails,
	exports.Menu,
	exports.Templates,
	people.Menu,
	audit.Menu,
	privacy.Menu,
	people.Account,
}

// Routes lists the pages, and what they load.
func Routes() []page.Route {
	routes := slices.Concat(
		[]page.Route{{Method: "GET", Pattern: "/", Serve: home}, page.Assets(), {Method: "GET", Pattern: "/sample/members.csv", Serve: sampleSheet}},
		applications.Routes(),
		audit.Routes(),
		codes.Routes(),
		deadletters.Routes(),
		exports.Routes(),
		summaries.Routes(),
		network.Routes(),
		people.Routes(),
		privacy.Routes(),
		imports.Routes(),
		fund.Routes(),
	)
	for i, one := range routes {
		routes[i].Serve = func(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
			v.Menu = menu
			return one.Serve(ctx, o, v)
		}
	}
	return routes
}

// Problem is page.Problem with the menu.
func Problem(ctx context.Context, v page.Visit, title locale.Text, p *problem.Problem, request string) (*page.Answer, error) {
	v.Menu = menu
	return page.Problem(ctx, v, title, p, request)
}
