package httpapi_test

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/problem"
)

func TestAWorkbookIsAskedForAndFetchedThroughALink(t *testing.T) {
	w := newWorld(t)
	r := w.ask("POST", "/api/exports", `{"kind":"budget","term":"2019-2021","at":"2020-06-01T00:00:00+02:00"}`, "Accept-Language", "fr")
	id, _ := r.at("export", "id").(string)
	if w.leadsTo(r, "/api/exports") != "/api/exports/"+id {
		t.Errorf("leads to %q", r.header.Get("Location"))
	}
	if r.status != http.StatusAccepted || r.at("export", "state") != "asked" || r.at("export", "lang") != "fr" ||
		r.at("export", "at") != "2020-05-31T22:00:00Z" || !reflect.DeepEqual(w.made.bodies, []string{`{"export":"` + id + `"}`}) {
		t.Fatalf("%d %s; sent %v", r.status, r.text, w.made.bodies)
	}
	if kept, err := w.exports.Find(t.Context(), id); err != nil || !kept.Wish.Past {
		t.Errorf("a workbook of a past moment is asked for as %+v, %v", kept, err)
	}
	if _, err := w.exports.Finish(t.Context(), id, 5000); err != nil {
		t.Fatal(err)
	}
	r = w.ask("GET", "/api/exports/"+id, "")
	if r.status != http.StatusOK || r.at("export", "bytes") != 5000.0 ||
		r.at("download", "url") != "https://files/exports/"+id+"/budget.fr.xlsx?as=budget.fr.xlsx" {
		t.Errorf("%d %s", r.status, r.text)
	}
	again := w.ask("POST", "/api/exports", `{"kind":"budget"}`, "Idempotency-Key", "k")
	if again.status != http.StatusAccepted {
		t.Errorf("%d %s", again.status, again.text)
	}
	if kept, err := w.exports.Find(t.Context(), again.at("export", "id").(string)); err != nil || kept.Wish.Past {
		t.Errorf("a workbook of now is asked for as %+v, %v", kept, err)
	}
}

func TestAStatementIsAskedForAsAPaperOrAsData(t *testing.T) {
	w := newWorld(t)
	for format, media := range map[string]string{"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"} {
		r := w.ask("POST", "/api/exports", `{"kind":"donor","donor":"Brest","lang":"fr","format":"`+format+`"}`)
		id, _ := r.at("export", "id").(string)
		if r.status != http.StatusAccepted || r.at("export", "format") != format || r.at("export", "file") != "donor.fr."+format {
			t.Fatalf("%d %s", r.status, r.text)
		}
		if _, err := w.exports.Finish(t.Context(), id, 5000); err != nil {
			t.Fatal(err)
		}
		r = w.ask("GET", "/api/exports/"+id, "")
		if r.at("download", "url") != "https://files/exports/"+id+"/donor.fr."+format+"?as=donor.fr."+format {
			t.Errorf("%s", r.text)
		}
		if got := request.Format(format).MediaType(); got != media {
			t.Errorf("%s is %s", format, got)
		}
	}
	if r := w.ask("POST", "/api/exports", `{"kind":"budget"}`); r.at("export", "format") != "xlsx" {
		t.Errorf("a workbook is told as %s", r.text)
	}
}

func TestAWorkbookThatCanNotBeMadeSaysWhy(t *testing.T) {
	w := newWorld(t)
	id := w.ask("POST", "/api/exports", `{"kind":"membership","lang":"es","call":"1999"}`).at("export", "id").(string)
	if _, err := w.exports.Fail(t.Context(), id, problem.New("CALL_UNKNOWN").Valued("1999").With("known", "2025")); err != nil {
		t.Fatal(err)
	}
	r := w.ask("GET", "/api/exports/"+id, "")
	message, _ := r.at("export", "problem", "message").(string)
	if r.at("export", "state") != string(request.Failed) || !strings.Contains(message, "1999") || !strings.Contains(message, "2025") {
		t.Errorf("%s", r.text)
	}
}

func TestWishesForNoWorkbookAreRefused(t *testing.T) {
	w := newWorld(t)
	for body, field := range map[string]string{
		`{"kind":"menu"}`: "kind", `{"kind":"budget","lang":"xx"}`: "lang", `{"kind":"budget","at":"today"}`: "at",
		`{"kind":"budget","at":"0001-01-01T00:00:00Z"}`: "at", `{"kind":"budget","term":"` + strings.Repeat("x", 257) + `"}`: "term",
		`{"kind":"donor"}`: "donor", `{"kind":"budget","donor":"Brest"}`: "donor", `{"kind":"donor","donor":"Brest","from":"May"}`: "from",
		`{"kind":"budget","to":"2025-05-31"}`: "to", `{"kind":"budget","from":"2025-05-31"}`: "from",
		`{"kind":"donor","donor":"` + strings.Repeat("x", 257) + `"}`: "donor",
		`{"kind":"budget","format":"pdf"}`:                            "format", `{"kind":"donor","donor":"Brest","format":"doc"}`: "format",
	} {
		r := w.ask("POST", "/api/exports", body)
		w.refused(r, http.StatusBadRequest, "FIELD_INVALID")
		if r.body["field"] != field {
			t.Errorf("%s: %s", body, r.text)
		}
	}
	w.refused(w.ask("POST", "/api/exports", `{}`), http.StatusBadRequest, "FIELD_MISSING")
}
