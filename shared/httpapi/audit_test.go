package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/table"
)

// auditItems are the entries that a query chooses.
func (w *world) auditItems(query string) []any {
	w.t.Helper()
	r := w.ask("GET", "/api/audit"+query, "")
	if r.status != http.StatusOK {
		w.t.Fatalf("%s: %d %s", query, r.status, r.text)
	}
	return r.body["items"].([]any)
}

func TestTheAuditTrailSaysWhoDidWhatThroughWhichDoorAndRequest(t *testing.T) {
	w := newWorld(t)
	w.actor = actorOf(access.Secretariat)
	w.ask("GET", "/api/people", "", "X-Test-Request", "r1")
	w.invited("email=new%40example.org&role=auditor&lang=en")
	w.actor = actorOf(access.Auditor)
	if r := w.ask("POST", "/api/people", aStanding); r.status != http.StatusForbidden {
		t.Fatalf("an auditor invites: %d", r.status)
	}
	var got []string
	for _, one := range w.auditItems("?kind=people") {
		e := one.(map[string]any)
		got = append(got, strings.Join([]string{e["person"].(string), e["action"].(string), e["door"].(string), e["outcome"].(string)}, " "))
		if e["action"] == "people.read" && e["request"] != "r1" {
			t.Errorf("of request %v", e["request"])
		}
		for _, value := range e {
			if text, ok := value.(string); ok && strings.Contains(text, "example.org") {
				t.Errorf("an entry has an address: %v", e)
			}
		}
	}
	want := "auditor people.invite api denied, secretariat people.invite page allowed, secretariat people.read api allowed"
	if strings.Join(got, ", ") != want {
		t.Errorf("noted are %q, want %q", got, want)
	}
	for query, n := range map[string]int{
		"?person=secretariat&kind=people": 2, "?action=people.invite": 2, "?kind=people&from=2000-01-01&to=2000-12-31": 0, "?kind=people&limit=1": 1,
		"?kind=people&from=2000-01-01": 3, "?object=nothing": 0,
	} {
		if got := w.auditItems(query); len(got) != n {
			t.Errorf("%s: %d entries, want %d", query, len(got), n)
		}
	}
}

func TestWhatCanNotBeAskedOfTheAuditTrailIsRefused(t *testing.T) {
	w := newWorld(t)
	w.actor = actorOf(access.Auditor)
	for _, query := range []string{
		"?person=a%40b.org", "?kind=a+b", "?object=" + strings.Repeat("x", 301), "?action=network.dissolve", "?from=yesterday", "?to=2026-02-30",
		"?limit=0", "/verification?number=1", "/verification?hash=abc", "/verification?number=0&hash=" + strings.Repeat("0", 64),
		"/verification?number=1&hash=" + strings.Repeat("g", 64),
	} {
		if r := w.ask("GET", "/api/audit"+query, ""); r.status != http.StatusBadRequest || r.body["code"] != "FIELD_INVALID" {
			t.Errorf("%s: %d %v", query, r.status, r.body["code"])
		}
	}
	if r := w.ask("GET", "/api/audit?cursor=x", ""); r.status != http.StatusBadRequest || r.body["code"] != "CURSOR_INVALID" {
		t.Errorf("a cursor: %d %v", r.status, r.body["code"])
	}
}

func TestTheAuditTrailIsVerifiedAndWhereItIsNotAsItWasIsSaid(t *testing.T) {
	w := newWorld(t)
	w.actor = actorOf(access.Secretariat)
	w.ask("GET", "/api/people", "")
	r := w.ask("GET", "/api/audit/verification", "")
	head := r.body["head"].(map[string]any)
	if r.body["whole"] != true || head["number"] != 1.0 {
		t.Fatalf("%s", r.text)
	}
	known := "?number=1&hash=" + head["hash"].(string)
	if r := w.ask("GET", "/api/audit/verification"+known, ""); r.body["whole"] != true {
		t.Errorf("%s", r.text)
	}
	w.saysOfTheTrail("/audit?from=2000-01-01", map[locale.Lang]string{
		locale.EN: "<td>see people</td>", locale.FR: "<td>voir des personnes</td>", locale.ES: "<td>ver personas</td>",
	})
	w.saysOfTheTrail("/audit/verification?head=1%3A"+head["hash"].(string), map[locale.Lang]string{
		locale.EN: "Every entry follows", locale.FR: "Chaque entrée suit", locale.ES: "Cada entrada sigue",
	})
	first := table.Key{Partition: "audit#000000000", Sort: "000000000001"}
	stored, err := w.table.Get(t.Context(), first)
	if err == nil {
		stored.Attributes["person"] = "bruno"
		err = w.table.Write(t.Context(), table.Write{Put: &stored})
	}
	if err != nil {
		t.Fatal(err)
	}
	r = w.ask("GET", "/api/audit/verification?lang=fr", "")
	fault := r.body["fault"].(map[string]any)
	if r.body["whole"] != false || r.body["head"] != nil || fault["flaw"] != "changed" || fault["number"] != 1.0 || fault["says"] != "l'entrée a été modifiée" {
		t.Errorf("%s", r.text)
	}
	w.saysOfTheTrail("/audit/verification", map[locale.Lang]string{
		locale.EN: "the entry was changed", locale.FR: "l&#39;entrée a été modifiée", locale.ES: "la entrada fue modificada",
	})
}

// saysOfTheTrail holds a page of the trail to a text in each language: it has hashes, which are others each time, and the names of all actions.
func (w *world) saysOfTheTrail(path string, want map[locale.Lang]string) {
	w.t.Helper()
	for lang, text := range want {
		with := "?"
		if strings.Contains(path, "?") {
			with = "&"
		}
		r := w.html(path + with + "lang=" + string(lang))
		if r.status != http.StatusOK || !strings.Contains(r.text, text) {
			w.t.Errorf("%s in %s: %d %s", path, lang, r.status, r.text)
		}
		wellFormed(w.t, r.text, lang)
		w.linksLead(r.text)
	}
}

func TestAFilterOfThePageThatCanNotBeIsSaidAtItsField(t *testing.T) {
	w := newWorld(t)
	w.actor = actorOf(access.Auditor)
	for path, at := range map[string]string{
		"/audit?person=a%40b.org": "person", "/audit?object=a+b": "object", "/audit?from=yesterday": "from", "/audit/verification?head=x": "head",
	} {
		r := w.ask("GET", path, "", "Accept", "text/html")
		if r.status != http.StatusBadRequest || !strings.Contains(r.text, `id="field-`+at+`-problem-0"`) {
			t.Errorf("%s: %d %s", path, r.status, r.text)
		}
	}
}
