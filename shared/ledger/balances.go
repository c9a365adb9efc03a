package ledger

import (
	"fmt"
	"maps"
	"slices"
)

// Balances are the sums of postings by account, in minor units; debits are above zero. An account at zero is not in them.
type Balances map[Account]int64

// Of is an account's balance.
func (b Balances) Of(a Account) int64 { return b[a] }

// Add enters an entry. ErrRange when an account would go beyond ±money.Bound; then nothing is entered.
func (b Balances) Add(e Entry) error {
	for _, p := range e.Postings {
		if !inRange(b[p.Account] + p.Minor) {
			return fmt.Errorf("%w: account %s with entry %s", ErrRange, p.Account, e.ID)
		}
	}
	for _, p := range e.Postings {
		if b[p.Account] += p.Minor; b[p.Account] == 0 {
			delete(b, p.Account)
		}
	}
	return nil
}

// Clone is a copy that can be added to on its own.
func (b Balances) Clone() Balances {
	if b == nil {
		return Balances{}
	}
	return maps.Clone(b)
}

// Accounts are those with a balance, in the order of their names.
func (b Balances) Accounts() []Account { return slices.Sorted(maps.Keys(b)) }

// Sum is that of all accounts: 0 for every ledger that is in order.
func (b Balances) Sum() int64 {
	var sum int64
	for _, minor := range b {
		sum += minor
	}
	return sum
}
