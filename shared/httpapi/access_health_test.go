package httpapi_test

// What says how the service is, and what can be asked of it, is nobody's secret.
var healthRows = []row{
	{route: "GET /health", own: asked{path: "/health"}, reach: "public"},
	{route: "GET /ready", own: asked{path: "/ready"}, reach: "public"},
	{route: "GET /api/", own: asked{path: "/api/"}, reach: "public"},
}
