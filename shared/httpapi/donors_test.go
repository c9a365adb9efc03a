package httpapi_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
)

func TestADonorIsAnsweredItselfAndNothingOfOthers(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	if all := w.as(access.Auditor).ask("GET", "/api/donors", "").texts("path"); !slices.Equal(all, []string{"donor_country/KR", "member_city/DE-hamburg"}) {
		t.Errorf("%q", all)
	}
	w.as(access.Donor)
	for _, path := range []string{
		"/api/donors", ownDonor, ownDonor + "/pledges", ownDonor + "/contributions", ownDonor + "/statement", ownDonor + "/statements",
	} {
		r := w.ask("GET", path, "")
		if r.status != http.StatusOK || strings.Contains(r.text, "amburg") || strings.Contains(r.text, "doubt") {
			t.Errorf("%s: %d %s", path, r.status, r.text)
		}
	}
	for _, path := range []string{foreignDonor, "/api/donors/company/000000000000", "/api/donors/donor_country/KRX"} {
		w.refused(w.ask("GET", path, ""), http.StatusForbidden, "ACCESS_DENIED")
	}
}

func TestADonorsPathFindsIt(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	w.as(access.Auditor)
	for path, id := range map[string]string{ownDonor: korea, foreignDonor: hamburg} {
		r := w.ask("GET", path+"?lang=fr", "")
		if r.status != http.StatusOK || r.at("donor", "id") != id || "/api/donors/"+r.at("donor", "path").(string) != path {
			t.Errorf("%s: %d %s", path, r.status, r.text)
		}
	}
	for _, path := range []string{"/api/donors/member_city/FR-brest", "/api/donors/member_city/DE", "/api/donors/donor_country/D-E", "/api/donors/x/%23"} {
		w.refused(w.ask("GET", path, ""), http.StatusNotFound, "DONOR_UNKNOWN")
	}
}

func TestWhatADonorPromisedAndGaveIsAnsweredExactly(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	w.as(access.Donor)
	one := w.ask("GET", ownDonor, "")
	received, _ := one.at("received").([]any)
	if len(received) != 1 || received[0].(map[string]any)["decimal"] != "1000.00" || one.at("contributions") != 1.0 || one.at("donor", "country", "name") == "" {
		t.Errorf("%s", one.text)
	}
	pledges := w.ask("GET", ownDonor+"/pledges", "").items()
	if len(pledges) != 1 || pledges[0]["overdue"] != true || pledges[0]["open"].(map[string]any)["minor"] != 200_000.0 {
		t.Errorf("%v", pledges)
	}
	gave := w.ask("GET", ownDonor+"/contributions", "").items()
	if len(gave) != 1 || gave[0]["worth"].(map[string]any)["minor"] != 100_000.0 || gave[0]["rate"] != nil || gave[0]["reference"] != "R1" {
		t.Errorf("%v", gave)
	}
}

// line is an amount of a statement.
func (r reply) line(name, column string) any {
	lines, _ := r.at("lines").([]any)
	for _, one := range lines {
		if line, _ := one.(map[string]any); line["line"] == name {
			return line["amount"].(map[string]any)[column].(map[string]any)["decimal"]
		}
	}
	return nil
}

func TestAStatementBecomesFinalByTwoPersons(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	const asked = ownDonor + "/statement?from=2026-01-01&to=2026-01-31"
	before := w.as(access.Donor).ask("GET", asked, "")
	if before.status != http.StatusOK || before.at("status") != "provisional" || before.at("closed") != true || before.line("received", "period") != "1000.00" ||
		before.line("spent", "period") != "-100.00" || before.line("closing", "cumulative") != "900.00" {
		t.Fatalf("%d %s", before.status, before.text)
	}
	r := w.as(access.Treasurer).ask("POST", ownDonor+"/statements", january)
	path := w.leadsTo(r, ownDonor+"/statements")
	if r.status != http.StatusCreated || r.at("proposal", "statement", "donor") != korea || r.at("proposal", "statement", "digest") != before.at("digest") {
		t.Fatalf("%d %s", r.status, r.text)
	}
	w.refused(w.ask("POST", path+"/approval", ""), http.StatusConflict, "SECOND_PERSON_NEEDED")
	if done := w.as(access.Secretariat).ask("POST", path+"/approval", ""); done.status != http.StatusOK {
		t.Fatalf("%d %s", done.status, done.text)
	}
	after := w.as(access.Donor).ask("GET", asked, "")
	if after.at("status") != "final" || after.at("issuedOn") != "2026-11-21" || after.at("digest") != before.at("digest") {
		t.Errorf("%s", after.text)
	}
	finals := w.ask("GET", ownDonor+"/statements", "").items()
	if len(finals) != 1 || finals[0]["person"] != nil || finals[0]["version"] != 1.0 || finals[0]["follows"] != nil {
		t.Errorf("%v", finals)
	}
	if shown := w.as(access.Auditor).ask("GET", ownDonor+"/statements", "").items(); shown[0]["person"] != "treasurer" {
		t.Errorf("%v", shown)
	}
	w.as(access.Treasurer)
	w.refused(w.ask("POST", ownDonor+"/statements", january), http.StatusBadRequest, "CELL_REQUIRED") // why another version
	w.refused(w.ask("POST", ownDonor+"/statements", `{"from":"2026-01-01","to":"2026-02-28"}`), http.StatusConflict, "STATEMENT_PERIOD_OPEN")
	w.refused(w.ask("POST", foreignDonor+"x/statements", january), http.StatusNotFound, "DONOR_UNKNOWN")
}

func TestAStatementIsOfDaysOrATerm(t *testing.T) {
	w := newWorld(t)
	aFund(w, access.Actor{})
	w.as(access.Donor)
	whole := w.ask("GET", ownDonor+"/statement", "")
	if whole.at("period", "term") != term || whole.at("asOf") != "2026-11-21" || w.ask("GET", ownDonor+"/statement?term="+term, "").text != whole.text {
		t.Errorf("%s", whole.text)
	}
	w.refused(w.ask("GET", ownDonor+"/statement?term=2001", ""), http.StatusNotFound, "TERM_UNKNOWN")
	w.refused(w.ask("GET", ownDonor+"/statement?from=2026-02-01&to=2026-01-01", ""), http.StatusBadRequest, "DATE_ORDER")
	w.refused(w.ask("GET", ownDonor+"/statement?from=soon", ""), http.StatusBadRequest, "FIELD_INVALID")
}
