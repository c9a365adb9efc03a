package statement

import (
	"cmp"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/trust"
)

// activity is the programme's, or of a code that it does not have the code alone.
func (f *Fund) activity(code string) (programme.Activity, programme.WorkArea) {
	activity, ok := f.in.Programme.Activity(code)
	if !ok {
		return programme.Activity{Code: code}, programme.WorkArea{}
	}
	area, _ := f.in.Programme.Fund.Area(activity.Area)
	return activity, area
}

func (f *Fund) spending(of DonorFigures) []Spending {
	var rows []Spending
	for _, code := range f.activities {
		activity, area := f.activity(code)
		key := purpose{of.Donor, code}
		rows = append(rows, Spending{
			Activity: activity, Area: area, Donor: of.Figures.SpentOn(code).Negated(), Fund: f.Total.SpentOn(code).Negated(),
			Earmarked: columnsOf(f.pass.spells, func(s spell) int64 { return s.earmarked[key] }),
		})
	}
	return rows
}

// budget puts plans beside what happened; of is nil for the fund.
func (f *Fund) budget(of *DonorFigures) []Budget {
	p := f.pass
	var rows []Budget
	for _, code := range f.activities {
		activity, area := f.activity(code)
		held := trust.AllocatedTo(code)
		earlier, prior, last := trust.Shown(p.earlier.accounts, held), trust.Shown(p.prev.accounts, held), trust.Shown(p.last.accounts, held)
		row := Budget{
			Activity: activity, Area: area, Term: p.term.ID, Planned: activity.Planned.Minor, InTerm: p.inTerm[code],
			Open: activity.Planned.Minor - p.inTerm[code], Spent: f.Total.SpentOn(code).Negated(), Unspent: stands(prior, last),
		}
		row.Allocated = moved(earlier, prior, last).Plus(row.Spent)
		if of != nil {
			row.Donor = of.Figures.SpentOn(code).Negated()
		}
		rows = append(rows, row)
	}
	return rows
}

func (f *Fund) categories() []Category {
	var rows []Category
	for _, code := range slices.Sorted(maps.Keys(f.pass.spells[ofAll].categories)) {
		rows = append(rows, Category{code, columnsOf(f.pass.spells, func(s spell) int64 { return s.categories[code] })})
	}
	return rows
}

// agreements are a donor's, with how far its money covers them.
func (f *Fund) agreements(donor string) []Agreement {
	byKey := map[string]*Agreement{}
	for _, s := range f.standings[donor] {
		i := s.Instalment
		a := byKey[i.AgreementKey()]
		if a == nil {
			a = &Agreement{Key: i.AgreementKey(), Number: i.Agreement, SignedOn: i.SignedOn, Pledged: i.Pledged, Covered: i.Amount}
			a.Covered.Minor = 0
			byKey[a.Key] = a
		}
		a.Instalments++
		a.Covered.Minor += s.Covered.Minor
		a.Open = a.Pledged
		a.Open.Minor -= a.Covered.Minor
	}
	var rows []Agreement
	for _, a := range byKey {
		rows = append(rows, *a)
	}
	slices.SortFunc(rows, func(a, b Agreement) int { return cmp.Or(a.SignedOn.Compare(b.SignedOn), cmp.Compare(a.Key, b.Key)) })
	return rows
}

// instalments are a donor's, with the contributions that cover them.
func (f *Fund) instalments(donor string, contributions *list) []Instalment {
	var left []Contribution
	if contributions != nil && contributions.leftOut == 0 {
		promises := promised(f.in, f.Period)
		for _, c := range contributions.entries {
			if !c.TakenBack && c.Entry.Reverses == "" && promises.Counts(fund.Gift{Donor: donor, On: cmp.Or(c.Entry.ValueDate, c.Entry.Date)}) {
				left = append(left, c)
			}
		}
	}
	var rows []Instalment
	for _, s := range f.standings[donor] {
		row := Instalment{Instalment: s.Instalment, Covered: s.Covered, Open: s.Open(), Overdue: s.OverdueOn(f.AsOf)}
		open := s.Covered.Minor
		for i := range left {
			c := &left[i]
			part := min(open, c.Paid.Minor)
			if part <= 0 || c.Paid.Currency != s.Covered.Currency {
				continue
			}
			receipt := Receipt{Entry: c.Entry.ID, On: cmp.Or(c.Entry.ValueDate, c.Entry.Date), Part: c.Paid}
			receipt.Part.Minor = part
			row.Receipts = append(row.Receipts, receipt)
			open, c.Paid.Minor = open-part, c.Paid.Minor-part
		}
		rows = append(rows, row)
	}
	return rows
}

// results are those of the terms that the period touches.
func (f *Fund) results() []Result {
	order := f.activities
	var rows []Result
	for _, r := range f.in.Results {
		if term, ok := f.in.Programme.Term(r.Term); ok && !term.Start.After(f.Period.To) && !term.End.Before(f.Period.From) {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(a, b Result) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Activity), slices.Index(order, b.Activity)), cmp.Compare(a.Term, b.Term))
	})
	return rows
}

// Instalments are those of all donors by the period's end, those due first in front, without the contributions that cover them.
func (f *Fund) Instalments() []Instalment {
	var rows []Instalment
	for _, s := range f.pass.cover.Standings() {
		rows = append(rows, Instalment{Instalment: s.Instalment, Covered: s.Covered, Open: s.Open(), Overdue: s.OverdueOn(f.AsOf)})
	}
	return rows
}
