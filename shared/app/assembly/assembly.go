// Package assembly puts services and jobs together over whatever table, files and queues a host has. It knows no engine and no
// platform, so the embedded stack and the functions do the same.
package assembly

import (
	"context"
	"io"
	"log/slog"
	"time"

	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/kinds"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/retention"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
)

// Parts are what a host gives.
type Parts struct {
	Table table.Table
	Blobs blob.Store
	Clock identity.Clock
	IDs   identity.IDs
	// Programme is the edition that holds; nil: the current one.
	Programme *programme.Edition
	// Hurry tells long work when to stop and be continued; nil: never.
	Hurry func(context.Context) bool
	// Exclusive says that no other process writes to the table.
	Exclusive bool
	// Pause waits between tries of what fails for the moment (see imports.Config); nil: by the machine's clock.
	Pause func(ctx context.Context, try int) error
	// What follows is for jobs only.
	Log     *slog.Logger
	Measure metric.Sink
}

// services are what people ask.
func (p Parts) services() services.Parts {
	return services.Parts{Table: p.Table, Blobs: p.Blobs, Clock: p.Clock, IDs: p.IDs, Programme: p.Programme, Pause: p.Pause}
}

// Edition is the programme that holds.
func (p Parts) Edition() *programme.Edition { return p.services().Edition() }

// Imports is the service that checks sheets and commits plans.
func (p Parts) Imports() (*imports.Service, error) {
	return imports.New(imports.Config{
		Table: p.Table, Records: p.records(), Blobs: p.Blobs, Programme: p.Edition(), Reference: reference.Load(),
		Kinds: kinds.All(), Books: p.Registry(), Clock: p.Clock, IDs: p.IDs, Hurry: p.Hurry, Exclusive: p.Exclusive, Pause: p.Pause,
	})
}

// Intake keeps the records of imports.
func (p Parts) Intake() *intake.Store { return p.services().Intake() }

// Registry enters what is done in the network, one act at a time.
func (p Parts) Registry() *registry.Registry { return p.services().Registry() }

// Exports keeps the records of workbooks that were asked for.
func (p Parts) Exports() *request.Store { return p.services().Exports() }

// Trail is that of who did what.
func (p Parts) Trail() *audit.Trail { return p.services().Trail() }

// Seal gives what was noted its place in the audit trail, and tells the log where the trail then stands: the log is kept elsewhere, so that
// the trail can be held to it. table.ErrUnavailable, *audit.Fault.
func (p Parts) Seal(ctx context.Context) error {
	head, err := p.Trail().Seal(ctx)
	if err == nil && p.Log != nil {
		p.Log.InfoContext(ctx, "audit trail sealed", "number", head.Number, "hash", head.Hash)
	}
	return err
}

// Office is where people ask. on are those whom People gave.
func (p Parts) Office(on *people.Service, work services.Work, log *slog.Logger) *office.Office {
	return p.services().Office(on, work, log)
}

// People are those who may use the product, and their sessions; key is that of door.Keys.
func (p Parts) People(key []byte) (*people.Service, error) { return p.services().People(key) }

// Privacy answers for the data of one person, as services.Parts.Privacy.
func (p Parts) Privacy(letters privacy.Letters, alone bool) *privacy.Service {
	return p.services().Privacy(letters, alone)
}

// Check runs the checks that a queue brings; dead takes what can't be done.
func (p Parts) Check(q queue.Sender, dead queue.DeadLetters) (*jobs.Runner, error) {
	service, err := p.Imports()
	if err != nil {
		return nil, err
	}
	annotate := func(ctx context.Context, report *intake.Report, dst io.Writer, lang locale.Lang) error {
		_, err := service.Annotated(ctx, report, dst, lang)
		return err
	}
	return jobs.New(&jobs.Check{
		Checker: service, Intake: p.Intake(), Copies: &jobs.Copies{Blobs: p.Blobs, Annotate: annotate, Log: p.Log},
		Queue: q, Hurry: p.Hurry,
	}, p.host(q, dead)), nil
}

// Commit runs the commits that a queue brings; dead takes what can't be done.
func (p Parts) Commit(q queue.Sender, dead queue.DeadLetters) (*jobs.Runner, error) {
	service, err := p.Imports()
	if err != nil {
		return nil, err
	}
	return jobs.New(&jobs.Commit{
		Committer: service, Intake: p.Intake(), Copies: &jobs.Copies{Blobs: p.Blobs, Log: p.Log}, Queue: q, Clock: p.Clock,
	}, p.host(q, dead)), nil
}

// Export makes the workbooks that a queue brings the wishes for; dead takes what can't be done.
func (p Parts) Export(q queue.Sender, dead queue.DeadLetters) *jobs.Runner {
	return jobs.New(&jobs.Export{Requests: p.Exports(), Blobs: p.Blobs, Build: p.Build, Template: p.Template}, p.host(q, dead))
}

// Build writes the workbook of a wish from what is stored, or was; before the first record, from what is. CALL_UNKNOWN, TERM_UNKNOWN,
// PAST_NOT_KEPT; *records.BusyError while a commit changes what it shows.
func (p Parts) Build(ctx context.Context, dst io.Writer, wish request.Wish) error {
	var from exports.Snapshotter = p.records()
	if wish.Past {
		from = p.records().AsOf(wish.At).OrNow()
	}
	return exports.Write(ctx, dst, wish.Kind, exports.Input{
		Records: from, Programme: p.Edition(), Reference: reference.Load(),
		Lang: wish.Lang, Format: wish.Format, Term: wish.Term, Call: wish.Call, Donor: wish.Donor, ByID: wish.ByID, From: wish.From, To: wish.To, At: wish.At,
		Trail: p.Trail(),
	})
}

// Template writes an empty workbook for people to fill in, with the choices of its day. KIND_UNKNOWN.
func (p Parts) Template(dst io.Writer, wanted request.Template) error {
	p.Clock = identity.Fixed(wanted.Day.StartOf(time.UTC))
	service, err := p.Imports()
	if err != nil {
		return err
	}
	schema, err := service.Schema(imports.Options{Kind: wanted.Kind})
	if err != nil {
		return err
	}
	return sheet.WriteTemplate(dst, &schema, wanted.Lang, sheet.TemplateOptions{})
}

// Summaries makes the summaries and reminders that are due; letters brings their letters to Deliver, nil where none are to be sent.
func (p Parts) Summaries(letters queue.Sender) *jobs.Summaries {
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	if p.Measure == nil {
		p.Measure = metric.Discard
	}
	on := p.services()
	return &jobs.Summaries{
		Schedules: p.Edition().Schedules, Agenda: on.Agenda(), Digest: on.Digest(), Outbox: on.Outbox(), Queue: letters,
		Clock: p.Clock, IDs: p.IDs, Log: p.Log, Measure: p.Measure, Hurry: p.Hurry,
	}
}

// Retention ends what has been kept for long enough; dead are the failed tasks that nothing else ends, none where the platform does.
func (p Parts) Retention(dead []deadletters.Line) *retention.Sweep {
	on := p.services()
	s := &retention.Sweep{
		Programme: p.Edition(), Table: p.Table, Blobs: p.Blobs, Intake: p.Intake(), Exports: p.Exports(), Outbox: on.Outbox(),
		Log: p.Log, Hurry: p.Hurry, Every: sweptEvery,
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if len(dead) > 0 {
		s.DeadLetters = deadletters.New(dead)
	}
	return s
}

// sweptEvery has an hourly tick walk through imports and exports once a day.
const sweptEvery = 20 * time.Hour

// Post is how letters leave.
type Post struct {
	Sender  mail.Sender // nil: none do, and they wait
	From    string      // address, with or without a name before it
	Address string      // the product's, with a slash at its end
}

// Deliver sends the letters that a queue brings; dead takes what can't be done.
func (p Parts) Deliver(by Post, q queue.Sender, dead queue.DeadLetters) *jobs.Runner {
	on := p.services()
	return jobs.New(&jobs.Deliver{
		Schedules: p.Edition().Schedules, Outbox: on.Outbox(), People: on.Directory(), Sender: by.Sender, May: office.MayRead, Queue: q,
		Clock: p.Clock, Log: p.Log, Measure: p.Measure, From: by.From, Address: by.Address,
	}, p.host(q, dead))
}

// Bounce notes what became of letters, as a queue brings it and read reads it; dead takes what can't be done.
func (p Parts) Bounce(read func([]byte) (*mail.Event, error), q queue.Sender, dead queue.DeadLetters) *jobs.Runner {
	on := p.services()
	return jobs.New(&jobs.Bounce{Read: read, Outbox: on.Outbox(), People: on.Directory(), Log: p.Log, Measure: p.Measure}, p.host(q, dead))
}

func (p Parts) records() *records.Store { return p.services().Records() }

func (p Parts) host(q queue.Sender, dead queue.DeadLetters) jobs.Host {
	return jobs.Host{Queue: q, Dead: dead, Clock: p.Clock, IDs: p.IDs, Log: p.Log, Measure: p.Measure, Hurry: p.Hurry}
}
