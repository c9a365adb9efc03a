package kinds

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// nearYears are the records that a payment would be in the years next to its own. Payments are stored by years: one that is sent again with
// its year corrected would stand twice, and so would its money. line is all that a correction of the year leaves as it is; "" where that can't
// be told. What is there is REFERENCE_OTHER_YEAR where it has the same line.
func nearYears[T any](ref records.Ref, body T, line func(T) (line string, on civil.Date)) []imports.Beside {
	own, on := line(body)
	if own == "" {
		return nil
	}
	refuse := func(there records.Record) (*problem.Problem, error) {
		var other T
		if err := records.Decode(there.Body, &other); err != nil {
			return nil, fmt.Errorf("kinds: %s: %w", there.Ref, err)
		}
		found, day := line(other)
		if found != own {
			return nil, nil
		}
		return problem.New("REFERENCE_OTHER_YEAR").In("reference").WithText("date", day.Text()).With("import", there.Provenance.Import), nil
	}
	var near []imports.Beside
	for _, year := range []int{on.Year - 1, on.Year + 1} {
		other := records.Ref{Type: ref.Type, Partition: strconv.Itoa(year), ID: ref.ID}
		near = append(near, imports.Beside{Ref: other, Refuse: refuse})
	}
	return near
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
