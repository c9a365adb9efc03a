package donorpaper

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/paper"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/statement"
)

// spending is the donor's share of what was spent, by area and activity.
func (b book) spending() {
	s := b.Statement
	b.Heading(1, b.in(spendingHeading))
	t := b.amounts(b.in(activityTitle), b.in(allDonors))
	var donor, all []statement.Columns
	for _, line := range b.byArea(len(s.Spending), func(i int) programme.WorkArea { return s.Spending[i].Area }) {
		if line.heads {
			t.Group(b.area(s.Spending[line.at].Area))
		}
		spent := s.Spending[line.at]
		donor, all = append(donor, spent.Donor), append(all, spent.Fund)
		t.Row(append(append([]string{b.activity(spent.Activity)}, b.columns(spent.Donor)...), b.number(spent.Fund.Period))...)
	}
	t.Sum(append(append([]string{b.in(totalWord)}, b.columns(sum(donor))...), b.number(sum(all).Period))...)
	t.End()
}

// placed is a line of a list by area, and whether its area begins with it.
type placed struct {
	at    int
	heads bool
}

// byArea numbers the lines of a list whose activities come in the programme's order.
func (b book) byArea(lines int, area func(i int) programme.WorkArea) []placed {
	out := make([]placed, lines)
	for i := range out {
		out[i] = placed{at: i, heads: i == 0 || area(i).Number != area(i-1).Number}
	}
	return out
}

// budget is the fund's plan beside what was set aside and spent.
func (b book) budget() {
	s := b.Statement
	if len(s.Budget) == 0 {
		return
	}
	b.Heading(1, b.in(budgetHeading))
	columns := []paper.Column{{Title: b.in(activityTitle), Share: 4}}
	for _, title := range []string{b.fill(plannedTitle, s.Budget[0].Term), b.in(spentTitle), b.in(leftTitle), b.in(allocatedTitle), b.in(unspentTitle)} {
		columns = append(columns, paper.Column{Title: title, Share: 2.1, Right: true})
	}
	t := b.Table(columns...)
	var planned, inTerm, open, allocated, unspent int64
	for _, line := range b.byArea(len(s.Budget), func(i int) programme.WorkArea { return s.Budget[i].Area }) {
		one := s.Budget[line.at]
		if line.heads {
			t.Group(b.area(one.Area))
		}
		t.Row(b.activity(one.Activity), b.number(one.Planned), b.number(one.InTerm), b.number(one.Open), b.number(one.Allocated.Cumulative),
			b.number(one.Unspent.Cumulative))
		planned, inTerm, open = planned+one.Planned, inTerm+one.InTerm, open+one.Open
		allocated, unspent = allocated+one.Allocated.Cumulative, unspent+one.Unspent.Cumulative
	}
	t.Sum(b.in(totalWord), b.number(planned), b.number(inTerm), b.number(open), b.number(allocated), b.number(unspent))
	t.End()
	b.categories()
}

func (b book) categories() {
	if len(b.Statement.Categories) == 0 {
		return
	}
	b.Heading(2, b.in(categoryTitle))
	t := b.amounts(b.in(categoryColumn))
	var all []statement.Columns
	for _, c := range b.Statement.Categories {
		label := b.in(noCategory)
		if c.Code != "" {
			label = c.Code
		}
		if known, ok := b.Programme.ExpenseCategory(c.Code); ok {
			label = b.in(known.Label)
		}
		t.Row(append([]string{label}, b.columns(c.Fund)...)...)
		all = append(all, c.Fund)
	}
	t.Sum(append([]string{b.in(totalWord)}, b.columns(sum(all))...)...)
	t.End()
}

// beneficiaries are the countries that the donor's share reached, and how much of it went where the fund is meant to go first (R-FUN-5).
func (b book) beneficiaries() {
	s := b.Statement
	b.Heading(1, b.in(beneficiaryHeading))
	if len(s.Beneficiaries) == 0 {
		b.Text(b.in(nothingSpent))
		return
	}
	t := b.amounts(b.in(countryTitle))
	var all []statement.Columns
	for _, one := range s.Beneficiaries {
		if one.Donor.IsZero() {
			continue
		}
		var under string
		if len(one.Cities) > 0 {
			under = b.fill(citiesNamed, b.cities(one.Cities))
		}
		t.RowUnder(under, append([]string{b.in(one.Name)}, b.columns(one.Donor)...)...)
		all = append(all, one.Donor)
	}
	t.Sum(append([]string{b.in(totalWord)}, b.columns(sum(all))...)...)
	t.End()
	if len(all) < len(s.Beneficiaries) {
		b.Note(b.in(notReached))
	}
	if len(s.Focus) == 0 {
		return
	}
	b.Heading(2, b.in(focusHeading))
	columns := []paper.Column{{Title: b.in(focusTitle), Share: 4}}
	titles := b.columnTitles()
	for _, title := range []string{titles[0], b.in(shareTitle), titles[2], b.in(shareTitle)} {
		columns = append(columns, paper.Column{Title: title, Share: 2, Right: true})
	}
	t = b.Table(columns...)
	for _, f := range s.Focus {
		t.Row(b.in(f.Name), b.number(f.Donor.Period), b.share(f.Donor.Period, f.DonorBase.Period),
			b.number(f.Donor.Cumulative), b.share(f.Donor.Cumulative, f.DonorBase.Cumulative))
	}
	t.End()
	b.Note(b.in(focusNote))
}

// results tell what the activities achieved.
func (b book) results() {
	b.Heading(1, b.in(resultsHeading))
	if len(b.Statement.Results) == 0 {
		b.Text(b.in(noResults))
		return
	}
	for _, r := range b.Statement.Results {
		b.Heading(2, b.fill(resultIn, b.purpose(r.Activity), r.Term))
		if narrative := anyOf(b.Lang, r.Narrative); narrative != "" {
			b.Text(narrative)
			if slices.Contains(r.Narrative.Missing(), b.Lang) {
				b.Note(b.in(notTranslated))
			}
		}
		var facts []paper.Fact
		for _, f := range r.Figures {
			facts = append(facts, paper.Fact{Label: b.in(f.Label), Value: f.Value})
		}
		b.Facts(facts...)
	}
}

// proof shows that this donor and all others are the fund, for the period, and says whether they are in every column.
func (b book) proof() {
	s := b.Statement
	b.Heading(1, b.in(proofHeading))
	b.Text(b.in(proofTold))
	titles := b.columnTitles()
	exact := true
	for n, pick := range []func(statement.Columns) int64{
		func(c statement.Columns) int64 { return c.Period }, func(c statement.Columns) int64 { return c.Cumulative },
	} {
		b.Heading(2, titles[2*n])
		t := b.Table(paper.Column{Title: b.in(lineTitle), Share: 5}, paper.Column{Title: b.in(thisDonor), Share: 2.4, Right: true},
			paper.Column{Title: b.in(allOthers), Share: 2.4, Right: true}, paper.Column{Title: b.in(theFund), Share: 2.4, Right: true},
			paper.Column{Title: b.in(differenceTitle), Share: 2, Right: true})
		for _, r := range s.Reconciled {
			exact = exact && r.Difference.IsZero()
			label := b.in(r.Line.Text())
			if r.Activity != "" {
				label = b.purpose(r.Activity)
			}
			cells := []string{label, b.number(pick(r.Donor)), b.number(pick(r.Others)), b.number(pick(r.Fund)), b.number(pick(r.Difference))}
			if r.Line == statement.Closing {
				t.Sum(cells...)
			} else {
				t.Row(cells...)
			}
		}
		t.End()
	}
	if exact {
		b.Text(b.in(agrees))
	} else {
		b.Text(b.in(differs))
	}
}
