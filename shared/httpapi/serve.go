package httpapi

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/problem"
)

// asking is one request.
type asking struct {
	*http.Request
	id    string // the request's, for the log
	lang  locale.Lang
	named string // the identifier in the path, where the route has one
	log   *slog.Logger
}

// answer is what a request is answered when it succeeds.
type answer struct {
	status int
	body   any    // printed as JSON
	text   []byte // in place of body: JSON that is printed already
	// location is where to look next. Ours are relative to the request: the API stands below a path that only its host knows.
	location string
}

// ServeHTTP implements http.Handler.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := a.Clock()
	q := &asking{Request: r, lang: languageOf(r), id: a.RequestID(r)}
	if q.id == "" {
		q.id = a.IDs()
	}
	route, named, allowed := a.match(r)
	q.named = named
	q.log = a.Log.With("request", q.id, "route", route.name())
	if named != "" && identity.WellFormed(named) {
		q.log = q.log.With("subject", named)
	}
	status := a.respond(w, q, route, allowed)
	took := a.Clock().Sub(began)
	q.log.InfoContext(r.Context(), "answered", "status", status, "milliseconds", took.Milliseconds())
	a.Measure(map[string]string{"Route": route.name(), "Class": strconv.Itoa(status/100) + "xx"},
		metric.One("Requests"), metric.Milli("Duration", took))
}

// match finds the route of a request; without one, the methods that its path allows.
func (a *api) match(r *http.Request) (route Route, named string, allowed []string) {
	for _, route := range a.routes {
		named, ok := route.fits(r.URL.Path)
		if !ok {
			continue
		}
		if route.Method == r.Method {
			return route, named, nil
		}
		allowed = append(allowed, route.Method)
	}
	return Route{}, "", allowed
}

// fits reports whether a path is the route's, and the identifier in it.
func (r Route) fits(path string) (named string, ok bool) {
	before, after, variable := strings.Cut(r.Pattern, "{id}")
	if !variable {
		return "", path == r.Pattern
	}
	rest, ok := strings.CutPrefix(path, before)
	if ok {
		rest, ok = strings.CutSuffix(rest, after)
	}
	return rest, ok && rest != "" && !strings.Contains(rest, "/")
}

// name is the route's in the log and the figures: what was not asked for by its exact path has none.
func (r Route) name() string {
	if r.Method == "" {
		return "none"
	}
	return r.Method + " " + r.Pattern
}

// respond answers a request and gives the status.
func (a *api) respond(w http.ResponseWriter, q *asking, route Route, allowed []string) int {
	header := w.Header()
	q.head(header)
	if len(allowed) > 0 {
		header.Set("Allow", strings.Join(allowed, ", "))
	}
	got, err := a.guarded(q, route, allowed)
	if err != nil {
		return refuse(w, q, err)
	}
	text := got.text
	if text == nil {
		if text, err = json.Marshal(got.body); err != nil {
			return refuse(w, q, err)
		}
	}
	if got.location != "" {
		header.Set("Location", got.location)
	}
	if q.tagged(header, got.status, text) {
		w.WriteHeader(http.StatusNotModified)
		return http.StatusNotModified
	}
	header.Set("Content-Type", "application/json")
	w.WriteHeader(got.status)
	_, _ = w.Write(text)
	return got.status
}

// head sets what every answer has.
func (q *asking) head(header http.Header) {
	header.Set("X-Request-Id", q.id)
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Language", string(q.lang))
	header.Add("Vary", "Accept-Language")
}

// guarded calls the route; a panic is an internal error.
func (a *api) guarded(q *asking, route Route, allowed []string) (got *answer, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			q.log.ErrorContext(q.Context(), "panic", "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			got, err = nil, fmt.Errorf("httpapi: panic")
		}
	}()
	if lang := q.URL.Query().Get("lang"); lang != "" {
		if _, err := locale.ParseLang(lang); err != nil {
			return nil, invalid("lang", "en, fr, es").Valued(lang)
		}
	}
	switch {
	case q.named != "" && !identity.WellFormed(q.named):
		return nil, problem.New("ROUTE_UNKNOWN").Valued(q.URL.Path)
	case route.serve != nil:
		return route.serve(a, q)
	case len(allowed) > 0:
		return nil, problem.New("METHOD_UNKNOWN").Valued(q.Method).With("allowed", strings.Join(allowed, ", "))
	default:
		return nil, problem.New("ROUTE_UNKNOWN").Valued(q.URL.Path)
	}
}

// languages finds the best of ours for a list of a reader's.
var languages = language.NewMatcher([]language.Tag{language.English, language.French, language.Spanish})

// languageOf is the language of the answer: ?lang=, else what Accept-Language likes best, else English.
func languageOf(r *http.Request) locale.Lang {
	if lang, err := locale.ParseLang(r.URL.Query().Get("lang")); err == nil {
		return lang
	}
	wanted, _, err := language.ParseAcceptLanguage(strings.Join(r.Header.Values("Accept-Language"), ","))
	if err != nil {
		return locale.EN
	}
	_, at, _ := languages.Match(wanted...)
	return locale.Langs[at]
}

// retryAfter is what callers are told to wait where waiting helps.
const retryAfter = 5 * time.Second

// waiting are the codes where it does.
var waiting = []problem.Code{"UNAVAILABLE", "RECORD_BUSY", "REPORT_NOT_READY", "IMPORT_NOT_CHECKED"}

func helpsToWait(code problem.Code) bool { return slices.Contains(waiting, code) }
