package audit_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// world has a trail, the table that it is in, and a clock that stands until a test moves it.
type world struct {
	*audit.Trail
	t     *testing.T
	table table.Table
	now   time.Time
}

func worldOver(t *testing.T, over table.Table) *world {
	t.Helper()
	w := &world{t: t, table: over, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return w.now }
	w.Trail = audit.New(audit.Config{
		Table: over, Clock: clock, IDs: identity.NewIDs(clock, nil), Pause: func(ctx context.Context, _ int) error { return ctx.Err() },
	})
	return w
}

func newWorld(t *testing.T) *world { return worldOver(t, memory.New(table.Config{})) }

// engines runs a test on every engine.
func engines(t *testing.T, test func(t *testing.T, w *world)) {
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
		t.Run(name, func(t *testing.T) { test(t, worldOver(t, open(t))) })
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T comparable](t *testing.T, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// note notes that somebody did something, a minute after the event before it.
func (w *world) note(person string, do access.Action, object string) {
	w.t.Helper()
	w.now = w.now.Add(time.Minute)
	must(w.t, w.Note(w.t.Context(), audit.Event{
		Person: person, Role: access.Secretariat, Action: do, Object: object, Outcome: audit.Allowed,
	}))
}

// sealed notes so many events of several people about several things on several days, and seals them.
func (w *world) sealed(n int) audit.Head {
	w.t.Helper()
	for i := range n {
		if i%4 == 3 {
			w.now = w.now.Add(24 * time.Hour)
		}
		w.note([]string{"anna", "bruno", "chloe"}[i%3], access.ApplicationAccept, fmt.Sprintf("FR#city-%d", i%7))
	}
	head, err := w.Seal(w.t.Context())
	must(w.t, err)
	return head
}

// flaw is what a verification finds, "" for nothing, and where.
func (w *world) flaw(known ...audit.Head) (audit.Flaw, int64) {
	w.t.Helper()
	_, err := w.Verify(w.t.Context(), known...)
	var fault *audit.Fault
	if errors.As(err, &fault) {
		return fault.Flaw, fault.Number
	}
	must(w.t, err)
	return "", 0
}

// all are the entries that a filter chooses, the latest first, page by page.
func (w *world) all(f audit.Filter, limit int) (all []audit.Entry) {
	w.t.Helper()
	var after table.Cursor
	for {
		page, next, err := w.Page(w.t.Context(), f, after, limit)
		must(w.t, err)
		if len(page) > limit {
			w.t.Fatalf("a page of %d, want at most %d", len(page), limit)
		}
		all = append(all, page...)
		if next == "" {
			return all
		}
		after = next
	}
}
