package httpapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
)

// aSeenNetwork is the tests' network as somebody of a role sees it, below a base path.
func aSeenNetwork(t *testing.T, role access.Role) *world {
	t.Helper()
	w := newWorld(t)
	aNetwork(w, access.Actor{})
	w.config.Base = "/Prod/"
	w.handler = httpapi.New(w.config)
	w.actor = actorOf(role)
	return w
}

// networkPages are the area's pages; those with a name are held to a golden one.
var networkPages = []struct{ path, name string }{
	{"/members", "members"}, {"/members/FR/brest", "city"}, {"/members/SN/dakar", ""}, {"/members/FR/brest/events", ""},
	{"/members/SN/dakar/events?kind=joined", ""}, {"/members/FR/brest/events?kind=merged", ""}, {"/clusters", ""},
	{"/clusters/literacy", "cluster"}, {"/clusters/esd?term=2019-2021", ""}, {"/clusters/literacy/plans/2025-2027/objectives", ""},
	{"/clusters/literacy/plans/2025-2027/partners", ""}, {"/clusters/literacy/plans/2025-2027/activities", ""},
	{"/clusters/literacy/plans/2025-2027/activities?activity=cluster%2F1.4%231", ""},
	{"/clusters/literacy/plans/2025-2027/status?activity=cluster%2F1.4%231", ""},
	{"/clusters/literacy/plans/2025-2027/host?activity=cluster%2F1.4%231", ""}, {"/clusters/literacy/plans/2025-2027/outcomes", ""},
	{"/clusters/literacy/plans/2025-2027/adoption", ""}, {"/clusters/esd/plans/2025-2027/adoption", ""}, {"/coordinators", ""},
	{"/coordinators/2025-2027", "selection"}, {"/coordinators/2025-2027/health/BY/brest", "seat"},
	{"/coordinators/2025-2027/literacy/FR/brest", ""}, {"/surveys", ""}, {"/surveys/2019", "survey"}, {"/surveys/2019/answers", ""},
}

func TestPagesOfTheNetworkAreWholeInEachLanguage(t *testing.T) {
	w := aSeenNetwork(t, access.Secretariat)
	for _, page := range networkPages {
		for _, lang := range locale.Langs {
			sign := "?"
			if strings.Contains(page.path, "?") {
				sign = "&"
			}
			r := w.html(page.path + sign + "lang=" + string(lang))
			if r.status != http.StatusOK {
				t.Fatalf("%s: %d %s", page.path, r.status, r.text)
			}
			wellFormed(t, r.text, lang)
			if page.name != "" {
				golden(t, filepath.Join("network", page.name+"."+string(lang)+".html"), r.text)
			}
			for _, link := range linksOf(t, r.text) {
				below, found := strings.CutPrefix(link.to, "/Prod")
				address, _, _ := strings.Cut(below, "?")
				if !found || !leads(link.method, address) {
					t.Errorf("%s: %s %s leads nowhere", page.path, link.method, link.to)
				}
			}
			if strings.ContainsAny(strings.ReplaceAll(r.text, "{n}", ""), "{}") {
				t.Errorf("%s: a name is left open in\n%s", page.path, r.text)
			}
		}
	}
}

func TestMembersAreFoundByAnyPartOfTheirNamesAndByWhatTheyAre(t *testing.T) {
	w := aSeenNetwork(t, access.Donor)
	for query, found := range map[string][]string{
		"":                        {"BY/brest", "FR/brest"},
		"?q=BRÉST+france":         {"FR/brest"},
		"?q=bresta+belarus":       {"BY/brest"},
		"?q=dakar":                nil,
		"?q=dakar&state=":         {"SN/dakar"},
		"?state=former":           {"SN/dakar"},
		"?country=FR&state=":      {"FR/brest"},
		"?region=africa&state=":   {"SN/dakar"},
		"?cluster=health":         {"BY/brest", "FR/brest"},
		"?cluster=esd":            nil,
		"?state=former&lang=es":   {"SN/dakar"},
		"?country=FR&state=other": nil,
	} {
		text := w.html("/members" + query).text
		for _, city := range []string{"BY/brest", "FR/brest", "SN/dakar"} {
			wanted := strings.Contains(strings.Join(found, " "), city)
			if strings.Contains(text, "/Prod/members/"+city) != wanted {
				t.Errorf("%s: %s is there: %v", query, city, !wanted)
			}
		}
		if empty := strings.Contains(text, `class="empty"`); empty != (len(found) == 0) {
			t.Errorf("%s: says that there is nothing: %v", query, empty)
		}
	}
}

func TestALongListOfMembersComesInPartsByCountryAsItIsCalled(t *testing.T) {
	w := newWorld(t)
	for i := range 60 {
		w.keep(member.RecordType, "", fmt.Sprintf("DE#city-%02d", i), member.Member{City: fmt.Sprintf("City %02d", i), Country: "DE", JoinedOn: day("2016-06-01")})
	}
	w.keep(member.RecordType, "", "ZA#durban", member.Member{City: "Durban", Country: "ZA", JoinedOn: day("2016-06-01")})
	first := w.html("/members?lang=fr").text // Afrique du Sud, Allemagne
	shows(t, first, "61 villes", "Durban", "City 48", "not City 49", "after=DE%23city-48")
	shows(t, w.html("/members?lang=fr&after=DE%23city-48").text, "not Durban", "not City 48", "City 49", "City 59", `not rel="next"`)
}

func TestACitysStoryIsToldToWhoMayKnowIt(t *testing.T) {
	for role, told := range map[access.Role]bool{
		access.Secretariat: true, access.Auditor: true, access.City: true, access.Commission: true, access.Treasurer: false, access.Donor: false,
	} {
		text := aSeenNetwork(t, role).html("/members/FR/brest").text
		if strings.Contains(text, "The city&#39;s story") != told || strings.Contains(text, "We host.") != told {
			t.Errorf("%s is told: %v", role, !told)
		}
		if foreign := aSeenNetwork(t, role).html("/members/BY/brest").text; role == access.City && strings.Contains(foreign, "We host.") {
			t.Error("a city is told what another one offers")
		}
		if strings.Contains(text, "officer") {
			t.Errorf("%s is told a person's identifier", role)
		}
	}
}

func TestAClusterShowsPlansAndGapsToWhoMayReadThem(t *testing.T) {
	for role, texts := range map[access.Role][]string{
		access.Secretariat: {"Work plan 2025-2027", "Offers and gaps", "Write the objectives", "Decision on Brest"},
		access.Auditor:     {"Work plan 2025-2027", "Offers and gaps", "not Write the objectives", "Decision on Brest"},
		access.City:        {"Work plan 2025-2027", "not Offers and gaps", "not Write the objectives", "not Decision on Brest", "/host?activity="},
		access.Commission:  {"Work plan 2025-2027", "not Offers and gaps", "not Write the objectives", "not /host?activity="},
		access.Donor:       {"not Work plan 2025-2027", "not Offers and gaps", "Brest"},
	} {
		shows(t, aSeenNetwork(t, role).html("/clusters/literacy").text, texts...)
	}
}

func TestAnEventIsEnteredByItsFormOnce(t *testing.T) {
	w := aSeenNetwork(t, access.Secretariat)
	shows(t, w.html("/members/FR/brest/events?kind=left").text, "2 clusters (Health and well-being and Literacy)", `value="2026-11-21"`)
	form := url.Values{"kind": {"renamed"}, "name": {"Brest Métropole"}, "on": {"2026-11-01"}, "request": {"00000000000000000000000001"}}
	for range 2 {
		w.led(w.send("/members/FR/brest/events", form), "/Prod/members/FR/brest?done=entered")
	}
	page := w.html("/members/FR/brest?done=entered").text
	shows(t, page, "<h1>Brest Métropole</h1>", "The event is entered")
	if strings.Count(page, "new name") != 1 {
		t.Errorf("entered twice:\n%s", page)
	}
}

func TestAnEventThatBreaksARuleStaysInItsFormWithTheProblemAtItsField(t *testing.T) {
	w := aSeenNetwork(t, access.Secretariat)
	for _, one := range []struct {
		form   url.Values
		status int
		shows  []string
	}{
		{url.Values{"kind": {"renamed"}, "on": {"2026-11-01"}, "reason": {"A vote."}}, 400, []string{`href="#field-name"`, "A vote.", `value="2026-11-01"`}},
		{url.Values{"kind": {"left"}, "on": {"yesterday"}}, 400, []string{`href="#field-on"`, "a day such as"}},
		{url.Values{"kind": {"cluster-joined"}, "cluster": {"health"}, "on": {"2026-11-01"}}, 409, []string{`href="#field-cluster"`}},
		{url.Values{"kind": {"merged"}, "into": {"FR#brest"}, "on": {"2026-11-01"}}, 409, []string{`href="#field-into"`}},
		{url.Values{"kind": {"merged"}, "into": {"SN#dakar"}, "on": {"2026-11-01"}}, 409, []string{`href="#field-into"`}},
	} {
		r := w.send("/members/FR/brest/events", one.form)
		if r.status != one.status {
			t.Errorf("%v: %d", one.form, r.status)
		}
		shows(t, r.text, append(one.shows, "Nothing was changed yet")...)
		wellFormed(t, r.text, locale.EN)
	}
}
