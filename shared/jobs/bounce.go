package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/outbox"
)

// Mailboxes notes whose address takes no letters: people.Directory.
type Mailboxes interface {
	Failing(ctx context.Context, person, why string, sent time.Time) error
}

// Bounce is the job that notes what became of letters after they were sent: that they arrived, came back or were unwanted. Whose letter came
// back for good, or was unwanted, gets no more of them until the address is changed or said to work.
type Bounce struct {
	// Read reads what whoever delivers letters tells of them; nil for what says nothing of that kind.
	Read    func(body []byte) (*mail.Event, error)
	Outbox  *outbox.Store
	People  Mailboxes
	Log     *slog.Logger
	Measure metric.Sink
}

// Name implements Job.
func (b *Bounce) Name() string { return "bounce" }

func (b *Bounce) read(body []byte) ([]task.Task, error) {
	t, err := task.Read(body)
	if err != nil || t.Letter == "" { // it is not one that was put off
		event, err := b.Read(body)
		if err != nil || event == nil {
			return nil, err
		}
		t = task.Became(event.Message, string(event.What), event.Receipt, event.Sent)
	}
	if _, ok := outbox.ParseLetter(t.Letter); !ok {
		return nil, poison("not a letter")
	}
	return []task.Task{t}, nil
}

func (b *Bounce) do(ctx context.Context, t task.Task) error {
	l, _ := outbox.ParseLetter(t.Letter)
	var err error
	var failing string
	switch mail.What(t.Step) {
	case mail.Delivered:
		err = b.Outbox.Arrived(ctx, l, t.Receipt)
	case mail.Bounced:
		err = b.Outbox.CameBack(ctx, l, t.Receipt)
	case mail.Unreachable:
		err, failing = b.Outbox.CameBack(ctx, l, t.Receipt), outbox.Bounce
	case mail.Complained:
		err, failing = b.Outbox.Unwanted(ctx, l, t.Receipt), outbox.Complaint
	default:
		return poison("nothing that becomes of a letter: %.20q", t.Step)
	}
	if codeOf(err) == "MAIL_UNKNOWN" { // of another installation that sends by the same address
		b.Log.WarnContext(ctx, "told of a letter that is not on record", "summary", l.Summary)
		return nil
	}
	if err != nil {
		return err
	}
	if failing != "" {
		if err := b.People.Failing(ctx, l.Person, failing, t.Sent); err != nil && codeOf(err) != "PERSON_UNKNOWN" {
			return err
		}
	}
	b.Measure(nil, metric.One(measured[mail.What(t.Step)]))
	return nil
}

// measured are the figures' names.
var measured = map[mail.What]string{
	mail.Delivered: "MailsDelivered", mail.Bounced: "MailsReturned", mail.Unreachable: "MailsReturned", mail.Complained: "MailsComplained",
}

// giveUp leaves what became of a letter to its dead letter: nothing else knows of it.
func (b *Bounce) giveUp(context.Context, task.Task, error) error { return nil }
