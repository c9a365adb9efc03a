package httpapi_test

const aPerson = "email=new%40example.org&role=city&scope=FR%23evry&lang=fr"

var peoplePageRows = []row{
	{route: "GET /account", own: asked{path: "/account"}, reach: everybody, prepare: enrolled},
	{route: "POST /account", own: asked{path: "/account", body: "session={ownSession}", header: asForm}, reach: everybody, prepare: enrolled},
	{route: "GET /people", own: asked{path: "/people"}, reach: everybody, prepare: enrolled},
	{route: "POST /people", own: asked{path: "/people", body: aPerson, header: asForm}, reach: "all no no no no no"},
	{route: "GET /people/new", own: asked{path: "/people/new"}, reach: "all no no no no no"},
	pageOfPerson("GET /people/{person}", "", "", "all own own own own all"),
	pageOfPerson("POST /people/{person}", "", "version=1&"+aPerson, "all no no no no no"),
	pageOfPerson("GET /people/{person}/remove", "/remove", "", "all no no no no no"),
	pageOfPerson("POST /people/{person}/remove", "/remove", "version=1", "all no no no no no"),
	pageOfPerson("GET /people/{person}/unbind", "/unbind", "", "all no no no no no"),
	pageOfPerson("POST /people/{person}/unbind", "/unbind", "request=a1", "all no no no no no"),
	pageOfPerson("GET /people/{person}/sessions", "/sessions", "", "all own own own own all"),
	pageOfPerson("POST /people/{person}/sessions", "/sessions", "session=", "all own own own own own"),
}

// pageOfPerson is a row for a page about a person, below whose path something is asked for.
func pageOfPerson(route, below, form, reach string) row {
	return row{
		route: route, reach: reach, prepare: enrolled,
		own:     asked{path: "/people/{own}" + below, body: form, header: asForm},
		foreign: asked{path: "/people/{foreign}" + below, body: form, header: asForm},
	}
}
