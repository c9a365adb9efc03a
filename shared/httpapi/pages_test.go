package httpapi_test

import (
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
)

var update = flag.Bool("update", false, "write the golden files of the pages anew")

// html asks for a page as a browser does.
func (w *world) html(path string) reply {
	w.t.Helper()
	return w.ask("GET", path, "", "Accept", "text/html,application/xhtml+xml;q=0.9", "X-Test-Request", "r-1")
}

// aBusyHome has something wait for everybody: two imports, a proposal, an instalment that is overdue, and the deadlines of the call, which
// was extended for France.
func aBusyHome(t *testing.T, role access.Role) *world {
	t.Helper()
	w := newWorld(t)
	aProposal(w, access.Actor{})
	for _, rows := range []intake.Counts{{Read: 5, Create: 3, Fail: 2}, {Read: 1, Create: 1}} {
		w.put(w.create(), func(imp *intake.Import) { imp.State, imp.Rows, imp.CheckedAt = intake.Checked, rows, w.now })
	}
	if role != access.Donor && role != access.Treasurer {
		w.now = time.Date(2025, 6, 10, 9, 0, 0, 0, time.UTC)
		extended := `{"deadline":"commission","country":"FR","until":"2025-07-31","reason":"a strike"}`
		if r := w.ask("POST", "/api/calls/2025/extensions", extended); r.status != http.StatusCreated {
			t.Fatal(r.text)
		}
	}
	w.config.Base = "/Prod/"
	w.handler = httpapi.New(w.config)
	w.actor = actorOf(role)
	return w
}

func TestHomeShowsEachRoleWhatWaitsForItInItsLanguage(t *testing.T) {
	for _, role := range access.Roles {
		w := aBusyHome(t, role)
		for _, lang := range locale.Langs {
			r := w.html("/?lang=" + string(lang))
			if r.status != http.StatusOK || r.header.Get("Content-Type") != "text/html; charset=utf-8" {
				t.Fatalf("%s: %d %s", role, r.status, r.text)
			}
			golden(t, filepath.Join("home", string(role)+"."+string(lang)+".html"), r.text)
			wellFormed(t, r.text, lang)
		}
	}
}

// golden holds a page to what stands in testdata: home as a whole, of others what stands within the frame that all have.
func golden(t testing.TB, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", "pages", name)
	text = menuPart.ReplaceAllString(text, "")
	if !strings.HasPrefix(name, "home") {
		text = text[max(0, strings.Index(text, "<main")):strings.LastIndex(text, "<footer>")]
	}
	text = assetName.ReplaceAllString(requestID.ReplaceAllString(text, `name="$1" value="$1"`), "assets/$1")
	text = identifier.ReplaceAllString(text, "identifier")
	text = strings.ReplaceAll(text, "><", ">\n<") + "\n" // a line for each change
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s (go test ./shared/httpapi -run Home -update writes it anew): got\n%s", file, text)
	}
}

func TestEachEntryOfTheMenuLeadsToAPageForWhomItIsShown(t *testing.T) {
	for _, role := range access.Roles {
		w := newWorld(t)
		w.actor = actorOf(role)
		enrolled(w, w.actor)
		for _, link := range linksOf(t, menuPart.FindString(w.html("/").text)) {
			if r := w.html(link.to); r.status != http.StatusOK || !strings.Contains(menuPart.FindString(r.text), `href="`+link.to+`" aria-current="true"`) {
				t.Errorf("%s: %s: %d", role, link.to, r.status)
			}
		}
	}
}

func TestWhereNothingWaitsHomeSaysWhatToDo(t *testing.T) {
	for _, role := range access.Roles {
		w := newWorld(t)
		w.actor = actorOf(role)
		for _, lang := range locale.Langs {
			r := w.html("/?lang=" + string(lang))
			if sections, empty := strings.Count(r.text, `<section class="card"`), strings.Count(r.text, `<p class="empty">`); sections == 0 || empty != sections {
				t.Errorf("%s %s: %d of %d parts say that nothing waits", role, lang, empty, sections)
			}
			wellFormed(t, r.text, lang)
		}
	}
}

func TestEachLinkOfAPageLeadsToARoute(t *testing.T) {
	for _, role := range access.Roles {
		w := aBusyHome(t, role)
		for _, path := range []string{"/", "/?lang=fr", "/nowhere", "/nowhere/at/all?lang=es"} {
			for _, link := range linksOf(t, w.html(path).text) {
				below, found := strings.CutPrefix(link.to, "/Prod/")
				address, _, _ := strings.Cut(below, "?")
				if address == "nowhere" || address == "nowhere/at/all" { // where one is, in another language
					continue
				}
				if !found || !leads(link.method, "/"+address) {
					t.Errorf("%s: %s %s leads nowhere", path, link.method, link.to)
				}
			}
		}
	}
}

// leads reports whether there is a route of a method at a path.
func leads(method, path string) bool {
	for _, route := range httpapi.Routes() {
		pattern, parts := strings.Split(route.Pattern, "/"), strings.Split(path, "/")
		fits := route.Method == method && len(pattern) == len(parts)
		for i := 0; fits && i < len(parts); i++ {
			fits = pattern[i] == parts[i] || strings.HasPrefix(pattern[i], "{") && parts[i] != ""
		}
		if fits {
			return true
		}
	}
	return false
}

func TestALanguageThatWasChosenGoesAlongWithTheLinks(t *testing.T) {
	w := aBusyHome(t, access.City)
	if text := w.html("/?lang=es").text; !strings.Contains(text, `href="/Prod/?lang=es"`) || !strings.Contains(text, `href="/Prod/api/?lang=es"`) {
		t.Error(text)
	}
	if text := w.html("/").text; !strings.Contains(text, `href="/Prod/"`) || !strings.Contains(text, `href="/Prod/api/"`) {
		t.Error(text)
	}
}

func TestAProblemIsAPageForABrowserAndDataForAProgram(t *testing.T) {
	w := newWorld(t)
	w.actor = access.Actor{}
	for lang, word := range map[locale.Lang]string{locale.EN: "Not found", locale.FR: "Introuvable", locale.ES: "No encontrado"} {
		r := w.html("/nowhere?lang=" + string(lang))
		wellFormed(t, r.text, lang)
		if r.status != http.StatusNotFound || !strings.Contains(r.text, "<h1>"+word+"</h1>") || !strings.Contains(r.text, "<code>ROUTE_UNKNOWN</code>") ||
			!strings.Contains(r.text, "<code>r-1</code>") {
			t.Errorf("%d %s", r.status, r.text)
		}
	}
	if r := w.html("/"); r.status != http.StatusUnauthorized || !strings.Contains(r.text, `href="/signin"`) || strings.Contains(r.text, "signout") {
		t.Errorf("%d %s", r.status, r.text)
	}
	w.refused(w.html("/api/nowhere"), http.StatusNotFound, "ROUTE_UNKNOWN")
	w.refused(w.ask("GET", "/nowhere", "", "Accept", "application/json"), http.StatusNotFound, "ROUTE_UNKNOWN")
}

func TestALanguageLinkKeepsWhatThePageWasAskedWith(t *testing.T) {
	w := newWorld(t)
	if text := w.html("/?after=x1&done=no&lang=fr").text; !strings.Contains(text, `href="/?after=x1&amp;lang=es"`) {
		t.Error(text)
	}
}

func TestWhatAProblemQuotesIsNoHTML(t *testing.T) {
	w := newWorld(t)
	if r := w.html("/%3Cscript%3Ealert(1)%3C/script%3E"); r.status != http.StatusNotFound || strings.Contains(r.text, "<script>") {
		t.Errorf("%d %s", r.status, r.text)
	}
}

func TestNoPathMakesALinkThatLeadsElsewhere(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"//other.example/", "///other.example", "/%5Cother.example", "/javascript:alert(1)"} {
		for _, link := range linksOf(t, w.html(path).text) {
			if !strings.HasPrefix(link.to, "/") || strings.HasPrefix(link.to, "//") || strings.Contains(link.to, `\`) {
				t.Errorf("%s: %s", path, link.to)
			}
		}
	}
}

func TestTheStylesheetIsKeptAndAnotherNameIsNone(t *testing.T) {
	w := newWorld(t)
	r := w.ask("GET", "/assets/"+aStyle(w, access.Actor{})["asset"], "")
	if r.status != http.StatusOK || r.header.Get("Content-Type") != "text/css; charset=utf-8" || !strings.Contains(r.header.Get("Cache-Control"), "immutable") {
		t.Errorf("%d %v", r.status, r.header)
	}
	w.refused(w.ask("GET", "/assets/style-0", ""), http.StatusNotFound, "ROUTE_UNKNOWN")
}

func TestAPageLoadsItsStylesheetAndItsScriptOnly(t *testing.T) {
	w := newWorld(t)
	header := w.html("/").header
	policy := header.Get("Content-Security-Policy")
	for _, wanted := range []string{"default-src 'none'", "style-src 'self'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, wanted) {
			t.Errorf("%q lacks %s", policy, wanted)
		}
	}
	if strings.Contains(policy, "unsafe") || header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", header)
	}
}
