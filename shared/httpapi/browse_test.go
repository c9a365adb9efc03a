package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/httpapi"
)

func TestAParameterThatComesTwiceIsRefused(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/api/calls?limit=1&limit=2", "/api/calls?limit=&limit=", "/api/me?lang=fr&lang=es", "/health?x=1&x=1"} {
		w.refused(w.ask("GET", path, ""), http.StatusBadRequest, "FIELD_INVALID")
	}
	long := strings.Repeat("x", 200)
	if r := w.ask("GET", "/health?"+long+"=1&"+long+"=2", ""); strings.Contains(r.text, long) {
		t.Errorf("repeats it all: %s", r.text)
	}
}

func TestAStatementIsOfBothDaysOrOfATerm(t *testing.T) {
	w := newWorld(t)
	w.actor = actorOf(access.Treasurer)
	for query, missing := range map[string]string{"from=2025-01-01": "to", "to=2025-01-01&term=2025-2027": "from"} {
		r := w.ask("GET", "/api/donors/donor_country/KR/statement?"+query, "")
		w.refused(r, http.StatusBadRequest, "FIELD_MISSING")
		if r.at("field") != missing {
			t.Errorf("%s: %s", query, r.text)
		}
	}
}

func TestThePageOfTheDocumentShowsEveryRouteInItsReadersLanguage(t *testing.T) {
	w := newWorld(t)
	w.actor = access.Actor{}
	for lang, word := range map[string]string{"en": "Contents", "fr": "Sommaire", "es": "Contenido"} {
		recorder := httptest.NewRecorder()
		w.handler.ServeHTTP(recorder, httptest.NewRequest("GET", "/api/?lang="+lang, http.NoBody))
		text, header := recorder.Body.String(), recorder.Header()
		if recorder.Code != http.StatusOK || header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(text, word) ||
			!strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'; style-src 'sha256-") {
			t.Errorf("%d %v", recorder.Code, header)
		}
		for _, route := range httpapi.Routes() {
			if !route.Page && !strings.Contains(text, "<code>"+route.Method+" "+route.Pattern+"</code>") {
				t.Errorf("%s: no %s %s", lang, route.Method, route.Pattern)
			}
		}
	}
}
