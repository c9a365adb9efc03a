package agenda

import (
	"context"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/schedule"
)

var callTypes = []string{application.RecordType, application.EndorsementType, application.DecisionType, member.RecordType}

// calls tells the deadlines that cities and National Commissions still have to keep in the calls that run or ran lately.
func (f *facts) calls(ctx context.Context) error {
	cities, countries, err := f.correspondents(ctx)
	if err != nil {
		return err
	}
	for _, call := range f.Programme.Calls {
		if call.CommissionDeadline.AddYears(1).Before(f.since) {
			continue // nobody extends a deadline by more than that
		}
		var round *application.Round
		members := map[string]bool{}
		err := f.Records.Snapshot(ctx, callTypes, func(from records.Reader) (err error) {
			if round, err = registry.ReadRound(ctx, from, call); err != nil {
				return err
			}
			clear(members)
			return scan(ctx, from, member.RecordType, "", func(id string, m member.Member) { members[id] = m.On(f.today) })
		})
		if err != nil {
			return err
		}
		f.callCities(call, round, cities, members)
		f.callCommissions(call, round, countries)
	}
	return nil
}

// correspondents are the cities, with their countries, and the countries whose people may use the product.
func (f *facts) correspondents(ctx context.Context) (cities, countries map[string]string, err error) {
	cities, countries = map[string]string{}, map[string]string{}
	err = f.People.Each(ctx, func(p people.Person) error {
		own := p.Actor().Own()
		switch p.Role {
		case access.City:
			cities[own.City] = own.Country
		case access.Commission:
			countries[own.Country] = own.Country
		}
		return nil
	})
	return cities, countries, err
}

// callCities marks the deadline of each city that can still send an application: it has begun one, or has one back to be corrected, which
// it may do until the National Commission's deadline; or it is no member, has not begun, and somebody of it may use the product.
func (f *facts) callCities(call programme.Call, round *application.Round, cities map[string]string, members map[string]bool) {
	open := maps.Clone(cities)
	for _, c := range round.Cases() {
		open[c.City] = c.Country
	}
	for _, city := range slices.Sorted(maps.Keys(open)) {
		state := round.Case(city).State
		act := application.Send
		if state == application.None {
			act = application.Start
		}
		can := application.Transition(state, act)
		if can.Refused != "" || members[city] || state == application.Withdrawn {
			continue
		}
		day := application.LastDay(call, round.Extensions, can.Until, city, open[city], f.now)
		f.deadline(programme.CallCity, schedule.Subject{Call: call.ID, City: city}, call, day)
	}
}

// callCommissions marks the deadline of each National Commission that can still submit an application: some wait for it, or it has submitted
// none, since a Commission may bring all of its cities in a sheet at the end. One whose quota is used up has nothing left to do (R-APP-3).
func (f *facts) callCommissions(call programme.Call, round *application.Round, countries map[string]string) {
	all := maps.Clone(countries)
	for _, c := range round.Cases() {
		all[c.Country] = c.Country
	}
	for _, country := range slices.Sorted(maps.Keys(all)) {
		quota := round.Quota(country)
		days := map[civil.Date]bool{}
		for _, c := range slices.Concat(quota.Waiting, quota.Choice) {
			days[application.LastDay(call, round.Extensions, application.CommissionDeadline, c.City, country, f.now)] = true
		}
		if _, known := countries[country]; known && len(days) == 0 && quota.Used == 0 {
			days[application.LastDay(call, round.Extensions, application.CommissionDeadline, "", country, f.now)] = true
		}
		if quota.Left == 0 {
			continue
		}
		for _, day := range slices.SortedFunc(maps.Keys(days), civil.Date.Compare) {
			f.deadline(programme.CallCommission, schedule.Subject{Call: call.ID, Country: country}, call, day)
		}
	}
}

func (f *facts) deadline(about programme.About, subject schedule.Subject, call programme.Call, day civil.Date) {
	if !day.Before(f.since) {
		f.mark(about, subject, day, call.Location())
	}
}
