package coordinator

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/problem"
)

// Option is a candidate of a cluster, and what giving it a seat beside those chosen so far would lead to.
type Option struct {
	Candidate Candidate
	Chosen    bool             // it has the seat already
	Refused   *problem.Problem // why it can't have one beside the others; nil where it can
	Spread    Spread           // with it, and the seats that run already
	Merit     Merit
}

// Options shows, for every candidate of a cluster in the order of its ranking, the regional spread that choosing it leads to
// (R-CLU-6), given the seats chosen so far in all clusters. A refused one shows what it would be all the same.
func (f Field) Options(seats []Seat, cluster string) []Option {
	var options []Option
	for _, ranking := range f.Rankings() {
		if ranking.Cluster.ID != cluster {
			continue
		}
		for _, c := range ranking.Candidates {
			seat := Seat{Cluster: cluster, Member: c.Member}
			o := Option{Candidate: c, Chosen: slices.Contains(seats, seat)}
			with := slices.Clone(seats)
			if !o.Chosen {
				before := len(f.CheckSeats(seats))
				with = append(with, seat)
				if problems := f.CheckSeats(with); len(problems) > before {
					o.Refused = problems[len(problems)-1]
				}
			}
			o.Spread, o.Merit = f.Weigh(with)
			options = append(options, o)
		}
	}
	return options
}
