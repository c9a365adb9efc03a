package imports

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet"
)

// moodyKind is stones whose rules do something of their own before each row.
type moodyKind struct {
	Kind
	before func(row int) error
}

func (k moodyKind) Begin(ctx context.Context, env *Env) (Session, error) {
	session, err := k.Kind.Begin(ctx, env)
	return moodySession{session, k.before}, err
}

type moodySession struct {
	Session
	before func(row int) error
}

func (s moodySession) Row(ctx context.Context, table *sheet.Table, line *sheet.Line, at Place) (Verdict, error) {
	if err := s.before(at.Row); err != nil {
		return Verdict{}, err
	}
	return s.Session.Row(ctx, table, line, at)
}

func atRow(which int, do func() error) func(row int) error {
	return func(row int) error {
		if row != which {
			return nil
		}
		return do()
	}
}

// many is an upload of so many stones.
func many(rows int) Upload {
	lines := make([]string, rows)
	for i := range lines {
		lines[i] = fmt.Sprintf("c%d,n,,,", i)
	}
	return csv(lines...)
}

func TestAnErrorOfTheRulesEndsTheCheckAndLeavesNothing(t *testing.T) {
	broken := errors.New("broken")
	for _, row := range []int{2, 9, 10, 11, 57} {
		w := newWorld(moodyKind{stones(), atRow(row, func() error { return broken })})
		s := w.service(t, nil, func(c *Config) { c.Batch = 8 })
		_, err := s.Check(t.Context(), many(200), Options{Kind: stoneKind})
		if !errors.Is(err, broken) {
			t.Errorf("row %d: %v", row, err)
		}
		if left := len(w.blobs.blobs); left > 0 {
			t.Errorf("row %d: %d blobs are left", row, left)
		}
	}
}

func TestAPanicOfTheRulesReachesTheCallerOfTheCheck(t *testing.T) {
	w := newWorld(moodyKind{stones(), atRow(30, func() error { panic("out of order") })})
	s := w.service(t, nil, func(c *Config) { c.Batch = 8 })
	defer func() {
		if value := fmt.Sprint(recover()); !strings.Contains(value, "out of order") || !strings.Contains(value, "moodySession") {
			t.Errorf("recovered %s", value)
		}
	}()
	_, err := s.Check(t.Context(), many(200), Options{Kind: stoneKind})
	t.Errorf("the check returned %v", err)
}

func TestACheckThatIsCancelledWhileItJudgesEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := newWorld(moodyKind{stones(), atRow(60, func() error { cancel(); return nil })})
	s := w.service(t, nil, func(c *Config) { c.Batch = 8 })
	if _, err := s.Check(ctx, many(2000), Options{Kind: stoneKind}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// The rules are at most a few batches ahead of what is compared, however long the sheet is.
func TestTheRulesDoNotRunAway(t *testing.T) {
	const batch, rows, header = 8, 2000, 1
	var compared atomic.Int64
	most := int64(0)
	w := newWorld(moodyKind{stones(), func(row int) error {
		most = max(most, int64(row-header)-compared.Load())
		return nil
	}})
	s := w.service(t, nil, func(c *Config) { c.Batch = batch })
	report, err := s.Check(t.Context(), many(rows), Options{Kind: stoneKind, Progress: func(_ Stage, done int) { compared.Store(int64(done)) }})
	if err != nil || report.Rows.Create != rows {
		t.Fatalf("%+v, %v", report, err)
	}
	if most > batch*(batchesAhead+1) {
		t.Errorf("%d rows were judged and not yet compared", most)
	}
}
