package faults

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app/assembly"
	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/fault"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/queue/embedded"
	"github.com/learning-cities/guildhall/shared/table"
)

// queues are those that the product works off, in the order in which that is done here.
var queues = []string{"check", "commit", "export", "deliver"}

// hidden is for how long a message is hidden from others while it is worked on.
const hidden = 10 * time.Minute

// world is a product that people work with: what outlives its processes, and the one that runs.
type world struct {
	t     testing.TB
	kept  stores
	line  *fault.Line
	began time.Time
	// waited is how much time has passed for queues; all else has its own clock, so that what is stored when is the same in every play.
	waited time.Duration
	// moves has all clocks go with the queues'.
	moves   bool
	ids     identity.IDs
	post    *post
	running *process
}

// clock is the product's.
func (w *world) clock() time.Time {
	if w.moves {
		return w.began.Add(w.waited)
	}
	return w.began
}

// queueClock is that by which messages are due.
func (w *world) queueClock() time.Time { return w.began.Add(w.waited) }

// process is the product from its start until it is killed.
type process struct {
	world     *world
	life      *fault.Process
	parts     assembly.Parts
	office    *office.Office
	people    *people.Service
	sheets    *imports.Service
	summaries *jobs.Summaries
	queues    map[string]queue.Queue
	own       map[string]*embedded.Queue // the same, past the faults
	runners   map[string]*jobs.Runner
}

// patience is how often a person or a clock asks for the same before giving up; each time after the product was started again, where it was
// killed.
const patience = 5

var errEndless = errors.New("there is no end to the work")

// start starts the product over what is kept. It fails where the product is killed at once.
func (w *world) start(ctx context.Context) error {
	over, err := w.kept.open()
	if err != nil {
		return err
	}
	life := w.line.Start(ctx)
	p := &process{world: w, life: life, queues: map[string]queue.Queue{}, own: map[string]*embedded.Queue{}, runners: map[string]*jobs.Runner{}}
	w.running = p
	faulty := life.Table(over)
	p.parts = assembly.Parts{
		Table: faulty, Blobs: life.Blobs(w.kept.blobs()), Clock: w.clock, IDs: w.ids, Exclusive: w.kept.alone(),
		Pause: func(ctx context.Context, _ int) error { return ctx.Err() }, Log: slog.New(slog.DiscardHandler), Measure: metric.Discard,
	}
	messages := faulty
	if !w.kept.alone() {
		messages = w.kept.messages()
	}
	dead := map[string]queue.DeadLetters{}
	for _, name := range queues {
		o := embedded.Options{Clock: w.queueClock, IDs: w.ids, Attempts: jobs.Deliveries}
		p.own[name] = embedded.New(messages, name, o)
		p.queues[name] = life.Queue(name, p.own[name])
		dead[name] = life.DeadLetters(name, embedded.New(messages, name+"-dead", embedded.Options{Clock: w.queueClock, IDs: w.ids}))
	}
	if p.runners["check"], err = p.parts.Check(p.queues["check"], dead["check"]); err != nil {
		return err
	}
	if p.runners["commit"], err = p.parts.Commit(p.queues["commit"], dead["commit"]); err != nil {
		return err
	}
	p.runners["export"] = p.parts.Export(p.queues["export"], dead["export"])
	by := assembly.Post{Sender: life.Mail(w.post), From: "Guildhall <guildhall@example.org>", Address: "https://guildhall.example.org/"}
	p.runners["deliver"] = p.parts.Deliver(by, p.queues["deliver"], dead["deliver"])
	p.summaries = p.parts.Summaries(p.queues["deliver"])
	if p.people, err = p.parts.People([]byte("a key that is only for these tests")); err != nil {
		return err
	}
	if p.sheets, err = p.parts.Imports(); err != nil {
		return err
	}
	p.office = p.parts.Office(p.people, services.Work{
		Check: p.queues["check"], Commit: p.queues["commit"], Export: p.queues["export"], Deliver: p.queues["deliver"], Arrivals: p.queues["check"],
	}, p.parts.Log)
	p.office.Privacy = p.parts.Privacy(nil, false)
	return nil
}

// again starts the product after it was killed; what holds its table alone then finishes what was left half done, as app.OpenEmbedded and
// server.Serve do.
func (w *world) again(ctx context.Context) error {
	if err := w.start(ctx); err != nil || !w.kept.alone() {
		return err
	}
	if _, err := w.running.sheets.Recover(w.running.life.Context()); err != nil {
		return err
	}
	for _, name := range queues {
		if err := w.running.own[name].Release(w.running.life.Context()); err != nil {
			return err
		}
	}
	return nil
}

// step is something that somebody does, until it is answered: what fails is asked for again.
func (w *world) step(ctx context.Context, do func(ctx context.Context, p *process) error) (err error) {
	for range patience {
		p := w.running
		if err = do(p.life.Context(), p); err == nil {
			return w.settle(ctx)
		}
		if p.life.Over() {
			if err := w.again(ctx); err != nil {
				return fmt.Errorf("it does not start again: %w", err)
			}
		}
	}
	return err
}

// settle does what the queues bring until there is nothing left, also nothing that waits or is held back.
func (w *world) settle(ctx context.Context) error {
	for range 200 {
		due, next, err := w.due(ctx)
		if err != nil {
			return err
		}
		if due != "" {
			if _, err := w.running.runners[due].Receive(w.running.life.Context(), w.running.queues[due], hidden); err != nil && w.running.life.Over() {
				if err := w.again(ctx); err != nil {
					return fmt.Errorf("it does not start again: %w", err)
				}
			}
			continue // what failed comes again
		}
		n, err := w.line.Deliver(ctx, fault.Overtaken)
		switch {
		case err != nil:
			return err
		case n > 0:
		case next.IsZero():
			return nil
		default:
			w.waited = next.Sub(w.began)
		}
	}
	return errEndless
}

// due is the first queue with a message that is due, or else when the next one will be.
func (w *world) due(ctx context.Context) (name string, next time.Time, err error) {
	for _, name := range queues {
		page, err := w.kept.messages().Query(ctx, table.Query{Partition: "queue#" + name, Limit: 1})
		if err != nil {
			return "", next, err
		}
		if len(page.Items) == 0 {
			continue
		}
		milliseconds, err := strconv.ParseInt(page.Items[0].Key.Sort[:14], 10, 64)
		if err != nil {
			return "", next, err
		}
		at := time.UnixMilli(milliseconds)
		if !at.After(w.queueClock()) {
			return name, next, nil
		}
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return "", next, nil
}

// post takes letters, from whichever process. It outlives them.
type post struct {
	shut func() bool // it takes none now
	left []mail.Message
}

// Send implements mail.Sender.
func (p *post) Send(_ context.Context, m mail.Message) (string, error) {
	if p.shut != nil && p.shut() {
		return "", mail.ErrLater
	}
	p.left = append(p.left, m)
	return m.ID, nil
}

// counting is a source of identifiers that are the same in every play.
type counting struct{}

// Read implements io.Reader.
func (counting) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// readAll is what a blob holds.
func readAll(r io.ReaderAt, size int64) ([]byte, error) {
	var content bytes.Buffer
	_, err := io.Copy(&content, io.NewSectionReader(r, 0, size))
	return content.Bytes(), err
}
