package httpapi_test

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
)

// settle is a world with the tests' network in it.
func settle(t *testing.T) *world {
	w := newWorld(t)
	aNetwork(w, w.actor)
	return w
}

// each gives what stands under names in each item of a list.
func (r reply) each(names ...string) []any {
	items, _ := r.body["items"].([]any)
	found := make([]any, len(items))
	for i, item := range items {
		found[i] = reply{body: item.(map[string]any)}.at(names...)
	}
	return found
}

func (w *world) lists(path string, names []string, want ...any) {
	w.t.Helper()
	r := w.ask("GET", path, "")
	if got := r.each(names...); r.status != http.StatusOK || len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
		w.t.Errorf("%s: %d %v, want %v", path, r.status, got, want)
	}
}

func TestMembersAreListedByFiltersAndInPages(t *testing.T) {
	w := settle(t)
	city := []string{"city", "id"}
	w.lists("/api/members", city, "BY#brest", "FR#brest", "SN#dakar")
	w.lists("/api/members?country=FR", city, "FR#brest")
	w.lists("/api/members?region=africa", city, "SN#dakar")
	w.lists("/api/members?state=former", city, "SN#dakar")
	w.lists("/api/members?state=member&on=2014-01-01", city, "BY#brest", "FR#brest", "SN#dakar")
	w.lists("/api/members?state=former&on=2015-06-01", city, "BY#brest", "FR#brest", "SN#dakar")
	w.lists("/api/members?cluster=health", city, "BY#brest", "FR#brest")
	w.lists("/api/members?country=XX", city)
	first := w.ask("GET", "/api/members?limit=2", "")
	w.lists("/api/members?limit=2&cursor="+first.at("next").(string), city, "SN#dakar")
	w.refused(w.ask("GET", "/api/members?cluster=helth", ""), http.StatusNotFound, "CLUSTER_UNKNOWN")
	w.refused(w.ask("GET", "/api/members?on=yesterday", ""), http.StatusBadRequest, "FIELD_INVALID")
	w.refused(w.ask("GET", "/api/members?state=gone", ""), http.StatusBadRequest, "FIELD_INVALID")
}

func TestAMemberIsToldInTheReadersLanguage(t *testing.T) {
	w := settle(t)
	r := w.ask("GET", "/api/members/SN/dakar?lang=fr", "")
	for at, want := range map[string]string{
		"city country name": "Sénégal", "region name": "Afrique", "state": "former", "leftOn": "2024-12-31", "city id": "SN#dakar",
	} {
		if got := r.at(append([]string{"member"}, strings.Fields(at)...)...); got != want {
			t.Errorf("%s is %v, want %s", at, got, want)
		}
	}
	w.refused(w.ask("GET", "/api/members/SN/thies", ""), http.StatusNotFound, "CITY_UNKNOWN")
	w.refused(w.ask("GET", "/api/members/SN/a%23b", ""), http.StatusNotFound, "CITY_UNKNOWN")
}

func TestWhatHappenedToAMemberIsEnteredOnceForAKey(t *testing.T) {
	w := settle(t)
	const path, joins = "/api/members/FR/brest/events", `{"kind":"cluster-joined","cluster":"esd","on":"2026-11-01","reason":"Asked for."}`
	first := w.ask("POST", path, joins, "Idempotency-Key", "k")
	again := w.ask("POST", path, joins, "Idempotency-Key", "k")
	if first.status != http.StatusCreated || first.text != again.text || first.at("event", "cluster") != "esd" {
		t.Errorf("%s\n%s", first.text, again.text)
	}
	w.refused(w.ask("POST", path, `{"kind":"left"}`, "Idempotency-Key", "k"), http.StatusUnprocessableEntity, "IDEMPOTENCY_KEY_REUSED")
	w.refused(w.ask("POST", path, joins), http.StatusConflict, "CLUSTER_ALREADY_JOINED")
	w.lists("/api/members?cluster=esd", []string{"city", "id"}, "FR#brest")
	told := w.ask("GET", "/api/members/FR/brest/history", "")
	if !strings.Contains(told.text, "Asked for.") || !strings.Contains(told.text, "members.xlsx") {
		t.Errorf("%s", told.text)
	}
	for body, code := range map[string]string{
		`{}`: "FIELD_MISSING", `{"kind":"flown"}`: "FIELD_INVALID", `{"kind":"renamed"}`: "CELL_REQUIRED",
		`{"kind":"cluster-joined","cluster":"sports"}`: "REF_NOT_FOUND", `{"kind":"renamed","name":"` + strings.Repeat("x", 301) + `"}`: "TEXT_TOO_LONG",
	} {
		w.refused(w.ask("POST", path, body), http.StatusBadRequest, code)
	}
	for body, code := range map[string]string{
		`{"kind":"merged","into":""}`: "NOT_A_MEMBER", `{"kind":"merged","into":"FR#brest"}`: "MERGED_WITH_ITSELF",
		`{"kind":"joined"}`: "ALREADY_MEMBER", `{"kind":"cluster-left","cluster":"planning"}`: "CLUSTER_NOT_JOINED",
	} {
		w.refused(w.ask("POST", path, body), http.StatusConflict, code)
	}
	w.refused(w.ask("POST", "/api/members/FR/paris/events", `{"kind":"reported"}`), http.StatusConflict, "NOT_A_MEMBER")
}

func TestASurveyIsCountedForEverybodyAndItsAnswersForTheirOwn(t *testing.T) {
	w := settle(t)
	w.actor = actorOf(access.Donor)
	r := w.ask("GET", "/api/surveys/2019?lang=es", "")
	if r.at("cities") != 3.0 || r.at("response", "all", "members") != 3.0 || !strings.Contains(r.text, "Salud y bienestar") {
		t.Errorf("%s", r.text)
	}
	w.lists("/api/surveys", []string{"id"}, "2019")
	w.refused(w.ask("GET", "/api/surveys/1999", ""), http.StatusNotFound, "SURVEY_UNKNOWN")
	w.actor = actorOf(access.Commission)
	w.lists("/api/surveys/2019/answers", []string{"city", "id"}, "FR#brest")
}

func TestClustersTheirCitiesAndOffersAreListed(t *testing.T) {
	w := settle(t)
	w.lists("/api/clusters", []string{"id"}, "esd", "equity", "planning", "citizenship", "entrepreneurship", "health", "literacy")
	r := w.ask("GET", "/api/clusters/health", "")
	if r.at("cluster", "cities") != 2.0 || !strings.Contains(r.text, `"name":"Europe and North America","count":2`) {
		t.Errorf("%s", r.text)
	}
	if r := w.ask("GET", "/api/clusters/health?on=2020-01-01", ""); r.at("cluster", "cities") != 0.0 {
		t.Errorf("%s", r.text)
	}
	w.refused(w.ask("GET", "/api/clusters/sports", ""), http.StatusNotFound, "CLUSTER_UNKNOWN")
	w.lists("/api/offers?term=2025-2027", []string{"city", "id"}, "BY#brest", "FR#brest", "SN#dakar")
	w.refused(w.ask("GET", "/api/offers?term=1999", ""), http.StatusNotFound, "TERM_UNKNOWN")
	one := w.ask("GET", "/api/offers?limit=1", "").text
	if !strings.Contains(one, `"text":"We host.","offers":true`) || !strings.Contains(one, `"text":"-","offers":false`) {
		t.Errorf("%s", one)
	}
}

func TestACoordinatorIsProposedAppointedAnnouncedAndLaysDown(t *testing.T) {
	w := settle(t)
	stands := w.ask("GET", "/api/candidates/2025-2027?lang=fr", "")
	if !strings.Contains(stands.text, "est 1 sur 1 avec une note de") || !strings.Contains(stands.text, `"code":"NOT_A_MEMBER"`) {
		t.Errorf("%.3000s", stands.text)
	}
	w.refused(w.ask("GET", "/api/candidates/1999", ""), http.StatusNotFound, "TERM_UNKNOWN")
	const choice = `{"cluster":"health","city":"FR#brest"}`
	w.refused(w.ask("POST", "/api/coordinators/2025-2027", choice), http.StatusConflict, "COORDINATOR_ELSEWHERE")
	stranger := w.ask("POST", "/api/coordinators/2025-2027", `{"cluster":"esd","city":"FR#brest"}`)
	w.refused(stranger, http.StatusConflict, "COORDINATOR_NOT_A_CANDIDATE")
	const seat = "/api/coordinators/2025-2027/literacy/FR/brest"
	w.refused(w.ask("POST", "/api/coordinators/2025-2027/health/FR/brest/end", `{}`), http.StatusConflict, "NOT_A_COORDINATOR")
	w.refused(w.ask("POST", seat+"/announcement", `{"on":"2020-01-01"}`), http.StatusBadRequest, "DATE_ORDER")
	if r := w.ask("POST", seat+"/announcement", ""); r.status != http.StatusOK || r.at("coordinator", "announcedOn") != "2026-11-21" {
		t.Errorf("%d %s", r.status, r.text)
	}
	if r := w.ask("POST", seat+"/end", `{"until":"2026-11-20"}`); r.status != http.StatusOK || r.at("coordinator", "until") != "2026-11-20" {
		t.Errorf("%d %s", r.status, r.text)
	}
	r := w.ask("POST", "/api/coordinators/2025-2027", choice, "Idempotency-Key", "k")
	if r.status != http.StatusCreated || r.at("coordinator", "from") != "2026-11-21" ||
		r.at("coordinator", "decision", "decidedBy") != w.actor.Person {
		t.Errorf("%d %s", r.status, r.text)
	}
	cluster := []string{"cluster", "id"}
	w.lists("/api/coordinators", cluster, "health", "literacy")
	w.lists("/api/coordinators?cluster=health", cluster, "health")
	w.actor = actorOf(access.Donor)
	for _, decision := range w.ask("GET", "/api/coordinators", "").each("decision") {
		if decision != nil {
			t.Errorf("a donor is told %v", decision)
		}
	}
}

func TestAWorkPlanIsMadeStepByStepByThePlanThatWasRead(t *testing.T) {
	w := settle(t)
	draft := w.ask("GET", aPlan, "")
	tag := draft.header.Get("ETag")
	if draft.at("plan", "version") != 1.0 || tag != `"1.en"` || draft.at("plan", "adoptedOn") != nil {
		t.Fatalf("%s", draft.text)
	}
	if r := w.ask("GET", aPlan, "", "If-None-Match", tag); r.status != http.StatusNotModified {
		t.Errorf("%d %s", r.status, r.text)
	}
	const objectives = `{"objectives":"Families read."}`
	w.refused(w.ask("PUT", aPlan+"/objectives", objectives), http.StatusPreconditionRequired, "IF_MATCH_MISSING")
	next := w.ask("PUT", aPlan+"/objectives", objectives, "If-Match", tag)
	if next.status != http.StatusOK || next.at("plan", "version") != 2.0 || next.header.Get("ETag") != `"2.en"` {
		t.Errorf("%d %s", next.status, next.text)
	}
	w.refused(w.ask("PUT", aPlan+"/objectives", objectives, "If-Match", tag), http.StatusPreconditionFailed, "RECORD_CHANGED")
	w.refused(w.ask("PUT", anActivity, `{"line":"cluster/1.4"}`, "If-Match", tag), http.StatusPreconditionFailed, "RECORD_CHANGED")
	for _, step := range []struct{ method, path, body, code string }{
		{"POST", aPlan + "/adoption", `{"city":"FR#brest"}`, "PARTNER_MISSING"},
		{"POST", aPlan + "/partners", `{"name":"Institute of Reading"}`, ""},
		{"POST", aPlan + "/activities", `{"line":"cluster/9.9"}`, "REF_NOT_FOUND"},
		{"POST", aPlan + "/activities", `{"line":"cluster/1.4","title":"A meeting","by":"FR#brest","on":"2026-12-07"}`, ""},
		{"POST", aPlan + "/activities/cluster/1.4/2/status", `{"status":"confirmed"}`, "CELL_REQUIRED"},
		{"POST", aPlan + "/activities/cluster/1.4/2/host", `{"city":"SN#dakar"}`, "NOT_IN_CLUSTER"},
		{"POST", aPlan + "/activities/cluster/1.4/2/host", `{"city":"BY#brest"}`, ""},
		{"POST", aPlan + "/activities/cluster/1.4/2/status", `{"status":"confirmed"}`, ""},
		{"POST", aPlan + "/activities/cluster/1.4/2/status", `{"status":"done"}`, "FIELD_INVALID"},
		{"POST", aPlan + "/activities/cluster/1.4/2/status", `{"status":"held","on":"2026-11-20"}`, ""},
		{"POST", aPlan + "/activities/cluster/1.4/2/status", `{"status":"planned"}`, "ACTIVITY_STATUS"},
		{"POST", aPlan + "/outcomes", `{"outcome":"policies","city":"FR#brest","text":"A strategy"}`, ""},
		{"POST", aPlan + "/adoption", `{"city":"FR#brest"}`, ""},
	} {
		r := w.ask(step.method, step.path, step.body)
		if code, _ := r.body["code"].(string); code != step.code || code == "" && r.status >= 300 {
			t.Errorf("%s %s: %d %s, want %q", step.path, step.body, r.status, r.text, step.code)
		}
	}
	plan := w.ask("GET", aPlan, "")
	const held = `"host":"BY#brest","by":"FR#brest","on":"2026-11-20","status":"held"`
	if plan.at("plan", "adoptedBy") != "FR#brest" || !strings.Contains(plan.text, held) {
		t.Errorf("%s", plan.text)
	}
	if duties := w.ask("GET", aPlan+"/duties", ""); !strings.Contains(duties.text, `"doneOn":"2026-11-20"`) {
		t.Errorf("%s", duties.text)
	}
	w.refused(w.ask("GET", "/api/clusters/sports/plans/2025-2027", ""), http.StatusNotFound, "CLUSTER_UNKNOWN")
	w.refused(w.ask("GET", "/api/clusters/health/plans/1999", ""), http.StatusNotFound, "TERM_UNKNOWN")
}

func TestFiguresAreOfAPeriod(t *testing.T) {
	w := settle(t)
	r := w.ask("GET", "/api/figures?from=2024-01-01&to=2025-12-31", "")
	if r.at("members", "members") != 2.0 || r.at("members", "left") != 1.0 || r.at("country") != nil ||
		!strings.Contains(r.text, `"calls":[{"call":"2025"`) {
		t.Errorf("%s", r.text)
	}
	w.refused(w.ask("GET", "/api/figures?from=2025-01-02&to=2025-01-01", ""), http.StatusBadRequest, "FIELD_INVALID")
	w.refused(w.ask("GET", "/api/figures?from=x", ""), http.StatusBadRequest, "FIELD_INVALID")
	w.actor = actorOf(access.City)
	if r := w.ask("GET", "/api/figures", ""); r.at("members", "members") != 1.0 || r.at("city") != "FR#brest" || r.at("country") != "FR" {
		t.Errorf("%s", r.text)
	}
	w.actor = actorOf(access.Donor)
	if r := w.ask("GET", "/api/figures", ""); r.at("members", "members") != 2.0 || r.at("calls") != nil || r.at("fund", "currency") != "USD" {
		t.Errorf("%s", r.text)
	}
}
