package people_test

import (
	"testing"
	"time"
)

func TestWhoIsForgottenIsGoneWithItsSessionsAndNobodyIsAskedForLeave(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.invite(chloe)
		token, _ := w.signIn(id)
		w.later(time.Second) // events of one moment stand in any order
		for n, want := range []bool{true, false} {
			if removed, err := w.directory().Forget(t.Context(), id); removed != want || err != nil {
				t.Errorf("forgetting %d: %t, %v", n+1, removed, err)
			}
		}
		equal(t, w.signedIn(token), false)
		_, err := w.directory().Person(t.Context(), id)
		equal(t, codeOf(err), "PERSON_UNKNOWN")
		_, err = w.ByEmail(t.Context(), chloe.Email)
		equal(t, codeOf(err), "PERSON_UNKNOWN")
		equal(t, w.actions(), "people.invite people.invite session.start people.remove")
		equal(t, w.events()[3].By, "")
	})
}

func TestTheLastOfTheSecretariatIsNotForgotten(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		equal(t, codeOf(w.directory().Removable(t.Context(), w.anna)), "LAST_SECRETARIAT")
		_, err := w.directory().Forget(t.Context(), w.anna)
		equal(t, codeOf(err), "LAST_SECRETARIAT")
		w.invite(dina)
		if err := w.directory().Removable(t.Context(), w.anna); err != nil {
			t.Error(err)
		}
		if err := w.directory().Removable(t.Context(), "nobody"); err != nil {
			t.Error(err)
		}
		if removed, err := w.directory().Forget(t.Context(), w.anna); !removed || err != nil {
			t.Errorf("with another one: %t, %v", removed, err)
		}
	})
}
