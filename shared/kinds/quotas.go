package kinds

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// quotas follows the slots of every country that a sheet has applications or endorsements of (R-APP-3). A country's slots on
// record are read when its first row comes.
type quotas struct {
	callRules
	byCountry map[string]*application.Quota
	refused   map[string]refusal   // by the city's identifier
	waiting   map[string][]waiting // by country
}

// refusal is a row that got no slot; what it is told waits until all contenders are known.
type refusal struct {
	country string
	row     int
}

// waiting is an application without an endorsement; row 0 is on record and not in the sheet.
type waiting struct {
	city       city.City
	receivedOn civil.Date
	row        int
}

func newQuotas(call callRules) *quotas {
	return &quotas{
		callRules: call, byCountry: map[string]*application.Quota{}, refused: map[string]refusal{}, waiting: map[string][]waiting{},
	}
}

// of is a country's quota with the slots on record.
func (q *quotas) of(ctx context.Context, country string) (*application.Quota, error) {
	if quota, ok := q.byCountry[country]; ok {
		return quota, nil
	}
	quota := application.NewQuota(q.call.Quota)
	held, err := records.Holders(ctx, q.env.Records, application.Slots(q.call.ID, country))
	if err != nil {
		return nil, err
	}
	for _, slot := range held {
		name, err := q.nameOf(ctx, slot.Holder)
		if err != nil {
			return nil, err
		}
		quota.Held(slot.ID, slot.Holder, name)
	}
	q.byCountry[country] = quota
	return quota, nil
}

// nameOf is the name of a city on record, or its identifier. One whose slot was taken since the check began is on record by now.
func (q *quotas) nameOf(ctx context.Context, id string) (string, error) {
	if endorsed, ok := q.record.endorsements[id]; ok {
		return endorsed.Body.City, nil
	}
	if applied, ok := q.record.applications[id]; ok {
		return applied.Body.City, nil
	}
	for _, typ := range []string{application.EndorsementType, application.RecordType} {
		stored, err := q.env.Records.Get(ctx, records.Ref{Type: typ, Partition: q.call.ID, ID: id})
		switch name, _ := stored.Body["city"].(string); {
		case err == nil && name != "":
			return name, nil
		case err != nil && !errors.Is(err, records.ErrNotFound):
			return "", err
		}
	}
	return id, nil
}

// take gives a city the claim on a slot of its country. A row that fails anyway is named as a contender and takes none. Not ok:
// all slots are taken, and finish will say so at this row.
func (q *quotas) take(ctx context.Context, c city.City, row int, failed bool) (claims []records.Claim, ok bool, err error) {
	quota, err := q.of(ctx, c.Country)
	if err != nil {
		return nil, false, err
	}
	if failed {
		quota.Contend(c.ID, c.Name)
		return nil, true, nil
	}
	slot, ok := quota.Take(c.ID, c.Name)
	if !ok {
		if _, told := q.refused[c.ID]; !told {
			q.refused[c.ID] = refusal{country: c.Country, row: row}
		}
		return nil, false, nil
	}
	return []records.Claim{{Partition: application.Slots(q.call.ID, c.Country), ID: slot, Holder: c.ID}}, true, nil
}

// wait notes an application that is stored without an endorsement; a repetition of the row counts once.
func (q *quotas) wait(c city.City, receivedOn civil.Date, row int) {
	if slices.ContainsFunc(q.waiting[c.Country], func(w waiting) bool { return w.city.ID == c.ID }) {
		return
	}
	q.waiting[c.Country] = append(q.waiting[c.Country], waiting{city: c, receivedOn: receivedOn, row: row})
}

// finish gives NATCOM_QUOTA_EXCEEDED for every row that got no slot, and as a warning for every application that waits for an
// endorsement which its country's quota can no longer hold.
func (q *quotas) finish(ctx context.Context) ([]problem.Problem, error) {
	var problems findings
	for _, id := range slices.Sorted(maps.Keys(q.refused)) {
		refused := q.refused[id]
		p := q.byCountry[refused.country].Exceeded(countryName(q.env, refused.country))
		p.Row = refused.row
		problems.add(p)
	}
	for _, country := range slices.Sorted(maps.Keys(q.waiting)) {
		if err := q.warn(ctx, country, &problems); err != nil {
			return nil, err
		}
	}
	return problems, nil
}

// warn tells the waiting applications of a country, in the order in which they were received, from which one on there is no slot.
func (q *quotas) warn(ctx context.Context, country string, problems *findings) error {
	quota, err := q.of(ctx, country)
	if err != nil {
		return err
	}
	queue := q.queue(country)
	free := max(0, q.call.Quota-quota.Taken())
	if len(queue) <= free {
		return nil
	}
	names := make([]string, len(queue))
	for i, w := range queue {
		names[i] = w.city.Name
	}
	for _, w := range queue[free:] {
		if w.row != 0 {
			p := quota.Exceeded(countryName(q.env, country), names...).Rated(problem.Warning)
			p.Row = w.row
			problems.add(p)
		}
	}
	return nil
}

// queue is every application of a country that waits, on record or in the sheet, by day of receipt.
func (q *quotas) queue(country string) []waiting {
	queue := slices.Clone(q.waiting[country])
	inSheet := map[string]bool{}
	for _, w := range queue {
		inSheet[w.city.ID] = true
	}
	for id, applied := range q.record.applications {
		_, endorsed := q.record.endorsements[id]
		_, refused := q.refused[id]
		if applied.Body.Country == country && !endorsed && !inSheet[id] && !refused && !q.holds(id, country) {
			c := city.City{ID: id, Name: applied.Body.City, Country: country}
			queue = append(queue, waiting{city: c, receivedOn: applied.Body.ReceivedOn})
		}
	}
	slices.SortFunc(queue, func(a, b waiting) int {
		return cmp.Or(a.receivedOn.Compare(b.receivedOn), cmp.Compare(a.city.ID, b.city.ID))
	})
	return queue
}

// holds reports whether a city has a slot by now.
func (q *quotas) holds(id, country string) bool {
	quota, ok := q.byCountry[country]
	return ok && quota.Holds(id)
}
