package door_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/door"
)

func TestEveryAnswerTellsBrowsersToDoNothingWithIt(t *testing.T) {
	for _, https := range []bool{false, true} {
		answer := httptest.NewRecorder()
		door.Strict(https, http.NotFoundHandler()).ServeHTTP(answer, httptest.NewRequest("GET", "/nothing", nil))
		header := answer.Header()
		policy := header.Get("Content-Security-Policy")
		for _, directive := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
			if !strings.Contains(policy, directive) {
				t.Errorf("the policy %q lacks %s", policy, directive)
			}
		}
		if strings.Contains(policy, "unsafe") || header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%v", header)
		}
		if got := header.Get("Strict-Transport-Security"); (got != "") != https {
			t.Errorf("https %v: %q", https, got)
		}
	}
}

func TestAPageMayHaveAPolicyOfItsOwn(t *testing.T) {
	answer := httptest.NewRecorder()
	door.Strict(true, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		w.WriteHeader(http.StatusOK)
	})).ServeHTTP(answer, httptest.NewRequest("GET", "/", nil))
	if got := answer.Header().Values("Content-Security-Policy"); len(got) != 1 || got[0] != "default-src 'self'" {
		t.Errorf("%q", got)
	}
}
