package outbox_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

var began = time.Date(2026, 4, 5, 6, 0, 0, 0, time.UTC)

// clock is a clock that tests set.
type clock struct{ now time.Time }

func (c *clock) read() time.Time { return c.now }

func (c *clock) pass(d time.Duration) { c.now = c.now.Add(d) }

func storeOver(t table.Table, c *clock) *outbox.Store {
	return outbox.New(t, c.read, identity.NewIDs(c.read, nil))
}

// newStore is one in memory.
func newStore() (*outbox.Store, *clock) {
	c := &clock{began}
	return storeOver(memory.New(table.Config{Clock: c.read}), c), c
}

// engines has each engine's empty table.
func engines(t *testing.T, run func(t *testing.T, open func() table.Table)) {
	for name, open := range map[string]func(t *testing.T) table.Table{
		"memory": func(*testing.T) table.Table { return memory.New(table.Config{}) },
		"bolt": func(t *testing.T) table.Table {
			over, err := bolt.Open(filepath.Join(t.TempDir(), "table.db"), bolt.Options{Unsynced: true})
			must(t, err)
			t.Cleanup(func() { _ = over.Close() })
			return over
		},
		"DynamoDB": func(t *testing.T) table.Table { return dynamodblocal.Open(t, table.Config{}, dynamo.Options{}) },
	} {
		t.Run(name, func(t *testing.T) { run(t, func() table.Table { return open(t) }) })
	}
}

// occasion is the fund's summary of a month of 2026.
func occasion(month int) schedule.Occasion {
	first := civil.Date{Year: 2026, Month: time.Month(month), Day: 1}
	last := first.AddMonths(1).AddDays(-1)
	return schedule.Occasion{
		Schedule: "fund-month", About: programme.FundSummary, Period: schedule.Period{From: first, To: last},
		Due: last.AddDays(5).StartOf(time.UTC),
	}
}

func report(o schedule.Occasion, balance int64) summary.Report {
	return summary.Report{
		Occasion: o, AsOf: o.Due, Title: locale.Text{EN: "The fund", FR: "Le fonds", ES: "El fondo"}, News: true,
		Figures: []summary.Figure{{Key: "balance", Value: summary.Value{Number: &balance}}},
	}
}

// persons are n identifiers.
func persons(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("p%03d", i)
	}
	return list
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func refused(t *testing.T, err error, code problem.Code) {
	t.Helper()
	var refusal *problem.Problem
	if !errors.As(err, &refusal) || refusal.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}
