package signin_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

func TestACodeIsTakenToNoOtherPlaceThanTheIssuersOwn(t *testing.T) {
	var taken atomic.Int64
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { taken.Add(1) }))
	defer elsewhere.Close()
	w := newWorld(t)
	w.wire.answer("/token", func(got *http.Response) {
		got.StatusCode = http.StatusTemporaryRedirect
		got.Header.Set("Location", elsewhere.URL)
	})
	b := w.browser()
	w.mustRefuse(t, b.get(b.toIssuer("")), "SIGNIN_REFUSED", "refuses the code, status 307")
	if taken.Load() != 0 {
		t.Error("the code was sent on")
	}
}

func TestAnAnswerWithoutEndIsNotReadToIt(t *testing.T) {
	w := newWorld(t)
	w.wire.at("/.well-known/openid-configuration", func(status int, body []byte) (int, []byte) {
		return status, append(body, bytes.Repeat([]byte(" "), 1<<20)...)
	})
	if got := w.browser().get(w.address + "signin"); got.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("answered %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
}
