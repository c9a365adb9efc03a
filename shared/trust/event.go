package trust

import (
	"slices"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
)

// Kind is what happened to the fund's money.
type Kind string

// The kinds. A pledge is none: it is no money (R-FUN-8).
const (
	Deposit      Kind = "deposit"      // money of a donor arrived
	Refund       Kind = "refund"       // money of a donor was given back
	Earned       Kind = "interest"     // the bank paid interest
	ExchangeDiff Kind = "exchange"     // gained (above zero) or lost (below zero) by a change of rates
	SupportCost  Kind = "support"      // the agent's programme support costs were charged (R-FUN-10)
	Allocation   Kind = "allocation"   // money was set aside for an activity
	Deallocation Kind = "deallocation" // and freed again
	Expenditure  Kind = "expenditure"  // money was spent on an activity
)

var kinds = []Kind{Deposit, Refund, Earned, ExchangeDiff, SupportCost, Allocation, Deallocation, Expenditure}

// Kinds lists the kinds, in the order in which they are shown.
func Kinds() []Kind { return slices.Clone(kinds) }

// NeedsSecond reports whether events of this kind are proposed by one person and approved by another.
func (k Kind) NeedsSecond() bool { return k == Allocation || k == Refund }

// TakingBackNeedsSecond reports whether an entry of this kind is taken back by two persons: what two decided is not undone by one, and a
// de-allocation that is taken back is an allocation.
func (k Kind) TakingBackNeedsSecond() bool { return k.NeedsSecond() || k == Deallocation }

// fields are those of an event that only some kinds have, by their names in JSON.
var fields = map[string][]Kind{
	"original":  {Deposit, Expenditure},
	"donor":     {Deposit, Refund, SupportCost},
	"agreement": {Deposit, Refund, SupportCost}, "instalment": {Deposit}, "earmark": {Deposit},
	"activity": {Allocation, Deallocation, Expenditure}, "cluster": {Allocation, Deallocation, Expenditure},
	"line":     {Allocation, Deallocation, Expenditure},
	"category": {Expenditure}, "payee": {Expenditure}, "beneficiaries": {Expenditure},
}

// Has reports whether events of this kind can have a field, by its name in JSON.
func (k Kind) Has(field string) bool {
	some, limited := fields[field]
	return !limited || slices.Contains(some, k)
}

// Event is one thing that happened.
type Event struct {
	Kind      Kind             `json:"kind"`
	Amount    money.Amount     `json:"amount"`             // in the fund's currency; above zero, of ExchangeDiff only not zero
	Date      civil.Date       `json:"date"`               // in whose period it counts
	ValueDate civil.Date       `json:"valueDate,omitzero"` // the bank's
	Original  *ledger.Original `json:"original,omitempty"`

	Donor       string   `json:"donor,omitempty"`         // identifier; of a deposit, a refund, and a support cost that one agreement asks for
	Agreement   string   `json:"agreement,omitempty"`     // identifier of the donor's pledge, where there is one
	Instalment  string   `json:"instalment,omitempty"`    // identifier within the pledge
	Earmark     string   `json:"earmark,omitempty"`       // of a deposit: the activity ("fund/1.1") or area ("fund/1") it is for; "" is unearmarked
	Activity    string   `json:"activity,omitempty"`      // of an allocation, a de-allocation or an expenditure: "fund/1.1"
	Cluster     string   `json:"cluster,omitempty"`       // of an allocation, a de-allocation or an expenditure: the cluster that it serves; may be ""
	Line        string   `json:"line,omitempty"`          // and which line of that cluster's budget: "cluster/1.2"
	Category    string   `json:"category,omitempty"`      // of an expenditure
	Payee       string   `json:"payee,omitempty"`         // of an expenditure: identifier of a contact
	Beneficiary []string `json:"beneficiaries,omitempty"` // of an expenditure: identifiers of cities, or ISO 3166-1 alpha-2 codes of countries
}

// Who tells by whom and how an event came in.
type Who struct {
	ID     string // the entry's, unique in the ledger
	At     time.Time
	Source ledger.Source
	Reason string
}

// The names of an entry's attributes.
const (
	attrDonor       = "donor"
	attrAgreement   = "agreement"
	attrInstalment  = "instalment"
	attrEarmark     = "earmark"
	attrActivity    = "activity"
	attrCluster     = "cluster"
	attrLine        = "line"
	attrCategory    = "category"
	attrPayee       = "payee"
	attrBeneficiary = "beneficiaries" // separated by spaces
)

// Entry is the entry of the books that an event makes.
func (e Event) Entry(who Who) ledger.Entry {
	entry := ledger.Entry{
		ID: who.ID, Kind: string(e.Kind), Date: e.Date, ValueDate: e.ValueDate, At: who.At.UTC().Format(time.RFC3339), Postings: e.postings(),
		Original: e.Original, Source: who.Source, Reason: who.Reason,
	}
	for name, value := range map[string]string{
		attrDonor: e.Donor, attrAgreement: e.Agreement, attrInstalment: e.Instalment, attrEarmark: e.Earmark, attrActivity: e.Activity,
		attrCluster: e.Cluster, attrLine: e.Line, attrCategory: e.Category, attrPayee: e.Payee, attrBeneficiary: strings.Join(e.Beneficiary, " "),
	} {
		if value == "" {
			continue
		}
		if entry.Attributes == nil {
			entry.Attributes = map[string]string{}
		}
		entry.Attributes[name] = value
	}
	return entry
}

// postings are the two pairs of an event: what moved, and why. What only changes its purpose has no reason to be told.
func (e Event) postings() []ledger.Posting {
	minor := e.Amount.Minor
	in := func(reason ledger.Account) []ledger.Posting {
		return []ledger.Posting{
			{Account: Cash, Minor: minor}, {Account: Unallocated, Minor: -minor}, {Account: Changes, Minor: minor}, {Account: reason, Minor: -minor},
		}
	}
	out := func(from, reason ledger.Account) []ledger.Posting {
		return []ledger.Posting{
			{Account: from, Minor: minor}, {Account: Cash, Minor: -minor}, {Account: reason, Minor: minor}, {Account: Changes, Minor: -minor},
		}
	}
	switch e.Kind {
	case Deposit:
		return in(Contributions)
	case Earned:
		return in(Interest)
	case ExchangeDiff:
		return in(Exchange)
	case Refund:
		return out(Unallocated, Refunds)
	case SupportCost:
		return out(Unallocated, Support)
	case Expenditure:
		return out(AllocatedTo(e.Activity), SpentOn(e.Activity))
	case Allocation:
		return []ledger.Posting{{Account: Unallocated, Minor: minor}, {Account: AllocatedTo(e.Activity), Minor: -minor}}
	case Deallocation:
		return []ledger.Posting{{Account: AllocatedTo(e.Activity), Minor: minor}, {Account: Unallocated, Minor: -minor}}
	}
	return nil
}

// EventOf reads an entry back as the event that it is of; of a reversal, the event that it takes back, on the day of the reversal.
func EventOf(entry ledger.Entry, currency string) Event {
	a := entry.Attributes
	e := Event{
		Kind: Kind(entry.Kind), Date: entry.Date, ValueDate: entry.ValueDate, Original: entry.Original, Donor: a[attrDonor],
		Agreement: a[attrAgreement], Instalment: a[attrInstalment], Earmark: a[attrEarmark], Activity: a[attrActivity], Cluster: a[attrCluster],
		Line: a[attrLine], Category: a[attrCategory], Payee: a[attrPayee], Beneficiary: strings.Fields(a[attrBeneficiary]),
		Amount: money.Amount{Currency: currency},
	}
	if len(e.Beneficiary) == 0 {
		e.Beneficiary = nil
	}
	for _, p := range entry.Postings {
		minor := p.Minor
		if entry.Reverses != "" {
			minor = -minor
		}
		switch {
		case p.Account == Cash && (e.Kind == Deposit || e.Kind == Earned || e.Kind == ExchangeDiff):
			e.Amount.Minor = minor
		case p.Account == Cash:
			e.Amount.Minor = -minor
		case p.Account == Unallocated && e.Kind == Allocation:
			e.Amount.Minor = minor
		case p.Account == Unallocated && e.Kind == Deallocation:
			e.Amount.Minor = -minor
		}
	}
	return e
}
