package imports

import (
	"context"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// asked counts how often a store is asked for records.
type asked struct {
	*records.Store
	times int
}

func (a *asked) Latest(ctx context.Context, refs []records.Ref) ([]records.Record, error) {
	a.times++
	return a.Store.Latest(ctx, refs)
}

func TestAPartAnswersForTheSameBatchesOnly(t *testing.T) {
	ref := func(id string) []records.Ref { return []records.Ref{{Type: stoneType, ID: id}} }
	for name, c := range map[string]struct {
		header PlanHeader
		second string
		want   int // questions to the store
	}{
		"the same":                          {PlanHeader{File: "f"}, "a2", 0},
		"another plan":                      {PlanHeader{File: "g"}, "a2", 2},
		"other answers":                     {PlanHeader{File: "f", Answers: map[string]string{"a": "b"}}, "a2", 2},
		"another record from the second on": {PlanHeader{File: "f"}, "a3", 1},
	} {
		w := newWorld(stones())
		s := w.service(t, nil, func(c *Config) { c.Hurry = func(context.Context) bool { return true } })
		commitAll(t, s, check(t, w.service(t, nil), csv("a1,Anna,3,,", "a3,Carl,,,")))
		imp := ask(t, s, "x")
		imp, err := s.intake.Begin(t.Context(), imp.ID)
		if err != nil {
			t.Fatal(err)
		}
		store := &asked{Store: s.records}
		run := func(header PlanHeader, ids ...string) *part {
			p, err := s.openPart(t.Context(), imp)
			if err != nil {
				t.Fatal(err)
			}
			defer p.close()
			if err := p.begin(header, sheet.Answers{}); err != nil {
				t.Fatal(err)
			}
			for _, id := range ids {
				found, err := p.stored(t.Context(), store, ref(id))
				if err != nil {
					t.Fatal(err)
				}
				want, err := s.records.Latest(t.Context(), ref(id))
				if err != nil || len(found) != len(want) {
					t.Fatalf("%s: %s: %+v, want %+v, %v", name, id, found, want, err)
				}
				for i := range found {
					if found[i].Ref != want[i].Ref || found[i].Version != want[i].Version || !records.Same(found[i].Body, want[i].Body) ||
						found[i].Provenance != want[i].Provenance {
						t.Errorf("%s: %+v, want %+v", name, found[i], want[i])
					}
				}
			}
			return p
		}
		if err := run(PlanHeader{File: "f"}, "a1", "a2").pause(t.Context(), 2); err == nil {
			t.Fatal("it was not stopped")
		}
		store.times = 0
		run(c.header, "a1", c.second)
		if store.times != c.want {
			t.Errorf("%s: %d questions to the store, want %d", name, store.times, c.want)
		}
	}
}

// A part of an earlier check of the import, before it was begun anew, is of no use.
func TestAPartBelongsToOneAttempt(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil, func(c *Config) { c.Hurry = func(context.Context) bool { return true } })
	imp := &intake.Import{ID: "1", State: intake.Checking, Attempt: 1}
	write, err := imp.Write(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.table().Write(t.Context(), write); err != nil {
		t.Fatal(err)
	}
	p, err := s.openPart(t.Context(), imp)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.begin(PlanHeader{}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := p.stored(t.Context(), s.records, []records.Ref{{Type: stoneType, ID: "a"}}); err != nil {
		t.Fatal(err)
	}
	if err := p.pause(t.Context(), 1); err == nil {
		t.Fatal("it was not stopped")
	}
	for attempt, kept := range map[int64]bool{1: true, 2: false} {
		p, err := s.openPart(t.Context(), &intake.Import{ID: "1", Attempt: attempt})
		if err != nil {
			t.Fatal(err)
		}
		if got := p.kept != nil; got != kept {
			t.Errorf("attempt %d: kept %v", attempt, got)
		}
		p.close()
	}
}
