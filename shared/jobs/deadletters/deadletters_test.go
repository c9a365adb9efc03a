package deadletters_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/queue/embedded"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/table/tabletest"
)

// world is two work queues and their dead letters.
type world struct {
	*testing.T
	*deadletters.Service
	clock *tabletest.Clock
	lines map[string]line
}

type line struct{ queue, dead *embedded.Queue }

func newWorld(t *testing.T, over table.Table) *world {
	w := &world{T: t, clock: tabletest.NewClock(), lines: map[string]line{}}
	ids := identity.NewIDs(w.clock.Now, nil)
	var lines []deadletters.Line
	for _, name := range []string{"check", "commit", "export", "deliver", "bounce"} {
		o := embedded.Options{Clock: w.clock.Now, IDs: ids, Attempts: 2}
		l := line{embedded.New(over, name, o), embedded.New(over, name+"-dead", embedded.Options{Clock: w.clock.Now, IDs: ids})}
		w.lines[name] = l
		lines = append(lines, deadletters.Line{Name: name, Queue: l.queue, Letters: l.dead})
	}
	w.Service = deadletters.New(lines)
	return w
}

// bury puts a message aside, a second after the one before.
func (w *world) bury(line string, body []byte, f task.Failure) {
	w.Helper()
	w.clock.Advance(time.Second)
	f.At = w.clock.Now()
	if err := w.lines[line].dead.Bury(w.Context(), body, f.Reason()); err != nil {
		w.Fatal(err)
	}
}

func (w *world) list() []deadletters.Letter {
	w.Helper()
	all, next, err := w.List(w.Context(), "", "", 100)
	if err != nil || next != "" {
		w.Fatal(next, err)
	}
	return all
}

// bodies are those of the messages that a queue delivers now.
func (w *world) bodies(line string) (all []string) {
	w.Helper()
	ds, err := w.lines[line].queue.Receive(w.Context(), queue.MaxReceive, time.Hour)
	if err != nil {
		w.Fatal(err)
	}
	for _, d := range ds {
		all = append(all, string(d.Body))
	}
	return all
}

func codeOf(err error) problem.Code {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

func TestALetterTellsWhatItIsAboutAndWhyItFailed(t *testing.T) {
	w := newWorld(t, memory.New(table.Config{}))
	letter := outbox.Letter{Summary: "20260930-fund-month-4f1c2a9be07d", Revision: 1, Person: "anna"}
	type about struct {
		work                    deadletters.Work
		imported, made, summary string
	}
	cases := []struct {
		line string
		body []byte
		want about
	}{
		{"check", task.Check("i1"), about{deadletters.Check, "i1", "", ""}},
		{"check", []byte(`{"Records":[{"s3":{"object":{"key":"incoming%2Fi2"}}}]}`), about{deadletters.Check, "i2", "", ""}},
		{"check", task.Task{Import: "i1", Step: task.Annotating}.Body(), about{deadletters.Annotate, "i1", "", ""}},
		{"commit", task.Commit("i1", "plan", intake.All, "anna"), about{deadletters.Commit, "i1", "", ""}},
		{"commit", task.Undo("i1", intake.All, "anna"), about{deadletters.Undo, "i1", "", ""}},
		{"commit", task.Recover(), about{deadletters.Recover, "", "", ""}},
		{"export", task.Export("e1"), about{deadletters.Export, "", "e1", ""}},
		{"export", task.Template(request.Template{}), about{deadletters.Template, "", "", ""}},
		{"deliver", task.Deliver(letter), about{deadletters.Deliver, "", "", letter.Summary}},
		{"bounce", task.Became(letter.String(), "bounced", "r", time.Time{}).Body(), about{deadletters.Outcome, "", "", letter.Summary}},
		{"bounce", []byte(`{"eventType":"Bounce","mail":{"destination":["anna@example.org"]}}`), about{deadletters.Outcome, "", "", ""}},
		{"check", []byte(`{"import":"../../etc/passwd"}`), about{}},
		{"check", []byte(`anna@example.org`), about{}},
	}
	for _, one := range cases {
		w.bury(one.line, one.body, task.Failure{Code: task.Failed, Reference: "m", Attempts: 5})
	}
	for i, l := range w.list() {
		if got := (about{l.Work, l.Import, l.Export, l.Summary}); got != cases[i].want {
			t.Errorf("%s: %+v, want %+v", cases[i].body, got, cases[i].want)
		}
		if l.Code != task.Failed || l.Reference != "m" || l.Attempts != 5 || l.Since.IsZero() || l.Line != cases[i].line {
			t.Errorf("%s: %+v", cases[i].body, l)
		}
		if strings.Contains(fmt.Sprintf("%+v", l), "anna") {
			t.Errorf("%+v tells of a person", l)
		}
	}
}

func TestALetterThatItsQueuePutAsideWasNeverAnswered(t *testing.T) {
	w := newWorld(t, memory.New(table.Config{}))
	sent := w.clock.Now()
	if err := w.lines["check"].queue.Send(t.Context(), task.Check("i1"), 0); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		w.bodies("check")
		w.clock.Advance(2 * time.Hour)
	}
	all := w.list()
	if len(all) != 1 || all[0].Code != task.Unanswered || !all[0].Sent.Equal(sent) || !all[0].Since.Equal(sent) {
		t.Errorf("%+v", all)
	}
}

func TestTheListIsInPagesTheLongestDeadFirst(t *testing.T) {
	w := newWorld(t, memory.New(table.Config{}))
	names := []string{"check", "commit", "export"}
	for i := range 25 {
		w.bury(names[i%3], task.Check(fmt.Sprint("i", i)), task.Failure{Code: task.Failed})
	}
	for line, want := range map[string]int{"": 25, "commit": 8, "nothing": 0} {
		var seen []deadletters.Letter
		var after table.Cursor
		for {
			page, next, err := w.List(t.Context(), line, after, 7)
			if err != nil || len(page) > 7 {
				t.Fatal(len(page), err)
			}
			seen = append(seen, page...)
			if after = next; next == "" {
				break
			}
		}
		if len(seen) != want || !slices.IsSortedFunc(seen, func(a, b deadletters.Letter) int { return a.Since.Compare(b.Since) }) {
			t.Errorf("%q: %d letters, %+v", line, len(seen), seen)
		}
	}
	for _, wrong := range []table.Cursor{"x", "20261122T090000.000", "20261122T090000.000.a b", "20261322T090000.000.a"} {
		if _, _, err := w.List(t.Context(), "", wrong, 7); !errors.Is(err, table.ErrCursor) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestATaskIsSentAgainOnceAsIfItHadNeverBeenPutOff(t *testing.T) {
	w := newWorld(t, memory.New(table.Config{}))
	w.bury("check", task.Task{Import: "i1", Tries: 24}.Body(), task.Failure{Code: task.Waited})
	w.bury("export", task.Export("e1"), task.Failure{Code: task.Failed})
	id := w.list()[0].ID
	told, err := w.Again(t.Context(), id)
	if err != nil || told.ID != id || told.Import != "i1" {
		t.Fatal(told, err)
	}
	if got := w.bodies("check"); !slices.Equal(got, []string{`{"import":"i1"}`}) {
		t.Errorf("sent %q", got)
	}
	if left := w.list(); len(left) != 1 || left[0].Export != "e1" {
		t.Errorf("left: %+v", left)
	}
	if _, err := w.Again(t.Context(), id); codeOf(err) != "DEAD_LETTER_UNKNOWN" {
		t.Errorf("a second time: %v", err)
	}
	if got := w.bodies("check"); len(got) > 0 {
		t.Errorf("sent twice: %q", got)
	}
}

func TestADiscardedTaskIsNeverDone(t *testing.T) {
	w := newWorld(t, memory.New(table.Config{}))
	w.bury("check", task.Check("i1"), task.Failure{Code: task.Unreadable})
	if _, err := w.Discard(t.Context(), w.list()[0].ID); err != nil {
		t.Fatal(err)
	}
	if left, sent := w.list(), w.bodies("check"); len(left) > 0 || len(sent) > 0 {
		t.Errorf("left %+v, sent %q", left, sent)
	}
}

func TestWhatIsNoLetterIsUnknown(t *testing.T) {
	w := newWorld(t, memory.New(table.Config{}))
	w.bury("check", task.Check("i1"), task.Failure{Code: task.Failed})
	id := w.list()[0].ID
	_, message, _ := strings.Cut(id, "-")
	for _, wrong := range []string{"", "check", "check-", "check-other", "commit-" + message, "nothing-" + message, id + "/..", message} {
		for name, do := range map[string]func(context.Context, string) (deadletters.Letter, error){"again": w.Again, "discard": w.Discard} {
			if _, err := do(t.Context(), wrong); codeOf(err) != "DEAD_LETTER_UNKNOWN" {
				t.Errorf("%s %q: %v", name, wrong, err)
			}
		}
	}
	if len(w.list()) != 1 {
		t.Error("it is gone")
	}
}

// Each write of sending a task again is made to fail, with and without its effect: the task is in its queue or among the dead letters whatever
// happens, and who tries again until it worked has sent it at least once.
func TestSendingAgainThatIsInterruptedLosesNothing(t *testing.T) {
	points := 0
	for _, effect := range []bool{false, true} {
		for fail := 1; ; fail++ {
			under := memory.New(table.Config{})
			prepare := newWorld(t, under)
			prepare.bury("check", task.Check("i1"), task.Failure{Code: task.Failed})
			id := prepare.list()[0].ID
			broken := newWorld(t, faulty.New(under, faulty.Plan{Fail: fail, Effect: effect, Halt: true}))
			broken.clock.Advance(time.Minute)
			_, err := broken.Again(t.Context(), id)
			if err == nil {
				break
			}
			points++
			later := newWorld(t, under)
			later.clock.Advance(time.Hour)
			if left := later.list(); len(left) == 0 && len(later.bodies("check")) == 0 {
				t.Fatalf("write %d (with effect: %v): the task is lost", fail, effect)
			} else if len(left) == 1 {
				if _, err := later.Again(t.Context(), id); err != nil {
					t.Fatalf("write %d (with effect: %v): %v", fail, effect, err)
				}
				if n := len(later.bodies("check")); n < 1 || n > 2 || len(later.list()) > 0 {
					t.Errorf("write %d (with effect: %v): sent %d times", fail, effect, n)
				}
			}
		}
	}
	if points < 4 {
		t.Errorf("only %d points", points)
	}
	t.Logf("%d points of interruption, 0 lost", points)
}

func TestAQueueThatCannotAnswerIsSaid(t *testing.T) {
	w := newWorld(t, faulty.New(memory.New(table.Config{}), faulty.Plan{Fail: 1, Halt: true}))
	if err := w.lines["check"].dead.Bury(t.Context(), task.Check("i1"), "x"); !errors.Is(err, queue.ErrUnavailable) {
		t.Fatal(err)
	}
	if _, _, err := w.List(t.Context(), "", "", 10); !errors.Is(err, queue.ErrUnavailable) {
		t.Error(err)
	}
	if _, err := w.Again(t.Context(), "check-a"); !errors.Is(err, queue.ErrUnavailable) {
		t.Error(err)
	}
}
