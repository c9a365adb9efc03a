package host

import (
	"context"
	"time"

	"github.com/aws/aws-lambda-go/events"
)

// Hourly answers the events of a rule that comes round by the clock. The moment is the clock's and not the event's: one that comes late, twice
// or after others is no other than the one that was due, and what was missed is found without it. An error has the platform send the event again.
func Hourly(
	run func(ctx context.Context, now time.Time) error, clock func() time.Time,
) func(context.Context, events.EventBridgeEvent) error {
	return func(ctx context.Context, _ events.EventBridgeEvent) error {
		now := clock()
		return run(Begin(ctx, now), now)
	}
}
