package applications

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// calling is a call with its deadlines as they hold for the reader.
type calling struct {
	programme.Call
	Path, Title, Quota        string
	ForCities, ForCommissions deadline
	Extended                  bool // a deadline is later than it was published
	extensions                []application.Extension
}

// callsPage is the list of the calls.
type callsPage struct {
	page.Frame
	Calls []calling
}

// callPage is a call.
type callPage struct {
	page.Frame
	Of         calling
	Title      string // of the deadlines
	Facts      []page.Fact
	Extensions []extension
	Quotas     []quotaLine
	Extends    bool         // who reads grants extensions
	Fields     []page.Input // by which a deadline is extended
	Refused    page.Refused
}

// extension is an extension of a deadline in words.
type extension struct{ Deadline, Who, Until, Reason, Granted, By string }

// quotaLine is how a country's quota stands.
type quotaLine struct {
	Path, Country                       string
	Submitted, Endorsed, Waiting, Limit int
}

func listCalls(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d := deskOf(ctx, o, v)
	all, err := o.Calls(ctx)
	if err != nil {
		return nil, err
	}
	view := callsPage{Frame: page.Framed(ctx, v, callsTitle, nil)}
	for _, call := range slices.Backward(all) { // the latest stands first
		one, err := d.calling(view.Frame, call)
		if err != nil {
			return nil, err
		}
		view.Calls = append(view.Calls, one)
	}
	return v.Written(ctx, callsView(view))
}

// calling is a call with what holds for the reader.
func (d desk) calling(f page.Frame, call programme.Call) (calling, error) {
	extensions, err := d.Extensions(d.ctx, call.ID)
	own := d.who.Own()
	c := calling{
		Call: call, Path: callOf(call.ID), Title: call.Title.In(d.Lang), extensions: extensions,
		Quota:          filled(f, quotaEach, "limit", f.Number(call.Quota)),
		ForCities:      d.lastDay(call, extensions, application.CityDeadline, own.City, own.Country),
		ForCommissions: d.lastDay(call, extensions, application.CommissionDeadline, own.City, own.Country),
	}
	c.Extended = c.ForCities.Day != call.CityDeadline || c.ForCommissions.Day != call.CommissionDeadline
	return c, err
}

func showCall(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	view, err := deskOf(ctx, o, v).call()
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, callView(view))
}

// call puts the page of a call together.
func (d desk) call() (callPage, error) {
	call, err := d.Call(d.ctx, d.Values["call"])
	if err != nil {
		return callPage{}, err
	}
	f := page.Framed(d.ctx, d.Visit, callTitle, told)
	f.Name, f.Within = call.Title.In(d.Lang), []page.Step{{Path: callsArea, Name: f.In(callsTitle)}}
	view := callPage{Frame: f, Title: f.In(withoutExtension)}
	if d.who.Own().Country != "" {
		view.Title = f.In(forYouTitle)
	}
	if view.Of, err = d.calling(f, call); err != nil {
		return view, err
	}
	view.Facts = []page.Fact{
		{Name: f.In(cityDeadlineLabel), Value: f.Day(call.CityDeadline)},
		{Name: f.In(commissionDeadlineLabel), Value: f.Day(call.CommissionDeadline)},
		{Name: f.In(zoneLabel), Value: call.Zone},
		{Name: f.In(quotaLabel), Value: view.Of.Quota},
	}
	for _, one := range view.Of.extensions {
		view.Extensions = append(view.Extensions, d.extension(f, one))
	}
	if view.Quotas, err = d.quotas(call); err != nil {
		return view, err
	}
	view.Extends = access.Decide(d.who, access.CallExtend, access.Object{}) == nil
	d.extending(&view)
	return view, nil
}

func (d desk) extension(f page.Frame, e application.Extension) extension {
	who := f.In(everybodyLabel)
	if e.City != "" {
		_, name, _ := strings.Cut(e.City, "#")
		who = name + ", " + d.country(e.Country)
	} else if e.Country != "" {
		who = d.country(e.Country)
	}
	which := cityDeadlineLabel
	if e.Deadline == application.CommissionDeadline {
		which = commissionDeadlineLabel
	}
	return extension{
		Deadline: f.In(which), Who: who, Until: f.Day(e.Until), Reason: e.Reason, Granted: f.Moment(e.GrantedAt),
		By: d.nameOf(map[string]string{}, e.Person),
	}
}

// quotas are those of the countries that apply, as far as the reader may see them.
func (d desk) quotas(call programme.Call) (all []quotaLine, err error) {
	if !page.May(access.QuotaRead)(d.who) {
		return nil, nil
	}
	views, err := d.Quotas(d.ctx, call.ID)
	for _, one := range views {
		all = append(all, quotaLine{
			Path: inboxOf(call.ID, one.Country), Country: d.country(one.Country), Submitted: one.Used, Endorsed: len(one.Choice),
			Waiting: len(one.Waiting), Limit: one.Limit,
		})
	}
	slices.SortFunc(all, func(a, b quotaLine) int { return cmp.Compare(locale.Fold(a.Country), locale.Fold(b.Country)) })
	return all, err
}

// extending are the fields by which a deadline is extended.
func (d desk) extending(view *callPage) {
	countries := []page.Option{{Name: everybodyLabel.In(d.Lang)}}
	var named []page.Option
	for _, one := range d.Reference.Countries() {
		named = append(named, page.Option{Value: one.ISO2, Name: one.Name.In(d.Lang)})
	}
	slices.SortFunc(named, func(a, b page.Option) int { return cmp.Compare(locale.Fold(a.Name), locale.Fold(b.Name)) })
	deadlines := page.Input{
		Name: "deadline", Label: whichLabel, Each: true, Required: true, Value: cmp.Or(d.Form.Get("deadline"), string(application.CityDeadline)),
		Options: []page.Option{
			{Value: string(application.CityDeadline), Name: cityDeadlineLabel.In(d.Lang)},
			{Value: string(application.CommissionDeadline), Name: commissionDeadlineLabel.In(d.Lang)},
		},
	}
	view.Fields = []page.Input{
		deadlines,
		{Name: "country", Label: forWhomLabel, Options: append(countries, named...), Value: d.Form.Get("country")},
		{Name: "city", Label: onlyCityLabel, Hint: onlyCityHint, Value: d.Form.Get("city")},
		{Name: "until", Label: untilLabel, Type: "date", Required: true, Value: d.Form.Get("until")},
		{Name: "reason", Label: reasonLabel, Hint: extendReason, Lines: 3, Required: true, Value: d.Form.Get("reason")},
	}
}

// extend grants an extension.
func extend(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d := deskOf(ctx, o, v)
	e := application.Extension{
		Deadline: application.Deadline(v.Form.Get("deadline")), Country: v.Form.Get("country"), Reason: strings.TrimSpace(v.Form.Get("reason")),
	}
	var err error
	e.Until, err = v.Day("until", untilLabel)
	if name := strings.TrimSpace(v.Form.Get("city")); name != "" {
		e.City = city.ID(name, e.Country)
		if e.Country == "" {
			err = errors.Join(err, problem.New("CELL_REQUIRED").In("country").WithText("column", countryLabel))
		}
	}
	if err == nil {
		_, err = o.Extend(ctx, v.Request(), v.Values["call"], e)
	}
	if err == nil {
		return v.On(callOf(v.Values["call"]), wordExtended), nil
	}
	view, failed := d.call()
	if failed != nil {
		return nil, err
	}
	return v.Again(ctx, err, func(refused page.Refused) templ.Component {
		view.Refused = placed(refused, view.Fields)
		return callView(view)
	})
}
