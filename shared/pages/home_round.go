package pages

import (
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
)

// soon is in how many days a deadline is urgent.
const soon = 14

// deadlines are those of the calls that are not over, as they were extended for the reader. A city is shown its own.
func (d desk) deadlines() (card, error) {
	out := card{Title: deadlinesTitle, Empty: noDeadlines}
	calls, err := d.Calls(d.ctx)
	if err != nil {
		return out, err
	}
	for _, call := range calls {
		extensions, err := d.Extensions(d.ctx, call.ID)
		if err != nil {
			return out, err
		}
		d.deadline(&out, call, cityDeadline, d.extended(call.CityDeadline, application.CityDeadline, extensions))
		if d.who.Role != access.City {
			d.deadline(&out, call, commissionDeadline, d.extended(call.CommissionDeadline, application.CommissionDeadline, extensions))
		}
	}
	return out, nil
}

// deadline adds one that isn't over.
func (d desk) deadline(to *card, call programme.Call, who locale.Text, until civil.Date) {
	left := daysFrom(civil.Of(d.Now, call.Location()), until)
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

// extended is the last day of a deadline for the reader: for everybody, or for the country or city that it is of.
func (d desk) extended(until civil.Date, which application.Deadline, extensions []application.Extension) civil.Date {
	own := d.who.Own()
	for _, e := range extensions {
		concerns := (e.Country == "" || e.Country == own.Country) && (e.City == "" || e.City == own.City)
		if e.Deadline == which && concerns && e.Until.After(until) {
			until = e.Until
		}
	}
	return until
}

// daysFrom counts the days from one to another: below zero where that is past.
func daysFrom(from, to civil.Date) int {
	return int(to.StartOf(time.UTC).Sub(from.StartOf(time.UTC)) / (24 * time.Hour))
}

// quota is how the quota of the reader's country stands in the calls that it can submit to.
func (d desk) quota() (card, error) {
	out := card{Title: quotaTitle, Empty: noQuota}
	calls, err := d.Calls(d.ctx)
	if err != nil {
		return out, err
	}
	for _, call := range calls {
		extensions, err := d.Extensions(d.ctx, call.ID)
		if err != nil {
			return out, err
		}
		until := d.extended(call.CommissionDeadline, application.CommissionDeadline, extensions)
		if daysFrom(civil.Of(d.Now, call.Location()), until) < 0 {
			continue
		}
		of, err := d.Quota(d.ctx, call.ID, d.who.Own().Country)
		if err != nil {
			return out, err
		}
		next := semicolon.In(d.Lang)
		out.Items = append(out.Items, item{
			Name: call.Title.In(d.Lang),
			Note: d.tally(submitted, of.Used) + " " + ofWord.In(d.Lang) + " " + locale.FormatInt(d.Lang, int64(of.Limit)) + next +
				d.tally(toEndorse, len(of.Waiting)) + next + d.tally(toChoose, len(of.Choice)),
		})
	}
	return out, nil
}
