package office_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// mailroom is an office that takes files in and gives files out, whose clock stands, and whose queues nobody works on.
type mailroom struct {
	*office.Office
	t                     *testing.T
	over                  table.Table
	checks, commits, made sent
	log                   bytes.Buffer
}

// sent keeps what is sent to a queue.
type sent struct{ bodies []string }

func (s *sent) Send(_ context.Context, body []byte, _ time.Duration) error {
	s.bodies = append(s.bodies, string(body))
	return nil
}

// linker makes links that say what they are for.
type linker struct{}

func (linker) UploadLink(_ context.Context, name string, terms blob.UploadTerms) (blob.Link, error) {
	return blob.Link{URL: "put " + name + " " + terms.Type}, terms.Check()
}

func (linker) DownloadLink(_ context.Context, name string, terms blob.DownloadTerms) (blob.Link, error) {
	return blob.Link{URL: "get " + name + " as " + terms.As}, terms.Check()
}

func newMailroom(t *testing.T) *mailroom {
	t.Helper()
	clock := identity.Fixed(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC))
	m := &mailroom{t: t, over: memory.New(table.Config{Clock: clock})}
	blobs, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m.Office = office.New(office.Config{
		Intake:  intake.New(intake.Config{Table: m.over, Blobs: blobs, Clock: clock, IDs: identity.NewIDs(clock, nil)}),
		Exports: request.New(m.over, clock), Blobs: blobs, Links: linker{},
		CheckQueue: &m.checks, CommitQueue: &m.commits, ExportQueue: &m.made, Arrivals: &m.checks,
		Trail: trailOver(m.over, clock), Clock: clock, Log: slog.New(slog.NewTextHandler(&m.log, nil)),
	})
	return m
}

// as is a context in which somebody of a role asks: "commission FR", "donor donor_country#KR", "auditor".
func (m *mailroom) as(who string) context.Context {
	role, scope, _ := strings.Cut(who, " ")
	person := strings.NewReplacer(" ", "-", "#", "-").Replace(who)
	return access.WithActor(m.t.Context(), access.Actor{Person: person, Role: access.Role(role), Scope: access.Scope(scope), Lang: locale.FR})
}

// everybody has somebody of each role.
var everybody = []string{"secretariat", "treasurer", "commission FR", "city FR#brest", "donor donor_country#KR", "auditor"}

// under gives an identifier for what is created.
func under(id string) office.Identify {
	return func(context.Context) (string, error) { return id, nil }
}

// put changes the record of an import, or makes it.
func (m *mailroom) put(id string, change func(*intake.Import)) {
	m.t.Helper()
	if _, err := m.Intake.CreateAs(m.t.Context(), id, intake.Request{Name: "gifts.csv", Bytes: 12, Person: "treasurer"}); err != nil {
		m.t.Fatal(err)
	}
	before, err := m.Intake.Find(m.t.Context(), id)
	if err != nil {
		m.t.Fatal(err)
	}
	after := *before
	change(&after)
	write, err := after.Write(before)
	if err == nil {
		err = m.over.Write(m.t.Context(), write)
	}
	if err != nil {
		m.t.Fatal(err)
	}
}

// checked makes an import of a kind of sheet that was checked.
func (m *mailroom) checked(id, kind string) {
	m.put(id, func(imp *intake.Import) {
		imp.State, imp.Kind, imp.Plan, imp.CheckedAt = intake.Checked, kind, "plan", m.Clock()
		imp.Rows = intake.Counts{Read: 2, Create: 1, Fail: 1}
	})
}
