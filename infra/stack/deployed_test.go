package stack

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/learning-cities/guildhall/fixtures"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// term is the one that the sample answers and contributions belong to.
const term = "2019-2021"

// sample is a sample workbook as a person sends it.
type sample struct {
	name    string
	kind    string // empty: found out
	answers map[string]string
	mode    intake.Mode
}

// samples are those of the demo, in its order, in which they build on each other, and the bad ones, of which nothing is stored.
func samples(t *testing.T) []sample {
	t.Helper()
	var all []sample
	for _, name := range []string{
		"members.en.xlsx", "applications.fr.xlsx", "applications.es.xlsx", "endorsements.es.csv", "decisions.en.xlsx",
		"survey.en.xlsx", "survey.fr.xlsx", "survey.es.xlsx", "questionnaire.en.xlsx", "questionnaire.fr.xlsx", "questionnaire.es.xlsx",
		"coordinators.fr.xlsx", "coordinators.es.xlsx", "coordinators.en.xlsx", "news.en.xlsx", "news.fr.xlsx", "news.es.xlsx",
		"rates.en.xlsx", "rates.fr.csv", "rates.es.xlsx",
		"pledges.en.xlsx", "pledges.fr.xlsx", "pledges.es.xlsx",
		"contributions.en.xlsx", "contributions.es.xlsx", "contributions.fr.csv",
		"results.en.xlsx", "results.fr.xlsx", "results.es.xlsx", // expenditures need allocations, which the API can't make
	} {
		one := sample{name: name, mode: intake.Valid}
		if name == "contributions.fr.csv" {
			one.answers = map[string]string{"csv.encoding": "windows-1252", "rate_date": "dmy"}
		}
		all = append(all, one)
	}
	bad, err := fs.Glob(fixtures.Sheets, "sheets/bad/*")
	if err != nil || len(bad) == 0 {
		t.Fatal(err, bad)
	}
	for _, file := range bad {
		kind, _, _ := strings.Cut(path.Base(file), ".")
		all = append(all, sample{name: strings.TrimPrefix(file, "sheets/"), kind: kind, mode: intake.All})
	}
	return all
}

// ofTheFund reports whether the treasurer sends a sample.
func (s sample) ofTheFund() bool {
	kind, _, _ := strings.Cut(path.Base(s.name), ".")
	return slices.Contains([]string{"rates", "pledges", "contributions", "results", "expenditures"}, kind)
}

// link, importState and exportState are the API's, as far as the test looks at them.
type link struct {
	Method, URL string
	Headers     map[string]string
}

type importState struct {
	ID, State, Plan, Kind string
	Rows                  *intake.Counts
	Problem               *struct{ Code, Message string }
}

type exportState struct {
	ID, State string
	Problem   *struct{ Code, Message string }
}

func TestTheSampleWorkbooksComeThroughTheDeployedStackAsThroughTheEmbeddedOne(t *testing.T) {
	d := deploy(t, func(template string) string { // whose rule is waited for
		before, after, ok := strings.Cut(template, "ScheduleExpression: rate(1 hour)")
		if !ok {
			t.Fatal("the template has no rule of every hour")
		}
		return before + "ScheduleExpression: rate(1 minute)" + after
	})
	embedded, err := app.OpenEmbedded(t.Context(), t.TempDir(), app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer embedded.Close()

	nobody := session{Client: &http.Client{Transport: d.transport(t), Timeout: d.client.Timeout}}
	var refusal struct{ Code string }
	if status := nobody.ask(t, d.output(t, "ProductAddress"), http.MethodGet, "/imports/x", nil, &refusal); status != http.StatusUnauthorized {
		t.Errorf("without a session the API answers %d %s", status, refusal.Code)
	}
	d.browsed(t, nobody)

	d.invite(t)
	secretariat, treasurer := d.who, d.signIn(t, emailOf("treasurer"))
	var last importState
	for _, s := range samples(t) {
		if d.who = secretariat; s.ofTheFund() {
			d.who = treasurer
		}
		content, err := fixtures.Sheets.ReadFile("sheets/" + s.name)
		if err != nil {
			t.Fatal(err)
		}
		report := embed(t, embedded, s, content)
		got := d.checked(t, s, content)
		if got.Rows == nil || *got.Rows != report.Rows || got.Kind != report.Kind {
			t.Fatalf("%s: deployed %v of %s, embedded %v of %s", s.name, got.Rows, got.Kind, report.Rows, report.Kind)
		}
		d.sameReport(t, got.ID, report)
		if len(report.Problems) > 0 {
			d.marked(t, got.ID)
		}
		if s.mode == intake.All && report.Rows.Fail > 0 {
			var refusal struct{ Code string }
			if status := d.commit(t, got, s.mode, &refusal); status < 400 || refusal.Code != "ROWS_REFUSED" {
				t.Errorf("%s: the commit was answered %d %s", s.name, status, refusal.Code)
			}
			continue
		}
		last = d.committed(t, got, s.mode)
	}

	d.who = secretariat
	// The same message again, three times: it finds the import committed.
	d.hurry(t, "CommitQueueAddress")
	again, err := json.Marshal(map[string]string{"import": last.ID, "plan": last.Plan, "mode": string(intake.Valid)})
	if err != nil {
		t.Fatal(err)
	}
	d.send(t, "CommitQueueAddress", string(again), string(again), string(again))
	until(t, "the repeated messages are done", func() bool { return d.waiting(t, "CommitQueueAddress") == "0+0+0" })
	if left := d.waiting(t, "CommitDeadLettersAddress"); left != "0+0+0" {
		t.Errorf("dead letters after repeated messages: %s", left)
	}

	moment := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for _, lang := range locale.Langs {
		for _, kind := range request.Kinds() {
			var want bytes.Buffer
			if err := exports.Write(t.Context(), &want, kind, input(embedded, lang, moment)); err != nil {
				t.Fatal(err)
			}
			got := d.exported(t, string(kind), lang, moment)
			sameCells(t, string(kind)+"."+string(lang)+".xlsx", want.Bytes(), got)
		}
	}
	t.Run("a poison message ends in the dead letters, its neighbours are done", func(t *testing.T) { poison(t, d) })
	done := regexp.MustCompile(`"msg":"done".*"step":"recover"`)
	until(t, "somebody looked for commits that were left behind", func() bool {
		log, err := os.ReadFile(d.server.Log)
		return err == nil && done.Match(log)
	})
	until(t, "nothing is left to be checked", func() bool { return d.waiting(t, "CheckQueueAddress") == "0+0+0" })
	d.nothingRefused(t)
}

// nothingRefused fails for each error in the functions' logs, and for each denial: but for the poison all went well, also what is
// done after an answer and would be tried again unseen.
func (d *deployment) nothingRefused(t *testing.T) {
	t.Helper()
	log, err := os.ReadFile(d.server.Log)
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for line := range strings.Lines(string(log)) {
		var entry struct{ Level, Function, Msg string }
		if json.Unmarshal([]byte(line), &entry) != nil || entry.Function == "" {
			continue
		}
		said++
		if entry.Level == "ERROR" && entry.Msg != "message refused" || strings.Contains(line, "AccessDenied") {
			t.Errorf("a function says: %s", line)
		}
	}
	if said == 0 {
		t.Error("the functions' logs are nowhere")
	}
}

// marked waits for the copy of a workbook in which its problems are marked, and fetches it.
func (d *deployment) marked(t *testing.T, id string) {
	t.Helper()
	var got struct{ Link *link }
	until(t, "the marked copy of "+id+" is made", func() bool {
		return d.ask(t, http.MethodGet, "/imports/"+id+"/annotated", nil, &got) == http.StatusOK
	})
	if len(cells(t, "marked.xlsx", d.follow(t, got.Link, nil))) == 0 {
		t.Errorf("the marked copy of %s is empty", id)
	}
}

func input(a *app.App, lang locale.Lang, moment time.Time) exports.Input {
	return exports.Input{Records: a.Records, Programme: a.Programme, Reference: a.Reference, Lang: lang, Term: term, At: moment}
}

// embed imports a sample in this process.
func embed(t *testing.T, a *app.App, s sample, content []byte) *intake.Report {
	t.Helper()
	up := imports.Upload{Name: path.Base(s.name), Source: bytes.NewReader(content), Size: int64(len(content))}
	options := imports.Options{Kind: s.kind, Term: term, Answers: s.answers, Person: "staff"}
	report, _, err := a.Imports.Import(t.Context(), up, options, s.mode, "")
	var p *problem.Problem
	if err != nil && (!errors.As(err, &p) || p.Code != "ROWS_REFUSED") {
		t.Fatalf("%s: %v", s.name, err)
	}
	return report
}

// checked sends a sample and waits for its check.
func (d *deployment) checked(t *testing.T, s sample, content []byte) importState {
	t.Helper()
	asked := map[string]any{"name": path.Base(s.name), "bytes": len(content), "term": term}
	if s.kind != "" {
		asked["kind"] = s.kind
	}
	// How a text is encoded is told with the file; the other questions are answered once they are asked.
	later := maps.Clone(s.answers)
	if encoding, ok := later["csv.encoding"]; ok {
		asked["answers"] = map[string]string{"csv.encoding": encoding}
		delete(later, "csv.encoding")
	}
	var created struct {
		Import importState
		Upload *link
		Code   string
	}
	if status := d.ask(t, http.MethodPost, "/imports", asked, &created); status != http.StatusCreated {
		t.Fatalf("%s: %d %s", s.name, status, created.Code)
	}
	d.follow(t, created.Upload, content)
	got := d.reaches(t, created.Import.ID, string(intake.Checked))
	if len(later) > 0 {
		answers := map[string]any{"answers": later}
		if status := d.ask(t, http.MethodPost, "/imports/"+got.ID+"/check", answers, nil); status != http.StatusAccepted {
			t.Fatalf("%s: answers were answered %d", s.name, status)
		}
		got = d.reaches(t, got.ID, string(intake.Checked))
	}
	return got
}

// reaches waits for an import to come to a state.
func (d *deployment) reaches(t *testing.T, id, state string) importState {
	t.Helper()
	var got struct{ Import importState }
	until(t, "import "+id+" is "+state, func() bool {
		if status := d.ask(t, http.MethodGet, "/imports/"+id, nil, &got); status != http.StatusOK {
			t.Fatalf("import %s: %d", id, status)
		}
		if got.Import.Problem != nil {
			t.Fatalf("import %s is %s: %v", id, got.Import.State, *got.Import.Problem)
		}
		return got.Import.State == state
	})
	return got.Import
}

func (d *deployment) commit(t *testing.T, of importState, mode intake.Mode, into any) int {
	t.Helper()
	return d.ask(t, http.MethodPost, "/imports/"+of.ID+"/commit", map[string]string{"plan": of.Plan, "mode": string(mode)}, into)
}

// committed has an import committed and waits for it.
func (d *deployment) committed(t *testing.T, of importState, mode intake.Mode) importState {
	t.Helper()
	var answer struct{ Code string }
	if status := d.commit(t, of, mode, &answer); status != http.StatusAccepted {
		t.Fatalf("commit of %s: %d %s", of.ID, status, answer.Code)
	}
	return d.reaches(t, of.ID, string(intake.Committed))
}

// sameReport compares the problems of a check with those that the embedded stack found, by code and place.
func (d *deployment) sameReport(t *testing.T, id string, want *intake.Report) {
	t.Helper()
	var got struct {
		Problems []struct {
			Code problem.Code
			Row  int
		}
	}
	if status := d.ask(t, http.MethodGet, "/imports/"+id+"/report", nil, &got); status != http.StatusOK {
		t.Fatalf("report of %s: %d", id, status)
	}
	if len(got.Problems) != len(want.Problems) {
		t.Fatalf("%s: %d problems deployed, %d embedded", want.File.Name, len(got.Problems), len(want.Problems))
	}
	for i, p := range got.Problems {
		if w := want.Problems[i]; p.Code != w.Code || p.Row != w.Row {
			t.Errorf("%s: problem %d is %s in row %d deployed, %s in row %d embedded", want.File.Name, i, p.Code, p.Row, w.Code, w.Row)
		}
	}
}

// exported asks for a workbook, waits for it and fetches it.
func (d *deployment) exported(t *testing.T, kind string, lang locale.Lang, moment time.Time) []byte {
	t.Helper()
	var got struct {
		Export   exportState
		Download *link
		Code     string
	}
	status := d.ask(t, http.MethodPost, "/exports", map[string]any{"kind": kind, "lang": lang, "term": term, "at": moment}, &got)
	if status != http.StatusAccepted {
		t.Fatalf("%s: %d %s", kind, status, got.Code)
	}
	until(t, kind+" is ready", func() bool {
		d.ask(t, http.MethodGet, "/exports/"+got.Export.ID, nil, &got)
		if got.Export.Problem != nil {
			t.Fatalf("%s: %v", kind, *got.Export.Problem)
		}
		return got.Export.State == "ready"
	})
	return d.follow(t, got.Download, nil)
}

// poison sends ten messages at once, of which one can't be read: the nine name exports, and all of these are made.
func poison(t *testing.T, d *deployment) {
	d.hurry(t, "ExportQueueAddress")
	bodies := []string{`{"neither": "an import nor an export"}`}
	var ids []string
	for range 9 {
		var got struct{ Export exportState }
		d.ask(t, http.MethodPost, "/exports", map[string]any{"kind": "budget", "term": term}, &got)
		ids = append(ids, got.Export.ID)
		bodies = append(bodies, `{"export":"`+got.Export.ID+`"}`)
	}
	d.send(t, "ExportQueueAddress", bodies...)
	until(t, "the poison is among the dead letters, alone", func() bool { return d.waiting(t, "ExportDeadLettersAddress") == "1+0+0" })
	until(t, "the others are done", func() bool { return d.waiting(t, "ExportQueueAddress") == "0+0+0" })
	for _, id := range ids {
		var got struct{ Export exportState }
		if d.ask(t, http.MethodGet, "/exports/"+id, nil, &got); got.Export.State != "ready" {
			t.Errorf("export %s is %s", id, got.Export.State)
		}
	}
	out, err := d.queues.ReceiveMessage(t.Context(), &sqs.ReceiveMessageInput{
		QueueUrl: aws.String(d.output(t, "ExportDeadLettersAddress")), MessageAttributeNames: []string{"All"},
	})
	if err != nil || len(out.Messages) != 1 || *out.Messages[0].Body != bodies[0] ||
		task.ReadFailure(aws.ToString(out.Messages[0].MessageAttributes["Reason"].StringValue)).Code != task.Unreadable {
		t.Errorf("dead letters: %v, %v", out, err)
	}
}
