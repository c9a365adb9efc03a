package mark_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/archive/mark"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// asked counts how often the mark is read, and fails while it is told to.
type asked struct {
	table.Table
	times int
	fails error
}

func (a *asked) Get(ctx context.Context, key table.Key) (table.Item, error) {
	if a.times++; a.fails != nil {
		return table.Item{}, a.fails
	}
	return a.Table.Get(ctx, key)
}

// world is a watch with its store and its clock.
type world struct {
	*testing.T
	in    *asked
	now   time.Time
	watch *mark.Watch
}

func newWorld(t *testing.T) *world {
	w := &world{T: t, in: &asked{Table: memory.New(table.Config{})}, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	w.watch = mark.NewWatch("the store", w.in, func() time.Time { return w.now })
	return w
}

func (w *world) begin() {
	w.Helper()
	w.write(table.Write{Put: &table.Item{Key: mark.Key, Attributes: table.Attributes{}}})
}

func (w *world) end() {
	w.Helper()
	w.write(table.Write{Delete: mark.Key})
}

func (w *world) write(one table.Write) {
	w.Helper()
	if err := w.in.Write(w.Context(), one); err != nil {
		w.Fatal(err)
	}
}

func (w *world) refuses() {
	w.Helper()
	var p *problem.Problem
	if err := w.watch.Unfinished(w.Context()); !errors.As(err, &p) || p.Code != "RESTORE_UNFINISHED" {
		w.Errorf("got %v", err)
	}
}

func (w *world) lets() {
	w.Helper()
	if err := w.watch.Unfinished(w.Context()); err != nil {
		w.Error(err)
	}
}

func TestAStoreThatIsBeingFilledIsRefusedUntilItIsWhole(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.refuses()
	w.refuses()
	w.end()
	w.lets()
}

func TestARestoreThatBeginsLaterIsNoticedWithinAMinute(t *testing.T) {
	w := newWorld(t)
	w.lets()
	w.begin()
	w.now = w.now.Add(time.Minute)
	w.refuses()
	w.end()
	w.lets()
}

func TestAStoreThatIsWholeIsAskedOnceAMinute(t *testing.T) {
	w := newWorld(t)
	for range 60 {
		w.lets()
		w.now = w.now.Add(time.Second)
	}
	if w.in.times != 1 {
		t.Errorf("the mark was read %d times", w.in.times)
	}
}

func TestAMarkThatCanNotBeReadChangesNothingOfTheAnswer(t *testing.T) {
	w := newWorld(t)
	w.in.fails = table.ErrUnavailable
	w.lets()
	w.in.fails = nil
	w.begin()
	w.refuses()
	w.in.fails = table.ErrUnavailable
	w.refuses()
}
