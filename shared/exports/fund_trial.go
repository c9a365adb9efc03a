package exports

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The columns of the trial balance.
const (
	trialAccount = 1 + iota
	trialLabel
	trialOpening
	trialDebits
	trialCredits
	trialClosing
	trialDebit
	trialCredit
	trialLater
	trialHead
	trialGap
)

// trialPlaces is where the accounts stand.
type trialPlaces struct {
	row         map[ledger.Account]int
	first, last int
	total       int
}

func placeTrial(accounts []ledger.Account) trialPlaces {
	p := trialPlaces{row: map[ledger.Account]int{}, first: headerRow + 1, last: headerRow + len(accounts), total: headerRow + len(accounts) + 1}
	for i, a := range accounts {
		p.row[a] = p.first + i
	}
	return p
}

// trialCell names an account's cell of the trial balance for a formula.
func (b *fundBook) trialCell(a ledger.Account, col int) string {
	return sheet.Ref(b.tabs.trial, at(col, b.rows.trial.row[a]))
}

// activityCells names those of all accounts that activities have of one kind: they stand together.
func (b *fundBook) activityCells(account func(string) ledger.Account, col int) string {
	first, last := 0, 0
	for _, a := range b.accounts {
		if code, ok := trust.ActivityOf(a); ok && account(code) == a {
			if first == 0 {
				first = b.rows.trial.row[a]
			}
			last = b.rows.trial.row[a]
		}
	}
	return sheet.Ref(b.tabs.trial, fixed(col, first, last))
}

// overActivities sums a figure over the accounts that activities have of one kind.
func (b *fundBook) overActivities(account func(string) ledger.Account, figure func(ledger.Account) int64) int64 {
	var sum int64
	for _, a := range b.accounts {
		if code, ok := trust.ActivityOf(a); ok && account(code) == a {
			sum += figure(a)
		}
	}
	return sum
}

// trialSheet writes the trial balance: what moved in the days is summed out of the journal, and every balance is compared with the one that
// the books keep.
func (b *fundBook) trialSheet() error {
	p, err := b.list(b.tabs.trial, 20, 44, 18, 18, 18, 18, 18, 18, 18, 18, 14)
	if err != nil {
		return err
	}
	p.title(b.r.in(trialTab), b.subtitle()+" · "+b.r.in(signsWords))
	p.titles(words(accountCode), words(accountTitle), amounts(openingTitle), amounts(debitTitle), amounts(creditTitle), amounts(closingTitle),
		amounts(debitBalance), amounts(creditBalance), amounts(laterTitle), amounts(headTitle), amounts(differenceWord))
	for _, a := range b.accounts {
		b.account(p, a)
	}
	b.trialTotals(p)
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: trialGap, LastRow: b.rows.trial.last})
}

func (b *fundBook) account(p *page, a ledger.Account) {
	row, s := p.NextRow(), b.sums
	closing, later, head := s.closing(a), s.after.Of(a), b.books.Head().Balances.Of(a)
	gap := p.cents
	if closing+later != head {
		gap = p.alertCents
	}
	p.Row(
		cell(string(a), p.text), cell(b.accountLabel(a), p.wrap), cell(b.amount(s.opening(a)), p.cents),
		computed(b.inJournal(journalDebit, at(trialAccount, row)), b.amount(s.debits[a]), p.cents),
		computed(b.inJournal(journalCredit, at(trialAccount, row)), b.amount(s.credits[a]), p.cents),
		computed(at(trialOpening, row)+"+"+at(trialDebits, row)+"-"+at(trialCredits, row), b.amount(closing), p.cents),
		computed("MAX("+at(trialClosing, row)+",0)", b.amount(max(closing, 0)), p.cents),
		computed("MAX(-"+at(trialClosing, row)+",0)", b.amount(max(-closing, 0)), p.cents),
		cell(b.amount(later), p.cents), cell(b.amount(head), p.cents),
		computed(rounded(at(trialClosing, row)+"+"+at(trialLater, row)+"-"+at(trialHead, row)), b.amount(closing+later-head), gap),
	)
}

// rounded is a difference of sums: programs calculate with binary fractions, which leave some 10^-10 of sums of cents.
func rounded(formula string) string { return "ROUND(" + formula + ",2)" }

func (b *fundBook) trialTotals(p *page) {
	t := b.rows.trial
	cells := []sheet.OutCell{cell(b.r.in(total), p.total), cell(nil, p.total)}
	for col := trialOpening; col <= trialGap; col++ {
		var sum int64
		for _, a := range b.accounts {
			sum += b.trialFigure(a, col)
		}
		cells = append(cells, computed(rounded("SUM("+span(col, t.first, t.last)+")"), b.amount(sum), p.totalCents))
	}
	p.Row(cells...)
	p.Skip(1)
	p.wideRemark(b.r.in(trialRemark), trialGap)
}

// trialFigure is what stands in an account's column.
func (b *fundBook) trialFigure(a ledger.Account, col int) int64 {
	s, head := b.sums, b.books.Head().Balances.Of(a)
	return [...]int64{
		trialOpening: s.opening(a), trialDebits: s.debits[a], trialCredits: s.credits[a], trialClosing: s.closing(a),
		trialDebit: max(s.closing(a), 0), trialCredit: max(-s.closing(a), 0), trialLater: s.after.Of(a), trialHead: head,
		trialGap: s.closing(a) + s.after.Of(a) - head,
	}[col]
}

// accountLabel says what an account is for.
func (b *fundBook) accountLabel(a ledger.Account) string {
	if code, ok := trust.ActivityOf(a); ok {
		if a == trust.SpentOn(code) {
			return b.r.fill(accountSpent, b.activityName(code))
		}
		return b.r.fill(accountAllocated, b.activityName(code))
	}
	return b.r.in(accountLabels[a])
}

// activityName is an activity's code and label: "fund/1.1 Training modules".
func (b *fundBook) activityName(code string) string {
	if activity, ok := b.r.Programme.Activity(code); ok {
		return strings.TrimSpace(code + " " + b.r.in(activity.Label))
	}
	return code
}
