// Package worker makes the handlers of the functions that work off queues. It is apart from onaws since these carry the whole
// product, and the API function must not.
package worker

import (
	"github.com/learning-cities/guildhall/shared/app/assembly"
	"github.com/learning-cities/guildhall/shared/app/onaws"
	"github.com/learning-cities/guildhall/shared/host"
	"github.com/learning-cities/guildhall/shared/jobs"
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

func parts(f *onaws.Function) assembly.Parts {
	return assembly.Parts{
		Table: f.Table(), Blobs: f.Files(), Clock: f.Clock, IDs: f.IDs, Hurry: host.Hurry(f.Clock), Log: f.Log, Measure: f.Measure,
	}
}

func batches(f *onaws.Function, runner *jobs.Runner) any { return host.Batch(runner.Run, f.Clock) }
