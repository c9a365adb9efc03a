package office_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/office"
)

var everyone = []string{
	"secretariat", "treasurer", "commission FR", "commission DE", "city FR#brest", "city FR#evry", "donor donor_country#KR", "auditor",
}

func TestAnApplicationGoesFromTheCityThroughItsCommissionToTheSecretariat(t *testing.T) {
	r := newCallRoom(t)
	got := r.bring("FR#brest", "Brest", "start edit send return send endorse submit recall submit defer accept")
	if got.State != application.Accepted || got.Call.ID != "2025" || len(got.History) != 11 {
		t.Errorf("%+v", got)
	}
}

func TestEachActIsForWhoseItIsAndForTheirOwnApplicationsOnly(t *testing.T) {
	may := map[application.Role][]string{
		application.ByCity: {"city FR#brest"}, application.ByCommission: {"commission FR"}, application.BySecretariat: {"secretariat"},
	}
	before := map[application.Action]string{
		application.Start: "", application.Edit: "start", application.Send: "start", application.Withdraw: "start",
		application.Return: "start send", application.Endorse: "start send", application.Submit: "start send endorse",
		application.Recall: "start send endorse submit", application.Accept: "start send endorse submit",
		application.Defer: "start send endorse submit", application.Decline: "start send endorse submit",
	}
	for _, action := range application.Actions {
		for _, who := range everyone {
			r := newCallRoom(t)
			r.bring("FR#brest", "Brest", before[action])
			_, err := r.Do(r.as(who), "", act(action, "FR#brest", "Brest"))
			if got, want := codeOf(err) != "ACCESS_DENIED", slices.Contains(may[action.By()], who); got != want || want && err != nil {
				t.Errorf("%s by %s: %v", action, who, err)
			}
			if _, err := r.Do(r.as(who), "", act(action, "FR#quimper", "Quimper")); strings.HasPrefix(who, "city") && codeOf(err) != "ACCESS_DENIED" {
				t.Errorf("%s of another city that has none, by %s: %v", action, who, err)
			}
		}
		r := newCallRoom(t)
		if _, err := r.Do(t.Context(), "", act(action, "FR#brest", "Brest")); codeOf(err) != "SIGNIN_NEEDED" {
			t.Errorf("%s by nobody: %v", action, err)
		}
	}
}

func TestWhoMaySeeAnApplicationSeesItAloneAndInLists(t *testing.T) {
	r := newCallRoom(t)
	r.bring("FR#brest", "Brest", "start send endorse submit defer")
	r.bring("FR#evry", "Évry", "start send endorse submit accept")
	r.bring("DE#kiel", "Kiel", "start send endorse submit decline")
	seen := map[string]string{
		"secretariat": "DE#kiel FR#brest FR#evry", "auditor": "DE#kiel FR#brest FR#evry", "commission FR": "FR#brest FR#evry",
		"commission DE": "DE#kiel", "city FR#brest": "FR#brest", "city FR#evry": "FR#evry",
	}
	for _, who := range everyone {
		ctx := r.as(who)
		for _, city := range []string{"DE#kiel", "FR#brest", "FR#evry", "FR#quimper", "XX#", "FR#brest\x00", "FR#\xff"} {
			_, err := r.Application(ctx, "2025", city)
			switch code := codeOf(err); {
			case strings.Contains(seen[who], city) && err != nil, !strings.Contains(seen[who], city) && err == nil:
				t.Errorf("%s and %q: %v", who, city, err)
			case err != nil && code != "ACCESS_DENIED" && code != "APPLICATION_NONE", code == "APPLICATION_NONE" && strings.HasPrefix(who, "city"):
				t.Errorf("%s and %q: %s", who, city, code)
			}
		}
		all, err := r.Applications(ctx, office.Wanted{})
		var got, endorsed, decided []string
		for _, a := range all {
			got = append(got, a.City)
		}
		endorsements, endorseErr := r.Endorsements(ctx, office.Wanted{Call: "2025"})
		for _, e := range endorsements {
			endorsed = append(endorsed, e.City)
		}
		decisions, decideErr := r.Decisions(ctx, office.Wanted{Call: "2025"})
		for _, d := range decisions {
			decided = append(decided, d.City)
		}
		for _, list := range [][]string{got, endorsed, decided} {
			if strings.Join(list, " ") != seen[who] {
				t.Errorf("%s is shown %v", who, list)
			}
		}
		for _, err := range []error{err, endorseErr, decideErr} {
			if (codeOf(err) == "ACCESS_DENIED") != (seen[who] == "") {
				t.Errorf("a list for %s: %v", who, err)
			}
		}
	}
}

func TestAListIsNarrowedByCountryCallAndState(t *testing.T) {
	r := newCallRoom(t)
	r.bring("FR#brest", "Brest", "start send endorse submit defer")
	r.bring("FR#evry", "Évry", "start send")
	r.bring("DE#kiel", "Kiel", "start")
	for _, c := range []struct {
		who    string
		wanted office.Wanted
		cities string
		code   string
	}{
		{"secretariat", office.Wanted{Country: "FR"}, "FR#brest FR#evry", ""},
		{"auditor", office.Wanted{State: application.Draft}, "DE#kiel", ""},
		{"auditor", office.Wanted{Call: "2025"}, "DE#kiel FR#brest FR#evry", ""},
		{"secretariat", office.Wanted{Call: "1999"}, "", "CALL_UNKNOWN"},
		{"secretariat", office.Wanted{Country: "ZZ"}, "", "COUNTRY_UNKNOWN"},
		{"commission FR", office.Wanted{Country: "FR", State: application.Deferred}, "FR#brest", ""},
		{"commission FR", office.Wanted{Country: "DE"}, "", "ACCESS_DENIED"},
		{"city FR#evry", office.Wanted{Country: "FR"}, "FR#evry", ""},
		{"city FR#evry", office.Wanted{Country: "DE"}, "", "ACCESS_DENIED"},
		{"city FR#evry", office.Wanted{Country: "ZZ"}, "", "ACCESS_DENIED"},
	} {
		all, err := r.Applications(r.as(c.who), c.wanted)
		var got []string
		for _, a := range all {
			got = append(got, a.City)
		}
		if strings.Join(got, " ") != c.cities || string(codeOf(err)) != c.code {
			t.Errorf("%s, %+v: %v, %v", c.who, c.wanted, got, err)
		}
	}
	if all, err := r.Decisions(r.as("auditor"), office.Wanted{State: application.Accepted}); len(all) > 0 || err != nil {
		t.Errorf("acceptances: %v, %v", all, err)
	}
}

func TestPersonsInEventsAreShownToWhoMaySeeThem(t *testing.T) {
	r := newCallRoom(t)
	r.bring("FR#brest", "Brest", "start send endorse submit")
	for who, want := range map[string]string{
		"secretariat":   "city-FR-brest city-FR-brest commission-FR commission-FR",
		"city FR#brest": "city-FR-brest city-FR-brest", "commission FR": "commission-FR commission-FR",
	} {
		got, err := r.Application(r.as(who), "2025", "FR#brest")
		var persons []string
		for _, e := range got.History {
			if e.Person != "" {
				persons = append(persons, e.Person)
			}
			if e.Source != "" {
				t.Errorf("%s is told of the request %s", who, e.Source)
			}
		}
		if strings.Join(persons, " ") != want || err != nil {
			t.Errorf("%s sees %v, %v", who, persons, err)
		}
	}
}

func TestAnActNamesTheVersionThatItIsAbout(t *testing.T) {
	r := newCallRoom(t)
	brest := r.as("city FR#brest")
	first := r.bring("FR#brest", "Brest", "start")
	seen, err := r.Application(brest, "2025", "FR#brest")
	if err != nil || seen.Version != first.Version {
		t.Fatalf("read %d, %v; written %d", seen.Version, err, first.Version)
	}
	edit := act(application.Edit, "FR#brest", "")
	edit.Seen, edit.Form.Plans = seen.Version, "Deux comités."
	edited, err := r.Do(brest, "one", edit)
	if err != nil || edited.Version == seen.Version || edited.Form.Plans != "Deux comités." {
		t.Fatalf("%+v, %v", edited, err)
	}
	if again, err := r.Do(brest, "one", edit); err != nil || again.Version != edited.Version {
		t.Errorf("the same request again: %d, %v", again.Version, err)
	}
	if _, err := r.Do(brest, "two", edit); codeOf(err) != "RECORD_CHANGED" {
		t.Errorf("by a version that is past: %v", err)
	}
	edit.Seen = edited.Version
	if _, err := r.Do(brest, "two", edit); err != nil {
		t.Errorf("by the new version: %v", err)
	}
	if _, err := r.Do(brest, "two", act(application.Send, "FR#brest", "")); codeOf(err) != "IDEMPOTENCY_KEY_REUSED" {
		t.Errorf("another act under that key: %v", err)
	}
}

func TestACityAppliesUnderItsOwnName(t *testing.T) {
	r := newCallRoom(t)
	for _, c := range []struct{ who, name, code string }{
		{"city FR#brest", "", "CELL_REQUIRED"},
		{"city FR#brest", "  ", "CELL_REQUIRED"},
		{"city FR#brest", "Quimper", "CITY_NAME_DIFFERS"},
		{"city FR#brest", "BREST", ""},
		{"city FR#breste", "Breste", "CITY_NEAR_DUPLICATE"},
		{"city FR#quimper", "Breste", "CITY_NAME_DIFFERS"}, // it isn't told who applies
		{"city ZZ#brest", "Brest", "COUNTRY_UNKNOWN"},
	} {
		_, id, _ := strings.Cut(c.who, " ")
		if _, err := r.Do(r.as(c.who), "", act(application.Start, id, c.name)); string(codeOf(err)) != c.code {
			t.Errorf("%s as %q: %v", c.who, c.name, err)
		}
	}
	another := act(application.Start, "FR#breste", "Breste")
	another.New = true
	if got, err := r.Do(r.as("city FR#breste"), "", another); err != nil || got.Name != "Breste" {
		t.Errorf("one that says that it is another: %+v, %v", got, err)
	}
	r.bring("FR#brest", "", "withdraw")
	if got, err := r.Do(r.as("city FR#brest"), "", act(application.Start, "FR#brest", "")); err != nil || got.Name != "BREST" {
		t.Errorf("one that is on record: %q, %v", got.Name, err)
	}
}

func TestAnExtensionLetsThoseInWhomItIsAbout(t *testing.T) {
	r := newCallRoom(t)
	call, err := r.Call(r.as("donor donor_country#KR"), "2025")
	if err != nil {
		t.Fatal(err)
	}
	r.now = call.CityCloses().AddDate(0, 0, 1)
	start := act(application.Start, "FR#brest", "Brest")
	if _, err := r.Do(r.as("city FR#brest"), "", start); codeOf(err) != "CYCLE_CLOSED_CITY" {
		t.Fatalf("late: %v", err)
	}
	longer := application.Extension{
		Deadline: application.CityDeadline, City: "FR#brest", Until: civil.Of(r.now.AddDate(0, 0, 7), call.Location()), Reason: "A flood.",
	}
	for _, who := range everyone[1:] {
		if _, err := r.Extend(r.as(who), "", "2025", longer); codeOf(err) != "ACCESS_DENIED" {
			t.Errorf("granted by %s: %v", who, err)
		}
	}
	granted, err := r.Extend(r.as("secretariat"), "one", "2025", longer)
	if err != nil || granted.Country != "FR" || granted.Person != "secretariat" {
		t.Fatalf("%+v, %v", granted, err)
	}
	if _, err := r.Do(r.as("city FR#brest"), "", start); err != nil {
		t.Errorf("with the extension: %v", err)
	}
	if _, err := r.Do(r.as("city FR#evry"), "", act(application.Start, "FR#evry", "Évry")); codeOf(err) != "CYCLE_CLOSED_CITY" {
		t.Errorf("another city: %v", err)
	}
	for _, who := range everyone {
		all, err := r.Extensions(r.as(who), "2025")
		shown := slices.Contains([]string{"secretariat", "auditor", "commission FR", "city FR#brest"}, who)
		if err != nil || len(all) == 1 != shown {
			t.Errorf("%s sees %v, %v", who, all, err)
		}
		if shown && (all[0].Person != "") != (who == "secretariat" || who == "auditor") {
			t.Errorf("%s sees that %q granted it", who, all[0].Person)
		}
	}
}

func TestAnExtensionIsOfADeadlineAndOfPlacesThatThereAre(t *testing.T) {
	r := newCallRoom(t)
	day := civil.Date{Year: 2026, Month: 1, Day: 31}
	for _, c := range []struct {
		call      string
		extension application.Extension
		code      string
	}{
		{"2025", application.Extension{Until: day, Reason: "x"}, "FIELD_INVALID"},
		{"2025", application.Extension{Deadline: "city", Country: "ZZ", Until: day, Reason: "x"}, "COUNTRY_UNKNOWN"},
		{"2025", application.Extension{Deadline: "city", Country: "FR", City: "DE#kiel", Until: day, Reason: "x"}, "FIELD_INVALID"},
		{"2025", application.Extension{Deadline: "city", City: "brest", Until: day, Reason: "x"}, "FIELD_INVALID"},
		{"2025", application.Extension{Deadline: "city", Until: day}, "CELL_REQUIRED"},
		{"2025", application.Extension{Deadline: "city", Until: civil.Date{Year: 2024, Month: 1, Day: 1}, Reason: "x"}, "DEADLINE_NOT_EXTENDED"},
		{"1999", application.Extension{Deadline: "city", Until: day, Reason: "x"}, "CALL_UNKNOWN"},
		{"2025", application.Extension{Deadline: "commission", Country: "FR", Until: day, Reason: "x"}, ""},
	} {
		if _, err := r.Extend(r.as("secretariat"), "", c.call, c.extension); string(codeOf(err)) != c.code {
			t.Errorf("%+v: %v, want %s", c.extension, err, c.code)
		}
	}
}

func TestAQuotaIsShownToItsCommissionAndToWhoSeesAll(t *testing.T) {
	r := newCallRoom(t)
	r.bring("FR#brest", "Brest", "start send endorse submit")
	r.bring("FR#evry", "Évry", "start send")
	r.bring("DE#kiel", "Kiel", "start")
	for who, want := range map[string]string{"secretariat": "DE FR", "auditor": "DE FR", "commission FR": "FR", "commission ES": "ES"} {
		all, err := r.Quotas(r.as(who), "2025")
		var got []string
		for _, q := range all {
			got = append(got, q.Country)
		}
		if strings.Join(got, " ") != want || err != nil {
			t.Errorf("%s sees %v, %v", who, got, err)
		}
	}
	for _, who := range everyone {
		for _, country := range []string{"FR", "DE", "ZZ"} {
			q, err := r.Quota(r.as(who), "2025", country)
			may := who == "secretariat" || who == "auditor" || who == "commission "+country
			switch {
			case (codeOf(err) == "ACCESS_DENIED") == may:
				t.Errorf("%s and %s: %v", who, country, err)
			case may && country == "ZZ" && codeOf(err) != "COUNTRY_UNKNOWN":
				t.Errorf("%s and no country: %v", who, err)
			case may && country == "FR" && (q.Used != 1 || q.Left != 2 || len(q.Waiting) != 1):
				t.Errorf("%s: %+v", who, q)
			}
		}
	}
	if _, err := r.Quota(r.as("auditor"), "1999", "FR"); codeOf(err) != "CALL_UNKNOWN" {
		t.Errorf("no such call: %v", err)
	}
}

func TestCallsAreForEverybodyWhoIsSignedIn(t *testing.T) {
	r := newCallRoom(t)
	for _, who := range everyone {
		if all, err := r.Calls(r.as(who)); len(all) == 0 || err != nil {
			t.Errorf("%s: %v, %v", who, all, err)
		}
	}
	if _, err := r.Calls(t.Context()); codeOf(err) != "SIGNIN_NEEDED" {
		t.Errorf("nobody: %v", err)
	}
	if _, err := r.Call(r.as("auditor"), "1999"); codeOf(err) != "CALL_UNKNOWN" {
		t.Errorf("no such call: %v", err)
	}
}

func TestANationalCommissionSubmitsWhatItHasChosenAllOrNone(t *testing.T) {
	r := newCallRoom(t)
	for _, name := range []string{"FR#brest", "FR#evry", "FR#lille", "FR#metz"} {
		r.bring(name, name[3:], "start send endorse")
	}
	choose := func(who, request string, cities ...string) (int, error) {
		return r.SubmitChosen(r.as(who), request, office.Chosen{Call: "2025", Country: "FR", Cities: cities, Signed: "M. Dupont"})
	}
	for _, who := range everyone {
		if who != "commission FR" {
			if _, err := choose(who, "", "FR#brest"); codeOf(err) != "ACCESS_DENIED" {
				t.Errorf("%s: %v", who, err)
			}
		}
	}
	if _, err := choose("commission FR", "", "FR#brest", "DE#kiel"); codeOf(err) != "ACCESS_DENIED" {
		t.Errorf("a city of another country: %v", err)
	}
	if n, err := choose("commission FR", "", "FR#brest", "FR#evry", "FR#lille", "FR#metz"); n != 0 || codeOf(err) != "NATCOM_QUOTA_EXCEEDED" {
		t.Errorf("four: %d, %v", n, err)
	}
	if all, err := r.Applications(r.as("auditor"), office.Wanted{State: application.Submitted}); len(all) != 0 || err != nil {
		t.Errorf("of four that are too many some were submitted: %v, %v", all, err)
	}
	for range 2 { // sent twice
		if n, err := choose("commission FR", "one", "FR#brest", "FR#evry", "FR#lille"); n != 3 || err != nil {
			t.Errorf("three: %d, %v", n, err)
		}
	}
	if n, err := choose("commission FR", "", "FR#metz"); n != 0 || codeOf(err) != "NATCOM_QUOTA_EXCEEDED" {
		t.Errorf("the fourth: %d, %v", n, err)
	}
	if _, err := r.SubmitChosen(r.as("commission FR"), "", office.Chosen{Call: "1999", Country: "FR"}); codeOf(err) != "CALL_UNKNOWN" {
		t.Errorf("no such call: %v", err)
	}
}
