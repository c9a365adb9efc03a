package kinds

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/member"
)

func decide(name, country, decision string) decisionRow {
	return decisionRow{City: name, Country: country, Decision: decision, DecidedOn: date("2025-09-01"), Reason: "As discussed."}
}

func memberOf(w *world, id string) (member.Member, bool) {
	return read[member.Member](w, member.RecordType, "", id)
}

func TestR_APP_9_AnAcceptedApplicationMakesTheCityAMemberFromThatDay(t *testing.T) {
	w := newWorld(t)
	row := form("Lausanne", "CH")
	row.Website, row.Population, row.PopulationYear = "https://lausanne.ch", 140202, 2023
	send(w, beginApplications, row)
	send(w, beginDecisions, decide("Lausanne", "CH", application.Accepted))[0].want(t, "create")
	m, found := memberOf(w, "CH#lausanne")
	if !found || m.JoinedOn != date("2025-09-01") || m.Website != "https://lausanne.ch" || m.Population != 140202 {
		t.Errorf("member: %+v", m)
	}
}

func TestTheSameRowsComeOutUnchangedAfterTheDecisionsToo(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Lausanne", "CH"))
	send(w, beginEndorsements, endorse("Lausanne", "CH"))
	send(w, beginDecisions, decide("Lausanne", "CH", application.Accepted))
	send(w, beginApplications, form("Lausanne", "CH"))[0].want(t, "unchanged")
	send(w, beginEndorsements, endorse("Lausanne", "CH"))[0].want(t, "unchanged")
	send(w, beginDecisions, decide("Lausanne", "CH", application.Accepted))[0].want(t, "unchanged")
}

func TestR_APP_9_OtherDecisionsMakeNoMember(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Lausanne", "CH"), waitingForm("Brest", "FR"))
	rows := send(w, beginDecisions, decide("Lausanne", "CH", application.Deferred), decide("Brest", "FR", application.Declined))
	for i, id := range []string{"CH#lausanne", "FR#brest"} {
		rows[i].want(t, "create")
		if _, found := memberOf(w, id); found {
			t.Errorf("%s is a member", id)
		}
	}
	send(w, beginDecisions, decide("Lausanne", "CH", application.Accepted))[0].want(t, "create") // the member
}

func TestR_APP_4_AnApplicationWithoutAnEndorsementIsNotAccepted(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, waitingForm("Brest", "FR"))
	got := send(w, beginDecisions, decide("Brest", "FR", application.Accepted))[0]
	got.want(t, "fail", "ENDORSEMENT_MISSING")
	if p := got.only(t, "ENDORSEMENT_MISSING"); p.Field != "decision" || p.Rule != "R-APP-4" {
		t.Errorf("%+v", p)
	}
	send(w, beginEndorsements, endorse("Brest", "FR"))
	send(w, beginDecisions, decide("Brest", "FR", application.Accepted))[0].want(t, "create")
}

func TestR_APP_4_ADecisionFollowsWhatItDecidesAbout(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Lausanne", "CH"), form("Brest", "FR")) // received on 1 June, endorsed on 1 July
	early, between := decide("Lausanne", "CH", application.Declined), decide("Brest", "FR", application.Accepted)
	early.DecidedOn, between.DecidedOn = date("2024-09-01"), date("2025-06-15")
	rows := send(w, beginDecisions, early, between)
	for i, rule := range []string{"", "R-APP-4"} {
		rows[i].want(t, "fail", "DATE_ORDER")
		if p := rows[i].only(t, "DATE_ORDER"); p.Field != "decided_on" || p.Rule != rule {
			t.Errorf("%+v", p)
		}
	}
	between.Decision = application.Deferred
	send(w, beginDecisions, between)[0].want(t, "create")
}

func TestR_APP_3_ADecisionFreesNoSlot(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Brest", "FR"), form("Nanterre", "FR"), form("Sarcelles", "FR"), waitingForm("Montpellier", "FR"))
	send(w, beginDecisions, decide("Brest", "FR", application.Declined), decide("Nanterre", "FR", application.Deferred))
	send(w, beginEndorsements, endorse("Montpellier", "FR"))[0].want(t, "fail", "NATCOM_QUOTA_EXCEEDED")
	send(w, beginApplications, form("Paris", "FR"))[0].want(t, "fail", "NATCOM_QUOTA_EXCEEDED")
}

func TestADecisionNeedsAnApplication(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Lausanne", "CH"))
	got := send(w, beginDecisions, decide("Lausane", "CH", application.Accepted))[0]
	got.want(t, "fail", "REF_NOT_FOUND")
	if p := got.only(t, "REF_NOT_FOUND"); p.Suggestion != "Lausanne" {
		t.Errorf("%+v", p)
	}
}

func TestR_APP_5_ACityThatWasAMemberBeforeIsNotAccepted(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Brest", "FR"))
	send(w, beginMembers, memberRow{City: "Brest", Country: "FR", JoinedOn: date("2019-01-01")})
	send(w, beginDecisions, decide("Brest", "FR", application.Accepted))[0].want(t, "fail", "ALREADY_MEMBER")
	send(w, beginDecisions, decide("Brest", "FR", application.Declined))[0].want(t, "create")
}

func TestR_APP_9_AMembershipIsNotTakenBackByADecision(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Brest", "FR"))
	send(w, beginDecisions, decide("Brest", "FR", application.Accepted))
	got := send(w, beginDecisions, decide("Brest", "FR", application.Declined))[0]
	got.want(t, "fail", "ALREADY_MEMBER")
	if p := got.only(t, "ALREADY_MEMBER"); p.Field != "decision" {
		t.Errorf("%+v", p)
	}
}

func TestR_APP_9_ACorrectedDayOfTheDecisionMovesTheMembership(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Brest", "FR"))
	send(w, beginDecisions, decide("Brest", "FR", application.Accepted))
	row := decide("Brest", "FR", application.Accepted)
	row.DecidedOn = date("2025-09-02")
	send(w, beginDecisions, row)[0].want(t, "update")
	if m, _ := memberOf(w, "FR#brest"); m.JoinedOn != date("2025-09-02") {
		t.Errorf("member since %s", m.JoinedOn)
	}
	send(w, beginDecisions, row)[0].want(t, "unchanged")
}

func TestAMembersRecordIsLeftAsTheSecretariatKeepsIt(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Brest", "FR"))
	send(w, beginDecisions, decide("Brest", "FR", application.Accepted))
	send(w, beginMembers, memberRow{City: "Brest", Country: "FR", JoinedOn: date("2025-10-01"), LeftOn: date("2030-01-01")})
	send(w, beginDecisions, decide("Brest", "FR", application.Accepted))[0].want(t, "unchanged")
	if m, _ := memberOf(w, "FR#brest"); m.JoinedOn != date("2025-10-01") || m.Current() {
		t.Errorf("member: %+v", m)
	}
}

func TestACityThatLeftIsAcceptedAgain(t *testing.T) {
	w := newWorld(t)
	send(w, beginMembers, memberRow{City: "Brest", Country: "FR", JoinedOn: date("2016-01-01"), LeftOn: date("2020-12-31")})
	send(w, beginApplications, form("Brest", "FR"))
	send(w, beginDecisions, decide("Brest", "FR", application.Accepted))[0].want(t, "create")
	m, _ := memberOf(w, "FR#brest")
	if !m.On(date("2018-01-01")) || m.On(date("2022-01-01")) || !m.On(date("2025-09-01")) {
		t.Errorf("member: %+v", m)
	}
	send(w, beginDecisions, decide("Brest", "FR", application.Accepted))[0].want(t, "unchanged")
}
