package coordinator_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/reference"
)

func TestR_CLU_6_BalanceComesBeforeScoresWithinACluster(t *testing.T) {
	f := field()
	for i, city := range []string{"FR brest", "FR nanterre", "SN dakar"} {
		country, name, _ := strings.Cut(city, " ")
		join(f, country, name, "esd")
		stand(f, country, name, "esd", 5-i)
	}
	p := f.Propose()
	if got, want := p.Members(), []coordinator.Seat{seat("esd", "FR#brest"), seat("esd", "SN#dakar")}; !slices.Equal(got, want) {
		t.Errorf("proposed %v, want %v", got, want)
	}
	if want := map[string]int{"africa": 1, "europe-north-america": 1}; !maps.Equal(p.Spread.ByRegion, want) {
		t.Errorf("spread %v", p.Spread.ByRegion)
	}
	if len(p.Vacant) != 6 || p.Vacant[0].Cluster.ID != "equity" || p.Vacant[0].Seats != 2 {
		t.Errorf("vacant: %+v", p.Vacant)
	}
}

func TestR_CLU_6_ASeatIsFilledEvenWhereBalanceSuffers(t *testing.T) {
	f := field()
	for _, cluster := range []string{"esd", "health"} {
		for _, city := range []string{"brest", "nanterre"} {
			join(f, "FR", cluster+city, cluster)
			stand(f, "FR", cluster+city, cluster, 3)
		}
	}
	if p := f.Propose(); p.Merit != (coordinator.Merit{Seats: 4, Beyond: 1, SameRegion: 2, Points: 4 * 300}) {
		t.Errorf("%+v", p.Merit)
	}
}

func TestR_CLU_6_EverySeatIsExplained(t *testing.T) {
	f := field()
	join(f, "FR", "Brest", "esd", "health")
	join(f, "FR", "Nanterre", "esd")
	join(f, "FR", "Lyon", "esd")
	join(f, "SN", "Dakar", "esd")
	stand(f, "FR", "Brest", "health", 5)
	for i, city := range []string{"FR Brest", "FR Nanterre", "FR Lyon", "SN Dakar"} {
		country, name, _ := strings.Cut(city, " ")
		stand(f, country, name, "esd", 5-i)
	}
	p := f.Propose()
	names := func(id string) locale.Text { c, _ := edition.Cluster(id); return c.Label }
	regions := func(id string) locale.Text { r, _ := reference.Load().Region(id); return r.Name }
	var got []string
	for _, s := range p.Seats {
		text := p.Explanation(s, names, regions)
		if len(text.Missing()) > 0 {
			t.Errorf("%s: %+v", s.Candidate.City, text)
		}
		got = append(got, s.Cluster.ID+": "+text.EN)
	}
	want := []string{
		"esd: Nanterre ranks 2 of 4 with a score of 80. Brest (1) is proposed for Health and well-being. " +
			"Next would come Lyon (3, 60): seats of Europe and North America would be 2.",
		"esd: Dakar ranks 4 of 4 with a score of 40. Brest (1) is proposed for Health and well-being. " +
			"Lyon (3) is passed over: seats of Europe and North America would be 3, and the cluster's coordinators would be of one region. " +
			"Next would come Lyon (3, 60): seats of Europe and North America would be 3, and the cluster's coordinators would be of one region.",
		"health: Brest ranks 1 of 1 with a score of 100. Nobody else could take the seat.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// draw makes a small random field: up to three clusters, six cities of two or three regions in some of them, mandates of this and
// earlier terms, ratings with many ties.
func draw(r *rand.Rand) *coordinator.Field {
	e := *edition
	e.Clusters = slices.Clone(edition.Clusters[:1+r.IntN(3)])
	e.Limits.CoordinatorsPerCluster = 1 + r.IntN(3)
	e.Coordinators.SeatsPerRegion = 1 + r.IntN(2)
	f := field()
	f.Programme = &e
	countries := []string{"FR", "SN", "JP"}[:2+r.IntN(2)]
	for i := range 2 + r.IntN(5) {
		country, city := countries[r.IntN(len(countries))], fmt.Sprintf("city%d", i)
		var in []string
		for _, c := range e.Clusters {
			if r.IntN(3) > 0 {
				in = append(in, c.ID)
			}
		}
		join(f, country, city, in...)
		for _, c := range e.Clusters {
			if r.IntN(4) > 0 {
				stand(f, country, city, c.ID, r.IntN(4))
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.Members)) {
		m := f.Members[id]
		if cluster := e.Clusters[r.IntN(len(e.Clusters))].ID; r.IntN(6) == 0 {
			f.Mandates = append(f.Mandates, coordinator.Mandate{Member: id, City: m.City, Country: m.Country, Cluster: cluster, Term: "2023-2025",
				From: day("2023-10-01"), Until: day("2025-09-30")})
		} else if r.IntN(8) == 0 {
			f.Mandates = append(f.Mandates, coordinator.Mandate{Member: id, City: m.City, Country: m.Country, Cluster: cluster, Term: term.ID,
				From: term.Start, Until: term.End})
		}
	}
	r.Shuffle(len(f.Candidacies), func(i, j int) { f.Candidacies[i], f.Candidacies[j] = f.Candidacies[j], f.Candidacies[i] })
	return f
}

// exhaustive tries every choice of seats that keeps the hard rules, written down here a second time, and gives the best one.
type exhaustive struct {
	f          *coordinator.Field
	options    []option // by cluster in the programme's order and rank
	best       []int    // indexes of options
	worth      []int
	taken      map[string]bool // members with a seat
	inCluster  map[string]int
	byRegion   map[string]int
	byRegionIn map[string]int
}

type option struct {
	seat   coordinator.Seat
	region string
	points int
}

func search(f *coordinator.Field) []coordinator.Seat {
	e := &exhaustive{f: f, taken: map[string]bool{}, inCluster: map[string]int{}, byRegion: map[string]int{}, byRegionIn: map[string]int{}}
	for _, m := range f.Mandates {
		if m.Term == term.ID {
			e.taken[m.Member] = true
			e.count(m.Cluster, region(m.Country), 1)
		}
	}
	for _, cluster := range f.Programme.Clusters {
		var options []option
		for _, c := range f.Candidacies {
			again := slices.ContainsFunc(f.Mandates, func(m coordinator.Mandate) bool {
				return m.Member == c.Member && m.Cluster == c.Cluster && m.Term != term.ID
			})
			if c.Cluster == cluster.ID && !again && slices.Contains(f.Members[c.Member].Participations[0].Clusters, cluster.ID) {
				options = append(options, option{coordinator.Seat{Cluster: cluster.ID, Member: c.Member}, region(c.Country), 100 * c.Answers[0].Rating})
			}
		}
		slices.SortFunc(options, func(a, b option) int {
			return cmp.Or(cmp.Compare(b.points, a.points), cmp.Compare(a.seat.Member, b.seat.Member))
		})
		e.options = append(e.options, options...)
	}
	e.try(0, nil)
	var seats []coordinator.Seat
	for _, i := range e.best {
		seats = append(seats, e.options[i].seat)
	}
	return seats
}

func (e *exhaustive) count(cluster, region string, n int) {
	e.inCluster[cluster] += n
	e.byRegion[region] += n
	e.byRegionIn[cluster+region] += n
}

func (e *exhaustive) try(at int, chosen []int) {
	if at == len(e.options) {
		if worth := e.value(chosen); e.worth == nil || slices.Compare(worth, e.worth) > 0 {
			e.worth, e.best = worth, slices.Clone(chosen)
		}
		return
	}
	o := e.options[at]
	if !e.taken[o.seat.Member] && e.inCluster[o.seat.Cluster] < e.f.Programme.Limits.CoordinatorsPerCluster {
		e.taken[o.seat.Member] = true
		e.count(o.seat.Cluster, o.region, 1)
		e.try(at+1, append(chosen, at))
		e.count(o.seat.Cluster, o.region, -1)
		delete(e.taken, o.seat.Member)
	}
	e.try(at+1, chosen)
}

// value lists the parts of the objective, each so that more is better: seats, balance over all, balance within clusters, scores, and
// for every candidate in the order of the ranking whether it has a seat.
func (e *exhaustive) value(chosen []int) []int {
	v := make([]int, 4+len(e.options))
	for _, n := range e.byRegion {
		v[0] += n
		v[1] -= max(n-e.f.Programme.Coordinators.SeatsPerRegion, 0)
	}
	for _, n := range e.byRegionIn {
		v[2] -= max(n-1, 0)
	}
	for _, i := range chosen {
		v[3] += e.options[i].points
		v[4+i] = 1
	}
	return v
}

func TestR_CLU_6_TheProposalIsTheBestOfAllChoices(t *testing.T) {
	for seed := range uint64(400) {
		f := draw(rand.New(rand.NewPCG(seed, 6)))
		got, want := f.Propose(), search(f)
		if !slices.Equal(got.Members(), want) && len(got.Members())+len(want) > 0 {
			_, merit := f.Weigh(want)
			t.Fatalf("seed %d: proposed %v with %+v, best is %v with %+v", seed, got.Members(), got.Merit, want, merit)
		}
		if problems := f.CheckSeats(got.Members()); len(problems) > 0 {
			t.Fatalf("seed %d: the proposal breaks a rule: %v", seed, problems[0])
		}
	}
}

func TestTheOrderOfCandidaciesMakesNoDifference(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 7))
		f := draw(r)
		before := f.Propose().Members()
		r.Shuffle(len(f.Candidacies), func(i, j int) { f.Candidacies[i], f.Candidacies[j] = f.Candidacies[j], f.Candidacies[i] })
		if after := f.Propose().Members(); !slices.Equal(before, after) {
			t.Fatalf("seed %d: %v, then %v", seed, before, after)
		}
	}
}

func TestWhoRanksBeforeIsPassedOverForAReasonOnly(t *testing.T) {
	for seed := range uint64(200) {
		p := draw(rand.New(rand.NewPCG(seed, 8))).Propose()
		for _, s := range p.Seats {
			for _, passed := range s.Passed {
				if passed.Coordinates == "" && (passed.Instead.Beyond <= p.Merit.Beyond && passed.Instead.SameRegion <= p.Merit.SameRegion) {
					t.Fatalf("seed %d: %s would be as balanced in %s as %s", seed, passed.Candidate.Member, s.Cluster.ID, s.Candidate.Member)
				}
			}
			if s.Next != nil && s.Next.Instead.Compare(p.Merit) > 0 {
				t.Fatalf("seed %d: %s would be better in %s", seed, s.Next.Candidate.Member, s.Cluster.ID)
			}
		}
	}
}

// crowd is the largest field that is reckoned with: sixty candidates in each of the seven clusters, each city in three of them.
func crowd(seed uint64) *coordinator.Field {
	r := rand.New(rand.NewPCG(seed, 9))
	f := field()
	countries := []string{"FR", "SN", "JP", "EG", "MX", "DE", "US", "CN"}
	for i := range 140 {
		country, city := countries[r.IntN(len(countries))], fmt.Sprintf("city%03d", i)
		in := []string{edition.Clusters[i%7].ID, edition.Clusters[(i+1)%7].ID, edition.Clusters[(i+3)%7].ID}
		join(f, country, city, in...)
		for _, cluster := range in {
			c := stand(f, country, city, cluster, 0)
			for j := range c.Answers {
				c.Answers[j].Rating = r.IntN(6)
			}
		}
	}
	return f
}

func TestSixtyCandidatesAClusterFillAllFourteenSeatsInBalance(t *testing.T) {
	f := crowd(1)
	for _, r := range f.Rankings() {
		if len(r.Candidates) != 60 {
			t.Fatalf("%s has %d candidates", r.Cluster.ID, len(r.Candidates))
		}
	}
	p := f.Propose()
	if p.Merit.Seats != 14 || p.Merit.Beyond != 0 || p.Merit.SameRegion != 0 {
		t.Errorf("%+v", p.Merit)
	}
	if problems := f.CheckSeats(p.Members()); len(problems) > 0 {
		t.Error(problems[0])
	}
}

func BenchmarkProposeForSixtyCandidatesACluster(b *testing.B) {
	f := crowd(1)
	for b.Loop() {
		f.Propose()
	}
}
