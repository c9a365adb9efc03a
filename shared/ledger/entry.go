// Package ledger keeps books in double entry: entries whose postings sum to zero, appended in batches that a chain of hashes links, and
// the balances that follow from them. It knows no storage, no donors and not what the accounts stand for.
package ledger

import (
	"errors"
	"fmt"
	"maps"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/money"
)

// The mistakes of the calling code; wrapped with the entry at hand.
var (
	ErrUnbalanced = errors.New("ledger: the postings do not sum to zero")
	ErrPostings   = errors.New("ledger: an entry has two or more postings, none of them zero, each to an account of its own")
	ErrIncomplete = errors.New("ledger: an entry has an identifier, a kind, a date, a time and a source, which is an import, or a person's request")
	ErrRange      = errors.New("ledger: beyond the range of an amount")
)

// Account is the name of an account, such as "cash" or "trust/fund/1.1".
type Account string

// Posting moves money of the ledger's currency: above zero it debits the account, below zero it credits it.
type Posting struct {
	Account Account `json:"account"`
	Minor   int64   `json:"minor"` // minor units of the ledger's currency, within ±money.Bound, never 0
}

// Source says where an entry comes from: a cell of an import, or a request.
type Source struct {
	Import  string `json:"import,omitempty"`  // identifier
	File    string `json:"file,omitempty"`    // SHA-256 of the uploaded file, as hexadecimal digits
	Sheet   string `json:"sheet,omitempty"`   // the sheet's name in that file
	Cell    string `json:"cell,omitempty"`    // of the amount, as A1
	Value   string `json:"value,omitempty"`   // what stands in that cell
	Request string `json:"request,omitempty"` // identifier
	Person  string `json:"person"`            // identifier of who sent it or asked for it; an import may not know
}

// Entry is one event of the books. It is never changed: a correction is another entry that reverses it. Names, addresses and other
// personal data stand nowhere in it: attributes hold identifiers and codes.
type Entry struct {
	ID         string            `json:"id"`   // unique in the ledger
	Kind       string            `json:"kind"` // what happened, in the owner's terms
	Date       civil.Date        `json:"date"` // in whose period the entry counts
	ValueDate  civil.Date        `json:"valueDate,omitzero"`
	At         string            `json:"at"` // when it was appended, RFC 3339 in UTC
	Postings   []Posting         `json:"postings"`
	Original   *Original         `json:"original,omitempty"` // nil where the money is of the ledger's currency
	Attributes map[string]string `json:"attributes,omitempty"`
	Source     Source            `json:"source"`
	Reason     string            `json:"reason,omitempty"`
	Reverses   string            `json:"reverses,omitempty"` // identifier of the entry that this one takes back
}

// Original is the money as it was paid, and what made it the ledger's currency.
type Original struct {
	Amount     money.Amount `json:"amount"`
	Rate       money.Rate   `json:"rate"` // from the currency paid to the ledger's, as it was stated
	RateDate   civil.Date   `json:"rateDate"`
	RateSource string       `json:"rateSource"`
}

// Worth is the original in the ledger's currency: what the entry's postings move. The errors are those of money.Convert.
func (o Original) Worth(c money.Currency) (money.Amount, error) {
	return money.Convert(o.Amount, money.ISO(o.Amount.Currency), o.Rate, c)
}

// Check returns ErrIncomplete, ErrPostings, ErrRange or ErrUnbalanced for what isn't an entry.
func (e Entry) Check() error {
	if e.ID == "" || e.Kind == "" || e.Date.IsZero() || e.At == "" || e.Source.Import == "" && (e.Source.Request == "" || e.Source.Person == "") {
		return fmt.Errorf("%w: %q", ErrIncomplete, e.ID)
	}
	if len(e.Postings) < 2 {
		return fmt.Errorf("%w: %s", ErrPostings, e.ID)
	}
	var sum int64
	seen := make(map[Account]bool, len(e.Postings))
	for _, p := range e.Postings {
		if p.Account == "" || p.Minor == 0 || seen[p.Account] {
			return fmt.Errorf("%w: %s", ErrPostings, e.ID)
		}
		if !inRange(p.Minor) {
			return fmt.Errorf("%w: %s", ErrRange, e.ID)
		}
		seen[p.Account] = true
		if sum += p.Minor; !inRange(sum) {
			return fmt.Errorf("%w: %s", ErrRange, e.ID)
		}
	}
	if sum != 0 {
		return fmt.Errorf("%w: %s sums to %d", ErrUnbalanced, e.ID, sum)
	}
	return nil
}

// Reversal is the entry that takes this one back: the same postings the other way, with the same attributes. Its holder gives it an
// identifier, a date, a source, a reason and the time.
func (e Entry) Reversal() Entry {
	back := e
	back.ID, back.Date, back.At, back.Source, back.Reason, back.Reverses = "", civil.Date{}, "", Source{}, "", e.ID
	back.Attributes = maps.Clone(e.Attributes)
	back.Postings = make([]Posting, len(e.Postings))
	for i, p := range e.Postings {
		back.Postings[i] = Posting{p.Account, -p.Minor}
	}
	return back
}

func inRange(minor int64) bool { return -money.Bound <= minor && minor <= money.Bound }
