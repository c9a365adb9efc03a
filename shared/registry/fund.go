package registry

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The types of the fund's books. Entries are in the partition of their year, by day, batch and place in the batch, so that those of a year
// are read in the order of their days, and those of a batch by its days. Links are by number.
const (
	fundEntryType    = "fund_entry"
	fundLinkType     = "fund_link"
	fundDayType      = "fund_day"
	fundReversedType = "fund_reversed"
	fundProposalType = "fund_proposal"
	fundHeadType     = "fund_head"
)

// fundTypes are those whose lock a change of the books asks for: all change with entries only.
var fundTypes = []string{fundEntryType}

var fundHeadRef = records.Ref{Type: fundHeadType, ID: "head"}

// fundHead is where the books stand.
type fundHead struct {
	ledger.Head
	First    int             `json:"first"` // the years of the entries; 0 while there is none
	Last     int             `json:"last"`
	ClosedTo civil.Date      `json:"closedTo,omitzero"`
	Opening  ledger.Balances `json:"opening"` // at the end of that day
}

// fundLink is a batch with the days that it has entries of.
type fundLink struct {
	ledger.Link
	Days []civil.Date `json:"days"`
}

// books are the fund's as they were read for one act.
type books struct {
	registry *Registry
	from     records.Reader
	origin   Origin
	now      time.Time
	head     fundHead
	version  int64 // of the head
}

func (r *Registry) books(ctx context.Context, from records.Reader, o Origin, now time.Time) (*books, error) {
	b := &books{registry: r, from: from, origin: o, now: now}
	record, err := from.Get(ctx, fundHeadRef)
	if errors.Is(err, records.ErrNotFound) {
		return b, nil
	}
	if err != nil {
		return nil, err
	}
	b.version = record.Version
	return b, records.Decode(record.Body, &b.head)
}

func (r *Registry) currency() money.Currency { return money.ISO(r.Programme.Fund.Currency) }

func fundDayRef(day civil.Date) records.Ref {
	return records.Ref{Type: fundDayType, Partition: fmt.Sprint(day.Year), ID: day.String()}
}

// period is what entries are judged by: the days since the books were closed, up to the last that has entries.
func (b *books) period(ctx context.Context) (trust.Period, map[civil.Date]int64, error) {
	p, versions := trust.Period{ClosedTo: b.head.ClosedTo, Opening: b.head.Opening}, map[civil.Date]int64{}
	for year := max(b.head.First, b.head.ClosedTo.Year); b.head.First != 0 && year <= b.head.Last; year++ {
		err := scan(ctx, b.from, fundDayType, fmt.Sprint(year), "", func(record records.Record, day trust.Day) error {
			if day.Date.After(b.head.ClosedTo) {
				p.Days = append(p.Days, day)
				versions[day.Date] = record.Version
			}
			return nil
		})
		if err != nil {
			return p, nil, err
		}
	}
	return p, versions, nil
}
