package httpapi_test

var exportPageRows = []row{
	{route: "GET /exports", own: asked{path: "/exports"}, reach: everybody},
	{route: "GET /exports/new", own: asked{path: "/exports/new?kind=budget"}, reach: "all all no no no all"},
	{route: "GET /exports/new", own: asked{path: "/exports/new?kind=membership"}, reach: "all no no no no all"},
	{route: "GET /exports/new", own: asked{path: "/exports/new?kind=donor"}, reach: "all all no no all all"},
	{route: "POST /exports", own: wishForm("kind=fund&format=iati"), reach: "all all no no no all"},
	{route: "POST /exports", own: wishForm("kind=budget&in=es"), reach: "all all no no no all"},
	{route: "POST /exports", own: wishForm("kind=survey"), reach: "all no no no no all"},
	{
		route: "POST /exports", own: wishForm("kind=donor&donor=donor_country%23KR"), foreign: wishForm("kind=donor&donor=Brest"),
		reach: "all all no no own all",
	},
	{
		route: "GET /exports/{id}", own: asked{path: "/exports/{id}"}, foreign: asked{path: "/exports/{other}"},
		prepare: anExport, reach: whoAskedIt,
	},
	{
		route: "GET /exports/{id}/file", own: asked{path: "/exports/{id}/file"}, foreign: asked{path: "/exports/{other}/file"},
		prepare: anExport, reach: whoAskedIt,
	},
	{route: "GET /templates", own: asked{path: "/templates"}, reach: everybody},
	{route: "GET /templates/{kind}", own: asked{path: "/templates/members?in=fr"}, reach: everybody},
}

func wishForm(form string) asked { return asked{path: "/exports", body: form, header: asForm} }
