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
	return func(yield func(Transaction, error) bool) {
		for entry, err := range entries {
			if err != nil {
				yield(Transaction{}, err)
				return
			}
			if entry.Date.After(period.To) {
				return
			}
			if entry.Date.Before(period.From) {
				continue
			}
			if t, ok := transaction(entry, donor); ok && !yield(t, nil) {
				return
			}
		}
	}
}

// transaction is what an entry is to a donor, and whether it is anything.
func transaction(entry ledger.Entry, donor string) (Transaction, bool) {
	t := Transaction{Entry: entry}
	for _, posting := range entry.Postings {
		if posting.Account == trust.Cash {
			t.Minor = posting.Minor
		}
	}
	t.Event = trust.EventOf(entry, "")
	t.Line = lineOf[t.Event.Kind]
	shared := t.Event.Donor == "" || t.Event.Kind == trust.Expenditure
	t.Own = !shared && t.Event.Donor == donor
	return t, t.Line != "" && (shared || t.Own)
}

// lineOf is the line that an event moves.
var lineOf = map[trust.Kind]Line{
	trust.Deposit: Received, trust.Refund: Refunded, trust.Earned: Interest, trust.ExchangeDiff: Exchange, trust.SupportCost: Support,
	trust.Expenditure: Spent,
}
