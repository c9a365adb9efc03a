package applications

import (
	"cmp"
	"context"
	"net/url"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/programme"
)

// listing is a list of applications.
type listing struct {
	page.Frame
	Lead    string
	Figures []page.Figure // how many there are of each state
	Filter  []page.Input  // by what the list can be asked for; none for a city, which has its own only
	Lines   []line
	After   string      // the cursor of what follows
	Begin   []beginning // of a city
	Refused page.Refused
}

// line is an application in a list.
type line struct {
	Path, City, Country string
	Call                string // where there are several
	State               application.State
	Received, Changed   string
	Acts                []application.Action
	Next                string // what is to be done next, where it is said
	Box                 string // with which it is chosen
	Chosen              bool
}

// list shows whoever looks after all applications a list of them, a National Commission what it has to do, a city its own.
func list(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d := deskOf(ctx, o, v)
	if own := d.who.Own(); d.who.Role == access.Commission && len(v.Query["country"]) == 0 {
		calls, err := o.Calls(ctx)
		if err != nil {
			return nil, err
		}
		in, err := d.inbox(calls[len(calls)-1].ID, own.Country)
		if err != nil {
			return nil, err
		}
		return v.Written(ctx, inboxView(in))
	}
	l, err := d.listing()
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, listView(l))
}

func (d desk) listing() (listing, error) {
	f := page.Framed(d.ctx, d.Visit, applicationsTitle, told)
	f.At = area
	l := listing{Frame: f}
	wanted := office.Wanted{Call: d.Query.Get("call"), Country: d.Query.Get("country")}
	all, err := d.Applications(d.ctx, wanted)
	if err != nil {
		return l, err
	}
	calls, err := d.Calls(d.ctx)
	if err != nil {
		return l, err
	}
	if d.who.Role == access.City {
		l.Lead = f.In(cityLead)
		l.Begin, err = d.beginnings(f, calls, all)
	} else {
		l.Lead, l.Figures = f.In(listLead), d.figuresOf(f, wanted, all)
		among := all
		if wanted.Country != "" {
			among, err = d.Applications(d.ctx, office.Wanted{Call: wanted.Call})
		}
		l.Filter = d.filter(calls, among)
	}
	if err != nil {
		return l, err
	}
	if state := application.State(d.Query.Get("state")); slices.Contains(application.States[1:], state) {
		all = slices.DeleteFunc(all, func(one office.Application) bool { return one.State != state })
	}
	all, l.After = page.Part(d.Visit, all, func(of office.Application) string { return of.Call.ID + "#" + of.City })
	for _, one := range all {
		shown := d.line(f, one)
		if len(calls) > 1 {
			shown.Call = one.Call.Title.In(d.Lang)
		}
		if d.who.Role == access.City {
			extensions, err := d.Extensions(d.ctx, one.Call.ID)
			if err != nil {
				return l, err
			}
			of := dossier{one, extensions}
			shown.Acts, shown.Next = d.acts(of), d.next(f, of)
		}
		l.Lines = append(l.Lines, shown)
	}
	return l, nil
}

// line is an application as a list shows it.
func (d desk) line(f page.Frame, of office.Application) line {
	return line{
		Path: pathOf(of.Call.ID, of.City), City: of.Name, Country: d.country(of.Country), State: of.State,
		Received: f.Day(of.Form.ReceivedOn), Changed: f.Moment(changed(of)),
	}
}

// figuresOf counts the applications of each state, and leads to those that it counted.
func (d desk) figuresOf(f page.Frame, wanted office.Wanted, all []office.Application) (figures []page.Figure) {
	count := map[application.State]int{}
	for _, one := range all {
		count[one.State]++
	}
	for _, state := range application.States[1:] {
		if count[state] == 0 {
			continue
		}
		query := url.Values{"state": {string(state)}}
		if wanted.Call != "" {
			query.Set("call", wanted.Call)
		}
		if wanted.Country != "" {
			query.Set("country", wanted.Country)
		}
		figure := page.Figure{Name: f.In(state.Label()), Value: f.Number(count[state]), Path: area + "?" + query.Encode(), Tone: page.Calm}
		if state == application.Submitted && d.may(application.Accept, "") {
			figure.Note, figure.Tone = f.In(waitsForDecision), page.Watch
		}
		figures = append(figures, figure)
	}
	return figures
}

// filter are the fields by which a list is asked for.
func (d desk) filter(calls []programme.Call, all []office.Application) []page.Input {
	every := []page.Option{{Name: wordAll.In(d.Lang)}}
	ofCalls, ofStates, ofCountries := every, every, every
	for _, call := range calls {
		ofCalls = append(slices.Clip(ofCalls), page.Option{Value: call.ID, Name: call.Title.In(d.Lang)})
	}
	for _, state := range application.States[1:] {
		ofStates = append(slices.Clip(ofStates), page.Option{Value: string(state), Name: state.Label().In(d.Lang)})
	}
	var countries []page.Option
	for _, one := range all {
		countries = append(countries, page.Option{Value: one.Country, Name: d.country(one.Country)})
	}
	slices.SortFunc(countries, func(a, b page.Option) int { return cmp.Compare(locale.Fold(a.Name), locale.Fold(b.Name)) })
	ofCountries = append(slices.Clip(ofCountries), slices.Compact(countries)...)
	filter := []page.Input{
		{Name: "country", Label: countryLabel, Options: ofCountries, Value: d.Query.Get("country")},
		{Name: "state", Label: stateLabel, Options: ofStates, Value: d.Query.Get("state")},
	}
	if len(calls) > 1 {
		filter = append(filter, page.Input{Name: "call", Label: callTitle, Options: ofCalls, Value: d.Query.Get("call")})
	}
	return filter
}
