package statement

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/fund"
)

// Statement is that of one donor. Contributions and the receipts of instalments are there for donors that Compute was given. ErrDonor,
// ErrReconcile.
func (f *Fund) Statement(o Order) (*Statement, error) {
	at, found := slices.BinarySearchFunc(f.Donors, o.Donor, func(d DonorFigures, id string) int { return cmp.Compare(d.Donor, id) })
	of := DonorFigures{Donor: o.Donor}
	if found {
		of = f.Donors[at]
	} else {
		if at = -1; f.standings[o.Donor] == nil {
			return nil, fmt.Errorf("%w: %q", ErrDonor, o.Donor)
		}
		of.Figures = f.nothing()
	}
	s := &Statement{
		Status: cmp.Or(o.Status, Provisional), Version: max(o.Version, 1), IssuedOn: o.IssuedOn, Donor: f.named(o.Donor),
		Period: f.Period, Prior: f.Prior, Since: f.Since, AsOf: f.AsOf, Closed: f.Closed, Currency: f.Currency, Head: f.Head,
		Agreements: f.agreements(o.Donor), Figures: of.Figures, Spending: f.spending(of), Budget: f.budget(&of),
		Beneficiaries: f.beneficiaries(at), Categories: f.Categories, Results: f.results(), Reconciled: f.reconciled(of), Definitions: Definitions(),
	}
	s.Focus = focus(s.Beneficiaries)
	contributions := f.pass.lists[o.Donor]
	s.Instalments = f.instalments(o.Donor, contributions)
	if contributions != nil {
		s.Contributions, s.LeftOut = slices.Clone(contributions.entries), contributions.leftOut
	}
	var err error
	if s.Digest, err = s.Sum(); err != nil {
		return nil, err
	}
	return s, nil
}

// named is a donor as contributions and pledges name it.
func (f *Fund) named(id string) fund.Donor {
	donor, ok := f.in.Donors[id]
	switch {
	case ok:
		return donor
	case id == "":
		return fund.Donor{}
	}
	return fund.Donor{ID: id}
}

// nothing are the figures of a donor that pledged and has not given yet.
func (f *Fund) nothing() Figures {
	figures := Figures{ByLine: map[Line]Columns{}, ByActivity: map[string]Columns{}}
	for _, line := range Lines {
		figures.ByLine[line] = Columns{}
	}
	for _, code := range f.activities {
		figures.ByActivity[code] = Columns{}
	}
	return figures
}

// reconciled puts a donor's figures beside the sum of all others' and the fund's.
func (f *Fund) reconciled(of DonorFigures) []Reconciled {
	row := func(line Line, activity string, donor, all, fund Columns) Reconciled {
		others := all.Less(donor)
		return Reconciled{line, activity, donor, others, fund, donor.Plus(others).Less(fund)}
	}
	var rows []Reconciled
	for _, line := range Lines {
		rows = append(rows, row(line, "", of.Figures.Of(line), f.sum.Of(line), f.Total.Of(line)))
		if line != Spent {
			continue
		}
		for _, code := range f.activities {
			rows = append(rows, row(line, code, of.Figures.SpentOn(code), f.sum.SpentOn(code), f.Total.SpentOn(code)))
		}
	}
	return rows
}

// Sum is the SHA-256, as 64 hexadecimal digits, of the donor, the period and the figures: of everything in columns. It doesn't change with
// the ledger's head, names, pledges, status and version: as long as it is what it was when a statement was approved, that one holds.
func (s *Statement) Sum() (string, error) {
	type amounts struct {
		Key     string    `json:"key"`
		Columns []Columns `json:"columns"`
	}
	sum := struct {
		Donor    string    `json:"donor"`
		Period   Period    `json:"period"`
		Prior    Period    `json:"prior"`
		Currency string    `json:"currency"`
		Figures  Figures   `json:"figures"`
		Spending []amounts `json:"spending"`
		Budget   []amounts `json:"budget"`
		Reach    []amounts `json:"reach"`
	}{Donor: s.Donor.ID, Period: s.Period, Prior: s.Prior, Currency: s.Currency.Code, Figures: s.Figures}
	for _, row := range s.Spending {
		sum.Spending = append(sum.Spending, amounts{row.Activity.Code, []Columns{row.Donor, row.Fund, row.Earmarked}})
	}
	for _, row := range s.Budget {
		sum.Budget = append(sum.Budget, amounts{row.Activity.Code, []Columns{row.Allocated, row.Spent, row.Unspent, row.Donor}})
	}
	for _, row := range s.Beneficiaries {
		sum.Reach = append(sum.Reach, amounts{string(row.Kind) + row.Country, []Columns{row.Donor, row.Fund}})
	}
	text, err := json.Marshal(sum)
	if err != nil {
		return "", err
	}
	digest := sha256.Sum256(text)
	return hex.EncodeToString(digest[:]), nil
}
