package httpapi_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// serve makes the world's API one of a test's own routes.
func (w *world) serve(routes ...httpapi.Route) {
	w.handler = httpapi.Of(httpapi.Config{
		Clock: w.clock, IDs: func() string { return "reference" }, Log: w.logger(), Measure: discard, Door: w.door,
		RequestID: func(*http.Request) string { return "" },
	}, routes...)
}

// tell is ask for routes that the document doesn't have.
func (w *world) tell(method, path string, header ...string) reply {
	w.t.Helper()
	r := httptest.NewRequest(method, path, http.NoBody)
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, r)
	got := reply{status: recorder.Code, header: recorder.Header(), text: recorder.Body.String()}
	if strings.Contains(got.header.Get("Content-Type"), "json") {
		if err := json.Unmarshal([]byte(got.text), &got.body); err != nil {
			w.t.Fatalf("%s %s: %q: %v", method, path, got.text, err)
		}
	}
	return got
}

func TestNobodyGetsBeyondTheDoorButToWhatIsPublic(t *testing.T) {
	w := newWorld(t)
	w.serve(httpapi.PathRoute("GET", "/open", true), httpapi.PathRoute("GET", "/closed", false))
	w.actor = access.Actor{}
	w.refused(w.tell("GET", "/closed"), http.StatusUnauthorized, "SIGNIN_NEEDED")
	if r := w.tell("GET", "/open"); r.status != http.StatusOK {
		t.Errorf("%d %s", r.status, r.text)
	}
	w.handler = httpapi.Of(httpapi.Config{ // without a door
		Clock: w.clock, IDs: func() string { return "r" }, Log: w.logger(), Measure: discard, RequestID: func(*http.Request) string { return "" },
	}, httpapi.PathRoute("GET", "/closed", false))
	w.refused(w.tell("GET", "/closed"), http.StatusUnauthorized, "SIGNIN_NEEDED")
}

func TestWhoAsksIsAnsweredInTheirOwnLanguageUnlessTheySayAnother(t *testing.T) {
	w := newWorld(t)
	w.actor.Lang = locale.ES
	for header, want := range map[string]string{"": "es", "fr": "fr", "de": "en"} {
		if r := w.ask("GET", "/api/exports/none", "", "Accept-Language", header); r.header.Get("Content-Language") != want {
			t.Errorf("%q: %v", header, r.header)
		}
	}
}

func TestAPathIsTheRoutesThatSaysMostOfIt(t *testing.T) {
	w := newWorld(t)
	w.serve(
		httpapi.PathRoute("GET", "/people/{person}", false), httpapi.PathRoute("PUT", "/people/{person}", false),
		httpapi.PathRoute("GET", "/people/events", false), httpapi.PathRoute("GET", "/members/{country}/{city}", false),
		httpapi.PathRoute("GET", "/members/{country}/{city}/history", false),
	)
	for path, want := range map[string]string{
		"/people/x1":                       "/people/{person} map[person:x1]",
		"/people/events":                   "/people/events map[]",
		"/members/FR/brest":                "/members/{country}/{city} map[city:brest country:FR]",
		"/members/FR/saint%20%C3%A9tienne": "/members/{country}/{city} map[city:saint étienne country:FR]",
		"/members/FR/history/history":      "/members/{country}/{city}/history map[city:history country:FR]",
		"/members/FR/../history":           "/members/{country}/{city}/history map[city:.. country:FR]",
	} {
		if r := w.tell("GET", path); fmt.Sprint(r.body["route"], " ", r.body["values"]) != want {
			t.Errorf("%s: %s, want %s", path, r.text, want)
		}
	}
	for _, path := range []string{
		"/people", "/people/", "/people/a%20b", "/members/FR", "/members/F%20R/brest", "/members/FR//history", "/members/FR/a%00b", "/members/FR/%ff",
		"/members/FR/a%2Fb", "/members/FR/brest%2Fhistory", "/members/FR%2Fbrest", "/people%2fevents", "/members/FR/" + strings.Repeat("a", 301),
	} {
		w.refused(w.tell("GET", path), http.StatusNotFound, "ROUTE_UNKNOWN")
	}
	r := w.tell("DELETE", "/people/x1")
	w.refused(r, http.StatusMethodNotAllowed, "METHOD_UNKNOWN")
	if allow := r.header.Get("Allow"); allow != "GET, PUT" {
		t.Errorf("allowed: %q", allow)
	}
	w.refused(w.tell("PUT", "/people/events"), http.StatusMethodNotAllowed, "METHOD_UNKNOWN")
}

func TestTheLogHasTheIdentifiersOfAPathAndNoNames(t *testing.T) {
	w := newWorld(t)
	w.serve(httpapi.PathRoute("GET", "/donors/{donorKind}/{donor}/{entry}", false))
	w.tell("GET", "/donors/private/anna%20example/e1")
	if log := w.log.String(); strings.Contains(log, "anna example") || !strings.Contains(log, `"subject":"private/e1"`) {
		t.Errorf("%s", log)
	}
}

func TestADenialIsFoundInTheLogByItsRequestWithWhoAsked(t *testing.T) {
	w := newWorld(t)
	w.actor = actorOf(access.Donor)
	w.refused(w.ask("GET", "/api/fund/balances", "", "X-Test-Request", "r-7"), http.StatusForbidden, "ACCESS_DENIED")
	for line := range strings.Lines(w.log.String()) {
		if strings.Contains(line, `"code":"ACCESS_DENIED"`) && strings.Contains(line, `"request":"r-7"`) && strings.Contains(line, `"person":"donor"`) {
			return
		}
	}
	t.Errorf("%s", w.log.String())
}

func TestAListComesInPagesWithoutLossOrRepetitionThoughItChanges(t *testing.T) {
	w := newWorld(t)
	items := []string{"d", "b", "é", "a", "c", "f#1", "e"}
	w.serve(httpapi.ListRoute("/list", &items), httpapi.ListRoute("/other", &items))
	var got []string
	next, pages := "", 0
	for pages = 1; ; pages++ {
		r := w.tell("GET", "/list?limit=2&cursor="+next)
		for _, item := range r.at("items").([]any) {
			got = append(got, item.(string))
		}
		if r.at("next") == nil {
			break
		}
		next = r.at("next").(string)
		items = slices.DeleteFunc(append(items, "a0"), func(item string) bool { return item == "a" })
	}
	if want := []string{"a", "b", "c", "d", "e", "f#1", "é"}; !slices.Equal(got, want) || pages != 4 {
		t.Errorf("got %q in %d pages, want %q", got, pages, want)
	}
	if r := w.tell("GET", "/list"); r.at("next") != nil || len(r.at("items").([]any)) != len(items) {
		t.Errorf("%s", r.text)
	}
	items = nil
	if r := w.tell("GET", "/list"); r.text != `{"items":[],"next":null}` {
		t.Errorf("%s", r.text)
	}
	for path, code := range map[string]string{
		"/list?limit=0": "FIELD_INVALID", "/list?limit=201": "FIELD_INVALID", "/list?limit=x": "FIELD_INVALID", "/list?cursor=%20": "CURSOR_INVALID",
		"/list?cursor=YQ": "CURSOR_INVALID", "/other?cursor=" + next: "CURSOR_INVALID",
	} {
		w.refused(w.tell("GET", path), http.StatusBadRequest, code)
	}
}

func TestAChangeNamesTheVersionThatItChanges(t *testing.T) {
	w := newWorld(t)
	version := int64(3)
	w.serve(httpapi.VersionRoutes(&version, problem.New("RECORD_CHANGED"))...)
	if r := w.tell("GET", "/record?lang=fr"); r.header.Get("ETag") != `"3.fr"` {
		t.Errorf("%v", r.header)
	}
	if r := w.tell("GET", "/record?lang=fr", "If-None-Match", `"3.fr"`); r.status != http.StatusNotModified || r.text != "" {
		t.Errorf("%d %s", r.status, r.text)
	}
	if r := w.tell("GET", "/record?lang=en", "If-None-Match", `"3.fr"`); r.status != http.StatusOK {
		t.Errorf("in another language it is another: %d", r.status)
	}
	w.refused(w.tell("PUT", "/record"), http.StatusPreconditionRequired, "IF_MATCH_MISSING")
	for _, tag := range []string{`"2.en"`, `"4.en"`, `*`, `"x"`, `"0.en"`, `"-3.en"`, `"3.en", "2.en"`, `"0123456789abcdef0123456789abcdef"`} {
		w.refused(w.tell("PUT", "/record", "If-Match", tag), http.StatusPreconditionFailed, "RECORD_CHANGED")
	}
	for want, tag := range map[string]string{`"4.en"`: `"3.es"`} {
		if r := w.tell("PUT", "/record", "If-Match", tag); r.status != http.StatusOK || r.header.Get("ETag") != want {
			t.Errorf("%s: %d %v", tag, r.status, r.header)
		}
	}
	if r := w.tell("PUT", "/record", "If-Match", `W/"4.en"`); r.header.Get("ETag") != `"5.en"` {
		t.Errorf("a tag that a proxy made weak: %d %v", r.status, r.header)
	}
}

func TestWhatIsRefusedForSeveralReasonsSaysAllOfThem(t *testing.T) {
	w := newWorld(t)
	version := int64(1)
	first, second := problem.New("FIELD_MISSING").In("name").With("field", "name"), problem.New("CELL_REQUIRED").In("amount").Under("R-APP-3")
	w.serve(httpapi.VersionRoutes(&version, errors.Join(first, second))...)
	r := w.tell("DELETE", "/record?lang=fr")
	w.refused(r, http.StatusBadRequest, "FIELD_MISSING")
	all, _ := r.at("problems").([]any)
	if len(all) != 2 {
		t.Fatalf("%s", r.text)
	}
	for i, p := range []*problem.Problem{first, second} {
		one := all[i].(map[string]any)
		if one["code"] != string(p.Code) || one["detail"] != p.Message(locale.FR) || one["field"] != p.Field {
			t.Errorf("got %v, want %s", one, p.Message(locale.FR))
		}
	}
	w.serve(httpapi.VersionRoutes(&version, errors.Join(first))...)
	if r := w.tell("DELETE", "/record"); r.body["problems"] != nil || r.body["code"] != "FIELD_MISSING" {
		t.Errorf("a single one: %s", r.text)
	}
	w.serve(httpapi.VersionRoutes(&version, nil)...)
	if r := w.tell("DELETE", "/record"); r.status != http.StatusNoContent || r.text != "" || r.header.Get("Content-Type") != "" {
		t.Errorf("%d %q %v", r.status, r.text, r.header)
	}
}
