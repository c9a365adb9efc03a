package browser

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"github.com/learning-cities/guildhall/infra/local/builtin"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/identity"
)

// product is the product as people reach it, and the built-in issuer's sample people.
type product struct {
	address string // with a slash at its end
	issuer  string
}

// serve serves a product without records behind a proxy that ends TLS and hands on the Host header and the whole path, below a base path.
func serve(t *testing.T, base string) product {
	t.Helper()
	clock := identity.System()
	a, err := app.OpenEmbedded(t.Context(), t.TempDir(), app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	on, _, err := a.Door(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	listener, err := server.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewUnstartedServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL = &url.URL{
			Scheme: "http", Host: listener.Addr().String(), Path: r.In.URL.Path, RawPath: r.In.URL.RawPath, RawQuery: r.In.URL.RawQuery,
		}
		r.Out.Host = r.In.Host
	}})
	proxy.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	address := "https://" + proxy.Listener.Addr().String() + base
	says, err := builtin.Open(t.Context(), address, on, clock)
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(t.Context(), server.Config{
		App: a, Listener: listener, Address: address, Issuer: says.URL(), Client: builtin.Client, BoundTo: builtin.Name,
		IDs: identity.NewIDs(clock, nil), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, tell := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	proxy.StartTLS()
	t.Cleanup(func() {
		proxy.CloseClientConnections()
		proxy.Close()
		tell()
		for _, err := range []error{<-ended, says.Close(context.Background()), a.Close()} {
			if err != nil {
				t.Error(err)
			}
		}
	})
	return product{address, says.URL()}
}
