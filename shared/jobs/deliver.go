package jobs

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/letter"
	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/schedule"
)

// Person finds whom a letter goes to: people.Directory.
type Person interface {
	Person(ctx context.Context, id string) (people.Person, error)
}

// Deliver is the job that sends letters, each once: the intent is on record before anything leaves, and what ends without an answer is
// left to a person.
type Deliver struct {
	Schedules []programme.Schedule
	Outbox    *outbox.Store
	People    Person
	Sender    mail.Sender // nil: nothing is sent, and letters wait
	// May says whether a person may still read what an occasion's report says; nobody else is written to. nil: everybody may.
	May     func(reader access.Actor, o schedule.Occasion) bool
	Queue   queue.Sender // brings tasks to this same job
	Clock   identity.Clock
	Log     *slog.Logger
	Measure metric.Sink
	From    string // address, with or without a name before it
	Address string // the product's, with a slash at its end
}

// The waiting for what takes letters: a minute at first, twice as long each time up to six hours, in all some twenty hours.
const (
	firstPutOff = time.Minute
	longPutOff  = 6 * time.Hour
	mostPutOff  = 12
)

// Name implements Job.
func (d *Deliver) Name() string { return "deliver" }

func (d *Deliver) read(body []byte) ([]task.Task, error) {
	t, err := task.Read(body)
	if err != nil {
		return nil, err
	}
	if _, ok := outbox.ParseLetter(t.Letter); !ok || t.Import != "" || t.Export != "" || t.Template != nil {
		return nil, poison("not a letter")
	}
	return []task.Task{t}, nil
}

func (d *Deliver) do(ctx context.Context, t task.Task) error {
	l, _ := outbox.ParseLetter(t.Letter)
	m, err := d.Outbox.Mail(ctx, l)
	switch {
	case err != nil:
		return err
	case m.State == outbox.Sending: // by another one, or by one that was ended
		_, err := d.Outbox.Expire(ctx, l)
		return err
	case m.State != outbox.Waiting || d.Sender == nil || d.Clock().Before(m.NotBefore):
		return nil
	}
	message, reason, err := d.write(ctx, m)
	if err != nil {
		return err
	}
	if reason != "" {
		return d.Outbox.Drop(ctx, l, reason)
	}
	m, ours, err := d.Outbox.Begin(ctx, l)
	if err != nil || !ours {
		return err
	}
	receipt, err := d.Sender.Send(ctx, message)
	return d.ended(ctx, m, receipt, err)
}

// write is the message of a letter, or why there is none.
func (d *Deliver) write(ctx context.Context, m outbox.Mail) (mail.Message, string, error) {
	l := m.Letter
	e, _, err := d.Outbox.Entry(ctx, l.Summary)
	if err != nil {
		return mail.Message{}, "", err
	}
	how, known := schedule.Of(d.Schedules, e.Occasion)
	if now := d.Clock(); over(how, e.Occasion, now) || now.Sub(m.Since) > schedule.CatchUp { // such as while there was no sender
		return mail.Message{}, outbox.Past, nil
	}
	p, reason, err := d.reader(ctx, l, e, how)
	if err != nil || reason != "" {
		return mail.Message{}, reason, err
	}
	kept, err := d.Outbox.Kept(ctx, l.Summary, l.Revision)
	if err != nil {
		return mail.Message{}, "", err
	}
	written := letter.Write(kept.Report, letter.About{
		Lang: p.Lang, Address: d.Address, Revision: l.Revision, Changes: kept.Changes, Schedule: how.Label,
		Contractual: known && how.Contractual,
	})
	return mail.Message{
		ID: l.String(), From: d.From, To: p.Email, Subject: written.Subject, Text: written.Text, HTML: written.HTML,
		Lang: string(p.Lang), Date: d.Clock().UTC(), Decline: written.Decline,
	}, "", nil
}

// reader is whom a letter goes to, or why it goes to nobody.
func (d *Deliver) reader(
	ctx context.Context, l outbox.Letter, e outbox.Entry, how programme.Schedule,
) (p people.Person, reason string, err error) {
	if e.Revision > l.Revision {
		again, err := d.Outbox.People(ctx, l.Summary, e.Revision)
		if err != nil || slices.Contains(again, l.Person) {
			return p, outbox.Corrected, err
		}
	}
	p, err = d.People.Person(ctx, l.Person)
	switch {
	case codeOf(err) == "PERSON_UNKNOWN":
		return p, outbox.Gone, nil
	case err != nil:
		return p, "", err
	case d.May != nil && !d.May(p.Actor(), e.Occasion):
		return p, outbox.Gone, nil
	case p.Mailbox.Failing() || p.Email == "":
		return p, outbox.NoAddress, nil
	case !how.Contractual && p.Mailbox.Declines(e.Occasion.Schedule):
		return p, outbox.Declined, nil
	}
	return p, "", nil
}

// outcomeWait is for how long what came of a letter is tried to be put on record, also where the time for the rest has ended.
const outcomeWait = 10 * time.Second

// ended puts on record what came of a letter. Where that can't be done, sending stays on record as begun, and becomes uncertain.
func (d *Deliver) ended(ctx context.Context, m outbox.Mail, receipt string, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), outcomeWait)
	defer cancel()
	err := d.note(ctx, m, receipt, cause)
	if err != nil && passes(err) { // what is known now will never be known again
		err = d.note(ctx, m, receipt, cause)
	}
	switch {
	case err != nil:
		d.Log.ErrorContext(ctx, "outcome not on record", "summary", m.Summary, "attempt", m.Attempt, "error", err)
		return nil // another delivery of the task knows nothing of it
	case cause == nil:
		d.Measure(nil, metric.One("MailsSent"))
	default:
		d.Log.WarnContext(ctx, "mail not sent", "summary", m.Summary, "attempt", m.Attempt, "cause", kindOf(cause))
	}
	return nil
}

func (d *Deliver) note(ctx context.Context, m outbox.Mail, receipt string, cause error) error {
	switch {
	case cause == nil:
		return d.Outbox.Sent(ctx, m, receipt)
	case errors.Is(cause, mail.ErrRefused), errors.Is(cause, mail.ErrInvalid):
		return d.Outbox.Fail(ctx, m, outbox.Refused)
	case !errors.Is(cause, mail.ErrLater):
		return d.Outbox.Doubt(ctx, m)
	case m.PutOff+1 >= mostPutOff:
		return d.Outbox.Fail(ctx, m, outbox.Often)
	}
	wait := min(firstPutOff<<m.PutOff, longPutOff)
	if err := d.Outbox.Later(ctx, m, d.Clock().Add(wait)); err != nil || wait > queue.MaxDelay {
		return err // what waits longer than a queue lets it gets its task from Summaries
	}
	return d.Queue.Send(ctx, task.Deliver(m.Letter), wait)
}

// kindOf is a sender's error as the log may have it: what it says beyond that can hold an address.
func kindOf(err error) string {
	for _, kind := range []error{mail.ErrRefused, mail.ErrInvalid, mail.ErrLater} {
		if errors.Is(err, kind) {
			return kind.Error()
		}
	}
	return "uncertain"
}

// giveUp has a letter that can't be written looked at by a person. One that is being sent becomes uncertain in its time.
func (d *Deliver) giveUp(ctx context.Context, t task.Task, cause error) error {
	l, ok := outbox.ParseLetter(t.Letter)
	if !ok || passes(cause) {
		return nil // it waits, and gets another task
	}
	err := d.Outbox.Break(ctx, l)
	if codeOf(err) == "MAIL_UNKNOWN" {
		return nil
	}
	return err
}
