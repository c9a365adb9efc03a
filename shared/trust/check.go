package trust

import (
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// The fields of an event, as messages name them.
var (
	fieldAmount   = locale.Text{EN: "Amount", FR: "Montant", ES: "Importe"}
	fieldDate     = locale.Text{EN: "Date", FR: "Date", ES: "Fecha"}
	fieldDonor    = locale.Text{EN: "Donor", FR: "Donateur", ES: "Donante"}
	fieldKind     = locale.Text{EN: "Kind of entry", FR: "Type d'écriture", ES: "Tipo de asiento"}
	fieldFirstDay = locale.Text{EN: "Beginning of the first term", FR: "Début de la première période", ES: "Inicio del primer período"}
	fieldRate     = locale.Text{EN: "Exchange rate", FR: "Taux de change", ES: "Tipo de cambio"}
	fieldActivity = locale.Text{EN: "Activity", FR: "Activité", ES: "Actividad"}
	fieldCluster  = locale.Text{EN: "Thematic cluster", FR: "Pôle thématique", ES: "Grupo temático"}
	fieldCategory = locale.Text{EN: "Category", FR: "Catégorie", ES: "Categoría"}
	fieldLine     = locale.Text{EN: "Budget line", FR: "Ligne budgétaire", ES: "Línea presupuestaria"}
)

// Check says what an event lacks, whatever the books say.
//
// Problems: CELL_REQUIRED, ENUM_UNKNOWN (kind, cluster, line, category), NUMBER_OUT_OF_RANGE, CURRENCY_MISMATCH, DATE_INVALID, DATE_ORDER
// before the first term, ACTIVITY_CODE_UNKNOWN.
func (e Event) Check(p *programme.Edition) []*problem.Problem {
	var found []*problem.Problem
	if !slices.Contains(kinds, e.Kind) {
		found = append(found, noChoice("kind", fieldKind, string(e.Kind), names(kinds, func(k Kind) string { return string(k) })))
	}
	required := func(field string, column locale.Text, missing bool) {
		if missing {
			found = append(found, problem.New("CELL_REQUIRED").In(field).WithText("column", column))
		}
	}
	currency := money.ISO(p.Fund.Currency)
	minor := e.Amount.Minor
	if e.Kind == ExchangeDiff {
		minor = max(minor, -minor)
	}
	if e.Amount.Currency != currency.Code {
		found = append(found, problem.New("CURRENCY_MISMATCH").In("currency").Valued(e.Amount.Currency).
			With("shown", e.Amount.Currency).With("stated", currency.Code))
	}
	if minor <= 0 || minor > money.Bound {
		found = append(found, outOfRange(e.Amount, currency, e.Kind == ExchangeDiff))
	}
	found = append(found, e.checkOriginal(currency)...)
	found = append(found, checkDate(e.Date, p.Terms[0].Start)...)
	required("donor", fieldDonor, (e.Kind == Deposit || e.Kind == Refund) && e.Donor == "")
	switch e.Kind {
	case Allocation, Deallocation, Expenditure:
		required("activity", fieldActivity, e.Activity == "")
		found = append(found, unknown("activity", e.Activity, p, false)...)
		found = append(found, e.checkCluster(p)...)
	case Deposit:
		found = append(found, unknown("earmark", e.Earmark, p, true)...)
	}
	if _, known := p.ExpenseCategory(e.Category); e.Category != "" && !known {
		found = append(found, noChoice("category", fieldCategory, e.Category,
			names(p.ExpenseCategories, func(c programme.Choice) string { return c.ID })))
	}
	return found
}

// checkOriginal refuses money that isn't worth the amount at its rate: books with it would never verify.
func (e Event) checkOriginal(currency money.Currency) []*problem.Problem {
	if e.Original == nil {
		return nil
	}
	worth, err := e.Original.Worth(currency)
	if err != nil {
		return []*problem.Problem{
			problem.New("NUMBER_OUT_OF_RANGE").In("rate").Valued(e.Original.Rate.String()).WithText("column", fieldRate).With("range", "> 0"),
		}
	}
	if max(worth.Minor, -worth.Minor) != max(e.Amount.Minor, -e.Amount.Minor) {
		return []*problem.Problem{
			problem.New("NUMBER_OUT_OF_RANGE").In("amount").Valued(e.Amount.Decimal(currency)).WithText("column", fieldAmount).
				With("range", worth.Decimal(currency)),
		}
	}
	return nil
}

// checkCluster refuses clusters that there aren't, and lines of none.
func (e Event) checkCluster(p *programme.Edition) []*problem.Problem {
	var found []*problem.Problem
	clusters := names(p.Clusters, func(c programme.Cluster) string { return c.ID })
	lines := names(p.BudgetLines, func(l programme.BudgetLine) string { return l.Code })
	switch {
	case e.Cluster == "" && e.Line != "":
		found = append(found, problem.New("CELL_REQUIRED").In("cluster").WithText("column", fieldCluster))
	case e.Cluster != "" && !slices.Contains(clusters, e.Cluster):
		found = append(found, noChoice("cluster", fieldCluster, e.Cluster, clusters))
	}
	if e.Line != "" && !slices.Contains(lines, e.Line) {
		found = append(found, noChoice("line", fieldLine, e.Line, lines))
	}
	return found
}

func names[T any](all []T, name func(T) string) []string {
	list := make([]string, len(all))
	for i, one := range all {
		list[i] = name(one)
	}
	return list
}

func noChoice(field string, column locale.Text, value string, choices []string) *problem.Problem {
	return problem.New("ENUM_UNKNOWN").In(field).Valued(value).WithText("column", column).With("choices", strings.Join(choices, ", "))
}

// checkDate refuses what is no day, and days before there was a fund: a year of two digits would have all years since then read.
func checkDate(date, first civil.Date) []*problem.Problem {
	switch {
	case date.IsZero():
		return []*problem.Problem{problem.New("CELL_REQUIRED").In("date").WithText("column", fieldDate)}
	case !date.Valid():
		return []*problem.Problem{problem.New("DATE_INVALID").In("date").Valued(date.String())}
	case date.Before(first):
		return []*problem.Problem{
			problem.New("DATE_ORDER").In("date").Valued(date).WithText("column", fieldFirstDay).WithText("date", first.Text()),
		}
	}
	return nil
}

// OutOfRange says that an amount is none of an entry, or too large for what an account can hold: NUMBER_OUT_OF_RANGE.
func OutOfRange(amount money.Amount, currency money.Currency) *problem.Problem {
	return outOfRange(amount, currency, false)
}

// outOfRange says so too of what can be below zero.
func outOfRange(amount money.Amount, currency money.Currency, signed bool) *problem.Problem {
	most := shown(money.Bound, currency)
	allowed := locale.Text{EN: "above 0, at most " + most.EN, FR: "supérieur à 0, au plus " + most.FR, ES: "mayor que 0, como máximo " + most.ES}
	if signed {
		allowed = locale.Text{
			EN: "above or below 0, at most " + most.EN + " either way", FR: "supérieur ou inférieur à 0, au plus " + most.FR + " dans un sens ou dans l'autre",
			ES: "mayor o menor que 0, como máximo " + most.ES + " en un sentido o en otro",
		}
	}
	return problem.New("NUMBER_OUT_OF_RANGE").In("amount").Valued(amount.Decimal(currency)).
		WithText("column", fieldAmount).WithText("range", allowed)
}

// AreaOf is the area of an activity, as deposits are earmarked for it: "fund/1" of "fund/1.1".
func AreaOf(activity string) string {
	area, _, _ := strings.Cut(activity, ".")
	return area
}

// unknown refuses a code that the fund does not have (R-FUN-6); "" is none.
func unknown(field, code string, p *programme.Edition, areas bool) []*problem.Problem {
	if code == "" {
		return nil
	}
	var codes []string
	for _, activity := range p.Fund.Activities {
		if code == activity.Code || areas && code == AreaOf(activity.Code) {
			return nil
		}
		codes = append(codes, activity.Code)
	}
	return []*problem.Problem{
		problem.New("ACTIVITY_CODE_UNKNOWN").In(field).Valued(code).Under("R-FUN-6").With("codes", strings.Join(codes, ", ")),
	}
}
