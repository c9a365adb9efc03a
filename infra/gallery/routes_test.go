package gallery

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/infra/furnished"
	"github.com/learning-cities/guildhall/infra/serving"
	"github.com/learning-cities/guildhall/shared/httpapi"
)

// away are the patterns that lead to no page: what pages load, and links to files.
var away = []string{"/assets/{asset}", "/sample/members.csv", "/exports/{id}/file", "/templates/{kind}", "/imports/{id}/annotated"}

func TestEachRouteOfAPageHasAnAddressAndSomebodyWhoLooksAtIt(t *testing.T) {
	in := furnished.Start(t, serving.Options{})
	serves := http.NewServeMux()
	seen := map[string]bool{}
	for _, route := range httpapi.Routes() {
		if route.Page && route.Method == http.MethodGet {
			seen[route.Pattern] = slices.Contains(away, route.Pattern)
			pattern := route.Pattern
			if pattern == "/" {
				pattern = "/{$}"
			}
			serves.HandleFunc(pattern, func(http.ResponseWriter, *http.Request) { seen[route.Pattern] = true })
		}
	}
	for _, one := range pages {
		serves.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/"+one.path(in), nil))
	}
	for pattern, done := range seen {
		if !done {
			t.Errorf("nobody looks at %s: add it to this package's pages", pattern)
		}
	}
}
