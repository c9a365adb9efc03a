package retention_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/queue/embedded"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/retention"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

var began = time.Date(2025, 10, 1, 9, 0, 0, 0, time.UTC)

// world is a store in memory whose clock a test sets.
type world struct {
	*testing.T
	now     time.Time
	table   table.Table
	blobs   blob.Store
	intake  *intake.Store
	exports *request.Store
	outbox  *outbox.Store
	work    *embedded.Queue
	dead    *embedded.Queue
	sweep   *retention.Sweep
}

func newWorld(t *testing.T) *world {
	w := &world{T: t, now: began, table: memory.NewStore().Table(table.Config{Clock: func() time.Time { return began }})}
	var err error
	w.blobs, err = files.Open(t.TempDir())
	w.must(err)
	w.over(w.table)
	return w
}

// over has the parts work on a table.
func (w *world) over(on table.Table) {
	clock := func() time.Time { return w.now }
	ids := identity.NewIDs(clock, nil)
	w.intake = intake.New(intake.Config{Table: on, Blobs: w.blobs, Clock: clock, IDs: ids})
	w.exports, w.outbox = request.New(on, clock), outbox.New(on, clock, ids)
	o := embedded.Options{Clock: clock, IDs: ids}
	w.work, w.dead = embedded.New(on, "check", o), embedded.New(on, "check-dead", o)
	w.sweep = &retention.Sweep{
		Programme: programme.Current(), Table: on, Blobs: w.blobs, Intake: w.intake, Exports: w.exports, Outbox: w.outbox,
		DeadLetters: deadletters.New([]deadletters.Line{{Name: "check", Queue: w.work, Letters: w.dead}}), Log: slog.New(slog.DiscardHandler),
	}
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) keep(name string) {
	w.Helper()
	b, err := w.blobs.Create(w.Context(), name)
	w.must(err)
	_, err = io.WriteString(b, name)
	w.must(err)
	_, err = b.Commit()
	w.must(err)
}

// kept are the names of the blobs.
func (w *world) kept() string {
	w.Helper()
	var names []string
	w.must(w.blobs.List(w.Context(), "", func(info blob.Info) error {
		names = append(names, info.Name)
		return nil
	}))
	return strings.Join(names, " ")
}

// imported makes an import of a file that came to a state at the present moment, with all its files.
func (w *world) imported(id, kind, sha string, state intake.State) {
	w.Helper()
	before, err := w.intake.CreateAs(w.Context(), id, intake.Request{Name: id + ".csv", Bytes: 1})
	w.must(err)
	after := *before
	after.Kind, after.File.SHA256, after.Check, after.CheckedAt, after.Plan = kind, sha, "c", w.now, "plan of "+id
	after.Become(intake.Step{State: state, At: w.now})
	if state == intake.Committed {
		after.CommittedAt = w.now
	}
	write, err := after.Write(before)
	w.must(err)
	w.must(w.table.Write(w.Context(), write))
	if sha != "" {
		w.keep(intake.UploadBlob(sha))
	}
	for _, name := range []string{intake.PlanBlob(id, "c"), intake.ReportBlob(id, "c"), intake.AnnotatedBlob(id, "c"), intake.EditsBlob(id, 1, "e")} {
		w.keep(name)
	}
}

func (w *world) exported(id string) {
	w.Helper()
	_, err := w.exports.Create(w.Context(), id, request.Wish{Kind: request.Budget, Lang: locale.EN})
	w.must(err)
	e, err := w.exports.Finish(w.Context(), id, 7)
	w.must(err)
	w.keep(e.Blob())
}

// wrote has a report made whose letter to each person was sent, or waits.
func (w *world) wrote(sent bool, people ...string) outbox.Entry {
	w.Helper()
	day := civil.Of(w.now, time.UTC)
	o := schedule.Occasion{Schedule: "fund-month", About: programme.FundSummary, Period: schedule.Period{From: day, To: day}, Due: w.now}
	entry, _, err := w.outbox.Make(w.Context(), summary.Report{Occasion: o, AsOf: w.now, News: true, Title: locale.Same("x")}, people)
	w.must(err)
	for _, person := range people {
		if !sent {
			break
		}
		m, _, err := w.outbox.Begin(w.Context(), outbox.Letter{Summary: entry.ID, Revision: 1, Person: person})
		w.must(err)
		w.must(w.outbox.Sent(w.Context(), m, "r"))
	}
	return entry
}

// run sweeps at a moment.
func (w *world) run(at time.Time) retention.Tally {
	w.Helper()
	w.now = at
	tally, err := w.sweep.Run(w.Context(), at)
	w.must(err)
	return tally
}

func days(of programme.Kept) time.Duration { return programme.Current().Keep(of) }

func codeOf(err error) problem.Code {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

// The day before all is there, and the day after nothing but what is kept for longer.
func TestEachThingStaysUntilItsDayAndGoesWithIt(t *testing.T) {
	for of, c := range map[programme.Kept]struct {
		make func(w *world)
		want retention.Tally
	}{
		programme.ImportFiles: {
			func(w *world) { w.imported("a", "applications", "s", intake.Committed) }, retention.Tally{Imports: 1, Originals: 1},
		},
		programme.FundImportFiles: {
			func(w *world) { w.imported("a", "contributions", "s", intake.Committed) }, retention.Tally{Imports: 1, Originals: 1},
		},
		programme.IdleImportFiles: {
			func(w *world) { w.imported("a", "contributions", "s", intake.Checked) }, retention.Tally{Imports: 1, Originals: 1},
		},
		programme.ExportFiles: {func(w *world) { w.exported("a") }, retention.Tally{Exports: 1}},
		programme.Letters:     {func(w *world) { w.wrote(true, "anna", "bruno") }, retention.Tally{Letters: 2}},
		programme.DeadLetters: {func(w *world) {
			w.must(w.dead.Bury(w.Context(), task.Check("a"), task.Failure{Code: task.Failed, At: w.now}.Reason()))
		}, retention.Tally{DeadLetters: 1}},
	} {
		w := newWorld(t)
		c.make(w)
		day := began.Add(days(of))
		if got := w.run(day.Add(-time.Millisecond)); got != (retention.Tally{}) {
			t.Errorf("%s: ended too early: %+v", of, got)
		}
		if got, err := w.sweep.Preview(t.Context(), day); err != nil || got != c.want {
			t.Errorf("%s: would end %+v, want %+v (%v)", of, got, c.want, err)
		}
		if got := w.run(day); got != c.want {
			t.Errorf("%s: ended %+v, want %+v", of, got, c.want)
		}
		if kept := w.kept(); kept != "" {
			t.Errorf("%s: still there: %s", of, kept)
		}
		if got := w.run(day.Add(time.Hour)); got != (retention.Tally{}) {
			t.Errorf("%s: ended twice: %+v", of, got)
		}
	}
}

func TestAnExpiredImportIsOnRecordAndItsFilesAreAskedForNoMore(t *testing.T) {
	w := newWorld(t)
	w.imported("a", "applications", "s", intake.Committed)
	w.imported("b", "applications", "r", intake.Checked)
	w.run(began.Add(days(programme.ImportFiles)))
	for _, id := range []string{"a", "b"} {
		imp, err := w.intake.Find(t.Context(), id)
		w.must(err)
		if imp.ExpiredAt.IsZero() || imp.File.SHA256 == "" || len(imp.History) == 0 {
			t.Errorf("%+v", imp)
		}
		_, report := w.intake.ReportOf(t.Context(), imp)
		_, review := w.intake.ReviewOf(t.Context(), imp)
		_, again := w.intake.Again(t.Context(), id, "", nil, nil)
		_, undo := w.intake.AskUndo(t.Context(), id, "anna", intake.All)
		asked := map[string]error{"report": report, "review": review, "check": again, "commit": imp.Committable(imp.Plan, intake.All)}
		if id == "a" {
			asked["undo"] = undo
		}
		for what, err := range asked {
			if codeOf(err) != "IMPORT_EXPIRED" {
				t.Errorf("%s of %s: %v", what, id, err)
			}
		}
	}
}

func TestAnExpiredExportSaysSo(t *testing.T) {
	w := newWorld(t)
	w.exported("a")
	w.run(began.Add(days(programme.ExportFiles)))
	e, err := w.exports.Find(t.Context(), "a")
	w.must(err)
	if e.State != request.Failed || e.Problem == nil || e.Problem.Code != "EXPORT_EXPIRED" || e.Bytes != 0 {
		t.Errorf("%+v", e)
	}
}

func TestAnOriginalStaysAsLongAsAnImportNeedsIt(t *testing.T) {
	w := newWorld(t)
	w.imported("a", "applications", "same", intake.Checked)
	w.now = began.Add(24 * time.Hour)
	w.imported("b", "applications", "same", intake.Checked)
	if got := w.run(began.Add(days(programme.IdleImportFiles))); got != (retention.Tally{Imports: 1}) {
		t.Errorf("%+v", got)
	}
	if kept := w.kept(); !strings.Contains(kept, "uploads/same") || strings.Contains(kept, "imports/a/") || !strings.Contains(kept, "imports/b/") {
		t.Errorf("kept: %s", kept)
	}
	if got := w.run(w.now.Add(24 * time.Hour)); got != (retention.Tally{Imports: 1, Originals: 1}) || w.kept() != "" {
		t.Errorf("%+v, kept: %s", got, w.kept())
	}
}

func TestWhatIsBeingDoneKeepsItsFiles(t *testing.T) {
	for _, state := range []intake.State{intake.Committing, intake.Undoing} {
		w := newWorld(t)
		w.imported("a", "applications", "s", state)
		if got := w.run(began.Add(20 * days(programme.ImportFiles))); got.Imports != 0 || !strings.Contains(w.kept(), "imports/a/c/plan.jsonl") {
			t.Errorf("%s: %+v", state, got)
		}
	}
}

// While a file is being checked nobody knows of which bytes it is: originals wait for that.
func TestOriginalsWaitForTheChecksOfTheDay(t *testing.T) {
	w := newWorld(t)
	w.imported("a", "applications", "s", intake.Checked)
	day := began.Add(days(programme.IdleImportFiles))
	w.now = day.Add(-time.Minute)
	w.imported("b", "applications", "", intake.Checking)
	if got := w.run(day); got != (retention.Tally{Left: true}) || !strings.Contains(w.kept(), "uploads/s") {
		t.Errorf("%+v, kept: %s", got, w.kept())
	}
	if got := w.run(day.Add(25 * time.Hour)); got.Originals != 1 {
		t.Errorf("%+v", got)
	}
}

func TestALetterThatWaitsStaysWithThoseToWhomItGoes(t *testing.T) {
	w := newWorld(t)
	entry := w.wrote(false, "anna")
	if got := w.run(began.Add(2 * days(programme.Letters))); got != (retention.Tally{}) {
		t.Errorf("%+v", got)
	}
	if people, err := w.outbox.People(t.Context(), entry.ID, 1); err != nil || len(people) != 1 {
		t.Errorf("%v, %v", people, err)
	}
}

func TestWhatAReportSaidStaysWhenItsReadersAreForgotten(t *testing.T) {
	w := newWorld(t)
	entry := w.wrote(true, "anna")
	w.run(began.Add(days(programme.Letters) + 24*time.Hour))
	if mails, err := w.outbox.Mails(t.Context(), entry.ID); err != nil || len(mails) > 0 {
		t.Errorf("%v, %v", mails, err)
	}
	if kept, err := w.outbox.Kept(t.Context(), entry.ID, 1); err != nil || kept.Report.Title != locale.Same("x") {
		t.Errorf("%+v, %v", kept, err)
	}
	page, err := w.table.Query(t.Context(), table.Query{Partition: "summary_people"})
	if err != nil || len(page.Items) > 0 {
		t.Errorf("%v, %v", page.Items, err)
	}
}

func TestARunIsBoundedAndTheNextOneGoesOn(t *testing.T) {
	w := newWorld(t)
	const many = 250 // more than two pages
	for i := range many {
		w.now = began.Add(time.Duration(i) * time.Minute)
		w.imported(fmt.Sprintf("%04d", i), "applications", fmt.Sprintf("s%d", i), intake.Checked)
	}
	w.sweep.Most = 90
	day := began.Add(days(programme.IdleImportFiles) + many*time.Minute)
	var ended []int
	for range 4 {
		tally := w.run(day)
		ended = append(ended, tally.Imports)
		if tally.Left != (len(ended) < 3) {
			t.Errorf("run %d: %+v", len(ended), tally)
		}
	}
	if fmt.Sprint(ended) != "[90 90 70 0]" || w.kept() != "" {
		t.Errorf("ended %v; kept: %.200s", ended, w.kept())
	}
	// What is old is passed over from then on, and what comes after is found.
	w.run(day)
	counted := &counting{Table: w.table}
	w.over(counted)
	w.imported("9999", "applications", "late", intake.Checked)
	if got := w.run(day.Add(2 * days(programme.IdleImportFiles))); got.Imports != 1 {
		t.Errorf("%+v", got)
	}
	if counted.imports > 60 {
		t.Errorf("%d imports were read anew", counted.imports)
	}
}

// counting counts the imports that are read in pages.
type counting struct {
	table.Table
	imports int
}

func (c *counting) Query(ctx context.Context, q table.Query) (table.Page, error) {
	page, err := c.Table.Query(ctx, q)
	if q.Partition == "import" {
		c.imports += len(page.Items)
	}
	return page, err
}

// aForm is an application as somebody wrote it, and blankForm what is left of it.
var (
	aForm = func() map[string]any {
		return map[string]any{
			"city": "Brest", "motivation": "Anne Le Goff wants it.", "mayor": map[string]any{"name": "Anne Le Goff", "title": "Maire"},
			"contact": map[string]any{"name": "Yann Kerbrat", "email": "yann@brest.example", "phone": "+33 2"},
		}
	}
	blankForm = map[string]any{
		"city": "Brest", "motivation": "Anne Le Goff wants it.", "mayor": map[string]any{"name": "", "title": ""},
		"contact": map[string]any{"name": "", "email": "", "phone": ""},
	}
)

func (w *world) record(ref records.Ref, version int64, body map[string]any) {
	w.Helper()
	w.must(w.table.Write(w.Context(), table.Write{Put: &table.Item{
		Key: ref.Key(), Attributes: table.Attributes{"format": int64(1), "version": version, "body": body},
	}}))
}

// applied puts the application of a city to the oldest call on record, with an earlier version and an event.
func (w *world) applied(call, city string) (keys []table.Key) {
	w.Helper()
	is := records.Ref{Type: "application", Partition: call, ID: city}
	was := records.Ref{Type: "past", Partition: "application#" + call, ID: city + "#20250601T120000.000000000Z#000001"}
	event := records.Ref{Type: "application_event", Partition: call, ID: city + "#000001"}
	w.record(is, 2, aForm())
	w.record(was, 1, aForm())
	w.record(event, 1, map[string]any{"application": int64(1), "event": map[string]any{"form": aForm(), "city": city}})
	return []table.Key{is.Key(), was.Key(), event.Key()}
}

// forms are what stands at the keys of an application.
func (w *world) forms(keys []table.Key) (forms []any) {
	w.Helper()
	items, err := w.table.GetEach(w.Context(), keys)
	w.must(err)
	for _, item := range items {
		body := item.Attributes["body"].(map[string]any)
		if event, is := body["event"].(map[string]any); is {
			body = event["form"].(map[string]any)
		}
		forms = append(forms, body)
		if v := item.Attributes["version"]; v != int64(1) && v != int64(2) {
			w.Errorf("%v has version %v", item.Key, v)
		}
	}
	return forms
}

func TestWhoSpokeForACityThatIsNoMemberIsForgottenAndTheApplicationStays(t *testing.T) {
	call := programme.Current().Calls[0]
	ended := call.CommissionCloses()
	left := civil.Date{Year: 2029, Month: 3, Day: 31}
	for name, c := range map[string]struct {
		member map[string]any // nil: none
		last   time.Time      // the last moment at which all is kept; zero: for ever
	}{
		"never a member": {nil, ended.Add(days(programme.ApplicantPersons)).Add(-time.Second)},
		"a member":       {map[string]any{"city": "Brest", "country": "FR", "joinedOn": "2025-12-01", "leftOn": ""}, time.Time{}},
		"left": {
			map[string]any{"city": "Brest", "country": "FR", "joinedOn": "2025-12-01", "leftOn": left.String()},
			left.EndOf(time.UTC).Add(days(programme.FormerMemberPersons)).Add(-time.Second),
		},
	} {
		w := newWorld(t)
		keys := w.applied(call.ID, "FR#brest")
		other := w.applied(call.ID, "FR#brest-2") // whose key begins alike
		w.record(records.Ref{Type: "member", ID: "FR#brest-2"}, 1, map[string]any{"city": "Brest 2", "country": "FR", "joinedOn": "2025-12-01", "leftOn": ""})
		if c.member != nil {
			w.record(records.Ref{Type: "member", ID: "FR#brest"}, 1, c.member)
		}
		last := c.last
		if last.IsZero() {
			last = ended.Add(50 * days(programme.ApplicantPersons))
		}
		kept := []any{aForm(), aForm(), aForm()}
		if tally := w.run(last); tally.Persons != 0 || !reflect.DeepEqual(w.forms(keys), kept) {
			t.Errorf("%s: too early: %+v %v", name, tally, w.forms(keys))
		}
		if c.last.IsZero() {
			continue
		}
		day := last.Add(time.Second)
		if would, err := w.sweep.Preview(t.Context(), day); err != nil || would.Persons != 1 || !reflect.DeepEqual(w.forms(keys), kept) {
			t.Errorf("%s: would end %+v, %v", name, would, err)
		}
		if tally := w.run(day); tally.Persons != 1 || !reflect.DeepEqual(w.forms(keys), []any{blankForm, blankForm, blankForm}) {
			t.Errorf("%s: %+v %v", name, tally, w.forms(keys))
		}
		if !reflect.DeepEqual(w.forms(other), kept) {
			t.Errorf("%s: those of a member went too: %v", name, w.forms(other))
		}
		if tally := w.run(day.Add(time.Hour)); tally.Persons != 0 {
			t.Errorf("%s: again: %+v", name, tally)
		}
	}
}

func TestPersonsOfManyApplicationsEndOverSeveralRuns(t *testing.T) {
	w := newWorld(t)
	call := programme.Current().Calls[0]
	for i := range 5 {
		w.applied(call.ID, fmt.Sprintf("FR#city-%d", i))
	}
	w.sweep.Most, w.sweep.Every = 2, 20*time.Hour
	day := call.CommissionCloses().Add(days(programme.ApplicantPersons))
	var ended []int
	for i := range 4 {
		ended = append(ended, w.run(day.Add(time.Duration(i)*time.Hour)).Persons)
	}
	if fmt.Sprint(ended) != "[2 2 1 0]" {
		t.Errorf("%v", ended)
	}
}

func TestAMarkThatDoesNotFitIsForgotten(t *testing.T) {
	w := newWorld(t)
	w.imported("a", "applications", "s", intake.Checked)
	w.must(w.table.Write(t.Context(), table.Write{Put: &table.Item{
		Key: table.Key{Partition: "retention_mark", Sort: "imports"}, Attributes: table.Attributes{"cursor": "of another engine"},
	}}))
	if got := w.run(began.Add(days(programme.IdleImportFiles))); got.Imports != 1 {
		t.Errorf("%+v", got)
	}
}

func TestImportsAreWalkedThroughAsOftenAsWantedUnlessSomethingIsLeft(t *testing.T) {
	w := newWorld(t)
	w.sweep.Every = 20 * time.Hour
	day := began.Add(days(programme.IdleImportFiles))
	for _, id := range []string{"a", "b"} {
		w.imported(id, "applications", id, intake.Checked)
	}
	w.sweep.Most = 1
	for i, want := range []int{1, 1, 0} {
		if got := w.run(day.Add(time.Duration(i) * time.Hour)); got.Imports != want {
			t.Errorf("run %d: %+v", i, got)
		}
	}
	w.now = began
	w.imported("c", "applications", "c", intake.Checked)
	if got := w.run(day.Add(10 * time.Hour)); got.Imports != 0 {
		t.Errorf("%+v", got)
	}
	if got := w.run(day.Add(30 * time.Hour)); got.Imports != 1 {
		t.Errorf("%+v", got)
	}
}

// Each write of a sweep is made to fail, with and without its effect; the run after it comes to the same end.
func TestAnInterruptedSweepIsEndedByTheNext(t *testing.T) {
	day := began.Add(20 * days(programme.ImportFiles))
	points := 0
	for _, effect := range []bool{false, true} {
		for fail := 1; ; fail++ {
			w := newWorld(t)
			under := w.table
			w.imported("a", "applications", "s", intake.Committed)
			w.exported("e")
			w.wrote(true, "anna")
			w.must(w.dead.Bury(t.Context(), task.Check("a"), task.Failure{Code: task.Failed, At: w.now}.Reason()))
			w.over(faulty.New(under, faulty.Plan{Fail: fail, Effect: effect, Halt: true}))
			w.now = day
			if _, err := w.sweep.Run(t.Context(), day); err == nil {
				break
			}
			points++
			w.over(under)
			w.run(day.Add(time.Hour))
			letters, _, err := w.dead.Letters(t.Context(), queue.MaxLetters)
			w.must(err)
			imp, err := w.intake.Find(t.Context(), "a")
			w.must(err)
			if kept := w.kept(); kept != "" || len(letters) > 0 || !imp.Swept {
				t.Fatalf("write %d (with effect: %v): kept %s, %d letters, %+v", fail, effect, kept, len(letters), imp)
			}
		}
	}
	if points < 10 {
		t.Errorf("only %d points", points)
	}
	t.Logf("%d points of interruption", points)
}
