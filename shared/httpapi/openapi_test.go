package httpapi_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// contract is the OpenAPI document as it is served, with the means to hold requests and answers to it.
type contract struct {
	document map[string]any
	compiler *jsonschema.Compiler
	mutex    sync.Mutex // of the compiler, which keeps what it compiled
}

var served = sync.OnceValues(func() (*contract, error) {
	api := httpapi.New(httpapi.Config{
		Clock: (&world{}).clock, IDs: func() string { return "request" }, Log: (&world{}).logger(), Measure: metric.Discard,
		RequestID: func(*http.Request) string { return "" },
	})
	recorder := httptest.NewRecorder()
	api.ServeHTTP(recorder, httptest.NewRequest("GET", "/api/openapi.json", nil))
	document, err := jsonschema.UnmarshalJSON(recorder.Body)
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	if err := compiler.AddResource("urn:openapi", document); err != nil {
		return nil, err
	}
	return &contract{document: document.(map[string]any), compiler: compiler}, nil
})

func described(t testing.TB) *contract {
	t.Helper()
	c, err := served()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// at gives what stands in the document under keys, one in the other, and where it stands; references on the way are followed.
func (c *contract) at(keys ...string) (value any, pointer string) {
	value, pointer = c.document, "#"
	for _, key := range keys {
		object, _ := value.(map[string]any)
		value, pointer = object[key], pointer+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
		if target, ok := referred(value); ok {
			value, pointer = c.at(strings.Split(strings.TrimPrefix(target, "#/"), "/")...)
		}
	}
	return value, pointer
}

// referred is where an object points that is a reference and nothing else.
func referred(value any) (target string, ok bool) {
	object, _ := value.(map[string]any)
	target, ok = object["$ref"].(string)
	return target, ok && len(object) == 1
}

// object is at for an object, whose keys are what counts.
func (c *contract) object(keys ...string) map[string]any {
	value, _ := c.at(keys...)
	object, _ := value.(map[string]any)
	return object
}

// holds checks that an answer is one that the document describes for its request, and that a request which was taken is one too.
func (c *contract) holds(t testing.TB, r *http.Request, body string, got reply) {
	t.Helper()
	path, known := c.path(r)
	media, _, _ := strings.Cut(got.header.Get("Content-Type"), ";")
	if !known && strings.HasPrefix(media, "text/") { // a page, which is no part of the API
		return
	}
	if !known {
		c.fits(t, r, got.text, "components", "schemas", "Problem")
		return
	}
	operation := []string{"paths", path, strings.ToLower(r.Method)}
	response := slices.Clip(append(operation, "responses", strconv.Itoa(got.status)))
	if c.object(response...) == nil {
		t.Errorf("%s %s is answered %d, which the document does not describe", r.Method, path, got.status)
		return
	}
	for name := range c.object(append(response, "headers")...) {
		about := c.object(append(response, "headers", name)...)
		value := got.header.Get(name)
		if value == "" && about["required"] == true {
			t.Errorf("%s %s: %d without the header %s", r.Method, path, got.status, name)
		}
		if text, err := json.Marshal(value); err == nil && value != "" {
			c.fits(t, r, string(text), append(response, "headers", name, "schema")...)
		}
	}
	for _, name := range []string{"ETag", "Location", "Retry-After"} {
		if got.header.Get(name) != "" && c.object(append(response, "headers", name)...) == nil {
			t.Errorf("%s %s: %d has the header %s, which the document does not describe", r.Method, path, got.status, name)
		}
	}
	if content := c.object(append(response, "content")...); content != nil {
		if content[media] == nil {
			t.Errorf("%s %s: %d is %q, which the document does not describe", r.Method, path, got.status, media)
			return
		}
		value := got.text
		if !strings.HasSuffix(media, "json") { // a page is one text
			quoted, err := json.Marshal(got.text)
			if err != nil {
				t.Fatal(err)
			}
			value = string(quoted)
		}
		c.fits(t, r, value, append(response, "content", media, "schema")...)
	} else if got.text != "" {
		t.Errorf("%s %s: %d has a body: %s", r.Method, path, got.status, got.text)
	}
	if got.status < 300 && body != "" {
		c.fits(t, r, body, append(operation, "requestBody", "content", "application/json", "schema")...)
	}
}

// path is the document's for a request, where it has the method too: the one with fewest variables.
func (c *contract) path(r *http.Request) (path string, known bool) {
	asked := strings.Split(r.URL.Path, "/")
	for one := range c.object("paths") {
		parts := strings.Split(one, "/")
		same := slices.EqualFunc(parts, asked, func(part, given string) bool {
			return part == given || strings.HasPrefix(part, "{") && given != ""
		})
		if same && (path == "" || strings.Count(one, "{") < strings.Count(path, "{")) {
			path = one
		}
	}
	return path, path != "" && c.object("paths", path, strings.ToLower(r.Method)) != nil
}

// fits checks a text of JSON against a schema of the document.
func (c *contract) fits(t testing.TB, r *http.Request, text string, schema ...string) {
	t.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	_, pointer := c.at(schema...)
	compiled, err := c.compiler.Compile("urn:openapi" + pointer)
	if err != nil {
		t.Fatalf("%s: %v", pointer, err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Errorf("%s %s: %.300s is not what the document describes: %v", r.Method, r.URL, text, err)
	}
}

func TestTheDocumentIsAnsweredAsItDescribesItself(t *testing.T) {
	w := newWorld(t)
	r := w.ask("GET", "/api/openapi.json", "")
	if r.status != http.StatusOK || r.at("info", "title") != "Guildhall" {
		t.Errorf("%d %.300s", r.status, r.text)
	}
	if again := w.ask("GET", "/api/openapi.json?lang=fr", "", "If-None-Match", r.header.Get("ETag")); again.status != http.StatusNotModified {
		t.Errorf("%d: it has one language", again.status)
	}
	w.refused(w.ask("GET", "/api/openapi.json?lang=de", ""), http.StatusBadRequest, "FIELD_INVALID")
	w.refused(w.ask("POST", "/api/openapi.json", ""), http.StatusMethodNotAllowed, "METHOD_UNKNOWN")
}

// methods are the keys of a path that stand for an operation.
var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

func TestTheDocumentHasExactlyTheRoutes(t *testing.T) {
	var routes, documented []string
	for _, route := range httpapi.Routes() {
		if !route.Page {
			routes = append(routes, route.Method+" "+route.Pattern)
		}
	}
	c := described(t)
	names := map[string]bool{}
	for path := range c.object("paths") {
		for _, method := range methods {
			operation := c.object("paths", path, method)
			if operation == nil {
				continue
			}
			documented = append(documented, strings.ToUpper(method)+" "+path)
			name, _ := operation["operationId"].(string)
			if name == "" || names[name] {
				t.Errorf("%s %s has the name %q", method, path, name)
			}
			names[name] = true
		}
	}
	slices.Sort(routes)
	slices.Sort(documented)
	if !slices.Equal(routes, documented) {
		t.Errorf("routes: %q\ndocument: %q", routes, documented)
	}
}

func TestTheDocumentHasEachCodeUnderTheStatusThatItIsAnsweredWith(t *testing.T) {
	c := described(t)
	seen := map[string]bool{"METHOD_UNKNOWN": true} // of what is no operation
	for path := range c.object("paths") {
		for _, method := range methods {
			for status := range c.object("paths", path, method, "responses") {
				codes, _ := c.at("paths", path, method, "responses", status, "content", "application/problem+json",
					"schema", "properties", "code", "enum")
				list, _ := codes.([]any)
				for _, one := range list {
					code := one.(string)
					seen[code] = true
					if _, ok := problem.Lookup(problem.Code(code)); !ok {
						t.Errorf("%s %s: the catalogue has no %s", method, path, code)
					}
					if want := strconv.Itoa(httpapi.StatusOf(problem.Code(code))); status != want {
						t.Errorf("%s %s: %s stands under %s, and is answered %s", method, path, code, status, want)
					}
				}
			}
		}
	}
	for code := range httpapi.Statuses {
		if !seen[string(code)] {
			t.Errorf("%s is in no answer of the document", code)
		}
	}
}

func TestEveryPartOfTheDocumentIsUsed(t *testing.T) {
	used := map[string]bool{}
	var look func(value any)
	look = func(value any) {
		switch value := value.(type) {
		case map[string]any:
			if target, ok := value["$ref"].(string); ok {
				used[target] = true
			}
			for _, within := range value {
				look(within)
			}
		case []any:
			for _, within := range value {
				look(within)
			}
		}
	}
	c := described(t)
	look(c.document)
	for kind := range c.object("components") {
		for name := range c.object("components", kind) {
			if target := "#/components/" + kind + "/" + name; kind != "securitySchemes" && !used[target] {
				t.Errorf("nothing refers to %s", target)
			}
		}
	}
	for target := range used {
		if value, _ := c.at(strings.Split(strings.TrimPrefix(target, "#/"), "/")...); value == nil {
			t.Errorf("there is no %s", target)
		}
	}
}

// Each schema of a list says what the code has, no less and no more; "" and null stand for nothing.
func TestTheDocumentListsWhatTheCodeHas(t *testing.T) {
	c := described(t)
	var formats []request.Format
	for _, kind := range request.All() {
		formats = append(formats, kind.Formats()...)
	}
	for _, list := range []struct {
		schema, property string
		want             []string
	}{
		{"Import", "state", texts(intake.Awaiting, intake.Checking, intake.Checked, intake.Refused, intake.Committing, intake.Committed,
			intake.Failed, intake.Undoing, intake.Undone)},
		{"Import", "mode", texts(intake.All, intake.Valid)},
		{"Order", "mode", texts(intake.All, intake.Valid)},
		{"Export", "state", texts(request.Asked, request.Building, request.Ready, request.Failed)},
		{"Export", "kind", texts(request.All()...)},
		{"Wish", "kind", texts(request.All()...)},
		{"Export", "format", texts(formats...)},
		{"Wish", "format", texts(formats...)},
		{"Export", "lang", texts(locale.Langs[:]...)},
		{"Wish", "lang", texts(locale.Langs[:]...)},
		{"NewImport", "lang", texts(locale.Langs[:]...)},
		{"Member", "state", texts(office.MemberStates...)},
		{"NewEvent", "kind", texts(network.Kinds...)},
		{"ActivityStatus", "", texts(workplan.Statuses...)},
		{"Finding", "severity", texts(problem.Error, problem.Question, problem.Warning, problem.Info)},
	} {
		place := []string{"components", "schemas", list.schema}
		if list.property != "" {
			place = append(place, "properties", list.property)
		}
		value, _ := c.at(append(place, "enum")...)
		var got []string
		all, _ := value.([]any)
		for _, one := range all {
			if text, _ := one.(string); text != "" {
				got = append(got, text)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, list.want) {
			t.Errorf("%s.%s lists %q, the code has %q", list.schema, list.property, got, list.want)
		}
	}
	bound, _ := c.at("components", "schemas", "NewImport", "properties", "bytes", "maximum")
	if bound != json.Number(strconv.Itoa(office.MaxUpload)) {
		t.Errorf("files have at most %v bytes", bound)
	}
	most, _ := c.at("components", "schemas", "Answers", "maxProperties")
	if most != json.Number(strconv.Itoa(intake.MaxAnswers)) {
		t.Errorf("at most %v answers are taken", most)
	}
}

// texts are the different ones of a list, in order.
func texts[T ~string](values ...T) []string {
	var list []string
	for _, value := range values {
		list = append(list, string(value))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func TestWishesThatTheDocumentRefusesAreRefused(t *testing.T) {
	w := newWorld(t)
	for _, kind := range request.All() {
		for _, format := range []request.Format{request.XLSX, request.PDF, request.CSV, request.IATI} {
			wish := map[string]any{"kind": kind, "format": format}
			if kind == request.Donor {
				wish["donor"] = "Brest"
			}
			body, err := json.Marshal(wish)
			if err != nil {
				t.Fatal(err)
			}
			// What is taken fits the document: ask sees to it. What is refused must not.
			if r := w.ask("POST", "/api/exports", string(body)); (r.status == http.StatusAccepted) != slices.Contains(kind.Formats(), format) {
				t.Errorf("%s: %s", body, r.text)
			} else if r.status != http.StatusAccepted && described(t).allows(t, string(body), "Wish") {
				t.Errorf("%s is refused, and fits the document", body)
			}
		}
	}
}

// allows reports whether a text of JSON fits a schema.
func (c *contract) allows(t testing.TB, text, schema string) bool {
	t.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := c.compiler.Compile("urn:openapi#/components/schemas/" + schema)
	if err != nil {
		t.Fatal(err)
	}
	return compiled.Validate(value) == nil
}
