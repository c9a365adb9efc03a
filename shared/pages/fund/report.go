package fund

import (
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/statement"
)

// fundView is what the fund's page shows.
type fundView struct {
	Places     []page.Step // the other pages of the books, for who may read them
	Figures    []page.Figure
	Term       page.Input // which term is shown
	Busy       bool       // the term's figures can't be read now
	Columns    []string   // what the amounts of Lines are of
	Lines      []line
	Activities page.Bars
	Focus      page.Bars
	Countries  []line
	Categories []line
	Note       string // how far the figures can be relied on
}

// line is a row of a table of amounts.
type line struct {
	Name    string
	Amounts []string
	Marks   []string // what is to be said of it in a word or two
	Sum     bool     // it is the sum of others
}

// fund shows what the fund holds and did: now, and in a term beside the one before.
func (d desk) fund() (*page.Answer, error) {
	totals, err := d.FundTotals(d.ctx)
	if err != nil {
		return nil, err
	}
	view := fundView{Places: d.places(), Figures: d.held(totals), Note: d.closedTo(totals.ClosedTo)}
	report, err := d.FundReport(d.ctx, office.Span{Term: d.Query.Get("term")})
	switch {
	case isCode(err, "RECORD_BUSY"):
		view.Busy = true
	case err != nil:
		return nil, err
	default:
		d.report(&view, report)
	}
	return d.Written(d.ctx, fundPage(d.framed(fundTitle), view))
}

// places are the pages of the books that who asks may see.
func (d desk) places() (places []page.Step) {
	for _, one := range []struct {
		path  string
		title locale.Text
		do    access.Action
	}{
		{proposalsPath, proposalsTitle, access.FundRead},
		{entriesPath, entriesTitle, access.FundRead},
		{balancesPath, balancesTitle, access.FundRead},
		{newPath, newTitle, access.FundPost},
		{closingPath, closingTitle, access.FundPropose},
		{verificationPath, verificationTitle, access.FundVerify},
		{ratesPath, ratesTitle, access.RateRead},
	} {
		if d.may(one.do, access.Object{}) {
			places = append(places, page.Step{Path: one.path, Name: d.in(one.title)})
		}
	}
	return places
}

// held are the sums of all time.
func (d desk) held(t office.FundTotals) []page.Figure {
	return []page.Figure{
		{Name: d.in(heldWord), Value: d.units(t.Held), Note: d.named(unallocatedOf, d.units(t.Unallocated))},
		{Name: d.in(receivedWord), Value: d.units(t.Received), Note: d.in(sinceStart)},
		{Name: d.in(spentWord), Value: d.units(t.Spent), Note: d.in(sinceStart)},
	}
}

// report fills in what a term's money did.
func (d desk) report(view *fundView, r office.FundReport) {
	target, received := d.Programme.Fund.Target, r.Total.Of(statement.Received).Period
	view.Figures = append(view.Figures, page.Figure{
		Name: d.named(targetOf, r.Period.Term), Value: d.share(max(received, 0), target.Minor),
		Note: d.named(ofTarget, d.units(received), target.Format(d.Lang)),
	})
	view.Term = d.terms(r.Period.Term)
	view.Columns = d.columnNames(r.Period, r.Prior)
	for _, of := range statement.Lines {
		amounts := r.Total.Of(of)
		if of == statement.Adjusted && amounts.IsZero() { // which is between donors
			continue
		}
		view.Lines = append(view.Lines, line{
			Name: of.Text().In(d.Lang), Amounts: d.columns(amounts), Sum: of == statement.Opening || of == statement.Closing,
		})
	}
	view.Activities = d.activityBars(r.Activities)
	view.Focus = d.focusBars(focusTitle, r.Focus, func(f statement.Focus) (part, base int64) { return f.Fund.Period, f.FundBase.Period })
	for _, b := range r.Beneficiaries {
		if !b.Fund.IsZero() {
			view.Countries = append(view.Countries, line{Name: b.Name.In(d.Lang), Amounts: d.columns(b.Fund), Marks: d.marks(b)})
		}
	}
	for _, c := range r.Categories {
		name := d.in(noCategory)
		if known, ok := d.Programme.ExpenseCategory(c.Code); ok {
			name = known.Label.In(d.Lang)
		}
		view.Categories = append(view.Categories, line{Name: name, Amounts: d.columns(c.Fund)})
	}
}

// columns are an amount's in the period, the one before, and all time.
func (d desk) columns(c statement.Columns) []string {
	return []string{d.units(c.Period), d.units(c.Prior), d.units(c.Cumulative)}
}

func (d desk) columnNames(period, prior statement.Period) []string {
	return []string{d.period(period), d.period(prior), statement.CumulativeText.In(d.Lang)}
}

// period is a term by its years, or another span by its days.
func (d desk) period(p statement.Period) string {
	if p.Term != "" {
		return d.named(termWord, p.Term)
	}
	return d.named(fromTo, p.From.Text().In(d.Lang), p.To.Text().In(d.Lang))
}

// terms is the field by which a term is chosen.
func (d desk) terms(chosen string) page.Input {
	field := page.Input{Name: "term", Value: chosen, Label: termLabel}
	for _, term := range d.Programme.Terms {
		field.Options = append(field.Options, page.Option{Value: term.ID, Name: term.ID})
	}
	return field
}

// activityBars put what was set aside and spent on each activity in the term beside its plan.
func (d desk) activityBars(rows []statement.Budget) page.Bars {
	bars := page.Bars{
		Title: d.in(activitiesTitle), Name: d.in(activityLabel), Goal: d.in(plannedWord), Value: d.in(allocatedWord), Part: d.in(spentWord),
	}
	for _, row := range rows {
		bars.Bars = append(bars.Bars, page.Bar{
			Name: d.activity(row.Activity.Code), Goal: row.Planned, Aim: d.units(row.Planned), Value: row.Allocated.Period,
			Text: d.units(row.Allocated.Period), Part: row.Spent.Period, Note: d.units(row.Spent.Period),
		})
	}
	return bars
}

// focusBars are the shares of spending that went where the fund is meant to go first.
func (d desk) focusBars(title locale.Text, rows []statement.Focus, of func(statement.Focus) (part, base int64)) page.Bars {
	const whole = 1000 // tenths of a per cent
	bars := page.Bars{Title: d.in(title), Name: d.in(whereLabel), Value: d.in(shareWord), Part: d.in(amountLabel), Whole: whole}
	for _, row := range rows {
		part, base := of(row)
		bar := page.Bar{Name: row.Name.In(d.Lang), Text: d.share(part, base), Note: d.units(part)}
		if part > 0 && base > 0 {
			bar.Value = whole * part / base
		}
		bars.Bars = append(bars.Bars, bar)
	}
	return bars
}

// marks say of a country why the fund is meant for it first.
func (d desk) marks(b statement.Beneficiary) (marks []string) {
	if b.Region || b.Continent {
		marks = append(marks, d.in(africaMark))
	}
	if b.LowIncome {
		marks = append(marks, d.in(lowIncomeMark))
	}
	return marks
}
