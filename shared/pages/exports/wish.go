package exports

import (
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// form asks for what a kind of file can be made by.
func form(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	kind := request.Kind(v.Query.Get("kind"))
	if !slices.Contains(request.All(), kind) {
		return v.On("exports", ""), nil
	}
	if !slices.Contains(mayAskFor(page.Who(ctx)), kind) {
		if p := access.Decide(page.Who(ctx), shownBy[kind], access.Object{}); p != nil {
			return nil, p
		}
	}
	asks, err := asking(ctx, o, v, kind, v.Query)
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, asks(nil))
}

// ask has a file made.
func ask(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	wish, err := wishOf(v)
	if err == nil {
		var export *request.Export
		if export, err = o.CreateExport(ctx, v.Identify, wish); err == nil {
			return v.On("exports/"+export.ID, "asked"), nil
		}
	}
	if !slices.Contains(request.All(), wish.Kind) {
		return nil, err
	}
	v.Query = url.Values{"kind": {string(wish.Kind)}} // of the form's own address
	asks, failed := asking(ctx, o, v, wish.Kind, v.Form)
	if failed != nil {
		return nil, failed
	}
	return v.Again(ctx, err, asks)
}

// wishOf is what a form asks for. FIELD_INVALID.
func wishOf(v page.Visit) (request.Wish, error) {
	wish := request.Wish{
		Kind: request.Kind(v.Form.Get("kind")), Format: request.Format(v.Form.Get("format")), Lang: v.Lang,
		Term: v.Form.Get("term"), Call: v.Form.Get("call"), Donor: v.Form.Get("donor"),
	}
	if lang, err := locale.ParseLang(v.Form.Get("in")); err == nil {
		wish.Lang = lang
	}
	var err error
	if wish.From, err = v.Day("from", fieldFrom); err != nil {
		return wish, err
	}
	if wish.To, err = v.Day("to", fieldTo); err != nil {
		return wish, err
	}
	at, err := v.Day("at", fieldAt)
	if err != nil {
		return wish, err
	}
	if !at.IsZero() {
		if !at.Before(civil.Of(v.Now, time.UTC)) {
			return wish, problem.New("FIELD_INVALID").In("at").WithText("field", fieldAt).WithText("expected", aPastDay).Valued(at.String())
		}
		wish.At = at.EndOf(time.UTC)
	}
	return wish, nil
}

// asking makes the form for a kind of file, with the values that its fields have.
func asking(
	ctx context.Context, o *office.Office, v page.Visit, kind request.Kind, values url.Values,
) (func(page.Refused) templ.Component, error) {
	who := page.Who(ctx)
	f := page.Framed(ctx, v, called(who, kind), nil)
	f.At, f.Within = "exports/new", []page.Step{{Path: "exports", Name: f.In(menuExports)}}
	inputs := []page.Input{
		{Name: "format", Label: fieldFormat, Each: true, Required: true, Value: first(values.Get("format"), string(request.XLSX)), Options: formatsOf(f, who, kind)},
		{Name: "in", Label: fieldLang, Value: first(values.Get("in"), string(v.Lang)), Options: langs()},
	}
	if len(inputs[0].Options) == 1 {
		inputs = inputs[1:]
	}
	if kind == request.Donor && who.Role != access.Donor {
		known, _, err := o.DonorPage(ctx, office.DonorFilter{}, "", office.SuggestedDonors)
		if err != nil {
			return nil, err
		}
		donor := page.Input{Name: "donor", Label: fieldDonor, Hint: hintDonor, Required: true, Value: values.Get("donor")}
		for _, one := range known {
			donor.Suggestions = append(donor.Suggestions, one.Name)
		}
		inputs = append([]page.Input{donor}, inputs...)
	}
	if kind != request.Audit {
		inputs = append(inputs, page.Input{Name: "term", Label: fieldTerm, Value: values.Get("term"), Options: terms(f, o.Programme)})
	}
	switch kind {
	case request.Audit:
		inputs = append(inputs,
			page.Input{Name: "from", Label: fieldFrom, Type: "date", Value: values.Get("from")},
			page.Input{Name: "to", Label: fieldTo, Type: "date", Value: values.Get("to")})
	case request.Membership:
		inputs = append(inputs, page.Input{Name: "call", Label: fieldCall, Value: values.Get("call"), Options: calls(f, o.Programme)})
	case request.Donor:
		inputs = append(inputs,
			page.Input{Name: "from", Label: fieldFrom, Hint: hintDays, Type: "date", Value: values.Get("from")},
			page.Input{Name: "to", Label: fieldTo, Type: "date", Value: values.Get("to")})
	}
	inputs = append(inputs, page.Input{Name: "at", Label: fieldAt, Hint: hintAt, Type: "date", Value: values.Get("at")})
	return func(refused page.Refused) templ.Component {
		return wishView(f, kind, f.In(kinds[kind].about), inputs, refused)
	}, nil
}

func first(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// formatsOf are the formats in which somebody may have a kind.
func formatsOf(f page.Frame, who access.Actor, kind request.Kind) (options []page.Option) {
	for _, one := range kind.Formats() {
		if one == request.IATI && !page.May(access.ExportIATI)(who) {
			continue
		}
		options = append(options, page.Option{Value: string(one), Name: f.In(formats[one].name), Note: f.In(formats[one].note)})
	}
	return options
}

func langs() (options []page.Option) {
	for _, lang := range locale.Langs {
		options = append(options, page.Option{Value: string(lang), Name: languages[lang]})
	}
	return options
}

func terms(f page.Frame, of *programme.Edition) []page.Option {
	options := []page.Option{{Name: f.In(latestTerm)}}
	for _, one := range of.Terms {
		options = append(options, page.Option{Value: one.ID, Name: one.ID})
	}
	return options
}

func calls(f page.Frame, of *programme.Edition) []page.Option {
	options := []page.Option{{Name: f.In(latestCall)}}
	for _, one := range of.Calls {
		options = append(options, page.Option{Value: one.ID, Name: f.In(one.Title)})
	}
	return options
}
