// Package server serves the product over HTTP from one process: the API, the links to its files and the workers of its queues, all over
// the embedded parts. There is no sign-in yet: whoever reaches it may do everything, so it serves this machine only.
package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/blob/signed"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/metric"
)

// Config is what a server is made of. Everything but the optional fields is required.
type Config struct {
	App      *app.App     // whoever opened it closes it, after Serve has returned
	Listener net.Listener // as Listen makes it
	Person   string       // in whose name everything is done while nobody signs in
	IDs      identity.IDs
	Limits   *httpapi.Limits // nil: httpapi.UsualLimits
	Log      *slog.Logger
	// Grace is how long requests and work that are under way may take to end after Serve was told to; 0: 25 s.
	Grace time.Duration
	// Patience is how long a request may take to arrive, and an answer to leave, beside the time that the bytes of files are
	// given; 0: 15 s.
	Patience time.Duration
}

// The bounds of a request, besides those of the API.
const (
	maxHeader = 16 << 10 // bytes
	idle      = time.Minute
	toAnswer  = 25 * time.Second // what the API may take for an answer
)

// filesPath is where the links lead.
const filesPath = "/files/"

// Server serves one listener, once.
type Server struct {
	Config
	own      string // the address that people are told
	hosts    []string
	api      http.Handler
	links    *signed.Links
	workers  []*worker
	figures  metric.Tally
	stopping chan struct{} // closed when no new work is to be begun
	// answering is held for reading by each request, so that whoever gets it for writing knows that none is left; then over is set.
	answering sync.RWMutex
	over      bool
}

// New puts a server together.
func New(c Config) (*Server, error) {
	if c.Grace == 0 {
		c.Grace = 25 * time.Second
	}
	if c.Patience == 0 {
		c.Patience = 15 * time.Second
	}
	limits := httpapi.UsualLimits()
	if c.Limits != nil {
		limits = *c.Limits
	}
	s := &Server{Config: c, stopping: make(chan struct{})}
	s.own, s.hosts = namesOf(c.Listener.Addr())
	check, commit, export, err := s.newWorkers()
	if err != nil {
		return nil, err
	}
	s.workers = []*worker{check, commit, export}
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails
	s.links = signed.New(signed.Config{
		Blobs: c.App.Blobs, Base: s.Address() + filesPath, Secret: secret, Clock: c.App.Clock, Patience: c.Patience,
		Stored: func(ctx context.Context, name string) error {
			id, ok := strings.CutPrefix(name, intake.Incoming(""))
			if !ok {
				return fmt.Errorf("server: an upload of %q", name)
			}
			return check.Send(ctx, task.Check(id), 0)
		},
	})
	s.api = httpapi.New(httpapi.Config{
		Office: c.App.Parts.Office(nil, services.Work{Links: s.links, Check: check, Commit: commit, Export: export}, c.Log),
		Table:  c.App.Table, Clock: c.App.Clock, IDs: c.IDs, Log: c.Log, Measure: s.figures.Put, Limits: limits, Ready: s.ready,
		Door: s.open, Token: func(context.Context) string { return "" }, RequestID: requestOf,
	})
	return s, nil
}

// open lets everybody in, who is Config.Person then: there is no sign-in yet.
func (s *Server) open(next http.Handler) http.Handler {
	who := access.Actor{Person: s.Person, Role: access.Secretariat}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(access.WithActor(r.Context(), who)))
	})
}

// Address is where the server is found, without a path.
func (s *Server) Address() string { return "http://" + s.own }

// Serve answers requests and does what the queues bring, until ctx ends. Then it takes no more, lets what is under way end, as far as
// Grace allows, and returns: the store may be closed then. What was not done stands in the queues and is done after the next start. The
// error is nil unless the listener failed.
func (s *Server) Serve(ctx context.Context) error {
	working, breakOff := context.WithCancel(context.WithoutCancel(ctx))
	defer breakOff()
	for _, w := range s.workers {
		if err := w.queue.Release(ctx); err != nil {
			return errors.Join(err, s.Listener.Close())
		}
	}
	server := &http.Server{
		Handler: s.handler(), BaseContext: func(net.Listener) context.Context { return working },
		ReadHeaderTimeout: s.Patience, ReadTimeout: s.Patience, WriteTimeout: s.Patience + toAnswer, IdleTimeout: idle,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
	}
	var work sync.WaitGroup
	for _, w := range s.workers {
		work.Go(func() { s.work(working, w) })
	}
	work.Go(s.report)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(s.Listener) }()
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	s.Log.Info("stopping")
	close(s.stopping)
	ended := make(chan struct{})
	go func() {
		work.Wait()
		close(ended)
	}()
	until, cancel := context.WithTimeout(working, s.Grace)
	defer cancel()
	late := server.Shutdown(until)
	select {
	case <-ended:
	case <-until.Done():
		late = until.Err()
	}
	if late != nil {
		s.Log.Warn("what takes too long to end is broken off", "error", late)
	}
	breakOff()
	_ = server.Close()
	<-ended
	s.answering.Lock()
	s.over = true
	s.answering.Unlock()
	s.figures.WriteTo(s.Log)
	s.Log.Info("stopped")
	return err
}
