package furnished

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/fixtures"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/queue"
)

// staff are those who furnish a product: people who ask its office, and what does its work.
type staff struct {
	testing.TB
	app                    *app.App
	office                 *office.Office
	clock                  func(to time.Time)
	people                 map[string]access.Actor // by what they are called here
	named                  map[string]string
	check, commit, exports *bench
	log                    *slog.Logger
	measure                metric.Sink
}

func newStaff(t testing.TB, a *app.App, on *people.Service, clock func(time.Time)) *staff {
	t.Helper()
	s := &staff{
		TB: t, app: a, clock: clock, people: map[string]access.Actor{},
		check: &bench{TB: t}, commit: &bench{TB: t}, exports: &bench{TB: t},
	}
	parts := a.Parts
	parts.Log, parts.Measure = slog.New(slog.DiscardHandler), metric.Discard
	s.log, s.measure = parts.Log, parts.Measure
	var err error
	s.check.runner, err = parts.Check(s.check, s.check)
	s.must(err)
	s.commit.runner, err = parts.Commit(s.commit, s.commit)
	s.must(err)
	s.exports.runner = parts.Export(s.exports, s.exports)
	s.office = parts.Office(on, services.Work{Links: nowhere{}, Check: s.check, Commit: s.commit, Export: s.exports}, parts.Log)
	for name, email := range map[string]string{
		"amina": "amina.diallo@secretariat.example", "jonas": "jonas.weber@secretariat.example", "claire": "claire.morel@commission.example",
		"yann": "yann.legall@brest.example", "seo-yeon": "seo-yeon.kim@donor.example", "lucia": "lucia.romero@auditor.example",
	} {
		person, err := on.ByEmail(t.Context(), email)
		s.must(err)
		s.people[name] = person.Actor()
	}
	return s
}

// bench does what one queue brings, at once, or leaves it lying.
type bench struct {
	testing.TB
	runner  *jobs.Runner
	waiting []queue.Delivery
	idle    bool
}

// Send implements queue.Sender.
func (b *bench) Send(_ context.Context, body []byte, _ time.Duration) error {
	if !b.idle {
		b.waiting = append(b.waiting, queue.Delivery{ID: "message", Body: body, Attempt: 1})
	}
	return nil
}

// Bury implements queue.DeadLetters.
func (b *bench) Bury(_ context.Context, body []byte, reason string) error {
	b.Fatalf("%s: %s", body, reason)
	return nil
}

// work does what waits, and what follows from that.
func (b *bench) work() {
	b.Helper()
	for len(b.waiting) > 0 {
		next := b.waiting[0]
		b.waiting = b.waiting[1:]
		if failed := b.runner.Run(b.Context(), []queue.Delivery{next}); len(failed) > 0 {
			b.Fatalf("%s failed", next.Body)
		}
	}
}

// nowhere makes links that nobody follows.
type nowhere struct{}

func (nowhere) UploadLink(context.Context, string, blob.UploadTerms) (blob.Link, error) {
	return blob.Link{}, nil
}

func (nowhere) DownloadLink(context.Context, string, blob.DownloadTerms) (blob.Link, error) {
	return blob.Link{}, nil
}

// asked makes an import, whose file is still to come.
func (s *staff) asked(who string, r intake.Request) string {
	s.Helper()
	identify := func(context.Context) (string, error) { return s.app.Parts.IDs(), nil }
	imp, _, err := s.office.CreateImport(s.as(who), identify, r)
	s.must(err)
	return imp.ID
}

// sent makes an import of a file, and has it checked.
func (s *staff) sent(who, content string, r intake.Request) string {
	s.Helper()
	r.Bytes = int64(len(content))
	id := s.asked(who, r)
	w, err := s.app.Blobs.Create(s.Context(), intake.Incoming(id))
	s.must(err)
	if _, err := w.Write([]byte(content)); err != nil {
		s.Fatal(err)
	}
	_, err = w.Commit()
	s.must(err)
	s.must(s.check.Send(s.Context(), task.Check(id), 0))
	s.check.work()
	return id
}

// sample is the content of a sample sheet.
func (s *staff) sample(name string) string {
	s.Helper()
	content, err := fixtures.Sheets.ReadFile("sheets/" + name)
	s.must(err)
	return string(content)
}

// state is how far an import has come, and with which plan.
func (s *staff) state(id string) *intake.Import {
	s.Helper()
	imp, err := s.app.Intake.Find(s.Context(), id)
	s.must(err)
	return imp
}

// committed has what is right of an import stored.
func (s *staff) committed(who, id string) {
	s.Helper()
	if _, err := s.office.CommitImport(s.as(who), id, s.state(id).Plan, intake.Valid); err != nil {
		s.Fatalf("%s: %v", s.state(id).File.Name, err)
	}
	s.commit.work()
	if now := s.state(id); now.State != intake.Committed {
		s.Fatalf("%s is %s: %s", now.File.Name, now.State, now.Problem)
	}
}

// stored brings in a sample sheet of the term of the sample sheets.
func (s *staff) stored(who, name string, answers map[string]string) {
	s.Helper()
	r := intake.Request{Name: strings.ReplaceAll(name, "/", "."), Term: "2019-2021", Answers: answers}
	s.committed(who, s.sent(who, s.sample(name), r))
}
