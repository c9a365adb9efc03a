package httpapi_test

import "github.com/learning-cities/guildhall/shared/access"

// aName is a person whom nothing is held about but what personHeld puts on record.
const aName = `{"names":["Mireille Kamga"]}`

// personHeld has somebody of that name be on record, as the reason of an event of a member.
func personHeld(w *world, _ access.Actor) map[string]string {
	w.t.Helper()
	w.holdsPerson()
	return nil
}

var privacyRows = []row{
	{route: "POST /api/privacy/find", own: asked{path: "/api/privacy/find", body: aName}, reach: "all no no no no all"},
	{route: "POST /api/privacy/copies", own: asked{path: "/api/privacy/copies", body: aName}, reach: "all no no no no all"},
	{route: "GET /api/privacy/erasures", own: asked{path: "/api/privacy/erasures"}, reach: "all no no no no all"},
	{route: "POST /api/privacy/erasures", own: asked{path: "/api/privacy/erasures", body: aName}, reach: "all no no no no no", prepare: personHeld},
	{route: "GET /privacy", own: asked{path: "/privacy"}, reach: "all no no no no all"},
	{route: "POST /privacy", own: asked{path: "/privacy", body: "names=Mireille+Kamga", header: asForm}, reach: "all no no no no all"},
	{route: "POST /privacy/copy", own: asked{path: "/privacy/copy", body: "names=Mireille+Kamga", header: asForm}, reach: "all no no no no all"},
	{
		route: "POST /privacy/erase", own: asked{path: "/privacy/erase", body: "names=Mireille+Kamga&sure=yes", header: asForm}, reach: "all no no no no no",
		prepare: personHeld,
	},
}
