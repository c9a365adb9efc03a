package exports

import (
	"context"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The columns of the journal: a row is a posting.
const (
	journalDate = 1 + iota
	journalEntry
	journalKind
	journalAccount
	journalDebit
	journalCredit
	journalDonor
	journalPurpose
)

// journalRows is how many rows of postings go onto one sheet: fewer than a sheet holds, and so many that most journals have one.
var journalRows = 1_000_000

// journalPlaces is how many rows each sheet of the journal has. The postings of an entry stay together.
type journalPlaces []int

func (j *journalPlaces) take(postings int) {
	if last := len(*j) - 1; last >= 0 && (*j)[last]+postings <= journalRows {
		(*j)[last] += postings
		return
	}
	*j = append(*j, postings)
}

// sheets is how many rows each sheet has; there is one at least.
func (j journalPlaces) sheets() []int {
	if len(j) == 0 {
		return []int{0}
	}
	return j
}

// journalTab is the name of a sheet of the journal, counted from 0.
func (b *fundBook) journalTab(n int) string {
	if n == 0 {
		return b.r.in(journalTab)
	}
	return b.r.in(journalTab) + " " + strconv.Itoa(n+1)
}

// inJournal sums a column of the journal over the postings to the account that a cell names.
func (b *fundBook) inJournal(col int, account string) string {
	var sums []string
	for n, rows := range b.places.sheets() {
		list, tab := placeList(rows), b.journalTab(n)
		sums = append(sums, "SUMIFS("+list.column(tab, col)+","+list.column(tab, journalAccount)+","+account+")")
	}
	return strings.Join(sums, "+")
}

// wholeJournal sums a column of the journal.
func (b *fundBook) wholeJournal(col int) string {
	var sums []string
	for n, rows := range b.places.sheets() {
		sums = append(sums, "SUM("+placeList(rows).column(b.journalTab(n), col)+")")
	}
	return strings.Join(sums, "+")
}

// journalSheets writes the entries of the days as they are read.
func (b *fundBook) journalSheets(ctx context.Context) error {
	n, left := 0, 0
	p, err := b.journalSheet(n)
	if err != nil {
		return err
	}
	left = b.places.sheets()[n]
	for entry, err := range b.journalEntries(ctx) {
		if err != nil {
			return err
		}
		if left == 0 {
			n++
			if p, err = b.journalSheet(n); err != nil {
				return err
			}
			left = b.places.sheets()[n]
		}
		b.journalEntry(p, entry)
		left -= len(entry.Postings)
	}
	if len(b.places) == 0 {
		p.nothing(noEntries, journalPurpose)
	}
	return nil
}

func (b *fundBook) journalSheet(n int) (*page, error) {
	p, err := b.list(b.journalTab(n), 12, 36, 24, 24, 18, 18, 34, 28)
	if err != nil {
		return nil, err
	}
	p.title(b.journalTab(n), b.subtitle())
	p.titles(words(dateTitle), words(entryTitle), words(kindTitle), words(accountCode), amounts(debitTitle), amounts(creditTitle), words(donorIDTitle),
		words(purposeTitle))
	list := placeList(b.places.sheets()[n])
	return p, p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: journalPurpose, LastRow: list.last})
}

func (b *fundBook) journalEntry(p *page, e ledger.Entry) {
	event := trust.EventOf(e, b.plan.Currency.Code)
	kind, donor, purpose := b.kindOf(e), event.Donor, purposeOf(event)
	for _, posting := range e.Postings {
		debit, credit := cell(nil, p.cents), cell(nil, p.cents)
		if posting.Minor > 0 {
			debit = cell(b.amount(posting.Minor), p.cents)
		} else {
			credit = cell(b.amount(-posting.Minor), p.cents)
		}
		p.TallRow(heightOf(1), cell(e.Date, p.date), cell(e.ID, p.text), cell(kind, p.text), cell(string(posting.Account), p.text), debit, credit,
			cell(donor, p.text), cell(purpose, p.text))
	}
}

// kindOf names what happened, and that it was taken back.
func (b *fundBook) kindOf(e ledger.Entry) string {
	kind := b.r.in(kindLabels[trust.Kind(e.Kind)])
	if e.Reverses != "" {
		return b.r.fill(reversalOf, kind)
	}
	return kind
}

// purposeOf is the activity that an entry is about, with the cluster and line that it serves, or what a contribution is earmarked for.
func purposeOf(e trust.Event) string {
	purpose := e.Activity
	if e.Kind == trust.Deposit {
		purpose = e.Earmark
	}
	if e.Cluster != "" {
		purpose += " · " + strings.TrimSpace(e.Cluster+" "+e.Line)
	}
	return purpose
}
