package kinds

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

func endorse(name, country string) endorsementRow {
	return endorsementRow{
		City: name, Country: country, EndorsedOn: date("2025-07-10"), EndorsedBy: "Secretary-General", Remarks: "In full.",
	}
}

func TestR_APP_2_AnEndorsementIsStoredForAnApplicationOnRecord(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, waitingForm("Évry-Courcouronnes", "FR"))
	send(w, beginEndorsements, endorse("EVRY COURCOURONNES", "FR"))[0].want(t, "create")
	got, found := read[application.Endorsement](w, application.EndorsementType, "2025", "FR#evry-courcouronnes")
	if !found || got.City != "Évry-Courcouronnes" || got.EndorsedOn != date("2025-07-10") || got.Remarks != "In full." {
		t.Errorf("stored: %+v", got)
	}
	send(w, beginEndorsements, endorse("Évry-Courcouronnes", "FR"))[0].want(t, "unchanged")
}

func TestR_APP_2_ALateEndorsementIsRefused(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, waitingForm("Brest", "FR"))
	row := endorse("Brest", "FR")
	row.EndorsedOn = date("2025-07-16")
	send(w, beginEndorsements, row)[0].want(t, "fail", "CYCLE_CLOSED_NATCOM")
}

func TestR_APP_2_AnEndorsementBeforeTheApplicationIsWarned(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, waitingForm("Brest", "FR"))
	row := endorse("Brest", "FR")
	row.EndorsedOn = date("2024-07-10") // the year is wrong
	send(w, beginEndorsements, row)[0].want(t, "create", "DATE_ORDER")
}

func TestAnEndorsementWithoutAnApplicationSuggestsTheNearest(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, waitingForm("Brest", "FR"), waitingForm("Genève", "CH"))
	rows := send(w, beginEndorsements, endorse("Breast", "FR"), endorse("Geneva", "CH"), endorse("Xyz", "FR"))
	rows[0].want(t, "fail", "REF_NOT_FOUND")
	rows[1].want(t, "fail", "CITY_NEAR_DUPLICATE")
	rows[2].want(t, "fail", "REF_NOT_FOUND")
	if p := rows[0].only(t, "REF_NOT_FOUND"); p.Suggestion != "Brest" || p.Field != "city" {
		t.Errorf("%+v", p)
	}
	w.env.Answers["city:Geneva"] = "Genève"
	send(w, beginEndorsements, endorse("Geneva", "CH"))[0].want(t, "create")
}

func TestR_APP_3_AnEndorsementBeyondTheQuotaFailsWithAllContendersNamed(t *testing.T) {
	w := newWorld(t)
	names := []string{"Nanterre", "Sarcelles", "Montpellier"}
	send(w, beginApplications, form("Brest", "FR"), waitingForm("Nanterre", "FR"), waitingForm("Sarcelles", "FR"), waitingForm("Montpellier", "FR"))
	var rows []endorsementRow
	for _, name := range names {
		rows = append(rows, endorse(name, "FR"))
	}
	got := send(w, beginEndorsements, rows...)
	if outcomes(got) != "create create fail" {
		t.Fatalf("got %s", outcomes(got))
	}
	p := got[2].only(t, "NATCOM_QUOTA_EXCEEDED")
	for _, name := range append(names, "Brest") {
		if !strings.Contains(p.Message(locale.EN), name) {
			t.Errorf("%q does not name %s", p.Message(locale.EN), name)
		}
	}
}

func TestR_APP_5_AMemberIsNotEndorsed(t *testing.T) {
	w := newWorld(t)
	send(w, beginMembers, knownMembers()...)
	send(w, beginEndorsements, endorse("Brest", "FR"))[0].want(t, "fail", "ALREADY_MEMBER")
}

func TestTheCommissionsOwnEndorsementStands(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Brest", "FR"))
	send(w, beginEndorsements, endorse("Brest", "FR"))[0].want(t, "update")
	send(w, beginApplications, form("Brest", "FR"))[0].want(t, "unchanged")
	got, _ := read[application.Endorsement](w, application.EndorsementType, "2025", "FR#brest")
	if got.Origin != application.OriginEndorsement || got.EndorsedOn != date("2025-07-10") {
		t.Errorf("stored: %+v", got)
	}
	send(w, beginEndorsements, endorse("Brest", "FR"))[0].want(t, "unchanged")
}

func TestAnEndorsementInTheApplicationsCanBeCorrectedThere(t *testing.T) {
	w := newWorld(t)
	row := form("Brest", "FR")
	send(w, beginApplications, row)
	row.EndorsedBy = "President of the Commission"
	send(w, beginApplications, row)[0].want(t, "update")
}

func TestR_APP_3_ARefusedRowIsNeverStored(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Bonn", "DE"), form("Gelsenkirchen", "DE"), form("Hamburg", "DE"))
	got := check(w, beginApplications, form("Mannheim", "DE"))[0]
	got.want(t, "fail", "NATCOM_QUOTA_EXCEEDED")
	if len(got.changes) > 0 || got.only(t, "NATCOM_QUOTA_EXCEEDED").Severity != problem.Error {
		t.Errorf("%+v", got)
	}
}
