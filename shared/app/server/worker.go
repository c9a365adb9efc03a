package server

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/app/assembly"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/queue/embedded"
)

const (
	hidden = 10 * time.Minute // how long a batch of messages may take
	poll   = time.Second      // how often a queue is looked at for what was put off, and the clock for what is due
)

// sender is whom letters are from that go into the folder.
const sender = "Guildhall <guildhall@localhost>"

// worker does what one queue brings, a batch at a time. Sending to it wakes it.
type worker struct {
	name   string
	queue  *embedded.Queue
	dead   *embedded.Queue
	runner *jobs.Runner
	wake   chan struct{}
}

// workers are those of the queues.
type workers struct{ check, commit, export, deliver *worker }

func (w workers) all() []*worker { return []*worker{w.check, w.commit, w.export, w.deliver} }

// deadLetters are those of the workers. A task that is sent again wakes its worker.
func (w workers) deadLetters() (lines []deadletters.Line) {
	for _, one := range w.all() {
		lines = append(lines, deadletters.Line{Name: one.name, Queue: one, Letters: one.dead})
	}
	return lines
}

// newWorkers makes the workers. Only the one for commits executes plans, as the service behind it supposes that holds the table alone.
func (s *Server) newWorkers(parts assembly.Parts) (w workers, err error) {
	open := func(name string) (*worker, *embedded.Queue) {
		work, dead := s.App.Line(name)
		return &worker{name: name, queue: work, dead: dead, wake: make(chan struct{}, 1)}, dead
	}
	check, dead := open("check")
	if check.runner, err = parts.Check(check, dead); err != nil {
		return workers{}, err
	}
	commit, dead := open("commit")
	if commit.runner, err = parts.Commit(commit, dead); err != nil {
		return workers{}, err
	}
	export, dead := open("export")
	export.runner = parts.Export(export, dead)
	deliver, dead := open("deliver")
	deliver.runner = parts.Deliver(assembly.Post{Sender: s.mail, From: sender, Address: s.Address() + "/"}, deliver, dead)
	return workers{check, commit, export, deliver}, nil
}

// Send implements queue.Sender.
func (w *worker) Send(ctx context.Context, body []byte, after time.Duration) error {
	err := w.queue.Send(ctx, body, after)
	select {
	case w.wake <- struct{}{}:
	default: // it is awake
	}
	return err
}

// hurry has work stop and be continued by a further message when the server stops, and when half of its time is over. Contexts know
// no clock but the machine's.
func (s *Server) hurry(ctx context.Context) bool {
	select {
	case <-s.stopping:
		return true
	default:
	}
	deadline, ok := ctx.Deadline()
	return ok && time.Until(deadline) < hidden/2
}

// work does what a queue brings until the server stops.
func (s *Server) work(ctx context.Context, w *worker) {
	for {
		select {
		case <-s.stopping:
			return
		default:
		}
		if s.batch(ctx, w) {
			continue
		}
		pause := time.NewTimer(poll)
		select {
		case <-s.stopping:
		case <-w.wake:
		case <-pause.C:
		}
		pause.Stop()
	}
}

// batch does what is due, at most one batch, and reports whether there was any.
func (s *Server) batch(ctx context.Context, w *worker) bool {
	ctx, cancel := context.WithTimeout(ctx, hidden)
	defer cancel()
	n, err := w.runner.Receive(ctx, w.queue, hidden)
	if err != nil {
		s.Log.WarnContext(ctx, "queue unavailable", "error", err)
	}
	return n > 0 && err == nil
}
