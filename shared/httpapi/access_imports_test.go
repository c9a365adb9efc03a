package httpapi_test

import (
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
)

const everybody = "all all all all all all"

func anImport(w *world, _ access.Actor) map[string]string {
	return map[string]string{"id": w.checked(1)}
}

var importRows = []row{
	{route: "POST /api/imports", own: asked{path: "/api/imports", body: upload}, reach: everybody},
	{route: "GET /api/imports/{id}", prepare: anImport, own: asked{path: "/api/imports/{id}"}, reach: everybody},
	{route: "GET /api/imports/{id}/report", prepare: anImport, own: asked{path: "/api/imports/{id}/report"}, reach: everybody},
	{route: "POST /api/imports/{id}/check", prepare: anImport, own: asked{path: "/api/imports/{id}/check", body: `{}`}, reach: everybody},
	{
		route: "POST /api/imports/{id}/commit", prepare: anImport, reach: everybody,
		own: asked{path: "/api/imports/{id}/commit", body: `{"plan":"plan","mode":"valid"}`},
	},
	{
		route: "GET /api/imports/{id}/annotated", reach: everybody, own: asked{path: "/api/imports/{id}/annotated"},
		prepare: func(w *world, actor access.Actor) map[string]string {
			named := anImport(w, actor)
			w.store(intake.AnnotatedBlob(named["id"], "c1"), "workbook")
			return named
		},
	},
}

var exportRows = []row{
	{route: "POST /api/exports", own: asked{path: "/api/exports", body: `{"kind":"budget"}`}, reach: everybody},
	{
		route: "GET /api/exports/{id}", own: asked{path: "/api/exports/{id}"}, reach: everybody,
		prepare: func(w *world, _ access.Actor) map[string]string {
			return map[string]string{"id": w.ask("POST", "/api/exports", `{"kind":"budget"}`).at("export", "id").(string)}
		},
	},
}
