package jobs_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/agenda"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// The schedules of these tests: the fund's month, five days after its end; a cluster's half-year, skipped where nothing is new; and
// reminders before the end of a call and of a term.
var schedules = []programme.Schedule{
	{
		ID: "fund-month", About: programme.FundSummary, Months: 1, Counted: programme.Calendar, After: []int{5}, Hour: 8, Zone: "Europe/Berlin",
		Nothing: programme.SayNothing, Contractual: true, Label: locale.Text{EN: "fund", FR: "fonds", ES: "fondo"},
	},
	{
		ID: "network-month", About: programme.NetworkDigest, Months: 1, Counted: programme.Calendar, After: []int{5}, Hour: 8,
		Zone: "Europe/Berlin", Nothing: programme.SkipNothing,
	},
	{ID: "call-city", About: programme.CallCity, Before: []int{30, 7, 1}, Hour: 8, Zone: "Europe/Berlin"},
	{ID: "term-end", About: programme.TermEnd, Before: []int{14}, After: []int{1}, Hour: 8, Zone: "Europe/Berlin"},
}

// mailroom is summaries and delivery over a table, with a network, a digest and a sender that say what a test has them say.
type mailroom struct {
	t     *testing.T
	below table.Table
	over  table.Table // as the processes have it
	log   bytes.Buffer
	slog  *slog.Logger

	mu       sync.Mutex
	now      time.Time
	tasks    []parcel
	lost     func() bool // whether the queue loses a task
	sent     []mail.Message
	answer   func(mail.Message) error
	figures  map[string]float64
	people   map[string]people.Person
	facts    schedule.Facts
	broken   func(schedule.Occasion) error
	balance  func(o schedule.Occasion) int64 // what a report says
	failures []string
}

type parcel struct {
	body []byte
	due  time.Time
}

func newMailroom(t *testing.T) *mailroom {
	m := &mailroom{
		t: t, now: moment("2026-05-01T06:00:00Z"), figures: map[string]float64{}, people: map[string]people.Person{},
		lost: func() bool { return false }, answer: func(mail.Message) error { return nil },
		broken: func(schedule.Occasion) error { return nil }, balance: func(o schedule.Occasion) int64 { return int64(o.Period.To.Month) },
	}
	m.slog = slog.New(slog.NewJSONHandler(&m.log, nil))
	m.below = memory.New(table.Config{})
	m.over = m.below
	for i, lang := range []locale.Lang{locale.EN, locale.FR, locale.ES} {
		id := string(rune('a' + i))
		m.people[id] = people.Person{ID: id, Standing: people.Standing{Email: id + "@city.example", Role: access.Treasurer, Lang: lang}}
	}
	deadline, _ := time.LoadLocation("Pacific/Kiritimati")
	m.facts = schedule.Facts{
		Spans: []schedule.Span{{About: programme.FundSummary}, {About: programme.NetworkDigest}},
		Marks: []schedule.Mark{
			{About: programme.CallCity, Subject: schedule.Subject{Call: "2026", City: "FR#brest"}, Day: date("2026-06-10"), Zone: deadline},
			{About: programme.TermEnd, Subject: schedule.Subject{Term: "2024", Cluster: "health", City: "FR#brest"}, Day: date("2026-05-20")},
		},
	}
	return m
}

func moment(text string) time.Time {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return at
}

func date(text string) civil.Date {
	d, err := civil.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

func (m *mailroom) clock() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *mailroom) set(at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = at
}

// Facts implements jobs.Agenda.
func (m *mailroom) Facts(context.Context, time.Time) (schedule.Facts, error) { return m.facts, nil }

// Readers implements jobs.Agenda: everybody, but of a term's end nobody.
func (m *mailroom) Readers(_ context.Context, o schedule.Occasion) (readers []agenda.Reader, err error) {
	if o.About == programme.TermEnd && o.Ahead < 0 {
		return nil, nil
	}
	for id, p := range m.people {
		readers = append(readers, agenda.Reader{ID: id, Lang: p.Lang, Role: p.Role})
	}
	return readers, nil
}

// Report implements jobs.Digest. The network has nothing new in even months.
func (m *mailroom) Report(_ context.Context, o schedule.Occasion, at time.Time) (summary.Report, error) {
	if err := m.broken(o); err != nil {
		return summary.Report{}, err
	}
	balance := m.balance(o)
	if o.About == programme.NetworkDigest {
		balance /= 2
	}
	title := o.Schedule + " " + o.Period.To.String() + o.Day.String()
	return summary.Report{
		Occasion: o, AsOf: at, Title: locale.Text{EN: "The " + title, FR: "Le " + title, ES: "El " + title},
		Figures: []summary.Figure{{Key: "balance", Value: summary.Value{Number: &balance}}},
	}, nil
}

// Person implements jobs.Person.
func (m *mailroom) Person(_ context.Context, id string) (people.Person, error) {
	p, ok := m.people[id]
	if !ok {
		return p, problem.New("PERSON_UNKNOWN")
	}
	return p, nil
}

// Send has the tasks of both jobs.
func (m *mailroom) Send(_ context.Context, body []byte, after time.Duration) error {
	if err := queue.CheckSend(body, after); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.lost() {
		m.tasks = append(m.tasks, parcel{body, m.now.Add(after)})
	}
	return nil
}

// Bury implements queue.DeadLetters.
func (m *mailroom) Bury(_ context.Context, body []byte, reason string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failures = append(m.failures, string(body)+" "+reason)
	return nil
}

// post is the sender.
type post struct{ *mailroom }

// Send implements mail.Sender: what has no answer was taken all the same.
func (p post) Send(_ context.Context, message mail.Message) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.answer(message)
	if err == nil || err == errNoAnswer {
		p.sent = append(p.sent, message)
	}
	return "receipt", err
}

var errNoAnswer = fmt.Errorf("connection reset while writing to ada@city.example")

func (m *mailroom) measure(_ map[string]string, values ...metric.Value) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, v := range values {
		m.figures[v.Name] = v.Figure
	}
}

func (m *mailroom) store() *outbox.Store {
	return outbox.New(m.over, m.clock, identity.NewIDs(m.clock, nil))
}

func (m *mailroom) summaries() *jobs.Summaries {
	return &jobs.Summaries{
		Schedules: schedules, Agenda: m, Digest: m, Outbox: m.store(), Queue: m, Clock: m.clock, IDs: func() string { return "the-reference" },
		Log: m.slog, Measure: m.measure,
	}
}

func (m *mailroom) delivery() *jobs.Deliver {
	return &jobs.Deliver{
		Schedules: schedules, Outbox: m.store(), People: m, Sender: post{m}, Queue: m, Clock: m.clock,
		Log: m.slog, Measure: m.measure, From: "Network <no-reply@network.example>",
		Address: "https://guildhall.example/",
	}
}

// tick runs the summaries at a moment.
func (m *mailroom) tick(at time.Time) (jobs.Tally, error) {
	m.set(at)
	return m.summaries().Run(m.t.Context(), at)
}

func (m *mailroom) run(at string) jobs.Tally {
	m.t.Helper()
	tally, err := m.tick(moment(at))
	if err != nil {
		m.t.Fatal(err)
	}
	return tally
}

// deliver has every task that is due done.
func (m *mailroom) deliver() {
	m.deliverWith(m.delivery())
}

func (m *mailroom) deliverWith(d *jobs.Deliver) {
	runner := jobs.New(d, jobs.Host{
		Queue: m, Dead: m, Clock: m.clock, IDs: func() string { return "the-reference" }, Log: d.Log, Measure: metric.Discard,
	})
	m.mu.Lock()
	var due [][]byte
	m.tasks = slices.DeleteFunc(m.tasks, func(p parcel) bool {
		if !p.due.After(m.now) {
			due = append(due, p.body)
			return true
		}
		return false
	})
	m.mu.Unlock()
	runner.Run(m.t.Context(), batch(due...))
}

// letters are what was sent, a line each.
func (m *mailroom) letters() (lines []string) {
	for _, message := range m.sent {
		l, _ := outbox.ParseLetter(message.ID)
		lines = append(lines, l.Person+" "+message.To+" "+message.Lang+" "+message.Subject)
	}
	slices.Sort(lines)
	return lines
}

// outcomes are what came of each occasion, in the order of their days.
func (m *mailroom) outcomes() (lines []string) {
	m.t.Helper()
	entries, _, err := m.store().Entries(m.t.Context(), outbox.Filter{}, "", 100)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, e := range slices.Backward(entries) {
		id := e.ID[:strings.LastIndex(e.ID, "-")]
		lines = append(lines, fmt.Sprintf("%s %d: %s to %d", id, e.Occasion.Ahead, e.Outcome, e.People))
	}
	slices.Sort(lines)
	return lines
}

// only makes one letter, to a, and gives its name.
func (m *mailroom) only() outbox.Letter {
	m.t.Helper()
	o := schedule.Due(schedules, m.facts, m.now, m.now.AddDate(0, 0, 5))[0]
	report, _ := m.Report(m.t.Context(), o, o.Due)
	e, _, err := m.store().Make(m.t.Context(), report, []string{"a"})
	if err != nil {
		m.t.Fatal(err)
	}
	return outbox.Letter{Summary: e.ID, Revision: 1, Person: "a"}
}

func (m *mailroom) mail(l outbox.Letter) outbox.Mail {
	m.t.Helper()
	got, err := m.store().Mail(m.t.Context(), l)
	if err != nil {
		m.t.Fatal(err)
	}
	return got
}

// ask has a letter's task done.
func (m *mailroom) ask(l outbox.Letter) {
	m.t.Helper()
	if err := m.Send(m.t.Context(), task.Deliver(l), 0); err != nil {
		m.t.Fatal(err)
	}
	m.deliver()
}
