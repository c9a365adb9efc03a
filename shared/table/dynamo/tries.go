package dynamo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/smithy-go"

	"github.com/learning-cities/guildhall/shared/table"
)

// The pauses between tries: random, below a bound that doubles from the first to the longest.
const (
	firstPause   = 25 * time.Millisecond
	longestPause = 2 * time.Second
)

// read sends a request that changes nothing until it is answered or refused, at most as often as the options say.
func (d *driver) read(ctx context.Context, send func(context.Context) error) error {
	return d.send(ctx, send, true)
}

// write sends a request that changes something, again only while it is known to have had no effect. A write whose answer was
// lost isn't sent again: the second try could find the first one's effect, report its condition as failed, and the caller would
// believe that nothing was written; or it could undo what another wrote in between.
func (d *driver) write(ctx context.Context, send func(context.Context) error) error {
	return d.send(ctx, send, false)
}

func (d *driver) send(ctx context.Context, send func(context.Context) error, repeatable bool) error {
	for try := 1; ; try++ {
		err := d.sendOnce(ctx, send)
		result := outcomeOf(err)
		switch {
		case result == answered, result == refused:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case result == lost && !repeatable, try == d.options.Tries:
			return unavailable(err)
		}
		if err := d.pause(ctx, try); err != nil {
			return err
		}
	}
}

func (d *driver) sendOnce(ctx context.Context, send func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, d.options.Patience)
	defer cancel()
	return send(ctx)
}

// pause waits before the try after this one.
func (d *driver) pause(ctx context.Context, try int) error {
	longest := min(firstPause<<min(try-1, 10), longestPause)
	return d.options.Pause(ctx, time.Duration(d.options.Random()*float64(longest)))
}

func pause(ctx context.Context, length time.Duration) error {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// unavailable keeps the service's code, or the network's word, as text only: a deadline in it isn't the caller's.
func unavailable(err error) error {
	var api smithy.APIError
	if errors.As(err, &api) {
		return fmt.Errorf("%w: %s: %s", table.ErrUnavailable, api.ErrorCode(), api.ErrorMessage())
	}
	return fmt.Errorf("%w: %v", table.ErrUnavailable, err)
}
