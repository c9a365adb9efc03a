package command_test

import (
	"strings"
	"testing"
)

func TestWhatHasBeenKeptForLongEnoughEndsAndIsToldBefore(t *testing.T) {
	data := t.TempDir()
	failed(t, data, "i1", "i2")
	for lang, want := range map[string]string{"en": "2  failed tasks\n", "fr": "2  tâches abandonnées\n", "es": "2  tareas abandonadas\n"} {
		got := guildhall(t, "retention", "--dry-run", "--at", "2099-01-01", "--data", data, "--lang", lang)
		if must(t, got, 0); got.out != want {
			t.Errorf("%s: %q", lang, got.out)
		}
	}
	got := guildhall(t, "retention", "--data", data)
	if must(t, got, 0); !strings.Contains(got.out, "Nothing has been kept for longer") {
		t.Errorf("%q", got.out)
	}
	got = guildhall(t, "retention", "--data", data, "--format", "json")
	if must(t, got, 0); !strings.Contains(got.out, `"deadLetters":0,"left":false`) {
		t.Errorf("%q", got.out)
	}
	must(t, guildhall(t, "dead-letters", "--data", data), 1) // all are there
	for _, c := range []struct{ code, args string }{
		{"USAGE", "--at 2099-01-01 --data " + data},
		{"USAGE", "--format xml --data " + data},
		{"STORE_MISSING", "--data " + t.TempDir()},
	} {
		got := guildhall(t, append([]string{"retention"}, strings.Fields(c.args)...)...)
		if must(t, got, 2); !strings.HasPrefix(got.err, c.code+" ") {
			t.Errorf("%s: %s", c.args, got.err)
		}
	}
}
