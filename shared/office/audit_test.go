package office_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// trailOver is an audit trail in a table.
func trailOver(over table.Table, clock identity.Clock) *audit.Trail {
	return audit.New(audit.Config{Table: over, Clock: clock, IDs: identity.NewIDs(clock, nil)})
}

// entries are those of an audit trail, as "outcome action kind object", in their order.
func entries(t *testing.T, trail *audit.Trail) (all []string) {
	t.Helper()
	if _, err := trail.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := trail.Each(t.Context(), audit.Filter{}, func(e audit.Entry) error {
		all = append(all, string(e.Outcome)+" "+string(e.Action)+" "+e.Kind+" "+e.Object)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestActsAndViewsOfPersonalDataAndDenialsAreNotedAndNothingElse(t *testing.T) {
	s := newStaff(t)
	trail := trailOver(memory.New(table.Config{}), s.Clock)
	s.Trail = trail
	anna, bruno := s.as(t, access.Secretariat), s.ids[access.Treasurer]
	var failed []error
	try := func(_ any, err error) { failed = append(failed, err) }
	try(s.People(anna))
	try(s.Person(anna, bruno))
	try(s.Sessions(anna, bruno))
	try(s.Invite(anna, "", people.Standing{Email: "new@example.org", Role: access.Auditor, Lang: locale.EN}))
	try(nil, s.EndSessions(anna, "", bruno))
	if err := errors.Join(failed...); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Invite(s.as(t, access.Auditor), "", people.Standing{}); codeOf(err) != "ACCESS_DENIED" {
		t.Fatalf("an auditor invites: %v", err)
	}
	if _, err := s.People(t.Context()); err == nil { // nobody, of whom there is nothing to note
		t.Fatal("nobody is shown the people")
	}
	want := []string{
		"allowed people.read people ", "allowed people.read people " + bruno, "allowed session.read session " + bruno,
		"allowed people.invite people ", "allowed session.end session " + bruno, "denied people.invite people ",
	}
	if got := entries(t, trail); !slices.Equal(got, want) {
		t.Errorf("noted are\n%q, want\n%q", got, want)
	}
}

func TestWhatCanNotBeNotedIsNotDone(t *testing.T) {
	s := newStaff(t)
	anna, bruno := s.as(t, access.Secretariat), s.ids[access.Treasurer]
	s.Trail = trailOver(faulty.New(memory.New(table.Config{}), faulty.Plan{Fail: 1, Halt: true}), s.Clock)
	for what, try := range map[string]func(context.Context) error{
		"a view": func(ctx context.Context) error {
			got, err := s.Person(ctx, bruno)
			if got.Email != "" {
				t.Errorf("a view that is not noted shows %s", got.Email)
			}
			return err
		},
		"a list": func(ctx context.Context) error {
			got, err := s.People(ctx)
			if len(got) > 0 {
				t.Errorf("a list that is not noted has %d people", len(got))
			}
			return err
		},
		"an act": func(ctx context.Context) error { return s.RemovePerson(ctx, "", bruno, 0) },
	} {
		if err := try(anna); !errors.Is(err, table.ErrUnavailable) {
			t.Errorf("%s that is not noted: %v", what, err)
		}
	}
	if _, err := s.kept.Person(anna, bruno); err != nil {
		t.Errorf("what was not noted was done: %v", err)
	}
	if _, err := s.Invite(s.as(t, access.Auditor), "", people.Standing{}); codeOf(err) != "ACCESS_DENIED" {
		t.Errorf("a denial that can't be noted answers %v", err)
	}
}

func TestAnImportIsNotedByItsIdentifierAndAnApplicationByItsCallAndCity(t *testing.T) {
	m := newMailroom(t)
	trail := trailOver(memory.New(table.Config{}), m.Clock)
	m.Trail = trail
	m.checked("i1", "members")
	if _, err := m.CommitImport(m.as("secretariat"), "i1", "plan", "valid"); err != nil {
		t.Fatal(err)
	}
	r := newCallRoom(t)
	r.Trail = trail
	if _, err := r.Application(r.as("secretariat"), "2025", "FR#brest"); err == nil {
		t.Fatal("there is an application")
	}
	if _, err := r.Quota(r.as("secretariat"), "2025", "FR"); err != nil { // which names nobody
		t.Fatal(err)
	}
	want := []string{"allowed import.commit import i1", "allowed import.network import i1", "allowed application.read application 2025/FR#brest"}
	if got := entries(t, trail); !slices.Equal(got, want) {
		t.Errorf("noted are\n%q, want\n%q", got, want)
	}
}
