package ledger

import (
	"fmt"
	"strconv"

	"github.com/learning-cities/guildhall/shared/money"
)

// What a fault can be.
type Flaw string

const (
	NotAnEntry    Flaw = "not_an_entry"       // its postings don't sum to zero, or something is missing
	ConversionOff Flaw = "conversion_differs" // its postings aren't what its original is worth at its rate
	ReversedAgain Flaw = "reversed_again"     // it takes back what was taken back before, or what isn't there
	EntryTwice    Flaw = "entry_twice"        // its identifier is an earlier one's
	BatchChanged  Flaw = "batch_changed"      // the batch's entries aren't those that its link was made of
	ChainBroken   Flaw = "chain_broken"       // the link doesn't follow the one before it, or isn't hashed as it says
	BalanceOff    Flaw = "balance_differs"    // an account isn't what the entries make it
	DayOff        Flaw = "day_differs"        // the sums of a day aren't what its entries make them
	FiguresOff    Flaw = "figures_differ"     // what donors' figures were said to be at the end of a closed period isn't what the entries make them
	HeadOff       Flaw = "head_differs"       // the ledger's head isn't the last link, or counts other entries
	Rewritten     Flaw = "rewritten"          // a link isn't the one that was noted elsewhere
)

// Fault is the first place at which a ledger isn't what it says.
type Fault struct {
	Flaw    Flaw
	Link    int64   // number of the batch
	Entry   string  // identifier, or the day of DayOff and FiguresOff; "" for a batch or the head
	Account Account // of BalanceOff and DayOff
	Want    string  // what follows from the entries
	Got     string  // what is recorded
}

// Error implements error.
func (f *Fault) Error() string {
	return fmt.Sprintf("ledger: %s at batch %d entry %q account %q: want %s, got %s", f.Flaw, f.Link, f.Entry, f.Account, f.Want, f.Got)
}

// Verifier recomputes a ledger from its first entry. Give it each batch's entries and then its link, in order, and the head in the end.
// What it returns is a *Fault, the first there is; after that it is of no more use. Beside the balances it keeps nothing of an entry but
// what Seen keeps.
type Verifier struct {
	// Seen tells whether identifiers were met before; nil leaves that out, where the store can't hold one twice.
	Seen map[string]bool
	// Currency is the ledger's, in which the originals of entries are converted anew; the zero Currency leaves that out.
	Currency money.Currency

	head    Head
	rolling Rolling
}

// Entry takes in the next entry of the batch at hand.
func (v *Verifier) Entry(e Entry) error {
	number := v.head.Link.Number + 1
	if err := e.Check(); err != nil {
		return &Fault{Flaw: NotAnEntry, Link: number, Entry: e.ID, Want: "an entry", Got: err.Error()}
	}
	if err := v.conversion(e, number); err != nil {
		return err
	}
	if err := v.seen(e, number); err != nil {
		return err
	}
	if v.head.Balances == nil {
		v.head.Balances = Balances{}
	}
	if err := v.head.Balances.Add(e); err != nil {
		return &Fault{Flaw: NotAnEntry, Link: number, Entry: e.ID, Want: "amounts within range", Got: err.Error()}
	}
	v.head.Total++
	return v.rolling.Add(e)
}

// conversion holds every posting of an entry to what its original is worth at the rate that it was converted at.
func (v *Verifier) conversion(e Entry, number int64) error {
	if e.Original == nil || v.Currency == (money.Currency{}) {
		return nil
	}
	worth, err := e.Original.Worth(v.Currency)
	if err != nil {
		return &Fault{Flaw: ConversionOff, Link: number, Entry: e.ID, Want: "a rate of its currency", Got: err.Error()}
	}
	for _, p := range e.Postings {
		if max(p.Minor, -p.Minor) != max(worth.Minor, -worth.Minor) {
			return &Fault{
				Flaw: ConversionOff, Link: number, Entry: e.ID, Account: p.Account,
				Want: strconv.FormatInt(worth.Minor, 10), Got: strconv.FormatInt(p.Minor, 10),
			}
		}
	}
	return nil
}

// The mark of an entry that was reversed stands beside those of the entries.
const reversed = "reversed "

func (v *Verifier) seen(e Entry, number int64) error {
	if v.Seen == nil {
		return nil
	}
	if v.Seen[e.ID] {
		return &Fault{Flaw: EntryTwice, Link: number, Entry: e.ID, Want: "an identifier of its own", Got: e.ID}
	}
	v.Seen[e.ID] = true
	if e.Reverses == "" {
		return nil
	}
	if !v.Seen[e.Reverses] || v.Seen[reversed+e.Reverses] {
		return &Fault{Flaw: ReversedAgain, Link: number, Entry: e.ID, Want: "an entry that stands", Got: e.Reverses}
	}
	v.Seen[reversed+e.Reverses] = true
	return nil
}

// Link ends the batch at hand.
func (v *Verifier) Link(l Link) error {
	want := v.head.Link.Next(l.Batch, v.rolling)
	fault := func(flaw Flaw, want, got string) error {
		return &Fault{Flaw: flaw, Link: v.head.Link.Number + 1, Want: want, Got: got}
	}
	switch {
	case l.Number != want.Number:
		return fault(ChainBroken, strconv.FormatInt(want.Number, 10), strconv.FormatInt(l.Number, 10))
	case l.Previous != want.Previous:
		return fault(ChainBroken, string(want.Previous), string(l.Previous))
	case l.Entries != want.Entries:
		return fault(BatchChanged, strconv.Itoa(want.Entries), strconv.Itoa(l.Entries))
	case l.Content != want.Content:
		return fault(BatchChanged, string(want.Content), string(l.Content))
	case l.Hash != want.Hash:
		return fault(ChainBroken, string(want.Hash), string(l.Hash))
	}
	v.head.Link, v.rolling = l, Rolling{}
	return nil
}

// Head compares the ledger's head with what was recomputed.
func (v *Verifier) Head(h Head) error {
	at := v.head.Link.Number
	if entries, _ := v.rolling.Sum(); entries > 0 {
		return &Fault{Flaw: HeadOff, Link: at + 1, Want: "a link behind the entries", Got: strconv.Itoa(entries) + " entries without one"}
	}
	if h.Link != v.head.Link {
		return &Fault{Flaw: HeadOff, Link: at, Want: string(v.head.Link.Hash), Got: string(h.Link.Hash)}
	}
	if h.Total != v.head.Total {
		return &Fault{Flaw: HeadOff, Link: at, Want: strconv.FormatInt(v.head.Total, 10), Got: strconv.FormatInt(h.Total, 10)}
	}
	for _, both := range [][2]Balances{{v.head.Balances, h.Balances}, {h.Balances, v.head.Balances}} {
		for _, account := range both[0].Accounts() {
			if want, got := v.head.Balances.Of(account), h.Balances.Of(account); want != got {
				return &Fault{
					Flaw: BalanceOff, Link: at, Account: account, Want: strconv.FormatInt(want, 10), Got: strconv.FormatInt(got, 10),
				}
			}
		}
	}
	return nil
}
