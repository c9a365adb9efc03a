// Package server serves the product over HTTP from one process: sign-in, the API, the links to its files, the workers of its queues and
// what is due by the clock, all over the embedded parts. It doesn't know which issuer says who people are.
package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/archive"
	"github.com/learning-cities/guildhall/shared/blob/signed"
	"github.com/learning-cities/guildhall/shared/door"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/mail/folder"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/retention"
	"github.com/learning-cities/guildhall/shared/signin"
)

// Config is what a server is made of. Everything but the optional fields is required.
type Config struct {
	App      *app.App     // whoever opened it closes it, after Serve has returned
	Listener net.Listener // as Listen makes it; where Issuer and Address are https, as ListenOpen does
	// Address is where people find the product, its root with its base path: https://guildhall.example.org/ before a proxy; "": Root(Listener).
	Address string
	// Issuer says who people are, to the client of that name and secret; see signin.Config.
	Issuer, Client, ClientSecret string
	// BoundTo is the issuer's name on people's records; "": Issuer. See door.People.
	BoundTo string
	// Trial says that the people are the built-in issuer's; see httpapi.Config.
	Trial  bool
	IDs    identity.IDs
	Limits *httpapi.Limits // nil: httpapi.UsualLimits
	// Forwarded says that a proxy, which alone reaches the listener, appends where a request comes from to X-Forwarded-For. Without it that
	// header says nothing.
	Forwarded bool
	Log       *slog.Logger
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
	root    *url.URL // Address
	base    string   // its path, without the slash at its end
	hosts   []string
	origins *http.CrossOriginProtection
	signin  *signin.Service
	api     http.Handler
	links   *signed.Links
	workers []*worker
	mail    *folder.Folder // where letters go
	// summaries makes what is due by the clock.
	summaries *jobs.Summaries
	retention *retention.Sweep                                  // ends what is kept for a time only
	resume    func(context.Context) (done, left int, err error) // goes on with erasures that are not done
	seal      func(context.Context) error                       // gives what was noted its place in the audit trail
	figures   metric.Tally
	stopping  chan struct{} // closed when no new work is to be begun
	backing   sync.Mutex    // held while a backup is written
	// answering is held for reading by each request, so that whoever gets it for writing knows that none is left; then over is set.
	answering sync.RWMutex
	over      bool
}

// ErrSettings is New's for an issuer or address with which nobody could sign in safely.
var ErrSettings = errors.New("server: sign-in can't be set up")

// New puts a server together. ErrSettings; ADDRESS_OPEN for a listener that others reach without https; KEY_MISSING.
func New(ctx context.Context, c Config) (*Server, error) {
	if c.Grace == 0 {
		c.Grace = 25 * time.Second
	}
	if c.Patience == 0 {
		c.Patience = 15 * time.Second
	}
	if c.Address == "" {
		c.Address = Root(c.Listener)
	}
	s := &Server{Config: c, stopping: make(chan struct{})}
	if err := s.locate(); err != nil {
		return nil, err
	}
	on, keys, err := c.App.Door(ctx)
	if err != nil {
		return nil, err
	}
	s.signin, err = signin.New(signin.Config{
		Issuer: c.Issuer, ClientID: c.Client, ClientSecret: c.ClientSecret, Address: c.Address, Key: keys.SignIn, People: door.For(on).BoundTo(c.BoundTo),
		Clock: c.App.Clock, Log: c.Log, Refuse: func(w http.ResponseWriter, r *http.Request, err error) {
			httpapi.Refuse(w, r, requestOf(r), c.Log.With("request", requestOf(r)), err)
		},
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSettings, err)
	}
	return s, s.assemble(on)
}

// locate finds out where the product is.
func (s *Server) locate() error {
	root, err := url.Parse(s.Config.Address)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSettings, err)
	}
	secure := strings.HasPrefix(s.Issuer, "https://") && root.Scheme == "https"
	if !secure && !isLoopback(s.Listener.Addr()) {
		return problem.New("ADDRESS_OPEN").Valued(s.Listener.Addr().String())
	}
	s.root, s.base = root, strings.TrimSuffix(root.EscapedPath(), "/")
	s.hosts = hostsOf(root, s.Listener.Addr())
	s.origins = http.NewCrossOriginProtection()
	if err := s.origins.AddTrustedOrigin(root.Scheme + "://" + root.Host); err != nil {
		return fmt.Errorf("%w: %w", ErrSettings, err)
	}
	return nil
}

// assemble makes the workers and what answers requests.
func (s *Server) assemble(on *people.Service) error {
	parts := s.App.Parts
	parts.Log, parts.Measure, parts.Hurry = s.Log, s.figures.Put, s.hurry
	var err error
	if s.mail, err = s.App.Mail(); err != nil {
		return err
	}
	by, err := s.newWorkers(parts)
	if err != nil {
		return err
	}
	s.summaries, s.seal, s.retention = parts.Summaries(by.deliver), parts.Seal, parts.Retention(by.deadLetters())
	limits := httpapi.UsualLimits()
	if s.Limits != nil {
		limits = *s.Limits
	}
	s.workers = by.all()
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails
	s.links = signed.New(signed.Config{
		Blobs: s.App.Blobs, Base: s.Address() + filesPath, Secret: secret, Clock: s.App.Clock, Patience: s.Patience,
		Stored: func(ctx context.Context, name string) error {
			id, ok := strings.CutPrefix(name, intake.Incoming(""))
			if !ok {
				return fmt.Errorf("server: an upload of %q", name)
			}
			return by.check.Send(ctx, task.Check(id), 0)
		},
	})
	answers := s.App.Parts.Privacy(s.mail, false) // the workers are at work meanwhile
	s.resume = answers.Resume
	s.api = httpapi.New(httpapi.Config{
		Office: s.App.Parts.Office(on, services.Work{
			Links: s.links, Check: by.check, Commit: by.commit, Export: by.export, Deliver: by.deliver, Arrivals: by.check, Archive: s.archive, DeadLetters: by.deadLetters(),
			Privacy: answers,
		}, s.Log),
		Table: s.App.Table, Clock: s.App.Clock, IDs: s.IDs, Log: s.Log, Measure: s.figures.Put, Limits: limits, Ready: s.ready,
		Base: s.base + "/", Trial: s.Trial, Door: s.signin.Require, Token: signin.Token, SignIn: s.signin.Handler(), RequestID: requestOf,
	})
	return nil
}

// archive writes all that the product keeps, while people work: one at a time, since each first copies the table's file. UNAVAILABLE while another
// one is written.
func (s *Server) archive(ctx context.Context, to io.Writer) error {
	if !s.backing.TryLock() {
		return problem.New("UNAVAILABLE")
	}
	defer s.backing.Unlock()
	_, err := archive.Write(ctx, to, archive.Store{Table: s.App.Table, Blobs: s.App.Blobs}, app.Archiving(s.App.Clock()))
	return err
}

// Address is where the server is found, its base path included, without a slash at its end.
func (s *Server) Address() string { return strings.TrimSuffix(s.Config.Address, "/") }

// Serve answers requests and does what the queues bring, until ctx ends. Then it takes no more, lets what is under way end, as far as
// Grace allows, and returns: the store may be closed then. What was not done stands in the queues and is done after the next start. The
// error is nil unless the listener failed.
func (s *Server) Serve(ctx context.Context) error {
	working, breakOff := context.WithCancel(context.WithoutCancel(ctx))
	defer breakOff()
	for _, w := range s.workers {
		if err := w.queue.Release(working); err != nil {
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
	work.Go(func() { s.keepTime(working) })
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
