package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
)

// tried has the product be tried by sample people.
func tried(w *world, _ access.Actor) map[string]string {
	w.config.Trial = true
	w.handler = httpapi.New(w.config)
	return nil
}

func TestTheFirstStepsLeadTheSecretariatFromASheetToAWorkbook(t *testing.T) {
	w := newWorld(t)
	steps := func(done int) {
		t.Helper()
		text := w.html("/").text
		if !strings.Contains(text, `class="steps"`) || strings.Count(text, `class="badge good"`) != done {
			t.Errorf("%d steps should be done: %s", done, text)
		}
	}
	steps(0)
	id := w.create()
	steps(1)
	w.put(id, func(imp *intake.Import) { imp.State, imp.CheckedAt = intake.Checked, w.now })
	if text := w.html("/").text; !strings.Contains(text, `href="/imports/`+id+`"`) {
		t.Errorf("the third step doesn't lead to the import: %s", text)
	}
	w.put(id, func(imp *intake.Import) { imp.State = intake.Committed })
	steps(2)
	if r := w.ask("POST", "/api/exports", `{"kind":"membership"}`); r.status/100 != 2 {
		t.Fatal(r.text)
	}
	if text := w.html("/").text; strings.Contains(text, `class="steps"`) {
		t.Error("the steps are still there after a workbook was asked for")
	}
}

func TestOnlyTheSecretariatIsShownTheFirstSteps(t *testing.T) {
	for _, role := range access.Roles {
		w := newWorld(t)
		w.actor = actorOf(role)
		if shown := strings.Contains(w.html("/").text, `class="steps"`); shown != (role == access.Secretariat) {
			t.Errorf("%s: %v", role, shown)
		}
	}
}

func TestASampleSheetIsThereForWhoTriesTheProduct(t *testing.T) {
	w := newWorld(t)
	for _, trial := range []bool{false, true} {
		if trial {
			tried(w, access.Actor{})
		}
		for _, lang := range locale.Langs {
			path := "/sample/members.csv?lang=" + string(lang)
			if offered := strings.Contains(w.html("/?lang="+string(lang)).text, `href="`+path+`"`); offered != trial {
				t.Errorf("%s: offered %v where it is tried: %v", lang, offered, trial)
			}
			r := w.html(path)
			if got := r.status == http.StatusOK && r.header.Get("Content-Type") == "text/csv; charset=utf-8" && strings.HasPrefix(r.text, map[locale.Lang]string{
				locale.EN: "City,", locale.FR: "Ville,", locale.ES: "Ciudad,"}[lang]); got != trial {
				t.Errorf("%s: %d %s", path, r.status, r.text)
			}
		}
	}
}

func TestACoordinatingCityIsToldWhichReportsItHasToSend(t *testing.T) {
	w := newWorld(t)
	aNetwork(w, access.Actor{})
	w.actor = actorOf(access.City)
	text := w.html("/").text // on a day of the second year of the term
	if !strings.Contains(text, `href="/clusters/literacy"`) || !strings.Contains(text, "overdue since") {
		t.Error(text)
	}
}

func TestADonorIsToldWhichStatementsAreFinal(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	if r := w.as(access.Treasurer).ask("POST", ownDonor+"/statements", january); r.status/100 != 2 {
		t.Fatal(r.text)
	}
	path := "/api/fund/proposals/" + w.ask("GET", "/api/fund/proposals", "").items()[0]["id"].(string)
	final := func(want bool) {
		t.Helper()
		if text := w.as(access.Donor).html("/").text; strings.Contains(text, "final since") != want {
			t.Errorf("want %v: %s", want, text)
		}
	}
	final(false)
	if r := w.as(access.Secretariat).ask("POST", path+"/approval", ""); r.status != http.StatusOK {
		t.Fatal(r.text)
	}
	final(true)
}
