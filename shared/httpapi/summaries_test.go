package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/outbox"
)

func TestASummaryIsReadInTheLanguageOfTheRequest(t *testing.T) {
	w := newWorld(t)
	names := someSummaries(w, w.actor)
	page := w.ask("GET", "/api/summaries?about=cluster_digest&outcome=written&lang=fr", "")
	items, _ := page.body["items"].([]any)
	if len(items) != 1 || !strings.Contains(page.text, `"title":"État des lieux"`) || !strings.Contains(page.text, names["digest"]) {
		t.Fatalf("%s", page.text)
	}
	for query, field := range map[string]string{"about=weather": "about", "outcome=lost": "outcome", "cursor=nonsense": "cursor"} {
		if r := w.ask("GET", "/api/summaries?"+query, ""); r.status != http.StatusBadRequest || r.body["field"] != field {
			t.Errorf("%s: %d %s", query, r.status, r.text)
		}
	}
	r := w.ask("GET", "/api/summaries/"+names["digest"]+"?lang=fr", "")
	if r.header.Get("ETag") != `"1.fr"` || r.at("report", "lead") != "Tout va bien." || r.at("summary", "revision") != 1.0 ||
		r.at("summary", "period", "to") != "2026-09-30" || r.at("summary", "subject", "cluster") != "health" {
		t.Errorf("%v %s", r.header, r.text)
	}
	if !strings.Contains(r.text, "\"shown\":\"1\u202f234\"") || !strings.Contains(r.text, `"number":1234`) || !strings.Contains(r.text, `"late":true`) {
		t.Errorf("figures and lists: %s", r.text)
	}
	if files, _ := r.body["files"].([]any); len(files) != 2 || r.body["correctable"] != true {
		t.Errorf("%s", r.text)
	}
	reminder := w.ask("GET", "/api/summaries/"+names["ownCity"], "")
	if reminder.at("summary", "ahead") != 7.0 || reminder.at("summary", "day") != "2026-10-01" || reminder.body["correctable"] != false {
		t.Errorf("%s", reminder.text)
	}
	for _, revision := range []string{"0", "2", "x"} {
		w.refused(w.ask("GET", "/api/summaries/"+names["digest"]+"?revision="+revision, ""), http.StatusBadRequest, "FIELD_INVALID")
	}
	w.refused(w.ask("GET", "/api/summaries/none", ""), http.StatusNotFound, "SUMMARY_UNKNOWN")
}

func TestAReportIsCorrectedAtTheRevisionThatWasRead(t *testing.T) {
	w := newWorld(t)
	names := someSummaries(w, actorOf(access.Secretariat))
	w.actor = actorOf(access.Secretariat)
	path := "/api/summaries/" + names["membership"]
	w.refused(w.ask("POST", path+"/correction", ""), http.StatusPreconditionRequired, "IF_MATCH_MISSING")
	w.refused(w.ask("POST", path+"/correction", "", "If-Match", `"2.en"`), http.StatusPreconditionFailed, "RECORD_CHANGED")
	for range 2 { // the second one as a request that is sent again
		r := w.ask("POST", path+"/correction", "", "If-Match", `"1.en"`)
		revisions, _ := r.body["revisions"].([]any)
		if r.status != http.StatusOK || r.header.Get("ETag") != `"2.en"` || len(revisions) != 2 || r.at("summary", "by") != "secretariat" ||
			len(revisions[1].(map[string]any)["changes"].([]any)) == 0 {
			t.Fatalf("%d %v %s", r.status, r.header, r.text)
		}
	}
	if r := w.ask("GET", path+"?revision=1", ""); r.at("report", "lead") != "It stands well." || r.at("summary", "revision") != 2.0 {
		t.Errorf("the first revision: %s", r.text)
	}
	w.refused(w.ask("POST", path+"/correction", "", "If-Match", `"2.en"`), http.StatusConflict, "SUMMARY_UNCHANGED")
	w.refused(w.ask("POST", "/api/summaries/"+names["ownCity"]+"/correction", "", "If-Match", `"1.en"`), http.StatusConflict, "SUMMARY_NO_REPORT")
	if len(w.delivered.bodies) != 2 { // the one who got the first, and another one of the secretariat, who would get it today
		t.Errorf("tasks: %q", w.delivered.bodies)
	}
}

func TestAFileOfASummaryIsAskedForOnceUnderAKeyAndMadeAsOfTheReport(t *testing.T) {
	w := newWorld(t)
	names := someSummaries(w, w.actor)
	asOf := w.now
	w.now = w.now.AddDate(0, 1, 0)
	path := "/api/summaries/" + names["fund"] + "/files/"
	first := w.ask("POST", path+"1", `{"lang":"es"}`, "Idempotency-Key", "1")
	if first.status != http.StatusAccepted || first.at("export", "kind") != "donor" || first.at("export", "format") != "pdf" ||
		first.at("export", "lang") != "es" || first.at("export", "at") != asOf.Format("2006-01-02T15:04:05Z") {
		t.Fatalf("%d %s", first.status, first.text)
	}
	id, _ := first.at("export", "id").(string)
	if first.header.Get("Location") != "../../../exports/"+id || w.ask("GET", "/api/exports/"+id, "").status != http.StatusOK {
		t.Errorf("%v", first.header)
	}
	if again := w.ask("POST", path+"1", `{"lang":"es"}`, "Idempotency-Key", "1"); again.at("export", "id") != id {
		t.Errorf("%s", again.text)
	}
	w.refused(w.ask("POST", path+"9", ""), http.StatusNotFound, "SUMMARY_FILE_UNKNOWN")
	w.refused(w.ask("POST", path+"first", ""), http.StatusNotFound, "SUMMARY_FILE_UNKNOWN")
}

func TestALetterThatNobodyKnowsOfIsSentAgainByChoiceAtItsVersion(t *testing.T) {
	w := newWorld(t)
	names := someSummaries(w, w.actor)
	letter := outbox.Letter{Summary: names["digest"], Revision: 1, Person: w.actor.Person}
	on := w.outbox
	m, _, err := on.Begin(t.Context(), letter)
	if err == nil {
		err = on.Doubt(t.Context(), m)
	}
	if err != nil {
		t.Fatal(err)
	}
	if r := w.ask("GET", "/api/mails?state=uncertain", ""); len(r.body["items"].([]any)) != 1 || !strings.Contains(r.text, letter.Summary) {
		t.Fatalf("%s", r.text)
	}
	w.refused(w.ask("GET", "/api/mails?state=sent", ""), http.StatusBadRequest, "FIELD_INVALID")
	path := "/api/summaries/" + letter.Summary + "/mails/1/" + letter.Person
	seen := w.ask("GET", path, "")
	if seen.at("state") != "uncertain" || seen.at("to", "role") != "secretariat" || seen.at("notBefore") != nil || seen.at("attempt") != 1.0 {
		t.Fatalf("%s", seen.text)
	}
	w.refused(w.ask("POST", path+"/again", ""), http.StatusPreconditionRequired, "IF_MATCH_MISSING")
	w.refused(w.ask("POST", path+"/again", "", "If-Match", `"1.en"`), http.StatusPreconditionFailed, "RECORD_CHANGED")
	again := w.ask("POST", path+"/again", "", "If-Match", seen.header.Get("ETag"))
	if again.status != http.StatusOK || again.at("state") != "waiting" || again.at("by") != w.actor.Person || again.at("notBefore") == nil ||
		len(w.delivered.bodies) != 1 || w.delivered.bodies[0] != string(task.Deliver(letter)) {
		t.Fatalf("%d %s; tasks %q", again.status, again.text, w.delivered.bodies)
	}
	end := w.ask("POST", path+"/end", "", "If-Match", again.header.Get("ETag"))
	if end.status != http.StatusOK || end.at("state") != "dropped" || end.at("reason") != "let_go" {
		t.Errorf("%d %s", end.status, end.text)
	}
	w.refused(w.ask("POST", path+"/again", "", "If-Match", end.header.Get("ETag")), http.StatusConflict, "MAIL_SETTLED")
	if all := w.ask("GET", "/api/summaries/"+letter.Summary+"/mails", ""); len(all.body["items"].([]any)) != 1 || all.body["next"] != nil {
		t.Errorf("%s", all.text)
	}
	for _, other := range []string{"/mails/2/" + letter.Person, "/mails/x/" + letter.Person, "/mails/1/nobody"} {
		w.refused(w.ask("GET", "/api/summaries/"+letter.Summary+other, ""), http.StatusNotFound, "MAIL_UNKNOWN")
	}
}

func TestLettersAreDeclinedAtTheVersionThatWasRead(t *testing.T) {
	w := newWorld(t)
	enrolled(w, actorOf(access.City))
	w.actor = actorOf(access.City)
	before := w.ask("GET", "/api/me/letters?lang=es", "")
	if before.status != http.StatusOK || !strings.Contains(before.text, `{"id":"network-digest","name":"Boletín de la red","contractual":false,"declined":false}`) {
		t.Fatalf("%d %s", before.status, before.text)
	}
	const body = `{"declined":["network-digest"]}`
	w.refused(w.ask("PUT", "/api/me/letters", body), http.StatusPreconditionRequired, "IF_MATCH_MISSING")
	for range 2 { // the second one as a request that is sent again
		r := w.ask("PUT", "/api/me/letters", body, "If-Match", before.header.Get("ETag"), "Idempotency-Key", "1")
		if r.status != http.StatusOK || strings.Count(r.text, `"declined":true`) != 1 || r.header.Get("ETag") != `"2.en"` {
			t.Errorf("%d %v %s", r.status, r.header, r.text)
		}
	}
	w.refused(w.ask("PUT", "/api/me/letters", body, "If-Match", before.header.Get("ETag")), http.StatusPreconditionFailed, "RECORD_CHANGED")
	for declined, code := range map[string]string{
		`{"declined":["call-city"]}`: "LETTER_CONTRACTUAL", `{"declined":["post"]}`: "SCHEDULE_UNKNOWN", `{}`: "FIELD_MISSING",
		`{"declined":"all"}`: "FIELD_INVALID",
	} {
		w.refused(w.ask("PUT", "/api/me/letters", declined, "If-Match", `"2.en"`), http.StatusBadRequest, code)
	}
	on := w.config.Office.Directory
	if err := on.Failing(t.Context(), w.actor.Person, "bounce", w.now); err != nil {
		t.Fatal(err)
	}
	if r := w.ask("GET", "/api/me/letters", ""); r.body["why"] != "bounce" || r.body["failingSince"] == nil {
		t.Errorf("%s", r.text)
	}
	if r := w.ask("POST", "/api/people/"+w.actor.Person+"/renewal", ""); r.status != http.StatusNoContent {
		t.Errorf("%d %s", r.status, r.text)
	}
	if r := w.ask("GET", "/api/me/letters", ""); r.body["why"] != nil || r.body["failingSince"] != nil {
		t.Errorf("%s", r.text)
	}
}

func TestWhatWillBeDueIsToldForAWeekWhereNothingIsSaid(t *testing.T) {
	w := newWorld(t)
	if r := w.ask("GET", "/api/summaries/due", ""); r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.text)
	}
	r := w.ask("GET", "/api/summaries/due?after=2027-01-01T00:00:00Z&until=2027-01-31T00:00:00%2B01:00", "")
	if !strings.Contains(r.text, `"schedule":{"id":"membership-quarter"`) || !strings.Contains(r.text, `"period":{"from":"2026-10-01","to":"2026-12-31"}`) {
		t.Errorf("%s", r.text)
	}
	for query, field := range map[string]string{
		"after=now": "after", "until=2026-11-20T00:00:00Z": "until", "until=2027-11-20T00:00:00Z": "until", "after=1999-01-01T00:00:00Z": "after",
	} {
		if r := w.ask("GET", "/api/summaries/due?"+query, ""); r.status != http.StatusBadRequest || r.body["field"] != field {
			t.Errorf("%s: %d %s", query, r.status, r.text)
		}
	}
}
