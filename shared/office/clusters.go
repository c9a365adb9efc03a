package office

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/cluster"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
)

// Clusters lists the clusters in the programme's order, each with the cities that take part in it on a day; none is today. RECORD_BUSY.
func (o *Office) Clusters(ctx context.Context, on civil.Date) ([]cluster.Roster, error) {
	if err := o.leave(ctx, access.ClusterRead, access.Object{}); err != nil {
		return nil, err
	}
	if on.IsZero() {
		on = o.today()
	}
	all, err := o.members(ctx)
	return cluster.Rosters(o.Programme, within(all, on), on, on), err
}

// within are the members of a day, by identifier.
func within(all []Member, on civil.Date) map[string]member.Member {
	members := map[string]member.Member{}
	for _, m := range all {
		if m.On(on) {
			members[m.ID] = m.Member
		}
	}
	return members
}

// Cluster is one cluster with the cities that take part in it on a day; none is today. CLUSTER_UNKNOWN, RECORD_BUSY.
func (o *Office) Cluster(ctx context.Context, id string, on civil.Date) (cluster.Roster, error) {
	all, err := o.Clusters(ctx, on)
	if err != nil {
		return cluster.Roster{}, err
	}
	for _, one := range all {
		if one.Cluster.ID == id {
			return one, nil
		}
	}
	_, err = o.cluster(id)
	return cluster.Roster{}, err
}

// Offers lists what cities offer to contribute in a term, "" for today's, by city. TERM_UNKNOWN, RECORD_BUSY.
func (o *Office) Offers(ctx context.Context, term string) ([]questionnaire.Offer, error) {
	part, err := o.reach(ctx, access.OfferRead)
	if err != nil {
		return nil, err
	}
	t, err := o.term(term)
	if err != nil {
		return nil, err
	}
	var offers []questionnaire.Offer
	err = o.snapshot(ctx, []string{questionnaire.RecordType}, func(from records.Reader) error {
		offers = nil
		return scan(ctx, from, questionnaire.RecordType, t.ID, "", func(_ records.Record, one questionnaire.Offer) {
			if holds(part, one.Country, one.Member) {
				offers = append(offers, one)
			}
		})
	})
	return offers, err
}
