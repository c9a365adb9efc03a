package people_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// fuzzed is a service with one person of the secretariat, and the context in which that person asks.
func fuzzed(f *testing.F) (*people.Service, context.Context, string) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	s, err := people.New(people.Config{
		Table: memory.New(table.Config{Clock: clock}), Clock: clock, IDs: identity.NewIDs(clock, nil), Random: rand.Reader, Key: key,
		Idle: idle, Absolute: absolute,
	})
	if err != nil {
		f.Fatal(err)
	}
	if _, err := s.First(f.Context(), "anna@example.org", locale.EN); err != nil {
		f.Fatal(err)
	}
	anna, err := s.ByEmail(f.Context(), "anna@example.org")
	if err != nil {
		f.Fatal(err)
	}
	return s, access.WithActor(f.Context(), anna.Actor()), anna.ID
}

// Nobody is signed in with a text that is not the very token of a session.
func FuzzSessionTokens(f *testing.F) {
	s, ctx, anna := fuzzed(f)
	tokens := map[string]bool{}
	for range 2 {
		token, _, err := s.StartSession(ctx, anna)
		if err != nil {
			f.Fatal(err)
		}
		tokens[token] = true
		fields := strings.SplitN(token, "-", 3)
		for _, text := range []string{
			token, token + "\n", token + "=", token[:len(token)-1], strings.ToUpper(token), fields[0] + "-" + fields[1] + "-", fields[2], "--",
			fields[0] + "#-" + fields[1] + "-" + fields[2], token[:len(token)-1] + "x",
		} {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, _, err := s.Session(t.Context(), text)
		if tokens[text] != (err == nil) || err != nil && codeOf(err) != "SIGNIN_NEEDED" {
			t.Errorf("%q is answered %v", text, err)
		}
	})
}

// What is taken for a person's address finds that person again, in whatever case it is written; what isn't is refused with a code.
func FuzzAddresses(f *testing.F) {
	s, ctx, _ := fuzzed(f)
	for _, address := range []string{
		"bruno@example.org", " Bruno@Example.ORG ", "anna@example.org", "a@b", "a b@c", `"a"@b.c`, "A <a@b.c>", "a@b.c, d@e.f", "é@b.c", "a@[127.0.0.1]",
		"@", "a@", strings.Repeat("a", 250) + "@b.c", "a\r\n@b.c", "\u212aate@b.c", "g:a@b.c;",
	} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		id, err := s.Invite(ctx, "", people.Standing{Email: address, Role: access.Treasurer, Lang: locale.EN})
		if err != nil {
			id = ""
		}
		switch code := codeOf(err); {
		case err != nil && code != "EMAIL_INVALID" && code != "EMAIL_TAKEN":
			t.Fatalf("%q is answered %v", address, err)
		case code == "EMAIL_INVALID":
			if p, err := s.ByEmail(ctx, address); err == nil {
				t.Errorf("%q is no address and %s's", address, p.ID)
			}
			return
		}
		for _, spelling := range []string{address, strings.ToUpper(strings.TrimSpace(address)), strings.ToLower(address)} {
			if p, err := s.ByEmail(ctx, spelling); err != nil || id != "" && p.ID != id {
				t.Errorf("%q is put on record as %q, and as %q it finds %q (%v)", address, id, spelling, p.ID, err)
			}
		}
	})
}
