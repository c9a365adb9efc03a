package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/door"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

type requestKey struct{}

// requestOf is the identifier that handler gave a request.
func requestOf(r *http.Request) string {
	id, _ := r.Context().Value(requestKey{}).(string)
	return id
}

// handler answers everything that comes to the listener.
func (s *Server) handler() http.Handler {
	return door.Strict(s.root.Scheme == "https", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.answering.RLock()
		defer s.answering.RUnlock()
		if s.over { // read before the connection was closed, and nobody listens
			return
		}
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, s.IDs()))
		if s.Forwarded {
			r.RemoteAddr = forwarded(r)
		}
		host := strings.ToLower(r.Host)
		below, found := s.below(r)
		if !found {
			s.refuse(w, r, problem.New("ROUTE_UNKNOWN").Valued(r.URL.Path))
			return
		}
		route, serve := s.route(below.URL.Path)
		switch {
		case !slices.Contains(s.hosts, host):
			// A name that leads here although it is not ours: the page behind it would be let in as if it were.
			s.refuse(w, r, problem.New("HOST_FOREIGN").Valued(r.Host).With("address", s.Address()))
		case s.origins.Check(r) != nil:
			s.refuse(w, r, problem.New("ORIGIN_FOREIGN"))
		case host != strings.ToLower(s.root.Host) && below.URL.Path == signInPath:
			// The issuer sends the browser back to the one address, where a cookie of another name would be missing.
			http.Redirect(w, r, s.Address()+below.URL.RequestURI(), http.StatusSeeOther)
		case serve != nil:
			s.answer(w, below, r.Method+" "+route, serve)
		default:
			ctx, cancel := below.Context(), func() {}
			if below.URL.Path != httpapi.BackupPath { // which takes as long as somebody needs to fetch everything
				ctx, cancel = context.WithTimeout(ctx, toAnswer)
			}
			defer cancel()
			s.api.ServeHTTP(w, below.WithContext(ctx))
		}
	}))
}

// forwarded is where the proxy in front says that a request comes from: the last address of the last line, since what stands before it came
// with the request. Of a request that didn't come through the proxy it is the other end of the connection.
func forwarded(r *http.Request) string {
	lines := r.Header.Values("X-Forwarded-For")
	if len(lines) == 0 {
		return r.RemoteAddr
	}
	line := lines[len(lines)-1]
	return strings.TrimSpace(line[strings.LastIndex(line, ",")+1:])
}

// signInPath is where a sign-in begins.
const signInPath = "/signin"

// refuse answers a request that leads nowhere.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, p *problem.Problem) {
	s.answer(w, r, "none", func(http.ResponseWriter, *http.Request) error { return p })
}

// below is a request with its path below the base path; false for one elsewhere.
func (s *Server) below(r *http.Request) (*http.Request, bool) {
	path, within := strings.CutPrefix(r.URL.Path, s.root.Path[:len(s.root.Path)-1])
	raw, rawWithin := strings.CutPrefix(r.URL.EscapedPath(), s.base)
	if !within || !rawWithin || !strings.HasPrefix(path, "/") {
		return nil, false
	}
	r = r.Clone(r.Context())
	r.URL.Path, r.URL.RawPath = path, raw
	return r, true
}

// route is what a path leads to that is not the API's.
func (s *Server) route(path string) (name string, serve func(http.ResponseWriter, *http.Request) error) {
	if blobName, ok := strings.CutPrefix(path, filesPath); ok {
		return filesPath, func(w http.ResponseWriter, r *http.Request) error { return s.links.Serve(w, r, blobName) }
	}
	if showsMail(path) {
		return mailPath, s.showMail
	}
	return "", nil
}

// answer answers and logs a request that is not the API's. Neither the query, which has file names and signatures, nor where it
// came from goes to the log.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, route string, serve func(http.ResponseWriter, *http.Request) error) {
	began := s.App.Clock()
	log := s.Log.With("request", requestOf(r), "route", route)
	seen := &observed{ResponseWriter: w, status: http.StatusOK}
	w.Header().Set("X-Request-Id", requestOf(r))
	if err := guarded(seen, r, log, serve); err != nil && !seen.begun {
		httpapi.Refuse(seen, r, requestOf(r), log, err)
	}
	took := s.App.Clock().Sub(began)
	log.InfoContext(r.Context(), "answered", "status", seen.status, "milliseconds", took.Milliseconds())
	s.measure(strings.TrimPrefix(route, r.Method+" "), seen.status, took) // a method can be any word
}

// guarded serves a request; a panic is an internal error.
func guarded(
	w http.ResponseWriter, r *http.Request, log *slog.Logger, serve func(http.ResponseWriter, *http.Request) error,
) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			log.ErrorContext(r.Context(), "panic", "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			err = errors.New("server: panic")
		}
	}()
	return serve(w, r)
}

// observed remembers what was answered.
type observed struct {
	http.ResponseWriter
	status int
	begun  bool
}

func (o *observed) WriteHeader(status int) {
	if !o.begun && status >= http.StatusOK {
		o.status, o.begun = status, true
	}
	o.ResponseWriter.WriteHeader(status)
}

func (o *observed) Write(p []byte) (int, error) {
	o.begun = true
	return o.ResponseWriter.Write(p)
}

// Unwrap lets a handler set the connection's deadlines.
func (o *observed) Unwrap() http.ResponseWriter { return o.ResponseWriter }

// ready asks the stores for what isn't there. UNAVAILABLE while they can't say so, and once the server stops.
func (s *Server) ready(ctx context.Context) error {
	select {
	case <-s.stopping:
		return problem.New("UNAVAILABLE")
	default:
	}
	_, inTable := s.App.Table.Get(ctx, table.Key{Partition: "ready", Sort: "ready"})
	_, inBlobs := s.App.Blobs.Stat(ctx, intake.Incoming("ready"))
	if !errors.Is(inTable, table.ErrNotFound) || !errors.Is(inBlobs, blob.ErrNotFound) {
		s.Log.WarnContext(ctx, "not ready", "table", inTable, "blobs", inBlobs)
		return problem.New("UNAVAILABLE")
	}
	return nil
}
