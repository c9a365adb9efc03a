// Package sqs is a queue of SQS: of the standard kind, whose redrive policy says after how many deliveries a message becomes a dead
// letter. It knows nothing of what the messages say.
//
// It needs the action SendMessage for sending, and ReceiveMessage, DeleteMessage and ChangeMessageVisibility for the rest, also of a graveyard.
package sqs

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"github.com/aws/smithy-go"

	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/sdkhttp"
)

// Options are how the queue speaks with the service. The zero value is right for one function.
type Options struct {
	Wait     time.Duration        // how long Receive waits for a message, in whole seconds up to 20; 0: not at all
	Tries    int                  // how often a request is sent that failed for no fault of its own; 0: 6
	Backoff  retry.BackoffDelayer // the pauses between tries; nil: random, doubling up to 5 s
	Patience time.Duration        // how long an answer is waited for, beyond Wait; 0: 10 s
}

// Queue is a queue.Queue of the service, which keeps messages for as long as it was told to: 14 days at most.
type Queue struct {
	client *sqs.Client
	url    string
	wait   int32
}

var (
	_ queue.Queue       = (*Queue)(nil)
	_ queue.DeadLetters = (*Queue)(nil)
	_ queue.Graveyard   = (*Queue)(nil)
)

// reason is the attribute of a message that holds why it is a dead letter.
const reason = "Reason"

// New is the queue with that URL. It asks the service nothing. An HTTP client of cfg's that isn't the SDK's own, and a retryer, stay.
func New(cfg aws.Config, url string, o Options) *Queue {
	o = o.complete()
	client := sqs.NewFromConfig(cfg, func(c *sqs.Options) {
		if buildable, ok := c.HTTPClient.(*awshttp.BuildableClient); ok {
			c.HTTPClient = buildable.WithTransportOptions(func(t *http.Transport) { t.ResponseHeaderTimeout = o.Wait + o.Patience })
		}
		c.HTTPClient = sdkhttp.Whole{Sender: c.HTTPClient}
		if cfg.Retryer == nil {
			c.Retryer = retry.NewStandard(func(s *retry.StandardOptions) { s.MaxAttempts, s.Backoff = o.Tries, o.Backoff })
		}
	})
	return &Queue{client: client, url: url, wait: seconds(o.Wait)}
}

func (o Options) complete() Options {
	if o.Tries == 0 {
		o.Tries = 6
	}
	if o.Backoff == nil {
		o.Backoff = retry.NewExponentialJitterBackoff(5 * time.Second)
	}
	if o.Patience == 0 {
		o.Patience = 10 * time.Second
	}
	return o
}

// seconds rounds up: nothing is delivered early.
func seconds(d time.Duration) int32 { return int32((d + time.Second - 1) / time.Second) }

// Send implements queue.Queue. When an answer is lost and the request sent again, the message may be there twice.
func (q *Queue) Send(ctx context.Context, body []byte, after time.Duration) error {
	if err := ready(ctx, queue.CheckSend(body, after)); err != nil {
		return err
	}
	_, err := q.client.SendMessage(ctx, &sqs.SendMessageInput{
		QueueUrl: &q.url, MessageBody: aws.String(string(body)), DelaySeconds: seconds(after),
	})
	return queueError(ctx, err)
}

// Bury implements queue.DeadLetters, in this very queue.
func (q *Queue) Bury(ctx context.Context, body []byte, why string) error {
	if err := ready(ctx, queue.CheckBury(body, why)); err != nil {
		return err
	}
	_, err := q.client.SendMessage(ctx, &sqs.SendMessageInput{
		QueueUrl: &q.url, MessageBody: aws.String(string(body)),
		MessageAttributes: map[string]types.MessageAttributeValue{reason: {DataType: aws.String("String"), StringValue: &why}},
	})
	return queueError(ctx, err)
}

// Receive implements queue.Queue.
func (q *Queue) Receive(ctx context.Context, max int, hidden time.Duration) ([]queue.Delivery, error) {
	if err := ready(ctx, queue.CheckReceive(max, hidden)); err != nil {
		return nil, err
	}
	return q.receive(ctx, max, hidden, q.wait)
}

// receive waits for messages for so many seconds at most.
func (q *Queue) receive(ctx context.Context, max int, hidden time.Duration, wait int32) ([]queue.Delivery, error) {
	out, err := q.client.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{
		QueueUrl: &q.url, MaxNumberOfMessages: int32(max), VisibilityTimeout: seconds(hidden), WaitTimeSeconds: wait,
		MessageAttributeNames: []string{reason},
		MessageSystemAttributeNames: []types.MessageSystemAttributeName{
			types.MessageSystemAttributeNameApproximateReceiveCount, types.MessageSystemAttributeNameSentTimestamp,
		},
	})
	if err != nil {
		return nil, queueError(ctx, err)
	}
	var ds []queue.Delivery
	for _, m := range out.Messages {
		attempt, err := strconv.Atoi(m.Attributes[string(types.MessageSystemAttributeNameApproximateReceiveCount)])
		if err != nil {
			return nil, fmt.Errorf("%w: a message without its number of deliveries: %v", queue.ErrUnavailable, err)
		}
		ds = append(ds, queue.Delivery{
			ID: aws.ToString(m.MessageId), Receipt: aws.ToString(m.ReceiptHandle), Body: []byte(aws.ToString(m.Body)), Attempt: attempt,
			Reason: aws.ToString(m.MessageAttributes[reason].StringValue),
			Sent:   queue.SentAt(m.Attributes[string(types.MessageSystemAttributeNameSentTimestamp)]),
		})
	}
	return ds, nil
}

// receiptInvalid is one of the service's words for a delivery that is gone, or has been followed by another.
const receiptInvalid = "ReceiptHandleIsInvalid"

// Done implements queue.Queue.
func (q *Queue) Done(ctx context.Context, d queue.Delivery) error {
	if err := ready(ctx, queue.CheckDone(d)); err != nil {
		return err
	}
	_, err := q.client.DeleteMessage(ctx, &sqs.DeleteMessageInput{QueueUrl: &q.url, ReceiptHandle: &d.Receipt})
	if code(err) == receiptInvalid {
		return nil
	}
	return queueError(ctx, err)
}

// Return implements queue.Queue.
func (q *Queue) Return(ctx context.Context, d queue.Delivery, after time.Duration) error {
	if err := ready(ctx, queue.CheckReturn(d, after)); err != nil {
		return err
	}
	_, err := q.client.ChangeMessageVisibility(ctx, &sqs.ChangeMessageVisibilityInput{
		QueueUrl: &q.url, ReceiptHandle: &d.Receipt, VisibilityTimeout: seconds(after),
	})
	switch code(err) {
	case receiptInvalid, "MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight", "InvalidParameterValue":
		return nil
	}
	return queueError(ctx, err)
}

func ready(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	return err
}

// queueError puts what the service answers in the seam's terms.
func queueError(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	switch code(err) {
	case "InvalidMessageContents", "InvalidParameterValue":
		return fmt.Errorf("%w: %v", queue.ErrInvalid, err)
	}
	// The cause isn't wrapped: a time-out of the connection would pass for the context's.
	return fmt.Errorf("%w: %v", queue.ErrUnavailable, err)
}

// code is the service's word for an error; empty when it gave none.
func code(err error) string {
	var said smithy.APIError
	if errors.As(err, &said) {
		return said.ErrorCode()
	}
	return ""
}
