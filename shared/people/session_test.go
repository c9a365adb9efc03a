package people_test

import (
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
)

func TestASessionIsItsPersonAsItStandsNow(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.invite(chloe)
		token, started := w.signIn(id)
		equal(t, started.Until, w.now.Add(absolute))
		changed := chloe
		changed.Scope, changed.Lang = "FR#evry", locale.EN
		if err := w.Change(w.ctx, "", id, 0, changed); err != nil {
			t.Fatal(err)
		}
		p, session, err := w.Session(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, p.Actor(), access.Actor{Person: id, Role: access.City, Scope: "FR#evry", Lang: locale.EN})
		equal(t, session, started)
	})
}

func TestASessionEndsWhenItIsNotUsedAndInAnyCase(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		left, _ := w.signIn(w.anna)
		used, _ := w.signIn(w.anna)
		for at := time.Duration(0); at+idle-time.Minute < absolute; at += idle - time.Minute {
			w.later(idle - time.Minute)
			if !w.signedIn(used) {
				t.Fatalf("a session in use ended after %s", at)
			}
		}
		if w.signedIn(left) {
			t.Error("a session that nobody used goes on")
		}
		w.later(absolute % (idle - time.Minute))
		if w.signedIn(used) {
			t.Error("a session in use goes on for ever")
		}
		again, _ := w.signIn(w.anna)
		w.later(idle - time.Nanosecond)
		if !w.signedIn(again) {
			t.Error("a session ended before its time")
		}
		w.later(idle)
		if w.signedIn(again) {
			t.Error("a session outlived its time")
		}
	})
}

func TestWhoeverHasNoTokenOfASessionIsNotSignedIn(t *testing.T) {
	w := newWorld(t)
	token, _ := w.signIn(w.anna)
	other, _ := w.signIn(w.invite(bruno))
	mine, others := strings.SplitN(token, "-", 3), strings.SplitN(other, "-", 3)
	for name, bad := range map[string]string{
		"nothing":                  "",
		"a text":                   "token",
		"without its secret":       mine[0] + "-" + mine[1] + "-",
		"a cut secret":             token[:len(token)-1],
		"another session's secret": mine[0] + "-" + mine[1] + "-" + others[2],
		"another person":           others[0] + "-" + mine[1] + "-" + mine[2],
		"another session":          mine[0] + "-" + others[1] + "-" + mine[2],
		"more than a token":        token + "-x",
		"a key in it":              mine[0] + "#x-" + mine[1] + "-" + mine[2],
		"a zero secret":            mine[0] + "-" + mine[1] + "-" + strings.Repeat("A", len(mine[2])),
	} {
		if w.signedIn(bad) {
			t.Errorf("%s is a token", name)
		}
		if err := w.SignOut(t.Context(), bad); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !w.signedIn(token) || !w.signedIn(other) {
		t.Error("a session ended by a token that is not its own")
	}
}

func TestSessionsAreEndedOneByOneOrAll(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.invite(chloe)
		var tokens []string
		for range 4 {
			token, _ := w.signIn(id)
			tokens = append(tokens, token)
		}
		mine := w.as(id)
		all, err := w.Sessions(mine, id)
		if err != nil || len(all) != 4 {
			t.Fatalf("%d sessions, %v", len(all), err)
		}
		goOn := func() (s string) {
			for _, token := range tokens {
				if w.signedIn(token) {
					s += "+"
				} else {
					s += "-"
				}
			}
			return s
		}
		for range 2 { // what has ended stays so
			if err := w.EndSession(mine, "", id, all[1].ID); err != nil {
				t.Fatal(err)
			}
			if err := w.SignOut(t.Context(), tokens[3]); err != nil {
				t.Fatal(err)
			}
		}
		equal(t, goOn(), "+-+-")
		if err := w.EndSessions(w.ctx, "", id); err != nil {
			t.Fatal(err)
		}
		equal(t, goOn(), "----")
		if left, err := w.Sessions(mine, id); err != nil || len(left) != 0 {
			t.Errorf("%v, %v", left, err)
		}
		token, _ := w.signIn(id)
		equal(t, w.signedIn(token), true)
		equal(t, strings.TrimPrefix(w.actions(), "people.invite people.invite "),
			"session.start session.start session.start session.start session.end session.end session.end session.start")
		events := w.events()
		one, out, every := events[6], events[7], events[8]
		if one.Session != all[1].ID || one.By != id || out.Session != all[3].ID || every.Session != "" || every.By != w.anna || every.Person != id {
			t.Errorf("%+v\n%+v\n%+v", one, out, every)
		}
	})
}

func TestAnotherAddressAndRemovalEndSessionsAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.invite(chloe)
		token, _ := w.signIn(id)
		moved := chloe
		moved.Email = "c@example.org"
		if err := w.Change(w.ctx, "", id, 0, moved); err != nil {
			t.Fatal(err)
		}
		equal(t, w.signedIn(token), false)
		token, _ = w.signIn(id)
		equal(t, w.signedIn(token), true)
		if err := w.Remove(w.ctx, "", id, 0); err != nil {
			t.Fatal(err)
		}
		equal(t, w.signedIn(token), false)
		_, _, err := w.StartSession(t.Context(), id)
		equal(t, codeOf(err), "PERSON_UNKNOWN")
	})
}

// A session that is used in the moment in which it is ended does not come back by that.
func TestUseDoesNotBringAnEndedSessionBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		token, session := w.signIn(w.anna)
		w.later(idle / 2) // so that its use is written
		codes := atOnce(8, func(n int) error {
			if n == 3 {
				return w.EndSession(w.ctx, "", w.anna, session.ID)
			}
			_, _, err := w.Session(t.Context(), token)
			return err
		})
		equal(t, codes[""]+codes["SIGNIN_NEEDED"], 8)
		equal(t, w.signedIn(token), false)
	})
}
