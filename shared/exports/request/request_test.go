package request_test

import (
	"errors"
	"reflect"
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

func TestWhatHasEndedStaysAsItIs(t *testing.T) {
	s := newStore(t)
	steps := map[string]func() (*request.Export, error){
		"begin":  func() (*request.Export, error) { return s.Begin(t.Context(), "e1") },
		"finish": func() (*request.Export, error) { return s.Finish(t.Context(), "e1", 1) },
		"fail":   func() (*request.Export, error) { return s.Fail(t.Context(), "e1", problem.New("RECORD_BUSY")) },
	}
	for range 2 { // as messages that come twice
		if export, err := steps["begin"](); err != nil || export.State != request.Building {
			t.Errorf("%+v, %v", export, err)
		}
	}
	if _, err := s.Finish(t.Context(), "e1", 9); err != nil {
		t.Fatal(err)
	}
	for name, step := range steps {
		if export, err := step(); err != nil || export.State != request.Ready || export.Bytes != 9 || !export.EndedAt.Equal(at) {
			t.Errorf("%s: %+v, %v", name, export, err)
		}
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
