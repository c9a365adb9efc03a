// Package httpapi is the product's HTTP API: JSON in and out, problems as application/problem+json, files through links only. It
// takes work in and says how it stands, and hands out the pages, behind the same door; it reads no sheet, makes no workbook and doesn't know
// what serves it.
package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/compress"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// The bounds of the API.
const (
	MaxBody = 64 << 10       // bytes of a request's body
	KeyKept = 24 * time.Hour // how long an Idempotency-Key is remembered
)

// Config is what the API is made of.
type Config struct {
	Office  *office.Office
	Base    string      // the path of the product's root, which ends in a slash, for the links of pages; "": "/"
	Uploads string      // the origin of the links that files are sent through, where it is another than the product's
	Trial   bool        // the product is tried by the sample people, who are given a sample sheet
	Table   table.Table // remembers Idempotency-Keys
	Clock   identity.Clock
	IDs     identity.IDs
	Log     *slog.Logger
	Measure metric.Sink
	// Door lets in who is signed in, with the access.Actor in the context, and answers everybody else itself (Refuse). nil: nobody is let in.
	Door func(http.Handler) http.Handler
	// SignIn answers /signin, /signin/return and /signout.
	SignIn http.Handler
	// Token is what a request that changes something has to show in the session of a context.
	Token  func(context.Context) string
	Limits Limits
	// Ready is why nothing can be done at the moment, if so: a problem, or an error of the moment; nil: it always can.
	Ready func(context.Context) error
	// RequestID is the identifier that whoever serves the API gave a request, empty for a new one.
	RequestID func(*http.Request) string
}

// Route is one thing that can be asked.
type Route struct {
	Method  string
	Pattern string // segments in braces are variables: identifiers, but for those in texts
	Public  bool   // nobody has to be signed in
	Page    bool   // for people's browsers: the document, which is for programs, doesn't have it
	serve   func(*api, *asking) (*answer, error)
}

// Routes lists what can be asked.
func Routes() []Route {
	return slices.Concat(
		applicationRoutes(),
		auditRoutes(),
		backupRoutes(),
		callRoutes(),
		clusterRoutes(),
		coordinatorRoutes(),
		deadLetterRoutes(),
		documentRoutes(),
		donorRoutes(),
		exportRoutes(),
		figureRoutes(),
		fundRoutes(),
		healthRoutes(),
		importRoutes(),
		letterRoutes(),
		mailRoutes(),
		meRoutes(),
		memberRoutes(),
		pageRoutes(),
		peopleRoutes(),
		privacyRoutes(),
		signInRoutes(),
		summaryRoutes(),
		surveyRoutes(),
		workplanRoutes(),
		templateRoutes(),
	)
}

type api struct {
	Config
	patterns []pattern
	limits   limits
	door     http.Handler // before whatever isn't public
	// document is the OpenAPI document, put together when it is first asked for: most starts of a function never are.
	document func() ([]byte, error)
}

// New makes the API.
func New(c Config) http.Handler { return compress.Handler(of(c, Routes())) }

func of(c Config, routes []Route) *api {
	a := &api{Config: c, patterns: patternsOf(routes), limits: newLimits(c.Limits, c.Clock)}
	if a.Door == nil {
		a.Door = closed
	}
	a.document = sync.OnceValues(func() ([]byte, error) { return documentOf(routes) })
	a.door = a.Door(http.HandlerFunc(a.respond))
	return a
}

// closed lets nobody in.
func closed(http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		refuse(w, askingOf(r), problem.New("SIGNIN_NEEDED"))
	})
}

// link is how a person's program sends or fetches a file.
type link struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers"` // to be sent as they are
	Expires time.Time         `json:"expires"`
}

func linkOf(l blob.Link) *link {
	headers := l.Header
	if headers == nil {
		headers = map[string]string{}
	}
	return &link{Method: l.Method, URL: l.URL, Headers: headers, Expires: l.Expires}
}
