package server_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/local/builtin"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/mail"
)

// The fund's month and the membership's quarter are due five days after their end, at eight o'clock in Berlin.
func TestWhatIsDueIsMadeWhenTheClockComesToItAndItsLettersAreInTheFolder(t *testing.T) {
	var now atomic.Pointer[time.Time]
	set := func(text string) {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		now.Store(&at)
	}
	set("2026-07-05T05:10:00Z")
	data := t.TempDir()
	a, err := app.OpenEmbedded(t.Context(), data, app.Options{Clock: func() time.Time { return *now.Load() }})
	if err != nil {
		t.Fatal(err)
	}
	on, _, err := a.Door(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w := serve(t, a, func(c *server.Config) {
		sample, err := builtin.Open(t.Context(), server.Root(c.Listener), on, a.Clock)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = sample.Close(context.Background()) })
		c.Issuer, c.Client, c.BoundTo = sample.URL(), builtin.Client, builtin.Name
	})
	w.logs(`"msg":"summaries","made":0`, 1) // the first look of all only notes from when on things are due
	if letters := lettersIn(t, data); len(letters) > 0 {
		t.Fatalf("before anything is due: %v", letters)
	}

	set("2026-07-05T06:00:01Z")
	w.logs(`"msg":"summaries"`, 2)
	kinds := map[string]bool{}
	w.logs(`"msg":"done","job":"deliver"`, 2)
	for _, letter := range lettersIn(t, data) {
		kind := letter.ID[:strings.LastIndexByte(letter.ID[:strings.IndexByte(letter.ID, '.')], '-')]
		kinds[kind] = true
		if !strings.HasPrefix(letter.From, "Guildhall") || !strings.Contains(letter.Text, w.address+"/summaries/"+kind) {
			t.Errorf("%s from %s:\n%s", letter.ID, letter.From, letter.Text)
		}
	}
	for kind := range kinds {
		if kind != "20260630-fund-month" && kind != "20260630-membership-quarter" {
			t.Errorf("there is a letter of %s", kind)
		}
	}
	if len(kinds) == 0 {
		t.Errorf("no letters; the log: %s", w.log)
	}
}

// logs waits until the log has a text so often.
func (w *world) logs(text string, times int) {
	w.Helper()
	deadline := time.Now().Add(time.Minute)
	for strings.Count(w.log.String(), text) < times {
		if time.Now().After(deadline) {
			w.Fatalf("the log has %q less than %d times: %s", text, times, w.log)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// lettersIn are the messages of a data folder's mail.
func lettersIn(t *testing.T, data string) (letters []mail.Message) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, "mail", "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		letter, err := mail.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		letters = append(letters, letter)
	}
	return letters
}
