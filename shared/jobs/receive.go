package jobs

import (
	"context"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/queue"
)

// Receive takes at most one batch from a queue, runs it and answers for each message, for a host whose queues deliver nothing by
// themselves. It gives the number of messages; none may mean that none is due. hidden is how long the batch may take.
func (r *Runner) Receive(ctx context.Context, q queue.Queue, hidden time.Duration) (int, error) {
	batch, err := q.Receive(ctx, queue.MaxReceive, hidden)
	if err != nil || len(batch) == 0 {
		return 0, err
	}
	failed := r.Run(ctx, batch)
	for _, message := range batch {
		if slices.Contains(failed, message.ID) {
			err = q.Return(ctx, message, firstWait)
		} else {
			err = q.Done(ctx, message)
		}
		if err != nil {
			return len(batch), err
		}
	}
	return len(batch), nil
}
