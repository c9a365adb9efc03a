// Package applications is the pages on which cities apply, National Commissions endorse and choose, and the secretariat decides, with the calls
// and their deadlines. It knows no rule of its own: what can be done, and until when, the application's package says.
package applications

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/programme"
)

// The entries of the menu.
var (
	Menu  = page.Entry{Path: area, Name: applicationsTitle, Shown: page.May(access.ApplicationRead)}
	Calls = page.Entry{Path: callsArea, Name: callsTitle, Shown: page.May(access.ApplicationRead)}
)

const (
	area      = "applications"
	callsArea = "calls"
)

// Routes lists the pages.
func Routes() []page.Route {
	one, act := "/"+area+"/{call}/{country}/{city}", "/"+area+"/{call}/{country}/{city}/{act}"
	return []page.Route{
		{Method: "GET", Pattern: "/" + callsArea, Serve: listCalls},
		{Method: "GET", Pattern: "/" + callsArea + "/{call}", Serve: showCall},
		{Method: "POST", Pattern: "/" + callsArea + "/{call}", Serve: extend},
		{Method: "GET", Pattern: "/" + area, Serve: list},
		{Method: "POST", Pattern: "/" + area, Serve: start},
		{Method: "GET", Pattern: "/" + area + "/{call}/{country}", Serve: showInbox},
		{Method: "POST", Pattern: "/" + area + "/{call}/{country}", Serve: choose},
		{Method: "GET", Pattern: one, Serve: show},
		{Method: "GET", Pattern: act, Serve: askAct},
		{Method: "POST", Pattern: act, Serve: doAct},
	}
}

// desk is what a page is put together with.
type desk struct {
	*office.Office
	page.Visit
	ctx context.Context
	who access.Actor
}

func deskOf(ctx context.Context, o *office.Office, v page.Visit) desk {
	return desk{Office: o, Visit: v, ctx: ctx, who: page.Who(ctx)}
}

// at is the city that the path is about, by its identifier.
func (d desk) at() string { return d.Values["country"] + "#" + d.Values["city"] }

// country is a country's name.
func (d desk) country(iso2 string) string { return d.countryText(iso2).In(d.Lang) }

func (d desk) countryText(iso2 string) locale.Text { return d.Registry.Country(iso2) }

// may reports whether who asks may do something to a city's application.
func (d desk) may(do application.Action, city string) bool {
	return access.Decide(d.who, access.Action("application."+do), access.Object{City: city}) == nil
}

// pathOf is the path of a city's application to a call.
func pathOf(call, city string) string {
	country, name, _ := strings.Cut(city, "#")
	return inboxOf(call, country) + "/" + url.PathEscape(name)
}

// inboxOf is the path of what a country's National Commission has to do in a call.
func inboxOf(call, country string) string {
	return area + "/" + url.PathEscape(call) + "/" + url.PathEscape(country)
}

// callOf is the path of a call.
func callOf(call string) string { return callsArea + "/" + url.PathEscape(call) }

// deadline is the last day for something, as it holds for somebody.
type deadline struct {
	Day  civil.Date
	Left int // days; below zero where it is past
}

// lastDay is a deadline of a call for a city, or for all of a country, or for everybody.
func (d desk) lastDay(call programme.Call, extensions []application.Extension, of application.Deadline, city, country string) deadline {
	day := application.LastDay(call, extensions, of, city, country, d.Now)
	return deadline{day, d.DaysTo(day, call.Location())}
}

// left says how long there is until a deadline.
func left(f page.Frame, d deadline) string {
	switch {
	case d.Left < 0:
		return f.In(wordOver)
	case d.Left == 0:
		return f.In(wordLastDay)
	}
	return f.Count(d.Left, wordDayLeft, wordDaysLeft)
}

// soon is in how many days a deadline wants to be looked at.
const soon = 14

func toneOf(d deadline) page.Tone {
	switch {
	case d.Left < 0:
		return page.Calm
	case d.Left <= soon:
		return page.Urgent
	}
	return page.Good
}

// tones are those of an application's states.
var tones = map[application.State]page.Tone{
	application.Sent: page.Watch, application.Returned: page.Watch, application.Endorsed: page.Good, application.Submitted: page.Good,
	application.Accepted: page.Good, application.Deferred: page.Watch, application.Declined: page.Urgent,
}

func toneOfState(s application.State) page.Tone {
	if tone, ok := tones[s]; ok {
		return tone
	}
	return page.Calm
}

// filled puts values into a text, names and values by turns: {name} stands for one. In French "de" is elided before a vowel.
func filled(f page.Frame, text locale.Text, values ...string) string {
	var pairs []string
	for i := 0; i+1 < len(values); i += 2 {
		name, value := "{"+values[i]+"}", values[i+1]
		if folded := locale.Fold(value); f.Lang == locale.FR && folded != "" && strings.ContainsRune("aeiou", rune(folded[0])) {
			pairs = append(pairs, "de "+name, "d'"+value)
		}
		pairs = append(pairs, name, value)
	}
	return strings.NewReplacer(pairs...).Replace(f.In(text))
}

// changed is when something was last done to an application.
func changed(of office.Application) time.Time {
	if n := len(of.History); n > 0 {
		return of.History[n-1].At
	}
	return time.Time{}
}
