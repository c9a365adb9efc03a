package fault

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/queue"
)

// faultyQueue is a queue as a process sees it.
type faultyQueue struct {
	below   queue.Queue
	process *Process
	name    string
}

// Queue is a queue of that name as the process sees it: each call is an operation.
func (p *Process) Queue(name string, below queue.Queue) queue.Queue {
	return faultyQueue{below, p, name}
}

// Send implements queue.Sender. A message that is held back is sent past the faults.
func (q faultyQueue) Send(ctx context.Context, body []byte, after time.Duration) error {
	again := func(ctx context.Context) error { return q.below.Send(ctx, body, 0) }
	switch kind := q.process.next("queue.Send", q.name+" "+string(body), sending); kind {
	case Refused:
		return queue.ErrUnavailable
	case Killed:
		return ErrKilled
	case Lost, Ended:
		_ = q.below.Send(ctx, body, after) // nobody is told
		if kind == Lost {
			return queue.ErrUnavailable
		}
		q.process.cancel()
		return ErrKilled
	case Overtaken:
		q.process.line.hold(kind, again)
		return nil
	case Late:
		q.process.line.hold(kind, again)
	case Twice:
		if err := q.below.Send(ctx, body, after); err != nil {
			return err
		}
	}
	return q.below.Send(ctx, body, after)
}

// Receive implements queue.Queue.
func (q faultyQueue) Receive(ctx context.Context, most int, hidden time.Duration) ([]queue.Delivery, error) {
	return ask(q.process, "queue.Receive", q.name, writing, queue.ErrUnavailable, func() ([]queue.Delivery, error) {
		return q.below.Receive(ctx, most, hidden)
	})
}

// Done implements queue.Queue.
func (q faultyQueue) Done(ctx context.Context, d queue.Delivery) error {
	return q.process.do("queue.Done", q.name, writing, queue.ErrUnavailable, func() error { return q.below.Done(ctx, d) })
}

// Return implements queue.Queue.
func (q faultyQueue) Return(ctx context.Context, d queue.Delivery, after time.Duration) error {
	return q.process.do("queue.Return", q.name, writing, queue.ErrUnavailable, func() error { return q.below.Return(ctx, d, after) })
}

// faultyDead takes dead letters as a process sees it.
type faultyDead struct {
	below   queue.DeadLetters
	process *Process
	name    string
}

// DeadLetters takes dead letters of that queue as the process sees it: each call is an operation.
func (p *Process) DeadLetters(name string, below queue.DeadLetters) queue.DeadLetters {
	return faultyDead{below, p, name}
}

// Bury implements queue.DeadLetters.
func (d faultyDead) Bury(ctx context.Context, body []byte, reason string) error {
	return d.process.do("queue.Bury", d.name, writing, queue.ErrUnavailable, func() error { return d.below.Bury(ctx, body, reason) })
}
