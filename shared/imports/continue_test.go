package imports

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
)

// hurry says when a service is to stop.
type hurry func(question int) bool

func always(int) bool { return true }

func at1(n int) hurry { return func(question int) bool { return question == n } }

// hurried makes services of small batches that are stopped as hurry says, each counting its questions on from the one before.
type hurried struct {
	hurry     hurry
	questions int
	batch     int
}

func (h *hurried) config(c *Config) {
	c.Batch, c.Keep = h.batch, 1<<30
	c.Hurry = func(context.Context) bool {
		h.questions++
		return h.hurry(h.questions)
	}
}

// checkInPieces checks an uploaded file in as many calls as it takes, each in a service of its own.
func checkInPieces(t testing.TB, id string, service func() *Service) (report *intake.Report, calls int) {
	t.Helper()
	anew := 0
	for rows := -1; ; {
		calls++
		report, err := service().CheckIncoming(t.Context(), id)
		var unfinished *Unfinished
		if !errors.As(err, &unfinished) {
			if err != nil {
				t.Fatal(err)
			}
			return report, calls
		}
		if unfinished.Rows <= rows {
			anew++
		}
		if unfinished.Import != id || unfinished.Stage != Checking || anew > 1 { // once is for the answers of earlier imports
			t.Fatalf("after %d rows: %+v", rows, unfinished)
		}
		rows = unfinished.Rows
	}
}

// commitInPieces commits in as many calls as it takes.
func commitInPieces(t testing.TB, order Order, service func() *Service) (result *intake.Result, calls int) {
	t.Helper()
	last := Unfinished{Stage: Confirming}
	for {
		calls++
		result, err := service().Commit(t.Context(), order)
		var unfinished *Unfinished
		if !errors.As(err, &unfinished) {
			if err != nil {
				t.Fatal(err)
			}
			return result, calls
		}
		if unfinished.Stage == last.Stage && unfinished.Rows <= last.Rows || last.Stage == Writing && unfinished.Stage != Writing {
			t.Fatalf("after %+v comes %+v", last, unfinished)
		}
		last = *unfinished
	}
}

// mixedStones has rows of every outcome, problems that only comparing shows, claims, repeated rows and one that fails late.
func mixedStones(t testing.TB, w *world) string {
	t.Helper()
	s := w.service(t, nil)
	commitAll(t, s, check(t, s, csv("a1,Anna,3,,", "a2,Ben,4,,", "a3,Carl,5,,", "q1,Quentin,,Etna,")))
	commitAll(t, s, check(t, s, csv("a3,Charles,5,,")))
	return csvText("a1,Anna,3,,", "a2,Bernard,4,,", "a3,Chuck,5,,1", "a3,Chuck,5,,1", "b1,Bea,x,,", "q2,Quest,,Etna,",
		"q3,Quote,,Etna,", "b2,odd,1,,", "b3,late,1,,", "b4,Bert,1,,", "b4,Bert,1,,", "b4,Berta,1,,",
		"b5,Bo,1,Fuji,", "b6,Bob,1,Fuji,", "a1,Anna,3,,", "b7,Bud,,,")
}

func TestAnImportStoppedAtAnyQuestionMakesTheSamePlanAndRecords(t *testing.T) {
	w := newWorld(stones())
	imp := ask(t, w.service(t, nil), mixedStones(t, w))
	for _, batch := range []int{1, 2, 5} {
		whole := &hurried{hurry: func(int) bool { return false }, batch: batch}
		twin := w.fresh()
		want, _ := checkInPieces(t, imp.ID, func() *Service { return twin.service(t, nil, whole.config) })
		questions := whole.questions
		commitAll(t, twin.service(t, nil, whole.config), want)
		stored := twin.stones(t)
		for n := 0; n <= questions; n++ {
			stop := at1(n)
			if n == 0 {
				stop = always
			}
			twin := w.fresh()
			h := &hurried{hurry: stop, batch: batch}
			got, calls := checkInPieces(t, imp.ID, func() *Service { return twin.service(t, nil, h.config) })
			if n > 0 && calls != 2 || n == 0 && (calls < 4 || calls > questions+1) {
				t.Errorf("batches of %d, stopped at %d of %d: %d calls", batch, n, questions, calls)
			}
			if got.Plan != want.Plan || got.Rows != want.Rows {
				t.Fatalf("batches of %d, stopped at %d: %+v, want %+v", batch, n, got.Rows, want.Rows)
			}
			wantList(t, "problems", codes(got), codes(want)...)
			s := twin.service(t, nil)
			wantBlobs(t, s, intake.PartBlob(imp.ID), 0)
			wantBlobs(t, s, "incoming/", 0)
			rest := &hurried{hurry: stop, batch: batch}
			valid := Order{Import: imp.ID, Plan: got.Plan, Mode: intake.Valid}
			commitInPieces(t, valid, func() *Service { return twin.service(t, nil, rest.config) })
			if after := twin.stones(t); !reflect.DeepEqual(after, stored) {
				t.Fatalf("stopped at %d: %+v is stored, want %+v", n, after, stored)
			}
		}
	}
}

// Where answers of earlier imports settle what a sheet leaves open, its rows are taken to the plan twice.
func TestACheckThatBeginsAnewWithRememberedAnswersGoesOnWithThem(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	earlier := Options{Kind: stoneKind, Person: "anna", Answers: sheet.Answers{"found": "dmy"}}
	mustImport(t, s, answered("Code,Name,Found on\na1,Anna,03/04/2025\n"), earlier)
	var rows strings.Builder
	rows.WriteString("Code,Name,Found on\n")
	for i := range 9 {
		fmt.Fprintf(&rows, "b%d,Ben,0%d/02/2025\n", i, i+1)
	}
	imp := ask(t, s, rows.String())
	twin := w.fresh()
	want, _ := checkInPieces(t, imp.ID, func() *Service { return twin.service(t, nil) })
	if remembered(want) == "" || want.Rows.Create != 9 {
		t.Fatalf("%+v", want)
	}
	h := &hurried{hurry: always, batch: 2}
	got, calls := checkInPieces(t, imp.ID, func() *Service { return w.service(t, nil, h.config) })
	if got.Plan != want.Plan || remembered(got) != remembered(want) || calls > 12 {
		t.Errorf("%d calls: %+v", calls, got)
	}
}

func answered(text string) Upload {
	return Upload{Name: "stones.csv", Source: strings.NewReader(text), Size: int64(len(text))}
}

func TestWhatAStoppedCheckKeptIsThrownAwayWhenItNoLongerFits(t *testing.T) {
	content := csvText("a1,Anna,,,", "a2,Ben,,,", "a3,Carl,,,", "a4,Dora,,,")
	other := csvText("b1,Anna,,,", "b2,Ben,,,", "b3,Carl,,,", "b4,Dora,,,")
	for name, c := range map[string]struct {
		change func(w *world, s *Service, id string)
		want   string
	}{
		"other bytes": {func(_ *world, s *Service, id string) { upload(t, s, id, other) }, other},
		"damaged": {func(w *world, _ *Service, id string) {
			w.blobs.blobs[intake.PartBlob(id)] = w.blobs.blobs[intake.PartBlob(id)][:40]
		}, content},
		"not a part":        {func(w *world, _ *Service, id string) { w.blobs.blobs[intake.PartBlob(id)] = []byte("x") }, content},
		"lost":              {func(w *world, _ *Service, id string) { delete(w.blobs.blobs, intake.PartBlob(id)) }, content},
		"another programme": {func(_ *world, s *Service, _ string) { s.edition = "other" }, content},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(stones())
			h := &hurried{hurry: at1(2), batch: 1}
			s := w.service(t, nil, h.config)
			imp := ask(t, s, content)
			var unfinished *Unfinished
			if _, err := s.CheckIncoming(t.Context(), imp.ID); !errors.As(err, &unfinished) || unfinished.Rows != 2 {
				t.Fatal(err)
			}
			if now := find(t, s, imp.ID); now.State != intake.Checking || now.Done != 2 {
				t.Errorf("%+v", now)
			}
			// What is kept says that nothing is stored of the first rows: it must not be used for others.
			c.change(w, s, imp.ID)
			got, err := s.CheckIncoming(t.Context(), imp.ID)
			if err != nil {
				t.Fatal(err)
			}
			s.edition = w.service(t, nil).edition
			if name == "another programme" {
				s.edition = "other"
			}
			want, err := s.Check(t.Context(), answered(c.want), Options{Kind: stoneKind})
			if err != nil || got.Plan != want.Plan {
				t.Errorf("%+v, want %+v, %v", got, want, err)
			}
			wantBlobs(t, s, intake.PartBlob(imp.ID), 0)
		})
	}
}

// The moment of a check is that of its beginning, so that a deadline does not pass between its pieces.
func TestACheckActsAsOfItsBeginning(t *testing.T) {
	w := newWorld(stones())
	h := &hurried{hurry: at1(1), batch: 1}
	now := at
	s := w.service(t, nil, h.config, func(c *Config) {
		c.Clock = func() time.Time {
			now = now.Add(time.Second)
			return now
		}
	})
	imp := ask(t, s, csvText("a1,Anna,,,", "a2,Ben,,,"))
	var unfinished *Unfinished
	if _, err := s.CheckIncoming(t.Context(), imp.ID); !errors.As(err, &unfinished) {
		t.Fatal(err)
	}
	begun := find(t, s, imp.ID).BegunAt
	if _, err := s.CheckIncoming(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	if done := find(t, s, imp.ID); !done.BegunAt.Equal(begun) || !done.CheckedAt.After(begun) {
		t.Errorf("%+v", done)
	}
}

func TestACommitStoppedAtAnyQuestionEndsWithEveryRowWrittenOnce(t *testing.T) {
	const size = 23
	w := newWorld(stones())
	rows := created("a", size)
	imp := w.plan(t, w.service(t, nil), rows...)
	for _, batch := range []int{1, 4} {
		whole := &hurried{hurry: func(int) bool { return false }, batch: batch}
		commitInPieces(t, order(imp), func() *Service { return w.copied().service(t, nil, whole.config) })
		for n := 0; n <= whole.questions; n++ {
			stop := at1(n)
			if n == 0 {
				stop = always
			}
			twin := w.copied()
			h := &hurried{hurry: stop, batch: batch}
			counting := faulty.New(twin.table(), faulty.Plan{})
			result, calls := commitInPieces(t, order(imp), func() *Service {
				wantNoneOrAll(t, twin.records(), size)
				return twin.service(t, counting, h.config)
			})
			stops := calls - 1
			if n > 0 && stops != 1 || n == 0 && stops != whole.questions || counting.Writes() != size+3+stops {
				t.Errorf("batches of %d, stopped at %d: %d stops, %d writes", batch, n, stops, counting.Writes())
			}
			if result.Rows.Create != size || !result.At.Equal(at) {
				t.Errorf("%+v", result)
			}
			twin.wantOnce(t, imp, rows)
		}
	}
}

// A commit in pieces loses the answer to each of its writes in turn, and dies at each, before or after it took effect.
func TestACommitInPiecesStoppedAtAnyWriteEndsWithEveryRowOnce(t *testing.T) {
	const size = 23
	w := newWorld(stones())
	rows := created("a", size)
	imp := w.plan(t, w.service(t, nil), rows...)
	pieces := func(w *world, over table.Table) func() *Service {
		h := &hurried{hurry: func(n int) bool { return n%2 == 0 }, batch: 2}
		return func() *Service { return w.service(t, over, h.config, func(c *Config) { c.Keep = 4 }) }
	}
	twin := w.copied()
	probe := faulty.New(twin.table(), faulty.Plan{})
	commitInPieces(t, order(imp), pieces(twin, probe))
	for n := 1; n <= probe.Writes(); n++ {
		for _, plan := range []faulty.Plan{{Fail: n, Effect: true}, {Fail: n}, {Fail: n, Halt: true}, {Fail: n, Effect: true, Halt: true}} {
			twin := w.copied()
			service := pieces(twin, faulty.New(twin.table(), plan))
			var unfinished *Unfinished
			for {
				if _, err := service().Commit(t.Context(), order(imp)); !errors.As(err, &unfinished) {
					if err != nil && !errors.Is(err, table.ErrUnavailable) {
						t.Fatalf("%+v: %v", plan, err)
					}
					break
				}
				unfinished = nil
			}
			wantNoneOrAll(t, twin.records(), size)
			commitInPieces(t, order(imp), pieces(twin, nil))
			twin.wantOnce(t, imp, rows)
		}
	}
}

// Processes that work on one import at once, dying and stopping at random, end with every row once, each seed in its own way.
func TestManyAtOnceInPiecesEndWithEveryRowOnce(t *testing.T) {
	const size = 40
	w := newWorld(stones())
	rows := created("a", size)
	imp := w.plan(t, w.service(t, nil), rows...)
	for seed := range uint64(30) {
		twin := w.copied()
		done := make(chan error, 3)
		for worker := range uint64(3) {
			go func() {
				seeded := rand.New(rand.NewPCG(seed, worker))
				for range 200 {
					plan := faulty.Plan{Fail: 1 + seeded.IntN(60), Effect: seeded.IntN(2) == 0, Halt: seeded.IntN(2) == 0}
					s := twin.service(t, faulty.New(twin.table(), plan), func(c *Config) {
						c.Batch, c.Keep = 1+seeded.IntN(5), 1+seeded.IntN(9)
						c.Hurry = func(context.Context) bool { return seeded.IntN(6) == 0 }
					})
					_, err := s.Commit(t.Context(), order(imp))
					var unfinished *Unfinished
					switch {
					case err == nil:
						done <- nil
						return
					case errors.As(err, &unfinished), errors.Is(err, table.ErrUnavailable), codeOf(err) == "RECORD_BUSY":
					default:
						done <- err
						return
					}
				}
				done <- errors.New("it never ends")
			}()
		}
		for range 3 {
			if err := <-done; err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
		twin.wantOnce(t, imp, rows)
	}
}

// A straggler of an earlier attempt, which was let go of while it confirmed, does not move the position of the next one.
func TestAStragglerDoesNotMoveThePositionOfAnotherAttempt(t *testing.T) {
	const size = 12
	w := newWorld(stones())
	rows := created("a", size)
	imp := w.plan(t, w.service(t, nil), rows...)
	s := w.service(t, nil)
	asked := 0
	slow := w.service(t, nil, func(c *Config) {
		c.Batch, c.Keep = 1, 1
		c.Hurry = func(context.Context) bool {
			if asked++; asked != 5 {
				return false
			}
			if _, err := s.Recover(t.Context()); err != nil { // lets go of the lock
				t.Error(err)
			}
			first := &hurried{hurry: at1(2), batch: 1}
			var unfinished *Unfinished
			if _, err := w.service(t, nil, first.config).Commit(t.Context(), order(imp)); !errors.As(err, &unfinished) {
				t.Error(err)
			}
			if now := find(t, s, imp.ID); now.Attempt != 2 || now.Done != 2 {
				t.Errorf("%+v", now)
			}
			return true // and the straggler wants to keep its position 5
		}
	})
	var unfinished *Unfinished
	if _, err := slow.Commit(t.Context(), order(imp)); err != nil && !errors.As(err, &unfinished) {
		t.Fatal(err)
	}
	if now := find(t, s, imp.ID); now.Attempt != 2 {
		t.Errorf("%+v", now)
	}
	commitInPieces(t, order(imp), func() *Service { return s })
	w.wantOnce(t, imp, rows)
}

// What another changed while an import lay stopped in its confirming is found: the lock keeps imports out, not those that ignore it.
func TestAnImportThatLiesStoppedKeepsItsLock(t *testing.T) {
	w := newWorld(stones())
	imp := w.plan(t, w.service(t, nil), created("a", 6)...)
	for n := range 2 {
		h := &hurried{hurry: at1(1 + 7*n), batch: 1}
		var unfinished *Unfinished
		if _, err := w.service(t, nil, h.config).Commit(t.Context(), order(imp)); !errors.As(err, &unfinished) {
			t.Fatal(err)
		}
		other := w.plan(t, w.service(t, nil), created("b", 1)...)
		_, err := w.service(t, nil).Commit(t.Context(), order(other))
		wantCode(t, err, "RECORD_BUSY")
		_, err = w.service(t, nil).Recheck(t.Context(), imp.ID, nil)
		wantCode(t, err, "RECORD_BUSY")
	}
	commitInPieces(t, order(imp), func() *Service { return w.service(t, nil) })
}

// The same over the embedded engine, opened anew for each piece.
func TestPiecesOnDiskEndAsTheWholeDoes(t *testing.T) {
	const seed = 7
	t.Logf("seed %d", seed)
	seeded := rand.New(rand.NewPCG(seed, seed))
	var content strings.Builder
	content.WriteString("Code,Name\n")
	for i := range 130 {
		fmt.Fprintf(&content, "s%03d,Stone %d\n", i, i)
	}
	folder := t.TempDir()
	var open table.Table
	service := func() *Service {
		if open != nil {
			if err := open.Close(); err != nil {
				t.Fatal(err)
			}
		}
		s, store, err := onDisk(folder)
		if err != nil {
			t.Fatal(err)
		}
		s.hurry, open = func(context.Context) bool { return seeded.IntN(2) == 0 }, store
		return s
	}
	imp := ask(t, service(), content.String())
	report, calls := checkInPieces(t, imp.ID, service)
	if report.Rows.Create != 130 || calls < 2 {
		t.Fatalf("%d calls: %+v", calls, report)
	}
	if _, calls := commitInPieces(t, Order{Import: imp.ID, Plan: report.Plan}, service); calls < 2 {
		t.Errorf("%d calls", calls)
	}
	s := service()
	stored := storedStones(t, s.records)
	if len(stored) != 130 {
		t.Errorf("%d stones", len(stored))
	}
	for id, one := range stored {
		if one.Version != 1 || one.Provenance.Import != imp.ID {
			t.Errorf("%s: %+v", id, one)
		}
	}
	if err := open.Close(); err != nil {
		t.Fatal(err)
	}
}

func codeOf(err error) problem.Code {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

// A check in pieces dies at each of its writes in turn, before or after it took effect, or loses only the answer.
func TestACheckInPiecesStoppedAtAnyWriteMakesTheSamePlan(t *testing.T) {
	w := newWorld(stones())
	imp := ask(t, w.service(t, nil), mixedStones(t, w))
	twin := w.fresh()
	want, err := twin.service(t, nil).CheckIncoming(t.Context(), imp.ID)
	if err != nil {
		t.Fatal(err)
	}
	pieces := func(w *world, over table.Table) func() *Service {
		h := &hurried{hurry: func(n int) bool { return n%2 == 0 }, batch: 2}
		return func() *Service { return w.service(t, over, h.config) }
	}
	twin = w.fresh()
	probe := faulty.New(twin.table(), faulty.Plan{})
	checkInPieces(t, imp.ID, pieces(twin, probe))
	if probe.Writes() < 4 {
		t.Fatalf("%d writes", probe.Writes())
	}
	for n := 1; n <= probe.Writes(); n++ {
		for _, plan := range []faulty.Plan{{Fail: n, Effect: true}, {Fail: n}, {Fail: n, Halt: true}, {Fail: n, Effect: true, Halt: true}} {
			twin := w.fresh()
			service := pieces(twin, faulty.New(twin.table(), plan))
			for {
				_, err := service().CheckIncoming(t.Context(), imp.ID)
				var unfinished *Unfinished
				if err != nil && !errors.As(err, &unfinished) && !errors.Is(err, table.ErrUnavailable) {
					t.Fatalf("%+v: %v", plan, err)
				}
				if unfinished == nil {
					break
				}
			}
			got, _ := checkInPieces(t, imp.ID, pieces(twin, nil))
			if got.Plan != want.Plan {
				t.Errorf("%+v: another plan", plan)
			}
			wantList(t, "problems", codes(got), codes(want)...)
			s := twin.service(t, nil)
			wantBlobs(t, s, "incoming/", 0)
			wantBlobs(t, s, intake.PartBlob(imp.ID), 0)
		}
	}
}
