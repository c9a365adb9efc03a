package pages

import (
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/registry"
)

// ahead is in how many days a report has to be due to be shown.
const ahead = 90

// duties are the news and reports that a coordinating city has still to send, those that are late first (R-CLU-10).
func (d desk) duties() (card, error) {
	out := card{Title: dutiesTitle, Empty: noDuties}
	seats, err := d.Coordinators(d.ctx, "")
	if err != nil {
		return out, err
	}
	last := civil.Of(d.Now, d.Programme.LatestCall().Location()).AddDays(ahead)
	for _, seat := range seats {
		if seat.Mandate.Member != d.who.Own().City {
			continue
		}
		turns, err := d.PlanDuties(d.ctx, registry.PlanOf{Term: seat.Mandate.Term, Cluster: seat.Mandate.Cluster})
		if err != nil {
			return out, err
		}
		name := seat.Mandate.Cluster
		if cluster, ok := d.Programme.Cluster(name); ok {
			name = cluster.Label.In(d.Lang)
		}
		for _, turn := range turns {
			if !turn.DoneOn.IsZero() || turn.Due.After(last) {
				continue
			}
			when := dutyBy
			if turn.Overdue {
				when = overdue
			}
			out.Items = append(out.Items, item{
				Name: d.pair(turn.Duty.Label.In(d.Lang), name), Note: when.In(d.Lang) + " " + turn.Due.Text().In(d.Lang), Urgent: turn.Overdue,
				Path: "clusters/" + seat.Mandate.Cluster,
			})
		}
	}
	return out, nil
}
