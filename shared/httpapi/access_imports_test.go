package httpapi_test

import (
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
)

// Who sees imports at all, and who has sheets of either area stored.
const (
	seers      = "all all no no no all"
	takers     = "all all no no no no"
	ofNetwork  = "all no no no no no"
	ofFund     = "no all no no no no"
	everybody  = "all all all all all all"
	whoAskedIt = "all all no no own all" // where what it shows is shown to the role
)

// anImport has one of a kind of sheet that was checked, or more.
func anImport(kind string, change func(*intake.Import)) func(w *world, _ access.Actor) map[string]string {
	return func(w *world, _ access.Actor) map[string]string {
		id := w.checked(1)
		w.put(id, func(imp *intake.Import) {
			imp.Kind = kind
			change(imp)
		})
		return map[string]string{"id": id}
	}
}

func asItIs(*intake.Import) {}

func committed(imp *intake.Import) { imp.State = intake.Committed }

func refusedUndo(imp *intake.Import) {
	imp.State = intake.Committed
	imp.Undo = intake.Undo{Mode: intake.All, AskedAt: imp.AskedAt, EndedAt: imp.AskedAt, Problem: "UNAVAILABLE"}
}

// aReview has an import whose check kept one.
func aReview(w *world, actor access.Actor) map[string]string {
	named := anImport("members", asItIs)(w, actor)
	w.review(named["id"])
	return named
}

func path(to string) asked { return asked{path: "/api/imports/" + to} }

var (
	toCommit = asked{path: "/api/imports/{id}/commit", body: `{"plan":"plan","mode":"valid"}`}
	toUndo   = asked{path: "/api/imports/{id}/undo", body: `{"mode":"valid"}`}
)

var importRows = []row{
	{route: "POST /api/imports", own: asked{path: "/api/imports", body: upload}, reach: takers},
	{route: "GET /api/imports", own: asked{path: "/api/imports"}, reach: seers},
	{route: "GET /api/imports/{id}", prepare: anImport("members", asItIs), own: path("{id}"), reach: seers},
	{route: "GET /api/imports/{id}/history", prepare: anImport("members", asItIs), own: path("{id}/history"), reach: seers},
	{route: "GET /api/imports/{id}/report", prepare: anImport("members", asItIs), own: path("{id}/report"), reach: seers},
	{route: "GET /api/imports/{id}/review", prepare: aReview, own: path("{id}/review"), reach: seers},
	{route: "GET /api/imports/{id}/review/rows", prepare: aReview, own: path("{id}/review/rows"), reach: seers},
	{route: "GET /api/imports/{id}/review/changes", prepare: aReview, own: path("{id}/review/changes"), reach: seers},
	{route: "GET /api/imports/{id}/undo", prepare: anImport("members", refusedUndo), own: path("{id}/undo"), reach: seers},
	{
		route: "POST /api/imports/{id}/check", prepare: anImport("members", asItIs), reach: takers,
		own: asked{path: "/api/imports/{id}/check", body: `{}`},
	},
	{route: "POST /api/imports/{id}/commit", prepare: anImport("members", asItIs), own: toCommit, reach: ofNetwork},
	{route: "POST /api/imports/{id}/commit", prepare: anImport("pledges", asItIs), own: toCommit, reach: ofFund},
	{route: "POST /api/imports/{id}/undo", prepare: anImport("members", committed), own: toUndo, reach: ofNetwork},
	{route: "POST /api/imports/{id}/undo", prepare: anImport("pledges", committed), own: toUndo, reach: ofFund},
	{
		route: "GET /api/imports/{id}/annotated", reach: seers, own: path("{id}/annotated"),
		prepare: func(w *world, actor access.Actor) map[string]string {
			named := anImport("members", asItIs)(w, actor)
			w.store(intake.AnnotatedBlob(named["id"], "c1"), "workbook")
			return named
		},
	},
}

// anExport has one that the actor asked for, as far as its role may, and one that somebody else did.
func anExport(w *world, actor access.Actor) map[string]string {
	export := func(by access.Actor, body string) string {
		w.actor = by
		return w.ask("POST", "/api/exports", body).at("export", "id").(string)
	}
	other := access.Actor{Person: "somebody-else", Role: access.Secretariat}
	named := map[string]string{"other": export(other, `{"kind":"fund"}`)}
	switch actor.Role {
	case access.Donor:
		named["id"] = export(actor, `{"kind":"donor"}`)
	case access.City, access.Commission: // in whose name there is none
		named["id"] = named["other"]
	default:
		named["id"] = export(actor, `{"kind":"fund"}`)
	}
	return named
}

func wish(body string) asked { return asked{path: "/api/exports", body: body} }

var exportRows = []row{
	{route: "POST /api/exports", own: wish(`{"kind":"fund","format":"iati"}`), reach: "all all no no no all"},
	{route: "POST /api/exports", own: wish(`{"kind":"budget"}`), reach: "all all no no no all"},
	{route: "POST /api/exports", own: wish(`{"kind":"fund"}`), reach: "all all no no no all"},
	{route: "POST /api/exports", own: wish(`{"kind":"membership"}`), reach: "all no no no no all"},
	{route: "POST /api/exports", own: wish(`{"kind":"survey"}`), reach: "all no no no no all"},
	{
		route: "POST /api/exports", own: wish(`{"kind":"donor","donor":"donor_country#KR"}`), foreign: wish(`{"kind":"donor","donor":"Brest"}`),
		reach: "all all no no own all",
	},
	{route: "GET /api/exports", own: asked{path: "/api/exports"}, reach: everybody},
	{
		route: "GET /api/exports/{id}", own: asked{path: "/api/exports/{id}"}, foreign: asked{path: "/api/exports/{other}"},
		prepare: anExport, reach: whoAskedIt,
	},
}

var templateRows = []row{
	{route: "GET /api/templates", own: asked{path: "/api/templates"}, reach: everybody},
	{route: "GET /api/templates/{kind}", own: asked{path: "/api/templates/members"}, reach: everybody},
}
