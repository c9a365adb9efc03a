package httpapi_test

var codePageRows = []row{
	{route: "GET /codes", own: asked{path: "/codes?words=file"}, reach: "public"},
	{route: "GET /codes/{code}", own: asked{path: "/codes/FILE_EMPTY"}, reach: "public"},
	{route: "GET /rules", own: asked{path: "/rules"}, reach: "public"},
	{route: "GET /rules/{rule}", own: asked{path: "/rules/R-APP-3"}, reach: "public"},
}
