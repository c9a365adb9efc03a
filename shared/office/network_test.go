package office_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	events "github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// all are the cities of the tests' network.
const all = "BY#brest FR#brest FR#evry SN#dakar"

func TestWhatCitiesSayIsReadByThemselvesTheirCommissionAndThoseWhoReadEverything(t *testing.T) {
	n := newNetwork(t)
	lists := map[string]func(ctx context.Context) ([]string, error){
		"answers": func(ctx context.Context) (cities []string, err error) {
			found, err := n.SurveyAnswers(ctx, "2019")
			for _, a := range found {
				cities = append(cities, a.Member)
			}
			return cities, err
		},
		"offers": func(ctx context.Context) (cities []string, err error) {
			found, err := n.Offers(ctx, term)
			for _, o := range found {
				cities = append(cities, o.Member)
			}
			return cities, err
		},
		"histories": func(ctx context.Context) (cities []string, err error) {
			for city := range strings.FieldsSeq(all) {
				switch _, denied := n.History(ctx, city); codeOf(denied) {
				case "":
					cities = append(cities, city)
				default:
					err = denied
				}
			}
			if len(cities) > 0 {
				err = nil
			}
			return cities, err
		},
	}
	want := map[access.Role]string{
		access.Secretariat: all, access.Auditor: all, access.Commission: "FR#brest FR#evry", access.City: "FR#brest",
	}
	for name, list := range lists {
		for _, role := range access.Roles {
			cities, err := list(n.as(role))
			if got := strings.Join(cities, " "); got != want[role] {
				t.Errorf("%s reads %s of %q, want %q", role, name, got, want[role])
			}
			if denied := codeOf(err) == "ACCESS_DENIED"; denied != (want[role] == "") {
				t.Errorf("%s reads %s: %v", role, name, err)
			}
		}
	}
}

func TestNobodyLearnsByGuessingWhichCitiesAreOnRecord(t *testing.T) {
	n := newNetwork(t)
	for city, want := range map[string]string{
		"FR#brest": "", "FR#paris": "CITY_UNKNOWN", "DE#hamburg": "ACCESS_DENIED", "SN#dakar": "ACCESS_DENIED",
	} {
		if _, err := n.History(n.as(access.Commission), city); string(codeOf(err)) != want {
			t.Errorf("a history of %s by the French Commission: %v, want %q", city, err, want)
		}
	}
	if _, err := n.History(n.as(access.Secretariat), "DE#hamburg"); codeOf(err) != "CITY_UNKNOWN" {
		t.Errorf("by the secretariat: %v", err)
	}
}

func TestMembersAreChosenByWhereTheyAreAndWhatTheyAreOnADay(t *testing.T) {
	n := newNetwork(t)
	for _, c := range []struct {
		filter office.MemberFilter
		want   string
	}{
		{office.MemberFilter{}, all},
		{office.MemberFilter{Country: "FR"}, "FR#brest FR#evry"},
		{office.MemberFilter{Region: "africa"}, "SN#dakar"},
		{office.MemberFilter{State: office.MemberNow}, "BY#brest FR#brest"},
		{office.MemberFilter{State: office.MemberBefore}, "SN#dakar"},
		{office.MemberFilter{State: office.MemberLater}, "FR#evry"},
		{office.MemberFilter{State: office.MemberNow, On: day("2018-01-01")}, "FR#brest SN#dakar"},
		{office.MemberFilter{Cluster: "health"}, "BY#brest FR#brest"},
		{office.MemberFilter{Cluster: "health", On: day("2027-10-01")}, ""},
	} {
		for _, role := range access.Roles {
			found, _, err := n.Members(n.as(role), c.filter)
			var cities []string
			for _, m := range found {
				cities = append(cities, m.ID)
			}
			if got := strings.Join(cities, " "); got != c.want || err != nil {
				t.Errorf("%+v by %s: %q, %v, want %q", c.filter, role, got, err, c.want)
			}
		}
	}
	if _, _, err := n.Members(n.as(access.Donor), office.MemberFilter{Cluster: "sports"}); codeOf(err) != "CLUSTER_UNKNOWN" {
		t.Error(err)
	}
	m, today, err := n.Member(n.as(access.Donor), "SN#dakar")
	if err != nil || today != day("2026-03-02") || m.City != "Dakar" || m.Version != 1 {
		t.Errorf("%+v, %v", m, err)
	}
	for _, none := range []string{"SN#thies", "SN", "", "SN#a#b", "SN#" + strings.Repeat("a", 2000)} {
		if _, _, err := n.Member(n.as(access.Donor), none); codeOf(err) != "CITY_UNKNOWN" {
			t.Errorf("%.20s: %v", none, err)
		}
	}
}

func TestClustersAndSurveysAreForEverybody(t *testing.T) {
	n := newNetwork(t)
	for _, role := range access.Roles {
		ctx := n.as(role)
		rosters, err := n.Clusters(ctx, civil.Date{})
		one, oneErr := n.Cluster(ctx, "health", day("2018-01-01"))
		_, unknownErr := n.Cluster(ctx, "sports", civil.Date{})
		if err != nil || oneErr != nil || len(rosters) != len(n.Programme.Clusters) || len(one.Cities) != 0 ||
			codeOf(unknownErr) != "CLUSTER_UNKNOWN" {
			t.Errorf("clusters by %s: %v, %v, %v, %v", role, len(rosters), err, oneErr, unknownErr)
		}
		for _, r := range rosters {
			want := 0
			if r.Cluster.ID == "health" || r.Cluster.ID == "literacy" {
				want = 2 // the cities that are members today
			}
			if len(r.Cities) != want {
				t.Errorf("%s has %d cities, want %d", r.Cluster.ID, len(r.Cities), want)
			}
		}
		surveys, err := n.Surveys(ctx)
		result, resultErr := n.Survey(ctx, "2019")
		_, unknownErr = n.Survey(ctx, "1999")
		if err != nil || resultErr != nil || len(surveys) == 0 || result.Tally.Cities != 4 || codeOf(unknownErr) != "SURVEY_UNKNOWN" {
			t.Errorf("surveys by %s: %+v, %v, %v, %v", role, result.Tally, err, resultErr, unknownErr)
		}
		if all := result.Response.All; all.Members != 2 || all.Answered != 2 {
			t.Errorf("the response by %s: %+v", role, all)
		}
	}
}

func TestWhoCoordinatesIsKnownWhenItIsAnnouncedOrHasBegun(t *testing.T) {
	n := newNetwork(t)
	for _, role := range access.Roles {
		inside := role == access.Secretariat || role == access.Auditor
		found, err := n.Coordinators(n.as(role), term)
		var seats []string
		for _, c := range found {
			seats = append(seats, c.Mandate.ID())
			if told := c.Decision.Reason != "" || c.Decision.DecidedBy != "" || len(c.Decision.Seats) > 0; told != inside {
				t.Errorf("%s is told of the decision: %+v", role, c.Decision)
			}
		}
		want := []string{"health#FR#brest", "literacy#BY#brest"}
		if inside {
			want = append(want, "literacy#FR#evry")
		}
		if !slices.Equal(seats, want) || err != nil {
			t.Errorf("%s sees %v, %v", role, seats, err)
		}
		field, err := n.Candidates(n.as(role), term, civil.Date{})
		if inside != (err == nil) || inside != (len(field.Candidacies) == 8) {
			t.Errorf("the candidates by %s: %d, %v", role, len(field.Candidacies), err)
		}
	}
	if _, err := n.Coordinators(n.as(access.Donor), "1999"); codeOf(err) != "TERM_UNKNOWN" {
		t.Error(err)
	}
}

func TestACityIsNotToldHowItStoodAsACandidateNorWhoseFileSaidSo(t *testing.T) {
	n := newNetwork(t)
	for role, city := range map[access.Role]string{access.City: "FR#brest", access.Commission: "FR#evry", access.Secretariat: "FR#evry"} {
		page, err := n.History(n.as(role), city)
		if err != nil {
			t.Fatal(err)
		}
		told, inside := page.Text(locale.EN), role == access.Secretariat
		if strings.Contains(told, "Candidate for") != inside || strings.Contains(told, "too far") != inside {
			t.Errorf("%s is told of %s:\n%s", role, city, told)
		}
		if source := strings.Contains(told, "members.xlsx") && strings.Contains(told, "officer"); source != inside {
			t.Errorf("%s is told who brought which file: %v\n%s", role, source, told)
		}
		if seat := strings.Contains(told, "Coordinating city"); seat != (inside || city == "FR#brest") {
			t.Errorf("%s is told of the seat of %s: %v", role, city, seat)
		}
	}
}

// acts are what the secretariat does to the network.
var acts = map[string]func(n *network, ctx context.Context) error{
	"enter": func(n *network, ctx context.Context) error {
		_, err := n.EnterEvent(ctx, "", events.Event{Kind: events.Renamed, City: "FR#brest", Name: "Brest métropole"})
		return err
	},
	"appoint": func(n *network, ctx context.Context) error {
		_, err := n.Appoint(ctx, "", registry.Choice{Term: term, Seat: coordinator.Seat{Cluster: "health", Member: "SN#dakar"}})
		return err
	},
	"announce": func(n *network, ctx context.Context) error {
		_, err := n.AnnounceCoordinator(ctx, "", term, coordinator.Seat{Cluster: "health", Member: "FR#brest"}, civil.Date{})
		return err
	},
	"lay down": func(n *network, ctx context.Context) error {
		_, err := n.LayDownMandate(ctx, "", term, coordinator.Seat{Cluster: "health", Member: "FR#brest"}, civil.Date{})
		return err
	},
	"objectives": func(n *network, ctx context.Context) error {
		_, err := n.PlanObjectives(ctx, "", health, "To be well.")
		return err
	},
	"activity": func(n *network, ctx context.Context) error {
		_, err := n.PlanActivity(ctx, "", health, workplan.Activity{Line: "cluster/1.4"})
		return err
	},
	"status": func(n *network, ctx context.Context) error {
		_, err := n.PlanStatus(ctx, "", health, "cluster/1.4#1", workplan.Cancelled, civil.Date{})
		return err
	},
	"partner": func(n *network, ctx context.Context) error {
		_, err := n.PlanPartner(ctx, "", health, "WHO")
		return err
	},
	"outcome": func(n *network, ctx context.Context) error {
		_, err := n.PlanOutcome(ctx, "", health, workplan.Note{Outcome: "policies", Member: "FR#brest", Text: "A plan"})
		return err
	},
	"put forward": func(n *network, ctx context.Context) error {
		_, err := n.PutPlanForward(ctx, "", health, "FR#brest", civil.Date{})
		return err
	},
}

var health = registry.PlanOf{Term: term, Cluster: "health"}

func TestTheSecretariatAloneActsOnTheNetwork(t *testing.T) {
	n := newNetwork(t)
	for name, act := range acts {
		for _, role := range access.Roles[1:] {
			if err := act(n, n.as(role)); codeOf(err) != "ACCESS_DENIED" {
				t.Errorf("%s by %s: %v", name, role, err)
			}
		}
	}
	if plan, err := n.Registry.Plan(t.Context(), health); err != nil || plan.Version != 1 {
		t.Errorf("what was denied was done: %+v, %v", plan, err)
	}
	refused := map[string]string{"appoint": "NOT_A_MEMBER", "put forward": "CELL_REQUIRED"} // by the rules, which come after leave
	for name, act := range acts {
		fresh := newNetwork(t)
		if err := act(fresh, fresh.as(access.Secretariat)); string(codeOf(err)) != refused[name] {
			t.Errorf("%s by the secretariat: %v", name, err)
		}
	}
}

func TestWhatIsNoCityIsRefusedAsOne(t *testing.T) {
	n := newNetwork(t)
	ctx := n.as(access.Secretariat)
	for _, none := range []string{"", "SN", "SN#a#b", "SN#" + strings.Repeat("a", 2000)} {
		merger := events.Event{Kind: events.Merged, City: "FR#brest", Into: none}
		if _, err := n.EnterEvent(ctx, "", merger); codeOf(err) != "NOT_A_MEMBER" {
			t.Errorf("a merger with %.20q: %v", none, err)
		}
		if _, err := n.EnterEvent(ctx, "", events.Event{Kind: events.Reported, City: none}); codeOf(err) != "CITY_UNKNOWN" {
			t.Errorf("a report of %.20q: %v", none, err)
		}
	}
}

func TestAWorkPlanIsReadByAllButDonors(t *testing.T) {
	n := newNetwork(t)
	for _, role := range access.Roles {
		plan, err := n.Plan(n.as(role), health)
		turns, dutiesErr := n.PlanDuties(n.as(role), health)
		if role == access.Donor {
			if codeOf(err) != "ACCESS_DENIED" || codeOf(dutiesErr) != "ACCESS_DENIED" || len(plan.Activities) > 0 || len(turns) > 0 {
				t.Errorf("a donor reads %+v, %v", plan, err)
			}
			continue
		}
		if err != nil || dutiesErr != nil || len(plan.Activities) == 0 || len(turns) == 0 {
			t.Errorf("%s: %+v, %v", role, plan, err)
		}
	}
}

func TestACityOffersItselfAsHostAndTakesNobodysPlace(t *testing.T) {
	n := newNetwork(t)
	city, office := n.as(access.City), n.as(access.Secretariat)
	const first, second = "cluster/1.4#1", "cluster/2.1#1"
	offer := func(ctx context.Context, activity, host string) string {
		plan, err := n.OfferHost(ctx, "", health, activity, host)
		i := slices.IndexFunc(plan.Activities, func(a workplan.Activity) bool { return a.ID == activity })
		if err == nil && (i < 0 || plan.Activities[i].Host != host) {
			err = errors.New("it is not the host")
		}
		return string(codeOf(err))
	}
	for _, c := range []struct {
		ctx                  context.Context
		activity, host, want string
	}{
		{city, first, "FR#brest", ""},
		{city, first, "FR#brest", ""}, // said again
		{city, second, "BY#brest", "ACCESS_DENIED"},
		{n.as(access.Commission), second, "FR#brest", "ACCESS_DENIED"},
		{office, second, "BY#brest", ""},
		{city, second, "FR#brest", "ACCESS_DENIED"}, // which another city hosts
		{office, second, "FR#brest", ""},
		{city, "cluster/9.9#1", "FR#brest", "REF_NOT_FOUND"},
	} {
		if got := offer(c.ctx, c.activity, c.host); got != c.want {
			t.Errorf("%s for %s: %q, want %q", c.host, c.activity, got, c.want)
		}
	}
	request := "a key"
	before, err := n.OfferHost(city, request, health, first, "FR#brest")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.PlanPartner(office, "", health, "WHO"); err != nil {
		t.Fatal(err)
	}
	if again, err := n.OfferHost(city, request, health, first, "FR#brest"); err != nil || again.Version != before.Version {
		t.Errorf("the same request gets another answer: %d and %d, %v", before.Version, again.Version, err)
	}
}

func TestOfCitiesThatOfferAtOnceOneGetsThePlace(t *testing.T) {
	n := newNetwork(t)
	cities := []string{"FR#brest", "BY#brest"}
	for i := range cities {
		cities = append(cities, cities[i], cities[i])
	}
	errs := make([]error, len(cities))
	var done sync.WaitGroup
	for i, city := range cities {
		done.Go(func() {
			ctx := access.WithActor(t.Context(), access.Actor{Person: "mayor-" + city, Role: access.City, Scope: access.Scope(city)})
			_, errs[i] = n.OfferHost(ctx, "", health, "cluster/1.4#1", city)
		})
	}
	done.Wait()
	plan, err := n.Registry.Plan(t.Context(), health)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(plan.Activities, func(a workplan.Activity) bool { return a.ID == "cluster/1.4#1" })
	host := plan.Activities[i].Host
	took := 0
	for i, city := range cities {
		switch code := codeOf(errs[i]); {
		case code == "" && city == host:
			took++
		case code == "" || code != "RECORD_CHANGED" && code != "ACCESS_DENIED":
			t.Errorf("%s hosts, and %s is told %q", host, city, code)
		}
	}
	if took == 0 {
		t.Errorf("%s hosts, and was not told so", host)
	}
}
