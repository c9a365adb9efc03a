package kinds

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
)

// seating follows the seats of a term's coordinators while a sheet's rows take them.
type seating struct {
	env      *imports.Env
	term     programme.Term
	members  map[string]member.Member
	mandates []coordinator.Mandate           // of all terms, on record before the sheet
	taken    []coordinator.Mandate           // by rows of the sheet
	decided  map[string]coordinator.Decision // on record in this term, by the seat's identifier
	held     map[string]map[string]string    // cluster → seat → member
	open     []openSeat
	freed    imports.Rest // of the seats that fell free, as it was before the mandates were read
}

// openSeat is a seat that a row takes without a reason; whether it needs one shows when all candidates are known.
type openSeat struct {
	seat coordinator.Seat
	on   civil.Date
	row  int
}

func loadSeating(ctx context.Context, env *imports.Env, members *memberIndex, term programme.Term) (*seating, error) {
	s := &seating{
		env: env, term: term, members: members.all(), decided: map[string]coordinator.Decision{}, held: map[string]map[string]string{},
		freed: imports.Rest{Ref: records.Ref{Type: coordinator.FreedType, Partition: term.ID, ID: coordinator.FreedID}},
	}
	freed, err := env.Records.Get(ctx, s.freed.Ref)
	if err != nil && !errors.Is(err, records.ErrNotFound) {
		return nil, err
	}
	s.freed.Version = freed.Version
	if s.mandates, err = loadMandates(ctx, env); err != nil {
		return nil, err
	}
	decided, err := loadEach[coordinator.Decision](ctx, env.Records, coordinator.DecisionType, term.ID)
	for id, d := range decided {
		s.decided[id] = d.Body
	}
	return s, err
}

// loadMandates reads the mandates of all terms, by term and identifier.
func loadMandates(ctx context.Context, env *imports.Env) ([]coordinator.Mandate, error) {
	var mandates []coordinator.Mandate
	for _, term := range env.Programme.Terms {
		err := env.Records.Scan(ctx, coordinator.MandateType, term.ID, "", func(r records.Record) error {
			var m coordinator.Mandate
			if err := records.Decode(r.Body, &m); err != nil {
				return err
			}
			mandates = append(mandates, m)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return mandates, nil
}

// field is what candidates are judged by who are appointed on a day.
func (s *seating) field(on civil.Date) coordinator.Field {
	return coordinator.Field{
		Programme: s.env.Programme, Term: s.term, From: on, Members: s.members, Mandates: slices.Concat(s.mandates, s.taken),
		Region: func(country string) string {
			found, _ := s.env.Reference.Country(country)
			return found.Region
		},
	}
}

// onRecord is the mandate that a candidate has in this term.
func (s *seating) onRecord(c coordinator.Candidacy) (coordinator.Mandate, bool) {
	i := slices.IndexFunc(s.mandates, func(m coordinator.Mandate) bool {
		return m.Term == s.term.ID && m.Member == c.Member && m.Cluster == c.Cluster
	})
	if i < 0 {
		return coordinator.Mandate{}, false
	}
	return s.mandates[i], true
}

func (s *seating) has(c coordinator.Candidacy) bool {
	_, ok := s.onRecord(c)
	return ok
}

// again is a row about a seat on record: its mandate stays as it is, and a reason that was given since is noted.
func (s *seating) again(c coordinator.Candidacy, row coordinatorRow) []imports.Change {
	seat := coordinator.Seat{Cluster: c.Cluster, Member: c.Member}
	decision, known := s.decided[seat.ID()]
	if !known || row.Reason == "" {
		return nil
	}
	decision.Reason = row.Reason
	return []imports.Change{{Ref: s.ref(coordinator.DecisionType, seat), Body: decision}}
}

func (s *seating) ref(typ string, seat coordinator.Seat) records.Ref {
	return records.Ref{Type: typ, Partition: s.term.ID, ID: seat.ID()}
}

// take appoints a candidate: the decision, and the mandate with its claims on the seat (R-CLU-3), on the city's one seat (R-CLU-5) and
// on its one term in the cluster (R-CLU-4). A row that fails takes none.
func (s *seating) take(
	ctx context.Context, c coordinator.Candidacy, row coordinatorRow, at imports.Place, problems *findings,
) ([]imports.Change, error) {
	seat := coordinator.Seat{Cluster: c.Cluster, Member: c.Member}
	field := s.field(row.AppointedOn)
	field.Candidacies = []coordinator.Candidacy{c}
	for _, p := range field.CheckSeats([]coordinator.Seat{seat}) {
		problems.add(p)
	}
	if at.Failed || problems.block() {
		return nil, nil
	}
	held, err := s.seats(ctx, c.Cluster)
	if err != nil {
		return nil, err
	}
	slot, ok := coordinator.FreeSeat(held, c.Member, s.env.Programme.Limits.CoordinatorsPerCluster)
	if !ok { // whoever has it was appointed since the check began
		problems.add(field.SeatsTaken(c.Cluster, s.names(held)...))
		return nil, nil
	}
	held[slot] = c.Member
	decision := coordinator.Decision{
		Term: s.term.ID, Seats: []coordinator.Seat{seat}, Reason: row.Reason, DecidedOn: row.AppointedOn, DecidedBy: s.env.Person,
	}
	mandate := field.Appoint(decision)[0]
	s.taken = append(s.taken, mandate)
	if row.Reason == "" {
		s.open = append(s.open, openSeat{seat: seat, on: row.AppointedOn, row: at.Row})
	}
	return []imports.Change{
		{Ref: s.ref(coordinator.DecisionType, seat), Body: decision},
		{Ref: s.ref(coordinator.MandateType, seat), Body: mandate, Claims: []records.Claim{
			{Partition: coordinator.Seats(s.term.ID, c.Cluster), ID: slot, Holder: c.Member},
			{Partition: coordinator.SeatOf(s.term.ID, c.Member), ID: coordinator.OneSeat, Holder: c.Cluster},
			{Partition: coordinator.TermOf(c.Member, c.Cluster), ID: coordinator.OneSeat, Holder: s.term.ID},
		}},
	}, nil
}

// seats are the claims on a cluster's seats, on record when its first row comes and of the sheet.
func (s *seating) seats(ctx context.Context, cluster string) (map[string]string, error) {
	if held, ok := s.held[cluster]; ok {
		return held, nil
	}
	claims, err := records.Holders(ctx, s.env.Records, coordinator.Seats(s.term.ID, cluster))
	held := map[string]string{}
	for _, claim := range claims {
		held[claim.ID] = claim.Holder
	}
	s.held[cluster] = held
	return held, err
}

// names are what the cities are called that hold seats, in the order of the seats.
func (s *seating) names(held map[string]string) []string {
	var names []string
	for _, seat := range slices.Sorted(maps.Keys(held)) {
		name := held[seat]
		if m, ok := s.members[name]; ok {
			name = m.City
		}
		names = append(names, name)
	}
	return names
}

// unexplained compares the seats that rows took without a reason with what is proposed for the day of their decision, given everybody
// who stands.
func (s *seating) unexplained(standing map[string]coordinator.Candidacy) []problem.Problem {
	var problems findings
	proposals := map[civil.Date][]coordinator.Seat{}
	for _, open := range s.open {
		proposed, known := proposals[open.on]
		if !known {
			field := s.field(open.on)
			field.Mandates = s.mandates
			for _, c := range standing {
				field.Candidacies = append(field.Candidacies, c)
			}
			proposed = field.Propose().Members()
			proposals[open.on] = proposed
		}
		if !slices.Contains(proposed, open.seat) {
			p := coordinator.ReasonMissing(s.members[open.seat.Member].City)
			p.Row = open.row
			problems.add(p)
		}
	}
	return problems
}
