package exports

import (
	"context"
	"io"

	"github.com/learning-cities/guildhall/shared/budget"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/trust"
)

// Fund writes the fund workbook of a term out of the fund's books: sources and uses, activities, donors, whom the money served, pledges,
// and the trial balance and journal that all of it follows from. Every figure is a formula that leads to the journal, and a sheet of proofs
// sets what must agree side by side. The journal is written entry by entry.
//
// TERM_UNKNOWN, CALL_UNKNOWN; a store that stays busy is a *records.BusyError.
func Fund(ctx context.Context, dst io.Writer, in Input) error {
	r, err := in.resolve()
	if err != nil {
		return err
	}
	found, err := r.readFund(ctx)
	if err != nil {
		return err
	}
	b, err := newFundBook(dst, r, found)
	if err != nil {
		return err
	}
	defer b.Discard()
	if err := b.write(ctx); err != nil {
		return err
	}
	return b.Close()
}

// fundBook is the fund workbook with all that its sheets show. Places of sheets that others refer to are fixed beforehand.
type fundBook struct {
	book
	fundRecords
	plan     budget.Plan
	accounts []ledger.Account
	tabs     fundTabs
	rows     fundBookPlaces
}

// fundTabs are the names of the tabs.
type fundTabs struct{ overview, uses, activities, sources, donors, focus, pledges, trial, proof string }

// fundBookPlaces is where the tables of the sheets stand.
type fundBookPlaces struct {
	trial      trialPlaces
	uses       usesPlaces
	activities activityPlaces
	donors     listPlaces
	sources    sourcePlaces
	focus      focusPlaces
	pledges    pledgePlaces
}

func newFundBook(dst io.Writer, r *request, found fundRecords) (*fundBook, error) {
	b := &fundBook{fundRecords: found}
	var err error
	if b.plan, err = budget.PlanOf(r.Programme.Fund); err != nil {
		return nil, err
	}
	w := sheet.NewWriter(dst, r.workbook(r.fill(fundBookTitle, r.termName())))
	b.book = book{Writer: w, look: newLook(w), r: r}
	b.tabs = fundTabs{
		overview: r.in(overviewTab), uses: r.in(usesTab), activities: r.in(activitiesTab), sources: r.in(fundSourcesTab), donors: r.in(donorsTab),
		focus: r.in(focusTab), pledges: r.in(pledgesTab), trial: r.in(trialTab), proof: r.in(proofTab),
	}
	b.accounts = b.listAccounts()
	b.rows = fundBookPlaces{
		trial: placeTrial(b.accounts), uses: placeUses(), activities: placeActivities(b.plan), donors: placeList(len(b.fundRecords.donors)),
		sources: b.placeSources(), focus: b.placeFocus(), pledges: b.placePledges(),
	}
	return b, nil
}

func (b *fundBook) write(ctx context.Context) error {
	for _, write := range []func() error{
		b.overview, b.usesSheet, b.activitiesSheet, b.sourcesSheet, b.donorsSheet, b.focusSheet, b.pledgesSheet, b.trialSheet,
	} {
		if err := write(); err != nil {
			return err
		}
	}
	if err := b.journalSheets(ctx); err != nil {
		return err
	}
	if err := b.entriesSheets(ctx); err != nil {
		return err
	}
	if err := b.proofSheet(); err != nil {
		return err
	}
	return b.notesPage(fundBookRules, nil, "R-FUN", "R-REG")
}

// amount is minor units as an exact number of units of the fund's currency.
func (b *fundBook) amount(minor int64) sheet.Number { return exact(b.of(minor)) }

func (b *fundBook) of(minor int64) money.Amount {
	return money.Amount{Minor: minor, Currency: b.plan.Currency.Code}
}

// amountsOf is a column of amounts of the fund's currency.
func (b *fundBook) amountsOf(title locale.Text) column {
	return amounts(currencyTitle(title, b.plan.Currency))
}

// subtitle says of which days and in which currency a sheet is.
func (b *fundBook) subtitle() string {
	words := b.r.termInWords()
	if b.sums.last.Before(b.r.term.End) {
		words += ", " + b.r.in(asOf(b.r))
	}
	return words + " · " + b.plan.Currency.Code + " · " + b.r.in(heldInTrust)
}

// listAccounts are the accounts in the order of the trial balance: what is there, what it is held for, and why it changed. Those of
// activities of other editions of the programme come behind the activities of this one.
func (b *fundBook) listAccounts() []ledger.Account {
	var activities []string
	known := map[string]bool{}
	for _, a := range b.r.Programme.Fund.Activities {
		activities, known[a.Code] = append(activities, a.Code), true
	}
	moves := ledger.Balances{}
	for _, part := range []ledger.Balances{b.sums.before, b.sums.within, b.sums.after} {
		for account := range part {
			moves[account] = 1
		}
	}
	for account := range b.sums.debits {
		moves[account] = 1
	}
	for _, account := range moves.Accounts() {
		if code, ok := trust.ActivityOf(account); ok && !known[code] {
			activities, known[code] = append(activities, code), true
		}
	}
	all := []ledger.Account{trust.Cash, trust.Unallocated}
	for _, code := range activities {
		all = append(all, trust.AllocatedTo(code))
	}
	all = append(all, trust.Contributions, trust.Interest, trust.Exchange)
	for _, code := range activities {
		all = append(all, trust.SpentOn(code))
	}
	return append(all, trust.Support, trust.Refunds, trust.Changes)
}
