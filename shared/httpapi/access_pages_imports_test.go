package httpapi_test

import (
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
)

// aReviewed has an import of a kind of sheet with what a page shows of its check.
func aReviewed(kind string) func(w *world, _ access.Actor) map[string]string {
	return func(w *world, actor access.Actor) map[string]string {
		named := anImport(kind, asItIs)(w, actor)
		w.keepReview(named["id"])
		return named
	}
}

// onPage asks for the page of an import, or sends one of its forms.
func onPage(to, form string) asked {
	if form == "" {
		return asked{path: "/imports/{id}" + to}
	}
	return asked{path: "/imports/{id}" + to, body: form, header: asForm}
}

// importPageRows are the pages of imports: they reach as far as the same does by the API.
var importPageRows = []row{
	{route: "GET /imports", own: asked{path: "/imports"}, reach: seers},
	{route: "POST /imports", own: asked{path: "/imports", body: "kind=members", header: asForm}, reach: takers},
	{route: "GET /imports/{id}", prepare: aReviewed("members"), own: onPage("", ""), reach: seers},
	{route: "GET /imports/{id}/changes", prepare: aReviewed("members"), own: onPage("/changes", ""), reach: seers},
	{route: "GET /imports/{id}/rows/{row}", prepare: aReviewed("members"), own: onPage("/rows/2", ""), reach: takers},
	{route: "POST /imports/{id}/rows/{row}", prepare: aReviewed("members"), own: onPage("/rows/2", "cell.2.1=Brest"), reach: takers},
	{route: "POST /imports/{id}/edits", prepare: aReviewed("members"), own: onPage("/edits", "cell.2.1=Brest"), reach: takers},
	{route: "POST /imports/{id}/check", prepare: aReviewed("members"), own: onPage("/check", "question-0=a&answer-0=b"), reach: takers},
	{route: "POST /imports/{id}/commit", prepare: aReviewed("members"), own: onPage("/commit", "plan=plan&mode=valid"), reach: ofNetwork},
	{route: "POST /imports/{id}/commit", prepare: aReviewed("pledges"), own: onPage("/commit", "plan=plan&mode=valid"), reach: ofFund},
	{route: "POST /imports/{id}/undo", prepare: anImport("members", committed), own: onPage("/undo", "mode=valid"), reach: ofNetwork},
	{route: "POST /imports/{id}/undo", prepare: anImport("pledges", committed), own: onPage("/undo", "mode=valid"), reach: ofFund},
	{
		route: "GET /imports/{id}/annotated", reach: seers, own: onPage("/annotated", ""),
		prepare: func(w *world, actor access.Actor) map[string]string {
			named := anImport("members", asItIs)(w, actor)
			w.store(intake.AnnotatedBlob(named["id"], "c1"), "workbook")
			return named
		},
	},
}
