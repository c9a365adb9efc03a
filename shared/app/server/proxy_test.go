package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/local/builtin"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/server"
)

// behindProxy is a world below a base path of a proxy that ends TLS, hands on the Host header and the whole path, and is asked instead.
func behindProxy(t *testing.T, base string) *world {
	t.Helper()
	a, err := app.OpenEmbedded(t.Context(), t.TempDir(), app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	on, _, err := a.Door(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewUnstartedServer(nil)
	address := "https://" + proxy.Listener.Addr().String() + base
	w := serve(t, a, func(c *server.Config) {
		sample, err := builtin.Open(t.Context(), address, on, a.Clock)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = sample.Close(context.Background()) })
		c.Address, c.Issuer, c.Client, c.BoundTo = address, sample.URL(), builtin.Client, builtin.Name
	})
	behind := mustParse(t, w.address)
	proxy.Config.Handler = &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL = &url.URL{Scheme: behind.Scheme, Host: behind.Host, Path: r.In.URL.Path, RawPath: r.In.URL.RawPath, RawQuery: r.In.URL.RawQuery}
		r.Out.Host = r.In.Host
	}}
	proxy.StartTLS()
	t.Cleanup(proxy.Close)
	w.address = strings.TrimSuffix(address, "/")
	w.transport = proxy.Client().Transport
	w.signIn("secretariat")
	return w
}

func TestBehindAProxyOneSignsInWithCookiesThatGoOverHTTPSOnly(t *testing.T) {
	for base, name := range map[string]string{"/": "__Host-guildhall_session", "/Prod/": "__Secure-guildhall_session"} {
		w := behindProxy(t, base)
		var session *http.Cookie
		for _, cookie := range w.client.Jar.Cookies(mustParse(t, w.address+"/")) {
			if cookie.Name == name {
				session = cookie
			}
		}
		if session == nil || session.Value == "" {
			t.Errorf("%s: no cookie %s", base, name)
		}
		id := w.upload(object{"name": "members.csv"}, members(3))
		w.commit(id, "all")
		w.state(id, "committed")
		answer, text := w.send("POST", w.address+"/api/exports", strings.NewReader(`{"kind":"membership"}`),
			"Content-Type", "application/json", "Origin", "https://evil.example")
		refused(t, answer, text, http.StatusForbidden, "ORIGIN_FOREIGN")
		answer, _ = w.send("GET", w.address+"/health", nil)
		if answer.Header.Get("Strict-Transport-Security") == "" {
			t.Errorf("%s: %v", base, answer.Header)
		}
		w.stop()
	}
}
