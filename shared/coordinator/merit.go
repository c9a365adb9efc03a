package coordinator

import "cmp"

// Merit is how good a choice of seats is, as Propose compares choices: the seats that are filled come first, then regional balance,
// and then scores. docs/decisions/0006-coordinators.md says why in this order.
type Merit struct {
	Seats      int // filled, with those that run already; more is better
	Beyond     int // seats of regions beyond what the programme gives one region, summed; fewer is better
	SameRegion int // seats of a cluster beyond its first of one region, summed; fewer is better
	Points     int // scores of the seats chosen; more is better
}

// Compare is above 0 when a is better than b, and below when b is.
func (a Merit) Compare(b Merit) int {
	return cmp.Or(cmp.Compare(a.Seats, b.Seats), cmp.Compare(b.Beyond, a.Beyond), cmp.Compare(b.SameRegion, a.SameRegion),
		cmp.Compare(a.Points, b.Points))
}

// Spread is how the seats of all clusters lie over UNESCO's regions (R-CLU-6).
type Spread struct {
	ByRegion  map[string]int            // seats
	ByCluster map[string]map[string]int // cluster → region → seats
}

// merit is that of a spread whose seats chosen have a number of points together; share is what one region may have.
func (s Spread) merit(share, points int) Merit {
	m := Merit{Points: points}
	for _, seats := range s.ByRegion {
		m.Seats += seats
		m.Beyond += max(seats-share, 0)
	}
	for _, regions := range s.ByCluster {
		for _, seats := range regions {
			m.SameRegion += max(seats-1, 0)
		}
	}
	return m
}

// add counts seats, or takes them away; a region without seats isn't listed.
func (s Spread) add(cluster, region string, seats int) {
	if s.ByCluster[cluster] == nil {
		s.ByCluster[cluster] = map[string]int{}
	}
	for _, counts := range []map[string]int{s.ByRegion, s.ByCluster[cluster]} {
		if counts[region] += seats; counts[region] == 0 {
			delete(counts, region)
		}
	}
}

// running is the spread of the seats that are held already.
func (f Field) running() Spread {
	s := Spread{ByRegion: map[string]int{}, ByCluster: map[string]map[string]int{}}
	for _, cluster := range f.Programme.Clusters {
		for _, m := range f.held(cluster.ID) {
			s.add(cluster.ID, f.Region(m.Country), 1)
		}
	}
	return s
}

// Weigh shows what a choice of seats leads to, together with the seats that run already: its spread over the regions and its merit.
// It holds no rule; CheckSeats does. Seats of who is no candidate have no points.
func (f Field) Weigh(seats []Seat) (Spread, Merit) {
	spread, points := f.running(), 0
	for _, seat := range seats {
		if c, stands := f.candidacy(seat); stands {
			chosen := f.candidate(c)
			spread.add(seat.Cluster, chosen.Region, 1)
			points += chosen.Score.Points
		}
	}
	return spread, spread.merit(f.Programme.Coordinators.SeatsPerRegion, points)
}
