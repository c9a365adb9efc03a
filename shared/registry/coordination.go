package registry

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// coordinationTypes are the records that coordinators are judged by, or that their events change.
var coordinationTypes = []string{
	member.RecordType, coordinator.RecordType, coordinator.MandateType, coordinator.DecisionType,
}

// Candidates is all that the coordinators of a term are chosen from who are appointed on a day, today where it is none: their ranking, a
// proposal and what each choice leads to follow from it. TERM_UNKNOWN, RECORD_BUSY.
func (r *Registry) Candidates(ctx context.Context, term string, on civil.Date) (coordinator.Field, error) {
	t, err := r.term(term)
	if err != nil {
		return coordinator.Field{}, err
	}
	if on.IsZero() {
		on = r.today(r.Clock())
	}
	var field coordinator.Field
	err = r.records.Snapshot(ctx, coordinationTypes, func(from records.Reader) error {
		c, err := r.candidates(ctx, from, t, on)
		field = c.field
		return err
	})
	return field, busy(err)
}

// candidates is the field of a term with the versions of what a decision about one seat is judged by.
type candidates struct {
	field    coordinator.Field
	versions map[records.Ref]int64
}

func (r *Registry) candidates(ctx context.Context, from records.Reader, term programme.Term, on civil.Date) (candidates, error) {
	c := candidates{versions: map[records.Ref]int64{}, field: coordinator.Field{
		Programme: r.Programme, Term: term, From: on, Region: r.Region, Members: map[string]member.Member{},
	}}
	var err error
	if c.versions[freedRef(term.ID)], err = freedVersion(ctx, from, term.ID); err != nil { // before the mandates
		return c, err
	}
	err = errors.Join(
		scan(ctx, from, member.RecordType, "", "", func(record records.Record, m member.Member) error {
			c.field.Members[record.Ref.ID], c.versions[record.Ref] = m, record.Version
			return nil
		}),
		scan(ctx, from, coordinator.RecordType, term.ID, "", func(record records.Record, one coordinator.Candidacy) error {
			c.field.Candidacies, c.versions[record.Ref] = append(c.field.Candidacies, one), record.Version
			return nil
		}),
	)
	if err == nil {
		c.field.Mandates, err = r.mandates(ctx, from, c.versions)
	}
	return c, err
}

// mandates reads those of all terms, and notes their versions.
func (r *Registry) mandates(ctx context.Context, from records.Reader, versions map[records.Ref]int64) ([]coordinator.Mandate, error) {
	var all []coordinator.Mandate
	for _, term := range r.Programme.Terms {
		err := scan(ctx, from, coordinator.MandateType, term.ID, "", func(record records.Record, m coordinator.Mandate) error {
			all, versions[record.Ref] = append(all, m), record.Version
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Choice is the secretariat's decision for a candidate (R-CLU-6).
type Choice struct {
	Term   string
	Seat   coordinator.Seat
	Reason string     // needed where the seat is not one that is proposed
	On     civil.Date // of the decision, and the first day of the mandate unless the term begins later; none is today
}

// Appoint decides for a candidate. It is compared with what is proposed at this moment of all who stand, and kept with that. The mandate is
// written with its claims on the seat, on the city's only one and on its only term in the cluster, so R-CLU-3 to R-CLU-5 hold however
// many decide at once. *Refused with the problems of coordinator.Field.DecideSeat, TEXT_TOO_LONG; TERM_UNKNOWN, RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (r *Registry) Appoint(ctx context.Context, o Origin, choice Choice) (SeatEvent, error) {
	if err := bounded("reason", choice.Reason, longReason); err != nil {
		return SeatEvent{}, err
	}
	return r.seat(ctx, o, SeatDecided, choice.Term, choice,
		func(from records.Reader, o Origin, now time.Time, term programme.Term) ([]table.Write, SeatEvent, error) {
			on := choice.On
			if on.IsZero() {
				on = r.today(now)
			}
			c, err := r.candidates(ctx, from, term, on)
			if err != nil {
				return nil, SeatEvent{}, err
			}
			decision, problems := c.field.DecideSeat(c.field.Propose(), choice.Seat, choice.Reason, on, o.Person)
			if len(problems) > 0 {
				return nil, SeatEvent{}, refused(problems...)
			}
			event := SeatEvent{Kind: SeatDecided, Decision: decision, Mandate: c.field.Appoint(decision)[0]}
			writes, err := r.appoint(ctx, from, c, event, o.provenance(now))
			return writes, event, err
		})
}

func (r *Registry) appoint(
	ctx context.Context, from records.Reader, c candidates, event SeatEvent, by records.Provenance,
) ([]table.Write, error) {
	m := event.Mandate
	held, err := r.seats(ctx, from, m)
	if err != nil {
		return nil, err
	}
	slot, free := coordinator.FreeSeat(held, m.Member, r.Programme.Limits.CoordinatorsPerCluster)
	if !free { // somebody else's decision came between: this one is judged anew
		return nil, table.ErrUnavailable
	}
	seat := event.Decision.Seats[0]
	decided, err := written(records.Put{Record: records.Record{Ref: seatRef(coordinator.DecisionType, m), Provenance: by}}, event.Decision)
	if err != nil {
		return nil, err
	}
	appointed, err := written(records.Put{
		Record: records.Record{Ref: seatRef(coordinator.MandateType, m), Provenance: by},
		Claims: []records.Claim{
			{Partition: coordinator.Seats(m.Term, m.Cluster), ID: slot, Holder: m.Member},
			{Partition: coordinator.SeatOf(m.Term, m.Member), ID: coordinator.OneSeat, Holder: m.Cluster},
			{Partition: coordinator.TermOf(m.Member, m.Cluster), ID: coordinator.OneSeat, Holder: m.Term},
		},
	}, m)
	var judged []table.Write
	candidacy := coordinator.Candidacy{Member: seat.Member, Cluster: seat.Cluster}.ID()
	for _, ref := range []records.Ref{
		memberRef(m.Member), {Type: coordinator.RecordType, Partition: m.Term, ID: candidacy}, freedRef(m.Term),
	} {
		judged = append(judged, records.Unchanged(ref, c.versions[ref]))
	}
	return slices.Concat(judged, decided, appointed), err
}

// seats are the claims on the seats of a mandate's cluster: who has which.
func (r *Registry) seats(ctx context.Context, from records.Reader, m coordinator.Mandate) (map[string]string, error) {
	claims, err := records.Holders(ctx, from, coordinator.Seats(m.Term, m.Cluster))
	held := map[string]string{}
	for _, claim := range claims {
		held[claim.ID] = claim.Holder
	}
	return held, err
}

// freedRef is the record of the seat of a term that fell free last.
func freedRef(term string) records.Ref {
	return records.Ref{Type: coordinator.FreedType, Partition: term, ID: coordinator.FreedID}
}

// freedVersion is that record's version, 0 where no seat fell free.
func freedVersion(ctx context.Context, from records.Reader, term string) (int64, error) {
	record, err := from.Get(ctx, freedRef(term))
	if errors.Is(err, records.ErrNotFound) {
		return 0, nil
	}
	return record.Version, err
}

// seatRef is a seat's record of a type.
func seatRef(typ string, m coordinator.Mandate) records.Ref {
	return records.Ref{Type: typ, Partition: m.Term, ID: m.ID()}
}
