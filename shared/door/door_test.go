package door_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/door"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/signin"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

const issuer = "https://issuer.example"

// world has Anna of the secretariat on record, and a clock that stands until a test moves it.
type world struct {
	door.People
	kept *people.Service
	now  time.Time
	anna people.Person
	ctx  context.Context // in which she asks
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return w.now }
	var err error
	w.kept, err = people.New(people.Config{
		Table: memory.New(table.Config{Clock: clock}), Clock: clock, IDs: identity.NewIDs(clock, nil), Random: rand.Reader,
		Key: []byte("a key that is only for these tests"), Idle: time.Hour, Absolute: 12 * time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.kept.First(t.Context(), "anna@example.org", locale.EN); err != nil {
		t.Fatal(err)
	}
	if w.anna, err = w.kept.ByEmail(t.Context(), "anna@example.org"); err != nil {
		t.Fatal(err)
	}
	w.People, w.ctx = door.For(w.kept), access.WithActor(t.Context(), w.anna.Actor())
	return w
}

func TestPeopleAreFoundByTheirAddressHoweverItIsWritten(t *testing.T) {
	w := newWorld(t)
	for email, want := range map[string]string{
		"anna@example.org": w.anna.ID, " Anna@EXAMPLE.org": w.anna.ID, "bruno@example.org": "", "": "", "not an address": "",
	} {
		if got, err := w.FindByEmail(t.Context(), email); err != nil || got != want {
			t.Errorf("%q: %q, %v", email, got, err)
		}
	}
}

func TestAnotherSubjectOfTheIssuerIsSomebodyElse(t *testing.T) {
	w := newWorld(t)
	for range 2 {
		if err := w.Bind(t.Context(), w.anna.ID, issuer, "1"); err != nil {
			t.Fatal(err)
		}
	}
	for _, other := range [][2]string{{issuer, "2"}, {"https://other.example", "1"}} {
		if err := w.Bind(t.Context(), w.anna.ID, other[0], other[1]); !errors.Is(err, signin.ErrOtherSubject) {
			t.Errorf("%v: %v", other, err)
		}
	}
}

func TestAnIssuerWhoseAddressChangesIsKnownByAnotherName(t *testing.T) {
	w := newWorld(t)
	for _, at := range []string{"http://127.0.0.1:1", "http://127.0.0.1:2"} {
		if err := w.BoundTo("built-in").Bind(t.Context(), w.anna.ID, at, "1"); err != nil {
			t.Errorf("at %s: %v", at, err)
		}
	}
	if err := w.Bind(t.Context(), w.anna.ID, "http://127.0.0.1:2", "1"); !errors.Is(err, signin.ErrOtherSubject) {
		t.Errorf("by its own name: %v", err)
	}
}

func TestASessionHasThePersonActAsItIsOnRecordNow(t *testing.T) {
	w := newWorld(t)
	started, err := w.StartSession(t.Context(), w.anna.ID)
	if err != nil || !started.Expires.Equal(w.now.Add(12*time.Hour)) {
		t.Fatalf("%v, %v", started.Expires, err)
	}
	actor := func() access.Actor {
		t.Helper()
		ctx, err := w.ResumeSession(t.Context(), started.Token)
		if err != nil {
			t.Fatal(err)
		}
		return access.ActorOf(ctx)
	}
	going, err := w.kept.Sessions(w.ctx, w.anna.ID)
	if err != nil || len(going) != 1 {
		t.Fatal(going, err)
	}
	session := going[0].ID
	if got, want := actor(), (access.Actor{Person: w.anna.ID, Role: access.Secretariat, Lang: locale.EN, Session: session}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if _, err := w.kept.Invite(w.ctx, "", people.Standing{Email: "dina@example.org", Role: access.Secretariat, Lang: locale.ES}); err != nil {
		t.Fatal(err)
	}
	changed := people.Standing{Email: "anna@example.org", Role: access.City, Scope: "FR#brest", Lang: locale.FR}
	if err := w.kept.Change(w.ctx, "", w.anna.ID, 0, changed); err != nil {
		t.Fatal(err)
	}
	if got, want := actor(), (access.Actor{Person: w.anna.ID, Role: access.City, Scope: "FR#brest", Lang: locale.FR, Session: session}); got != want {
		t.Errorf("after a change %+v, want %+v", got, want)
	}
}

func TestThereIsNoSessionThatHasEndedOrNeverWas(t *testing.T) {
	for name, end := range map[string]func(w *world, token string) (string, error){
		"signed out": func(w *world, token string) (string, error) { return token, w.EndSession(w.ctx, token) },
		"ended by somebody": func(w *world, token string) (string, error) {
			return token, w.kept.EndSessions(w.ctx, "", w.anna.ID)
		},
		"not used":        func(w *world, token string) (string, error) { w.now = w.now.Add(time.Hour); return token, nil },
		"another's token": func(_ *world, token string) (string, error) { return token[:len(token)-2] + "xx", nil },
		"no token":        func(*world, string) (string, error) { return "anything", nil },
	} {
		w := newWorld(t)
		started, err := w.StartSession(t.Context(), w.anna.ID)
		if err != nil {
			t.Fatal(err)
		}
		token, err := end(w, started.Token)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		ctx, err := w.ResumeSession(t.Context(), token)
		if !errors.Is(err, signin.ErrNoSession) || access.ActorOf(ctx) != (access.Actor{}) {
			t.Errorf("%s: %+v, %v", name, access.ActorOf(ctx), err)
		}
		if err := w.EndSession(t.Context(), token); err != nil {
			t.Errorf("%s, ended again: %v", name, err)
		}
	}
}
