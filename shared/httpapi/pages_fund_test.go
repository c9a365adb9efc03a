package httpapi_test

import (
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/locale"
)

// fundPages are the pages of the fund that are read, by who reads them: what a person of a role is shown of the fund of aProposal.
var fundPages = []struct {
	name, path string
	role       access.Role
	golden     bool
}{
	{"fund", "/fund", access.City, true},
	{"books", "/fund", access.Treasurer, false},
	{"balances", "/fund/balances", access.Auditor, false},
	{"verification", "/fund/verification", access.Auditor, false},
	{"rates", "/fund/rates", access.City, false},
	{"entries", "/fund/entries", access.Treasurer, false},
	{"entry", "/fund/entries/{entry}", access.Treasurer, true},
	{"reversal", "/fund/entries/{entry}/reversal", access.Treasurer, false},
	{"new", "/fund/new", access.Treasurer, false},
	{"deposit", "/fund/new/deposit", access.Treasurer, false},
	{"allocation", "/fund/new/allocation", access.Treasurer, false},
	{"expenditure", "/fund/new/expenditure", access.Treasurer, false},
	{"closing", "/fund/closing", access.Treasurer, false},
	{"proposals", "/fund/proposals", access.Secretariat, false},
	{"proposal", "/fund/proposals/{proposal}", access.Treasurer, true},
	{"donors", "/donors", access.Secretariat, false},
	{"donor", "/donors/donor_country/KR", access.Donor, true},
	{"statements", "/donors/donor_country/KR/statements", access.Treasurer, false},
	{"final", "/donors/donor_country/KR/statements/final", access.Treasurer, false},
}

// anyID fits the identifiers that are made anew in each test, and the hashes of what has them.
var anyID = regexp.MustCompile(`\b([0-9a-z]{26}|[0-9a-f]{64})\b`)

func TestThePagesOfTheFundAreWellFormedInEachLanguageAndLeadSomewhere(t *testing.T) {
	w := newWorld(t)
	named := aProposal(w, access.Actor{})
	w.config.Base = "/Prod/"
	w.handler = httpapi.New(w.config)
	fill := strings.NewReplacer("{entry}", named["entry"], "{proposal}", named["proposal"])
	for _, one := range fundPages {
		for _, lang := range locale.Langs {
			r := w.as(one.role).html(fill.Replace(one.path) + "?lang=" + string(lang))
			if r.status != http.StatusOK {
				t.Fatalf("%s: %d %s", one.name, r.status, r.text)
			}
			wellFormed(t, r.text, lang)
			if one.golden {
				golden(t, filepath.Join("fund", one.name+"."+string(lang)+".html"), anyID.ReplaceAllString(r.text, "identifier"))
			}
			for _, link := range linksOf(t, r.text) {
				below, found := strings.CutPrefix(link.to, "/Prod/")
				address, _, _ := strings.Cut(below, "?")
				if !found || !leads(link.method, "/"+address) {
					t.Errorf("%s: %s %s leads nowhere", one.name, link.method, link.to)
				}
			}
		}
	}
}

// ledOn checks that a form was answered by leading on, and gives where to, without what the page then says.
func (w *world) ledOn(r reply, done string) string {
	w.t.Helper()
	path, query, _ := strings.Cut(r.header.Get("Location"), "?")
	if r.status != http.StatusSeeOther || query != done {
		w.t.Fatalf("%d to %s: %.2000s", r.status, r.header.Get("Location"), r.text)
	}
	return path
}

// free gives what the fund has set aside for no activity, in minor units.
func (w *world) free() int64 {
	w.t.Helper()
	w.actor = actorOf(access.Auditor)
	return int64(w.ask("GET", "/api/fund", "").at("unallocated", "minor").(float64))
}

func TestAnEventIsEnteredAsPeopleWriteItInTheirLanguage(t *testing.T) {
	for lang, amount := range map[string]string{"en": "1,250.50", "fr": "1 250,50", "es": "1.250,50"} {
		w := newWorld(t)
		aFund(w, access.Actor{})
		before := w.free()
		path := w.as(access.Treasurer).ledOn(w.form("/fund/new/interest?lang="+lang, "date=2026-02-12&amount="+strings.ReplaceAll(amount, " ", "+")), "done=entered&lang="+lang)
		if r := w.html(path); r.status != http.StatusOK || !strings.Contains(r.text, "1,250.50") {
			t.Errorf("%s: %d %s", path, r.status, r.text)
		}
		if got := w.free() - before; got != 125_050 {
			t.Errorf("%s in %s became %d cents", amount, lang, got)
		}
	}
}

func TestWhatCannotBeReadIsSaidAtItsFieldAndNothingIsEntered(t *testing.T) {
	for _, amount := range []string{"1.250", "1,25,00", "a lot", "", "-5,00", "1 25,00"} {
		w := newWorld(t)
		aFund(w, access.Actor{})
		before := w.free()
		r := w.as(access.Treasurer).form("/fund/new/interest?lang=es", "date=2026-02-12&reason=por+qu%C3%A9&amount="+strings.ReplaceAll(amount, " ", "+"))
		if r.status < 400 || r.status >= 500 || !strings.Contains(r.text, `id="field-amount-problem-0"`) || !strings.Contains(r.text, "por qué</textarea>") ||
			!strings.Contains(r.text, `value="`+amount+`"`) {
			t.Errorf("%q: %d %s", amount, r.status, r.text)
		}
		wellFormed(t, r.text, locale.ES)
		if got := w.free(); got != before {
			t.Errorf("%q moved %d cents", amount, got-before)
		}
	}
}

func TestWhatTakesTwoPersonsIsProposedByOneAndApprovedByAnother(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	before := w.free()
	path := w.as(access.Treasurer).ledOn(w.form("/fund/new/allocation", "activity=fund%2F1.1&date=2026-02-12&amount=10&reason=as+planned"), "done=proposed")
	if text := w.html(path).text; strings.Contains(text, path+"/approval") || !strings.Contains(text, path+"/rejection") {
		t.Errorf("who proposed it may approve it: %s", text)
	}
	if r := w.form(path+"/approval", "x=y"); r.status != http.StatusConflict || !strings.Contains(r.text, `role="alert"`) {
		t.Errorf("%d %s", r.status, r.text)
	}
	if got := w.free(); got != before {
		t.Errorf("%d cents were moved by one person", before-got)
	}
	text := w.as(access.Secretariat).html(path).text
	for _, wanted := range []string{"US$905.00", "US$895.00", "as planned", path + "/approval"} {
		if !strings.Contains(text, wanted) {
			t.Errorf("no %s in %s", wanted, text)
		}
	}
	w.ledOn(w.form(path+"/approval", "x=y"), "done=approved")
	if got := w.free(); got != before-1_000 {
		t.Errorf("%d cents were set aside", before-got)
	}
	if text := w.as(access.Secretariat).html(path).text; strings.Contains(text, "/approval") || strings.Contains(text, "/rejection") {
		t.Errorf("what is decided can be decided: %s", text)
	}
}

func TestAProposalThatIsRejectedChangesNothing(t *testing.T) {
	w := newWorld(t)
	path := "/fund/proposals/" + aProposal(w, access.Actor{})["proposal"]
	before := w.free()
	w.ledOn(w.as(access.Secretariat).form(path+"/rejection", "x=y"), "done=rejected")
	if r := w.form(path+"/approval", "x=y"); r.status != http.StatusConflict {
		t.Errorf("%d %s", r.status, r.text)
	}
	if got := w.free(); got != before {
		t.Errorf("%d cents were moved", before-got)
	}
}

func TestAnEntryIsTakenBackByAnotherOneForAReason(t *testing.T) {
	w := newWorld(t)
	entry := "/fund/entries/" + aFund(w, access.Actor{})["entry"]
	before := w.free()
	if r := w.as(access.Treasurer).form(entry+"/reversal", "date=2026-02-12"); r.status != http.StatusUnprocessableEntity && r.status != http.StatusBadRequest ||
		!strings.Contains(r.text, `id="field-reason-problem-0"`) {
		t.Errorf("%d %s", r.status, r.text)
	}
	back := w.ledOn(w.form(entry+"/reversal", "date=2026-02-12&reason=booked+twice"), "done=reversed")
	if got := before - w.free(); got != 500 {
		t.Errorf("%d cents were taken back", got)
	}
	w.as(access.Treasurer)
	if text := w.html(back).text; !strings.Contains(text, entry) || strings.Contains(text, back+"/reversal") {
		t.Error(text)
	}
	if text := w.html(entry).text; !strings.Contains(text, back) || strings.Contains(text, entry+"/reversal") {
		t.Error(text)
	}
}

func TestTheBooksAreClosedByTwoPersons(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	if r := w.as(access.Treasurer).form("/fund/closing", "date=2026-01-15"); !strings.Contains(r.text, `id="field-date-problem-0"`) {
		t.Errorf("%d %s", r.status, r.text)
	}
	path := w.ledOn(w.form("/fund/closing", "date=2026-02-28&reason=quarter"), "done=proposed")
	w.ledOn(w.as(access.Secretariat).form(path+"/approval", ""), "done=approved")
	if got := w.ask("GET", "/api/fund", "").at("closedTo"); got != "2026-02-28" {
		t.Errorf("closed to %v", got)
	}
}
