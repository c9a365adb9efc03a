package application_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

var (
	call   = programme.Current().LatestCall() // cities by 15 June 2025, National Commissions by 15 July 2025, three a country
	limits = programme.Current().Limits
	brest  = locale.Same("Brest (France)")
)

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// expect checks that a rule was kept (code "") or that the problem is the one meant, with everything its message names.
func expect(t *testing.T, p *problem.Problem, code, rule, field string) {
	t.Helper()
	if p == nil || code == "" {
		if (p == nil) != (code == "") {
			t.Errorf("got %v, want %q", p, code)
		}
		return
	}
	if string(p.Code) != code || p.Rule != rule || p.Field != field {
		t.Errorf("got %s about %s under %s, want %s about %s under %s", p.Code, p.Field, p.Rule, code, field, rule)
	}
	entry, _ := problem.Lookup(p.Code)
	for _, param := range entry.Params {
		if _, given := p.Params[param]; !given {
			t.Errorf("%s lacks %s", p.Code, param)
		}
	}
}

func TestR_APP_1_ACityAppliesByItsDeadline(t *testing.T) {
	t.Run("passes: the last day", func(t *testing.T) {
		expect(t, application.CheckReceived(day("2025-06-14"), call), "", "", "")
		expect(t, application.CheckReceived(day("2025-06-15"), call), "", "", "")
	})
	t.Run("fails: the day after", func(t *testing.T) {
		expect(t, application.CheckReceived(day("2025-06-16"), call), "CYCLE_CLOSED_CITY", "R-APP-1", "received_on")
	})
}

func TestR_APP_2_ANationalCommissionSubmitsByItsDeadline(t *testing.T) {
	t.Run("passes: the last day", func(t *testing.T) {
		expect(t, application.CheckEndorsedOn(day("2025-07-15"), call), "", "", "")
	})
	t.Run("fails: the day after", func(t *testing.T) {
		expect(t, application.CheckEndorsedOn(day("2025-07-16"), call), "CYCLE_CLOSED_NATCOM", "R-APP-2", "endorsed_on")
	})
}

func TestR_APP_3_TheFourthCityOfACountryIsRefusedWithAllContendersNamed(t *testing.T) {
	take := func(t *testing.T, quota *application.Quota, name, want string) {
		t.Helper()
		if slot, ok := quota.Take("FR#"+strings.ToLower(name), name); slot != want || ok != (want != "") {
			t.Errorf("%s gets %q (%v), want %q", name, slot, ok, want)
		}
	}
	three := func(t *testing.T) *application.Quota {
		t.Helper()
		quota := application.NewQuota(call.Quota)
		quota.Held("slot-2", "FR#brest", "Brest")
		take(t, quota, "Nanterre", "slot-1")
		take(t, quota, "Sarcelles", "slot-3")
		return quota
	}
	t.Run("passes: three of a country", func(t *testing.T) {
		if got := three(t).Taken(); got != 3 {
			t.Errorf("%d slots are taken", got)
		}
	})
	t.Run("fails: the fourth", func(t *testing.T) {
		quota := three(t)
		take(t, quota, "Montpellier", "")
		p := quota.Exceeded(locale.Same("France"))
		expect(t, p, "NATCOM_QUOTA_EXCEEDED", "R-APP-3", "country")
		for _, name := range []string{"Brest", "Nanterre", "Sarcelles", "Montpellier", "3"} {
			if !strings.Contains(p.Message(locale.FR), name) {
				t.Errorf("%q does not name %s", p.Message(locale.FR), name)
			}
		}
	})
}

func TestR_APP_3_ACityKeepsTheSlotThatItHolds(t *testing.T) {
	quota := application.NewQuota(1)
	quota.Held("slot-1", "FR#brest", "Brest")
	if slot, ok := quota.Take("FR#brest", "Brest"); !ok || slot != "slot-1" || quota.Taken() != 1 {
		t.Errorf("got %q, %v with %d taken", slot, ok, quota.Taken())
	}
	if quota.Holds("FR#nanterre") || !quota.Holds("FR#brest") {
		t.Error("the slot is another's")
	}
}

func TestR_APP_3_SlotsAreOfOneCallAndCountry(t *testing.T) {
	if got, want := application.Slots("2025", "FR"), "quota#2025#FR"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := application.Slot(3), "slot-3"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestR_APP_4_AnApplicationNeedsAnEndorsement(t *testing.T) {
	t.Run("passes: endorsed, it is submitted and accepted", func(t *testing.T) {
		walk(t, application.NewRound(terms()), "FR#brest", "start send endorse submit accept", early)
	})
	t.Run("fails: sent, it can be neither", func(t *testing.T) {
		r := application.NewRound(terms())
		walk(t, r, "FR#brest", "start send", early)
		expect(t, first(r.Apply(event("FR#brest", "submit", early))), "ENDORSEMENT_MISSING", "R-APP-4", "state")
		expect(t, first(r.Apply(event("FR#brest", "accept", early))), "ENDORSEMENT_MISSING", "R-APP-4", "state")
		expect(t, application.EndorsementMissing(brest, "decision"), "ENDORSEMENT_MISSING", "R-APP-4", "decision")
	})
}

func TestR_APP_5_ACityAppliesOnce(t *testing.T) {
	stored := application.Application{ReceivedOn: day("2025-05-20")}
	t.Run("passes: the same application, corrected", func(t *testing.T) {
		expect(t, application.AlreadyApplied(brest, stored, day("2025-05-20"), call), "", "", "")
	})
	t.Run("fails: a second one, and a member's", func(t *testing.T) {
		expect(t, application.AlreadyApplied(brest, stored, day("2025-06-01"), call), "ALREADY_APPLIED", "R-APP-5", "city")
		expect(t, application.AlreadyMember(brest, day("2017-01-01")), "ALREADY_MEMBER", "R-APP-5", "city")
	})
}

func TestR_APP_10_TheMayorPledges(t *testing.T) {
	expect(t, application.CheckPledge(brest, true), "", "", "")
	expect(t, application.CheckPledge(brest, false), "PLEDGE_MISSING", "R-APP-10", "pledge")
}

func TestR_APP_10_ChallengesAreRatedFromOneToFive(t *testing.T) {
	label := locale.Same("Poverty")
	for rating, code := range map[int64]string{
		-1: "NUMBER_OUT_OF_RANGE", 0: "NUMBER_OUT_OF_RANGE", 1: "", 5: "", 6: "NUMBER_OUT_OF_RANGE",
	} {
		expect(t, application.CheckRating("challenge_poverty", label, rating, limits), code, "R-APP-10", "challenge_poverty")
	}
}

func TestR_APP_10_FiguresAreNotNegative(t *testing.T) {
	label := locale.Same("Area")
	expect(t, application.CheckFigure("area_km2", label, ""), "", "", "")
	expect(t, application.CheckFigure("area_km2", label, "49.51"), "", "", "")
	expect(t, application.CheckFigure("area_km2", label, "-49.51"), "NUMBER_OUT_OF_RANGE", "R-APP-10", "area_km2")
}

func TestAFigureIsWholeOrNone(t *testing.T) {
	var got []int64
	for _, value := range []string{"139619", "", "49.51"} {
		got = append(got, application.Figure{Value: value}.Whole())
	}
	if !slices.Equal(got, []int64{139619, 0, 0}) {
		t.Errorf("got %v", got)
	}
}
