package office

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
)

// Coordinator is a city's seat as coordinator of a cluster, with the decision by which it has it. Of the decision, those who may not read who
// stood know the day of the announcement only.
type Coordinator struct {
	Mandate  coordinator.Mandate
	Decision coordinator.Decision
}

// Coordinators lists who coordinates in a term, "" for today's, by cluster and city. Whoever may not read the candidates is shown what is
// announced or has begun. TERM_UNKNOWN, RECORD_BUSY.
func (o *Office) Coordinators(ctx context.Context, term string) ([]Coordinator, error) {
	if err := o.leave(ctx, access.CoordinatorRead, access.Object{}); err != nil {
		return nil, err
	}
	t, err := o.term(term)
	if err != nil {
		return nil, err
	}
	inside := access.Decide(access.ActorOf(ctx), access.CoordinatorReadCandidates, access.Object{}) == nil
	var all []Coordinator
	err = o.snapshot(ctx, []string{coordinator.MandateType, coordinator.DecisionType}, func(from records.Reader) error {
		decisions := map[string]coordinator.Decision{}
		err := scan(ctx, from, coordinator.DecisionType, t.ID, "", func(record records.Record, d coordinator.Decision) {
			decisions[record.Ref.ID] = d
		})
		if err != nil {
			return err
		}
		all = nil
		return scan(ctx, from, coordinator.MandateType, t.ID, "", func(_ records.Record, m coordinator.Mandate) {
			one := Coordinator{m, decisions[m.ID()]}
			switch {
			case inside:
			case coordinator.Public(one.Decision, m, o.today()):
				one.Decision = coordinator.Decision{Term: t.ID, AnnouncedOn: one.Decision.AnnouncedOn}
			default:
				return
			}
			all = append(all, one)
		})
	})
	return all, err
}

// Candidates is who stands in a term, "" for today's, for an appointment on a day, none for today; see registry.Candidates. TERM_UNKNOWN,
// RECORD_BUSY.
func (o *Office) Candidates(ctx context.Context, term string, on civil.Date) (coordinator.Field, error) {
	if err := o.leave(ctx, access.CoordinatorReadCandidates, access.Object{}); err != nil {
		return coordinator.Field{}, err
	}
	t, err := o.term(term)
	if err != nil {
		return coordinator.Field{}, err
	}
	return o.Registry.Candidates(ctx, t.ID, on)
}

// Appoint decides for a candidate, see registry.Appoint.
func (o *Office) Appoint(ctx context.Context, request string, choice registry.Choice) (registry.SeatEvent, error) {
	if err := o.leave(ctx, access.CoordinatorAppoint, access.Object{City: choice.Seat.Member}); err != nil {
		return registry.SeatEvent{}, err
	}
	return o.Registry.Appoint(ctx, origin(ctx, request), choice)
}

// AnnounceCoordinator notes the day on which a decision is made public, see registry.Announce.
func (o *Office) AnnounceCoordinator(
	ctx context.Context, request, term string, seat coordinator.Seat, on civil.Date,
) (registry.SeatEvent, error) {
	if err := o.leave(ctx, access.CoordinatorAnnounce, access.Object{City: seat.Member}); err != nil {
		return registry.SeatEvent{}, err
	}
	return o.Registry.Announce(ctx, origin(ctx, request), term, seat, on)
}

// LayDownMandate ends a mandate before its time, see registry.LayDown.
func (o *Office) LayDownMandate(
	ctx context.Context, request, term string, seat coordinator.Seat, last civil.Date,
) (registry.SeatEvent, error) {
	if err := o.leave(ctx, access.CoordinatorLayDown, access.Object{City: seat.Member}); err != nil {
		return registry.SeatEvent{}, err
	}
	return o.Registry.LayDown(ctx, origin(ctx, request), term, seat, last)
}
