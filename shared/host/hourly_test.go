package host_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"github.com/learning-cities/guildhall/shared/host"
)

func TestATickRunsWithTheClocksMomentHoweverLateItsEventComes(t *testing.T) {
	now := time.Date(2026, 7, 15, 6, 30, 0, 0, time.UTC)
	var event events.EventBridgeEvent
	sample(t, "schedule.json", &event)
	if event.Source != "aws.events" || event.Time.IsZero() || event.Time.Equal(now) {
		t.Fatalf("the sample: %+v", event)
	}
	failure := errors.New("from the run")
	ctx, cancel := context.WithDeadline(t.Context(), now.Add(time.Minute))
	defer cancel()
	err := host.Hourly(func(ctx context.Context, at time.Time) error {
		if !at.Equal(now) {
			t.Errorf("runs as of %v", at)
		}
		if !host.Hurry(func() time.Time { return now.Add(55 * time.Second) })(ctx) {
			t.Error("in no hurry five seconds before the end")
		}
		return failure
	}, func() time.Time { return now })(ctx, event)
	if !errors.Is(err, failure) {
		t.Errorf("a run that fails is answered %v: nobody would send the event again", err)
	}
}
