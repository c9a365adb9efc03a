// Package embedded keeps a queue in a table, for a process that has no other engine: durable when the table is, and correct with
// any number of receivers, since each step is a conditional write. It knows nothing of what the messages say.
//
// A message is one item, whose sort key begins with the moment from which it is to be delivered. So the messages that are due stand
// first, and hiding one moves it behind them.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/table"
)

// Options are what a queue needs besides its table.
type Options struct {
	Clock identity.Clock
	IDs   identity.IDs
	// Attempts is how often a message is delivered before it becomes a dead letter; 0: without end.
	Attempts int
	// Dead names the queue of the same table to which dead letters move; empty: the queue's own name and "-dead".
	Dead string
}

// Queue is a queue.Queue in a table. Messages stay until they are done, however long that takes.
type Queue struct {
	table     table.Table
	partition string
	dead      string
	o         Options
}

var (
	_ queue.Queue       = (*Queue)(nil)
	_ queue.DeadLetters = (*Queue)(nil)
	_ queue.Graveyard   = (*Queue)(nil)
)

// New is the queue of that name in a table: the same each time, so it needs no opening.
func New(t table.Table, name string, o Options) *Queue {
	if o.Dead == "" {
		o.Dead = name + "-dead"
	}
	return &Queue{table: t, partition: partition(name), dead: partition(o.Dead), o: o}
}

// Send implements queue.Queue.
func (q *Queue) Send(ctx context.Context, body []byte, after time.Duration) error {
	if err := ready(ctx, queue.CheckSend(body, after)); err != nil {
		return err
	}
	now := q.o.Clock()
	m := message{id: q.o.IDs(), due: now.Add(after), body: string(body), sent: now}
	return queueError(q.table.Write(ctx, table.Write{Put: m.item(q.partition), Condition: table.Absent()}))
}

// Bury implements queue.DeadLetters, in this very queue.
func (q *Queue) Bury(ctx context.Context, body []byte, reason string) error {
	if err := ready(ctx, queue.CheckBury(body, reason)); err != nil {
		return err
	}
	now := q.o.Clock()
	m := message{id: q.o.IDs(), due: now, body: string(body), reason: reason, sent: now}
	return queueError(q.table.Write(ctx, table.Write{Put: m.item(q.partition), Condition: table.Absent()}))
}

// Receive implements queue.Queue. Messages come in the order in which they are due.
func (q *Queue) Receive(ctx context.Context, max int, hidden time.Duration) ([]queue.Delivery, error) {
	if err := ready(ctx, queue.CheckReceive(max, hidden)); err != nil {
		return nil, err
	}
	var taken []queue.Delivery
	for {
		due, err := q.due(ctx, max-len(taken))
		for i := 0; i < len(due) && err == nil; i++ {
			var d *queue.Delivery
			if d, err = q.take(ctx, due[i], hidden); d != nil {
				taken = append(taken, *d)
			}
		}
		// What was taken is hidden from everybody else, so it is handed out whatever happened afterwards.
		if len(taken) > 0 && (err != nil || len(taken) == max) {
			return taken, nil
		}
		if err != nil || len(due) == 0 {
			return taken, queueError(err)
		}
	}
}

// due are the first messages that are to be delivered by now.
func (q *Queue) due(ctx context.Context, limit int) ([]message, error) {
	now := sortTime(q.o.Clock())
	page, err := q.table.Query(ctx, table.Query{Partition: q.partition, Limit: limit})
	if err != nil {
		return nil, err
	}
	var due []message
	for _, item := range page.Items {
		if sortTime(dueOf(item.Key.Sort)) > now {
			break
		}
		due = append(due, parse(item))
	}
	return due, nil
}

// take hides a message and makes a delivery of it, or puts it aside; nil when it became a dead letter or another receiver was faster.
func (q *Queue) take(ctx context.Context, m message, hidden time.Duration) (*queue.Delivery, error) {
	if q.o.Attempts > 0 && m.attempt >= q.o.Attempts {
		letter := message{id: m.id, due: q.o.Clock(), body: m.body, reason: m.reason, sent: m.sent}
		_, err := q.move(ctx, m, letter.item(q.dead))
		return nil, err
	}
	next := m
	next.due, next.attempt, next.held = q.o.Clock().Add(hidden), m.attempt+1, true
	moved, err := q.move(ctx, m, next.item(q.partition))
	if err != nil || !moved {
		return nil, err
	}
	d := next.delivery()
	d.Receipt = next.receipt()
	return &d, nil
}

// Done implements queue.Queue.
func (q *Queue) Done(ctx context.Context, d queue.Delivery) error {
	if err := ready(ctx, queue.CheckDone(d)); err != nil {
		return err
	}
	m, err := parseReceipt(d)
	if err != nil {
		return err
	}
	err = q.table.Write(ctx, table.Write{Delete: m.key(q.partition), Condition: m.unchanged()})
	if isStale(err) {
		return nil
	}
	return queueError(err)
}

// Return implements queue.Queue.
func (q *Queue) Return(ctx context.Context, d queue.Delivery, after time.Duration) error {
	if err := ready(ctx, queue.CheckReturn(d, after)); err != nil {
		return err
	}
	m, err := parseReceipt(d)
	if err != nil {
		return err
	}
	stored, err := q.table.Get(ctx, m.key(q.partition))
	if errors.Is(err, table.ErrNotFound) {
		return nil
	}
	if err != nil {
		return queueError(err)
	}
	back := parse(stored)
	back.due, back.held = q.o.Clock().Add(after), false
	_, err = q.move(ctx, m, back.item(q.partition))
	return queueError(err)
}

// Release ends the hiding of all messages, as if each had been returned. It is for the start of a process that holds the table alone:
// whoever received them is no more.
func (q *Queue) Release(ctx context.Context) error {
	var held []message
	err := q.each(ctx, func(m message) bool {
		if m.held {
			held = append(held, m)
		}
		return true
	})
	if err != nil {
		return queueError(err)
	}
	for _, m := range held {
		back := m
		back.due, back.held = q.o.Clock(), false
		if _, err := q.move(ctx, m, back.item(q.partition)); err != nil {
			return queueError(err)
		}
	}
	return nil
}

// each gives the messages in the order in which they are due, until one isn't wanted any more.
func (q *Queue) each(ctx context.Context, wanted func(message) bool) error {
	for query := (table.Query{Partition: q.partition}); ; {
		page, err := q.table.Query(ctx, query)
		if err != nil {
			return err
		}
		for _, item := range page.Items {
			if !wanted(parse(item)) {
				return nil
			}
		}
		if page.Cursor == "" {
			return nil
		}
		query.After = page.Cursor
	}
}

// move replaces a message as it was read by another item; false when it isn't as it was read.
func (q *Queue) move(ctx context.Context, m message, to *table.Item) (bool, error) {
	from := m.key(q.partition)
	var err error
	if from == to.Key {
		err = q.table.Write(ctx, table.Write{Put: to, Condition: m.unchanged()})
	} else {
		err = q.table.Transact(ctx, []table.Write{{Delete: from, Condition: m.unchanged()}, {Put: to, Condition: table.Absent()}})
	}
	if isStale(err) {
		return false, nil
	}
	return err == nil, err
}

// isStale: the message isn't any more as it was read.
func isStale(err error) bool {
	var one *table.ConditionError
	var several *table.TransactionError
	return errors.As(err, &one) || errors.As(err, &several)
}

func ready(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	return err
}

// queueError puts what a table answers in the seam's terms.
func queueError(err error) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return fmt.Errorf("%w: %w", queue.ErrUnavailable, err)
}
