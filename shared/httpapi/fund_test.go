package httpapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/money"
)

// items are those of a list that was answered.
func (r reply) items() []map[string]any {
	list, _ := r.body["items"].([]any)
	items := make([]map[string]any, len(list))
	for i, one := range list {
		items[i], _ = one.(map[string]any)
	}
	return items
}

// texts are what the items have under a name.
func (r reply) texts(name string) []string {
	var list []string
	for _, item := range r.items() {
		text, _ := item[name].(string)
		list = append(list, text)
	}
	return list
}

func TestTheFundsTotalsTellWhatEverybodyMayKnow(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	r := w.as(access.City).ask("GET", "/api/fund?lang=fr", "")
	if r.status != http.StatusOK || r.at("received", "decimal") != "1500.00" || r.at("spent", "minor") != 15000.0 || r.at("held", "currency") != "USD" ||
		r.at("closedTo") != "2026-01-31" {
		t.Errorf("%d %s", r.status, r.text)
	}
	for _, name := range []string{"KR", "Korea", "amburg"} {
		if strings.Contains(r.text, name) {
			t.Errorf("%s is in %s", name, r.text)
		}
	}
}

// paged goes through a list by its cursors.
func (w *world) paged(path, name string) []string {
	w.t.Helper()
	var all []string
	for next := path; next != ""; {
		r := w.ask("GET", next, "")
		if r.status != http.StatusOK {
			w.t.Fatalf("%s: %s", next, r.text)
		}
		all = append(all, r.texts(name)...)
		next = ""
		if cursor, ok := r.body["next"].(string); ok {
			next = path + "&cursor=" + cursor
		}
	}
	return all
}

func TestEntriesAreListedInEitherOrder(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	w.as(access.Auditor)
	first := w.ask("GET", "/api/fund/entries", "")
	want := first.texts("id")
	if !slices.IsSortedFunc(want, func(a, b string) int { return strings.Compare(b, a) }) || len(want) != 5 || first.body["next"] != nil {
		t.Fatalf("%q", want)
	}
	if got := w.paged("/api/fund/entries?limit=2", "id"); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	slices.Reverse(want)
	if got := w.paged("/api/fund/entries?limit=2&order=oldest", "id"); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	cursor := w.ask("GET", "/api/fund/entries?limit=2", "").body["next"].(string)
	w.refused(w.ask("GET", "/api/fund/entries?order=oldest&cursor="+cursor, ""), http.StatusBadRequest, "CURSOR_INVALID")
	w.refused(w.ask("GET", "/api/fund/proposals?cursor="+cursor, ""), http.StatusBadRequest, "CURSOR_INVALID")
	w.refused(w.ask("GET", "/api/fund/entries?order=random", ""), http.StatusBadRequest, "FIELD_INVALID")
	w.refused(w.ask("GET", "/api/fund/entries?limit=0", ""), http.StatusBadRequest, "FIELD_INVALID")
}

func TestAnEventIsEnteredAndFoundWhereTheAnswerLeads(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	w.as(access.Treasurer)
	body := `{"kind":"expenditure","amount":{"minor":10000,"currency":"EUR"},"rate":"1.1","rateDate":null,"rateSource":"the bank",
		"date":"2026-02-03","activity":"fund/1.1","payee":"A. Person","beneficiaries":["CM"],"category":"","reason":"voucher 7"}`
	r := w.ask("POST", "/api/fund/entries", body, "Idempotency-Key", "k")
	if r.status != http.StatusCreated || r.at("entry", "event", "amount", "minor") != 11000.0 || r.at("entry", "event", "original", "rate") != "1.1" ||
		r.at("entry", "reason") != "voucher 7" || r.at("takenBackBy") != nil || strings.Contains(r.text, "A. Person") {
		t.Fatalf("%d %s", r.status, r.text)
	}
	if again := w.ask("POST", "/api/fund/entries", body, "Idempotency-Key", "k"); again.status != http.StatusCreated || again.text != r.text {
		t.Errorf("%d %s", again.status, again.text)
	}
	w.refused(w.ask("POST", "/api/fund/entries", interest, "Idempotency-Key", "k"), http.StatusUnprocessableEntity, "IDEMPOTENCY_KEY_REUSED")
	path := w.leadsTo(r, "/api/fund/entries")
	if found := w.ask("GET", path, ""); found.status != http.StatusOK || found.text != r.text || path != "/api/fund/entries/"+r.at("entry", "path").(string) {
		t.Errorf("%s: %d %s", path, found.status, found.text)
	}
	back := w.ask("POST", path+"/reversal", `{"on":"2026-02-04","reason":"twice"}`)
	if back.status != http.StatusCreated || back.at("entry", "reverses") != r.at("entry", "id") {
		t.Errorf("%d %s", back.status, back.text)
	}
	if found := w.ask("GET", path, ""); found.at("takenBackBy") != back.at("entry", "id") ||
		w.leadsTo(back, path+"/reversal") != "/api/fund/entries/"+back.at("entry", "path").(string) {
		t.Errorf("%s, %s", found.text, back.header.Get("Location"))
	}
	w.refused(w.ask("POST", path+"/reversal", `{"on":"2026-02-04","reason":"twice"}`), http.StatusConflict, "ENTRY_REVERSED")
	w.refused(w.ask("GET", "/api/fund/entries/2026-02-03/1/1", ""), http.StatusNotFound, "ENTRY_UNKNOWN")
}

func TestAnEventThatIsNotOneIsRefusedAtItsField(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	w.as(access.Treasurer)
	const usd = `"currency":"USD"`
	for body, want := range map[string]string{
		`{"amount":{"minor":1,` + usd + `},"date":"2026-02-03"}`:                                                "400 FIELD_MISSING kind",
		`{"kind":"interest","date":"2026-02-03"}`:                                                               "400 FIELD_MISSING amount",
		`{"kind":"interest","date":"2026-02-03","amount":12.5}`:                                                 "400 FIELD_INVALID amount",
		`{"kind":"interest","date":"2026-02-03","amount":{"minor":12.5,` + usd + `}}`:                           "400 FIELD_INVALID amount.minor",
		`{"kind":"interest","date":"2026-02-03","amount":{"minor":1}}`:                                          "400 FIELD_MISSING amount.currency",
		`{"kind":"interest","date":"2026-02-03","amount":{"minor":1,"decimal":"2",` + usd + `}}`:                "400 FIELD_UNKNOWN ",
		`{"kind":"interest","date":"3.2.2026","amount":{"minor":1,` + usd + `}}`:                                "400 FIELD_INVALID date",
		`{"kind":"interest","date":"2026-02-03","amount":{"minor":-1,` + usd + `}}`:                             "400 NUMBER_OUT_OF_RANGE amount",
		`{"kind":"interest","date":"2026-01-03","amount":{"minor":1,` + usd + `}}`:                              "409 PERIOD_LOCKED date",
		`{"kind":"interest","date":"2026-02-03","amount":{"minor":1,` + usd + `},"rate":"0"}`:                   "400 FIELD_INVALID rate",
		`{"kind":"interest","date":"2026-02-03","amount":{"minor":1,` + usd + `},"payee":"A"}`:                  "400 FIELD_UNKNOWN payee",
		`{"kind":"gift","date":"2026-02-03","amount":{"minor":1,` + usd + `}}`:                                  "400 ENUM_UNKNOWN kind",
		`{"kind":"allocation","activity":"fund/1.1","date":"2026-02-03","amount":{"minor":1,` + usd + `}}`:      "409 SECOND_PERSON_NEEDED ",
		`{"kind":"expenditure","activity":"fund/1.1","date":"2026-02-03","amount":{"minor":45001,` + usd + `}}`: "409 FUND_ALLOCATION_EXCEEDED amount",
		`{"kind":"deposit","donor":"Sweden","date":"2026-02-03","amount":{"minor":1,` + usd + `}}`:              "400 REF_NOT_FOUND donor",
	} {
		r := w.ask("POST", "/api/fund/entries", body)
		field, _ := r.body["field"].(string)
		if got := fmt.Sprint(r.status, " ", r.body["code"], " ", field); got != want {
			t.Errorf("%s: %s, want %s", body, r.text, want)
		}
	}
}

func TestWhatTakesTwoPersonsIsProposedAndDecided(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	allocation := `{"event":{"kind":"allocation","activity":"fund/1.2","amount":{"minor":100,"currency":"USD"},"date":"2026-02-11"},"reason":"as decided"}`
	r := w.as(access.Treasurer).ask("POST", "/api/fund/proposals", allocation, "Idempotency-Key", "key/1")
	id, _ := r.at("proposal", "id").(string)
	path := w.leadsTo(r, "/api/fund/proposals")
	if r.status != http.StatusCreated || path != "/api/fund/proposals/"+id || r.at("proposal", "event", "activity") != "fund/1.2" ||
		r.at("proposal", "state") != "proposed" || r.at("proposal", "closeTo") != nil {
		t.Fatalf("%d %s", r.status, r.text)
	}
	if found := w.ask("GET", path, ""); found.text != r.text {
		t.Errorf("%s", found.text)
	}
	w.refused(w.ask("POST", path+"/approval", ""), http.StatusConflict, "SECOND_PERSON_NEEDED")
	done := w.as(access.Secretariat).ask("POST", path+"/approval", "{}")
	if done.status != http.StatusOK || done.at("proposal", "state") != "approved" || done.at("proposal", "approver") != "secretariat" ||
		done.at("proposal", "entry") == nil {
		t.Errorf("%d %s", done.status, done.text)
	}
	w.refused(w.ask("POST", path+"/rejection", ""), http.StatusConflict, "PROPOSAL_DECIDED")
	w.refused(w.ask("POST", path+"/rejection", `{"why":"x"}`), http.StatusBadRequest, "FIELD_UNKNOWN")
	w.refused(w.ask("GET", "/api/fund/proposals/none", ""), http.StatusNotFound, "PROPOSAL_UNKNOWN")
	entry := done.at("proposal", "entry").(string)
	w.as(access.Treasurer)
	for _, body := range []string{`{"reversal":{"entry":"` + entry + `","on":"2026-02-12"},"reason":"not agreed"}`, `{"closeTo":"2026-02-28"}`} {
		if r := w.ask("POST", "/api/fund/proposals", body); r.status != http.StatusCreated {
			t.Errorf("%s: %s", body, r.text)
		}
	}
	if open := w.ask("GET", "/api/fund/proposals", ""); len(open.items()) != 2 {
		t.Errorf("%s", open.text)
	}
	all := w.ask("GET", "/api/fund/proposals?state=all", "").texts("id")
	if got := w.paged("/api/fund/proposals?state=all&limit=1", "id"); len(all) < 5 || !slices.Equal(got, all) {
		t.Errorf("%q, want %q", got, all)
	}
	for _, body := range []string{`{}`, `{"closeTo":"2026-02-28","reversal":{"entry":"` + entry + `","on":"2026-02-12"}}`} {
		w.refused(w.ask("POST", "/api/fund/proposals", body), http.StatusBadRequest, "FIELD_INVALID")
	}
	if r := w.ask("POST", "/api/fund/proposals", `{"event":{"kind":"refund"}}`); r.body["code"] != "FIELD_MISSING" || r.body["field"] != "event.amount" {
		t.Errorf("%s", r.text)
	}
}

func TestTheBooksAreVerifiedAndTheirAccountsShown(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	w.as(access.Auditor)
	verified := w.ask("GET", "/api/fund/verification", "")
	if verified.at("sound") != true || verified.at("head", "entries") != 5.0 || verified.at("fault") != nil {
		t.Errorf("%s", verified.text)
	}
	balances := w.ask("GET", "/api/fund/balances?lang=es", "")
	accounts, _ := balances.at("accounts").([]any)
	if balances.at("head", "hash") != verified.at("head", "hash") || len(accounts) == 0 || !strings.Contains(balances.text, `"asignado`) {
		t.Errorf("%s", balances.text)
	}
}

func TestRatesAreListedByYearAndCurrency(t *testing.T) {
	w := newWorld(t)
	for _, one := range []struct{ currency, from, rate string }{
		{"EUR", "2026-03-01", "0.9235"}, {"EUR", "2026-04-01", "0.93"}, {"KRW", "2026-03-01", "1450"}, {"EUR", "2025-03-01", "0.9"},
	} {
		rate, err := money.ParseRate(one.rate)
		if err != nil {
			t.Fatal(err)
		}
		stored := fund.MonthRate{Currency: one.currency, From: day(one.from), Rate: rate, Source: fund.UNRates}
		w.keep(fund.RateType, stored.Year(), stored.ID(), stored)
	}
	for query, want := range map[string]string{
		"": "0.9235 0.93 1450", "?year=2025": "0.9", "?currency=KRW": "1450", "?year=2025&currency=KRW": "", "?year=&currency=": "0.9235 0.93 1450",
	} {
		if r := w.as(access.City).ask("GET", "/api/rates"+query, ""); strings.Join(r.texts("rate"), " ") != want {
			t.Errorf("%s: %s", query, r.text)
		}
	}
	w.refused(w.ask("GET", "/api/rates?year=soon", ""), http.StatusBadRequest, "FIELD_INVALID")
	w.refused(w.ask("GET", "/api/rates?currency=XXX", ""), http.StatusBadRequest, "CURRENCY_UNKNOWN")
}
