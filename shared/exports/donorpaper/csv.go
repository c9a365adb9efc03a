package donorpaper

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
)

// CSVColumns are the columns of the flat file, whose names and order are kept. A line has one figure, fact or transaction; what does not
// apply to it is blank.
//
//	section         statement, figures, spending, agreements, instalments, receipts, contributions, budget, categories, beneficiaries, focus,
//	                results, reconciliation, transactions or definitions
//	item            what the line is of within its section: "opening", "planned", "africa_region"; of a contribution that another one takes
//	                back, and of that one, "taken_back" and "takes_back": all together they are what was received
//	of              whose figure it is: donor, others, fund or difference; of a focus also donor_base and fund_base
//	column          period, prior or cumulative; of a contribution period, prior or earlier
//	activity        "fund/1.1", or an area, "fund/1"
//	country         ISO 3166-1 alpha-2
//	date            YYYY-MM-DD: of an entry, or on which an agreement was signed or an instalment is due
//	amount          decimal text with the decimals of its currency, in figures signed by what it does to the balance
//	currency        ISO 4217
//	paid_amount, paid_currency
//	                as it was paid, where that was another currency
//	rate, rate_per  what made it the fund's: one unit of the currency rate_per is worth so many of the other
//	rate_date, rate_source
//	agreement, instalment
//	entry, reverses identifiers of the ledger's entry, and of the one that it takes back
//	import, file, sheet, cell, cell_value, request
//	                where the entry comes from
//	label           the item in the reader's language
//	text            what is told in words
var CSVColumns = []string{
	"section", "item", "of", "column", "activity", "country", "date", "amount", "currency", "paid_amount", "paid_currency", "rate", "rate_per",
	"rate_date", "rate_source", "agreement", "instalment", "entry", "reverses", "import", "file", "sheet", "cell", "cell_value", "request", "label", "text",
}

// record is a line of the flat file. Its amounts are written as they are, all texts so that no program takes them for formulas.
type record struct {
	section, item, of, column, activity, country string
	date                                         civil.Date
	amount                                       money.Amount // no currency: no amount
	entry                                        *ledger.Entry
	agreement, instalment                        string
	label, text                                  string
}

// CSV writes the statement as one flat file in UTF-8, one line a figure. It streams: memory does not grow with the transactions. It fails as
// they do.
func CSV(dst io.Writer, in Input) error {
	f := &flat{Input: in, out: csv.NewWriter(dst)}
	f.write(CSVColumns...)
	f.facts()
	f.figures()
	f.pledged()
	f.gifts()
	f.plans()
	f.reached()
	f.proof()
	if in.Transactions != nil {
		for tx, err := range in.Transactions {
			if err != nil {
				return err
			}
			f.transaction(tx)
		}
	}
	for _, d := range in.Statement.Definitions {
		f.add(record{section: "definitions", item: d.Key, label: in.in(d.Term), text: in.in(d.Text)})
	}
	f.out.Flush()
	return f.out.Error()
}

// flat is the file being written. The writer keeps its first failure.
type flat struct {
	Input
	out *csv.Writer
}

func (f *flat) write(fields ...string) {
	_ = f.out.Write(fields) // kept, and given by Error
}

func (f *flat) add(r record) {
	line := []string{r.section, r.item, r.of, r.column, r.activity, r.country, r.date.String(), "", "", "", "", "", "", "", "", r.agreement,
		r.instalment, "", "", "", "", "", "", "", "", r.label, r.text}
	numbers := map[int]string{} // by column
	if r.amount.Currency != "" {
		numbers[7], line[8] = r.amount.Decimal(f.currency(r.amount.Currency)), r.amount.Currency
	}
	if e := r.entry; e != nil {
		if o := e.Original; o != nil && o.Amount.Currency != "" {
			numbers[9], line[10] = o.Amount.Decimal(money.ISO(o.Amount.Currency)), o.Amount.Currency
			if !o.Rate.IsZero() {
				numbers[11], line[12] = f.rate(*o)
			}
			line[13], line[14] = o.RateDate.String(), o.RateSource
		}
		copy(line[17:25], []string{e.ID, e.Reverses, e.Source.Import, e.Source.File, e.Source.Sheet, e.Source.Cell, e.Source.Value, e.Source.Request})
	}
	for i := range line {
		line[i] = sheet.GuardCSV(line[i])
	}
	for i, number := range numbers {
		line[i] = number
	}
	f.write(line...)
}

// currency is that of a code, with the fund's own decimals where it is the fund's.
func (f *flat) currency(code string) money.Currency {
	if code == f.Statement.Currency.Code {
		return f.Statement.Currency
	}
	return money.ISO(code)
}

func (f *flat) minor(minor int64) money.Amount {
	return money.Amount{Minor: minor, Currency: f.Statement.Currency.Code}
}

// each adds a line for each column of a figure.
func (f *flat) each(r record, c statement.Columns) {
	for _, one := range []struct {
		column string
		minor  int64
	}{{"period", c.Period}, {"prior", c.Prior}, {"cumulative", c.Cumulative}} {
		r.column, r.amount = one.column, f.minor(one.minor)
		f.add(r)
	}
}

// facts are what the statement says of itself.
func (f *flat) facts() {
	s := f.Statement
	for _, fact := range []struct {
		item  string
		label locale.Text
		text  string
	}{
		{"status", statusFact, string(s.Status)},
		{"version", versionFact, strconv.Itoa(max(s.Version, 1))},
		{"issued_on", issuedFact, s.IssuedOn.String()},
		{"donor", identifierFact, s.Donor.ID},
		{"donor_name", donorFact, s.Donor.Name},
		{"donor_type", donorTypeFact, s.Donor.Type},
		{"period_from", periodFact, s.Period.From.String()},
		{"period_to", periodFact, s.Period.To.String()},
		{"period_term", periodFact, s.Period.Term},
		{"prior_from", priorFact, s.Prior.From.String()},
		{"prior_to", priorFact, s.Prior.To.String()},
		{"prior_term", priorFact, s.Prior.Term},
		{"since", sinceFact, s.Since.String()},
		{"closed", booksFact, strconv.FormatBool(s.Closed)},
		{"currency", currencyFact, s.Currency.Code},
		{"method", methodFact, f.in(statement.MethodText)},
		{"head_batch", headFact, strconv.FormatInt(s.Head.Batch, 10)},
		{"head_entries", headFact, strconv.FormatInt(s.Head.Entries, 10)},
		{"head_hash", headFact, string(s.Head.Hash)},
		{"digest", digestFact, s.Digest},
	} {
		f.add(record{section: "statement", item: fact.item, label: f.in(fact.label), text: fact.text})
	}
}

func (f *flat) figures() {
	s := f.Statement
	for _, line := range statement.Lines {
		f.each(record{section: "figures", item: string(line), of: "donor", label: f.in(line.Text())}, s.Figures.Of(line))
	}
	for _, one := range s.Spending {
		r := record{section: "spending", item: "spent", of: "donor", activity: one.Activity.Code, label: f.activity(one.Activity)}
		f.each(r, one.Donor)
		r.of = "fund"
		f.each(r, one.Fund)
		r.item, r.of = "earmarked", "donor"
		f.each(r, one.Earmarked)
	}
}

func (f *flat) pledged() {
	s := f.Statement
	for _, a := range s.Agreements {
		r := record{section: "agreements", of: "donor", agreement: a.Key, date: a.SignedOn, label: a.Number}
		f.states(r, a.Pledged, a.Covered, a.Open)
	}
	for _, i := range s.Instalments {
		r := record{section: "instalments", of: "donor", agreement: i.AgreementKey(), instalment: strconv.Itoa(i.Number), date: i.DueOn,
			activity: i.Earmark, label: i.Agreement}
		if i.Overdue {
			r.text = "overdue"
		}
		f.states(r, i.Amount, i.Covered, i.Open)
		for _, receipt := range i.Receipts {
			f.add(record{section: "receipts", item: "covered", of: "donor", agreement: r.agreement, instalment: r.instalment, date: receipt.On,
				amount: receipt.Part, entry: &ledger.Entry{ID: receipt.Entry}, label: r.label})
		}
	}
}

// states adds what was pledged, came for it and is open, which are a memorandum and no figures of the fund.
func (f *flat) states(r record, pledged, covered, open money.Amount) {
	for _, one := range []struct {
		item   string
		amount money.Amount
	}{{"pledged", pledged}, {"covered", covered}, {"open", open}} {
		r.item, r.amount = one.item, one.amount
		f.add(r)
	}
}

func (f *flat) gifts() {
	for _, c := range f.Statement.Contributions {
		r := record{section: "contributions", item: "received", of: "donor", column: string(c.Column), activity: c.Earmark, date: c.Entry.Date,
			amount: f.minor(c.Amount), entry: &c.Entry, agreement: c.Agreement, instalment: c.Number, label: f.in(statement.Received.Text())}
		switch {
		case c.TakenBack:
			r.item = "taken_back"
		case c.Entry.Reverses != "":
			r.item = "takes_back"
		}
		f.add(r)
	}
	if left := f.Statement.LeftOut; left > 0 {
		f.add(record{section: "contributions", item: "left_out", of: "donor", text: strconv.Itoa(left)})
	}
}

func (f *flat) plans() {
	for _, one := range f.Statement.Budget {
		r := record{section: "budget", of: "fund", activity: one.Activity.Code, label: f.activity(one.Activity), text: one.Term}
		for _, plan := range []struct {
			item  string
			minor int64
		}{{"planned", one.Planned}, {"in_term", one.InTerm}, {"open", one.Open}} {
			r.item, r.amount = plan.item, f.minor(plan.minor)
			f.add(r)
		}
		r.amount = money.Amount{}
		for _, actual := range []struct {
			item, of string
			columns  statement.Columns
		}{{"allocated", "fund", one.Allocated}, {"spent", "fund", one.Spent}, {"unspent", "fund", one.Unspent}, {"spent", "donor", one.Donor}} {
			r.item, r.of = actual.item, actual.of
			f.each(r, actual.columns)
		}
	}
	for _, c := range f.Statement.Categories {
		f.each(record{section: "categories", item: c.Code, of: "fund"}, c.Fund)
	}
}

func (f *flat) reached() {
	for _, one := range f.Statement.Beneficiaries {
		r := record{section: "beneficiaries", item: string(one.Kind), of: "donor", country: one.Country, label: f.in(one.Name), text: f.cities(one.Cities)}
		f.each(r, one.Donor)
		r.of = "fund"
		f.each(r, one.Fund)
	}
	for _, one := range f.Statement.Focus {
		for _, part := range []struct {
			of      string
			columns statement.Columns
		}{{"donor", one.Donor}, {"donor_base", one.DonorBase}, {"fund", one.Fund}, {"fund_base", one.FundBase}} {
			f.each(record{section: "focus", item: string(one.Measure), of: part.of, label: f.in(one.Name)}, part.columns)
		}
	}
	for _, r := range f.Statement.Results {
		f.add(record{section: "results", item: "narrative", activity: r.Activity, label: r.Term, text: anyOf(f.Lang, r.Narrative)})
		for _, one := range r.Figures {
			f.add(record{section: "results", item: "figure", activity: r.Activity, label: fmt.Sprintf("%s: %s", r.Term, f.in(one.Label)), text: one.Value})
		}
	}
}

func (f *flat) proof() {
	for _, r := range f.Statement.Reconciled {
		line := record{section: "reconciliation", item: string(r.Line), activity: r.Activity, label: f.in(r.Line.Text())}
		for _, part := range []struct {
			of      string
			columns statement.Columns
		}{{"donor", r.Donor}, {"others", r.Others}, {"fund", r.Fund}, {"difference", r.Difference}} {
			line.of = part.of
			f.each(line, part.columns)
		}
	}
}

func (f *flat) transaction(tx statement.Transaction) {
	of := "fund"
	if tx.Own {
		of = "donor"
	}
	activity := tx.Event.Activity
	if activity == "" {
		activity = tx.Event.Earmark
	}
	f.add(record{section: "transactions", item: string(tx.Line), of: of, column: "period", activity: activity, date: tx.Entry.Date,
		amount: f.minor(tx.Minor), entry: &tx.Entry, agreement: tx.Event.Agreement, instalment: tx.Event.Instalment, label: f.in(tx.Line.Text())})
}
