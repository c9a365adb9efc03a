package applications

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// question is the page on which somebody does something to an application: what will happen, and what is asked.
type question struct {
	page.Frame
	Of      office.Application
	Do      application.Action
	Path    string // of the application
	Facts   []page.Fact
	Will    []string     // what will happen
	Fields  []page.Input // what is asked
	Missing []lack       // what keeps a form from being sent
	Refused page.Refused
}

// lack is something that a form needs before it is sent.
type lack struct{ Field, Message string }

// act is what the path says is to be done. ROUTE_UNKNOWN of what is no action on an application, ACCESS_DENIED.
func (d desk) act() (application.Action, error) {
	do := application.Action(d.Values["act"])
	if do == application.Start || !slices.Contains(application.Actions, do) {
		return do, problem.New("ROUTE_UNKNOWN").Valued("/" + d.Path)
	}
	if p := access.Decide(d.who, access.Action("application."+do), access.Object{City: d.at()}); p != nil {
		return do, p
	}
	return do, nil
}

func askAct(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d := deskOf(ctx, o, v)
	do, err := d.act()
	if err != nil {
		return nil, err
	}
	of, err := d.dossier()
	if err != nil {
		return nil, err
	}
	switch {
	case !d.possible(of, do):
		return v.On(pathOf(of.Call.ID, of.City), wordNotNow), nil
	case do == application.Edit:
		return v.Written(ctx, editView(d.paper(of)))
	}
	q, err := d.question(of, do)
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, actView(q))
}

// question puts the page of an act together.
func (d desk) question(of dossier, do application.Action) (question, error) {
	f := d.framed(of, questions[do])
	f.Within = append(f.Within, page.Step{Path: pathOf(of.Call.ID, of.City), Name: of.Name})
	q := question{Frame: f, Of: of.Application, Do: do, Path: pathOf(of.Call.ID, of.City), Facts: d.facts(f, of)}
	if do == application.Send {
		q.Missing = d.missing(of)
	}
	with, err := d.figures(f, of, do)
	if err != nil {
		return q, err
	}
	for _, text := range consequences(of.State, do) {
		q.Will = append(q.Will, filled(f, text, with...))
	}
	switch do {
	case application.Submit:
		q.Fields = []page.Input{{Name: "signed", Value: d.Form.Get("signed"), Label: signedLabel, Hint: signedHint, Required: true, Complete: "name"}}
	case application.Return, application.Withdraw, application.Recall, application.Accept, application.Defer, application.Decline:
		q.Fields = []page.Input{{
			Name: "reason", Value: d.Form.Get("reason"), Label: reasonLabel, Hint: reasonHints[do], Lines: 4, Required: explained[do],
		}}
	}
	return q, nil
}

// explained are the acts whose reason the other side needs.
var explained = map[application.Action]bool{application.Return: true, application.Defer: true, application.Decline: true}

// figures are what the text about an act may name, names and values by turns.
func (d desk) figures(f page.Frame, of dossier, do application.Action) ([]string, error) {
	until := func(which application.Deadline) string {
		day := d.lastDay(of.Call, of.extensions, which, of.City, of.Country)
		return f.Day(day.Day) + " (" + left(f, day) + ")"
	}
	with := []string{
		"city", of.Name, "country", d.country(of.Country), "today", f.Day(civil.Of(d.Now, of.Call.Location())),
		"cities", until(application.CityDeadline), "commission", until(application.CommissionDeadline),
	}
	if do.By() != application.ByCommission {
		return with, nil
	}
	quota, err := d.Quota(d.ctx, of.Call.ID, of.Country)
	return append(with, "used", f.Number(quota.Used), "then", f.Number(quota.Used+1), "before", f.Number(max(quota.Used-1, 0)),
		"limit", f.Number(quota.Limit), "left", f.Number(quota.Left)), err
}

func doAct(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d := deskOf(ctx, o, v)
	do, err := d.act()
	if err != nil {
		return nil, err
	}
	if do == application.Edit {
		return d.save()
	}
	act := office.ApplicationAct{
		Call: v.Values["call"], City: d.at(), Action: do, Seen: seen(v), Reason: strings.TrimSpace(v.Form.Get("reason")),
		Signed: strings.TrimSpace(v.Form.Get("signed")),
	}
	if err = unexplained(act); err == nil {
		_, err = o.Do(ctx, v.Request(), act)
	}
	if err != nil {
		of, failed := d.dossier() // as it is now
		if failed != nil {
			return nil, err
		}
		q, failed := d.question(of, do)
		if failed != nil {
			return nil, err
		}
		return v.Again(ctx, err, func(refused page.Refused) templ.Component {
			q.Refused = placed(refused, q.Fields)
			return actView(q)
		})
	}
	if do.By() == application.ByCommission {
		return v.On(inboxOf(act.Call, v.Values["country"]), string(do)), nil
	}
	return v.On(pathOf(act.Call, act.City), string(do)), nil
}

// unexplained refuses an act without what the other side has to be told: CELL_REQUIRED.
func unexplained(act office.ApplicationAct) error {
	need := func(field string, label locale.Text) error {
		return problem.New("CELL_REQUIRED").In(field).WithText("column", label)
	}
	switch {
	case explained[act.Action] && act.Reason == "":
		return need("reason", reasonLabel)
	case act.Action == application.Submit && act.Signed == "":
		return need("signed", signedLabel)
	}
	return nil
}

// placed are problems with those fields only that a form has.
func placed(refused page.Refused, fields []page.Input) (all page.Refused) {
	for _, p := range refused {
		one := *p
		if !slices.ContainsFunc(fields, func(i page.Input) bool { return i.Name == p.Field }) {
			one.Field = ""
		}
		all = append(all, &one)
	}
	return all
}

// seen is the version of the application that a form is about; 0 of none.
func seen(v page.Visit) int64 {
	if version := v.Version(); version != nil {
		return *version
	}
	return 0
}

// missing is what keeps an application from being sent, in the order of the form.
func (d desk) missing(of dossier) (all []lack) {
	for _, p := range application.CheckForm(locale.Same(of.Name), of.Form, d.Programme) {
		all = append(all, lack{p.Field, p.Message(d.Lang)})
	}
	return all
}

// at is the address of a field: on the page itself where path is "".
func at(f page.Frame, path, field string) string {
	if path == "" {
		return page.Anchor(field)
	}
	return f.To(path) + page.Anchor(field)
}
