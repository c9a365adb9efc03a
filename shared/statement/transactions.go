package statement

import (
	"iter"

	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/trust"
)

// Transaction is an entry of the period that a donor's figures rest on.
type Transaction struct {
	Entry ledger.Entry // with its provenance: Source names the import, file, sheet, cell and value, or the request
	Event trust.Event
	Line  Line
	Own   bool  // the donor's alone: its deposits, its refunds, the support costs of its agreement; the others are shared by all
	Minor int64 // what it does to the fund's balance, signed as in Figures; a reversal has the other sign
}

// Transactions are those of a period in the order of days, one at a time: a donor's own and those that all share. Nothing of them is held.
// Setting money aside is none: it changes no balance.
func Transactions(entries iter.Seq2[ledger.Entry, error], period Period, donor string) iter.Seq2[Transaction, error] {
	return func(yield func(Transaction, error) bool) {}
}
