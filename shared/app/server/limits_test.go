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

func TestBehindAProxyAnAddressIsWhatTheProxySays(t *testing.T) {
	three := httpapi.Limits{Address: ratelimit.Rate{Burst: 3, Every: time.Hour}}
	for _, c := range []struct {
		forwarded bool
		first     []string
		second    []string
		counts    bool // as one address
	}{
		{true, []string{"192.0.2.1"}, []string{"192.0.2.2"}, false},
		{true, []string{"192.0.2.1"}, []string{"192.0.2.1"}, true},
		{true, []string{"198.51.100.1, 192.0.2.1"}, []string{"198.51.100.2, 192.0.2.1"}, true}, // what the sender put there before
		{true, []string{"192.0.2.1"}, []string{"198.51.100.3", "203.0.113.1,192.0.2.1"}, true},
		{false, []string{"192.0.2.1"}, []string{"192.0.2.2"}, true}, // where no proxy is, anybody can say anything
	} {
		w := start(t, t.TempDir(), func(config *server.Config) { config.Forwarded, config.Limits = c.forwarded, &three })
		ask := func(lines []string) int {
			var headers []string
			for _, line := range lines {
				headers = append(headers, "X-Forwarded-For", line)
			}
			answer, _ := w.send("GET", w.address+"/health", nil, headers...)
			return answer.StatusCode
		}
		for range 3 {
			ask(c.first)
		}
		if got := ask(c.second) == http.StatusTooManyRequests; got != c.counts {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
