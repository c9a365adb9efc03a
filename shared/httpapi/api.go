// Package httpapi is the product's HTTP API: JSON in and out, problems as application/problem+json, files through links only. It
// takes work in and says how it stands; it reads no sheet, makes no workbook and doesn't know what serves it.
package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/table"
)

// The bounds of the API.
const (
	MaxBody   = 64 << 10         // bytes of a request's body
	MaxUpload = 100 << 20        // bytes of a file; what reads sheets takes no more (a test compares)
	UploadFor = 15 * time.Minute // how long a link for an upload lives
	FetchFor  = 5 * time.Minute  // how long a link for a download lives
	KeyKept   = 24 * time.Hour   // how long an Idempotency-Key is remembered
)

// Config is what the API is made of.
type Config struct {
	Table   table.Table // remembers Idempotency-Keys
	Intake  *intake.Store
	Exports *request.Store
	Blobs   blob.Store
	Links   blob.Linker
	// The queues that bring work to the jobs.
	CheckQueue, CommitQueue, ExportQueue queue.Sender
	Clock                                identity.Clock
	IDs                                  identity.IDs
	Log                                  *slog.Logger
	Measure                              metric.Sink
	// Caller names who asks; RequestID is the identifier that whoever serves the API gave a request, empty for a new one.
	Caller, RequestID func(*http.Request) string
}

// Route is one thing that can be asked.
type Route struct {
	Method  string
	Pattern string // segments in braces stand for an identifier
	serve   func(*api, *asking) (*answer, error)
}

// Routes lists what can be asked.
func Routes() []Route {
	return []Route{
		{"POST", "/imports", (*api).createImport},
		{"GET", "/imports/{id}", (*api).findImport},
		{"GET", "/imports/{id}/report", (*api).report},
		{"POST", "/imports/{id}/check", (*api).checkAgain},
		{"POST", "/imports/{id}/commit", (*api).commit},
		{"GET", "/imports/{id}/annotated", (*api).annotated},
		{"POST", "/exports", (*api).createExport},
		{"GET", "/exports/{id}", (*api).findExport},
		{"GET", "/openapi.json", (*api).readDocument},
	}
}

type api struct {
	Config
	routes []Route
}

// New makes the API.
func New(c Config) http.Handler { return &api{Config: c, routes: Routes()} }

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

func (a *api) download(ctx context.Context, blobName, contentType, as string) (*link, error) {
	l, err := a.Links.DownloadLink(ctx, blobName, blob.DownloadTerms{Type: contentType, As: as, For: FetchFor})
	if err != nil {
		return nil, err
	}
	return linkOf(l), nil
}
