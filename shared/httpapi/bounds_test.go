package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/httpapi"
)

// What is as large as is allowed is taken, what is larger by one is refused.
func TestEachBoundOfARequestIsMetExactly(t *testing.T) {
	const longestText, longestPage = 300, 200
	w := newWorld(t)
	body := func(size int) string { return upload + strings.Repeat(" ", size-len(upload)) }
	if got := w.ask("POST", "/api/imports", body(httpapi.MaxBody)); got.status != http.StatusCreated {
		t.Errorf("a body of %d bytes: %d %s", httpapi.MaxBody, got.status, got.text)
	}
	w.refused(w.ask("POST", "/api/imports", body(httpapi.MaxBody+1)), http.StatusRequestEntityTooLarge, "BODY_TOO_LARGE")

	name := func(size int) string { return "/api/donors/company/" + strings.Repeat("x", size) }
	if got := w.ask("GET", name(longestText), ""); got.status != http.StatusNotFound || got.body["code"] == "ROUTE_UNKNOWN" {
		t.Errorf("a name of %d bytes: %d %s", longestText, got.status, got.text)
	}
	w.refused(w.ask("GET", name(longestText+1), ""), http.StatusNotFound, "ROUTE_UNKNOWN")

	if got := w.ask("GET", "/api/people?limit=200", ""); got.status != http.StatusOK {
		t.Errorf("a page of %d: %d %s", longestPage, got.status, got.text)
	}
	w.refused(w.ask("GET", "/api/people?limit=201", ""), http.StatusBadRequest, "FIELD_INVALID")
}
