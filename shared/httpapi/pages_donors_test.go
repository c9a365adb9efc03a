package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
)

func TestADonorHasItsOwnPageAndIsShownNothingOfOthers(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	const path = "/donors/donor_country/KR"
	if r := w.as(access.Donor).html("/donors"); r.status != http.StatusOK || !strings.Contains(r.text, "<h1>Republic of Korea</h1>") {
		t.Fatal(r.text)
	}
	for _, below := range []string{"", "/statements"} {
		text := w.html(path + below).text
		for _, secret := range []string{"amburg", "minister", "anna", "Donors</a>"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s%s tells of %s", path, below, secret)
			}
		}
		if r := w.html("/donors/member_city/DE-hamburg" + below); r.status != http.StatusForbidden || !strings.Contains(r.text, "<code>ACCESS_DENIED</code>") ||
			strings.Contains(r.text, "City of Hamburg") {
			t.Errorf("another's: %d %s", r.status, r.text)
		}
	}
	text := w.html(path + "?term=2025-2027").text
	for _, wanted := range []string{"US$1,000.00", "US$2,000.00", "US$3,000.00", "overdue", "Cameroon", "KOR 2026"} {
		if !strings.Contains(text, wanted) {
			t.Errorf("the page doesn't say %s:\n%s", wanted, text)
		}
	}
}

func TestADonorOfWhomNothingIsOnRecordIsToldSo(t *testing.T) {
	for _, lang := range locale.Langs {
		w := newWorld(t).as(access.Donor)
		r := w.html("/donors/donor_country/KR?lang=" + string(lang))
		if r.status != http.StatusOK || !strings.Contains(r.text, `<p class="empty">`) {
			t.Errorf("%d %s", r.status, r.text)
		}
		wellFormed(t, r.text, lang)
	}
	w := newWorld(t)
	if r := w.html("/donors/donor_country/XX"); r.status != http.StatusNotFound {
		t.Errorf("%d %s", r.status, r.text)
	}
}

func TestADonorSeesThatItGaveNothingByTheEndOfAnEarlierTerm(t *testing.T) {
	for _, lang := range locale.Langs {
		w := newWorld(t)
		aFund(w, access.Actor{})
		r := w.as(access.Donor).html("/donors/donor_country/KR?term=2019-2021&lang=" + string(lang))
		if r.status != http.StatusOK || !strings.Contains(r.text, `<p class="empty">`) || !strings.Contains(r.text, `value="2019-2021" selected`) {
			t.Errorf("%d %s", r.status, r.text)
		}
		wellFormed(t, r.text, lang)
	}
}

func TestAStatementIsAskedForAsAFileOncePerForm(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	w.as(access.Donor)
	const path = "/donors/donor_country/KR/statements"
	const form = "request=01kaj0c6c0000000000000000&format=pdf&language=fr&term=2025-2027"
	to := w.ledOn(w.form(path+"/files", form), "done=asked")
	if again := w.ledOn(w.form(path+"/files", form), "done=asked"); again != to || len(w.made.bodies) == 0 {
		t.Errorf("sent twice, it leads to %s and %s", to, again)
	}
	export, err := w.exports.Find(t.Context(), strings.TrimPrefix(to, "/exports/"))
	if err != nil || export.Wish.Format != request.PDF || export.Wish.Lang != locale.FR || export.Wish.Donor != korea || export.Wish.Term != "2025-2027" ||
		export.Wish.Person != "donor" {
		t.Errorf("%+v, %v", export, err)
	}
	for body, field := range map[string]string{"from=2026-01-01": "to", "from=yesterday&to=2026-01-01": "from", "format=doc": "format"} {
		r := w.form(path+"/files", body)
		if r.status < 400 || r.status >= 500 || !strings.Contains(r.text, `id="field-`+field+`-problem-0"`) {
			t.Errorf("%s: %d %s", body, r.status, r.text)
		}
		wellFormed(t, r.text, locale.EN)
	}
}

func TestAStatementBecomesFinalByTwoPersonsAndThenStandsInTheList(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	const path = "/donors/donor_country/KR/statements"
	open := w.as(access.Treasurer).form(path+"/final", "from=2026-02-01&to=2026-02-28")
	if open.status != http.StatusConflict || !strings.Contains(open.text, `id="field-to-problem-0"`) || !strings.Contains(open.text, `value="2026-02-28"`) {
		t.Errorf("%d %s", open.status, open.text)
	}
	proposal := w.ledOn(w.form(path+"/final", "from=2026-01-01&to=2026-01-31"), "done=proposed")
	if text := w.as(access.Donor).html(path).text; strings.Contains(text, "31 January 2026") {
		t.Error("what is only proposed stands in the list")
	}
	w.ledOn(w.as(access.Secretariat).form(proposal+"/approval", ""), "done=approved")
	if text := w.as(access.Donor).html(path).text; !strings.Contains(text, "31 January 2026") {
		t.Error(text)
	}
}

func TestDonorsAreFoundByTheirNameWhateverItsAccents(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	for query, want := range map[string]string{"?name=REPUBLIC": "KR", "?kind=member_city": "hamburg", "?name=H%C3%A1mburg": "hamburg"} {
		text := w.html("/donors" + query).text
		if got := strings.Count(text, `href="/donors/`); got != 1 || !strings.Contains(text, want) {
			t.Errorf("%s finds %d:\n%s", query, got, text)
		}
	}
	if text := w.html("/donors?name=nobody").text; !strings.Contains(text, `<p class="empty">`) {
		t.Error(text)
	}
}
