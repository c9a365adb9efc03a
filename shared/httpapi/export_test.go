package httpapi

import "net/http"

// For tests: the status of each code, and the codes that have one of their own.
var (
	StatusOf = statusOf
	Statuses = statuses
)

// Of is an API of a test's own routes.
func Of(c Config, routes ...Route) http.Handler { return of(c, routes) }

// ListRoute answers a list in pages.
func ListRoute(pattern string, items *[]string) Route {
	return Route{Method: "GET", Pattern: pattern, serve: func(_ *api, q *asking) (*answer, error) {
		got, err := pageOf(q, *items, func(item string) string { return item })
		return &answer{status: http.StatusOK, body: got}, err
	}}
}

// PathRoute answers the variables of its path and whether somebody is signed in.
func PathRoute(method, pattern string, public bool) Route {
	return Route{Method: method, Pattern: pattern, Public: public, serve: func(_ *api, q *asking) (*answer, error) {
		return &answer{status: http.StatusOK, body: map[string]any{"route": pattern, "values": q.values, "person": q.person()}}, nil
	}}
}

// VersionRoutes answer a record with its version, and count it up where that is the version which a change names.
func VersionRoutes(version *int64, refuses error) []Route {
	told := func(q *asking) (*answer, error) {
		return &answer{status: http.StatusOK, body: map[string]string{"in": string(q.lang)}, version: *version}, nil
	}
	change := func(_ *api, q *asking) (*answer, error) {
		seen, err := q.version()
		if err == nil && seen != *version {
			err = refuses
		}
		if err != nil {
			return nil, err
		}
		*version++
		return told(q)
	}
	return []Route{
		{Method: "GET", Pattern: "/record", serve: func(_ *api, q *asking) (*answer, error) { return told(q) }},
		{Method: "PUT", Pattern: "/record", serve: change},
		{Method: "DELETE", Pattern: "/record", serve: func(_ *api, q *asking) (*answer, error) {
			return &answer{status: http.StatusNoContent}, refuses
		}},
	}
}
