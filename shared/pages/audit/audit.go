// Package audit is the pages on who did what with the product and was shown personal data, and on whether the trail of that is as it was. It
// notes nothing itself.
package audit

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// The paths of the area.
const (
	listPath   = "audit"
	verifyPath = "audit/verification"
)

// Menu leads to the trail whoever may read it.
var Menu = page.Entry{Path: listPath, Name: listTitle, Shown: page.May(access.AuditRead)}

// Routes lists the pages.
func Routes() []page.Route {
	return []page.Route{
		{Method: "GET", Pattern: "/audit", Serve: list},
		{Method: "GET", Pattern: "/audit/verification", Serve: verify},
	}
}

// row is an entry in words.
type row struct {
	number, moment, who, person, role string // person is the path of the person's page, "" where there is none
	action, object, door, outcome     string
	tone                              page.Tone
}

var tones = map[audit.Outcome]page.Tone{audit.Allowed: page.Calm, audit.Denied: page.Watch}

// filterOf is what the query asks for. FIELD_INVALID.
func filterOf(v page.Visit) (f audit.Filter, err error) {
	for _, one := range []struct {
		name  string
		label locale.Text
		into  *string
	}{{"person", personWord, &f.Person}, {"object", objectWord, &f.Object}} {
		given := strings.TrimSpace(v.Query.Get(one.name))
		if *one.into = audit.Identifier(given); *one.into != given {
			return f, problem.New("FIELD_INVALID").In(one.name).WithText("field", one.label).WithText("expected", anIdentifier)
		}
	}
	if do := access.Action(v.Query.Get("action")); do.Class() != 0 {
		f.Action = do
	}
	v.Form = v.Query // where the days of a filter stand
	if f.From, err = v.Day("from", fromWord); err == nil {
		f.To, err = v.Day("to", toWord)
	}
	return f, err
}

func list(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f := page.Framed(ctx, v, listTitle, nil)
	filter, err := filterOf(v)
	if err != nil {
		if _, _, denied := o.AuditEntries(ctx, audit.Filter{}, "", 1); denied != nil {
			return nil, denied
		}
		return v.Again(ctx, err, func(refused page.Refused) templ.Component { return listView(f, fields(f, v), nil, "", refused) })
	}
	found, next, err := page.Stored(ctx, v, func(ctx context.Context, after table.Cursor, limit int) ([]audit.Entry, table.Cursor, error) {
		return o.AuditEntries(ctx, filter, after, limit)
	})
	if err != nil {
		return nil, err
	}
	names, err := addresses(ctx, o)
	if err != nil {
		return nil, err
	}
	rows := make([]row, len(found))
	for i, e := range found {
		rows[i] = rowOf(f, e, names)
	}
	return v.Written(ctx, listView(f, fields(f, v), rows, next, nil))
}

// addresses are those of the people on record, by identifier: the trail has none.
func addresses(ctx context.Context, o *office.Office) (map[string]string, error) {
	all, err := o.People(ctx)
	names := map[string]string{}
	for _, one := range all {
		names[one.ID] = one.Email
	}
	return names, err
}

func rowOf(f page.Frame, e audit.Entry, names map[string]string) row {
	r := row{
		number: f.Number(int(e.Number)), moment: f.Moment(e.At), who: e.Person, role: f.In(e.Role.Label()), action: f.In(e.Action.Label()),
		object: e.Object, door: f.In(e.Door.Label()), outcome: f.In(e.Outcome.Label()), tone: tones[e.Outcome],
	}
	if name, on := names[e.Person]; on {
		r.who, r.person = name, "people/"+e.Person
	}
	if r.who == "" {
		r.who = "–"
	}
	return r
}

// fields are those of the filter, as they were sent.
func fields(f page.Frame, v page.Visit) []page.Input {
	actions := []page.Option{{Name: f.In(anyWord)}}
	for do := range access.Actions() {
		if do.Class() != access.Reading {
			actions = append(actions, page.Option{Value: string(do), Name: f.In(do.Label())})
		}
	}
	slices.SortFunc(actions[1:], func(a, b page.Option) int { return strings.Compare(locale.Fold(a.Name), locale.Fold(b.Name)) })
	return []page.Input{
		{Name: "person", Label: personWord, Value: v.Query.Get("person"), Hint: personHint},
		{Name: "action", Label: actionWord, Value: v.Query.Get("action"), Options: actions},
		{Name: "object", Label: objectWord, Value: v.Query.Get("object"), Hint: objectHint},
		{Name: "from", Label: fromWord, Value: v.Query.Get("from"), Type: "date"},
		{Name: "to", Label: toWord, Value: v.Query.Get("to"), Type: "date"},
	}
}

// verified is the trail as a verification found it.
type verified struct {
	whole bool
	facts []page.Fact
}

// knownOf is where the trail stood once, as the query says; none where it doesn't. FIELD_INVALID.
func knownOf(v page.Visit) ([]audit.Head, error) {
	typed := strings.TrimSpace(v.Query.Get("head"))
	if typed == "" {
		return nil, nil
	}
	head, ok := audit.ParseHead(typed)
	if !ok {
		return nil, problem.New("FIELD_INVALID").In("head").WithText("field", knownWord).WithText("expected", aHead)
	}
	return []audit.Head{head}, nil
}

func verify(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f := page.Framed(ctx, v, verifyTitle, nil)
	f.Within = []page.Step{{Path: listPath, Name: f.In(listTitle)}}
	field := page.Input{Name: "head", Label: knownWord, Hint: knownHint, Value: v.Query.Get("head")}
	known, wrong := knownOf(v)
	got, err := o.VerifyAudit(ctx, known)
	if err != nil {
		return nil, err
	}
	is := verified{whole: got.Fault == nil}
	if is.whole {
		is.facts = []page.Fact{{Name: f.In(countWord), Value: f.Number(int(got.Head.Number))}, {Name: f.In(standsWord), Value: got.Head.String()}}
	} else {
		is.facts = []page.Fact{
			{Name: f.In(placeWord), Value: strconv.FormatInt(got.Fault.Number, 10)}, {Name: f.In(flawWord), Value: f.In(got.Fault.Flaw.Label())},
			{Name: f.In(wantWord), Value: got.Fault.Want}, {Name: f.In(gotWord), Value: got.Fault.Got},
		}
	}
	if wrong != nil {
		return v.Again(ctx, wrong, func(refused page.Refused) templ.Component { return verifyView(f, is, field, refused) })
	}
	return v.Written(ctx, verifyView(f, is, field, nil))
}
