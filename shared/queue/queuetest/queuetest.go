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
		queue.Graveyard
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
	for _, group := range [][]test{messageTests, hidingTests, deadTests, graveyardTests, receiverTests} {
		for _, one := range group {
			t.Run(one.name, func(t *testing.T) {
				t.Parallel()
				one.run(&suite{T: t, ctx: t.Context(), Engine: open(t, attempts), met: map[string]string{}})
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
	met map[string]string // by body: the identifier of the message that was received first
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
			if body := string(ds[0].Body); s.met[body] == "" {
				s.met[body] = ds[0].ID
			}
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

// silent checks that no message comes for a time. A sender that lost the answer sends again, so that a message may be there twice
// (queue.Sender): another one with the words of one that was received is dealt with and leaves it silent.
func (s *suite) silent(from queue.Queue, d time.Duration) {
	s.Helper()
	for end := s.Now().Add(d); ; s.Pass() {
		ds, err := from.Receive(s.ctx, 1, long)
		s.must(err)
		if len(ds) > 0 {
			first := s.met[string(ds[0].Body)]
			if first == "" || first == ds[0].ID || ds[0].Attempt > 1 || from != s.Queue {
				s.Fatalf("came: %q, attempt %d, message %s; met before: %v", ds[0].Body, ds[0].Attempt, ds[0].ID, s.met)
			}
			s.Logf("%q was sent twice", ds[0].Body)
			s.must(from.Done(s.ctx, ds[0]))
			continue
		}
		if !s.Now().Before(end) {
			return
		}
	}
}
