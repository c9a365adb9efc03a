package pages

import (
	"net/url"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/programme"
)

// soon is in how many days a deadline is urgent.
const soon = 14

// round is a call with its last days as they were extended for the reader.
type round struct {
	programme.Call
	forCities, forCommissions civil.Date
	extensions                []application.Extension
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
		all[i] = round{call, lastDay(application.CityDeadline), lastDay(application.CommissionDeadline), extensions}
	}
	return all, nil
}

// deadlines are those of the calls that are not over. A city is shown its own; whoever looks after all, also what was extended for some.
func (d desk) deadlines() (card, error) {
	out := card{Title: deadlinesTitle, Empty: noDeadlines}
	rounds, err := d.rounds()
	if err != nil {
		return out, err
	}
	for _, r := range rounds {
		d.deadline(&out, r.Call, cityDeadline.In(d.Lang), r.forCities)
		if d.who.Role != access.City {
			d.deadline(&out, r.Call, commissionDeadline.In(d.Lang), r.forCommissions)
		}
		if d.who.Own() == (access.Object{}) {
			d.extended(&out, r)
		}
	}
	return out, nil
}

// extended adds the deadlines that were extended for a country or a city.
func (d desk) extended(to *card, r round) {
	for _, e := range r.extensions {
		words, general := cityDeadline, r.forCities
		if e.Deadline == application.CommissionDeadline {
			words, general = commissionDeadline, r.forCommissions
		}
		country := e.Country
		if e.City != "" {
			country, _, _ = strings.Cut(e.City, "#")
		}
		if country != "" && e.Until.After(general) {
			d.deadline(to, r.Call, d.Registry.Country(country).In(d.Lang)+", "+words.In(d.Lang), e.Until)
		}
	}
}

// deadline adds one that isn't over. what says whose it is.
func (d desk) deadline(to *card, call programme.Call, what string, until civil.Date) {
	left := d.DaysTo(until, call.Location())
	if left < 0 {
		return
	}
	note := d.count(left, dayLeft, days)
	if left == 0 {
		note = lastDay.In(d.Lang)
	}
	to.Items = append(to.Items, item{
		Name: d.pair(call.Title.In(d.Lang), what+" "+until.Text().In(d.Lang)), Note: note, Path: "calls/" + call.ID, Urgent: left <= soon,
	})
}

// quota is what the reader's National Commission has to do in the calls that it can submit to.
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
		country := d.who.Own().Country
		of, err := d.Quota(d.ctx, r.ID, country)
		if err != nil {
			return out, err
		}
		path := "applications/" + r.ID + "/" + country
		out.Items = append(out.Items, item{
			Name: r.Title.In(d.Lang), Note: d.tally(submitted, of.Used) + " " + ofWord.In(d.Lang) + " " + locale.FormatInt(d.Lang, int64(of.Limit)), Path: path,
		})
		for _, todo := range []struct {
			name locale.Text
			n    int
		}{{toEndorse, len(of.Waiting)}, {toChoose, len(of.Choice)}} {
			if todo.n > 0 {
				out.Items = append(out.Items, item{Name: d.tally(todo.name, todo.n), Path: path, Urgent: true})
			}
		}
	}
	return out, nil
}

// toDecide are the applications that wait for the secretariat, by their calls.
func (d desk) toDecide() (card, error) {
	out := card{Title: applicationsTitle, Empty: noneToDecide}
	waiting, err := d.Applications(d.ctx, office.Wanted{State: application.Submitted})
	if err != nil {
		return out, err
	}
	counts := map[string]int{}
	for _, one := range waiting {
		counts[one.Call.ID]++
	}
	for _, call := range d.Programme.Calls {
		if n := counts[call.ID]; n > 0 {
			out.Items = append(out.Items, item{Name: call.Title.In(d.Lang), Note: d.count(n, toDecideOne, toDecideMany), Path: "applications"})
		}
	}
	return out, nil
}

// application is how a city's application to each call stands that isn't over, and where it begins one.
func (d desk) application() (card, error) {
	out := card{Title: ownTitle, Empty: noApplication, Acts: []act{{"applications", ownAct}}}
	all, err := d.Applications(d.ctx, office.Wanted{})
	if err != nil {
		return out, err
	}
	country, name, _ := strings.Cut(d.who.Own().City, "#")
	for _, one := range all {
		out.Items = append(out.Items, item{
			Name: one.Call.Title.In(d.Lang), Note: one.State.Label().In(d.Lang), Urgent: one.State == application.Draft || one.State == application.Returned,
			Path: "applications/" + one.Call.ID + "/" + country + "/" + url.PathEscape(name),
		})
	}
	return out, nil
}
