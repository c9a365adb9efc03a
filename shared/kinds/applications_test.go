package kinds

import (
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// form is a complete application of a city, received in time and endorsed in time.
func form(name, country string) applicationRow {
	return applicationRow{
		City: name, Country: country, MayorName: "Mayor of " + name, ContactName: "Contact of " + name,
		ContactEmail: "learning@city.example", ContactLanguage: "fr", Pledge: true, PledgeName: "Mayor of " + name,
		PledgeDate: date("2025-05-02"), Motivation: "To learn.", Plans: "In stages.",
		ReceivedOn: date("2025-06-01"), Endorsed: said(true), EndorsedOn: date("2025-07-01"), EndorsedBy: "Secretary-General",
	}
}

// waitingForm is the same without an endorsement.
func waitingForm(name, country string) applicationRow {
	row := form(name, country)
	row.Endorsed, row.EndorsedOn, row.EndorsedBy = said(false), civil.Date{}, ""
	return row
}

func said(yes bool) *bool { return &yes }

func TestR_APP_10_AnApplicationIsStoredWithAllItsFields(t *testing.T) {
	w := newWorld(t)
	row := form("Lausanne", "CH")
	row.Website, row.MayorAddress, row.MayorTitle = "https://lausanne.ch", "M.", "Syndic"
	row.Population, row.PopulationYear = 140202, 2023
	row.Area, row.AreaYear = "41.37", 2023
	row.SchoolingWomen, row.SchoolingMen, row.SchoolingYear = "12.9", "13.1", 2022
	row.Challenges = map[string]int64{"youth": 2, "poverty": 4}
	row.Interests, row.Features = []string{"literacy", "esd"}, []string{"culture", "families"}
	row.Partners = "Université de Lausanne; EPFL\n"
	row.Committee = "A. Rochat, Secrétariat général\nB. Favre, UNIL"
	row.Stages = "2025: plan\n\n2026: action"
	send(w, beginApplications, row)[0].want(t, "create")
	got, _ := read[application.Application](w, application.RecordType, "2025", "CH#lausanne")
	if got.Mayor != (application.Mayor{Address: "M.", Name: "Mayor of Lausanne", Title: "Syndic"}) || !got.Pledge.Given {
		t.Errorf("mayor and pledge: %+v %+v", got.Mayor, got.Pledge)
	}
	if got.Profile.Area != (application.Figure{Value: "41.37", Year: 2023}) || got.Profile.Population.Whole() != 140202 {
		t.Errorf("profile: %+v", got.Profile)
	}
	if !slices.Equal(got.Challenges, []application.Rating{{Challenge: "poverty", Rating: 4}, {Challenge: "youth", Rating: 2}}) {
		t.Errorf("challenges: %+v", got.Challenges)
	}
	if !slices.Equal(got.Interests, []string{"esd", "literacy"}) || !slices.Equal(got.Features, []string{"families", "culture"}) {
		t.Errorf("fields: %v %v", got.Interests, got.Features)
	}
	if len(got.Partners) != 2 || len(got.Committee) != 2 || len(got.Stages) != 2 { // R-APP-7, R-APP-8
		t.Errorf("partners, committee, stages: %q %q %q", got.Partners, got.Committee, got.Stages)
	}
	send(w, beginApplications, row)[0].want(t, "unchanged")
}

// kept sends one application and reads it back.
func kept(t *testing.T, row applicationRow) application.Application {
	t.Helper()
	w := newWorld(t)
	send(w, beginApplications, row)[0].want(t, "create")
	got, _ := read[application.Application](w, application.RecordType, "2025", "CH#lausanne")
	return got
}

func TestR_APP_7_AnApplicationMayBeJoint(t *testing.T) {
	row := form("Lausanne", "CH")
	t.Run("passes: with its university", func(t *testing.T) {
		row.Partners = "Université de Lausanne"
		if got := kept(t, row); !got.Joint() || !slices.Equal(got.Partners, []string{"Université de Lausanne"}) {
			t.Errorf("%q", got.Partners)
		}
	})
	t.Run("fails: lines without a name make no partner", func(t *testing.T) {
		row.Partners = "\n ; \n"
		if got := kept(t, row); got.Joint() {
			t.Errorf("%q", got.Partners)
		}
	})
}

func TestR_APP_8_ACityMayNameItsCommitteeAndStages(t *testing.T) {
	row := form("Lausanne", "CH")
	t.Run("passes: each on its line, in order", func(t *testing.T) {
		row.Committee, row.Stages = "A. Rochat, Secrétariat général\nB. Favre, UNIL", "2025: plan\n\n2026: action"
		got := kept(t, row)
		if !slices.Equal(got.Committee, []string{"A. Rochat, Secrétariat général", "B. Favre, UNIL"}) ||
			!slices.Equal(got.Stages, []string{"2025: plan", "2026: action"}) {
			t.Errorf("%q, %q", got.Committee, got.Stages)
		}
	})
	t.Run("fails: lines without anything name nobody and no stage", func(t *testing.T) {
		row.Committee, row.Stages = " \n;", "\n"
		if got := kept(t, row); len(got.Committee)+len(got.Stages) > 0 {
			t.Errorf("%q, %q", got.Committee, got.Stages)
		}
	})
}

func TestR_APP_1_AnApplicationAfterTheCitiesDeadlineIsRefused(t *testing.T) {
	w := newWorld(t)
	late, inTime := form("Brest", "FR"), form("Nanterre", "FR")
	late.ReceivedOn, inTime.ReceivedOn = date("2025-06-16"), date("2025-06-15")
	rows := send(w, beginApplications, late, inTime)
	rows[0].want(t, "fail", "CYCLE_CLOSED_CITY")
	rows[1].want(t, "create")
}

func TestR_APP_2_AnEndorsementAfterTheCommissionsDeadlineIsRefused(t *testing.T) {
	w := newWorld(t)
	late, undated := form("Brest", "FR"), form("Nanterre", "FR")
	late.EndorsedOn, undated.EndorsedOn = date("2025-07-16"), civil.Date{}
	rows := send(w, beginApplications, late, undated)
	rows[0].want(t, "fail", "CYCLE_CLOSED_NATCOM")
	rows[1].want(t, "fail", "CELL_REQUIRED")
	if p := rows[1].only(t, "CELL_REQUIRED"); p.Field != "endorsed_on" || p.Rule != "R-APP-2" {
		t.Errorf("%+v", p)
	}
}

func TestR_APP_2_ADayOfTheEndorsementSaysThatThereIsOne(t *testing.T) {
	w := newWorld(t)
	dated, refused, early := form("Brest", "FR"), form("Nanterre", "FR"), form("Sarcelles", "FR")
	dated.Endorsed, refused.Endorsed, early.EndorsedOn = nil, said(false), date("2024-07-01")
	rows := send(w, beginApplications, dated, refused, early)
	rows[0].want(t, "create")
	rows[1].want(t, "create", "ENDORSEMENT_MISSING")
	rows[2].want(t, "create", "DATE_ORDER")
	for city, want := range map[string]bool{"FR#brest": true, "FR#nanterre": false, "FR#sarcelles": true} {
		if _, found := read[application.Endorsement](w, application.EndorsementType, "2025", city); found != want {
			t.Errorf("%s is endorsed: %v", city, found)
		}
	}
}

func TestR_APP_3_TheFourthApplicationOfACountryFailsWithAllContendersNamed(t *testing.T) {
	w := newWorld(t)
	names := []string{"Brest", "Nanterre", "Sarcelles", "Montpellier", "Paris"}
	var forms []applicationRow
	for _, name := range names {
		forms = append(forms, form(name, "FR"))
	}
	rows := send(w, beginApplications, append(forms, form("Lausanne", "CH"))...)
	if got := outcomes(rows); got != "create create create fail fail create" {
		t.Errorf("got %s", got)
	}
	for _, row := range rows[3:5] {
		p := row.only(t, "NATCOM_QUOTA_EXCEEDED")
		if p.Rule != "R-APP-3" || p.Severity != problem.Error {
			t.Errorf("%+v", p)
		}
		for _, lang := range locale.Langs {
			for _, name := range append(slices.Clone(names), "3", countryName(w.env, "FR").In(lang)) {
				if !strings.Contains(p.Message(lang), name) {
					t.Errorf("%q does not name %s", p.Message(lang), name)
				}
			}
		}
	}
	held, err := records.Holders(t.Context(), w.store, application.Slots("2025", "FR"))
	if err != nil || len(held) != 3 {
		t.Errorf("slots held: %v, %v", held, err)
	}
}

func TestR_APP_3_SlotsOnRecordCountAndTheirHoldersAreNamed(t *testing.T) {
	w := newWorld(t)
	send(w, beginApplications, form("Brest", "FR"), form("Nanterre", "FR"))
	rows := send(w, beginApplications, form("Sarcelles", "FR"), form("Brest", "FR"), form("Montpellier", "FR"))
	rows[0].want(t, "create")
	rows[1].want(t, "unchanged")
	rows[2].want(t, "fail", "NATCOM_QUOTA_EXCEEDED")
	p := rows[2].only(t, "NATCOM_QUOTA_EXCEEDED")
	for _, name := range []string{"Brest", "Nanterre", "Sarcelles", "Montpellier"} {
		if !strings.Contains(p.Message(locale.ES), name) {
			t.Errorf("%q does not name %s", p.Message(locale.ES), name)
		}
	}
}

func TestR_APP_3_AFailingApplicationTakesNoSlot(t *testing.T) {
	w := newWorld(t)
	unpledged := form("Brest", "FR")
	unpledged.Pledge = false
	rows := send(w, beginApplications, unpledged, form("Nanterre", "FR"), form("Sarcelles", "FR"), form("Montpellier", "FR"))
	rows[0].want(t, "fail", "PLEDGE_MISSING")
	if got := outcomes(rows[1:]); got != "create create create" {
		t.Errorf("got %s", got)
	}
}

func TestR_APP_3_WaitingApplicationsBeyondTheQuotaAreWarned(t *testing.T) {
	w := newWorld(t)
	early, late := waitingForm("Montpellier", "FR"), waitingForm("Sarcelles", "FR")
	early.ReceivedOn, late.ReceivedOn = date("2025-05-01"), date("2025-06-10")
	rows := send(w, beginApplications, form("Brest", "FR"), late, form("Nanterre", "FR"), early)
	rows[1].want(t, "create", "ENDORSEMENT_MISSING", "NATCOM_QUOTA_EXCEEDED")
	rows[3].want(t, "create", "ENDORSEMENT_MISSING")
	if p := rows[1].only(t, "NATCOM_QUOTA_EXCEEDED"); p.Severity != problem.Warning ||
		!strings.Contains(p.Message(locale.EN), "Montpellier") || !strings.Contains(p.Message(locale.EN), "Brest") {
		t.Errorf("%+v", p)
	}
	again := send(w, beginApplications, early)
	again[0].want(t, "unchanged", "ENDORSEMENT_MISSING")
}

func TestR_APP_4_AnApplicationWithoutAnEndorsementWaits(t *testing.T) {
	w := newWorld(t)
	row := waitingForm("Brest", "FR")
	got := send(w, beginApplications, row)[0]
	got.want(t, "create", "ENDORSEMENT_MISSING")
	if p := got.only(t, "ENDORSEMENT_MISSING"); p.Severity != problem.Warning || p.Field != "endorsed" {
		t.Errorf("%+v", p)
	}
	if _, found := read[application.Endorsement](w, application.EndorsementType, "2025", "FR#brest"); found {
		t.Error("an endorsement is on record")
	}
	send(w, beginApplications, form("Brest", "FR"))[0].want(t, "create") // the endorsement
	send(w, beginApplications, row)[0].want(t, "unchanged")              // an endorsement is not taken back by a blank
}

func TestR_APP_5_AMemberCannotApply(t *testing.T) {
	w := newWorld(t)
	send(w, beginMembers, knownMembers()...)
	send(w, beginApplications, form("Brest", "FR"))[0].want(t, "fail", "ALREADY_MEMBER")
	left := memberRow{City: "Brest", Country: "FR", JoinedOn: date("2019-01-01"), LeftOn: date("2024-01-01")}
	send(w, beginMembers, left)
	send(w, beginApplications, form("Brest", "FR"))[0].want(t, "create")
}

func TestR_APP_5_ASecondApplicationIsRefusedAndACorrectionTaken(t *testing.T) {
	w := newWorld(t)
	row := form("Brest", "FR")
	send(w, beginApplications, row)
	second := row
	second.ReceivedOn = date("2025-06-02")
	send(w, beginApplications, second)[0].want(t, "fail", "ALREADY_APPLIED")
	row.Motivation = "To teach."
	send(w, beginApplications, row)[0].want(t, "update")
}

func TestAnApplicantWrittenOtherwiseIsAQuestion(t *testing.T) {
	w := newWorld(t)
	send(w, beginMembers, memberRow{City: "Hamburg", Country: "DE", JoinedOn: date("2019-01-01")})
	send(w, beginApplications, form("Hambourg", "DE"))[0].want(t, "fail", "CITY_NEAR_DUPLICATE")
	w.env.Answers["city:Hambourg"] = "Hamburg"
	send(w, beginApplications, form("Hambourg", "DE"))[0].want(t, "fail", "ALREADY_MEMBER")
}

func TestR_APP_10_TheFormsOwnRules(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		spoil   func(*applicationRow)
		outcome string
		code    string
		field   string
	}{
		"pledge":      {func(r *applicationRow) { r.Pledge = false }, "fail", "PLEDGE_MISSING", "pledge"},
		"rating":      {func(r *applicationRow) { r.Challenges = map[string]int64{"poverty": 6} }, "fail", "NUMBER_OUT_OF_RANGE", "challenge_poverty"},
		"negative":    {func(r *applicationRow) { r.Area, r.AreaYear = "-1", 2020 }, "fail", "NUMBER_OUT_OF_RANGE", "area_km2"},
		"no year":     {func(r *applicationRow) { r.GDPCity = "41000" }, "", "CELL_REQUIRED", "gdp_city_year"},
		"one warning": {func(r *applicationRow) { r.SchoolingMen, r.SchoolingWomen = "12", "13" }, "", "CELL_REQUIRED", "schooling_year"},
	} {
		row := form("Brest", "FR")
		c.spoil(&row)
		got := check(w, beginApplications, row)[0]
		got.want(t, c.outcome, c.code)
		if p := got.only(t, problem.Code(c.code)); p.Field != c.field || p.Rule != "R-APP-10" {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestACallThatIsNotOneIsRefused(t *testing.T) {
	w := newWorld(t)
	w.env.Call = "1999"
	_, err := beginApplications(t.Context(), w.env)
	refusal, ok := err.(*problem.Problem)
	if !ok || refusal.Code != "CALL_UNKNOWN" {
		t.Errorf("got %v", err)
	}
}
