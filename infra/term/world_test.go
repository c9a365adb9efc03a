package term

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app/assembly"
	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// world is a network with its people over one store, at a moment of its own.
type world struct {
	testing.TB
	now    time.Time
	store  *memory.Store
	parts  assembly.Parts
	office *office.Office
	people *people.Service
	sheets *imports.Service
	named  map[string]string // identifiers of people, by what they are called here
}

// newWorld is a world over a store, whose acts are written to a table over it.
func newWorld(t testing.TB, store *memory.Store, named map[string]string, at time.Time, through func(table.Table) table.Table) *world {
	t.Helper()
	w := &world{TB: t, now: at, store: store, named: named}
	blobs, err := files.Open(t.TempDir())
	w.must(err)
	clock := func() time.Time { return w.now }
	w.parts = assembly.Parts{
		Table: through(store.Table(table.Config{Clock: clock})), Blobs: blobs, Clock: clock, IDs: identity.NewIDs(clock, nil),
		Pause: func(ctx context.Context, _ int) error { return ctx.Err() },
		Log:   slog.New(slog.DiscardHandler), Measure: metric.Discard,
	}
	w.people, err = w.parts.People([]byte("a key that is only for these tests"))
	w.must(err)
	w.sheets, err = w.parts.Imports()
	w.must(err)
	w.office = w.parts.Office(w.people, services.Work{}, w.parts.Log)
	return w
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatalf("%s: %v", w.now.Format(time.DateTime), err)
	}
}

// as is somebody's request.
func (w *world) as(name string) context.Context {
	w.Helper()
	p, err := w.people.Person(access.WithActor(w.Context(), access.Actor{Person: w.named["anna"], Role: access.Secretariat}), w.id(name))
	w.must(err)
	return access.WithActor(w.Context(), p.Actor())
}

func (w *world) id(name string) string {
	w.Helper()
	id, ok := w.named[name]
	if !ok {
		w.Fatalf("nobody is called %s", name)
	}
	return id
}

// standing is what somebody of a name is invited as.
func standing(name string, role access.Role, scope access.Scope, lang locale.Lang) people.Standing {
	return people.Standing{Email: name + "@example.org", Role: role, Scope: scope, Lang: lang}
}

func (w *world) invited(name string, role access.Role, scope access.Scope, lang locale.Lang) {
	w.Helper()
	id, err := w.people.Invite(w.as("anna"), "", standing(name, role, scope, lang))
	w.must(err)
	w.named[name] = id
}

// changed changes what is on record of somebody.
func (w *world) changed(name string, change func(*people.Standing)) {
	w.Helper()
	p, err := w.people.Person(w.as("anna"), w.id(name))
	w.must(err)
	change(&p.Standing)
	w.must(w.people.Change(w.as("anna"), "", p.ID, 0, p.Standing))
}

// sheet stores a sheet in CSV, of which every row must be right.
func (w *world) sheet(who, kind, content string) {
	w.Helper()
	up := imports.Upload{Name: kind + ".csv", Source: strings.NewReader(content), Size: int64(len(content))}
	report, _, err := w.sheets.Import(w.as(who), up, imports.Options{Kind: kind, Term: term, Person: w.id(who)}, intake.All, "")
	if err != nil {
		if report != nil {
			for _, p := range report.Problems {
				w.Logf("%s %s", p.Code, p.Message(locale.EN))
			}
		}
		w.Fatalf("%s: %s: %v", w.now.Format(time.DateTime), kind, err)
	}
}

// does takes steps of a city's application to the call, each by whom it is to do.
func (w *world) does(name, country, actions string) {
	w.Helper()
	id := city.ID(name, country)
	for _, action := range strings.Fields(actions) {
		act := office.ApplicationAct{Call: call, City: id, Action: application.Action(action), Reason: "As the committee decided."}
		who := strings.ToLower(name)
		switch act.Action.By() {
		case application.ByCommission:
			who, act.Signed = map[string]string{"FR": "claire", "CO": "maria"}[country], "The Secretary-General"
		case application.BySecretariat:
			who = "anna"
		}
		switch act.Action {
		case application.Start:
			act.Name, act.Form, act.Reason = name, form(name, country), ""
		case application.Send, application.Endorse, application.Submit:
			act.Reason = ""
		}
		_, err := w.office.Do(w.as(who), "", act)
		if err != nil {
			w.Fatalf("%s: %s %s: %v", w.now.Format(time.DateTime), name, action, err)
		}
		w.now = w.now.Add(time.Minute)
	}
}

// form is what a city answers.
func form(name, country string) *application.Application {
	return &application.Application{
		City: name, Country: country, Website: "https://www." + strings.ToLower(name) + ".example",
		Mayor:      application.Mayor{Name: "A. Mayor", Title: "Mayor"},
		Contact:    application.Contact{Name: "C. Contact", Email: "c@" + strings.ToLower(name) + ".example", Language: "fr"},
		Pledge:     application.Pledge{Given: true, Name: "A. Mayor"},
		Profile:    application.Profile{Population: application.Figure{Value: "63000", Year: 2024}},
		Motivation: name + " wants to learn from other cities.", Plans: "A committee, then a festival.",
	}
}

// entries are the events of the fund that two persons decide: jonas proposes and anna approves.
func (w *world) decided(propose func(ctx context.Context) (string, error)) {
	w.Helper()
	id, err := propose(w.as("jonas"))
	w.must(err)
	_, err = w.office.ApproveProposal(w.as("anna"), "", id)
	w.must(err)
}

func (w *world) day(text string) civil.Date {
	w.Helper()
	day, err := civil.Parse(text)
	w.must(err)
	return day
}

// journal is a table that remembers what was written to it.
type journal struct {
	table.Table
	writes []table.Write
}

func (j *journal) keep(ws ...table.Write) {
	for _, w := range ws {
		if w.Put != nil || w.Delete != (table.Key{}) {
			w.Condition = nil
			j.writes = append(j.writes, w)
		}
	}
}

// Write implements table.Table.
func (j *journal) Write(ctx context.Context, w table.Write) error {
	err := j.Table.Write(ctx, w)
	if err == nil {
		j.keep(w)
	}
	return err
}

// Transact implements table.Table.
func (j *journal) Transact(ctx context.Context, ws []table.Write) error {
	err := j.Table.Transact(ctx, ws)
	if err == nil {
		j.keep(ws...)
	}
	return err
}

// WriteEach implements table.Table.
func (j *journal) WriteEach(ctx context.Context, ws []table.Write) []error {
	errs := j.Table.WriteEach(ctx, ws)
	for i, w := range ws {
		if errs == nil || errs[i] == nil {
			j.keep(w)
		}
	}
	return errs
}

// again writes what was kept of an act, in its order.
func again(ctx context.Context, to table.Table, writes []table.Write) error {
	for _, w := range writes {
		if err := to.Write(ctx, w); err != nil && !errors.Is(err, table.ErrNotFound) {
			return err
		}
	}
	return nil
}
