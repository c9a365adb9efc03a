package httpapi_test

import (
	"crypto/rand"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/table"
)

// peopleOver keeps people in a table. The first identifier that it gives out is a person's where one is named, as tests name their actors.
func peopleOver(t testing.TB, over table.Table, clock identity.Clock, named string) *people.Service {
	t.Helper()
	next := identity.NewIDs(clock, nil)
	ids := func() string {
		if id := named; id != "" {
			named = ""
			return id
		}
		return next()
	}
	on, err := people.New(people.Config{
		Table: over, Clock: clock, IDs: ids, Random: rand.Reader, Key: []byte("a key that is only for these tests"),
		Idle: time.Hour, Absolute: 12 * time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	return on
}

// enrolled puts an actor on record under its own identifier, beside another person of the secretariat.
func enrolled(w *world, actor access.Actor) map[string]string {
	w.t.Helper()
	ctx := access.WithActor(w.t.Context(), access.Actor{Person: "test", Role: access.Secretariat})
	names := map[string]string{}
	for name, who := range map[string]access.Actor{"own": actor, "foreign": {Person: "somebody", Role: access.Secretariat}} {
		on := peopleOver(w.t, w.table, w.clock, who.Person)
		standing := people.Standing{Email: who.Person + "@example.org", Role: who.Role, Scope: who.Scope, Lang: locale.EN}
		if _, err := on.Invite(ctx, "", standing); err != nil {
			w.t.Fatal(err)
		}
		_, session, err := on.StartSession(w.t.Context(), who.Person)
		if err != nil {
			w.t.Fatal(err)
		}
		names[name], names[name+"Session"] = who.Person, session.ID
	}
	return names
}

const aStanding = `{"email":"new@example.org","role":"city","scope":"FR#evry","lang":"fr"}`

var atFirst = []string{"If-Match", `"1.en"`}

// ofPerson asks for something below a person: whoever asks, and somebody else.
func ofPerson(route, below, body, reach string, header ...string) row {
	return row{
		route: route, prepare: enrolled, reach: reach,
		own:     asked{path: "/api/people/{own}" + strings.ReplaceAll(below, "{session}", "{ownSession}"), body: body, header: header},
		foreign: asked{path: "/api/people/{foreign}" + strings.ReplaceAll(below, "{session}", "{foreignSession}"), body: body, header: header},
	}
}

var peopleRows = []row{
	{route: "GET /api/people", own: asked{path: "/api/people"}, reach: "all all all all all all", prepare: enrolled},
	{route: "POST /api/people", own: asked{path: "/api/people", body: aStanding}, reach: "all no no no no no"},
	{route: "GET /api/people/events", own: asked{path: "/api/people/events"}, reach: "all no no no no all"},
	ofPerson("GET /api/people/{person}", "", "", "all own own own own all"),
	ofPerson("PUT /api/people/{person}", "", aStanding, "all no no no no no", atFirst...),
	ofPerson("DELETE /api/people/{person}", "", "", "all no no no no no", atFirst...),
	ofPerson("POST /api/people/{person}/unbind", "/unbind", "", "all no no no no no"),
	ofPerson("GET /api/people/{person}/sessions", "/sessions", "", "all own own own own all"),
	ofPerson("DELETE /api/people/{person}/sessions", "/sessions", "", "all own own own own own"),
	ofPerson("DELETE /api/people/{person}/sessions/{session}", "/sessions/{session}", "", "all own own own own own"),
}

var signInRows = []row{
	{route: "GET /signin", own: asked{path: "/signin?next=/api/me"}, reach: "public"},
	{route: "GET /signin/return", own: asked{path: "/signin/return?code=1"}, reach: "public"},
	{route: "POST /signout", own: asked{path: "/signout"}, reach: "all all all all all all"},
}

func TestAPersonIsInvitedChangedAndRemoved(t *testing.T) {
	w := newWorld(t)
	made := w.ask("POST", "/api/people", aStanding)
	id, _ := made.body["id"].(string)
	if made.status != http.StatusCreated || made.header.Get("Location") != "people/"+id || made.header.Get("ETag") != `"1.en"` {
		t.Fatalf("%d %v %s", made.status, made.header, made.text)
	}
	if made.body["email"] != "new@example.org" || made.body["scope"] != "FR#evry" || made.body["bound"] != false {
		t.Errorf("%s", made.text)
	}
	if read := w.ask("GET", "/api/people/"+id, ""); read.text != made.text || read.header.Get("ETag") != `"1.en"` {
		t.Errorf("%d %v %s", read.status, read.header, read.text)
	}
	const next = `{"email":"new@example.org","role":"auditor","lang":"es"}`
	if got := w.ask("PUT", "/api/people/"+id, next); got.status != http.StatusPreconditionRequired || got.body["code"] != "IF_MATCH_MISSING" {
		t.Errorf("without a version: %d %s", got.status, got.text)
	}
	changed := w.ask("PUT", "/api/people/"+id, next, "If-Match", `"1.en"`)
	if changed.status != http.StatusOK || changed.body["role"] != "auditor" || changed.body["scope"] != nil || changed.header.Get("ETag") != `"2.en"` {
		t.Errorf("%d %v %s", changed.status, changed.header, changed.text)
	}
	for _, method := range []string{"PUT", "DELETE"} {
		body := next
		if method == "DELETE" {
			body = ""
		}
		if got := w.ask(method, "/api/people/"+id, body, "If-Match", `"1.en"`); got.status != http.StatusPreconditionFailed {
			t.Errorf("%s of an earlier version: %d %s", method, got.status, got.text)
		}
	}
	if got := w.ask("DELETE", "/api/people/"+id, "", "If-Match", `"2.fr"`); got.status != http.StatusNoContent || got.text != "" {
		t.Errorf("%d %s", got.status, got.text)
	}
	if got := w.ask("GET", "/api/people/"+id, ""); got.status != http.StatusNotFound || got.body["code"] != "PERSON_UNKNOWN" {
		t.Errorf("%d %s", got.status, got.text)
	}
	events := w.ask("GET", "/api/people/events?year=2026&limit=2", "")
	if items, _ := events.body["items"].([]any); len(items) != 2 || items[0].(map[string]any)["action"] != "people.invite" || events.body["next"] == nil {
		t.Errorf("%s", events.text)
	}
	following, _ := events.body["next"].(string)
	rest := w.ask("GET", "/api/people/events?year=2026&limit=2&cursor="+following, "")
	if items, _ := rest.body["items"].([]any); len(items) != 1 || items[0].(map[string]any)["action"] != "people.remove" || rest.body["next"] != nil {
		t.Errorf("%s", rest.text)
	}
	if got := w.ask("GET", "/api/people/events?year=2025&cursor="+following, ""); got.body["code"] != "CURSOR_INVALID" {
		t.Errorf("another year's cursor: %d %s", got.status, got.text)
	}
	if got := w.ask("GET", "/api/people/events?year=soon", ""); got.status != http.StatusBadRequest || got.body["field"] != "year" {
		t.Errorf("%d %s", got.status, got.text)
	}
}

func TestAnInvitationThatIsSentAgainInvitesNobodyTwice(t *testing.T) {
	w := newWorld(t)
	first := w.ask("POST", "/api/people", aStanding, "Idempotency-Key", "1")
	if again := w.ask("POST", "/api/people", aStanding, "Idempotency-Key", "1"); again.status != http.StatusCreated || again.text != first.text {
		t.Errorf("%d %s", again.status, again.text)
	}
	other := strings.Replace(aStanding, "new@", "other@", 1)
	if got := w.ask("POST", "/api/people", other, "Idempotency-Key", "1"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("another under the same key: %d %s", got.status, got.text)
	}
	for body, want := range map[string]string{
		aStanding: "EMAIL_TAKEN", `{"email":"a@example.org"}`: "FIELD_MISSING", `{"email":"a","role":"city"}`: "EMAIL_INVALID",
		`{"email":"a@example.org","role":"mayor"}`:                "ENUM_UNKNOWN",
		`{"email":"a@example.org","role":"city","scope":"Brest"}`: "FIELD_INVALID",
	} {
		if got := w.ask("POST", "/api/people", body); got.body["code"] != want || got.status >= http.StatusInternalServerError {
			t.Errorf("%s: %d %s", body, got.status, got.text)
		}
	}
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	w := newWorld(t)
	names := enrolled(w, actorOf(access.City))
	path := "/api/people/" + names["own"] + "/sessions"
	items := func() []any {
		list, _ := w.ask("GET", path, "").body["items"].([]any)
		return list
	}
	if got := items(); len(got) != 1 || got[0].(map[string]any)["id"] != names["ownSession"] {
		t.Fatalf("%v", got)
	}
	for _, end := range []string{path + "/" + names["ownSession"], path, path} {
		if got := w.ask("DELETE", end, ""); got.status != http.StatusNoContent {
			t.Errorf("%s: %d %s", end, got.status, got.text)
		}
	}
	if got := items(); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if got := w.ask("GET", "/api/people/nobody/sessions", ""); got.body["code"] != "PERSON_UNKNOWN" {
		t.Errorf("%d %s", got.status, got.text)
	}
	if got := w.ask("DELETE", "/api/people/somebody", "", "If-Match", `"1.en"`); got.status != http.StatusConflict || got.body["code"] != "LAST_SECRETARIAT" {
		t.Errorf("the last one: %d %s", got.status, got.text)
	}
}
