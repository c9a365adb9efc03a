package kinds

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// nearYears knows the payments on record in the years next to those of a sheet's rows. Payments are stored by years: one that is sent again
// with its year corrected would stand twice, and so would its money. Each year is read when it is first asked for.
type nearYears[T any] struct {
	env   *imports.Env
	typ   string
	line  func(T) (line string, on civil.Date) // all that a correction of the year leaves as it is; "" where that can't be told
	years map[int]map[string]nearPayment       // by lines
}

type nearPayment struct {
	on civil.Date
	by string // identifier of the import
}

func newNearYears[T any](env *imports.Env, typ string, line func(T) (string, civil.Date)) *nearYears[T] {
	return &nearYears[T]{env: env, typ: typ, line: line, years: map[int]map[string]nearPayment{}}
}

// judge is REFERENCE_OTHER_YEAR for a payment that is on record with a day of the year before or behind.
func (n *nearYears[T]) judge(ctx context.Context, body T) (*problem.Problem, error) {
	line, on := n.line(body)
	if line == "" {
		return nil, nil
	}
	for _, year := range []int{on.Year - 1, on.Year + 1} {
		if n.years[year] == nil {
			if err := n.load(ctx, year); err != nil {
				return nil, err
			}
		}
		if there, ok := n.years[year][line]; ok {
			return problem.New("REFERENCE_OTHER_YEAR").In("reference").WithText("date", there.on.Text()).With("import", there.by), nil
		}
	}
	return nil, nil
}

func (n *nearYears[T]) load(ctx context.Context, year int) error {
	n.years[year] = map[string]nearPayment{}
	return n.env.Records.Scan(ctx, n.typ, strconv.Itoa(year), "", func(r records.Record) error {
		var body T
		if err := records.Decode(r.Body, &body); err != nil {
			return fmt.Errorf("kinds: %s: %w", r.Ref, err)
		}
		if line, on := n.line(body); line != "" {
			n.years[year][line] = nearPayment{on, r.Provenance.Import}
		}
		return nil
	})
}

func contributionLine(c fund.Contribution) (line string, on civil.Date) {
	return lineOf(c.ID(), c.DonorID(), fmt.Sprint(c.Amount.Minor, c.Amount.Currency)), c.ReceivedOn
}

func expenditureLine(e fund.Expenditure) (line string, on civil.Date) {
	return lineOf(e.ID(), e.PayeeID, fmt.Sprint(e.Amount.Minor, e.Amount.Currency)), e.Date
}

// lineOf is a line of a bank by its reference; without one, two days are two payments.
func lineOf(id string, rest ...string) string {
	if !strings.HasPrefix(id, "ref-") {
		return ""
	}
	return strings.Join(append(rest, id), "\n")
}
