package httpapi_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
)

const planForms = "/clusters/literacy/plans/2025-2027/"

func TestAWorkPlanIsMadeStepByStepByForms(t *testing.T) {
	w := aSeenNetwork(t, access.Secretariat)
	const cluster = "/Prod/clusters/literacy?done="
	for _, step := range []struct {
		name string
		form url.Values
	}{
		{"objectives", url.Values{"objectives": {"Families read."}, "version": {"1"}}},
		{"partners", url.Values{"partners": {"Institute of Reading"}}},
		{"activities", url.Values{"line": {"cluster/1.4"}, "title": {"A fair of books"}, "host": {"BY#brest"}, "on": {"2027-05-02"}}},
		{"status", url.Values{"activity": {"cluster/1.4#2"}, "status": {"confirmed"}}},
		{"outcomes", url.Values{"outcome": {"policies"}, "member": {"FR#brest"}, "text": {"A strategy for reading."}, "on": {"2026-11-20"}}},
		{"adoption", url.Values{"city": {"FR#brest"}, "on": {"2026-11-21"}}},
	} {
		w.led(w.send(planForms+step.name, step.form), cluster+step.name)
	}
	shows(t, w.html("/clusters/literacy").text, "Families read.", "Institute of Reading", "A fair of books", "2 May 2027", "confirmed",
		"A strategy for reading.", "by Brest on 21 November 2026", "not Put the plan forward")
}

func TestWhoWritesObjectivesThatSomebodyElseChangedIsShownThem(t *testing.T) {
	w := aSeenNetwork(t, access.Secretariat)
	w.led(w.send(planForms+"objectives", url.Values{"objectives": {"Families read."}, "version": {"1"}}), "/Prod/clusters/literacy?done=objectives")
	r := w.send(planForms+"objectives", url.Values{"objectives": {"Schools read."}, "version": {"1"}})
	if r.status < 400 || r.status >= 500 {
		t.Errorf("%d", r.status)
	}
	shows(t, r.text, "What stands on record now", "Families read.", ">Schools read.</textarea>", `name="version" value="2"`)
}

func TestAStepThatBreaksARuleStaysInItsForm(t *testing.T) {
	w := aSeenNetwork(t, access.Secretariat)
	for name, one := range map[string]struct {
		form  url.Values
		shows []string
	}{
		"status":     {url.Values{"activity": {"cluster/1.4#1"}, "status": {"confirmed"}}, []string{"field-on", `value="confirmed" checked`}},
		"activities": {url.Values{"line": {"cluster/1.4"}, "on": {"2031-01-01"}, "title": {"Late"}}, []string{`href="#field-on"`, `value="Late"`}},
		"outcomes":   {url.Values{"outcome": {"policies"}, "text": {"A strategy."}}, []string{`href="#field-member"`, "A strategy."}},
		"adoption":   {url.Values{"city": {"BY#brest"}}, []string{`href="#field-city"`}},
	} {
		r := w.send(planForms+name, one.form)
		if r.status < 400 || r.status >= 500 {
			t.Errorf("%s: %d", name, r.status)
		}
		shows(t, r.text, append(one.shows, "Nothing was changed yet")...)
		wellFormed(t, r.text, locale.EN)
	}
	for _, path := range []string{planForms + "nothing", planForms + "status?activity=cluster%2F9.9%231", planForms + "status"} {
		if r := w.html(path); r.status != http.StatusNotFound && r.status != http.StatusBadRequest {
			t.Errorf("%s: %d", path, r.status)
		}
	}
}

func TestACityOffersItselfAsAHostAndNoOther(t *testing.T) {
	w := aSeenNetwork(t, access.City)
	shows(t, w.html(planForms+"host?activity=cluster%2F1.4%231").text, "FR#brest", "not BY#brest")
	w.led(w.send(planForms+"host", url.Values{"activity": {"cluster/1.4#1"}, "host": {"FR#brest"}}), "/Prod/clusters/literacy?done=host")
	if r := w.send(planForms+"host", url.Values{"activity": {"cluster/1.3#1"}, "host": {"BY#brest"}}); r.status != http.StatusForbidden {
		t.Errorf("%d", r.status)
	}
	shows(t, w.html("/clusters/literacy?done=host").text, "The host is noted.")
}

const healthSeat = "/coordinators/2025-2027/health/BY/brest"

func TestASeatIsGivenAnnouncedAndLaidDownOnItsPage(t *testing.T) {
	w := aSeenNetwork(t, access.Secretariat)
	shows(t, w.html(healthSeat).text, "from 21 November 2026 until 30 September 2027", "not "+healthSeat+"/announcement")
	w.led(w.send(healthSeat+"/appointment", url.Values{"reason": {"It can."}}), "/Prod"+healthSeat+"?done=appointment")
	page := w.html(healthSeat + "?done=appointment").text
	shows(t, page, "The city is appointed.", healthSeat+"/announcement", healthSeat+"/end", "not "+healthSeat+"/appointment", "can't coordinate this cluster again")
	w.led(w.send(healthSeat+"/announcement", url.Values{"announced_on": {"2026-11-21"}}), "/Prod"+healthSeat+"?done=announcement")
	w.led(w.send(healthSeat+"/end", url.Values{"until": {"2026-12-31"}}), "/Prod"+healthSeat+"?done=end")
	shows(t, w.html(healthSeat).text, "21 November 2026", "31 December 2026", "not "+healthSeat+"/announcement", "not "+healthSeat+"/end")
	w.actor = actorOf(access.Donor)
	shows(t, w.html("/coordinators").text, "members/BY/brest", "31 December 2026", "not It can.")
}

func TestASeatThatIsNotProposedTakesAReasonAndWhatCantBeIsSaid(t *testing.T) {
	w := aSeenNetwork(t, access.Secretariat)
	const unlike = "/coordinators/2025-2027/literacy/BY/brest"
	shows(t, w.html(unlike).text, "The city is not the one that is proposed", " required")
	r := w.send(unlike+"/appointment", url.Values{"reason": {""}})
	shows(t, r.text, `href="#field-reason"`, "Nothing was changed yet")
	w.led(w.send(unlike+"/appointment", url.Values{"reason": {"Reading is its strength."}}), "/Prod"+unlike+"?done=appointment")
	shows(t, w.html(unlike).text, "Reading is its strength.")
	r = w.send(healthSeat+"/announcement", url.Values{"announced_on": {"2026-11-21"}})
	if r.status != http.StatusConflict {
		t.Errorf("%d", r.status)
	}
	shows(t, r.text, "Nothing was changed yet", "hreflang", "not "+healthSeat+"/announcement?lang")
	if r := w.send(unlike+"/end", url.Values{"until": {"never"}}); r.status != http.StatusBadRequest {
		t.Errorf("%d %s", r.status, r.text)
	}
	if r := w.send(unlike+"/nothing", url.Values{}); r.status != http.StatusNotFound {
		t.Errorf("%d", r.status)
	}
}

func TestWhoNeitherStandsNorCoordinatesHasNoSeat(t *testing.T) {
	w := aSeenNetwork(t, access.Secretariat)
	for path, status := range map[string]int{
		"/coordinators/2025-2027/esd/BY/brest": http.StatusConflict, "/coordinators/2025-2027/nowhere/BY/brest": http.StatusConflict,
		"/coordinators/1999-2001": http.StatusNotFound, "/clusters/nowhere": http.StatusNotFound, "/surveys/1999": http.StatusNotFound,
		"/members/FR/nowhere": http.StatusNotFound,
	} {
		if r := w.html(path); r.status != status {
			t.Errorf("%s: %d", path, r.status)
		}
	}
}
