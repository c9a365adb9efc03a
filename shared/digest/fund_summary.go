package digest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/summary"
)

// fundPath is the page of the fund, and below it those of its entries.
const fundPath = "fund"

// fundSummary tells what the fund's money did in a month or year, what it is set aside for, how far the term's target is reached (R-FUN-1),
// where the money went that is meant for Africa and low-income countries first (R-FUN-5), what is pledged and open, and where the books stand.
func fundSummary(ctx context.Context, from records.Reader, d *draft) error {
	found, err := readFund(ctx, from, d)
	if err != nil {
		return err
	}
	b, total := fundReport{d, found}, found.of.Total
	d.report.Path = fundPath
	d.report.Title = say(fundTitle, "period", periodText(d.Period))
	d.report.Lead = say(fundLead, "when", inPeriod(d.Period), "day", d.Period.To, "received", b.money(total.Of(statement.Received).Period),
		"spent", b.money(-total.Of(statement.Spent).Period), "held", b.money(total.Of(statement.Closing).Period),
		"free", b.money(total.Of(statement.Unallocated).Period))
	figures := b.lines(heading(d.Period))
	if b.term != nil {
		term, _ := d.Programme.TermAt(d.Period.To)
		figures = slices.Concat(figures, b.target(say(termUpTo, "term", term.ID, "day", d.Period.To)), b.sources(), b.activities(),
			focusFigures(focusOfTerm, b.term.Focus, func(m statement.Focus) (part, whole int64) { return m.Fund.Period, m.FundBase.Period }))
		d.report.Files = []summary.File{{Label: say(fundFile, "term", term.ID), Kind: string(request.Fund), Term: term.ID}}
	}
	d.report.Figures = slices.Concat(figures, b.pledges(), b.books())
	d.report.Lists = []summary.List{short(b.received()), short(b.spent()), short(b.overdue())}
	return nil
}

// fundReport puts the summary together.
type fundReport struct {
	*draft
	fundRecords
}

func (b fundReport) amount(minor int64) money.Amount {
	return money.Amount{Minor: minor, Currency: b.draft.Programme.Fund.Currency}
}

func (b fundReport) text(minor int64) locale.Text { return each(b.amount(minor).Format) }

func (b fundReport) money(minor int64) summary.Value { return summary.Money(b.amount(minor)) }

// lines are what came and went in the period, and what was there at its beginning and end. What went is above zero here.
func (b fundReport) lines(group locale.Text) []summary.Figure {
	var figures []summary.Figure
	for _, line := range []struct {
		of    statement.Line
		label locale.Text
		sign  int64
	}{
		{statement.Opening, openingWord, 1}, {statement.Received, receivedWord, 1}, {statement.Interest, interestWord, 1},
		{statement.Exchange, exchangeWord, 1}, {statement.Spent, spentWord, -1}, {statement.Support, supportWord, -1},
		{statement.Refunded, refundedWord, -1}, {statement.Closing, heldWord, 1}, {statement.Unallocated, unallocatedWord, 1},
		{statement.Allocated, allocatedUnspentWord, 1},
	} {
		minor := line.sign * b.of.Total.Of(line.of).Period
		figures = append(figures, summary.Figure{Key: string(line.of), Group: group, Label: line.label, Value: b.money(minor)})
	}
	return figures
}

// target is how far the term's target is reached (R-FUN-1).
func (b fundReport) target(group locale.Text) []summary.Figure {
	goal, received := b.draft.Programme.Fund.Target, b.term.Total.Of(statement.Received).Period
	figures := []summary.Figure{
		{Key: "term.target", Group: group, Label: targetWord, Value: summary.Money(goal)},
		{Key: "term.received", Group: group, Label: receivedWord, Value: b.money(received)},
	}
	if points, ok := share(received, goal.Minor); ok {
		figures = append(figures, summary.Figure{Key: "term.reached", Group: group, Label: reachedWord, Value: points})
	}
	return append(figures,
		summary.Figure{Key: "term.missing", Group: group, Label: missingWord, Value: b.money(max(goal.Minor-received, 0))},
		summary.Figure{Key: "term.spent", Group: group, Label: spentWord, Value: b.money(-b.term.Total.Of(statement.Spent).Period)},
	)
}

// sources are what came in the term, by type of donor (R-FUN-4).
func (b fundReport) sources() []summary.Figure {
	sums := map[string]int64{}
	var others int64
	for _, donor := range b.term.Donors {
		kind, _, _ := strings.Cut(donor.Donor, "#")
		kind = cmp.Or(b.Donors[donor.Donor].Type, kind)
		minor := donor.Figures.Of(statement.Received).Period
		if _, known := b.draft.Programme.DonorType(kind); known {
			sums[kind] += minor
		} else {
			others += minor
		}
	}
	var figures []summary.Figure
	for _, kind := range b.draft.Programme.DonorTypes {
		figures = append(figures, summary.Figure{Key: "source." + kind.ID, Group: sourcesOfTerm, Label: kind.Label, Value: b.money(sums[kind.ID])})
	}
	if others != 0 {
		figures = append(figures, summary.Figure{Key: "source.other", Group: sourcesOfTerm, Label: otherSources, Value: b.money(others)})
	}
	return figures
}

// activities are what each one was planned to cost in the term and, where anything was done, what was set aside for it and spent (R-FUN-6).
func (b fundReport) activities() (figures []summary.Figure) {
	for _, of := range []struct {
		key   string
		group locale.Text
		minor func(statement.Budget) int64
	}{
		{"planned", plannedWord, func(row statement.Budget) int64 { return row.Planned }},
		{"allocated", allocatedWord, func(row statement.Budget) int64 { return row.Allocated.Period }},
		{"spent", spentOnEach, func(row statement.Budget) int64 { return row.Spent.Period }},
	} {
		for _, row := range b.term.Activities {
			if minor := of.minor(row); minor != 0 {
				figures = append(figures, summary.Figure{
					Key: "activity." + row.Activity.Code + "." + of.key, Group: of.group, Label: b.activityName(row.Activity.Code), Value: b.money(minor),
				})
			}
		}
	}
	return figures
}

// activityName is what an activity, or an area of activities, is called: "1.1 Training modules".
func (s Source) activityName(code string) locale.Text {
	if known, ok := s.Programme.Activity(code); ok {
		return each(func(l locale.Lang) string { return known.Number + " " + known.Label.In(l) })
	}
	for _, area := range s.Programme.Fund.Areas {
		if fund.AreaCode(area) == code {
			return area.Label
		}
	}
	return locale.Same(code)
}

// focusFigures are the shares of spending that went where the fund is meant to go first (R-FUN-5), of the spending that names a country.
func focusFigures(group locale.Text, rows []statement.Focus, of func(statement.Focus) (part, whole int64)) []summary.Figure {
	var figures []summary.Figure
	for _, row := range rows {
		if points, ok := share(of(row)); ok {
			figures = append(figures, summary.Figure{Key: "focus." + string(row.Measure), Group: group, Label: row.Name, Value: points})
		}
	}
	return figures
}

// pledges are what is promised and has not come, in each currency; promises are in no sum of money (R-FUN-8).
func (b fundReport) pledges() []summary.Figure {
	var currencies []string
	open, overdue, late := map[string]int64{}, map[string]int64{}, 0
	for _, i := range b.of.Instalments() {
		code := i.Amount.Currency
		if _, met := open[code]; !met {
			currencies = append(currencies, code)
		}
		open[code] += i.Open.Minor
		if i.Overdue {
			overdue[code] += i.Open.Minor
			late++
		}
	}
	slices.Sort(currencies)
	var figures []summary.Figure
	for _, code := range currencies {
		key := "pledges." + code + "."
		figures = append(figures,
			summary.Figure{Key: key + "open", Group: pledgesWord, Label: openWord, Value: summary.Money(money.Amount{Minor: open[code], Currency: code})},
			summary.Figure{Key: key + "overdue", Group: pledgesWord, Label: overdueOfIt, Value: summary.Money(money.Amount{Minor: overdue[code], Currency: code})},
		)
	}
	return append(figures, summary.Figure{Key: "pledges.late", Group: pledgesWord, Label: overdueInstalments, Value: summary.Number(late)})
}

// books say where the books stand. Their hash, told to people outside of them, shows whether anybody rewrites them later.
func (b fundReport) books() []summary.Figure {
	figures := []summary.Figure{{Key: "books.entries", Group: booksWord, Label: entriesWord, Value: summary.Number(int(b.Head.Total))}}
	if !b.ClosedTo.IsZero() {
		figures = append(figures, summary.Figure{Key: "books.closed", Group: booksWord, Label: closedToWord, Value: summary.Day(b.ClosedTo)})
	}
	if hash := string(b.Head.Link.Hash); hash != "" {
		figures = append(figures, summary.Figure{Key: "books.hash", Group: booksWord, Label: hashWord, Value: summary.Value{Text: locale.Same(hash)}})
	}
	return figures
}
