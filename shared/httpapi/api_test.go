package httpapi_test

import (
	"fmt"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// A function that only takes requests in starts the faster the less it carries.
func TestTheAPILinksNothingThatReadsOrMakesSheets(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "../../functions/api").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	if !strings.Contains(string(out), "shared/httpapi") {
		t.Fatal("that is not the function of the API")
	}
	heavy := regexp.MustCompile(`guildhall/shared/(sheet|sheet/internal/.*|imports|exports|kinds|jobs)$|xuri/|go-playground/|klauspost/`)
	for name := range strings.FieldsSeq(string(out)) {
		if heavy.MatchString(name) {
			t.Errorf("the API links %s", name)
		}
	}
}

func TestTheAPITakesFilesAsLargeAsSheetsAreRead(t *testing.T) {
	if limit := sheet.DefaultLimits().Bytes; office.MaxUpload != limit {
		t.Errorf("uploads have at most %d bytes, sheets %d", office.MaxUpload, limit)
	}
}

func TestEveryAnswerNamesItsRequestAndIsKeptByNobody(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/api/imports/none", "/nowhere"} {
		r := w.ask("GET", path, "", "X-Test-Request", "r-1")
		if r.header.Get("X-Request-Id") != "r-1" || r.body["request"] != "r-1" || r.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%v %s", r.header, r.text)
		}
	}
	if r := w.ask("GET", "/nowhere", ""); len(r.header.Get("X-Request-Id")) != 26 {
		t.Errorf("no identifier of our own: %v", r.header)
	}
	if !strings.Contains(w.log.String(), `"request":"r-1"`) {
		t.Errorf("the log does not name the request: %s", w.log.String())
	}
}

func TestWhatIsNotARouteIsNotFound(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/nowhere", "/api/imports/", "/api/imports/a/b", "/api/imports/a/report/", "//imports", "/Imports", "/api/exports/" + strings.Repeat("x", 65)} {
		w.refused(w.ask("GET", path, ""), http.StatusNotFound, "ROUTE_UNKNOWN")
	}
	r := w.ask("DELETE", "/api/imports", "")
	w.refused(r, http.StatusMethodNotAllowed, "METHOD_UNKNOWN")
	if r.header.Get("Allow") != "POST, GET" {
		t.Errorf("allowed: %q", r.header.Get("Allow"))
	}
}

func TestNamesThatNoIdentifierHasAreNotFoundAndNotLogged(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{
		"%ff", "%00", "a%2Fb", "..%2Fimport", "%2e%2e", ".", "a%20b", "anna@example.org", "%C3%A9", "a%0A%7B%22level%22%3A1%7D", "a+b", "a;b", "a%25b",
	} {
		for _, r := range []reply{
			w.ask("GET", "/api/imports/"+name, ""), w.ask("GET", "/api/imports/"+name+"/report", ""), w.ask("POST", "/api/imports/"+name+"/check", ""),
			w.ask("POST", "/api/imports/"+name+"/commit", `{"plan":"p"}`), w.ask("GET", "/api/exports/"+name, ""),
		} {
			w.refused(r, http.StatusNotFound, "ROUTE_UNKNOWN")
		}
	}
	if log := w.log.String(); strings.Contains(log, "anna@") || strings.Contains(log, `\n`) {
		t.Errorf("the log says %s", log)
	}
}

func TestWhatWasNeverAskedForIsUnknown(t *testing.T) {
	w := newWorld(t)
	for _, r := range []reply{
		w.ask("GET", "/api/imports/none", ""), w.ask("GET", "/api/imports/none/report", ""), w.ask("GET", "/api/imports/none/annotated", ""),
		w.ask("POST", "/api/imports/none/check", ""), w.ask("POST", "/api/imports/none/commit", `{"plan":"x"}`),
	} {
		w.refused(r, http.StatusNotFound, "IMPORT_UNKNOWN")
	}
	w.refused(w.ask("GET", "/api/exports/none", ""), http.StatusNotFound, "EXPORT_UNKNOWN")
}

func TestBodiesThatCanNotBeUsedAreRefusedByAStableCode(t *testing.T) {
	tests := []struct {
		body, code, field string
		status            int
	}{
		{`{`, "BODY_INVALID", "", 400},
		{`[]`, "BODY_INVALID", "", 400},
		{`null`, "BODY_INVALID", "", 400},
		{`{} {}`, "BODY_INVALID", "", 400},
		{strings.Repeat(`{"a":`, 12000), "BODY_INVALID", "", 400},
		{strings.Repeat("[", httpapi.MaxBody), "BODY_INVALID", "", 400},
		{`{"name":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `,"bytes":1}`, "BODY_INVALID", "", 400},
		{`{"name":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `,"bytes":1}`, "FIELD_INVALID", "name", 400},
		{`{"Name":"a.csv","bytes":1}`, "FIELD_UNKNOWN", "", 400},
		{"\xef\xbb\xbf{}", "BODY_INVALID", "", 400},
		{`{"name":"a.csv","bytes":9223372036854775808}`, "FIELD_INVALID", "bytes", 400},
		{`{"name":"a\u0000.csv","bytes":1}`, "FIELD_INVALID", "name", 400},
		{`{"name":"C:\\a.csv","bytes":1}`, "FIELD_INVALID", "name", 400},
		{`{"nmae":"a.csv","bytes":1}`, "FIELD_UNKNOWN", "", 400},
		{`{"bytes":1}`, "FIELD_MISSING", "name", 400},
		{`{"name":"a.csv"}`, "FIELD_MISSING", "bytes", 400},
		{`{"name":"a.csv","bytes":null}`, "FIELD_MISSING", "bytes", 400},
		{`{"name":1,"bytes":1}`, "FIELD_INVALID", "name", 400},
		{`{"name":"","bytes":1}`, "FIELD_INVALID", "name", 400},
		{`{"name":"../a.csv","bytes":1}`, "FIELD_INVALID", "name", 400},
		{`{"name":"` + strings.Repeat("a", 300) + `.csv","bytes":1}`, "FIELD_INVALID", "name", 400},
		{`{"name":"a.csv","bytes":"1"}`, "FIELD_INVALID", "bytes", 400},
		{`{"name":"a.csv","bytes":1.5}`, "FIELD_INVALID", "bytes", 400},
		{`{"name":"a.csv","bytes":1e999999999}`, "FIELD_INVALID", "bytes", 400},
		{`{"name":"a.csv","bytes":1e-9}`, "FIELD_INVALID", "bytes", 400},
		{`{"name":"a.csv","bytes":true}`, "FIELD_INVALID", "bytes", 400},
		{`{"name":"a.csv","bytes":-1}`, "FIELD_INVALID", "bytes", 400},
		{`{"name":"a.csv","bytes":1,"lang":"de"}`, "FIELD_INVALID", "lang", 400},
		{`{"name":"a.csv","bytes":1,"answers":["x"]}`, "FIELD_INVALID", "answers", 400},
		{`{"name":"a.csv","bytes":1,"answers":{"":"x"}}`, "FIELD_INVALID", "answers", 400},
		{`{"name":"a.csv","bytes":1,"call":"` + strings.Repeat("2", 300) + `"}`, "FIELD_INVALID", "call", 400},
		{`{"name":"a.csv","bytes":0}`, "FILE_EMPTY", "", 422},
		{fmt.Sprintf(`{"name":"a.csv","bytes":%d}`, office.MaxUpload+1), "FILE_TOO_LARGE", "", 422},
		{`{"name":"a.ods","bytes":1}`, "FILE_TYPE_UNSUPPORTED", "", 422},
		{`{"name":"a","bytes":1}`, "FILE_TYPE_UNSUPPORTED", "", 422},
		{`{"name":"a.csv","bytes":1,"sheet":"` + strings.Repeat("x", httpapi.MaxBody) + `"}`, "BODY_TOO_LARGE", "", 413},
	}
	w := newWorld(t)
	for _, test := range tests {
		r := w.ask("POST", "/api/imports", test.body)
		w.refused(r, test.status, test.code)
		if field, _ := r.body["field"].(string); field != test.field {
			t.Errorf("%.60s names the field %q", test.body, field)
		}
	}
	if r := w.ask("POST", "/api/imports", `{"nmae":"a.csv"}`); r.body["suggestion"] != "name" {
		t.Errorf("no suggestion: %s", r.text)
	}
	w.refused(w.ask("POST", "/api/imports", upload, "Content-Type", "text/plain"), http.StatusUnsupportedMediaType, "BODY_TYPE_UNKNOWN")
}

func TestAProblemIsToldInTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	detail := func(lang string) string {
		return problem.New("EXPORT_UNKNOWN").Valued("x").Message(parse(t, lang))
	}
	for _, test := range []struct{ path, accept, lang string }{
		{"/api/exports/x", "", "en"},
		{"/api/exports/x", "fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5", "fr"},
		{"/api/exports/x", "de, es;q=0.7, en;q=0.3", "es"},
		{"/api/exports/x", "zz", "en"},
		{"/api/exports/x", "fr;q=bad", "en"},
		{"/api/exports/x?lang=es", "fr", "es"},
	} {
		r := w.ask("GET", test.path, "", "Accept-Language", test.accept)
		if r.body["detail"] != detail(test.lang) || r.header.Get("Content-Language") != test.lang {
			t.Errorf("%+v: %s", test, r.text)
		}
	}
	w.refused(w.ask("GET", "/api/exports/x?lang=de", ""), http.StatusBadRequest, "FIELD_INVALID")
}

func TestWhatTheStoreCanNotDoNowIsAskedForLater(t *testing.T) {
	w := newWorld(t)
	w.open(unavailable(w.table))
	for _, r := range []reply{w.ask("GET", "/api/imports/x", ""), w.ask("POST", "/api/imports", upload), w.ask("POST", "/api/exports", `{"kind":"budget"}`)} {
		w.refused(r, http.StatusServiceUnavailable, "UNAVAILABLE")
		if r.header.Get("Retry-After") == "" {
			t.Error("no word of when to try again")
		}
	}
}

func TestAnErrorOfOursSaysNothingOfItself(t *testing.T) {
	w := newWorld(t)
	w.handler = httpapi.New(httpapi.Config{ // nearly everything is missing: whatever is touched first panics
		Clock: w.clock, IDs: func() string { return "reference" }, Log: w.logger(), Measure: discard,
		Door: w.door, RequestID: func(*http.Request) string { return "" },
	})
	r := w.ask("GET", "/api/imports/x", "")
	w.refused(r, http.StatusInternalServerError, "INTERNAL")
	if strings.Contains(r.text, "nil pointer") || !strings.Contains(r.text, "reference") {
		t.Errorf("got %s", r.text)
	}
	if !strings.Contains(w.log.String(), "nil pointer") || !strings.Contains(w.log.String(), "reference") {
		t.Errorf("the log does not have it: %s", w.log.String())
	}
}

func TestTheLogNamesNobody(t *testing.T) {
	w := newWorld(t)
	w.create()
	w.ask("POST", "/api/exports", `{"kind":"budget"}`)
	w.ask("POST", "/api/imports", `{"name":"anna.ods","bytes":1}`)
	if log := w.log.String(); log == "" || strings.Contains(log, "anna.ods") || strings.Contains(log, "gifts.csv") {
		t.Errorf("got %s", log)
	}
}
