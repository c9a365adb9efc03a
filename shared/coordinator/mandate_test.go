package coordinator_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
)

// A mandate from 1 October 2025, by its last day and the day on which it is laid down: its last day then, or the refusal. It is never
// made longer (R-CLU-4).
func TestAMandateIsLaidDownWithinItsTimeAndNeverMadeLonger(t *testing.T) {
	const table = `
		            2025-09-30  2025-10-01  2026-05-01  2026-05-02  2027-09-30  2028-01-01
		2027-09-30  DATE_ORDER  2025-10-01  2026-05-01  2026-05-02  2027-09-30  2027-09-30
		2026-05-01  DATE_ORDER  2025-10-01  2026-05-01  2026-05-01  2026-05-01  2026-05-01
		2025-10-01  DATE_ORDER  2025-10-01  2025-10-01  2025-10-01  2025-10-01  2025-10-01`
	lines := strings.Split(strings.TrimSpace(table), "\n")
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		m := coordinator.Mandate{From: day("2025-10-01"), Until: day(cells[0])}
		for i, last := range strings.Fields(lines[0]) {
			got, p := m.LayDown(day(last))
			if cells[i+1] == "DATE_ORDER" {
				expect(t, p, "DATE_ORDER", "R-CLU-4")
				if got != m {
					t.Errorf("refused, it is %+v", got)
				}
				continue
			}
			expect(t, p, "", "")
			if got.Until != day(cells[i+1]) || got.From != m.From {
				t.Errorf("until %s, laid down on %s: until %s, want %s", cells[0], last, got.Until, cells[i+1])
			}
		}
	}
}

func TestR_CLU_7_AMandateWhoseCityIsOutOfTheClusterIsShown(t *testing.T) {
	f := field()
	join(f, "FR", "brest", "esd")
	mandates := []coordinator.Mandate{{Member: "FR#brest", Cluster: "esd", From: term.Start, Until: term.End.AddYears(1)},
		{Member: "FR#gone", Cluster: "esd", From: term.Start, Until: day("2025-12-31")}}
	for on, want := range map[string]int{"2025-09-30": 0, "2025-10-01": 1, "2025-12-31": 1, "2026-01-01": 0, "2027-09-30": 0, "2027-10-01": 1} {
		if got := coordinator.OutOfCluster(mandates, f.Members, day(on)); len(got) != want {
			t.Errorf("on %s: %v", on, got)
		}
	}
	left := f.Members["FR#brest"]
	left.LeftOn = day("2026-06-01")
	f.Members["FR#brest"] = left
	if got := coordinator.OutOfCluster(mandates, f.Members, day("2026-06-02")); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

func TestR_CLU_7_WhoseParticipationLapsesWithinTheTermIsToldToRenew(t *testing.T) {
	f := field()
	join(f, "FR", "brest", "esd")
	m := f.Members["FR#brest"]
	m.Participations = []member.Participation{member.Participate(day("2024-06-01"), 2, []string{"esd", "health"})}
	f.Members["FR#brest"] = m
	stand(f, "FR", "brest", "esd", 3)
	if got := f.Rankings()[0].Candidates[0].Lapses; got != day("2026-05-31") {
		t.Errorf("it lapses on %s", got)
	}
	p := f.Propose()
	none := func(string) locale.Text { return locale.Text{} }
	if got := p.Explanation(p.Seats[0], none, none).EN; !strings.Contains(got, "lapses on 31 May 2026 and has to be renewed") {
		t.Error(got)
	}
	m.Participations = append(m.Participations, member.Participate(day("2026-06-01"), 2, []string{"esd"}))
	f.Members["FR#brest"] = m
	if got := f.Rankings()[0].Candidates[0].Lapses; !got.IsZero() {
		t.Errorf("renewed, it lapses on %s", got)
	}
}

func TestClaimsOnSeatsNameTermClusterAndCity(t *testing.T) {
	if a, b := coordinator.Seats("2025-2027", "esd"), coordinator.SeatOf("2025-2027", "FR#brest"); a != "seat#2025-2027#esd" || b != "coordinates#2025-2027#FR#brest" {
		t.Errorf("%s, %s", a, b)
	}
}

func TestNoSequenceOfDecisionsBreaksARule(t *testing.T) {
	appointed := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 10))
		f := field()
		for i := range 8 {
			country := []string{"FR", "SN", "JP"}[r.IntN(3)]
			f.Members[fmt.Sprintf("%s#%d", country, i)] = member.Member{City: fmt.Sprint(i), Country: country, JoinedOn: day("2015-01-01"),
				Participations: []member.Participation{member.Participate(day("2019-10-01"), 8, []string{"esd", "equity", "planning"}[:1+r.IntN(3)])}}
		}
		for _, term := range edition.Terms {
			f.Term, f.From, f.Candidacies = term, civil.Date{}, nil
			for id, m := range f.Members {
				for _, cluster := range []string{"esd", "equity", "planning"} {
					f.Candidacies = append(f.Candidacies, coordinator.Candidacy{Member: id, City: m.City, Country: m.Country, Cluster: cluster, AnsweredOn: day("2019-01-01")})
				}
			}
			slices.SortFunc(f.Candidacies, func(a, b coordinator.Candidacy) int { return strings.Compare(a.ID(), b.ID()) })
			for range 3 { // at the start, and whenever seats have fallen free
				proposal := f.Propose()
				seats := proposal.Members()
				if r.IntN(2) == 0 { // the secretariat has its own mind
					seats = nil
					for range 6 {
						c := f.Candidacies[r.IntN(len(f.Candidacies))]
						if more := append(slices.Clone(seats), seat(c.Cluster, c.Member)); len(f.CheckSeats(more)) == 0 {
							seats = more
						}
					}
				}
				d, problems := f.Decide(proposal, seats, "Because.", term.Start, "secretariat")
				if len(problems) > 0 {
					t.Fatalf("seed %d: %v", seed, problems[0])
				}
				f.Mandates = append(f.Mandates, f.Appoint(d)...)
				appointed += len(d.Seats)
				if broken := brokenRule(f.Mandates, f.Members); broken != "" {
					t.Fatalf("seed %d: %s: %+v", seed, broken, f.Mandates)
				}
				f.From = term.Start.AddDays(r.IntN(365))
				for i, m := range f.Mandates {
					if m.Term == term.ID && r.IntN(3) == 0 && !m.From.After(f.From.AddDays(-1)) {
						f.Mandates[i], _ = m.LayDown(f.From.AddDays(-1))
					}
				}
			}
		}
	}
	if appointed < 500 {
		t.Errorf("only %d were appointed", appointed)
	}
}

// brokenRule compares every two mandates and looks at every first day.
func brokenRule(mandates []coordinator.Mandate, members map[string]member.Member) string {
	for i, a := range mandates {
		seats := 0
		for j, b := range mandates {
			if b.Cluster == a.Cluster && !b.From.After(a.From) && !b.Until.Before(a.From) {
				seats++
			}
			if i < j && a.Member == b.Member {
				if a.Cluster == b.Cluster && a.Term != b.Term {
					return "R-CLU-4: a second term of " + a.Member
				}
				if !a.From.After(b.Until) && !b.From.After(a.Until) {
					return "R-CLU-5: two seats of " + a.Member
				}
			}
		}
		if seats > 2 {
			return fmt.Sprintf("R-CLU-3: %d coordinators of %s", seats, a.Cluster)
		}
		if !slices.Contains(members[a.Member].ClustersOn(a.From), a.Cluster) {
			return "R-CLU-7: " + a.Member + " is not in " + a.Cluster
		}
	}
	return ""
}
