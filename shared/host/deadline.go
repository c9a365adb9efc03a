package host

import (
	"context"
	"time"
)

// What is kept of an invocation's time for ending it in order: a batch of rows that was begun is still written, and the rest is
// handed on to a further invocation.
const (
	keptShare = 0.15
	keptLeast = 10 * time.Second
)

type stopKey struct{}

// Begin notes, at the start of an invocation, when its work has to stop: the larger of ten seconds and 15 % of its time before its
// deadline, yet never more than half of its time.
func Begin(ctx context.Context, now time.Time) context.Context {
	deadline, ok := ctx.Deadline()
	if !ok {
		return ctx
	}
	left := deadline.Sub(now)
	kept := min(max(time.Duration(float64(left)*keptShare), keptLeast), left/2)
	return context.WithValue(ctx, stopKey{}, deadline.Add(-kept))
}

// Hurry tells work when to stop and hand on the rest: when what Begin noted has come. Without Begin there is no hurry.
func Hurry(now func() time.Time) func(context.Context) bool {
	return func(ctx context.Context) bool {
		stop, ok := ctx.Value(stopKey{}).(time.Time)
		return ok && !now().Before(stop)
	}
}
