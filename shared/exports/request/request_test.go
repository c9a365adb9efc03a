package request_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

var at = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

var wish = request.Wish{Kind: request.Membership, Lang: locale.ES, Call: "2025", At: at.Add(-time.Hour), Person: "anna"}

func newStore(t *testing.T) *request.Store {
	t.Helper()
	s := request.New(memory.New(table.Config{}), identity.Fixed(at))
	if _, err := s.Create(t.Context(), "e1", wish); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAWishIsKeptAsItWasMade(t *testing.T) {
	s := newStore(t)
	export, err := s.Find(t.Context(), "e1")
	want := &request.Export{ID: "e1", State: request.Asked, Wish: wish, AskedAt: at}
	if err != nil || !reflect.DeepEqual(export, want) {
		t.Errorf("%+v, %v", export, err)
	}
	if export.Blob() != "exports/e1/membership.es.xlsx" || export.File() != "membership.es.xlsx" {
		t.Errorf("%s as %s", export.Blob(), export.File())
	}
}

func TestAWishIsKeptOnceUnderItsIdentifier(t *testing.T) {
	s := newStore(t)
	if _, err := s.Finish(t.Context(), "e1", 9); err != nil {
		t.Fatal(err)
	}
	export, err := s.Create(t.Context(), "e1", request.Wish{Kind: request.Budget})
	if err != nil || export.State != request.Ready || export.Wish.Kind != request.Membership {
		t.Errorf("%+v, %v", export, err)
	}
}

// The life of a request, state by step: what it becomes. What has ended stays as it is, whatever message comes late or twice.
const life = `
          begin     finish  fail
asked     building  ready   failed
building  building  ready   failed
ready     ready     ready   ready
failed    failed    failed  failed
`

func TestEveryStepInEveryStateOfARequestHasItsOutcome(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(life), "\n")
	var states []string
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		states = append(states, cells[0])
		for i, name := range strings.Fields(lines[0]) {
			s := newStore(t)
			steps := map[string]func(bytes int64) (*request.Export, error){
				"begin":  func(int64) (*request.Export, error) { return s.Begin(t.Context(), "e1") },
				"finish": func(bytes int64) (*request.Export, error) { return s.Finish(t.Context(), "e1", bytes) },
				"fail":   func(int64) (*request.Export, error) { return s.Fail(t.Context(), "e1", problem.New("RECORD_BUSY")) },
			}
			if path := map[string]string{"building": "begin", "ready": "finish", "failed": "fail"}[cells[0]]; path != "" {
				if _, err := steps[path](9); err != nil {
					t.Fatal(err)
				}
			}
			before, err := s.Find(t.Context(), "e1")
			if err != nil || string(before.State) != cells[0] {
				t.Fatalf("%+v, %v", before, err)
			}
			after, err := steps[name](1)
			if err != nil || string(after.State) != cells[i+1] {
				t.Errorf("%s of one that is %s: %+v, %v; want %s", name, cells[0], after, err, cells[i+1])
			}
			if ended := cells[0] == "ready" || cells[0] == "failed"; ended && !reflect.DeepEqual(before, after) {
				t.Errorf("%s of one that is %s changes it to %+v", name, cells[0], after)
			}
		}
	}
	if want := []string{string(request.Asked), string(request.Building), string(request.Ready), string(request.Failed)}; !slices.Equal(states, want) {
		t.Errorf("the table has %v", states)
	}
}

func TestAFailureIsToldInFullInEachLanguage(t *testing.T) {
	s := newStore(t)
	refusal := problem.New("CALL_UNKNOWN").Valued("1999").With("known", "2025")
	if _, err := s.Fail(t.Context(), "e1", refusal); err != nil {
		t.Fatal(err)
	}
	export, err := s.Find(t.Context(), "e1")
	if err != nil || export.State != request.Failed {
		t.Fatalf("%+v, %v", export, err)
	}
	for _, lang := range locale.Langs {
		if got := export.Problem.Message(lang); got != refusal.Message(lang) {
			t.Errorf("%s: %s", lang, got)
		}
	}
}

func TestWhatWasNeverAskedForIsUnknown(t *testing.T) {
	s := newStore(t)
	for _, id := range []string{"", "e2", strings.Repeat("e", 3000)} {
		for name, step := range map[string]func() (*request.Export, error){
			"find":   func() (*request.Export, error) { return s.Find(t.Context(), id) },
			"begin":  func() (*request.Export, error) { return s.Begin(t.Context(), id) },
			"finish": func() (*request.Export, error) { return s.Finish(t.Context(), id, 1) },
		} {
			_, err := step()
			var p *problem.Problem
			if !errors.As(err, &p) || p.Code != "EXPORT_UNKNOWN" {
				t.Errorf("%s %.10q: %v", name, id, err)
			}
		}
	}
}
