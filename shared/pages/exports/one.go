package exports

import (
	"context"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
)

var done = map[string]locale.Text{"asked": asked}

// show shows how far a file has come.
func show(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	export, _, err := o.Export(ctx, v.Values["id"])
	if err != nil {
		return nil, err
	}
	askers, err := askersOf(ctx, o)
	if err != nil {
		return nil, err
	}
	donors, err := donorsOf(ctx, o, *export)
	if err != nil {
		return nil, err
	}
	f := page.Framed(ctx, v, menuExports, done)
	f.Within = []page.Step{{Path: "exports", Name: f.In(menuExports)}}
	r := rowOf(ctx, f, export, askers, donors)
	f.Name = r.name
	if r.pending {
		f.Refresh = soon
	}
	return v.Written(ctx, showView(f, r, factsOf(f, r, askers != nil), ready(f, r)))
}

// factsOf are those of a file, those that it doesn't have left open.
func factsOf(f page.Frame, r row, byWhom bool) []page.Fact {
	wish := r.Wish
	facts := []page.Fact{
		{Name: f.In(fieldFormat), Value: r.format}, {Name: f.In(colLang), Value: r.lang}, {Name: f.In(colDonor), Value: r.donor},
		{Name: f.In(colCall), Value: wish.Call}, {Name: f.In(colTerm), Value: wish.Term},
		{Name: f.In(colFrom), Value: f.Day(wish.From)}, {Name: f.In(colTo), Value: f.Day(wish.To)},
		{Name: f.In(colAsOf), Value: r.asOf}, {Name: f.In(colAsked), Value: f.Moment(r.AskedAt)}, {Name: f.In(colEnded), Value: f.Moment(r.EndedAt)},
	}
	if r.Bytes > 0 {
		facts = append(facts, page.Fact{Name: f.In(colSize), Value: size(f, r.Bytes)})
	}
	if byWhom {
		facts = append(facts, page.Fact{Name: f.In(colBy), Value: r.by})
	}
	return facts
}

// size is a number of bytes as people say it.
func size(f page.Frame, bytes int64) string {
	return f.Number(int((bytes+999)/1000)) + "\u00a0" + f.In(kilobytes)
}

// ready is what the button says by which a file is fetched.
func ready(f page.Frame, r row) string {
	if r.State != request.Ready {
		return ""
	}
	return f.In(download) + " – " + r.File() + " (" + size(f, r.Bytes) + ")"
}

// fetch leads to a file; to its page where it isn't there yet.
func fetch(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	export, link, err := o.Export(ctx, v.Values["id"])
	if err != nil {
		return nil, err
	}
	if link == nil {
		return v.On("exports/"+export.ID, ""), nil
	}
	return v.Away(link.URL), nil
}

// again are the fields of the form that asks for the same once more.
func (r row) again() []string {
	wish := r.Wish
	return []string{
		"kind", string(wish.Kind), "format", string(wish.Format), "in", string(wish.Lang), "term", wish.Term, "call", wish.Call, "donor", wish.Donor,
		"from", written(wish.From), "to", written(wish.To),
	}
}

// written is a day as a field has it; "" of none.
func written(day civil.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.String()
}

// why is what kept a file from being made.
func (r row) why(lang locale.Lang) string {
	if r.Problem == nil {
		return ""
	}
	return r.Problem.Message(lang)
}
