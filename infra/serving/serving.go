// Package serving serves the product over a new data folder on the loopback interface, with the built-in issuer's people, for tests. It doesn't
// know what is asked of it.
package serving

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"testing"

	"github.com/learning-cities/guildhall/infra/local/builtin"
	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/people"
)

// Options change how it is served; the zero value is for everyday use.
type Options struct {
	// Address gives the address by which people reach what listens there, with a slash at its end; nil: the listener's own.
	Address func(net.Listener) string
	Limits  *httpapi.Limits // nil: the usual ones
	App     app.Options
	Folder  string // of its data; "": one that is gone with the test
	// People can sign in besides the sample people, once Furnish has put them on record.
	People []issuer.Person
	// Furnish fills the store before anything is asked; nil: there is nothing in it but the sample people.
	Furnish func(*app.App, *people.Service)
}

// Served is a product that is served until its test ends.
type Served struct {
	Address string // of its root, with a slash at the end
	Issuer  string // the built-in issuer's
	App     *app.App
	People  *people.Service
}

// Start serves a product, without records unless it is furnished with some.
func Start(t testing.TB, o Options) *Served {
	t.Helper()
	if o.Folder == "" {
		o.Folder = t.TempDir()
	}
	a, err := app.OpenEmbedded(t.Context(), o.Folder, o.App)
	must(t, err)
	on, _, err := a.Door(t.Context())
	must(t, err)
	listener, err := server.Listen("127.0.0.1:0")
	must(t, err)
	address := server.Root(listener)
	if o.Address != nil {
		address = o.Address(listener)
	}
	opened, err := builtin.Open(t.Context(), address, on, a.Clock, o.People...)
	must(t, err)
	if o.Furnish != nil {
		o.Furnish(a, on)
	}
	s, err := server.New(t.Context(), server.Config{
		App: a, Listener: listener, Address: address, Issuer: opened.URL(), Client: builtin.Client, BoundTo: builtin.Name, Trial: true,
		IDs: a.Parts.IDs, Log: slog.New(slog.DiscardHandler), Limits: o.Limits,
	})
	must(t, err)
	ctx, end := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	t.Cleanup(func() {
		end()
		if err := errors.Join(<-ended, a.Close(), opened.Close(context.WithoutCancel(ctx))); err != nil {
			t.Error(err)
		}
	})
	return &Served{Address: address, Issuer: opened.URL(), App: a, People: on}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
