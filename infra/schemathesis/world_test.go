package schemathesis

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// world is an API over memory and a folder, whose work is done by nobody: instead there is an import and an export in each state, and
// what is asked of one is asked of another by turns, so that every question meets every state.
type world struct {
	t       *testing.T
	table   table.Table
	blobs   blob.Store
	intake  *intake.Store
	exports *request.Store
	api     http.Handler
	asked   atomic.Int64
}

// newWorld gives the address of such an API on the loopback address, which ends with the test.
func newWorld(t *testing.T) (address string) {
	clock := identity.System()
	ids := identity.NewIDs(clock, nil)
	blobs, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, blobs: blobs, table: memory.NewStore().Table(table.Config{Clock: clock})}
	w.intake = intake.New(intake.Config{Table: w.table, Blobs: blobs, Clock: clock, IDs: ids})
	w.exports = request.New(w.table, clock)
	w.api = httpapi.New(httpapi.Config{
		Office: office.New(office.Config{
			Intake: w.intake, Exports: w.exports, Blobs: blobs, Links: nowhere{},
			CheckQueue: nowhere{}, CommitQueue: nowhere{}, ExportQueue: nowhere{}, Clock: clock, Log: slog.New(slog.DiscardHandler),
		}),
		Table: w.table, Clock: clock, IDs: ids, Log: slog.New(slog.DiscardHandler), Measure: metric.Discard,
		Door: open, Token: func(context.Context) string { return "token" }, RequestID: func(*http.Request) string { return "" },
	})
	for _, state := range states {
		w.reports(string(state))
	}
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	return server.URL
}

// open lets everybody in as one person of the secretariat.
func open(next http.Handler) http.Handler {
	return http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
		who := access.Actor{Person: "anna", Role: access.Secretariat}
		next.ServeHTTP(answer, r.WithContext(access.WithActor(r.Context(), who)))
	})
}

// nowhere is where work and files go.
type nowhere struct{}

func (nowhere) Send(context.Context, []byte, time.Duration) error { return nil }

func (nowhere) UploadLink(_ context.Context, name string, terms blob.UploadTerms) (blob.Link, error) {
	return blob.Link{Method: "PUT", URL: "https://files.invalid/" + name, Expires: time.Now().Add(terms.For)}, terms.Check()
}

func (nowhere) DownloadLink(_ context.Context, name string, terms blob.DownloadTerms) (blob.Link, error) {
	return blob.Link{Method: "GET", URL: "https://files.invalid/" + name, Expires: time.Now().Add(terms.For)}, terms.Check()
}

// states are those of imports, each of which has one that is named like it.
var states = []intake.State{
	intake.Awaiting, intake.Checking, intake.Checked, intake.Refused, intake.Committing, intake.Committed, intake.Failed, intake.Undoing,
	intake.Undone,
}

// made are the states of exports.
var made = []request.State{request.Asked, request.Ready, request.Failed}

// ServeHTTP implements http.Handler.
func (w *world) ServeHTTP(answer http.ResponseWriter, r *http.Request) {
	parts := strings.Split(r.URL.Path, "/")
	if len(parts) > 3 && identity.WellFormed(parts[3]) {
		turn := int(w.asked.Add(1))
		switch at := turn % (len(states) + 1); {
		case parts[2] == "imports" && at < len(states):
			parts[3] = w.bring(states[at])
		case parts[2] == "exports" && at < len(made):
			parts[3] = w.make(made[at])
		}
		r.URL.Path = strings.Join(parts, "/")
	}
	w.api.ServeHTTP(answer, r)
}

// bring has the import of a state in it, whatever was asked of it before, and gives its identifier.
func (w *world) bring(state intake.State) (id string) {
	ctx := w.t.Context()
	id = string(state)
	before, err := w.intake.Find(ctx, id)
	if err != nil {
		if before, err = w.intake.CreateAs(ctx, id, intake.Request{Name: "gifts.csv", Bytes: 12}); err != nil {
			w.t.Error(err)
			return id
		}
	}
	imp := *before
	imp.State = state
	if state != intake.Awaiting && state != intake.Checking {
		imp.Check, imp.Plan, imp.CheckedAt, imp.Kind = "c1", "plan", time.Now().UTC(), "contributions"
	}
	switch state {
	case intake.Failed:
		imp.Problem, imp.Blocker = "RECORD_BUSY", "another"
	case intake.Refused:
		imp.Problem, imp.Plan = "FILE_EMPTY", ""
	case intake.Committed, intake.Undone:
		imp.CommittedAt, imp.Mode = time.Now().UTC(), intake.All
	}
	write, err := imp.Write(before)
	if err := errors.Join(err, w.table.Write(ctx, write)); err != nil {
		w.t.Error(err)
	}
	return id
}

// reports keeps a report of the import of that name, and a marked copy for some.
func (w *world) reports(id string) {
	w.t.Helper()
	report := &intake.Report{
		Import: id, Check: "c1", Kind: "contributions", Plan: "plan", Rows: intake.Counts{Read: 3, Create: 2, Fail: 1}, Lang: locale.EN,
		File:     intake.File{Name: "gifts.csv", SHA256: strings.Repeat("0", 64), Format: "csv", Bytes: 12},
		Problems: []problem.Problem{*problem.New("CELL_REQUIRED").At("gifts", 2, 1).In("amount")},
	}
	if id == string(intake.Refused) {
		report.Refuse(problem.New("FILE_EMPTY"))
	}
	if err := w.intake.KeepReport(w.t.Context(), report); err != nil {
		w.t.Fatal(err)
	}
	if id != string(intake.Checked) {
		return
	}
	copied, err := w.blobs.Create(w.t.Context(), intake.AnnotatedBlob(id, "c1"))
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := copied.Commit(); err != nil {
		w.t.Fatal(err)
	}
}

// make has the export of a state in it, and gives its identifier.
func (w *world) make(state request.State) (id string) {
	ctx := w.t.Context()
	id = string(state)
	_, err := w.exports.Create(ctx, id, request.Wish{Kind: request.Budget, Lang: locale.FR, At: time.Now().UTC()})
	switch state {
	case request.Ready:
		_, failed := w.exports.Finish(ctx, id, 5000)
		err = errors.Join(err, failed)
	case request.Failed:
		_, failed := w.exports.Fail(ctx, id, problem.New("CALL_UNKNOWN").Valued("1999").With("known", "2025"))
		err = errors.Join(err, failed)
	}
	if err != nil {
		w.t.Error(err)
	}
	return id
}
