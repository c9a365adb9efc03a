package coordinator

import (
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// DecisionType is the type under which decisions are stored, each about one seat and by its identifier; the term's id is the partition.
const DecisionType = "coordinator_decision"

// Decision is which cities the secretariat appoints for a term (R-CLU-6), with what had been proposed. A term has several when
// seats fall free.
type Decision struct {
	Term        string     `json:"term"`
	Seats       []Seat     `json:"seats"`
	Proposed    []Seat     `json:"proposed"` // none where a sheet brought the decision
	Reason      string     `json:"reason"`   // needed where the seats are others than proposed
	DecidedOn   civil.Date `json:"decidedOn"`
	DecidedBy   string     `json:"decidedBy"`
	AnnouncedOn civil.Date `json:"announcedOn"` // none until it is announced
}

// Decide makes the secretariat's choice a decision. It need not be what is proposed, but it keeps the hard rules (CheckSeats), and it
// states a reason where it departs: COORDINATOR_REASON_MISSING. There is no decision while there are problems.
func (f Field) Decide(proposed Proposal, seats []Seat, reason string, on civil.Date, by string) (Decision, []*problem.Problem) {
	d := Decision{
		Term: f.Term.ID, Seats: slices.Clone(seats), Proposed: proposed.Members(),
		Reason: strings.TrimSpace(reason), DecidedOn: on, DecidedBy: by,
	}
	problems := f.CheckSeats(seats)
	if departs := d.Departures(); len(departs) > 0 && d.Reason == "" {
		names := make([]string, len(departs))
		for i, seat := range departs {
			names[i] = f.name(seat.Member)
		}
		problems = append(problems, ReasonMissing(names...))
	}
	if len(problems) > 0 {
		return Decision{}, problems
	}
	return d, nil
}

// DecideSeat makes the choice of one seat a decision, with the same rules. It is compared with what is proposed for that seat's cluster, and
// departs where the city isn't proposed there: other seats are decided on their own. A day after the term is OUTSIDE_TERM.
func (f Field) DecideSeat(proposed Proposal, seat Seat, reason string, on civil.Date, by string) (Decision, []*problem.Problem) {
	if p := f.CheckDay(on); p != nil {
		return Decision{}, []*problem.Problem{p}
	}
	proposed.Seats = slices.DeleteFunc(slices.Clone(proposed.Seats), func(c Chosen) bool { return c.Cluster.ID != seat.Cluster })
	if i := slices.IndexFunc(proposed.Seats, func(c Chosen) bool { return c.Candidate.Member == seat.Member }); i >= 0 {
		proposed.Seats = proposed.Seats[i : i+1]
	}
	return f.Decide(proposed, []Seat{seat}, reason, on, by)
}

// CheckDay asks that nobody is appointed when the term is over (R-CLU-4): OUTSIDE_TERM.
func (f Field) CheckDay(on civil.Date) *problem.Problem {
	if !on.After(f.Term.End) {
		return nil
	}
	return problem.New("OUTSIDE_TERM").In("appointed_on").Under("R-CLU-4").Valued(on.String()).
		WithText("start", f.Term.Start.Text()).WithText("end", f.Term.End.Text())
}

// ReasonMissing says which cities' seats depart from the proposal without a reason (R-CLU-6).
func ReasonMissing(cities ...string) *problem.Problem {
	return problem.New("COORDINATOR_REASON_MISSING").In("reason").Under("R-CLU-6").With("cities", strings.Join(cities, ", "))
}

// Departures are the seats that were decided and not proposed, then those that were proposed and not decided.
func (d Decision) Departures() []Seat {
	var departs []Seat
	for _, seat := range d.Seats {
		if !slices.Contains(d.Proposed, seat) {
			departs = append(departs, seat)
		}
	}
	for _, seat := range d.Proposed {
		if !slices.Contains(d.Seats, seat) {
			departs = append(departs, seat)
		}
	}
	return departs
}

// Announce notes the day on which a decision is made public, which can't be before it was taken: DATE_ORDER. One that was made public
// stays so from the day of the first announcement.
func (d Decision) Announce(on civil.Date) (Decision, *problem.Problem) {
	if on.Before(d.DecidedOn) {
		decided := locale.Text{EN: "Decided on", FR: "Décidée le", ES: "Decidida el"}
		return d, problem.New("DATE_ORDER").In("announced_on").Under("R-CLU-6").Valued(on.String()).
			WithText("column", decided).WithText("date", d.DecidedOn.Text())
	}
	if d.AnnouncedOn.IsZero() {
		d.AnnouncedOn = on
	}
	return d, nil
}

// Public reports whether everybody may know who has a seat: it was announced, or the mandate has begun by a day.
func Public(d Decision, m Mandate, day civil.Date) bool {
	return !d.AnnouncedOn.IsZero() && !day.Before(d.AnnouncedOn) || !day.Before(m.From)
}

// Appoint gives the mandates that a decision of this field makes: each until the end of the term, and not longer (R-CLU-4).
func (f Field) Appoint(d Decision) []Mandate {
	mandates := make([]Mandate, len(d.Seats))
	for i, seat := range d.Seats {
		mandates[i] = Mandate{
			Member: seat.Member, City: f.name(seat.Member), Country: f.Members[seat.Member].Country, Cluster: seat.Cluster,
			Term: f.Term.ID, From: f.first(), Until: f.Term.End,
		}
	}
	return mandates
}
