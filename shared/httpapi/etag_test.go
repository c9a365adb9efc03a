package httpapi_test

import (
	"net/http"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
)

func TestWhoHasAnAnswerAlreadyIsNotGivenItAgainUntilItChanges(t *testing.T) {
	w := newWorld(t)
	id := w.create()
	path := "/api/imports/" + id
	tag := w.ask("GET", path, "").header.Get("ETag")
	for _, given := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
		r := w.ask("GET", path, "", "If-None-Match", given)
		if r.status != http.StatusNotModified || r.text != "" || r.header.Get("ETag") != tag || r.header.Get("X-Request-Id") == "" {
			t.Errorf("%s: %d %v %s", given, r.status, r.header, r.text)
		}
	}
	for _, given := range []string{`"other"`, "", tag[1 : len(tag)-1], "W/", ",,"} {
		if r := w.ask("GET", path, "", "If-None-Match", given); r.status != http.StatusOK || r.header.Get("ETag") != tag {
			t.Errorf("%s: %d %v", given, r.status, r.header)
		}
	}
	w.put(id, func(imp *intake.Import) { imp.State = intake.Checking })
	if r := w.ask("GET", path, "", "If-None-Match", tag); r.status != http.StatusOK || r.header.Get("ETag") == tag {
		t.Errorf("the import has moved on, and the answer is %d %v", r.status, r.header)
	}
}

func TestAnAnswerInAnotherLanguageIsAnother(t *testing.T) {
	w := newWorld(t)
	path := "/api/imports/" + w.checked(1) + "/report"
	tag := w.ask("GET", path, "").header.Get("ETag")
	if r := w.ask("GET", path+"?lang=fr", "", "If-None-Match", tag); r.status != http.StatusOK || r.header.Get("ETag") == tag {
		t.Errorf("%d %v", r.status, r.header)
	}
}

func TestAFreshLinkIsGivenTillTheEndThoughNothingElseHasChanged(t *testing.T) {
	w := newWorld(t)
	id := w.ask("POST", "/api/exports", `{"kind":"budget"}`).at("export", "id").(string)
	if _, err := w.exports.Finish(t.Context(), id, 5000); err != nil {
		t.Fatal(err)
	}
	first := w.ask("GET", "/api/exports/"+id, "")
	w.now = w.now.Add(1)
	if r := w.ask("GET", "/api/exports/"+id, "", "If-None-Match", first.header.Get("ETag")); r.status != http.StatusOK {
		t.Errorf("who has a link that expires is answered %d", r.status)
	}
}

func TestOnlyWhatIsReadHasATag(t *testing.T) {
	w := newWorld(t)
	for _, r := range []reply{
		w.ask("POST", "/api/imports", upload, "If-None-Match", "*"), w.ask("GET", "/api/imports/none", "", "If-None-Match", "*"),
	} {
		if r.status == http.StatusNotModified || r.header.Get("ETag") != "" {
			t.Errorf("%d %v", r.status, r.header)
		}
	}
}
