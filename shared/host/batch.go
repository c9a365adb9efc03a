package host

import (
	"context"
	"strconv"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"github.com/learning-cities/guildhall/shared/queue"
)

// Batch answers the events of an SQS queue: run is given the messages and says which of them failed. Those are delivered again, the
// others are done.
func Batch(
	run func(ctx context.Context, messages []queue.Delivery) (failed []string), clock func() time.Time,
) func(context.Context, events.SQSEvent) (events.SQSEventResponse, error) {
	return func(ctx context.Context, event events.SQSEvent) (events.SQSEventResponse, error) {
		// The list is never nil: as null it is no answer, and a whole batch would be delivered again.
		response := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
		for _, id := range run(Begin(ctx, clock()), deliveries(event)) {
			response.BatchItemFailures = append(response.BatchItemFailures, events.SQSBatchItemFailure{ItemIdentifier: id})
		}
		return response, nil
	}
}

func deliveries(event events.SQSEvent) []queue.Delivery {
	list := make([]queue.Delivery, len(event.Records))
	for i, message := range event.Records {
		attempt, err := strconv.Atoi(message.Attributes["ApproximateReceiveCount"])
		if err != nil || attempt < 1 {
			attempt = 1
		}
		list[i] = queue.Delivery{
			ID: message.MessageId, Receipt: message.ReceiptHandle, Body: []byte(message.Body), Attempt: attempt,
			Sent: queue.SentAt(message.Attributes["SentTimestamp"]),
		}
	}
	return list
}
