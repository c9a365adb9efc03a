package coordinator

import (
	"math/big"
	"slices"

	"github.com/learning-cities/guildhall/shared/programme"
)

// Proposal is a choice of coordinators for all clusters of a term at once.
type Proposal struct {
	Seats  []Chosen  // by cluster in the programme's order, then by rank
	Vacant []Vacancy // clusters that keep free seats, for want of candidates
	Spread Spread    // with the seats that run already
	Merit  Merit
}

// Vacancy is a number of seats of a cluster that nobody can take.
type Vacancy struct {
	Cluster programme.Cluster
	Seats   int
}

// Chosen is a seat of a proposal with the reasons for it.
type Chosen struct {
	Cluster   programme.Cluster
	Candidate Candidate
	Of        int      // candidates of the cluster who could be appointed
	Passed    []Passed // those who rank before this one and get no seat in the cluster, by rank
	Next      *Passed  // who would make the best choice instead if the other seats stayed; nil when there is nobody
}

// Passed is a candidate who isn't proposed in a cluster, and what its taking a seat there would change.
type Passed struct {
	Candidate   Candidate
	Coordinates string // the cluster in which it is proposed instead (R-CLU-5), or ""
	// Instead is the merit if it had this seat and all other seats stayed; without meaning where Coordinates is set.
	Instead Merit
	// RegionSeats is how many seats its region would have then.
	RegionSeats int
}

// Members lists the seats of a proposal.
func (p Proposal) Members() []Seat {
	seats := make([]Seat, len(p.Seats))
	for i, s := range p.Seats {
		seats[i] = Seat{Cluster: s.Cluster.ID, Member: s.Candidate.Member}
	}
	return seats
}

// Propose gives the best choice of coordinators for the free seats of all clusters at once (R-CLU-6). The hard rules always hold:
// at most the programme's number of seats a cluster (R-CLU-3), no second term (R-CLU-4), one cluster a city (R-CLU-5), members of
// the cluster only (R-CLU-7). Of all choices that keep them it is the best by, in this order,
//
//  1. as many seats filled as possible,
//  2. as few seats as possible beyond SeatsPerRegion of a region, over all clusters,
//  3. as few seats as possible beyond the first of one region within a cluster,
//  4. the highest sum of scores,
//  5. the ranking: going through the clusters in the programme's order, and each by rank, to the first candidate that one choice
//     seats and another does not, the one that seats it.
//
// The first four are Merit; the fifth leaves one choice only, whatever the order of the candidacies. Seats that run already count in
// 1 to 3 and stay. The result is exact: every part of the objective is a convex cost on a network that flows from regions to
// their cities, their clusters and the seats, so the cheapest fullest flow is the best choice.
func (f Field) Propose() Proposal {
	rankings := f.Rankings()
	chosen := f.best(rankings)
	p := Proposal{}
	for i, ranking := range rankings {
		free := f.free(ranking.Cluster.ID)
		for _, c := range ranking.Candidates {
			if chosen[i][c.Member] {
				p.Seats = append(p.Seats, Chosen{Cluster: ranking.Cluster, Candidate: c})
				free--
			}
		}
		if free > 0 {
			p.Vacant = append(p.Vacant, Vacancy{ranking.Cluster, free})
		}
	}
	p.Spread, p.Merit = f.Weigh(p.Members())
	f.explain(&p, rankings)
	return p
}

// free is how many seats of a cluster can be given.
func (f Field) free(cluster string) int {
	return max(f.Programme.Limits.CoordinatorsPerCluster-len(f.held(cluster)), 0)
}

// best gives the members chosen in each cluster.
func (f Field) best(rankings []Ranking) []map[string]bool {
	n, running, price := &network{}, f.running(), pricing(rankings)
	source, sink := n.node(), n.node()
	cities, regions := map[string]int{}, map[string]int{}
	options := make([]map[string]int, len(rankings)) // member → its arc into the cluster
	for i, ranking := range rankings {
		options[i] = map[string]int{}
		cluster, id, share := n.node(), ranking.Cluster.ID, map[string]int{}
		n.connect(cluster, sink, f.free(id), new(big.Int))
		for _, c := range ranking.Candidates {
			if c.Excluded != nil {
				continue
			}
			if _, known := regions[c.Region]; !known {
				regions[c.Region] = n.node()
				left := f.Programme.Coordinators.SeatsPerRegion - running.ByRegion[c.Region]
				n.connectRising(source, regions[c.Region], left, price.beyond)
			}
			if _, known := cities[c.Member]; !known {
				cities[c.Member] = n.node()
				n.connect(regions[c.Region], cities[c.Member], 1, new(big.Int))
			}
			if _, known := share[c.Region]; !known {
				share[c.Region] = n.node()
				n.connectRising(share[c.Region], cluster, 1-running.ByCluster[id][c.Region], price.sameRegion)
			}
			options[i][c.Member] = n.connect(cities[c.Member], share[c.Region], 1, price.of(c))
		}
	}
	n.fill(source, sink)
	chosen := make([]map[string]bool, len(rankings))
	for i, arcs := range options {
		chosen[i] = map[string]bool{}
		for member, index := range arcs {
			chosen[i][member] = n.used(index)
		}
	}
	return chosen
}

// connectRising lets a number of units pass for nothing and all others at a price each.
func (n *network) connectRising(from, to, free int, price *big.Int) {
	n.connect(from, to, max(free, 0), new(big.Int))
	n.connect(from, to, plenty, price)
}

// plenty is more than there are seats.
const plenty = 1 << 16

// prices put the parts of the objective into one number: each part's unit is more than all parts below it can add up to.
type prices struct {
	beyond, sameRegion *big.Int
	place              uint // the bit of the next candidate's place in the ranking
	point              uint // the bit from which points count
}

// pricing leaves a bit for every candidate's place, 40 bits for points and 16 for each count of seats.
func pricing(rankings []Ranking) *prices {
	var places uint
	for _, r := range rankings {
		places += uint(len(r.Candidates))
	}
	bit := func(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }
	return &prices{place: places, point: places, sameRegion: bit(places + 40), beyond: bit(places + 40 + 16)}
}

// of is the price of seating a candidate, below zero as scores are sought: its points, then its place. It must be asked in the order
// of the rankings.
func (p *prices) of(c Candidate) *big.Int {
	p.place--
	price := new(big.Int).Lsh(big.NewInt(int64(c.Score.Points)), p.point)
	return price.Neg(price.SetBit(price, int(p.place), 1))
}

// explain says of each seat who ranks before and who would come next.
func (f Field) explain(p *Proposal, rankings []Ranking) {
	seatedIn := map[string]string{}
	for _, s := range p.Seats {
		seatedIn[s.Candidate.Member] = s.Cluster.ID
	}
	for i := range p.Seats {
		seat := &p.Seats[i]
		at := slices.IndexFunc(rankings, func(r Ranking) bool { return r.Cluster.ID == seat.Cluster.ID })
		for _, c := range rankings[at].Candidates {
			if c.Excluded != nil {
				continue
			}
			seat.Of++
			where := seatedIn[c.Member]
			if where == seat.Cluster.ID {
				continue
			}
			other := Passed{Candidate: c, Coordinates: where}
			if where == "" {
				other.Instead, other.RegionSeats = f.instead(*p, i, c)
				if seat.Next == nil || other.Instead.Compare(seat.Next.Instead) > 0 {
					seat.Next = &other
				}
			}
			if c.Rank < seat.Candidate.Rank {
				seat.Passed = append(seat.Passed, other)
			}
		}
	}
}

// instead weighs the proposal with another candidate in one of its seats.
func (f Field) instead(p Proposal, seat int, c Candidate) (Merit, int) {
	gone := p.Seats[seat].Candidate
	p.Spread.add(gone.Cluster, gone.Region, -1)
	p.Spread.add(c.Cluster, c.Region, 1)
	merit := p.Spread.merit(f.Programme.Coordinators.SeatsPerRegion, p.Merit.Points-gone.Score.Points+c.Score.Points)
	seats := p.Spread.ByRegion[c.Region]
	p.Spread.add(c.Cluster, c.Region, -1)
	p.Spread.add(gone.Cluster, gone.Region, 1)
	return merit, seats
}
