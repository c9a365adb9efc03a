package httpapi_test

import (
	"html"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/locale"
)

const brestPage = "/applications/2025/FR/brest"

// send sends a form, as a browser does.
func (w *world) send(path string, form url.Values) reply {
	w.t.Helper()
	return w.ask("POST", path, form.Encode(), append([]string{"Accept", "text/html", "X-Test-Request", "r-1"}, asForm...)...)
}

var versionField = regexp.MustCompile(`name="version" value="([0-9]+)"`)

// versionAt is the version that the form of a page is about.
func (w *world) versionAt(path string) string {
	w.t.Helper()
	found := versionField.FindStringSubmatch(w.html(path).text)
	if found == nil {
		w.t.Fatalf("%s names no version", path)
	}
	return found[1]
}

// led checks that a form was taken, and where it leads.
func (w *world) led(r reply, to string) {
	w.t.Helper()
	if got := r.header.Get("Location"); r.status != http.StatusSeeOther || got != to {
		w.t.Fatalf("%d %s, want %s: %s", r.status, got, to, r.text)
	}
}

// stateOf is how far the application of a city has come.
func (w *world) stateOf(city string) string {
	w.t.Helper()
	asking := w.actor
	defer func() { w.actor = asking }()
	w.actor = actorOf(access.Auditor)
	state, _ := w.ask("GET", "/api/applications/2025/"+city, "").body["state"].(string)
	return state
}

// commissioner is who acts for the National Commission of France, in a world where the call is open.
func commissioner(t *testing.T) *world {
	w := newWorld(t)
	w.inCall()
	w.actor = actorOf(access.Commission)
	return w
}

// shows checks that a page has texts, or hasn't those that begin with "not ".
func shows(t *testing.T, page string, texts ...string) {
	t.Helper()
	plain := html.UnescapeString(page)
	for _, text := range texts {
		without, absent := strings.CutPrefix(text, "not ")
		if strings.Contains(plain, without) == absent {
			t.Errorf("%q: %v in\n%s", without, !absent, page)
		}
	}
}

// theForm are answers to all that has to be answered.
func theForm() url.Values {
	return url.Values{
		"mayor_name": {"A. Maire"}, "contact_name": {"C. Contact"}, "contact_email": {"c@ville.example"}, "pledge": {"yes"},
		"pledge_date": {"2025-05-02"}, "population": {"140 064"}, "population_year": {"2023"}, "motivation": {"Relier nos écoles."}, "plans": {"Un comité."},
		"challenge_poverty": {"4"}, "interests": {"health", "literacy"}, "partners": {"U. de Brest\r\n\r\nPort"},
	}
}

func TestACityFillsItsFormAndSendsItOnPages(t *testing.T) {
	w := ofBrest(t)
	shows(t, w.html("/applications").text, "15 June 2025 (26 days left)", `name="name" type="text" value="Brest"`, "at most 3")
	w.led(w.send("/applications", url.Values{"call": {"2025"}, "name": {"Brest"}}), brestPage+"/edit?done=start")
	shows(t, w.html("/applications").text, "The city fills it in and sends it by 15 June 2025 (26 days left).", `href="`+brestPage+`/edit"`)
	shows(t, w.html(brestPage+"/edit?done=start").text, "The application has begun.", "What is missing before it can be sent", `href="#field-mayor_name"`)

	form := theForm()
	form.Set("version", w.versionAt(brestPage+"/edit"))
	form.Set("motivation", strings.Repeat("mot ", 201))
	w.led(w.send(brestPage+"/edit?lang=fr", form), brestPage+"/edit?done=saved&lang=fr")
	shows(t, w.html(brestPage+"/edit?lang=fr").text, "201 sur au plus 200 mots", "Le texte compte 201 mots ; 200 au plus sont admis.", "not doit être rempli")
	shows(t, w.html(brestPage+"/send").text, "What is missing", brestPage+"/edit#field-motivation", `not <button type="submit">Send`)
	if r := w.send(brestPage+"/send", nil); r.status != http.StatusBadRequest || w.stateOf("FR/brest") != "draft" {
		t.Errorf("a text of 201 words is sent: %d", r.status)
	}

	form.Set("version", w.versionAt(brestPage+"/edit"))
	form.Set("motivation", "Relier nos écoles.")
	form.Set("next", "send")
	w.led(w.send(brestPage+"/edit?lang=fr", form), brestPage+"/send?done=saved&lang=fr")
	shows(t, w.html(brestPage+"/send").text, "The application goes to the National Commission (France)", "by 15 July 2025", "not What is missing")
	w.led(w.send(brestPage+"/send", url.Values{"version": {w.versionAt(brestPage + "/send")}}), brestPage+"?done=send")
	shows(t, w.html(brestPage+"?done=send").text, "The application is with the National Commission.", "140,064", "2 May 2025",
		"<li>Health and well-being</li>", "<li>Port</li>", "not /edit")
	if w.stateOf("FR/brest") != "sent" {
		t.Errorf("it is %s", w.stateOf("FR/brest"))
	}
	w.led(w.html(brestPage+"/edit"), brestPage+"?done=not-now")
}

func TestWhatIsWrongWithAFormIsSaidAtItsFieldAndNothingIsLost(t *testing.T) {
	w := ofBrest(t)
	w.bring("FR/brest", "start")
	for field, value := range map[string]string{
		"population_year": "last year", "population": "many", "pledge_date": "tomorrow", "challenge_poverty": "9",
	} {
		form := theForm()
		form.Set("plans", "Un <autre> plan.")
		form.Set(field, value)
		r := w.send(brestPage+"/edit", form)
		wellFormed(t, r.text, locale.EN)
		if r.status != http.StatusBadRequest || !strings.Contains(r.text, `href="#field-`+field+`"`) || !strings.Contains(r.text, `id="field-`+field+`-problem-0"`) {
			t.Errorf("%s: %d %s", field, r.status, r.text)
		}
		shows(t, r.text, "Un <autre> plan.", `value="literacy" checked`, "Nothing was changed yet")
	}
	if plans := w.ask("GET", brest, "").at("form", "plans"); plans != "Un comité." {
		t.Errorf("it was changed to %v", plans)
	}
}

func TestADraftThatSomebodyElseChangedIsNotWrittenOver(t *testing.T) {
	w := ofBrest(t)
	w.bring("FR/brest", "start")
	seen := w.versionAt(brestPage + "/edit")
	first, second := theForm(), theForm()
	first.Set("version", seen)
	first.Set("plans", "Theirs.")
	w.led(w.send(brestPage+"/edit", first), brestPage+"/edit?done=saved")
	second.Set("version", seen)
	second.Set("plans", "Mine.")
	r := w.send(brestPage+"/edit", second)
	if plans := w.ask("GET", brest, "").at("form", "plans"); r.status != http.StatusPreconditionFailed || plans != "Theirs." {
		t.Errorf("%d, %v", r.status, plans)
	}
	shows(t, r.text, "This was changed since you read it.", ">Mine.</textarea>")
}

func TestAButtonThatIsPressedTwiceActsOnce(t *testing.T) {
	w := ofBrest(t)
	w.bring("FR/brest", "start")
	form := theForm()
	form.Set("version", w.versionAt(brestPage+"/edit"))
	form.Set("request", "01890a5d-ac96-774b-bcce-b302099a8057")
	for range 2 {
		w.led(w.send(brestPage+"/edit", form), brestPage+"/edit?done=saved")
	}
	if events, _ := w.ask("GET", brest, "").body["events"].([]any); len(events) != 2 {
		t.Errorf("%v", events)
	}
}

func TestACityWhoseNameResemblesAnotherIsAskedWhichItIs(t *testing.T) {
	w := ofBrest(t)
	w.bring("FR/brest", "start")
	w.actor = access.Actor{Person: "b", Role: access.City, Scope: "FR#breste"}
	form := url.Values{"call": {"2025"}, "name": {"Breste"}}
	r := w.send("/applications", form)
	wellFormed(t, r.text, locale.EN)
	shows(t, r.text, "“Breste” resembles the name of a city that is known already", `name="new"`, "not --answer")
	form.Set("new", "yes")
	w.led(w.send("/applications", form), "/applications/2025/FR/breste/edit?done=start")
}

func TestANationalCommissionEndorsesFourAndSubmitsThree(t *testing.T) {
	w := commissioner(t)
	cities := []string{"FR#brest", "FR#evry", "FR#lille", "FR#metz"}
	for _, city := range cities {
		path := strings.ReplaceAll(city, "#", "/")
		w.bring(path, "start send")
		shows(t, w.html("/applications/2025/"+path+"/endorse").text, "takes no place yet: 0 of 3 are taken")
		w.led(w.send("/applications/2025/"+path+"/endorse", nil), "/applications/2025/FR?done=endorse")
	}
	form := url.Values{"city": cities, "signed": {"M. Dupont"}}
	r := w.send("/applications/2025/FR?lang=fr", form)
	if r.status != http.StatusConflict || w.stateOf("FR/brest") != "endorsed" {
		t.Errorf("four of three: %d, %s", r.status, w.stateOf("FR/brest"))
	}
	wellFormed(t, r.text, locale.FR)
	shows(t, r.text, "peut présenter 3 villes", "brest, evry, lille, metz", `value="FR#metz" checked`, `value="M. Dupont"`, "0 sur 3 sont prises")

	form["city"] = cities[:3]
	form.Set("request", "01890a5d-ac96-774b-bcce-b302099a8057")
	for range 2 { // also pressed twice
		w.led(w.send("/applications/2025/FR", form), "/applications/2025/FR?done=submit")
	}
	shows(t, w.html("/applications").text, "3 of 3 are taken", "not Submit the chosen ones")
	if r := w.send("/applications/2025/FR", url.Values{"city": cities[3:], "signed": {"M. Dupont"}}); r.status != http.StatusConflict {
		t.Errorf("the fourth: %d", r.status)
	}
	if r := w.send("/applications/2025/FR/metz/submit", url.Values{"signed": {"M. Dupont"}}); r.status != http.StatusConflict || w.stateOf("FR/metz") != "endorsed" {
		t.Errorf("the fourth by itself: %d, %s", r.status, w.stateOf("FR/metz"))
	}
	w.led(w.send("/applications/2025/FR/brest/recall", nil), "/applications/2025/FR?done=recall")
	w.led(w.send("/applications/2025/FR/metz/submit", url.Values{"signed": {"M. Dupont"}}), "/applications/2025/FR?done=submit")
}

func TestNothingIsSubmittedWithoutACityOrASignature(t *testing.T) {
	w := commissioner(t)
	w.bring("FR/brest", "start send endorse")
	for field, form := range map[string]url.Values{"city": {"signed": {"M. Dupont"}}, "signed": {"city": {"FR#brest"}, "signed": {" "}}} {
		if r := w.send("/applications/2025/FR", form); r.status != http.StatusBadRequest || !strings.Contains(r.text, `id="field-`+field+`-problem-0"`) {
			t.Errorf("%s: %d %s", field, r.status, r.text)
		}
	}
	if w.stateOf("FR/brest") != "endorsed" {
		t.Error(w.stateOf("FR/brest"))
	}
}

func TestACityIsToldWhyItsApplicationCameBack(t *testing.T) {
	w := commissioner(t)
	w.bring("FR/brest", "start send")
	r := w.send(brestPage+"/return", url.Values{"reason": {"  "}})
	if r.status != http.StatusBadRequest || w.stateOf("FR/brest") != "sent" {
		t.Errorf("without a reason: %d %s", r.status, w.stateOf("FR/brest"))
	}
	shows(t, r.text, `id="field-reason-problem-0"`)
	w.led(w.send(brestPage+"/return", url.Values{"reason": {"Nommez <un> partenaire."}}), "/applications/2025/FR?done=return")
	w.actor = actorOf(access.City)
	shows(t, w.html(brestPage).text, "Nommez <un> partenaire.", "returned to the city", brestPage+"/edit", "the National Commission of its country")
}

func TestTheSecretariatDecidesAndSaysWhy(t *testing.T) {
	w := newWorld(t)
	w.inCall()
	w.bring("FR/brest", "start send endorse submit")
	w.bring("FR/evry", "start send endorse submit")
	shows(t, w.html("/applications?state=submitted").text, "wait for your decision", `/applications/2025/FR/evry"`, `href="/applications?state=submitted"`)
	shows(t, w.html("/applications?country=FR").text, `href="/applications?country=FR&state=submitted"`)
	shows(t, w.html(brestPage+"/accept").text, "becomes a member of the network from today, 20 May 2025")
	w.led(w.send(brestPage+"/accept", nil), brestPage+"?done=accept")
	shows(t, w.html(brestPage).text, "Member from", "20 May 2025")
	if r := w.send("/applications/2025/FR/evry/decline", nil); r.status != http.StatusBadRequest {
		t.Errorf("declined without a reason: %d", r.status)
	}
	w.led(w.send("/applications/2025/FR/evry/decline", url.Values{"reason": {"No committee."}}), "/applications/2025/FR/evry?done=decline")
	if got := w.stateOf("FR/brest") + " " + w.stateOf("FR/evry"); got != "accepted declined" {
		t.Error(got)
	}
}

func TestADeadlineIsExtendedOnItsPage(t *testing.T) {
	w := newWorld(t)
	w.inCall()
	form := url.Values{"deadline": {"city"}, "city": {"Brest"}, "until": {"2025-06-30"}, "reason": {"A flood."}}
	if r := w.send("/calls/2025", form); r.status != http.StatusBadRequest || !strings.Contains(r.text, `id="field-country-problem-0"`) {
		t.Errorf("a city of no country: %d %s", r.status, r.text)
	}
	form.Set("country", "FR")
	w.led(w.send("/calls/2025", form), "/calls/2025?done=extended")
	form.Set("until", "2025-06-20")
	r := w.send("/calls/2025", form)
	wellFormed(t, r.text, locale.EN)
	if r.status != http.StatusConflict || !strings.Contains(r.text, `id="field-until-problem-0"`) {
		t.Errorf("an earlier day: %d", r.status)
	}
	w.actor = actorOf(access.City)
	shows(t, w.html("/calls/2025").text, "30 June 2025", "41 days left", "A flood.", "not Extend a deadline")
	w.actor = access.Actor{Person: "k", Role: access.City, Scope: "DE#kiel"}
	shows(t, w.html("/calls/2025").text, "15 June 2025", "not 30 June 2025", "not A flood.")
}

// aRound is a world in which applications have come to each state.
func aRound(t *testing.T) *world {
	w := newWorld(t)
	w.inCall()
	for city, actions := range map[string]string{
		"FR/brest": "start send", "FR/evry": "start send endorse", "FR/lille": "start send endorse submit", "FR/metz": "start send return",
		"FR/nancy": "start", "DE/kiel": "start send endorse submit accept", "DE/ulm": "start withdraw",
	} {
		w.bring(city, actions)
	}
	w.config.Base = "/Prod/"
	w.handler = httpapi.New(w.config)
	return w
}

func TestThePagesOfApplicationsAreThoseThatWereLookedAt(t *testing.T) {
	w := aRound(t)
	for name, one := range map[string]struct {
		who  access.Actor
		path string
	}{
		"inbox":       {actorOf(access.Commission), "/applications"},
		"list":        {actorOf(access.Secretariat), "/applications"},
		"call":        {actorOf(access.Auditor), "/calls/2025"},
		"application": {actorOf(access.Commission), brestPage},
		"edit":        {access.Actor{Person: "n", Role: access.City, Scope: "FR#nancy"}, "/applications/2025/FR/nancy/edit"},
		"endorse":     {actorOf(access.Commission), brestPage + "/endorse"},
	} {
		w.actor = one.who
		for _, lang := range locale.Langs {
			r := w.html(one.path + "?lang=" + string(lang))
			golden(t, filepath.Join("applications", name+"."+string(lang)+".html"), r.text)
			wellFormed(t, r.text, lang)
		}
	}
}

func TestEachLinkOfThePagesOfApplicationsLeadsToARoute(t *testing.T) {
	w := aRound(t)
	paths := []string{"/calls", "/calls/2025", "/applications", "/applications/2025/FR"}
	for _, city := range []string{"FR/brest", "FR/evry", "FR/lille", "FR/metz", "FR/nancy", "DE/kiel", "DE/ulm"} {
		for _, do := range append([]application.Action{""}, application.Actions...) {
			paths = append(paths, strings.TrimSuffix("/applications/2025/"+city+"/"+string(do), "/"))
		}
	}
	looked := 0
	for _, role := range access.Roles {
		w.actor = actorOf(role)
		for _, path := range paths {
			r := w.html(path)
			if r.status != http.StatusOK {
				continue
			}
			wellFormed(t, r.text, locale.EN)
			for _, link := range linksOf(t, r.text) {
				below, found := strings.CutPrefix(link.to, "/Prod/")
				address, _, _ := strings.Cut(below, "?")
				address, _, _ = strings.Cut(address, "#")
				if !found || !leads(link.method, "/"+address) {
					t.Errorf("%s: %s %s leads nowhere", path, link.method, link.to)
				}
			}
			looked++
		}
	}
	if looked < 40 {
		t.Errorf("%d pages were looked at", looked)
	}
}
