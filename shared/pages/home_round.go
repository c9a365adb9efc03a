package pages

import (
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
)

// soon is in how many days a deadline is urgent.
const soon = 14

// round is a call with its last days as they were extended for the reader.
type round struct {
	programme.Call
	forCities, forCommissions civil.Date
}

func (d desk) rounds() ([]round, error) {
	calls, err := d.Calls(d.ctx)
	if err != nil {
		return nil, err
	}
	own := d.who.Own()
	all := make([]round, len(calls))
	for i, call := range calls {
		extensions, err := d.Extensions(d.ctx, call.ID)
		if err != nil {
			return nil, err
		}
		lastDay := func(of application.Deadline) civil.Date {
			return application.LastDay(call, extensions, of, own.City, own.Country, d.Now)
		}
		all[i] = round{call, lastDay(application.CityDeadline), lastDay(application.CommissionDeadline)}
	}
	return all, nil
}

// deadlines are those of the calls that are not over. A city is shown its own.
func (d desk) deadlines() (card, error) {
	out := card{Title: deadlinesTitle, Empty: noDeadlines}
	rounds, err := d.rounds()
	if err != nil {
		return out, err
	}
	for _, r := range rounds {
		d.deadline(&out, r.Call, cityDeadline, r.forCities)
		if d.who.Role != access.City {
			d.deadline(&out, r.Call, commissionDeadline, r.forCommissions)
		}
	}
	return out, nil
}

// deadline adds one that isn't over.
func (d desk) deadline(to *card, call programme.Call, who locale.Text, until civil.Date) {
	left := d.DaysTo(until, call.Location())
	if left < 0 {
		return
	}
	note := d.count(left, dayLeft, days)
	if left == 0 {
		note = lastDay.In(d.Lang)
	}
	to.Items = append(to.Items, item{
		Name: d.pair(call.Title.In(d.Lang), who.In(d.Lang)+" "+until.Text().In(d.Lang)), Note: note, Urgent: left <= soon,
	})
}

// quota is how the quota of the reader's country stands in the calls that it can submit to.
func (d desk) quota() (card, error) {
	out := card{Title: quotaTitle, Empty: noQuota}
	rounds, err := d.rounds()
	if err != nil {
		return out, err
	}
	for _, r := range rounds {
		if d.DaysTo(r.forCommissions, r.Location()) < 0 {
			continue
		}
		of, err := d.Quota(d.ctx, r.ID, d.who.Own().Country)
		if err != nil {
			return out, err
		}
		next := semicolon.In(d.Lang)
		out.Items = append(out.Items, item{
			Name: r.Title.In(d.Lang),
			Note: d.tally(submitted, of.Used) + " " + ofWord.In(d.Lang) + " " + locale.FormatInt(d.Lang, int64(of.Limit)) + next +
				d.tally(toEndorse, len(of.Waiting)) + next + d.tally(toChoose, len(of.Choice)),
		})
	}
	return out, nil
}
