package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/table/faulty"
)

func TestALetterSaysWhatTheReportSaysAndGoesToTheAddressOnRecord(t *testing.T) {
	m := newMailroom(t)
	l := m.only()
	m.ask(l)
	if len(m.sent) != 1 {
		t.Fatal(m.sent)
	}
	got := m.sent[0]
	same(t, []any{got.ID, got.From, got.To, got.Subject, got.Lang, got.Date, got.Decline}, []any{
		l.String(), "Network <no-reply@network.example>", "a@city.example", "The fund-month 2026-04-30", "en", m.now, "",
	})
	if !strings.Contains(got.Text, "https://guildhall.example/summaries/"+l.Summary) || got.HTML == "" {
		t.Errorf("%+v", got)
	}
	mail := m.mail(l)
	same(t, []any{mail.State, mail.Attempt, mail.Receipt}, []any{outbox.Sent, 1, "receipt"})
	same(t, m.figures["MailsSent"], 1.0)
}

func TestWhatTheSenderAnswersIsHowTheLetterStands(t *testing.T) {
	for _, c := range []struct {
		answer error
		state  outbox.State
		reason string
		tasks  int
	}{
		{nil, outbox.Sent, "", 0},
		{fmt.Errorf("ses: %w", mail.ErrLater), outbox.Waiting, "", 1},
		{fmt.Errorf("ses: %w: ada@city.example", mail.ErrRefused), outbox.Failed, outbox.Refused, 0},
		{mail.ErrInvalid, outbox.Failed, outbox.Refused, 0},
		{errNoAnswer, outbox.Uncertain, "", 0},
		{context.DeadlineExceeded, outbox.Uncertain, "", 0},
	} {
		m := newMailroom(t)
		m.answer = func(mail.Message) error { return c.answer }
		l := m.only()
		m.ask(l)
		m.ask(l)
		got := m.mail(l)
		same(t, []any{got.State, got.Reason, got.Attempt, len(m.tasks), len(m.failures)}, []any{c.state, c.reason, 1, c.tasks, 0})
		if log := m.log.String(); strings.Contains(log, "city.example") {
			t.Errorf("the log has an address: %s", log)
		}
	}
}

func TestWhatIsNotTakenIsTriedEverLaterAndGivenUpInTheEnd(t *testing.T) {
	m := newMailroom(t)
	m.answer = func(mail.Message) error { return mail.ErrLater }
	l := m.only()
	var waits []string
	for m.ask(l); m.mail(l).State == outbox.Waiting; m.ask(l) {
		wait := m.mail(l).NotBefore.Sub(m.now)
		waits = append(waits, wait.String())
		m.set(m.now.Add(wait - time.Second))
		m.ask(l) // too early
		m.set(m.now.Add(time.Second))
	}
	same(t, strings.Join(waits, " "), "1m0s 2m0s 4m0s 8m0s 16m0s 32m0s 1h4m0s 2h8m0s 4h16m0s 6h0m0s 6h0m0s")
	got := m.mail(l)
	same(t, []any{got.State, got.Reason, got.Attempt, got.PutOff}, []any{outbox.Failed, outbox.Often, 12, 11})
	m.answer = func(mail.Message) error { return nil }
	if _, err := m.store().SendAgain(t.Context(), l, "anna", got.Version); err != nil {
		t.Fatal(err)
	}
	m.ask(l)
	same(t, m.mail(l).State, outbox.Sent)
}

func TestALetterIsDroppedWhereItIsNotToBeSentAnyMore(t *testing.T) {
	change := func(how func(p *people.Person)) func(*mailroom, outbox.Letter) {
		return func(m *mailroom, l outbox.Letter) {
			p := m.people[l.Person]
			how(&p)
			m.people[l.Person] = p
		}
	}
	contractual := func(m *mailroom, _ outbox.Letter) { m.facts.Spans = m.facts.Spans[:1] }
	for name, c := range map[string]struct {
		what   func(*mailroom, outbox.Letter)
		reason string
	}{
		"gone":        {func(m *mailroom, l outbox.Letter) { delete(m.people, l.Person) }, outbox.Gone},
		"failing":     {change(func(p *people.Person) { p.Mailbox.FailingSince = playFrom }), outbox.NoAddress},
		"declined":    {change(func(p *people.Person) { p.Mailbox.Declined = []string{"network-month"} }), outbox.Declined},
		"another":     {change(func(p *people.Person) { p.Mailbox.Declined = []string{"fund-month"} }), ""},
		"corrected":   {func(m *mailroom, l outbox.Letter) { m.correct(l, "a") }, outbox.Corrected},
		"not to them": {func(m *mailroom, l outbox.Letter) { m.correct(l, "b") }, ""},
		"no address":  {func(m *mailroom, _ outbox.Letter) { m.people["a"] = people.Person{ID: "a"} }, outbox.NoAddress},
	} {
		m := newMailroom(t)
		m.facts.Spans = m.facts.Spans[1:]
		l := m.only()
		c.what(m, l)
		m.ask(l)
		got := m.mail(l)
		want := outbox.Dropped
		if c.reason == "" {
			want = outbox.Sent
		}
		if got.State != want || got.Reason != c.reason || len(m.sent) > 0 && want == outbox.Dropped {
			t.Errorf("%s: %s, %s, %d sent", name, got.State, got.Reason, len(m.sent))
		}
	}
	m := newMailroom(t) // what is contractual nobody declines
	contractual(m, outbox.Letter{})
	l := m.only()
	change(func(p *people.Person) { p.Mailbox.Declined = []string{"fund-month"} })(m, l)
	m.ask(l)
	same(t, m.mail(l).State, outbox.Sent)
}

// correct makes a correction of a letter's report, for a person.
func (m *mailroom) correct(l outbox.Letter, person string) {
	m.t.Helper()
	kept, err := m.store().Kept(m.t.Context(), l.Summary, 1)
	if err != nil {
		m.t.Fatal(err)
	}
	after := kept.Report
	balance := int64(99)
	after.Figures = []summary.Figure{{Key: "balance", Value: summary.Value{Number: &balance}}}
	changes := summary.Corrections(kept.Report, after)
	if _, err := m.store().Revise(m.t.Context(), l.Summary, 1, "anna", after, changes, []string{person}); err != nil {
		m.t.Fatal(err)
	}
}

func TestAReminderDoesNotLeaveAfterItsDay(t *testing.T) {
	for at, want := range map[string]outbox.State{"2026-06-10T09:59:59Z": outbox.Sent, "2026-06-10T10:00:00Z": outbox.Dropped} {
		m := newMailroom(t)
		m.facts.Spans = nil
		m.set(moment("2026-06-08T17:00:00Z"))
		l := m.only()
		m.set(moment(at))
		m.ask(l)
		same(t, m.mail(l).State, want)
	}
}

func TestALetterThatWaitedForMonthsIsNotMadeUpFor(t *testing.T) {
	for after, want := range map[time.Duration]outbox.State{schedule.CatchUp: outbox.Sent, schedule.CatchUp + time.Second: outbox.Dropped} {
		m := newMailroom(t)
		l := m.only()
		m.set(m.now.Add(after))
		m.ask(l)
		same(t, m.mail(l).State, want)
	}
}

func TestWhoMayNoLongerReadAReportIsNotWrittenTo(t *testing.T) {
	m := newMailroom(t)
	l := m.only()
	d := m.delivery()
	d.May = func(reader access.Actor, o schedule.Occasion) bool {
		return reader.Person != "a" || o.About != programme.FundSummary
	}
	if err := m.Send(t.Context(), task.Deliver(l), 0); err != nil {
		t.Fatal(err)
	}
	m.deliverWith(d)
	same(t, []any{m.mail(l).State, m.mail(l).Reason, len(m.sent)}, []any{outbox.Dropped, outbox.Gone, 0})
}

func TestWithoutASenderLettersWait(t *testing.T) {
	m := newMailroom(t)
	l := m.only()
	d := m.delivery()
	d.Sender = nil
	if err := m.Send(t.Context(), task.Deliver(l), 0); err != nil {
		t.Fatal(err)
	}
	m.deliverWith(d)
	same(t, []any{m.mail(l).State, m.mail(l).Attempt, len(m.failures)}, []any{outbox.Waiting, 0, 0})
}

// A process dies while it sends: nobody sends the letter again unless a person says so.
func TestALetterThatSomebodyDiedSendingBecomesUncertain(t *testing.T) {
	m := newMailroom(t)
	l := m.only()
	m.answer = func(mail.Message) error { panic("out of memory") }
	m.ask(l)
	m.answer = func(mail.Message) error { return nil }
	m.ask(l)
	same(t, m.mail(l).State, outbox.Sending)
	m.set(m.now.Add(outbox.Lease))
	m.ask(l)
	got := m.mail(l)
	same(t, []any{got.State, len(m.sent)}, []any{outbox.Uncertain, 0})
	tally := m.run(m.now.Format(time.RFC3339))
	same(t, []any{tally.Uncertain, m.figures["MailsUncertain"]}, []any{1, 1.0})
	if _, err := m.store().SendAgain(t.Context(), l, "anna", got.Version); err != nil {
		t.Fatal(err)
	}
	m.ask(l)
	same(t, []any{m.mail(l).State, m.mail(l).By, m.mail(l).Attempt, len(m.sent)}, []any{outbox.Sent, "anna", 2, 1})
}

// One who was only slow says in the end what came of it, though somebody took it for dead.
func TestALateResultCountsMoreThanTheDoubt(t *testing.T) {
	m := newMailroom(t)
	l := m.only()
	m.answer = func(mail.Message) error {
		m.now = m.now.Add(outbox.Lease) // under the lock of the sender
		m.mu.Unlock()
		defer m.mu.Lock()
		if _, err := m.store().Expire(t.Context(), l); err != nil {
			t.Error(err)
		}
		same(t, m.mail(l).State, outbox.Uncertain)
		return nil
	}
	m.ask(l)
	same(t, m.mail(l).State, outbox.Sent)
}

// The letter left, but that can't be put on record: it becomes uncertain, and doesn't leave again.
func TestALetterWhoseOutcomeIsLostBecomesUncertain(t *testing.T) {
	m := newMailroom(t)
	l := m.only()
	m.over = faulty.New(m.below, faulty.Plan{Fail: 2, Halt: true})
	m.ask(l)
	m.over = m.below
	m.ask(l)
	same(t, []any{m.mail(l).State, len(m.sent)}, []any{outbox.Sending, 1})
	m.set(m.now.Add(time.Hour))
	m.run(m.now.Format(time.RFC3339))
	m.deliver()
	same(t, []any{m.mail(l).State, len(m.sent)}, []any{outbox.Uncertain, 1})
}

// What came of a letter is put on record also where the time of the function is over.
func TestWhenTimeIsOverWhileALetterIsSentItIsUncertainAtOnce(t *testing.T) {
	m := newMailroom(t)
	l := m.only()
	ctx, cancel := context.WithCancel(t.Context())
	m.answer = func(mail.Message) error { cancel(); return ctx.Err() }
	d := m.delivery()
	runner := jobs.New(d, jobs.Host{
		Queue: m, Dead: m, Clock: m.clock, IDs: func() string { return "r" }, Log: d.Log, Measure: m.measure,
	})
	same(t, len(runner.Run(ctx, batch(task.Deliver(l)))), 0)
	same(t, m.mail(l).State, outbox.Uncertain)
}

// failing is a directory with a mistake.
type failing struct{ err error }

func (f failing) Person(context.Context, string) (people.Person, error) {
	return people.Person{}, f.err
}

func TestALetterThatCannotBeWrittenIsShownToAPerson(t *testing.T) {
	m := newMailroom(t)
	l := m.only()
	d := m.delivery()
	d.People = failing{errors.New("a mistake")}
	runner := jobs.New(d, jobs.Host{
		Queue: m, Dead: m, Clock: m.clock, IDs: func() string { return "r" }, Log: d.Log, Measure: m.measure,
	})
	message := batch(task.Deliver(l))
	for message[0].Attempt = 1; message[0].Attempt <= jobs.Attempts; message[0].Attempt++ {
		same(t, m.mail(l).State, outbox.Waiting)
		runner.Run(t.Context(), message)
	}
	same(t, []any{m.mail(l).State, m.mail(l).Reason, len(m.failures)}, []any{outbox.Failed, outbox.Broken, 1})
}

func TestAMessageThatNamesNoLetterIsPoison(t *testing.T) {
	m := newMailroom(t)
	for _, body := range [][]byte{[]byte("{}"), []byte(`{"letter":"a"}`), task.Check("i"), []byte(`{"letter":"a.1.b","export":"c"}`)} {
		if err := m.Send(t.Context(), body, 0); err != nil {
			t.Fatal(err)
		}
		m.deliver()
	}
	same(t, len(m.failures), 4)
}
