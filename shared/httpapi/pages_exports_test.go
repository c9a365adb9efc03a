package httpapi_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// form sends a form as a browser does.
func (w *world) form(path, fields string) reply {
	w.t.Helper()
	header := append([]string{"Accept", "text/html", "X-Test-Request", "r-1"}, asForm...)
	return w.ask("POST", path, fields, header...)
}

// everyLanguage looks at a page in each language: it has to be as it stands in testdata, well-formed, and each of its links a route's.
func (w *world) everyLanguage(name, path string) {
	w.t.Helper()
	for _, lang := range locale.Langs {
		with := "?"
		if strings.Contains(path, "?") {
			with = "&"
		}
		r := w.html(path + with + "lang=" + string(lang))
		if r.status != http.StatusOK {
			w.t.Fatalf("%s: %d %s", path, r.status, r.text)
		}
		golden(w.t, filepath.FromSlash(name+"."+string(lang)+".html"), r.text)
		wellFormed(w.t, r.text, lang)
		w.linksLead(r.text)
	}
}

// linksLead checks that each link of a page leads to a route.
func (w *world) linksLead(text string) {
	w.t.Helper()
	for _, link := range linksOf(w.t, text) {
		if address, _, _ := strings.Cut(link.to, "?"); !leads(link.method, address) {
			w.t.Errorf("%s %s leads nowhere", link.method, link.to)
		}
	}
}

func TestAFileIsAskedForOnAPageAndFetchedThere(t *testing.T) {
	w := newWorld(t)
	w.everyLanguage("exports/form", "/exports/new?kind=membership")
	const form = "request=a1&kind=membership&in=fr&term=2019-2021&call=2025&at=2020-05-31"
	r := w.form("/exports", form)
	to, _, _ := strings.Cut(r.header.Get("Location"), "?")
	if r.status != http.StatusSeeOther || len(w.made.bodies) != 1 {
		t.Fatalf("%d %s, %v", r.status, r.text, w.made.bodies)
	}
	id := strings.TrimPrefix(to, "/exports/")
	kept, err := w.exports.Find(t.Context(), id)
	if err != nil || kept.Wish.Lang != locale.FR || kept.Wish.Term != "2019-2021" || kept.Wish.Call != "2025" || !kept.Wish.Past ||
		kept.Wish.At.Format("2006-01-02 15:04") != "2020-05-31 23:59" {
		t.Fatalf("%+v, %v", kept, err)
	}
	if again := w.form("/exports", form); again.header.Get("Location") != r.header.Get("Location") {
		t.Errorf("sent twice, it leads to %s and %s", r.header.Get("Location"), again.header.Get("Location"))
	}
	waits := w.html(r.header.Get("Location")).text
	if !strings.Contains(waits, "was asked for") || !strings.Contains(waits, `http-equiv="refresh"`) || strings.Contains(waits, "/file") {
		t.Errorf("%s", waits)
	}
	if early := w.html(to + "/file"); early.status != http.StatusSeeOther || early.header.Get("Location") != to {
		t.Errorf("before it is there: %d %v", early.status, early.header)
	}
	if _, err := w.exports.Finish(t.Context(), id, 41_800); err != nil {
		t.Fatal(err)
	}
	there := w.html(to + "?lang=fr").text
	if strings.Contains(there, "refresh") || !strings.Contains(there, `href="`+to+`/file?lang=fr"`) || !strings.Contains(there, "42\u00a0ko") {
		t.Errorf("%s", there)
	}
	if got := w.html(to + "/file"); got.status != http.StatusSeeOther || !strings.HasPrefix(got.header.Get("Location"), "https://files/exports/"+id) {
		t.Errorf("%d %v", got.status, got.header)
	}
	w.everyLanguage("exports/list", "/exports")
}

func TestWhatCanNotBeMadeSaysWhyAndIsAskedForAnew(t *testing.T) {
	w := newWorld(t)
	r := w.form("/exports", "kind=donor&format=pdf&in=es&donor=Atlantis&from=2025-01-01&to=2025-12-31")
	to, _, _ := strings.Cut(r.header.Get("Location"), "?")
	why := problem.New("DONOR_UNKNOWN").Valued("Atlantis")
	if _, err := w.exports.Fail(t.Context(), strings.TrimPrefix(to, "/exports/"), why); err != nil {
		t.Fatal(err)
	}
	page := w.html(to)
	if !strings.Contains(page.text, "Atlantis") || !strings.Contains(page.text, "Look its identifier up") {
		t.Fatal(page.text)
	}
	for _, link := range linksOf(t, page.text) {
		if anew, found := strings.CutPrefix(link.to, "/exports/new?"); found {
			form := w.html("/exports/new?" + anew).text
			for _, kept := range []string{`value="Atlantis"`, `value="pdf" checked`, `value="es" selected`, `value="2025-01-01"`} {
				if !strings.Contains(form, kept) {
					t.Errorf("%s is not kept in %s", kept, form)
				}
			}
			return
		}
	}
	t.Error("nothing leads to the form")
}

func TestAFormForAFileThatIsRefusedKeepsItsValues(t *testing.T) {
	w := newWorld(t)
	for fields, at := range map[string]string{
		"kind=donor&format=pdf&donor=": "donor", "kind=membership&at=2026-11-21": "at", "kind=budget&at=soon": "at", "kind=survey&format=pdf": "format",
	} {
		r := w.form("/exports?lang=fr", fields+"&term=2019-2021")
		if r.status != http.StatusBadRequest || !strings.Contains(r.text, `value="2019-2021" selected`) || !strings.Contains(r.text, `role="alert"`) {
			t.Errorf("%s: %d %s", fields, r.status, r.text)
		}
		if at != "format" && !strings.Contains(r.text, `id="field-`+at+`-problem-0"`) { // there is but one format to choose
			t.Errorf("%s: not said at %s: %s", fields, at, r.text)
		}
		wellFormed(t, r.text, locale.FR)
		if kind, _ := url.ParseQuery(fields); !strings.Contains(r.text, `href="/exports/new?kind=`+kind.Get("kind")+`&amp;lang=es"`) {
			t.Errorf("%s: another language leads elsewhere: %s", fields, r.text)
		}
	}
	if len(w.made.bodies) != 0 {
		t.Errorf("made: %v", w.made.bodies)
	}
}

func TestADonorIsShownItsOwnFilesOnly(t *testing.T) {
	w := newWorld(t)
	for i, wish := range []request.Wish{
		{Kind: request.Donor, Donor: "donor_country#KR", Person: "donor"}, {Kind: request.Donor, Donor: "member_city#DE#hamburg", Person: "somebody"},
		{Kind: request.Budget, Person: "somebody"},
	} {
		if _, err := w.exports.Create(t.Context(), "e"+string(rune('1'+i)), wish); err != nil {
			t.Fatal(err)
		}
	}
	w.actor = actorOf(access.Donor)
	text := w.html("/exports").text
	if !strings.Contains(text, "/exports/e1") || strings.Contains(text, "/exports/e2") || strings.Contains(text, "/exports/e3") ||
		strings.Contains(text, "kind=budget") || !strings.Contains(text, "kind=donor") || strings.Contains(text, "hamburg") {
		t.Error(text)
	}
	if form := w.html("/exports/new?kind=donor").text; strings.Contains(form, `name="donor"`) || !strings.Contains(form, "Your statement") {
		t.Error(form)
	}
	if r := w.form("/exports", "kind=donor&format=csv"); r.status != http.StatusSeeOther {
		t.Errorf("%d %s", r.status, r.text)
	}
}

func TestAStatementIsCalledByTheNameOfItsDonor(t *testing.T) {
	w := newWorld(t)
	aFund(w, w.actor)
	if _, err := w.exports.Create(t.Context(), "e1", request.Wish{Kind: request.Donor, Donor: "donor_country#KR", Person: "anna"}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/exports", "/exports/e1"} {
		if text := w.html(path).text; !strings.Contains(text, "Republic of Korea") || strings.Contains(text, ">donor_country#KR<") {
			t.Error(text)
		}
	}
}

func TestTemplatesAreFetchedInThreeLanguages(t *testing.T) {
	w := newWorld(t)
	w.actor = actorOf(access.City)
	w.everyLanguage("templates/list", "/templates")
	making := w.html("/templates/members?in=fr")
	if making.status != http.StatusOK || !strings.Contains(making.text, "being made") || len(w.made.bodies) != 1 {
		t.Fatalf("%d %s", making.status, making.text)
	}
	template := request.Template{Kind: "members", Lang: locale.FR, Day: civil.Of(w.now, time.UTC)}
	blob, err := w.blobs.Create(t.Context(), template.Blob())
	if err == nil {
		_, err = blob.Commit()
	}
	if err != nil {
		t.Fatal(err)
	}
	if r := w.html("/templates/members?in=fr"); r.status != http.StatusSeeOther || !strings.HasSuffix(r.header.Get("Location"), "?as="+template.File()) {
		t.Errorf("%d %v", r.status, r.header)
	}
	if r := w.html("/templates/nonsense"); r.status != http.StatusNotFound && r.status != http.StatusBadRequest {
		t.Errorf("%d", r.status)
	}
}
