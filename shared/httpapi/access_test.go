package httpapi_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/locale"
)

// row says who may do what by one route. It is written out by hand, from what the network wants and not from the table of package access, so
// that a mistake in either shows.
type row struct {
	route string // method and pattern
	// own asks for an object of the actor's own, foreign for one of somebody else. foreign is zero where there is no such object: a list, of
	// which everybody is shown their part, or a thing of the network.
	own, foreign asked
	// reach is how far each role gets, in the order of access.Roles: "all" to both, "own" to its own, "no" to none. A single "public" says that
	// nobody has to be signed in.
	reach string
	// prepare puts on record what is asked for, and gives what stands for {names} in the requests; nil: nothing has to be.
	prepare func(w *world, actor access.Actor) map[string]string
}

// asked is a request.
type asked struct {
	path, body string
	header     []string // names and values by turns
}

// rows are all rows; each area has its own in access_<area>_test.go.
func rows() []row {
	return slices.Concat(
		applicationRows,
		applicationPageRows,
		auditPageRows,
		auditRows,
		backupRows,
		callRows,
		donorRows,
		codePageRows,
		deadLetterRows,
		exportRows,
		exportPageRows,
		fundPageRows,
		fundRows,
		healthRows,
		importRows,
		letterRows,
		mailRows,
		meRows,
		networkRows,
		networkPageRows,
		importPageRows,
		pageRows,
		planRows,
		peopleRows,
		peoplePageRows,
		privacyRows,
		signInRows,
		summaryPageRows,
		summaryRows,
		templateRows,
	)
}

// scopes are those of the roles that have one.
var scopes = map[access.Role]access.Scope{access.Commission: "FR", access.City: "FR#brest", access.Donor: "donor_country#KR"}

// actorOf is a person of a role, whose identifier is the role's name.
func actorOf(role access.Role) access.Actor {
	return access.Actor{Person: string(role), Role: role, Scope: scopes[role], Lang: locale.EN}
}

func TestEachRouteHasItsRowAndEachRowItsRoute(t *testing.T) {
	var routes, tested []string
	for _, route := range httpapi.Routes() {
		name := route.Method + " " + route.Pattern
		routes = append(routes, name)
		at := slices.IndexFunc(rows(), func(r row) bool { return r.route == name })
		if at >= 0 && (rows()[at].reach == "public") != route.Public {
			t.Errorf("%s is public: %v", name, route.Public)
		}
	}
	for _, r := range rows() {
		tested = append(tested, r.route)
	}
	slices.Sort(routes)
	slices.Sort(tested)
	tested = slices.Compact(tested) // one of several kinds of things has a row for each
	if !slices.Equal(routes, tested) {
		t.Errorf("routes %q\nrows   %q", routes, tested)
	}
}

func TestEachRouteLetsEachRoleDoWhatIsItsToDoAndNothingElse(t *testing.T) {
	for _, r := range rows() {
		t.Run(r.route, func(t *testing.T) {
			t.Parallel()
			far := strings.Fields(r.reach)
			if r.reach == "public" {
				r.holds(t, access.Actor{}, r.own, true)
				return
			}
			if len(far) != len(access.Roles) {
				t.Fatalf("it says %q of %d roles", r.reach, len(access.Roles))
			}
			for i, role := range access.Roles {
				if far[i] != "all" && far[i] != "own" && far[i] != "no" {
					t.Fatalf("it says %q of %s", far[i], role)
				}
				r.holds(t, actorOf(role), r.own, far[i] != "no")
				if r.foreign.path != "" {
					r.holds(t, actorOf(role), r.foreign, far[i] == "all")
				}
			}
		})
	}
}

// holds asks in a world of its own, and checks that the actor is served or denied.
func (r row) holds(t *testing.T, actor access.Actor, what asked, served bool) {
	t.Helper()
	got := r.answer(t, actor, actor, what)
	switch denied := got.status == http.StatusForbidden && got.body["code"] == "ACCESS_DENIED"; {
	case !served && !denied:
		t.Errorf("%s may not do it to %s, and is answered %d %.300s", actor.Role, what.path, got.status, got.text)
	case served && (got.status == http.StatusUnauthorized || got.status == http.StatusForbidden || got.status == http.StatusNotFound ||
		got.status == http.StatusMethodNotAllowed || got.status >= http.StatusInternalServerError):
		t.Errorf("%s may do it to %s, and is answered %d %.300s", actor.Role, what.path, got.status, got.text)
	}
}

// answer asks as one actor for what was prepared for another.
func (r row) answer(t *testing.T, actor, owner access.Actor, what asked) reply {
	t.Helper()
	w := newWorld(t)
	var named []string
	if r.prepare != nil {
		w.actor = actorOf(access.Secretariat)
		for name, value := range r.prepare(w, owner) {
			named = append(named, "{"+name+"}", value)
		}
	}
	w.actor = actor
	method, _, _ := strings.Cut(r.route, " ")
	with := strings.NewReplacer(named...)
	header := slices.Clone(what.header)
	for i := range header {
		header[i] = with.Replace(header[i])
	}
	return w.ask(method, with.Replace(what.path), with.Replace(what.body), header...)
}

// What an auditor asks for is its own workbook, what it ends its own session, what it declines its own letters, and whom it looks for is
// looked for only: the name stands in the body, where no log has it.
var auditorsOwn = []string{
	"POST /api/exports", "POST /exports", "DELETE /api/people/{person}/sessions", "DELETE /api/people/{person}/sessions/{session}", "POST /signout",
	"POST /account", "POST /account/letters", "POST /people/{person}/sessions", "POST /summaries/{id}/files/{number}",
	"POST /donors/{donorKind}/{donor}/statements/files", "POST /api/summaries/{summary}/files/{file}", "PUT /api/me/letters",
	"POST /api/people/{person}/renewal", "POST /api/privacy/find", "POST /api/privacy/copies", "POST /privacy", "POST /privacy/copy",
}

func TestAnAuditorIsServedByNoRouteThatChangesTheNetworkOrItsMoney(t *testing.T) {
	at := slices.Index(access.Roles[:], access.Auditor)
	for _, r := range rows() {
		if far := strings.Fields(r.reach); !strings.HasPrefix(r.route, "GET ") && !slices.Contains(auditorsOwn, r.route) && far[at] != "no" {
			t.Errorf("%s: %s", r.route, far[at])
		}
	}
}

func TestWhoIsNotSignedInGetsNothingThatIsNotPublic(t *testing.T) {
	for _, r := range rows() {
		if r.reach == "public" {
			continue
		}
		if got := r.answer(t, access.Actor{}, actorOf(access.Secretariat), r.own); got.status != http.StatusUnauthorized || got.body["code"] != "SIGNIN_NEEDED" {
			t.Errorf("%s answers nobody %d %.300s", r.route, got.status, got.text)
		}
	}
}

var meRows = []row{
	{route: "GET /api/me", own: asked{path: "/api/me"}, reach: "all all all all all all"},
	{route: "GET /api/openapi.json", own: asked{path: "/api/openapi.json"}, reach: "public"},
}

func TestWhoIsSignedInIsToldWhoThatIs(t *testing.T) {
	w := newWorld(t)
	for _, role := range access.Roles {
		w.actor = actorOf(role)
		r := w.ask("GET", "/api/me", "")
		scope, _ := r.body["scope"].(string)
		if r.status != http.StatusOK || r.body["person"] != w.actor.Person || r.body["role"] != string(role) || scope != string(w.actor.Scope) ||
			r.body["lang"] != "en" || r.body["csrfToken"] != "token" {
			t.Errorf("%d %s", r.status, r.text)
		}
	}
}
