package gallery

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/furnished"
	"github.com/learning-cities/guildhall/infra/local/builtin"
	"github.com/learning-cities/guildhall/infra/serving"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app/assembly"
	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table/counting"
)

// grown is a product whose pages are opened over a table that counts.
type grown struct {
	testing.TB
	in      *furnished.Product
	counted *counting.Table
	handler http.Handler
	actors  map[string]access.Actor
	who     access.Actor
	parts   assembly.Parts
	rows    int
}

func newGrown(t testing.TB) *grown {
	g := &grown{TB: t, in: furnished.Start(t, serving.Options{}), actors: map[string]access.Actor{}}
	parts := g.in.App.Parts
	g.counted = counting.New(parts.Table)
	parts.Table, parts.Log = g.counted, slog.New(slog.DiscardHandler)
	g.parts = parts
	for role, email := range emails() {
		person, err := g.in.People.ByEmail(t.Context(), email)
		if err != nil {
			t.Fatal(err)
		}
		g.actors[role] = person.Actor()
	}
	g.handler = httpapi.New(httpapi.Config{
		Office: parts.Office(g.in.People, services.Work{
			Links: unfollowed{}, Check: unsent{}, Commit: unsent{}, Export: unsent{}, Privacy: parts.Privacy(nil, true),
		}, parts.Log),
		Table: g.counted, Clock: parts.Clock, IDs: parts.IDs, Log: parts.Log, Measure: metric.Discard,
		Door: func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				next.ServeHTTP(w, r.WithContext(access.WithActor(r.Context(), g.who)))
			})
		},
		SignIn: http.NotFoundHandler(), Token: func(context.Context) string { return "token" },
		RequestID: func(*http.Request) string { return "" },
	})
	return g
}

// unfollowed makes links that nobody follows.
type unfollowed struct{}

func (unfollowed) UploadLink(context.Context, string, blob.UploadTerms) (blob.Link, error) {
	return blob.Link{}, nil
}

func (unfollowed) DownloadLink(context.Context, string, blob.DownloadTerms) (blob.Link, error) {
	return blob.Link{}, nil
}

// unsent takes messages that nobody reads.
type unsent struct{}

func (unsent) Send(context.Context, []byte, time.Duration) error { return nil }

// read opens a page, and gives what it asked of the table.
func (g *grown) read(one shown) counting.Counts {
	g.Helper()
	g.who = g.actors[one.who]
	g.counted.Take()
	answer := httptest.NewRecorder()
	g.handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/"+one.path(g.in), nil))
	if answer.Code != http.StatusOK {
		g.Errorf("%s answers %d", one.name, answer.Code)
	}
	return g.counted.Take()
}

// gifts are a sheet of so many contributions to the fund from the n-th on, ten by each company, over the ten days before the product's.
func gifts(first, rows int) string {
	var sheet strings.Builder
	sheet.WriteString("Donor,Type of donor,Amount,Currency,Received on,Bank reference\n")
	for n := first; n < first+rows; n++ {
		day := furnished.Now.AddDate(0, 0, -1-n%10).Format(time.DateOnly)
		fmt.Fprintf(&sheet, "Company %d,Company,%d,USD,%s,G-%06d\n", n/10, 100+n, day, n)
	}
	return sheet.String()
}

// grows brings in sheets of contributions.
func (g *grown) grows(rows int) {
	g.Helper()
	for range 3 {
		_, _, err := g.in.App.Imports.Import(g.Context(), upload(gifts(g.rows, rows/3)), imports.Options{Kind: "contributions"}, intake.All, "")
		if err != nil {
			g.Fatal(err)
		}
		g.rows += rows / 3
	}
}

func upload(sheet string) imports.Upload {
	return imports.Upload{Name: "gifts.csv", Source: strings.NewReader(sheet), Size: int64(len(sheet))}
}

// asks makes imports whose files never come: home looks through the last 200.
func (g *grown) asks(imports int) {
	g.Helper()
	for range imports {
		if _, err := g.in.App.Intake.Create(g.Context(), intake.Request{Kind: "contributions", Name: "gifts.csv", Bytes: 1}); err != nil {
			g.Fatal(err)
		}
	}
}

// proposes has the closing of a day proposed and rejected so many times.
func (g *grown) proposes(times int) {
	g.Helper()
	for range times {
		by := registry.Origin{Person: "anna"}
		id, err := g.in.App.Registry.ProposeClosing(g.Context(), by, civil.Of(furnished.Now, time.UTC).AddDays(-40), "")
		if err == nil {
			err = g.in.App.Registry.Reject(g.Context(), registry.Origin{Person: "bruno"}, id)
		}
		if err != nil {
			g.Fatal(err)
		}
	}
}

// wholly are the pages that read all of the fund's entries or of the audit trail each time: that is what they are for. The trail's own page
// first puts in order what was noted since the last time, which here is what the test itself looked at.
var wholly = []string{"fund/verification", "audit/verification", "audit/list"}

// TestWhatIsReadDoesNotGrowWithWhatIsStored opens each page over a product, checks a sheet and does what a start does, and again when four times
// as much was brought in. The figures of the fund and of a donor's statement are gone over anew when something has changed, and counted when they
// are asked for again.
func TestWhatIsReadDoesNotGrowWithWhatIsStored(t *testing.T) {
	g := newGrown(t)
	before := map[string]counting.Counts{}
	look := func(compare func(what string, counts counting.Counts)) {
		g.asks(200)
		for _, one := range pages {
			if !slices.Contains(wholly, one.name) {
				g.read(one)
				compare(one.name, g.read(one))
			}
		}
		compare("a check", g.checks())
		compare("a start", g.starts())
	}
	g.grows(900)
	g.proposes(5)
	look(func(what string, counts counting.Counts) { before[what] = counts })
	g.grows(2700)
	g.proposes(15)
	look(func(what string, counts counting.Counts) {
		if counts != before[what] {
			t.Errorf("%s: %v, and with four times as much stored %v", what, before[what], counts)
		}
	})
}

// checks gives what the check of a sheet asks of the table: 300 contributions of companies, and some of donors that have pledged.
func (g *grown) checks() counting.Counts {
	g.Helper()
	service, err := g.parts.Imports()
	if err != nil {
		g.Fatal(err)
	}
	sheet := gifts(1_000_000, 300) + "Republic of Korea,Donor country,100,USD,2025-10-01,K-1\n"
	g.counted.Take()
	report, err := service.Check(g.Context(), upload(sheet), imports.Options{Kind: "contributions"})
	if err != nil || report.Rows.Create != 301 {
		g.Fatalf("checked: %+v %v %v", report.Rows, report.Problems, err)
	}
	return g.counted.Take()
}

// starts gives what a start asks of the table before the product answers.
func (g *grown) starts() counting.Counts {
	g.Helper()
	app := *g.in.App
	app.Table, app.Parts = g.counted, g.parts
	g.counted.Take()
	var err error
	if app.Imports, err = g.parts.Imports(); err != nil {
		g.Fatal(err)
	}
	if _, err := app.Imports.Recover(g.Context()); err != nil {
		g.Fatal(err)
	}
	listener, err := server.Listen("127.0.0.1:0")
	if err != nil {
		g.Fatal(err)
	}
	defer listener.Close()
	_, err = server.New(g.Context(), server.Config{
		App: &app, Listener: listener, Issuer: g.in.Issuer, Client: builtin.Client, BoundTo: builtin.Name, Trial: true, IDs: g.parts.IDs, Log: g.parts.Log,
	})
	if err != nil {
		g.Fatal(err)
	}
	return g.counted.Take()
}
