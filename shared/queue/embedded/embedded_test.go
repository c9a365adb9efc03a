package embedded_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/queue/embedded"
	"github.com/learning-cities/guildhall/shared/queue/queuetest"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/table/tabletest"
)

func options(clock identity.Clock, attempts int) embedded.Options {
	return embedded.Options{Clock: clock, IDs: identity.NewIDs(clock, nil), Attempts: attempts}
}

func TestConformance(t *testing.T) {
	queuetest.Run(t, func(t *testing.T, attempts int) queuetest.Engine {
		path, clock := filepath.Join(t.TempDir(), "table.db"), tabletest.NewClock()
		var opened table.Table
		open := func() queue.Queue {
			if opened != nil {
				must(t, opened.Close())
			}
			var err error
			opened, err = bolt.Open(path, bolt.Options{Unsynced: true})
			must(t, err)
			return embedded.New(opened, "check", options(clock.Now, attempts))
		}
		t.Cleanup(func() { must(t, opened.Close()) })
		return queuetest.Engine{
			Queue: open(), Dead: embedded.New(opened, "check-dead", options(clock.Now, 0)), Reopen: open,
			Now: clock.Now, Pass: func() { clock.Advance(100 * time.Millisecond) },
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// one receives a message that has to be there.
func one(t *testing.T, q queue.Queue, hidden time.Duration) queue.Delivery {
	t.Helper()
	ds, err := q.Receive(t.Context(), 1, hidden)
	must(t, err)
	if len(ds) != 1 {
		t.Fatalf("received %d messages, want 1", len(ds))
	}
	return ds[0]
}

func none(t *testing.T, q queue.Queue) {
	t.Helper()
	ds, err := q.Receive(t.Context(), 1, time.Hour)
	must(t, err)
	if len(ds) > 0 {
		t.Fatalf("received %q", ds[0].Body)
	}
}

func TestMessagesComeInTheOrderInWhichTheyAreDue(t *testing.T) {
	clock := tabletest.NewClock()
	q := embedded.New(memory.New(table.Config{}), "q", options(clock.Now, 0))
	for i, after := range []time.Duration{time.Minute, 0, time.Second} {
		must(t, q.Send(t.Context(), fmt.Appendf(nil, "%d", i), after))
	}
	clock.Advance(time.Minute)
	ds, err := q.Receive(t.Context(), 10, time.Hour)
	must(t, err)
	got := ""
	for _, d := range ds {
		got += string(d.Body)
	}
	if got != "120" {
		t.Fatalf("came in the order %s", got)
	}
}

// With a clock that stands still two deliveries are hidden until the same moment.
func TestALateDeliveryDoesNothingToTheCurrentOne(t *testing.T) {
	q := embedded.New(memory.New(table.Config{}), "q", options(tabletest.NewClock().Now, 0))
	must(t, q.Send(t.Context(), []byte("x"), 0))
	late := one(t, q, time.Hour)
	must(t, q.Return(t.Context(), late, 0))
	current := one(t, q, time.Hour)
	must(t, q.Done(t.Context(), late))
	must(t, q.Return(t.Context(), late, 0))
	none(t, q)
	must(t, q.Return(t.Context(), current, 0))
	if again := one(t, q, time.Hour); again.Attempt != 3 {
		t.Fatalf("attempt %d, want 3", again.Attempt)
	}
}

func TestAMessageReturnedForTheRestOfItsHidingIsReturned(t *testing.T) {
	clock := tabletest.NewClock()
	q := embedded.New(memory.New(table.Config{}), "q", options(clock.Now, 0))
	must(t, q.Send(t.Context(), []byte("x"), 0))
	must(t, q.Return(t.Context(), one(t, q, time.Hour), time.Hour))
	none(t, q)
	clock.Advance(time.Hour)
	one(t, q, time.Hour)
}

func TestWithoutALimitAMessageComesForEver(t *testing.T) {
	q := embedded.New(memory.New(table.Config{}), "q", options(tabletest.NewClock().Now, 0))
	must(t, q.Send(t.Context(), []byte("x"), 0))
	for n := 1; n <= 50; n++ {
		d := one(t, q, time.Hour)
		if d.Attempt != n {
			t.Fatalf("attempt %d, want %d", d.Attempt, n)
		}
		must(t, q.Return(t.Context(), d, 0))
	}
}

func TestDeadLettersGoToTheQueueThatIsNamed(t *testing.T) {
	clock, store := tabletest.NewClock(), memory.New(table.Config{})
	o := options(clock.Now, 1)
	o.Dead = "cemetery"
	q, dead := embedded.New(store, "q", o), embedded.New(store, "cemetery", options(clock.Now, 0))
	must(t, q.Send(t.Context(), []byte("x"), 0))
	sent := one(t, q, time.Hour)
	must(t, q.Return(t.Context(), sent, 0))
	none(t, q)
	if letter := one(t, dead, time.Hour); letter.ID != sent.ID || letter.Attempt != 1 {
		t.Fatalf("dead letter %+v of %+v", letter, sent)
	}
}

// A table whose answer is lost may have hidden the message; what was taken before is handed out all the same.
func TestADeliveryIsHandedOutThoughTheTableFailsAtTheNext(t *testing.T) {
	clock := tabletest.NewClock()
	broken := faulty.New(memory.New(table.Config{}), faulty.Plan{Fail: 4, Effect: true})
	q := embedded.New(broken, "q", options(clock.Now, 0))
	must(t, q.Send(t.Context(), []byte("first"), 0))
	must(t, q.Send(t.Context(), []byte("second"), 0))
	ds, err := q.Receive(t.Context(), 10, time.Minute)
	must(t, err)
	if len(ds) != 1 || string(ds[0].Body) != "first" {
		t.Fatalf("received %v", ds)
	}
	must(t, q.Done(t.Context(), ds[0]))
	none(t, q)
	clock.Advance(time.Minute)
	if second := one(t, q, time.Minute); string(second.Body) != "second" || second.Attempt != 2 {
		t.Fatalf("received %q, attempt %d", second.Body, second.Attempt)
	}
}

func TestATableThatCannotAnswerIsSaidToBeUnavailable(t *testing.T) {
	broken := faulty.New(memory.New(table.Config{}), faulty.Plan{Fail: 2, Halt: true})
	q := embedded.New(broken, "q", options(tabletest.NewClock().Now, 0))
	must(t, q.Send(t.Context(), []byte("x"), 0))
	d := queue.Delivery{ID: "x", Receipt: "00000000000001.1"}
	_, received := q.Receive(t.Context(), 1, time.Minute)
	for _, err := range []error{received, q.Send(t.Context(), []byte("x"), 0), q.Done(t.Context(), d), q.Return(t.Context(), d, 0)} {
		if !errors.Is(err, queue.ErrUnavailable) {
			t.Errorf("got %v, want ErrUnavailable", err)
		}
	}
}

func TestWhatADeadReceiverHeldIsDeliveredAtOnceToTheNext(t *testing.T) {
	clock := tabletest.NewClock()
	q := embedded.New(memory.New(table.Config{}), "q", options(clock.Now, 0))
	const many = 150 // more than a page
	for range many {
		must(t, q.Send(t.Context(), []byte("held"), 0))
	}
	must(t, q.Send(t.Context(), []byte("due later"), time.Minute))
	for range many / 10 {
		if ds, err := q.Receive(t.Context(), 10, time.Hour); err != nil || len(ds) != 10 {
			t.Fatalf("%d, %v", len(ds), err)
		}
	}
	none(t, q)
	must(t, q.Release(t.Context()))
	for range many {
		if d := one(t, q, time.Hour); string(d.Body) != "held" || d.Attempt != 2 {
			t.Fatalf("%q, delivery %d", d.Body, d.Attempt)
		}
	}
	none(t, q)
}
