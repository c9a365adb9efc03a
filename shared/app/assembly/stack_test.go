package assembly_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app/assembly"
	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/kinds/area"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/queue/embedded"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

var began = time.Date(2025, 6, 21, 9, 30, 0, 0, time.UTC)

// stack is the API, the jobs and their queues in one process, with a clock that only moves when nothing is left to do.
type stack struct {
	t       testing.TB
	elapsed atomic.Int64
	ids     identity.IDs
	table   table.Table
	blobs   blob.Store
	queues  map[string]*embedded.Queue
	dead    *embedded.Queue // what can't be done of all three
	runners map[string]*jobs.Runner
	api     http.Handler
	times   int // how often each message is delivered
	role    access.Role
}

func newStack(t testing.TB, over table.Table) *stack {
	t.Helper()
	blobs, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := &stack{t: t, table: over, blobs: blobs, queues: map[string]*embedded.Queue{}, times: 1, role: access.Secretariat}
	s.ids = identity.NewIDs(s.clock, nil)
	messages := memory.New(table.Config{Clock: s.clock})
	for _, name := range []string{"check", "commit", "export"} {
		s.queues[name] = embedded.New(messages, name, embedded.Options{Clock: s.clock, IDs: s.ids, Attempts: 3})
	}
	s.dead = embedded.New(messages, "dead", embedded.Options{Clock: s.clock, IDs: s.ids})
	s.start(over)
	return s
}

func (s *stack) clock() time.Time { return began.Add(time.Duration(s.elapsed.Load())) }

func (s *stack) parts(over table.Table) assembly.Parts {
	return assembly.Parts{
		Table: over, Blobs: s.blobs, Clock: s.clock, IDs: s.ids, Pause: func(ctx context.Context, _ int) error { return ctx.Err() },
		Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Measure: metric.Discard,
	}
}

// start opens everything anew over a table, as functions do that begin cold.
func (s *stack) start(over table.Table) {
	s.t.Helper()
	parts := s.parts(over)
	check, err := parts.Check(s.queues["check"], s.dead)
	if err != nil {
		s.t.Fatal(err)
	}
	commit, err := parts.Commit(s.queues["commit"], s.dead)
	if err != nil {
		s.t.Fatal(err)
	}
	s.runners = map[string]*jobs.Runner{"check": check, "commit": commit, "export": parts.Export(s.queues["export"], s.dead)}
	s.api = httpapi.New(httpapi.Config{
		Office: parts.Office(nil, services.Work{
			Links: links{s}, Check: s.queues["check"], Commit: s.queues["commit"], Export: s.queues["export"],
		}, parts.Log),
		Table: over, Clock: s.clock, IDs: s.ids, Log: parts.Log, Measure: metric.Discard,
		Door: s.open, Token: func(context.Context) string { return "token" }, RequestID: func(*http.Request) string { return "" },
	})
}

// open lets everybody in as one person, of the role that the test gives it.
func (s *stack) open(next http.Handler) http.Handler {
	return http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
		who := access.Actor{Person: "anna", Role: s.role}
		next.ServeHTTP(answer, r.WithContext(access.WithActor(r.Context(), who)))
	})
}

// links are made as a store makes them; their holder is the test.
type links struct{ s *stack }

func (l links) UploadLink(_ context.Context, name string, terms blob.UploadTerms) (blob.Link, error) {
	return blob.Link{
		Method: "PUT", URL: "files:" + name, Expires: l.s.clock().Add(terms.For),
		Header: map[string]string{"Content-Type": terms.Type, "Content-Length": fmt.Sprint(terms.Size)},
	}, terms.Check()
}

func (l links) DownloadLink(_ context.Context, name string, terms blob.DownloadTerms) (blob.Link, error) {
	return blob.Link{Method: "GET", URL: "files:" + name, Expires: l.s.clock().Add(terms.For)}, terms.Check()
}

type object = map[string]any

// ask sends a request to the API and gives its answer.
func (s *stack) ask(status int, method, path string, body object) object {
	s.t.Helper()
	var content bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&content).Encode(body); err != nil {
			s.t.Fatal(err)
		}
	}
	r := httptest.NewRequest(method, path, &content)
	r.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	s.api.ServeHTTP(recorder, r)
	var answer object
	if err := json.Unmarshal(recorder.Body.Bytes(), &answer); err != nil || recorder.Code != status {
		s.t.Fatalf("%s %s: %d %.500s (%v)", method, path, recorder.Code, recorder.Body.String(), err)
	}
	return answer
}

// put sends a file through its link, whereupon the store tells the check queue.
func (s *stack) put(link object, content []byte) {
	s.t.Helper()
	name := strings.TrimPrefix(link["url"].(string), "files:")
	if got := link["headers"].(object)["Content-Length"]; got != fmt.Sprint(len(content)) {
		s.t.Fatalf("the link is for %v bytes", got)
	}
	w, err := s.blobs.Create(s.t.Context(), name)
	if err != nil {
		s.t.Fatal(err)
	}
	_, err = w.Write(content)
	if _, committed := w.Commit(); err != nil || committed != nil {
		s.t.Fatal(errors.Join(err, committed))
	}
	event := fmt.Sprintf(`{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":%q}}}]}`, url.QueryEscape(name))
	if err := s.queues["check"].Send(s.t.Context(), []byte(event), 0); err != nil {
		s.t.Fatal(err)
	}
}

// get fetches a file through its link.
func (s *stack) get(link any) []byte {
	s.t.Helper()
	src, err := s.blobs.Open(s.t.Context(), strings.TrimPrefix(link.(object)["url"].(string), "files:"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer src.Close()
	content, err := io.ReadAll(io.NewSectionReader(src, 0, src.Size()))
	if err != nil {
		s.t.Fatal(err)
	}
	return content
}

// upload asks for an import, sends its file and gives the import's identifier.
func (s *stack) upload(request object, content []byte) string {
	s.t.Helper()
	request["bytes"] = len(content)
	answer := s.ask(http.StatusCreated, "POST", "/api/imports", request)
	s.put(answer["upload"].(object), content)
	return answer["import"].(object)["id"].(string)
}

func (s *stack) find(id string) object {
	s.t.Helper()
	return s.ask(http.StatusOK, "GET", "/api/imports/"+id, nil)["import"].(object)
}

// commit confirms an import's plan.
func (s *stack) commit(id, mode string) {
	s.t.Helper()
	if of, _ := area.Of(s.find(id)["kind"].(string)); of == area.Fund {
		s.role = access.Treasurer
		defer func() { s.role = access.Secretariat }()
	}
	s.ask(http.StatusAccepted, "POST", "/api/imports/"+id+"/commit", object{"plan": s.find(id)["plan"], "mode": mode})
}

// export asks for a workbook, has it made and fetches it.
func (s *stack) export(wish object) []byte {
	s.t.Helper()
	id := s.ask(http.StatusAccepted, "POST", "/api/exports", wish)["export"].(object)["id"].(string)
	s.settle()
	answer := s.ask(http.StatusOK, "GET", "/api/exports/"+id, nil)
	if answer["download"] == nil {
		s.t.Fatalf("not made: %v", answer)
	}
	return s.get(answer["download"])
}

// hidden is how long a batch is hidden while it is worked on, and further than the longest wait of a message.
const hidden = time.Minute

// settle does the work of the queues until there is none left, also none that waits.
func (s *stack) settle() {
	s.t.Helper()
	for idle := 0; idle < 2; idle++ {
		if s.drain() {
			idle = 0
		}
		s.elapsed.Add(int64(queue.MaxDelay + time.Second))
	}
}

// drain does what can be done now, and reports whether that was anything.
func (s *stack) drain() (worked bool) {
	s.t.Helper()
	for s.work() {
		worked = true
	}
	return worked
}

// work takes a batch from each queue and reports whether there was any.
func (s *stack) work() bool {
	s.t.Helper()
	worked := false
	for name, q := range s.queues {
		batch, err := q.Receive(s.t.Context(), queue.MaxReceive, hidden)
		if err != nil {
			s.t.Fatal(err)
		}
		failed := map[string]bool{}
		for range s.times {
			for _, id := range s.runners[name].Run(s.t.Context(), batch) {
				failed[id] = true
			}
		}
		for _, message := range batch {
			worked = true
			if !failed[message.ID] { // what failed comes again when its hiding is over
				err = errors.Join(err, q.Done(s.t.Context(), message))
			}
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
	return worked
}
