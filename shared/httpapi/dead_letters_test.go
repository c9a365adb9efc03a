package httpapi_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/queue"
)

func TestATaskThatFailedIsListedSentAgainAndGone(t *testing.T) {
	w := newWorld(t)
	letter := aDeadLetter(w, w.actor)["letter"]
	list := w.ask("GET", "/api/dead-letters", "")
	items := list.body["items"].([]any)
	if len(items) != 1 {
		t.Fatal(list.text)
	}
	one := items[0].(map[string]any)
	for key, want := range map[string]any{
		"id": letter, "queue": "check", "work": "check", "import": "i1", "export": nil, "summary": nil, "code": "MESSAGE_FAILED", "cause": nil,
		"reference": "m1", "attempts": 5.0, "since": "2026-11-21T09:00:00Z",
	} {
		if one[key] != want {
			t.Errorf("%s is %v, want %v", key, one[key], want)
		}
	}
	if got := w.ask("GET", "/api/dead-letters?queue=export", ""); len(got.body["items"].([]any)) > 0 {
		t.Errorf("of another queue: %s", got.text)
	}
	if got := w.ask("POST", "/api/dead-letters/"+letter+"/again", ""); got.status != http.StatusNoContent {
		t.Fatal(got.status, got.text)
	}
	if !slices.Equal(w.checks.bodies, []string{`{"import":"i1"}`}) {
		t.Errorf("sent %q", w.checks.bodies)
	}
	for _, act := range []string{"again", "discard"} {
		w.refused(w.ask("POST", "/api/dead-letters/"+letter+"/"+act, ""), http.StatusNotFound, "DEAD_LETTER_UNKNOWN")
	}
	w.refused(w.ask("GET", "/api/dead-letters?queue=graves", ""), http.StatusBadRequest, "FIELD_INVALID")
	w.refused(w.ask("GET", "/api/dead-letters?cursor=x", ""), http.StatusBadRequest, "CURSOR_INVALID")
}

func TestATaskThatItsQueueDoesNotTakeStaysADeadLetter(t *testing.T) {
	w := newWorld(t)
	letter := aDeadLetter(w, w.actor)["letter"]
	w.checks.err = queue.ErrUnavailable
	w.refused(w.ask("POST", "/api/dead-letters/"+letter+"/again", ""), http.StatusServiceUnavailable, "UNAVAILABLE")
	w.checks.err = nil
	if got := w.ask("POST", "/api/dead-letters/"+letter+"/again", ""); got.status != http.StatusNoContent || len(w.checks.bodies) != 1 {
		t.Error(got.status, got.text, w.checks.bodies)
	}
}

// failures puts a task of each kind aside.
func failures(w *world) {
	w.t.Helper()
	for _, one := range []struct {
		body []byte
		why  string
	}{
		{task.Check("i1"), task.Failure{Code: task.Refused, Cause: "IMPORT_UNKNOWN", Reference: "m1", Attempts: 5, Sent: w.now.Add(-time.Hour), At: w.now}.Reason()},
		{task.Export("e1"), task.Failure{Code: task.Waited, Reference: "m2", Attempts: 1, At: w.now}.Reason()},
		{[]byte("<script>"), task.Failure{Code: task.Unreadable, Reference: "m3", Attempts: 1, At: w.now}.Reason()},
		{task.Recover(), ""},
	} {
		if one.why == "" {
			w.must(w.dead.Send(w.t.Context(), one.body, 0))
		} else {
			w.must(w.dead.Bury(w.t.Context(), one.body, one.why))
		}
		w.now = w.now.Add(time.Second)
	}
}

func TestFailedTasksAreReadWithWhyAndWhatTheyAreAbout(t *testing.T) {
	w := newWorld(t)
	w.everyLanguage("deadletters/none", "/dead-letters")
	failures(w)
	w.everyLanguage("deadletters/list", "/dead-letters")
	w.actor = actorOf(access.Auditor)
	if text := w.html("/dead-letters").text; strings.Contains(text, "<button type=\"submit\" name=\"act\"") || !strings.Contains(text, "/imports/i1") {
		t.Error(text)
	}
}

func TestAFailedTaskIsDecidedOnItsPage(t *testing.T) {
	w := newWorld(t)
	letter := aDeadLetter(w, w.actor)["letter"]
	w.led(w.form("/dead-letters", "act=again&letter="+letter), "/dead-letters?done=again")
	if text := w.html("/dead-letters?done=again").text; !strings.Contains(text, "being tried again") {
		t.Error(text)
	}
	if got := w.form("/dead-letters", "act=again&letter="+letter); got.status != http.StatusNotFound || !strings.Contains(got.text, "There is no failed task") {
		t.Error(got.status, got.text)
	}
}
