// Package tabletest states what every table must do, whatever its engine: one suite that each driver's test runs in a few lines.
// It knows the seam only.
package tabletest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

// Indexes are the secondary indexes that the suite's tables have.
var Indexes = []string{"first", "second"}

// Capabilities are what an engine does beyond the seam's contract; the suite then expects it. Nothing is skipped for lack of one.
type Capabilities struct {
	NamesEveryFailure bool // a TransactionError names all conditions that failed, not only some
	IndexesAtOnce     bool // an index shows a write as soon as it is answered
	Snapshots         bool // a snapshot is taken whatever others write meanwhile
}

// Open makes an empty table for one test, and says how to open the same data again, which closes the table before. It closes
// everything when the test ends.
type Open func(t *testing.T, c table.Config) (opened table.Table, reopen func() table.Table)

// Run runs the suite.
func Run(t *testing.T, able Capabilities, open Open) {
	groups := []struct {
		name  string
		tests []test
	}{
		{"items", itemTests},
		{"queries", queryTests},
		{"scans", scanTests},
		{"conditions", conditionTests},
		{"transactions", transactionTests},
		{"limits", limitTests},
		{"expiry", expiryTests},
		{"indexes", indexTests},
		{"concurrency", concurrencyTests},
		{"lifetime", lifetimeTests},
	}
	for _, group := range groups {
		t.Run(group.name, func(t *testing.T) {
			for _, one := range group.tests {
				t.Run(one.name, func(t *testing.T) {
					one.run(newSuite(t, able, open))
				})
			}
		})
	}
}

type test struct {
	name string
	run  func(*suite)
}

// suite is one test with its table.
type suite struct {
	*testing.T
	able   Capabilities
	ctx    context.Context
	table  table.Table
	reopen func() table.Table
	clock  *Clock
}

func newSuite(t *testing.T, able Capabilities, open Open) *suite {
	s := &suite{T: t, able: able, ctx: t.Context(), clock: NewClock()}
	s.table, s.reopen = open(t, table.Config{Clock: s.clock.Now, Indexes: Indexes})
	return s
}

// Clock is a clock that tests move. It begins at noon UTC on 15 June 2025.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock makes a clock.
func NewClock() *Clock {
	return &Clock{now: time.Date(2025, time.June, 15, 12, 0, 0, 0, time.UTC)}
}

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func key(partition, sort string) table.Key { return table.Key{Partition: partition, Sort: sort} }

func item(partition, sort string, attrs table.Attributes) table.Item {
	if attrs == nil {
		attrs = table.Attributes{}
	}
	return table.Item{Key: key(partition, sort), Attributes: attrs}
}

func (s *suite) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *suite) put(items ...table.Item) {
	s.Helper()
	ws := make([]table.Write, len(items))
	for i := range items {
		ws[i] = table.Write{Put: &items[i]}
	}
	for _, err := range s.table.WriteEach(s.ctx, ws) {
		s.must(err)
	}
}

// stores checks what is stored under a key; nil for nothing.
func (s *suite) stores(k table.Key, want *table.Item) {
	s.Helper()
	got, err := s.table.Get(s.ctx, k)
	if want == nil {
		if !errors.Is(err, table.ErrNotFound) {
			s.Fatalf("%s: got %v, %v, want ErrNotFound", k, got, err)
		}
		return
	}
	s.must(err)
	s.equal(got, *want)
}

func (s *suite) equal(got, want any) {
	s.Helper()
	if !reflect.DeepEqual(got, want) {
		s.Fatalf("got  %#v\nwant %#v", got, want)
	}
}

func (s *suite) is(err, want error) {
	s.Helper()
	if !errors.Is(err, want) {
		s.Fatalf("got error %v, want %v", err, want)
	}
}

// walk reads a query to its end in pages of the query's limit.
func (s *suite) walk(q table.Query) []table.Item {
	s.Helper()
	var all []table.Item
	for {
		page, err := s.table.Query(s.ctx, q)
		s.must(err)
		if q.Limit > 0 && len(page.Items) > q.Limit {
			s.Fatalf("a page of %d items, limit %d", len(page.Items), q.Limit)
		}
		all = append(all, page.Items...)
		if page.Cursor == "" {
			return all
		}
		q.After = page.Cursor
	}
}

// sorts are the sort keys that a query yields.
func (s *suite) sorts(q table.Query) []string {
	s.Helper()
	sorts := []string{}
	for _, it := range s.walk(q) {
		sorts = append(sorts, it.Key.Sort)
	}
	return sorts
}

// settles checks what an index shows: at once where the engine is able to, else before long.
func (s *suite) settles(q table.Query, want []string) {
	s.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		got := s.sorts(q)
		if reflect.DeepEqual(got, want) {
			return
		}
		if s.able.IndexesAtOnce || time.Now().After(deadline) {
			s.Fatalf("index %s shows %q, want %q", q.Index, got, want)
		}
		time.Sleep(time.Millisecond)
	}
}

func numbered(n int) string { return fmt.Sprintf("%04d", n) }
