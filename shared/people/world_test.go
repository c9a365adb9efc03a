package people_test

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

const (
	idle     = 30 * time.Minute
	absolute = 12 * time.Hour
)

var key = []byte("a key that is only for these tests")

// world has one person of the secretariat, who asks for everything, and a clock that stands until a test moves it.
type world struct {
	*people.Service
	t    *testing.T
	now  *time.Time
	anna string
	ctx  context.Context
}

func clockAt() (*time.Time, func() time.Time) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	return &now, func() time.Time { return now }
}

func newWorld(t *testing.T) *world {
	now, clock := clockAt()
	return worldOver(t, memory.New(table.Config{Clock: clock}), now)
}

func serviceOver(t *testing.T, over table.Table, now *time.Time, pause func(context.Context, int) error) *people.Service {
	t.Helper()
	clock := func() time.Time { return *now }
	s, err := people.New(people.Config{
		Table: over, Clock: clock, IDs: identity.NewIDs(clock, nil), Random: rand.Reader, Key: key, Idle: idle, Absolute: absolute, Pause: pause,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func worldOver(t *testing.T, over table.Table, now *time.Time) *world {
	t.Helper()
	w := &world{t: t, now: now, Service: serviceOver(t, over, now, func(ctx context.Context, _ int) error { return ctx.Err() })}
	if first, err := w.First(t.Context(), "anna@example.org", locale.EN); err != nil || !first {
		t.Fatalf("the first person: %v, %v", first, err)
	}
	p, err := w.ByEmail(t.Context(), "anna@example.org")
	if err != nil {
		t.Fatal(err)
	}
	w.anna, w.ctx = p.ID, access.WithActor(t.Context(), p.Actor())
	return w
}

// engines runs a test on every engine.
func engines(t *testing.T, test func(t *testing.T, w *world)) {
	for name, open := range map[string]func(t *testing.T, c table.Config) table.Table{
		"memory": func(_ *testing.T, c table.Config) table.Table { return memory.New(c) },
		"bolt": func(t *testing.T, c table.Config) table.Table {
			over, err := bolt.Open(filepath.Join(t.TempDir(), "table.db"), bolt.Options{Config: c})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = over.Close() })
			return over
		},
		"DynamoDB": func(t *testing.T, c table.Config) table.Table { return dynamodblocal.Open(t, c, dynamo.Options{}) },
	} {
		t.Run(name, func(t *testing.T) {
			now, clock := clockAt()
			test(t, worldOver(t, open(t, table.Config{Clock: clock}), now))
		})
	}
}

func (w *world) later(d time.Duration) { *w.now = w.now.Add(d) }

var (
	bruno = people.Standing{Email: "bruno@example.org", Role: access.Treasurer, Lang: locale.FR}
	chloe = people.Standing{Email: "chloe@example.org", Role: access.City, Scope: "FR#brest", Lang: locale.FR}
	dina  = people.Standing{Email: "dina@example.org", Role: access.Secretariat, Lang: locale.ES}
)

func (w *world) invite(s people.Standing) string {
	w.t.Helper()
	id, err := w.Invite(w.ctx, "", s)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// as is a context in which a person asks.
func (w *world) as(id string) context.Context {
	w.t.Helper()
	p, err := w.Person(w.ctx, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return access.WithActor(w.t.Context(), p.Actor())
}

func (w *world) signIn(id string) (token string, session people.Session) {
	w.t.Helper()
	token, session, err := w.StartSession(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return token, session
}

// signedIn reports whether a token is good, and uses it.
func (w *world) signedIn(token string) bool {
	w.t.Helper()
	_, _, err := w.Session(w.t.Context(), token)
	if err != nil && codeOf(err) != "SIGNIN_NEEDED" {
		w.t.Fatal(err)
	}
	return err == nil
}

// events are what was done, in its order.
func (w *world) events() (all []people.Event) {
	w.t.Helper()
	err := w.Events(w.ctx, w.now.Year(), func(e people.Event) error {
		all = append(all, e)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

func (w *world) actions() string {
	w.t.Helper()
	var all []string
	for _, e := range w.events() {
		all = append(all, string(e.Action))
	}
	return strings.Join(all, " ")
}

// secretariat lists who is of it.
func (w *world) secretariat() (ids []string) {
	w.t.Helper()
	everything := access.WithActor(w.t.Context(), access.Actor{Person: "auditor", Role: access.Auditor})
	err := w.All(everything, func(p people.Person) error {
		if p.Role == access.Secretariat {
			ids = append(ids, p.ID)
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	slices.Sort(ids)
	return ids
}

func codeOf(err error) problem.Code {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

func equal[T comparable](t *testing.T, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
