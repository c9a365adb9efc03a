package host_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"github.com/learning-cities/guildhall/shared/host"
	"github.com/learning-cities/guildhall/shared/queue"
)

func TestWhatFailsOfABatchIsNamedAndNothingElse(t *testing.T) {
	var event events.SQSEvent
	sample(t, "sqs-commit.json", &event)
	run := func(_ context.Context, messages []queue.Delivery) []string {
		if len(messages) != 2 || messages[0].Attempt != 1 || messages[1].Attempt != 3 || len(messages[0].Body) == 0 {
			t.Errorf("got %+v", messages)
		}
		return []string{messages[1].ID}
	}
	response, err := host.Batch(run, time.Now)(context.Background(), event)
	if err != nil || len(response.BatchItemFailures) != 1 ||
		response.BatchItemFailures[0].ItemIdentifier != event.Records[1].MessageId {
		t.Errorf("got %+v, %v", response, err)
	}
}

func TestABatchWithoutFailuresHasAnEmptyListOfThem(t *testing.T) {
	run := func(context.Context, []queue.Delivery) []string { return nil }
	response, err := host.Batch(run, time.Now)(context.Background(), events.SQSEvent{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(response)
	if err != nil || string(text) != `{"batchItemFailures":[]}` {
		t.Errorf("got %s, %v: null would have the whole batch delivered again", text, err)
	}
}

func TestTheWorkOfABatchKnowsWhenToStop(t *testing.T) {
	start := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	ctx, cancel := context.WithDeadline(context.Background(), start.Add(time.Minute))
	defer cancel()
	run := func(ctx context.Context, _ []queue.Delivery) []string {
		if host.Hurry(func() time.Time { return start })(ctx) {
			t.Error("in a hurry at once")
		}
		if !host.Hurry(func() time.Time { return start.Add(55 * time.Second) })(ctx) {
			t.Error("in no hurry five seconds before the end")
		}
		return nil
	}
	if _, err := host.Batch(run, func() time.Time { return start })(ctx, events.SQSEvent{}); err != nil {
		t.Fatal(err)
	}
}
