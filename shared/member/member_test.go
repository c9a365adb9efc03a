package member_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
)

func day(t *testing.T, s string) civil.Date {
	t.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func code(p *problem.Problem) string {
	if p == nil {
		return ""
	}
	return string(p.Code)
}

// lacks names the params that a problem's message needs and was not given.
func lacks(p *problem.Problem) []string {
	entry, _ := problem.Lookup(p.Code)
	return slices.DeleteFunc(slices.Clone(entry.Params), func(name string) bool { _, given := p.Params[name]; return given })
}

func TestR_CLU_1_ACityTakesPartInAtMostThreeClusters(t *testing.T) {
	brest := locale.Same("Brest")
	three := []string{"esd", "equity", "planning"}
	if p := member.CheckClusters(brest, three, 3); p != nil {
		t.Errorf("three clusters are refused: %v", p)
	}
	p := member.CheckClusters(brest, append(three, "health"), 3)
	if code(p) != "CLUSTER_LIMIT_EXCEEDED" || p.Rule != "R-CLU-1" || p.Field != "clusters" || len(lacks(p)) > 0 {
		t.Errorf("four clusters: %+v", p)
	}
	if p := member.CheckClusters(brest, append(three, "health"), 0); p != nil {
		t.Errorf("a limit of 0 is none, but: %v", p)
	}
}

func TestWhoIsNoMemberIsToldSinceWhenOrUntilWhen(t *testing.T) {
	since, left := member.Member{JoinedOn: day(t, "2022-09-01")}, member.Member{JoinedOn: day(t, "2015-01-01"), LeftOn: day(t, "2023-12-31")}
	for _, c := range []struct {
		m        member.Member
		on, want string // "" is a day that is not known
	}{
		{since, "2022-09-01", ""}, {since, "", ""}, {left, "2023-12-31", ""},
		{since, "2019-03-01", "Brest is not a member city on 1 March 2019 (member since 1 September 2022). "},
		{left, "2014-03-01", "Brest is not a member city on 1 March 2014 (member since 1 January 2015). "},
		{left, "2024-03-01", "Brest is not a member city on 1 March 2024 (member until 31 December 2023). "},
		{left, "", "Brest is not a member city (member until 31 December 2023). "},
	} {
		var on civil.Date
		if c.on != "" {
			on = day(t, c.on)
		}
		p := c.m.CheckMember(locale.Same("Brest"), on)
		if c.want == "" && p == nil {
			continue
		}
		if code(p) != "NOT_A_MEMBER" || len(lacks(p)) > 0 || c.want == "" || !strings.HasPrefix(p.Message(locale.EN), c.want) {
			t.Errorf("on %q: %v, want %q", c.on, p, c.want)
		}
	}
}

func TestR_CLU_2_ParticipationLastsTwoYears(t *testing.T) {
	for _, c := range []struct{ from, until string }{
		{"2024-01-01", "2025-12-31"},
		{"2019-10-01", "2021-09-30"},
		{"2024-02-29", "2026-02-27"},
	} {
		if got := member.Participate(day(t, c.from), 2, nil).Until; got != day(t, c.until) {
			t.Errorf("from %s it lasts until %s, want %s", c.from, got, c.until)
		}
	}
}

func TestR_CLU_2_ARenewalBeginsWhenThePeriodBeforeHasLapsed(t *testing.T) {
	base := member.Member{Participations: []member.Participation{
		member.Participate(day(t, "2019-10-01"), 2, []string{"esd"}),
		member.Participate(day(t, "2023-10-01"), 2, []string{"esd", "health"}),
	}}
	for _, c := range []struct {
		from, code string
		periods    int
	}{
		{"2021-10-01", "", 3},
		{"2025-10-01", "", 3},
		{"2017-10-01", "", 3},
		{"2023-10-01", "", 2}, // the same period, with other clusters
		{"2021-09-30", "TERM_OVERLAP", 0},
		{"2023-09-30", "TERM_OVERLAP", 0},
		{"2024-01-01", "TERM_OVERLAP", 0},
	} {
		with, p := base.With(member.Participate(day(t, c.from), 2, []string{"literacy"}))
		if code(p) != c.code {
			t.Errorf("from %s: %v, want %q", c.from, p, c.code)
			continue
		}
		if p != nil {
			if p.Rule != "R-CLU-2" || p.Field != "cluster_from" || len(lacks(p)) > 0 {
				t.Errorf("from %s: %+v", c.from, p)
			}
			continue
		}
		if len(with.Participations) != c.periods || len(base.Participations) != 2 {
			t.Errorf("from %s: %v (before: %v)", c.from, with.Participations, base.Participations)
		}
		if !slices.IsSortedFunc(with.Participations, func(a, b member.Participation) int { return a.From.Compare(b.From) }) {
			t.Errorf("from %s: periods are out of order: %v", c.from, with.Participations)
		}
		if got := with.ClustersOn(day(t, c.from)); !slices.Equal(got, []string{"literacy"}) {
			t.Errorf("from %s: that day the city is in %v", c.from, got)
		}
	}
}

func TestR_CLU_2_APeriodThatWasCutStaysAsItIs(t *testing.T) {
	cut := member.Member{Participations: []member.Participation{
		{From: day(t, "2024-01-01"), Until: day(t, "2024-06-30"), Clusters: []string{"esd"}},
		{From: day(t, "2024-07-01"), Until: day(t, "2025-12-31"), Clusters: []string{"esd", "health"}},
	}}
	with, p := cut.With(member.Participate(day(t, "2024-07-01"), 2, []string{"esd", "health"}))
	if p != nil || with.Participations[1].Until != day(t, "2025-12-31") {
		t.Errorf("%v: %+v", p, with)
	}
	if _, p := cut.With(member.Participate(day(t, "2024-07-01"), 2, []string{"literacy"})); code(p) != "TERM_OVERLAP" {
		t.Errorf("other clusters in a period that was cut: %v", p)
	}
}

func TestR_CLU_2_ParticipationLapses(t *testing.T) {
	m := member.Member{Participations: []member.Participation{member.Participate(day(t, "2019-10-01"), 2, []string{"esd"})}}
	for on, want := range map[string]int{"2019-09-30": 0, "2019-10-01": 1, "2021-09-30": 1, "2021-10-01": 0} {
		if got := len(m.ClustersOn(day(t, on))); got != want {
			t.Errorf("on %s the city is in %d clusters, want %d", on, got, want)
		}
	}
}

func TestR_APP_9_AMemberIsOneFromTheDayOfTheDecision(t *testing.T) {
	m := member.Member{City: "Lausanne", Country: "CH"}.Join(day(t, "2022-09-01"))
	for on, want := range map[string]bool{"2022-08-31": false, "2022-09-01": true, "2030-01-01": true} {
		if got := m.On(day(t, on)); got != want {
			t.Errorf("member on %s: %v", on, got)
		}
	}
}

func TestACityThatLeftAndJoinsAgainKeepsItsEarlierMembership(t *testing.T) {
	m := member.Member{City: "Brest", Country: "FR"}.Join(day(t, "2016-01-01"))
	m.LeftOn = day(t, "2020-12-31")
	again := m.Join(day(t, "2025-09-01"))
	for on, want := range map[string]bool{"2016-01-01": true, "2020-12-31": true, "2021-01-01": false, "2025-08-31": false, "2025-09-01": true} {
		if got := again.On(day(t, on)); got != want {
			t.Errorf("member on %s: %v", on, got)
		}
	}
	if m.Current() || !again.Current() {
		t.Errorf("current before: %v, after: %v", m.Current(), again.Current())
	}
}

// Periods are added in any order, some of them for a first day on record, whose clusters are replaced.
func TestR_CLU_2_NoSequenceOfPeriodsMakesThemOverlap(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	added := 0
	for range 200 {
		var m member.Member
		for range 12 {
			from := day(t, "2019-10-01").AddMonths(random.IntN(120))
			with, p := m.With(member.Participate(from, 1+random.IntN(2), []string{"esd"}))
			if p != nil {
				if code(p) != "TERM_OVERLAP" {
					t.Fatal(p)
				}
				continue
			}
			m = with
			added++
			for i, period := range m.Participations[1:] {
				if before := m.Participations[i]; !period.From.After(before.Until) {
					t.Fatalf("%v begins before %v ends", period, before)
				}
			}
		}
	}
	if added < 500 {
		t.Errorf("only %d periods were added", added)
	}
}
