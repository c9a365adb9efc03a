package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/records"
)

// holdsPerson puts an application on record whose contact is Mireille Kamga.
func (w *world) holdsPerson() {
	w.t.Helper()
	body, err := records.Encode(application.Application{
		City: "Bafoussam", Country: "CM", Contact: application.Contact{Name: "Mireille Kamga", Email: "m.kamga@bafoussam.example", Phone: "+237 000"},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	put := records.Put{Record: records.Record{Ref: records.Ref{Type: application.RecordType, Partition: "2025", ID: "CM#bafoussam"}, Body: body}}
	writes, err := put.Writes("")
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.table.Transact(w.t.Context(), writes); err != nil {
		w.t.Fatal(err)
	}
}

func TestAPersonIsFoundAndErasedThroughTheAPI(t *testing.T) {
	w := newWorld(t)
	w.holdsPerson()
	found := w.ask("POST", "/api/privacy/find", aName)
	if found.status != http.StatusOK || !strings.Contains(found.text, "m.kamga@bafoussam.example") || !strings.Contains(found.text, `"contact.phone"`) {
		t.Fatalf("%d %s", found.status, found.text)
	}
	if also := found.body["also"].([]any); len(also) != 2 {
		t.Errorf("what may be the person's too: %v", also)
	}
	copied := w.ask("POST", "/api/privacy/copies", aName)
	if copied.status != http.StatusOK || copied.body["download"] == nil {
		t.Errorf("%d %s", copied.status, copied.text)
	}
	erased := w.ask("POST", "/api/privacy/erasures", aName)
	if erased.status != http.StatusCreated || erased.body["state"] != "settled" || strings.Contains(erased.text, "hash") {
		t.Errorf("%d %s", erased.status, erased.text)
	}
	if left := w.ask("POST", "/api/privacy/find", aName); strings.Contains(left.text, "amga") {
		t.Errorf("left: %s", left.text)
	}
	if listed := w.ask("GET", "/api/privacy/erasures", ""); len(listed.body["items"].([]any)) != 1 {
		t.Errorf("%s", listed.text)
	}
	if again := w.ask("POST", "/api/privacy/erasures", aName); again.body["code"] != "ERASURE_NOTHING" {
		t.Errorf("%s", again.text)
	}
	for _, body := range []string{`{}`, `{"names":["Mireille"]}`, `{"emails":["mireille"]}`, `{"names":[""]}`, `{"account":"x/y"}`, `{"names":"Mireille Kamga"}`} {
		if refused := w.ask("POST", "/api/privacy/find", body); refused.body["code"] != "FIELD_INVALID" && refused.status != http.StatusOK {
			t.Errorf("%s: %d %s", body, refused.status, refused.text)
		}
	}
	if strings.Contains(w.log.String(), "Kamga") || strings.Contains(w.log.String(), "kamga") {
		t.Errorf("the log names the person:\n%s", w.log.String())
	}
}

func TestTheFormErasesNobodyBeforeItIsConfirmed(t *testing.T) {
	w := newWorld(t)
	w.holdsPerson()
	w.actor = access.Actor{Person: "anna", Role: access.Secretariat}
	unsure := w.ask("POST", "/privacy/erase", "names=Mireille+Kamga", asForm...)
	if unsure.status != http.StatusBadRequest || !strings.Contains(unsure.text, "m.kamga@bafoussam.example") {
		t.Errorf("%d", unsure.status)
	}
	if found := w.ask("POST", "/privacy", "names=Mireille+Kamga", asForm...); !strings.Contains(found.text, "contact.email") {
		t.Errorf("%d %s", found.status, found.text)
	}
	if done := w.ask("POST", "/privacy/erase", "names=Mireille+Kamga&sure=yes", asForm...); done.status != http.StatusSeeOther {
		t.Errorf("%d %s", done.status, done.text)
	}
	if found := w.ask("POST", "/privacy", "names=Mireille+Kamga", asForm...); strings.Contains(found.text, "contact.email") {
		t.Errorf("%s", found.text)
	}
}

func TestWhereAPersonIsNotLookedForItIsSaid(t *testing.T) {
	w := newWorld(t)
	w.config.Office.Privacy = nil
	if refused := w.ask("POST", "/api/privacy/find", aName); refused.status != http.StatusNotImplemented || refused.body["code"] != "PRIVACY_ELSEWHERE" {
		t.Errorf("%d %s", refused.status, refused.text)
	}
}
