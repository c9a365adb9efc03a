package workplan_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/workplan"
)

var (
	edition = programme.Current()
	term    = edition.Terms[0] // 1 October 2019 to 30 September 2021
)

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// setting has Brest as a coordinator of the cluster on sustainable development, Nanterre as a city of it, and Lyon elsewhere.
func setting() workplan.Setting {
	in := func(city, cluster string) member.Member {
		return member.Member{City: city, Country: "FR", JoinedOn: day("2015-01-01"),
			Participations: []member.Participation{member.Participate(term.Start, 2, []string{cluster})}}
	}
	return workplan.Setting{
		Programme: edition, Term: term,
		Members:  map[string]member.Member{"FR#brest": in("Brest", "esd"), "FR#nanterre": in("Nanterre", "esd"), "FR#lyon": in("Lyon", "health")},
		Mandates: []coordinator.Mandate{{Member: "FR#brest", Cluster: "esd", Term: term.ID, From: term.Start, Until: day("2021-03-31")}},
	}
}

func draft() workplan.Plan {
	plan := workplan.Draft(edition, "esd", term.ID)
	plan.Objectives, plan.Partners = "To learn from one another.", []workplan.Partner{{Name: "An institute"}}
	return plan
}

// expect checks that a problem is the one meant (code "": none), with everything that its message names.
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
	entry, known := problem.Lookup(p.Code)
	if !known {
		t.Errorf("%s is not in the catalogue", p.Code)
	}
	for _, param := range entry.Params {
		if _, given := p.Params[param]; !given {
			t.Errorf("%s lacks %s", p.Code, param)
		}
	}
}

func only(t *testing.T, problems []*problem.Problem) *problem.Problem {
	t.Helper()
	if len(problems) > 1 {
		t.Fatalf("got %v", problems)
	}
	if len(problems) == 0 {
		return nil
	}
	return problems[0]
}

func TestR_CLU_8_APlanBeginsWithTheBudgetsLines(t *testing.T) {
	plan := draft()
	var ids []string
	for _, a := range plan.Activities {
		ids = append(ids, a.ID)
	}
	if want := "cluster/1.1#1 cluster/1.2#1 cluster/1.3#1 cluster/1.4#1 cluster/2.1#1 cluster/2.1#2 cluster/3.1#1 cluster/3.2#1 cluster/4.1#1"; strings.Join(ids, " ") != want {
		t.Errorf("got %v", ids)
	}
	if got := plan.Uncovered(edition); len(got) != 0 {
		t.Errorf("uncovered: %v", got)
	}
	plan.Activities[5].Status = workplan.Cancelled // the second workshop
	if got := plan.Uncovered(edition); len(got) != 1 || got[0].Code != "cluster/2.1" {
		t.Errorf("uncovered: %v", got)
	}
}

func TestR_CLU_8_APlanIsAdoptedByACoordinatorWithATechnicalPartner(t *testing.T) {
	s := setting()
	t.Run("passes: put forward by a coordinator, with a partner", func(t *testing.T) {
		adopted, problems := s.Adopt(draft(), "FR#brest", day("2019-11-01"))
		expect(t, only(t, problems), "", "", "")
		if adopted.AdoptedBy != "FR#brest" || adopted.AdoptedOn != day("2019-11-01") {
			t.Errorf("%+v", adopted)
		}
	})
	t.Run("fails: by another city, without a partner, without objectives", func(t *testing.T) {
		_, problems := s.Adopt(draft(), "FR#nanterre", day("2019-11-01"))
		expect(t, only(t, problems), "NOT_A_COORDINATOR", "R-CLU-8", "city")
		_, problems = s.Adopt(draft(), "FR#brest", day("2021-04-01")) // it has laid its mandate down
		expect(t, only(t, problems), "NOT_A_COORDINATOR", "R-CLU-8", "city")
		alone := draft()
		alone.Partners = []workplan.Partner{{Name: " "}}
		refused, problems := s.Adopt(alone, "FR#brest", day("2019-11-01"))
		expect(t, only(t, problems), "PARTNER_MISSING", "R-CLU-8", "partners")
		if !refused.AdoptedOn.IsZero() {
			t.Error("it is adopted all the same")
		}
		aimless := draft()
		aimless.Objectives = " "
		_, problems = s.Adopt(aimless, "FR#brest", day("2019-11-01"))
		expect(t, only(t, problems), "CELL_REQUIRED", "R-CLU-8", "objectives")
	})
}

func TestR_CLU_8_ActivitiesAreOfTheClusterAndItsTerm(t *testing.T) {
	for _, c := range []struct {
		change            func(a *workplan.Activity)
		code, rule, field string
	}{
		{func(a *workplan.Activity) { a.Host, a.By, a.On = "FR#nanterre", "FR#brest", day("2021-09-30") }, "", "", ""},
		{func(a *workplan.Activity) { a.Host = "FR#nanterre" }, "", "", ""},
		{func(a *workplan.Activity) { a.Host = "FR#lyon" }, "NOT_IN_CLUSTER", "R-CLU-8", "host"},
		{func(a *workplan.Activity) { a.By, a.On = "FR#lyon", day("2020-01-01") }, "NOT_IN_CLUSTER", "R-CLU-8", "by"},
		{func(a *workplan.Activity) { a.By = "FR#nobody" }, "NOT_IN_CLUSTER", "R-CLU-8", "by"},
		{func(a *workplan.Activity) { a.On = day("2021-10-01") }, "OUTSIDE_TERM", "R-CLU-8", "on"},
		{func(a *workplan.Activity) { a.On = day("2019-09-30") }, "OUTSIDE_TERM", "R-CLU-8", "on"},
		{func(a *workplan.Activity) { a.Line = "fund/1.1" }, "REF_NOT_FOUND", "R-CLU-8", "line"},
	} {
		plan := draft()
		c.change(&plan.Activities[1])
		p := only(t, setting().Check(plan))
		expect(t, p, c.code, c.rule, c.field)
		if p != nil && p.Row != 2 {
			t.Errorf("it is activity %d", p.Row)
		}
	}
}

func TestR_CLU_8_EveryStatusFollowsAnotherOrIsRefused(t *testing.T) {
	const table = `
		          planned confirmed held cancelled
		planned   -       x         x    x
		confirmed x       -         x    x
		held      -       -         -    -
		cancelled x       -         -    -`
	lines := strings.Split(strings.TrimSpace(table), "\n")
	for i, from := range workplan.Statuses {
		row := strings.Fields(lines[i+1])
		for j, to := range workplan.Statuses {
			a := workplan.Activity{Status: from, Host: "FR#brest", On: term.Start}
			got, p := a.Become(to)
			if row[0] != string(from) || (p == nil) != (row[j+1] == "x") || p == nil && got.Status != to || p != nil && got.Status != from {
				t.Errorf("%s to %s: %v", from, to, p)
			}
			if p != nil {
				expect(t, p, "ACTIVITY_STATUS", "R-CLU-8", "status")
			}
		}
	}
	_, p := workplan.Activity{Status: workplan.Planned, Host: "FR#brest"}.Become(workplan.Held)
	expect(t, p, "CELL_REQUIRED", "R-CLU-8", "on")
	_, p = workplan.Activity{Status: workplan.Planned, On: term.Start}.Become(workplan.Confirmed)
	expect(t, p, "CELL_REQUIRED", "R-CLU-8", "host")
	_, p = workplan.Activity{Status: workplan.Planned, On: term.Start}.Become(workplan.Held)
	expect(t, p, "", "", "")
}

func TestR_CLU_9_OutcomesAreThoseExpectedOfEveryCluster(t *testing.T) {
	plan := draft()
	plan.Notes = []workplan.Note{{Outcome: "initiatives", Member: "FR#nanterre", Text: "A festival", On: day("2020-05-01")}}
	t.Run("passes: one of the three, noted by a city of the cluster", func(t *testing.T) {
		expect(t, only(t, setting().Check(plan)), "", "", "")
		var got []string
		for _, o := range plan.Outcomes(edition) {
			got = append(got, fmt.Sprintf("%s %d", o.Outcome.ID, len(o.Notes)))
		}
		if want := []string{"policies 0", "initiatives 1", "monitoring 0"}; !slices.Equal(got, want) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("fails: another outcome, or a city of another cluster", func(t *testing.T) {
		plan.Notes[0].Outcome = "fame"
		expect(t, only(t, setting().Check(plan)), "REF_NOT_FOUND", "R-CLU-9", "outcome")
		plan.Notes[0].Outcome, plan.Notes[0].Member = "policies", "FR#lyon"
		expect(t, only(t, setting().Check(plan)), "NOT_IN_CLUSTER", "R-CLU-8", "member")
	})
}

func TestR_CLU_10_NewsComeFromACoordinator(t *testing.T) {
	s := setting()
	t.Run("passes: to the last day of its mandate", func(t *testing.T) {
		expect(t, s.CheckCoordinator("FR#brest", "esd", day("2021-03-31")), "", "", "")
	})
	t.Run("fails: after it, of another cluster, from another city", func(t *testing.T) {
		expect(t, s.CheckCoordinator("FR#brest", "esd", day("2021-04-01")), "NOT_A_COORDINATOR", "R-CLU-10", "city")
		expect(t, s.CheckCoordinator("FR#brest", "health", day("2020-01-01")), "NOT_A_COORDINATOR", "R-CLU-10", "city")
		expect(t, s.CheckCoordinator("FR#nanterre", "esd", day("2020-01-01")), "NOT_A_COORDINATOR", "R-CLU-10", "city")
	})
}

func TestR_CLU_10_NewsEverySixMonthsAMeetingEveryYearAReportATerm(t *testing.T) {
	plan := draft()
	for i := range plan.Activities {
		if plan.Activities[i].Line == "cluster/1.4" {
			plan.Activities[i].On, plan.Activities[i].Status = day("2020-06-01"), workplan.Held
		}
		if plan.Activities[i].Line == "cluster/3.2" {
			plan.Activities[i].On, plan.Activities[i].Status = day("2021-09-30"), workplan.Confirmed // announced, not held
		}
	}
	news := []workplan.News{{Cluster: "esd", On: day("2020-03-31")}, {Cluster: "esd", On: day("2020-03-01")}, {Cluster: "health", On: day("2020-05-01")},
		{Cluster: "esd", On: day("2020-10-01")}}
	shown := func(today string) string {
		var all []string
		for _, turn := range workplan.Turns(edition, term, plan, news, day(today)) {
			state := "open"
			switch {
			case turn.Overdue:
				state = "overdue"
			case !turn.DoneOn.IsZero():
				state = turn.DoneOn.String()
			}
			all = append(all, turn.Duty.ID+" "+turn.Due.String()+" "+state)
		}
		return strings.Join(all, "\n")
	}
	for today, want := range map[string]string{
		"2021-10-01": "news 2020-03-31 2020-03-01\nmeeting 2020-09-30 2020-06-01\nnews 2020-09-30 overdue\nnews 2021-03-31 2020-10-01\n" +
			"report 2021-09-30 overdue\nmeeting 2021-09-30 overdue\nnews 2021-09-30 overdue",
		"2020-03-31": "news 2020-03-31 2020-03-01\nmeeting 2020-09-30 open\nnews 2020-09-30 open\nnews 2021-03-31 open\n" +
			"report 2021-09-30 open\nmeeting 2021-09-30 open\nnews 2021-09-30 open",
	} {
		if got := shown(today); got != want {
			t.Errorf("on %s:\n%s\nwant\n%s", today, got, want)
		}
	}
}

// Whatever is sent and held: a duty's turns cover the term day by day without overlapping, each is done at most once, within itself and
// not in the future, and is overdue exactly when its last day has passed undone.
func TestR_CLU_10_TheTurnsOfADutyDivideTheTerm(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 10))
	for range 200 {
		var news []workplan.News
		for range random.IntN(6) {
			news = append(news, workplan.News{Cluster: "esd", On: term.Start.AddDays(random.IntN(800) - 30)})
		}
		plan := draft()
		for i := range plan.Activities {
			plan.Activities[i].On = term.Start.AddDays(random.IntN(730))
			plan.Activities[i].Status = workplan.Statuses[random.IntN(len(workplan.Statuses))]
		}
		today := term.Start.AddDays(random.IntN(800) - 30)
		next := map[string]civil.Date{}
		for _, turn := range workplan.Turns(edition, term, plan, news, today) {
			id := turn.Duty.ID
			if next[id].IsZero() {
				next[id] = term.Start
			}
			if turn.From != next[id] || turn.Due.Before(turn.From) {
				t.Fatalf("%s: from %s to %s, want it from %s", id, turn.From, turn.Due, next[id])
			}
			next[id] = turn.Due.AddDays(1)
			done := !turn.DoneOn.IsZero()
			if done && (turn.DoneOn.Before(turn.From) || turn.DoneOn.After(turn.Due) || turn.DoneOn.After(today)) {
				t.Fatalf("%s from %s to %s was done on %s, and it is %s", id, turn.From, turn.Due, turn.DoneOn, today)
			}
			if turn.Overdue != (!done && today.After(turn.Due)) {
				t.Fatalf("%+v on %s", turn, today)
			}
		}
		for id, day := range next {
			if day != term.End.AddDays(1) {
				t.Fatalf("the turns of %s end before %s", id, day)
			}
		}
		if len(next) != len(edition.Duties) {
			t.Fatalf("%d duties", len(next))
		}
	}
}

func TestALastPieceOfATermThatIsShorterIsAPeriodToo(t *testing.T) {
	odd := programme.Edition{Duties: []programme.Duty{{ID: "news", Months: 9}}}
	var due []string
	for _, turn := range workplan.Turns(&odd, term, workplan.Plan{}, nil, term.Start) {
		due = append(due, turn.Due.String())
	}
	if want := []string{"2020-06-30", "2021-03-31", "2021-09-30"}; !slices.Equal(due, want) {
		t.Errorf("due %v", due)
	}
}

func TestR_CLU_8_StepsOfAPlanAreTakenInACopy(t *testing.T) {
	plan := workplan.Draft(edition, "esd", term.ID)
	seminar := workplan.Activity{Line: "cluster/2.1", Title: "Seminar"}
	with, p := plan.Set(seminar)
	expect(t, p, "", "", "")
	added := with.Activities[len(with.Activities)-1]
	if added.ID != "cluster/2.1#3" || added.Status != workplan.Planned || len(with.Activities) != len(plan.Activities)+1 {
		t.Errorf("%+v", added)
	}
	_, p = with.Set(workplan.Activity{ID: "cluster/2.1#9", Line: "cluster/2.1"})
	expect(t, p, "REF_NOT_FOUND", "R-CLU-8", "activity")
	_, p = with.Host("nothing", "FR#brest")
	expect(t, p, "REF_NOT_FOUND", "R-CLU-8", "activity")
	with, p = with.Host(added.ID, "FR#brest")
	expect(t, p, "", "", "")
	_, p = with.Become(added.ID, workplan.Confirmed, civil.Date{})
	expect(t, p, "CELL_REQUIRED", "R-CLU-8", "on")
	with, p = with.Become(added.ID, workplan.Confirmed, day("2020-05-04"))
	expect(t, p, "", "", "")
	_, p = with.Set(workplan.Activity{ID: added.ID, Line: "cluster/2.1", On: day("2020-05-05")})
	expect(t, p, "CELL_REQUIRED", "R-CLU-8", "host")
	with, p = with.Become(added.ID, workplan.Held, civil.Date{})
	expect(t, p, "", "", "")
	_, p = with.Host(added.ID, "FR#nanterre")
	expect(t, p, "ACTIVITY_STATUS", "R-CLU-8", "status")
	if first := plan.Activities[len(plan.Activities)-1]; first.ID == added.ID || added.Status == workplan.Held {
		t.Errorf("the plan before was changed: %+v", first)
	}
}

func TestR_CLU_8_ATechnicalPartnerIsAddedOnce(t *testing.T) {
	plan := workplan.Draft(edition, "esd", term.ID)
	for _, name := range []string{"Institute of Learning", " institute  of learning "} {
		var p *problem.Problem
		plan, p = plan.Partner(name)
		expect(t, p, "", "", "")
	}
	if len(plan.Partners) != 1 {
		t.Errorf("%+v", plan.Partners)
	}
	_, p := plan.Partner(" ")
	expect(t, p, "CELL_REQUIRED", "R-CLU-8", "partners")
}

func TestR_CLU_9_AnOutcomeIsACitysAndInWords(t *testing.T) {
	plan := workplan.Draft(edition, "esd", term.ID)
	whole := workplan.Note{Outcome: "policies", Member: "FR#brest", Text: "A strategy", On: day("2020-05-04")}
	for _, c := range []struct {
		note  workplan.Note
		field string
	}{
		{workplan.Note{Outcome: whole.Outcome, Text: whole.Text, On: whole.On}, "member"},
		{workplan.Note{Outcome: whole.Outcome, Member: whole.Member, Text: " ", On: whole.On}, "text"},
		{workplan.Note{Outcome: whole.Outcome, Member: whole.Member, Text: whole.Text}, "on"},
	} {
		_, p := plan.Outcome(c.note)
		expect(t, p, "CELL_REQUIRED", "R-CLU-9", c.field)
	}
	with, p := plan.Outcome(whole)
	expect(t, p, "", "", "")
	if len(with.Notes) != 1 || len(plan.Notes) != 0 {
		t.Errorf("%+v", with.Notes)
	}
}
