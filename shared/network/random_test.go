package network_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/network"
)

func fmtSize(s network.Size) string { return fmt.Sprintf("%d %d %d", s.Cities, s.Countries, s.Regions) }

var cities = []string{"FR#a", "FR#b", "FR#c", "SN#a", "SN#b"}

// draw makes events on random days of six years, in the order of their days, most of which the rules allow at some time.
func draw(r *rand.Rand) []network.Event {
	var events []network.Event
	for range 120 {
		e := network.Event{On: day("2019-01-01").AddDays(r.IntN(6 * 365)), City: cities[r.IntN(len(cities))]}
		e.Kind = network.Kinds[[]int{0, 0, 0, 1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 6, 7}[r.IntN(19)]]
		e.Name, e.Country, e.Into = fmt.Sprintf("Name %d", r.IntN(4)), e.City[:2], cities[r.IntN(len(cities))]
		e.Cluster = terms.Programme.Clusters[r.IntN(5)].ID
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(a, b network.Event) int { return a.On.Compare(b.On) })
	return events
}

// diary lives through the days one after the other, with the rules written down a second time.
type diary struct {
	member, merged     bool
	joined, last       civil.Date // the last day, once it is set
	until, renewedFrom map[string]civil.Date
}

func (d *diary) dawn(today civil.Date) {
	if d.member && !d.last.IsZero() && d.last.Before(today) {
		*d = diary{merged: d.merged}
	}
	for cluster, until := range d.until {
		if until.Before(today) {
			delete(d.until, cluster)
			delete(d.renewedFrom, cluster)
		}
	}
}

// live does an event and reports whether it could be done.
func live(all map[string]*diary, e network.Event) bool {
	d := all[e.City]
	if e.Kind == network.Joined {
		if d.member || d.merged {
			return false
		}
		*d = diary{member: true, joined: e.On, until: map[string]civil.Date{}, renewedFrom: map[string]civil.Date{}}
		return true
	}
	if !d.member || !d.last.IsZero() {
		return false
	}
	until, in := d.until[e.Cluster]
	_, leaving := d.renewedFrom[e.Cluster+" left"]
	switch e.Kind {
	case network.Merged:
		into := all[e.Into]
		if e.Into == e.City || !into.member || !into.last.IsZero() || d.joined == e.On {
			return false
		}
		*d = diary{merged: true}
	case network.Left:
		d.last = e.On
	case network.ClusterJoined:
		if in || len(d.until) >= 3 {
			return false
		}
		d.until[e.Cluster] = e.On.AddYears(2).AddDays(-1)
		d.renewedFrom[e.Cluster] = e.On
		delete(d.renewedFrom, e.Cluster+" left")
	case network.ClusterRenewed:
		if !in || leaving || e.On.Before(d.renewedFrom[e.Cluster]) {
			return false
		}
		d.renewedFrom[e.Cluster] = until.AddDays(1)
		d.until[e.Cluster] = until.AddDays(1).AddYears(2).AddDays(-1)
	case network.ClusterLeft:
		if !in || leaving {
			return false
		}
		d.until[e.Cluster] = e.On
		d.renewedFrom[e.Cluster+" left"] = e.On
	}
	return true
}

func TestNoSequenceOfEventsBreaksARule(t *testing.T) {
	done := 0
	for seed := range uint64(25) {
		events := draw(rand.New(rand.NewPCG(seed, 3)))
		full, refused := network.At(terms, events, day("2030-12-31"))
		done += len(events) - len(refused)
		diaries, told := map[string]*diary{}, map[string]network.City{}
		for _, id := range cities {
			diaries[id] = &diary{}
			told[id], _ = full.City(id)
		}
		next := 0
		for today := day("2018-12-31"); today.Before(day("2028-01-01")); today = today.AddDays(1) {
			for _, d := range diaries {
				d.dawn(today)
			}
			for ; next < len(events) && events[next].On == today; next++ {
				could := live(diaries, events[next])
				if was := !slices.ContainsFunc(refused, func(r network.Refusal) bool { return r.Event == events[next] }); could != was {
					t.Fatalf("seed %d: %+v was done: %v, could be: %v", seed, events[next], was, could)
				}
			}
			members := 0
			for _, id := range cities {
				c, d := told[id], diaries[id]
				in := c.ClustersOn(today)
				if c.On(today) != d.member || len(in) != len(d.until) || slices.ContainsFunc(in, func(cluster string) bool { return d.until[cluster].IsZero() }) {
					t.Fatalf("seed %d: on %s %s is a member: %v, in %v; want %v, in %v", seed, today, id, c.On(today), in, d.member, d.until)
				}
				if len(in) > 3 || len(in) > 0 && !c.On(today) {
					t.Fatalf("seed %d: R-CLU-1: on %s %s is in %v", seed, today, id, in)
				}
				if d.member {
					members++
				}
			}
			if s := full.Size(today, region); s.Cities != members {
				t.Fatalf("seed %d: on %s %d members, want %d", seed, today, s.Cities, members)
			}
		}
	}
	if done < 500 {
		t.Errorf("only %d events took effect", done)
	}
}

func TestThePastStaysAsItWas(t *testing.T) {
	for seed := range uint64(20) {
		events := draw(rand.New(rand.NewPCG(seed, 4)))
		full, _ := network.At(terms, events, day("2030-12-31"))
		for today := day("2019-01-01"); today.Before(day("2025-01-01")); today = today.AddDays(37) {
			then, _ := network.At(terms, events, today)
			for _, id := range cities {
				a, known := then.City(id)
				b, _ := full.City(id)
				if a.On(today) != b.On(today) || !slices.Equal(a.ClustersOn(today), b.ClustersOn(today)) || known && a.NameOn(today) != b.NameOn(today) {
					t.Fatalf("seed %d: on %s %s was %+v, and is told as %+v", seed, today, id, a, b)
				}
			}
		}
	}
}

func TestWhatIsOnlyAddedThroughAddIsNeverRefusedLater(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 5))
		drawn := draw(r)
		r.Shuffle(len(drawn), func(i, j int) { drawn[i], drawn[j] = drawn[j], drawn[i] })
		var events []network.Event
		for _, e := range drawn {
			events, _ = network.Add(terms, events, e)
		}
		if _, refused := network.At(terms, events, day("2030-12-31")); len(refused) > 0 || len(events) == 0 {
			t.Fatalf("seed %d: %d events, %v", seed, len(events), refused)
		}
	}
}
