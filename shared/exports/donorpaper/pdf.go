package donorpaper

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/paper"
	"github.com/learning-cities/guildhall/shared/statement"
)

// MaxListed is how many contributions, and how many transactions, a paper lists; what is beyond stands in the CSV, and in all sums.
const MaxListed = 2000

// PDF writes the statement as a paper. The same statement gives the same bytes: the file's date is the day on which it was issued, or else
// the last of its period. It fails as the transactions do.
func PDF(dst io.Writer, in Input) error {
	s := in.Statement
	issued := s.IssuedOn
	if issued.IsZero() {
		issued = s.Period.To
	}
	status := in.in(s.Status.Text())
	b := book{Input: in, Document: paper.New(paper.Options{
		Title:   in.in(titleWords) + " – " + in.donor(),
		Subject: in.fill(subjectWords, in.donor(), in.span(s.Period)),
		Author:  "Guildhall",
		Lang:    in.Lang,
		Date:    time.Date(issued.Year, issued.Month, issued.Day, 0, 0, 0, 0, time.UTC),
		Head:    in.fill(headWords, cut(in.donor()), in.fill(fromTo, in.day(s.Period.From), in.day(s.Period.To)), strings.ToUpper(status)),
		Foot:    in.fill(footWords, max(s.Version, 1), headHash(s.Head.Hash)),
	})}
	b.cover()
	b.summary()
	b.pledged()
	b.gifts()
	b.spending()
	b.budget()
	b.beneficiaries()
	b.results()
	b.proof()
	if err := b.entries(); err != nil {
		return err
	}
	b.definitions()
	if b.Lossy() {
		b.Note(in.in(lettersNote))
	}
	return b.Output(dst)
}

// book is a paper being written.
type book struct {
	Input
	*paper.Document
}

// headHash is the ledger's hash as it is printed, also that of an empty one.
func headHash(h ledger.Hash) string {
	if h == "" {
		return none
	}
	return string(h)
}

// cut keeps names of donors to what the head of a page has room for.
func cut(name string) string {
	const room = 48
	if letters := []rune(name); len(letters) > room {
		return string(letters[:room]) + "…"
	}
	return name
}

func (b book) cover() {
	s := b.Statement
	b.Title(b.in(titleWords), b.donor()+" · "+b.span(s.Period))
	told, books := provisionalTold, booksOpen
	if s.Status == statement.Final {
		told = finalTold
	}
	if s.Closed {
		books = booksClosed
	}
	var agreements []string
	for _, a := range s.Agreements {
		agreements = append(agreements, a.Number)
	}
	b.Facts(
		paper.Fact{Label: b.in(statusFact), Value: b.in(told)},
		paper.Fact{Label: b.in(versionFact), Value: strconv.Itoa(max(s.Version, 1))},
		paper.Fact{Label: b.in(issuedFact), Value: b.day(s.IssuedOn)},
		paper.Fact{Label: b.in(donorFact), Value: strings.Trim(s.Donor.Name+"\n"+b.donorKind(s.Donor), "\n")},
		paper.Fact{Label: b.in(identifierFact), Value: s.Donor.ID},
		paper.Fact{Label: b.in(agreementsFact), Value: strings.Join(agreements, "; ")},
		paper.Fact{Label: b.in(periodFact), Value: b.span(s.Period)},
		paper.Fact{Label: b.in(priorFact), Value: b.span(s.Prior)},
		paper.Fact{Label: b.in(sinceFact), Value: b.day(s.Since)},
		paper.Fact{Label: b.in(booksFact), Value: b.in(books)},
		paper.Fact{Label: b.in(currencyFact), Value: s.Currency.Code},
		paper.Fact{Label: b.in(methodFact), Value: b.in(statement.MethodText)},
		paper.Fact{Label: b.in(headFact), Value: b.fill(headValue, s.Head.Batch, s.Head.Entries, headHash(s.Head.Hash))},
		paper.Fact{Label: b.in(digestFact), Value: s.Digest},
	)
}

// amounts starts a table of a text column and the three columns of amounts, and such other ones as are named.
func (b book) amounts(title string, more ...string) *paper.Table {
	columns := []paper.Column{{Title: title, Share: 5}}
	for _, c := range append(b.columnTitles(), more...) {
		columns = append(columns, paper.Column{Title: c, Share: 2.4, Right: true})
	}
	return b.Table(columns...)
}

func (b book) summary() {
	b.Heading(1, b.in(summaryHeading))
	t := b.amounts(b.in(lineTitle))
	for _, line := range statement.Lines {
		cells := append([]string{b.in(line.Text())}, b.columns(b.Statement.Figures.Of(line))...)
		if line == statement.Closing {
			t.Sum(cells...)
		} else {
			t.Row(cells...)
		}
	}
	t.End()
	b.Note(b.fill(inCurrency, b.Statement.Currency.Code))
}

func (b book) pledged() {
	s := b.Statement
	if len(s.Agreements) == 0 {
		return
	}
	b.Heading(1, b.in(pledgedHeading))
	t := b.Table(paper.Column{Title: b.in(agreementTitle), Share: 3}, paper.Column{Title: b.in(signedTitle), Share: 2.2},
		paper.Column{Title: b.in(pledgedTitle), Share: 2, Right: true}, paper.Column{Title: b.in(coveredTitle), Share: 2, Right: true},
		paper.Column{Title: b.in(openTitle), Share: 2, Right: true})
	for _, a := range s.Agreements {
		t.Row(a.Number, b.day(a.SignedOn), a.Pledged.Format(b.Lang), a.Covered.Format(b.Lang), a.Open.Format(b.Lang))
	}
	t.End()
	b.Heading(2, b.in(instalmentHeading))
	t = b.Table(paper.Column{Title: b.in(instalmentTitle), Share: 3}, paper.Column{Title: b.in(dueTitle), Share: 2.2},
		paper.Column{Title: b.in(amountTitle), Share: 2, Right: true}, paper.Column{Title: b.in(coveredTitle), Share: 2, Right: true},
		paper.Column{Title: b.in(openTitle), Share: 2, Right: true}, paper.Column{Title: b.in(stateTitle), Share: 1.5})
	for _, i := range s.Instalments {
		due := b.day(i.DueOn)
		if i.DueOn.IsZero() {
			due = b.in(noDue)
		}
		state := openState
		switch {
		case i.Overdue:
			state = overdueState
		case i.Open.Minor <= 0:
			state = paidState
		}
		var receipts []string
		for _, r := range i.Receipts {
			receipts = append(receipts, b.fill(receiptOn, r.Part.Format(b.Lang), b.day(r.On), r.Entry))
		}
		t.RowUnder(strings.Join(receipts, "; "), i.Agreement+" · "+strconv.Itoa(i.Number), due,
			i.Amount.Format(b.Lang), i.Covered.Format(b.Lang), i.Open.Format(b.Lang), b.in(state))
	}
	t.End()
}

func (b book) gifts() {
	s := b.Statement
	b.Heading(1, b.in(giftsHeading))
	if len(s.Contributions) == 0 {
		b.Text(b.in(noGifts))
		return
	}
	t := b.Table(paper.Column{Title: b.in(valueDateTitle), Share: 2}, paper.Column{Title: b.in(countsInTitle), Share: 2},
		paper.Column{Title: b.in(paidTitle), Share: 2, Right: true}, paper.Column{Title: s.Currency.Code, Share: 1.8, Right: true})
	for _, c := range s.Contributions[:min(len(s.Contributions), MaxListed)] {
		under := b.source(c.Entry)
		if o := c.Entry.Original; o != nil && !o.Rate.IsZero() {
			under = b.rated(*o) + "\n" + under
		}
		if c.Earmark != "" {
			under = b.fill(forPurpose, b.purpose(c.Earmark)) + "\n" + under
		}
		column := b.in(c.Column.Text())
		if c.TakenBack {
			column = b.fill(takenBack, column)
		}
		t.RowUnder(under, b.day(c.Entry.Date), column, c.Paid.Format(b.Lang), b.number(c.Amount))
	}
	t.End()
	if more := len(s.Contributions) - MaxListed; more > 0 {
		b.Note(b.fill(moreGifts, more))
	}
	if s.LeftOut > 0 {
		b.Note(b.fill(moreLeftOut, s.LeftOut))
	}
}

func (b book) entries() error {
	b.Heading(1, b.in(entriesHeading))
	b.Note(b.in(entriesNote))
	t := b.Table(paper.Column{Title: b.in(valueDateTitle), Share: 2}, paper.Column{Title: b.in(whatTitle), Share: 5},
		paper.Column{Title: b.in(whoseTitle), Share: 1.6}, paper.Column{Title: b.Statement.Currency.Code, Share: 2, Right: true})
	listed := 0
	if b.Transactions != nil {
		for tx, err := range b.Transactions {
			if err != nil {
				return err
			}
			if listed++; listed > MaxListed {
				continue
			}
			what := b.in(tx.Line.Text())
			if tx.Event.Activity != "" {
				what = b.fill(lineFor, what, b.purpose(tx.Event.Activity))
			}
			whose := sharedWord
			if tx.Own {
				whose = ownWord
			}
			t.RowUnder(b.source(tx.Entry), b.day(tx.Entry.Date), what, b.in(whose), b.number(tx.Minor))
		}
	}
	t.End()
	switch {
	case listed == 0:
		b.Text(b.in(noEntries))
	case listed > MaxListed:
		b.Note(b.fill(moreTold, listed-MaxListed))
	}
	return nil
}

func (b book) definitions() {
	if len(b.Statement.Definitions) == 0 {
		return
	}
	b.Heading(1, b.in(definitionsHeading))
	var facts []paper.Fact
	for _, d := range b.Statement.Definitions {
		facts = append(facts, paper.Fact{Label: b.in(d.Term), Value: b.in(d.Text)})
	}
	b.Facts(facts...)
}

// sum adds up columns for the foot of a table.
func sum(all []statement.Columns) (total statement.Columns) {
	for _, c := range all {
		total = total.Plus(c)
	}
	return total
}
