package office_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// staff is an office that knows people only, with one person of each role on record.
type staff struct {
	*office.Office
	kept *people.Service
	log  *bytes.Buffer
	ids  map[access.Role]string
}

var standings = map[access.Role]people.Standing{
	access.Treasurer:  {Email: "bruno@example.org", Role: access.Treasurer, Lang: locale.FR},
	access.Commission: {Email: "claire@example.org", Role: access.Commission, Scope: "FR", Lang: locale.FR},
	access.City:       {Email: "yann@example.org", Role: access.City, Scope: "FR#brest", Lang: locale.FR},
	access.Donor:      {Email: "kim@example.org", Role: access.Donor, Scope: "donor_country#KR", Lang: locale.EN},
	access.Auditor:    {Email: "lucia@example.org", Role: access.Auditor, Lang: locale.ES},
}

func newStaff(t *testing.T) *staff {
	t.Helper()
	clock := identity.Fixed(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	kept, err := people.New(people.Config{
		Table: memory.New(table.Config{Clock: clock}), Clock: clock, IDs: identity.NewIDs(clock, nil), Random: rand.Reader,
		Key: []byte("a key that is only for these tests"), Idle: time.Hour, Absolute: 12 * time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &staff{kept: kept, log: &bytes.Buffer{}, ids: map[access.Role]string{}}
	s.Office = office.New(office.Config{People: kept, Clock: clock, Trail: trailOver(memory.New(table.Config{}), clock), Log: slog.New(slog.NewTextHandler(s.log, nil))})
	if _, err := kept.First(t.Context(), "anna@example.org", locale.EN); err != nil {
		t.Fatal(err)
	}
	anna, err := kept.ByEmail(t.Context(), "anna@example.org")
	if err != nil {
		t.Fatal(err)
	}
	s.ids[access.Secretariat] = anna.ID
	ctx := access.WithActor(t.Context(), anna.Actor())
	for role, standing := range standings {
		p, err := s.Invite(ctx, "", standing)
		if err != nil {
			t.Fatal(err)
		}
		s.ids[role] = p.ID
	}
	return s
}

// as is a context in which the person of a role asks.
func (s *staff) as(t *testing.T, role access.Role) context.Context {
	t.Helper()
	standing := standings[role]
	return access.WithActor(t.Context(), access.Actor{Person: s.ids[role], Role: role, Scope: standing.Scope, Lang: standing.Lang})
}

func codeOf(err error) problem.Code {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	if err != nil {
		return problem.Code(err.Error())
	}
	return ""
}

func TestWhoMayNotSeeEverybodySeesItself(t *testing.T) {
	s := newStaff(t)
	for _, role := range access.Roles {
		got, err := s.People(s.as(t, role))
		if err != nil {
			t.Fatalf("%s: %v", role, err)
		}
		want := []string{s.ids[role]}
		if role == access.Secretariat || role == access.Auditor {
			want = nil
			for _, id := range s.ids {
				want = append(want, id)
			}
		}
		var seen []string
		for _, p := range got {
			seen = append(seen, p.ID)
		}
		if slices.Sort(want); !slices.Equal(slices.Sorted(slices.Values(seen)), want) {
			t.Errorf("%s sees %v, want %v", role, seen, want)
		}
	}
	if strings.Contains(s.log.String(), "denied") {
		t.Errorf("a list that is shown in part is logged as denied: %s", s.log)
	}
}

func TestWhatIsOthersIsDeniedWhetherItIsThereOrNot(t *testing.T) {
	acts := map[string]func(s *staff, ctx context.Context, person string) error{
		"read": func(s *staff, ctx context.Context, person string) error { _, err := s.Person(ctx, person); return err },
		"change": func(s *staff, ctx context.Context, person string) error {
			_, err := s.ChangePerson(ctx, "", person, 0, standings[access.City])
			return err
		},
		"remove": func(s *staff, ctx context.Context, person string) error { return s.RemovePerson(ctx, "", person, 0) },
		"unbind": func(s *staff, ctx context.Context, person string) error { return s.Unbind(ctx, "", person) },
		"sessions": func(s *staff, ctx context.Context, person string) error {
			_, err := s.Sessions(ctx, person)
			return err
		},
		"end":     func(s *staff, ctx context.Context, person string) error { return s.EndSessions(ctx, "", person) },
		"end one": func(s *staff, ctx context.Context, person string) error { return s.EndSession(ctx, "", person, "x") },
	}
	s := newStaff(t)
	for name, act := range acts {
		for _, role := range access.Roles[1:] {
			if role == access.Auditor && (name == "read" || name == "sessions") {
				continue // who reads everything
			}
			for _, person := range []string{s.ids[access.Secretariat], "nobody", ""} {
				if got := codeOf(act(s, s.as(t, role), person)); got != "ACCESS_DENIED" {
					t.Errorf("%s by %s of %q: %s", name, role, person, got)
				}
			}
		}
		if got := codeOf(act(s, t.Context(), s.ids[access.City])); got != "SIGNIN_NEEDED" {
			t.Errorf("%s by nobody: %s", name, got)
		}
	}
	if !strings.Contains(s.log.String(), "people.remove") || strings.Contains(s.log.String(), "example.org") {
		t.Errorf("the log has not the denials alone: %s", s.log)
	}
}

func TestInvitingIsForTheSecretariat(t *testing.T) {
	s := newStaff(t)
	standing := people.Standing{Email: "new@example.org", Role: access.Secretariat, Lang: locale.EN}
	for _, role := range access.Roles[1:] {
		if _, err := s.Invite(s.as(t, role), "", standing); codeOf(err) != "ACCESS_DENIED" {
			t.Errorf("%s: %v", role, err)
		}
		if _, _, err := s.PeopleEvents(s.as(t, role), 2026, "", 10); (codeOf(err) == "ACCESS_DENIED") == (role == access.Auditor) {
			t.Errorf("the events for %s: %v", role, err)
		}
	}
}

func TestARequestIsDoneOnceForEachPersonWhoSendsIt(t *testing.T) {
	s := newStaff(t)
	anna := s.as(t, access.Secretariat)
	standing := people.Standing{Email: "new@example.org", Role: access.Secretariat, Lang: locale.EN}
	first, err := s.Invite(anna, "key-1", standing)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.Invite(anna, "key-1", standing); err != nil || again.ID != first.ID {
		t.Errorf("the same again: %s, %v", again.ID, err)
	}
	other := standing
	other.Email = "other@example.org"
	if _, err := s.Invite(anna, "key-1", other); codeOf(err) != "IDEMPOTENCY_KEY_REUSED" {
		t.Errorf("another under the same key: %v", err)
	}
	if p, err := s.Invite(access.WithActor(t.Context(), first.Actor()), "key-1", other); err != nil || p.ID == first.ID {
		t.Errorf("somebody else's request under that key: %s, %v", p.ID, err)
	}
}

func TestAPersonIsChangedAndRemovedAtTheVersionThatWasSeen(t *testing.T) {
	s := newStaff(t)
	anna, id := s.as(t, access.Secretariat), s.ids[access.City]
	seen, err := s.Person(anna, id)
	if err != nil {
		t.Fatal(err)
	}
	standing := seen.Standing
	standing.Scope = "FR#evry"
	changed, err := s.ChangePerson(anna, "", id, seen.Version, standing)
	if err != nil || changed.Scope != "FR#evry" || changed.Version <= seen.Version {
		t.Fatalf("%+v, %v", changed, err)
	}
	if _, err := s.ChangePerson(anna, "", id, seen.Version, seen.Standing); codeOf(err) != "RECORD_CHANGED" {
		t.Errorf("a change of what was seen before: %v", err)
	}
	if err := s.RemovePerson(anna, "", id, seen.Version); codeOf(err) != "RECORD_CHANGED" {
		t.Errorf("a removal of what was seen before: %v", err)
	}
	if err := s.RemovePerson(anna, "", id, changed.Version); err != nil {
		t.Error(err)
	}
	if _, err := s.Person(anna, id); codeOf(err) != "PERSON_UNKNOWN" {
		t.Errorf("removed: %v", err)
	}
	if err := s.RemovePerson(anna, "", s.ids[access.Secretariat], 0); codeOf(err) != "LAST_SECRETARIAT" {
		t.Errorf("the last one: %v", err)
	}
}

func TestEverybodyEndsItsOwnSessions(t *testing.T) {
	s := newStaff(t)
	for _, role := range access.Roles {
		var tokens [3]string
		for i := range tokens {
			var err error
			if tokens[i], _, err = s.kept.StartSession(t.Context(), s.ids[role]); err != nil {
				t.Fatal(err)
			}
		}
		ctx, id := s.as(t, role), s.ids[role]
		on, err := s.Sessions(ctx, id)
		if err != nil || len(on) != 3 {
			t.Fatalf("%s: %v, %v", role, on, err)
		}
		if err := s.EndSession(ctx, "", id, on[0].ID); err != nil {
			t.Fatal(err)
		}
		left, err := s.Sessions(ctx, id)
		if err != nil || len(left) != 2 || left[0].ID != on[1].ID {
			t.Errorf("%s, one ended: %v, %v", role, left, err)
		}
		if err := s.EndSessions(ctx, "", id); err != nil {
			t.Fatal(err)
		}
		if left, err := s.Sessions(ctx, id); err != nil || len(left) != 0 {
			t.Errorf("%s, all ended: %v, %v", role, left, err)
		}
		for _, token := range tokens {
			if _, _, err := s.kept.Session(t.Context(), token); codeOf(err) != "SIGNIN_NEEDED" {
				t.Errorf("%s: %v", role, err)
			}
		}
	}
}

func TestWhatWasDoneAboutPeopleIsTold(t *testing.T) {
	s := newStaff(t)
	if err := s.Unbind(s.as(t, access.Secretariat), "", s.ids[access.City]); err != nil { // who was never bound
		t.Fatal(err)
	}
	if err := s.EndSessions(s.as(t, access.Secretariat), "key-2", s.ids[access.City]); err != nil {
		t.Fatal(err)
	}
	var got []people.Event
	for after := table.Cursor(""); ; {
		page, next, err := s.PeopleEvents(s.as(t, access.Auditor), 2026, after, 3)
		if err != nil || len(page) > 3 {
			t.Fatalf("%d events, %v", len(page), err)
		}
		if got, after = append(got, page...), next; next == "" {
			break
		}
	}
	if len(got) != 7 {
		t.Fatalf("%d events", len(got))
	}
	if last := got[6]; last.Action != access.SessionEnd || last.Person != s.ids[access.City] || last.By != s.ids[access.Secretariat] {
		t.Errorf("%+v", last)
	}
	if got, next, err := s.PeopleEvents(s.as(t, access.Auditor), 2025, "", 3); err != nil || len(got) != 0 || next != "" {
		t.Errorf("another year: %v, %v", got, err)
	}
}
