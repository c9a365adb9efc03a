package audit_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

func TestWhatIsNotedStandsInTheTrailAsItWasNoted(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ctx := audit.WithCall(t.Context(), "r1", audit.API)
		must(t, w.Note(ctx, audit.Event{
			Person: "anna", Role: access.Secretariat, Action: access.ApplicationAccept, Object: "2025/FR#évry-saint-léger", Outcome: audit.Allowed,
		}))
		head, err := w.Seal(t.Context())
		must(t, err)
		got := w.all(audit.Filter{}, 10)
		if len(got) != 1 {
			t.Fatalf("got %d entries", len(got))
		}
		want := got[0]
		want.Event = audit.Event{
			ID: got[0].ID, At: w.now, Person: "anna", Role: access.Secretariat, Action: "application.accept", Kind: "application",
			Object: "2025/FR#évry-saint-léger", Request: "r1", Door: audit.API, Outcome: audit.Allowed,
		}
		equal(t, got[0], want)
		equal(t, head, audit.Head{Number: 1, Hash: got[0].Hash})
		flaw, _ := w.flaw(head)
		equal(t, flaw, "")
	})
}

// What loses an event or gives it two places is found: everybody's events are there, each once, and the chain is whole.
func TestOfAHundredWhoAskAtOnceNothingIsLostThoughEveryTenthSealsAsWell(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		const people, each = 100, 2
		var group sync.WaitGroup
		errs := make([]error, people)
		for n := range people {
			group.Go(func() {
				for i := range each {
					errs[n] = errors.Join(errs[n], w.Note(t.Context(), audit.Event{
						Person: fmt.Sprintf("p%d", n), Role: access.City, Action: access.ApplicationEdit, Object: fmt.Sprintf("e%d", i), Outcome: audit.Allowed,
					}))
				}
				if n%10 == 0 {
					if _, err := w.Seal(t.Context()); !errors.Is(err, table.ErrUnavailable) { // which is for the next one to do
						errs[n] = errors.Join(errs[n], err)
					}
				}
			})
		}
		group.Wait()
		must(t, errors.Join(errs...))
		head, err := w.Seal(t.Context())
		must(t, err)
		equal(t, head.Number, people*each)
		found := map[string]int{}
		for _, e := range w.all(audit.Filter{}, 50) {
			found[e.Person+" "+e.Object]++
		}
		equal(t, len(found), people*each)
		checked, err := w.Verify(t.Context(), head)
		must(t, err)
		equal(t, checked, audit.Verification{Head: head})
	})
}

func TestWhatIsSealedOverANetworkThatLosesAnswersHasOnePlace(t *testing.T) {
	w := worldOver(t, dynamodblocal.OpenLosing(t, table.Config{}, func(n int) bool { return n%3 == 0 }))
	for i := range 30 {
		err := w.Note(t.Context(), audit.Event{Person: "anna", Action: access.CallExtend, Object: fmt.Sprint(i), Outcome: audit.Allowed})
		if err != nil && !errors.Is(err, table.ErrUnavailable) {
			t.Fatal(err)
		}
		if _, err := w.Seal(t.Context()); err != nil && !errors.Is(err, table.ErrUnavailable) {
			t.Fatal(err)
		}
	}
	for {
		if _, err := w.Seal(t.Context()); err == nil {
			break
		} else if !errors.Is(err, table.ErrUnavailable) {
			t.Fatal(err)
		}
	}
	found := map[string]int{}
	for _, e := range w.all(audit.Filter{}, 50) {
		if found[e.Object]++; found[e.Object] > 1 {
			t.Errorf("event %s has several places", e.Object)
		}
	}
	equal(t, len(found), 30)
	flaw, _ := w.flaw()
	equal(t, flaw, "")
}

func TestWhateverWriteFailsWhileTheTrailIsSealedItGoesOnWhole(t *testing.T) {
	for _, effect := range []bool{false, true} {
		for fail := 1; ; fail++ {
			below := memory.New(table.Config{})
			first := worldOver(t, faulty.New(below, faulty.Plan{Fail: fail, Effect: effect, Halt: true}))
			noted := 0
			for i := range 90 {
				if first.Note(t.Context(), audit.Event{Person: "anna", Action: access.CallExtend, Object: fmt.Sprint(i), Outcome: audit.Allowed}) == nil {
					noted++
				}
			}
			_, err := first.Seal(t.Context())
			second := worldOver(t, below)
			head, again := second.Seal(t.Context())
			must(t, again)
			if head.Number < int64(noted) || head.Number > int64(noted)+1 {
				t.Fatalf("write %d fails: %d of %d events are there", fail, head.Number, noted)
			}
			flaw, _ := second.flaw(head)
			equal(t, flaw, "")
			if err == nil {
				break
			}
		}
	}
}

// What can't be noted is not done, which is for whoever asks to decide: it is told.
func TestWhatCanNotBeNotedIsTold(t *testing.T) {
	w := worldOver(t, faulty.New(memory.New(table.Config{}), faulty.Plan{Fail: 1, Err: errors.New("disk full")}))
	e := audit.Event{Person: "anna", Action: access.CallExtend, Outcome: audit.Allowed}
	ctx := audit.WithCall(t.Context(), "r1", audit.Page)
	if err := w.Note(ctx, e); !errors.Is(err, table.ErrUnavailable) {
		t.Fatalf("answers %v", err)
	}
	must(t, w.Note(ctx, e)) // what failed isn't taken for noted
	_, err := w.Seal(t.Context())
	must(t, err)
	equal(t, len(w.all(audit.Filter{}, 10)), 1)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Note(ended, e); !errors.Is(err, context.Canceled) {
		t.Errorf("answers %v", err)
	}
}

func TestWithinARequestTheSameIsNotedOnceAndAnotherThingAgain(t *testing.T) {
	w := newWorld(t)
	e := audit.Event{Person: "anna", Action: access.ApplicationRead, Object: "FR#brest", Outcome: audit.Allowed}
	for _, request := range []string{"r1", "r2"} {
		ctx := audit.WithCall(t.Context(), request, audit.Page)
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				if err := w.Note(ctx, e); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		other := e
		other.Object = "FR#evry"
		must(t, w.Note(ctx, other))
	}
	_, err := w.Seal(t.Context())
	must(t, err)
	equal(t, len(w.all(audit.Filter{}, 10)), 4)
}

func TestWhoIsDeniedAgainAndAgainFillsNoTrail(t *testing.T) {
	w := newWorld(t)
	deny := func(person string, n int) {
		for i := range n {
			must(t, w.Note(t.Context(), audit.Event{Person: person, Action: access.PeopleInvite, Object: fmt.Sprint(i), Outcome: audit.Denied}))
		}
	}
	deny("anna", 1000)
	deny("bruno", 1)
	w.now = w.now.Add(2 * time.Minute)
	deny("anna", 1000)
	_, err := w.Seal(t.Context())
	must(t, err)
	equal(t, len(w.all(audit.Filter{Person: "anna"}, 100)), 32)
	equal(t, len(w.all(audit.Filter{Person: "bruno"}, 100)), 1)
}

func TestNothingThatCanBeANameOrAnAddressStandsInTheTrail(t *testing.T) {
	for text, want := range map[string]string{
		"01j8x": "01j8x", "FR#évry-courcouronnes": "FR#évry-courcouronnes", "2025/FR#brest": "2025/FR#brest", "donor_country#KR": "donor_country#KR",
		"fund/1.2": "fund/1.2", "Anna Müller": "", "anna@example.org": "", "a\nb": "", "\xff": "", "<b>": "", "+336": "",
	} {
		if got := audit.Identifier(text); got != want {
			t.Errorf("%q comes to %q, want %q", text, got, want)
		}
	}
	w := newWorld(t)
	must(t, w.Note(t.Context(), audit.Event{Person: "Anna Müller", Action: access.CallExtend, Object: "anna@example.org", Outcome: audit.Allowed}))
	_, err := w.Seal(t.Context())
	must(t, err)
	if e := w.all(audit.Filter{}, 1)[0]; e.Person != "" || e.Object != "" {
		t.Errorf("got %+v", e)
	}
}
