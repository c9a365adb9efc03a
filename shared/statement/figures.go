package statement

// Columns are the three amounts of a line, in minor units.
type Columns struct {
	Period     int64 `json:"period"`
	Prior      int64 `json:"prior"`
	Cumulative int64 `json:"cumulative"` // from the first entry to the period's end
}

// Plus is the sum, column by column.
func (c Columns) Plus(d Columns) Columns {
	return Columns{c.Period + d.Period, c.Prior + d.Prior, c.Cumulative + d.Cumulative}
}

// Less is the difference, column by column.
func (c Columns) Less(d Columns) Columns { return c.Plus(d.Negated()) }

// Negated has every sign turned.
func (c Columns) Negated() Columns { return Columns{-c.Period, -c.Prior, -c.Cumulative} }

// IsZero reports whether all columns are 0.
func (c Columns) IsZero() bool { return c == Columns{} }

// Line is a line of a donor's figures.
type Line string

// The lines. Opening and all that moves sum to Closing, which is Unallocated and Allocated together.
const (
	Opening     Line = "opening" // of the cumulative column always 0
	Received    Line = "received"
	Interest    Line = "interest" // the donor's share
	Exchange    Line = "exchange" // the donor's share; losses are below zero
	Spent       Line = "spent"    // on all activities: the donor's share
	Support     Line = "support"  // programme support costs: by the donor's agreement, and its share of those of the fund
	Refunded    Line = "refunded"
	Adjusted    Line = "adjusted" // attribution.Adjusted
	Closing     Line = "closing"
	Unallocated Line = "unallocated" // of Closing: not set aside for an activity
	Allocated   Line = "allocated"   // of Closing: set aside for activities, and unspent
)

// Lines are all, in the order in which they are shown.
var Lines = []Line{Opening, Received, Interest, Exchange, Spent, Support, Refunded, Adjusted, Closing, Unallocated, Allocated}

// Moves are those between Opening and Closing, in their order.
var Moves = Lines[1:8]

// Figures are a donor's, or the fund's. They are signed by what they do to the balance: received above zero, spent below.
type Figures struct {
	ByLine     map[Line]Columns   `json:"lines"`
	ByActivity map[string]Columns `json:"activities"` // Spent, of every activity of the fund: "fund/1.1"
}

// Of is a line's amounts.
func (f Figures) Of(l Line) Columns { return f.ByLine[l] }

// SpentOn is Spent of one activity.
func (f Figures) SpentOn(activity string) Columns { return f.ByActivity[activity] }

// DonorFigures are the figures of one donor.
type DonorFigures struct {
	Donor   string // identifier; attribution.Nobody is "" and stands for what belongs to none
	Figures Figures
}
