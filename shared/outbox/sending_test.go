package outbox_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// brought are the ways in which a letter comes to each state; "waiting again" was sent once without an answer.
var brought = map[string]func(w *world){
	"waiting":       func(*world) {},
	"sending":       func(w *world) { w.begin() },
	"sent":          func(w *world) { w.do(w.Sent(w.ctx, w.begin(), "r1")) },
	"uncertain":     func(w *world) { w.do(w.Doubt(w.ctx, w.begin())) },
	"failed":        func(w *world) { w.do(w.Fail(w.ctx, w.begin(), outbox.Refused)) },
	"dropped":       func(w *world) { w.do(w.Drop(w.ctx, w.l, outbox.Declined)) },
	"returned":      func(w *world) { w.do(w.Sent(w.ctx, w.begin(), "r1")); w.do(w.CameBack(w.ctx, w.l, "r1")) },
	"complained":    func(w *world) { w.do(w.Sent(w.ctx, w.begin(), "r1")); w.do(w.Unwanted(w.ctx, w.l, "r1")) },
	"waiting again": func(w *world) { w.do(w.Doubt(w.ctx, w.begin())); w.choice(w.SendAgain) },
}

// world is a store with one letter.
type world struct {
	*outbox.Store
	*clock
	t   *testing.T
	ctx context.Context
	l   outbox.Letter
}

func newWorld(t *testing.T) *world {
	s, c := newStore()
	e, _, err := s.Make(t.Context(), report(occasion(3), 1), persons(1))
	must(t, err)
	return &world{s, c, t, t.Context(), outbox.Letter{Summary: e.ID, Revision: 1, Person: "p000"}}
}

func (w *world) do(err error) {
	w.t.Helper()
	must(w.t, err)
}

func (w *world) mail() outbox.Mail {
	w.t.Helper()
	m, err := w.Mail(w.ctx, w.l)
	must(w.t, err)
	return m
}

func (w *world) begin() outbox.Mail {
	w.t.Helper()
	m, ours, err := w.Begin(w.ctx, w.l)
	must(w.t, err)
	equal(w.t, ours, true)
	return m
}

func (w *world) choice(choose func(context.Context, outbox.Letter, string, int64) (outbox.Mail, error)) {
	w.t.Helper()
	_, err := choose(w.ctx, w.l, "anna", w.mail().Version)
	must(w.t, err)
}

// The table says where each way leads from each state; a dot is nowhere.
func TestALetterGoesOnlyTheseWays(t *testing.T) {
	const ways = `
		state         begin    sent   later    fail    doubt      drop     break   expire     again    letgo    arrived  back      unwanted
		waiting       sending  sent   .        .       .          dropped  failed  .          SETTLED  dropped  .        .         .
		sending       .        sent   waiting  failed  uncertain  .        .       uncertain  SETTLED  SETTLED  sent     returned  complained
		sent          .        .      .        .       .          .        .       .          SETTLED  SETTLED  .        returned  complained
		uncertain     .        sent   waiting  failed  .          .        .       .          waiting  dropped  sent     returned  complained
		failed        .        sent   .        .       .          .        .       .          waiting  dropped  .        .         .
		dropped       .        sent   .        .       .          .        .       .          SETTLED  SETTLED  .        .         .
		returned      .        .      .        .       .          .        .       .          SETTLED  SETTLED  .        .         complained
		complained    .        .      .        .       .          .        .       .          SETTLED  SETTLED  .        .         .
		waiting_again sending  sent   .        .       .          dropped  failed  .          SETTLED  dropped  sent     returned  complained`
	lines := strings.Split(strings.TrimSpace(ways), "\n")
	names := strings.Fields(lines[0])[1:]
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		from := strings.ReplaceAll(cells[0], "_", " ")
		for i, name := range names {
			w := newWorld(t)
			brought[from](w)
			before := w.mail()
			w.pass(outbox.Lease)
			err := w.way(name, before)
			want := outbox.State(cells[i+1])
			switch want {
			case "SETTLED":
				refused(t, err, "MAIL_SETTLED")
				want = before.State
			case ".":
				must(t, err)
				want = before.State
			default:
				must(t, err)
			}
			after := w.mail()
			if after.State != want {
				t.Errorf("%s, %s: %s, want %s", from, name, after.State, want)
			}
			if changed := after.Version != before.Version; changed != (after != before) || changed != (after.State != before.State) {
				t.Errorf("%s, %s: %+v became %+v", from, name, before, after)
			}
			if after.State != before.State && !after.Since.Equal(w.now) {
				t.Errorf("%s, %s: since %s", from, name, after.Since)
			}
			must(t, onlyRefusals(w.way(name, before))) // a repetition does nothing
			if name != "again" && name != "letgo" && name != "begin" {
				equal(t, w.mail(), after)
			}
		}
	}
}

func onlyRefusals(err error) error {
	if _, refusal := err.(*problem.Problem); refusal {
		return nil
	}
	return err
}

func (w *world) way(name string, m outbox.Mail) (err error) {
	switch name {
	case "begin":
		_, _, err = w.Begin(w.ctx, w.l)
	case "sent":
		err = w.Sent(w.ctx, m, "r2")
	case "later":
		err = w.Later(w.ctx, m, w.now.Add(time.Minute))
	case "fail":
		err = w.Fail(w.ctx, m, outbox.Often)
	case "doubt":
		err = w.Doubt(w.ctx, m)
	case "drop":
		err = w.Drop(w.ctx, w.l, outbox.Gone)
	case "break":
		err = w.Break(w.ctx, w.l)
	case "expire":
		_, err = w.Expire(w.ctx, w.l)
	case "again":
		_, err = w.SendAgain(w.ctx, w.l, "bela", m.Version)
	case "letgo":
		_, err = w.LetGo(w.ctx, w.l, "bela", m.Version)
	case "arrived":
		err = w.Arrived(w.ctx, w.l, "")
	case "back":
		err = w.CameBack(w.ctx, w.l, "")
	case "unwanted":
		err = w.Unwanted(w.ctx, w.l, "")
	default:
		err = fmt.Errorf("no way %q", name)
	}
	return err
}

func TestWhatComesOfAnEarlierAttemptChangesNothing(t *testing.T) {
	w := newWorld(t)
	first := w.begin()
	w.do(w.Later(w.ctx, first, w.now))
	second := w.begin()
	for _, late := range []error{
		w.Sent(w.ctx, first, "r1"), w.Fail(w.ctx, first, outbox.Refused), w.Doubt(w.ctx, first), w.Later(w.ctx, first, w.now),
	} {
		must(t, late)
	}
	equal(t, w.mail(), second)
}

func TestALetterIsNotBegunBeforeItsTime(t *testing.T) {
	w := newWorld(t)
	w.do(w.Later(w.ctx, w.begin(), w.now.Add(time.Minute)))
	_, ours, err := w.Begin(w.ctx, w.l)
	must(t, err)
	equal(t, ours, false)
	w.pass(time.Minute)
	equal(t, w.begin().Attempt, 2)
}

func TestSomebodyWhoSendsIsNotDoubtedBeforeTheLeaseEnds(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.pass(outbox.Lease - time.Second)
	m, err := w.Expire(w.ctx, w.l)
	must(t, err)
	equal(t, m.State, outbox.Sending)
	w.pass(time.Second)
	m, err = w.Expire(w.ctx, w.l)
	must(t, err)
	equal(t, m.State, outbox.Uncertain)
}

func TestAPersonDecidesOnTheLetterThatItSaw(t *testing.T) {
	w := newWorld(t)
	w.do(w.Later(w.ctx, w.begin(), w.now))
	w.do(w.Doubt(w.ctx, w.begin()))
	saw := w.mail().Version
	_, err := w.SendAgain(w.ctx, w.l, "anna", saw-1)
	refused(t, err, "RECORD_CHANGED")
	m, err := w.SendAgain(w.ctx, w.l, "anna", saw)
	must(t, err)
	equal(t, []any{m.State, m.By, m.PutOff, m.NotBefore}, []any{outbox.Waiting, "anna", 0, w.now})
	again, err := w.SendAgain(w.ctx, w.l, "anna", saw)
	must(t, err)
	equal(t, again, m)
	_, err = w.SendAgain(w.ctx, w.l, "bela", saw)
	refused(t, err, "RECORD_CHANGED")
	_, err = w.LetGo(w.ctx, outbox.Letter{Summary: w.l.Summary, Revision: 1, Person: "nobody"}, "anna", 1)
	refused(t, err, "MAIL_UNKNOWN")
}

func TestOfManyWhoBeginALetterOneSendsIt(t *testing.T) {
	engines(t, func(t *testing.T, open func() table.Table) {
		s := storeOver(open(), &clock{began})
		e, _, err := s.Make(t.Context(), report(occasion(3), 1), persons(3))
		must(t, err)
		counts := make([]int, 3)
		var mu sync.Mutex
		var group sync.WaitGroup
		for range 6 {
			group.Go(func() {
				for i, p := range persons(3) {
					m, ours, err := s.Begin(t.Context(), outbox.Letter{Summary: e.ID, Revision: 1, Person: p})
					if err == nil && ours {
						err = s.Sent(t.Context(), m, "r")
						mu.Lock()
						counts[i]++
						mu.Unlock()
					}
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		equal(t, counts, []int{1, 1, 1})
	})
}

func TestALetterIsFoundAtAnyMomentOfItsWay(t *testing.T) {
	s, _ := newStore()
	e, _, err := s.Make(t.Context(), report(occasion(3), 1), persons(300))
	must(t, err)
	var group sync.WaitGroup
	stop := make(chan struct{})
	group.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			if mails, err := s.Mails(t.Context(), e.ID); err != nil || len(mails) != 300 {
				t.Errorf("%d letters, %v", len(mails), err)
			}
			if _, err := s.Mail(t.Context(), outbox.Letter{Summary: e.ID, Revision: 1, Person: "p150"}); err != nil {
				t.Error(err)
			}
		}
	})
	for _, p := range persons(300) {
		must(t, s.Drop(t.Context(), outbox.Letter{Summary: e.ID, Revision: 1, Person: p}, outbox.Gone))
	}
	close(stop)
	group.Wait()
}

func TestOnlyWhatIsOpenIsLookedThrough(t *testing.T) {
	w := newWorld(t)
	_, _, err := w.Make(w.ctx, report(occasion(4), 1), persons(5))
	must(t, err)
	for i, p := range persons(5)[:4] {
		l := outbox.Letter{Summary: occasion(4).ID(), Revision: 1, Person: p}
		m, _, err := w.Begin(w.ctx, l)
		must(t, err)
		must(t, []func() error{
			func() error { return w.Sent(w.ctx, m, "r") },
			func() error { return w.Doubt(w.ctx, m) },
			func() error { return w.Fail(w.ctx, m, outbox.Refused) },
			func() error { return nil },
		}[i]())
	}
	open := func(states ...outbox.State) (people []string) {
		mails, next, err := w.Open(w.ctx, states, "", 100)
		must(t, err)
		equal(t, next, table.Cursor(""))
		for _, m := range mails {
			people = append(people, m.Summary[4:6]+m.Person)
		}
		return people
	}
	equal(t, open(), []string{"03p000", "04p001", "04p002", "04p003", "04p004"})
	equal(t, open(outbox.Uncertain, outbox.Failed), []string{"04p001", "04p002"})
	equal(t, open(outbox.Sent), []string(nil))
	n := 0
	must(t, w.EachOpen(w.ctx, func(outbox.Mail) error { n++; return nil }))
	equal(t, n, 5)
}

func TestALettersNameIsReadAsItIsWritten(t *testing.T) {
	l := outbox.Letter{Summary: occasion(3).ID(), Revision: 12, Person: "01j8x"}
	got, ok := outbox.ParseLetter(l.String())
	equal(t, ok, true)
	equal(t, got, l)
	for _, wrong := range []string{
		"", "a", "a.1", "a.1.b.c", "a.0.b", "a.-1.b", "a.01.b", "a.+1.b", "a.10000.b", "a.x.b", ".1.b", "a.1.", "a.1.b@c", "a#.1.b", "a.1.b\n",
	} {
		if l, ok := outbox.ParseLetter(wrong); ok {
			t.Errorf("%q is %+v", wrong, l)
		}
	}
}
