package coordinator_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
)

var (
	edition = programme.Current()
	term    = edition.LatestTerm() // 1 October 2025 to 30 September 2027
)

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func region(country string) string {
	c, _ := reference.Load().Country(country)
	return c.Region
}

// field is an empty field of the latest term.
func field() *coordinator.Field {
	return &coordinator.Field{Programme: edition, Term: term, Members: map[string]member.Member{}, Region: region}
}

// join makes a city a member that takes part in clusters during the whole term.
func join(f *coordinator.Field, country, city string, clusters ...string) {
	f.Members[country+"#"+city] = member.Member{City: city, Country: country, JoinedOn: day("2015-01-01"),
		Participations: []member.Participation{member.Participate(f.Term.Start, 2, clusters)}}
}

// stand makes a member a candidate of a cluster, with the same rating of 0 to 5 for every answer.
func stand(f *coordinator.Field, country, city, cluster string, rating int) coordinator.Candidacy {
	c := coordinator.Candidacy{Member: country + "#" + city, City: city, Country: country, Cluster: cluster, AnsweredOn: day("2025-06-01")}
	for _, item := range edition.Coordinators.Items {
		c.Answers = append(c.Answers, coordinator.Answer{Item: item.ID, Text: "…", Rating: rating})
	}
	f.Candidacies = append(f.Candidacies, c)
	return c
}

func seat(cluster, member string) coordinator.Seat {
	return coordinator.Seat{Cluster: cluster, Member: member}
}

// expect checks that a problem is the one meant (code "": none), with everything that its message names.
func expect(t *testing.T, p *problem.Problem, code, rule string) {
	t.Helper()
	if p == nil || code == "" {
		if (p == nil) != (code == "") {
			t.Errorf("got %v, want %q", p, code)
		}
		return
	}
	if string(p.Code) != code || p.Rule != rule {
		t.Errorf("got %s under %s, want %s under %s", p.Code, p.Rule, code, rule)
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

// only is the one problem that is expected, or none.
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

func TestR_CLU_3_AClusterHasTwoCoordinatorsATerm(t *testing.T) {
	f := field()
	for _, city := range []string{"brest", "nanterre", "sarcelles"} {
		join(f, "FR", city, "esd")
		stand(f, "FR", city, "esd", 3)
	}
	two := []coordinator.Seat{seat("esd", "FR#brest"), seat("esd", "FR#nanterre")}
	t.Run("passes: two", func(t *testing.T) {
		expect(t, only(t, f.CheckSeats(two)), "", "")
		if got := f.Propose(); len(got.Seats) != 2 {
			t.Errorf("%d are proposed", len(got.Seats))
		}
	})
	t.Run("fails: a third", func(t *testing.T) {
		expect(t, only(t, f.CheckSeats(append(two, seat("esd", "FR#sarcelles")))), "COORDINATOR_SEATS_TAKEN", "R-CLU-3")
	})
}

func TestR_CLU_3_ASeatThatRunsIsTaken(t *testing.T) {
	f := field()
	for _, city := range []string{"brest", "nanterre"} {
		join(f, "FR", city, "esd")
		stand(f, "FR", city, "esd", 3)
	}
	f.Mandates = []coordinator.Mandate{{Member: "CH#lausanne", City: "Lausanne", Country: "CH", Cluster: "esd", Term: term.ID, From: term.Start, Until: term.End}}
	expect(t, only(t, f.CheckSeats([]coordinator.Seat{seat("esd", "FR#brest"), seat("esd", "FR#nanterre")})), "COORDINATOR_SEATS_TAKEN", "R-CLU-3")
	p := f.Propose()
	if len(p.Seats) != 1 || p.Merit.Seats != 2 || p.Merit.SameRegion != 1 {
		t.Errorf("%d proposed, %+v", len(p.Seats), p.Merit)
	}
	// Once Lausanne has laid its mandate down, both seats can be given from the day after.
	f.Mandates[0].Until, f.From = day("2026-03-31"), day("2026-04-01")
	if p := f.Propose(); len(p.Seats) != 2 || p.Merit.Seats != 2 {
		t.Errorf("%d proposed, %+v", len(p.Seats), p.Merit)
	}
}

func TestR_CLU_4_NoSecondTermInACluster(t *testing.T) {
	f := field()
	join(f, "FR", "brest", "esd", "health")
	esd, health := stand(f, "FR", "brest", "esd", 5), stand(f, "FR", "brest", "health", 1)
	f.Mandates = []coordinator.Mandate{{Member: "FR#brest", City: "Brest", Country: "FR", Cluster: "esd", Term: "2019-2021",
		From: day("2019-10-01"), Until: day("2019-12-31")}}
	t.Run("passes: another cluster", func(t *testing.T) {
		expect(t, f.CheckCandidacy(health), "", "")
		if p := f.Propose(); !slices.Equal(p.Members(), []coordinator.Seat{seat("health", "FR#brest")}) {
			t.Errorf("proposed: %v", p.Members())
		}
	})
	t.Run("fails: the same cluster, after three months of another term", func(t *testing.T) {
		expect(t, f.CheckCandidacy(esd), "COORDINATOR_SECOND_TERM", "R-CLU-4")
	})
}

func TestR_CLU_5_ACityCoordinatesOneClusterAtATime(t *testing.T) {
	f := field()
	join(f, "FR", "brest", "esd", "health")
	esd := stand(f, "FR", "brest", "esd", 4)
	stand(f, "FR", "brest", "health", 5)
	t.Run("passes: one seat, or another after the first has ended", func(t *testing.T) {
		f := *f
		expect(t, only(t, f.CheckSeats([]coordinator.Seat{seat("esd", "FR#brest")})), "", "")
		if p := f.Propose(); !slices.Equal(p.Members(), []coordinator.Seat{seat("health", "FR#brest")}) {
			t.Errorf("proposed: %v", p.Members())
		}
		f.Mandates = []coordinator.Mandate{{Member: "FR#brest", City: "Brest", Country: "FR", Cluster: "literacy", Term: "2023-2025",
			From: day("2023-10-01"), Until: day("2025-09-30")}}
		expect(t, f.CheckCandidacy(esd), "", "")
	})
	t.Run("fails: two seats, or one beside a mandate that runs", func(t *testing.T) {
		f := *f
		expect(t, only(t, f.CheckSeats([]coordinator.Seat{seat("esd", "FR#brest"), seat("health", "FR#brest")})), "COORDINATOR_ELSEWHERE", "R-CLU-5")
		f.Mandates = []coordinator.Mandate{{Member: "FR#brest", City: "Brest", Country: "FR", Cluster: "literacy", Term: term.ID, From: term.Start, Until: term.End}}
		expect(t, f.CheckCandidacy(esd), "COORDINATOR_ELSEWHERE", "R-CLU-5")
	})
}

func TestR_CLU_6_TheScoreWeighsTheAnswers(t *testing.T) {
	q := edition.Coordinators
	c := coordinator.Candidacy{Answers: []coordinator.Answer{{Item: "experience", Rating: 4}, {Item: "communication", Rating: 5}, {Item: "charm", Rating: 5}}}
	s := coordinator.ScoreOf(q, c)
	if s != (coordinator.Score{Points: 25*4 + 15*5, Of: 500}) || s.Hundredths() != 3500 || s.Text().EN != "35" {
		t.Errorf("%+v is %d hundredths, %s", s, s.Hundredths(), s.Text().EN)
	}
	if got := (coordinator.Score{Points: 1, Of: 3}).Text(); got != (locale.Text{EN: "33.3", FR: "33,3", ES: "33,3"}) {
		t.Errorf("a third is %+v", got)
	}
	if got := (coordinator.Score{Points: 2, Of: 3}).Hundredths(); got != 6667 {
		t.Errorf("two thirds are %d hundredths", got)
	}
	if got := (coordinator.Score{}).Hundredths(); got != 0 {
		t.Errorf("nothing is %d hundredths", got)
	}
	beyond := coordinator.Candidacy{Answers: []coordinator.Answer{{Item: "staff", Rating: 9}, {Item: "meetings", Rating: -9}}}
	if got := coordinator.ScoreOf(q, beyond).Points; got != 100 {
		t.Errorf("ratings beyond the range are worth %d points", got)
	}
}

func TestR_CLU_6_RatingsStayInTheirRange(t *testing.T) {
	rated := func(item string, rating int) []*problem.Problem {
		return coordinator.CheckAnswers(edition.Coordinators, coordinator.Candidacy{Answers: []coordinator.Answer{{Item: item, Rating: rating}}})
	}
	expect(t, only(t, rated("staff", 0)), "", "")
	expect(t, only(t, rated("staff", 5)), "", "")
	expect(t, only(t, rated("staff", 6)), "NUMBER_OUT_OF_RANGE", "R-CLU-6")
	expect(t, only(t, rated("staff", -1)), "NUMBER_OUT_OF_RANGE", "R-CLU-6")
	expect(t, only(t, rated("charm", 3)), "REF_NOT_FOUND", "R-CLU-6")
}

func TestR_CLU_6_CandidatesAreRankedByScoreThenByWhoAnsweredFirst(t *testing.T) {
	f := field()
	for i, city := range []string{"brest", "nanterre", "sarcelles", "montpellier", "lyon"} {
		join(f, "FR", city, "esd")
		stand(f, "FR", city, "esd", []int{3, 5, 3, 3, 5}[i])
	}
	f.Candidacies[2].AnsweredOn = day("2025-05-01") // Sarcelles
	f.Members["FR#lyon"] = member.Member{City: "Lyon", Country: "FR", JoinedOn: day("2015-01-01")}
	got := f.Rankings()[0]
	var order []string
	for _, c := range got.Candidates {
		order = append(order, c.City)
	}
	if want := []string{"nanterre", "sarcelles", "brest", "montpellier", "lyon"}; !slices.Equal(order, want) || got.Cluster.ID != "esd" {
		t.Errorf("%s: %v, want %v", got.Cluster.ID, order, want)
	}
	if got.Candidates[3].Rank != 4 || got.Candidates[4].Rank != 0 || got.Candidates[4].Excluded == nil {
		t.Errorf("%+v", got.Candidates[3:])
	}
}

func TestR_CLU_6_TheLaterOfTwoCandidaciesCounts(t *testing.T) {
	f := field()
	join(f, "FR", "brest", "esd")
	stand(f, "FR", "brest", "esd", 5)
	stand(f, "FR", "brest", "esd", 2)
	f.Candidacies[1].AnsweredOn = day("2025-06-02")
	if got := f.Rankings()[0].Candidates; len(got) != 1 || got[0].Score.Points != 200 {
		t.Errorf("%+v", got)
	}
	if _, merit := f.Weigh([]coordinator.Seat{seat("esd", "FR#brest")}); merit.Points != 200 {
		t.Errorf("%+v", merit)
	}
}

func TestR_CLU_6_OnlyWhoAnsweredIsSelected(t *testing.T) {
	f := field()
	join(f, "FR", "brest", "esd")
	expect(t, only(t, f.CheckSeats([]coordinator.Seat{seat("esd", "FR#brest")})), "COORDINATOR_NOT_A_CANDIDATE", "R-CLU-6")
	expect(t, only(t, f.CheckSeats([]coordinator.Seat{seat("esd", "FR#nobody")})), "COORDINATOR_NOT_A_CANDIDATE", "R-CLU-6")
	stand(f, "FR", "brest", "esd", 0)
	expect(t, only(t, f.CheckSeats([]coordinator.Seat{seat("esd", "FR#brest")})), "", "")
}

func TestR_CLU_7_ACoordinatorIsAMemberOfItsCluster(t *testing.T) {
	f := field()
	join(f, "FR", "brest", "health")
	esd, health := stand(f, "FR", "brest", "esd", 5), stand(f, "FR", "brest", "health", 1)
	t.Run("passes: in the cluster that it takes part in", func(t *testing.T) {
		expect(t, f.CheckCandidacy(health), "", "")
		if p := f.Propose(); !slices.Equal(p.Members(), []coordinator.Seat{seat("health", "FR#brest")}) {
			t.Errorf("proposed: %v", p.Members())
		}
	})
	t.Run("fails: in another, or out of the network", func(t *testing.T) {
		expect(t, f.CheckCandidacy(esd), "COORDINATOR_NOT_IN_CLUSTER", "R-CLU-7")
		left := f.Members["FR#brest"]
		left.LeftOn = day("2025-09-30")
		f.Members["FR#brest"] = left
		expect(t, f.CheckCandidacy(health), "NOT_A_MEMBER", "R-CLU-7")
		delete(f.Members, "FR#brest")
		expect(t, f.CheckCandidacy(health), "NOT_A_MEMBER", "R-CLU-7")
	})
}

func TestR_CLU_6_TheSecretariatDecidesAndRecordsItsReason(t *testing.T) {
	f := field()
	for i, city := range []string{"brest", "nanterre", "sarcelles"} {
		join(f, "FR", city, "esd")
		stand(f, "FR", city, "esd", 5-i)
	}
	proposal := f.Propose()
	other := []coordinator.Seat{seat("esd", "FR#brest"), seat("esd", "FR#sarcelles")}
	t.Run("passes: as proposed, or otherwise with a reason", func(t *testing.T) {
		decided, problems := f.Decide(proposal, proposal.Members(), "", day("2025-09-01"), "secretariat")
		expect(t, only(t, problems), "", "")
		if len(decided.Departures()) != 0 || decided.Term != term.ID || decided.DecidedBy != "secretariat" {
			t.Errorf("%+v", decided)
		}
		decided, problems = f.Decide(proposal, other, "Sarcelles hosts the conference.", day("2025-09-01"), "secretariat")
		expect(t, only(t, problems), "", "")
		mandates := f.Appoint(decided)
		if len(mandates) != 2 || mandates[1] != (coordinator.Mandate{Member: "FR#sarcelles", City: "sarcelles", Country: "FR", Cluster: "esd",
			Term: "2025-2027", From: term.Start, Until: term.End}) {
			t.Errorf("%+v", mandates)
		}
	})
	t.Run("fails: otherwise without a reason, or against a hard rule", func(t *testing.T) {
		_, problems := f.Decide(proposal, other, "  ", day("2025-09-01"), "secretariat")
		expect(t, only(t, problems), "COORDINATOR_REASON_MISSING", "R-CLU-6")
		if got := problems[0].Params["cities"].EN; got != "sarcelles, nanterre" {
			t.Errorf("it departs about %s", got)
		}
		_, problems = f.Decide(proposal, append(other, seat("esd", "FR#nanterre")), "All three.", day("2025-09-01"), "secretariat")
		expect(t, only(t, problems), "COORDINATOR_SEATS_TAKEN", "R-CLU-3")
	})
}

func TestR_CLU_6_ASeatDecidedByItselfDepartsOnlyFromWhatIsProposedForIt(t *testing.T) {
	f := field()
	for i, city := range []string{"brest", "nanterre", "sarcelles"} {
		join(f, "FR", city, "esd")
		stand(f, "FR", city, "esd", 5-i)
	}
	join(f, "SN", "dakar", "health")
	stand(f, "SN", "dakar", "health", 5)
	proposal := f.Propose()
	d, problems := f.DecideSeat(proposal, seat("esd", "FR#nanterre"), "", day("2025-09-01"), "secretariat")
	expect(t, only(t, problems), "", "")
	if want := []coordinator.Seat{seat("esd", "FR#nanterre")}; !slices.Equal(d.Seats, want) || !slices.Equal(d.Proposed, want) {
		t.Errorf("%+v", d)
	}
	_, problems = f.DecideSeat(proposal, seat("esd", "FR#sarcelles"), "", day("2025-09-01"), "secretariat")
	expect(t, only(t, problems), "COORDINATOR_REASON_MISSING", "R-CLU-6")
	d, problems = f.DecideSeat(proposal, seat("esd", "FR#sarcelles"), "It hosts.", day("2025-09-01"), "secretariat")
	expect(t, only(t, problems), "", "")
	if want := []coordinator.Seat{seat("esd", "FR#brest"), seat("esd", "FR#nanterre")}; !slices.Equal(d.Proposed, want) {
		t.Errorf("compared with %+v", d.Proposed)
	}
	_, problems = f.DecideSeat(proposal, seat("esd", "FR#brest"), "", day("2027-10-01"), "secretariat")
	expect(t, only(t, problems), "OUTSIDE_TERM", "R-CLU-4")
}

func TestR_CLU_4_WhoLaidItsMandateDownIsNotAppointedAgainInTheSameTerm(t *testing.T) {
	f := field()
	join(f, "FR", "brest", "esd")
	c := stand(f, "FR", "brest", "esd", 5)
	f.Mandates = []coordinator.Mandate{{Member: "FR#brest", City: "brest", Cluster: "esd", Term: f.Term.ID, From: f.Term.Start, Until: day("2025-12-31")}}
	f.From = day("2026-02-01")
	expect(t, f.CheckCandidacy(c), "COORDINATOR_SECOND_TERM", "R-CLU-4")
}

func TestTheFirstFreeSeatIsTakenAndOnesOwnIsKept(t *testing.T) {
	for _, c := range []struct {
		held map[string]string
		want string
	}{
		{nil, "seat-1"}, {map[string]string{"seat-1": "b"}, "seat-2"}, {map[string]string{"seat-2": "b"}, "seat-1"},
		{map[string]string{"seat-2": "a"}, "seat-2"}, {map[string]string{"seat-1": "b", "seat-2": "a"}, "seat-2"},
		{map[string]string{"seat-1": "b", "seat-2": "c"}, ""},
	} {
		if got, ok := coordinator.FreeSeat(c.held, "a", 2); got != c.want || ok != (c.want != "") {
			t.Errorf("%v: %q", c.held, got)
		}
	}
}

// A decision of 1 September, by the day on which it is announced: the day from which it is public, or the refusal.
func TestADecisionIsAnnouncedOnceAndAfterItWasTaken(t *testing.T) {
	const table = `
		           2025-08-31  2025-09-01  2025-09-20
		-          DATE_ORDER  2025-09-01  2025-09-20
		2025-09-10 DATE_ORDER  2025-09-10  2025-09-10`
	lines := strings.Split(strings.TrimSpace(table), "\n")
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		d := coordinator.Decision{DecidedOn: day("2025-09-01")}
		if cells[0] != "-" {
			d.AnnouncedOn = day(cells[0])
		}
		for i, on := range strings.Fields(lines[0]) {
			got, p := d.Announce(day(on))
			if cells[i+1] == "DATE_ORDER" {
				expect(t, p, "DATE_ORDER", "R-CLU-6")
				if got.AnnouncedOn != d.AnnouncedOn {
					t.Errorf("it is public from %s", got.AnnouncedOn)
				}
				continue
			}
			expect(t, p, "", "")
			if got.AnnouncedOn != day(cells[i+1]) {
				t.Errorf("public from %s, announced on %s: from %s, want %s", cells[0], on, got.AnnouncedOn, cells[i+1])
			}
		}
	}
}
