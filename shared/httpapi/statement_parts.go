package httpapi

import (
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/statement"
)

// lineFigures is a line of a donor's figures, signed by what it does to the balance.
type lineFigures struct {
	Line   statement.Line `json:"line"`
	Label  string         `json:"label"`
	Amount columns        `json:"amount"`
}

func (a *api) lines(q *asking, f statement.Figures) []lineFigures {
	list := make([]lineFigures, len(statement.Lines))
	for i, line := range statement.Lines {
		list[i] = lineFigures{line, line.Text().In(q.lang), a.columns(f.Of(line))}
	}
	return list
}

// activityFigures is what became of an activity's plan. Amounts are above zero for money that was set aside or went out.
type activityFigures struct {
	label
	Term      string  `json:"term"`    // whose plan it is
	Planned   amount  `json:"planned"` // for the whole term
	InTerm    amount  `json:"inTerm"`  // spent by the fund in the term, up to the period's end
	Open      amount  `json:"open"`
	Allocated columns `json:"allocated"` // by the fund, less what was freed
	Spent     columns `json:"spent"`     // by the fund
	Unspent   columns `json:"unspent"`   // of the fund, at the end of each column's days
	Donor     columns `json:"donor"`     // this donor's share of what was spent
	Earmarked columns `json:"earmarked"` // what this donor gave for the activity by name
}

func (a *api) activities(q *asking, s *statement.Statement) []activityFigures {
	list := make([]activityFigures, len(s.Budget))
	for i, b := range s.Budget { // in the order of s.Spending
		list[i] = activityFigures{
			label: a.activity(q, b.Activity.Code), Term: b.Term, Planned: a.units(b.Planned), InTerm: a.units(b.InTerm), Open: a.units(b.Open),
			Allocated: a.columns(b.Allocated), Spent: a.columns(b.Spent), Unspent: a.columns(b.Unspent), Donor: a.columns(b.Donor),
			Earmarked: a.columns(s.Spending[i].Earmarked),
		}
	}
	return list
}

// agreementState is a pledge of the donor: no money until it is received (R-FUN-8).
type agreementState struct {
	Number      string     `json:"number"`
	SignedOn    civil.Date `json:"signedOn"`
	Pledged     amount     `json:"pledged"`
	Instalments int        `json:"instalments"`
	Covered     amount     `json:"covered"`
	Open        amount     `json:"open"`
}

func agreements(s *statement.Statement) []agreementState {
	list := make([]agreementState, len(s.Agreements))
	for i, one := range s.Agreements {
		list[i] = agreementState{
			one.Number, one.SignedOn, amountOf(one.Pledged), one.Instalments, amountOf(one.Covered), amountOf(one.Open),
		}
	}
	return list
}

type instalmentState struct {
	Agreement string      `json:"agreement"`
	Number    int         `json:"number"`
	Amount    amount      `json:"amount"`
	DueOn     *civil.Date `json:"dueOn"`
	Covered   amount      `json:"covered"`
	Open      amount      `json:"open"`
	Overdue   bool        `json:"overdue"`
}

func instalments(s *statement.Statement) []instalmentState {
	list := make([]instalmentState, len(s.Instalments))
	for i, one := range s.Instalments {
		list[i] = instalmentState{
			one.Agreement, one.Number, amountOf(one.Amount), orNull(one.DueOn), amountOf(one.Covered), amountOf(one.Open), one.Overdue,
		}
	}
	return list
}

// beneficiary is what spending reached in a country, or what named none.
type beneficiary struct {
	Kind      statement.Reach `json:"kind"`
	Country   *string         `json:"country"`
	Name      string          `json:"name"`
	Cities    []string        `json:"cities"`
	Donor     columns         `json:"donor"`
	Fund      columns         `json:"fund"`
	Region    bool            `json:"africaRegion"`
	Continent bool            `json:"africaContinent"`
	LowIncome bool            `json:"lowIncome"`
}

func (a *api) beneficiaries(q *asking, s *statement.Statement) []beneficiary {
	list := make([]beneficiary, len(s.Beneficiaries))
	for i, b := range s.Beneficiaries {
		list[i] = beneficiary{
			b.Kind, orNull(b.Country), b.Name.In(q.lang), append([]string{}, b.Cities...), a.columns(b.Donor), a.columns(b.Fund), b.Region,
			b.Continent, b.LowIncome,
		}
	}
	return list
}

// focusShare is what of the spending went where the fund is meant to go first (R-FUN-5), beside all that names a country.
type focusShare struct {
	Measure   statement.Measure `json:"measure"`
	Name      string            `json:"name"`
	Donor     columns           `json:"donor"`
	Fund      columns           `json:"fund"`
	DonorBase columns           `json:"donorBase"`
	FundBase  columns           `json:"fundBase"`
}

func (a *api) focus(q *asking, s *statement.Statement) []focusShare {
	list := make([]focusShare, len(s.Focus))
	for i, f := range s.Focus {
		list[i] = focusShare{
			f.Measure, f.Name.In(q.lang), a.columns(f.Donor), a.columns(f.Fund), a.columns(f.DonorBase), a.columns(f.FundBase),
		}
	}
	return list
}

type categorySpent struct {
	Category *label  `json:"category"` // null for spending without one
	Fund     columns `json:"fund"`
}

func (a *api) categories(q *asking, s *statement.Statement) []categorySpent {
	list := make([]categorySpent, len(s.Categories))
	for i, c := range s.Categories {
		list[i].Fund = a.columns(c.Fund)
		if c.Code != "" {
			known, _ := a.Office.Programme.ExpenseCategory(c.Code)
			of := labelOf(q, c.Code, known.Label)
			list[i].Category = &of
		}
	}
	return list
}

// resultState is what an activity achieved in a term.
type resultState struct {
	Activity  string        `json:"activity"`
	Term      string        `json:"term"`
	Narrative *string       `json:"narrative"` // in the answer's language, or that in which it was written
	Figures   []resultCount `json:"figures"`
}

type resultCount struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

func results(q *asking, s *statement.Statement) []resultState {
	list := make([]resultState, len(s.Results))
	for i, r := range s.Results {
		list[i] = resultState{Activity: r.Activity, Term: r.Term, Narrative: orNull(written(r.Narrative, q.lang)), Figures: []resultCount{}}
		for _, f := range r.Figures {
			list[i].Figures = append(list[i].Figures, resultCount{f.Label.In(q.lang), f.Value})
		}
	}
	return list
}

// written is a text in a language, or in the first in which it was written.
func written(text locale.Text, lang locale.Lang) string {
	for _, one := range append([]locale.Lang{lang}, locale.Langs[:]...) {
		if in := text.In(one); in != "" {
			return in
		}
	}
	return ""
}

// reconciledLine shows that this donor's figure and all others' are the fund's.
type reconciledLine struct {
	Line       statement.Line `json:"line"`
	Activity   *string        `json:"activity"` // of what was spent; null for all of them
	Donor      columns        `json:"donor"`
	Others     columns        `json:"others"`
	Fund       columns        `json:"fund"`
	Difference columns        `json:"difference"`
}

func (a *api) reconciled(s *statement.Statement) []reconciledLine {
	list := make([]reconciledLine, len(s.Reconciled))
	for i, r := range s.Reconciled {
		list[i] = reconciledLine{
			r.Line, orNull(r.Activity), a.columns(r.Donor), a.columns(r.Others), a.columns(r.Fund), a.columns(r.Difference),
		}
	}
	return list
}

type definition struct {
	Key  string `json:"key"`
	Term string `json:"term"`
	Text string `json:"text"`
}

func definitions(q *asking, s *statement.Statement) []definition {
	list := make([]definition, len(s.Definitions))
	for i, d := range s.Definitions {
		list[i] = definition{d.Key, d.Term.In(q.lang), d.Text.In(q.lang)}
	}
	return list
}
