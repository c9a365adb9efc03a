package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// steps are what is done with a store, each of which may be repeated: two reports to more people than a transaction takes, every way of a
// letter, a correction, the mark. unsure is told of each attempt of which nobody knows anything any more: its process died.
func steps(ctx context.Context, unsure func(outbox.Letter)) []func(s *outbox.Store) error {
	o := occasion(3)
	letter := func(n int) outbox.Letter {
		return outbox.Letter{Summary: o.ID(), Revision: 1, Person: persons(n + 1)[n]}
	}
	attempt := func(n int, end func(s *outbox.Store, m outbox.Mail) error) func(s *outbox.Store) error {
		var begun *outbox.Mail // what the process knows as long as it lives
		return func(s *outbox.Store) error {
			if begun == nil {
				m, ours, err := s.Begin(ctx, letter(n))
				if err != nil {
					return err
				}
				if !ours {
					unsure(letter(n))
					return nil
				}
				begun = &m
			}
			return end(s, *begun)
		}
	}
	choice := func(n int, choose func(*outbox.Store, outbox.Letter, int64) error) func(s *outbox.Store) error {
		var saw int64
		return func(s *outbox.Store) error {
			m, err := s.Mail(ctx, letter(n))
			if err != nil {
				return err
			}
			if saw == 0 {
				saw = m.Version
			}
			if m.State == outbox.Sending {
				return nil
			}
			return choose(s, letter(n), saw)
		}
	}
	return []func(s *outbox.Store) error{
		func(s *outbox.Store) error { _, _, err := s.Make(ctx, report(o, 1), persons(200)); return err },
		func(s *outbox.Store) error { _, _, err := s.Skip(ctx, report(occasion(4), 1)); return err },
		func(s *outbox.Store) error { _, _, err := s.Pass(ctx, occasion(5), outbox.Lapsed); return err },
		func(s *outbox.Store) error { _, err := s.Advance(ctx, began); return err },
		func(s *outbox.Store) error { _, err := s.Advance(ctx, began.Add(time.Hour)); return err },
		attempt(0, func(s *outbox.Store, m outbox.Mail) error { return s.Sent(ctx, m, "r") }),
		attempt(1, func(s *outbox.Store, m outbox.Mail) error { return s.Later(ctx, m, began.Add(time.Hour)) }),
		attempt(2, func(s *outbox.Store, m outbox.Mail) error { return s.Fail(ctx, m, outbox.Refused) }),
		attempt(3, func(s *outbox.Store, m outbox.Mail) error { return s.Doubt(ctx, m) }),
		choice(2, func(s *outbox.Store, l outbox.Letter, v int64) error {
			_, err := s.SendAgain(ctx, l, "anna", v)
			return err
		}),
		choice(3, func(s *outbox.Store, l outbox.Letter, v int64) error {
			_, err := s.LetGo(ctx, l, "anna", v)
			return err
		}),
		func(s *outbox.Store) error { return s.Drop(ctx, letter(4), outbox.Gone) },
		func(s *outbox.Store) error {
			changes := summary.Corrections(report(o, 1), report(o, 2))
			_, err := s.Revise(ctx, o.ID(), 1, "anna", report(o, 2), changes, persons(100))
			return err
		},
	}
}

// stored is everything that a store has to tell.
func stored(t *testing.T, s *outbox.Store, unsure map[outbox.Letter]bool) string {
	t.Helper()
	entries, _, err := s.Entries(t.Context(), outbox.Filter{}, "", 100)
	must(t, err)
	out := fmt.Sprintf("%+v\n", entries)
	for _, e := range entries {
		kept, err := s.Revisions(t.Context(), e.ID)
		must(t, err)
		for _, k := range kept {
			body, _ := k.Report.Canonical()
			to, err := s.People(t.Context(), e.ID, k.Revision)
			must(t, err)
			out += fmt.Sprintf("%d %s %s %d changes, to %v\n", k.Revision, k.By, body, len(k.Changes), to)
		}
		mails, err := s.Mails(t.Context(), e.ID)
		must(t, err)
		for _, m := range mails {
			if !unsure[m.Letter] {
				out += fmt.Sprintf("%+v\n", m)
			}
		}
	}
	mark, err := s.Mark(t.Context())
	must(t, err)
	return out + mark.String()
}

// play does all steps; one that fails is repeated, by a new process where the one before died.
func play(t *testing.T, first, then table.Table, unsure func(outbox.Letter)) {
	t.Helper()
	s := storeOver(first, &clock{began})
	for i, step := range steps(t.Context(), unsure) {
		for try := 0; ; try++ {
			err := step(s)
			if err == nil {
				break
			}
			if !errors.Is(err, table.ErrUnavailable) || try == 3 {
				t.Fatalf("step %d: %v", i, err)
			}
			if try == 1 { // nothing works any more: another process takes over
				s = storeOver(then, &clock{began})
			}
		}
	}
}

func TestAFailureOrLostAnswerAtEveryWriteLeavesWhatARepetitionCompletes(t *testing.T) {
	whole := memory.New(table.Config{})
	counted := faulty.New(whole, faulty.Plan{})
	play(t, counted, nil, func(l outbox.Letter) { t.Errorf("%s was begun by nobody", l) })
	want := stored(t, storeOver(whole, &clock{began}), nil)
	if counted.Writes() < 15 {
		t.Fatalf("only %d writes", counted.Writes())
	}
	for fail := 1; fail <= counted.Writes(); fail++ {
		for _, plan := range []faulty.Plan{
			{Fail: fail}, {Fail: fail, Effect: true}, {Fail: fail, Halt: true}, {Fail: fail, Effect: true, Halt: true},
		} {
			below := memory.New(table.Config{})
			unsure := map[outbox.Letter]bool{}
			play(t, faulty.New(below, plan), below, func(l outbox.Letter) { unsure[l] = true })
			s := storeOver(below, &clock{began})
			if len(unsure) > 0 && (!plan.Halt || !plan.Effect || len(unsure) > 1) {
				t.Errorf("%+v: nobody knows of %v", plan, unsure)
			}
			wanted := want
			if len(unsure) > 0 { // the letter of which the process that died knew is all that may differ
				for l := range unsure {
					m, err := s.Mail(t.Context(), l)
					must(t, err)
					equal(t, m.State, outbox.Sending)
				}
				wanted = stored(t, storeOver(whole, &clock{began}), unsure)
			}
			if got := stored(t, s, unsure); got != wanted {
				t.Fatalf("%+v: got\n%s\nwant\n%s", plan, got, wanted)
			}
		}
	}
}

func TestOnEveryEngineTheSameIsStored(t *testing.T) {
	whole := memory.New(table.Config{})
	play(t, whole, nil, func(outbox.Letter) {})
	want := stored(t, storeOver(whole, &clock{began}), nil)
	engines(t, func(t *testing.T, open func() table.Table) {
		over := open()
		play(t, over, nil, func(l outbox.Letter) { t.Errorf("%s was begun by nobody", l) })
		if got := stored(t, storeOver(over, &clock{began}), nil); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	})
}

// The client repeats a write whose answer is lost, and finds what it did itself.
func TestOnDynamoDBLostAnswersChangeNothing(t *testing.T) {
	whole := memory.New(table.Config{})
	play(t, whole, nil, func(outbox.Letter) {})
	want := stored(t, storeOver(whole, &clock{began}), nil)
	over := dynamodblocal.OpenLosing(t, table.Config{}, func(n int) bool { return n%3 == 0 })
	play(t, over, over, func(l outbox.Letter) { t.Errorf("%s was begun by nobody", l) })
	if got := stored(t, storeOver(over, &clock{began}), nil); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
