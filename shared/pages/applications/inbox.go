package applications

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// inbox is what a country's National Commission has to do in a call.
type inbox struct {
	page.Frame
	Path      string
	Lead      string
	Until     deadline
	Used      string   // how many of the country's slots are taken
	Slots     []string // what each slot holds: a city's name, "" of a free one
	Left      int
	Waiting   []line // to be endorsed or returned
	Choice    []line // endorsed, of which some are chosen
	Submitted []line
	Others    []line // with their cities, or withdrawn
	Chooses   bool   // who reads chooses
	Will      string // what choosing does
	Signed    page.Input
	Refused   page.Refused
}

func showInbox(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	in, err := deskOf(ctx, o, v).inbox(v.Values["call"], v.Values["country"])
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, inboxView(in))
}

// inbox puts together how a country stands in a call.
func (d desk) inbox(call, country string) (inbox, error) {
	f := page.Framed(d.ctx, d.Visit, inboxTitle, told)
	f.Name = filled(f, inboxTitle, "country", d.country(country))
	f.At = inboxOf(call, country)
	in := inbox{Frame: f, Path: f.At}
	quota, err := d.Quota(d.ctx, call, country)
	if err != nil {
		return in, err
	}
	all, err := d.Applications(d.ctx, office.Wanted{Call: call, Country: country})
	if err != nil {
		return in, err
	}
	of, err := d.Call(d.ctx, call)
	if err != nil {
		return in, err
	}
	extensions, err := d.Extensions(d.ctx, call)
	if err != nil {
		return in, err
	}
	in.Within = []page.Step{{Path: area, Name: f.In(applicationsTitle)}, {Path: callOf(call), Name: of.Title.In(d.Lang)}}
	in.Until = d.lastDay(of, extensions, application.CommissionDeadline, "", country)
	in.Lead = filled(f, inboxLead, "day", f.Day(in.Until.Day), "limit", f.Number(quota.Limit), "country", d.country(country))
	in.Left, in.Slots = quota.Left, make([]string, max(quota.Limit, quota.Used))
	for i, one := range quota.By {
		in.Slots[i] = one.Name
	}
	in.Used = filled(f, slotsUsed, "used", f.Number(quota.Used), "limit", f.Number(quota.Limit))
	for _, one := range all {
		shown := d.line(f, one)
		shown.Acts = d.acts(dossier{one, extensions})
		shown.Box, shown.Chosen = one.City, slices.Contains(d.Form["city"], one.City)
		switch {
		case one.Counts:
			in.Submitted = append(in.Submitted, shown)
		case one.State == application.Endorsed:
			in.Choice = append(in.Choice, shown)
		case one.State == application.Sent:
			in.Waiting = append(in.Waiting, shown)
		default:
			in.Others = append(in.Others, shown)
		}
	}
	in.Chooses = access.Decide(d.who, access.ApplicationSubmit, access.Object{Country: country}) == nil && in.Until.Left >= 0
	in.Will = filled(f, chooseWill, "left", f.Number(quota.Left), "limit", f.Number(quota.Limit))
	in.Signed = page.Input{
		Name: "signed", Value: d.Form.Get("signed"), Label: signedLabel, Hint: signedHint, Required: true, Complete: "name",
	}
	return in, nil
}

// choose submits the applications that a National Commission has chosen.
func choose(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d := deskOf(ctx, o, v)
	call, country := v.Values["call"], v.Values["country"]
	chosen := office.Chosen{Call: call, Country: country, Cities: v.Form["city"], Signed: strings.TrimSpace(v.Form.Get("signed"))}
	err := unexplained(office.ApplicationAct{Action: application.Submit, Signed: chosen.Signed})
	if len(chosen.Cities) == 0 {
		err = problem.New("CELL_REQUIRED").In("city").WithText("column", chooseLabel)
	}
	submitted := 0
	if err == nil {
		submitted, err = o.SubmitChosen(ctx, v.Request(), chosen)
	}
	switch {
	case err == nil:
		return v.On(inboxOf(call, country), string(application.Submit)), nil
	case submitted > 0:
		return v.On(inboxOf(call, country), wordSome), nil
	}
	in, failed := d.inbox(call, country)
	if failed != nil {
		return nil, err
	}
	return v.Again(ctx, err, func(refused page.Refused) templ.Component {
		in.Refused = placed(refused, []page.Input{in.Signed, {Name: "city"}})
		return inboxView(in)
	})
}

// boxes are the endorsed applications to choose from.
func (in inbox) boxes() page.Input {
	boxes := page.Input{Name: "city", Label: chooseLabel, Several: true}
	for _, one := range in.Choice {
		boxes.Options = append(boxes.Options, page.Option{Value: one.Box, Name: one.City})
		if one.Chosen {
			boxes.Values = append(boxes.Values, one.Box)
		}
	}
	return boxes
}
