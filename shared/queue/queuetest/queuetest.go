// Package queuetest states what every queue must do, whatever its engine: one suite that each driver's test runs in a few lines. It
// knows the seam only.
package queuetest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/queue"
)

// Engine is an empty queue made for one test, with the queue of its dead letters.
type Engine struct {
	Queue queue.Queue
	Dead  interface {
		queue.Queue
		queue.DeadLetters
	}
	// Reopen opens the queue again as a process does that starts after the one before was killed.
	Reopen func() queue.Queue
	// Now is the time by which the engine goes, and Pass lets a little of it pass.
	Now  func() time.Time
	Pass func()
}

// Open makes an engine whose messages become dead letters after so many deliveries.
type Open func(t *testing.T, attempts int) Engine

// Run runs the suite, its tests beside each other, since with some engines time can't be hurried.
func Run(t *testing.T, open Open) {
	for _, group := range [][]test{messageTests, hidingTests, deadTests, receiverTests} {
		for _, one := range group {
			t.Run(one.name, func(t *testing.T) {
				t.Parallel()
				one.run(&suite{T: t, ctx: t.Context(), Engine: open(t, attempts)})
			})
		}
	}
}

const (
	attempts = 3
	// short is the least time that every engine counts; long never ends during a test.
	short = time.Second
	long  = time.Hour
	// patience is how long an engine may take for what it does by itself.
	patience = 15 * time.Second
)

type test struct {
	name string
	run  func(*suite)
}

// suite is one test with its queue.
type suite struct {
	*testing.T
	Engine
	ctx context.Context
}

func (s *suite) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *suite) is(err, want error) {
	s.Helper()
	if !errors.Is(err, want) {
		s.Fatalf("got error %v, want %v", err, want)
	}
}

func (s *suite) equal(got, want any) {
	s.Helper()
	if !reflect.DeepEqual(got, want) {
		s.Fatalf("got  %v\nwant %v", got, want)
	}
}

func (s *suite) send(bodies ...string) {
	s.Helper()
	for _, body := range bodies {
		s.must(s.Queue.Send(s.ctx, []byte(body), 0))
	}
}

// receive waits for one message of a queue and hides it.
func (s *suite) receive(from queue.Queue, hidden time.Duration) queue.Delivery {
	s.Helper()
	for deadline := s.Now().Add(patience); s.Now().Before(deadline); s.Pass() {
		ds, err := from.Receive(s.ctx, 1, hidden)
		s.must(err)
		if len(ds) > 0 {
			return ds[0]
		}
	}
	s.Fatal("no message came")
	return queue.Delivery{}
}

// receiveAll waits for so many messages, hides them and returns their bodies in order.
func (s *suite) receiveAll(from queue.Queue, n int) []string {
	s.Helper()
	bodies := make([]string, n)
	for i := range bodies {
		bodies[i] = string(s.receive(from, long).Body)
	}
	slices.Sort(bodies)
	return bodies
}

// silent checks that no message comes for a time.
func (s *suite) silent(from queue.Queue, d time.Duration) {
	s.Helper()
	for end := s.Now().Add(d); ; s.Pass() {
		ds, err := from.Receive(s.ctx, 1, long)
		s.must(err)
		if len(ds) > 0 {
			s.Fatalf("came: %q, attempt %d", ds[0].Body, ds[0].Attempt)
		}
		if !s.Now().Before(end) {
			return
		}
	}
}
