package httpapi_test

var auditRows = []row{
	{route: "GET /api/audit", own: asked{path: "/api/audit"}, reach: "all no no no no all"},
	{route: "GET /api/audit/verification", own: asked{path: "/api/audit/verification"}, reach: "all no no no no all"},
}

var auditPageRows = []row{
	{route: "GET /audit", own: asked{path: "/audit"}, reach: "all no no no no all"},
	{route: "GET /audit/verification", own: asked{path: "/audit/verification"}, reach: "all no no no no all"},
}
