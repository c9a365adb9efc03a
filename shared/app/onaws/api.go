package onaws

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/door"
	"github.com/learning-cities/guildhall/shared/host"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/queue/sqs"
	"github.com/learning-cities/guildhall/shared/signin"
	"github.com/learning-cities/guildhall/shared/table"
)

// API is the handler of the API function.
func (f *Function) API() http.Handler {
	return door.Strict(strings.HasPrefix(f.Settings.Address, "https://"), &entrance{function: f})
}

// entrance opens with the first request and not before: what it needs of other services would make each start slower, and a start that fails
// would answer nobody, while a request that fails says so and the next one tries again.
type entrance struct {
	function *Function
	mu       sync.Mutex
	open     http.Handler // nil until then
}

// ServeHTTP implements http.Handler. UNAVAILABLE while it can't be opened; RESTORE_UNFINISHED.
func (e *entrance) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := e.function.Unfinished(r.Context()); err != nil {
		httpapi.Refuse(w, r, host.RequestID(r), e.function.Log, err)
		return
	}
	api, err := e.opened(r.Context())
	if err != nil {
		e.function.Log.ErrorContext(r.Context(), "can't open", "error", err)
		httpapi.Refuse(w, r, host.RequestID(r), e.function.Log, problem.New("UNAVAILABLE"))
		return
	}
	api.ServeHTTP(w, r)
}

func (e *entrance) opened(ctx context.Context) (http.Handler, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.open == nil {
		api, err := e.function.api(ctx)
		if err != nil {
			return nil, err
		}
		e.open = api
	}
	return e.open, nil
}

// api puts the API together.
func (f *Function) api(ctx context.Context) (http.Handler, error) {
	secrets, err := f.readSecrets(ctx)
	if err != nil {
		return nil, err
	}
	keys, err := door.KeysOf(secrets.own)
	if err != nil {
		return nil, err
	}
	records, files := f.Table(), f.Files()
	parts := services.Parts{Table: records, Blobs: files, Clock: f.Clock, IDs: f.IDs}
	on, err := parts.People(keys.People)
	if err != nil {
		return nil, err
	}
	if err := f.first(ctx, on); err != nil {
		return nil, err
	}
	in, err := signin.New(signin.Config{
		Issuer: f.Settings.Issuer, ClientID: f.Settings.Client, ClientSecret: secrets.client, Address: f.Settings.Address,
		Key: keys.SignIn, People: door.For(on), Clock: f.Clock, Log: f.Log,
		Refuse: func(w http.ResponseWriter, r *http.Request, err error) {
			httpapi.Refuse(w, r, host.RequestID(r), f.Log, err)
		},
	})
	if err != nil {
		return nil, err
	}
	work := services.Work{
		Links: files, Check: f.Queue(f.Settings.CheckQueue), Commit: f.Queue(f.Settings.CommitQueue), Export: f.Queue(f.Settings.ExportQueue),
		Deliver: f.Queue(f.Settings.DeliverQueue), DeadLetters: f.lines(),
	}
	address, err := url.Parse(f.Settings.Address)
	if err != nil { // which sign-in has read already
		return nil, err
	}
	uploads, err := files.Origin(ctx)
	if err != nil {
		return nil, err
	}
	return httpapi.New(httpapi.Config{
		Base: address.EscapedPath(), Uploads: uploads, Office: parts.Office(on, work, f.Log), Table: records, Clock: f.Clock, IDs: f.IDs, Log: f.Log,
		Measure: f.Measure, Door: in.Require, Token: signin.Token, SignIn: in.Handler(), Limits: httpapi.UsualLimits(), Ready: f.ready(records),
		RequestID: host.RequestID,
	}), nil
}

// lines are the queues with their dead letters.
func (f *Function) lines() []deadletters.Line {
	line := func(name, work, dead string) deadletters.Line {
		return deadletters.Line{Name: name, Queue: f.Queue(work), Letters: sqs.New(f.aws, dead, sqs.Options{})}
	}
	to := f.Settings
	return []deadletters.Line{
		line("check", to.CheckQueue, to.CheckDeadLetters), line("commit", to.CommitQueue, to.CommitDeadLetters),
		line("export", to.ExportQueue, to.ExportDeadLetters), line("deliver", to.DeliverQueue, to.DeliverDeadLetters),
		line("bounce", to.BounceQueue, to.BounceDeadLetters),
	}
}

// first puts the first person on record, once in the life of the table. One that can't be put there keeps nobody else out.
func (f *Function) first(ctx context.Context, on *people.Service) error {
	if f.Settings.FirstPerson == "" {
		return nil
	}
	lang := locale.Lang(f.Settings.FirstLanguage)
	if lang == "" {
		lang = locale.EN
	}
	added, err := on.First(ctx, f.Settings.FirstPerson, lang)
	var p *problem.Problem
	switch {
	case errors.As(err, &p):
		f.Log.ErrorContext(ctx, "no first person", "code", p.Code)
	case err != nil:
		return fmt.Errorf("onaws: first person: %w", err)
	case added:
		f.Log.InfoContext(ctx, "first person put on record")
	}
	return nil
}

// ready asks a table for what isn't there, so that whoever watches over the function learns when it can do nothing.
func (f *Function) ready(records table.Table) func(context.Context) error {
	return func(ctx context.Context) error {
		if _, err := records.Get(ctx, table.Key{Partition: "ready", Sort: "ready"}); !errors.Is(err, table.ErrNotFound) {
			f.Log.WarnContext(ctx, "not ready", "table", err)
			return problem.New("UNAVAILABLE")
		}
		return nil
	}
}
