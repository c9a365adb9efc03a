package people_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

func TestAPersonIsInvitedChangedFoundAndRemoved(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.invite(people.Standing{Email: " Chloe@Example.ORG ", Role: access.City, Scope: "FR#brest", Lang: "fr-CA"})
		p, err := w.ByEmail(t.Context(), "CHLOE@example.org")
		if err != nil {
			t.Fatal(err)
		}
		equal(t, p.Actor(), access.Actor{Person: id, Role: access.City, Scope: "FR#brest", Lang: locale.FR})
		equal(t, p.Standing, chloe)
		equal(t, p.InvitedAt, *w.now)

		moved := chloe
		moved.Email, moved.Scope = "c@example.org", "FR#evry"
		if err := w.Change(w.ctx, "", id, p.Version, moved); err != nil {
			t.Fatal(err)
		}
		_, err = w.ByEmail(t.Context(), chloe.Email)
		equal(t, codeOf(err), "PERSON_UNKNOWN")
		p, err = w.ByEmail(t.Context(), moved.Email)
		if err != nil || p.ID != id || p.Standing != moved {
			t.Fatalf("%+v, %v", p, err)
		}
		another := w.invite(chloe) // whose address is free again
		equal(t, codeOf(w.Remove(w.ctx, "", id, p.Version-1)), "RECORD_CHANGED")
		if err := w.Remove(w.ctx, "", id, p.Version); err != nil {
			t.Fatal(err)
		}
		_, err = w.Person(w.ctx, id)
		equal(t, codeOf(err), "PERSON_UNKNOWN")
		_, err = w.ByEmail(t.Context(), moved.Email)
		equal(t, codeOf(err), "PERSON_UNKNOWN")
		if again := w.invite(moved); again == id || again == another {
			t.Error("who is invited again is the person that was removed")
		}
		equal(t, w.actions(), "people.invite people.invite people.change people.invite people.remove people.invite")
		change, removal := w.events()[2], w.events()[4]
		equal(t, change.By, w.anna)
		equal(t, change.Person, id)
		equal(t, change.Before, people.Place{Role: access.City, Scope: "FR#brest"})
		equal(t, change.After, people.Place{Role: access.City, Scope: "FR#evry"})
		equal(t, change.Address, true)
		equal(t, change.At, *w.now)
		equal(t, removal.Before, change.After)
		equal(t, removal.After, people.Place{})
	})
}

func TestAnAddressIsOnePersonsOnly(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.invite(bruno)
		_, err := w.Invite(w.ctx, "", people.Standing{Email: "BRUNO@example.org", Role: access.Auditor, Lang: locale.EN})
		equal(t, codeOf(err), "EMAIL_TAKEN")
		taken := bruno
		taken.Email = "anna@example.org"
		equal(t, codeOf(w.Change(w.ctx, "", id, 0, taken)), "EMAIL_TAKEN")
		if p, err := w.Person(w.ctx, id); err != nil || p.Standing != bruno || p.Version != 1 {
			t.Errorf("%+v, %v", p, err)
		}
		equal(t, w.actions(), "people.invite people.invite")
	})
}

func TestOfManyWhoInviteOneAddressAtOnceOneDoes(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		codes := atOnce(8, func(n int) error {
			_, err := w.Invite(w.ctx, fmt.Sprint("invitation-", n), bruno)
			return err
		})
		equal(t, codes[""], 1)
		equal(t, codes["EMAIL_TAKEN"], 7)
		equal(t, w.actions(), "people.invite people.invite")
	})
}

// atOnce does something n times at the same moment, and counts the codes of what came of it, "" of success.
func atOnce(n int, do func(n int) error) map[problem.Code]int {
	codes := map[problem.Code]int{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			err := do(i)
			mu.Lock()
			defer mu.Unlock()
			if code := codeOf(err); err != nil && code == "" {
				codes[problem.Code(err.Error())]++
			} else {
				codes[code]++
			}
		})
	}
	all.Wait()
	return codes
}

func TestTheLastPersonOfTheSecretariatStays(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.invite(bruno)
		demoted := people.Standing{Email: "anna@example.org", Role: access.Auditor, Lang: locale.EN}
		equal(t, codeOf(w.Remove(w.ctx, "", w.anna, 0)), "LAST_SECRETARIAT")
		equal(t, codeOf(w.Change(w.ctx, "", w.anna, 0, demoted)), "LAST_SECRETARIAT")
		w.invite(dina)
		if err := w.Change(w.ctx, "", w.anna, 0, demoted); err != nil {
			t.Fatal(err)
		}
		equal(t, len(w.secretariat()), 1)
	})
}

func TestOfTheWholeSecretariatTakingEachOtherAwayOneIsLeft(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for n := range 4 {
			one := dina
			one.Email = fmt.Sprintf("dina%d@example.org", n)
			w.invite(one)
		}
		all := w.secretariat()
		contexts := make([]context.Context, len(all))
		for n, id := range all {
			contexts[n] = w.as(id)
		}
		codes := atOnce(len(all), func(n int) error {
			if n%2 == 0 {
				return w.Remove(contexts[n], "", all[(n+1)%len(all)], 0)
			}
			left := dina
			left.Email, left.Role = fmt.Sprintf("left%d@example.org", n), access.Auditor
			return w.Change(contexts[n], "", all[(n+1)%len(all)], 0, left)
		})
		equal(t, codes[""], len(all)-1)
		equal(t, codes["LAST_SECRETARIAT"], 1)
		equal(t, len(w.secretariat()), 1)
	})
}

func TestTheFirstPersonIsMadeOnceEver(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for _, email := range []string{"anna@example.org", "mallory@example.org"} {
			if first, err := w.First(t.Context(), email, locale.EN); first || err != nil {
				t.Errorf("%s: %v, %v", email, first, err)
			}
		}
		w.invite(dina)
		if err := w.Remove(w.ctx, "", w.anna, 0); err != nil {
			t.Fatal(err)
		}
		if first, err := w.First(t.Context(), "anna@example.org", locale.EN); first || err != nil {
			t.Errorf("who was removed came back: %v, %v", first, err)
		}
		equal(t, len(w.secretariat()), 1)
	})
}

func TestWhatAPersonCanNotBeIsRefused(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		standing people.Standing
		code     problem.Code
		field    string
	}{
		{people.Standing{Email: "chloe", Role: access.Auditor, Lang: locale.EN}, "EMAIL_INVALID", "email"},
		{people.Standing{Email: "Chloe <chloe@example.org>", Role: access.Auditor, Lang: locale.EN}, "EMAIL_INVALID", "email"},
		{people.Standing{Email: "chloé@example.org", Role: access.Auditor, Lang: locale.EN}, "EMAIL_INVALID", "email"},
		{people.Standing{Email: "a@b.org, c@d.org", Role: access.Auditor, Lang: locale.EN}, "EMAIL_INVALID", "email"},
		{people.Standing{Email: strings.Repeat("c", 250) + "@b.org", Role: access.Auditor, Lang: locale.EN}, "EMAIL_INVALID", "email"},
		{people.Standing{Email: "c@example.org", Role: "mayor", Lang: locale.EN}, "ENUM_UNKNOWN", "role"},
		{people.Standing{Email: "c@example.org", Role: access.Auditor, Lang: "de"}, "ENUM_UNKNOWN", "lang"},
		{people.Standing{Email: "c@example.org", Role: access.Auditor, Scope: "FR", Lang: locale.EN}, "FIELD_INVALID", "scope"},
		{people.Standing{Email: "c@example.org", Role: access.Commission, Lang: locale.EN}, "FIELD_INVALID", "scope"},
		{people.Standing{Email: "c@example.org", Role: access.City, Scope: "FR", Lang: locale.EN}, "FIELD_INVALID", "scope"},
	} {
		_, err := w.Invite(w.ctx, "", c.standing)
		equal(t, codeOf(err), c.code)
		equal(t, codeOf(w.Change(w.ctx, "", w.anna, 0, c.standing)), c.code)
		if p, ok := err.(*problem.Problem); !ok || p.Field != c.field {
			t.Errorf("%+v: %v", c.standing, err)
		}
	}
	equal(t, w.actions(), "people.invite")
}

func TestOnlyWhoMayAsksAboutPeople(t *testing.T) {
	w := newWorld(t)
	ids := map[access.Role]string{access.Secretariat: w.anna}
	for role, scope := range map[access.Role]access.Scope{
		access.Treasurer: "", access.Commission: "FR", access.City: "FR#brest", access.Donor: "donor_country#KR", access.Auditor: "",
	} {
		ids[role] = w.invite(people.Standing{Email: string(role) + "@example.org", Role: role, Scope: scope, Lang: locale.EN})
	}
	other := w.invite(dina)
	events := len(w.events())
	for role, id := range ids {
		ctx := w.as(id)
		for name, do := range map[string]struct {
			err error
			may bool
		}{
			"read another":            {func() error { _, err := w.Person(ctx, other); return err }(), role == access.Auditor},
			"read itself":             {func() error { _, err := w.Person(ctx, id); return err }(), true},
			"read all":                {w.All(ctx, func(people.Person) error { return nil }), role == access.Auditor},
			"read events":             {w.Events(ctx, 2026, func(people.Event) error { return nil }), role == access.Auditor},
			"read another's sessions": {func() error { _, err := w.Sessions(ctx, other); return err }(), role == access.Auditor},
			"read its own sessions":   {func() error { _, err := w.Sessions(ctx, id); return err }(), true},
		} {
			if may := do.may || role == access.Secretariat; (do.err == nil) != may || !may && codeOf(do.err) != "ACCESS_DENIED" {
				t.Errorf("%s, %s: %v", role, name, do.err)
			}
		}
		if role == access.Secretariat {
			continue
		}
		_, err := w.Invite(ctx, "", bruno)
		equal(t, codeOf(err), "ACCESS_DENIED")
		for _, whom := range []string{id, other} {
			promoted := people.Standing{Email: "x@example.org", Role: access.Secretariat, Lang: locale.EN}
			equal(t, codeOf(w.Change(ctx, "", whom, 0, promoted)), "ACCESS_DENIED")
			equal(t, codeOf(w.Remove(ctx, "", whom, 0)), "ACCESS_DENIED")
		}
		equal(t, codeOf(w.EndSessions(ctx, "", other)), "ACCESS_DENIED")
		equal(t, codeOf(w.EndSession(ctx, "", other, "one")), "ACCESS_DENIED")
	}
	equal(t, len(w.events()), events)
	_, err := w.Invite(t.Context(), "", bruno)
	equal(t, codeOf(err), "ACCESS_DENIED")
}

func TestARequestTakesEffectOnceAndStandsForOneRequest(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id, err := w.Invite(w.ctx, "one", bruno)
		if err != nil {
			t.Fatal(err)
		}
		again, err := w.Invite(w.ctx, "one", bruno)
		if err != nil || again != id {
			t.Errorf("%s, %v; want %s", again, err, id)
		}
		_, err = w.Invite(w.ctx, "one", chloe)
		equal(t, codeOf(err), "IDEMPOTENCY_KEY_REUSED")
		changed := bruno
		changed.Lang = locale.ES
		for range 2 {
			if err := w.Change(w.ctx, "two", id, 1, changed); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			if err := w.Remove(w.ctx, "three", id, 2); err != nil {
				t.Fatal(err)
			}
		}
		equal(t, w.actions(), "people.invite people.invite people.change people.remove")
	})
}

func TestARequestThatIsDeliveredManyTimesAtOnceTakesEffectOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		var ids sync.Map
		equal(t, atOnce(8, func(int) error {
			id, err := w.Invite(w.ctx, "one", bruno)
			ids.Store(id, true)
			return err
		})[""], 8)
		equal(t, atOnce(8, func(int) error {
			p, err := w.ByEmail(t.Context(), bruno.Email)
			if codeOf(err) == "PERSON_UNKNOWN" {
				return nil // removed already
			}
			ids.Store(p.ID, true)
			return errors.Join(err, w.Remove(w.ctx, "two", p.ID, 1))
		})[""], 8)
		var found []any
		ids.Range(func(id, _ any) bool {
			found = append(found, id)
			return true
		})
		equal(t, len(found), 1)
		equal(t, w.actions(), "people.invite people.invite people.remove")
	})
}

// Every write fails once before it takes effect, and once behind it, so that only its answer is lost.
func TestAnAnswerThatIsLostLeavesAnActDoneOnce(t *testing.T) {
	for _, effect := range []bool{false, true} {
		for fail := 1; fail <= 6; fail++ {
			now, clock := clockAt()
			over := faulty.New(memory.New(table.Config{Clock: clock}), faulty.Plan{Fail: fail, Effect: effect})
			w := worldOver(t, over, now)
			id := w.invite(chloe)
			moved := chloe
			moved.Email = "c@example.org"
			if err := w.Change(w.ctx, "", id, 1, moved); err != nil {
				t.Fatal(err)
			}
			if err := w.EndSessions(w.ctx, "", id); err != nil {
				t.Fatal(err)
			}
			if err := w.Remove(w.ctx, "", id, 3); err != nil {
				t.Fatal(err)
			}
			equal(t, w.actions(), "people.invite people.invite people.change session.end people.remove")
			equal(t, len(w.secretariat()), 1)
		}
	}
}

// whole prints all that a table is given to keep, so that a test can look for what must not stand in it.
type whole struct {
	table.Table
	mu   sync.Mutex
	kept map[string]string // by key, what was put there ever
}

func (w *whole) note(ws ...table.Write) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, one := range ws {
		if one.Put != nil {
			w.kept[one.Put.Key.String()] += fmt.Sprint(one.Put.Attributes)
		}
	}
}

func (w *whole) Write(ctx context.Context, one table.Write) error {
	w.note(one)
	return w.Table.Write(ctx, one)
}

func (w *whole) Transact(ctx context.Context, ws []table.Write) error {
	w.note(ws...)
	return w.Table.Transact(ctx, ws)
}

func TestAnAddressStandsInItsPersonsRecordOnlyAndNowhereOnceThePersonIsRemoved(t *testing.T) {
	now, clock := clockAt()
	over := &whole{Table: memory.New(table.Config{Clock: clock}), kept: map[string]string{}}
	w := worldOver(t, over, now)
	id := w.invite(chloe)
	token, _ := w.signIn(id)
	moved := chloe
	moved.Email = "chloe.b@example.org"
	if err := w.Change(w.ctx, "", id, 0, moved); err != nil {
		t.Fatal(err)
	}
	if err := w.Remove(w.ctx, "", id, 0); err != nil {
		t.Fatal(err)
	}
	secret := strings.SplitN(token, "-", 3)[2]
	for key, text := range over.kept {
		if strings.Contains(key+text, secret) {
			t.Errorf("%s has the secret of a session: %s", key, text)
		}
		if at := strings.Contains(key, "@") || strings.Contains(text, "@"); at != strings.HasPrefix(key, "person/") {
			t.Errorf("%s has an address, or lacks one: %s", key, text)
		}
	}
	last, err := over.Get(t.Context(), table.Key{Partition: "person", Sort: id})
	if err != nil || strings.Contains(fmt.Sprint(last), "chloe") {
		t.Errorf("what is left of who was removed: %v, %v", last, err)
	}
}

func TestAServiceNeedsAKeyAndBounds(t *testing.T) {
	for name, c := range map[string]people.Config{
		"a short key":      {Key: key[:people.MinKey-1], Idle: idle, Absolute: absolute},
		"no bound":         {Key: key},
		"bounds that tilt": {Key: key, Idle: absolute, Absolute: idle},
	} {
		if _, err := people.New(c); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
