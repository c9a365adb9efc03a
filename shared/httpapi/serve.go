package httpapi

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/problem"
)

// answer is what a request is answered when it succeeds.
type answer struct {
	status int    // 204 has no body
	body   any    // printed as JSON
	text   []byte // in place of body: what is printed already
	kind   string // the type of text; "": JSON
	policy string // the Content-Security-Policy of a page; "": the host's
	cache  string // how long text may be kept, as Cache-Control says it; "": not at all
	// handler, in place of all else, answers the request itself.
	handler http.Handler
	// version is that of the one record which is answered in full; 0 for other answers. A change names it in If-Match.
	version int64
	// location is where to look next. Ours are relative to the request: the API stands below a path that only its host knows.
	location string
}

// ServeHTTP implements http.Handler.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := a.Clock()
	q := &asking{lang: languageOf(r), id: a.RequestID(r), page: a.problemPage}
	if q.id == "" {
		q.id = a.IDs()
	}
	q.route, q.values, q.allowed = a.match(r)
	q.asked(r)
	q.log = a.Log.With("request", q.id, "route", q.route.name())
	if subject := q.subject(); subject != "" {
		q.log = q.log.With("subject", subject)
	}
	seen := &observed{ResponseWriter: w}
	q.head(seen.Header())
	a.guarded(seen, q)
	took := a.Clock().Sub(began)
	q.log.InfoContext(r.Context(), "answered", "status", seen.status, "milliseconds", took.Milliseconds())
	a.Measure(map[string]string{"Route": q.route.name(), "Class": strconv.Itoa(seen.status/100) + "xx"},
		metric.One("Requests"), metric.Milli("Duration", took))
}

// observed remembers the status that was answered; 0 before.
type observed struct {
	http.ResponseWriter
	status int
}

func (o *observed) WriteHeader(status int) {
	if o.status == 0 && status >= http.StatusOK {
		o.status = status
	}
	o.ResponseWriter.WriteHeader(status)
}

func (o *observed) Write(p []byte) (int, error) {
	if o.status == 0 {
		o.status = http.StatusOK
	}
	return o.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (o *observed) Unwrap() http.ResponseWriter { return o.ResponseWriter }

// guarded answers a request, behind the door where its route isn't public; a panic is an internal error.
func (a *api) guarded(w *observed, q *asking) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		q.log.ErrorContext(q.Context(), "panic", "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
		if w.status == 0 {
			refuse(w, q, errors.New("httpapi: panic"))
		}
	}()
	if q.late = a.limits.arrived(q); q.late != nil && !q.mayBeSomebody() {
		refuse(w, q, q.late)
		return
	}
	if q.route.serve == nil || q.route.Public {
		a.respond(w, q.Request)
		return
	}
	a.door.ServeHTTP(w, q.Request)
}

// respond answers a request that nothing keeps out.
func (a *api) respond(w http.ResponseWriter, r *http.Request) {
	q := askingOf(r)
	q.Request, q.lang = r, languageOf(r) // whose actor is known by now
	if person := q.person(); person != "" {
		q.log = q.log.With("person", person) // an identifier, so that a denial is found by its request, and a request by whose it was
	}
	header := w.Header()
	header.Set("Content-Language", string(q.lang))
	var got *answer
	err := a.limits.recognised(q)
	if err == nil {
		got, err = a.call(q)
	}
	if err != nil {
		refuse(w, q, err)
		return
	}
	if got.handler != nil {
		got.handler.ServeHTTP(w, q.Request)
		return
	}
	text := got.text
	if text == nil && got.status != http.StatusNoContent {
		if text, err = json.Marshal(got.body); err != nil {
			refuse(w, q, err)
			return
		}
	}
	if got.location != "" {
		header.Set("Location", got.location)
	}
	if q.tagged(header, got, text) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if got.status != http.StatusNoContent {
		header.Set("Content-Type", cmp.Or(got.kind, "application/json"))
	}
	if got.cache != "" {
		header.Set("Cache-Control", got.cache)
	}
	if got.policy != "" {
		header.Set("Content-Security-Policy", got.policy)
	}
	w.WriteHeader(got.status)
	_, _ = w.Write(text)
}

// head sets what every answer has.
func (q *asking) head(header http.Header) {
	header.Set("X-Request-Id", q.id)
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Language", string(q.lang))
	header.Add("Vary", "Accept-Language")
	if len(q.allowed) > 0 {
		header.Set("Allow", strings.Join(q.allowed, ", "))
	}
}

// call calls the route.
func (a *api) call(q *asking) (*answer, error) {
	if lang := q.URL.Query().Get("lang"); lang != "" {
		if _, err := locale.ParseLang(lang); err != nil {
			return nil, invalid("lang", "en, fr, es").Valued(lang)
		}
	}
	if err := q.once(); err != nil {
		return nil, err
	}
	switch {
	case q.route.serve != nil:
		return q.route.serve(a, q)
	case len(q.allowed) > 0:
		return nil, problem.New("METHOD_UNKNOWN").Valued(q.Method).With("allowed", strings.Join(q.allowed, ", "))
	default:
		return nil, problem.New("ROUTE_UNKNOWN").Valued(q.URL.Path)
	}
}
