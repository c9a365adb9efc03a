package jobs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

var at = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

// world is jobs over memory and a folder, whose services say what a test has them say.
type world struct {
	t        *testing.T
	records  table.Table
	blobs    blob.Store
	intake   *intake.Store
	requests *request.Store
	log      bytes.Buffer
	sent     []sent
	sendErr  error
	outcomes []string
	buried   []string // bodies and reasons of dead letters
	buryErr  error
	hurry    bool

	check  func(ctx context.Context, id string) (*intake.Report, error)
	commit func(ctx context.Context, order imports.Order) (*intake.Result, error)
	undo   func(ctx context.Context, order imports.UndoOrder) (*intake.UndoReport, error)
	behind func(before time.Time) ([]*intake.Import, error)
}

type sent struct {
	body  string
	after time.Duration
}

func (w *world) Send(_ context.Context, body []byte, after time.Duration) error {
	if err := errors.Join(w.sendErr, queue.CheckSend(body, after)); err != nil {
		return err
	}
	w.sent = append(w.sent, sent{string(body), after})
	return nil
}

func (w *world) Bury(_ context.Context, body []byte, reason string) error {
	if err := errors.Join(w.buryErr, queue.CheckBury(body, reason)); err != nil {
		return err
	}
	w.buried = append(w.buried, string(body)+" "+reason)
	return nil
}

func (w *world) CheckIncoming(ctx context.Context, id string) (*intake.Report, error) {
	return w.check(ctx, id)
}

func (w *world) Commit(ctx context.Context, order imports.Order) (*intake.Result, error) {
	return w.commit(ctx, order)
}

func (w *world) Undo(ctx context.Context, order imports.UndoOrder) (*intake.UndoReport, error) {
	return w.undo(ctx, order)
}

func (w *world) LeftBehind(_ context.Context, before time.Time) ([]*intake.Import, error) {
	return w.behind(before)
}

func newWorld(t *testing.T) *world {
	w := &world{t: t}
	blobs, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w.blobs = blobs
	w.records = newTable()
	w.intake = intake.New(intake.Config{Table: w.records, Blobs: blobs, Clock: identity.Fixed(at), IDs: identity.NewIDs(identity.Fixed(at), nil)})
	w.requests = request.New(w.records, identity.Fixed(at))
	return w
}

func (w *world) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(&w.log, nil)) }

func (w *world) runner(job jobs.Job) *jobs.Runner {
	return jobs.New(job, jobs.Host{
		Queue: w, Dead: w, Clock: identity.Fixed(at), IDs: func() string { return "the-reference" }, Log: w.logger(),
		Measure: func(dimensions map[string]string, _ ...metric.Value) {
			w.outcomes = append(w.outcomes, dimensions["Outcome"])
		},
		Hurry: func(context.Context) bool { return w.hurry },
	})
}

func (w *world) checks() *jobs.Runner {
	return w.runner(&jobs.Check{
		Checker: w, Intake: w.intake, Copies: &jobs.Copies{Blobs: w.blobs, Log: w.logger()}, Queue: w,
		Hurry: func(context.Context) bool { return w.hurry },
	})
}

func (w *world) commits() *jobs.Runner {
	return w.runner(&jobs.Commit{
		Committer: w, Intake: w.intake, Copies: &jobs.Copies{Blobs: w.blobs, Log: w.logger()}, Queue: w, Clock: identity.Fixed(at),
	})
}

// create makes an import in a state.
func (w *world) create(state intake.State, plan string) string {
	w.t.Helper()
	imp, err := w.intake.Create(w.t.Context(), intake.Request{Name: "a.csv", Bytes: 1})
	if err != nil {
		w.t.Fatal(err)
	}
	return w.put(imp, state, plan)
}

func (w *world) find(id string) *intake.Import {
	w.t.Helper()
	imp, err := w.intake.Find(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return imp
}

func batch(bodies ...[]byte) []queue.Delivery {
	list := make([]queue.Delivery, len(bodies))
	for i, body := range bodies {
		list[i] = queue.Delivery{ID: fmt.Sprintf("m%d", i), Receipt: "r", Body: body, Attempt: 1}
	}
	return list
}

// sample is the body of the first message of an event in fixtures/events.
func sample(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile("../../fixtures/events/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var event events.SQSEvent
	if err := json.Unmarshal(text, &event); err != nil {
		t.Fatal(err)
	}
	return []byte(event.Records[0].Body)
}

func done(context.Context, string) (*intake.Report, error) { return &intake.Report{}, nil }

func TestAPoisonMessageIsPutAsideWithItsReasonAndTheOthersAreDone(t *testing.T) {
	w := newWorld(t)
	var checked []string
	w.check = func(_ context.Context, id string) (*intake.Report, error) {
		checked = append(checked, id)
		return &intake.Report{}, nil
	}
	bodies := make([][]byte, 10)
	for i := range bodies {
		bodies[i] = task.Check(fmt.Sprint("import-", i))
	}
	bodies[3] = sample(t, "sqs-poison.json")
	if failed := w.checks().Run(t.Context(), batch(bodies...)); len(failed) > 0 || len(checked) != 9 {
		t.Errorf("failed %v, checked %v", failed, checked)
	}
	if len(w.buried) != 1 || !strings.HasPrefix(w.buried[0], string(bodies[3])+` {"code":"MESSAGE_UNREADABLE","reference":"m3"`) {
		t.Errorf("put aside: %q", w.buried)
	}
	if log := w.log.String(); !strings.Contains(log, `"message":"m3"`) || !strings.Contains(log, "not a check") {
		t.Errorf("the log does not say why: %s", log)
	}
}

func TestMessagesThatAskForNothingOfTheJobArePoison(t *testing.T) {
	w := newWorld(t)
	n := 0
	putAside := func(job string, runner *jobs.Runner, body string) {
		t.Helper()
		n++
		if failed := runner.Run(t.Context(), batch([]byte(body))); len(failed) > 0 || len(w.buried) != n {
			t.Errorf("%s for %s: failed %v, put aside %d", job, body, failed, len(w.buried))
		}
	}
	for _, body := range []string{
		`{}`, `[]`, `null`, `{"export":"e"}`, `{"import":"i","tries":-1}`, `{"import":"i","tries":1e99}`, `{"import":["i"]}`, `{"import":"i","export":"e"}`, `{"import":"i","step":"dance"}`, `{"Records":[{}]}`,
		`{"Records":[{"s3":{"object":{"key":"uploads/abc"}}}]}`, `{"Records":[{"s3":{"object":{"key":"incoming/"}}}]}`,
		`{"import":"\u0000"}`, `{"import":"a b"}`, `{"import":"` + strings.Repeat("a", 3000) + `"}`, `{"Records":[{"s3":{"object":{"key":"incoming/%FF"}}}]}`,
		`{"Records":[{"s3":{"object":{"key":"incoming/a+b"}}}]}`, `{"Records":[{"s3":{"object":{"key":"incoming/a"}}},{}]}`,
		`{"Records":[{"s3":{"object":{"key":"incoming/%zz"}}}]}`, `{"Records":[{"s3":{"object":{"key":"incoming/a/b"}}}]}`,
	} {
		putAside("check", w.checks(), body)
	}
	for _, body := range []string{`{"import":"i"}`, `{"import":"i","plan":"p"}`, `{"import":"i","plan":"p","mode":"some"}`, `{"export":"e"}`, `{"import":"a/b","plan":"p","mode":"all"}`,
		`{"step":"dance"}`, `{"step":"recover","import":"i","plan":"p","mode":"all"}`} {
		putAside("commit", w.commits(), body)
	}
	for _, body := range []string{`{}`, `{"import":"i"}`, `{"export":"../e"}`} {
		putAside("export", w.runner(&jobs.Export{}), body)
	}
}

func TestWhatFailsEachTimeIsPutAsideAtItsLastDeliveryWithItsCodeAndNoTextOfTheError(t *testing.T) {
	for cause, want := range map[error]string{
		errors.New("broken\x00 \xff for anna@example.org"):                                 `"code":"MESSAGE_FAILED"`,
		problem.New("IMPORT_UNKNOWN").Valued("anna@example.org"):                           `"code":"MESSAGE_REFUSED","cause":"IMPORT_UNKNOWN"`,
		fmt.Errorf("anna@example.org: %w", problem.New("RECORD_BUSY").With("import", "b")): `"code":"MESSAGE_WAITED"`,
	} {
		w := newWorld(t)
		w.check = func(context.Context, string) (*intake.Report, error) { return nil, cause }
		w.sendErr = queue.ErrUnavailable // so that what has to wait fails
		for attempt := 1; attempt <= jobs.Attempts; attempt++ {
			messages := batch(task.Check("a"))
			messages[0].Attempt, messages[0].Sent = attempt, at.Add(-time.Hour)
			failed := w.checks().Run(t.Context(), messages)
			if last := attempt == jobs.Attempts; (len(failed) == 0) != last || (len(w.buried) == 1) != last {
				t.Fatalf("attempt %d: failed %v, put aside %q", attempt, failed, w.buried)
			}
		}
		want = string(task.Check("a")) + " {" + want + `,"reference":"m0","attempts":5,"sent":"2026-11-21T08:00:00Z","at":"2026-11-21T09:00:00Z"}`
		if w.buried[0] != want {
			t.Errorf("put aside %s\n     want %s", w.buried[0], want)
		}
	}
}

func TestWhatCanNotBePutAsideFails(t *testing.T) {
	w := newWorld(t)
	w.buryErr = queue.ErrUnavailable
	if failed := w.checks().Run(t.Context(), batch([]byte("{"))); len(failed) != 1 {
		t.Errorf("lost: failed %v", failed)
	}
}

func TestWhatNobodyKnowsIsPoison(t *testing.T) {
	w := newWorld(t)
	w.check = func(ctx context.Context, id string) (*intake.Report, error) { return w.intake.Report(ctx, id) }
	w.commit = func(ctx context.Context, o imports.Order) (*intake.Result, error) {
		_, err := w.intake.Find(ctx, o.Import)
		return nil, err
	}
	for name, failed := range map[string][]string{
		"IMPORT_UNKNOWN ": w.checks().Run(t.Context(), batch(task.Check("none"))),
		"IMPORT_UNKNOWN":  w.commits().Run(t.Context(), batch(task.Commit("none", "p", intake.All, ""))),
		"EXPORT_UNKNOWN":  w.runner(&jobs.Export{Requests: w.requests}).Run(t.Context(), batch(task.Export("none"))),
	} {
		if len(failed) != 1 || !strings.Contains(w.log.String(), strings.TrimSpace(name)) {
			t.Errorf("%s: %v %s", name, failed, w.log.String())
		}
	}
	if len(w.sent) > 0 {
		t.Errorf("sent %v", w.sent)
	}
}

func TestAPanicFailsItsOwnMessageOnly(t *testing.T) {
	w := newWorld(t)
	w.check = func(_ context.Context, id string) (*intake.Report, error) {
		if id == "b" {
			panic("a secret")
		}
		return &intake.Report{}, nil
	}
	failed := w.checks().Run(t.Context(), batch(task.Check("a"), task.Check("b"), task.Check("c")))
	if !reflect.DeepEqual(failed, []string{"m1"}) || !slices.Equal(w.outcomes, []string{"done", "failed", "done"}) {
		t.Errorf("failed %v, %v", failed, w.outcomes)
	}
	if log := w.log.String(); !strings.Contains(log, "a secret") || !strings.Contains(log, "the-reference") {
		t.Errorf("the log does not have it: %s", log)
	}
}

func TestEventsOfTheStoreAreChecks(t *testing.T) {
	w := newWorld(t)
	var checked []string
	w.check = func(_ context.Context, id string) (*intake.Report, error) {
		checked = append(checked, id)
		return &intake.Report{}, nil
	}
	two := []byte(`{"Records":[{"s3":{"object":{"key":"incoming/a"}}},{"s3":{"object":{"key":"incoming%2Fb"}}}]}`)
	test, err := os.ReadFile("../../fixtures/events/s3-test.json")
	if err != nil {
		t.Fatal(err)
	}
	failed := w.checks().Run(t.Context(), batch(sample(t, "sqs-check.json"), two, test))
	if want := []string{"06dq3x1k7c9r2v5m8t4z6w0y1b", "a", "b"}; len(failed) > 0 || !slices.Equal(checked, want) {
		t.Errorf("failed %v, checked %v", failed, checked)
	}
}

func TestUnfinishedWorkGoesOnInAMessageOfItsOwn(t *testing.T) {
	w := newWorld(t)
	w.check = func(_ context.Context, id string) (*intake.Report, error) {
		return nil, fmt.Errorf("stopped: %w", &imports.Unfinished{Import: id, Rows: 400})
	}
	w.commit = func(_ context.Context, o imports.Order) (*intake.Result, error) {
		return nil, &imports.Unfinished{Import: o.Import, Rows: 600}
	}
	event := []byte(`{"Records":[{"s3":{"object":{"key":"incoming/a"}}}]}`)
	failed := append(w.checks().Run(t.Context(), batch(event)), w.commits().Run(t.Context(), batch(sample(t, "sqs-commit.json")))...)
	want := []sent{{`{"import":"a"}`, 0}, {string(sample(t, "sqs-commit.json")), 0}}
	if len(failed) > 0 || !reflect.DeepEqual(w.sent, want) {
		t.Errorf("failed %v, sent %v", failed, w.sent)
	}
}

func TestWhatCanNotGoOnFails(t *testing.T) {
	w := newWorld(t)
	w.sendErr = queue.ErrUnavailable
	w.check = func(_ context.Context, id string) (*intake.Report, error) {
		return nil, &imports.Unfinished{Import: id}
	}
	if failed := w.checks().Run(t.Context(), batch(task.Check("a"))); len(failed) != 1 {
		t.Error("the message was done, and its work lost")
	}
}

func TestWhatHasToWaitIsPutOffForLongerEachTime(t *testing.T) {
	for _, cause := range []error{
		problem.New("RECORD_BUSY").With("import", "other"), fmt.Errorf("%w: away", table.ErrUnavailable), blob.ErrUnavailable,
	} {
		w := newWorld(t)
		id := w.create(intake.Checked, "p")
		w.commit = func(context.Context, imports.Order) (*intake.Result, error) { return nil, cause }
		body := task.Commit(id, "p", intake.All, "")
		var waits []time.Duration
		total := time.Duration(0)
		for range 100 {
			failed := w.commits().Run(t.Context(), batch(body))
			if len(failed) > 0 {
				break
			}
			last := w.sent[len(w.sent)-1]
			waits, total, body = append(waits, last.after), total+last.after, []byte(last.body)
		}
		first := []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 40 * time.Second, 80 * time.Second}
		if len(waits) != 24 || !slices.Equal(waits[:5], first) || waits[23] != queue.MaxDelay || total < 4*time.Hour {
			t.Errorf("%v: waited for %v, in all %v", cause, waits, total)
		}
		imp := w.find(id)
		if code := imp.Problem; imp.State != intake.Failed || code != "RECORD_BUSY" && code != "UNAVAILABLE" {
			t.Errorf("given up, and the import is %s (%s)", imp.State, code)
		}
	}
}

// Messages are ours, but whoever may send to a queue writes what they like.
func TestAMessageThatCountsItsTriesWronglyIsNoOthersLoss(t *testing.T) {
	w := newWorld(t)
	w.check = func(context.Context, string) (*intake.Report, error) { return nil, table.ErrUnavailable }
	failed := w.checks().Run(t.Context(), batch([]byte(`{"import":"a","tries":-1}`), []byte(`{"import":"b","tries":9223372036854775807}`), task.Check("c")))
	if !slices.Equal(failed, []string{"m1"}) || len(w.buried) != 1 || len(w.sent) != 1 {
		t.Errorf("failed %v, put aside %q, sent %v", failed, w.buried, w.sent)
	}
}

func TestWhenTimeIsOverNothingIsSentAndTheMessageFails(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	w.check = func(context.Context, string) (*intake.Report, error) {
		cancel()
		return nil, errors.Join(ctx.Err(), table.ErrUnavailable)
	}
	if failed := w.checks().Run(ctx, batch(task.Check("a"))); len(failed) != 1 || len(w.sent) > 0 {
		t.Errorf("failed %v, sent %v", failed, w.sent)
	}
}

func TestABatchThatRunsOutOfTimeHandsItsOtherMessagesOn(t *testing.T) {
	w := newWorld(t)
	w.hurry = true
	w.check = done
	third := []byte(`{"Records":[{"s3":{"object":{"key":"incoming/c"}}}]}`)
	failed := w.checks().Run(t.Context(), batch(task.Check("a"), task.Check("b"), third))
	want := []sent{{string(task.Check("b")), 0}, {string(third), 0}}
	if len(failed) > 0 || !reflect.DeepEqual(w.sent, want) || !slices.Equal(w.outcomes, []string{"done", "continued", "continued"}) {
		t.Errorf("failed %v, sent %v, %v", failed, w.sent, w.outcomes)
	}
}

func TestCommitsAndUndosThatWereLeftBehindAreSentOnTheirWayAgain(t *testing.T) {
	w := newWorld(t)
	committing := &intake.Import{ID: "a", State: intake.Committing, Plan: "p", Mode: intake.Valid, Committer: "anna"}
	undoing := &intake.Import{ID: "b", State: intake.Undoing, Plan: "q", Undo: intake.Undo{Mode: intake.All, Person: "bruno"}}
	w.behind = func(before time.Time) ([]*intake.Import, error) {
		if !before.Equal(at.Add(-jobs.LeftFor)) {
			t.Errorf("left since %v", before)
		}
		return []*intake.Import{committing, undoing}, nil
	}
	failed := w.commits().Run(t.Context(), batch(task.Recover()))
	want := []sent{{string(task.Commit("a", "p", intake.Valid, "anna")), 0}, {string(task.Undo("b", intake.All, "bruno")), 0}}
	if len(failed) > 0 || !reflect.DeepEqual(w.sent, want) {
		t.Errorf("failed %v, sent %v", failed, w.sent)
	}
	w.sent = nil
	w.behind = func(time.Time) ([]*intake.Import, error) { // one of several can't be looked at
		return []*intake.Import{undoing}, errors.New("broken")
	}
	if failed := w.commits().Run(t.Context(), batch(task.Recover())); len(failed) != 1 || len(w.sent) != 1 {
		t.Errorf("failed %v, sent %v", failed, w.sent)
	}
	w.behind = func(time.Time) ([]*intake.Import, error) { return nil, fmt.Errorf("%w: away", table.ErrUnavailable) }
	body := task.Recover()
	for n := range 30 { // it waits like other work, and ends without a trace
		w.sent = nil
		if failed = w.commits().Run(t.Context(), batch(body)); len(failed) > 0 {
			return
		}
		if len(w.sent) != 1 {
			t.Fatalf("the %dth time it sent %v", n, w.sent)
		}
		body = []byte(w.sent[0].body)
	}
	t.Error("it waits for ever")
}

func TestARefusalIsNotedAndDone(t *testing.T) {
	w := newWorld(t)
	id := w.create(intake.Checked, "p")
	w.commit = func(context.Context, imports.Order) (*intake.Result, error) {
		return nil, problem.New("ROWS_REFUSED").WithInt("count", 1)
	}
	if failed := w.commits().Run(t.Context(), batch(task.Commit(id, "earlier", intake.All, ""))); len(failed) > 0 || w.find(id).State != intake.Checked {
		t.Errorf("the refusal of an earlier plan is noted at the present one: %+v, %v", w.find(id), failed)
	}
	if failed := w.commits().Run(t.Context(), batch(task.Commit(id, "p", intake.All, ""))); len(failed) > 0 || w.find(id).Problem != "ROWS_REFUSED" {
		t.Errorf("%+v, %v", w.find(id), failed)
	}
}

// A function that is ended by its memory or its time notes nothing; what comes after its last try says so for it.
func TestWhatNoDeliveryWasAnsweredForIsGivenUpWithoutAFurtherTry(t *testing.T) {
	w := newWorld(t)
	w.check = func(context.Context, string) (*intake.Report, error) {
		t.Error("tried again")
		return &intake.Report{}, nil
	}
	id := w.create(intake.Checking, "")
	messages := batch(task.Check(id))
	messages[0].Attempt = jobs.Deliveries
	if failed := w.checks().Run(t.Context(), messages); len(failed) > 0 || len(w.buried) != 1 || !strings.Contains(w.buried[0], "MESSAGE_UNANSWERED") {
		t.Errorf("failed %v, put aside %q", failed, w.buried)
	}
	if imp := w.find(id); imp.State != intake.Failed || imp.Problem != "INTERNAL" {
		t.Errorf("the import is %s (%s)", imp.State, imp.Problem)
	}
	if _, err := w.requests.Create(t.Context(), "e", request.Wish{Kind: request.Budget}); err != nil {
		t.Fatal(err)
	}
	messages = batch(task.Export("e"))
	messages[0].Attempt = jobs.Deliveries
	w.runner(&jobs.Export{Requests: w.requests}).Run(t.Context(), messages)
	export, err := w.requests.Find(t.Context(), "e")
	if err != nil || export.State != request.Failed || export.Problem.Code != "INTERNAL" ||
		!strings.Contains(export.Problem.Message(locale.EN), "(reference e)") {
		t.Errorf("%+v, %v", export, err)
	}
}

// The bucket's rule took the file away before anybody could check it, or somebody did.
func TestTheCheckOfAFileThatIsGoneIsNotedAtOnceAndDone(t *testing.T) {
	w := newWorld(t)
	id := w.create(intake.Awaiting, "")
	w.check = func(_ context.Context, id string) (*intake.Report, error) {
		return nil, problem.New("IMPORT_FILE_AWAITED").Valued(id)
	}
	if failed := w.checks().Run(t.Context(), batch(task.Check(id))); len(failed) > 0 || len(w.buried) > 0 {
		t.Errorf("failed %v, put aside %q", failed, w.buried)
	}
	if imp := w.find(id); imp.State != intake.Failed || imp.Problem != "IMPORT_FILE_AWAITED" {
		t.Errorf("the import is %s (%s)", imp.State, imp.Problem)
	}
}

func TestAWorkbookThatWaitedTooLongSaysForWhichImport(t *testing.T) {
	w := newWorld(t)
	if _, err := w.requests.Create(t.Context(), "e", request.Wish{Kind: request.Budget}); err != nil {
		t.Fatal(err)
	}
	job := &jobs.Export{Requests: w.requests, Blobs: w.blobs, Build: func(context.Context, io.Writer, request.Wish) error {
		return &records.BusyError{Type: "member", Import: "other"}
	}}
	body := task.Export("e")
	for range 30 {
		if failed := w.runner(job).Run(t.Context(), batch(body)); len(failed) > 0 {
			break
		}
		body = []byte(w.sent[len(w.sent)-1].body)
	}
	export, err := w.requests.Find(t.Context(), "e")
	if err != nil || export.State != request.Failed || !strings.Contains(export.Problem.Message(locale.EN), "(other)") {
		t.Errorf("%+v, %v", export, err)
	}
}

func TestWhatFailsForGoodIsNotCalledUnavailable(t *testing.T) {
	w := newWorld(t)
	id := w.create(intake.Checking, "")
	w.check = func(context.Context, string) (*intake.Report, error) { panic("broken") }
	messages := batch(task.Check(id))
	messages[0].Attempt = jobs.Attempts
	if failed := w.checks().Run(t.Context(), messages); len(failed) > 0 || len(w.buried) != 1 {
		t.Errorf("failed %v, put aside %q", failed, w.buried)
	}
	if imp := w.find(id); imp.State != intake.Failed || imp.Problem != "INTERNAL" {
		t.Errorf("the import is %s (%s)", imp.State, imp.Problem)
	}
}

func TestTheLogNamesTheImportAndNothingOfIt(t *testing.T) {
	w := newWorld(t)
	w.check = func(context.Context, string) (*intake.Report, error) {
		return &intake.Report{File: intake.File{Name: "anna.csv"}, Person: "anna"}, nil
	}
	w.checks().Run(t.Context(), batch(task.Check("06dq")))
	if log := w.log.String(); !strings.Contains(log, `"import":"06dq"`) || strings.Contains(log, "anna") {
		t.Errorf("got %s", log)
	}
}
