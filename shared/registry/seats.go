package registry

import (
	"context"
	"errors"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// SeatEvent is what was done about a coordinator's seat: the decision and the mandate as they were after it. It is stored by the
// seat and what was done, in the term's partition.
type SeatEvent struct {
	Kind     string               `json:"kind"`
	Decision coordinator.Decision `json:"decision"`
	Mandate  coordinator.Mandate  `json:"mandate"`
}

// The kinds of a SeatEvent.
const (
	SeatDecided   = "decided"
	SeatAnnounced = "announced"
	SeatLaidDown  = "laid-down"
)

// seatEventType is the type of the events of coordinators' seats.
const seatEventType = "coordinator_event"

// Announce notes the day on which the decision about a seat is made public, today where it is none. *Refused with NOT_A_COORDINATOR, or the
// problem of coordinator.Decision.Announce; TERM_UNKNOWN, RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (r *Registry) Announce(ctx context.Context, o Origin, term string, seat coordinator.Seat, on civil.Date) (SeatEvent, error) {
	return r.change(ctx, o, SeatAnnounced, term, seat, on, func(held *heldSeat, on civil.Date) *problem.Problem {
		d, p := held.event.Decision.Announce(on)
		held.event.Decision = d
		return p
	})
}

// LayDown ends a mandate with a last day before its time, today where it is none: its seat can be given to another city from the day
// after, and never again to this one in this cluster (R-CLU-4). *Refused with NOT_A_COORDINATOR, or the problem of
// coordinator.Mandate.LayDown; TERM_UNKNOWN, RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (r *Registry) LayDown(ctx context.Context, o Origin, term string, seat coordinator.Seat, last civil.Date) (SeatEvent, error) {
	return r.change(ctx, o, SeatLaidDown, term, seat, last, func(held *heldSeat, on civil.Date) *problem.Problem {
		m, p := held.event.Mandate.LayDown(on)
		held.freed = held.freed || m.Until != held.event.Mandate.Until
		held.event.Mandate = m
		return p
	})
}

// heldSeat is a seat on record, with what is changed about it.
type heldSeat struct {
	event             SeatEvent
	decision, mandate int64 // versions
	freed             bool  // its claims are given back
}

// change does something about a seat that somebody has.
func (r *Registry) change(
	ctx context.Context, o Origin, kind, term string, seat coordinator.Seat, on civil.Date,
	do func(held *heldSeat, on civil.Date) *problem.Problem,
) (SeatEvent, error) {
	asked := []any{kind, term, seat, on}
	return r.seat(ctx, o, kind, term, asked,
		func(from records.Reader, o Origin, now time.Time, t programme.Term) ([]table.Write, SeatEvent, error) {
			day := on
			if day.IsZero() {
				day = r.today(now)
			}
			held, err := r.held(ctx, from, t, seat, day)
			if err != nil {
				return nil, SeatEvent{}, err
			}
			before := held.event
			held.event.Kind = kind
			if p := do(held, day); p != nil {
				return nil, SeatEvent{}, refused(p)
			}
			writes, err := r.changed(ctx, from, before, held, o.provenance(now))
			return writes, held.event, err
		})
}

// held reads a seat that somebody has: NOT_A_COORDINATOR where nobody was appointed to it.
func (r *Registry) held(
	ctx context.Context, from records.Reader, term programme.Term, seat coordinator.Seat, on civil.Date,
) (*heldSeat, error) {
	held := &heldSeat{}
	ref := records.Ref{Type: coordinator.MandateType, Partition: term.ID, ID: seat.ID()}
	mandate, err := from.Get(ctx, ref)
	if errors.Is(err, records.ErrNotFound) {
		judged, err := r.setting(ctx, from, term)
		if err != nil {
			return nil, err
		}
		judged.Mandates = nil // it may coordinate the cluster in another term
		return nil, refused(judged.CheckCoordinator(seat.Member, seat.Cluster, on).Under("R-CLU-6"))
	}
	if err != nil {
		return nil, err
	}
	ref.Type = coordinator.DecisionType
	decision, err := from.Get(ctx, ref)
	if err != nil {
		return nil, err
	}
	held.mandate, held.decision = mandate.Version, decision.Version
	return held, errors.Join(
		records.Decode(mandate.Body, &held.event.Mandate), records.Decode(decision.Body, &held.event.Decision))
}

// changed gives the writes of what was changed about a seat, and holds the rest to what it was.
func (r *Registry) changed(
	ctx context.Context, from records.Reader, before SeatEvent, held *heldSeat, by records.Provenance,
) ([]table.Write, error) {
	m := held.event.Mandate
	writes, err := replaced(seatRef(coordinator.MandateType, m), held.mandate, m != before.Mandate, m, by)
	if err != nil {
		return nil, err
	}
	decision, announced := held.event.Decision, held.event.Decision.AnnouncedOn != before.Decision.AnnouncedOn
	more, err := replaced(seatRef(coordinator.DecisionType, m), held.decision, announced, decision, by)
	if err != nil || !held.freed {
		return append(writes, more...), err
	}
	freed, err := freedVersion(ctx, from, m.Term)
	if err != nil {
		return nil, err
	}
	noted, err := written(
		records.Put{Record: records.Record{Ref: freedRef(m.Term), Provenance: by}, Base: freed}, coordinator.Seat{Cluster: m.Cluster, Member: m.Member})
	if err != nil {
		return nil, err
	}
	more = append(more, noted...)
	seats, err := r.seats(ctx, from, m)
	for slot, holder := range seats {
		if holder == m.Member {
			writes = append(writes, records.Release(records.Claim{Partition: coordinator.Seats(m.Term, m.Cluster), ID: slot, Holder: holder}))
		}
	}
	if err != nil {
		return nil, err
	}
	own, err := records.Holders(ctx, from, coordinator.SeatOf(m.Term, m.Member))
	for _, claim := range own {
		if claim.Holder == m.Cluster {
			writes = append(writes, records.Release(claim))
		}
	}
	return append(writes, more...), err
}

// replaced writes a record's next version, or holds it to the one that it has.
func replaced(ref records.Ref, version int64, change bool, body any, by records.Provenance) ([]table.Write, error) {
	if !change {
		return []table.Write{records.Unchanged(ref, version)}, nil
	}
	return written(records.Put{Record: records.Record{Ref: ref, Provenance: by}, Base: version}, body)
}

// seatWork judges an act about a seat.
type seatWork func(from records.Reader, o Origin, now time.Time, term programme.Term) ([]table.Write, SeatEvent, error)

// seat does an act about a seat and gives its event.
func (r *Registry) seat(ctx context.Context, o Origin, kind, term string, asked any, do seatWork) (SeatEvent, error) {
	t, err := r.term(term)
	if err != nil {
		return SeatEvent{}, err
	}
	id, err := r.perform(ctx, o, []any{kind, asked}, coordinationTypes,
		func(from records.Reader, o Origin, now time.Time) ([]table.Write, string, error) {
			writes, event, err := do(from, o, now, t)
			if err != nil {
				return nil, "", err
			}
			last, err := places(ctx, from, seatEventType, t.ID, event.Mandate.ID()+"#")
			if err != nil {
				return nil, "", err
			}
			ref := records.Ref{Type: seatEventType, Partition: t.ID, ID: event.Mandate.ID() + "#" + number(last+1)}
			entered, err := written(records.Put{Record: records.Record{Ref: ref, Provenance: o.provenance(now)}}, event)
			return append(writes, entered...), ref.ID, err
		})
	if err != nil {
		return SeatEvent{}, err
	}
	return find[SeatEvent](ctx, r.records, records.Ref{Type: seatEventType, Partition: t.ID, ID: id})
}

// places counts the events of a stream.
func places(ctx context.Context, from records.Reader, typ, partition, prefix string) (n int, err error) {
	err = from.Scan(ctx, typ, partition, prefix, func(records.Record) error {
		n++
		return nil
	})
	return n, err
}
