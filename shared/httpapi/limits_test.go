package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/ratelimit"
)

// limited makes the world's API one with limits, and gives what asks it from an address.
func (w *world) limited(l httpapi.Limits) func(remote, path string, header ...string) reply {
	w.t.Helper()
	w.actor = actorOf(access.Secretariat)
	w.config.Limits = l
	w.handler = httpapi.New(w.config)
	return func(remote, path string, header ...string) reply {
		w.t.Helper()
		handler := w.handler
		defer func() { w.handler = handler }()
		w.handler = http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
			r.RemoteAddr = remote
			handler.ServeHTTP(answer, r)
		})
		return w.ask("GET", path, "", header...)
	}
}

func TestAPersonWhoAsksTooOftenIsToldHowLongToWait(t *testing.T) {
	w := newWorld(t)
	ask := w.limited(httpapi.Limits{Person: ratelimit.Rate{Burst: 2, Every: 90 * time.Second}})
	ask("192.0.2.1:80", "/api/me")
	ask("192.0.2.1:80", "/api/me")
	for _, remote := range []string{"192.0.2.1:80", "192.0.2.2:80"} { // wherever from
		got := ask(remote, "/api/me", "Accept-Language", "fr")
		w.refused(got, http.StatusTooManyRequests, "TOO_MANY_REQUESTS")
		if got.header.Get("Retry-After") != "90" || !strings.Contains(got.at("detail").(string), "Attendez 90 secondes") {
			t.Errorf("%v %s", got.header, got.text)
		}
	}
	w.actor.Person = "another"
	if got := ask("192.0.2.1:80", "/api/me"); got.status != http.StatusOK {
		t.Errorf("another person of the address: %s", got.text)
	}
	w.actor = actorOf(access.Secretariat)
	w.now = w.now.Add(90 * time.Second)
	if got := ask("192.0.2.1:80", "/api/me"); got.status != http.StatusOK {
		t.Errorf("after the wait: %s", got.text)
	}
}

func TestAnAddressIsLimitedInWhatNobodyWhoIsSignedInAsks(t *testing.T) {
	w := newWorld(t)
	ask := w.limited(httpapi.Limits{Address: ratelimit.Rate{Burst: 3, Every: time.Minute}})
	for range 10 { // a ministry has one address for all of its people
		if got := ask("192.0.2.1:80", "/api/me"); got.status != http.StatusOK {
			t.Fatalf("%s", got.text)
		}
	}
	w.actor = access.Actor{} // somebody who guesses sessions
	for range 3 {
		w.refused(ask("192.0.2.1:81", "/api/me"), http.StatusUnauthorized, "SIGNIN_NEEDED")
	}
	w.refused(ask("192.0.2.1:82", "/api/me"), http.StatusTooManyRequests, "TOO_MANY_REQUESTS")
	w.refused(ask("192.0.2.1:82", "/nothing"), http.StatusTooManyRequests, "TOO_MANY_REQUESTS")
	w.refused(ask("192.0.2.2:82", "/api/me"), http.StatusUnauthorized, "SIGNIN_NEEDED")
}

// Whoever floods an address, or a proxy, without being signed in keeps nobody out who is.
func TestAFloodOfNobodysKeepsOutNobodyWhoIsSignedIn(t *testing.T) {
	w := newWorld(t)
	ask := w.limited(httpapi.Limits{Address: ratelimit.Rate{Burst: 1, Every: time.Minute}})
	const remote, session = "192.0.2.1:80", "guildhall_session=s"
	somebody := w.actor
	w.actor = access.Actor{}
	ask(remote, "/api/me")
	got := ask(remote, "/api/me", "Cookie", session)
	w.refused(got, http.StatusTooManyRequests, "TOO_MANY_REQUESTS") // a guess of a session is told no more than that
	if got.header.Get("Retry-After") != "60" {
		t.Errorf("%v", got.header)
	}
	w.refused(ask(remote, "/api/openapi.json", "Cookie", session), http.StatusTooManyRequests, "TOO_MANY_REQUESTS")
	w.actor = somebody
	if got := ask(remote, "/api/me", "Cookie", session); got.status != http.StatusOK {
		t.Errorf("who is signed in: %d %s", got.status, got.text)
	}
	if got := ask(remote, "/api/calls/none", "Cookie", session); got.status != http.StatusNotFound || got.header.Get("Retry-After") != "" {
		t.Errorf("%d, %v", got.status, got.header)
	}
	w.actor = access.Actor{}
	w.refused(ask(remote, "/api/me"), http.StatusTooManyRequests, "TOO_MANY_REQUESTS") // and gets no place for others by it
}

func TestAStepOfSigningInCountsAtItsAddress(t *testing.T) {
	w := newWorld(t)
	w.actor = access.Actor{}
	w.handler = httpapi.Of(httpapi.Config{
		Clock: w.clock, IDs: func() string { return "r" }, Log: w.logger(), Measure: discard, RequestID: func(*http.Request) string { return "" },
		Limits: httpapi.Limits{SignIn: ratelimit.Rate{Burst: 2, Every: 2 * time.Second}},
	}, httpapi.PathRoute("GET", "/signin", true), httpapi.PathRoute("GET", "/signin/return", true), httpapi.PathRoute("GET", "/open", true))
	for _, path := range []string{"/signin", "/open", "/signin/return", "/open", "/open"} {
		if got := w.tell("GET", path); got.status != http.StatusOK {
			t.Fatalf("%s: %s", path, got.text)
		}
	}
	w.refused(w.tell("GET", "/signin"), http.StatusTooManyRequests, "TOO_MANY_REQUESTS")
	w.refused(w.tell("GET", "/signin/return"), http.StatusTooManyRequests, "TOO_MANY_REQUESTS")
	w.now = w.now.Add(2 * time.Second)
	if got := w.tell("GET", "/signin"); got.status != http.StatusOK {
		t.Errorf("after the wait: %s", got.text)
	}
}

func TestAnAddressIsWhereARequestComesFromAndNotWhatItSays(t *testing.T) {
	for first, same := range map[string]map[string]bool{
		"192.0.2.1:80":       {"192.0.2.1:4711": true, "192.0.2.1": true, "[::ffff:192.0.2.1]:80": true, "192.0.2.2:80": false},
		"[2001:db8::1]:80":   {"[2001:db8::ffff:1]:81": true, "2001:db8::2": true, "[2001:db8:0:1::1]:80": false, "192.0.2.1:80": false},
		"[fe80::1%eth0]:80":  {"[fe80::1%eth1]:80": true},
		"something unheard":  {"something unheard": true, "another": false},
		"203.0.113.7":        {"203.0.113.7:1": true},
		"[2001:db8:1::1]:80": {"2001:db8:1::9": true},
	} {
		for second, counts := range same {
			w := newWorld(t)
			ask := w.limited(httpapi.Limits{Address: ratelimit.Rate{Burst: 1, Every: time.Minute}})
			ask(first, "/health", "X-Forwarded-For", "198.51.100.1")
			got := ask(second, "/health", "X-Forwarded-For", "198.51.100.2", "Forwarded", "for=198.51.100.3")
			if (got.status == http.StatusTooManyRequests) != counts {
				t.Errorf("%s, then %s: %d", first, second, got.status)
			}
		}
	}
}
