package httpapi_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/agenda"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/digest"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/queue/embedded"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// world is an API over memory and a folder, whose clock stands unless it is moved.
type world struct {
	t                     testing.TB
	now                   time.Time
	table                 table.Table
	blobs                 blob.Store
	intake                *intake.Store
	exports               *request.Store
	outbox                *outbox.Store
	checks, commits, made sent
	delivered             sent
	dead                  *embedded.Queue // of the check queue
	log                   bytes.Buffer
	config                httpapi.Config
	handler               http.Handler
	cut                   error        // why backups end too early
	actor                 access.Actor // who asks; nobody is refused at the door
}

// sent keeps what is sent to a queue.
type sent struct {
	bodies []string
	err    error
}

func (s *sent) Send(_ context.Context, body []byte, _ time.Duration) error {
	if s.err == nil {
		s.bodies = append(s.bodies, string(body))
	}
	return s.err
}

// linker makes links that say what they are bound to.
type linker struct{ w *world }

func (l linker) UploadLink(_ context.Context, name string, terms blob.UploadTerms) (blob.Link, error) {
	if err := errors.Join(blob.CheckName(name), terms.Check()); err != nil {
		return blob.Link{}, err
	}
	header := map[string]string{"Content-Type": terms.Type}
	return blob.Link{Method: "PUT", URL: "https://files/" + name, Header: header, Expires: l.w.now.Add(terms.For)}, nil
}

func (l linker) DownloadLink(_ context.Context, name string, terms blob.DownloadTerms) (blob.Link, error) {
	if err := errors.Join(blob.CheckName(name), terms.Check()); err != nil {
		return blob.Link{}, err
	}
	return blob.Link{Method: "GET", URL: "https://files/" + name + "?as=" + terms.As, Expires: l.w.now.Add(terms.For)}, nil
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, now: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), actor: access.Actor{Person: "anna", Role: access.Secretariat}}
	w.table = memory.NewStore().Table(table.Config{Clock: w.clock})
	blobs, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w.blobs = blobs
	w.open(w.table)
	return w
}

func (w *world) clock() time.Time { return w.now }

func (w *world) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(&w.log, nil)) }

var discard = metric.Discard

func parse(t *testing.T, lang string) locale.Lang {
	t.Helper()
	l, err := locale.ParseLang(lang)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// open makes the API over a table.
func (w *world) open(t table.Table) {
	clock := w.clock
	ids := identity.NewIDs(clock, nil)
	w.intake = intake.New(intake.Config{Table: t, Blobs: w.blobs, Clock: clock, IDs: ids})
	w.exports = request.New(t, clock)
	w.outbox = outbox.New(t, clock, ids)
	directory := people.NewDirectory(t, clock, ids)
	w.dead = embedded.New(t, "check-dead", embedded.Options{Clock: clock, IDs: ids})
	w.config = httpapi.Config{
		Office: office.New(office.Config{
			Registry: registry.New(registry.Config{
				Table: t, Programme: programme.Current(), Clock: clock, IDs: ids,
				Figures: donors.Figures(programme.Current(), reference.Load()),
				Country: func(iso2 string) locale.Text { return countryOf(iso2).Name },
				Region:  func(iso2 string) string { return countryOf(iso2).Region },
			}),
			People:  peopleOver(w.t, t, clock, ""),
			Records: records.New(t), Programme: programme.Current(), Reference: reference.Load(), Clock: clock, Log: w.logger(),
			Intake: w.intake, Exports: w.exports, Blobs: w.blobs, Links: linker{w},
			Outbox: w.outbox, Directory: directory,
			Privacy: privacy.New(privacy.Config{
				Table: t, Blobs: w.blobs, Intake: w.intake, Exports: w.exports, People: directory, Clock: clock, IDs: ids, Random: rand.Reader,
			}),
			Trail:      audit.New(audit.Config{Table: t, Clock: clock, IDs: ids}),
			Agenda:     agenda.Source{Records: records.New(t), Programme: programme.Current(), People: directory},
			Digest:     digest.Source{Records: records.New(t), Programme: programme.Current(), Reference: reference.Load()},
			CheckQueue: &w.checks, CommitQueue: &w.commits, ExportQueue: &w.made, DeliverQueue: &w.delivered, Arrivals: &w.checks,
			DeadLetters: deadletters.New([]deadletters.Line{{Name: "check", Queue: &w.checks, Letters: w.dead}}),
			Archive: func(_ context.Context, to io.Writer) error {
				_, err := io.WriteString(to, "an archive")
				return errors.Join(err, w.cut)
			},
		}),
		Table: t, Clock: clock, IDs: ids, Log: w.logger(), Measure: discard,
		Door: w.door, SignIn: http.HandlerFunc(signInFake), Token: func(context.Context) string { return "token" },
		RequestID: func(r *http.Request) string { return r.Header.Get("X-Test-Request") },
	}
	w.handler = httpapi.New(w.config)
}

func countryOf(iso2 string) reference.Country {
	country, _ := reference.Load().Country(iso2)
	return country
}

// signInFake leads on, as sign-in does.
func signInFake(answer http.ResponseWriter, _ *http.Request) {
	answer.Header().Set("Location", "https://issuer.example/")
	answer.WriteHeader(http.StatusSeeOther)
}

// door lets the world's actor in.
func (w *world) door(next http.Handler) http.Handler {
	return http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
		if w.actor.Person == "" {
			httpapi.Refuse(answer, r, "", nil, problem.New("SIGNIN_NEEDED"))
			return
		}
		next.ServeHTTP(answer, r.WithContext(access.WithActor(r.Context(), w.actor)))
	})
}

// reply is an answer with its JSON.
type reply struct {
	status int
	header http.Header
	body   map[string]any
	text   string
}

// ask sends a request; header has names and values by turns. The answer must be one that the document describes.
func (w *world) ask(method, path, body string, header ...string) reply {
	w.t.Helper()
	var content io.Reader = http.NoBody
	if body != "" {
		content = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, path, content)
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, r)
	got := reply{status: recorder.Code, header: recorder.Header(), text: recorder.Body.String()}
	if strings.Contains(got.header.Get("Content-Type"), "json") {
		if err := json.Unmarshal(recorder.Body.Bytes(), &got.body); err != nil {
			w.t.Fatalf("%s %s: %v: %q", method, path, err, got.text)
		}
	}
	described(w.t).holds(w.t, r, body, got)
	return got
}

// at gives what stands under names, one in the other.
func (r reply) at(names ...string) any {
	var value any = r.body
	for _, name := range names {
		within, _ := value.(map[string]any)
		value = within[name]
	}
	return value
}

// refused checks that an answer is a problem.
func (w *world) refused(r reply, status int, code string) {
	w.t.Helper()
	if r.status != status || r.body["code"] != code || r.header.Get("Content-Type") != "application/problem+json" {
		w.t.Errorf("got %d %.300s, want %d %s", r.status, r.text, status, code)
	}
	if detail, _ := r.body["detail"].(string); detail == "" || r.body["status"] != float64(status) || r.body["request"] == "" {
		w.t.Errorf("incomplete: %s", r.text)
	}
}

const upload = `{"name":"gifts.csv","bytes":12,"kind":"contributions"}`

// create makes an import and gives its identifier.
func (w *world) create() string {
	w.t.Helper()
	r := w.ask("POST", "/api/imports", upload)
	if r.status != http.StatusCreated {
		w.t.Fatal(r.text)
	}
	return r.at("import", "id").(string)
}

// put stores an import in a state that only jobs bring about.
func (w *world) put(id string, change func(*intake.Import)) {
	w.t.Helper()
	before, err := w.intake.Find(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	after := *before
	change(&after)
	write, err := after.Write(before)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.table.Write(w.t.Context(), write); err != nil {
		w.t.Fatal(err)
	}
}

// unavailable is a table that can't answer.
func unavailable(t table.Table) table.Table {
	return &silent{t}
}

type silent struct{ table.Table }

func (s *silent) Get(context.Context, table.Key) (table.Item, error) {
	return table.Item{}, table.ErrUnavailable
}
func (s *silent) Write(context.Context, table.Write) error { return table.ErrUnavailable }
