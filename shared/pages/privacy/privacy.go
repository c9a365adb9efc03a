// Package privacy is the pages on which the secretariat answers who asks what is held about it: it looks for the person, has a copy made, and
// erases it. Who is looked for stands in forms, and never in an address.
package privacy

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Menu leads there whoever may see what is held about anybody.
var Menu = page.Entry{Path: "privacy", Name: menuPrivacy, Shown: func(who access.Actor) bool { return may(who, access.PrivacyRead) }}

func may(who access.Actor, do access.Action) bool {
	return access.Decide(who, do, access.Object{}) == nil
}

// Routes lists the pages.
func Routes() []page.Route {
	return []page.Route{
		{Method: "GET", Pattern: "/privacy", Serve: show},
		{Method: "POST", Pattern: "/privacy", Serve: find},
		{Method: "POST", Pattern: "/privacy/copy", Serve: copied},
		{Method: "POST", Pattern: "/privacy/erase", Serve: erase},
	}
}

// done is what can have been done before a page.
var done = map[string]locale.Text{"erased": wasErased}

// who is the person of a form: names and addresses, one a line.
func who(form url.Values) privacy.Who {
	return privacy.Who{Names: lines(form.Get("names")), Emails: lines(form.Get("emails")), Account: strings.TrimSpace(form.Get("account"))}
}

func lines(text string) (all []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

func inputs(form url.Values) []page.Input {
	return []page.Input{
		{Name: "names", Label: labelNames, Hint: hintNames, Lines: 3, Value: form.Get("names")},
		{Name: "emails", Label: labelEmails, Hint: hintEmails, Lines: 2, Value: form.Get("emails")},
		{Name: "account", Label: labelAccount, Hint: hintAccount, Value: form.Get("account"), Complete: "off"},
	}
}

// entry is an erasure in words.
type entry struct{ when, state, taken string }

// asking is what the page shows: the form, what was found, and the register.
type asking struct {
	inputs   []page.Input
	form     url.Values
	found    *privacy.Found // nil before anything was looked for
	counts   []page.Fact
	kept     int // places that an erasure leaves
	register []entry
	erases   bool // who reads may
}

// view is the page with a form that says something, and what was found by it.
func view(ctx context.Context, o *office.Office, v page.Visit, form url.Values, found *privacy.Found) (func(page.Refused) templ.Component, error) {
	register, err := o.Erasures(ctx)
	if err != nil {
		return nil, err
	}
	f := page.Framed(ctx, v, menuPrivacy, done)
	f.At = "privacy"
	is := asking{inputs: inputs(form), form: form, found: found, erases: may(page.Who(ctx), access.PrivacyErase)}
	for _, e := range slices.Backward(register) {
		is.register = append(is.register, entry{f.Moment(e.At), f.In(e.State.Label()), counted(f, e.Taken)})
	}
	if found != nil {
		for _, kind := range slices.Sorted(maps.Keys(found.Counts)) {
			is.counts = append(is.counts, page.Fact{Name: f.In(kind.Label()), Value: f.Number(found.Counts[kind])})
		}
		for _, one := range found.Findings {
			if !one.Kept.IsZero() {
				is.kept++
			}
		}
	}
	return func(refused page.Refused) templ.Component { return privacyView(f, is, refused) }, nil
}

func counted(f page.Frame, counts map[privacy.Kind]int) string {
	var all []string
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		all = append(all, f.In(kind.Label())+" "+f.Number(counts[kind]))
	}
	return strings.Join(all, ", ")
}

func show(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	shown, err := view(ctx, o, v, url.Values{}, nil)
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, shown(nil))
}

func find(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	found, err := o.FindPersonal(ctx, who(v.Form))
	return again(ctx, o, v, found, err)
}

// again is the page with what was sent, what was found by it, and what was wrong with it.
func again(ctx context.Context, o *office.Office, v page.Visit, found *privacy.Found, wrong error) (*page.Answer, error) {
	shown, err := view(ctx, o, v, v.Form, found)
	switch {
	case err != nil && wrong != nil:
		return nil, wrong
	case err != nil:
		return nil, err
	case wrong != nil:
		return v.Again(ctx, named(wrong), shown)
	}
	return v.Written(ctx, shown(nil))
}

// named has a problem of a person's naming stand at the field of the form.
func named(err error) error {
	if p, ok := err.(*problem.Problem); ok {
		switch p.Field {
		case "name":
			return p.In("names")
		case "email":
			return p.In("emails")
		}
	}
	return err
}

func copied(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	link, err := o.CopyPersonal(ctx, v.NewID(), who(v.Form), v.Lang)
	if err != nil {
		return again(ctx, o, v, nil, err)
	}
	return v.Away(link.URL), nil
}

// erase asks for the confirmation that stands below what was found: who didn't see that didn't tick it.
func erase(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	person := who(v.Form)
	if v.Form.Get("sure") != page.Ticked {
		found, err := o.FindPersonal(ctx, person)
		if err == nil {
			err = problem.New("FIELD_INVALID").In("sure").WithText("field", labelSure).WithText("expected", ticked)
		}
		return again(ctx, o, v, found, err)
	}
	if _, err := o.ErasePersonal(ctx, person); err != nil {
		return again(ctx, o, v, nil, err)
	}
	return v.On("privacy", "erased"), nil
}
