package browser

import (
	"log/slog"
	"net"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"github.com/learning-cities/guildhall/infra/serving"
)

// product is the product as people reach it, and the built-in issuer's sample people.
type product struct {
	address string // with a slash at its end
	issuer  string
}

// serve serves a product without records behind a proxy that ends TLS and hands on the Host header and the whole path, below a base path.
func serve(t *testing.T, base string) product {
	t.Helper()
	return serveWith(t, base, serving.Options{})
}

// serveWith is serve with options, but for the address.
func serveWith(t *testing.T, base string, o serving.Options) product {
	t.Helper()
	return proxied(t, base, o, func(o serving.Options) *serving.Served { return serving.Start(t, o) })
}

// proxied has what is started served behind the proxy.
func proxied(t *testing.T, base string, o serving.Options, start func(serving.Options) *serving.Served) product {
	t.Helper()
	var proxy *httptest.Server
	o.Address = func(l net.Listener) string {
		proxy = httptest.NewUnstartedServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL = &url.URL{
				Scheme: "http", Host: l.Addr().String(), Path: r.In.URL.Path, RawPath: r.In.URL.RawPath, RawQuery: r.In.URL.RawQuery,
			}
			r.Out.Host = r.In.Host
		}})
		return "https://" + proxy.Listener.Addr().String() + base
	}
	served := start(o)
	proxy.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	proxy.StartTLS()
	t.Cleanup(func() {
		proxy.CloseClientConnections()
		proxy.Close()
	})
	return product{served.Address, served.Issuer}
}
