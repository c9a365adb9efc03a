package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
)

// invited has a page put a person on record, and gives the path of that person.
func (w *world) invited(fields string) string {
	w.t.Helper()
	r := w.form("/people", fields)
	if r.status != http.StatusSeeOther {
		w.t.Fatalf("%s: %d %s", fields, r.status, r.text)
	}
	path, _, _ := strings.Cut(r.header.Get("Location"), "?")
	return path
}

func TestSomebodyIsInvitedOnAPageByWhatPeopleCallTheCountry(t *testing.T) {
	w := newWorld(t)
	w.everyLanguage("people/invite", "/people/new")
	const form = "request=a1&email=Claire%40Commission.example&role=commission&scope=Espa%C3%B1a&lang=es"
	path := w.invited(form)
	if again := w.invited(form); again != path {
		t.Errorf("sent twice, it leads to %s and %s", path, again)
	}
	w.everyLanguage("people/person", path)
	w.everyLanguage("people/list", "/people")
	if text := w.html(path + "?done=invited&lang=fr").text; !strings.Contains(text, "Espagne") || !strings.Contains(text, "est enregistrée et peut se connecter") {
		t.Error(text)
	}
}

func TestAnInvitationThatIsRefusedKeepsItsValues(t *testing.T) {
	w := newWorld(t)
	w.invited("email=taken%40example.org&role=auditor&lang=en")
	for fields, at := range map[string]string{
		"email=nobody&role=auditor&scope=&lang=es": "email", "email=taken%40example.org&role=auditor&lang=es": "email",
		"email=new%40example.org&role=king&lang=es": "role", "email=new%40example.org&role=city&scope=Brest&lang=es": "scope",
	} {
		r := w.form("/people?lang=es", fields)
		if r.status < 400 || !strings.Contains(r.text, `id="field-`+at+`-problem-0"`) || !strings.Contains(r.text, `value="es" selected`) {
			t.Errorf("%s: %d %s", fields, r.status, r.text)
		}
		wellFormed(t, r.text, locale.ES)
		w.linksLead(r.text)
	}
}

func TestAPersonIsChangedFromTheVersionThatWasReadAndNoOther(t *testing.T) {
	w := newWorld(t)
	path := w.invited("email=new%40example.org&role=city&scope=FR%23evry&lang=fr")
	if r := w.form(path, "version=1&email=new%40example.org&role=auditor&lang=es"); r.status != http.StatusSeeOther {
		t.Fatalf("%d %s", r.status, r.text)
	}
	for _, version := range []string{"version=1&", "version=x&", ""} {
		r := w.form(path, version+"email=new%40example.org&role=donor&scope=donor_country%23KR&lang=fr")
		if r.status != http.StatusPreconditionFailed || !strings.Contains(r.text, "was changed since you read it") || !strings.Contains(r.text, `value="donor_country#KR"`) {
			t.Errorf("%q: %d %s", version, r.status, r.text)
		}
		wellFormed(t, r.text, locale.EN)
	}
	if text := w.html(path).text; !strings.Contains(text, `value="auditor" selected`) || !strings.Contains(text, `name="version" value="2"`) {
		t.Error(text)
	}
}

func TestARemovalSaysWhatItDoesAndDoesItOnce(t *testing.T) {
	w := newWorld(t)
	names := enrolled(w, access.Actor{Person: "zoe", Role: access.Treasurer})
	w.actor = actorOf(access.Secretariat)
	page := w.html("/people/" + names["own"] + "/remove")
	if !strings.Contains(page.text, "1 session ends at once") || !strings.Contains(page.text, "zoe@example.org") {
		t.Fatal(page.text)
	}
	wellFormed(t, page.text, locale.EN)
	w.linksLead(page.text)
	if r := w.form("/people/"+names["own"]+"/remove", "version=7"); r.status != http.StatusPreconditionFailed {
		t.Errorf("of another version: %d", r.status)
	}
	if r := w.form("/people/"+names["own"]+"/remove", "version=1"); r.status != http.StatusSeeOther || !strings.HasPrefix(r.header.Get("Location"), "/people?") {
		t.Errorf("%d %v", r.status, r.header)
	}
	if r := w.html("/people/" + names["own"]); r.status != http.StatusNotFound {
		t.Errorf("removed, and still there: %d", r.status)
	}
	last := w.form("/people/"+names["foreign"]+"/remove", "version=1") // without whom nobody could be invited
	if last.status != http.StatusConflict || !strings.Contains(last.text, "last person of the secretariat") {
		t.Errorf("%d %s", last.status, last.text)
	}
}

func TestPeopleSeeTheirOwnSessionsWithTheCurrentOneMarkedAndEndThem(t *testing.T) {
	w := newWorld(t)
	names := enrolled(w, actorOf(access.City))
	w.now = w.now.Add(time.Minute)
	_, other, err := peopleOver(t, w.table, w.clock, "").StartSession(t.Context(), "city")
	if err != nil {
		t.Fatal(err)
	}
	w.actor = actorOf(access.City)
	w.actor.Session = names["ownSession"]
	w.everyLanguage("people/account", "/account")
	text := w.html("/account").text
	if strings.Count(text, ">this one<") != 1 || strings.Count(text, `name="session"`) != 2 {
		t.Fatal(text)
	}
	if r := w.form("/account", "session="+other.ID); r.status != http.StatusSeeOther || !strings.HasPrefix(r.header.Get("Location"), "/account?") {
		t.Errorf("%d %v", r.status, r.header)
	}
	if text := w.html("/account").text; strings.Count(text, `name="session"`) != 1 || !strings.Contains(text, ">this one<") {
		t.Error(text)
	}
	if r := w.form("/account", "session="+names["ownSession"]); r.header.Get("Location") != "/" {
		t.Errorf("who ended the own session is led to %v", r.header)
	}
}

func TestTheSecretariatEndsTheSessionsOfAPerson(t *testing.T) {
	w := newWorld(t)
	names := enrolled(w, access.Actor{Person: "zoe", Role: access.Treasurer})
	path := "/people/" + names["own"] + "/sessions"
	for _, role := range []access.Role{access.Auditor, access.Secretariat} {
		w.actor = actorOf(role)
		text := w.html(path).text
		wellFormed(t, text, locale.EN)
		if shown := strings.Contains(text, `name="session"`); shown != (role == access.Secretariat) {
			t.Errorf("%s: may end: %v", role, shown)
		}
	}
	if r := w.form(path, "session="); r.status != http.StatusSeeOther || !strings.HasPrefix(r.header.Get("Location"), path+"?done=all-ended") {
		t.Errorf("%d %v", r.status, r.header)
	}
	if text := w.html(path).text; !strings.Contains(text, "signed in nowhere") {
		t.Error(text)
	}
}
