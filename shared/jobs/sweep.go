package jobs

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
)

// patience is for how long a letter waits beyond its time before a further task is sent for it: the one it had may be lost.
const patience = 10 * time.Minute

// sweep looks at every letter with which something is still to be done: what somebody has been sending for too long is uncertain, and
// what has waited too long gets a task again. It counts them as they stand then.
func (r *round) sweep(ctx context.Context) error {
	return r.Outbox.EachOpen(ctx, func(m outbox.Mail) error {
		var err error
		switch m.State {
		case outbox.Sending:
			m, err = r.Outbox.Expire(ctx, m.Letter)
		case outbox.Waiting:
			if r.Queue != nil && !r.now.Before(m.NotBefore.Add(patience)) {
				err = r.Queue.Send(ctx, task.Deliver(m.Letter), 0)
			}
		}
		switch m.State {
		case outbox.Waiting, outbox.Sending:
			r.Waiting++
		case outbox.Uncertain:
			r.Uncertain++
		case outbox.Failed:
			r.Refused++
		}
		return err
	})
}

// over reports whether it is too late for a reminder of something to come: its deadline has passed, or its day in the schedule's zone.
func over(s programme.Schedule, o schedule.Occasion, now time.Time) bool {
	switch {
	case !o.About.Reminds() || o.Ahead < 0:
		return false
	case !o.Closes.IsZero():
		return now.After(o.Closes)
	}
	return now.After(o.Day.EndOf(s.Location()))
}
