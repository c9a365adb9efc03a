package applications

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
)

// sheet is an application as it is read.
type sheet struct {
	page.Frame
	Of       office.Application
	Country  string
	Facts    []page.Fact
	Acts     []application.Action // that who reads can do now
	Next     string               // what is to be done next, and by whom; "" for nothing
	Sections []section
	Events   []event
}

// event is something that was done to an application, in words.
type event struct {
	When, What, Who, Reason string
}

// dossier is an application with what judges it.
type dossier struct {
	office.Application
	extensions []application.Extension
}

// dossier reads the application that the path is about.
func (d desk) dossier() (dossier, error) {
	of, err := d.Application(d.ctx, d.Values["call"], d.at())
	if err != nil {
		return dossier{}, err
	}
	extensions, err := d.Extensions(d.ctx, of.Call.ID)
	return dossier{of, extensions}, err
}

// until is the last day for an action; ok is false where it has none.
func (d desk) until(of dossier, do application.Action) (deadline, bool) {
	outcome := application.Transition(of.State, do)
	if outcome.Until == application.NoDeadline {
		return deadline{}, false
	}
	return d.lastDay(of.Call, of.extensions, outcome.Until, of.City, of.Country), true
}

// possible reports whether who asks can do something to an application now.
func (d desk) possible(of dossier, do application.Action) bool {
	until, ends := d.until(of, do)
	return d.may(do, of.City) && application.Transition(of.State, do).Refused == "" && (!ends || until.Left >= 0)
}

// order is that in which acts are offered: what leads on stands first.
var order = []application.Action{
	application.Edit, application.Send, application.Endorse, application.Submit, application.Accept, application.Defer, application.Decline,
	application.Return, application.Recall, application.Withdraw,
}

// leadsOn reports whether an act is one of those that take an application further.
func leadsOn(do application.Action) bool {
	return slices.Index(order, do) <= slices.Index(order, application.Accept)
}

// acts are what who asks can do to an application now, but for beginning another one.
func (d desk) acts(of dossier) (all []application.Action) {
	for _, do := range order {
		if d.possible(of, do) {
			all = append(all, do)
		}
	}
	return all
}

func show(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d := deskOf(ctx, o, v)
	of, err := d.dossier()
	if err != nil {
		return nil, err
	}
	f := d.framed(of, applicationTitle)
	return v.Written(ctx, applicationView(sheet{
		Frame: f, Of: of.Application, Country: d.country(of.Country), Facts: d.facts(f, of), Acts: d.acts(of), Next: d.next(f, of),
		Sections: sections(d.Programme, d.Lang), Events: d.events(f, of.History),
	}))
}

// framed is the frame of a page about an application.
func (d desk) framed(of dossier, title locale.Text) page.Frame {
	f := page.Framed(d.ctx, d.Visit, title, told)
	f.Name = filled(f, title, "city", of.Name)
	f.Within = []page.Step{{Path: area, Name: f.In(applicationsTitle)}}
	if access.Decide(d.who, access.QuotaRead, access.Object{Country: of.Country}) == nil {
		f.Within = append(f.Within, page.Step{Path: inboxOf(of.Call.ID, of.Country), Name: d.country(of.Country)})
	}
	return f
}

// facts are what the application is, and by when it goes on.
func (d desk) facts(f page.Frame, of dossier) []page.Fact {
	facts := []page.Fact{
		{Name: f.In(callTitle), Value: of.Call.Title.In(d.Lang)},
		{Name: f.In(countryLabel), Value: d.country(of.Country)},
		{Name: f.In(receivedLabel), Value: f.Day(of.Form.ReceivedOn)},
	}
	if from, ok := of.MemberFrom(of.Call); ok {
		facts = append(facts, page.Fact{Name: f.In(memberFromLabel), Value: f.Day(from)})
	}
	if of.Counts {
		facts = append(facts, page.Fact{Name: f.In(slotLabel), Value: f.In(slotTaken)})
	}
	return append(facts, page.Fact{Name: f.In(changedLabel), Value: f.Moment(changed(of.Application))})
}

// next says what is to be done next with an application, and by when.
func (d desk) next(f page.Frame, of dossier) string {
	text, ok := nexts[of.State]
	if !ok {
		return ""
	}
	do := map[application.State]application.Action{
		application.Draft: application.Send, application.Returned: application.Send,
		application.Sent: application.Endorse, application.Endorsed: application.Submit,
	}[of.State]
	until, ends := d.until(of, do)
	if ends && until.Left < 0 {
		return filled(f, tooLate, "day", f.Day(until.Day))
	}
	return filled(f, text, "day", f.Day(until.Day), "left", left(f, until))
}

// events are what was done to an application, from the first to the last. Changes of a draft that follow on each other are told once.
func (d desk) events(f page.Frame, history []application.Event) (all []event) {
	names := map[string]string{}
	for i, one := range history {
		if one.Action == application.Edit && i+1 < len(history) && history[i+1].Action == application.Edit {
			continue
		}
		who := f.In(one.Action.By().Label())
		if name := d.nameOf(names, one.Person); name != "" {
			who = name + ", " + who
		}
		all = append(all, event{When: f.Moment(one.At), What: f.In(done[one.Action]), Who: who, Reason: one.Reason})
	}
	return all
}

// nameOf is the e-mail address of a person whom the reader may see; "" of others, and of one who is not on record any more.
func (d desk) nameOf(known map[string]string, person string) string {
	if person == "" {
		return ""
	}
	name, ok := known[person]
	if !ok {
		if found, err := d.Person(d.ctx, person); err == nil {
			name = found.Email
		}
		known[person] = name
	}
	return name
}

// empty reports whether a section has no answer yet.
func (s sheet) empty(of section) bool {
	return !slices.ContainsFunc(of.Answers, func(a answer) bool { return len(a.read(s.Frame, &s.Of.Form)) > 0 })
}

// words says how many words a text has, of how many.
func (s sheet) words(text string, most int) string {
	return filled(s.Frame, wordsOf, "n", s.Number(locale.Words(text)), "most", s.Number(most))
}
