package server_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/ratelimit"
)

func TestWhoAsksWithoutEndIsToldToWait(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	for range 5000 {
		answer, text := w.send("GET", w.address+"/nothing", nil)
		if answer.StatusCode == http.StatusTooManyRequests {
			refused(t, answer, text, http.StatusTooManyRequests, "TOO_MANY_REQUESTS")
			if answer.Header.Get("Retry-After") != "1" {
				t.Errorf("%v", answer.Header)
			}
			return
		}
	}
	t.Error("everything was answered")
}

func TestLimitsAreTheHostsToSet(t *testing.T) {
	w := start(t, t.TempDir(), func(c *server.Config) {
		c.Limits = &httpapi.Limits{Address: ratelimit.Rate{Burst: 3, Every: time.Hour}} // two are the steps of signing in
	})
	w.ask(http.StatusOK, "GET", "/health", nil)
	answer, text := w.send("GET", w.address+"/health", nil)
	refused(t, answer, text, http.StatusTooManyRequests, "TOO_MANY_REQUESTS")
}
