package coordinator

import (
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// MandateType is the type under which mandates are stored, by their identifiers; the term's id is the partition.
const MandateType = "mandate"

// Mandate is a city's time as coordinator of a cluster, within one term, both days included (R-CLU-3).
type Mandate struct {
	Member  string     `json:"member"`
	City    string     `json:"city"`
	Country string     `json:"country"`
	Cluster string     `json:"cluster"`
	Term    string     `json:"term"`
	From    civil.Date `json:"from"`
	Until   civil.Date `json:"until"` // the term's last day, or an earlier one on which the city laid it down
}

// runs reports whether a mandate has a day from first to last.
func (m Mandate) runs(first, last civil.Date) bool {
	return !m.From.After(last) && !m.Until.Before(first)
}

// ID identifies a mandate within its term: the cluster and the city, "health#FR#brest".
func (m Mandate) ID() string { return Seat{Cluster: m.Cluster, Member: m.Member}.ID() }

// Seats is the partition of the claims on a cluster's seats in a term (R-CLU-3), and SeatOf that of the claim of a city on its one
// seat (R-CLU-5): what two decisions at the same moment would break is held by the store, which gives each claim once.
func Seats(term, cluster string) string { return "seat#" + term + "#" + cluster }

// SeatOf is the partition of a city's claim on its one seat in a term.
func SeatOf(term, member string) string { return "coordinates#" + term + "#" + member }

// TermOf is the partition of a city's claim on the one term in which it coordinates a cluster (R-CLU-4).
func TermOf(member, cluster string) string { return "term#" + member + "#" + cluster }

// OneSeat is the claim within SeatOf and TermOf.
const OneSeat = "one"

// FreedType is the type under which the latest seat of a term is stored that fell free before the term's end, as FreedID; the term's id is
// the partition. The record has a new version with each: a claim that is free does not show that somebody has had it meanwhile, and
// with it days that count. So who appoints is held to the version that was there before the mandates were read.
const (
	FreedType = "coordinator_freed"
	FreedID   = "seat"
)

// FreeSeat is the claim on a seat that a city takes in a cluster: the one that it has among those held, by whom, or the first that is
// free. Not ok: all of the limit are taken.
func FreeSeat(held map[string]string, member string, limit int) (seat string, ok bool) {
	for n := limit; n > 0; n-- {
		id := "seat-" + strconv.Itoa(n)
		switch held[id] {
		case member:
			return id, true
		case "":
			seat, ok = id, true
		}
	}
	return seat, ok
}

// LayDown ends a mandate with a last day before its time. A day before its first is DATE_ORDER; one after its last changes nothing.
func (m Mandate) LayDown(last civil.Date) (Mandate, *problem.Problem) {
	if last.Before(m.From) {
		return m, problem.New("DATE_ORDER").In("until").Under("R-CLU-4").Valued(last.String()).
			WithText("column", locale.Text{
				EN: "First day of the mandate",
				FR: "Premier jour du mandat",
				ES: "Primer día del mandato",
			}).
			WithText("date", m.From.Text())
	}
	if last.Before(m.Until) {
		m.Until = last
	}
	return m, nil
}

// OutOfCluster lists the mandates that run on a day although their city does not take part in the cluster then (R-CLU-7): its
// participation has lapsed or it has left. It has to be renewed, or the mandate laid down.
func OutOfCluster(mandates []Mandate, members map[string]member.Member, day civil.Date) []Mandate {
	var out []Mandate
	for _, m := range mandates {
		city := members[m.Member]
		if m.runs(day, day) && !(city.On(day) && slices.Contains(city.ClustersOn(day), m.Cluster)) {
			out = append(out, m)
		}
	}
	return out
}

// Field is all that the coordinators of one term are chosen from.
type Field struct {
	Programme   *programme.Edition
	Term        programme.Term
	From        civil.Date // the day of appointment; none is the term's first day
	Candidacies []Candidacy
	Members     map[string]member.Member    // by identifier
	Mandates    []Mandate                   // of all terms; those that run already keep their seats
	Region      func(country string) string // UNESCO's region (R-REG-1), "" for none
}

// first is the first day of those who are appointed.
func (f Field) first() civil.Date {
	if f.From.After(f.Term.Start) {
		return f.From
	}
	return f.Term.Start
}

// held lists the mandates of a cluster that have a seat in the time to be filled.
func (f Field) held(cluster string) []Mandate {
	var held []Mandate
	for _, m := range f.Mandates {
		if m.Cluster == cluster && m.runs(f.first(), f.Term.End) {
			held = append(held, m)
		}
	}
	return held
}

// CheckCandidacy holds what one city's appointment must keep, whoever else is appointed; the problem is about the first rule that
// it breaks:
//   - it is a member on the first day (NOT_A_MEMBER) and takes part in the cluster then (R-CLU-7): COORDINATOR_NOT_IN_CLUSTER
//   - it has not coordinated this cluster before, however short (R-CLU-4): COORDINATOR_SECOND_TERM
//   - it holds no seat in any cluster in that time (R-CLU-5): COORDINATOR_ELSEWHERE
func (f Field) CheckCandidacy(c Candidacy) *problem.Problem {
	name := locale.Same(c.City)
	m, known := f.Members[c.Member]
	if !known {
		return member.NotAMember(name).Under("R-CLU-7")
	}
	if p := m.CheckMember(name, f.first()); p != nil {
		return p.Under("R-CLU-7")
	}
	if !slices.Contains(m.ClustersOn(f.first()), c.Cluster) {
		return problem.New("COORDINATOR_NOT_IN_CLUSTER").In("cluster").Under("R-CLU-7").
			WithText("city", name).WithText("cluster", f.label(c.Cluster)).WithText("date", f.first().Text())
	}
	for _, mandate := range f.Mandates {
		earlier := mandate.Term != f.Term.ID || !mandate.runs(f.first(), f.Term.End)
		if mandate.Member == c.Member && mandate.Cluster == c.Cluster && earlier {
			return problem.New("COORDINATOR_SECOND_TERM").In("cluster").Under("R-CLU-4").
				WithText("city", name).WithText("cluster", f.label(c.Cluster)).With("term", mandate.Term)
		}
	}
	for _, mandate := range f.Mandates {
		if mandate.Member == c.Member && mandate.runs(f.first(), f.Term.End) {
			return elsewhere(name, f.label(mandate.Cluster))
		}
	}
	return nil
}

func elsewhere(city, cluster locale.Text) *problem.Problem {
	return problem.New("COORDINATOR_ELSEWHERE").In("city").Under("R-CLU-5").WithText("city", city).WithText("cluster", cluster)
}

// Seat is a city's seat as coordinator of a cluster.
type Seat struct {
	Cluster string `json:"cluster"`
	Member  string `json:"member"`
}

// ID identifies a seat within its term: the cluster and the city, "health#FR#brest".
func (s Seat) ID() string { return s.Cluster + "#" + s.Member }

// CheckSeats holds the rules for a whole choice of seats, whoever made it; those that run already are no part of it. Each seat has
// the problem of its own, if any, in the order of the seats: CheckCandidacy's, and
//   - who is no candidate can't be selected by its answers (R-CLU-6): COORDINATOR_NOT_A_CANDIDATE
//   - a city has one seat (R-CLU-5): COORDINATOR_ELSEWHERE
//   - a cluster has no more seats than the programme says (R-CLU-3): COORDINATOR_SEATS_TAKEN
func (f Field) CheckSeats(seats []Seat) []*problem.Problem {
	var problems []*problem.Problem
	taken := map[string]string{} // member → cluster
	in := map[string][]string{}  // cluster → names
	for _, c := range f.Programme.Clusters {
		for _, m := range f.held(c.ID) {
			in[c.ID] = append(in[c.ID], m.City)
		}
	}
	for _, seat := range seats {
		c, stands := f.candidacy(seat)
		cluster, twice := taken[seat.Member]
		name := locale.Same(f.name(seat.Member))
		var p *problem.Problem
		switch {
		case !stands:
			p = problem.New("COORDINATOR_NOT_A_CANDIDATE").In("city").Under("R-CLU-6").
				WithText("city", name).WithText("cluster", f.label(seat.Cluster))
		case twice:
			p = elsewhere(name, f.label(cluster))
		case len(in[seat.Cluster]) >= f.Programme.Limits.CoordinatorsPerCluster:
			p = f.SeatsTaken(seat.Cluster, in[seat.Cluster]...)
		default:
			p = f.CheckCandidacy(c)
		}
		if p != nil {
			problems = append(problems, p)
			continue
		}
		taken[seat.Member] = seat.Cluster
		in[seat.Cluster] = append(in[seat.Cluster], c.City)
	}
	return problems
}

// SeatsTaken says who has the seats of a cluster (R-CLU-3): COORDINATOR_SEATS_TAKEN.
func (f Field) SeatsTaken(cluster string, cities ...string) *problem.Problem {
	return problem.New("COORDINATOR_SEATS_TAKEN").In("cluster").Under("R-CLU-3").WithText("cluster", f.label(cluster)).
		WithInt("limit", f.Programme.Limits.CoordinatorsPerCluster).With("cities", strings.Join(cities, ", "))
}

// candidacy is the latest candidacy of a city in a cluster.
func (f Field) candidacy(seat Seat) (Candidacy, bool) {
	var latest Candidacy
	found := false
	for _, c := range f.Candidacies {
		if c.Member == seat.Member && c.Cluster == seat.Cluster && (!found || c.AnsweredOn.After(latest.AnsweredOn)) {
			latest, found = c, true
		}
	}
	return latest, found
}

// name is how a city is called: as its member's record has it, or else by its identifier.
func (f Field) name(id string) string {
	if m, ok := f.Members[id]; ok {
		return m.City
	}
	return id
}

// label is a cluster's name, or its identifier where the programme has none.
func (f Field) label(cluster string) locale.Text {
	if c, ok := f.Programme.Cluster(cluster); ok {
		return c.Label
	}
	return locale.Same(cluster)
}
