package people

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/people"
)

// within is the page above those of people.
func within(f page.Frame) []page.Step { return []page.Step{{Path: "people", Name: f.In(menuPeople)}} }

// standing is what a form makes somebody. A country may be named as people name it.
func standing(o *office.Office, form url.Values) people.Standing {
	s := people.Standing{
		Email: form.Get("email"), Role: access.Role(form.Get("role")), Scope: access.Scope(form.Get("scope")), Lang: locale.Lang(form.Get("lang")),
	}
	if s.Role == access.Commission && s.Scope != "" {
		if country, ok := o.Reference.Find(string(s.Scope)); ok {
			s.Scope = access.Scope(country.ISO2)
		}
	}
	return s
}

// inputs are the fields of a form with what they say.
func inputs(f page.Frame, values url.Values) []page.Input {
	role := page.Input{Name: "role", Label: colRole, Required: true, Value: values.Get("role")}
	for _, one := range access.Roles {
		role.Options = append(role.Options, page.Option{Value: string(one), Name: f.In(one.Label())})
	}
	lang := page.Input{Name: "lang", Label: colLang, Value: values.Get("lang")}
	for _, one := range locale.Langs {
		lang.Options = append(lang.Options, page.Option{Value: string(one), Name: languages[one]})
	}
	return []page.Input{
		{Name: "email", Label: colEmail, Hint: hintMail, Type: "email", Required: true, Value: values.Get("email"), Complete: "off"},
		role, {Name: "scope", Label: fieldScope, Hint: hintScope, Value: values.Get("scope")}, lang,
	}
}

func inviting(ctx context.Context, _ *office.Office, v page.Visit) (*page.Answer, error) {
	if p := access.Decide(page.Who(ctx), access.PeopleInvite, access.Object{}); p != nil {
		return nil, p
	}
	return v.Written(ctx, invitation(ctx, v, url.Values{"role": {string(access.City)}, "lang": {string(v.Lang)}})(nil))
}

func invite(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	person, err := o.Invite(ctx, v.Request(), standing(o, v.Form))
	if err != nil {
		return v.Again(ctx, err, invitation(ctx, v, v.Form))
	}
	return v.On("people/"+person.ID, "invited"), nil
}

func invitation(ctx context.Context, v page.Visit, values url.Values) func(page.Refused) templ.Component {
	f := page.Framed(ctx, v, inviteTitle, nil)
	f.At, f.Within = "people/new", within(f)
	return func(refused page.Refused) templ.Component { return inviteView(f, inputs(f, values), refused) }
}

func show(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	p, err := o.Person(ctx, v.Values["person"])
	if err != nil {
		return nil, err
	}
	values := url.Values{"email": {p.Email}, "role": {string(p.Role)}, "scope": {string(p.Scope)}, "lang": {string(p.Lang)}}
	return v.Written(ctx, personPage(ctx, o, v, p, values)(nil))
}

func change(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	id := v.Values["person"]
	_, err := o.ChangePerson(ctx, v.Request(), id, base(v), standing(o, v.Form))
	if err == nil {
		return v.On("people/"+id, "changed"), nil
	}
	p, failed := o.Person(ctx, id)
	if failed != nil {
		return nil, err
	}
	return v.Again(ctx, err, personPage(ctx, o, v, p, v.Form))
}

// base is the version that a form was written from; one that it doesn't name is none.
func base(v page.Visit) int64 {
	if version := v.Version(); version != nil && *version > 0 {
		return *version
	}
	return -1
}

// about is the frame of a page on a person.
func about(ctx context.Context, v page.Visit, p people.Person) page.Frame {
	f := page.Framed(ctx, v, menuPeople, done)
	f.Name, f.Within = p.Email, within(f)
	return f
}

func personPage(ctx context.Context, o *office.Office, v page.Visit, p people.Person, values url.Values) func(page.Refused) templ.Component {
	f := about(ctx, v, p)
	is := person{
		row: rowOf(ctx, o, f, p), version: strconv.FormatInt(p.Version, 10), changes: may(ctx, access.PeopleChange, p.ID),
		removes: may(ctx, access.PeopleRemove, p.ID), inputs: inputs(f, values),
	}
	return func(refused page.Refused) templ.Component { return personView(f, is, factsOf(f, is.row)[1:], refused) }
}

// person is what the page on a person shows.
type person struct {
	row
	version          string
	changes, removes bool // who reads may
	inputs           []page.Input
}

func removing(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	view, err := removal(ctx, o, v)
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, view(nil))
}

// removal is the page that says what a removal does.
func removal(ctx context.Context, o *office.Office, v page.Visit) (func(page.Refused) templ.Component, error) {
	p, err := affected(ctx, o, v, access.PeopleRemove)
	if err != nil {
		return nil, err
	}
	going, err := o.Sessions(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	f := about(ctx, v, p)
	ending := ""
	if len(going) > 0 {
		ending = f.Count(len(going), endsNow, endNow)
	}
	facts := factsOf(f, rowOf(ctx, o, f, p))[1:]
	return func(refused page.Refused) templ.Component {
		return removeView(f, p.ID, strconv.FormatInt(p.Version, 10), facts, ending, refused)
	}, nil
}

// affected is the person that something is to be done about, for whom may do it.
func affected(ctx context.Context, o *office.Office, v page.Visit, do access.Action) (people.Person, error) {
	id := v.Values["person"]
	if p := access.Decide(page.Who(ctx), do, access.Object{Person: id}); p != nil {
		return people.Person{}, p
	}
	return o.Person(ctx, id)
}

func remove(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	err := o.RemovePerson(ctx, v.Request(), v.Values["person"], base(v))
	if err == nil {
		return v.On("people", "removed"), nil
	}
	view, failed := removal(ctx, o, v)
	if failed != nil {
		return nil, err
	}
	return v.Again(ctx, err, view)
}

func unbinding(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	p, err := affected(ctx, o, v, access.PeopleChange)
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, unbindView(about(ctx, v, p), p.ID))
}

func unbind(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	id := v.Values["person"]
	if err := o.Unbind(ctx, v.Request(), id); err != nil {
		return nil, err
	}
	return v.On("people/"+id, "unbound"), nil
}
