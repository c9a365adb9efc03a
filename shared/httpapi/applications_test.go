package httpapi_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
)

// ofBrest is the city's person, in a world where the call is open.
func ofBrest(t *testing.T) *world {
	w := newWorld(t)
	w.inCall()
	w.actor = access.Actor{Person: "yann", Role: access.City, Scope: "FR#brest"}
	return w
}

const brest = "/api/applications/2025/FR/brest"

func TestAnApplicationIsStartedEditedAndSentByItsCity(t *testing.T) {
	w := ofBrest(t)
	started := w.ask("POST", "/api/applications", `{"call":"2025","city":"FR#brest","name":"Brest"}`)
	if started.status != http.StatusCreated || started.header.Get("Location") != "applications/2025/FR/brest" || started.body["state"] != "draft" {
		t.Fatalf("%d %v %s", started.status, started.header, started.text)
	}
	if started.at("city", "country", "name") != "France" || started.at("form", "mayor", "name") != "" || started.at("form", "pledge", "on") != nil {
		t.Errorf("%s", started.text)
	}
	w.refused(w.ask("POST", brest+"/send", ""), http.StatusBadRequest, "CELL_REQUIRED")
	edited := w.ask("PUT", brest, `{"form":`+aForm+`}`, "If-Match", started.header.Get("ETag"))
	if edited.status != http.StatusOK || edited.at("form", "contact", "email") != "c@ville.example" {
		t.Fatalf("%d %s", edited.status, edited.text)
	}
	sent := w.ask("POST", brest+"/send", "", "If-Match", edited.header.Get("ETag"))
	if sent.status != http.StatusOK || sent.body["state"] != "sent" || sent.body["receivedOn"] != "2025-05-20" {
		t.Errorf("%d %s", sent.status, sent.text)
	}
	read := w.ask("GET", brest, "")
	if read.text != sent.text || read.header.Get("ETag") != sent.header.Get("ETag") {
		t.Errorf("%s was sent, and %s is read", sent.text, read.text)
	}
	if again := w.ask("GET", brest, "", "If-None-Match", sent.header.Get("ETag")); again.status != http.StatusNotModified {
		t.Errorf("%d of what has not changed", again.status)
	}
	w.refused(w.ask("PUT", brest, `{"form":{}}`, "If-Match", read.header.Get("ETag")), http.StatusConflict, "APPLICATION_AT_COMMISSION")
}

func TestAllThatIsWrongWithAFormIsSaidAtOnce(t *testing.T) {
	w := ofBrest(t)
	w.ask("POST", "/api/applications", `{"call":"2025","city":"FR#brest","name":"Brest","form":{"contact":{"email":"no address"},"interests":["alchemy"]}}`)
	r := w.ask("POST", brest+"/send", "")
	w.refused(r, http.StatusBadRequest, "CELL_REQUIRED")
	var codes []string
	list, _ := r.body["problems"].([]any)
	for _, one := range list {
		codes = append(codes, one.(map[string]any)["code"].(string))
	}
	for _, want := range []string{"EMAIL_INVALID", "PLEDGE_MISSING", "ENUM_UNKNOWN"} {
		if !slices.Contains(codes, want) {
			t.Errorf("%s is not among %v", want, codes)
		}
	}
}

func TestAChangeIsMadeToTheVersionThatWasRead(t *testing.T) {
	w := ofBrest(t)
	first := w.bring("FR/brest", "start").header.Get("ETag")
	w.refused(w.ask("PUT", brest, `{"form":{}}`), http.StatusPreconditionRequired, "IF_MATCH_MISSING")
	one := w.ask("PUT", brest, `{"form":{"plans":"Un."}}`, "If-Match", first, "Idempotency-Key", "k1")
	if one.status != http.StatusOK || one.header.Get("ETag") == first {
		t.Fatalf("%d %v %s", one.status, one.header, one.text)
	}
	w.refused(w.ask("PUT", brest, `{"form":{"plans":"Deux."}}`, "If-Match", first), http.StatusPreconditionFailed, "RECORD_CHANGED")
	if again := w.ask("PUT", brest, `{"form":{"plans":"Un."}}`, "If-Match", first, "Idempotency-Key", "k1"); again.text != one.text {
		t.Errorf("the same request is answered %s and %s", one.text, again.text)
	}
	w.refused(w.ask("PUT", brest, `{"form":{"plans":"Deux."}}`, "If-Match", first, "Idempotency-Key", "k1"),
		http.StatusUnprocessableEntity, "IDEMPOTENCY_KEY_REUSED")
	w.refused(w.ask("POST", brest+"/withdraw", "", "If-Match", first), http.StatusPreconditionFailed, "RECORD_CHANGED")
	if r := w.ask("POST", brest+"/withdraw", `{"reason":"We are not ready."}`); r.status != http.StatusOK || r.body["state"] != "withdrawn" {
		t.Errorf("%d %s", r.status, r.text)
	}
}

func TestAFormIsReadStrictly(t *testing.T) {
	w := ofBrest(t)
	for _, c := range []struct{ form, code, field string }{
		{`7`, "FIELD_INVALID", "form"},
		{`[]`, "FIELD_INVALID", "form"},
		{`{"name":"Brest"}`, "FIELD_UNKNOWN", ""},
		{`{"mayor":{"nmae":"A."}}`, "FIELD_UNKNOWN", ""},
		{`{"mayor":"A."}`, "FIELD_INVALID", "form.mayor"},
		{`{"mayor":{"name":7}}`, "FIELD_INVALID", "form.mayor.name"},
		{`{"pledge":{"given":"yes"}}`, "FIELD_INVALID", "form.pledge.given"},
		{`{"pledge":{"on":"tomorrow"}}`, "FIELD_INVALID", "form.pledge.on"},
		{`{"profile":{"population":{"value":140000}}}`, "FIELD_INVALID", "form.profile.population.value"},
		{`{"profile":{"population":{"value":"140000","year":12026}}}`, "FIELD_INVALID", "form.profile.population.year"},
		{`{"interests":"health"}`, "FIELD_INVALID", "form.interests"},
		{`{"interests":[null]}`, "FIELD_INVALID", "form.interests"},
		{`{"challenges":[{"challenge":"x"}]}`, "FIELD_MISSING", "form.challenges.rating"},
		{`{"challenges":[{"challenge":"x","rating":3.5}]}`, "FIELD_INVALID", "form.challenges.rating"},
	} {
		r := w.ask("POST", "/api/applications", `{"call":"2025","city":"FR#brest","name":"Brest","form":`+c.form+`}`)
		w.refused(r, http.StatusBadRequest, c.code)
		if field, _ := r.body["field"].(string); field != c.field {
			t.Errorf("%s: said of %q", c.form, field)
		}
	}
	full := `{"website":" https://x.example ","mayor":null,"profile":{"population":{"value":"140000","year":2.022e3}},` +
		`"challenges":[{"challenge":"x","rating":3}],"partners":["U. de Brest",""],"pledge":{"given":true,"on":"2025-05-01"}}`
	r := w.ask("POST", "/api/applications", `{"call":"2025","city":"FR#brest","name":"Brest","form":`+full+`}`)
	for _, part := range []string{
		`"website":"https://x.example"`, `"population":{"value":"140000","year":2022}`, `"challenges":[{"challenge":"x","rating":3}]`,
		`"partners":["U. de Brest"]`, `"pledge":{"given":true,"name":"","on":"2025-05-01"}`,
	} {
		if !strings.Contains(r.text, part) {
			t.Errorf("%s is not in %s", part, r.text)
		}
	}
}

func TestARoundIsDecidedAndListed(t *testing.T) {
	w := ofBrest(t)
	w.bring("FR/brest", "start send endorse submit accept")
	w.bring("FR/evry", "start send endorse submit defer")
	w.bring("DE/kiel", "start send")
	w.actor = access.Actor{Person: "lucia", Role: access.Auditor}
	if r := w.ask("GET", brest, ""); r.body["memberFrom"] != "2025-05-20" || r.body["counts"] != true || len(r.body["events"].([]any)) != 5 {
		t.Errorf("%s", r.text)
	}
	for _, c := range []struct{ path, cities string }{
		{"/api/applications", "DE#kiel FR#brest FR#evry"},
		{"/api/applications?country=FR&state=deferred", "FR#evry"},
		{"/api/applications?call=2025&limit=2", "DE#kiel FR#brest"},
		{"/api/endorsements", "FR#brest FR#evry"},
		{"/api/endorsements?country=DE", ""},
		{"/api/decisions", "FR#brest FR#evry"},
		{"/api/decisions?state=accepted", "FR#brest"},
	} {
		if r := w.ask("GET", c.path, ""); citiesIn(r) != c.cities {
			t.Errorf("%s: %s", c.path, r.text)
		}
	}
	first := w.ask("GET", "/api/applications?limit=2", "")
	if rest := w.ask("GET", "/api/applications?limit=2&cursor="+first.body["next"].(string), ""); citiesIn(rest) != "FR#evry" || rest.body["next"] != nil {
		t.Errorf("the second page: %s", rest.text)
	}
	w.refused(w.ask("GET", "/api/applications?state=lost", ""), http.StatusBadRequest, "FIELD_INVALID")
	w.refused(w.ask("GET", "/api/applications?call=1999", ""), http.StatusNotFound, "CALL_UNKNOWN")
	w.refused(w.ask("GET", "/api/applications/2025/FR/quimper", ""), http.StatusNotFound, "APPLICATION_NONE")
	w.actor = access.Actor{Person: "n", Role: access.Commission, Scope: "FR"}
	if r := w.ask("GET", "/api/calls/2025/quotas/FR", ""); r.body["used"] != float64(2) || r.body["left"] != float64(1) {
		t.Errorf("%s", r.text)
	}
	if r := w.ask("GET", "/api/applications", ""); citiesIn(r) != "FR#brest FR#evry" {
		t.Errorf("%s", r.text)
	}
}

// citiesIn lists the cities of a list's items.
func citiesIn(r reply) string {
	var cities []string
	items, _ := r.body["items"].([]any)
	for _, item := range items {
		cities = append(cities, item.(map[string]any)["city"].(map[string]any)["id"].(string))
	}
	return strings.Join(cities, " ")
}

func TestAnExtensionIsGrantedOnceAndShown(t *testing.T) {
	w := newWorld(t)
	w.inCall()
	w.actor.Lang = "fr"
	first := w.ask("POST", "/api/calls/2025/extensions", extension, "Idempotency-Key", "k1")
	again := w.ask("POST", "/api/calls/2025/extensions", extension, "Idempotency-Key", "k1")
	if first.status != http.StatusCreated || first.text != again.text || first.body["grantedBy"] != "anna" {
		t.Errorf("%d %s, then %s", first.status, first.text, again.text)
	}
	w.refused(w.ask("POST", "/api/calls/2025/extensions", extension), http.StatusConflict, "DEADLINE_NOT_EXTENDED")
	if r := w.ask("GET", "/api/calls/2025/extensions", ""); len(r.body["items"].([]any)) != 1 {
		t.Errorf("%s", r.text)
	}
	w.refused(w.ask("POST", "/api/calls/2025/extensions", `{"deadline":"city","country":"ZZ","until":"2026-01-31","reason":"x"}`),
		http.StatusNotFound, "COUNTRY_UNKNOWN")
	for _, body := range []string{
		`{"deadline":"mine","until":"2026-01-31","reason":"x"}`,
		`{"deadline":"city","country":"FR","city":"DE#kiel","until":"2026-01-31","reason":"x"}`,
		`{"deadline":"city","city":"Brest","until":"2026-01-31","reason":"x"}`, `{"deadline":"city","until":"2026-01-31","reason":" "}`,
	} {
		if r := w.ask("POST", "/api/calls/2025/extensions", body); r.status != http.StatusBadRequest {
			t.Errorf("%s: %s", body, r.text)
		}
	}
}

func TestTheDocumentListsTheStatesAndActionsOfApplications(t *testing.T) {
	c := described(t)
	for _, list := range []struct {
		at   []string
		want []string
	}{
		{[]string{"ApplicationState", "enum"}, texts(application.States[1:]...)},
		{[]string{"Application", "properties", "events", "items", "properties", "action", "enum"}, texts(application.Actions...)},
		{[]string{"Decision", "properties", "decision", "enum"}, texts(application.Accepted, application.Deferred, application.Declined)},
	} {
		value, _ := c.at(append([]string{"components", "schemas"}, list.at...)...)
		var got []string
		for _, one := range value.([]any) {
			got = append(got, one.(string))
		}
		if slices.Sort(got); !slices.Equal(got, list.want) {
			t.Errorf("%v lists %q, the code has %q", list.at, got, list.want)
		}
	}
}
