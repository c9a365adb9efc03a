// Package worker makes the handlers of the functions that work off queues or by the clock. It is apart from onaws since these carry the whole
// product, and the API function must not.
package worker

import (
	"context"
	"errors"
	"time"

	"github.com/learning-cities/guildhall/shared/app/assembly"
	"github.com/learning-cities/guildhall/shared/app/onaws"
	"github.com/learning-cities/guildhall/shared/host"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/mail/ses"
	"github.com/learning-cities/guildhall/shared/queue"
)

// Check handles the batches of the check queue.
func Check(f *onaws.Function) (any, error) {
	runner, err := parts(f).Check(f.Queue(f.Settings.CheckQueue), f.DeadLetters())
	return batches(f, runner), err
}

// Commit handles the batches of the commit queue.
func Commit(f *onaws.Function) (any, error) {
	runner, err := parts(f).Commit(f.Queue(f.Settings.CommitQueue), f.DeadLetters())
	return batches(f, runner), err
}

// Export handles the batches of the export queue.
func Export(f *onaws.Function) (any, error) {
	return batches(f, parts(f).Export(f.Queue(f.Settings.ExportQueue), f.DeadLetters())), nil
}

// Summary answers the ticks of the clock.
func Summary(f *onaws.Function) (any, error) {
	var letters queue.Sender
	if f.Settings.Sender != "" {
		letters = f.Queue(f.Settings.DeliverQueue)
	}
	all := parts(f)
	summaries, sweep := all.Summaries(letters), all.Retention(nil)
	return host.Hourly(func(ctx context.Context, now time.Time) error {
		if err := f.Unfinished(ctx); err != nil { // the next tick finds what is due then
			f.Log.WarnContext(ctx, "nothing is done", "cause", err)
			return nil
		}
		_, made := summaries.Run(ctx, now)
		_, ended := sweep.Run(ctx, now)
		return errors.Join(made, ended, all.Seal(ctx))
	}, f.Clock), nil
}

// Deliver handles the batches of the deliver queue.
func Deliver(f *onaws.Function) (any, error) {
	post := assembly.Post{From: f.Settings.Sender, Address: f.Settings.Address}
	if f.Settings.Sender != "" {
		post.Sender = ses.New(f.Platform(), ses.Options{ConfigurationSet: f.Settings.ConfigurationSet})
	}
	return batches(f, parts(f).Deliver(post, f.Queue(f.Settings.DeliverQueue), f.DeadLetters())), nil
}

// Bounce handles the batches of the bounce queue.
func Bounce(f *onaws.Function) (any, error) {
	return batches(f, parts(f).Bounce(ses.ReadEvent, f.Queue(f.Settings.BounceQueue), f.DeadLetters())), nil
}

func parts(f *onaws.Function) assembly.Parts {
	return assembly.Parts{
		Table: f.Table(), Blobs: f.Files(), Clock: f.Clock, IDs: f.IDs, Hurry: host.Hurry(f.Clock), Log: f.Log, Measure: f.Measure,
	}
}

// batches hands a queue's batches to a runner. While a backup is being restored all messages fail, so that they are delivered again.
func batches(f *onaws.Function, runner *jobs.Runner) any {
	return host.Batch(func(ctx context.Context, batch []queue.Delivery) (failed []string) {
		if err := f.Unfinished(ctx); err != nil {
			f.Log.WarnContext(ctx, "messages are left for later", "cause", err, "messages", len(batch))
			for _, message := range batch {
				failed = append(failed, message.ID)
			}
			return failed
		}
		return runner.Run(ctx, batch)
	}, f.Clock)
}
