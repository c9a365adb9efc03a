package sqs

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/learning-cities/guildhall/shared/queue"
)

const (
	// looked is for how long letters are hidden that somebody looks at. They are returned at once; a process that ends before leaves them hidden so long.
	looked = 30 * time.Second
	// allServers has a reception ask all servers of the service rather than a few of them: one that finds nothing says that nothing is there.
	allServers = 1 // seconds
)

// Letters implements queue.Graveyard. SQS can only receive: the letters are hidden while they are looked through, and returned then.
func (q *Queue) Letters(ctx context.Context, max int) (letters []queue.Delivery, more bool, err error) {
	if err := ready(ctx, queue.CheckLetters(max)); err != nil {
		return nil, false, err
	}
	found, err := q.gather(ctx, max+1, looked, func(queue.Delivery) bool { return false })
	if err := q.putBack(ctx, found); err != nil {
		return nil, false, err
	}
	if err != nil {
		return nil, false, err
	}
	slices.SortFunc(found, func(a, b queue.Delivery) int { return cmp.Or(a.Sent.Compare(b.Sent), cmp.Compare(a.ID, b.ID)) })
	if more = len(found) > max; more {
		found = found[:max]
	}
	for i := range found {
		found[i].Receipt = ""
	}
	return found, more, nil
}

// Take implements queue.Graveyard. The letters that stand before the one that is wanted are hidden for a moment.
func (q *Queue) Take(ctx context.Context, id string, hidden time.Duration) (*queue.Delivery, error) {
	if err := ready(ctx, queue.CheckTake(id, hidden)); err != nil {
		return nil, err
	}
	wanted := func(d queue.Delivery) bool { return d.ID == id }
	found, err := q.gather(ctx, queue.MaxLetters, max(hidden, looked), wanted)
	var taken *queue.Delivery
	if i := slices.IndexFunc(found, wanted); i >= 0 {
		one := found[i]
		taken, found = &one, slices.Delete(found, i, i+1)
	}
	if err := q.putBack(ctx, found); err != nil {
		return nil, err
	}
	if taken != nil {
		return taken, nil
	}
	return nil, err
}

// gather receives messages until there are no more, or so many, or the one that is wanted. With an error it gives those that it has hidden.
func (q *Queue) gather(ctx context.Context, most int, hidden time.Duration, wanted func(queue.Delivery) bool) (found []queue.Delivery, err error) {
	at := map[string]int{} // by identifier
	for len(found) < most {
		got, err := q.receive(ctx, min(most-len(found), queue.MaxReceive), hidden, allServers)
		if err != nil || len(got) == 0 {
			return found, err
		}
		before := len(found)
		for _, d := range got {
			if i, again := at[d.ID]; again { // hidden, and here all the same: its later receipt is the one that counts
				found[i] = d
			} else {
				at[d.ID] = len(found)
				found = append(found, d)
			}
		}
		if len(found) == before || slices.ContainsFunc(got, wanted) {
			return found, nil
		}
	}
	return found, nil
}

// putBack ends the hiding of messages, also where whoever asked has gone. Those that it can't be ended for are back when their time is over.
func (q *Queue) putBack(ctx context.Context, found []queue.Delivery) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), looked)
	defer cancel()
	for batch := range slices.Chunk(found, queue.MaxReceive) {
		entries := make([]types.ChangeMessageVisibilityBatchRequestEntry, len(batch))
		for i, d := range batch {
			entries[i] = types.ChangeMessageVisibilityBatchRequestEntry{Id: aws.String(strconv.Itoa(i)), ReceiptHandle: aws.String(d.Receipt)}
		}
		_, err := q.client.ChangeMessageVisibilityBatch(ctx, &sqs.ChangeMessageVisibilityBatchInput{QueueUrl: &q.url, Entries: entries})
		if err != nil {
			return queueError(ctx, err)
		}
	}
	return nil
}
