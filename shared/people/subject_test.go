package people_test

import (
	"errors"
	"testing"

	"github.com/learning-cities/guildhall/shared/people"
)

const issuer = "https://issuer.example.org"

func TestAPersonIsOneSubjectOfOneIssuer(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.invite(chloe)
		bind := func(issuer, subject string) error { return w.Bind(t.Context(), id, issuer, subject) }
		for range 2 {
			if err := bind(issuer, "17"); err != nil {
				t.Fatal(err)
			}
		}
		for _, other := range [][2]string{{issuer, "18"}, {issuer + "/other", "17"}, {issuer, ""}, {"", issuer + "17"}} {
			if err := bind(other[0], other[1]); !errors.Is(err, people.ErrOtherSubject) {
				t.Errorf("%q: %v", other, err)
			}
		}
		changed := chloe
		changed.Scope = "FR#evry"
		if err := w.Change(w.ctx, "", id, 0, changed); err != nil {
			t.Fatal(err)
		}
		if err := w.EndSessions(w.ctx, "", id); err != nil {
			t.Fatal(err)
		}
		if err := bind(issuer, "18"); !errors.Is(err, people.ErrOtherSubject) {
			t.Errorf("another scope unbinds: %v", err)
		}
		changed.Email = "c@example.org"
		if err := w.Change(w.ctx, "", id, 0, changed); err != nil {
			t.Fatal(err)
		}
		if err := bind(issuer, "18"); err != nil {
			t.Errorf("another address: %v", err)
		}
		equal(t, w.actions(), "people.invite people.invite people.bind people.change session.end people.change people.bind")
	})
}

func TestWhoIsUnboundIsSignedOutAndBoundAnew(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.invite(chloe)
		if err := w.Bind(t.Context(), id, issuer, "17"); err != nil {
			t.Fatal(err)
		}
		token, _ := w.signIn(id)
		equal(t, codeOf(w.Unbind(w.as(id), "", id)), "ACCESS_DENIED")
		equal(t, w.signedIn(token), true)
		for range 2 {
			if err := w.Unbind(w.ctx, "", id); err != nil {
				t.Fatal(err)
			}
		}
		equal(t, w.signedIn(token), false)
		if err := w.Bind(t.Context(), id, issuer, "18"); err != nil {
			t.Error(err)
		}
		equal(t, w.actions(), "people.invite people.invite people.bind session.start people.unbind people.bind")
		equal(t, codeOf(w.Bind(t.Context(), "nobody", issuer, "17")), "PERSON_UNKNOWN")
	})
}

func TestOfTwoSubjectsAtOnceOneIsBound(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		codes := atOnce(6, func(n int) error { return w.Bind(t.Context(), w.anna, issuer, string(rune('a'+n))) })
		equal(t, codes[""], 1)
		equal(t, len(codes), 2)
	})
}
