package kinds

import (
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/sheet"
)

func hamburg(w *world) {
	send(w, beginMembers, memberRow{City: "Hamburg", Country: "DE", JoinedOn: date("2019-01-01")})
}

func hambourg() memberRow {
	return memberRow{City: "Hambourg", Country: "DE", JoinedOn: date("2019-01-01")}
}

// Who sends the next sheet, and of which kind, does not matter: the name is on record with the city.
func TestANameThatWasSaidToMeanACityIsNotAskedAboutAgain(t *testing.T) {
	w := newWorld(t)
	hamburg(w)
	send(w, beginMembers, hambourg())[0].want(t, "fail", "CITY_NEAR_DUPLICATE")
	w.env.Answers = sheet.Answers{"city:Hambourg (DE)": "Hamburg"}
	send(w, beginMembers, hambourg())[0].want(t, "update")
	w.env.Answers = sheet.Answers{}
	send(w, beginMembers, hambourg())[0].want(t, "unchanged", "CITY_OTHER_NAME")
	m, _ := read[member.Member](w, member.RecordType, "", "DE#hamburg")
	if m.City != "Hamburg" || !slices.Equal(m.OtherNames, []string{"Hambourg"}) {
		t.Errorf("stored: %+v", m)
	}
	send(w, beginApplications, form("HAMBOURG (Allemagne)", "DE"))[0].want(t, "fail", "ALREADY_MEMBER", "CITY_OTHER_NAME")
	if _, doubled := read[member.Member](w, member.RecordType, "", "DE#hambourg"); doubled {
		t.Error("the city is a member twice")
	}
}

func TestAMembersOtherNameIsHeardInASurvey(t *testing.T) {
	w := newWorld(t)
	hamburg(w)
	w.env.Answers = sheet.Answers{"city:Hambourg": "Hamburg"}
	send(w, beginMembers, hambourg())
	w.env.Answers = sheet.Answers{}
	members, err := loadMembers(t.Context(), w.env)
	if err != nil {
		t.Fatal(err)
	}
	if m, p := members.refer("hambourg", "DE"); p != nil || m.ID != "DE#hamburg" {
		t.Errorf("%+v, %v", m, p)
	}
	if m, p := members.referAnywhere("Hambourg"); p != nil || m.ID != "DE#hamburg" {
		t.Errorf("without its country: %+v, %v", m, p)
	}
}

func TestAnApplicantsOtherNamesComeWithItWhenItIsSentAgainAndAccepted(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Hamburg", "DE"))
	w.env.Answers = sheet.Answers{"city:Hambourg (DE)": "Hamburg"}
	send(w, beginApplications, form("Hambourg", "DE"))[0].want(t, "update")
	w.env.Answers = sheet.Answers{}
	send(w, beginApplications, form("Hamburg", "DE"))[0].want(t, "update") // the mayor's name
	send(w, beginApplications, form("Hamburg", "DE"))[0].want(t, "unchanged")
	a, _ := read[application.Application](w, application.RecordType, w.env.Call, "DE#hamburg")
	if a.City != "Hamburg" || !slices.Equal(a.OtherNames, []string{"Hambourg"}) {
		t.Errorf("stored: %+v", a)
	}
	decided := decisionRow{City: "hambourg", Country: "DE", Decision: application.Accepted, DecidedOn: date("2025-10-01")}
	send(w, beginDecisions, decided)[0].want(t, "create")
	m, _ := read[member.Member](w, member.RecordType, "", "DE#hamburg")
	if !slices.Equal(m.OtherNames, []string{"Hambourg"}) {
		t.Errorf("the member: %+v", m)
	}
}

func TestACityThatWasSaidToBeAnotherOneIsNotAskedAboutAgain(t *testing.T) {
	w := newWorld(t)
	hamburg(w)
	w.env.Answers = sheet.Answers{"city:Hambourg (Germany)": "new"}
	send(w, beginMembers, hambourg())[0].want(t, "create")
	w.env.Answers = sheet.Answers{}
	send(w, beginMembers, hambourg())[0].want(t, "unchanged")
	if m, ok := read[member.Member](w, member.RecordType, "", "DE#hambourg"); !ok || len(m.OtherNames) > 0 {
		t.Errorf("stored: %+v, %v", m, ok)
	}
}

func TestANameOnRecordForAnotherCityCanBeTakenBack(t *testing.T) {
	w := newWorld(t)
	hamburg(w)
	w.env.Answers = sheet.Answers{"city:Hambourg (DE)": "Hamburg"}
	send(w, beginMembers, hambourg())
	w.env.Answers = sheet.Answers{"city:Hambourg (DE)": "new"}
	send(w, beginMembers, hambourg())[0].want(t, "create")
	w.env.Answers = sheet.Answers{}
	send(w, beginMembers, hambourg())[0].want(t, "unchanged") // its own name goes before another city's
}

func TestAnAnswerAboutACityHoldsForItsCountry(t *testing.T) {
	w := newWorld(t)
	rows := []memberRow{
		{City: "Saint-Denis", Country: "FR", JoinedOn: date("2019-01-01")}, {City: "Saint-Denis", Country: "RE", JoinedOn: date("2019-01-01")},
	}
	send(w, beginMembers, rows...)
	for i := range rows {
		rows[i].City = "St Denis"
	}
	w.env.Answers = sheet.Answers{"city:St Denis (FR)": "new"}
	got := send(w, beginMembers, rows...)
	got[0].want(t, "create")
	got[1].want(t, "fail", "CITY_NEAR_DUPLICATE")
	if p := got[1].only(t, "CITY_NEAR_DUPLICATE"); p.About != "St Denis (RE)" {
		t.Errorf("%+v", p)
	}
}

func TestACandidateOfTheSameSheetIsNamedWithItsRow(t *testing.T) {
	w := newWorld(t)
	rows := send(w, beginMembers, memberRow{City: "Genève", Country: "CH", JoinedOn: date("2019-01-01")},
		memberRow{City: "Geneva", Country: "CH", JoinedOn: date("2019-01-01")})
	p := rows[1].only(t, "CITY_NEAR_DUPLICATE")
	want := text3("Genève (row 2)", "Genève (ligne 2)", "Genève (fila 2)")
	if got := p.Params["candidates"]; got != want || p.Suggestion != "Genève" {
		t.Errorf("%+v, suggesting %q", got, p.Suggestion)
	}
	rows[0].want(t, "create")
}
