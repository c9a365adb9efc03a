package statement

import (
	"errors"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/money"
)

// ErrPeriod is returned for a period without days.
var ErrPeriod = errors.New("statement: a period ends before it begins")

// ErrReconcile is returned when the donors' figures are not the fund's, or a statement's lines don't sum to its closing balance: the books, or
// the attribution, are not in order, and no statement may go out.
var ErrReconcile = errors.New("statement: the figures do not reconcile")

// ErrDonor is returned for a donor of which neither the ledger nor the pledges know anything.
var ErrDonor = errors.New("statement: no such donor")

// Fund is what one pass over the ledger finds: the fund's figures and those of every donor.
type Fund struct {
	Period   Period
	Prior    Period
	Since    civil.Date // the day of the first entry; zero without any
	Closed   bool       // the books are closed up to the period's end
	Currency money.Currency
	Head     Head

	Total         Figures        // the fund's, from the accounts of its ledger
	Donors        []DonorFigures // ordered by identifier; their sum is Total
	Activities    []Budget       // of the fund; Donor is 0
	Beneficiaries []Beneficiary  // of the fund; Donor is 0
	Focus         []Focus        // of the fund; Donor is 0
	Categories    []Category
}

// Compute goes over the entries once. It keeps the contributions of the donors that are named, for their statements; beside those, memory
// grows with donors, activities and beneficiaries, not with entries.
//
// ErrPeriod, ErrReconcile, and the errors of the entries and of trust.Attribute.
func Compute(in Input, period Period, donors ...string) (*Fund, error) {
	return nil, errors.ErrUnsupported
}

// Statement is that of one donor. Contributions and the receipts of instalments are there for donors that Compute was given. ErrDonor,
// ErrReconcile.
func (f *Fund) Statement(o Order) (*Statement, error) {
	return nil, errors.ErrUnsupported
}
