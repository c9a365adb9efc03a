package task_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/outbox"
)

// Whatever a queue brings is an error, or a task that is written as it was read and that the log can tell of.
func FuzzMessages(f *testing.F) {
	letter := outbox.Letter{Summary: "20260930-fund-month-4f1c2a9be07d", Revision: 1, Person: "anna"}
	for _, body := range [][]byte{
		task.Check("1"), task.Commit("1", "plan", "valid", "anna"), task.Undo("1", "all", "anna"), task.Recover(), task.Export("1"),
		task.Template(request.Template{}), task.Deliver(letter), task.Became(letter.String(), "bounce", "r", time.Unix(0, 0).UTC()).Body(),
		[]byte(`{"tries":-1}`), []byte(`{"tries":1e9}`), []byte(`null`), []byte(`[]`), []byte(`{"template":{"day":"2025-02-30"}}`),
		[]byte(`{"sent":"9999-12-31T23:59:59-23:59"}`), []byte(`{"import":"\ud800"}`),
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		read, err := task.Read(body)
		if err != nil {
			return
		}
		if len(read.Attrs())%2 != 0 {
			t.Errorf("the log is told %v", read.Attrs())
		}
		written := read.Body()
		again, err := task.Read(written)
		if err != nil || !bytes.Equal(again.Body(), written) {
			t.Errorf("%q is written as %q, which is %+v (%v)", body, written, again, err)
		}
	})
}
