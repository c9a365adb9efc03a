package jobs_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// mailboxes are those that are noted as failing, each with why and since which letter.
type mailboxes struct {
	failing map[string]string
	answers []error // the first ones, nil after them
}

// Failing implements jobs.Mailboxes.
func (b *mailboxes) Failing(_ context.Context, person, why string, sent time.Time) error {
	if len(b.answers) > 0 {
		err := b.answers[0]
		b.answers = b.answers[1:]
		return err
	}
	b.failing[person] = why + " " + sent.UTC().Format(time.RFC3339)
	return nil
}

// hears has the job read what a post office tells, which is an event as JSON here, and gives what failed.
func (m *mailroom) hears(b *mailboxes, told ...string) (failed []string) {
	var messages [][]byte
	for _, one := range told {
		messages = append(messages, []byte(one))
	}
	read := func(body []byte) (*mail.Event, error) {
		var e *mail.Event
		if json.Unmarshal(body, &e) != nil {
			return nil, errors.New("not an event")
		}
		return e, nil
	}
	return jobs.New(&jobs.Bounce{Read: read, Outbox: m.store(), People: b, Log: m.slog, Measure: m.measure}, jobs.Host{
		Queue: m, Dead: m, Clock: m.clock, IDs: func() string { return "the-reference" }, Log: m.slog, Measure: metric.Discard,
	}).Run(m.t.Context(), batch(messages...))
}

func eventOf(l outbox.Letter, what mail.What) string {
	text, err := json.Marshal(mail.Event{Message: l.String(), What: what, Receipt: "from-the-post", Sent: moment("2026-05-06T06:00:00Z")})
	if err != nil {
		panic(err)
	}
	return string(text)
}

func TestWhatBecameOfALetterIsNotedAtItAndAtAMailboxThatTakesNone(t *testing.T) {
	for _, c := range []struct {
		told    []mail.What
		state   outbox.State
		reason  string
		failing string
		figure  string
	}{
		{[]mail.What{mail.Delivered}, outbox.Sent, "", "", "MailsDelivered"},
		{[]mail.What{mail.Bounced}, outbox.Returned, outbox.Bounce, "", "MailsReturned"},
		{[]mail.What{mail.Unreachable}, outbox.Returned, outbox.Bounce, "bounce 2026-05-06T06:00:00Z", "MailsReturned"},
		{[]mail.What{mail.Complained}, outbox.Complained, outbox.Complaint, "complaint 2026-05-06T06:00:00Z", "MailsComplained"},
		{[]mail.What{mail.Complained, mail.Delivered}, outbox.Complained, outbox.Complaint, "complaint 2026-05-06T06:00:00Z", "MailsComplained"},
	} {
		m, b := newMailroom(t), &mailboxes{failing: map[string]string{}}
		l := m.only()
		m.ask(l)
		for _, what := range c.told {
			for range 2 { // everything may come twice
				if failed := m.hears(b, eventOf(l, what)); len(failed) > 0 {
					t.Errorf("%v: failed", c.told)
				}
			}
		}
		got := m.mail(l)
		same(t, []any{got.State, got.Reason, b.failing["a"], m.figures[c.figure]}, []any{c.state, c.reason, c.failing, 1.0})
	}
}

func TestALetterThatArrivedIsUncertainNoLonger(t *testing.T) {
	m, b := newMailroom(t), &mailboxes{failing: map[string]string{}}
	m.answer = func(mail.Message) error { return errNoAnswer }
	l := m.only()
	m.ask(l)
	same(t, m.mail(l).State, outbox.Uncertain)
	m.hears(b, eventOf(l, mail.Delivered))
	got := m.mail(l)
	same(t, []any{got.State, got.Receipt}, []any{outbox.Sent, "from-the-post"})
}

func TestWhatIsToldOfNoLetterOfOursIsPassedOrPutAside(t *testing.T) {
	m, b := newMailroom(t), &mailboxes{failing: map[string]string{}}
	other := outbox.Letter{Summary: "20260331-fund-month-0123456789ab", Revision: 1, Person: "stranger"}
	if failed := m.hears(b, "null", eventOf(other, mail.Unreachable)); len(failed) > 0 || len(m.failures) > 0 || len(b.failing) > 0 {
		t.Errorf("failed %v, put aside %v, failing %v", failed, m.failures, b.failing)
	}
	if failed := m.hears(b, "ada@city.example", `{"Message": "no letter", "What": "delivered"}`); len(failed) > 0 || len(m.failures) != 2 {
		t.Errorf("failed %v, put aside %v", failed, m.failures)
	}
	if strings.Contains(m.log.String(), "ada@") {
		t.Errorf("the log: %s", m.log.String())
	}
}

func TestWhatCanNotBeNotedAtTheMomentIsNotedLater(t *testing.T) {
	m, b := newMailroom(t), &mailboxes{failing: map[string]string{}, answers: []error{table.ErrUnavailable, problem.New("PERSON_UNKNOWN")}}
	l := m.only()
	m.ask(l)
	if failed := m.hears(b, eventOf(l, mail.Unreachable)); len(failed) > 0 || len(m.tasks) != 1 {
		t.Fatalf("failed %v, put off %d", failed, len(m.tasks))
	}
	again := string(m.tasks[0].body)
	if failed := m.hears(b, again); len(failed) > 0 || len(b.failing) > 0 || len(m.tasks) != 1 { // the person is gone
		t.Errorf("failed %v, failing %v", failed, b.failing)
	}
	m.hears(b, again)
	same(t, b.failing["a"], "bounce 2026-05-06T06:00:00Z")
}
