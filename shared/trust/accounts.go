// Package trust keeps the books of money held in trust: which entry of the ledger each event of the fund makes, what may not be entered,
// and from the entries each donor's figures. It knows no storage, no sheets and no names of donors: they are identifiers here.
//
// An entry has two pairs of postings. One moves what is there: cash, and the liability to donors that it is held for (R-FUN-2), allocated
// to an activity or not. The other tells why it changed: contributions, interest, spending; its counterpart is "changes". So the cash is
// always what is held in trust, and that is always what was received and earned, less what was spent, charged and given back.
package trust

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/ledger"
)

// The accounts. Those of activities are made by AllocatedTo and SpentOn.
const (
	Cash          ledger.Account = "cash"
	Unallocated   ledger.Account = "trust"
	Contributions ledger.Account = "contributions"
	Refunds       ledger.Account = "refunds"
	Interest      ledger.Account = "interest"
	Exchange      ledger.Account = "exchange"
	Support       ledger.Account = "support"
	Changes       ledger.Account = "changes"

	allocated = "trust/"
	spending  = "expenditure/"
)

// AllocatedTo is the account of what is held in trust for an activity.
func AllocatedTo(activity string) ledger.Account { return ledger.Account(allocated + activity) }

// SpentOn is the account of what was spent on an activity.
func SpentOn(activity string) ledger.Account { return ledger.Account(spending + activity) }

// ActivityOf is the activity that an account is for, and whether it is for one.
func ActivityOf(a ledger.Account) (activity string, ok bool) {
	if activity, ok = strings.CutPrefix(string(a), allocated); ok {
		return activity, true
	}
	return strings.CutPrefix(string(a), spending)
}

// credit tells the accounts that are shown with their sign turned: more of them is below zero in the books.
func credit(a ledger.Account) bool {
	return a == Unallocated || a == Contributions || a == Interest || a == Exchange || strings.HasPrefix(string(a), allocated)
}

// Shown is a balance as people read it: minor units, above zero for what the account is there for; gains of exchange are above zero.
func Shown(b ledger.Balances, a ledger.Account) int64 {
	if credit(a) {
		return -b.Of(a)
	}
	return b.Of(a)
}

// bounded tells the accounts that are never below zero, on any day: nothing is spent or promised that isn't there. As the cash is what
// they sum to, it isn't either.
func bounded(a ledger.Account) bool {
	return a == Unallocated || strings.HasPrefix(string(a), allocated)
}
