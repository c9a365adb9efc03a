package office

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/statement"
)

// computedKept is for how many periods and purposes the fund's figures are kept. Those of 1,000 donors take 4 MiB.
const computedKept = 8

// computedWithin is how long computing goes on for nobody.
const computedWithin = 10 * time.Minute

// computed keeps what was computed of the fund's entries, while they and all else that it was computed from are the same: going over them takes
// the longer the more there are.
type computed struct {
	turn chan struct{} // full while somebody computes: whoever wants the same waits for it, and the processor does one at a time

	mu   sync.Mutex
	kept []computedFund // the one that was asked for last at the end
}

// computedFund is the figures of one period.
type computedFund struct {
	basis basis
	fund  *statement.Fund
}

// basis is what figures are computed from: any change of it changes one of these.
type basis struct {
	period statement.Period
	today  civil.Date
	whole  bool // with what donors are called and pledged, for their statements
	head   string
	closed civil.Date
	locks  string // the commit locks of what sheets bring, with their versions
}

func newComputed() *computed { return &computed{turn: make(chan struct{}, 1)} }

// find gives what was computed from a basis, nil for nothing.
func (c *computed) find(from basis) *statement.Fund {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := slices.IndexFunc(c.kept, func(one computedFund) bool { return one.basis == from })
	if at < 0 {
		return nil
	}
	found := c.kept[at]
	c.kept = append(slices.Delete(c.kept, at, at+1), found)
	return found.fund
}

func (c *computed) keep(from basis, fund *statement.Fund) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.kept) == computedKept {
		c.kept = slices.Delete(c.kept, 0, 1)
	}
	c.kept = append(c.kept, computedFund{from, fund})
}

// compute computes from a basis, or waits for whoever does. Whoever gives up waiting, as a request does after its time, leaves it computing for
// whoever asks next: figures that take longer than anybody waits would never be there otherwise.
func (c *computed) compute(
	ctx context.Context, from basis, do func(context.Context) (*statement.Fund, error),
) (*statement.Fund, error) {
	select {
	case c.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if known := c.find(from); known != nil { // by whoever had the turn
		<-c.turn
		return known, nil
	}
	var fund *statement.Fund
	done := make(chan error, 1)
	go func() {
		defer func() { <-c.turn }()
		lasting, cancel := context.WithTimeout(context.WithoutCancel(ctx), computedWithin)
		defer cancel()
		defer func() {
			if thrown := recover(); thrown != nil { // nobody above catches it here
				done <- fmt.Errorf("office: the fund's figures: %v\n%s", thrown, debug.Stack())
			}
		}()
		var err error
		if fund, err = do(lasting); err == nil {
			c.keep(from, fund)
		}
		done <- err
	}()
	select {
	case err := <-done:
		return fund, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// fundFigures are the fund's figures of a period and those of all its donors, for who reads them in a snapshot of donors.Types. whole is for
// donors' statements; without it nobody's name and pledge is read. RECORD_BUSY.
func (o *Office) fundFigures(
	ctx context.Context, period statement.Period, whole bool, also func(from records.Reader) error,
) (*statement.Fund, error) {
	types := registry.FundTypes()
	if whole {
		types = donors.Types()
	}
	var in statement.Input
	var from basis
	var known *statement.Fund
	var books *registry.FundBooks
	read := func(reader records.Reader) (err error) {
		if books, err = registry.ReadFundBooks(ctx, reader); err != nil {
			return err
		}
		locks, err := o.Records.Locks(ctx, types)
		if err != nil {
			return err
		}
		from = basis{
			period: period, today: o.today(), whole: whole, head: headText(books.Head()), closed: books.ClosedTo(), locks: fmt.Sprint(locks),
		}
		if known = o.computed.find(from); known == nil {
			if in, err = o.figuresInput(ctx, reader, books, whole); err != nil {
				return err
			}
		}
		return also(reader)
	}
	if err := o.snapshot(ctx, types, read); err != nil || known != nil {
		return known, err
	}
	return o.computed.compute(ctx, from, func(ctx context.Context) (*statement.Fund, error) {
		in.Entries = books.Entries(ctx)
		return statement.Compute(in, period)
	})
}

func headText(h ledger.Head) string { return fmt.Sprint(h.Link.Number, " ", h.Link.Hash, " ", h.Total) }

// figuresInput is what the figures are computed from, but for the entries.
func (o *Office) figuresInput(
	ctx context.Context, from records.Reader, books *registry.FundBooks, whole bool,
) (statement.Input, error) {
	if whole {
		return donors.Read(ctx, from, donors.Source{Programme: o.Programme, Reference: o.Reference, At: o.Clock()})
	}
	return statement.Input{
		Programme: o.Programme, Reference: o.Reference, Head: books.Head(), ClosedTo: books.ClosedTo(), Today: o.today(),
	}, nil
}
