package embedded

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/queue"
)

// Letters implements queue.Graveyard. It hides nothing.
func (q *Queue) Letters(ctx context.Context, max int) ([]queue.Delivery, bool, error) {
	if err := ready(ctx, queue.CheckLetters(max)); err != nil {
		return nil, false, err
	}
	var letters []queue.Delivery
	more := false
	err := q.each(ctx, func(m message) bool {
		if more = len(letters) == max; !more {
			letters = append(letters, m.delivery())
		}
		return !more
	})
	if err != nil {
		return nil, false, queueError(err)
	}
	slices.SortFunc(letters, func(a, b queue.Delivery) int { return cmp.Or(a.Sent.Compare(b.Sent), cmp.Compare(a.ID, b.ID)) })
	return letters, more, nil
}

// Take implements queue.Graveyard.
func (q *Queue) Take(ctx context.Context, id string, hidden time.Duration) (*queue.Delivery, error) {
	if err := ready(ctx, queue.CheckTake(id, hidden)); err != nil {
		return nil, err
	}
	var found *message
	now := sortTime(q.o.Clock())
	err := q.each(ctx, func(m message) bool {
		if m.id == id && sortTime(m.due) <= now {
			found = &m
		}
		return found == nil
	})
	if err != nil || found == nil {
		return nil, queueError(err)
	}
	d, err := q.take(ctx, *found, hidden)
	return d, queueError(err)
}
