package command_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/queue"
)

// failed makes a store with failed tasks, and gives the identifiers of their letters.
func failed(t *testing.T, data string, imports ...string) []string {
	t.Helper()
	a, err := app.OpenEmbedded(t.Context(), data, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	_, dead := a.Line("check")
	for _, id := range imports {
		reason := task.Failure{Code: task.Refused, Cause: "IMPORT_UNKNOWN", Reference: "m1", Attempts: 5, At: a.Clock()}.Reason()
		if err := dead.Bury(t.Context(), task.Check(id), reason); err != nil {
			t.Fatal(err)
		}
	}
	letters, _, err := dead.Letters(t.Context(), queue.MaxLetters)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, l := range letters {
		ids = append(ids, "check-"+l.ID)
	}
	return ids
}

func TestFailedTasksAreListedSentAgainAndDiscarded(t *testing.T) {
	data := t.TempDir()
	ids := failed(t, data, "i1", "i2")
	for lang, want := range map[string]string{"en": "The task was refused each time with IMPORT_UNKNOWN.", "fr": "La tâche a été refusée", "es": "La tarea se rechazó"} {
		got := guildhall(t, "dead-letters", "--data", data, "--lang", lang)
		if must(t, got, 1); strings.Count(got.out, "\n") != 3 || !strings.Contains(got.out, ids[0]) || !strings.Contains(got.out, want) {
			t.Errorf("%s: %s", lang, got.out)
		}
	}
	got := guildhall(t, "dead-letters", "list", "--data", data, "--format", "json")
	must(t, got, 1)
	var object struct {
		Letters []struct{ ID, Queue, Work, Import, Code, Cause, Reference string }
	}
	if err := json.Unmarshal([]byte(got.out), &object); err != nil || len(object.Letters) != 2 || object.Letters[0].Import != "i1" ||
		object.Letters[0].Work != "check" || object.Letters[0].Cause != "IMPORT_UNKNOWN" || object.Letters[0].Reference != "m1" {
		t.Errorf("%v %s", err, got.out)
	}
	must(t, guildhall(t, "dead-letters", "again", ids[0], "--data", data), 0)
	must(t, guildhall(t, "dead-letters", "discard", ids[1], "--data", data), 0)
	must(t, guildhall(t, "dead-letters", "list", "--data", data), 0)
	a, err := app.OpenEmbedded(t.Context(), data, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	work, _ := a.Line("check")
	ds, err := work.Receive(context.Background(), 10, time.Hour)
	if err != nil || len(ds) != 1 || string(ds[0].Body) != string(task.Check("i1")) {
		t.Errorf("sent %v, %v", ds, err)
	}
}

func TestWhatCantBeDoneAboutFailedTasksIsSaid(t *testing.T) {
	data := t.TempDir()
	failed(t, data, "i1")
	for _, c := range []struct{ code, args string }{
		{"DEAD_LETTER_UNKNOWN", "again check-nothing --data " + data},
		{"DEAD_LETTER_UNKNOWN", "discard graves-1 --data " + data},
		{"USAGE", "again --data " + data},
		{"USAGE", "dig --data " + data},
		{"USAGE", "list --format xml --data " + data},
		{"STORE_MISSING", "list --data " + t.TempDir()},
	} {
		got := guildhall(t, append([]string{"dead-letters"}, strings.Fields(c.args)...)...)
		if must(t, got, 2); !strings.HasPrefix(got.err, c.code+" ") {
			t.Errorf("%s: %s", c.args, got.err)
		}
	}
	if got := guildhall(t, "dead-letters", "--help"); got.status != 0 || !strings.Contains(got.out, "exit status") {
		t.Errorf("%d %s", got.status, got.out)
	}
}
