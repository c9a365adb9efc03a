package office

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// FundTotals are what everybody may know of the fund: sums of all donors' money up to the books' head, in minor units of its currency.
type FundTotals struct {
	Currency    money.Currency
	ClosedTo    civil.Date // the last day that is closed; zero where none is
	Received    int64
	Interest    int64
	Exchange    int64 // below zero for losses
	Spent       int64
	Support     int64
	Refunded    int64
	Held        int64 // what is left of all the above: Unallocated and Allocated
	Unallocated int64
	Allocated   int64          // set aside for activities, and unspent
	Activities  []FundActivity // every one of the fund, in the programme's order
}

// FundActivity is what the fund has and spent for one of its activities, in minor units.
type FundActivity struct {
	Activity  programme.Activity
	Allocated int64 // and unspent
	Spent     int64
}

// FundTotals are the fund's sums, without whose money it is.
func (o *Office) FundTotals(ctx context.Context) (FundTotals, error) {
	if err := o.leave(ctx, access.FundReadTotals, access.Object{}); err != nil {
		return FundTotals{}, err
	}
	at, err := o.Registry.FundStanding(ctx)
	if err != nil {
		return FundTotals{}, err
	}
	in := func(a ledger.Account) int64 { return trust.Shown(at.Balances, a) }
	totals := FundTotals{
		Currency: o.currency(), ClosedTo: at.ClosedTo, Received: in(trust.Contributions), Interest: in(trust.Interest),
		Exchange: in(trust.Exchange), Support: in(trust.Support), Refunded: in(trust.Refunds), Held: in(trust.Cash),
		Unallocated: in(trust.Unallocated),
	}
	for _, activity := range o.Programme.Fund.Activities {
		one := FundActivity{activity, in(trust.AllocatedTo(activity.Code)), in(trust.SpentOn(activity.Code))}
		totals.Activities = append(totals.Activities, one)
		totals.Allocated, totals.Spent = totals.Allocated+one.Allocated, totals.Spent+one.Spent
	}
	return totals, nil
}

func (o *Office) currency() money.Currency { return money.ISO(o.Programme.Fund.Currency) }

// FundStanding is where the fund's books stand, account by account.
func (o *Office) FundStanding(ctx context.Context) (registry.Standing, error) {
	if err := o.leave(ctx, access.FundRead, access.Object{}); err != nil {
		return registry.Standing{}, err
	}
	return o.Registry.FundStanding(ctx)
}

// FundEntries is a page of the fund's entries, and where the next one begins, "" at the end; see registry.FundEntryPage.
func (o *Office) FundEntries(ctx context.Context, page registry.FundPage) ([]ledger.Entry, string, error) {
	if err := o.leave(ctx, access.FundRead, access.Object{}); err != nil {
		return nil, "", err
	}
	return o.Registry.FundEntryPage(ctx, page)
}

// FundEntry is an entry of the fund's books, and which one took it back.
type FundEntry struct {
	ledger.Entry
	TakenBackBy string // identifier of an entry; "" for one that stands
}

// FundEntry is an entry by its identifier. ENTRY_UNKNOWN.
func (o *Office) FundEntry(ctx context.Context, id string) (FundEntry, error) {
	if err := o.leave(ctx, access.FundRead, access.Object{}); err != nil {
		return FundEntry{}, err
	}
	return o.fundEntry(ctx, id)
}

func (o *Office) fundEntry(ctx context.Context, id string) (FundEntry, error) {
	entry, by, err := o.Registry.FundEntry(ctx, id)
	return FundEntry{entry, by}, unknownObject(err, "entry", "ENTRY_UNKNOWN", id)
}

// unknownObject says of the very thing that was asked for by a field that there is none, where the registry says so of one that was referred to.
func unknownObject(err error, field string, code problem.Code, id string) error {
	var p *problem.Problem
	if errors.As(err, &p) && p.Code == "REF_NOT_FOUND" && p.Field == field {
		return problem.New(code).Valued(id)
	}
	return err
}

// FundProposals are what is proposed about the fund, the oldest first: what waits to be decided, or all.
func (o *Office) FundProposals(ctx context.Context, all bool) ([]registry.Proposed, error) {
	if err := o.leave(ctx, access.FundRead, access.Object{}); err != nil {
		return nil, err
	}
	return o.Registry.FundProposals(ctx, all)
}

// FundProposal is a proposal by its identifier. PROPOSAL_UNKNOWN.
func (o *Office) FundProposal(ctx context.Context, id string) (registry.Proposed, error) {
	if err := o.leave(ctx, access.FundRead, access.Object{}); err != nil {
		return registry.Proposed{}, err
	}
	return o.proposal(ctx, id)
}

func (o *Office) proposal(ctx context.Context, id string) (registry.Proposed, error) {
	p, err := o.Registry.FundProposal(ctx, id)
	return p, unknownObject(err, "proposal", "PROPOSAL_UNKNOWN", id)
}

// FundVerification is what came of recomputing the fund's books.
type FundVerification struct {
	Head  ledger.Head   // up to which they are in order; the zero Head with a fault
	Fault *ledger.Fault // the first that there is; nil where there is none
}

// VerifyFund recomputes the fund's books from the first entry. It reads all of them. RECORD_BUSY.
func (o *Office) VerifyFund(ctx context.Context) (FundVerification, error) {
	if err := o.leave(ctx, access.FundVerify, access.Object{}); err != nil {
		return FundVerification{}, err
	}
	head, err := o.Registry.VerifyFund(ctx)
	var fault *ledger.Fault
	if errors.As(err, &fault) {
		o.Log.ErrorContext(ctx, "the fund's books are not in order", "flaw", fault.Flaw, "batch", fault.Link, "entry", fault.Entry)
		return FundVerification{Fault: fault}, nil
	}
	return FundVerification{Head: head}, err
}

// Rates are the monthly rates of a year on record, by currency and day; currency is an ISO 4217 code, "" for all. CURRENCY_UNKNOWN.
func (o *Office) Rates(ctx context.Context, year int, currency string) ([]fund.MonthRate, error) {
	if err := o.leave(ctx, access.RateRead, access.Object{}); err != nil {
		return nil, err
	}
	if _, known := o.Reference.Currency(currency); currency != "" && !known {
		return nil, problem.New("CURRENCY_UNKNOWN").In("currency").Valued(currency)
	}
	return o.Registry.Rates(ctx, year, currency)
}
