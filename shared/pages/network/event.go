package network

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// eventForm is the form of an event of a membership; of no kind, it asks for one.
type eventForm struct {
	Of     office.Member
	Kind   network.Kind
	Kinds  []network.Kind // those that can be entered of the city
	Effect string         // what the event will do
	Fields []page.Input
}

// askEvent shows the form of an event of the kind that is asked for (?kind=), or else the kinds.
func askEvent(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f, m, err := eventFrame(ctx, o, v)
	if err != nil {
		return nil, err
	}
	form, err := f.eventForm(m, network.Kind(v.Query.Get("kind")))
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, eventView(f, form, nil))
}

// eventFrame is the frame of a city's form, for who may send it. ACCESS_DENIED.
func eventFrame(ctx context.Context, o *office.Office, v page.Visit) (frame, office.Member, error) {
	if p := access.Decide(page.Who(ctx), access.MemberEnter, access.Object{City: cityAt(v)}); p != nil {
		return frame{}, office.Member{}, p
	}
	m, _, err := o.Member(ctx, cityAt(v))
	f := framed(ctx, o, v, enterEventAct, nil)
	f.Within = []page.Step{{Path: "members", Name: f.In(membersTitle)}, {Path: cityPath(m.ID), Name: m.City}}
	return f, m, err
}

// eventKinds are the kinds of events that can be entered of a city as it stands.
func (f frame) eventKinds(m office.Member) []network.Kind {
	if m.StateOn(f.today()) == office.MemberBefore {
		return []network.Kind{network.Joined}
	}
	return slices.DeleteFunc(slices.Clone(network.Kinds), func(k network.Kind) bool { return k == network.Joined })
}

func (f frame) eventForm(m office.Member, kind network.Kind) (eventForm, error) {
	form := eventForm{Of: m, Kinds: f.eventKinds(m)}
	if !slices.Contains(form.Kinds, kind) {
		return form, nil
	}
	form.Kind, form.Effect = kind, f.effectOf(m, kind)
	day := page.Input{Name: "on", Type: "date", Label: dayLabels[kind], Value: f.value("on", f.today().String()), Required: true}
	reason := page.Input{Name: "reason", Label: reasonWord, Hint: eventReasonHint, Value: f.value("reason", ""), Lines: 3}
	switch kind {
	case network.Joined, network.Renamed:
		form.Fields = append(form.Fields, page.Input{
			Name: "name", Label: newNameWord, Value: f.value("name", m.City), Required: kind == network.Renamed,
		})
	case network.Merged:
		others, err := f.otherCities(m.ID)
		if err != nil {
			return form, err
		}
		form.Fields = append(form.Fields, page.Input{
			Name: "into", Label: intoWord, Value: f.value("into", ""), Options: others, Required: true,
		})
	case network.ClusterJoined, network.ClusterRenewed, network.ClusterLeft:
		form.Fields = append(form.Fields, page.Input{
			Name: "cluster", Label: clusterWord, Value: f.value("cluster", ""), Options: f.clustersFor(m, kind), Required: true,
		})
	}
	form.Fields = append(form.Fields, day, reason)
	return form, nil
}

// value is what was sent in a field, or else what stands there at first.
func (f frame) value(name, first string) string {
	if f.Form == nil {
		return first
	}
	return f.Form.Get(name)
}

// effectOf says what an event of a kind does to a city.
func (f frame) effectOf(m office.Member, kind network.Kind) string {
	in := m.ClustersOn(f.today())
	named := f.clusters(in)
	if len(in) == 0 {
		named = f.In(noneWord)
	}
	limits := f.office.Programme.Limits
	return f.told(effects[kind], "{city}", m.City, "{n}", f.Count(len(in), clusterCountWord, clustersCountWord), "{clusters}", named,
		"{limit}", f.Number(limits.ClustersPerCity), "{years}", f.Number(limits.ParticipationYears), "{id}", m.ID)
}

// clustersFor are the clusters that a city can join; or can renew or leave: those that it is in stand first.
func (f frame) clustersFor(m office.Member, kind network.Kind) (options []page.Option) {
	in := m.ClustersOn(f.today())
	options = append(options, page.Option{Name: f.In(chooseWord)})
	for _, first := range []bool{kind != network.ClusterJoined, kind == network.ClusterJoined} {
		for _, one := range f.office.Programme.Clusters {
			if slices.Contains(in, one.ID) == first {
				options = append(options, page.Option{Value: one.ID, Name: f.In(one.Label)})
			}
		}
	}
	return options
}

// otherCities are the members but for one.
func (f frame) otherCities(but string) ([]page.Option, error) {
	all, _, err := f.office.Members(f.ctx, office.MemberFilter{State: office.MemberNow})
	options := []page.Option{{Name: f.In(chooseWord)}}
	for _, m := range all {
		if m.ID != but {
			options = append(options, page.Option{Value: m.ID, Name: f.placed(m.City, m.Country)})
		}
	}
	slices.SortFunc(options[1:], func(a, b page.Option) int { return strings.Compare(locale.Fold(a.Name), locale.Fold(b.Name)) })
	return options, err
}

// enterEvent enters what the form says.
func enterEvent(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f, m, err := eventFrame(ctx, o, v)
	if err != nil {
		return nil, err
	}
	form, err := f.eventForm(m, network.Kind(v.Form.Get("kind")))
	if err != nil {
		return nil, err
	}
	if form.Kind == "" {
		return v.Written(ctx, eventView(f, form, nil))
	}
	on, err := v.Day("on", dayLabels[form.Kind])
	if err == nil {
		err = f.enter(m.ID, form.Kind, on)
	}
	if err == nil {
		return v.On(cityPath(m.ID), "entered"), nil
	}
	return v.Again(ctx, atFields(err, form.Fields), func(refused page.Refused) templ.Component { return eventView(f, form, refused) })
}

func (f frame) enter(city string, kind network.Kind, on civil.Date) error {
	_, err := f.office.EnterEvent(f.ctx, f.Request(), network.Event{
		Kind: kind, City: city, On: on, Name: f.Form.Get("name"), Into: f.Form.Get("into"), Cluster: f.Form.Get("cluster"),
		Reason: f.Form.Get("reason"),
	})
	return err
}

// atFields takes the field from problems whose field the form doesn't have, so that nothing leads nowhere.
func atFields(err error, fields []page.Input) error {
	var several interface{ Unwrap() []error }
	all := []error{err}
	if errors.As(err, &several) {
		all = several.Unwrap()
	}
	for _, one := range all {
		var p *problem.Problem
		if errors.As(one, &p) && !slices.ContainsFunc(fields, func(i page.Input) bool { return i.Name == p.Field }) {
			p.Field = ""
		}
	}
	return err
}
