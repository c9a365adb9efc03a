package applications

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// beginning is what a city is asked when it begins an application to a call.
type beginning struct {
	Call     programme.Call
	Title    string
	Until    string
	Quota    string
	Name     page.Input
	Another  []page.Input // whether it is another city than the one that its name resembles
	Resemble string       // whose name it resembles
}

// start begins an application of the reader's own city.
func start(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d := deskOf(ctx, o, v)
	own := d.who.Own().City
	act := office.ApplicationAct{
		Call: v.Form.Get("call"), City: own, Action: application.Start, Name: strings.TrimSpace(v.Form.Get("name")),
		New: v.Form.Get("new") == page.Ticked,
	}
	_, err := o.Do(ctx, v.Request(), act)
	if err == nil {
		return v.On(pathOf(act.Call, own)+"/"+string(application.Edit), string(application.Start)), nil
	}
	l, failed := d.listing()
	if failed != nil {
		return nil, err
	}
	for i := range l.Begin {
		if l.Begin[i].Call.ID != act.Call {
			continue
		}
		l.Begin[i].Name.Value = act.Name
		if cities := resembled(err, d.Lang); cities != "" {
			l.Begin[i].Resemble = filled(l.Frame, resembles, "name", act.Name, "cities", cities)
			l.Begin[i].Another = []page.Input{{Name: "new", Label: anotherLabel, Type: "checkbox"}}
		}
	}
	return v.Again(ctx, err, func(refused page.Refused) templ.Component {
		for _, p := range refused {
			if p.Code == "CITY_NEAR_DUPLICATE" { // the catalogue tells how programs answer; the page asks by a box
				return listView(l)
			}
		}
		l.Refused = placed(refused, []page.Input{{Name: "name"}})
		return listView(l)
	})
}

// resembled names the cities that a refused name resembles; "" where that isn't why it was refused.
func resembled(err error, lang locale.Lang) string {
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != "CITY_NEAR_DUPLICATE" {
		return ""
	}
	return p.Params["candidates"].In(lang)
}

// beginnings are the calls that the reader's city can begin an application to.
func (d desk) beginnings(f page.Frame, calls []programme.Call, has []office.Application) (all []beginning, err error) {
	own := d.who.Own()
	if own.City == "" || access.Decide(d.who, access.ApplicationStart, own) != nil {
		return nil, nil
	}
	for _, call := range calls {
		if open(has, call.ID) {
			continue
		}
		extensions, err := d.Extensions(d.ctx, call.ID)
		if err != nil {
			return nil, err
		}
		until := d.lastDay(call, extensions, application.CityDeadline, own.City, own.Country)
		if until.Left < 0 {
			continue
		}
		all = append(all, beginning{
			Call: call, Title: call.Title.In(d.Lang), Until: filled(f, beginUntil, "day", f.Day(until.Day), "left", left(f, until)),
			Quota: filled(f, beginQuota, "limit", f.Number(call.Quota), "country", d.country(own.Country)),
			Name:  page.Input{Name: "name", Value: spelt(own.City), Label: cityNameLabel, Hint: cityNameHint, Required: true},
		})
	}
	return all, nil
}

// open reports whether a call has an application that isn't withdrawn.
func open(has []office.Application, call string) bool {
	for _, one := range has {
		if one.Call.ID == call && one.State != application.Withdrawn {
			return true
		}
	}
	return false
}

// spelt is what a city might be called by its identifier: its capitals and accents are its own to say.
func spelt(city string) string {
	_, name, _ := strings.Cut(city, "#")
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	initial, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(initial)) + name[size:]
}
