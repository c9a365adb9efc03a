package kinds

import (
	"context"
	"strings"
	"unicode"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// ExpendituresKind is the name of the kind of sheet with what the fund spends.
const ExpendituresKind = "expenditures"

// Expenditures is the kind of sheets with what the fund spends on its activities, a payment a row (R-FUN-5, R-FUN-7). The same line sent
// twice is one expenditure. A payee's name stays in the record; the fund's books have an identifier (fund.PayeeID).
func Expenditures() imports.Kind {
	return imports.Define(imports.Definition[expenditureRow]{
		Name: ExpendituresKind, Touches: []string{fund.ExpenditureType}, Booked: imports.Booked{Amount: "amount", Date: "date"},
		Schema: expendituresSchema, Begin: beginExpenditures,
	})
}

type expenditureRow struct {
	Date          civil.Date `sheet:"date"`
	Activity      string     `sheet:"activity"`
	Amount        string     `sheet:"amount"`
	Currency      string     `sheet:"currency"`
	Category      string     `sheet:"category"`
	Payee         string     `sheet:"payee"`
	PayeeNumber   string     `sheet:"payee_number"`
	Beneficiaries string     `sheet:"beneficiaries"`
	Countries     string     `sheet:"beneficiary_countries"`
	Cluster       string     `sheet:"cluster"`
	Line          string     `sheet:"line"`
	Reference     string     `sheet:"reference"`
	Rate          string     `sheet:"rate"`
	RateDate      civil.Date `sheet:"rate_date"`
	RateSource    string     `sheet:"rate_source"`
	Remarks       string     `sheet:"remarks"`
}

type expenditureRules struct {
	payments      payments
	activities    *earmarks
	beneficiaries *beneficiaries
}

func beginExpenditures(ctx context.Context, env *imports.Env) (imports.Rules[expenditureRow], error) {
	members, err := loadMembers(ctx, env)
	return &expenditureRules{
		payments: newPayments(env), activities: newEarmarks(env.Programme), beneficiaries: newBeneficiaries(env, members),
	}, err
}

// noIncome is why money that was spent is not below zero.
var noIncome = text3("it is negative; money that came back is taken off the payment that it belongs to",
	"il est négatif ; l'argent revenu se déduit du paiement auquel il se rapporte",
	"es negativo; el dinero devuelto se descuenta del pago al que pertenece")

// Judge holds R-FUN-5, R-FUN-6 and R-FUN-9; what an activity has left (R-FUN-7) is asked of the fund's books.
func (r *expenditureRules) Judge(ctx context.Context, row expenditureRow, at imports.Place) (imports.Judgement, error) {
	var problems findings
	e := fund.Expenditure{
		Date: row.Date, Category: row.Category, Payee: row.Payee, PayeeID: fund.PayeeID(row.PayeeNumber, row.Payee), Cluster: row.Cluster,
		Line: row.Line, Reference: row.Reference, Remarks: row.Remarks,
	}
	if !unreadable(at, "activity") {
		code, p := activity(r.activities, row.Activity)
		problems.add(p)
		e.Activity = code
	}
	money := paid{
		Amount: row.Amount, Currency: row.Currency, On: row.Date, Rate: row.Rate, RateDate: row.RateDate, RateSource: row.RateSource,
	}
	e.Amount = r.payments.amount(money, at, noIncome, &problems)
	rated, err := r.payments.rate(ctx, money, at, &problems)
	if err != nil {
		return imports.Judgement{}, err
	}
	e.Rate, e.RateDate, e.RateSource = rated.Rate, rated.Date, rated.Source
	if row.PayeeNumber != "" && !isNumber(row.PayeeNumber) {
		problems.add(problem.New("PAYEE_NUMBER_INVALID").In("payee_number"))
	}
	if row.Line != "" && row.Cluster == "" && !unreadable(at, "cluster") {
		problems.add(missing("cluster", clusterColumn(r.payments.env).Label, "R-BUD-1"))
	}
	rests := rated.Rests
	if !unreadable(at, "date", "beneficiaries", "beneficiary_countries") {
		var cities []imports.Rest
		e.Beneficiaries, cities = r.beneficiaries.of(row.Beneficiaries, row.Countries, row.Date, &problems)
		rests = append(rests, cities...)
	}
	j := imports.Judgement{Label: row.Payee + ", " + row.Amount + " " + row.Currency, Problems: problems}
	if unreadable(at, "date", "activity", "payee", "category", "amount", "currency", "reference") || problems.block() {
		return j, nil
	}
	ref := records.Ref{Type: fund.ExpenditureType, Partition: e.Year(), ID: e.ID()}
	j.Key = ref.Partition + "/" + ref.ID
	j.Changes, j.Rests, j.Besides = []imports.Change{{Ref: ref, Body: e}}, rests, nearYears(ref, e, expenditureLine)
	return j, nil
}

// activity is the code of the activity that a row names; words for none of them are ACTIVITY_CODE_UNKNOWN too.
func activity(known *earmarks, text string) (string, *problem.Problem) {
	code, p := known.find(text)
	if p == nil && code == "" && text != "" {
		p = problem.New("ACTIVITY_CODE_UNKNOWN").Under("R-FUN-6").With("codes", strings.Join(known.codes, ", "))
	}
	if p != nil {
		return "", p.In("activity")
	}
	return code, nil
}

// isNumber reports whether a text can be a contact's number, and so no name, address or e-mail: it enters the fund's books. It has a
// digit, and else letters and the signs of numbers only.
func isNumber(text string) bool {
	for _, c := range text {
		if c > unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("-./_", c) {
			return false
		}
	}
	return strings.ContainsAny(text, "0123456789")
}

// Finish has nothing to add: each payment stands by itself.
func (r *expenditureRules) Finish(context.Context) ([]problem.Problem, error) { return nil, nil }
