// Package statement computes what a donor of a pooled fund is told: its figures for a period, beside the period before and all time, what they
// paid for and reached, and that all donors' figures together are the fund's. It knows no storage and no sheets.
//
// Compute goes over the ledger once and holds the figures of all donors; Fund.Statement puts one donor's statement together from them.
package statement

import (
	"iter"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
)

// Status tells how far a statement can be relied on.
type Status string

// The statuses. A final statement was approved by a second person and is never changed: a correction is a new version.
const (
	Provisional Status = "provisional"
	Final       Status = "final"
)

// Input is what statements are computed from, all read at one moment.
type Input struct {
	Programme *programme.Edition
	Reference *reference.Data
	Head      ledger.Head                    // up to which the entries go
	ClosedTo  civil.Date                     // the last day of the books that is closed; zero when none is
	Today     civil.Date                     // by which instalments of a period that isn't over are overdue; zero is the period's end
	Entries   iter.Seq2[ledger.Entry, error] // up to the head, in the order of their days
	Donors    map[string]fund.Donor          // by identifier, as fund.Donors gives them; one that is missing is shown by its identifier
	Pledges   []fund.Instalment              // of all donors
	Results   []Result                       // of all activities and terms
}

// Order says which statement is wanted.
type Order struct {
	Donor    string // identifier
	Status   Status // "" is Provisional
	Version  int    // from 1; 0 is 1
	IssuedOn civil.Date
}

// Statement is one donor's statement. Amounts are minor units of Currency unless they say otherwise.
type Statement struct {
	Status   Status
	Version  int        // from 1
	IssuedOn civil.Date // zero when that is not known yet
	Donor    fund.Donor // of one that is not named anywhere, its identifier alone
	Period   Period
	Prior    Period     // the one that the prior column is of
	Since    civil.Date // the day of the fund's first entry, from which the cumulative column counts; zero without any
	AsOf     civil.Date // the period's end, or today while the period isn't over
	Closed   bool       // the books are closed up to the period's end, so that nothing in it can change
	Currency money.Currency
	Head     Head
	Digest   string // as Statement.Sum gives it: of the figures, whatever the head, status and version

	Agreements    []Agreement    // signed by the period's end, in the order of their days
	Figures       Figures        // this donor's
	Spending      []Spending     // every activity of the fund, in the programme's order
	Instalments   []Instalment   // of the agreements, in the order in which they are due
	Contributions []Contribution // of the donor up to the period's end, in the order of days; nil unless asked for (Compute)
	LeftOut       int            // how many earlier ones there are beside MaxContributions; they are in all sums
	Budget        []Budget       // every activity, in the programme's order
	Beneficiaries []Beneficiary  // countries in the order of their codes, then what has none
	Focus         []Focus        // each of the five measures of R-FUN-5
	Categories    []Category     // of the fund's spending, in the order of their codes
	Results       []Result       // of the terms that the period touches: by activity in the programme's order, then by term
	Reconciled    []Reconciled   // line by line: this donor, all others, the fund
	Definitions   []Definition
}

// Head says up to where the ledger was read.
type Head struct {
	Batch   int64 // number of the last batch; 0 of an empty ledger
	Hash    ledger.Hash
	Entries int64 // from the first
}

// MaxContributions is how many contributions a statement lists.
const MaxContributions = 20_000

// Agreement is a pledge of the donor. It is a memorandum: no money until it is received (R-FUN-8).
type Agreement struct {
	Key         string // fund.Instalment.AgreementKey
	Number      string // as stated
	SignedOn    civil.Date
	Pledged     money.Amount // in the agreement's currency
	Instalments int
	Covered     money.Amount // by what was received up to the period's end; at most Pledged
	Open        money.Amount // Pledged less Covered
}

// Instalment is a part of a pledge with the money that came for it, by the period's end. Money covers a donor's instalments of its currency in
// the order in which they are due, from the day on which the donor's first pledge was signed (decision 14).
type Instalment struct {
	fund.Instalment
	Covered  money.Amount
	Open     money.Amount
	Overdue  bool      // due before Statement.AsOf, and open
	Receipts []Receipt // nil where contributions are not listed, or not all of them
}

// Receipt is as much of a contribution as covers an instalment.
type Receipt struct {
	Entry string // identifier of the deposit's entry
	On    civil.Date
	Part  money.Amount // in the currency that was paid
}

// Contribution is a deposit of the donor, or an entry that takes one back. Their amounts add up to Received, column by column.
type Contribution struct {
	Entry     ledger.Entry // with its provenance; Original is nil where the fund's own currency was paid; Reverses names what it takes back
	Paid      money.Amount // as it was paid; below zero of what takes another back
	Amount    int64        // minor units of the fund's currency, signed likewise
	Agreement string       // key; "" when the deposit names none
	Number    string       // of the instalment that it names; "" when it names none
	Earmark   string       // "fund/1.1", "fund/1"; "" is unearmarked
	Column    Column       // in which it counts: InPeriod, InPrior or Earlier
	TakenBack bool         // by another of the list
}

// Column is where a day lies.
type Column string

// The columns. What is Earlier counts in the cumulative figures alone.
const (
	InPeriod Column = "period"
	InPrior  Column = "prior"
	Earlier  Column = "earlier"
)

// Spending is what was spent on an activity. Amounts are above zero for money that went out.
type Spending struct {
	Activity  programme.Activity
	Area      programme.WorkArea
	Donor     Columns // this donor's share
	Fund      Columns // all donors'
	Earmarked Columns // what this donor gave for the activity by name
}

// Budget puts an activity's plan beside what happened. Amounts are above zero for money set aside or out.
type Budget struct {
	Activity  programme.Activity
	Area      programme.WorkArea
	Term      string  // whose plan it is: that of the period's last day, or the last one before it
	Planned   int64   // for the whole term (R-FUN-6)
	InTerm    int64   // the fund's spending from the term's first day to the period's end
	Open      int64   // Planned less InTerm; below zero when more was spent
	Allocated Columns // set aside by the fund, less what was freed
	Spent     Columns // by the fund
	Unspent   Columns // of the fund, allocated and not spent, at the end of each column's days
	Donor     Columns // this donor's share of Spent
}

// Beneficiary is what spending reached in a country. Spending for several beneficiaries is divided equally among them. A donor's money is not
// traced to a single payment: in each column its share of an activity's spending is taken to have reached what all of that activity's spending
// in the column's days did. The rows add up to the donor's spending, and the donors to the fund where nothing is ReachCorrected.
type Beneficiary struct {
	Kind    Reach
	Country string      // ISO 3166-1 alpha-2; "" but for ReachCountry
	Name    locale.Text // of the country; of the other kinds what they are
	Cities  []string    // identifiers of the cities that were named there, in their order
	Donor   Columns     // above zero for money that went out
	Fund    Columns

	Region    bool // in UNESCO's region Africa
	Continent bool // on the continent of Africa
	LowIncome bool // counted as low-income by the World Bank
}

// Reach tells what a beneficiary row is of.
type Reach string

// The kinds of beneficiary rows. ReachCorrected are shares that can't be divided: more than half of what was paid in the column was offset by
// what was taken back, or nothing was paid.
const (
	ReachCountry   Reach = "country"
	ReachUnnamed   Reach = "unnamed" // spending that names nobody
	ReachCorrected Reach = "corrected"
)

// Focus is the share of spending that went where the fund is meant to go first (R-FUN-5). It is a sum over Beneficiaries.
type Focus struct {
	Measure   Measure
	Name      locale.Text
	Donor     Columns // of this donor's spending
	Fund      Columns
	DonorBase Columns // all that names a country, which Donor is a share of
	FundBase  Columns
}

// Measure is one way of counting the focus.
type Measure string

// The measures, which name what they mean by Africa (R-REG-1).
const (
	AfricaRegion      Measure = "africa_region"    // UNESCO's region
	AfricaContinent   Measure = "africa_continent" // the continent
	LowIncome         Measure = "low_income"
	RegionOrLowIncome Measure = "region_or_low_income"
	AnyOfThem         Measure = "continent_or_low_income"
)

// Category is the fund's spending by category of expenditure.
type Category struct {
	Code string // "" is spending without one
	Fund Columns
}

// Result tells what an activity achieved in a term.
type Result struct {
	Activity  string      // "fund/1.1"
	Term      string      // "2019-2021"
	Narrative locale.Text // in the languages in which it was written
	Figures   []Measured
}

// Measured is one figure of a result: "Modules published", "12".
type Measured struct {
	Label locale.Text
	Value string
}

// Reconciled shows for one line that the donor's figure and all others' are the fund's, which is read from the ledger's accounts on a way of
// its own. Difference is 0 in every column of a statement that Compute gives.
type Reconciled struct {
	Line       Line
	Activity   string  // of Spent: the activity, "" for all of them
	Donor      Columns // signed as in Figures
	Others     Columns
	Fund       Columns
	Difference Columns // Donor and Others less Fund
}

// Definition explains a word of the statement.
type Definition struct {
	Key  string // stable, "opening"
	Term locale.Text
	Text locale.Text
}
